//! What would come of a plan for the days ahead: a pace for a backlog, days off.

use crate::domain::deck::Limit;
use crate::domain::{Day, Now, Period};
use crate::error::Error;
use crate::sched::backlog::{CatchUp, DayOfWork, Outlook, course, outlook, pace_until};
use crate::sched::calendar::Calendar;

use super::decks::Decks;
use super::overview::{Ahead, pace};
use super::queue::due_today;
use super::{App, Result};

/// Days of work that are listed where a pace is too slow to end.
const LISTED_D: usize = 14;

/// How a backlog is to be worked off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// So many due cards a day.
    PerDay(u32),
    /// As many a day as it takes to be done by this day.
    Until(Day),
}

/// What a pace would come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatchUpPreview {
    /// Notes with an open card that was due before today.
    pub overdue: u32,
    /// Notes of which the first open card comes due today.
    pub due: u32,
    /// Due cards a day.
    pub per_day: u32,
    /// Whether a plan of that pace is in force today: more is due than it holds.
    pub is_needed: bool,
    /// How it ends.
    pub outlook: Outlook,
    /// The days until then, or the first of them where it does not end.
    pub days: Vec<(Day, DayOfWork)>,
}

/// What days off would come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VacationPreview {
    /// How many days they are.
    pub days: u32,
    /// Cards that will have come due when they end.
    pub due: u32,
    /// The first day after them.
    pub back: Day,
    /// Due cards that are answered a day, where it is known, and what follows from it.
    pub pace: Option<(u32, Outlook)>,
}

impl App {
    /// Returns what becomes of the backlog when it is worked off as wished.
    ///
    /// # Errors
    /// A day that has passed or before which all are days off, or the store.
    pub fn catch_up_preview(&self, wish: Wish, now: Now) -> Result<CatchUpPreview> {
        self.store.view(|store| {
            let today = now.day;
            let decks = Decks::load(store, &self.config.deck)?;
            let due = due_today(store, &self.config, &decks, today)?;
            let Ahead { waiting, coming } = Ahead::of(store, &due, today)?;
            let is_off = |in_days| self.config.calendar.is_off(today.plus(in_days));
            let per_day = match wish {
                Wish::PerDay(per_day) => per_day,
                Wish::Until(last) => {
                    let in_days = u32::try_from(last.since(today));
                    let in_days =
                        in_days.map_err(|_| Error::Invalid(format!("{last} has passed")))?;
                    pace_until(waiting, &coming, in_days, is_off).ok_or_else(|| {
                        Error::Invalid(format!("all days until {last} are days off"))
                    })?
                }
            };
            let outlook = outlook(waiting, &coming, per_day, is_off);
            let listed = match outlook {
                Outlook::Clear { .. } => usize::MAX,
                Outlook::Grows { .. } => LISTED_D,
            };
            let worked = |in_days| if is_off(in_days) { 0 } else { per_day };
            let days = course(waiting, &coming, worked)
                .map(|day| (today.plus(day.in_days), day))
                .take(listed)
                .collect();
            let plan = CatchUp { per_day: Limit::PerDay(per_day), ..CatchUp::default() };
            Ok(CatchUpPreview {
                overdue: due.overdue,
                due: due.comes(),
                per_day,
                is_needed: plan.pace(today, due.all()).is_some(),
                outlook,
                days,
            })
        })
    }

    /// Returns what waits after some days off, beside those that are planned already.
    ///
    /// # Errors
    /// The store.
    pub fn vacation_preview(&self, period: Period, now: Now) -> Result<VacationPreview> {
        self.store.view(|store| {
            let mut calendar: Calendar = self.config.calendar.clone();
            calendar.away.push(period);
            let back = calendar.off_until(period.to).unwrap_or(period.to).plus(1);
            let decks = Decks::load(store, &self.config.deck)?;
            let pace = pace(store, &decks, now.day)?;
            // What waits before the first day off is done by then, unless that is over.
            let from = if period.from <= now.day { Day(i32::MIN) } else { period.from };
            let due = store.forecast(from, back.shift(-1))?.iter().map(|(_, cards)| cards).sum();
            let coming = Ahead::cards(store, back)?;
            let is_off = |in_days| calendar.is_off(back.plus(in_days));
            let outlook = |pace| (pace, outlook(due, &coming, pace, is_off));
            let days = period.to.since(period.from).unsigned_abs().saturating_add(1);
            Ok(VacationPreview { days, due, back, pace: pace.map(outlook) })
        })
    }
}
