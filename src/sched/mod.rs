//! The engine: what an answer does to a card, and what follows from a log.
//!
//! Pure, and in SM-2 free of floating point: the same log gives the same state
//! on every machine. `today`, the rules and the log are arguments.

pub mod backlog;
pub mod count;
pub mod day;
pub mod drill;
pub mod evaluate;
pub mod fuzz;
pub mod learner;
mod mix;
pub mod queue;
pub mod replay;
pub mod simulate;
pub mod sm2;
pub mod trial;
pub mod weakness;

use crate::domain::{Action, Answer, Day, Grade, Settings, State};

pub use replay::replay;

/// Where a card comes from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Queue {
    /// Never answered.
    New,
    /// Its day has come.
    Due,
    /// Answered today, below 4: once more.
    Drill,
    /// Practice that changes no schedule.
    Cram,
}

/// What one answer would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Outcome {
    /// The interval afterwards, in days.
    #[serde(rename = "interval")]
    pub interval_d: u32,
    /// The due day afterwards; `None` where the card stays new (practice).
    pub due: Option<Day>,
    /// Whether the card comes again today.
    pub drill: bool,
}

/// Returns what each of the grades 0 to 5 would do to a card today.
///
/// All of them are computed by the very fold that replays the log, so that what
/// is shown on the buttons is what happens.
#[must_use]
pub fn outcomes(state: &State, queue: Queue, today: Day, settings: &Settings) -> [Outcome; 6] {
    Grade::ALL.map(|grade| {
        let answer = Answer { grade, scale: settings.grades, ms: 0, due_offset: 0 };
        let action = match queue {
            Queue::New | Queue::Due => Action::Review(answer),
            Queue::Drill => Action::Drill(answer),
            Queue::Cram => Action::Cram(answer),
        };
        let after = replay::step(*state, &action, today, state.tried_hlc, settings.rules);
        Outcome {
            interval_d: after.interval_d,
            due: after.due,
            drill: queue != Queue::Cram && drill::is_in(&after, today, settings.drill),
        }
    })
}
