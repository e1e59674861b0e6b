//! The texts that edits and imports replaced.

use rusqlite::Row;
use serde::{Deserialize, Serialize};

use crate::domain::{Fields, Kind, Uid};

use super::error::doing;
use super::{
    CardKey, DeckKey, Deleted, ImportKey, Note, NoteKey, Result, SourceKey, Store, StoreError,
};

/// A note as it was before a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// The row of the history.
    pub id: i64,
    /// The note's whole row as it was.
    pub before: Note,
    /// Hybrid logical clock of the change.
    pub stamp: i64,
}

/// What of a note's row can change, as it is kept in the history.
#[derive(Serialize, Deserialize)]
struct Before {
    deck: i64,
    kind: Kind,
    texts: [String; 6],
    tags: Vec<String>,
    ext_id: Option<String>,
    source: Option<i64>,
    import: Option<i64>,
    snapshot: Option<String>,
    stamp: i64,
    deleted: i64,
}

impl Before {
    fn of(note: &Note) -> Self {
        let f = note.fields.clone();
        Self {
            deck: note.deck.0,
            kind: note.kind,
            texts: [f.front, f.back, f.reading, f.note, f.example, f.source],
            tags: f.tags,
            ext_id: note.ext_id.clone(),
            source: note.source.map(|key| key.0),
            import: note.import.map(|key| key.0),
            snapshot: note.snapshot.clone(),
            stamp: note.stamp,
            deleted: note.deleted.code(),
        }
    }

    fn onto(self, now: &Note) -> Note {
        let [front, back, reading, note, example, source] = self.texts;
        Note {
            key: now.key,
            uid: now.uid,
            added_ms: now.added_ms,
            born: now.born,
            deck: DeckKey(self.deck),
            kind: self.kind,
            fields: Fields { front, back, reading, note, example, source, tags: self.tags },
            ext_id: self.ext_id,
            source: self.source.map(SourceKey),
            import: self.import.map(ImportKey),
            snapshot: self.snapshot,
            stamp: self.stamp,
            // An unknown code can only mean that it was gone.
            deleted: Deleted::of(self.deleted).unwrap_or(Deleted::WithImport),
        }
    }
}

impl Store {
    /// Keeps what a note was before a change; `import` is `None` for the learner's own.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn keep_edit(
        &self,
        before: &Note,
        at_ms: i64,
        stamp: i64,
        import: Option<ImportKey>,
    ) -> Result<()> {
        let json = serde_json::to_string(&Before::of(before))
            .map_err(|error| StoreError::BadRow(error.to_string()))?;
        self.db
            .prepare_cached(
                "INSERT INTO edits (note_id, at_ms, stamp, device, import_id, before)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )
            .and_then(|mut statement| {
                let import = import.map(|key| key.0);
                statement.execute((before.key.0, at_ms, stamp, &self.device, import, json))
            })
            .map_err(doing("keep the text before an edit"))?;
        Ok(())
    }

    /// Whether a note was edited, or changed by an import that still stands, after `stamp`.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn is_edited_since(&self, note: NoteKey, stamp: i64) -> Result<bool> {
        self.db
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM edits e LEFT JOIN imports i ON i.id = e.import_id
                 WHERE e.note_id = ?1 AND e.stamp > ?2 AND i.undone_ms IS NULL)",
            )
            .and_then(|mut statement| statement.query_row([note.0, stamp], |row| row.get(0)))
            .map_err(doing("read the history of a note"))
    }

    /// Returns the undo events with which imports were taken back: the card, the
    /// undo, and the event that it names.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn undos_of_imports(&self) -> Result<Vec<(CardKey, Uid, Uid)>> {
        let failed = doing("list the events of undone imports");
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT u.card_id, u.uid, u.voids FROM imports i
                 JOIN events u ON u.import_id = i.id AND u.at_ms = i.undone_ms
                 WHERE u.kind = 'undo' AND u.device = ?1 ORDER BY u.card_id",
            )
            .map_err(&failed)?;
        let row = |row: &Row<'_>| Ok((CardKey(row.get(0)?), row.get(1)?, row.get(2)?));
        let rows = statement.query_map([&self.device], row).map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Returns what an import changed, newest first.
    ///
    /// # Errors
    /// An SQLite error, or a row that cannot be right.
    pub fn edits_of_import(&self, import: ImportKey) -> Result<Vec<Edit>> {
        let failed = doing("read the history of a note");
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT id, note_id, stamp, before FROM edits
                 WHERE import_id = ?1 ORDER BY id DESC",
            )
            .map_err(&failed)?;
        let row = |row: &Row<'_>| {
            let json: String = row.get(3)?;
            Ok((row.get::<_, i64>(0)?, NoteKey(row.get(1)?), row.get::<_, i64>(2)?, json))
        };
        let rows = statement.query_map([import.0], row).map_err(&failed)?;
        rows.map(|row| {
            let (id, note, stamp, json) = row.map_err(&failed)?;
            let before: Before = serde_json::from_str(&json)
                .map_err(|error| StoreError::BadRow(format!("edit {id}: {error}")))?;
            Ok(Edit { id, before: before.onto(&self.note(note)?), stamp })
        })
        .collect()
    }
}
