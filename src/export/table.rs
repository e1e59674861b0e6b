//! TSV and CSV with a header: `front back reading note example source tags deck id`.

use std::fmt::Write as _;

use super::Row;
use crate::domain::Field;

/// The columns, from the left. A reader that finds just these takes fields as they stand.
pub(super) const COLUMNS: [&str; 9] =
    ["front", "back", "reading", "note", "example", "source", "tags", "deck", "id"];

/// Returns rows separated by tabs. A field with a tab, a quote or a line end is quoted.
#[must_use]
pub fn tsv<'a>(rows: impl IntoIterator<Item = &'a Row>) -> String {
    table(rows, '\t', "\n", false)
}

/// Returns rows separated by commas, with CR LF as RFC 4180 has it.
///
/// With `spreadsheet`, a field that a spreadsheet would take for a formula (`=`, `+`, `-`
/// or `@` first) gets an apostrophe in front; such a field does not read back as it was.
#[must_use]
pub fn csv<'a>(rows: impl IntoIterator<Item = &'a Row>, spreadsheet: bool) -> String {
    table(rows, ',', "\r\n", spreadsheet)
}

fn table<'a>(
    rows: impl IntoIterator<Item = &'a Row>,
    delimiter: char,
    line_end: &str,
    spreadsheet: bool,
) -> String {
    let mut out = String::new();
    for (at, name) in COLUMNS.iter().enumerate() {
        if at > 0 {
            out.push(delimiter);
        }
        out.push_str(name);
    }
    out.push_str(line_end);
    for row in rows {
        for field in Field::ALL {
            if field == Field::Tags {
                // Blanks separate labels, so a label has none.
                let tags: Vec<String> = row
                    .fields
                    .tags
                    .iter()
                    .map(|tag| tag.replace(char::is_whitespace, "_"))
                    .collect();
                cell(&mut out, &tags.join(" "), delimiter, spreadsheet);
            } else {
                cell(&mut out, row.fields.plain(field), delimiter, spreadsheet);
            }
            out.push(delimiter);
        }
        cell(&mut out, &row.deck, delimiter, spreadsheet);
        out.push(delimiter);
        // Writing to a string cannot fail.
        let _ = write!(out, "{}", row.uid);
        out.push_str(line_end);
    }
    out
}

/// Writes a cell, in quotes where it needs them.
pub(super) fn cell(out: &mut String, text: &str, delimiter: char, spreadsheet: bool) {
    let is_formula = spreadsheet && text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    // `#` and `//` start a comment.
    let needs_quotes = is_formula
        || text.contains(['"', '\n', '\r', delimiter])
        || text.starts_with(['#', ' '])
        || text.starts_with("//")
        || text.ends_with(' ');
    if !needs_quotes {
        out.push_str(text);
        return;
    }
    out.push('"');
    if is_formula {
        out.push('\'');
    }
    for part in text.split_inclusive('"') {
        out.push_str(part);
        if part.ends_with('"') {
            out.push('"');
        }
    }
    out.push('"');
}

/// Returns labels separated by blanks; one within a label is written as a blank that does
/// not break.
pub(super) fn labels(tags: &[String]) -> String {
    let labels: Vec<String> = tags.iter().map(|tag| tag.replace(' ', "\u{a0}")).collect();
    labels.join(" ")
}
