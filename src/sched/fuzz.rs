//! Moving a due day a little, so that cards learnt together do not stay together.
//!
//! The interval is never touched: only the day moves, and how far it moved is
//! logged with the answer, so a replay needs none of this.

use std::ops::RangeInclusive;

use super::mix::{STEP, mixed};
use crate::domain::{Day, Settings, State, Uid};

/// How far balancing moves a due day at most, in days: what is due so much earlier or
/// later says little about the load of a day that is a year away.
pub const BALANCED_D: i32 = 20;

/// Returns the days by which the options of a deck let the due day move of a card that
/// an answer brought to the state `after`.
#[must_use]
pub fn leeway(after: &State, settings: &Settings) -> RangeInclusive<i32> {
    if !settings.fuzz && !settings.balance {
        return 0..=0;
    }
    let window = window(after.interval_d, after.repetitions);
    if settings.balance {
        return (*window.start()).max(-BALANCED_D)..=(*window.end()).min(BALANCED_D);
    }
    window
}

/// Returns the days by which a due day may move, given the interval in days and the
/// passes in a row after the answer; `0..=0` where it may not.
///
/// Intervals below 2.5 days stay. Longer ones may move by 1 day and 15 % of the part
/// between 2.5 and 7 days, 10 % of that between 7 and 20 and 5 % of the rest, either
/// way, rounded. The second interval of SM-2, 6 days, moves by one day at most.
///
/// # Source
/// The ranges are those of Anki's scheduler (its manual, "The 2021 scheduler").
#[must_use]
pub fn window(interval_d: u32, repetitions: u32) -> RangeInclusive<i32> {
    if interval_d < 3 {
        return 0..=0;
    }
    if (repetitions, interval_d) == (2, 6) {
        return -1..=1;
    }
    // In ten-thousandths of a day, so that nothing is lost before it is rounded.
    let days = i64::from(interval_d);
    let part = |from: i64, to: i64, percent: i64| {
        (days * 100).clamp(from, to).saturating_sub(from) * percent
    };
    let delta = 10_000 + part(250, 700, 15) + part(700, 2_000, 10) + part(2_000, i64::MAX / 100, 5);
    // Half a day more makes cutting off a rounding; no card comes back tomorrow by it.
    let down = ((days * 10_000 - delta + 5_000).div_euclid(10_000)).max(2) - days;
    let up = (delta + 5_000).div_euclid(10_000);
    (down.min(0) as i32)..=(up as i32)
}

/// Returns an offset of the window that looks random and is the same on every
/// machine for one card and day.
#[must_use]
pub fn offset(card: Uid, today: Day, window: &RangeInclusive<i32>) -> i32 {
    let size = window.end().abs_diff(*window.start()) + 1;
    // The upper half of a product spreads evenly enough over so few days.
    let at = (u128::from(drawn(card, today)) * u128::from(size)) >> 64;
    window.start() + at as i32
}

/// Returns the offset of the window whose day has the least to do.
///
/// `load` says how many cards come due on a day already (none, where only the weights
/// shall decide), `weight` what a card on that day counts in hundredths: 100 on an
/// ordinary day, more on a day that shall stay easy. Where days are equal, the one
/// nearest to what [`offset`] says is taken, so that an empty calendar is filled as it
/// would be without balancing.
pub fn balanced(
    card: Uid,
    today: Day,
    due: Day,
    window: &RangeInclusive<i32>,
    load: impl Fn(Day) -> u32,
    weight: impl Fn(Day) -> u32,
) -> i32 {
    let random = offset(card, today, window);
    let cost = |by: i32| {
        let day = due.shift(by);
        // The card itself counts, or an empty easy day would be as good as another.
        (u64::from(load(day)) + 1) * u64::from(weight(day))
    };
    window.clone().min_by_key(|&by| (cost(by), by.abs_diff(random), by)).unwrap_or(0)
}

