//! HTML reduced to lines.

use super::line::{Line, Marker};
use super::normalise::characters;

/// Elements that begin and end a line.
const BLOCKS: [&str; 34] = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "thead",
    "tbody",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "header",
    "footer",
    "nav",
    "blockquote",
    "dl",
    "dt",
    "dd",
    "hr",
    "body",
    "html",
    "head",
    "title",
    "main",
    "aside",
    "figure",
    "figcaption",
];

/// Elements whose text nobody reads.
const SILENT: [&str; 6] = ["script", "style", "noscript", "template", "rp", "svg"];

/// Whether the text is written in HTML.
pub(super) fn is_html(text: &str) -> bool {
    let lower: String = text.chars().take(20_000).collect::<String>().to_lowercase();
    let closed = ["</p>", "</div>", "</li>", "</td>", "</h1>", "</h2>", "</span>", "</body>"]
        .iter()
        .map(|tag| lower.matches(tag).count())
        .sum::<usize>();
    lower.trim_start().starts_with("<!doctype html") || lower.contains("<html") || closed >= 3
}

/// Splits HTML into lines at its blocks; each knows the raw lines it stood on.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut reader = Reader { number: 1, ..Reader::default() };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("<!--") {
            let end = after.find("-->").map_or(after.len(), |at| at + 3);
            reader.skip(&after[..end]);
            rest = &after[end..];
        } else if c == '<'
            && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c))
        {
            let end = rest.find('>').map_or(rest.len(), |at| at + 1);
            reader.tag(&rest[..end]);
            rest = &rest[end..];
        } else if c == '&' {
            let (decoded, length) = entity(rest);
            reader.push(decoded);
            rest = &rest[length..];
        } else {
            reader.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    reader.end();
    reader.lines
}

#[derive(Default)]
struct Reader {
    lines: Vec<Line>,
    text: String,
    raws: Vec<u32>,
    marker: Marker,
    number: u32,
    after_cr: bool,
    silent: usize,
    navigation: usize,
    cells: usize,
}

impl Reader {
    fn push(&mut self, c: char) {
        self.count(c);
        if self.silent > 0 {
            return;
        }
        if !c.is_whitespace() {
            if self.raws.last() != Some(&self.number) {
                self.raws.push(self.number);
            }
            self.text.push(c);
        } else if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// Counts raw lines as they are counted everywhere: LF, CRLF and lone CR.
    fn count(&mut self, c: char) {
        if c == '\r' || (c == '\n' && !self.after_cr) {
            self.number += 1;
        }
        self.after_cr = c == '\r';
    }

    fn skip(&mut self, text: &str) {
        text.chars().for_each(|c| self.count(c));
    }

    fn tag(&mut self, tag: &str) {
        let closing = tag.starts_with("</");
        let name: String = tag
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_lowercase();
        let name = name.as_str();
        if SILENT.contains(&name) && !tag.ends_with("/>") {
            self.silent = if closing { self.silent.saturating_sub(1) } else { self.silent + 1 };
        }
        match name {
            // The reading over a character stands after it in brackets.
            "rt" if self.silent == 0 => self.text.push(if closing { ')' } else { '(' }),
            "td" | "th" if !closing => {
                if self.cells > 0 {
                    self.text.push('|');
                }
                self.cells += 1;
                self.marker = Marker::Table;
            }
            _ if BLOCKS.contains(&name) => {
                self.end();
                if name == "nav" || name == "footer" {
                    self.navigation = if closing {
                        self.navigation.saturating_sub(1)
                    } else {
                        self.navigation + 1
                    };
                }
                self.marker = match (closing, name) {
                    (false, "li") => Marker::Bullet,
                    (false, "hr") => {
                        self.lines.push(Line {
                            raws: vec![self.number],
                            marker: Marker::Rule,
                            ..Line::default()
                        });
                        Marker::None
                    }
                    (false, "h1" | "title") => Marker::Heading(1),
                    (false, "h2" | "h3" | "h4" | "h5" | "h6") => Marker::Heading(2),
                    _ => Marker::None,
                };
                self.cells = 0;
            }
            _ => {}
        }
        self.skip(tag);
    }

    fn end(&mut self) {
        let text = characters(self.text.trim());
        let marker = if self.navigation > 0 { Marker::Furniture } else { self.marker };
        if !text.trim().is_empty() {
            self.lines.push(Line {
                raws: std::mem::take(&mut self.raws),
                text: text.trim().to_owned(),
                marker,
                blank_before: true,
                blank_after: true,
                ..Line::default()
            });
        }
        self.text.clear();
        self.raws.clear();
    }
}

/// Returns the character that a text's first entity stands for, and its length.
fn entity(text: &str) -> (char, usize) {
    const NAMES: [(&str, char); 20] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("mdash", '—'),
        ("ndash", '–'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("lsquo", '‘'),
        ("rsquo", '’'),
        ("hellip", '…'),
        ("middot", '·'),
        ("emsp", ' '),
        ("ensp", ' '),
        ("copy", '©'),
        ("bull", '•'),
        ("laquo", '«'),
        ("raquo", '»'),
    ];
    let literal = ('&', 1);
    let Some(end) = text.bytes().take(12).position(|b| b == b';') else { return literal };
    let name = &text[1..end];
    let decoded = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        };
        code.and_then(char::from_u32)
    } else {
        NAMES.iter().find(|(known, _)| *known == name).map(|&(_, c)| c)
    };
    decoded.map_or(literal, |c| (c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_lines_and_keep_their_raw_numbers() {
        let found = lines(
            "<p>中文&amp;\n一</p><p>one</p>\r\n<ruby>國<rp>(</rp><rt>guó</rt><rp>)</rp></ruby><br>b",
        );
        let texts: Vec<_> = found.iter().map(|l| (l.text.as_str(), l.raws.clone())).collect();
        assert_eq!(
            texts,
            [("中文& 一", vec![1, 2]), ("one", vec![2]), ("國(guó)", vec![3]), ("b", vec![3])]
        );
    }

    #[test]
    fn cells_are_parted_by_bars() {
        let found = lines("<table><tr><td>苹果</td><td>apple</td></tr></table>");
        assert_eq!(found[0].text, "苹果|apple");
        assert_eq!(found[0].marker, Marker::Table);
    }
}
