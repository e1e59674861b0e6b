//! Workbooks: XLSX and ODS.

use super::{Format, ReadError, ReadOptions, Reading};
use crate::domain::watch::Watch;

/// Reads it.
///
/// # Errors
/// [`ReadError`] where nothing can be read.
pub fn read(
    _bytes: &[u8],
    format: Format,
    _options: &ReadOptions,
    _watch: &dyn Watch,
) -> Result<Reading, ReadError> {
    Ok(Reading::new(format, ""))
}
