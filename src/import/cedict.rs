//! CC-CEDICT and dictionaries of the same form.

use super::{Format, ReadError, Reading};
use crate::domain::watch::Watch;

/// Whether a text is of this form.
#[must_use]
pub fn looks_like(_text: &str) -> bool {
    false
}

/// Reads it.
///
/// # Errors
/// [`ReadError`] where nothing can be read.
pub fn read(_text: &str, _watch: &dyn Watch) -> Result<Reading, ReadError> {
    Ok(Reading::new(Format::Cedict, ""))
}
