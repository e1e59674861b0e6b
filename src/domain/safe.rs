//! Text from a deck made harmless for a terminal.

use std::borrow::Cow;

/// Combining marks on one character beyond this number are left out.
const MAX_MARKS: usize = 8;

/// Returns `text` on one line with nothing in it that a terminal would obey:
/// control characters become their pictures, bidirectional controls and other
/// invisible marks `U+FFFD`, line breaks and tabs a blank.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    clean(text, false)
}

/// The same, but line breaks stay (CR LF and CR become LF).
#[must_use]
pub fn lines(text: &str) -> Cow<'_, str> {
    clean(text, true)
}

fn clean(text: &str, keep_breaks: bool) -> Cow<'_, str> {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if unicode_normalization::char::is_combining_mark(c) {
            marks += 1;
            if marks <= MAX_MARKS {
                out.push(c);
            }
            continue;
        }
        marks = 0;
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' if keep_breaks => out.push('\n'),
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            '\0'..='\u{1f}' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}')),
            '\u{7f}' => out.push('\u{2421}'),
            _ if is_invisible(c) => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether `c` is a C1 control, a bidirectional control or an invisible mark
/// that could hide or reorder what is shown.
#[must_use]
pub const fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_terminal_obeys_is_left() {
        let hostile = "a\u{1b}[31mb\u{7}\u{9b}1m\u{202e}c\0\u{7f}\u{200b}";
        let shown = line(hostile);
        assert_eq!(shown, "a␛[31mb␇\u{fffd}1m\u{fffd}c␀␡\u{fffd}");
        assert!(!shown.chars().any(|c| c.is_control() || is_invisible(c)));
    }

    #[test]
    fn line_breaks_stay_only_where_asked() {
        assert_eq!(line("a\r\nb\tc"), "a b c");
        assert_eq!(lines("a\r\nb\rc\td"), "a\nb\nc d");
    }

    #[test]
    fn a_tower_of_marks_is_cut() {
        let tower = format!("e{}x", "\u{301}".repeat(10_000));
        assert_eq!(line(&tower).chars().count(), 2 + MAX_MARKS);
    }

    #[test]
    fn emoji_sequences_stay_whole() {
        assert_eq!(line("👩‍👩‍👧 नमस्ते"), "👩‍👩‍👧 नमस्ते");
    }
}
