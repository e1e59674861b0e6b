//! Which of the encodings from before Unicode a file is in.
//!
//! East Asian encodings overlap, and a detector made for web pages wants more
//! text than a short word list has. What tells them apart on little text is which
//! part of their tables the characters come from: all put the common ones first.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1252};

/// More than this is not needed to tell.
const ENOUGH: usize = 16 << 20;

/// Characters below which Korean and Chinese cannot be told apart.
const LITTLE: usize = 12;

/// An encoding, and whether it is well founded.
pub(super) struct Guess {
    pub(super) encoding: &'static Encoding,
    pub(super) is_sure: bool,
}

/// Returns the likeliest encoding of bytes that are no UTF-8.
pub(super) fn guess(bytes: &[u8]) -> Guess {
    let start = bytes.iter().position(|b| *b >= 0x80 || *b == 0x1b).unwrap_or(0).saturating_sub(2);
    let sample = &bytes[start..bytes.len().min(start.saturating_add(ENOUGH))];
    let whole = sample.len() + start == bytes.len();

    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, whole);
    let detected = detector.guess(None, Utf8Detection::Deny);

    let mut best = [GB18030, BIG5, SHIFT_JIS, EUC_JP, EUC_KR]
        .map(|encoding| (encoding, commonness(encoding, sample)));
    best.sort_by(|a, b| b.1.share.total_cmp(&a.1.share));
    let [(first, fit), (_, next), ..] = best;
    if fit.share < 0.6 {
        return Guess { encoding: western(detected, sample), is_sure: true };
    }
    let gb = best.iter().find(|(encoding, _)| *encoding == GB18030).map_or(fit, |(_, fit)| *fit);
    // Hangul lies where the first half of the common Chinese characters lies.
    if gb.share >= fit.share - 0.1 && matches!(first.name(), "EUC-KR" | "EUC-JP" | "gb18030") {
        let is_korean = gb.beyond_hangul * 20 < gb.count && gb.count >= LITTLE;
        let encoding = if is_korean && first != EUC_JP { EUC_KR } else { GB18030 };
        return Guess { encoding, is_sure: gb.count >= LITTLE };
    }
    let is_clear = fit.share - next.share >= 0.1;
    if is_clear || detected == first {
        return Guess { encoding: first, is_sure: fit.count >= 4 };
    }
    let encoding = best
        .iter()
        .find(|(encoding, fit)| *encoding == detected && fit.share >= 0.6)
        .map_or(first, |(encoding, _)| *encoding);
    Guess { encoding, is_sure: false }
}

/// How well bytes fit an encoding.
#[derive(Clone, Copy, Debug, Default)]
struct Fit {
    /// From 0 (impossible or rare characters only) to 1 (common ones only).
    share: f32,
    /// Characters that are not ASCII.
    count: usize,
    /// Characters of GB 2312 that no Hangul syllable can be.
    beyond_hangul: usize,
}

fn commonness(encoding: &'static Encoding, bytes: &[u8]) -> Fit {
    let mut fit = Fit::default();
    let mut sum = 0.0_f32;
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|b| *b >= 0x80) {
        let lead = rest[at];
        let trail = rest.get(at + 1).copied();
        fit.count += 1;
        let (weight, length) = match trail {
            None if bytes.len() < ENOUGH => return Fit { share: 0.0, ..fit },
            None => break,
            Some(trail) => match weight(encoding, lead, trail) {
                Some(found) => found,
                None => return Fit { share: 0.0, ..fit },
            },
        };
        sum += weight;
        fit.beyond_hangul += usize::from(lead > 0xc8);
        rest = rest.get(at + length..).unwrap_or_default();
    }
    fit.share = sum / fit.count.max(1) as f32;
    fit
}

