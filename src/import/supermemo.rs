//! Questions and answers as SuperMemo writes them.

use super::{Format, ReadError, Reading};

/// Whether a text is of this form.
#[must_use]
pub fn looks_like(_text: &str) -> bool {
    false
}

/// Reads it.
///
/// # Errors
/// [`ReadError`] where nothing can be read.
pub fn read(_text: &str) -> Result<Reading, ReadError> {
    Ok(Reading::new(Format::Supermemo, ""))
}
