//! Anki's text export: rows with directives such as `#separator:tab` on top.
//!
//! Directives are taken in any case, and as a spreadsheet leaves them behind: in
//! quotes, padded with delimiters.

#[cfg(test)]
mod tests;

use super::delimited::{self, Choice, Known, choose, header};
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
    let body = directive_body(line)?;
    let (name, value) = body.split_once(':')?;
    let known = DIRECTIVES.iter().find(|known| known.eq_ignore_ascii_case(name.trim()))?;
    Some((known, value))
}

/// Returns what stands behind the `#` of a line that may be a directive.
///
/// A spreadsheet puts the whole of it in quotes; a term in quotes has a column behind it.
fn directive_body(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(' ');
    if let Some(inner) = line.strip_prefix('"') {
        let mut end = inner.find('"')?;
        while inner[end + 1..].starts_with('"') {
            end += 2 + inner[end + 2..].find('"')?;
        }
        return inner.strip_prefix('#').filter(|_| trimmed(&inner[end + 1..]).is_empty());
    }
    line.strip_prefix('#')
}

/// Returns the name of what is written like a directive but is none.
fn unknown(line: &str) -> Option<&str> {
    let (name, _) = directive_body(line)?.split_once(':')?;
    let is_name = !name.trim().is_empty()
        && !name.starts_with(' ')
        && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ')
        && name.split(' ').count() <= 3;
    is_name.then_some(name)
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
        // An odd quote opens a field that goes on below.
        let is_padding = trimmed(line).is_empty() && line.matches('"').count() % 2 == 0;
        let Some((name, raw)) = directive(line) else {
            if !is_padding && !line.starts_with('#') {
                break;
            }
            // A term that starts with `#` is a comment to Anki too, but has columns.
            if line.contains('\t') && !is_padding {
                break;
            }
            known.lines_above += 1;
            if let Some(name) = unknown(line) {
                let message = format!("`#{name}:` is no directive that is known; passed over");
                reading.warnings.push(Warning { line: known.lines_above, message });
            }
            body = rest;
            continue;
        };
        known.lines_above += 1;
        body = rest;
        let value = trimmed(raw);
        match name {
            "separator" => separator = separator_of(raw),
            "html" if value.eq_ignore_ascii_case("false") => known.html = false,
            "html" if value.eq_ignore_ascii_case("true") => known.html = true,
            "html" => {
                let message = format!("`#html:{value}` is neither true nor false; passed over");
                reading.warnings.push(Warning { line: known.lines_above, message });
            }
            "tags" => known.tags.extend(value.split_whitespace().map(str::to_owned)),
            "columns" => columns = Some((raw, known.lines_above)),
            "deck" => match value.parse::<DeckName>() {
                Ok(deck) => reading.deck = Some(deck.as_str().to_owned()),
                Err(bad) => reading
                    .warnings
                    .push(Warning { line: known.lines_above, message: bad.to_string() }),
            },
            "notetype column" => fix(&mut known, name, value, Column::Ignore, &mut reading),
            "deck column" => fix(&mut known, name, value, Column::Deck, &mut reading),
            "tags column" => fix(&mut known, name, value, Column::Field(Field::Tags), &mut reading),
            "guid column" => fix(&mut known, name, value, Column::Id, &mut reading),
            _ => {}
        }
    }
    if body.trim().is_empty() {
        return Err(detect::no_deck("directives of Anki without a row behind them"));
    }
    let choice = match separator.filter(|_| options.delimiter.is_none()) {
        Some(separator) => Choice::said(body, &separator),
        None => choose(body, Ending::Table, options)
            .ok_or_else(|| detect::no_deck("Anki's text export without columns"))?,
    };
    if let Some((raw, _)) = columns {
        let delimiter = choice.delimiter.text();
        let cells = cells(raw, delimiter.as_ref());
        known.is_own = cells == delimited::OWN;
        known.has_hard_blanks = known.is_own;
        known.names = Some(cells.iter().map(|cell| header::name(cell)).collect());
    }
    let mut records = delimited::records(body, &choice);
    delimited::table(records.as_mut(), &choice, options, &known, &mut reading, watch)?;
    Ok(reading)
}

/// Says that the column with this 1-based number holds `column`.
fn fix(known: &mut Known, name: &str, number: &str, column: Column, reading: &mut Reading) {
    let place = number.trim().parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    if let Some(at) = place {
        known.fixed.push((at, column));
    } else {
        let message = format!("`#{name}:{number}` names no column; passed over");
        reading.warnings.push(Warning { line: known.lines_above, message });
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

/// Returns the names of `#columns:`.
fn cells<'a>(raw: &'a str, delimiter: &str) -> Vec<&'a str> {
    let raw = raw.trim_end_matches('"').trim_start_matches(['"', ' ']);
    let mut cells: Vec<&str> =
        raw.split(delimiter).map(|cell| cell.trim().trim_matches('"')).collect();
    let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    cells.truncate(filled);
    cells
}
