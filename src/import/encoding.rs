//! From bytes to text: which encoding a file is in.
//!
//! Order: what the learner said, a byte order mark, strict UTF-8, UTF-16 by its
//! NULs, what an XML or HTML file declares, and then the legacy encodings
//! (`encoding/legacy.rs`).

mod alphabet;
mod common;
mod declared;
mod legacy;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, GBK, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use super::{ReadError, Warning};

/// A warning for each line up to this many, then one for the rest.
const MAX_LINE_WARNINGS: usize = 50;

/// A file as text.
#[derive(Debug)]
pub struct Decoded<'a> {
    /// The text, without a byte order mark in front.
    pub text: Cow<'a, str>,
    /// The encoding's name, such as `UTF-8` or `GB18030`.
    pub encoding: &'static str,
    /// Said when the encoding was chosen on little evidence.
    pub warning: Option<Warning>,
}

/// Decodes a file, in the encoding called `label` if there is one.
///
/// # Errors
/// [`ReadError::Encoding`] where `label` is no encoding, or not this file's.
pub fn decode<'a>(bytes: &'a [u8], label: Option<&str>) -> Result<Decoded<'a>, ReadError> {
    if let Some(label) = label {
        return decode_as(bytes, label);
    }
    if let Some(text) = utf32(bytes) {
        return Ok(text);
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok(decoded(encoding, &bytes[length..]));
    }
    let guess = utf16_by_nuls(bytes);
    if let Some(encoding) = guess {
        return Ok(decoded(encoding, bytes));
    }
    if is_iso_2022_jp(bytes) {
        return Ok(decoded(ISO_2022_JP, bytes));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: Cow::Borrowed(text), encoding: "UTF-8", warning: None });
    }
    // Any bytes are text in a single-byte encoding: UTF-8 with a fault is no proof of one.
    let is_damaged = is_damaged_utf8(bytes);
    let declared = declared::encoding(bytes).filter(|e| !(is_damaged && e.is_single_byte()));
    if let Some(encoding) = declared {
        let decoded = decoded(encoding, bytes);
        if !decoded.text.contains('\u{fffd}') {
            return Ok(decoded);
        }
    }
    if is_damaged {
        return Ok(decoded(UTF_8, bytes));
    }
    let guess = legacy::guess(bytes);
    let mut decoded = decoded(guess.encoding, bytes);
    if !guess.is_sure {
        let name = decoded.encoding;
        let message =
            format!("read as {name} on little evidence; if it looks wrong, name its encoding");
        decoded.warning = Some(Warning { line: 0, message });
    }
    Ok(decoded)
}

/// Whether the bytes themselves say that they are Unicode, whatever was said of them.
#[must_use]
pub fn is_plain(bytes: &[u8]) -> bool {
    utf32(bytes).is_some()
        || Encoding::for_bom(bytes).is_some()
        || utf16_by_nuls(bytes).is_some()
        || std::str::from_utf8(bytes).is_ok()
}

fn decode_as<'a>(bytes: &'a [u8], label: &str) -> Result<Decoded<'a>, ReadError> {
    let unknown = || {
        ReadError::Encoding(format!(
            "`{label}` is no encoding (utf-8, utf-16le, gb18030, big5, shift_jis, windows-1252, ...)"
        ))
    };
    let label = label.trim().to_ascii_lowercase();
    let alias = match label.as_str() {
        "cp936" | "936" => "gb18030",
        "cp950" | "950" => "big5",
        "cp932" | "932" => "shift_jis",
        "cp949" | "949" => "euc-kr",
        "utf-8-sig" | "utf8-sig" => "utf-8",
        "ansi" | "latin-1" => "windows-1252",
        other => other,
    };
    if alias.starts_with("utf-32")
        && let Some(decoded) = utf32(bytes)
    {
        return Ok(decoded);
    }
    let mut encoding = Encoding::for_label_no_replacement(alias.as_bytes()).ok_or_else(unknown)?;
    let mut rest = bytes;
    if let Some((marked, length)) = Encoding::for_bom(bytes) {
        let is_utf16 = |e: &'static Encoding| e == UTF_16LE || e == UTF_16BE;
        if marked == encoding || (is_utf16(marked) && alias == "utf-16") {
            encoding = marked;
            rest = &bytes[length..];
        }
    }
    let decoded = decoded(encoding, rest);
    let bad = decoded.text.matches('\u{fffd}').count();
    if bad > 0 && bad * 10 > decoded.text.chars().count() {
        return Err(ReadError::Encoding(format!(
            "the file is not in {}: {bad} characters cannot be decoded",
            decoded.encoding
        )));
    }
    Ok(decoded)
}

