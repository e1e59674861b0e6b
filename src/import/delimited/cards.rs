//! Texts in which something else than a line end stands between two cards.
//!
//! Programs for flashcards let their users choose both separators: `term,definition;`
//! on one line, cards parted by blank lines so that a definition may have several.

use std::borrow::Cow;

use super::delimiter::Choice;
use super::record::{Delimiter, Item, Source};

/// How much of a text is looked at.
const ENOUGH: usize = 1 << 16;

/// What stands between two cards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RowEnd {
    /// A line end.
    #[default]
    Line,
    /// This text, wherever it stands.
    Text(String),
    /// A blank line, or a line of marks only.
    Blank,
}

/// The candidates between two cards; runs of marks are found in the text.
const BETWEEN: &[&str] = &[";", "|", "；", "*", "•", "\t"];

/// The candidates between the two sides of a card.
const WITHIN: &[&str] =
    &["\t", " - ", " – ", " — ", " = ", "::", "=>", "->", "=", ":", "：", ",", "，", "|", "~", "-"];

/// Returns both separators of a text in which cards do not end with their line.
pub(super) fn find(text: &str, said: Option<&str>) -> Option<Choice> {
    let mut end = text.len().min(ENOUGH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text[..end].trim();
    packed(sample, said).or_else(|| paragraphs(sample, said))
}

/// Cards that follow one another on a line, or each end with a mark of its own.
fn packed(text: &str, said: Option<&str>) -> Option<Choice> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut best: Option<(usize, Choice)> = None;
    for between in BETWEEN.iter().map(|b| (*b).to_owned()).chain(runs(text)) {
        let ends = lines.iter().filter(|line| line.ends_with(between.as_str())).count();
        // On several lines each has to end with it; then it is no delimiter.
        if lines.len() > 1 && ends + 1 < lines.len() {
            continue;
        }
        let records: Vec<&str> =
            text.split(between.as_str()).map(str::trim).filter(|r| !r.is_empty()).collect();
        if records.len() < 3 {
            continue;
        }
        let candidates = WITHIN.iter().map(|w| (*w).to_owned()).chain(runs(text));
        for within in candidates.filter(|within| said.is_none_or(|said| said == within)) {
            if within.contains(between.as_str()) || between.contains(&within) {
                continue;
            }
            if let Some(worth) = packed_worth(&records, &within, &between, said.is_some())
                && best.as_ref().is_none_or(|(top, _)| worth > *top)
            {
                let choice = Choice {
                    delimiter: Delimiter::of(&within),
                    columns: 2,
                    is_firm: true,
                    rows: RowEnd::Text(between.clone()),
                };
                best = Some((worth, choice));
            }
        }
    }
    best.map(|(_, choice)| choice)
}

/// Returns how well all records split in two; `None` where one does not.
fn packed_worth(records: &[&str], within: &str, between: &str, is_said: bool) -> Option<usize> {
    let mut exact = 0;
    let mut spaced = 0;
    let mut numbers = 0;
    for record in records {
        let (front, back) = record.split_once(within)?;
        if front.trim().is_empty() || back.trim().is_empty() || front.len() > 200 {
            return None;
        }
        exact += usize::from(!back.contains(within));
        spaced += usize::from(back.starts_with(' '));
        numbers += usize::from(back.trim().bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    }
    // Commas and semicolons with blanks behind them are those of a sentence.
    let is_prose = matches!(within, "," | "，") && spaced * 2 > records.len();
    let least = if is_said { records.len() } else { records.len().div_ceil(2) };
    if is_prose || exact < least || numbers * 2 > records.len() {
        return None;
    }
    let long = within.trim().len() + between.len();
    Some(exact * 100 / records.len() + long * 10 + usize::from(within == "\t") * 50)
}

/// Returns runs of at least two marks that come at least twice.
fn runs(text: &str) -> Vec<String> {
    let is_mark = |c: char| c.is_ascii_punctuation() && !"\"'.()[]<>".contains(c);
    let mut runs: Vec<String> = Vec::new();
    let head: String = text.chars().take(2000).collect();
    for run in head.split(|c| !is_mark(c)).filter(|run| (2..=6).contains(&run.len())) {
        if runs.len() < 8
            && !runs.iter().any(|known| known == run)
            && head.matches(run).count() >= 2
        {
            runs.push(run.to_owned());
        }
    }
    runs
}

/// Whether a line only parts what is above it from what is below.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.is_empty()
        || (line.len() >= 2
            && ["-", "=", "*", "_", "%", "~", ";", "#"]
                .iter()
                .any(|mark| line.trim_start_matches(mark).is_empty()))
}

