//! Cards: identity, and the cached state.

use rusqlite::{OptionalExtension, Row, named_params};

use crate::domain::{Day, Memory, Slot, State, Uid};

use super::error::doing;
use super::{DeckKey, NoteKey, Result, Store};

/// The row of a card: its note's row times 1024 plus the number of its slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardKey(pub i64);

impl CardKey {
    /// Returns the row of a note's card.
    #[must_use]
    pub const fn of(note: NoteKey, slot: Slot) -> Self {
        Self((note.0 << 10) | slot.index())
    }

    /// Whether it is neither the forward nor the reverse card of its note.
    #[must_use]
    pub const fn is_gap(self) -> bool {
        self.0 & 1023 > Slot::Reverse.index()
    }

    /// Returns the row of its note.
    #[must_use]
    pub const fn note(self) -> NoteKey {
        NoteKey(self.0 >> 10)
    }
}

impl NoteKey {
    /// Returns the lowest and the highest row its cards can have.
    pub(super) const fn card_range(self) -> (i64, i64) {
        (self.0 << 10, (self.0 << 10) | 1023)
    }
}

/// A card as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Its row.
    pub key: CardKey,
    /// Its id.
    pub uid: Uid,
    /// Its deck.
    pub deck: DeckKey,
    /// Which card of its note it is.
    pub slot: Slot,
    /// When it was added; the newest batch is asked first.
    pub batch: i64,
    /// Whether its note is deleted, or it went with the import that had brought it.
    pub gone: bool,
    /// Its state.
    pub state: State,
}

/// Returns the id of a note's card, unless an import gave it another one.
///
/// Only the first two bytes differ from the note's id, so that a card can be
/// found through the index on notes, and yet eight digits tell the two
/// directions apart.
#[must_use]
pub fn card_uid(note: Uid, slot: Slot) -> Uid {
    let [high, low] = (slot.index() as u16 + 1).to_be_bytes();
    let mut uid = note;
    uid.0[0] ^= high;
    uid.0[1] ^= low;
    uid
}

/// All columns that make a card; the note's id comes last.
pub(super) const COLUMNS: &str = "c.id, c.uid, c.deck_id, c.slot, c.batch, c.gone, c.repetitions, \
    c.ease_centi, c.interval_d, c.due, c.lapses, c.suspended, c.buried, c.first_day, c.last_day, \
    c.best, c.tried_hlc, c.newest_day, c.floor_run, c.stability, c.difficulty, c.memory_day, \
    n.uid";

pub(super) fn card(row: &Row<'_>) -> rusqlite::Result<Card> {
    let slot: Slot = row.get(3)?;
    let own: Option<Uid> = row.get(1)?;
    let note: Uid = row.get(22)?;
    Ok(Card {
        key: CardKey(row.get(0)?),
        uid: own.unwrap_or_else(|| card_uid(note, slot)),
        deck: DeckKey(row.get(2)?),
        slot,
        batch: row.get(4)?,
        gone: row.get(5)?,
        state: State {
            repetitions: row.get(6)?,
            ease_centi: row.get(7)?,
            interval_d: row.get(8)?,
            due: row.get(9)?,
            lapses: row.get(10)?,
            suspended: row.get(11)?,
            buried: row.get(12)?,
            first: row.get(13)?,
            last: row.get(14)?,
            best: row.get(15)?,
            tried_hlc: row.get(16)?,
            newest: row.get(17)?,
            floor_run: row.get(18)?,
            memory: memory(row, 19)?,
        },
    })
}

