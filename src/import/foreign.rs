//! SQLite files that another program wrote: opened from memory, read-only, with
//! nothing in their schema trusted.

use std::io::Read;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, MAIN_DB};

use super::ReadError;

/// Virtual machine instructions, of all statements together, after which a database is
/// not read on: some minutes.
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
    // What SQLite makes of the schema decides: its text and its pages may lie.
    let sql = "SELECT 1 FROM pragma_table_list WHERE schema = 'main' AND type = 'table' \
               AND name = ?1 COLLATE NOCASE";
    let mut statement = db.prepare(sql).map_err(|error| broken(&error))?;
    statement.exists([name]).map_err(|error| broken(&error))
}

/// Returns the error for a database that cannot be read on.
#[must_use]
pub fn broken(error: &rusqlite::Error) -> ReadError {
    ReadError::Damaged(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_table_is_one() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "CREATE TABLE plain (x); CREATE VIEW view AS SELECT 1;
             CREATE VIRTUAL TABLE virtual USING fts5(x);
             CREATE VIRTUAL TABLE blanks USING fts5(x);
             CREATE VIRTUAL TABLE comment USING fts5(x);
             PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = 'CREATE  VIRTUAL TABLE blanks USING fts5(x)'
                 WHERE name = 'blanks';
             UPDATE sqlite_schema SET sql = 'CREATE/**/VIRTUAL TABLE comment USING fts5(x)',
                 rootpage = 2 WHERE name = 'comment';",
        )
        .unwrap();
        let bytes = db.serialize(MAIN_DB).unwrap().to_vec();
        let db = open(&bytes).unwrap();
        let names = ["plain", "PLAIN", "view", "virtual", "blanks", "comment", "none"];
        let tables: Vec<_> =
            names.into_iter().filter(|name| has_table(&db, name).unwrap()).collect();
        assert_eq!(tables, ["plain", "PLAIN"]);
    }
}
