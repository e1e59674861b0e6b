//! Notes.

use rusqlite::{OptionalExtension, Row, named_params};

use crate::domain::{Fields, Kind, Uid};

use super::error::doing;
use super::{DeckKey, ImportKey, Result, SourceKey, Store};

/// The row of a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteKey(pub i64);

/// The largest deck that is looked through for notes with the same back.
const MOST_LOOKED_THROUGH: i64 = 5_000;

/// Whether a note is still there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Deleted {
    /// It is.
    #[default]
    No,
    /// The learner deleted it: an import never brings it back by itself.
    ByLearner,
    /// The import that brought it was taken back.
    WithImport,
    /// The learner never wanted it: it has no cards, and is kept so that no import
    /// offers it again.
    Never,
}

/// A note as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its row; 0 before it is stored.
    pub key: NoteKey,
    /// Its id.
    pub uid: Uid,
    /// Its deck.
    pub deck: DeckKey,
    /// What it is.
    pub kind: Kind,
    /// Its text.
    pub fields: Fields,
    /// The id its file gives it.
    pub ext_id: Option<String>,
    /// Where it was last seen.
    pub source: Option<SourceKey>,
    /// The import that added it.
    pub born: Option<ImportKey>,
    /// The import that wrote it last.
    pub import: Option<ImportKey>,
    /// Its fields as last imported, JSON; `None`: as they are.
    pub snapshot: Option<String>,
    /// When it was added, Unix milliseconds.
    pub added_ms: i64,
    /// Hybrid logical clock of its last change.
    pub stamp: i64,
    /// Whether it is still there.
    pub deleted: Deleted,
}

pub(super) const COLUMNS: &str = "id, uid, deck_id, kind, front, back, reading, note, example, source, tags, \
                       ext_id, source_id, import_id, snapshot, added_ms, stamp, deleted, born_id";

pub(super) fn note(row: &Row<'_>) -> rusqlite::Result<Note> {
    let tags: String = row.get(10)?;
    Ok(Note {
        key: NoteKey(row.get(0)?),
        uid: row.get(1)?,
        deck: DeckKey(row.get(2)?),
        kind: row.get(3)?,
        fields: Fields {
            front: row.get(4)?,
            back: row.get(5)?,
            reading: row.get(6)?,
            note: row.get(7)?,
            example: row.get(8)?,
            source: row.get(9)?,
            tags: tags.split_terminator('\n').map(str::to_owned).collect(),
        },
        ext_id: row.get(11)?,
        source: row.get::<_, Option<i64>>(12)?.map(SourceKey),
        import: row.get::<_, Option<i64>>(13)?.map(ImportKey),
        snapshot: row.get(14)?,
        added_ms: row.get(15)?,
        stamp: row.get(16)?,
        deleted: row.get(17)?,
        born: row.get::<_, Option<i64>>(18)?.map(ImportKey),
    })
}

impl Deleted {
    /// Returns the number it is stored as.
    pub(super) const fn code(self) -> i64 {
        match self {
            Self::No => 0,
            Self::ByLearner => 1,
            Self::WithImport => 2,
            Self::Never => 3,
        }
    }

    /// Returns what a stored number means.
    pub(super) const fn of(code: i64) -> Option<Self> {
        match code {
            0 => Some(Self::No),
            1 => Some(Self::ByLearner),
            2 => Some(Self::WithImport),
            3 => Some(Self::Never),
            _ => None,
        }
    }
}

