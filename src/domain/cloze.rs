//! Cloze text: `{{c1::word::hint}}` marks what a card leaves out.
//!
//! A note keeps the text with its marks; what a card shows is rendered from it.
//! Marks may nest, and one mark may belong to several cards (`{{c1,2::word}}`).

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::Slot;

/// Marks within marks beyond this depth are plain text.
const MAX_DEPTH: usize = 8;

/// Stands for a gap without a hint.
const GAP: &str = "[...]";

/// A piece of cloze text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token<'a> {
    Text(&'a str),
    /// The start of a mark whose end is there, too.
    Open(Vec<u16>),
    /// Separates the text of a mark from its hint.
    Hint,
    Close,
}

/// Whether there is any mark in a text.
#[must_use]
pub fn is_cloze(text: &str) -> bool {
    !numbers(text).is_empty()
}

/// Returns the numbers of the gaps, lowest first.
#[must_use]
pub fn numbers(text: &str) -> BTreeSet<u16> {
    if !text.contains("{{c") {
        return BTreeSet::new();
    }
    tokens(text)
        .into_iter()
        .filter_map(|token| if let Token::Open(numbers) = token { Some(numbers) } else { None })
        .flatten()
        .collect()
}

/// Returns the text with gap `n` left out and all others filled in: `[hint]`, or
/// `[...]` where it has none. With `None`, and for a gap that is not there, every
/// gap is left out.
#[must_use]
pub fn question(text: &str, n: Option<u16>) -> String {
    let tokens = tokens(text);
    let is_there = |n: &u16| {
        tokens.iter().any(|token| matches!(token, Token::Open(numbers) if numbers.contains(n)))
    };
    match n.filter(is_there) {
        Some(n) => render(&tokens, |numbers| numbers.contains(&n)),
        None => render(&tokens, |_| true),
    }
}

/// Returns the text as it reads without its marks and hints.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains("{{c") {
        return Cow::Borrowed(text);
    }
    Cow::Owned(render(&tokens(text), |_| false))
}

/// Returns what a card asks and what is to be remembered, given the front and the
/// back of its note.
#[must_use]
pub fn sides(front: &str, back: &str, slot: Slot) -> (String, String) {
    if !is_cloze(front) {
        return match slot {
            Slot::Forward | Slot::Gap(_) => (front.to_owned(), back.to_owned()),
            Slot::Reverse => (back.to_owned(), front.to_owned()),
        };
    }
    let whole = plain(front).into_owned();
    let gap = match slot {
        Slot::Reverse if !back.is_empty() => return (back.to_owned(), whole),
        Slot::Forward | Slot::Reverse => None,
        Slot::Gap(n) => Some(n),
    };
    let answer = if back.is_empty() { whole } else { [&whole, "\n", back].concat() };
    (question(front, gap), answer)
}

fn render(tokens: &[Token<'_>], is_hidden: impl Fn(&[u16]) -> bool) -> String {
    /// An open mark: what was written in it so far.
    struct Mark {
        hidden: bool,
        text: String,
        hint: Option<String>,
    }
    impl Mark {
        fn push(&mut self, text: &str) {
            self.hint.as_mut().unwrap_or(&mut self.text).push_str(text);
        }
    }
    let mut out = Mark { hidden: false, text: String::new(), hint: None };
    let mut open: Vec<Mark> = Vec::new();
    for token in tokens {
        match token {
            Token::Text(text) => open.last_mut().unwrap_or(&mut out).push(text),
            Token::Open(numbers) => {
                open.push(Mark { hidden: is_hidden(numbers), text: String::new(), hint: None });
            }
            Token::Hint => {
                if let Some(mark) = open.last_mut() {
                    mark.hint = Some(String::new());
                }
            }
            Token::Close => {
                let Some(mark) = open.pop() else { continue };
                let outer = open.last_mut().unwrap_or(&mut out);
                match mark.hint.as_deref().map(str::trim) {
                    _ if !mark.hidden => outer.push(&mark.text),
                    None | Some("") => outer.push(GAP),
                    Some(hint) => outer.push(&["[", hint, "]"].concat()),
                }
            }
        }
    }
    out.text
}

/// Returns the pieces of a text; a mark that does not end is text.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    // The marks that are open: where they stand, as written, and where their hint begins.
    let mut open: Vec<(usize, &str, Option<usize>)> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}', ':']) {
        let (before, here) = rest.split_at(at);
        let (token, length) = match opening(here) {
            Some((numbers, length)) if open.len() < MAX_DEPTH => {
                (Some(Token::Open(numbers)), length)
            }
            _ if here.starts_with("}}") && !open.is_empty() => (Some(Token::Close), 2),
            _ if here.starts_with("::") && open.last().is_some_and(|mark| mark.2.is_none()) => {
                (Some(Token::Hint), 2)
            }
            _ => (None, 1),
        };
        let Some(token) = token else {
            push_text(&mut tokens, &rest[..at + length]);
            rest = &rest[at + length..];
            continue;
        };
        push_text(&mut tokens, before);
        match token {
            Token::Open(_) => open.push((tokens.len(), &here[..length], None)),
            Token::Close => drop(open.pop()),
            _ => {
                if let Some(mark) = open.last_mut() {
                    mark.2 = Some(tokens.len());
                }
            }
        }
        tokens.push(token);
        rest = &here[length..];
    }
    push_text(&mut tokens, rest);
    for (at, written, hint) in open {
        tokens[at] = Token::Text(written);
        if let Some(hint) = hint {
            tokens[hint] = Token::Text("::");
        }
    }
    tokens
}

