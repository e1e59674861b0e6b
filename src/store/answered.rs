//! The counted answers, and how they catch up with the log.
//!
//! # Design
//! `answered` holds sums, and `counted` says up to which event. Events are only ever
//! added, each with a greater row than all before it, and the sums and the mark are
//! written in one transaction that begins by taking the write lock: so the mark
//! never passes an event that is not counted, whoever else writes.
//!
//! A new event may change what earlier ones of its card count as (an undo, a merged
//! log). So for each card with new events, what its log came to up to the mark is
//! taken away, and what the longer log comes to is added. Where much is new, reading
//! the whole log once is quicker: a [`Recount`] does so in slices.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rusqlite::{OptionalExtension, Row};

use crate::domain::interchange::EventRow;
use crate::domain::{Day, Scale, Uid};
use crate::sched::Engine;
use crate::sched::count::{Class, Entry, counted};
use crate::sched::day::hour_at;

use super::error::doing;
use super::{CardKey, DeckKey, Result, Store, StoreError};

/// New events up to which cards are always counted one by one.
const FEW: i64 = 500;

/// Above that, the whole log is read where it is less than this many times as long.
const WORTH: i64 = 20;

/// What `answered` is keyed by: day, deck, hour, class, grade.
type Place = (Day, i64, u8, u8, u8);

/// Answers and milliseconds.
type Sums = BTreeMap<Place, (i64, i64)>;

/// How far the counted answers are behind the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backlog {
    /// Not at all.
    None,
    /// A little: see [`Store::count_new`].
    Little {
        /// Events to be counted.
        events: u64,
    },
    /// So far that the log is better read as a whole: see [`Recount`].
    Much,
}

/// How much of the log is counted.
struct Mark {
    upto: i64,
    engines: String,
}

/// The whole log, read slice by slice to be counted anew.
pub struct Recount {
    logs: BTreeMap<CardKey, Vec<Entry>>,
    read: i64,
    target: i64,
    device: Arc<str>,
}

const COLUMNS: &str = "card_id, uid, at_ms, offset_min, day, hlc, device, seq, kind, grade, \
    scale, ms, due_offset, due, cause, repetitions, ease_centi, interval_d, lapses, voids";

/// Reads an event through the interchange shape, which knows what each kind needs.
/// `device` is the name that came last: nearly always the same again.
fn entry(row: &Row<'_>, device: &mut Arc<str>) -> Result<(CardKey, Entry)> {
    let mut read = || -> rusqlite::Result<_> {
        let name = row.get_ref(6)?.as_str()?;
        if **device != *name {
            *device = Arc::from(name);
        }
        let voids: Option<Uid> = row.get(19)?;
        let shape = EventRow {
            day: Some(row.get(4)?),
            kind: row.get(8)?,
            grade: row.get(9)?,
            scale: row.get::<_, Option<Scale>>(10)?,
            ms: row.get(11)?,
            due_offset: row.get(12)?,
            due: row.get(13)?,
            cause: row.get(14)?,
            repetitions: row.get(15)?,
            ease_centi: row.get(16)?,
            interval: row.get(17)?,
            lapses: row.get(18)?,
            voids: voids.map(|uid| uid.to_string()),
            ..EventRow::default()
        };
        let id: Uid = row.get(1)?;
        let entry = |action| -> rusqlite::Result<_> {
            Ok(Entry {
                id,
                day: row.get(4)?,
                hour: hour_at(row.get(2)?, row.get(3)?),
                hlc: row.get(5)?,
                device: device.clone(),
                seq: row.get(7)?,
                action,
            })
        };
        let entry = match shape.action() {
            Ok(action) => Ok(entry(action)?),
            Err(what) => Err(StoreError::BadRow(format!("event {id}: {what}"))),
        };
        Ok((CardKey(row.get(0)?), entry))
    };
    let (card, entry) = read().map_err(doing("read the log"))?;
    Ok((card, entry?))
}

