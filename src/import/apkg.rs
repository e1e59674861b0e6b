//! Packages and collections of Anki.

use super::{Format, ReadError, ReadOptions, Reading};
use crate::domain::watch::Watch;

/// Reads it.
///
/// # Errors
/// [`ReadError`] where nothing can be read.
pub fn read(
    _bytes: &[u8],
    _options: &ReadOptions,
    _watch: &dyn Watch,
) -> Result<Reading, ReadError> {
    Ok(Reading::new(Format::Apkg, ""))
}
