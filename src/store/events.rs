//! The log.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, Row, named_params};

use crate::domain::interchange::EventRow;
use crate::domain::{Action, Day, Event, Scale, Uid};
use crate::sched::replay::effective;

use super::error::doing;
use super::{CardKey, DeckKey, ImportKey, Result, Store, StoreError};
use crate::store::cards::card_uid;

const COLUMNS: &str = "e.uid, e.at_ms, e.offset_min, e.day, e.hlc, e.device, e.seq, e.kind, \
    e.grade, e.scale, e.ms, e.due_offset, e.due, e.cause, e.repetitions, e.ease_centi, \
    e.interval_d, e.lapses, e.voids, c.uid, n.uid, c.slot";

/// Reads a row through the interchange shape: one place knows what each kind needs.
fn event(row: &Row<'_>) -> rusqlite::Result<(Uid, Uid, EventRow)> {
    let card: Option<Uid> = row.get(19)?;
    let card = match card {
        Some(card) => card,
        None => card_uid(row.get(20)?, row.get(21)?),
    };
    let voids: Option<Uid> = row.get(18)?;
    let id: Uid = row.get(0)?;
    let row = EventRow {
        at: row.get(1)?,
        offset_min: row.get(2)?,
        day: Some(row.get(3)?),
        hlc: Some(row.get(4)?),
        device: Some(row.get(5)?),
        seq: Some(row.get(6)?),
        kind: row.get(7)?,
        grade: row.get(8)?,
        scale: row.get::<_, Option<Scale>>(9)?,
        ms: row.get(10)?,
        due_offset: row.get(11)?,
        due: row.get(12)?,
        cause: row.get(13)?,
        repetitions: row.get(14)?,
        ease_centi: row.get(15)?,
        interval: row.get(16)?,
        lapses: row.get(17)?,
        voids: voids.map(|uid| uid.to_string()),
        ..EventRow::default()
    };
    Ok((id, card, row))
}

fn parsed((id, card, row): (Uid, Uid, EventRow)) -> Result<Event> {
    let action = row.action().map_err(|what| StoreError::BadRow(format!("event {id}: {what}")))?;
    Ok(Event {
        id,
        card,
        at_ms: row.at,
        offset_min: row.offset_min,
        day: row.day.unwrap_or_default(),
        hlc: row.hlc.unwrap_or(row.at),
        device: row.device.unwrap_or_default(),
        seq: row.seq.unwrap_or_default(),
        action,
    })
}

