//! How much is taken out of a database that somebody else wrote.

use rusqlite::Row;

use crate::import::ReadError;

use super::cell;

/// The most rows that are taken, of all tables together.
const MAX_ROWS: usize = 10_000_000;

/// A text in UTF-16, or one with damaged bytes, is at most so many times as long in UTF-8.
const GROWTH: usize = 3;

/// What may still be taken: a default value of a column gives every row a text that
/// the file holds once.
#[derive(Debug)]
pub(super) struct Budget {
    rows: usize,
    bytes: usize,
}

impl Budget {
    /// Returns what may be taken out of a database of so many bytes.
    pub const fn of(database: usize) -> Self {
        Self { rows: MAX_ROWS, bytes: database.saturating_mul(GROWTH) }
    }

    /// Counts a row.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] where it is one too many.
    pub fn row(&mut self) -> Result<(), ReadError> {
        let what = || ReadError::Damaged(format!("it has more than {MAX_ROWS} rows"));
        self.rows = self.rows.checked_sub(1).ok_or_else(what)?;
        Ok(())
    }

    /// Returns a text and counts its bytes.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] where there are too many.
    pub fn text(&mut self, row: &Row<'_>, column: usize) -> Result<String, ReadError> {
        let text = cell::text(row, column);
        self.bytes(text.len())?;
        Ok(text)
    }

    /// Counts bytes.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] where they are too many.
    pub fn bytes(&mut self, bytes: usize) -> Result<(), ReadError> {
        let what = || ReadError::Damaged("it holds more text than it has room for".to_owned());
        self.bytes = self.bytes.checked_sub(bytes).ok_or_else(what)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_bytes_come_to_an_end() {
        let mut budget = Budget { rows: 2, ..Budget::of(10) };
        assert_eq!((budget.row(), budget.row(), budget.bytes(30)), (Ok(()), Ok(()), Ok(())));
        let error = budget.row().unwrap_err().to_string();
        assert_eq!(error, "the file is damaged: it has more than 10000000 rows");
        let error = budget.bytes(1).unwrap_err().to_string();
        assert_eq!(error, "the file is damaged: it holds more text than it has room for");
    }
}
