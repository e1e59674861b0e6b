//! Lines between the rows that head a group of them: `Unit 1`, `【食物】`, `At home`.
//!
//! They become a label of the rows behind them. A line that may as well be a word
//! without its meaning stays a row, and is rejected as one.

use std::borrow::Cow;

use crate::import::{Reading, RowError, RowReason};

/// Words that number the parts of a course.
const PARTS: &[&str] = &[
    "unit",
    "lesson",
    "chapter",
    "section",
    "part",
    "week",
    "day",
    "module",
    "topic",
    "theme",
    "list",
    "level",
    "group",
    "book",
    "stage",
    "step",
    "set",
    "lektion",
    "kapitel",
    "einheit",
    "abschnitt",
    "teil",
    "woche",
    "tag",
    "thema",
    "stufe",
    "modul",
    "unité",
    "leçon",
    "lecon",
    "chapitre",
    "partie",
    "semaine",
    "thème",
    "séance",
    "unidad",
    "lección",
    "leccion",
    "capítulo",
    "tema",
    "parte",
    "semana",
    "nivel",
    "unità",
    "lezione",
    "capitolo",
    "unidade",
    "lição",
    "урок",
    "глава",
    "раздел",
    "тема",
    "часть",
    "неделя",
    "les",
    "hoofdstuk",
    "hsk",
    "jlpt",
    "rozdział",
];

/// What ends the number of a part in Chinese, Japanese and Korean.
const ORDINALS: &[char] = &['课', '課', '章', '单', '單', '回', '周', '週', '天', '节', '節', '과'];

/// A heading longer than this is none.
const MOST_CHARS: usize = 60;

/// What is known of the single fields of a table before it is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Style {
    /// Only lines that say of themselves that they are headings.
    #[default]
    Named,
    /// Each group has its blank line and its heading.
    Grouped,
}

/// Finds headings among the rows.
#[derive(Debug, Default)]
pub(super) struct Headings {
    style: Style,
    /// Whether the delimiter is one that people write and there are two columns.
    is_list: bool,
    is_off: bool,
    /// The line behind the last record.
    next_line: u32,
    pending: Option<Pending>,
    /// The label of the rows that follow.
    label: Option<String>,
    labels: Vec<String>,
    titles: Vec<String>,
}

#[derive(Debug)]
struct Pending {
    line: u32,
    text: String,
    is_named: bool,
    is_first: bool,
}

impl Headings {
    /// Looks at the first records, each with its line.
    pub(super) fn of<'a>(
        head: impl Iterator<Item = (u32, &'a [Cow<'a, str>])> + Clone,
        is_list: bool,
    ) -> Self {
        let mut headings = Self { is_list, ..Self::default() };
        let (mut rows, mut apart, mut singles, mut loose) = (0_usize, 0_usize, 0_usize, 0_usize);
        let mut next_line = 0;
        let mut after_single = false;
        for (line, fields) in head {
            let has_gap = next_line == 0 || line > next_line;
            let is_single = single(fields).is_some() && fields.len() == 1;
            if is_single {
                singles += 1;
                loose += usize::from(!has_gap);
            } else {
                rows += 1;
                apart += usize::from(has_gap && next_line > 0 && !after_single);
            }
            after_single = is_single;
            next_line = line + 1 + breaks(fields);
        }
        if singles >= 2 && loose == 0 && apart * 2 <= rows && singles * 2 <= rows {
            headings.style = Style::Grouped;
        }
        headings
    }

    /// Returns headings that are never found, for tables that have none.
    pub(super) fn off() -> Self {
        Self { is_off: true, ..Self::default() }
    }

    /// The label of the rows that are read now.
    pub(super) fn label(&self) -> Option<&str> {
        self.label.as_deref()
    }

    /// Sets the label of the rows that follow.
    pub(super) fn set_label(&mut self, label: &str) {
        let label = as_tag(label);
        self.labels.push(label.clone());
        self.label = Some(label);
    }

    /// Whether a record is a heading, or may be one.
    pub(super) fn take(
        &mut self,
        line: u32,
        fields: &[Cow<'_, str>],
        reading: &mut Reading,
    ) -> bool {
        if self.is_off {
            return false;
        }
        let is_first = self.next_line == 0;
        let has_gap = is_first || line > self.next_line;
        let follows_gap = line > self.next_line;
        self.next_line = line + 1 + breaks(fields);
        let Some((text, is_named)) = self.candidate(fields, has_gap) else {
            self.settle(follows_gap, reading);
            return false;
        };
        // Two in a row: the one above is a title, or a word without its meaning.
        if let Some(above) = self.pending.take() {
            if above.is_named || above.is_first && follows_gap {
                self.titles.push(above.text);
            } else {
                reject(above.line, reading);
            }
        }
        self.pending = Some(Pending { line, text: text.to_owned(), is_named, is_first });
        true
    }

    /// Returns the text of a record that may be a heading, and whether it surely is.
    fn candidate<'t>(&self, fields: &'t [Cow<'_, str>], has_gap: bool) -> Option<(&'t str, bool)> {
        let first = fields.first()?.trim();
        if first.chars().count() > MOST_CHARS {
            return None;
        }
        if self.is_list && fields.len() == 2 && is_part(first) && !has_rest(first) {
            return Some((first, true));
        }
        let text = single(fields)?;
        if is_part(text) || (fields.len() == 1 && undecorated(text).is_some()) {
            return Some((text, true));
        }
        (fields.len() == 1 && has_gap).then_some((text, false))
    }

    /// Decides what the line above a row was.
    fn settle(&mut self, follows_gap: bool, reading: &mut Reading) {
        let Some(above) = self.pending.take() else { return };
        if above.is_named || self.style == Style::Grouped {
            self.set_label(&above.text);
        } else if above.is_first && follows_gap {
            self.titles.push(above.text);
        } else {
            reject(above.line, reading);
        }
    }

    /// Says what was found.
    pub(super) fn report(mut self, reading: &mut Reading) {
        if let Some(above) = self.pending.take() {
            reject(above.line, reading);
        }
        let shown = |texts: &[String]| {
            let more = if texts.len() > 5 { ", ..." } else { "" };
            let count = texts.len();
            (count, if count == 1 { "" } else { "s" }, texts[..count.min(5)].join(", ") + more)
        };
        if !self.titles.is_empty() {
            let (count, s, texts) = shown(&self.titles);
            reading.reports.push(format!("{count} title line{s} skipped: {texts}"));
        }
        if !self.labels.is_empty() {
            let (count, s, texts) = shown(&self.labels);
            reading.reports.push(format!("{count} heading{s} kept as tags: {texts}"));
        }
    }
}

