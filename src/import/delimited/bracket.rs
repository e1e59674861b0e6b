//! A second writing in brackets behind a word: `汉字[漢字]`, `漢字[かんじ]`, `食[た]べる`.

use crate::domain::text::is_han;

/// A word without its brackets, and what stood in them.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Bracketed {
    /// The word in the other Chinese script; empty where it is the same.
    Script(String, String),
    /// The word and how it is read.
    Reading(String, String),
}

/// Takes a second writing off a word; `None` where its brackets hold something else.
pub(super) fn split(text: &str) -> Option<Bracketed> {
    if !text.contains('[') || text.contains('\n') {
        return None;
    }
    if let Some((word, other)) = text.strip_suffix(']').and_then(|t| t.split_once('[')) {
        let is_word = |text: &str| !text.is_empty() && text.chars().any(is_han);
        if is_word(word)
            && is_word(other)
            && !other.contains('[')
            && word.chars().count() == other.chars().count()
        {
            let other = if word == other { "" } else { other };
            return Some(Bracketed::Script(word.to_owned(), other.to_owned()));
        }
    }
    furigana(text)
}

/// Reads kana in brackets behind each run of kanji; a blank parts a run from what is before.
fn furigana(text: &str) -> Option<Bracketed> {
    let (mut word, mut reading) = (String::new(), String::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let (kana, behind) = after.split_once(']')?;
        let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{30ff}');
        let before = before.trim_end();
        let base = before.len()
            - before.chars().rev().take_while(|c| is_han(*c)).map(char::len_utf8).sum::<usize>();
        if kana.is_empty() || !kana.chars().all(is_kana) || base == before.len() {
            return None;
        }
        let plain = before[..base].trim_matches(' ');
        word.push_str(plain);
        reading.push_str(plain);
        word.push_str(&before[base..]);
        reading.push_str(kana);
        rest = behind;
    }
    word.push_str(rest);
    reading.push_str(rest);
    Some(Bracketed::Reading(word, reading))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writing_is_told_from_a_remark() {
        let script = |a: &str, b: &str| Some(Bracketed::Script(a.into(), b.into()));
        let reading = |a: &str, b: &str| Some(Bracketed::Reading(a.into(), b.into()));
        for (text, expected) in [
            ("汉字[漢字]", script("汉字", "漢字")),
            ("换[换]", script("换", "")),
            ("漢字[かんじ]", reading("漢字", "かんじ")),
            ("食[た]べる", reading("食べる", "たべる")),
            ("日本[にほん] 語[ご]", reading("日本語", "にほんご")),
            ("お 茶[ちゃ]", reading("お茶", "おちゃ")),
            ("学校 [がっこう]", reading("学校", "がっこう")),
            ("term[note]", None),
            ("打[动词]", None),
            ("[sound:a.mp3]", None),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }
}
