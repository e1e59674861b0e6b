//! Rows with a delimiter: TSV, CSV and whatever people put between two columns.

mod bracket;
pub mod cards;
pub mod columns;
pub mod delimiter;
pub mod header;
mod heading;
mod numbering;
pub mod record;
mod row;
#[cfg(test)]
mod spectrum;
#[cfg(test)]
mod tests;
mod value;

use std::borrow::Cow;

use cards::{Cards, RowEnd};
pub use delimiter::{Choice, choose};
use header::Names;
use heading::Headings;
use record::{Delimiter, Item, Records};
pub use record::{Given, Source};
use row::Rows;
pub(crate) use row::kind;

use crate::domain::Field;
use crate::domain::watch::{Stage, Watch};

use super::{Column, Format, ReadError, ReadOptions, Reading, Warning, detect};

/// Rows between two reports of how far it is.
const STEP: usize = 4096;

/// Records that the roles of columns are judged by.
const SAMPLE: usize = 300;

/// The columns of the tables that this program writes.
pub(super) const OWN: [&str; 9] =
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
    /// Whether a blank that does not break stands for one within a label.
    pub has_hard_blanks: bool,
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
    separators(choice, &mut reading);
    table(records(text, choice).as_mut(), choice, options, &known, &mut reading, watch)?;
    if let RowEnd::Text(_) | RowEnd::Blank = choice.rows {
        let how = match &choice.rows {
            RowEnd::Text(text) => format!("`{text}`"),
            _ => "blank lines".to_owned(),
        };
        let cards = reading.drafts.len() + reading.rejected.len();
        reading.reports.push(format!("{cards} cards, separated by {how}"));
    }
    Ok(reading)
}

/// Says what parts the columns, where that is not what tables are written with.
pub(super) fn separators(choice: &Choice, reading: &mut Reading) {
    let text = match &choice.delimiter {
        Delimiter::Char('\t' | ',' | ';' | '|') => return,
        Delimiter::Char('\n') => "a line end".to_owned(),
        Delimiter::Gap('\t') => "tabs".to_owned(),
        Delimiter::Gap(_) => "several blanks".to_owned(),
        Delimiter::Parentheses => "parentheses".to_owned(),
        other => format!("`{}`", other.text()),
    };
    reading.reports.push(format!("{} columns, separated by {text}", choice.columns));
}

/// Returns the records of a text.
#[must_use]
pub fn records<'a>(text: &'a str, choice: &'a Choice) -> Box<dyn Source<'a> + 'a> {
    if choice.rows != RowEnd::Line {
        return Box::new(Cards::new(text, choice));
    }
    let columns = (choice.columns > 0).then_some(choice.columns);
    Box::new(Records::new(text, &choice.delimiter, columns))
}

