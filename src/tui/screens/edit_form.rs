//! The lines of the editor's form, and what it asks to be done.

use crate::app::{Added, Twins, Typed};
use crate::domain::{DeckName, Field, Fields};
use crate::tui::screen::Problem;

/// What the editor needs looked up or done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditWork {
    /// The decks and tags that there are.
    Offers,
    /// Other notes with the front that is typed.
    Twins(Typed),
    /// Add a note.
    Add(DeckName, Box<Fields>),
    /// Take an added note back.
    TakeBack(Added),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditNews {
    /// What can be completed.
    Offers(Offers),
    /// The other notes with a front.
    Twins(Typed, Twins),
    /// The note is on disk.
    Added(Added),
    /// It is gone again.
    TakenBack,
}

/// Where the editor's work is done.
pub trait EditBackend {
    /// Does one piece of work; a change is durable when this returns.
    ///
    /// # Errors
    /// What went wrong; nothing was done then.
    fn write(&mut self, work: EditWork) -> Result<EditNews, Problem>;
}

/// What a deck or a tag that is typed can become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// The decks.
    pub decks: Vec<DeckName>,
    /// The tags, the commonest first.
    pub tags: Vec<String>,
}

/// A line of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormField {
    /// The deck of a new note.
    Deck,
    /// A field of the note.
    Of(Field),
}

impl FormField {
    /// Returns its label.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deck => "deck",
            Self::Of(field) => field.name(),
        }
    }

    /// Whether it is a single line.
    #[must_use]
    pub const fn is_line(self) -> bool {
        matches!(self, Self::Deck | Self::Of(Field::Tags))
    }

    /// Whether the next note that is added keeps it.
    pub(super) const fn is_kept(self) -> bool {
        matches!(self, Self::Deck | Self::Of(Field::Source | Field::Tags))
    }
}
