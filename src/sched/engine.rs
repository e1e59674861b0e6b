//! The engine of a deck: SM-2, or FSRS for the interval.

use crate::domain::{Day, Grade, Rules, Scheduler, Settings, State};

use super::fsrs::Fsrs;
use super::sm2;

/// What plans the intervals of a deck.
///
/// Passes in a row and the ease are SM-2's under either engine, so that leeches, lapses
/// and the order of hard cards mean the same; FSRS has a say in the interval alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Engine {
    /// The preset of SM-2.
    pub rules: Rules,
    /// What plans the intervals in its place.
    pub fsrs: Option<Fsrs>,
}

impl Engine {
    /// Returns SM-2 with one of its presets.
    #[must_use]
    pub const fn sm2(rules: Rules) -> Self {
        Self { rules, fsrs: None }
    }

    /// Returns the engine of a deck with these settings.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let fsrs = match settings.scheduler {
            Scheduler::Sm2 => None,
            Scheduler::Fsrs => Some(Fsrs::of(settings)),
        };
        Self { rules: settings.rules, fsrs }
    }

    /// Returns the state after a counted review: passes, ease, interval and memory
    /// alone differ from `before`.
    #[must_use]
    pub fn reviewed(&self, before: &State, grade: Grade, day: Day) -> State {
        let after = sm2::review(before, grade, self.rules);
        self.remembered(after, grade, day)
    }

    /// Returns the state after one more answer on the day of a counted review: only
    /// FSRS learns from it, and plans anew.
    ///
    /// The due day moves with the interval and never to a day that has begun.
    #[must_use]
    pub fn drilled(&self, before: &State, grade: Grade, day: Day) -> State {
        let after = self.remembered(*before, grade, day);
        let moved = after.interval_d as i32 - before.interval_d as i32;
        let due =
            after.due.map(|due| if moved == 0 { due } else { due.shift(moved).max(day.plus(1)) });
        State { due, ..after }
    }

    fn remembered(&self, state: State, grade: Grade, day: Day) -> State {
        match self.fsrs {
            Some(fsrs) => fsrs.remembered(state, grade, day),
            None => state,
        }
    }
}

impl Default for Engine {
    fn default() -> Self {
        Self::sm2(Rules::Text)
    }
}
