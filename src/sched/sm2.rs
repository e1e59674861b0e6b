//! SM-2, exactly, in integers.

use crate::domain::{Grade, Rules, State};

/// The lowest ease in hundredths: 1.30.
pub const MIN_EASE_CENTI: u32 = 130;

/// The longest interval in days, about a hundred years.
pub const MAX_INTERVAL_D: u32 = 36_500;

/// Interval after the first and the second pass in a row, in days.
const FIRST_D: u32 = 1;
const SECOND_D: u32 = 6;

/// Returns the card's memory after a repetition of quality `grade`: only
/// `repetitions`, `ease_centi` and `interval_d` differ from `before`.
///
/// Units: intervals in whole days, ease in hundredths.
///
/// - [`Rules::Text`]: below 3 the streak restarts at an interval of one day and
///   the ease is kept; otherwise the ease moves first and the *new* ease
///   stretches the interval, fractions rounding **up**.
/// - [`Rules::SupermemoSource`]: the ease moves on failures too, the *old* ease
///   stretches the interval, halves round to even.
///
/// # Errors
/// None: every input has an answer. The interval stops at [`MAX_INTERVAL_D`]
/// and the ease at [`MIN_EASE_CENTI`]; there is no ceiling on the ease.
///
/// # Source
/// P. A. Wozniak, *Optimization of Learning* (1990), chapter 3.2, "Algorithm SM-2";
/// the second preset follows the SM-2 plug-in that its author published later.
#[must_use]
pub fn review(before: &State, grade: Grade, rules: Rules) -> State {
    let ease_centi = ease_after(before.ease_centi, grade, rules);
    if !grade.is_pass() {
        return State { repetitions: 0, interval_d: FIRST_D, ease_centi, ..*before };
    }
    let interval_d = match before.repetitions {
        0 => FIRST_D,
        1 => SECOND_D,
        _ => stretch(before, ease_centi, rules),
    };
    let repetitions = before.repetitions.saturating_add(1);
    State { repetitions, ease_centi, interval_d, ..*before }
}

/// Returns the ease after an answer, in hundredths.
///
/// The changes are EF' = EF + 0.1 - (5 - q)(0.08 + (5 - q) 0.02), a table since
/// `q` has only six values.
fn ease_after(ease_centi: u32, grade: Grade, rules: Rules) -> u32 {
    let delta = match (grade.raw(), rules) {
        (5, _) => 10,
        (4, _) => 0,
        (3, _) => -14,
        (_, Rules::Text) => return ease_centi,
        (2, Rules::SupermemoSource) => -32,
        (1, Rules::SupermemoSource) => -54,
        (_, Rules::SupermemoSource) => -80,
    };
    ease_centi.saturating_add_signed(delta).max(MIN_EASE_CENTI)
}

fn stretch(before: &State, new_ease_centi: u32, rules: Rules) -> u32 {
    let days = u64::from(before.interval_d);
    let stretched = match rules {
        Rules::Text => (days * u64::from(new_ease_centi)).div_ceil(100),
        Rules::SupermemoSource => half_to_even(days * u64::from(before.ease_centi)),
    };
    stretched.min(u64::from(MAX_INTERVAL_D)) as u32
}

/// Returns `hundredths / 100`, a half going to the even neighbour.
fn half_to_even(hundredths: u64) -> u64 {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    match rest {
        50 => whole + whole % 2,
        _ => whole + u64::from(rest > 50),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn card(repetitions: u32, interval_d: u32, ease_centi: u32) -> State {
        State { repetitions, ease_centi, interval_d, ..State::NEW }
    }

    fn grade(raw: u8) -> Grade {
        Grade::new(raw).unwrap()
    }

    #[test]
    fn review_follows_the_published_table() {
        let cases = [
            // name                   before             q  n  days ease
            ("first pass", card(0, 0, 250), 4, (1, 1, 250)),
            ("second pass", card(1, 1, 250), 4, (2, 6, 250)),
            ("third multiplies", card(2, 6, 250), 5, (3, 16, 260)),
            ("a fraction rounds up", card(2, 7, 130), 4, (3, 10, 130)),
            ("a lapse keeps the ease", card(9, 90, 210), 2, (0, 1, 210)),
            ("the ease has a floor", card(2, 6, 131), 3, (3, 8, 130)),
            ("the interval has an end", card(9, 36_000, 250), 4, (10, 36_500, 250)),
            (
                "nothing overflows",
                card(u32::MAX, u32::MAX, u32::MAX),
                5,
                (u32::MAX, 36_500, u32::MAX),
            ),
        ];
        for (name, before, q, want) in cases {
            let after = review(&before, grade(q), Rules::Text);
            assert_eq!((after.repetitions, after.interval_d, after.ease_centi), want, "{name}");
        }
    }

    #[test]
    fn worked_sequences_come_out_to_the_day() {
        let cases: [(&[u8], &[u32]); 5] = [
            (&[4, 4, 4, 4, 4], &[1, 6, 15, 38, 95]),
            (&[5, 5, 5, 5, 5, 5], &[1, 6, 17, 50, 150, 465]),
            (&[3, 3, 3, 3, 3, 3, 3], &[1, 6, 13, 26, 47, 79, 121]),
            (&[4, 4, 4, 2, 4, 4, 4], &[1, 6, 15, 1, 1, 6, 15]),
            (&[5, 5, 5, 5, 4], &[1, 6, 17, 50, 145]),
        ];
        for (grades, days) in cases {
            let mut state = State::NEW;
            let got: Vec<u32> = grades
                .iter()
                .map(|&q| {
                    state = review(&state, grade(q), Rules::Text);
                    state.interval_d
                })
                .collect();
            assert_eq!(got, days, "{grades:?}");
        }
    }

    #[test]
    fn halves_go_to_the_even_neighbour() {
        let cases = [(1250, 12), (1350, 14), (1349, 13), (1351, 14), (1300, 13)];
        for (hundredths, whole) in cases {
            assert_eq!(half_to_even(hundredths), whole, "{hundredths}");
        }
    }

    proptest! {
        #[test]
        fn a_better_answer_never_comes_due_sooner(
            streak in 0u32..50, days in 1u32..=MAX_INTERVAL_D, ease in 130u32..400,
            (low, high) in (0u8..=5).prop_flat_map(|low| (Just(low), low..=5)),
        ) {
            for rules in [Rules::Text, Rules::SupermemoSource] {
                let before = card(streak, days, ease);
                let (low, high) = (review(&before, grade(low), rules), review(&before, grade(high), rules));
                prop_assert!(low.interval_d <= high.interval_d);
                prop_assert!(low.ease_centi.min(high.ease_centi) >= MIN_EASE_CENTI);
            }
        }
    }
}
