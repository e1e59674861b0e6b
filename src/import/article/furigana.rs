//! Readings of Japanese words: 梅雨（つゆ）, 梅雨 [つゆ], 寿司 (sushi).
//!
//! What stands in the brackets must be able to be read for what stands before
//! them: each kana of the word is in the reading, each character stands for one
//! kana or more. Everything else in brackets belongs to the text.

use super::bracket::{self, Brackets};
use super::line::{Pronunciation, is_kana};
use crate::domain::text::is_han;

/// The longest word whose reading is looked for, in characters.
const LONGEST_WORD: usize = 16;
/// The brackets that a reading may stand in.
const BRACKETS: Brackets = Brackets {
    open: &['(', '（', '[', '［', '【', '〔', '《', '〈'],
    close: &[')', '）', ']', '］', '】', '〕', '》', '〉'],
    longest: 39,
};
/// The most kana that one character stands for.
const MOST_KANA: usize = 6;

/// A text without the readings, and the readings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plain {
    pub text: String,
    pub readings: Vec<Pronunciation>,
}

/// Removes the readings in brackets from `text`.
pub(super) fn remove(text: &str) -> Plain {
    let mut readings = Vec::new();
    let text = BRACKETS.strip(text, |kept, inside, rest| {
        let Some(term) = word_before(kept, inside, rest) else { return false };
        readings.push(Pronunciation { term, reading: inside.iter().collect() });
        bracket::trim_end(kept);
        true
    });
    Plain { text, readings }
}

/// Splits a word from the reading that follows it after a blank: `朝市 あさいち`.
pub(super) fn trailing(text: &str) -> Option<(&str, &str)> {
    let (word, reading) = text.rsplit_once([' ', '・', '/', '／', '：', ':'])?;
    (word.contains(is_han) && is_reading(word, reading)).then(|| (word.trim(), reading.trim()))
}

/// Whether `reading` is written in kana and `word` can be read so.
pub(super) fn is_reading(word: &str, reading: &str) -> bool {
    let word: Vec<char> = word.trim().chars().collect();
    let reading: Vec<char> = reading.trim().chars().collect();
    word.len() <= LONGEST_WORD
        && reading.iter().all(|&c| is_sound(c))
        && word.iter().any(|&c| is_writing(c))
        && readings_of(&reading).any(|reading| fits(&word, &reading))
}

/// Returns the word that `inside` reads, where it stands at the end of `before`.
fn word_before(before: &[char], inside: &[char], rest: &[char]) -> Option<String> {
    let end = before.iter().rposition(|&c| c != ' ').map_or(0, |at| at + 1);
    let word = &before[..end];
    let part = |c: char| is_writing(c) || is_kana(c) || c.is_ascii_digit();
    let longest = word.iter().rev().take(LONGEST_WORD).take_while(|&&c| part(c)).count();
    let kana = !inside.is_empty() && inside.iter().all(|&c| is_sound(c));
    // Latin letters read a word only where a gloss follows them.
    let latin = is_romaji(inside) && rest.iter().any(char::is_ascii_alphabetic);
    (1..=longest).rev().find_map(|length| {
        let word = &word[end - length..];
        let fits = if kana {
            word.iter().any(|&c| is_writing(c))
                && readings_of(inside).any(|reading| fits(word, &reading))
        } else {
            latin && length == longest && length == end
        };
        fits.then(|| word.iter().collect())
    })
}

/// Returns the readings that are listed between marks: つゆ・ばいう.
fn readings_of(reading: &[char]) -> impl Iterator<Item = Vec<char>> {
    reading
        .split(|c| matches!(c, '・' | '、' | '/' | '／' | ','))
        .map(|part| part.iter().copied().filter(|c| *c != ' ').map(hiragana).collect::<Vec<_>>())
        .filter(|part| !part.is_empty())
}

/// Whether the kana of `word` stand in `reading` in order, with something to
/// read the characters between them.
fn fits(word: &[char], reading: &[char]) -> bool {
    // The ends in `reading` that are reachable after each character of the word.
    let mut ends = vec![false; reading.len() + 1];
    ends[0] = true;
    for &c in word {
        let mut next = vec![false; reading.len() + 1];
        for at in (0..reading.len()).filter(|&at| ends[at]) {
            if is_kana(c) {
                next[at + 1] |= reading[at] == hiragana(c);
            } else {
                let far = (at + MOST_KANA).min(reading.len());
                next[at + 1..=far].fill(true);
            }
        }
        ends = next;
    }
    ends[reading.len()]
}

