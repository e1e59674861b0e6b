//! Texts one after the other, searched as one.

use memchr::memmem;

/// Stands after each text. Folded text holds no line break, so no word reaches
/// from one text into the next.
const END: char = '\n';

/// `N` texts for each note, in one buffer.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts<const N: usize> {
    buffer: String,
    /// Where each text ends, its [`END`] included.
    ends: Vec<u32>,
}

impl<const N: usize> Texts<N> {
    /// Adds the texts of one more note.
    pub fn push(&mut self, texts: [&str; N]) {
        for text in texts {
            debug_assert!(!text.contains(END));
            self.buffer.push_str(text);
            self.buffer.push(END);
            self.ends.push(u32::try_from(self.buffer.len()).unwrap_or(u32::MAX));
        }
    }

    fn start(&self, part: usize) -> usize {
        part.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize)
    }

    /// Returns one text of a note; an empty one where there is no such note.
    pub fn of(&self, note: usize, part: usize) -> &str {
        let nth = note * N + part;
        let end = self.ends.get(nth).map_or(0, |end| (*end as usize).saturating_sub(1));
        self.buffer.get(self.start(nth)..end).unwrap_or_default()
    }

    /// Returns the texts of a note.
    pub fn all_of(&self, note: usize) -> [&str; N] {
        std::array::from_fn(|part| self.of(note, part))
    }

    /// Calls `each` with every note that has `word` in one of the texts from `first`
    /// up to but not including `past`, in order.
    pub fn each_with(&self, word: &str, first: usize, past: usize, mut each: impl FnMut(usize)) {
        let finder = memmem::Finder::new(word);
        let bytes = self.buffer.as_bytes();
        let (mut at, mut part) = (0, 0);
        while let Some(found) = bytes.get(at..).and_then(|rest| finder.find(rest)) {
            part = self.part_at(at + found, part);
            let note = part / N;
            let nth = part % N;
            at = if nth < first {
                self.start(note * N + first)
            } else {
                if nth < past {
                    each(note);
                }
                self.start((note + 1) * N)
            };
        }
    }

    /// Returns the text that holds a byte, by steps that grow from one before it on:
    /// where a word is common, the next place is near.
    fn part_at(&self, byte: usize, from: usize) -> usize {
        let is_before = |part: usize| self.ends.get(part).is_some_and(|end| *end as usize <= byte);
        let (mut low, mut step) = (from, 1);
        while is_before(low + step) {
            low += step;
            step *= 2;
        }
        let window = self.ends.get(low..(low + step).min(self.ends.len())).unwrap_or_default();
        low + window.partition_point(|end| *end as usize <= byte)
    }

    /// Returns the bytes it takes.
    pub fn bytes(&self) -> usize {
        self.buffer.capacity() + self.ends.capacity() * size_of::<u32>()
    }

    /// Gives back what is not needed once the last note is added.
    pub fn shrink(&mut self) {
        self.buffer.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_the_texts_that_are_looked_at_only() {
        let mut texts = Texts::<3>::default();
        for nth in 0..100 {
            let back = if nth % 7 == 0 { "the law" } else { "" };
            texts.push([if nth == 41 { "law" } else { "国家" }, back, "law"]);
        }
        let with = |word: &str, first, past| {
            let mut found = Vec::new();
            texts.each_with(word, first, past, |note| found.push(note));
            found
        };
        assert_eq!(with("law", 0, 3), (0..100).collect::<Vec<_>>());
        assert_eq!(with("law", 0, 1), [41]);
        assert_eq!(with("law", 1, 2), (0..100).step_by(7).collect::<Vec<_>>());
        assert_eq!(with("law", 0, 2).len(), 16);
        assert_eq!(with("家", 0, 3).len(), 99);
        assert_eq!(with("e l", 2, 3), [0_usize; 0]);
        assert_eq!(texts.all_of(42), ["国家", "the law", "law"]);
        assert_eq!(texts.of(100, 0), "");
    }
}
