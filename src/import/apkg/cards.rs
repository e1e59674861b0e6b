//! Cards and the log of answers, as they are stored: alike in all schemas.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::domain::state::NEW_EASE_CENTI;
use crate::domain::watch::{Stage, Watch};
use crate::domain::{Base, Grade, Slot};
use crate::import::foreign::{broken, has_table};
use crate::import::{ForeignAnswer, ForeignCard, ReadError};

use super::budget::Budget;
use super::names::Calendar;
use super::{Losses, STEP, cell};

/// From here on a due number is a moment in Unix seconds, below it counts days.
const FIRST_MOMENT: i64 = 1_000_000_000;

/// The lowest ease there is.
const MIN_EASE_CENTI: i64 = 130;

/// The longest interval that is taken, in days.
const MAX_INTERVAL_D: i64 = 36_500;

/// Lapses and repetitions beyond this number are taken for it.
const MAX_COUNT: i64 = 1_000_000;

/// A card's row.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawCard {
    id: i64,
    note: i64,
    /// Its own deck, where it lies in a filtered one.
    pub deck: i64,
    pub ord: i64,
    changed_s: i64,
    kind: CardKind,
    queue: i64,
    due: i64,
    interval: i64,
    factor: i64,
    lapses: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CardKind {
    New,
    /// On its first steps, or on steps after a lapse.
    Learning,
    Review,
}

/// A row of the log.
#[derive(Clone, Copy, Debug)]
struct Entry {
    card: i64,
    at_ms: i64,
    ease: i64,
    ms: i64,
    kind: i64,
}

impl Entry {
    /// Whether it is an answer: 4 and 5 are changes by hand and by the scheduler.
    fn grade(&self) -> Option<Grade> {
        let grades = [Grade::AGAIN, Grade::HARD, Grade::GOOD, Grade::EASY];
        let place = usize::try_from(self.ease.checked_sub(1)?).ok()?;
        grades.get(place).copied().filter(|_| self.kind < 4)
    }
}

/// All cards and their log.
pub(super) struct Cards {
    of_note: HashMap<i64, Vec<RawCard>>,
    /// By card and time.
    log: Vec<Entry>,
}

impl Cards {
    /// Reads the cards of a collection and their log.
    pub fn read(
        db: &Connection,
        budget: &mut Budget,
        losses: &mut Losses,
        watch: &dyn Watch,
    ) -> Result<Self, ReadError> {
        let failed = |error: rusqlite::Error| broken(&error);
        let mut of_note: HashMap<i64, Vec<RawCard>> = HashMap::new();
        let sql = "SELECT id, nid, did, ord, mod, type, queue, due, ivl, factor, lapses, odue, \
                   odid, flags FROM cards";
        let mut statement = db.prepare(sql).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        let mut count = 0_usize;
        while let Some(row) = rows.next().map_err(failed)? {
            if count.is_multiple_of(STEP) {
                watch.at(Stage::Reading, count, 0)?;
            }
            count += 1;
            budget.row()?;
            let card = raw_card(row, losses);
            of_note.entry(card.note).or_default().push(card);
        }
        for cards in of_note.values_mut() {
            cards.sort_unstable_by_key(|card| (card.ord, card.id));
        }
        let log = if has_table(db, "revlog")? { log(db, budget, watch)? } else { Vec::new() };
        Ok(Self { of_note, log })
    }

    /// Takes the cards of a note out, in the order of their templates.
    pub fn take(&mut self, note: i64) -> Vec<RawCard> {
        self.of_note.remove(&note).unwrap_or_default()
    }

    /// Returns where the first new card of a note stands among the new ones.
    pub fn position(&self, note: i64) -> Option<i64> {
        let cards = self.of_note.get(&note)?;
        cards.iter().filter(|card| card.kind == CardKind::New).map(|card| card.due).min()
    }

    /// Returns how many cards were not taken out.
    pub fn left(&self) -> usize {
        self.of_note.values().map(Vec::len).sum()
    }

