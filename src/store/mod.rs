//! The collection: one SQLite file.
//!
//! # Design
//! Events are the truth about scheduling; the state columns of `cards` and the
//! `tallies` are caches of it, rebuilt by nothing but the same fold; so is `answered`,
//! which catches up with the log only when statistics are asked for. All writes
//! of one user action happen inside one [`Store::transact`].

mod answered;
pub mod backup;
mod cards;
mod check;
mod convert;
mod decks;
mod error;
mod events;
mod history;
mod imports;
mod inserts;
mod migrate;
mod notes;
mod queue;
mod rotation;
pub mod salvage;
mod shelf;
mod stats;
mod tally;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::domain::Day;

pub use answered::{Backlog, Recount};
pub use cards::{Card, CardKey, card_uid};
pub use check::Check;
pub use decks::{Deck, DeckKey};
pub use error::StoreError;
pub use history::Edit;
pub use imports::{ImportKey, ImportRow, SourceKey};
pub use inserts::Inserts;
pub use notes::{Deleted, Note, NoteKey};
pub use queue::NewCard;
pub use shelf::Answered;
pub use stats::Outline;

use error::doing;

/// Result of a store call.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// An open collection.
pub struct Store {
    db: Connection,
    path: PathBuf,
    device: String,
    /// The clock of the log when the collection was opened.
    opened_hlc: i64,
    /// Changes to `tallies` that the running transaction has not written yet.
    pending: RefCell<HashMap<(DeckKey, Day), (i64, i64)>>,
    /// The notes that the running transaction moved, each with the deck it came from.
    moved: RefCell<BTreeMap<NoteKey, DeckKey>>,
}

/// A moment of this device in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Hybrid logical clock.
    pub hlc: i64,
    /// Number of the event on this device.
    pub seq: i64,
}

impl Store {
    /// Opens the collection at `path`, makes it if it is missing, and brings an
    /// older schema up to date after a backup beside it.
    ///
    /// `at_ms` names the backup and starts the clock of a new collection.
    ///
    /// # Errors
    /// A file that is a directory, foreign, damaged, locked, unwritable or of a
    /// newer program; it is left as it was.
    pub fn open(path: &Path, at_ms: i64) -> Result<Self> {
        let db = migrate::open(path, at_ms)?;
        Self::of(db, path.to_owned(), at_ms)
    }

    /// Opens a collection that lives in memory, for tests and benches.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn in_memory(at_ms: i64) -> Result<Self> {
        let db = migrate::in_memory()?;
        Self::of(db, PathBuf::from(migrate::IN_MEMORY), at_ms)
    }

    fn of(db: Connection, path: PathBuf, at_ms: i64) -> Result<Self> {
        db.set_prepared_statement_cache_capacity(64);
        let device = migrate::device(&db, at_ms)?;
        let (pending, moved) = Default::default();
        let mut store = Self { db, path, device, opened_hlc: 0, pending, moved };
        (store.opened_hlc, _) = store.clock()?;
        Ok(store)
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the id of this device.
    pub fn device(&self) -> &str {
        &self.device
    }

    /// Runs `work` as one transaction: all of it is on disk when this returns,
    /// or, when it fails, nothing of it.
    ///
    /// # Errors
    /// Those of `work`, or that the transaction could not begin or commit.
    pub fn transact<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.db.execute_batch("BEGIN IMMEDIATE").map_err(doing("begin to write"))?;
        let done = work(self).and_then(|value| {
            self.flush_tallies()?;
            self.db.execute_batch("COMMIT").map_err(doing("write the change to disk"))?;
            Ok(value)
        });
        self.moved.borrow_mut().clear();
        if done.is_err() {
            self.pending.borrow_mut().clear();
            if !self.db.is_autocommit() {
                // The error that led here is the one to report.
                let _ = self.db.execute_batch("ROLLBACK");
            }
        }
        done
    }

    /// Returns the notes that the running transaction moved to another deck, each with
    /// the deck it came from.
    pub fn moved_notes(&self) -> Vec<(NoteKey, DeckKey)> {
        self.moved.borrow().iter().map(|(note, deck)| (*note, *deck)).collect()
    }

    /// Runs `work` on one unchanging view of the collection.
    ///
    /// # Errors
    /// Those of `work`, or that the view could not be taken.
    pub fn view<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.db.execute_batch("BEGIN").map_err(doing("begin to read"))?;
        let done = work(self);
        self.db.execute_batch("COMMIT").map_err(doing("end reading"))?;
        done
    }

    /// Returns the next moment of this device's log, never before one it has seen.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn tick(&self, at_ms: i64) -> Result<Tick> {
        self.db
            .prepare_cached(
                "UPDATE clock SET hlc = max(hlc + 1, ?1), seq = seq + 1 RETURNING hlc, seq",
            )
            .and_then(|mut statement| {
                statement.query_row([at_ms], |row| Ok(Tick { hlc: row.get(0)?, seq: row.get(1)? }))
            })
            .map_err(doing("advance the clock"))
    }

    /// Returns how far the clock and the log of this device have come: every change
    /// of the collection moves one of them.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn clock(&self) -> Result<(i64, i64)> {
        self.db
            .prepare_cached("SELECT hlc, seq FROM clock")
            .and_then(|mut statement| statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?))))
            .map_err(doing("read the clock"))
    }

    /// Returns a number that moves whenever another connection writes.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn data_version(&self) -> Result<i64> {
        self.db
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .map_err(doing("look for changes of others"))
    }

    /// Returns the next moment for a change of content, which is no event.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn stamp(&self, at_ms: i64) -> Result<i64> {
        self.db
            .prepare_cached("UPDATE clock SET hlc = max(hlc + 1, ?1) RETURNING hlc")
            .and_then(|mut statement| statement.query_row([at_ms], |row| row.get(0)))
            .map_err(doing("advance the clock"))
    }

    /// Moves the clock up to one seen in a foreign log, at most a day ahead of `at_ms`.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn observe(&self, hlc: i64, at_ms: i64) -> Result<()> {
        const DAY_MS: i64 = 86_400_000;
        self.db
            .execute(
                "UPDATE clock SET hlc = max(hlc, min(?1, ?2))",
                [hlc, at_ms.saturating_add(DAY_MS)],
            )
            .map_err(doing("advance the clock"))?;
        Ok(())
    }
}
