//! Cards and notes by the ids that people and scripts give.

use crate::domain::Uid;
use crate::error::Error;
use crate::store::{Card, ImportRow, Note};

use super::{App, Result};

/// Digits from which a prefix is taken.
const MIN_DIGITS: usize = 8;

fn range(what: &'static str, id: &str) -> Result<(Uid, Uid)> {
    let digits = id.trim().to_ascii_lowercase();
    if digits.len() < MIN_DIGITS && Uid::range(&digits).is_some() {
        return Err(Error::Invalid(format!(
            "`{id}` is too short to name one {what}: give {MIN_DIGITS} digits or more"
        )));
    }
    Uid::range(&digits).ok_or_else(|| Error::NotFound { what, id: id.to_owned() })
}

fn single<T>(what: &'static str, id: &str, mut found: Vec<T>) -> Result<T> {
    match (found.pop(), found.pop()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(Error::NotFound { what, id: id.to_owned() }),
        (Some(_), Some(_)) => Err(Error::Ambiguous { what, id: id.to_owned() }),
    }
}

impl App {
    /// Returns the card that `id` names: all digits, or the first eight or more.
    pub(super) fn find_card(&self, id: &str) -> Result<Card> {
        let (low, high) = range("card", id)?;
        single("card", id, self.store.cards_between(low, high, false)?)
    }

    /// Returns the note that `id` names: all digits, or the first eight or more.
    pub(super) fn find_note(&self, id: &str) -> Result<Note> {
        let (low, high) = range("note", id)?;
        single("note", id, self.store.notes_between(low, high)?)
    }

    /// Returns the import that `id` names: all digits, or the first eight or more.
    pub(super) fn find_import(&self, id: &str) -> Result<ImportRow> {
        let (low, high) = range("import", id)?;
        single("import", id, self.store.imports_between(low, high)?)
    }

    /// Returns the id of the card that `id` names.
    ///
    /// # Errors
    /// None or several fit.
    pub fn card_id(&self, id: &str) -> Result<Uid> {
        Ok(self.find_card(id)?.uid)
    }

    /// Returns the id of the note that `id` names.
    ///
    /// # Errors
    /// None or several fit.
    pub fn note_id(&self, id: &str) -> Result<Uid> {
        Ok(self.find_note(id)?.uid)
    }
}