/// Returns what FSRS holds of a card, of which all is there or nothing.
pub(super) fn memory(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Memory>> {
    let (stability, difficulty, day) = (row.get(first)?, row.get(first + 1)?, row.get(first + 2)?);
    let known: (Option<f64>, Option<f64>, Option<Day>) = (stability, difficulty, day);
    Ok(known.0.zip(known.1).zip(known.2).map(|((stability, difficulty), day)| Memory {
        stability: stability as f32,
        difficulty: difficulty as f32,
        day,
    }))
}

impl Store {
    /// Writes the cached state of a card.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn set_state(&self, key: CardKey, state: &State) -> Result<()> {
        self.retally(key.note(), |store| {
            store
                .db
                .prepare_cached(
                    "UPDATE cards SET repetitions = :repetitions, ease_centi = :ease_centi,
                         interval_d = :interval_d, due = :due, lapses = :lapses,
                         suspended = :suspended, buried = :buried, first_day = :first,
                         last_day = :last, best = :best, tried_hlc = :tried_hlc,
                         newest_day = :newest, floor_run = :floor_run,
                         stability = :stability, difficulty = :difficulty,
                         memory_day = :memory_day
                     WHERE id = :id",
                )
                .and_then(|mut statement| {
                    statement.execute(named_params! {
                        ":id": key.0,
                        ":repetitions": state.repetitions,
                        ":ease_centi": state.ease_centi,
                        ":interval_d": state.interval_d,
                        ":due": state.due,
                        ":lapses": state.lapses,
                        ":suspended": state.suspended,
                        ":buried": state.buried,
                        ":first": state.first,
                        ":last": state.last,
                        ":best": state.best,
                        ":tried_hlc": state.tried_hlc,
                        ":newest": state.newest,
                        ":floor_run": state.floor_run,
                        ":stability": state.memory.map(|memory| memory.stability),
                        ":difficulty": state.memory.map(|memory| memory.difficulty),
                        ":memory_day": state.memory.map(|memory| memory.day),
                    })
                })
                .map_err(doing("write a card's state"))?;
            Ok(())
        })
    }

    /// Returns the card in a row.
    ///
    /// # Errors
    /// An SQLite error, or that there is none.
    pub fn card(&self, key: CardKey) -> Result<Card> {
        self.db
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM cards c JOIN notes n ON n.id = c.id >> 10 WHERE c.id = ?1"
            ))
            .and_then(|mut statement| statement.query_row([key.0], card))
            .map_err(doing("read a card"))
    }

    /// Returns the cards of a note in the order of their slots, those left out that
    /// went with the import that had brought them.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn cards_of(&self, note: NoteKey) -> Result<Vec<Card>> {
        let failed = doing("list the cards of a note");
        let mut statement = self
            .db
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM cards c JOIN notes n ON n.id = c.id >> 10
                 WHERE c.id BETWEEN ?1 AND ?2 AND c.gone <> 2 ORDER BY c.id"
            ))
            .map_err(&failed)?;
        let (low, high) = note.card_range();
        let rows = statement.query_map([low, high], card).map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Calls `each` with every card, in the order of their rows.
    ///
    /// # Errors
    /// An SQLite error, or one of `each`.
    pub fn each_card(&self, mut each: impl FnMut(Card) -> Result<()>) -> Result<()> {
        let failed = doing("read the cards");
        let mut statement = self
            .db
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM cards c JOIN notes n ON n.id = c.id >> 10 ORDER BY c.id"
            ))
            .map_err(&failed)?;
        let rows = statement.query_map([], card).map_err(&failed)?;
        for row in rows {
            each(row.map_err(&failed)?)?;
        }
        Ok(())
    }

    /// Returns the row of the card to which an import gave this id.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn card_given_uid(&self, uid: Uid) -> Result<Option<CardKey>> {
        self.db
            .prepare_cached("SELECT id FROM cards WHERE uid = ?1")
            .and_then(|mut statement| {
                statement.query_row([uid], |row| row.get(0).map(CardKey)).optional()
            })
            .map_err(doing("look for a card"))
    }

    /// Returns the card with an id, of deleted notes too.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn card_by_uid(&self, uid: Uid) -> Result<Option<Card>> {
        Ok(self.cards_between(uid, uid, true)?.pop())
    }

    /// Returns up to two cards whose ids lie in a range: two say it is ambiguous.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn cards_between(&self, low: Uid, high: Uid, deleted: bool) -> Result<Vec<Card>> {
        let failed = doing("look for a card");
        let mut found = self
            .db
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM cards c JOIN notes n ON n.id = c.id >> 10
                 WHERE c.uid BETWEEN ?1 AND ?2 AND (?3 OR c.gone = 0) LIMIT 2"
            ))
            .and_then(|mut statement| {
                statement
                    .query_map((low, high, deleted), card)?
                    .collect::<rusqlite::Result<Vec<_>>>()
            })
            .map_err(&failed)?;
        let mut derived = self
            .db
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM notes n JOIN cards c ON c.id = n.id * 1024 + ?3
                 WHERE n.uid BETWEEN ?1 AND ?2 AND c.uid IS NULL AND (?4 OR c.gone = 0) LIMIT 2"
            ))
            .map_err(&failed)?;
        for slot in self.slots()? {
            // The same change of the first bytes leads back from the card to the note.
            let (low, high) = (card_uid(low, slot), card_uid(high, slot));
            let rows = derived
                .query_map((low.min(high), low.max(high), slot.index(), deleted), card)
                .and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>)
                .map_err(&failed)?;
            found.extend(rows);
            let is_exact = low == high && !found.is_empty();
            if found.len() > 1 || is_exact {
                break;
            }
        }
        Ok(found)
    }

    /// Returns the slots that occur, both directions always among them.
    fn slots(&self) -> Result<Vec<Slot>> {
        let failed = doing("look for a card");
        let mut statement = self
            .db
            .prepare_cached("SELECT DISTINCT slot FROM cards WHERE (id & 1023) > 1")
            .map_err(&failed)?;
        let gaps = statement
            .query_map([], |row| row.get(0))
            .and_then(Iterator::collect::<rusqlite::Result<Vec<Slot>>>)
            .map_err(&failed)?;
        Ok([Slot::Forward, Slot::Reverse].into_iter().chain(gaps).collect())
    }

    /// Takes a card away that an import brought to a note that stays. Where the log
    /// speaks of it, it is only hidden, until a card is stored in its place again.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn withdraw_card(&self, key: CardKey) -> Result<()> {
        self.retally(key.note(), |store| {
            let hidden = store
                .db
                .prepare_cached(
                    "UPDATE cards SET gone = 2
                     WHERE id = ?1 AND EXISTS (SELECT 1 FROM events WHERE card_id = ?1)",
                )
                .and_then(|mut statement| statement.execute([key.0]))
                .map_err(doing("hide a card"))?;
            if hidden == 0 {
                store
                    .db
                    .prepare_cached("DELETE FROM cards WHERE id = ?1")
                    .and_then(|mut statement| statement.execute([key.0]))
                    .map_err(doing("remove a card"))?;
            }
            Ok(())
        })
    }

    /// Whether any event speaks of a card of this note.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn has_log(&self, note: NoteKey) -> Result<bool> {
        let (low, high) = note.card_range();
        self.db
            .prepare_cached("SELECT 1 FROM events WHERE card_id BETWEEN ?1 AND ?2 LIMIT 1")
            .and_then(|mut statement| statement.query_row([low, high], |_| Ok(())).optional())
            .map(|found| found.is_some())
            .map_err(doing("look for the log of a note"))
    }
}
