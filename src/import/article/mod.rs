//! Bilingual articles and free lists of terms.
//!
//! The way of a text, one room a step:
//!
//! ```text
//! markup/html -> normalise -> annotation -> script    lines without markup and reading marks
//!             -> section, furniture, inline, row       what each line is, the pairs on one line
//!             -> block -> pair -> confidence          pairs of lines, by dynamic programming
//!             -> draft                                fields, kinds, how sure
//! ```
//!
//! Nothing is dropped silently: each raw line that is not blank ends in exactly
//! one class of [`LineCounts`], and doubtful pairs are offered unticked.

mod annotation;
mod attribution;
mod block;
mod bracket;
mod confidence;
mod document;
mod draft;
mod example;
mod furigana;
mod furniture;
mod gloss;
mod hanja;
mod heading;
mod html;
mod inline;
mod lexicon;
mod line;
mod markup;
mod normalise;
mod pair;
mod prose;
mod row;
mod script;
mod section;
mod title;

use std::collections::BTreeMap;

use block::Layout;
use document::Document;
use line::{Class, Language, Share};
use section::Role;

use super::{Format, LineCounts, ReadError, ReadOptions, Reading, Warning};
use script::Conversion;

/// Returns what a decoded text holds as a bilingual article or list of terms.
///
/// The encoding is left empty for the caller to fill in. Lines are raw lines,
/// counted from 1. Pairs of all kinds are returned, in the order of the text.
///
/// # Errors
/// [`ReadError::Empty`] when there is nothing but white space. A text without
/// any pair is a reading without drafts.
pub fn read(text: &str, options: &ReadOptions) -> Result<Reading, ReadError> {
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').is_empty() {
        return Err(ReadError::Empty);
    }
    let document = Document::of(text, options.script);
    let layout = Layout::of(&document.lines, document.language);
    let found = draft::drafts(&document, &layout);
    let mut reading = Reading::new(Format::Article, "");
    for draft in found.drafts {
        let line = draft.line;
        reading.row(line, draft.fits().map(|()| draft));
    }
    reading.drafts.sort_by_key(|draft| draft.line);
    reading.rejected.sort_by_key(|row| row.line);
    reading.reports = reports(&document);
    let classes = classes(&document, &layout, &found.paired);
    reading.warnings = warnings(&document, &layout, &classes);
    reading.lines = Some(counts(&document, &classes));
    Ok(reading)
}

/// Whether a text looks like a bilingual article or a list of terms with mixed
/// separators, rather than a table.
#[must_use]
pub fn looks_like(text: &str) -> bool {
    score(text).pct >= 50
}

/// How much a text looks like a bilingual article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Share of its lines that an article explains, 0 to 100.
    pub pct: u8,
    /// Whether it has titles or headed sections.
    pub has_headings: bool,
}

/// Returns how much a text looks like a bilingual article.
///
/// Only the first [`SAMPLE`] lines are looked at. A table in which one
/// delimiter cuts nearly all rows alike scores below 20.
#[must_use]
pub fn score(text: &str) -> Score {
    let only = |pct| Score { pct, has_headings: false };
    let sample: Vec<&str> = markup::raw_lines(text)
        .into_iter()
        .filter(|line| !line.trim().is_empty())
        .take(SAMPLE)
        .collect();
    let text = sample.join("\n");
    let share = Share::of(&text);
    if share.cjk == 0 || share.letters == 0 {
        return only(0);
    }
    if is_table(&sample) {
        return only(15);
    }
    let Ok(reading) = read(&text, &ReadOptions::default()) else { return only(0) };
    let Some(lines) = reading.lines else { return only(0) };
    let ticked = reading.drafts.iter().filter(|draft| draft.is_ticked()).count();
    if ticked == 0 {
        return only(10);
    }
    let all = sample.len().max(1) as f64;
    let known = lines.pair + lines.heading + lines.attribution + lines.metadata + lines.boilerplate;
    let explained = f64::from(known) + 0.7 * f64::from(lines.context);
    let pct = (100.0 * explained / all).clamp(0.0, 100.0) as u8;
    Score { pct, has_headings: lines.heading > 0 }
}

/// How many lines a score looks at.
pub const SAMPLE: usize = 400;

/// Whether one delimiter cuts nearly all lines in the same number of columns.
fn is_table(lines: &[&str]) -> bool {
    let rows: Vec<&&str> = lines.iter().filter(|line| !line.starts_with('#')).collect();
    rows.len() >= 2
        && ['\t', ',', ';'].iter().any(|&delimiter| {
            let mut columns: BTreeMap<usize, usize> = BTreeMap::new();
            for row in &rows {
                *columns.entry(columns_of(row, delimiter)).or_default() += 1;
            }
            columns.iter().any(|(&count, &n)| count >= 2 && n * 100 >= rows.len() * 85)
        })
}