fn decoded<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    // One decoder reads both; the newer name covers what the older one has.
    let is_gb = encoding == GBK || encoding == GB18030;
    let name = if is_gb { "GB18030" } else { encoding.name() };
    Decoded { text, encoding: name, warning: None }
}

/// Decodes UTF-32, which always has its mark.
fn utf32(bytes: &[u8]) -> Option<Decoded<'_>> {
    let (is_little, encoding) = match bytes {
        [0xff, 0xfe, 0, 0, ..] => (true, "UTF-32LE"),
        [0, 0, 0xfe, 0xff, ..] => (false, "UTF-32BE"),
        _ => return None,
    };
    let (units, rest) = bytes[4..].as_chunks::<4>();
    let character = |unit: &[u8; 4]| {
        let code = if is_little { u32::from_le_bytes(*unit) } else { u32::from_be_bytes(*unit) };
        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
    };
    let cut_off = (!rest.is_empty()).then_some(char::REPLACEMENT_CHARACTER);
    let text: String = units.iter().map(character).chain(cut_off).collect();
    Some(Decoded { text: Cow::Owned(text), encoding, warning: None })
}

/// Whether bytes switch to kanji as electronic mail in Japanese does.
fn is_iso_2022_jp(bytes: &[u8]) -> bool {
    let has = |escape: &[u8]| bytes.windows(3).any(|window| window == escape);
    bytes.contains(&0x1b)
        && bytes.is_ascii()
        && (has(b"\x1b$B") || has(b"\x1b$@"))
        && !ISO_2022_JP.decode_without_bom_handling(bytes).1
}

/// Returns the byte order of UTF-16 without a mark: its ASCII characters have
/// their NUL always on the same side.
fn utf16_by_nuls(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(1 << 16) & !1];
    let (mut first, mut second) = (0_usize, 0_usize);
    for pair in sample.chunks_exact(2) {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    let nuls = first + second;
    if nuls == 0 {
        return None;
    }
    // Text with a stray NUL is not UTF-16; valid UTF-8 has to be full of NULs to be.
    if std::str::from_utf8(sample).is_ok() && nuls * 8 < sample.len() {
        return None;
    }
    let encoding = match (first, second) {
        (_, n) if first * 10 <= n => UTF_16LE,
        (n, _) if second * 10 <= n => UTF_16BE,
        _ => return None,
    };
    let (text, _) = encoding.decode_without_bom_handling(sample);
    // Other bytes, read as UTF-16, give characters from everywhere.
    let usual = text.chars().filter(|&c| is_usual(c)).count();
    (usual * 10 >= text.chars().count() * 9).then_some(encoding)
}

/// Whether `c` is of a script that decks are written in.
fn is_usual(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{a0}'..='\u{6ff}' | '\u{900}'..='\u{97f}'
        | '\u{e00}'..='\u{e7f}' | '\u{1e00}'..='\u{206f}' | '\u{20a0}'..='\u{22ff}'
        | '\u{2460}'..='\u{26ff}' | '\u{3000}'..='\u{312f}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{ff00}'..='\u{ffef}' | '\u{1f000}'..='\u{1faff}')
}

/// Whether `bytes` are UTF-8 but for a few places.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    let mut ends_early = false;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        if !chunk.invalid().is_empty() {
            bad += 1;
        }
        ends_early = !chunk.invalid().is_empty();
    }
    let only_the_end = bad == 1 && ends_early && bytes.last().is_some_and(|b| *b >= 0x80);
    // Few lines of a legacy encoding happen to be UTF-8 from end to end.
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for line in bytes.split(|b| matches!(b, b'\n' | b'\r')).filter(|line| !line.is_ascii()) {
        match std::str::from_utf8(line) {
            Ok(_) => whole += 1,
            Err(_) => broken += 1,
        }
    }
    let by_lines = whole >= 2 && whole > 2 * broken;
    by_lines || (good >= 4 && bad * 4 <= good) || (only_the_end && good >= 1)
}

/// Returns one warning for each line with characters that could not be decoded.
pub fn replacement_warnings(text: &str) -> Vec<Warning> {
    if !text.contains('\u{fffd}') {
        return Vec::new();
    }
    let mut warnings = Vec::new();
    let mut more = 0;
    for (number, line) in text.split('\n').enumerate() {
        let count = line.matches('\u{fffd}').count();
        if count == 0 {
            continue;
        }
        if warnings.len() == MAX_LINE_WARNINGS {
            more += 1;
            continue;
        }
        let s = if count == 1 { "" } else { "s" };
        let message = format!("{count} character{s} could not be decoded");
        warnings.push(Warning { line: number as u32 + 1, message });
    }
    if more > 0 {
        let message = format!("{more} more lines with characters that could not be decoded");
        warnings.push(Warning { line: 0, message });
    }
    warnings
}