impl Store {
    /// Adds an event to the log; one that is already there is left alone and
    /// `false` is returned. The card's state is not touched.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn append(&self, card: CardKey, event: &Event, import: Option<ImportKey>) -> Result<bool> {
        let row = EventRow::of(event);
        let voids = match event.action {
            Action::Undo { voids } => Some(voids),
            _ => None,
        };
        let added = self
            .db
            .prepare_cached(
                "INSERT INTO events (uid, card_id, at_ms, offset_min, day, hlc, device, seq, kind,
                     grade, scale, ms, due_offset, due, cause, repetitions, ease_centi,
                     interval_d, lapses, voids, import_id)
                 VALUES (:uid, :card, :at, :offset_min, :day, :hlc, :device, :seq, :kind,
                     :grade, :scale, :ms, :due_offset, :due, :cause, :repetitions, :ease_centi,
                     :interval, :lapses, :voids, :import)
                 ON CONFLICT (uid) DO NOTHING",
            )
            .and_then(|mut statement| {
                statement.execute(named_params! {
                    ":uid": event.id,
                    ":card": card.0,
                    ":at": event.at_ms,
                    ":offset_min": event.offset_min,
                    ":day": event.day,
                    ":hlc": event.hlc,
                    ":device": event.device,
                    ":seq": event.seq,
                    ":kind": row.kind,
                    ":grade": row.grade,
                    ":scale": row.scale,
                    ":ms": row.ms,
                    ":due_offset": row.due_offset,
                    ":due": row.due,
                    ":cause": row.cause,
                    ":repetitions": row.repetitions,
                    ":ease_centi": row.ease_centi,
                    ":interval": row.interval,
                    ":lapses": row.lapses,
                    ":voids": voids,
                    ":import": import.map(|key| key.0),
                })
            })
            .map_err(doing("write to the log"))?;
        Ok(added > 0)
    }

    /// Returns the log of one card, in the order in which it was written.
    ///
    /// # Errors
    /// An SQLite error, or a row that cannot be right.
    pub fn log_of(&self, card: CardKey) -> Result<Vec<Event>> {
        let failed = doing("read the log of a card");
        let mut statement = self
            .db
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM events e JOIN cards c ON c.id = e.card_id
                 JOIN notes n ON n.id = c.id >> 10 WHERE e.card_id = ?1 ORDER BY e.id"
            ))
            .map_err(&failed)?;
        let rows = statement.query_map([card.0], event).map_err(&failed)?;
        rows.map(|row| parsed(row.map_err(&failed)?)).collect()
    }

    /// Calls `each` with every event, card by card, and within a card in the
    /// order in which it was written.
    ///
    /// # Errors
    /// An SQLite error, a row that cannot be right, or one of `each`.
    pub fn each_event(&self, mut each: impl FnMut(CardKey, Event) -> Result<()>) -> Result<()> {
        let failed = doing("read the log");
        let mut statement = self
            .db
            .prepare_cached(&format!(
                "SELECT {COLUMNS}, e.card_id FROM events e JOIN cards c ON c.id = e.card_id
                 JOIN notes n ON n.id = c.id >> 10 ORDER BY e.card_id, e.id"
            ))
            .map_err(&failed)?;
        let rows = statement
            .query_map([], |row| Ok((CardKey(row.get(22)?), event(row)?)))
            .map_err(&failed)?;
        for row in rows {
            let (card, row) = row.map_err(&failed)?;
            each(card, parsed(row)?)?;
        }
        Ok(())
    }

    /// Calls `each` with every card of some decks that has a log, its deck and its log,
    /// in the order in which it was written.
    ///
    /// # Errors
    /// An SQLite error, a row that cannot be right, or one of `each`.
    pub fn each_log(
        &self,
        among: impl Fn(DeckKey) -> bool,
        mut each: impl FnMut(CardKey, DeckKey, &[Event]) -> Result<()>,
    ) -> Result<()> {
        let failed = doing("read the log");
        let mut statement = self
            .db
            .prepare_cached(&format!(
                "SELECT {COLUMNS}, e.card_id, c.deck_id FROM events e
                 JOIN cards c ON c.id = e.card_id
                 JOIN notes n ON n.id = c.id >> 10 ORDER BY e.card_id, e.id"
            ))
            .map_err(&failed)?;
        let mut rows = statement.query([]).map_err(&failed)?;
        let mut log: Vec<Event> = Vec::new();
        let mut open = None;
        while let Some(row) = rows.next().map_err(&failed)? {
            let card = CardKey(row.get(22).map_err(&failed)?);
            let deck = DeckKey(row.get(23).map_err(&failed)?);
            if !among(deck) {
                continue;
            }
            if let Some((done, of)) = open.replace((card, deck)).filter(|(done, _)| *done != card) {
                each(done, of, &log)?;
                log.clear();
            }
            log.push(parsed(event(row).map_err(&failed)?)?);
        }
        open.map_or(Ok(()), |(card, deck)| each(card, deck, &log))
    }

    /// Returns the row of the card that an event speaks of, and the event.
    ///
    /// # Errors
    /// An SQLite error, or a row that cannot be right.
    pub fn event(&self, id: Uid) -> Result<Option<(CardKey, Event)>> {
        self.db
            .prepare_cached(&format!(
                "SELECT {COLUMNS}, e.card_id FROM events e JOIN cards c ON c.id = e.card_id
                 JOIN notes n ON n.id = c.id >> 10 WHERE e.uid = ?1"
            ))
            .and_then(|mut statement| {
                statement.query_row([id], |row| Ok((CardKey(row.get(22)?), event(row)?))).optional()
            })
            .map_err(doing("look for an event"))?
            .map(|(card, row)| Ok((card, parsed(row)?)))
            .transpose()
    }

    /// Returns the newest answer of this device that counts.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn newest_answer(&self) -> Result<Option<Uid>> {
        self.walk_back(|walked| match walked.voids {
            None if walked.is_answer => Walk::Found(walked.id),
            _ => Walk::On,
        })
    }

    /// Returns the newest undo of this device that a redo would take back: none
    /// when an answer came after it.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn newest_undo(&self) -> Result<Option<Uid>> {
        self.walk_back(|walked| match walked.voids {
            Some(_) if walked.voids_answer => Walk::Found(walked.id),
            None if walked.is_answer => Walk::Stop,
            _ => Walk::On,
        })
    }

    /// Walks from the newest event to the oldest, past those that are taken back
    /// and those of other devices.
    fn walk_back(&self, mut decide: impl FnMut(&Walked) -> Walk) -> Result<Option<Uid>> {
        let failed = doing("read the end of the log");
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT e.uid, e.device = ?1, e.kind IN ('review', 'drill', 'cram'), e.voids,
                        coalesce(v.import_id IS NULL
                            AND v.kind IN ('review', 'drill', 'cram'), 0)
                 FROM events e LEFT JOIN events v ON v.uid = e.voids ORDER BY e.id DESC",
            )
            .map_err(&failed)?;
        let mut rows = statement.query([&self.device]).map_err(&failed)?;
        let mut voided = HashSet::new();
        while let Some(row) = rows.next().map_err(&failed)? {
            let walked = Walked {
                id: row.get(0).map_err(&failed)?,
                is_answer: row.get(2).map_err(&failed)?,
                voids: row.get(3).map_err(&failed)?,
                voids_answer: row.get(4).map_err(&failed)?,
            };
            if voided.contains(&walked.id) {
                continue;
            }
            voided.extend(walked.voids);
            let is_own: bool = row.get(1).map_err(&failed)?;
            if !is_own {
                continue;
            }
            match decide(&walked) {
                Walk::On => {}
                Walk::Stop => return Ok(None),
                Walk::Found(id) => return Ok(Some(id)),
            }
        }
        Ok(None)
    }

    /// Whether no event of a card comes after this moment in fold order.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn is_newest(&self, card: CardKey, hlc: i64) -> Result<bool> {
        self.db
            .prepare_cached(
                "SELECT NOT EXISTS (SELECT 1 FROM events WHERE card_id = ?1 AND hlc > ?2)",
            )
            .and_then(|mut statement| statement.query_row([card.0, hlc], |row| row.get(0)))
            .map_err(doing("read the log of a card"))
    }

    /// Removes the events that say nothing that an event can say; returns how many.
    pub(super) fn drop_unreadable_events(&self) -> Result<u64> {
        let failed = doing("read the log");
        let mut statement = self
            .db
            .prepare(&format!(
                "SELECT {COLUMNS}, e.id FROM events e JOIN cards c ON c.id = e.card_id
                 JOIN notes n ON n.id = c.id >> 10"
            ))
            .map_err(&failed)?;
        let mut rows = statement.query([]).map_err(&failed)?;
        let mut unreadable: Vec<i64> = Vec::new();
        while let Some(row) = rows.next().map_err(&failed)? {
            if event(row).map_err(&failed).and_then(parsed).is_err() {
                unreadable.push(row.get(22).map_err(&failed)?);
            }
        }
        for id in &unreadable {
            self.db.execute("DELETE FROM events WHERE id = ?1", [id]).map_err(&failed)?;
        }
        Ok(unreadable.len() as u64)
    }

    /// Moves this device's numbers past one that an import brought back to it.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn observe_seq(&self, event: &Event) -> Result<()> {
        if event.device == self.device {
            self.db
                .execute("UPDATE clock SET seq = max(seq, ?1)", [event.seq])
                .map_err(doing("advance the clock"))?;
        }
        Ok(())
    }

    /// Returns the events that an import brought, newest first.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn events_of_import(&self, import: ImportKey) -> Result<Vec<(CardKey, Uid)>> {
        let failed = doing("list the events of an import");
        let mut statement = self
            .db
            .prepare_cached("SELECT card_id, uid FROM events WHERE import_id = ?1 ORDER BY id DESC")
            .map_err(&failed)?;
        let rows = statement
            .query_map([import.0], |row| Ok((CardKey(row.get(0)?), row.get(1)?)))
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Returns how many study days in a row, up to `today` or the day before, have
    /// a counted answer or one of the drill. Days off may lie between them.
    ///
    /// # Errors
    /// An SQLite error, or an event that cannot be read.
    pub fn streak(&self, today: Day, is_off: impl Fn(Day) -> bool) -> Result<u32> {
        let (mut day, mut streak) = (today, 0);
        loop {
            if self.was_studied(day)? {
                streak += 1;
            } else if day != today && !is_off(day) {
                return Ok(streak);
            }
            day = day.shift(-1);
        }
    }

    /// Whether a review or a drill of this day is not taken back.
    fn was_studied(&self, day: Day) -> Result<bool> {
        let failed = doing("count study days");
        // Nearly every day has an answer that was never taken back.
        let is_plain: bool = self
            .db
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM events e INDEXED BY events_day
                 WHERE e.day = ?1 AND e.kind IN ('review', 'drill')
                   AND NOT EXISTS (SELECT 1 FROM events u
                       WHERE u.card_id = e.card_id AND u.voids = e.uid))",
            )
            .and_then(|mut statement| statement.query_row([day], |row| row.get(0)))
            .map_err(&failed)?;
        if is_plain {
            return Ok(true);
        }
        // Whether an undo still holds, only the whole log of its card tells.
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT DISTINCT card_id FROM events INDEXED BY events_day
                 WHERE day = ?1 AND kind IN ('review', 'drill')",
            )
            .map_err(&failed)?;
        let cards = statement.query_map([day], |row| row.get(0).map(CardKey)).map_err(&failed)?;
        for card in cards {
            let log = self.log_of(card.map_err(&failed)?)?;
            let is_study =
                |event: &Event| matches!(event.action, Action::Review(_) | Action::Drill(_));
            if effective(&log).into_iter().any(|event| event.day == day && is_study(event)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns how many answers were given to cards that were not new on each of the
    /// last `days` study days before `today`. Those that were taken back count, too:
    /// they are few, and took their time as well.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn reviews_of_last_days(&self, today: Day, days: u32) -> Result<Vec<u32>> {
        let failed = doing("count answers");
        let mut last = self
            .db
            .prepare_cached(
                "SELECT max(day) FROM events INDEXED BY events_day
                 WHERE day < ?1 AND kind IN ('review', 'drill')",
            )
            .map_err(&failed)?;
        let mut reviews = self
            .db
            .prepare_cached(
                "SELECT count(*) FROM events e INDEXED BY events_day
                 JOIN cards c ON c.id = e.card_id
                 WHERE e.day = ?1 AND e.kind IN ('review', 'drill') AND e.kind = 'review'
                   AND c.first_day < e.day",
            )
            .map_err(&failed)?;
        let (mut found, mut before) = (Vec::new(), today);
        for _ in 0..days {
            let day: Option<Day> = last.query_row([before], |row| row.get(0)).map_err(&failed)?;
            let Some(day) = day else { break };
            let count: u32 = reviews.query_row([day], |row| row.get(0)).map_err(&failed)?;
            // A day of new cards alone says nothing about how many reviews fit in one.
            if count > 0 {
                found.push(count);
            }
            before = day;
        }
        Ok(found)
    }

    /// Returns the time of the event that was written last, Unix milliseconds.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn newest_event_ms(&self) -> Result<Option<i64>> {
        self.db
            .query_row("SELECT at_ms FROM events ORDER BY id DESC LIMIT 1", [], |row| row.get(0))
            .optional()
            .map_err(doing("read the end of the log"))
    }
}

/// One event on the way back through the log.
struct Walked {
    id: Uid,
    is_answer: bool,
    voids: Option<Uid>,
    /// Whether it takes back an answer that was given on this device.
    voids_answer: bool,
}

enum Walk {
    On,
    Stop,
    Found(Uid),
}
