//! The same-day drill: what was not remembered well comes again until it is.
//!
//! It is not stored: a card is in today's drill when the best of today's
//! answers to it is below the bar. So it resumes after a crash or on another
//! device, and lapses by itself when the study day ends.

use crate::domain::{Day, Drill, Grade, State};

/// Returns the grade from which a card is done for today; `None`: no drill.
#[must_use]
pub const fn bar(drill: Drill) -> Option<Grade> {
    match drill {
        Drill::Below4 => Some(Grade::GOOD),
        Drill::Failed => Some(Grade::HARD),
        Drill::Off => None,
    }
}

/// Whether the card is in the drill of `today`.
#[must_use]
pub fn is_in(state: &State, today: Day, drill: Drill) -> bool {
    match (state.last, state.best, bar(drill)) {
        (Some(last), Some(best), Some(bar)) => last == today && best < bar,
        _ => false,
    }
}
