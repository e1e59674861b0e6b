//! Which of the encodings from before Unicode a file is in.
//!
//! East Asian encodings overlap, and a detector made for web pages wants more
//! text than a short word list has. What tells them apart on little text is which
//! part of their tables the characters come from: all put the common ones first.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1250, WINDOWS_1252, WINDOWS_1254,
};

use super::{alphabet, common};

/// More than this is not needed to tell.
const ENOUGH: usize = 16 << 20;

/// Characters below which Korean and Chinese cannot be told apart.
const LITTLE: usize = 12;

/// The share of common characters below which bytes are not in an encoding.
const PLAUSIBLE: f32 = 0.6;

/// Shares that differ by less than this say nothing.
const TIE: f32 = 0.1;

/// An encoding, and whether it is well founded.
pub(super) struct Guess {
    pub(super) encoding: &'static Encoding,
    pub(super) is_sure: bool,
}

/// Returns the likeliest encoding of bytes that are no UTF-8.
///
/// An encoding that leaves no byte undecoded goes before one that does, then the
/// one with the most common characters; what the detector says breaks ties.
pub(super) fn guess(bytes: &[u8]) -> Guess {
    let start = bytes.iter().position(|b| *b >= 0x80 || *b == 0x1b).unwrap_or(0).saturating_sub(2);
    let sample = first_lines(&bytes[start..]);
    let whole = sample.len() + start == bytes.len();
    if let Some(encoding) = alphabet::find(sample) {
        return Guess { encoding, is_sure: true };
    }
    if alphabet::is_half_width_kana(sample) {
        return Guess { encoding: SHIFT_JIS, is_sure: true };
    }

    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, whole);
    let detected = detector.guess(None, Utf8Detection::Deny);

    let mut fits = [GB18030, BIG5, SHIFT_JIS, EUC_JP, EUC_KR]
        .map(|encoding| (encoding, Fit::new(encoding, sample)))
        .to_vec();
    fits.retain(|(_, fit)| fit.is_plausible());
    if fits.iter().any(|(_, fit)| fit.bad == 0) {
        fits.retain(|(_, fit)| fit.bad == 0);
    }
    fits.sort_by(|a, b| b.1.share.total_cmp(&a.1.share));
    let Some(&(first, fit)) = fits.first() else {
        let encoding = western(detected, sample);
        return Guess { encoding, is_sure: encoding.is_single_byte() };
    };
    let gb = fits.iter().find(|(encoding, _)| *encoding == GB18030).map(|(_, fit)| *fit);
    // Hangul lies where the first half of the common Chinese characters lies.
    if let Some(gb) = gb
        && gb.share >= fit.share - TIE
        && [EUC_KR, EUC_JP, GB18030].contains(&first)
    {
        let is_enough = gb.count >= LITTLE;
        // Kanji alone lie where Chinese characters do.
        if fits.iter().any(|(encoding, _)| *encoding == EUC_JP) {
            let (chinese, japanese) = common::chinese_and_japanese(sample);
            if japanese >= 3 && japanese > chinese * 2 {
                return Guess { encoding: EUC_JP, is_sure: is_enough };
            }
        }
        let can_be_korean = first != EUC_JP && fits.iter().any(|(e, _)| *e == EUC_KR);
        let is_korean = can_be_korean && is_korean(sample, gb, detected);
        let encoding = if is_korean { EUC_KR } else { GB18030 };
        return Guess { encoding, is_sure: is_enough };
    }
    let next = fits.get(1).map_or(0.0, |(_, fit)| fit.share);
    if fit.share - next >= TIE || detected == first {
        return Guess { encoding: first, is_sure: fit.count >= 4 };
    }
    let is_tied = |encoding| fits.iter().any(|(e, f)| *e == encoding && f.share >= fit.share - TIE);
    let encoding = if is_tied(detected) { detected } else { first };
    Guess { encoding, is_sure: false }
}

/// Whether text that may be Chinese or Korean is Korean.
fn is_korean(sample: &[u8], gb: Fit, detected: &'static Encoding) -> bool {
    if gb.count >= LITTLE && gb.beyond_hangul * 20 < gb.count {
        return true;
    }
    let (chinese, korean) = common::chinese_and_korean(sample);
    if gb.beyond_hangul > 0 {
        // Chinese characters in brackets after the Korean word.
        return korean >= 4 && korean > chinese * 2;
    }
    korean > chinese || (korean == chinese && detected == EUC_KR)
}

/// Returns as many whole lines as are needed to tell.
fn first_lines(bytes: &[u8]) -> &[u8] {
    let Some(sample) = bytes.get(..ENOUGH) else { return bytes };
    let end = sample.iter().rposition(|b| *b == b'\n').map_or(ENOUGH, |at| at + 1);
    &sample[..end]
}

