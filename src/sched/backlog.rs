//! When a backlog of overdue cards is worked off, at the learner's pace.

use crate::domain::Day;
use crate::domain::deck::Limit;

/// The longest wait that is worth a date, in days.
const FARTHEST_D: u32 = 3_650;

/// A pace at which the learner wants to work a backlog off.
///
/// It asks nothing of the days before: while more is due than a day of it holds, it is
/// in force, and on the first day on which all that is due fits, it is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CatchUp {
    /// Due cards a study day, over all decks; none: no pace was chosen.
    pub per_day: Limit,
    /// The last day on which it can be in force.
    pub until: Option<Day>,
    /// Whether new cards come all the same.
    pub with_new: bool,
}

impl Default for CatchUp {
    fn default() -> Self {
        Self { per_day: Limit::None, until: None, with_new: false }
    }
}

impl CatchUp {
    /// Returns the due cards of `today` where it is in force; `due` is what is due
    /// then, what was answered today and was due included.
    #[must_use]
    pub fn pace(&self, today: Day, due: u32) -> Option<u32> {
        match self.per_day {
            Limit::PerDay(pace) if pace < due && self.until.is_none_or(|last| today <= last) => {
                Some(pace)
            }
            _ => None,
        }
    }
}

/// What is due today, one card of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueToday {
    /// Open cards that were due before.
    pub overdue: u32,
    /// All open cards, those that are overdue included.
    pub open: u32,
    /// Cards that were due and are answered.
    pub reviewed: u32,
}

impl DueToday {
    /// Returns all that was due when the day began, by which a [`CatchUp`] is in force.
    #[must_use]
    pub const fn all(&self) -> u32 {
        self.open.saturating_add(self.reviewed)
    }

    /// Returns the open cards that come due today.
    #[must_use]
    pub const fn comes(&self) -> u32 {
        self.open.saturating_sub(self.overdue)
    }
}

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

/// One day on which a backlog is worked off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayOfWork {
    /// Days from today.
    pub in_days: u32,
    /// Cards that come due on it.
    pub comes: u32,
    /// Cards that are answered on it.
    pub done: u32,
    /// Cards that still wait after it.
    pub left: u32,
}

/// Returns how `overdue` cards are worked off when `pace` says how many are answered
/// on the day so many days from today; it ends with the day on which nothing is left.
///
/// `coming` holds the cards that come due on today and each day after it: they
/// are answered out of the same pace. What comes after the last of these days is
/// taken to be as much a day as in them. Cards that return because they are
/// answered meanwhile are not planned yet, and not in it.
pub fn course(
    overdue: u32,
    coming: &[u32],
    pace: impl Fn(u32) -> u32,
) -> impl Iterator<Item = DayOfWork> {
    let known: u64 = coming.iter().copied().map(u64::from).sum();
    // Shares of the sum that add up to it, so that nothing is lost by rounding.
    let share = move |days: u64| known * days / (coming.len() as u64).max(1);
    let comes = move |in_days: u32| {
        let day = u64::from(in_days);
        let expected = share(day + 1) - share(day);
        coming.get(in_days as usize).copied().unwrap_or_else(|| to_count(expected as i64))
    };
    let mut left = overdue;
    let mut is_over = false;
    (0..=FARTHEST_D).map_while(move |in_days| {
        if is_over {
            return None;
        }
        let comes = comes(in_days);
        let all = left.saturating_add(comes);
        let done = all.min(pace(in_days));
        left = all - done;
        is_over = left == 0;
        Some(DayOfWork { in_days, comes, done, left })
    })
}

/// Returns what becomes of `overdue` cards when `pace` cards a day are answered, but
/// none on the days from today on that are off. See [`course`].
#[must_use]
pub fn outlook(overdue: u32, coming: &[u32], pace: u32, is_off: impl Fn(u32) -> bool) -> Outlook {
    let worked = |in_days| if is_off(in_days) { 0 } else { pace };
    let last = course(overdue, coming, worked).last();
    if let Some(DayOfWork { in_days, left: 0, .. }) = last {
        return Outlook::Clear { in_days };
    }
    let days = coming.len() as i64;
    let grown = coming.iter().copied().map(i64::from).sum::<i64>() - i64::from(pace) * days;
    Outlook::Grows { a_day: if grown > 0 { to_count(ceil(grown, days)) } else { 0 } }
}

