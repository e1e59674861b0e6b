//! Chinese forms of Korean words: 시장(市場), and how they are read: 시장 (sijang).

use super::bracket::{self, Brackets};
use super::line::{Pronunciation, is_hangul};
use crate::domain::text::is_han;

/// The brackets that a form or a reading may stand in.
const BRACKETS: Brackets = Brackets {
    open: &['(', '（', '[', '［', '〔'],
    close: &[')', '）', ']', '］', '〕'],
    longest: 39,
};

/// A text without the forms, and what was taken off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plain {
    pub text: String,
    /// Words with their form in Chinese characters.
    pub forms: Vec<Pronunciation>,
    /// Words with their sound in Latin letters.
    pub readings: Vec<Pronunciation>,
}

/// Removes the forms and readings in brackets from `text`.
pub(super) fn remove(text: &str) -> Plain {
    let mut plain = Plain::default();
    plain.text = BRACKETS.strip(text, |kept, inside, _| {
        let inside: String = inside.iter().collect();
        let term = word_before(kept);
        let form = inside.contains(is_han)
            && inside.chars().all(|c| is_han(c) || is_hangul(c) || " -~―–·,".contains(c));
        let sound = !form && sounds_like(&term, &inside);
        if term.is_empty() || !(form || sound) {
            return false;
        }
        let taken = Pronunciation { term, reading: inside };
        if form { &mut plain.forms } else { &mut plain.readings }.push(taken);
        bracket::trim_end(kept);
        true
    });
    plain
}

/// Returns the word of Hangul at the end of the text.
fn word_before(before: &[char]) -> String {
    let end = before.iter().rposition(|&c| c != ' ').map_or(0, |at| at + 1);
    let length = before[..end].iter().rev().take(16).take_while(|c| is_hangul(**c)).count();
    before[end - length..end].iter().collect()
}

const INITIALS: [&str; 19] = [
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p",
    "h",
];
const VOWELS: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we",
    "wi", "yu", "eu", "ui", "i",
];
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "l", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
];

/// Whether `text` is how `term` is written in Latin letters, nearly: sounds that
/// change one another are written as they are heard.
fn sounds_like(term: &str, text: &str) -> bool {
    let letters = |text: &str| -> Vec<char> {
        text.chars()
            .filter(char::is_ascii_alphabetic)
            .map(|c| class(c.to_ascii_lowercase()))
            .collect()
    };
    let wanted = letters(&romanised(term));
    let found = letters(text);
    let plain = text.chars().all(|c| c.is_ascii_alphabetic() || " -'".contains(c));
    plain && found.len() >= 2 && distance(&wanted, &found) * 3 <= wanted.len()
}

/// Returns a letter for all that sound alike at the end of a syllable.
const fn class(c: char) -> char {
    match c {
        'g' => 'k',
        'd' => 't',
        'b' => 'p',
        'r' => 'l',
        c => c,
    }
}

/// Returns `term` by the rules of 2000, syllable by syllable.
fn romanised(term: &str) -> String {
    let mut out = String::new();
    for c in term.chars() {
        let Some(n) = (c as u32).checked_sub(0xAC00).filter(|n| *n < 11_172) else { continue };
        let n = n as usize;
        out.push_str(INITIALS[n / 588]);
        out.push_str(VOWELS[n % 588 / 28]);
        out.push_str(FINALS[n % 28]);
    }
    out
}

/// Returns how many letters have to be changed, added or taken off.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (n, &from) in a.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], n + 1);
        for (m, &to) in b.iter().enumerate() {
            let changed = diagonal + usize::from(from != to);
            diagonal = row[m + 1];
            row[m + 1] = changed.min(diagonal + 1).min(row[m] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_readings_are_taken_off() {
        let plain = remove("시장 (市場) - market");
        assert_eq!(
            (plain.text.as_str(), plain.forms[0].reading.as_str()),
            ("시장 - market", "市場")
        );
        let plain = remove("기증하다(寄贈--) donate");
        assert_eq!(
            (plain.text.as_str(), plain.forms[0].term.as_str()),
            ("기증하다 donate", "기증하다")
        );
        let plain = remove("시장 (sijang) market");
        assert_eq!(
            (plain.text.as_str(), plain.readings[0].reading.as_str()),
            ("시장 market", "sijang")
        );
        assert_eq!(remove("독립 (dongnip) independence").readings.len(), 1);
    }

    #[test]
    fn any_other_bracket_stays() {
        for text in
            ["시장 (market)", "인공지능(AI)", "(市場)", "2020년(한국)", "도서관 (library) 책"]
        {
            assert_eq!(remove(text).text, text);
        }
    }
}
