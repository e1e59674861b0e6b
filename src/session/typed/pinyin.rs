//! Pinyin whose tones may be marked, numbered or left out.

use unicode_normalization::UnicodeNormalization;

use crate::domain::text;

/// Whether `answer` is pinyin and `typed` the same syllables without any tones.
pub(super) fn same_without_tones(typed: &str, answer: &str) -> bool {
    let (Some(typed), Some(answer)) = (Pinyin::read(typed), Pinyin::read(answer)) else {
        return false;
    };
    typed.letters == answer.letters
        && (typed.tones.is_empty() || answer.tones.is_empty() || typed.tones == answer.tones)
}

/// Whether `answer` is pinyin and `typed` the same syllables with other tones.
pub(super) fn same_but_for_tones(typed: &str, answer: &str) -> bool {
    matches!((Pinyin::read(typed), Pinyin::read(answer)), (Some(t), Some(a)) if t.letters == a.letters)
}

/// Pinyin taken apart.
struct Pinyin {
    /// The letters of all syllables, `ü` as `v`.
    letters: String,
    /// The tones 1 to 4 in order; the neutral tone is not written.
    tones: Vec<u8>,
}

impl Pinyin {
    /// Reads text that is made of pinyin syllables only.
    fn read(source: &str) -> Option<Self> {
        let (mut letters, mut tones) = (String::new(), Vec::new());
        for c in text::fold(source).replace("u:", "v").nfd() {
            match c {
                'a'..='z' => letters.push(c),
                '\u{304}' => tones.push(1),
                '\u{301}' => tones.push(2),
                '\u{30c}' => tones.push(3),
                '\u{300}' => tones.push(4),
                '\u{308}' if letters.ends_with('u') => {
                    letters.pop();
                    letters.push('v');
                }
                '1'..='4' if !letters.is_empty() => tones.push(c as u8 - b'0'),
                '5' | '0' if !letters.is_empty() => {}
                ' ' | '\'' | '\u{2019}' | '-' | '\u{b7}' => {}
                _ => return None,
            }
        }
        is_syllables(&letters).then_some(Self { letters, tones })
    }
}

const INITIALS: [&str; 23] = [
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r",
    "z", "c", "s", "y", "w",
];
const FINALS: [&str; 36] = [
    "a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "ong", "i", "ia", "ie", "iao",
    "iu", "ian", "in", "iang", "ing", "iong", "u", "ua", "uo", "uai", "ui", "uan", "un", "uang",
    "v", "ve", "ue", "van", "vn", "er",
];

/// Whether `letters` can be cut into syllables; it is enough that each looks like one.
fn is_syllables(letters: &str) -> bool {
    let mut ends = vec![false; letters.len() + 1];
    ends[0] = true;
    for start in 0..letters.len() {
        if !ends[start] {
            continue;
        }
        let rest = &letters[start..];
        for initial in INITIALS.iter().chain(&[""]) {
            let Some(tail) = rest.strip_prefix(initial) else { continue };
            for sound in FINALS.iter().filter(|sound| tail.starts_with(**sound)) {
                let bare_vowel = initial.is_empty() && sound.starts_with(['i', 'u', 'v']);
                let no_such = *initial == "f" && matches!(*sound, "e" | "i" | "ai");
                if !bare_vowel && !no_such {
                    ends[start + initial.len() + sound.len()] = true;
                }
            }
        }
    }
    !letters.is_empty() && ends[letters.len()]
}
