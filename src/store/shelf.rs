//! Notes and cards by the page, as an index of them is made; and answers by the day.

use std::collections::HashMap;

use crate::domain::{Day, Grade, Slot, State, Uid};

use super::error::doing;
use super::notes::{COLUMNS, note};
use super::{CardKey, Note, NoteKey, Result, Store};

/// An answer of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The card.
    pub card: CardKey,
    /// The event.
    pub event: Uid,
    /// Whether an undo names it; the undo may itself be taken back.
    pub is_named: bool,
}

impl Store {
    /// Returns how many notes are not deleted.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn note_count(&self) -> Result<usize> {
        let count: u32 = self
            .db
            .prepare_cached("SELECT count(*) FROM notes INDEXED BY notes_front WHERE deleted = 0")
            .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
            .map_err(doing("count the notes"))?;
        Ok(count as usize)
    }

    /// Returns the next notes after one that are not deleted, at most `most`, in the
    /// order of their rows.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn notes_after(&self, key: NoteKey, most: usize) -> Result<Vec<Note>> {
        let failed = doing("read the notes");
        let mut statement = self
            .db
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM notes WHERE deleted = 0 AND id > ?1 ORDER BY id LIMIT ?2"
            ))
            .map_err(&failed)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows = statement.query_map([key.0, most], note).map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Returns the cards of the notes in a range of rows, each with as much of its
    /// state as can be searched for.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn states_between(
        &self,
        first: NoteKey,
        last: NoteKey,
    ) -> Result<HashMap<NoteKey, Vec<(Slot, State)>>> {
        let failed = doing("read the cards");
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT id, slot, due, buried, last_day, interval_d, ease_centi, lapses,
                     suspended, best, floor_run
                 FROM cards WHERE id BETWEEN ?1 AND ?2 AND gone <> 2 ORDER BY id",
            )
            .map_err(&failed)?;
        let ((low, _), (_, high)) = (first.card_range(), last.card_range());
        let mut rows = statement.query([low, high]).map_err(&failed)?;
        let mut cards: HashMap<NoteKey, Vec<(Slot, State)>> = HashMap::new();
        while let Some(row) = rows.next().map_err(&failed)? {
            let mut read = || {
                let state = State {
                    due: row.get(2)?,
                    buried: row.get(3)?,
                    last: row.get(4)?,
                    interval_d: row.get(5)?,
                    ease_centi: row.get(6)?,
                    lapses: row.get(7)?,
                    suspended: row.get(8)?,
                    best: row.get(9)?,
                    floor_run: row.get(10)?,
                    ..State::NEW
                };
                let key = row.get(0).map(CardKey)?;
                cards.entry(key.note()).or_default().push((row.get(1)?, state));
                Ok(())
            };
            read().map_err(&failed)?;
        }
        Ok(cards)
    }

    /// Returns the counted answers and those of the drill from a day on up to
    /// another, also those that are taken back.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn answers_between(
        &self,
        first: Day,
        last: Day,
        grade: Option<Grade>,
    ) -> Result<Vec<Answered>> {
        let failed = doing("read the answers of some days");
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT e.card_id, e.uid, EXISTS (SELECT 1 FROM events u
                     WHERE u.card_id = e.card_id AND u.voids = e.uid)
                 FROM events e INDEXED BY events_day
                 WHERE e.day BETWEEN ?1 AND ?2 AND e.kind IN ('review', 'drill')
                   AND (?3 IS NULL OR e.grade = ?3)",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map((first, last, grade), |row| {
                let card = row.get(0).map(CardKey)?;
                Ok(Answered { card, event: row.get(1)?, is_named: row.get(2)? })
            })
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }
}
