//! Encodings of alphabets in which every letter of a word is beyond ASCII.
//!
//! Read in the wrong one, such words are still letters. What tells is whether capitals
//! stand where they may, and how often each letter comes.

use encoding_rs::{Encoding, KOI8_U, WINDOWS_1251, WINDOWS_1253, WINDOWS_1255};

/// The letters of a language, and how many of a thousand each is in running text.
type Letters = &'static [(char, u16)];

const RUSSIAN: Letters = &[
    ('о', 110),
    ('е', 85),
    ('а', 80),
    ('и', 74),
    ('н', 67),
    ('т', 63),
    ('с', 55),
    ('р', 47),
    ('в', 45),
    ('л', 44),
    ('к', 35),
    ('м', 32),
    ('д', 30),
    ('п', 28),
    ('у', 26),
    ('я', 20),
    ('ы', 19),
    ('ь', 17),
    ('г', 17),
    ('з', 16),
    ('б', 16),
    ('ч', 14),
    ('й', 12),
    ('х', 10),
    ('ж', 9),
    ('ш', 7),
    ('ю', 6),
    ('ц', 5),
    ('щ', 4),
    ('э', 3),
    ('ф', 3),
    ('ъ', 1),
    ('ё', 1),
];
const GREEK: Letters = &[
    ('α', 120),
    ('ο', 98),
    ('ι', 92),
    ('ε', 88),
    ('τ', 80),
    ('ν', 71),
    ('σ', 49),
    ('η', 49),
    ('υ', 45),
    ('ς', 40),
    ('ρ', 42),
    ('π', 42),
    ('κ', 41),
    ('μ', 34),
    ('λ', 30),
    ('ω', 21),
    ('δ', 17),
    ('γ', 17),
    ('χ', 13),
    ('θ', 13),
    ('φ', 9),
    ('β', 7),
    ('ξ', 5),
    ('ζ', 4),
    ('ψ', 2),
];
const HEBREW: Letters = &[
    ('י', 110),
    ('ו', 104),
    ('ה', 109),
    ('ל', 74),
    ('א', 63),
    ('ר', 56),
    ('ת', 50),
    ('ב', 47),
    ('מ', 46),
    ('ש', 44),
    ('ע', 32),
    ('נ', 29),
    ('ם', 28),
    ('ד', 26),
    ('ח', 25),
    ('ק', 21),
    ('כ', 21),
    ('פ', 17),
    ('ס', 15),
    ('ן', 14),
    ('ז', 13),
    ('ג', 12),
    ('ט', 12),
    ('צ', 12),
    ('ך', 8),
    ('ף', 2),
    ('ץ', 1),
];

/// Greek letters with their accents, and without.
const ACCENTS: [(&str, char); 7] =
    [("ά", 'α'), ("έ", 'ε'), ("ήῃ", 'η'), ("ίϊΐ", 'ι'), ("ό", 'ο'), ("ύϋΰ", 'υ'), ("ώ", 'ω')];

/// Fewer letters than this say nothing.
const LEAST: usize = 6;

/// Returns the encoding in which nearly all words are words of one alphabet.
pub(super) fn find(bytes: &[u8]) -> Option<&'static Encoding> {
    let candidates =
        [(WINDOWS_1251, RUSSIAN), (KOI8_U, RUSSIAN), (WINDOWS_1253, GREEK), (WINDOWS_1255, HEBREW)];
    let bytes = &bytes[..bytes.len().min(1 << 14)];
    let scored = candidates.iter().filter_map(|(encoding, letters)| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        Some((*encoding, score(&text, letters)?))
    });
    let best = scored.max_by(|a, b| a.1.total_cmp(&b.1));
    // Letters that come at random are a good deal less likely.
    best.filter(|(_, score)| *score > -3.5).map(|(encoding, _)| encoding)
}

/// Returns how likely the text is in the language, a letter; `None` where too many
/// words are none of the alphabet.
fn score(text: &str, letters: Letters) -> Option<f32> {
    let (mut words, mut good, mut count, mut sum) = (0_usize, 0_usize, 0_usize, 0.0_f32);
    let is_part = |c: char| c.is_alphanumeric() || (!c.is_ascii() && !c.is_whitespace());
    for word in text.split(|c| !is_part(c)).filter(|word| !word.is_ascii()) {
        words += 1;
        let shares: Option<Vec<f32>> = word.chars().map(|c| share(c, letters)).collect();
        let Some(shares) = shares.filter(|_| has_its_case(word) && is_spelt(word)) else {
            continue;
        };
        good += 1;
        count += shares.len();
        sum += shares.iter().map(|share| share.ln()).sum::<f32>();
    }
    (count >= LEAST && good * 20 >= words * 19).then(|| sum / count as f32)
}

/// Returns the share of a letter, whatever its case and its accents.
fn share(c: char, letters: Letters) -> Option<f32> {
    let c = c.to_lowercase().next()?;
    let c =
        ACCENTS.iter().find(|(accented, _)| accented.contains(c)).map_or(c, |(_, plain)| *plain);
    letters.iter().find(|(letter, _)| *letter == c).map(|(_, share)| f32::from(*share) / 1000.0)
}

/// Whether a word is in small letters, in capitals, or has one in front.
fn has_its_case(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let all = word.chars().count();
    capitals == 0 || capitals == all || (capitals == 1 && word.starts_with(char::is_uppercase))
}

/// Whether no letter stands where none of its language does: forms for the end of a word
/// elsewhere, a sign that softens what is before at the start.
fn is_spelt(word: &str) -> bool {
    let last = word.chars().count() - 1;
    word.chars().enumerate().all(|(at, c)| match c {
        'ь' | 'ъ' | 'ы' | 'Ь' | 'Ъ' | 'Ы' => at > 0,
        'ς' | 'ם' | 'ן' | 'ץ' | 'ף' | 'ך' => at == last,
        'σ' => at < last,
        _ => true,
    })
}

/// Whether bytes are half-width kana, each a byte in Shift_JIS.
pub(super) fn is_half_width_kana(bytes: &[u8]) -> bool {
    let (mut all, mut is_odd) = (0_usize, false);
    let mut rest = &bytes[..bytes.len().min(1 << 14)];
    while let Some(start) = rest.iter().position(|b| *b >= 0x80) {
        let run = &rest[start..];
        let run = &run[..run.iter().position(|b| *b < 0x80).unwrap_or(run.len())];
        rest = &rest[start + run.len()..];
        all += run.len();
        // Two bytes a character: it is one of the other encodings. The second may be ASCII.
        let goes_on = matches!(rest.first(), Some(0x40..=0x7e));
        is_odd |= run.len() % 2 == 1 && !goes_on;
        let before = std::iter::once(0).chain(run.iter().copied());
        let fits = run.iter().zip(before).all(|(byte, before)| match byte {
            0xde => matches!(before, 0xb3 | 0xb6..=0xc4 | 0xca..=0xce),
            0xdf => matches!(before, 0xca..=0xce),
            0xa7..=0xb0 => before != 0,
            0xa1..=0xdd => true,
            _ => false,
        });
        if !fits {
            return false;
        }
    }
    all >= LEAST && is_odd
}