/// Whether `c` is read by kana: a character, or the mark that repeats one.
fn is_writing(c: char) -> bool {
    is_han(c) || c == '々' || c == 'ヶ'
}

/// Whether `c` can stand in a reading.
fn is_sound(c: char) -> bool {
    is_kana(c) || matches!(c, '・' | '、' | ' ' | '/' | '／' | ',')
}

/// Returns the hiragana of a katakana.
fn hiragana(c: char) -> char {
    match c {
        '\u{30A1}'..='\u{30F6}' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        c => c,
    }
}

/// Whether the text is one word of Japanese in Latin letters.
fn is_romaji(text: &[char]) -> bool {
    let vowel = |c: char| "aiueoāīūēōâîûêô".contains(c);
    let text: Vec<char> = text.iter().copied().filter(|c| !" -'’".contains(*c)).collect();
    let mut at = 0;
    while let Some(&c) = text.get(at) {
        let consonants =
            text[at..].iter().take(3).take_while(|c| "bcdfghjkmnprstwyz".contains(**c));
        let head: String = consonants.collect();
        let next = text.get(at + head.len()).copied();
        let known = matches!(
            head.as_str(),
            "" | "b"
                | "d"
                | "f"
                | "g"
                | "h"
                | "j"
                | "k"
                | "m"
                | "n"
                | "p"
                | "r"
                | "s"
                | "t"
                | "w"
                | "y"
                | "z"
                | "ch"
                | "sh"
                | "ts"
                | "ky"
                | "gy"
                | "ny"
                | "hy"
                | "by"
                | "py"
                | "my"
                | "ry"
                | "kk"
                | "ss"
                | "tt"
                | "pp"
                | "tch"
        );
        let silent = head.starts_with('n') && (head.len() > 1 || !next.is_some_and(vowel));
        if known && next.is_some_and(vowel) && !head.starts_with("ti") {
            at += head.len() + 1;
        } else if silent || (c == 'n' && head.len() > 1) {
            at += 1;
        } else {
            return false;
        }
    }
    text.len() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_in_brackets_are_taken_off() {
        for (text, rest, term, reading) in [
            ("梅雨（つゆ）: rainy season", "梅雨: rainy season", "梅雨", "つゆ"),
            ("虹 [にじ] rainbow", "虹 rainbow", "虹", "にじ"),
            ("蒸し暑い（むしあつい）", "蒸し暑い", "蒸し暑い", "むしあつい"),
            ("山の遅（おそ）い桜", "山の遅い桜", "遅", "おそ"),
            ("二人の友人（ゆうじん）", "二人の友人", "友人", "ゆうじん"),
            ("時々【ときどき】", "時々", "時々", "ときどき"),
            ("寿司 (sushi) vinegared rice", "寿司 vinegared rice", "寿司", "sushi"),
            ("梅雨（つゆ・ばいう）", "梅雨", "梅雨", "つゆ・ばいう"),
        ] {
            let plain = remove(text);
            assert_eq!(plain.text, rest, "{text}");
            assert_eq!(
                plain.readings,
                [Pronunciation { term: term.into(), reading: reading.into() }]
            );
        }
    }

    #[test]
    fn any_other_bracket_stays() {
        for text in [
            "駅（station）",
            "カメラ（デジタル）",
            "食べる（のむ）",
            "本（ほんをよむのはたのしい）",
            "寿司 (sushi)",
            "（たぶん）",
            "桜（2023年）",
        ] {
            assert_eq!(remove(text).text, text);
        }
    }

    #[test]
    fn a_reading_after_a_blank_is_parted_from_its_word() {
        assert_eq!(trailing("朝市 あさいち"), Some(("朝市", "あさいち")));
        assert_eq!(trailing("朝市 おおきい"), Some(("朝市", "おおきい")));
        assert_eq!(trailing("大きい いぬ"), None);
        assert!(is_reading("食べ物", "たべもの") && !is_reading("食べ物", "のみもの"));
    }
}
