//! Reading marks: 國(guó). Single ones are removed, those of whole words kept.
//!
//! A mark is one Chinese character, a bracket, one syllable that this character
//! can have, and a bracket. Everything else in brackets belongs to the text.

use pinyin::{Pinyin, ToPinyinMulti};
use unicode_normalization::UnicodeNormalization;

use super::bracket::{self, Brackets};
use super::line::Pronunciation;
use crate::domain::text::is_han;

/// From this many certain marks on, marks without a tone count as well, and a
/// Traditional text is one for learners of Simplified.
pub(super) const CERTAIN: usize = 3;

/// The longest word whose reading is looked for in front of a bracket.
const LONGEST_WORD: usize = 16;

/// The brackets that a reading may stand in.
const BRACKETS: Brackets = Brackets {
    open: &['(', '（', '[', '［', '【', '〔'],
    close: &[')', '）', ']', '］', '】', '〕'],
    longest: 80,
};

/// A text without its marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plain {
    /// The text.
    pub text: String,
    /// How many single marks were removed.
    pub removed: usize,
    /// How many of them carried a tone.
    pub certain: usize,
    /// Readings of whole words.
    pub readings: Vec<Pronunciation>,
}

/// Removes the reading marks of `text`; those without a tone only if `toneless`.
pub(super) fn remove(text: &str, toneless: bool) -> Plain {
    let mut plain = Plain::default();
    plain.text = BRACKETS.strip(text, |kept, inside, _| {
        let inside: String = inside.iter().collect();
        let Some(mark) = mark_after(kept, inside.trim(), toneless) else { return false };
        match mark {
            Mark::Single { toned } => {
                plain.removed += 1;
                plain.certain += usize::from(toned);
                // A term of one character alone on its line keeps its reading.
                if kept.iter().filter(|c| is_han(**c)).count() == 1 {
                    plain.readings.push(pronunciation(kept, 1, inside.trim()));
                }
            }
            Mark::Word { length } => {
                plain.readings.push(pronunciation(kept, length, inside.trim()));
                bracket::trim_end(kept);
            }
        }
        true
    });
    plain
}

/// Returns the reading that a text starts with when it is one of `term`, and
/// the rest: `píngguǒ apple` after 苹果.
pub(super) fn leading<'a>(term: &str, text: &'a str) -> Option<(&'a str, &'a str)> {
    let han: Vec<char> = term.chars().filter(|c| is_han(*c)).collect();
    if han.is_empty() || han.len() > LONGEST_WORD {
        return None;
    }
    let mut ends: Vec<usize> =
        text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).collect();
    ends.push(text.len());
    ends.truncate(LONGEST_WORD);
    ends.into_iter().rev().find_map(|end| {
        let (head, rest) = (text.get(..end)?, text.get(end..)?);
        (has_tone(head) && is_reading_of(&han, &letters(head)?))
            .then(|| (head.trim(), rest.trim_start()))
    })
}

/// Whether `text` is nothing but a reading of the characters of `term`.
pub(super) fn is_reading(term: &str, text: &str) -> bool {
    let text = text
        .trim_matches(|c| BRACKETS.open.contains(&c) || BRACKETS.close.contains(&c) || c == '/');
    leading(term, text).is_some_and(|(_, rest)| rest.is_empty())
}

/// Whether a vowel of `text` carries one of the four tones.
pub(super) fn has_tone(text: &str) -> bool {
    text.nfd().any(is_tone)
}

enum Mark {
    Single { toned: bool },
    Word { length: usize },
}

fn mark_after(before: &[char], inside: &str, toneless: bool) -> Option<Mark> {
    let syllables = letters(inside)?;
    let toned = has_tone(inside);
    let single = before.last().is_some_and(|&c| is_han(c))
        && !inside.contains(char::is_whitespace)
        && before.last().is_some_and(|&c| is_legal(c, &syllables, toned));
    if single && (toned || (toneless && inside.chars().all(char::is_lowercase))) {
        return Some(Mark::Single { toned });
    }
    let end = before.iter().rposition(|&c| c != ' ').map_or(0, |at| at + 1);
    let word = before.get(..end)?;
    let capital = inside.starts_with(char::is_uppercase);
    if !toned && (!toneless || capital) {
        return None;
    }
    let longest = word.iter().rev().take(LONGEST_WORD).take_while(|&&c| is_han(c)).count();
    (2..=longest)
        .find(|&length| is_reading_of(&word[word.len() - length..], &syllables))
        .map(|length| Mark::Word { length })
}

fn pronunciation(before: &[char], length: usize, reading: &str) -> Pronunciation {
    let end = before.iter().rposition(|&c| c != ' ').map_or(0, |at| at + 1);
    let term = before[end.saturating_sub(length)..end].iter().collect();
    Pronunciation { term, reading: reading.to_owned() }
}

