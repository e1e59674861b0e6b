//! Tables and lists in Markdown, and Org tables.

use super::{Format, ReadError, ReadOptions, Reading};

/// Whether a text is of this form.
#[must_use]
pub fn looks_like(_text: &str) -> bool {
    false
}

/// Reads it.
///
/// # Errors
/// [`ReadError`] where nothing can be read.
pub fn read(_text: &str, _options: &ReadOptions) -> Result<Reading, ReadError> {
    Ok(Reading::new(Format::Markdown, ""))
}
