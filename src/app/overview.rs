//! The overview of a collection: what Home shows, in one pass.

use crate::domain::deck::Limit;
use crate::domain::{Day, Now};
use crate::sched::backlog::{self, DueToday};
use crate::session::home::{Backlog, DeckLine, Home, Notice, Origin};
use crate::store::Store;

use super::decks::Decks;
use super::queue::{all_counts, due_today};
use super::{App, Result};

/// Days of the forecast that decide when a backlog is clear.
const HORIZON_D: u32 = 28;
/// Days after a vacation on which a backlog is put down to it.
const RETURN_D: i32 = 7;
/// Study days of which the pace is the mean.
const PACE_DAYS: u32 = 7;

impl App {
    /// Returns the decks with what is still to do today, the forecast, the backlog
    /// and the streak; the imports are left to the caller, who knows local time.
    ///
    /// # Errors
    /// The store.
    pub fn overview(&self, now: Now) -> Result<Home> {
        self.store.view(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let (counts, total) = all_counts(store, &self.config, &decks, now.day)?;
            let own_notes = store.notes_by_deck()?;
            let lines = decks.list.iter().zip(counts).map(|(deck, counts)| {
                let within = decks.within(&deck.name);
                let notes = within.filter_map(|deck| own_notes.get(&deck.key)).sum();
                DeckLine { name: deck.name.clone(), notes, counts }
            });
            let mut lines: Vec<DeckLine> = lines.collect();
            // By their parts: `A::B` stands below `A`, and `A 2` after both.
            lines.sort_by(|a, b| a.name.parts().cmp(b.name.parts()));
            let due = due_today(store, &self.config, &decks, now.day)?;
            let ahead = Ahead::of(store, &due, now.day)?;
            let mut week = [0; 7];
            week.iter_mut().zip(&ahead.coming).for_each(|(day, due)| *day = *due);
            let notice = match self.plan_of_day(store, &due, now.day)? {
                Some(planned) => Some(planned),
                None if due.overdue == 0 => None,
                None => {
                    let pace = pace(store, &decks, now.day)?;
                    Some(Notice::Backlog(self.backlog(due.overdue, &ahead, pace, now.day)))
                }
            };
            Ok(Home {
                today: now.day,
                decks: lines,
                total,
                imports: Vec::new(),
                streak: self.streak(now.day)?,
                week,
                notice,
            })
        })
    }

    /// Returns what the learner planned the day to be: one of a vacation, or one on
    /// which a backlog is worked off.
    ///
    /// # Errors
    /// The store.
    pub fn planned(&self, now: Now) -> Result<Option<Notice>> {
        self.store.view(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let due = due_today(store, &self.config, &decks, now.day)?;
            self.plan_of_day(store, &due, now.day)
        })
    }

    fn plan_of_day(&self, store: &Store, due: &DueToday, today: Day) -> Result<Option<Notice>> {
        if let Some(last) = self.config.calendar.off_until(today) {
            return Ok(Some(Notice::Vacation(last)));
        }
        let Some(pace) = self.config.catch_up.pace(today, due.all()) else { return Ok(None) };
        let ahead = Ahead::of(store, due, today)?;
        let backlog = self.backlog(due.overdue, &ahead, Some(pace), today);
        Ok(Some(Notice::Backlog(Backlog { origin: Origin::Plan, ..backlog })))
    }

    /// Returns what becomes of a backlog for which there is no plan.
    fn backlog(&self, overdue: u32, ahead: &Ahead, pace: Option<u32>, today: Day) -> Backlog {
        let calendar = &self.config.calendar;
        let was_away = (1..=RETURN_D).any(|ago| calendar.is_off(today.shift(-ago)));
        let origin = if was_away { Origin::Vacation } else { Origin::Days };
        let is_off = |in_days| calendar.is_off(today.plus(in_days));
        let outlook = |pace| (pace, backlog::outlook(ahead.waiting, &ahead.coming, pace, is_off));
        Backlog { overdue, pace: pace.map(outlook), origin }
    }
}

/// What a pace has to do on today and on the days after it.
///
/// Of a note one card a day is asked: those that wait behind another one today come
/// tomorrow.
pub(super) struct Ahead {
    /// Reviews that are overdue, and those that were done today.
    pub waiting: u32,
    /// Reviews that come due on today and each day after it.
    pub coming: [u32; HORIZON_D as usize],
}

impl Ahead {
    pub fn of(store: &Store, due: &DueToday, today: Day) -> Result<Self> {
        let mut coming = Self::cards(store, today.plus(1))?;
        let cards: u32 = store.forecast(Day(i32::MIN), today)?.iter().map(|(_, cards)| cards).sum();
        coming[0] += cards.saturating_sub(due.open);
        coming.rotate_right(1);
        coming[0] = due.comes();
        Ok(Self { waiting: due.overdue.saturating_add(due.reviewed), coming })
    }

    /// Returns how many cards come due on a day and each day after it.
    pub fn cards(store: &Store, first: Day) -> Result<[u32; HORIZON_D as usize]> {
        let mut coming = [0; HORIZON_D as usize];
        for (day, cards) in store.forecast(first, first.plus(HORIZON_D - 1))? {
            let at = usize::try_from(day.since(first)).ok();
            if let Some(due) = at.and_then(|at| coming.get_mut(at)) {
                *due = cards;
            }
        }
        Ok(coming)
    }
}

/// Returns how many due cards are answered a day: what the limits of the top-level
/// decks allow, where each has one, or the mean of the last study days before today.
pub(super) fn pace(store: &Store, decks: &Decks, today: Day) -> Result<Option<u32>> {
    let top = decks.list.iter().filter(|deck| deck.name.parent().is_none());
    let limits: Option<Vec<u32>> = top
        .map(|deck| match decks.settings(deck.key).reviews_per_day {
            Limit::PerDay(limit) => Some(limit),
            Limit::None => None,
        })
        .collect();
    match limits {
        Some(limits) if !limits.is_empty() => {
            Ok(Some(limits.into_iter().fold(0, u32::saturating_add)))
        }
        _ => Ok(backlog::mean_pace(&store.reviews_of_last_days(today, PACE_DAYS)?)),
    }
}
