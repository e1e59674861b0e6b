//! Rows that are numbered in front: `1. word - meaning`.

use std::borrow::Cow;

/// Whether the rows with these first fields are numbered one after the other.
pub(super) fn is_numbered<'a>(firsts: impl Iterator<Item = &'a str>) -> bool {
    let (mut rows, mut numbered, mut steps) = (0_usize, 0_usize, 0_usize);
    let mut before = 0;
    for first in firsts {
        rows += 1;
        if let Some((number, _)) = split(first) {
            numbered += 1;
            // Each part of a list may start anew.
            steps += usize::from(number == before + 1 || number == 1);
            before = number;
        }
    }
    numbered >= 3 && numbered * 10 >= rows * 9 && steps * 10 >= numbered * 8
}

/// Takes the number off a first field; whether there was one.
pub(super) fn strip(field: &mut Cow<'_, str>) -> bool {
    let rest = match field {
        Cow::Borrowed(text) => split(text).map(|(_, rest)| Cow::Borrowed(rest)),
        Cow::Owned(text) => split(text).map(|(_, rest)| Cow::Owned(rest.to_owned())),
    };
    let Some(rest) = rest else { return false };
    *field = rest;
    true
}

/// Splits `12. word` in its number and the word.
fn split(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start();
    let (is_open, inner) = text.strip_prefix(['(', '（']).map_or((false, text), |t| (true, t));
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let number = inner.get(..digits)?.parse().ok().filter(|_| digits <= 5)?;
    let rest = &inner[digits..];
    let marks: &[char] =
        if is_open { &[')', '）'] } else { &['.', ')', '）', '、', '．', ':'] };
    let rest = match rest.strip_prefix(marks) {
        Some(rest) if !rest.starts_with(|c: char| c.is_ascii_digit()) => rest,
        None if !is_open && rest.starts_with(' ') => rest,
        _ => return None,
    };
    let rest = rest.trim_start();
    (!rest.is_empty()).then_some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_turn_are_no_part_of_the_words() {
        assert!(is_numbered(["1. a", "2. b", "3. c", "1. d"].into_iter()));
        assert!(is_numbered(["(1) a", "(2) b", "(3) c"].into_iter()));
        assert!(!is_numbered(["7 up", "100 metres", "3 wishes"].into_iter()));
        assert!(!is_numbered(["1.5 litres", "2.5 litres", "3.5 litres"].into_iter()));
        let mut field = Cow::Borrowed("12) the twelfth");
        assert!(strip(&mut field));
        assert_eq!(field, "the twelfth");
    }
}
