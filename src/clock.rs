//! The only place that knows the time.

use std::time::Instant;

use chrono::{DateTime, FixedOffset, Local, TimeZone, Utc};

use crate::domain::Now;
use crate::sched::day::study_day_at;

/// Where "now" comes from.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    rollover_hour: u8,
    start: Option<Start>,
}

/// A moment the clock was told to start from.
#[derive(Clone, Copy, Debug)]
struct Start {
    at: DateTime<FixedOffset>,
    /// When it was told; `None`: it stands still.
    since: Option<Instant>,
}

impl Clock {
    /// Returns the machine's clock; a study day begins at `rollover_hour`.
    #[must_use]
    pub const fn system(rollover_hour: u8) -> Self {
        Self { rollover_hour, start: None }
    }

    /// Returns a clock that stands at `at`, or, when `runs`, goes on from there.
    #[must_use]
    pub fn starting(at: DateTime<FixedOffset>, runs: bool, rollover_hour: u8) -> Self {
        #[expect(clippy::disallowed_methods, reason = "this is the one place for it")]
        let since = runs.then(Instant::now);
        Self { rollover_hour, start: Some(Start { at, since }) }
    }

    /// Lets study days begin at another hour from now on.
    pub const fn roll_over_at(&mut self, hour: u8) {
        self.rollover_hour = hour;
    }

    /// Returns the moment.
    ///
    /// The offset of a given start holds for as long as the local zone would have
    /// another one; where the zone agrees with it, the zone's rules go on.
    #[must_use]
    pub fn now(&self) -> Now {
        let at = self.local();
        let (at_ms, offset_min) = (at.timestamp_millis(), at.offset().local_minus_utc() / 60);
        Now { at_ms, offset_min, day: study_day_at(at_ms, offset_min, self.rollover_hour) }
    }

    fn local(&self) -> DateTime<FixedOffset> {
        let Some(start) = self.start else {
            #[expect(clippy::disallowed_methods, reason = "this is the one place for it")]
            return Local::now().fixed_offset();
        };
        let Some(since) = start.since else { return start.at };
        let elapsed = chrono::Duration::from_std(since.elapsed()).unwrap_or_default();
        let later = start.at + elapsed;
        let zone_agrees = zone_at(start.at.to_utc()).offset() == start.at.offset();
        if zone_agrees { zone_at(later.to_utc()) } else { later }
    }
}

/// Returns what tells the milliseconds since now, by a clock that nobody sets.
#[must_use]
pub fn stopwatch() -> Box<dyn Fn() -> u64> {
    #[expect(clippy::disallowed_methods, reason = "this is the one place for it")]
    let start = Instant::now();
    Box::new(move || start.elapsed().as_millis() as u64)
}

fn zone_at(at: DateTime<Utc>) -> DateTime<FixedOffset> {
    Local.from_utc_datetime(&at.naive_utc()).fixed_offset()
}

/// Measures how long something takes.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts to measure.
    #[must_use]
    pub fn start() -> Self {
        #[expect(clippy::disallowed_methods, reason = "this is the one place for it")]
        Self(Instant::now())
    }

    /// Returns the time since then, in milliseconds.
    #[must_use]
    pub fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Returns an instant as local wall-clock time for people: `2026-11-23 12:05`.
#[must_use]
pub fn local_text(at_ms: i64) -> String {
    match DateTime::<Utc>::from_timestamp_millis(at_ms) {
        Some(at) => zone_at(at).format("%Y-%m-%d %H:%M").to_string(),
        None => String::from("?"),
    }
}

/// Returns an instant as RFC 3339 in local time, for JSON.
#[must_use]
pub fn rfc3339(at_ms: i64) -> String {
    DateTime::<Utc>::from_timestamp_millis(at_ms)
        .map_or_else(String::new, |at| zone_at(at).to_rfc3339())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_moment_keeps_its_offset_and_its_day() {
        let at = DateTime::parse_from_rfc3339("2026-11-24T03:59:00+08:00").unwrap();
        let now = Clock::starting(at, false, 4).now();
        assert_eq!((now.offset_min, now.day.to_string()), (480, "2026-11-23".into()));
        assert_eq!(now.at_ms, at.timestamp_millis());
    }
}