    /// Returns a card as it comes to us.
    pub fn foreign(
        &self,
        card: &RawCard,
        slot: Slot,
        calendar: Calendar,
        losses: &mut Losses,
    ) -> ForeignCard {
        let from = self.log.partition_point(|entry| entry.card < card.id);
        let to = self.log.partition_point(|entry| entry.card <= card.id);
        let log = &self.log[from..to];
        let answers: Vec<ForeignAnswer> = log
            .iter()
            .filter_map(|entry| {
                let ms = entry.ms.clamp(0, i64::from(u32::MAX)) as u32;
                Some(ForeignAnswer { at_ms: entry.at_ms, grade: entry.grade()?, ms })
            })
            .collect();
        let changed_ms = card.changed_s.clamp(0, i64::from(u32::MAX)) * 1000;
        if matches!(card.queue, -2 | -3) {
            losses.buried += 1;
        }
        let state = card.state(&answers, calendar);
        losses.answers += answers.len();
        losses.schedules += usize::from(state.is_some());
        ForeignCard {
            slot,
            suspended_ms: (card.queue == -1).then_some(changed_ms),
            state,
            at_ms: log.last().map_or(changed_ms, |entry| entry.at_ms),
            answers,
        }
    }
}

impl RawCard {
    /// Returns its schedule, unless it is new.
    fn state(&self, answers: &[ForeignAnswer], calendar: Calendar) -> Option<Base> {
        let due = match self.kind {
            CardKind::New => return None,
            CardKind::Learning if self.due >= FIRST_MOMENT => calendar.day_at(self.due),
            _ => calendar.day(self.due),
        };
        let passes = answers.iter().rev().take_while(|answer| answer.grade.is_pass()).count();
        let ease_centi = match self.factor.saturating_add(5) / 10 {
            ..=0 => i64::from(NEW_EASE_CENTI),
            ease => ease.clamp(MIN_EASE_CENTI, 100_000),
        };
        Some(Base {
            // On its steps it starts again; after them it goes on from its interval.
            repetitions: match self.kind {
                CardKind::Review => (passes as i64).clamp(2, MAX_COUNT) as u32,
                _ => 0,
            },
            ease_centi: ease_centi as u32,
            interval_d: self.interval.clamp(1, MAX_INTERVAL_D) as u32,
            due,
            lapses: self.lapses.clamp(0, MAX_COUNT) as u32,
        })
    }
}

fn raw_card(row: &rusqlite::Row<'_>, losses: &mut Losses) -> RawCard {
    let at = |column| cell::number(row, column);
    let kind = match at(5) {
        1 | 3 => CardKind::Learning,
        2 => CardKind::Review,
        _ => CardKind::New,
    };
    let (home, home_due) = (at(12), at(11));
    let (mut deck, mut due) = (at(2), at(7));
    if home != 0 {
        losses.filtered += 1;
        deck = home;
        if home_due != 0 && kind != CardKind::Learning {
            due = home_due;
        }
    }
    losses.flags += usize::from(at(13) & 7 != 0);
    RawCard {
        id: at(0),
        note: at(1),
        deck,
        ord: at(3),
        changed_s: at(4),
        kind,
        queue: at(6),
        due,
        interval: at(8),
        factor: at(9),
        lapses: at(10),
    }
}

fn log(db: &Connection, budget: &mut Budget, watch: &dyn Watch) -> Result<Vec<Entry>, ReadError> {
    let failed = |error: rusqlite::Error| broken(&error);
    let mut log = Vec::new();
    let mut statement =
        db.prepare("SELECT cid, id, ease, time, type FROM revlog").map_err(failed)?;
    let mut rows = statement.query([]).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        if log.len().is_multiple_of(STEP) {
            watch.at(Stage::Reading, log.len(), 0)?;
        }
        budget.row()?;
        let at = |column| cell::number(row, column);
        let entry = Entry { card: at(0), at_ms: at(1), ease: at(2), ms: at(3), kind: at(4) };
        // A time before 1970 is none.
        if entry.at_ms > 0 {
            log.push(entry);
        }
    }
    log.sort_unstable_by_key(|entry| (entry.card, entry.at_ms));
    Ok(log)
}