/// Cards parted by blank lines, with sides of several lines.
fn paragraphs(text: &str, said: Option<&str>) -> Option<Choice> {
    let lines: Vec<&str> = text.lines().collect();
    let blocks: Vec<&[&str]> =
        lines.split(|line| is_rule(line)).filter(|block| !block.is_empty()).collect();
    if blocks.len() < 3 || blocks.iter().all(|block| block.len() == 1) {
        return None;
    }
    let choice = |delimiter: &str, is_firm: bool| {
        let delimiter = Delimiter::of(delimiter);
        Some(Choice { delimiter, columns: 2, is_firm, rows: RowEnd::Blank })
    };
    for within in ["\t", " - ", " – ", " — ", " = ", "::", ":", "："] {
        if said.is_some_and(|said| said != within) {
            continue;
        }
        let has = |line: &str| line.contains(within);
        let starts = blocks.iter().filter(|block| has(block[0])).count();
        let others = blocks.iter().any(|block| block[1..].iter().any(|line| has(line)));
        if starts == blocks.len() && !others {
            return choice(within, within == "\t");
        }
    }
    if said.is_some() || blocks.iter().any(|block| block.len() < 2) {
        return None;
    }
    let pairs = blocks.iter().filter(|block| block.len() == 2).count();
    let is_title = |line: &str| {
        let line = line.trim();
        let is_sentence = line.ends_with(['.', ',', ';', '。', '，', '；', ':']);
        let is_marked = line.starts_with(['-', '*', '#', '>', '|', '<', '{', '[', '+']);
        line.chars().count() <= 80 && !is_sentence && !is_marked
    };
    let titles = blocks.iter().filter(|block| is_title(block[0])).count();
    let key = |line: &str| line.trim().split_once(':').map(|(key, _)| key.to_owned());
    let first = key(blocks[0][0]);
    let is_form = first.is_some() && blocks.iter().filter(|b| key(b[0]) == first).count() >= 2;
    let fits = pairs * 10 >= blocks.len() * 6 && titles * 10 >= blocks.len() * 9 && !is_form;
    if fits { choice("\n", false) } else { None }
}

/// The records of such a text.
#[derive(Debug)]
pub struct Cards<'a> {
    rest: &'a str,
    line: u32,
    delimiter: &'a Delimiter,
    rows: &'a RowEnd,
}

impl<'a> Cards<'a> {
    /// Returns the cards of `text`.
    #[must_use]
    pub fn new(text: &'a str, choice: &'a Choice) -> Self {
        Self { rest: text, line: 1, delimiter: &choice.delimiter, rows: &choice.rows }
    }

    /// Returns the next record with its line, and moves behind it.
    fn record(&mut self) -> Option<(u32, &'a str)> {
        loop {
            let trimmed = self.rest.trim_start();
            self.line += count(&self.rest[..self.rest.len() - trimmed.len()]);
            self.rest = trimmed;
            if self.rest.is_empty() {
                return None;
            }
            let (length, behind) = match self.rows {
                RowEnd::Text(between) => {
                    let at = self.rest.find(between.as_str());
                    at.map_or((self.rest.len(), 0), |at| (at, between.len()))
                }
                RowEnd::Blank | RowEnd::Line => paragraph(self.rest),
            };
            let line = self.line;
            let record = &self.rest[..length];
            self.line += count(&self.rest[..length + behind]);
            self.rest = &self.rest[length + behind..];
            if !record.trim().is_empty() {
                return Some((line, record.trim()));
            }
        }
    }
}

/// Returns the length of the first paragraph, and of the line that ends it.
fn paragraph(text: &str) -> (usize, usize) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if is_rule(line) {
            return (at, line.len());
        }
        at += line.len();
    }
    (at, 0)
}

fn count(text: &str) -> u32 {
    text.bytes().filter(|b| *b == b'\n').count() as u32
}

impl<'a> Source<'a> for Cards<'a> {
    fn next(&mut self, fields: &mut Vec<Cow<'a, str>>) -> Option<Item> {
        fields.clear();
        let (line, record) = self.record()?;
        let within = self.delimiter.text();
        // The back may have the delimiter in it: it is not cut a second time.
        match record.split_once(within.as_ref()) {
            Some((front, back)) => fields.extend([Cow::Borrowed(front), Cow::Borrowed(back)]),
            None => fields.push(Cow::Borrowed(record)),
        }
        Some(Item::Row { line })
    }

    fn lines(&self) -> usize {
        match self.rows {
            RowEnd::Text(between) => self.rest.matches(between.as_str()).count() + 1,
            _ => self.rest.matches("\n\n").count() + 1,
        }
    }
}
