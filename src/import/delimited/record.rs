//! Splitting text into records and fields.
//!
//! A field in quotes ends at a quote before a delimiter or a line end. A field
//! whose quotes cannot be meant (they never close, or swallow rows that are whole
//! by themselves) is taken as it stands, so that a stray quote costs nothing.

use std::borrow::Cow;

/// A quoted field may have so many lines before its lines are looked at.
const MAX_LINES: usize = 20;

/// After a quote in the middle of a field so many more are looked at.
const MAX_STRAYS: usize = 8;

/// A quoted field longer than this is no field.
const MAX_QUOTED: usize = 1 << 20;

/// How a run of tabs is written as a delimiter.
pub const TABS: &str = "\t\t";

/// How a run of blanks is written as a delimiter.
pub const BLANKS: &str = "  ";

/// What separates fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// One character.
    Char(char),
    /// Several characters.
    Text(String),
    /// Columns lined up with tabs, or with two blanks and more.
    Gap(char),
    /// The second field stands in parentheses at the end of the line.
    Parentheses,
}

impl Delimiter {
    /// Returns the delimiter written as `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some('(' | '（'), None) => Self::Parentheses,
            _ if text == TABS => Self::Gap('\t'),
            _ if text == BLANKS => Self::Gap(' '),
            (Some(c), None) => Self::Char(c),
            _ => Self::Text(text.to_owned()),
        }
    }

    /// Returns what stands between two fields.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Char(c) => Cow::Owned(c.to_string()),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Gap('\t') => Cow::Borrowed(TABS),
            Self::Gap(_) => Cow::Borrowed(BLANKS),
            Self::Parentheses => Cow::Borrowed("("),
        }
    }

    /// Whether it is hardly ever anything but a delimiter.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        matches!(self, Self::Char('\t' | ';'))
    }

    /// Whether `text` starts with it; its length.
    fn at_start(&self, text: &str) -> Option<usize> {
        match self {
            Self::Char(c) => text.starts_with(*c).then(|| c.len_utf8()),
            Self::Text(d) => text.starts_with(d.as_str()).then_some(d.len()),
            Self::Gap(_) | Self::Parentheses => None,
        }
    }

    fn find(&self, text: &str) -> Option<usize> {
        match self {
            Self::Char(c) => text.find(*c),
            Self::Text(d) => text.find(d.as_str()),
            Self::Gap(_) | Self::Parentheses => None,
        }
    }
}

/// What a line of the file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// A record; its fields were handed out.
    Row {
        /// 1-based line on which it starts.
        line: u32,
    },
    /// A line that starts with `#` or `//`.
    Comment {
        /// Its line.
        line: u32,
    },
}

impl Item {
    /// The 1-based line on which it starts.
    #[must_use]
    pub const fn line(self) -> u32 {
        match self {
            Self::Row { line } | Self::Comment { line } => line,
        }
    }
}

/// The records of a text, one after the other.
#[derive(Debug)]
pub struct Records<'a> {
    rest: &'a str,
    line: u32,
    delimiter: &'a Delimiter,
    /// How many fields a whole record has, where that is known.
    columns: Option<usize>,
    /// Lines on which a quote opens that is never closed.
    unclosed: Vec<u32>,
    all: &'a str,
}

/// Where records come from, one after the other.
pub trait Source<'a> {
    /// Hands out the next record's fields, as they stand (not trimmed).
    fn next(&mut self, fields: &mut Vec<Cow<'a, str>>) -> Option<Item>;

    /// How many records there are at most, as far as it is known.
    fn lines(&self) -> usize {
        0
    }

    /// Lines on which a quote opens that was never closed.
    fn unclosed(&mut self) -> Vec<u32> {
        Vec::new()
    }
}

/// Records that were split already, each with its 1-based line.
#[derive(Debug)]
pub struct Given<I>(pub I);