/// A record as it came, with what it was.
type Raw<'a> = (Item, Vec<Cow<'a, str>>);

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
    // The first rows are kept until it is known what their columns hold.
    let mut head: Vec<Raw<'a>> = Vec::new();
    let mut fields = Vec::new();
    while head.len() < SAMPLE {
        let Some(item) = source.next(&mut fields) else { break };
        let is_comment = matches!(item, Item::Comment { .. });
        if is_comment || fields.iter().any(|field| !field.trim().is_empty()) {
            head.push((item, std::mem::take(&mut fields)));
        }
    }
    let found = if options.no_header { None } else { header_row(&head) };
    let mut width = choice.columns;
    let mut is_own = false;
    let mut names = known.names.clone();
    if let Some((at, found)) = found {
        let above: Vec<Raw<'a>> = head.drain(..=at).collect();
        for (item, fields) in &above[..at] {
            if let Item::Row { .. } = item {
                let cells: Vec<&str> =
                    fields.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
                reading
                    .reports
                    .push(format!("1 line above the header skipped: {}", cells.join(", ")));
            }
        }
        let cells: Vec<&str> = above[at].1.iter().map(|cell| cell.trim()).collect();
        let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        reading.reports.push(format!("skipped header: {}", cells[..filled].join(", ")));
        width = width.max(filled);
        is_own = cells == OWN;
        names = names.or(Some(found));
    }
    let mut known = Known { is_own: is_own || known.is_own, ..known.clone() };
    reading.cap_labels(&mut known.tags);
    let known = &known;
    width = width.max(names.as_ref().map_or(0, Vec::len));
    let is_row = |raw: &&Raw<'_>| matches!(raw.0, Item::Row { .. });
    let is_list = width == 2 && !choice.delimiter.is_certain();
    let mut headings = if known.is_own {
        Headings::off()
    } else {
        Headings::of(
            head.iter().filter(is_row).map(|(item, f)| (item.line(), f.as_slice())),
            is_list,
        )
    };
    let sample: Vec<&[Cow<'_, str>]> = head
        .iter()
        .filter(is_row)
        .map(|(_, fields)| fields.as_slice())
        .filter(|fields| known.is_own || fields.iter().filter(|f| !f.trim().is_empty()).count() > 1)
        .collect();
    let has_pleco_marks =
        sample.iter().any(|row| row.iter().any(|field| row::has_pleco_marks(field)));
    let is_numbered = !known.is_own
        && numbering::is_numbered(sample.iter().filter_map(|row| row.first()).map(Cow::as_ref));
    let twin = names.as_ref().filter(|_| options.columns.is_none()).and_then(twin);
    let halves: Vec<&[Cow<'_, str>]>;
    let (sample, width) = match twin {
        Some(half) => {
            names = names.map(|names| names[..half].to_vec());
            halves = sample.iter().map(|row| &row[..half.min(row.len())]).collect();
            (halves, half)
        }
        None => (sample, width),
    };
    let roles = match &options.columns {
        Some(columns) => {
            for side in [Field::Front, Field::Back] {
                if !columns.contains(&Column::Field(side)) {
                    let found =
                        format!("a table in which no column is named as the {}", side.name());
                    return Err(detect::no_deck(found));
                }
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

    // A list of Chinese words names its groups in lines that are comments elsewhere.
    let has_reading = roles.columns.contains(&Column::Field(crate::domain::Field::Reading));
    let names_groups = has_reading && !known.is_own;
    let mut rows = Rows::new(&roles, &choice.delimiter, known, is_numbered);
    rows.has_pleco_marks = has_pleco_marks;
    let lines = source.lines();
    reading.drafts.reserve_exact(lines);
    let mut comments = 0_u32;
    let mut head = head.into_iter();
    loop {
        let item = if let Some((item, record)) = head.next() {
            fields = record;
            item
        } else if let Some(item) = source.next(&mut fields) {
            item
        } else {
            break;
        };
        let line = item.line();
        if let Item::Comment { .. } = item {
            let group = fields.first().and_then(|text| text.strip_prefix("//"));
            let group = group.filter(|text| text.starts_with(char::is_alphanumeric));
            if let Some(group) = group.filter(|_| names_groups && fields.len() == 1) {
                headings.set_label(group);
                continue;
            }
            comments += 1;
            if fields.len() == choice.columns && choice.columns > 1 {
                let message = "starts with `#` or `//`, taken for a comment; put the term in \
                               quotes to keep it"
                    .to_owned();
                reading.warnings.push(Warning { line: line + known.lines_above, message });
            }
            continue;
        }
        if fields.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        if reading.drafts.len().is_multiple_of(STEP) {
            watch.at(Stage::Reading, line as usize, lines)?;
        }
        let line = line + known.lines_above;
        // Two lists side by side: each row holds a row of either.
        if let Some(half) = twin {
            let right = fields.split_off(half.min(fields.len()));
            for mut fields in [std::mem::take(&mut fields), right] {
                if fields.iter().any(|field| !field.trim().is_empty()) {
                    rows.push(line, &mut fields, headings.label(), reading);
                }
            }
            continue;
        }
        if !headings.take(line, &fields, reading) {
            rows.push(line, &mut fields, headings.label(), reading);
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
    headings.report(reading);
    rows.report(reading);
    Ok(())
}

/// Returns how many columns one of two lists has that stand side by side.
fn twin(names: &Names) -> Option<usize> {
    let half = names.len() / 2;
    let (left, right) = names.split_at(half);
    let is_twin = half >= 2 && left == right && left.iter().all(Option::is_some);
    is_twin.then_some(half)
}

/// Returns where the header is and what its names say: the first row, or one with
/// nothing but a title above it.
fn header_row(head: &[Raw<'_>]) -> Option<(usize, Names)> {
    // A number sign in front of the first name makes it look like a comment.
    if let Some((Item::Comment { .. }, fields)) = head.first()
        && fields.len() > 1
    {
        let mut cells: Vec<&str> = fields.iter().map(Cow::as_ref).collect();
        let bare = cells[0].trim_start_matches('#').trim();
        cells[0] = if bare.is_empty() { "#" } else { bare };
        if let Some(names) = header::names(&cells, None) {
            return Some((0, names));
        }
    }
    let is_row = |raw: &Raw<'_>| matches!(raw.0, Item::Row { .. });
    let rows = head.iter().enumerate().filter(|(_, raw)| is_row(raw)).map(|(at, raw)| (at, &raw.1));
    let mut rows = rows.take(12).peekable();
    while let Some((at, row)) = rows.next() {
        let next = rows.peek().map(|(_, row)| row.as_slice());
        if let Some(names) = header::names(row, next) {
            return Some((at, names));
        }
        let filled = row.iter().filter(|field| !field.trim().is_empty()).count();
        if filled > 1 && next.is_none_or(|next| next.len() < 3 || row.len() >= next.len()) {
            return None;
        }
    }
    None
}
