//! The overview of a collection: what Home shows, in one pass.

use crate::domain::deck::Limit;
use crate::domain::{Day, Now};
use crate::sched::backlog;
use crate::session::home::{Backlog, DeckLine, Home};
use crate::store::Store;

use super::decks::Decks;
use super::queue::all_counts;
use super::{App, Result};

/// Days of the forecast that decide when a backlog is clear.
const HORIZON_D: u32 = 28;
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
            let (overdue, coming) = forecast(store, now.day)?;
            let mut week = [0; 7];
            week.iter_mut().zip(&coming).for_each(|(day, due)| *day = *due);
            Ok(Home {
                today: now.day,
                decks: lines,
                total,
                imports: Vec::new(),
                streak: store.streak(now.day)?,
                week,
                backlog: match overdue {
                    0 => None,
                    overdue => Some(Backlog {
                        overdue,
                        pace: pace(store, &decks, now.day)?.map(|pace| {
                            (pace, backlog::outlook(overdue, &coming, pace, |_| false))
                        }),
                    }),
                },
            })
        })
    }
}

/// Returns how many cards were due before today, and how many come due on today and
/// each day after it.
fn forecast(store: &Store, today: Day) -> Result<(u32, [u32; HORIZON_D as usize])> {
    let (mut overdue, mut coming) = (0, [0; HORIZON_D as usize]);
    for (day, cards) in store.forecast(Day(i32::MIN), today.plus(HORIZON_D - 1))? {
        match usize::try_from(day.since(today)).ok().and_then(|at| coming.get_mut(at)) {
            Some(due) => *due = cards,
            None => overdue += cards,
        }
    }
    Ok((overdue, coming))
}

/// Returns how many due cards are answered a day: what the limits of the top-level
/// decks allow, where each has one, or the mean of the last study days before today.
fn pace(store: &Store, decks: &Decks, today: Day) -> Result<Option<u32>> {
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
