//! When a backlog of overdue cards is worked off, at the learner's pace.

/// The longest wait that is worth a date, in days.
const FARTHEST_D: u32 = 3_650;

/// What becomes of a backlog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// It is worked off on the day so many days from today; 0 is today.
    Clear {
        /// Days from today.
        in_days: u32,
    },
    /// More comes than is done: it is larger each day by so many cards. 0: it stays.
    Grows {
        /// Cards a day, rounded up.
        a_day: u32,
    },
}

/// Returns what becomes of `overdue` cards when `pace` cards a day are answered.
///
/// `coming` holds the cards that come due on today and each day after it: they
/// are answered out of the same pace. What comes after the last of these days is
/// taken to be as much a day as in them. Cards that return because they are
/// answered meanwhile are not planned yet, and not in it.
#[must_use]
pub fn outlook(overdue: u32, coming: &[u32], pace: u32) -> Outlook {
    let pace = i64::from(pace);
    let mut left = i64::from(overdue);
    for (in_days, due) in (0..).zip(coming) {
        left += i64::from(*due) - pace;
        if left <= 0 {
            return Outlook::Clear { in_days };
        }
    }
    let days = coming.len() as i64;
    let grown = left - i64::from(overdue);
    if days > 0 && grown > 0 {
        return Outlook::Grows { a_day: to_count(ceil(grown, days)) };
    }
    let arrives: i64 = coming.iter().copied().map(i64::from).sum();
    // Both sides in cards a period of `days` days, so that nothing is rounded.
    let worked_off = pace * days.max(1) - arrives;
    if worked_off <= 0 {
        return Outlook::Grows { a_day: 0 };
    }
    let last = (days - 1).max(0);
    let in_days = to_count(last + ceil(left * days.max(1), worked_off));
    if in_days > FARTHEST_D { Outlook::Grows { a_day: 0 } } else { Outlook::Clear { in_days } }
}

const fn ceil(a: i64, b: i64) -> i64 {
    (a + b - 1) / b
}

fn to_count(n: i64) -> u32 {
    u32::try_from(n.max(0)).unwrap_or(u32::MAX)
}

/// Returns the cards answered a day, the mean of the last study days, rounded;
/// `None` where there is none.
#[must_use]
pub fn mean_pace(study_days: &[u32]) -> Option<u32> {
    let days = u32::try_from(study_days.len()).ok().filter(|days| *days > 0)?;
    let all = study_days.iter().fold(0_u32, |sum, cards| sum.saturating_add(*cards));
    Some(all.saturating_add(days / 2) / days)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_backlog_is_cleared_grows_or_stays() {
        let clear = |in_days| Outlook::Clear { in_days };
        let grows = |a_day| Outlook::Grows { a_day };
        let cases: [(&str, u32, &[u32], u32, Outlook); 11] = [
            ("nothing waits", 0, &[5, 5], 10, clear(0)),
            ("done today", 30, &[10], 40, clear(0)),
            ("today's cards take their share", 30, &[20, 0], 40, clear(1)),
            ("312 at 40 a day", 312, &[0; 30], 40, clear(7)),
            ("beyond the days that are known", 312, &[0; 2], 40, clear(7)),
            ("what comes goes off the pace", 300, &[30; 14], 40, clear(29)),
            ("a full day later is another matter", 10, &[0, 100, 0], 60, clear(0)),
            ("a full day is carried over", 70, &[0, 60, 0], 60, clear(2)),
            ("more comes than is done", 100, &[45; 10], 40, grows(5)),
            ("as much comes as is done", 100, &[40; 10], 40, grows(0)),
            ("nothing is done", 100, &[0; 10], 0, grows(0)),
        ];
        for (name, overdue, coming, pace, want) in cases {
            assert_eq!(outlook(overdue, coming, pace), want, "{name}");
        }
        assert_eq!(outlook(100, &[], 10), clear(10), "no day is known");
        assert_eq!(outlook(u32::MAX, &[0], 1), grows(0), "no date lies beyond a lifetime");
        assert_eq!(outlook(u32::MAX, &[u32::MAX; 3], 0), grows(u32::MAX));
    }

    #[test]
    fn the_pace_is_the_mean_of_the_study_days() {
        for (days, want) in
            [(&[][..], None), (&[40], Some(40)), (&[1, 2], Some(2)), (&[10, 20, 31], Some(20))]
        {
            assert_eq!(mean_pace(days), want, "{days:?}");
        }
    }

    proptest! {
        #[test]
        fn a_faster_pace_never_clears_later(
            overdue in 0_u32..2_000,
            coming in prop::collection::vec(0_u32..100, 0..40),
            pace in 0_u32..200,
        ) {
            let day = |pace| match outlook(overdue, &coming, pace) {
                Outlook::Clear { in_days } => in_days,
                Outlook::Grows { .. } => u32::MAX,
            };
            prop_assert!(day(pace + 1) <= day(pace));
        }
    }
}
