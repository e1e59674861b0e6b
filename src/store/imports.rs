//! Imports and where notes come from.

use rusqlite::{OptionalExtension, Row, named_params};

use crate::domain::Uid;

use super::error::doing;
use super::{DeckKey, Result, Store};

/// The row of an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImportKey(pub i64);

/// The row of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceKey(pub i64);

/// One import of one file.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportRow {
    /// Its row; 0 before it is stored.
    pub key: ImportKey,
    /// Its id.
    pub uid: Uid,
    /// When, Unix milliseconds.
    pub at_ms: i64,
    /// The path as it was given.
    pub path: String,
    /// Format by name.
    pub format: String,
    /// Encoding by name.
    pub encoding: String,
    /// BLAKE3 of the file.
    pub hash: [u8; 32],
    /// The effective options, JSON.
    pub options: String,
    /// The deck it went to.
    pub deck: String,
    /// Where its notes come from.
    pub source: Option<SourceKey>,
    /// Rows in each bucket, JSON.
    pub counts: String,
    /// Hybrid logical clock after it.
    pub stamp: i64,
    /// When it was taken back, if it was.
    pub undone_ms: Option<i64>,
}

const COLUMNS: &str = "id, uid, at_ms, path, format, encoding, hash, options, deck, source_id, \
                       counts, stamp, undone_ms";

fn import(row: &Row<'_>) -> rusqlite::Result<ImportRow> {
    Ok(ImportRow {
        key: ImportKey(row.get(0)?),
        uid: row.get(1)?,
        at_ms: row.get(2)?,
        path: row.get(3)?,
        format: row.get(4)?,
        encoding: row.get(5)?,
        hash: row.get(6)?,
        options: row.get(7)?,
        deck: row.get(8)?,
        source: row.get::<_, Option<i64>>(9)?.map(SourceKey),
        counts: row.get(10)?,
        stamp: row.get(11)?,
        undone_ms: row.get(12)?,
    })
}

impl Store {
    /// Stores an import and returns its row.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn insert_import(&self, row: &ImportRow) -> Result<ImportKey> {
        self.db
            .execute(
                "INSERT INTO imports (uid, at_ms, path, format, encoding, hash, options, deck,
                     source_id, counts, stamp)
                 VALUES (:uid, :at, :path, :format, :encoding, :hash, :options, :deck, :source,
                     :counts, :stamp)",
                named_params! {
                    ":uid": row.uid,
                    ":at": row.at_ms,
                    ":path": row.path,
                    ":format": row.format,
                    ":encoding": row.encoding,
                    ":hash": row.hash,
                    ":options": row.options,
                    ":deck": row.deck,
                    ":source": row.source.map(|key| key.0),
                    ":counts": row.counts,
                    ":stamp": row.stamp,
                },
            )
            .map_err(doing("note the import"))?;
        Ok(ImportKey(self.db.last_insert_rowid()))
    }

    /// Sets what is kept about an import's effect, JSON.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn set_import_counts(&self, key: ImportKey, counts: &str) -> Result<()> {
        self.db
            .execute("UPDATE imports SET counts = ?2 WHERE id = ?1", (key.0, counts))
            .map_err(doing("note the import"))?;
        Ok(())
    }

    /// Marks an import as taken back.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn mark_undone(&self, key: ImportKey, at_ms: i64) -> Result<()> {
        self.db
            .execute("UPDATE imports SET undone_ms = ?2 WHERE id = ?1", [key.0, at_ms])
            .map_err(doing("mark the import as undone"))?;
        Ok(())
    }

    /// Returns the newest imports first, at most `most`.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn imports(&self, most: u32) -> Result<Vec<ImportRow>> {
        let failed = doing("list the imports");
        let mut statement = self
            .db
            .prepare_cached(&format!("SELECT {COLUMNS} FROM imports ORDER BY id DESC LIMIT ?1"))
            .map_err(&failed)?;
        let rows = statement.query_map([most], import).map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Returns up to two imports whose ids lie in a range: two say it is ambiguous.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn imports_between(&self, low: Uid, high: Uid) -> Result<Vec<ImportRow>> {
        let failed = doing("look for an import");
        let mut statement = self
            .db
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM imports WHERE uid BETWEEN ?1 AND ?2 LIMIT 2"
            ))
            .map_err(&failed)?;
        let rows = statement.query_map([low, high], import).map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Returns the newest import of the same bytes with the same options that
    /// was not taken back.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn import_of(&self, hash: &[u8; 32], options: &str) -> Result<Option<ImportRow>> {
        self.db
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM imports
                 WHERE hash = ?1 AND options = ?2 AND undone_ms IS NULL ORDER BY id DESC LIMIT 1"
            ))
            .and_then(|mut statement| statement.query_row((hash, options), import).optional())
            .map_err(doing("look for an earlier import"))
    }

    /// Returns the newest import into a source that was not taken back.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn last_import_into(&self, source: SourceKey) -> Result<Option<ImportKey>> {
        self.db
            .query_row(
                "SELECT id FROM imports WHERE source_id = ?1 AND undone_ms IS NULL
                 ORDER BY id DESC LIMIT 1",
                [source.0],
                |row| row.get(0).map(ImportKey),
            )
            .optional()
            .map_err(doing("look for an earlier import"))
    }

    /// Returns the source of this name in a deck, if it was imported before.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn source(&self, deck: DeckKey, name: &str) -> Result<Option<SourceKey>> {
        self.db
            .prepare_cached("SELECT id FROM sources WHERE deck_id = ?1 AND name = ?2")
            .and_then(|mut statement| {
                statement.query_row((deck.0, name), |row| row.get(0).map(SourceKey)).optional()
            })
            .map_err(doing("look for a source"))
    }

    /// Returns the source of this name in a deck, made if it is missing.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn source_or_new(&self, deck: DeckKey, name: &str) -> Result<SourceKey> {
        if let Some(key) = self.source(deck, name)? {
            return Ok(key);
        }
        self.db
            .execute("INSERT INTO sources (deck_id, name) VALUES (?1, ?2)", (deck.0, name))
            .map_err(doing("note a source"))?;
        Ok(SourceKey(self.db.last_insert_rowid()))
    }
}
