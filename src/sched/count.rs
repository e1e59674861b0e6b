//! What the answers of a log count as in statistics.
//!
//! The walk is that of [`super::replay()`], so an answer is judged by the state that it
//! met: the interval that had passed, whether the card was new, whether it counted.

use std::sync::Arc;

use crate::domain::{Action, Answer, Day, Grade, State, Uid};

use super::Engine;
use super::replay::{step, voided_by};

/// The longest time that counts for one answer, in milliseconds.
pub const MAX_MS: u32 = 60_000;

/// The interval, in days, from which a card is mature.
pub const MATURE_D: u32 = 21;

/// What an answer counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The first review of a card.
    New,
    /// A review after an interval of less than [`MATURE_D`] days.
    Young,
    /// A review after a longer one.
    Mature,
    /// A repetition on a day on which the card was reviewed before.
    Drill,
    /// Practice ahead of time.
    Cram,
    /// Given in another program.
    Imported,
}

impl Class {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 6] =
        [Self::New, Self::Young, Self::Mature, Self::Drill, Self::Cram, Self::Imported];

    /// Whether it is a review: the first counted answer of a card and day.
    #[must_use]
    pub const fn is_review(self) -> bool {
        matches!(self, Self::New | Self::Young | Self::Mature)
    }

    /// Whether it makes its day a day studied.
    #[must_use]
    pub const fn is_study(self) -> bool {
        self.is_review() || matches!(self, Self::Drill)
    }

    /// Returns the class of a review of a card in this state.
    #[must_use]
    pub const fn of(state: &State) -> Self {
        match state.first {
            None => Self::New,
            Some(_) if state.interval_d < MATURE_D => Self::Young,
            Some(_) => Self::Mature,
        }
    }
}

/// What counting needs of an event.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The event's id.
    pub id: Uid,
    /// Its hybrid logical clock.
    pub hlc: i64,
    /// The device that wrote it.
    pub device: Arc<str>,
    /// Its number on that device.
    pub seq: i64,
    /// The study day.
    pub day: Day,
    /// The hour that the local clock showed, 0 to 23.
    pub hour: u8,
    /// What happened.
    pub action: Action,
}

/// An answer as it is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Counted {
    /// The study day.
    pub day: Day,
    /// The hour that the local clock showed.
    pub hour: u8,
    /// What it counts as.
    pub class: Class,
    /// Its grade.
    pub grade: Grade,
    /// The time it took in milliseconds, [`MAX_MS`] at most.
    pub ms: u32,
}

/// Answers that agree in all but the time they took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The study day.
    pub day: Day,
    /// The hour of the local clock, 0 to 23.
    pub hour: u8,
    /// What they count as.
    pub class: Class,
    /// Their grade.
    pub grade: Grade,
    /// How many.
    pub answers: u32,
    /// Milliseconds in all.
    pub ms: u64,
}

/// Calls `each` with every answer of one card's log that is not taken back.
///
/// The log is brought into the order in which it is folded. Of several reviews of a
/// card on one day only the first is one; the others count as drill, as they do in
/// the fold.
pub fn counted(log: &mut [Entry], engine: Engine, mut each: impl FnMut(Counted)) {
    log.sort_unstable_by(|a, b| {
        (a.hlc, &a.device, a.seq, a.id).cmp(&(b.hlc, &b.device, b.seq, b.id))
    });
    let voided = voided_by(log.iter().rev().map(|entry| (entry.id, entry.action)));
    let mut state = State::NEW;
    let mut reviewed = None;
    for entry in log.iter().filter(|entry| !voided.contains(&entry.id)) {
        let day = state.newest.map_or(entry.day, |newest| newest.max(entry.day));
        let class_and_answer: Option<(Class, Answer)> = match entry.action {
            Action::Review(answer) if reviewed == Some(day) => Some((Class::Drill, answer)),
            Action::Review(answer) => {
                reviewed = Some(day);
                Some((Class::of(&state), answer))
            }
            Action::Drill(answer) => Some((Class::Drill, answer)),
            Action::Cram(answer) => Some((Class::Cram, answer)),
            Action::Imported(answer) => Some((Class::Imported, answer)),
            Action::Reset | Action::Base(_) => {
                reviewed = None;
                None
            }
            _ => None,
        };
        if let Some((class, answer)) = class_and_answer {
            each(Counted {
                day: entry.day,
                hour: entry.hour,
                class,
                grade: answer.grade,
                ms: answer.ms.min(MAX_MS),
            });
        }
        state = step(state, &entry.action, entry.day, entry.hlc, engine);
    }
}

#[cfg(test)]
#[path = "count_tests.rs"]
mod tests;