/// How well bytes fit an encoding.
#[derive(Clone, Copy, Debug, Default)]
struct Fit {
    /// From 0 (rare characters only) to 1 (common ones only).
    share: f32,
    /// Characters that are not ASCII.
    count: usize,
    /// Characters of GB 2312 that are in no Korean text: Chinese ones where no Hangul
    /// syllable is, and letters of pinyin.
    beyond_hangul: usize,
    /// Places that cannot be decoded.
    bad: usize,
}

impl Fit {
    fn new(encoding: &'static Encoding, bytes: &[u8]) -> Self {
        let mut fit = Self::default();
        let mut sum = 0.0_f32;
        let mut end = 0;
        while let Some(skipped) = bytes[end..].iter().position(|b| *b >= 0x80) {
            let at = end + skipped;
            let lead = bytes[at];
            let trail = bytes.get(at + 1).copied().unwrap_or_default();
            let is_zhuyin = is_zhuyin(lead, trail)
                && (at >= 2 && is_zhuyin_at(bytes, at - 2) || is_zhuyin_at(bytes, at + 2));
            let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
            let is_pinyin =
                is_pinyin(lead, trail) && (skipped > 0 && is_letter(at - 1) || is_letter(at + 2));
            let (weight, length) = match weight(encoding, lead, trail) {
                // No Chinese character of Big5 is written into a word of Latin letters.
                Some((_, length)) if is_pinyin && encoding == BIG5 => (0.0, length),
                Some((_, length)) if is_zhuyin => {
                    (if encoding == GB18030 { 1.0 } else { 0.0 }, length)
                }
                Some(found) => found,
                None => (0.0, 1),
            };
            fit.count += 1;
            sum += weight;
            fit.beyond_hangul += usize::from(lead > 0xc8 || is_pinyin || is_zhuyin);
            end = bytes.len().min(at + length);
        }
        fit.share = sum / fit.count.max(1) as f32;
        if fit.share >= PLAUSIBLE {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            fit.bad = text.matches('\u{fffd}').count();
        }
        fit
    }

    /// Whether the bytes could be text in the encoding, damaged in a few places at most.
    fn is_plausible(&self) -> bool {
        self.share >= PLAUSIBLE && (self.bad == 0 || self.bad * 20 <= self.count)
    }
}

/// Whether two bytes are a sign of zhuyin in GB 18030.
fn is_zhuyin(lead: u8, trail: u8) -> bool {
    lead == 0xa8 && (0xc5..=0xe9).contains(&trail)
}

fn is_zhuyin_at(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at..at + 2), Some(&[lead, trail]) if is_zhuyin(lead, trail))
}

/// Whether two bytes are a vowel with its tone, or one of the few other letters of
/// pinyin, in GB 18030.
fn is_pinyin(lead: u8, trail: u8) -> bool {
    lead == 0xa8 && (0xa1..=0xc0).contains(&trail)
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
            (0xa8, _) if is_pinyin(lead, trail) => COMMON,
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
            // Hanja in brackets must not make a list of Korean words implausible.
            (0xa4..=0xfd, _) if high => Some((0.3, 2)),
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
    if !rivals.contains(&detected.name()) && detected != WINDOWS_1252 {
        return detected;
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    let (theirs, has_errors) = detected.decode_without_bom_handling(bytes);
    let is_western = |c: &char| {
        c.is_ascii()
            || "àâäáãåæçéèêëíìîïñóòôöõøœúùûüßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜ¿¡«»‘’“”–—…€£°·ºª"
                .contains(*c)
    };
    if let Some(encoding) = eastern(&text) {
        return encoding;
    }
    let is_plain = text.chars().all(|c| is_western(&c));
    if is_plain && (has_errors || theirs.chars().eq(text.chars()) || !detected.is_single_byte()) {
        return WINDOWS_1252;
    }
    if has_errors { WINDOWS_1252 } else { detected }
}

/// Returns the encoding of Hungarian or Turkish that was read as Western European:
/// letters of Iceland among those of Turkish, waves and roofs instead of long accents.
fn eastern(text: &str) -> Option<&'static Encoding> {
    let kinds = |set: &str| set.chars().filter(|c| text.contains(*c)).count();
    if kinds("þðýÞÐÝ") > 0 && kinds("áéíúæÁÉÍÚÆ") == 0 && (kinds("þðý") > 1 || kinds("çüÇÜ") > 0)
    {
        return Some(WINDOWS_1254);
    }
    let is_hungarian = kinds("õÕ") > 0 && kinds("ûÛ") > 0 && kinds("ãàèêñçÃÀÈÊÑÇ") == 0;
    is_hungarian.then_some(WINDOWS_1250)
}
