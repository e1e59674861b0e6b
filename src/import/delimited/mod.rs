//! Rows with a delimiter: TSV, CSV and whatever people put between two columns.

pub mod columns;
pub mod delimiter;
pub mod header;
pub mod record;
mod row;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

pub use delimiter::{Choice, choose};
use header::Names;
pub use record::{Given, Source};
use record::{Item, Records};
use row::Rows;
pub(crate) use row::kind;

use crate::domain::watch::{Stage, Watch};

use super::{Column, Format, ReadError, ReadOptions, Reading, Warning, detect};

/// Rows between two reports of how far it is.
const STEP: usize = 4096;

/// Records that the roles of columns are judged by.
const SAMPLE: usize = 300;

/// The columns of the tables that this program writes.
const OWN: [&str; 9] =
    ["front", "back", "reading", "note", "example", "source", "tags", "deck", "id"];

/// What is known of a table from outside its rows.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Names of the columns.
    pub names: Option<Names>,
    /// What single columns hold.
    pub fixed: Vec<(usize, Column)>,
    /// Whether fields may hold HTML.
    pub html: bool,
    /// Labels that every row gets.
    pub tags: Vec<String>,
    /// Whether the table was written by this program: its fields are taken as they stand.
    pub is_own: bool,
    /// The line on which the rows start, less one.
    pub lines_above: u32,
}

/// Reads rows with a delimiter.
///
/// # Errors
/// [`ReadError::NoDeck`] where no two columns hold text, [`ReadError::Cancelled`].
pub fn read(
    text: &str,
    choice: &Choice,
    options: &ReadOptions,
    watch: &dyn Watch,
) -> Result<Reading, ReadError> {
    let known = Known { html: true, ..Known::default() };
    let mut reading = Reading::new(Format::Delimited, "");
    table(&mut records(text, choice), choice, options, &known, &mut reading, watch)?;
    Ok(reading)
}

/// Returns the records of a text with a delimiter.
#[must_use]
pub fn records<'a>(text: &'a str, choice: &'a Choice) -> Records<'a> {
    let columns = (choice.columns > 0).then_some(choice.columns);
    Records::new(text, &choice.delimiter, columns)
}

/// Reads the rows of a table into `reading`, wherever they come from.
///
/// # Errors
/// [`ReadError::NoDeck`] where no two columns hold text, [`ReadError::Cancelled`].
pub fn table<'a>(
    source: &mut dyn Source<'a>,
    choice: &Choice,
    options: &ReadOptions,
    known: &Known,
    reading: &mut Reading,
    watch: &dyn Watch,
) -> Result<(), ReadError> {
    let mut comments = 0_u32;
    let comment = |line: u32, fields: &[Cow<'a, str>], reading: &mut Reading| {
        if fields.len() == choice.columns && choice.columns > 1 {
            let line = line + known.lines_above;
            let message =
                "starts with `#` or `//`, taken for a comment; put the term in quotes to keep it"
                    .to_owned();
            reading.warnings.push(Warning { line, message });
        }
    };
    // The first rows are kept until it is known what their columns hold.
    let mut head: Vec<(u32, Vec<Cow<'a, str>>)> = Vec::new();
    let mut fields = Vec::new();
    while head.len() < SAMPLE {
        match source.next(&mut fields) {
            None => break,
            Some(Item::Comment { line }) => {
                comments += 1;
                comment(line, &fields, reading);
            }
            Some(Item::Row { line }) => {
                if fields.iter().any(|field| !field.trim().is_empty()) {
                    head.push((line, std::mem::take(&mut fields)));
                }
            }
        }
    }
    let found = match head.as_slice() {
        [first, ..] if !options.no_header => {
            header::names(&first.1, head.get(1).map(|(_, fields)| fields.as_slice()))
        }
        _ => None,
    };
    let mut width = choice.columns;
    let mut is_own = false;
    if found.is_some() {
        let (_, header) = head.remove(0);
        let cells: Vec<&str> = header.iter().map(|cell| cell.trim()).collect();
        let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        reading.reports.push(format!("skipped header: {}", cells[..filled].join(", ")));
        width = width.max(filled);
        is_own = cells == OWN;
    }
    let known = &Known { is_own, ..known.clone() };
    let names = match (&known.names, found) {
        (Some(names), _) => Some(names.clone()),
        (None, found) => found,
    };
    width = width.max(names.as_ref().map_or(0, Vec::len));
    let sample: Vec<&[Cow<'_, str>]> = head.iter().map(|(_, fields)| fields.as_slice()).collect();
    let roles = match &options.columns {
        Some(columns) => {
            if !columns.contains(&Column::Field(crate::domain::Field::Front)) {
                return Err(detect::no_deck("a table in which no column is named as the front"));
            }
            columns::Roles { columns: columns.clone(), warning: None }
        }
        None => columns::roles(&sample, names.as_ref(), &known.fixed, width)
            .ok_or_else(|| detect::no_deck("a table without two columns of text"))?,
    };
    let ignored: Vec<String> = (0..width.min(roles.columns.len()))
        .filter(|at| roles.columns[*at] == Column::Ignore && options.columns.is_none())
        .filter(|at| sample.iter().any(|row| row.get(*at).is_some_and(|f| !f.trim().is_empty())))
        .filter(|at| !known.fixed.contains(&(*at, Column::Ignore)))
        .map(|at| (at + 1).to_string())
        .collect();
    if !ignored.is_empty() {
        let s = if ignored.len() == 1 { "" } else { "s" };
        let numbers = ignored.join(", ");
        reading.reports.push(format!("{} column{s} left out: {numbers}", ignored.len()));
    }
    drop(sample);
    reading.warnings.extend(roles.warning.clone().map(|message| Warning { line: 0, message }));

    let mut rows = Rows::new(&roles, &choice.delimiter, known);
    let lines = source.lines();
    reading.drafts.reserve_exact(lines);
    for (line, mut fields) in head {
        rows.push(line + known.lines_above, &mut fields, reading);
    }
    while let Some(item) = source.next(&mut fields) {
        match item {
            Item::Comment { line } => {
                comments += 1;
                comment(line, &fields, reading);
            }
            Item::Row { line } => {
                if fields.iter().all(|field| field.trim().is_empty()) {
                    continue;
                }
                if reading.drafts.len().is_multiple_of(STEP) {
                    watch.at(Stage::Reading, line as usize, lines)?;
                }
                rows.push(line + known.lines_above, &mut fields, reading);
            }
        }
    }
    reading.drafts.shrink_to_fit();
    for line in source.unclosed() {
        let message = "a quote opens here and is not closed; read as plain text".to_owned();
        reading.warnings.push(Warning { line: line + known.lines_above, message });
    }
    if comments > 0 {
        let s = if comments == 1 { "" } else { "s" };
        reading.reports.push(format!("{comments} comment line{s} skipped"));
    }
    rows.report(reading);
    Ok(())
}
