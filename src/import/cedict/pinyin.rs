//! Tones in digits to tones in marks.

use unicode_normalization::UnicodeNormalization;

/// The marks of the tones 1 to 4, as they combine with a letter.
const MARKS: [char; 4] = ['\u{304}', '\u{301}', '\u{30c}', '\u{300}'];

/// Returns pinyin with marks: `Lu:3 shun4` is `Lǚ shùn`, `hua1 r5` is `huār`.
///
/// What is no syllable with a tone (letters that are spelt, punctuation) stays.
pub(super) fn with_marks(numbered: &str) -> String {
    let mut out = String::with_capacity(numbered.len());
    for token in numbered.split_whitespace() {
        let is_tail = matches!(token, "r5" | "r" | "," | "，") && !out.is_empty();
        if !out.is_empty() && !is_tail {
            out.push(' ');
        }
        for syllable in token.split_inclusive(|c: char| c.is_ascii_digit()) {
            push_syllable(syllable, &mut out);
        }
    }
    out.nfc().collect()
}

fn push_syllable(syllable: &str, out: &mut String) {
    let letters = syllable.trim_end_matches(|c: char| c.is_ascii_digit());
    let tone = match &syllable[letters.len()..] {
        "" => None,
        digit => digit.parse::<usize>().ok().filter(|tone| (1..=5).contains(tone)),
    };
    let plain = || letters.replace("u:", "ü").replace("U:", "Ü");
    let is_syllable = !letters.is_empty() && letters.chars().all(is_letter);
    let Some(tone) = tone.filter(|_| is_syllable) else {
        // Letters that are spelt, and digits that are no tones.
        let is_spelt = is_syllable && letters.len() == syllable.len();
        out.push_str(&if is_spelt { plain() } else { syllable.to_owned() });
        return;
    };
    let mut letters = plain();
    if letters.starts_with(['l', 'n', 'L', 'N']) {
        letters = letters.replace('v', "ü").replace('V', "Ü");
    }
    let Some(mark) = MARKS.get(tone - 1) else {
        out.push_str(&letters);
        return;
    };
    let at = place(&letters);
    out.push_str(&letters[..at]);
    out.push(*mark);
    out.push_str(&letters[at..]);
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, ':' | 'ü' | 'Ü' | 'ê' | 'Ê')
}

/// Returns the place behind the letter that carries the mark.
fn place(letters: &str) -> usize {
    let lower = letters.to_lowercase();
    let first = |set: &[char]| letters_at(&lower, set).next();
    let vowels = ['a', 'e', 'i', 'o', 'u', 'ü', 'ê'];
    let at = first(&['a', 'e', 'ê'])
        .or_else(|| lower.find("ou"))
        .or_else(|| letters_at(&lower, &vowels).last())
        // Syllables without a vowel: `m2`, `ng4`, `hng5`.
        .or_else(|| first(&['m', 'n']))
        .unwrap_or(0);
    let length = lower[at..].chars().next().map_or(0, char::len_utf8);
    at + length
}

fn letters_at(text: &str, set: &[char]) -> impl Iterator<Item = usize> {
    text.char_indices().filter(|(_, c)| set.contains(c)).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_where_the_orthography_puts_them() {
        for (numbered, marked) in [
            ("Zhong1 guo2", "Zhōng guó"),
            ("lu:4 se4", "lǜ sè"),
            ("Lu:3 shun4 kou3", "Lǚ shùn kǒu"),
            ("nu:e4", "nüè"),
            ("lv4", "lǜ"),
            ("hua1 r5", "huār"),
            ("xue2 sheng5", "xué sheng"),
            ("gui4", "guì"),
            ("liu2", "liú"),
            ("tou2", "tóu"),
            ("xiong2", "xióng"),
            (
                "hao3 hao3 xue2 xi2 , tian1 tian1 xiang4 shang4",
                "hǎo hǎo xué xí, tiān tiān xiàng shàng",
            ),
            ("A1 li3 · Mu4", "Ā lǐ · Mù"),
            ("san1 C", "sān C"),
            ("K T V", "K T V"),
            ("E2", "É"),
            ("m2", "ḿ"),
            ("ng4", "ǹg"),
            ("hm5", "hm"),
            ("ren2gong1", "réngōng"),
            ("xx5", "xx"),
            ("", ""),
            ("9 a9", "9 a9"),
        ] {
            assert_eq!(with_marks(numbered), marked, "{numbered}");
        }
    }
}
