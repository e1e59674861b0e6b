//! What happened to the cards of a note.

use crate::domain::{Slot, State, Uid};
use crate::session::history::{Entry, history};

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

impl App {
    /// Returns the cards of a note with their histories; none where the note is gone.
    ///
    /// # Errors
    /// The store.
    pub fn histories(&self, note: Uid) -> Result<Vec<CardHistory>> {
        self.store.view(|store| {
            let Some(note) = store.note_by_uid(note)? else { return Ok(Vec::new()) };
            let decks = Decks::load(store, &self.config.deck)?;
            let mut histories = Vec::new();
            for card in store.cards_of(note.key)? {
                let past = history(&store.log_of(card.key)?, decks.engine(card.deck));
                let (slot, state) = (card.slot, card.state);
                histories.push(CardHistory { card: card.uid, slot, state, past });
            }
            Ok(histories)
        })
    }
}
