//! Plain text as HTML, exactly: what is escaped here reads back as it was.

use std::borrow::Cow;

/// Names of the note types of our own packages begin so: their fields are plain text
/// that was escaped here.
pub const NOTE_TYPE: &str = "termdeck ";

/// Returns text as HTML: line ends become `<br>`, and nothing in it is taken for
/// markup, for a sound or for the end of a field.
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_special) {
        return Cow::Borrowed(text);
    }
    let mut html = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find(is_special) {
        let (plain, here) = rest.split_at(at);
        html.push_str(plain);
        let length = match here.chars().next() {
            Some('&') => push(&mut html, "&amp;"),
            Some('<') => push(&mut html, "&lt;"),
            Some('>') => push(&mut html, "&gt;"),
            Some('\n') => push(&mut html, "<br>"),
            Some('[') if is_mark(here) => push(&mut html, "&#91;"),
            Some('[') => push(&mut html, "["),
            Some(c) => push(&mut html, &format!("&#{};", u32::from(c))),
            None => break,
        };
        rest = &here[length..];
    }
    html.push_str(rest);
    Cow::Owned(html)
}

/// Returns the text of which [`escape`] makes exactly this HTML, if there is one.
#[must_use]
pub fn unescape(html: &str) -> Option<Cow<'_, str>> {
    if !html.contains(['&', '<']) {
        return (escape(html) == html).then_some(Cow::Borrowed(html));
    }
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['&', '<']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("<br>", '\n')];
        let named = known.iter().find(|(name, _)| rest.starts_with(name));
        let (c, length) = if let Some((name, c)) = named {
            (*c, name.len())
        } else {
            let digits = rest.strip_prefix("&#")?;
            let end = digits.bytes().take(4).position(|b| b == b';')?;
            (char::from_u32(digits[..end].parse().ok()?)?, end + 3)
        };
        text.push(c);
        rest = &rest[length..];
    }
    text.push_str(rest);
    (escape(&text) == html).then_some(Cow::Owned(text))
}

/// Adds HTML for a character of one byte; returns that length.
fn push(html: &mut String, more: &str) -> usize {
    html.push_str(more);
    1
}

fn is_special(c: char) -> bool {
    matches!(c, '&' | '<' | '>' | '[' | '\n') || (c.is_ascii_control() && c != '\t')
}

/// Whether a flashcard program would take what starts here for something to play.
fn is_mark(text: &str) -> bool {
    ["[sound:", "[anki:"].iter().any(|mark| text.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reads_back_as_it_was() {
        for text in [
            "",
            "plain [1]",
            " law <3> & more \n\n\n b ",
            "&amp; <br> &#91;",
            "[sound:a.mp3] [anki:tts]",
            "a\u{1f}b\u{0}\r\tc\u{7f}",
            "人工智能 \u{a0}",
        ] {
            let html = escape(text);
            assert!(!html.contains(['\u{1f}', '\n', '\u{0}']), "{text:?}");
            assert_eq!(unescape(&html).as_deref(), Some(text), "{html}");
        }
    }

    #[test]
    fn other_html_is_not_taken_for_escaped_text() {
        for html in [
            "<b>a</b>",
            "a<br/>b",
            "&nbsp;",
            "&#x41;",
            "&#65;",
            "a & b",
            "&lt",
            "a\nb",
            "[sound:x]",
        ] {
            assert_eq!(unescape(html), None, "{html}");
        }
    }
}
