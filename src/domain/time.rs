//! Days and moments.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate, Weekday};

/// A civil day: whole days since 1970-01-01. For answers it is the *study day*,
/// that is, after the rollover hour was applied (see [`crate::sched::day`]).
///
/// Only `clock.rs` makes one from the wall clock; everything else is handed one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// Days from 0001-01-01 (day 1 of chrono's count) to 1970-01-01.
const EPOCH_FROM_CE: i32 = 719_163;

impl Day {
    /// Returns the day `days` later, stopping at the last day that fits.
    #[must_use]
    pub const fn plus(self, days: u32) -> Self {
        Self(self.0.saturating_add_unsigned(days))
    }

    /// Returns the day `days` later or, when negative, earlier.
    #[must_use]
    pub const fn shift(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Returns how many days `self` lies after `earlier` (negative: before it).
    #[must_use]
    pub const fn since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// Returns the civil date; days beyond chrono's range stop at its ends.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        let end = if self.0 < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
        NaiveDate::from_num_days_from_ce_opt(self.0.saturating_add(EPOCH_FROM_CE)).unwrap_or(end)
    }

    /// Returns its day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        self.date().weekday()
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date.num_days_from_ce() - EPOCH_FROM_CE)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date().format("%Y-%m-%d"))
    }
}

/// A date that is not written as `2026-11-23`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no date (write it as 2026-11-23)")]
pub struct BadDay(pub String);

impl FromStr for Day {
    type Err = BadDay;

    fn from_str(text: &str) -> Result<Self, BadDay> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .map(Self::from)
            .map_err(|_| BadDay(text.to_owned()))
    }
}

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Days from one to another, both of them included. Written as `2026-12-20..2027-01-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Day,
    /// The last day; not before the first.
    pub to: Day,
}

impl Period {
    /// Whether a day is one of them.
    #[must_use]
    pub fn holds(self, day: Day) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.from, self.to)
    }
}

/// Days that are not written as `2026-12-20..2027-01-03`, the earlier one first.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` are no days (write the first and the last one as 2026-12-20..2027-01-03)")]
pub struct BadPeriod(pub String);

impl FromStr for Period {
    type Err = BadPeriod;

    fn from_str(text: &str) -> Result<Self, BadPeriod> {
        let bad = || BadPeriod(text.to_owned());
        let (from, to) = text.split_once("..").ok_or_else(bad)?;
        let day = |text: &str| text.trim().parse::<Day>().map_err(|_| bad());
        let period = Self { from: day(from)?, to: day(to)? };
        if period.from > period.to { Err(bad()) } else { Ok(period) }
    }
}

/// A moment as an event logs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Unix time in milliseconds, UTC.
    pub at_ms: i64,
    /// Minutes east of UTC of the local clock at that moment.
    pub offset_min: i32,
    /// The study day it belongs to.
    pub day: Day,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_reads_and_writes_as_a_civil_date() {
        for text in ["1970-01-01", "2026-11-23", "2000-02-29", "1969-12-31"] {
            assert_eq!(text.parse::<Day>().unwrap().to_string(), text);
        }
        assert_eq!("1970-01-02".parse(), Ok(Day(1)));
        assert_eq!("23.11.2026".parse::<Day>(), Err(BadDay("23.11.2026".into())));
    }

    #[test]
    fn a_period_holds_its_first_and_its_last_day() {
        let period: Period = "2026-12-20..2027-01-03".parse().unwrap();
        assert_eq!(period.to_string(), "2026-12-20..2027-01-03");
        for (day, is_in) in [
            ("2026-12-19", false),
            ("2026-12-20", true),
            ("2027-01-03", true),
            ("2027-01-04", false),
        ] {
            assert_eq!(period.holds(day.parse().unwrap()), is_in, "{day}");
        }
        for bad in ["2026-12-20", "2026-12-20..", "2027-01-03..2026-12-20", "a..b", ""] {
            assert_eq!(bad.parse::<Period>(), Err(BadPeriod(bad.into())));
        }
    }

    #[test]
    fn days_beyond_the_calendar_stop_at_its_ends() {
        assert_eq!(Day(i32::MAX).plus(9), Day(i32::MAX));
        assert_eq!(Day(i32::MAX).date(), NaiveDate::MAX);
        assert_eq!(Day(i32::MIN).date(), NaiveDate::MIN);
    }
}
