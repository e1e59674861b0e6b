//! The interchange document as JSON.

use std::fmt::Write as _;

use serde::Serialize;

use crate::domain::interchange::Document;
use crate::domain::safe;

/// Returns a document as JSON, one row a line, the same text for the same document.
///
/// Controls and other invisible marks are written as `\uXXXX`, so that the file can be
/// shown on a terminal and reads back unchanged.
#[must_use]
pub fn json(document: &Document) -> String {
    let mut out = format!("{{\"termdeck\":{}", document.termdeck);
    list(&mut out, "decks", &document.decks);
    list(&mut out, "notes", &document.notes);
    list(&mut out, "cards", &document.cards);
    list(&mut out, "events", &document.events);
    out.push_str("}\n");
    out
}

fn list<T: Serialize>(out: &mut String, name: &str, rows: &[T]) {
    // Writing to a string cannot fail.
    let _ = write!(out, ",\n\"{name}\":[");
    for (at, row) in rows.iter().enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        // Rows have text keys and finite numbers, so they always have a JSON form.
        let row = serde_json::to_string(row).unwrap_or_default();
        push_escaped(out, &row);
    }
    out.push_str(if rows.is_empty() { "]" } else { "\n]" });
}

/// Adds JSON text; such characters stand only within its strings.
fn push_escaped(out: &mut String, json: &str) {
    let mut rest = json;
    let is_hidden = |c: char| c == '\u{7f}' || safe::is_invisible(c);
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| is_hidden(*c)) {
        out.push_str(&rest[..at]);
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
        rest = &rest[at + c.len_utf8()..];
    }
    out.push_str(rest);
}
