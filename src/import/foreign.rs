//! SQLite files that another program wrote: opened from memory, read-only, with
//! nothing in their schema trusted.

use std::io::Read;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, MAIN_DB};

use super::ReadError;

/// Virtual machine instructions after which a statement is broken off: some minutes.
const MAX_STEPS: u64 = 20_000_000_000;

/// Instructions between two looks at the count.
const STEPS: i32 = 1_000_000;

/// Where the header names the journal mode: 2 is a write-ahead log, which a database
/// in memory cannot have.
const JOURNAL_MODE: std::ops::Range<usize> = 18..20;

/// Opens a database that lies in memory. Nothing of it is written anywhere.
///
/// # Errors
/// [`ReadError::Damaged`] where it is no database.
pub fn open(bytes: &[u8]) -> Result<Connection, ReadError> {
    let opened = || -> rusqlite::Result<Connection> {
        let mut db = Connection::open_in_memory()?;
        let (head, rest) = bytes.split_at(bytes.len().min(JOURNAL_MODE.start));
        let (mode, rest) = rest.split_at(rest.len().min(JOURNAL_MODE.len()));
        let plain = head.chain(&[1, 1][..mode.len()]).chain(rest);
        db.deserialize_read_exact(MAIN_DB, plain, bytes.len(), true)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
        db.set_limit(Limit::SQLITE_LIMIT_LENGTH, 64 << 20)?;
        db.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
        let mut left = MAX_STEPS / u64::from(STEPS.unsigned_abs());
        db.progress_handler(
            STEPS,
            Some(move || {
                left = left.saturating_sub(1);
                left == 0
            }),
        )?;
        // The header alone says nothing: the schema has to be readable too.
        db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(db)
    };
    opened().map_err(|error| broken(&error))
}

/// Whether there is a plain table of this name: no view and no virtual table.
///
/// # Errors
/// [`ReadError::Damaged`].
pub fn has_table(db: &Connection, name: &str) -> Result<bool, ReadError> {
    let sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1 COLLATE NOCASE \
               AND sql NOT LIKE 'CREATE VIRTUAL%'";
    let mut statement = db.prepare(sql).map_err(|error| broken(&error))?;
    statement.exists([name]).map_err(|error| broken(&error))
}

/// Returns the error for a database that cannot be read on.
#[must_use]
pub fn broken(error: &rusqlite::Error) -> ReadError {
    ReadError::Damaged(error.to_string())
}
