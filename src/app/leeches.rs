//! The cards that keep being forgotten.

use std::cmp::Reverse;

use crate::domain::{DeckName, Uid};

use super::decks::Decks;
use super::history::CardHistory;
use super::review::sides;
use super::{App, Result};

/// A card that keeps being forgotten.
#[derive(Clone, Debug, PartialEq)]
pub struct Leech {
    /// Its note.
    pub note: Uid,
    /// The full name of its deck.
    pub deck: String,
    /// What it asks.
    pub question: String,
    /// What is to be remembered.
    pub answer: String,
    /// What happened to it.
    pub history: CardHistory,
}

impl App {
    /// Returns the leeches of a deck and those below it, or all; those with the most
    /// lapses first.
    ///
    /// # Errors
    /// The store.
    pub fn leeches(&self, deck: Option<&DeckName>) -> Result<Vec<Leech>> {
        self.store.view(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let mut keys = Vec::new();
            store.each_outline(|outline| {
                if outline.is_leech() {
                    keys.push((Reverse(outline.lapses), outline.key));
                }
            })?;
            keys.sort_unstable();
            let mut leeches = Vec::new();
            for (_, key) in keys {
                let card = store.card(key)?;
                let Some(name) = decks.name(card.deck) else { continue };
                if deck.is_some_and(|deck| !name.is_within(deck)) {
                    continue;
                }
                let note = store.note(key.note())?;
                let (question, answer) = sides(&note, card.slot);
                leeches.push(Leech {
                    note: note.uid,
                    deck: name.to_string(),
                    question,
                    answer,
                    history: CardHistory::of(store, &decks, &card)?,
                });
            }
            Ok(leeches)
        })
    }
}
