//! The vocabulary builder of a Kindle.

use super::{Format, ReadError, Reading};
use crate::domain::watch::Watch;

/// Reads it.
///
/// # Errors
/// [`ReadError`] where nothing can be read.
pub fn read(_bytes: &[u8], _watch: &dyn Watch) -> Result<Reading, ReadError> {
    Ok(Reading::new(Format::Kindle, ""))
}
