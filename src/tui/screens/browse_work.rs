//! What Browse needs looked up or done, and what came of it.

use crate::app::{Bulk, CardHistory, FoundNote, Order, Preview, Query};
use crate::domain::Uid;
use crate::tui::screen::Problem;

/// Rows on either side of the cursor that are looked up at once.
pub const WINDOW: usize = 120;

/// What is looked for, and which note is to stay chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The query.
    pub query: Query,
    /// The order of what is found.
    pub order: Order,
    /// The note that is to stay chosen.
    pub keep: Option<Uid>,
    /// The place that is chosen where that note is not found.
    pub cursor: usize,
}

impl Wanted {
    /// Whether the first notes that are found are the rows to show: nothing has to keep
    /// its place, and nothing is sorted.
    #[must_use]
    pub fn is_from_the_top(&self) -> bool {
        self.keep.is_none() && self.cursor == 0 && self.order == Order::default()
    }
}

/// What the screen needs looked up or done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BrowseWork {
    /// Look for something; the rest of the notes comes piece by piece.
    Search(Wanted),
    /// Look for it again, after notes were changed.
    KeepUp(Wanted),
    /// Look through the next notes.
    ReadOn(Wanted),
    /// Look up the rows around a place.
    Rows(usize),
    /// Look up the ids of all notes that match.
    Ids(Wanted),
    /// Look up what happened to a note's cards.
    History(Uid),
    /// Look up the names of the decks.
    Decks,
    /// Find out what a bulk would come to.
    Preview(Vec<Uid>, Bulk),
    /// Do it.
    Do(Vec<Uid>, Bulk),
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How many notes were found.
    pub count: usize,
    /// How many were looked at.
    pub read: usize,
    /// How many there are.
    pub all: usize,
    /// Whether all were looked at.
    pub is_whole: bool,
    /// The place of the chosen note.
    pub cursor: usize,
    /// The place of the first of the rows.
    pub from: usize,
    /// The rows around it.
    pub rows: Vec<NoteRow>,
}

/// A note as it is listed.
#[derive(Clone, Debug, PartialEq)]
pub struct NoteRow {
    /// The note.
    pub note: FoundNote,
    /// When it was added, for people, the date first.
    pub added: String,
}

impl Eq for NoteRow {}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum BrowseNews {
    /// What was found.
    Found(Found),
    /// More was found after the rows that are known.
    Grown {
        /// How many notes were found.
        count: usize,
        /// How many were looked at.
        read: usize,
        /// How many there are.
        all: usize,
    },
    /// Rows from a place on.
    Rows(usize, Vec<NoteRow>),
    /// The ids of all notes that were found.
    Ids(Vec<Uid>),
    /// The cards of a note with their histories.
    History(Uid, Vec<CardHistory>),
    /// The names of the decks.
    Decks(Vec<String>),
    /// What a bulk of these notes would come to.
    Preview(Vec<Uid>, Bulk, Preview),
    /// It was done to so many notes and cards.
    Done(Bulk, usize, usize),
}

impl BrowseNews {
    /// Whether something was done that can be taken back.
    #[must_use]
    pub const fn is_step(&self) -> bool {
        matches!(self, Self::Done(_, 1.., _))
    }
}

/// Where the screen's work is done.
pub trait BrowseBackend {
    /// Does one piece of work; a change is durable when this returns.
    ///
    /// # Errors
    /// What went wrong; nothing was done then.
    fn browse(&mut self, work: BrowseWork) -> Result<BrowseNews, Problem>;
}
