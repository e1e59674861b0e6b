//! Cells of foreign tables: whatever type they have, something is read.

use rusqlite::Row;
use rusqlite::types::ValueRef;

/// Returns a number; 0 for what is none.
pub(super) fn number(row: &Row<'_>, column: usize) -> i64 {
    match row.get_ref(column) {
        Ok(ValueRef::Integer(number)) => number,
        // A cast from a float stops at the ends of the range.
        Ok(ValueRef::Real(number)) => number as i64,
        Ok(ValueRef::Text(text)) => {
            std::str::from_utf8(text).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0)
        }
        _ => 0,
    }
}

/// Returns text; empty for NULL.
pub(super) fn text(row: &Row<'_>, column: usize) -> String {
    match row.get_ref(column) {
        Ok(ValueRef::Text(bytes) | ValueRef::Blob(bytes)) => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        Ok(ValueRef::Integer(number)) => number.to_string(),
        Ok(ValueRef::Real(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// Returns bytes; none for what holds none.
pub(super) fn bytes(row: &Row<'_>, column: usize) -> Vec<u8> {
    match row.get_ref(column) {
        Ok(ValueRef::Text(bytes) | ValueRef::Blob(bytes)) => bytes.to_vec(),
        _ => Vec::new(),
    }
}