/// Returns the letters of a reading without tones and separators, `ü` as `v`;
/// `None` where something else stands in it.
fn letters(text: &str) -> Option<String> {
    let mut out = String::new();
    for c in text.nfd() {
        match c.to_ascii_lowercase() {
            letter @ 'a'..='z' => out.push(letter),
            '\u{308}' if out.ends_with('u') => {
                out.pop();
                out.push('v');
            }
            '\u{261}' => out.push('g'),
            '\u{251}' => out.push('a'),
            '\'' | '’' | '-' | ' ' | '·' => {}
            mark if is_tone(mark) => {}
            _ => return None,
        }
    }
    (!out.is_empty()).then_some(out)
}

/// Whether `c` is the combining mark of a tone (a breve is the usual slip for a caron).
fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{304}' | '\u{30C}' | '\u{306}')
}

/// Whether `han` can be read as `syllable`. Tones are not compared: the same
/// character often has other tones in Taiwan or in a word.
fn is_legal(han: char, syllable: &str, toned: bool) -> bool {
    match han.to_pinyin_multi() {
        Some(readings) => readings.into_iter().any(|reading| plain(reading) == syllable),
        // A character too rare to be listed: a toned syllable is evidence enough.
        None => toned && syllable.len() <= 6,
    }
}

/// Returns a reading in the letters that [`letters`] gives.
fn plain(reading: Pinyin) -> String {
    reading.plain().replace('ü', "v")
}

/// Whether the letters are one reading of each character, in order.
fn is_reading_of(han: &[char], letters: &str) -> bool {
    // The ends that are reachable after each character.
    let mut ends = vec![0_usize];
    for &c in han {
        let Some(readings) = c.to_pinyin_multi() else { return false };
        let mut next = Vec::new();
        for reading in readings {
            let plain = plain(reading);
            for &end in &ends {
                if letters.get(end..).is_some_and(|rest| rest.starts_with(plain.as_str())) {
                    next.push(end + plain.len());
                }
            }
        }
        next.sort_unstable();
        next.dedup();
        ends = next;
        if ends.is_empty() {
            return false;
        }
    }
    ends.contains(&letters.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syllable_after_its_character_is_removed() {
        for (marked, plain) in [
            ("中國(guó)政府", "中國政府"),
            ("適（shì）合", "適合"),
            ("發[fā]展", "發展"),
            ("會( huì )議", "會議"),
            ("識(shì)", "識"),
            ("長(zhǎng)期", "長期"),
            ("綠(lǜ)色", "綠色"),
            ("兒(e\u{301}r)童", "兒童"),
            ("國(Guó)家", "國家"),
        ] {
            let found = remove(marked, false);
            assert_eq!((found.text.as_str(), found.removed, found.certain), (plain, 1, 1));
        }
    }

    #[test]
    fn any_other_bracket_stays() {
        for text in [
            "人工智能(AI)",
            "票(vote)",
            "會議(July 1)",
            "2.5米(2024年)",
            "愛(é)",
            "風扇(fan)",
            "國(mà)",
            "國(guo)",
            "國(guó",
            "上海(Shanghai)",
        ] {
            assert_eq!(remove(text, false).text, text);
        }
        assert_eq!(remove("國(guo)", true).text, "國");
        assert_eq!(remove("風扇(fan)", true).text, "風扇(fan)");
        assert_eq!(remove("上海(Shanghai)", true).text, "上海(Shanghai)");
    }

    #[test]
    fn the_reading_of_a_whole_word_is_kept() {
        for (text, rest, reading) in [
            ("王车易位(wáng chē yì wèi)。", "王车易位。", "wáng chē yì wèi"),
            ("弃子攻王[qì zǐ gōng wáng]:x", "弃子攻王:x", "qì zǐ gōng wáng"),
            ("苹果 (píngguǒ) apple", "苹果 apple", "píngguǒ"),
            ("西安（Xī'ān）", "西安", "Xī'ān"),
        ] {
            let found = remove(text, false);
            assert_eq!((found.text.as_str(), found.removed), (rest, 0));
            assert_eq!(found.readings[0].reading, reading);
        }
    }

    #[test]
    fn a_reading_in_front_of_the_gloss_is_found() {
        assert_eq!(leading("苹果", "píngguǒ apple"), Some(("píngguǒ", "apple")));
        assert_eq!(leading("苹果", "píng guǒ apple"), Some(("píng guǒ", "apple")));
        assert_eq!(leading("苹果", "apple pie"), None);
        assert!(is_reading("苹果", "[píng guǒ]"));
    }
}
