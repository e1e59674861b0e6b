//! The filled cells of a sheet as text, kept small: one text for all cells.

use crate::import::draft::without_controls;
use crate::import::{ReadError, Reading};

/// The most columns of a sheet that are looked at.
pub(super) const MAX_COLUMNS: usize = 256;

/// The most rows of a sheet, as spreadsheets have them.
pub(super) const MAX_ROWS: u32 = 1 << 20;

/// The most sheets of a workbook that are looked at.
pub(super) const MAX_SHEETS: usize = 1000;

/// The most cells of a workbook, empty ones between filled ones too.
const MAX_CELLS: usize = 20_000_000;

/// The most text of a workbook, in bytes: a cell may stand for a long text elsewhere.
const MAX_TEXT: usize = 512 << 20;

/// How much is still taken from a workbook, and what was not.
#[derive(Debug)]
pub(super) struct Budget {
    pub cells: usize,
    pub text: usize,
    /// Cells beyond the last column that is looked at, or out of order.
    pub left_out: usize,
    /// Cells that show an error.
    pub errors: usize,
    /// Control characters in cells.
    pub controls: usize,
    /// Sheets beyond the last that is looked at.
    pub sheets: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { cells: MAX_CELLS, text: MAX_TEXT, left_out: 0, errors: 0, controls: 0, sheets: 0 }
    }
}

impl Budget {
    /// Counts so many cells with so many bytes of text.
    fn take(&mut self, cells: usize, text: usize) -> Result<(), ReadError> {
        let exhausted = || ReadError::Bomb { most: MAX_TEXT as u64 };
        self.cells = self.cells.checked_sub(cells).ok_or_else(exhausted)?;
        self.text = self.text.checked_sub(text).ok_or_else(exhausted)?;
        Ok(())
    }

    pub(super) fn report(&self, reading: &mut Reading) {
        reading.count(
            self.sheets,
            &format!("sheet left out: more than {MAX_SHEETS}"),
            &format!("sheets left out: more than {MAX_SHEETS}"),
        );
        reading.count(
            self.left_out,
            "cell far to the right left out",
            "cells far to the right left out",
        );
        reading.count(
            self.errors,
            "cell with an error taken as empty",
            "cells with an error taken as empty",
        );
        reading.count(self.controls, "control character removed", "control characters removed");
    }
}

/// Texts one behind the other.
#[derive(Debug, Default)]
pub(super) struct Texts {
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Texts {
    /// Adds a text.
    pub(super) fn push(&mut self, text: &str, budget: &mut Budget) -> Result<(), ReadError> {
        budget.take(1, text.len())?;
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        Ok(())
    }

    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)?;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start as usize..end as usize)
    }
}

/// A sheet.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Its name.
    pub name: String,
    cells: Texts,
    /// For each filled row its 1-based number, and its first cell.
    rows: Vec<(u32, usize)>,
}

impl Sheet {
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Adds a filled cell behind those that are there: rows and columns count from 0.
    pub(super) fn push(
        &mut self,
        (row, column): (u32, usize),
        value: &str,
        budget: &mut Budget,
    ) -> Result<(), ReadError> {
        let value = value.trim();
        if value.is_empty() {
            return Ok(());
        }
        let line = row.saturating_add(1);
        if self.rows.last().is_none_or(|(last, _)| *last < line) {
            self.rows.push((line, self.cells.ends.len()));
        }
        let (last, first) = self.rows.last().copied().unwrap_or_default();
        let filled = self.cells.ends.len() - first;
        if last != line || column >= MAX_COLUMNS || column < filled {
            budget.left_out += 1;
            return Ok(());
        }
        let (value, controls) = without_controls(value);
        budget.controls += controls;
        budget.take(column - filled, 0)?;
        let end = self.cells.text.len() as u32;
        self.cells.ends.extend(std::iter::repeat_n(end, column - filled));
        self.cells.push(&value, budget)
    }

    /// Returns how many filled rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Returns the number that a filled row has in the sheet, from 1.
    pub(super) fn line(&self, row: usize) -> u32 {
        self.rows.get(row).map_or(0, |(line, _)| *line)
    }

    /// Returns the cells of a filled row up to its last filled one.
    pub(super) fn cells(&self, row: usize) -> impl Iterator<Item = &str> {
        let all = self.cells.ends.len();
        let first = self.rows.get(row).map_or(all, |(_, first)| *first);
        let past = self.rows.get(row + 1).map_or(all, |(_, first)| *first);
        (first..past).map(|at| self.cells.get(at).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_where_they_were() {
        let (mut sheet, mut budget) = (Sheet::new("x"), Budget::default());
        for (place, value) in [
            ((1, 1), "a"),
            ((1, 3), " b\u{0} "),
            ((4, 0), "c"),
            ((4, 0), "again"),
            ((2, 0), "late"),
            ((5, 999), "far"),
        ] {
            sheet.push(place, value, &mut budget).unwrap();
        }
        let rows: Vec<(u32, Vec<&str>)> =
            (0..sheet.len()).map(|row| (sheet.line(row), sheet.cells(row).collect())).collect();
        assert_eq!(rows[..2], [(2, vec!["", "a", "", "b"]), (5, vec!["c"])]);
        assert_eq!((budget.left_out, budget.controls), (3, 1));
        assert_eq!(sheet.cells(sheet.len()).count(), 0);
    }

    #[test]
    fn a_workbook_has_only_so_much_text() {
        let mut sheet = Sheet::new("x");
        let mut budget = Budget { text: 1 << 20, ..Budget::default() };
        let text = "x".repeat(60_000);
        let bomb =
            (0..MAX_ROWS).map(|row| sheet.push((row, 0), &text, &mut budget)).find(Result::is_err);
        assert!(matches!(bomb, Some(Err(ReadError::Bomb { .. }))));
    }
}