fn reject(line: u32, reading: &mut Reading) {
    reading.rejected.push(RowError::new(line, RowReason::NoBack));
}

fn breaks(fields: &[Cow<'_, str>]) -> u32 {
    fields.iter().map(|field| field.bytes().filter(|b| *b == b'\n').count() as u32).sum()
}

/// Returns the only filled field where it is the first one.
fn single<'t>(fields: &'t [Cow<'_, str>]) -> Option<&'t str> {
    let (first, rest) = fields.split_first()?;
    let text = first.trim();
    (!text.is_empty() && rest.iter().all(|field| field.trim().is_empty())).then_some(text)
}

/// Whether a line without a delimiter surely heads what follows.
pub(super) fn is_heading(text: &str) -> bool {
    text.chars().count() <= MOST_CHARS && (is_part(text) || undecorated(text).is_some())
}

/// Whether a text is `Unit 1`, `Lektion IV: Reisen`, `第三课`, ...
fn is_part(text: &str) -> bool {
    let text = undecorated(text).unwrap_or(text);
    let mut words = text.split([' ', '\u{3000}', '\u{a0}']).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default().to_lowercase();
    if PARTS.contains(&first.trim_end_matches('.')) {
        return words.next().is_some_and(is_count);
    }
    if let Some(rest) = text.strip_prefix('第').or_else(|| text.strip_prefix('제')) {
        let digits = "一二三四五六七八九十百零〇两0123456789０１２３４５６７８９ ";
        let after = rest.trim_start_matches(|c| digits.contains(c));
        return after.len() < rest.len() && after.starts_with(ORDINALS);
    }
    false
}

/// Whether more than the number stands behind the word.
fn has_rest(text: &str) -> bool {
    text.split_whitespace().count() > 2
}

/// Whether a word is a number, a Roman one, or a letter.
fn is_count(word: &str) -> bool {
    let word = word.trim_start_matches('#').trim_end_matches([':', '.', '：', ')', ',']);
    let is_roman = || word.len() <= 5 && word.bytes().all(|b| b"IVXLC".contains(&b));
    let is_letter = || word.len() == 1 && word.bytes().all(|b| b.is_ascii_uppercase());
    let is_number = word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 6;
    !word.is_empty() && (is_number || is_roman() || is_letter())
}

/// Returns what stands within the marks that people draw around a heading.
fn undecorated(text: &str) -> Option<&str> {
    let filled = |inner: &str| inner.chars().any(char::is_alphanumeric);
    for (open, close) in [("【", "】"), ("[", "]"), ("《", "》"), ("■", ""), ("◆", ""), ("●", "")]
    {
        let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner.map(str::trim).filter(|inner| filled(inner)) {
            return (!inner.contains(open)).then_some(inner);
        }
    }
    for mark in ['=', '-', '*', '~', '_', '—'] {
        let inner = text.trim_start_matches(mark);
        let marks = text.len() - inner.len();
        if marks >= 2 * mark.len_utf8() && inner.ends_with(mark) {
            let inner = inner.trim_end_matches(mark).trim();
            return filled(inner).then_some(inner);
        }
    }
    None
}

/// Returns a heading as a label: one word, whatever stood around it taken off.
fn as_tag(text: &str) -> String {
    let text = undecorated(text).unwrap_or(text).trim_end_matches([':', '：']);
    text.split_whitespace().collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_course_are_headings() {
        for text in [
            "Unit 1",
            "LESSON 12",
            "Lektion IV: Reisen",
            "第三课",
            "第 12 课 天气",
            "Chapter A",
            "【食物】",
            "== At home ==",
            "урок 3",
            "--- Verbs ---",
            "Unidad 2.1",
            "[Unit 4]",
        ] {
            assert!(is_heading(text), "{text}");
        }
        for text in ["unit", "day by day", "part of speech", "第一", "list", "[a] [b]", "--", "x"]
        {
            assert!(!is_heading(text), "{text}");
        }
    }

    #[test]
    fn a_heading_becomes_one_word() {
        for (text, tag) in [
            ("Unit 1", "Unit_1"),
            ("== At home ==", "At_home"),
            ("Food:", "Food"),
            ("【饮食】", "饮食"),
        ] {
            assert_eq!(as_tag(text), tag);
        }
    }
}
