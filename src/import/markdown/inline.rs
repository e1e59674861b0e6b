//! The marks within a line of Markdown: bold, code, links, escapes.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::import::markup;

/// A piece of Markdown as text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plain {
    pub(super) text: String,
    /// What stood over the text as ruby.
    pub(super) reading: String,
    /// Pictures left out.
    pub(super) pictures: u32,
}

/// Returns `raw` without its marks, or `None` where it has none.
pub(super) fn plain(raw: &str) -> Option<Plain> {
    if !raw.contains(['*', '_', '`', '[', '<', '&', '\\', '~', '!']) {
        return None;
    }
    let mut plain = Plain::default();
    for (at, line) in raw.split('\n').enumerate() {
        if at > 0 {
            plain.text.push('\n');
        }
        push_line(line, &mut plain);
    }
    let reduced = markup::reduce(&plain.text);
    if let Some(reduced) = reduced {
        plain.text = reduced.text;
        plain.reading = reduced.reading;
        plain.pictures += reduced.pictures;
    }
    plain.text.truncate(plain.text.trim_end().len());
    plain.text.drain(..plain.text.len() - plain.text.trim_start().len());
    (plain.text != raw || plain.pictures > 0).then_some(plain)
}

/// Adds the text of one line.
fn push_line(line: &str, plain: &mut Plain) {
    // A word in front keeps a number or a dash at the start from opening a list.
    const GUARD: &str = "x ";
    let guarded = [GUARD, line.trim()].concat();
    let mut hidden = 0_u32;
    let mut text = String::new();
    for event in
        Parser::new_ext(&guarded, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_WIKILINKS)
    {
        match event {
            Event::Start(Tag::Image { .. }) => {
                plain.pictures += 1;
                hidden += 1;
            }
            Event::End(TagEnd::Image) => hidden = hidden.saturating_sub(1),
            _ if hidden > 0 => {}
            Event::Text(piece) | Event::InlineHtml(piece) | Event::Html(piece) => {
                text.push_str(&piece);
            }
            // What is code is no markup.
            Event::Code(piece) => text.push_str(&escaped(&piece)),
            Event::InlineMath(piece) | Event::DisplayMath(piece) => text.push_str(&piece),
            Event::SoftBreak => text.push(' '),
            Event::HardBreak => text.push('\n'),
            _ => {}
        }
    }
    plain.text.push_str(text.strip_prefix(GUARD).unwrap_or(text.trim_start_matches('x')).trim());
}

/// Returns code so that it is not taken for tags afterwards.
fn escaped(code: &str) -> String {
    code.replace('&', "&amp;").replace('<', "&lt;")
}

/// Returns the text of a cell that this program wrote: `<br>` is a line end, and a
/// backslash makes the mark behind it plain.
pub(super) fn unescaped(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut rest = cell.trim();
    while let Some(at) = rest.find(['\\', '<']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<br>") {
            out.push('\n');
            rest = after;
            continue;
        }
        let after = &rest[1..];
        if rest.starts_with('\\') && after.starts_with(|c: char| c.is_ascii_punctuation()) {
            out.push_str(&after[..1]);
            rest = &after[1..];
        } else {
            out.push_str(&rest[..1]);
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off_and_the_rest_stays() {
        for (raw, text) in [
            ("**bold** and *slanted*", "bold and slanted"),
            ("`code` here", "code here"),
            ("`a < b && c`", "a < b && c"),
            ("[a link](https://example.org/x)", "a link"),
            ("[[Page|shown]]", "shown"),
            ("a \\| b", "a | b"),
            ("one<br>two", "one\ntwo"),
            ("~~struck~~ left", "struck left"),
            ("1. **x**", "1. x"),
            ("R&amp;D", "R&D"),
        ] {
            assert_eq!(plain(raw).map(|p| p.text).as_deref(), Some(text), "{raw}");
        }
        for raw in
            ["law <3> and more", "snake_case_name", "a * b", "==x==", "{{c1::x}}", "[x]", "Hey!"]
        {
            assert_eq!(plain(raw), None, "{raw}");
        }
    }

    #[test]
    fn pictures_are_counted_and_ruby_is_a_reading() {
        assert_eq!(plain("a ![x](y.png)").map(|p| (p.text, p.pictures)), Some(("a".into(), 1)));
        let ruby = plain("<ruby>猫<rt>ねこ</rt></ruby>").unwrap();
        assert_eq!((ruby.text.as_str(), ruby.reading.as_str()), ("猫", "ねこ"));
    }
}