/// Adds what a log comes to (`sign` 1) or takes it away (-1).
fn add(sums: &mut Sums, deck: DeckKey, log: &mut [Entry], engine: Engine, sign: i64) {
    counted(log, engine, |answer| {
        let place = (answer.day, deck.0, answer.hour, answer.class as u8, answer.grade.raw());
        let sum = sums.entry(place).or_default();
        sum.0 += sign;
        sum.1 += sign * i64::from(answer.ms);
    });
}

impl Store {
    /// Says how far the counted answers are behind the log.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn backlog(&self, engine: &impl Fn(DeckKey) -> Engine) -> Result<Backlog> {
        let mark = self.mark(engine)?;
        let newest = self.newest_event()?;
        let new = newest - mark.upto;
        let any_moved: bool = self
            .db
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM moved)")
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .map_err(doing("look for moved cards"))?;
        Ok(match new {
            0 if !any_moved => Backlog::None,
            _ if new > FEW && new > newest / WORTH => Backlog::Much,
            _ => Backlog::Little { events: new.max(0).cast_unsigned() },
        })
    }

    /// Returns how far the log is counted: not at all where other engines held then.
    fn mark(&self, engine: &impl Fn(DeckKey) -> Engine) -> Result<Mark> {
        let failed = doing("read how far the log is counted");
        let mark = self
            .db
            .prepare_cached("SELECT upto, rules FROM counted")
            .and_then(|mut statement| {
                statement.query_row([], |row| Ok(Mark { upto: row.get(0)?, engines: row.get(1)? }))
            })
            .map_err(&failed)?;
        let now = self.unusual_engines(engine)?;
        Ok(if mark.engines == now { mark } else { Mark { upto: 0, engines: now } })
    }

    /// Returns the decks with another engine than the usual one, in a form to compare.
    fn unusual_engines(&self, engine: &impl Fn(DeckKey) -> Engine) -> Result<String> {
        let failed = doing("list the decks");
        let mut statement =
            self.db.prepare_cached("SELECT id FROM decks ORDER BY id").map_err(&failed)?;
        let keys = statement.query_map([], |row| row.get::<_, i64>(0)).map_err(&failed)?;
        let keys = keys.collect::<rusqlite::Result<Vec<_>>>().map_err(&failed)?;
        let unusual = keys
            .into_iter()
            .map(|key| (key, engine(DeckKey(key))))
            .filter(|(_, engine)| *engine != Engine::default())
            .map(|(key, engine)| format!("{key}: {engine:?}"));
        Ok(unusual.collect::<Vec<_>>().join("; "))
    }

    fn newest_event(&self) -> Result<i64> {
        self.db
            .prepare_cached("SELECT coalesce(max(id), 0) FROM events")
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .map_err(doing("read the end of the log"))
    }

    /// Counts up to `most` moved cards and then up to `most` new events.
    ///
    /// To be called within [`Store::transact`].
    ///
    /// # Errors
    /// An SQLite error, or an event that cannot be read.
    pub fn count_new(&self, most: u32, engine: impl Fn(DeckKey) -> Engine) -> Result<()> {
        let mark = self.mark(&engine)?;
        if mark.upto == 0 {
            self.forget_counts()?;
        }
        let mut sums = Sums::new();
        let moved = self.moved_cards(most)?;
        for (card, from) in &moved {
            let mut log = self.entries(*card, mark.upto)?;
            add(&mut sums, *from, &mut log, engine(*from), -1);
            let deck = self.deck_of(*card)?.unwrap_or(*from);
            add(&mut sums, deck, &mut log, engine(deck), 1);
            self.forget_move(*card)?;
        }
        let mut upto = mark.upto;
        if moved.len() < most as usize {
            let target = mark.upto.saturating_add(i64::from(most)).min(self.newest_event()?);
            for card in self.cards_between_events(mark.upto, target)? {
                let Some(deck) = self.deck_of(card)? else { continue };
                add(&mut sums, deck, &mut self.entries(card, mark.upto)?, engine(deck), -1);
                add(&mut sums, deck, &mut self.entries(card, target)?, engine(deck), 1);
            }
            upto = target;
        }
        self.write_sums(sums)?;
        self.set_mark(upto, &mark.engines)
    }

    /// Puts what a recount found in place of all that was counted; nothing is done
    /// where somebody else has counted further meanwhile.
    ///
    /// To be called within [`Store::transact`].
    ///
    /// # Errors
    /// An SQLite error.
    pub fn put_recount(&self, recount: Recount, engine: impl Fn(DeckKey) -> Engine) -> Result<()> {
        let mark = self.mark(&engine)?;
        if mark.upto >= recount.target {
            return Ok(());
        }
        self.forget_counts()?;
        let target = recount.target;
        self.write_sums(self.sums_of(recount, &engine, &HashMap::new())?)?;
        self.set_mark(target, &mark.engines)
    }

    /// Returns what the logs come to, each card under its deck or the one in `under`.
    fn sums_of(
        &self,
        recount: Recount,
        engine: &impl Fn(DeckKey) -> Engine,
        under: &HashMap<CardKey, DeckKey>,
    ) -> Result<Sums> {
        let mut sums = Sums::new();
        for (card, mut log) in recount.logs {
            let deck = match under.get(&card) {
                Some(deck) => Some(*deck),
                None => self.deck_of(card)?,
            };
            if let Some(deck) = deck {
                add(&mut sums, deck, &mut log, engine(deck), 1);
            }
        }
        Ok(sums)
    }

    /// Counts nothing any more: the next to ask counts the whole log.
    pub(super) fn forget_counts(&self) -> Result<()> {
        self.db
            .execute_batch(
                "DELETE FROM answered; DELETE FROM moved; UPDATE counted SET upto = 0, rules = ''",
            )
            .map_err(doing("count the log anew"))
    }

    /// Compares what is counted with the log; nothing where it is about to be
    /// counted anew.
    pub(super) fn bad_counts(&self, engine: &impl Fn(DeckKey) -> Engine) -> Result<Vec<String>> {
        let failed = doing("read the counted answers");
        let mark = self.mark(engine)?;
        if mark.upto == 0 {
            return Ok(Vec::new());
        }
        let mut recount = Recount::upto(mark.upto);
        while !recount.read(self, u32::MAX)? {}
        let under = self.moved_cards(u32::MAX)?.into_iter().collect();
        let real = self.sums_of(recount, engine, &under)?;
        let mut statement = self
            .db
            .prepare("SELECT day, deck_id, hour, class, grade, answers, ms FROM answered")
            .map_err(&failed)?;
        let rows = statement
            .query_map([], |row| {
                let place = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
                Ok((place, (row.get(5)?, row.get(6)?)))
            })
            .map_err(&failed)?;
        let kept: Sums = rows.collect::<rusqlite::Result<_>>().map_err(&failed)?;
        let mut days: Vec<Place> = real.keys().chain(kept.keys()).copied().collect();
        days.retain(|place| real.get(place) != kept.get(place));
        days.sort_unstable();
        days.dedup_by_key(|place| (place.0, place.1));
        let lines = days.iter().map(|(day, deck, ..)| {
            format!("deck {deck}, {day}: the answers are not counted as the log has them")
        });
        Ok(lines.collect())
    }

    fn set_mark(&self, upto: i64, engines: &str) -> Result<()> {
        self.db
            .execute("UPDATE counted SET upto = ?1, rules = ?2", (upto, engines))
            .map(drop)
            .map_err(doing("count the log"))
    }

    fn moved_cards(&self, most: u32) -> Result<Vec<(CardKey, DeckKey)>> {
        let failed = doing("list moved cards");
        let mut statement = self
            .db
            .prepare_cached("SELECT card_id, deck_id FROM moved ORDER BY card_id LIMIT ?1")
            .map_err(&failed)?;
        let rows = statement
            .query_map([most], |row| Ok((CardKey(row.get(0)?), DeckKey(row.get(1)?))))
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    fn forget_move(&self, card: CardKey) -> Result<()> {
        self.db
            .prepare_cached("DELETE FROM moved WHERE card_id = ?1")
            .and_then(|mut statement| statement.execute([card.0]))
            .map(drop)
            .map_err(doing("count a moved card"))
    }

    fn deck_of(&self, card: CardKey) -> Result<Option<DeckKey>> {
        self.db
            .prepare_cached("SELECT deck_id FROM cards WHERE id = ?1")
            .and_then(|mut statement| {
                statement.query_row([card.0], |row| row.get(0).map(DeckKey)).optional()
            })
            .map_err(doing("read a card"))
    }

    /// Returns the cards with an event after one row and up to another.
    fn cards_between_events(&self, after: i64, upto: i64) -> Result<Vec<CardKey>> {
        let failed = doing("list the cards of new events");
        let mut statement = self
            .db
            .prepare_cached("SELECT DISTINCT card_id FROM events WHERE id > ?1 AND id <= ?2")
            .map_err(&failed)?;
        let rows =
            statement.query_map([after, upto], |row| row.get(0).map(CardKey)).map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    fn entries(&self, card: CardKey, upto: i64) -> Result<Vec<Entry>> {
        let failed = doing("read the log of a card");
        let mut statement = self
            .db
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM events WHERE card_id = ?1 AND id <= ?2"
            ))
            .map_err(&failed)?;
        let mut rows = statement.query([card.0, upto]).map_err(&failed)?;
        let (mut entries, mut device) = (Vec::new(), Arc::from(""));
        while let Some(row) = rows.next().map_err(&failed)? {
            entries.push(entry(row, &mut device)?.1);
        }
        Ok(entries)
    }

    fn write_sums(&self, sums: Sums) -> Result<()> {
        let failed = doing("count answers");
        for ((day, deck, hour, class, grade), (answers, ms)) in sums {
            if (answers, ms) == (0, 0) {
                continue;
            }
            self.db
                .prepare_cached(
                    "INSERT INTO answered (day, deck_id, hour, class, grade, answers, ms)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                     ON CONFLICT DO UPDATE SET answers = answers + ?6, ms = ms + ?7",
                )
                .and_then(|mut statement| {
                    statement.execute((day, deck, hour, class, grade, answers, ms))
                })
                .map_err(&failed)?;
            if answers < 0 {
                self.db
                    .prepare_cached(
                        "DELETE FROM answered WHERE day = ?1 AND deck_id = ?2 AND hour = ?3
                             AND class = ?4 AND grade = ?5 AND answers = 0",
                    )
                    .and_then(|mut statement| statement.execute((day, deck, hour, class, grade)))
                    .map_err(&failed)?;
            }
        }
        Ok(())
    }
}

