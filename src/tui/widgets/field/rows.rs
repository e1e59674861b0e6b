//! A text laid out in rows of cells, and the way between places in it and cells.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::safe;
use crate::tui::widgets::text::{self, may_break};

/// A row: the bytes of the text that it shows, its line break left out.
pub type Row = Range<usize>;

/// Returns the rows of a text, at least one; none is wider than `cells` but for a
/// blank that stands behind a full row.
pub fn of(text: &str, cells: usize) -> Vec<Row> {
    let cells = cells.max(2);
    let mut rows = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        wrap(line, start, cells, &mut rows);
        start += line.len() + 1;
    }
    rows
}

fn wrap(line: &str, offset: usize, cells: usize, rows: &mut Vec<Row>) {
    // The start of the row, its width so far; the last place where it may break and
    // the width up to there.
    let (mut start, mut used) = (0, 0);
    let (mut edge, mut edge_used) = (0, 0);
    let mut before = "";
    for (at, grapheme) in line.grapheme_indices(true) {
        let width = cells_of(grapheme);
        if at > start && may_break(before, grapheme) {
            (edge, edge_used) = (at, used);
        }
        // A blank may hang behind a full row. What is longer than a row breaks anywhere.
        while used + width > cells && !(grapheme == " " && used <= cells) && at > start {
            let (end, end_used) = if edge > start { (edge, edge_used) } else { (at, used) };
            rows.push(offset + start..offset + end);
            start = end;
            used -= end_used;
        }
        used += width;
        before = grapheme;
    }
    rows.push(offset + start..offset + line.len());
}

fn cells_of(grapheme: &str) -> usize {
    text::width(&safe::line(grapheme))
}

/// Returns the row and the column of a place. Where a row ends and the next one
/// goes on, the place belongs to the next one.
pub fn place(text: &str, rows: &[Row], place: usize) -> (usize, usize) {
    let row = rows.iter().rposition(|row| row.start <= place).unwrap_or(0);
    let start = rows.get(row).map_or(0, |row| row.start);
    (row, text[start..place].graphemes(true).map(cells_of).sum())
}

/// Returns the place in a row that stands nearest to a column, not beyond it.
pub fn at_column(text: &str, row: &Row, column: usize) -> usize {
    let mut used = 0;
    let mut last = row.start;
    for (at, grapheme) in text[row.clone()].grapheme_indices(true) {
        last = row.start + at;
        used += cells_of(grapheme);
        if used > column {
            return last;
        }
    }
    // Behind the last character of a row that goes on stands the next row.
    if text[row.end..].is_empty() || text[row.end..].starts_with('\n') { row.end } else { last }
}

/// Returns a row as it is drawn, harmless.
pub fn shown(text: &str, row: &Row) -> String {
    text[row.clone()].graphemes(true).map(safe::line).collect()
}
