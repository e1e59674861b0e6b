//! What happened to the cards of a note.

use crate::domain::{Slot, State, Uid};
use crate::session::history::{Entry, history};
use crate::store::{Card, Store};

use super::decks::Decks;
use super::{App, Result};

/// A card with its history.
#[derive(Clone, Debug, PartialEq)]
pub struct CardHistory {
    /// The card.
    pub card: Uid,
    /// Which card of its note it is.
    pub slot: Slot,
    /// Its state.
    pub state: State,
    /// What happened to it, oldest first; what was taken back is left out.
    pub past: Vec<Entry>,
}

impl CardHistory {
    pub(super) fn of(store: &Store, decks: &Decks, card: &Card) -> Result<Self> {
        let past = history(&store.log_of(card.key)?, decks.engine(card.deck));
        Ok(Self { card: card.uid, slot: card.slot, state: card.state, past })
    }
}

impl App {
    /// Returns the cards of a note with their histories; none where the note is gone.
    ///
    /// # Errors
    /// The store.
    pub fn histories(&self, note: Uid) -> Result<Vec<CardHistory>> {
        self.store.view(|store| {
            let Some(note) = store.note_by_uid(note)? else { return Ok(Vec::new()) };
            let decks = Decks::load(store, &self.config.deck)?;
            let cards = store.cards_of(note.key)?;
            cards.iter().map(|card| CardHistory::of(store, &decks, card)).collect()
        })
    }
}
