//! The state of a card in words, the same on every screen and in plain text.

use crate::domain::state::{LEECH_LAPSES, LEECH_RUN};
use crate::domain::text::plural;
use crate::domain::{Cause, State};
use crate::sched::sm2::MIN_EASE_CENTI;

/// What can be done about a card that keeps being forgotten.
pub const LEECH_ADVICE: &str = "Write the note anew, split it in two, suspend the card, reset it, \
                                or leave it.";

/// Returns how many days in a row were studied, and how many at most.
#[must_use]
pub fn streak(now: u32, longest: u32) -> String {
    match now {
        _ if longest == 0 => "no day was studied yet".to_owned(),
        0 => {
            format!("not yesterday nor today; the longest was {} in a row", plural(longest, "day"))
        }
        _ if now >= longest => format!("{} in a row, the longest ever", plural(now, "day")),
        _ => format!("{} in a row, the longest {}", plural(now, "day"), plural(longest, "day")),
    }
}

/// Returns what a card's state is: `due 2026-12-01, interval 6 days, ease 2.50`.
#[must_use]
pub fn state(state: &State) -> String {
    let mut parts = Vec::new();
    match state.due {
        None => parts.push("new".to_owned()),
        Some(due) => {
            let (whole, rest) = (state.ease_centi / 100, state.ease_centi % 100);
            parts.push(format!("due {due}"));
            parts.push(format!("interval {}", plural(state.interval_d, "day")));
            parts.push(format!("ease {whole}.{rest:02}"));
        }
    }
    match state.lapses {
        0 => {}
        1 => parts.push("1 lapse".to_owned()),
        lapses => parts.push(format!("{lapses} lapses")),
    }
    if let Some(cause) = state.suspended {
        let why = match cause {
            Cause::User => "suspended",
            Cause::Prune => "suspended: its row left the file",
            Cause::Leech => "suspended as a leech",
        };
        parts.push(why.to_owned());
    }
    if let Some(day) = state.buried {
        parts.push(format!("buried on {day}"));
    }
    if state.is_leech() {
        parts.push("a leech".to_owned());
    }
    parts.join(", ")
}

/// Returns why a card is a leech: `9 lapses`, `ease 1.30 in 3 reviews in a row`, or both;
/// `None` for one that is none.
#[must_use]
pub fn leech(state: &State) -> Option<String> {
    let lapses = (state.lapses >= LEECH_LAPSES).then(|| plural(state.lapses as usize, "lapse"));
    let run = (state.floor_run >= LEECH_RUN).then(|| {
        let (whole, rest) = (MIN_EASE_CENTI / 100, MIN_EASE_CENTI % 100);
        format!("ease {whole}.{rest:02} in {} reviews in a row", state.floor_run)
    });
    let why: Vec<String> = lapses.into_iter().chain(run).collect();
    (!why.is_empty()).then(|| why.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Day;

    #[test]
    fn a_leech_says_why_it_is_one() {
        let card = |lapses, floor_run| State { lapses, floor_run, ..State::NEW };
        let cases = [
            (card(7, 2), None),
            (card(8, 0), Some("8 lapses")),
            (card(0, 3), Some("ease 1.30 in 3 reviews in a row")),
            (card(12, 4), Some("12 lapses, ease 1.30 in 4 reviews in a row")),
        ];
        for (state, why) in cases {
            assert_eq!((leech(&state).as_deref(), why.is_some()), (why, state.is_leech()));
        }
    }

    #[test]
    fn a_streak_is_said_as_a_person_would() {
        for (now, longest, words) in [
            (0, 0, "no day was studied yet"),
            (0, 3, "not yesterday nor today; the longest was 3 days in a row"),
            (1, 1, "1 day in a row, the longest ever"),
            (2, 10, "2 days in a row, the longest 10 days"),
        ] {
            assert_eq!(streak(now, longest), words);
        }
    }

    #[test]
    fn a_state_says_what_holds_and_nothing_else() {
        assert_eq!(state(&State::NEW), "new");
        let due = Some(Day(20_788));
        let old = State { due, interval_d: 1, ease_centi: 205, lapses: 1, ..State::NEW };
        assert_eq!(state(&old), "due 2026-12-01, interval 1 day, ease 2.05, 1 lapse");
        let leech = State { lapses: 8, suspended: Some(Cause::Leech), ..State::NEW };
        assert_eq!(state(&leech), "new, 8 lapses, suspended as a leech, a leech");
    }
}