/// Returns how common the character of two bytes is, and how many of them it
/// takes; `None` where there is no such character.
///
/// Source: the layouts of GB 2312, Big5, JIS X 0208 and KS X 1001, each with a
/// first level of common and a second level of rare characters.
fn weight(encoding: &'static Encoding, lead: u8, trail: u8) -> Option<(f32, usize)> {
    const COMMON: Option<(f32, usize)> = Some((1.0, 2));
    const MARK: Option<(f32, usize)> = Some((0.8, 2));
    const RARE: Option<(f32, usize)> = Some((0.2, 2));
    const ODD: Option<(f32, usize)> = Some((0.0, 2));
    let high = trail >= 0xa1 && trail != 0xff;
    match encoding.name() {
        "gb18030" => match (lead, trail) {
            (0x81..=0xfe, 0x30..=0x39) => Some((0.2, 4)),
            (0xb0..=0xd7, _) if high => COMMON,
            (0xa1..=0xa3, _) if high => MARK,
            (0xa4..=0xa5 | 0xa8 | 0xd8..=0xf7, _) if high => RARE,
            (0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe) => ODD,
            _ => None,
        },
        "Big5" => match (lead, trail) {
            (0xa4..=0xc6, 0x40..=0x7e) => COMMON,
            (0xa4..=0xc6, _) if high => COMMON,
            (0xa1..=0xa3, 0x40..=0x7e) => MARK,
            (0xa1..=0xa3, _) if high => MARK,
            (0xc9..=0xf9, 0x40..=0x7e) => RARE,
            (0xc9..=0xf9, _) if high => RARE,
            (0x87..=0xfe, 0x40..=0x7e) => ODD,
            (0x87..=0xfe, _) if high => ODD,
            _ => None,
        },
        "Shift_JIS" => match (lead, trail) {
            (0xa1..=0xdf, _) => Some((0.1, 1)),
            // Hiragana, katakana, the first level of kanji.
            (0x82, 0x9f..=0xf1)
            | (0x83, 0x40..=0x96)
            | (0x88, 0x9f..=0xfc)
            | (0x89..=0x97, 0x40..=0xfc)
            | (0x98, 0x40..=0x72) => COMMON,
            (0x81, 0x40..=0xac) | (0x82, 0x4f..=0x9a) => MARK,
            (0x98..=0x9f | 0xe0..=0xea, 0x40..=0x7e | 0x80..=0xfc) => RARE,
            (0x81..=0x9f | 0xe0..=0xfc, 0x40..=0x7e | 0x80..=0xfc) => ODD,
            _ => None,
        },
        "EUC-JP" => match (lead, trail) {
            (0x8e, 0xa1..=0xdf) => RARE,
            (0x8f, _) if high => Some((0.1, 3)),
            // Kana outweighs kanji, which alone could as well be Chinese.
            (0xa4..=0xa5, _) if high => Some((1.2, 2)),
            (0xb0..=0xcf, _) if high => Some((0.9, 2)),
            (0xa1..=0xa3, _) if high => MARK,
            (0xd0..=0xf4, _) if high => RARE,
            _ => None,
        },
        _ => match (lead, trail) {
            (0xb0..=0xc8, _) if high => COMMON,
            (0xa1..=0xa3, _) if high => MARK,
            (0xa4..=0xfd, _) if high => RARE,
            (0x81..=0xc6, 0x41..=0x5a | 0x61..=0x7a | 0x81..=0xfe) => ODD,
            _ => None,
        },
    }
}

/// Returns the encoding of text in an alphabet: what was detected, or windows-1252
/// where that reads the same letters of Western Europe without a strange one.
fn western(detected: &'static Encoding, bytes: &[u8]) -> &'static Encoding {
    let rivals = [
        "windows-1254",
        "windows-1257",
        "windows-1258",
        "windows-1250",
        "ISO-8859-2",
        "ISO-8859-4",
        "ISO-8859-13",
        "GBK",
        "Big5",
        "Shift_JIS",
        "EUC-KR",
        "EUC-JP",
        "windows-874",
        "windows-1255",
        "windows-1256",
        "ISO-8859-8",
    ];
    if !rivals.contains(&detected.name()) {
        return detected;
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let (theirs, has_errors) = detected.decode_without_bom_handling(bytes);
    let is_western = |c: &char| {
        c.is_ascii()
            || "àâäáãåæçéèêëíìîïñóòôöõøœúùûüßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜ¿¡«»‘’“”–—…€£°·ºª"
                .contains(*c)
    };
    let is_plain = text.chars().all(|c| is_western(&c));
    if is_plain && (has_errors || theirs.chars().eq(text.chars()) || !detected.is_single_byte()) {
        return WINDOWS_1252;
    }
    if has_errors { WINDOWS_1252 } else { detected }
}