impl<'a, I: Iterator<Item = (u32, Vec<Cow<'a, str>>)>> Source<'a> for Given<I> {
    fn next(&mut self, fields: &mut Vec<Cow<'a, str>>) -> Option<Item> {
        let (line, record) = self.0.next()?;
        *fields = record;
        Some(Item::Row { line })
    }

    fn lines(&self) -> usize {
        self.0.size_hint().0
    }
}

impl<'a> Records<'a> {
    /// Returns the records of `text`.
    #[must_use]
    pub fn new(text: &'a str, delimiter: &'a Delimiter, columns: Option<usize>) -> Self {
        Self { rest: text, line: 1, delimiter, columns, unclosed: Vec::new(), all: text }
    }

    fn advance(&mut self, rest: &'a str, lines: u32) {
        self.rest = rest;
        self.line = self.line.saturating_add(lines);
    }

    fn is_slashes(&self) -> bool {
        self.delimiter.at_start("//////////").is_some()
    }

    /// Whether a line only underlines the header of a table drawn with bars.
    fn is_rule(&self, line: &str) -> bool {
        *self.delimiter == Delimiter::Char('|')
            && line.starts_with(['|', '-', ':', '+'])
            && line.contains("--")
            && line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b'+' | b' '))
    }

    /// Splits a line without quotes.
    fn split(&self, line: &'a str, fields: &mut Vec<Cow<'a, str>>) {
        match self.delimiter {
            Delimiter::Char('|') => {
                // A table drawn with bars has them at both ends too.
                let inner = line.trim().strip_prefix('|').map_or(line, |inner| {
                    let inner = inner.trim_end();
                    inner.strip_suffix('|').unwrap_or(inner)
                });
                fields.extend(inner.split('|').map(Cow::Borrowed));
            }
            Delimiter::Char(c) => fields.extend(line.split(*c).map(Cow::Borrowed)),
            Delimiter::Text(d) => fields.extend(line.split(d.as_str()).map(Cow::Borrowed)),
            Delimiter::Gap(c) => {
                let gap = self.delimiter.text();
                let gap = if *c == '\t' { "\t" } else { gap.as_ref() };
                let parts = line.trim().split(gap).map(str::trim);
                fields.extend(parts.filter(|part| !part.is_empty()).map(Cow::Borrowed));
            }
            Delimiter::Parentheses => {
                let inner = line.trim_end().strip_suffix([')', '）']);
                match inner.and_then(|inner| inner.split_once(['(', '（'])) {
                    Some((front, back)) if !front.trim().is_empty() => {
                        fields.extend([Cow::Borrowed(front), Cow::Borrowed(back)]);
                    }
                    _ => fields.push(Cow::Borrowed(line)),
                }
            }
        }
    }

    /// Splits the record at the start of the rest, which has quotes in its first line.
    fn quoted_record(&mut self, fields: &mut Vec<Cow<'a, str>>) {
        // How much is left behind this line; each line is searched for its end once.
        let behind = |rest: &str| rest.len() - rest.find('\n').unwrap_or(rest.len());
        let mut after_line = behind(self.rest);
        loop {
            let start = self.rest.trim_start_matches(' ');
            let quoted = if start.starts_with('"') { self.quoted(start) } else { None };
            let (field, rest) = quoted.unwrap_or_else(|| {
                let line = &self.rest[..self.rest.len() - after_line];
                let end = self.delimiter.find(line).unwrap_or(line.len());
                (Cow::Borrowed(&self.rest[..end]), &self.rest[end..])
            });
            let lines = field.matches('\n').count() as u32;
            fields.push(field);
            self.advance(rest, lines);
            if lines > 0 {
                after_line = behind(rest);
            }
            if let Some(length) = self.delimiter.at_start(self.rest) {
                self.rest = &self.rest[length..];
                continue;
            }
            let rest = self.rest.strip_prefix('\n').unwrap_or(self.rest);
            self.advance(rest, 1);
            return;
        }
    }

    /// Reads a field in quotes at the start of `text`; `None` where the quotes
    /// cannot be meant as such.
    fn quoted(&mut self, text: &'a str) -> Option<(Cow<'a, str>, &'a str)> {
        let body = &text[1..];
        let mut at = 0;
        let (mut lines, mut is_escaped, mut strays) = (0_usize, false, 0_usize);
        loop {
            let Some(step) = body[at..].find(['"', '\n']) else {
                self.unclosed.push(self.line);
                return None;
            };
            at += step;
            if body[at..].starts_with('\n') {
                lines += 1;
                // After a quote in the middle the field must end on its line.
                if strays > 0 {
                    return None;
                }
                if at > MAX_QUOTED || (lines == MAX_LINES && self.looks_like_rows(&body[..at])) {
                    self.unclosed.push(self.line);
                    return None;
                }
                at += 1;
                continue;
            }
            if strays > 0 {
                strays += 1;
                if strays > MAX_STRAYS {
                    return None;
                }
            }
            let after = &body[at + 1..];
            if after.starts_with('"') {
                is_escaped = true;
                at += 2;
                continue;
            }
            let next = after.trim_start_matches(' ');
            let rest = if self.delimiter.at_start(after).is_some() { after } else { next };
            let ends = rest.is_empty()
                || rest.starts_with('\n')
                || self.delimiter.at_start(rest).is_some();
            if !ends {
                strays = strays.max(1);
                at += 1;
                continue;
            }
            if lines > 0 {
                let line_end = rest.find('\n').unwrap_or(rest.len());
                let span = &text[..text.len() - rest.len() + line_end];
                if self.are_whole_records(span) {
                    self.unclosed.push(self.line);
                    return None;
                }
            }
            let field = &body[..at];
            let field = if is_escaped {
                Cow::Owned(field.replace("\"\"", "\""))
            } else {
                Cow::Borrowed(field)
            };
            return Some((field, rest));
        }
    }

    /// Whether at least half of the lines have a delimiter of their own.
    fn looks_like_rows(&self, text: &str) -> bool {
        let rows = text.lines().filter(|line| self.delimiter.find(line).is_some()).count();
        rows * 2 >= text.lines().count()
    }

    /// Whether each line has as many fields as a whole record.
    fn are_whole_records(&self, text: &str) -> bool {
        let delimiter = self.delimiter.text();
        self.columns.is_some_and(|columns| {
            text.lines().all(|line| line.split(delimiter.as_ref()).count() == columns)
        })
    }
}