/// Returns 64 bits that depend on every bit of the card's id and the day.
fn drawn(card: Uid, today: Day) -> u64 {
    let id = u128::from_be_bytes(card.0);
    [(id >> 64) as u64, id as u64, today.0 as u64]
        .into_iter()
        .fold(STEP, |state, part| mixed((state ^ part).wrapping_add(STEP)))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_window_grows_with_the_interval() {
        let cases = [
            // interval, passes, earliest and latest day
            ((1, 1), (1, 1)),
            ((2, 3), (2, 2)),
            ((3, 3), (2, 4)),
            ((6, 2), (5, 7)),
            ((6, 3), (4, 8)),
            ((7, 3), (5, 9)),
            ((10, 3), (8, 12)),
            ((20, 4), (17, 23)),
            ((100, 5), (93, 107)),
            ((365, 9), (345, 385)),
        ];
        for ((interval_d, repetitions), (first, last)) in cases {
            let by = window(interval_d, repetitions);
            let days = (interval_d as i32 + by.start(), interval_d as i32 + by.end());
            assert_eq!(days, (first, last), "{interval_d} days, {repetitions} passes");
        }
    }

    #[test]
    fn offsets_are_spread_over_the_whole_window() {
        let by = window(30, 5);
        let drawn: HashSet<i32> =
            (0..200_u8).map(|n| offset(Uid([n; 16]), Day(20_780), &by)).collect();
        assert_eq!(drawn, by.collect());
    }

    #[test]
    fn the_day_with_the_least_to_do_is_taken() {
        let (card, today, due) = (Uid([7; 16]), Day(100), Day(110));
        let by = -2..=2;
        let busy = |day: Day| if day == Day(109) { 3 } else { 8 };
        assert_eq!(balanced(card, today, due, &by, busy, |_| 100), -1);
        // The quiet day shall stay easy: there a card counts five times as much.
        let easy = |day: Day| if day == Day(109) { 500 } else { 100 };
        assert_ne!(balanced(card, today, due, &by, busy, easy), -1);
        let even = balanced(card, today, due, &by, |_| 8, |_| 100);
        assert_eq!(even, offset(card, today, &by), "a level calendar changes nothing");
    }

    #[test]
    fn a_due_day_moves_as_far_as_the_options_of_its_deck_let_it() {
        let with = |fuzz, balance| Settings { fuzz, balance, ..Settings::default() };
        let after = |interval_d, repetitions| State { interval_d, repetitions, ..State::NEW };
        let cases = [
            ("neither", with(false, false), after(30, 4), 0..=0),
            ("fuzz", with(true, false), after(30, 4), -3..=3),
            ("balance", with(false, true), after(30, 4), -3..=3),
            ("both", with(true, true), after(30, 4), -3..=3),
            ("a failed card", with(true, true), after(1, 0), 0..=0),
            ("fuzz of years", with(true, false), after(1_000, 9), -52..=52),
            ("balance of years", with(true, true), after(1_000, 9), -BALANCED_D..=BALANCED_D),
        ];
        for (name, settings, after, days) in cases {
            assert_eq!(leeway(&after, &settings), days, "{name}");
        }
    }

    proptest! {
        #[test]
        fn a_moved_day_stays_in_its_window(
            id: [u8; 16], today in -1_000..40_000, interval in 0..=36_500_u32, passes in 0..30_u32,
            load in prop::collection::vec(0..9_u32, 7),
        ) {
            let by = window(interval, passes);
            prop_assert!(by.contains(&0), "{by:?}");
            prop_assert!(interval < 3 || interval as i32 + by.start() >= 2, "never tomorrow");
            let (card, today) = (Uid(id), Day(today));
            let random = offset(card, today, &by);
            prop_assert!(by.contains(&random));
            prop_assert_eq!(random, offset(card, today, &by), "the same every time");
            let loaded = |day: Day| load[day.0.rem_euclid(7) as usize];
            let level = balanced(card, today, today.plus(interval), &by, loaded, |_| 100);
            prop_assert!(by.contains(&level));
            let due = |by: i32| loaded(today.plus(interval).shift(by));
            prop_assert!(by.clone().all(|other| due(level) <= due(other)));
        }
    }
}
