//! Markdown: one table, its columns those that hold anything.

use super::Row;
use super::table::labels;
use crate::domain::Field;

/// Returns rows as a table in Markdown.
///
/// A line end is written as `<br>`, and marks of Markdown get a backslash, so that the
/// table looks right and reads back as it was.
#[must_use]
pub fn markdown<'a>(rows: impl IntoIterator<Item = &'a Row> + Clone) -> String {
    let is_used = |field: &Field| match field {
        Field::Front | Field::Back => true,
        Field::Tags => rows.clone().into_iter().any(|row| !row.fields.tags.is_empty()),
        other => rows.clone().into_iter().any(|row| !row.fields.plain(*other).is_empty()),
    };
    let fields: Vec<Field> = Field::ALL.into_iter().filter(is_used).collect();
    let mut out = String::from("|");
    for name in fields.iter().map(|field| field.name()).chain(["deck", "id"]) {
        out.push(' ');
        out.push_str(name);
        out.push_str(" |");
    }
    out.push_str("\n|");
    out.push_str(&" --- |".repeat(fields.len() + 2));
    out.push('\n');
    for row in rows {
        out.push('|');
        for field in &fields {
            match field {
                Field::Tags => cell(&mut out, &labels(&row.fields.tags)),
                other => cell(&mut out, row.fields.plain(*other)),
            }
        }
        cell(&mut out, &row.deck);
        cell(&mut out, &row.uid.to_string());
        out.push('\n');
    }
    out
}

/// Writes a cell and the bar behind it.
fn cell(out: &mut String, text: &str) {
    out.push(' ');
    for c in text.chars() {
        match c {
            '\n' => out.push_str("<br>"),
            '\\' | '|' | '<' | '*' | '_' | '`' | '[' | '&' | '~' => {
                out.push('\\');
                out.push(c);
            }
            other => out.push(other),
        }
    }
    out.push_str(" |");
}
