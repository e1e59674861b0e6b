//! Anki's text export: rows with directives such as `#separator:tab` on top.
//!
//! Directives are taken in any case, and as a spreadsheet leaves them behind: in
//! quotes, padded with delimiters.

#[cfg(test)]
mod tests;

use super::delimited::{self, Known, choose, header};
use super::detect::{self, Ending};
use super::{Column, Format, ReadError, ReadOptions, Reading, Warning};
use crate::domain::watch::Watch;
use crate::domain::{DeckName, Field};

/// The directives, and what comes behind each.
const DIRECTIVES: &[&str] = &[
    "separator",
    "html",
    "tags",
    "columns",
    "notetype",
    "deck",
    "notetype column",
    "deck column",
    "tags column",
    "guid column",
    "if matches",
];

/// Whether `text` starts with a directive.
#[must_use]
pub fn has_directives(text: &str) -> bool {
    text.lines()
        .map_while(|line| {
            let line = line.trim_start();
            (line.is_empty() || line.starts_with(['#', '"'])).then_some(line)
        })
        .take(50)
        .any(|line| directive(line).is_some())
        || old_tags(text.lines().next().unwrap_or_default()).is_some()
}

/// Reads the name and the value of a directive.
fn directive(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim_start_matches(['"', ' ']);
    let body = line.strip_prefix('#')?;
    let (name, value) = body.split_once(':')?;
    let known = DIRECTIVES.iter().find(|known| known.eq_ignore_ascii_case(name.trim()))?;
    Some((known, value))
}

/// Returns the labels of a first line `tags: a b`, as old versions of Anki wrote it.
fn old_tags(line: &str) -> Option<&str> {
    let tags = line.get(..5).filter(|head| head.eq_ignore_ascii_case("tags:"))?;
    let value = &line[tags.len()..];
    (!value.contains('\t')).then_some(value.trim())
}

/// Returns a value without the quotes and the delimiters that a spreadsheet adds.
fn trimmed(value: &str) -> &str {
    value.trim_end_matches([',', ';', '\t', ' ', '"']).trim_matches(['"', ' '])
}

/// Reads an export of Anki's.
///
/// # Errors
/// [`ReadError::NoDeck`] where the rows have no two columns of text.
pub fn read(text: &str, options: &ReadOptions, watch: &dyn Watch) -> Result<Reading, ReadError> {
    let mut reading = Reading::new(Format::AnkiText, "");
    let mut known = Known { html: true, ..Known::default() };
    let mut separator = None;
    let mut columns = None;
    let mut body = text;
    while !body.is_empty() {
        let (line, rest) = body.split_once('\n').unwrap_or((body, ""));
        if known.lines_above == 0
            && let Some(tags) = old_tags(line)
        {
            known.tags.extend(tags.split_whitespace().map(str::to_owned));
            known.lines_above += 1;
            body = rest;
            continue;
        }
        let is_padding = trimmed(line).is_empty();
        let Some((name, raw)) = directive(line) else {
            if !is_padding && !line.starts_with('#') {
                break;
            }
            // A term that starts with `#` is a comment to Anki too, but has columns.
            if line.contains('\t') && !is_padding {
                break;
            }
            known.lines_above += 1;
            body = rest;
            continue;
        };
        known.lines_above += 1;
        body = rest;
        let value = trimmed(raw);
        match name {
            "separator" => separator = separator_of(raw),
            "html" => known.html = !value.eq_ignore_ascii_case("false"),
            "tags" => known.tags.extend(value.split_whitespace().map(str::to_owned)),
            "columns" => columns = Some((raw, known.lines_above)),
            "deck" => match value.parse::<DeckName>() {
                Ok(deck) => reading.deck = Some(deck.as_str().to_owned()),
                Err(bad) => reading
                    .warnings
                    .push(Warning { line: known.lines_above, message: bad.to_string() }),
            },
            "notetype column" => fix(&mut known, value, Column::Ignore),
            "deck column" => fix(&mut known, value, Column::Deck),
            "tags column" => fix(&mut known, value, Column::Field(Field::Tags)),
            "guid column" => fix(&mut known, value, Column::Id),
            _ => {}
        }
    }
    let options =
        ReadOptions { delimiter: options.delimiter.clone().or(separator), ..options.clone() };
    if body.trim().is_empty() {
        return Err(detect::no_deck("directives of Anki without a row behind them"));
    }
    let choice = choose(body, Ending::Table, &options)
        .ok_or_else(|| detect::no_deck("Anki's text export without columns"))?;
    if let Some((raw, _)) = columns {
        let delimiter = choice.delimiter.text();
        known.names = Some(names(raw, delimiter.as_ref()));
    }
    let mut records = delimited::records(body, &choice);
    delimited::table(records.as_mut(), &choice, &options, &known, &mut reading, watch)?;
    Ok(reading)
}

/// Says that the column with this 1-based number holds `column`.
fn fix(known: &mut Known, number: &str, column: Column) {
    if let Some(at) = number.trim().parse::<usize>().ok().and_then(|n| n.checked_sub(1)) {
        known.fixed.push((at, column));
    }
}

fn separator_of(value: &str) -> Option<String> {
    let name = trimmed(value).to_ascii_lowercase();
    let text = match name.as_str() {
        "tab" | "\\t" => "\t",
        "comma" => ",",
        "semicolon" => ";",
        "space" => " ",
        "pipe" => "|",
        "colon" => ":",
        // The character itself, which trimming may have taken away.
        "" => value.trim_matches(['"', ' ']).get(..1).or(value.get(..1))?,
        other => other,
    };
    Some(text.to_owned())
}

/// Returns the names of `#columns:`; the first two unknown ones are the sides.
fn names(raw: &str, delimiter: &str) -> header::Names {
    let raw = raw.trim_end_matches('"').trim_start_matches(['"', ' ']);
    let cells: Vec<&str> = raw.split(delimiter).map(|cell| cell.trim().trim_matches('"')).collect();
    let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    cells[..filled].iter().map(|cell| header::name(cell)).collect()
}
