//! Statistics: counting what is new in the log, and putting the figures together.

use std::collections::HashSet;

use crate::domain::{Day, DeckName, Now};
use crate::sched::count::Sum;
use crate::sched::day::study_day_at;
use crate::session::stats::{
    Answers, CardFigures, Cards, Forecast, LeechLine, Request, Statistics, calendar_start,
};
use crate::store::{Backlog, CardKey, DeckKey, Outline, Recount, Store};

use super::decks::Decks;
use super::review::sides;
use super::{App, Result};

/// Leeches that are shown.
const MOST_LEECHES: usize = 20;

/// The work of counting what is new in the log, between two slices of it.
#[derive(Default)]
pub struct Counting {
    recount: Option<Recount>,
}

/// How far counting has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Events that are counted or read.
    pub done: u64,
    /// Events there are to count; `done` has reached it when all is counted.
    pub of: u64,
}

impl Progress {
    /// Nothing is left to count.
    pub const DONE: Self = Self { done: 0, of: 0 };

    /// Whether nothing is left to count.
    #[must_use]
    pub const fn is_done(self) -> bool {
        self.of == 0
    }
}

impl App {
    /// Counts what is new in the log, `most` events at most; to be called until all
    /// is done. Where nothing is new, nothing is written.
    ///
    /// # Errors
    /// The store.
    pub fn count_answers(&self, counting: &mut Counting, most: u32) -> Result<Progress> {
        let decks = self.decks()?;
        let of = match self.store.backlog(&|deck| decks.engine(deck))? {
            Backlog::None => return Ok(Progress::DONE),
            Backlog::Much => return self.count_anew(counting, most),
            Backlog::Little { events } => events,
        };
        counting.recount = None;
        self.store.transact(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            Ok::<_, crate::error::Error>(store.count_new(most, |deck| decks.engine(deck))?)
        })?;
        let is_done = self.store.backlog(&|deck| decks.engine(deck))? == Backlog::None;
        let (done, of) = (u64::from(most).min(of), of.max(1));
        Ok(if is_done { Progress::DONE } else { Progress { done, of } })
    }

    /// Reads a slice of the whole log; the last one puts the sums in place.
    fn count_anew(&self, counting: &mut Counting, most: u32) -> Result<Progress> {
        let mut recount = match counting.recount.take() {
            Some(recount) => recount,
            None => Recount::begin(&self.store)?,
        };
        if recount.read(&self.store, most)? {
            self.store.transact(|store| {
                let decks = Decks::load(store, &self.config.deck)?;
                let engine = |deck| decks.engine(deck);
                Ok::<_, crate::error::Error>(store.put_recount(recount, engine)?)
            })?;
            // What came meanwhile is few, and counted next.
            return self.count_answers(counting, most);
        }
        let (done, of) = recount.progress();
        counting.recount = Some(recount);
        Ok(Progress { done, of })
    }

    /// Returns the statistics, of what is counted: see [`App::count_answers`].
    ///
    /// # Errors
    /// A deck that does not exist, or the store.
    pub fn statistics(&self, request: &Request, now: Now) -> Result<Statistics> {
        self.store.view(|store| {
            let today = now.day;
            let all = store.all_decks()?;
            let wanted: Option<HashSet<DeckKey>> = request.deck.as_ref().map(|name| {
                // What was answered in a deck that is gone stays part of the one above it.
                all.iter().filter(|deck| deck.name.is_within(name)).map(|deck| deck.key).collect()
            });
            let is_wanted = |deck| wanted.as_ref().is_none_or(|decks| decks.contains(&deck));

            let first = match request.days {
                Some(_) => request.from(today, None).min(calendar_start(today)),
                None => Day(i32::MIN),
            };
            let mut sums = Vec::new();
            store.each_answered(first, |deck, sum| {
                if is_wanted(deck) {
                    sums.push(sum);
                }
            })?;
            let from = request.from(today, sums.iter().map(|sum: &Sum| sum.day).min());
            let older = store.studied_before(first)?;
            let older = older.into_iter().filter(|(_, deck)| is_wanted(*deck)).map(|(day, _)| day);
            let answers =
                Answers::of(sums, older, from, today, |day| self.config.calendar.is_off(day));

            let span_d = request.forecast_d();
            let due = store.due_by_deck(today.plus(span_d))?;
            let due = due.into_iter().filter(|(deck, ..)| is_wanted(*deck));
            let forecast = Forecast::of(due.map(|(_, day, cards)| (day, cards)), today, span_d);

            let mut cards = Cards::none(from, today);
            let mut leeches = Vec::new();
            store.each_outline(|outline| {
                if is_wanted(outline.deck) {
                    let figures = self.figures(&outline, now);
                    cards.add(&figures);
                    if figures.is_leech {
                        leeches.push((outline.lapses, outline.key, outline.ease_centi));
                    }
                }
            })?;
            leeches.sort_by_key(|(lapses, key, _)| (std::cmp::Reverse(*lapses), *key));
            leeches.truncate(MOST_LEECHES);
            cards.worst = leeches
                .into_iter()
                .map(|(lapses, key, ease_centi)| {
                    Ok(LeechLine { question: question(store, key)?, lapses, ease_centi })
                })
                .collect::<Result<_>>()?;
            let deck = request.deck.clone();
            Ok(Statistics { deck, from, to: today, answers, forecast, cards })
        })
    }

    fn figures(&self, outline: &Outline, now: Now) -> CardFigures {
        let Outline { interval_d, ease_centi, .. } = *outline;
        let rollover = self.config.rollover_hour;
        CardFigures {
            added: study_day_at(outline.added_ms, now.offset_min, rollover),
            is_new: outline.is_new,
            is_suspended: outline.is_suspended,
            is_leech: outline.is_leech(),
            interval_d,
            ease_centi,
        }
    }

    /// Returns the names of all decks, parents before their children.
    ///
    /// # Errors
    /// The store.
    pub fn deck_names(&self) -> Result<Vec<DeckName>> {
        Ok(self.decks()?.list.into_iter().map(|deck| deck.name).collect())
    }
}

fn question(store: &Store, key: CardKey) -> Result<String> {
    let card = store.card(key)?;
    Ok(sides(&store.note(key.note())?, card.slot).0)
}
