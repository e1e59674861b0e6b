//! Which of the daily backups stay.

use std::collections::BTreeSet;

use chrono::Datelike;

use crate::domain::Day;

/// So many periods keep their newest backup, and which period a day belongs to.
const KEPT: [(usize, fn(Day) -> i32); 3] = [(7, day), (4, week), (12, month)];

/// Returns the days whose backups stay: the newest of each of the last seven days, four
/// weeks and twelve months that have one.
pub(super) fn kept(days: &BTreeSet<Day>) -> BTreeSet<Day> {
    let newest = |(count, period): (usize, fn(Day) -> i32)| {
        let mut last = None;
        let starts = move |at: &Day| last.replace(period(*at)) != Some(period(*at));
        days.iter().rev().copied().filter(starts).take(count)
    };
    KEPT.into_iter().flat_map(newest).collect()
}

const fn day(at: Day) -> i32 {
    at.0
}

/// Returns the number of the week, from Monday on. The first day of all was a Thursday.
const fn week(at: Day) -> i32 {
    at.0.saturating_add(3).div_euclid(7)
}

fn month(at: Day) -> i32 {
    at.date().year() * 12 + at.date().month0() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(dates: &[&str]) -> BTreeSet<Day> {
        dates.iter().map(|date| date.parse().unwrap()).collect()
    }

    /// Returns the days that still have a backup when one was made on each of `made`.
    fn left(made: impl IntoIterator<Item = Day>) -> Vec<String> {
        let mut days = BTreeSet::new();
        for day in made {
            days.insert(day);
            days = kept(&days);
        }
        days.iter().map(Day::to_string).collect()
    }

    #[test]
    fn seven_days_four_weeks_and_twelve_months_stay() {
        let last = days(&["2026-11-25"]).pop_first().unwrap(); // a Wednesday
        let every = |step: usize| (0..800).step_by(step).rev().map(move |ago| last.shift(-ago));
        let months = [
            "2025-12-31",
            "2026-01-31",
            "2026-02-28",
            "2026-03-31",
            "2026-04-30",
            "2026-05-31",
            "2026-06-30",
            "2026-07-31",
            "2026-08-31",
            "2026-09-30",
            "2026-10-31",
        ];
        let weeks = ["2026-11-08", "2026-11-15"];
        let week = [
            "2026-11-19",
            "2026-11-20",
            "2026-11-21",
            "2026-11-22",
            "2026-11-23",
            "2026-11-24",
            "2026-11-25",
        ];
        assert_eq!(left(every(1)), [&months[..], &weeks, &week].concat());
        assert_eq!(left(every(800)).len(), 1, "a single one stays");
        // Who studies once in 30 days has twelve, none of them for two periods alike.
        assert_eq!(left(every(30)).len(), 12);
    }

    #[test]
    fn the_newest_of_a_period_is_the_one_that_stays() {
        let cases = [
            // name                     made                                      left at least
            ("a week ends on Sunday", ["2026-11-01", "2026-11-02"], "2026-11-01"),
            ("a month is no 30 days", ["2026-01-31", "2026-02-01"], "2026-01-31"),
            ("a year ends as a month does", ["2025-12-31", "2026-01-01"], "2025-12-31"),
            ("days before 1970 count alike", ["1969-12-28", "1969-12-29"], "1969-12-28"),
        ];
        for (name, made, stays) in cases {
            let first = days(&made).pop_last().unwrap();
            // Seven newer days push both out of the days.
            let newer = (1..=7).map(|later| first.shift(later + 3));
            let days: BTreeSet<_> = days(&made).into_iter().chain(newer).collect();
            assert!(kept(&days).contains(&stays.parse().unwrap()), "{name}");
        }
    }

    #[test]
    fn a_backup_from_a_clock_that_was_ahead_pushes_nothing_out_but_one_period() {
        let ahead = days(&["2031-01-01"]);
        let real: BTreeSet<Day> = (0..7).map(|day| Day(20_000).shift(day)).collect();
        let kept = kept(&real.union(&ahead).copied().collect());
        assert_eq!(kept.len(), 7);
        assert!(kept.contains(&Day(20_006)));
    }
}