impl<'a> Source<'a> for Records<'a> {
    /// Blank lines and `sep=` are passed over.
    fn next(&mut self, fields: &mut Vec<Cow<'a, str>>) -> Option<Item> {
        fields.clear();
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let (line, after) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
            let number = self.line;
            let trimmed = line.trim();
            if trimmed.is_empty() || self.is_rule(trimmed) || (number < 3 && is_sep(trimmed)) {
                self.advance(after, 1);
                continue;
            }
            if line.starts_with('#') || (line.starts_with("//") && !self.is_slashes()) {
                self.split(line, fields);
                self.advance(after, 1);
                return Some(Item::Comment { line: number });
            }
            let may_quote = !matches!(self.delimiter, Delimiter::Gap(_) | Delimiter::Parentheses);
            if may_quote && line.contains('"') {
                self.quoted_record(fields);
            } else {
                self.split(line, fields);
                self.advance(after, 1);
            }
            return Some(Item::Row { line: number });
        }
    }

    fn lines(&self) -> usize {
        self.all.bytes().filter(|b| *b == b'\n').count() + 1
    }

    fn unclosed(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.unclosed)
    }
}

/// Returns the delimiter that a `sep=` line names.
#[must_use]
pub fn sep(line: &str) -> Option<&str> {
    let line = line.trim_matches('"');
    let (name, value) = line.split_once('=')?;
    (name.trim().eq_ignore_ascii_case("sep") && value.chars().count() <= 2)
        .then_some(value)
        .filter(|value| !value.is_empty())
}

fn is_sep(line: &str) -> bool {
    let name = line.trim_start_matches('"');
    name.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("sep=")) && line.len() <= 8
}
