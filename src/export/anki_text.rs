//! Anki's text format: rows separated by tabs, with directives on top.

use std::fmt::Write as _;

use super::Row;
use super::table::{COLUMNS, cell, labels};
use crate::domain::Field;

/// Returns rows as Anki imports them, decks, tags and ids included.
///
/// Blanks separate tags; one within a tag is written as a blank that does not break.
#[must_use]
pub fn anki_text<'a>(rows: impl IntoIterator<Item = &'a Row>) -> String {
    let place =
        |name: &str| COLUMNS.iter().position(|column| *column == name).map_or(0, |at| at + 1);
    let mut out = String::from("#separator:tab\n#html:false\n");
    for (directive, column) in [("tags", "tags"), ("deck", "deck"), ("guid", "id")] {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "#{directive} column:{}", place(column));
    }
    out.push_str("#columns:");
    out.push_str(&COLUMNS.join("\t"));
    out.push('\n');
    for row in rows {
        for field in Field::ALL {
            match field {
                Field::Tags => cell(&mut out, &labels(&row.fields.tags), '\t', false),
                other => cell(&mut out, row.fields.plain(other), '\t', false),
            }
            out.push('\t');
        }
        cell(&mut out, &row.deck, '\t', false);
        out.push('\t');
        out.push_str(&row.uid.to_string());
        out.push('\n');
    }
    out
}
