//! What stands beside a term and is no part of it: word class, phonetics, remarks.

use super::line::{is_cjk, is_latin};

/// Abbreviations of word classes, without the full stop.
const CLASSES: [&str; 24] = [
    "n", "v", "vt", "vi", "adj", "adv", "a", "ad", "prep", "conj", "pron", "num", "int", "interj",
    "art", "aux", "abbr", "pl", "phr", "det", "vt.&vi", "link-v", "modal", "idiom",
];

/// A side of a pair and what was taken from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Gloss {
    /// The bare text.
    pub text: String,
    /// What was taken from it, in order.
    pub notes: Vec<String>,
}

/// Returns the English side without word class, phonetics and remarks in Chinese.
pub(super) fn english(text: &str) -> Gloss {
    let mut gloss = Gloss { text: text.trim().to_owned(), notes: Vec::new() };
    gloss.take_phonetics();
    gloss.take_remark(|inside| inside.contains(is_cjk) || inside.contains("pl. "));
    gloss.take_class_at_end();
    gloss.take_class_at_start(true);
    gloss
}

/// Returns the other side without word class, phonetics and editors' remarks.
pub(super) fn chinese(text: &str) -> Gloss {
    let mut gloss = Gloss { text: text.trim().to_owned(), notes: Vec::new() };
    gloss.take_phonetics();
    gloss.take_remark(|inside| {
        ["编者", "译者", "補充", "补充", "編者", "譯者"].iter().any(|sign| inside.contains(sign))
    });
    gloss.take_class_at_start(false);
    gloss.take_class_at_end();
    gloss
}

/// Whether the text is nothing but a word class.
pub(super) fn is_word_class(text: &str) -> bool {
    let text = text.trim().trim_matches(|c| matches!(c, '(' | ')' | '（' | '）' | '[' | ']'));
    text.ends_with('.') && class_length(text) == text.len()
}

/// Whether the text is nothing but phonetics between slashes or brackets.
pub(super) fn is_phonetic(text: &str) -> bool {
    let text = text.trim();
    phonetic_span(text).is_some_and(|(start, end)| start == 0 && end == text.len())
}

/// Returns the sounds on a line that holds nothing else: `英 [ˈkælɪndə] 美 [ˈkælɪndər]`.
pub(super) fn sounds(text: &str) -> Option<String> {
    const VARIETIES: [&str; 8] = ["英", "美", "英式", "美式", "uk", "us", "bre", "ame"];
    let mut gloss = Gloss { text: text.trim().to_owned(), notes: Vec::new() };
    while gloss.notes.len() < 4
        && let Some((start, end)) = phonetic_span(&gloss.text)
    {
        gloss.notes.push(gloss.text[start..end].trim().to_owned());
        gloss.text = format!("{} {}", &gloss.text[..start], &gloss.text[end..]);
    }
    let known = |word: &str| VARIETIES.contains(&word.to_lowercase().as_str());
    let mut left = gloss.text.split([' ', ':', '：', ';', '；', ',', '，', '.']);
    let bare = left.all(|word| word.is_empty() || known(word));
    (bare && !gloss.notes.is_empty()).then(|| gloss.notes.join(" "))
}

impl Gloss {
    fn take_phonetics(&mut self) {
        for _ in 0..4 {
            let Some((start, end)) = phonetic_span(&self.text) else { return };
            if start == 0 && end == self.text.len() {
                return;
            }
            self.notes.push(self.text[start..end].trim().to_owned());
            let joined = format!("{} {}", self.text[..start].trim_end(), self.text[end..].trim());
            joined.trim().clone_into(&mut self.text);
        }
    }

    /// Takes a bracket at the end when `is_remark` says so of what is in it.
    fn take_remark(&mut self, is_remark: impl Fn(&str) -> bool) {
        let text = self.text.trim_end();
        let Some(open) = text.rfind(['(', '（', '【']) else { return };
        let inside = &text[open..];
        if open > 0 && inside.ends_with([')', '）', '】']) && is_remark(inside) {
            let bare = inside.trim_matches(|c| matches!(c, '(' | ')' | '（' | '）' | '【' | '】'));
            self.notes.push(bare.trim().to_owned());
            self.text = text[..open].trim_end().to_owned();
        }
    }

    fn take_class_at_end(&mut self) {
        let text = self.text.trim_end();
        let wrapped = text.ends_with([')', '）', ']']);
        let bare = text.trim_end_matches([')', '）', ']']);
        let Some(start) = bare
            .char_indices()
            .rev()
            .take_while(|&(_, c)| c.is_ascii_alphabetic() || matches!(c, '.' | '/' | '&' | ','))
            .last()
            .map(|(at, _)| at)
        else {
            return;
        };
        let (before, class) = (&bare[..start], &bare[start..]);
        let opened = before.ends_with(['(', '（', '[']);
        let apart = before.ends_with([' ', '\t']) || before.ends_with(is_cjk);
        let found = class.ends_with('.') && class_length(class) == class.len();
        let before = before.trim_end_matches(['(', '（', '[']).trim_end();
        if found && !before.is_empty() && ((wrapped && opened) || (!wrapped && apart)) {
            self.notes.push(class.to_owned());
            self.text = before.to_owned();
        }
    }

