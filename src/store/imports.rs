//! Imports and where notes come from.

use rusqlite::{OptionalExtension, Row, named_params};

use crate::domain::Uid;

use super::error::doing;
use super::{DeckKey, NoteKey, Result, Store};

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

/// Returns rising rows as their distances, seven bits a byte, the lowest first.
fn packed(notes: &[NoteKey]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(notes.len());
    let mut last = 0;
    for note in notes {
        let mut distance = (note.0 - last) as u64;
        last = note.0;
        while distance >= 0x80 {
            bytes.push(distance as u8 | 0x80);
            distance >>= 7;
        }
        bytes.push(distance as u8);
    }
    bytes
}

fn unpacked(bytes: &[u8]) -> Vec<NoteKey> {
    let mut notes = Vec::with_capacity(bytes.len());
    let (mut last, mut distance, mut shift) = (0_i64, 0_u64, 0_u32);
    for byte in bytes {
        distance |= u64::from(byte & 0x7f).wrapping_shl(shift);
        shift += 7;
        if byte & 0x80 == 0 {
            last = last.wrapping_add_unsigned(distance);
            notes.push(NoteKey(last));
            (distance, shift) = (0, 0);
        }
    }
    notes
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

    /// Keeps which notes the file of an import held; `notes` in the order of their rows.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn set_import_notes(&self, key: ImportKey, notes: &[NoteKey]) -> Result<()> {
        self.db
            .execute("UPDATE imports SET notes = ?2 WHERE id = ?1", (key.0, packed(notes)))
            .map_err(doing("note the import"))?;
        Ok(())
    }

    /// Returns the ids of the notes that the file of an import held, unless one of
    /// them was changed after `stamp`.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn untouched_notes_of_import(
        &self,
        key: ImportKey,
        stamp: i64,
    ) -> Result<Option<Vec<Uid>>> {
        let failed = doing("look for changed notes");
        let kept: Option<Vec<u8>> = self
            .db
            .query_row("SELECT notes FROM imports WHERE id = ?1", [key.0], |row| row.get(0))
            .map_err(&failed)?;
        let Some(kept) = kept else { return Ok(None) };
        let held = unpacked(&kept);
        let (Some(low), Some(high)) = (held.first(), held.last()) else {
            return Ok(Some(Vec::new()));
        };
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT id, uid, stamp <= ?3 AND deleted = 0 FROM notes
                 WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
            )
            .map_err(&failed)?;
        let mut rows = statement.query([low.0, high.0, stamp]).map_err(&failed)?;
        let mut uids = Vec::with_capacity(held.len());
        while let (Some(next), Some(row)) = (held.get(uids.len()), rows.next().map_err(&failed)?) {
            if row.get::<_, i64>(0).map_err(&failed)? != next.0 {
                continue;
            }
            if !row.get::<_, bool>(2).map_err(&failed)? {
                return Ok(None);
            }
            uids.push(row.get(1).map_err(&failed)?);
        }
        // A note that is not there any more was changed, too.
        Ok((uids.len() == held.len()).then_some(uids))
    }

    /// Returns the options of the newest import of a source of this name that stands.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn options_of_source(&self, name: &str) -> Result<Option<String>> {
        self.db
            .query_row(
                "SELECT options FROM imports
                 WHERE source_id IN (SELECT id FROM sources WHERE name = ?1) AND undone_ms IS NULL
                 ORDER BY id DESC LIMIT 1",
                [name],
                |row| row.get(0),
            )
            .optional()
            .map_err(doing("look for the last import"))
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

    /// Whether these very bytes were imported, in an import that was not taken back.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn has_import_of(&self, hash: &[u8; 32]) -> Result<bool> {
        self.db
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM imports WHERE hash = ?1 AND undone_ms IS NULL)",
            )
            .and_then(|mut statement| statement.query_row([hash], |row| row.get(0)))
            .map_err(doing("look for an earlier import"))
    }

    /// Returns the newest import into a source that was not taken back.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn last_import_into(&self, source: SourceKey) -> Result<Option<ImportRow>> {
        self.db
            .query_row(
                &format!(
                    "SELECT {COLUMNS} FROM imports WHERE source_id = ?1 AND undone_ms IS NULL
                     ORDER BY id DESC LIMIT 1"
                ),
                [source.0],
                import,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notes_of_an_import_read_back_as_they_were_kept() {
        let rows = [1, 2, 3, 130, 131, 20_000, 20_001, 5_000_000_000];
        let notes: Vec<NoteKey> = rows.into_iter().map(NoteKey).collect();
        assert_eq!(unpacked(&packed(&notes)), notes);
        assert_eq!(packed(&notes[..3]), [1, 1, 1]);
    }
}
