//! Which cards are known worst.

use std::cmp::Reverse;

use crate::domain::State;
use crate::domain::state::NEW_EASE_CENTI;

/// How weak a card is: the least value is the weakest card.
///
/// A card whose last review failed comes first, then the lowest ease, then the
/// most lapses, then the shortest interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weakness {
    failed_last: Reverse<bool>,
    ease_centi: u32,
    lapses: Reverse<u32>,
    interval_d: u32,
}

impl Weakness {
    /// Returns how weak a card is; `None` for one that shows no sign of it: never
    /// answered, or never forgotten and never found hard.
    #[must_use]
    pub fn of(state: &State) -> Option<Self> {
        let failed_last = state.repetitions == 0;
        let is_weak = failed_last || state.lapses > 0 || state.ease_centi < NEW_EASE_CENTI;
        (state.due.is_some() && is_weak).then_some(Self {
            failed_last: Reverse(failed_last),
            ease_centi: state.ease_centi,
            lapses: Reverse(state.lapses),
            interval_d: state.interval_d,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Day;

    fn state(repetitions: u32, ease_centi: u32, lapses: u32, interval_d: u32) -> State {
        let due = Some(Day(100));
        State { repetitions, ease_centi, interval_d, due, lapses, ..State::NEW }
    }

    #[test]
    fn the_weakest_card_comes_first() {
        let ranked = [
            ("failed, and hard before", state(0, 180, 3, 1)),
            ("failed", state(0, 250, 1, 1)),
            ("lowest ease", state(4, 130, 0, 30)),
            ("low ease, more lapses", state(4, 200, 5, 30)),
            ("low ease, shorter interval", state(4, 200, 2, 6)),
            ("low ease", state(4, 200, 2, 30)),
            ("only lapsed once", state(7, 270, 1, 90)),
        ];
        for pair in ranked.windows(2) {
            let [a, b] = [&pair[0], &pair[1]];
            assert!(Weakness::of(&a.1) < Weakness::of(&b.1), "{} before {}", a.0, b.0);
        }
        for (name, state) in ranked {
            assert!(Weakness::of(&state).is_some(), "{name}");
        }
    }

    #[test]
    fn what_was_never_hard_is_not_weak() {
        assert_eq!(Weakness::of(&State::NEW), None, "never answered");
        assert_eq!(Weakness::of(&state(3, 250, 0, 15)), None);
        assert_eq!(Weakness::of(&state(3, 280, 0, 15)), None);
    }
}
