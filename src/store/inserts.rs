//! New notes and cards, one or many in a row.

use rusqlite::{CachedStatement, params};

use crate::domain::{Slot, State, Uid};

use super::error::doing;
use super::{CardKey, DeckKey, Note, NoteKey, Result, Store, StoreError};

/// So few new notes are indexed one by one, whatever there is already.
const FEW: usize = 1_000;

const NOTE: &str = "INSERT INTO notes (uid, deck_id, kind, front, back, reading, note, example, \
         source, tags, ext_id, source_id, import_id, snapshot, added_ms, stamp, deleted, born_id) \
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) \
     ON CONFLICT (uid) DO NOTHING";

const CARD: &str = "INSERT INTO cards (id, uid, deck_id, slot, batch, repetitions, ease_centi, \
         interval_d, lapses, tried_hlc, floor_run) \
     VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, 0, 0, 0, 0)";

/// Stores notes with their cards; its statements stay at hand between the rows
/// of an import.
pub struct Inserts<'a> {
    store: &'a Store,
    note: CachedStatement<'a>,
    card: CachedStatement<'a>,
}

impl Store {
    /// Returns what stores many notes and cards in a row.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn inserts(&self) -> Result<Inserts<'_>> {
        Ok(Inserts { store: self, note: self.note_statement()?, card: self.card_statement()? })
    }

    fn note_statement(&self) -> Result<CachedStatement<'_>> {
        self.db.prepare_cached(NOTE).map_err(doing("store a note"))
    }

    fn card_statement(&self) -> Result<CachedStatement<'_>> {
        self.db.prepare_cached(CARD).map_err(doing("store a card"))
    }

    /// Runs `work`, which stores about `rows` new notes. Where they are most of the
    /// collection, the indexes on the text of notes are built once at the end.
    ///
    /// To be called within [`Store::transact`], which takes all of it back on failure.
    ///
    /// # Errors
    /// Those of `work`, or an SQLite error.
    pub fn in_bulk<T, E: From<StoreError>>(
        &self,
        rows: usize,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let failed = doing("build the indexes of notes");
        let newest: i64 = self
            .db
            .query_row("SELECT coalesce(max(id), 0) FROM notes", [], |row| row.get(0))
            .map_err(&failed)?;
        if rows < FEW || (rows as i64) < newest {
            return work();
        }
        let indexes = self.drop_text_index().map_err(&failed)?;
        let done = work()?;
        self.db.execute_batch(&indexes).map_err(&failed)?;
        Ok(done)
    }

    /// Drops the index on the text of notes and returns the SQL that makes it again.
    fn drop_text_index(&self) -> rusqlite::Result<String> {
        let indexes: Option<String> = self.db.query_row(
            "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = 'notes_front'",
            [],
            |row| row.get(0),
        )?;
        self.db.execute_batch("DROP INDEX IF EXISTS notes_front")?;
        Ok(indexes.unwrap_or_default())
    }

    /// Stores a new note and returns its row, or `None` where its id is taken.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn insert_note(&self, note: &Note) -> Result<Option<NoteKey>> {
        insert_note(self, &mut self.note_statement()?, note)
    }

    /// Stores a new card that was never answered, or puts one back that went with
    /// its import.
    ///
    /// `uid` is given only where it does not follow from the note's.
    ///
    /// # Errors
    /// An SQLite error, also where the note has such a card already.
    pub fn insert_card(
        &self,
        note: NoteKey,
        slot: Slot,
        deck: DeckKey,
        batch: i64,
        uid: Option<Uid>,
    ) -> Result<CardKey> {
        let key = CardKey::of(note, slot);
        let failed = doing("store a card");
        let was_there = self
            .db
            .prepare_cached("SELECT 1 FROM cards WHERE id = ?1 AND gone = 2")
            .and_then(|mut statement| statement.exists([key.0]))
            .map_err(&failed)?;
        if !was_there {
            return insert_card(&mut self.card_statement()?, note, slot, deck, batch, uid);
        }
        self.retally(note, |store| {
            store
                .db
                .prepare_cached("UPDATE cards SET gone = 0, uid = ?2, batch = ?3 WHERE id = ?1")
                .and_then(|mut statement| statement.execute(params![key.0, uid, batch]))
                .map_err(&failed)?;
            Ok(())
        })?;
        Ok(key)
    }
}

impl Inserts<'_> {
    /// The same as [`Store::insert_note`].
    ///
    /// # Errors
    /// An SQLite error.
    pub fn note(&mut self, note: &Note) -> Result<Option<NoteKey>> {
        insert_note(self.store, &mut self.note, note)
    }

    /// Stores a new card of a new note; its id follows from the note's.
    ///
    /// # Errors
    /// An SQLite error, also where the note has such a card already.
    pub fn card(
        &mut self,
        note: NoteKey,
        slot: Slot,
        deck: DeckKey,
        batch: i64,
    ) -> Result<CardKey> {
        insert_card(&mut self.card, note, slot, deck, batch, None)
    }
}

fn insert_note(
    store: &Store,
    statement: &mut CachedStatement<'_>,
    note: &Note,
) -> Result<Option<NoteKey>> {
    let fields = &note.fields;
    let added = statement
        .execute(params![
            note.uid,
            note.deck.0,
            note.kind,
            fields.front,
            fields.back,
            fields.reading,
            fields.note,
            fields.example,
            fields.source,
            fields.tags.join("\n"),
            note.ext_id,
            note.source.map(|key| key.0),
            note.import.map(|key| key.0),
            note.snapshot,
            note.added_ms,
            note.stamp,
            note.deleted.code(),
            note.born.map(|key| key.0),
        ])
        .map_err(doing("store a note"))?;
    Ok((added > 0).then(|| NoteKey(store.db.last_insert_rowid())))
}

fn insert_card(
    statement: &mut CachedStatement<'_>,
    note: NoteKey,
    slot: Slot,
    deck: DeckKey,
    batch: i64,
    uid: Option<Uid>,
) -> Result<CardKey> {
    let key = CardKey::of(note, slot);
    statement
        .execute(params![key.0, uid, deck.0, slot, batch, State::NEW.ease_centi])
        .map_err(doing("store a card"))?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_indexes(store: &Store) -> i64 {
        store
            .db
            .query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'notes_front'", [], |row| {
                row.get(0)
            })
            .unwrap()
    }

    #[test]
    fn a_bulk_leaves_all_indexes_behind_and_so_does_one_that_fails() {
        let store = Store::in_memory(0).unwrap();
        assert_eq!(text_indexes(&store), 1);
        let bulk = |fails: bool| {
            store.transact(|store| {
                store.in_bulk(FEW, || {
                    assert_eq!(text_indexes(store), 0);
                    if fails { Err(StoreError::Busy("test")) } else { Ok(()) }
                })
            })
        };
        assert!(bulk(true).is_err());
        assert_eq!(text_indexes(&store), 1, "after a failure");
        bulk(false).unwrap();
        assert_eq!(text_indexes(&store), 1, "after a bulk");
        let few = || {
            assert_eq!(text_indexes(&store), 1, "a few notes need no bulk");
            Ok::<_, StoreError>(())
        };
        store.in_bulk(FEW - 1, few).unwrap();
    }
}
