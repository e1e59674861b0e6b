//! Counters of due cards by deck and day, so that no count grows with the collection.
//!
//! They are kept by one function, [`Store::retally`], around every change that
//! could move a due day, a deck, a suspension or a deletion.

use std::collections::HashMap;

use crate::domain::Day;

use super::error::doing;
use super::{DeckKey, NoteKey, Result, Store};

impl Store {
    /// Runs `change` on the cards of a note and counts what it moved.
    pub(super) fn retally(
        &self,
        note: NoteKey,
        change: impl FnOnce(&Self) -> Result<()>,
    ) -> Result<()> {
        let before = self.due_days(note)?;
        change(self)?;
        let after = self.due_days(note)?;
        if before != after {
            self.count(&before, -1);
            self.count(&after, 1);
        }
        Ok(())
    }

    /// Returns deck and due day of the note's cards that count, earliest first.
    fn due_days(&self, note: NoteKey) -> Result<Vec<(DeckKey, Day)>> {
        let failed = doing("read due days");
        let (low, high) = note.card_range();
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT deck_id, due FROM cards
                 WHERE id BETWEEN ?1 AND ?2
                   AND due IS NOT NULL AND suspended IS NULL AND gone = 0
                 ORDER BY due",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([low, high], |row| Ok((DeckKey(row.get(0)?), row.get(1)?)))
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Adds the cards of one note, earliest first, to what is to be written.
    fn count(&self, cards: &[(DeckKey, Day)], sign: i64) {
        let mut pending = self.pending.borrow_mut();
        for (position, &at) in cards.iter().enumerate() {
            let change = pending.entry(at).or_default();
            change.0 += sign;
            change.1 += if position == 0 { sign } else { 0 };
        }
    }

    /// Writes the changes that the running transaction has gathered.
    pub(super) fn flush_tallies(&self) -> Result<()> {
        let failed = doing("count due cards");
        let mut changes: Vec<_> = self.pending.borrow_mut().drain().collect();
        changes.retain(|(_, change)| *change != (0, 0));
        changes.sort_unstable();
        for ((deck, day), (cards, notes)) in changes {
            self.db
                .prepare_cached(
                    "INSERT INTO tallies (deck_id, day, cards, notes) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT DO UPDATE SET cards = cards + ?3, notes = notes + ?4",
                )
                .and_then(|mut statement| statement.execute((deck.0, day, cards, notes)))
                .map_err(&failed)?;
            self.db
                .prepare_cached(
                    "DELETE FROM tallies WHERE deck_id = ?1 AND day = ?2 AND cards = 0 AND notes = 0",
                )
                .and_then(|mut statement| statement.execute((deck.0, day)))
                .map_err(&failed)?;
        }
        Ok(())
    }

    /// Returns (cards, notes with a card) due in one deck on or before `today`,
    /// buried ones and siblings of answered ones included.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn due_tally(&self, deck: DeckKey, today: Day) -> Result<(u32, u32)> {
        self.db
            .prepare_cached(
                "SELECT coalesce(sum(cards), 0), coalesce(sum(notes), 0)
                 FROM tallies WHERE deck_id = ?1 AND day <= ?2",
            )
            .and_then(|mut statement| {
                statement.query_row((deck.0, today), |row| Ok((row.get(0)?, row.get(1)?)))
            })
            .map_err(doing("count due cards"))
    }

    /// Returns how many notes of each deck have a card due on or before `today`, as
    /// [`Store::due_tally`] does for one.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn due_notes(&self, today: Day) -> Result<HashMap<DeckKey, u32>> {
        let failed = doing("count due cards");
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT deck_id, sum(notes) FROM tallies WHERE day <= ?1 GROUP BY deck_id",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([today], |row| Ok((DeckKey(row.get(0)?), row.get(1)?)))
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Returns how many cards of one deck come due on each day of a range.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn deck_forecast(&self, deck: DeckKey, from: Day, to: Day) -> Result<Vec<(Day, u32)>> {
        let failed = doing("forecast due cards");
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT day, cards FROM tallies
                 WHERE deck_id = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map((deck.0, from, to), |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Returns how many cards of all decks come due on each day of a range.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn forecast(&self, from: Day, to: Day) -> Result<Vec<(Day, u32)>> {
        let failed = doing("forecast due cards");
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT day, sum(cards) FROM tallies WHERE day BETWEEN ?1 AND ?2
                 GROUP BY day ORDER BY day",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([from, to], |row| Ok((row.get(0)?, row.get(1)?)))
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }
}
