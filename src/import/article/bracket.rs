//! Brackets behind a word: found, and taken off where they hold what belongs to it.

/// Which brackets are looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Brackets {
    /// The characters that open one.
    pub open: &'static [char],
    /// The characters that close one, whichever opened it.
    pub close: &'static [char],
    /// The most characters that stand between them.
    pub longest: usize,
}

impl Brackets {
    /// Returns a text without those brackets for which `take` says so.
    ///
    /// `take` is given what is kept of the text before a bracket, which it may
    /// shorten, what stands in the bracket, and the text behind it.
    pub(super) fn strip(
        &self,
        text: &str,
        mut take: impl FnMut(&mut Vec<char>, &[char], &[char]) -> bool,
    ) -> String {
        if !text.contains(self.open) {
            return text.to_owned();
        }
        let chars: Vec<char> = text.chars().collect();
        let mut kept: Vec<char> = Vec::with_capacity(chars.len());
        let mut rest = chars.as_slice();
        while let [c, behind @ ..] = rest {
            if self.open.contains(c)
                && let Some(length) = self.length(behind)
                && take(&mut kept, &behind[..length], &behind[length + 1..])
            {
                rest = &behind[length + 1..];
                continue;
            }
            kept.push(*c);
            rest = behind;
        }
        kept.into_iter().collect()
    }

    /// Returns how many characters stand before the bracket that closes.
    fn length(&self, behind: &[char]) -> Option<usize> {
        behind.iter().take(self.longest + 1).position(|c| self.close.contains(c))
    }
}

/// Takes off the blanks that stood before a bracket that is gone.
pub(super) fn trim_end(kept: &mut Vec<char>) {
    while kept.last() == Some(&' ') {
        kept.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUND: Brackets = Brackets { open: &['('], close: &[')'], longest: 3 };

    #[test]
    fn only_what_is_taken_goes() {
        for (text, rest) in [
            ("a (b) c", "a c"),
            ("a (bcd)e", "ae"),
            ("a (bcde)f", "a (bcde)f"),
            ("a () b", "a () b"),
            ("a (b", "a (b"),
            ("(", "("),
            ("a((b)c", "a((b)c"),
            ("x (b)(c)", "x"),
            ("词 (b)", "词"),
        ] {
            let stripped = ROUND.strip(text, |kept, inside, _| {
                let is_word = !inside.is_empty() && inside.iter().all(|c| c.is_alphabetic());
                if is_word && kept.last() != Some(&'(') {
                    trim_end(kept);
                    return true;
                }
                false
            });
            assert_eq!(stripped, rest, "{text}");
        }
    }
}
