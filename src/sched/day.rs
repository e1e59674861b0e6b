//! Study days.

use chrono::{DateTime, NaiveDateTime, Timelike};

use crate::domain::Day;

/// The hour at which a new study day begins, unless configured otherwise.
pub const DEFAULT_ROLLOVER_HOUR: u8 = 4;

/// Returns the study day of a local wall-clock time: its date, or the date
/// before while the hour is below `rollover_hour` (0 to 23).
///
/// Looks at the wall clock alone. Subtracting hours from the instant would be
/// wrong on the nights on which clocks change.
#[must_use]
pub fn study_day(local: NaiveDateTime, rollover_hour: u8) -> Day {
    let date = Day::from(local.date());
    if local.hour() < u32::from(rollover_hour) { date.shift(-1) } else { date }
}

/// Returns the study day of an instant as seen `offset_min` minutes east of UTC.
#[must_use]
pub fn study_day_at(at_ms: i64, offset_min: i32, rollover_hour: u8) -> Day {
    let local_ms = at_ms.saturating_add(i64::from(offset_min) * 60_000);
    let local = DateTime::from_timestamp_millis(local_ms).unwrap_or(if local_ms < 0 {
        DateTime::<chrono::Utc>::MIN_UTC
    } else {
        DateTime::<chrono::Utc>::MAX_UTC
    });
    study_day(local.naive_utc(), rollover_hour)
}

/// Returns the hour, 0 to 23, that a clock `offset_min` minutes east of UTC shows.
#[must_use]
pub const fn hour_at(at_ms: i64, offset_min: i32) -> u8 {
    let local_ms = at_ms.saturating_add(offset_min as i64 * 60_000);
    local_ms.div_euclid(3_600_000).rem_euclid(24) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_of(text: &str) -> String {
        let at = DateTime::parse_from_rfc3339(text).unwrap();
        let offset_min = at.offset().local_minus_utc() / 60;
        study_day_at(at.timestamp_millis(), offset_min, DEFAULT_ROLLOVER_HOUR).to_string()
    }

    #[test]
    fn the_day_turns_at_the_rollover_hour_of_the_wall_clock() {
        let cases = [
            ("before rollover", "2026-11-24T03:59:59+08:00", "2026-11-23"),
            ("at rollover", "2026-11-24T04:00:00+08:00", "2026-11-24"),
            ("midnight", "2026-11-24T00:00:00+00:00", "2026-11-23"),
            // New York springs forward: 02:00 EST becomes 03:00 EDT.
            ("US spring, before", "2026-03-08T01:59:00-05:00", "2026-03-07"),
            ("US spring, after the gap", "2026-03-08T03:30:00-04:00", "2026-03-07"),
            ("US spring, rollover", "2026-03-08T04:00:00-04:00", "2026-03-08"),
            // New York falls back: 01:30 comes twice.
            ("US autumn, first 01:30", "2026-11-01T01:30:00-04:00", "2026-10-31"),
            ("US autumn, second 01:30", "2026-11-01T01:30:00-05:00", "2026-10-31"),
            ("US autumn, rollover", "2026-11-01T04:00:00-05:00", "2026-11-01"),
            ("Berlin spring, rollover", "2026-03-29T04:00:00+02:00", "2026-03-29"),
            ("Berlin spring, before", "2026-03-29T03:59:00+02:00", "2026-03-28"),
            // Lord Howe Island moves by half an hour.
            ("Lord Howe, before", "2026-04-05T03:59:00+10:30", "2026-04-04"),
            ("Lord Howe, rollover", "2026-04-05T04:00:00+10:30", "2026-04-05"),
            // Apia had no 30 December 2011.
            ("Apia, last hour of the 29th", "2011-12-29T23:59:00-10:00", "2011-12-29"),
            ("Apia, first hour of the 31st", "2011-12-31T00:00:00+14:00", "2011-12-30"),
            ("Apia, rollover", "2011-12-31T04:00:00+14:00", "2011-12-31"),
        ];
        for (name, at, want) in cases {
            assert_eq!(day_of(at), want, "{name}");
        }
    }

    #[test]
    fn the_hour_is_the_one_the_local_clock_shows() {
        for (text, hour) in [
            ("2026-11-24T03:59:59+08:00", 3),
            ("2026-11-24T23:00:00-10:00", 23),
            ("1969-12-31T23:59:59+00:00", 23),
            ("2026-04-05T00:10:00+10:30", 0),
        ] {
            let at = DateTime::parse_from_rfc3339(text).unwrap();
            let offset_min = at.offset().local_minus_utc() / 60;
            assert_eq!(hour_at(at.timestamp_millis(), offset_min), hour, "{text}");
        }
        assert!(hour_at(i64::MAX, i32::MAX) < 24 && hour_at(i64::MIN, i32::MIN) < 24);
    }

    #[test]
    fn absurd_instants_stop_at_the_ends_of_the_calendar() {
        assert!(study_day_at(i64::MAX, 0, 4) > study_day_at(i64::MIN, 0, 4));
    }
}
