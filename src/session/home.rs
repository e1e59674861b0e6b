//! What the learner sees before a session, and what a session is asked for.

use super::Counts;
use crate::domain::{DeckName, Uid};

/// A deck in the overview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeckLine {
    /// Full name.
    pub name: DeckName,
    /// Notes in it and below it.
    pub notes: u32,
    /// What is still to do in it today.
    pub counts: Counts,
}

/// An import in the overview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportLine {
    /// When it was, as local text: `2026-11-23 09:12`.
    pub at: String,
    /// The file, as it was given.
    pub path: String,
    /// The deck that took it.
    pub deck: String,
    /// Notes it added.
    pub added: u32,
    /// Notes it changed.
    pub updated: u32,
    /// Whether it was taken back.
    pub undone: bool,
}

/// The overview of a collection.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Home {
    /// The decks, parents before their children.
    pub decks: Vec<DeckLine>,
    /// What is still to do today in all of them.
    pub total: Counts,
    /// The newest imports, newest first.
    pub imports: Vec<ImportLine>,
    /// Study days in a row with an answer, up to today or yesterday.
    pub streak: u32,
}

/// Which cards a session takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Those of every deck.
    #[default]
    All,
    /// Those of one deck and the decks below it.
    Deck(DeckName),
    /// Those of these notes.
    Notes(Vec<Uid>),
}

/// What a session is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionRequest {
    /// The cards.
    pub scope: Scope,
    /// Whether answers are typed.
    pub typed: bool,
    /// Whether it is practice that changes no schedule.
    pub cram: bool,
    /// New cards it offers, in place of what is left of the day's limits.
    pub new: Option<u32>,
    /// Cards it offers in all, the drill aside.
    pub limit: Option<u32>,
}
