//! What today's queue is made of. In the usual order no query here grows with the
//! collection; the other orders look at all that is due.

use std::collections::HashMap;

use crate::domain::{Day, Order, State};
use crate::sched::queue::DueCard;

use super::cards::{COLUMNS, Card, card, memory};
use super::error::doing;
use super::{CardKey, DeckKey, NoteKey, Result, Store};

/// A card that was never answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewCard {
    /// Its row.
    pub key: CardKey,
    /// When it was added; the newest batch is asked first.
    pub batch: i64,
    /// Whether another card of its note is due: it waits for that one.
    pub waits: bool,
}

impl Store {
    /// Returns the cards whose last counted review was on `day`.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn answered_on(&self, day: Day) -> Result<Vec<Card>> {
        let failed = doing("list today's answers");
        let mut statement = self
            .db
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM cards c JOIN notes n ON n.id = c.id >> 10
                 WHERE c.last_day = ?1 ORDER BY c.tried_hlc, c.id"
            ))
            .map_err(&failed)?;
        let rows = statement.query_map([day], card).map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Returns the cards that are hidden on `day`.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn buried_on(&self, day: Day) -> Result<Vec<CardKey>> {
        let failed = doing("list buried cards");
        let mut statement =
            self.db.prepare_cached("SELECT id FROM cards WHERE buried = ?1").map_err(&failed)?;
        let rows = statement.query_map([day], |row| row.get(0).map(CardKey)).map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Returns the notes with a card that is suspended because its row left the file.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn pruned_cards(&self) -> Result<Vec<CardKey>> {
        let failed = doing("list pruned cards");
        let mut statement = self
            .db
            .prepare_cached("SELECT id FROM cards WHERE suspended = 'prune'")
            .map_err(&failed)?;
        let rows = statement.query_map([], |row| row.get(0).map(CardKey)).map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Returns the note's cards that are due on `day` and not suspended.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn due_cards_of(&self, note: NoteKey, day: Day) -> Result<Vec<CardKey>> {
        let failed = doing("list the due cards of a note");
        let (low, high) = note.card_range();
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT id FROM cards WHERE id BETWEEN ?1 AND ?2
                   AND due <= ?3 AND suspended IS NULL AND gone = 0",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map((low, high, day), |row| row.get(0).map(CardKey))
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Calls `each` with the deck's new cards on `day`, newest batch first, in file
    /// order, until it returns `false`.
    ///
    /// # Errors
    /// An SQLite error, or one of `each`.
    pub fn each_new(
        &self,
        deck: DeckKey,
        day: Day,
        mut each: impl FnMut(NewCard) -> Result<bool>,
    ) -> Result<()> {
        let failed = doing("list new cards");
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT id, batch, EXISTS (SELECT 1 FROM cards s
                     WHERE s.id BETWEEN c.id >> 10 << 10 AND c.id | 1023
                       AND s.due <= ?2 AND s.suspended IS NULL AND s.gone = 0)
                 FROM cards c
                 WHERE deck_id = ?1 AND due IS NULL AND suspended IS NULL AND gone = 0
                 ORDER BY batch DESC, id",
            )
            .map_err(&failed)?;
        let mut rows = statement.query((deck.0, day)).map_err(&failed)?;
        while let Some(row) = rows.next().map_err(&failed)? {
            let key = row.get(0).map(CardKey).map_err(&failed)?;
            let batch = row.get(1).map_err(&failed)?;
            let waits = row.get(2).map_err(&failed)?;
            if !each(NewCard { key, batch, waits })? {
                break;
            }
        }
        Ok(())
    }

    /// Returns how many new cards a deck has, counting at most `most`.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn new_tally(&self, deck: DeckKey, most: u32) -> Result<u32> {
        self.db
            .prepare_cached(
                "SELECT count(*) FROM (SELECT 1 FROM cards
                 WHERE deck_id = ?1 AND due IS NULL AND suspended IS NULL AND gone = 0 LIMIT ?2)",
            )
            .and_then(|mut statement| {
                statement.query_row([deck.0, i64::from(most)], |row| row.get(0))
            })
            .map_err(doing("count new cards"))
    }

    /// Returns the cards that can be shown on `day`, with their decks: those that come
    /// due soonest first, then the new ones.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn active_cards(&self, day: Day) -> Result<Vec<(CardKey, DeckKey)>> {
        let failed = doing("list cards to practise");
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT id, deck_id FROM cards
                 WHERE gone = 0 AND suspended IS NULL AND buried IS NOT ?1
                 ORDER BY due IS NULL, due, id",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([day], |row| Ok((CardKey(row.get(0)?), DeckKey(row.get(1)?))))
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Calls `each` with the answered cards that can be shown on `day`, their decks
    /// and what of their state tells how well they are known (the rest of it is left
    /// out), until it returns `false`.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn each_answered_card(
        &self,
        day: Day,
        mut each: impl FnMut(CardKey, DeckKey, &State) -> bool,
    ) -> Result<()> {
        let failed = doing("list answered cards");
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT id, deck_id, repetitions, ease_centi, interval_d, due, lapses, floor_run,
                        stability, difficulty, memory_day
                 FROM cards
                 WHERE due IS NOT NULL AND gone = 0 AND suspended IS NULL AND buried IS NOT ?1",
            )
            .map_err(&failed)?;
        let mut rows = statement.query([day]).map_err(&failed)?;
        while let Some(row) = rows.next().map_err(&failed)? {
            let card = || {
                let state = State {
                    repetitions: row.get(2)?,
                    ease_centi: row.get(3)?,
                    interval_d: row.get(4)?,
                    due: row.get(5)?,
                    lapses: row.get(6)?,
                    floor_run: row.get(7)?,
                    memory: memory(row, 8)?,
                    ..State::NEW
                };
                Ok((CardKey(row.get(0)?), DeckKey(row.get(1)?), state))
            };
            let (key, deck, state) = card().map_err(&failed)?;
            if !each(key, deck, &state) {
                break;
            }
        }
        Ok(())
    }

    /// Returns how many cards of each deck are not suspended; hidden ones count.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn active_by_deck(&self) -> Result<HashMap<DeckKey, u32>> {
        let failed = doing("count cards to practise");
        let mut statement = self
            .db
            .prepare_cached(
                // Either part of a deck's cards has an index of its own.
                "SELECT deck_id, count(*) FROM cards INDEXED BY cards_due
                 WHERE due IS NOT NULL AND suspended IS NULL AND gone = 0 GROUP BY deck_id
                 UNION ALL
                 SELECT deck_id, count(*) FROM cards INDEXED BY cards_new
                 WHERE due IS NULL AND suspended IS NULL AND gone = 0 GROUP BY deck_id",
            )
            .map_err(&failed)?;
        let mut rows = statement.query([]).map_err(&failed)?;
        let mut active: HashMap<DeckKey, u32> = HashMap::new();
        while let Some(row) = rows.next().map_err(&failed)? {
            let deck = row.get(0).map(DeckKey).map_err(&failed)?;
            *active.entry(deck).or_default() += row.get::<_, u32>(1).map_err(&failed)?;
        }
        Ok(active)
    }

    /// Returns the deck's due card that comes first among those that are open.
    ///
    /// For the usual order, by relative overdueness, the longest due card of each
    /// interval is looked up in the index, so that the work grows with the number
    /// of different intervals and not with the backlog.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn due_head(
        &self,
        deck: DeckKey,
        today: Day,
        order: Order,
        is_open: impl Fn(CardKey) -> bool,
    ) -> Result<Option<DueCard>> {
        if order != Order::RelativeOverdueness {
            return self.first_due(deck, today, order, None, &is_open);
        }
        let mut head: Option<DueCard> = None;
        let mut interval_d = -1;
        while let Some(next) = self.next_interval(deck, interval_d)? {
            interval_d = next;
            let first = self.first_due(deck, today, Order::DueDate, Some(next), &is_open)?;
            head = match (head, first) {
                (Some(a), Some(b)) => Some(if b.comes_before(&a, order, today) { b } else { a }),
                (a, b) => a.or(b),
            };
        }
        Ok(head)
    }

    fn next_interval(&self, deck: DeckKey, above_d: i64) -> Result<Option<i64>> {
        self.db
            .prepare_cached(
                "SELECT min(interval_d) FROM cards INDEXED BY cards_due
                 WHERE deck_id = ?1 AND interval_d > ?2
                   AND due IS NOT NULL AND suspended IS NULL AND gone = 0",
            )
            .and_then(|mut statement| statement.query_row([deck.0, above_d], |row| row.get(0)))
            .map_err(doing("look for the next due card"))
    }

    fn first_due(
        &self,
        deck: DeckKey,
        today: Day,
        order: Order,
        interval_d: Option<i64>,
        is_open: &impl Fn(CardKey) -> bool,
    ) -> Result<Option<DueCard>> {
        let failed = doing("look for the next due card");
        let sql = match (interval_d, order) {
            (Some(_), _) => {
                "SELECT id, interval_d, due, ease_centi FROM cards INDEXED BY cards_due
                 WHERE deck_id = ?1 AND due <= ?2 AND suspended IS NULL AND gone = 0
                   AND interval_d = ?3 ORDER BY due, id"
            }
            (None, Order::EasiestFirst) => {
                "SELECT id, interval_d, due, ease_centi FROM cards
                 WHERE deck_id = ?1 AND due <= ?2 AND suspended IS NULL AND gone = 0
                   AND ?3 IS NULL ORDER BY ease_centi DESC, due, id"
            }
            (None, Order::HardestFirst) => {
                "SELECT id, interval_d, due, ease_centi FROM cards
                 WHERE deck_id = ?1 AND due <= ?2 AND suspended IS NULL AND gone = 0
                   AND ?3 IS NULL ORDER BY ease_centi, due, id"
            }
            (None, _) => {
                "SELECT id, interval_d, due, ease_centi FROM cards
                 WHERE deck_id = ?1 AND due <= ?2 AND suspended IS NULL AND gone = 0
                   AND ?3 IS NULL ORDER BY due, id"
            }
        };
        let mut statement = self.db.prepare_cached(sql).map_err(&failed)?;
        let mut rows = statement.query((deck.0, today, interval_d)).map_err(&failed)?;
        let mut head: Option<DueCard> = None;
        while let Some(row) = rows.next().map_err(&failed)? {
            let card = DueCard {
                id: row.get(0).map_err(&failed)?,
                interval_d: row.get(1).map_err(&failed)?,
                due: row.get(2).map_err(&failed)?,
                ease_centi: row.get(3).map_err(&failed)?,
            };
            if !is_open(CardKey(card.id)) {
                continue;
            }
            if order != Order::Random {
                return Ok(Some(card));
            }
            if head.is_none_or(|head| card.comes_before(&head, order, today)) {
                head = Some(card);
            }
        }
        Ok(head)
    }
}
