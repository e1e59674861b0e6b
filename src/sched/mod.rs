//! The engine: what an answer does to a card, and what follows from a log.
//!
//! Pure, and in SM-2 free of floating point: the same log gives the same state
//! on every machine. `today`, the rules and the log are arguments.

pub mod day;
pub mod drill;
pub mod queue;
pub mod replay;
pub mod sm2;

use crate::domain::{Action, Answer, Day, Grade, Settings, State};
use crate::session::{Outcome, Queue};

pub use replay::replay;

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