/// Returns the least pace at which `overdue` cards are worked off on the day so many
/// days from today at the latest; `None` where all days until then are off.
#[must_use]
pub fn pace_until(
    overdue: u32,
    coming: &[u32],
    in_days: u32,
    is_off: impl Fn(u32) -> bool,
) -> Option<u32> {
    let is_enough = |pace| match outlook(overdue, coming, pace, &is_off) {
        Outlook::Clear { in_days: day } => day <= in_days,
        Outlook::Grows { .. } => false,
    };
    let (mut too_few, mut enough) = (0, u32::MAX);
    if is_enough(too_few) || !is_enough(enough) {
        return is_enough(too_few).then_some(0);
    }
    while too_few + 1 < enough {
        let middle = too_few + (enough - too_few) / 2;
        if is_enough(middle) { enough = middle } else { too_few = middle }
    }
    Some(enough)
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
            assert_eq!(outlook(overdue, coming, pace, |_| false), want, "{name}");
        }
        let every = |_| false;
        assert_eq!(outlook(100, &[], 10, every), clear(9), "no day is known");
        assert_eq!(outlook(u32::MAX, &[0], 1, every), grows(0), "no date lies beyond a lifetime");
        assert_eq!(outlook(u32::MAX, &[u32::MAX; 3], 0, every), grows(u32::MAX));
    }

    #[test]
    fn nothing_is_worked_off_on_days_off() {
        let off = |day| (1..=3).contains(&day);
        let work: Vec<_> =
            course(70, &[10, 20, 0, 0, 5], |day| if off(day) { 0 } else { 60 }).collect();
        let left: Vec<_> = work.iter().map(|day| (day.comes, day.done, day.left)).collect();
        assert_eq!(left, [(10, 60, 20), (20, 0, 40), (0, 0, 40), (0, 0, 40), (5, 45, 0)]);
        assert_eq!(outlook(70, &[10, 20, 0, 0, 5], 60, off), Outlook::Clear { in_days: 4 });
        let always = |_| true;
        assert_eq!(outlook(70, &[0; 5], 60, always), Outlook::Grows { a_day: 0 });
    }

    #[test]
    fn what_comes_after_the_known_days_is_as_much_a_day_as_in_them() {
        let comes: Vec<u32> = course(1_000, &[5, 2], |_| 10).map(|day| day.comes).take(7).collect();
        assert_eq!(comes, [5, 2, 3, 4, 3, 4, 3]);
    }

    #[test]
    fn the_least_pace_that_is_enough_is_found() {
        let none = |_: u32| false;
        assert_eq!(pace_until(300, &[0; 28], 9, none), Some(30));
        assert_eq!(pace_until(300, &[10; 28], 9, none), Some(40));
        assert_eq!(pace_until(300, &[0; 28], 9, |day| day < 5), Some(60));
        assert_eq!(pace_until(300, &[0; 28], 9, |_| true), None);
        assert_eq!(pace_until(0, &[0; 28], 9, none), Some(0));
    }

    #[test]
    fn a_plan_is_in_force_while_more_is_due_than_it_holds() {
        let today = Day(100);
        let plan = |pace, until| CatchUp { per_day: pace, until, with_new: false };
        let forty = Limit::PerDay(40);
        let cases = [
            ("none was chosen", plan(Limit::None, None), 500, None),
            ("a backlog", plan(forty, None), 500, Some(40)),
            ("all fits", plan(forty, None), 40, None),
            ("one more than fits", plan(forty, None), 41, Some(40)),
            ("the last day", plan(forty, Some(today)), 500, Some(40)),
            ("its day has passed", plan(forty, Some(today.shift(-1))), 500, None),
        ];
        for (name, plan, due, pace) in cases {
            assert_eq!(plan.pace(today, due), pace, "{name}");
        }
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
        fn a_course_loses_no_card(
            overdue in 0_u32..2_000,
            coming in prop::collection::vec(0_u32..100, 0..40),
            pace in 0_u32..200,
        ) {
            let mut left = overdue;
            for (day, nth) in course(overdue, &coming, |_| pace).zip(0..) {
                prop_assert_eq!(day.in_days, nth);
                prop_assert!(day.done <= pace);
                prop_assert_eq!(left + day.comes, day.done + day.left);
                left = day.left;
            }
            let ends = matches!(outlook(overdue, &coming, pace, |_| false), Outlook::Clear { .. });
            prop_assert_eq!(left == 0, ends);
        }

        #[test]
        fn a_faster_pace_never_clears_later(
            overdue in 0_u32..2_000,
            coming in prop::collection::vec(0_u32..100, 0..40),
            pace in 0_u32..200,
        ) {
            let day = |pace| match outlook(overdue, &coming, pace, |_| false) {
                Outlook::Clear { in_days } => in_days,
                Outlook::Grows { .. } => u32::MAX,
            };
            prop_assert!(day(pace + 1) <= day(pace));
        }
    }
}
