//! A review session as values: what is shown, what each answer would do, what was done.

pub mod context;
pub mod hint;
pub mod history;
pub mod home;
pub mod interference;
pub mod outlook;
pub mod prospect;
pub mod reason;
pub mod stats;
pub mod summary;
pub mod typed;
pub mod words;

use crate::domain::{DeckName, Fields, Grade, Kind, Scale, Slot, State, Uid};

pub use crate::sched::{Outcome, Queue};

/// What is still to do today, limits applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// New cards.
    pub new: u32,
    /// Due cards.
    pub due: u32,
    /// Cards in the same-day drill.
    pub drill: u32,
}

impl Counts {
    /// Returns all of them together.
    #[must_use]
    pub const fn total(self) -> u32 {
        self.new.saturating_add(self.due).saturating_add(self.drill)
    }
}

/// A card as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The card.
    pub card: Uid,
    /// Its note.
    pub note: Uid,
    /// The deck it lies in.
    pub deck: DeckName,
    /// Which card of the note.
    pub slot: Slot,
    /// What the note is.
    pub kind: Kind,
    /// The note's text.
    pub fields: Fields,
    /// What is asked.
    pub question: String,
    /// What is to be remembered.
    pub answer: String,
    /// Why it is shown.
    pub queue: Queue,
    /// Its state before the answer.
    pub state: State,
    /// What the grades 0 to 5 would do.
    pub outcomes: [Outcome; 6],
    /// The buttons of its deck.
    pub scale: Scale,
    /// `(2, 3)`: the second of three notes of this deck with the same question.
    pub same_question: (u32, u32),
    /// The answers of the other notes with the same question.
    pub other_answers: Vec<String>,
}

impl Shown {
    /// Returns what `grade` would do.
    #[must_use]
    pub fn outcome(&self, grade: Grade) -> Outcome {
        self.outcomes[usize::from(grade.raw())]
    }
}

/// The card to show now, and what is left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Next {
    /// `None`: nothing is left.
    pub card: Option<Box<Shown>>,
    /// What is still to do, this card included.
    pub counts: Counts,
}