impl Store {
    /// Writes a note's row as it is given; its id and the time it was added stay.
    ///
    /// A changed deck or deletion is carried over to its cards.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn update_note(&self, note: &Note) -> Result<()> {
        let failed = doing("change a note");
        let fields = &note.fields;
        let from: Option<DeckKey> = self
            .db
            .prepare_cached("SELECT deck_id FROM notes WHERE id = ?1")
            .and_then(|mut statement| {
                statement.query_row([note.key.0], |row| row.get(0).map(DeckKey)).optional()
            })
            .map_err(&failed)?;
        if let Some(from) = from.filter(|from| *from != note.deck) {
            self.moved.borrow_mut().entry(note.key).or_insert(from);
        }
        self.db
            .prepare_cached(
                "UPDATE notes SET deck_id = :deck, kind = :kind, front = :front, back = :back,
                     reading = :reading, note = :note, example = :example, source = :source,
                     tags = :tags, ext_id = :ext_id, source_id = :source_id,
                     import_id = :import_id, snapshot = :snapshot, stamp = :stamp,
                     deleted = :deleted, born_id = :born
                 WHERE id = :id",
            )
            .and_then(|mut statement| {
                statement.execute(named_params! {
                    ":id": note.key.0,
                    ":deck": note.deck.0,
                    ":kind": note.kind,
                    ":front": fields.front,
                    ":back": fields.back,
                    ":reading": fields.reading,
                    ":note": fields.note,
                    ":example": fields.example,
                    ":source": fields.source,
                    ":tags": fields.tags.join("\n"),
                    ":ext_id": note.ext_id,
                    ":source_id": note.source.map(|key| key.0),
                    ":import_id": note.import.map(|key| key.0),
                    ":snapshot": note.snapshot,
                    ":stamp": note.stamp,
                    ":deleted": note.deleted.code(),
                    ":born": note.born.map(|key| key.0),
                })
            })
            .map_err(&failed)?;
        if note.deleted == Deleted::No {
            self.show_deck(note.deck)?;
        }
        self.retally(note.key, |store| {
            store
                .db
                .prepare_cached(
                    "UPDATE cards SET deck_id = ?3, gone = iif(gone = 2, 2, ?4)
                     WHERE id BETWEEN ?1 AND ?2 AND (deck_id <> ?3 OR gone NOT IN (?4, 2))",
                )
                .and_then(|mut statement| {
                    let (low, high) = note.key.card_range();
                    let gone = i64::from(note.deleted != Deleted::No);
                    statement.execute([low, high, note.deck.0, gone])
                })
                .map_err(doing("move the cards of a note"))?;
            Ok(())
        })
    }

    /// Removes a note and its cards for good. Only for notes without a log.
    ///
    /// # Errors
    /// An SQLite error, also where its cards have events.
    pub fn remove_note(&self, key: NoteKey) -> Result<()> {
        let (low, high) = key.card_range();
        self.retally(key, |store| {
            store
                .db
                .execute("DELETE FROM cards WHERE id BETWEEN ?1 AND ?2", [low, high])
                .map_err(doing("remove the cards of a note"))?;
            Ok(())
        })?;
        self.db
            .execute("DELETE FROM edits WHERE note_id = ?1", [key.0])
            .and_then(|_| self.db.execute("DELETE FROM notes WHERE id = ?1", [key.0]))
            .map_err(doing("remove a note"))?;
        Ok(())
    }

    /// Returns the note in a row.
    ///
    /// # Errors
    /// An SQLite error, or that there is none.
    pub fn note(&self, key: NoteKey) -> Result<Note> {
        self.db
            .prepare_cached(&format!("SELECT {COLUMNS} FROM notes WHERE id = ?1"))
            .and_then(|mut statement| statement.query_row([key.0], note))
            .map_err(doing("read a note"))
    }

    /// Returns the note with an id, deleted ones too.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn note_by_uid(&self, uid: Uid) -> Result<Option<Note>> {
        self.db
            .prepare_cached(&format!("SELECT {COLUMNS} FROM notes WHERE uid = ?1"))
            .and_then(|mut statement| statement.query_row([uid], note).optional())
            .map_err(doing("look for a note"))
    }

    /// Returns up to two notes whose ids lie in a range: two say it is ambiguous.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn notes_between(&self, low: Uid, high: Uid) -> Result<Vec<Note>> {
        let failed = doing("look for a note");
        let mut statement = self
            .db
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM notes WHERE uid BETWEEN ?1 AND ?2 AND deleted = 0 LIMIT 2"
            ))
            .map_err(&failed)?;
        let rows = statement.query_map([low, high], note).map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Returns all notes of a deck in the order of their rows, deleted ones too.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn notes_of_deck(&self, deck: DeckKey) -> Result<Vec<Note>> {
        self.collect_notes("INDEXED BY notes_deck WHERE deck_id = ?1", deck.0)
    }

    /// Returns all notes last seen in a source, deleted ones too.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn notes_of_source(&self, source: SourceKey) -> Result<Vec<Note>> {
        self.collect_notes("WHERE source_id = ?1", source.0)
    }

    /// Returns all notes that an import added, deleted ones too.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn notes_born_in(&self, import: ImportKey) -> Result<Vec<Note>> {
        self.collect_notes("WHERE born_id = ?1", import.0)
    }

    fn collect_notes(&self, which: &'static str, value: i64) -> Result<Vec<Note>> {
        let failed = doing("list notes");
        let mut statement = self
            .db
            .prepare_cached(&format!("SELECT {COLUMNS} FROM notes {which} ORDER BY id"))
            .map_err(&failed)?;
        let rows = statement.query_map([value], note).map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Calls `each` with every note that is not deleted, in the order of their rows.
    ///
    /// # Errors
    /// An SQLite error, or one of `each`.
    pub fn each_note(&self, mut each: impl FnMut(Note) -> Result<()>) -> Result<()> {
        let failed = doing("read the notes");
        let mut statement = self
            .db
            .prepare_cached(&format!("SELECT {COLUMNS} FROM notes WHERE deleted = 0 ORDER BY id"))
            .map_err(&failed)?;
        let rows = statement.query_map([], note).map_err(&failed)?;
        for row in rows {
            each(row.map_err(&failed)?)?;
        }
        Ok(())
    }

    /// Returns at most `count` fronts of a deck with their notes, ordered by both, from
    /// behind `after` on.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn fronts_of_deck(
        &self,
        deck: DeckKey,
        (front, key): &(String, NoteKey),
        count: u32,
    ) -> Result<Vec<(String, NoteKey)>> {
        let failed = doing("list the fronts of a deck");
        let mut statement = self
            .db
            .prepare_cached(
                // The index alone answers this.
                "SELECT front, id FROM notes INDEXED BY notes_front
                 WHERE deck_id = ?1 AND (front, deleted, id) > (?2, 0, ?3) AND deleted = 0
                 ORDER BY front, deleted, id LIMIT ?4",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map((deck.0, front, key.0, count), |row| Ok((row.get(0)?, NoteKey(row.get(1)?))))
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Returns notes with one of these fronts, exactly so, in decks other than `except`,
    /// by the names of their decks; at most so many.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn notes_elsewhere(
        &self,
        fronts: [&str; 2],
        except: Option<DeckKey>,
        most: usize,
    ) -> Result<Vec<NoteKey>> {
        let failed = doing("look for a front");
        let mut statement = self
            .db
            .prepare_cached(
                // Deck by deck, so that the index answers this however large they are.
                "SELECT n.id FROM decks d CROSS JOIN notes n INDEXED BY notes_front
                     ON n.deck_id = d.id AND n.front IN (?1, ?2) AND n.deleted = 0
                 WHERE d.deleted = 0 AND d.id IS NOT ?3 ORDER BY d.name, n.id LIMIT ?4",
            )
            .map_err(&failed)?;
        let [first, second] = fronts;
        let rows = statement
            .query_map((first, second, except.map(|deck| deck.0), most as i64), |row| {
                row.get(0).map(NoteKey)
            })
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Returns the tags of the newest notes, each as often as a note has it.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn newest_tags(&self, notes: u32) -> Result<Vec<String>> {
        let failed = doing("list the tags");
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT tags FROM (SELECT tags, deleted FROM notes ORDER BY id DESC LIMIT ?1)
                 WHERE deleted = 0 AND tags <> ''",
            )
            .map_err(&failed)?;
        let rows = statement.query_map([notes], |row| row.get(0)).map_err(&failed)?;
        let rows: Vec<String> = rows.collect::<rusqlite::Result<_>>().map_err(&failed)?;
        Ok(rows.iter().flat_map(|tags| tags.split_terminator('\n')).map(str::to_owned).collect())
    }

    /// Returns the backs of the deck's other notes with exactly this front, and
    /// how many of them stand before `key`.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn same_front(
        &self,
        key: NoteKey,
        deck: DeckKey,
        front: &str,
    ) -> Result<(u32, Vec<String>)> {
        self.same_text("front", "back", key, deck, front)
    }

    /// Returns the fronts of the deck's other notes with exactly this back, and
    /// how many of them stand before `key`; nothing in a deck that is too large to
    /// be looked through for every card.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn same_back(&self, key: NoteKey, deck: DeckKey, back: &str) -> Result<(u32, Vec<String>)> {
        // Backs have no index: it would cost every import more than this is worth.
        let is_small: bool = self
            .db
            .prepare_cached(
                "SELECT count(*) < ?2 FROM (SELECT 1 FROM notes WHERE deck_id = ?1 LIMIT ?2)",
            )
            .and_then(|mut statement| {
                statement.query_row([deck.0, MOST_LOOKED_THROUGH], |row| row.get(0))
            })
            .map_err(doing("count a deck"))?;
        if !is_small {
            return Ok((0, Vec::new()));
        }
        self.same_text("back", "front", key, deck, back)
    }

    fn same_text(
        &self,
        asked: &'static str,
        told: &'static str,
        key: NoteKey,
        deck: DeckKey,
        text: &str,
    ) -> Result<(u32, Vec<String>)> {
        let failed = doing("look for notes with the same text");
        let mut statement = self
            .db
            .prepare_cached(&format!(
                "SELECT id, {told} FROM notes
                 WHERE deck_id = ?1 AND {asked} = ?2 AND deleted = 0 AND id <> ?3 ORDER BY id"
            ))
            .map_err(&failed)?;
        let rows = statement
            .query_map((deck.0, text, key.0), |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))
            .map_err(&failed)?;
        let rows: Vec<(i64, String)> = rows.collect::<rusqlite::Result<_>>().map_err(&failed)?;
        let before = rows.iter().filter(|(id, _)| *id < key.0).count() as u32;
        Ok((before, rows.into_iter().map(|(_, text)| text).collect()))
    }
}
