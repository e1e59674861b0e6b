//! From raw text to lines: characters made plain, wrapped lines joined.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::line::{
    Line, Marker, Share, ends_sentence, has_open_quote, is_cjk, is_closer, unmatched,
};

/// Returns `text` in NFC with plain letters, digits and blanks, and without
/// what cannot be seen. Full-width punctuation is the writer's and stays.
pub(super) fn characters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '\t' => out.push('\t'),
            c if c.is_control() && !('\u{80}'..='\u{9F}').contains(&c) => {}
            '\u{AD}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{E0000}'..='\u{E01EF}' => {}
            // Full-width letters and digits.
            '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => {
                out.extend(char::from_u32(c as u32 - 0xFEE0));
            }
            '\u{3000}' => out.push_str("  "),
            // Radicals that PDF files have in place of characters, half-width kana.
            '\u{2E80}'..='\u{2FD5}' | '\u{FF66}'..='\u{FF9F}' => {
                out.extend(std::iter::once(c).nfkc());
            }
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    while out.starts_with(is_combining_mark) {
        out.remove(0);
    }
    out
}

/// Closes up Chinese written with a blank between all characters.
pub(super) fn close_up(text: &str) -> String {
    let single = |token: &str| {
        let mut chars = token.chars();
        chars.next().is_some_and(is_cjk) && chars.next().is_none()
    };
    let tokens: Vec<&str> = text.split(' ').collect();
    if tokens.len() < 4 {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < tokens.len() {
        let run = tokens[at..].iter().take_while(|token| single(token)).count();
        if at > 0 {
            out.push(' ');
        }
        if run >= 4 {
            tokens[at..at + run].iter().for_each(|token| out.push_str(token));
            at += run;
        } else {
            out.push_str(tokens[at]);
            at += 1;
        }
    }
    out
}

/// Joins lines that a page's width cut in two.
pub(super) fn join_wrapped(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        match out.last_mut() {
            Some(before) if continues(before, &line) => {
                append(before, line);
            }
            _ => out.push(line),
        }
    }
    out
}

fn append(before: &mut Line, line: Line) {
    let glued = before.text.ends_with(|c| is_cjk(c) || is_wide(c))
        && line.text.starts_with(|c| is_cjk(c) || is_wide(c));
    if before.text.ends_with('-') && line.text.starts_with(char::is_lowercase) {
        before.text.pop();
    } else if !glued {
        before.text.push(' ');
    }
    before.text.push_str(&line.text);
    before.raws.extend(line.raws);
    before.readings.extend(line.readings);
    before.forms.extend(line.forms);
    before.blank_after = line.blank_after;
}

/// Whether `c` is punctuation of the width of a Chinese character.
const fn is_wide(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3030}' | '\u{FF01}'..='\u{FF60}')
}

/// The shortest line that a page's width can have cut, in letters and in characters.
const WRAPPED_LETTERS: usize = 40;
const WRAPPED_CHARS: usize = 18;

fn continues(before: &Line, line: &Line) -> bool {
    let prose = |marker| {
        !matches!(
            marker,
            Marker::Heading(_)
                | Marker::Table
                | Marker::Comment
                | Marker::Rule
                | Marker::Furniture
                | Marker::FrontMatter
        )
    };
    if !prose(before.marker) || line.marker != Marker::None || !line.date.is_empty() {
        return false;
    }
    let (a, b) = (before.text.trim_end(), line.text.trim_start());
    if a.starts_with(['—', '–', '―', '─']) || a.starts_with("--") {
        return false;
    }
    if a.is_empty() || b.is_empty() || b.starts_with(['—', '–', '【', '［', '[', '〖', '>', '-'])
    {
        return false;
    }
    let (share_a, share_b) = (Share::of(a), Share::of(b));
    let (long_a, long_b) = (a.chars().count(), b.chars().count());
    // A bracket or a quotation that the next line closes.
    let bracket = unmatched(a) == (1, 0) && unmatched(b) == (0, 1);
    let quote = has_open_quote(a)
        && has_open_quote(b)
        && !b.starts_with('“')
        && share_a.is_cjk() == share_b.is_cjk();
    if (bracket || quote) && long_b <= long_a + 12 && !ends_sentence(a) {
        return true;
    }
    if line.blank_before || unmatched(a) != (0, 0) || ends_sentence(a) {
        return false;
    }
    if share_a.cjk == 0 && share_b.cjk == 0 {
        let open = a.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '’'));
        let small = b.starts_with(char::is_lowercase);
        return open
            && share_b.letters > 0
            && long_b <= long_a + 15
            && long_a >= if small { WRAPPED_LETTERS - 10 } else { WRAPPED_LETTERS + 5 };
    }
    share_a.letters == 0
        && share_b.letters == 0
        && long_a >= WRAPPED_CHARS
        && long_b <= long_a + 3
        && a.contains(['，', ',', '、'])
        && (a.ends_with(['，', ',', '、']) || ends_sentence(b))
        && !a.ends_with(is_closer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_removed_and_wide_letters_become_plain() {
        assert_eq!(characters("ＳＱＬ\u{200B}注入：２"), "SQL注入：2");
        assert_eq!(characters("a\u{A0}b\u{3000}c\u{7}"), "a b  c");
        assert_eq!(characters("⽤户 é e\u{301}"), "用户 é é");
    }

    #[test]
    fn spaced_characters_are_closed_up() {
        assert_eq!(close_up("6 座 车 站 的 电 梯 (lifts at)"), "6 座车站的电梯 (lifts at)");
        assert_eq!(close_up("新 站 台"), "新 站 台");
    }

    fn line(text: &str, blank_before: bool) -> Line {
        Line { text: text.to_owned(), blank_before, ..Line::default() }
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let joined = |lines: &[(&str, bool)]| -> Vec<String> {
            join_wrapped(lines.iter().map(|&(text, blank)| line(text, blank)).collect())
                .into_iter()
                .map(|line| line.text)
                .collect()
        };
        assert_eq!(
            joined(&[
                ("The circle line is marked by short distances between stations,", false),
                ("frequent service.", false),
            ])
            .len(),
            1
        );
        assert_eq!(joined(&[("电梯 (lifts at six", false), ("stations)", false)]).len(), 1);
        assert_eq!(joined(&[("计划 (plans for", false), ("站台 (platforms)", true)]).len(), 2);
        assert_eq!(joined(&[("survey telescope", false), ("light pollution", false)]).len(), 2);
    }
}
