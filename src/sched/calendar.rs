//! Days that are not like the others: weekdays that shall stay easy, and vacations.

use chrono::Weekday;

use crate::domain::{Day, Period};

/// What a card counts on an ordinary day, in hundredths.
const ORDINARY: u32 = 100;
/// What it counts on a weekday that shall stay easy.
const EASY: u32 = 500;
/// What it counts on vacation: no load of another day outweighs it.
const AWAY: u32 = u32::MAX;

/// The days on which the learner wants to do less, or nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Weekdays that shall stay easy.
    pub easy: Vec<Weekday>,
    /// Vacations, past ones too: a streak lasts over them.
    pub away: Vec<Period>,
}

impl Calendar {
    /// Returns what a card that comes due on a day counts, in hundredths, where there is
    /// a choice between days (see [`super::fuzz::balanced`]).
    #[must_use]
    pub fn weight(&self, day: Day) -> u32 {
        if self.is_off(day) {
            AWAY
        } else if self.easy.contains(&day.weekday()) {
            EASY
        } else {
            ORDINARY
        }
    }

    /// Whether a day is one of a vacation.
    #[must_use]
    pub fn is_off(&self, day: Day) -> bool {
        self.away.iter().any(|period| period.holds(day))
    }

    /// Returns the last day off of the vacation that a day is in.
    #[must_use]
    pub fn off_until(&self, day: Day) -> Option<Day> {
        let next = |day| self.away.iter().filter(|p| p.holds(day)).map(|p| p.to).max();
        let mut last = next(day)?;
        // One vacation may begin where another ends.
        while let Some(later) = next(last.plus(1)) {
            last = later;
        }
        Some(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_vacation_outweighs_an_easy_day_and_that_an_ordinary_one() {
        let calendar = Calendar {
            easy: vec![Weekday::Sun],
            away: vec!["2026-12-20..2026-12-24".parse().unwrap()],
        };
        let cases = [
            ("a Saturday", "2026-12-19", ORDINARY),
            ("a Sunday", "2026-12-13", EASY),
            ("a Sunday of a vacation", "2026-12-20", AWAY),
            ("the last day off", "2026-12-24", AWAY),
            ("the day after", "2026-12-25", ORDINARY),
        ];
        for (name, on, weight) in cases {
            assert_eq!(calendar.weight(day(on)), weight, "{name}");
        }
    }

    #[test]
    fn vacations_that_touch_are_one() {
        let away = ["2026-12-25..2026-12-31", "2026-12-20..2026-12-24", "2026-12-22..2026-12-23"];
        let away = away.map(|period| period.parse().unwrap()).to_vec();
        let calendar = Calendar { away, ..Calendar::default() };
        assert_eq!(calendar.off_until(day("2026-12-20")), Some(day("2026-12-31")));
        assert_eq!(calendar.off_until(day("2026-12-31")), Some(day("2026-12-31")));
        assert_eq!(calendar.off_until(day("2027-01-01")), None);
    }
}
