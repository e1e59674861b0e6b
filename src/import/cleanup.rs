//! What no text needs: control characters, stray byte order marks, three kinds of
//! line ends.

use std::borrow::Cow;

/// A text in which lines end with LF and the only other control character is TAB.
#[derive(Debug)]
pub struct Cleaned<'a> {
    /// The text; its lines are those of the raw file.
    pub text: Cow<'a, str>,
    /// What was taken out, number first.
    pub reports: Vec<String>,
}

/// Cleans a text, without copying where there is nothing to clean.
///
/// CR LF and a lone CR become LF, so that line numbers stay what an editor shows.
#[must_use]
pub fn clean(text: Cow<'_, str>) -> Cleaned<'_> {
    if !needs_cleaning(text.as_bytes()) {
        return Cleaned { text, reports: Vec::new() };
    }
    let (mut controls, mut marks) = (0_usize, 0_usize);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    let start = rest.strip_prefix('\u{feff}').unwrap_or(rest);
    rest = start;
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_unwanted(*c)) {
        out.push_str(&rest[..at]);
        rest = &rest[at + c.len_utf8()..];
        match c {
            '\r' => {
                rest = rest.strip_prefix('\n').unwrap_or(rest);
                out.push('\n');
            }
            '\u{feff}' => marks += 1,
            _ => controls += 1,
        }
    }
    out.push_str(rest);
    let mut reports = Vec::new();
    for (count, what) in [(controls, "control character"), (marks, "byte order mark")] {
        if count > 0 {
            let s = if count == 1 { "" } else { "s" };
            reports.push(format!("{count} {what}{s} removed"));
        }
    }
    Cleaned { text: Cow::Owned(out), reports }
}

fn is_unwanted(c: char) -> bool {
    match c {
        '\t' | '\n' => false,
        '\u{feff}' => true,
        other => other.is_control(),
    }
}

/// Whether there may be something to clean; looks at bytes only, for speed.
fn needs_cleaning(bytes: &[u8]) -> bool {
    // Counting takes no branch, so that many bytes are looked at in one step.
    let is_control = |b: &u8| *b == 0x7f || (*b < 0x20 && *b != b'\t' && *b != b'\n');
    let controls = |block: &[u8]| block.iter().map(|b| u32::from(is_control(b))).sum::<u32>();
    if bytes.chunks(4096).any(|block| controls(block) > 0) {
        return true;
    }
    let is_odd = |w: &[u8]| matches!(w, [0xc2, 0x80..=0x9f, _] | [0xef, 0xbb, 0xbf]);
    bytes.windows(3).any(is_odd) || matches!(bytes, [.., 0xc2, 0x80..=0x9f])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_one_way_and_keep_their_number() {
        for raw in ["a\nb\n\nc", "a\r\nb\r\n\r\nc", "a\rb\r\rc", "a\r\nb\n\rc"] {
            assert_eq!(clean(raw.into()).text, "a\nb\n\nc", "{raw:?}");
        }
    }

    #[test]
    fn what_is_taken_out_is_counted() {
        let cleaned = clean("\u{feff}a\0b\u{1b}\tc\u{85}\n\u{feff}d".into());
        assert_eq!(cleaned.text, "ab\tc\nd");
        assert_eq!(cleaned.reports, ["3 control characters removed", "1 byte order mark removed"]);
    }

    #[test]
    fn a_clean_text_is_not_copied() {
        let cleaned = clean("a\tb\n人工智能 – é".into());
        assert!(matches!(cleaned.text, Cow::Borrowed(_)));
        assert!(cleaned.reports.is_empty());
    }
}