/// Returns the number of columns of a row; a delimiter between quotes is text.
fn columns_of(row: &str, delimiter: char) -> usize {
    let mut quoted = false;
    1 + row
        .chars()
        .filter(|&c| {
            quoted ^= c == '"';
            c == delimiter && !quoted
        })
        .count()
}

fn reports(document: &Document) -> Vec<String> {
    let counted = |n: usize, one: &str, more: &str| {
        (n > 0).then(|| format!("{n} {}", if n == 1 { one } else { more }))
    };
    let mut reports = Vec::new();
    reports.extend(counted(document.marks, "reading mark removed", "reading marks removed"));
    reports.extend(counted(
        document.readings,
        "reading in brackets moved out of the text",
        "readings in brackets moved out of the text",
    ));
    reports.extend(counted(
        document.forms,
        "form in Chinese characters moved to the note",
        "forms in Chinese characters moved to the note",
    ));
    let script = document.conversion.name();
    reports.extend(counted(
        document.converted,
        &format!("character converted to {script}"),
        &format!("characters converted to {script}"),
    ));
    reports
}

/// Returns the class of each line.
fn classes(document: &Document, layout: &Layout, paired: &[Option<Class>]) -> Vec<Class> {
    let last = paired.iter().rposition(Option::is_some).unwrap_or(0);
    // What the site adds below an article is known by its first line.
    let below = layout.roles.iter().skip(last).position(|role| *role == Role::Boilerplate);
    let closing = |at: usize| below.is_some_and(|below| at > last + below);
    let first = paired.iter().position(Option::is_some).unwrap_or(paired.len());
    let titled = |at: usize| {
        at < first && layout.roles.get(at + 1) == Some(&Role::Metadata)
            || (at == 0 && document.lines[at].text == layout.title)
    };
    (0..document.lines.len())
        .map(|at| match (paired[at], &layout.roles[at]) {
            (Some(class), _) => class,
            (None, Role::Heading(_)) => Class::Heading,
            (None, Role::Attribution(_)) => Class::Attribution,
            (None, Role::Metadata) => Class::Metadata,
            (None, Role::Boilerplate | Role::Rule) => Class::Boilerplate,
            (None, Role::Item) if line::is_damaged(&document.lines[at].text) => Class::Unpaired,
            (None, Role::Item) if draft::is_context(&document.lines[at].text) => Class::Context,
            (None, Role::Item) if closing(at) => Class::Boilerplate,
            (None, Role::Item) if titled(at) => Class::Heading,
            (None, Role::Item) => Class::Unpaired,
        })
        .collect()
}

/// Counts each raw line once: where several lines stood on it, by the strongest.
fn counts(document: &Document, classes: &[Class]) -> LineCounts {
    let mut of: BTreeMap<u32, Class> =
        document.raws.iter().map(|&raw| (raw, Class::Boilerplate)).collect();
    for (line, &class) in document.lines.iter().zip(classes) {
        for raw in &line.raws {
            if let Some(known) = of.get_mut(raw) {
                *known = class.max(*known);
            }
        }
    }
    let count = |wanted: Class| of.values().filter(|&&class| class == wanted).count() as u32;
    LineCounts {
        pair: count(Class::Pair),
        heading: count(Class::Heading),
        attribution: count(Class::Attribution),
        metadata: count(Class::Metadata),
        context: count(Class::Context),
        boilerplate: count(Class::Boilerplate),
        unpaired: count(Class::Unpaired),
    }
}

fn warnings(document: &Document, layout: &Layout, classes: &[Class]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if document.conversion == Conversion::Traditional {
        let message = "converted to Traditional by character: words with two forms may be wrong";
        warnings.push(Warning { line: 0, message: message.to_owned() });
    }
    if document.language != Language::Chinese && document.lines.is_empty() {
        return warnings;
    }
    for ((line, class), splits) in document.lines.iter().zip(classes).zip(&layout.splits) {
        if *class != Class::Unpaired {
            continue;
        }
        let message = if splits.iter().any(|split| split.cut) || !line::is_balanced(&line.text) {
            "cut off: a bracket stays open; no card made"
        } else if line::is_damaged(&line.text) {
            "the text looks damaged; no card made"
        } else {
            "no counterpart in the other language; no card made"
        };
        warnings.push(Warning { line: line.first(), message: message.to_owned() });
    }
    warnings
}

#[cfg(test)]
mod tests;
