//! The engine: what an answer does to a card, and what follows from a log.
//!
//! Pure, and in SM-2 free of floating point: the same log gives the same state
//! on every machine. `today`, the engine and the log are arguments.

pub mod backlog;
pub mod calendar;
pub mod count;
pub mod day;
pub mod drill;
mod engine;
pub mod evaluate;
pub mod fsrs;
pub mod fuzz;
pub mod learner;
mod mix;
pub mod queue;
pub mod replay;
pub mod simulate;
pub mod sm2;
#[cfg(test)]
pub mod synthetic;
pub mod trial;
pub mod weakness;

use crate::domain::{Action, Answer, Day, Grade, Settings, State};

pub use engine::Engine;
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Outcome {
    /// The interval afterwards, in days.
    #[serde(rename = "interval")]
    pub interval_d: u32,
    /// The due day afterwards; `None` where the card stays new (practice).
    pub due: Option<Day>,
    /// Days from today to the due day; 0 where there is none.
    #[serde(skip)]
    pub wait_d: u32,
    /// Whether the card comes again today.
    pub drill: bool,
}

/// Returns what an answer to a card of `queue` is as an event.
///
/// `offset` says by how many days the due day moves of a card that a review brings to
/// the state it is handed.
///
/// # Errors
/// What `offset` fails with.
pub fn action<E>(
    state: &State,
    queue: Queue,
    answer: Answer,
    today: Day,
    settings: &Settings,
    offset: impl FnOnce(&State) -> Result<i32, E>,
) -> Result<Action, E> {
    Ok(match queue {
        Queue::New | Queue::Due => {
            let planned = after(state, &Action::Review(answer), today, settings);
            Action::Review(Answer { due_offset: offset(&planned)?, ..answer })
        }
        Queue::Drill => Action::Drill(answer),
        Queue::Cram => Action::Cram(answer),
    })
}

/// Returns what each of the grades 0 to 5 would do to a card today.
///
/// All of them are computed by the very fold that replays the log, so that what
/// is shown on the buttons is what happens; `offset` is that of [`action`].
///
/// # Errors
/// What `offset` fails with.
pub fn outcomes<E>(
    state: &State,
    queue: Queue,
    today: Day,
    settings: &Settings,
    mut offset: impl FnMut(&State) -> Result<i32, E>,
) -> Result<[Outcome; 6], E> {
    let mut outcomes = [Outcome::default(); 6];
    for (outcome, grade) in outcomes.iter_mut().zip(Grade::ALL) {
        let answer = Answer { grade, scale: settings.grades, ms: 0, due_offset: 0 };
        let action = action(state, queue, answer, today, settings, &mut offset)?;
        let after = after(state, &action, today, settings);
        *outcome = Outcome {
            interval_d: after.interval_d,
            due: after.due,
            wait_d: after.due.map_or(0, |due| due.since(today).max(0).cast_unsigned()),
            drill: queue != Queue::Cram && drill::is_in(&after, today, settings.drill),
        };
    }
    Ok(outcomes)
}

/// Returns the state after one more action of today.
fn after(state: &State, action: &Action, today: Day, settings: &Settings) -> State {
    replay::step(*state, action, today, state.tried_hlc, Engine::of(settings))
}