impl Recount {
    /// Begins with the log as it is now.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn begin(store: &Store) -> Result<Self> {
        Ok(Self::upto(store.newest_event()?))
    }

    fn upto(target: i64) -> Self {
        Self { logs: BTreeMap::new(), read: 0, target, device: Arc::from("") }
    }

    /// Reads the next `most` events; `true`: that was all of them.
    ///
    /// # Errors
    /// An SQLite error, or an event that cannot be read.
    pub fn read(&mut self, store: &Store, most: u32) -> Result<bool> {
        let failed = doing("read the log");
        let upto = self.read.saturating_add(i64::from(most)).min(self.target);
        let mut statement = store
            .db
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM events WHERE id > ?1 AND id <= ?2 ORDER BY id"
            ))
            .map_err(&failed)?;
        let mut rows = statement.query([self.read, upto]).map_err(&failed)?;
        while let Some(row) = rows.next().map_err(&failed)? {
            let (card, entry) = entry(row, &mut self.device)?;
            self.logs.entry(card).or_default().push(entry);
        }
        self.read = upto;
        Ok(upto == self.target)
    }

    /// Returns how many events were read, and how many there are.
    #[must_use]
    pub const fn progress(&self) -> (u64, u64) {
        (self.read.cast_unsigned(), self.target.cast_unsigned())
    }
}

/// Returns the class with a stored number.
pub(super) fn class(number: u8) -> Result<Class> {
    let class = Class::ALL.get(usize::from(number)).copied();
    class.ok_or_else(|| StoreError::BadRow(format!("class of answers {number}")))
}

#[cfg(test)]
#[path = "answered_tests.rs"]
mod tests;
