//! Bilingual articles and free lists of terms.

use super::{ReadError, ReadOptions, Reading};

/// Reads a bilingual text into pairs.
///
/// # Errors
/// [`ReadError::NoDeck`] where no pair is found.
pub fn read(_text: &str, _options: &ReadOptions) -> Result<Reading, ReadError> {
    Err(ReadError::NoDeck {
        found: "text without pairs".into(),
        looked_for: "two languages in turn".into(),
    })
}

/// Whether `text` is worth reading as an article.
#[must_use]
pub fn looks_like(_text: &str) -> bool {
    false
}

/// Returns how much `text` looks like an article, 0 to 100.
#[must_use]
pub fn score(_text: &str) -> u8 {
    0
}