    fn take_class_at_start(&mut self, english: bool) {
        let text = self.text.trim_start();
        let wrapped = text.starts_with(['(', '（', '[']);
        let bare = text.trim_start_matches(['(', '（', '[']);
        let length = class_length(bare);
        let (class, rest) = bare.split_at(length);
        let closed = rest.starts_with([')', '）', ']']);
        let rest = rest.trim_start_matches([')', '）', ']']).trim_start();
        // `a. m.` and `pl.` may be words of an English text.
        let single = english && matches!(class, "a." | "ad." | "pl." | "int." | "art.");
        if length > 0 && !rest.is_empty() && wrapped == closed && (closed || !single) {
            self.notes.push(class.trim().to_owned());
            self.text = rest.to_owned();
        }
    }
}

/// Returns the length of the word classes that `text` starts with: `n.`, `v./n.`.
fn class_length(text: &str) -> usize {
    let mut length = 0;
    loop {
        let rest = &text[length..];
        let word = rest.bytes().take_while(|b| b.is_ascii_alphabetic() || *b == b'-').count();
        let class = &rest[..word];
        if !rest[word..].starts_with('.') || !CLASSES.contains(&class.to_ascii_lowercase().as_str())
        {
            // A joiner that leads nowhere belongs to the text.
            return text[..length].trim_end_matches(['/', '&', ',', ' ']).len();
        }
        length += word + 1;
        let joiner = text[length..].bytes().take_while(|b| b"/&, ".contains(b)).count();
        if joiner == 0 {
            return length;
        }
        length += joiner;
    }
}

fn phonetic_span(text: &str) -> Option<(usize, usize)> {
    let sound = |c: char| "ˈˌːəɪʊɛæɔθðʃʒŋɑʌɜɒɡɚɝɹʔɾ'ˊ".contains(c);
    for (open, close) in [('/', '/'), ('[', ']'), ('［', '］')] {
        let mut from = 0;
        while let Some(start) = text[from..].find(open).map(|at| at + from) {
            let inner = start + open.len_utf8();
            let Some(end) = text[inner..].find(close).map(|at| at + inner) else { break };
            let inside = &text[inner..end];
            let letters = inside.chars().all(|c| {
                is_latin(c)
                    || sound(c)
                    || matches!(
                        c,
                        ':' | ' ' | '.' | ',' | ';' | '(' | ')' | '-' | '\u{2B0}'..='\u{36F}'
                    )
            });
            // Some words sound as they are written: `melt /melt/ v.`, `melt [melt] v.`.
            let before = text[..start].ends_with(' ');
            let after = text[end + close.len_utf8()..].trim_start();
            let follows = class_length(after) > 0 || (open == '/' && after.starts_with(is_cjk));
            let plain = before && follows && inside.chars().all(char::is_lowercase);
            let marked =
                inside.contains(|c| sound(c) && c != '\'') || inside.contains(':') || plain;
            if letters && marked && !inside.trim().is_empty() && inside.len() < 60 {
                return Some((start, end + close.len_utf8()));
            }
            from = inner;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_class_phonetics_and_remarks_are_taken_off() {
        for (text, bare, notes) in [
            ("index (vt.)", "index", vec!["vt."]),
            ("slow/long-running query (由编者补充)", "slow/long-running query", vec!["由编者补充"]),
            ("knead /niːd/ v.", "knead", vec!["/niːd/", "v."]),
            ("knead [ni:d]", "knead", vec!["[ni:d]"]),
            ("melt /melt/ v.", "melt", vec!["/melt/", "v."]),
            ("and /or", "and /or", vec![]),
            ("run n./v.", "run", vec!["n./v."]),
            ("stoma (pl. stomata)", "stoma", vec!["pl. stomata"]),
            ("second rise / proofing", "second rise / proofing", vec![]),
            ("vote (ballot)", "vote (ballot)", vec![]),
            ("cor anglais / English horn", "cor anglais / English horn", vec![]),
            ("a.m. service", "a.m. service", vec![]),
        ] {
            let gloss = english(text);
            assert_eq!(
                (gloss.text.as_str(), gloss.notes),
                (bare, notes.iter().map(|n| (*n).to_owned()).collect()),
                "{text}"
            );
        }
        for (text, bare) in [
            ("v.揉，捏", "揉，捏"),
            ("n. 面团", "面团"),
            ("(adj.)快的", "快的"),
            ("加索引", "加索引"),
            ("快的 adj.", "快的"),
        ] {
            assert_eq!(chinese(text).text, bare);
        }
        assert!(is_word_class("n./v.") && is_word_class("(adj.)") && !is_word_class("dough"));
    }
}