fn push_text<'a>(tokens: &mut Vec<Token<'a>>, text: &'a str) {
    if !text.is_empty() {
        tokens.push(Token::Text(text));
    }
}

/// Reads `{{c1::` or `{{c1,2::`: the numbers and the length.
fn opening(text: &str) -> Option<(Vec<u16>, usize)> {
    let inner = text.strip_prefix("{{c")?;
    let end = inner.bytes().take(40).position(|b| !b.is_ascii_digit() && b != b',')?;
    if !inner[end..].starts_with("::") {
        return None;
    }
    let numbers: Option<Vec<u16>> = inner[..end]
        .split(',')
        .map(|n| n.parse().ok().filter(|n| (1..=Slot::MAX_GAP).contains(n)))
        .collect();
    Some((numbers?, 3 + end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARIS: &str = "{{c1::Paris::city}} is in {{c2::France}}.";

    #[test]
    fn each_card_leaves_its_own_gap_out() {
        assert_eq!(question(PARIS, Some(1)), "[city] is in France.");
        assert_eq!(question(PARIS, Some(2)), "Paris is in [...].");
        assert_eq!(question(PARIS, Some(9)), "[city] is in [...].");
        assert_eq!(question(PARIS, None), "[city] is in [...].");
        assert_eq!(plain(PARIS), "Paris is in France.");
        assert_eq!(numbers(PARIS).into_iter().collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn marks_nest_and_belong_to_several_cards() {
        let nested = "{{c1::the {{c2::inner::what}} word::all}} {{c1,3::x}}";
        assert_eq!(question(nested, Some(1)), "[all] [...]");
        assert_eq!(question(nested, Some(2)), "the [what] word x");
        assert_eq!(question(nested, Some(3)), "the inner word [...]");
        assert_eq!(numbers(nested).into_iter().collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn what_is_no_mark_stays() {
        for text in [
            "{{c1::open",
            "{{c1::open::hint",
            "{{c::x}}",
            "{{c0::x}}",
            "{{Front}}",
            "a :: b }} {",
            "{{c99999::x}}",
        ] {
            assert_eq!(plain(text), text);
            assert!(!is_cloze(text), "{text}");
        }
        assert_eq!(plain("{{c1::a}} }} b :: c"), "a }} b :: c");
        assert_eq!(plain("{{c2::open {{c1::a::h}}"), "{{c2::open a");
        assert_eq!(plain("{{c2::open {{c1::a::h}}::b"), "{{c2::open a::b");
    }

    #[test]
    fn a_card_shows_its_question_and_the_whole_text() {
        let cases = [
            ("a", "b", Slot::Forward, ("a", "b")),
            ("a", "b", Slot::Reverse, ("b", "a")),
            ("a", "b", Slot::Gap(3), ("a", "b")),
            ("{{c1::a}} b", "", Slot::Gap(1), ("[...] b", "a b")),
            ("{{c1::a}} b", "more", Slot::Gap(1), ("[...] b", "a b\nmore")),
            ("{{c1::a}} b", "more", Slot::Reverse, ("more", "a b")),
            ("{{c1::a}} b", "", Slot::Reverse, ("[...] b", "a b")),
        ];
        for (front, back, slot, (question, answer)) in cases {
            let expected = (question.to_owned(), answer.to_owned());
            assert_eq!(sides(front, back, slot), expected, "{front} {slot}");
        }
    }

    #[test]
    fn a_text_full_of_marks_is_rendered_all_the_same() {
        let deep = "{{c1::".repeat(2000) + &"}}".repeat(2000);
        assert!(plain(&deep).len() < deep.len());
    }
}
