//! What a session needs looked up or done besides answers, and where that is done.

use crate::domain::{Fields, Uid};
use crate::session::history::Entry;
use crate::session::home::SessionRequest;
use crate::session::prospect::Prospect;
use crate::session::reason::Reason;
use crate::tui::screen::Problem;

/// What a session needs looked up or done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReviewWork {
    /// Mark this note, or take its mark away.
    Mark(Uid),
    /// What was answered to this card.
    History(Uid),
    /// Why the card on the screen is shown.
    Why,
    /// The text of this note, to edit it.
    Note(Uid),
    /// What can come after a session that was asked for like this.
    Prospect(SessionRequest),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum ReviewNews {
    /// Whether the note is marked now.
    Marked(bool),
    /// The history of the card, oldest first.
    History(Vec<Entry>),
    /// The reasons.
    Why(Box<Reason>),
    /// The text of the note.
    Note(Uid, Box<Fields>),
    /// What can come next.
    Prospect(Box<Prospect>),
}

/// Where a session's work is done.
pub trait ReviewBackend {
    /// Does one piece of work; a change is durable when this returns.
    ///
    /// # Errors
    /// What went wrong; nothing was done then.
    fn review(&mut self, work: ReviewWork) -> Result<ReviewNews, Problem>;
}
