//! New notes and cards, one or many in a row.

use rusqlite::{CachedStatement, params};

use crate::domain::{Slot, State, Uid};

use super::error::doing;
use super::{CardKey, DeckKey, Note, NoteKey, Result, Store};

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

    /// Stores a new note and returns its row, or `None` where its id is taken.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn insert_note(&self, note: &Note) -> Result<Option<NoteKey>> {
        insert_note(self, &mut self.note_statement()?, note)
    }

    /// Stores a new card that was never answered.
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
        insert_card(&mut self.card_statement()?, note, slot, deck, batch, uid)
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

    /// The same as [`Store::insert_card`], for a card whose id follows from its note's.
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
