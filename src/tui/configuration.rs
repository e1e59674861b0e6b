//! The configuration file with everything in it judged, the keys of screens too.

use std::path::Path;

use super::keymap::Keys;
use crate::config::{Config, Fault, read, save};
use crate::error::Error;

/// Returns what holds of the text of the file at `path`, and all that is wrong with it,
/// the settings before the keys. What is wrong has its default.
#[must_use]
pub fn judged(path: &Path, text: &str) -> (Config, Vec<Error>) {
    let (config, faults) = Config::parse(text);
    let faults = faults.into_iter().chain(Keys::new(&config.keys).1);
    let errors = faults.map(|fault| fault.in_file(path)).collect();
    (config, errors)
}

/// Returns the same of a file; one that cannot be read says nothing.
#[must_use]
pub fn load(path: &Path) -> (Config, Vec<Error>) {
    match read(path) {
        Ok(text) => judged(path, &text),
        Err(error) => (Config::default(), vec![error]),
    }
}

/// Changes the text of the file, unless keys would then be wrong that are not so now.
///
/// # Errors
/// A change that cannot be, or a file that cannot be read or written; it is then as it
/// was.
pub fn change(path: &Path, edit: impl FnOnce(&str) -> Result<String, Fault>) -> Result<(), Error> {
    let text = read(path)?;
    let new = edit(&text).map_err(|fault| fault.in_file(path))?;
    if let Some(fault) = Keys::new_fault(&text, &new) {
        return Err(Error::Invalid(fault.what));
    }
    save(path, &new)
}
