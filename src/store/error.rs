//! What can go wrong with the file.

use std::path::PathBuf;

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The path is a directory.
    #[error("{0} is a directory, not a collection")]
    Directory(PathBuf),
    /// The file could not be opened or made.
    #[error("cannot open {path}: {source}")]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// It may be read but not written.
    #[error("{0} is read-only")]
    ReadOnly(PathBuf),
    /// It was made by a newer program.
    #[error("{path} has schema {found}, this program knows up to {known}")]
    TooNew {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema known.
        known: i64,
    },
    /// It is a database of another program.
    #[error("{0} belongs to another program")]
    Foreign(PathBuf),
    /// It is no database, or a broken one.
    #[error("{path} is damaged or no collection: {what}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        what: String,
    },
    /// A page of it turned out to be broken.
    #[error("the collection is damaged (tried to {doing}): {what}")]
    Corrupt {
        /// What was tried.
        doing: &'static str,
        /// What SQLite says.
        what: String,
    },
    /// A backup of the collection in its own place.
    #[error("{0} is the collection itself")]
    Itself(PathBuf),
    /// Another program holds it.
    #[error("another program is writing to the collection (tried to {0})")]
    Busy(&'static str),
    /// The disk is full.
    #[error("the disk is full (tried to {0}); nothing was changed")]
    Full(&'static str),
    /// A schema change failed and was taken back.
    #[error("could not bring {path} up to date: {what}")]
    Migration {
        /// The file.
        path: PathBuf,
        /// Why.
        what: String,
    },
    /// A row that this program would never have written.
    #[error("the collection holds a row that cannot be right: {0}")]
    BadRow(String),
    /// Anything else that SQLite reports.
    #[error("could not {doing}: {source}")]
    Sql {
        /// What was tried.
        doing: &'static str,
        /// Why it failed.
        source: rusqlite::Error,
    },
    /// A file beside the collection could not be used.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl StoreError {
    /// Says what to try next, where there is something to try.
    #[must_use]
    pub const fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Itself(_) => Some("name another file with -o"),
            Self::Directory(_) => Some("name a file with --db"),
            Self::Open { .. } => Some("name another file with --db, or make its folder"),
            Self::ReadOnly(_) => Some("allow writing to it, or name another file with --db"),
            Self::TooNew { .. } => Some("install a newer termdeck; the file was not changed"),
            Self::Foreign(_) => Some("name another file with --db; this one was not changed"),
            Self::Damaged { .. } | Self::Corrupt { .. } => Some(
                "`termdeck restore FILE` brings a backup back, `termdeck doctor --repair` saves what can be read; nothing was changed",
            ),
            Self::Busy(_) => Some("close the other program and try again; nothing was changed"),
            Self::Full(_) => Some("free some space and try again"),
            Self::Migration { .. } => Some("a backup stands beside the file; nothing was changed"),
            Self::BadRow(_) => Some(
                "`termdeck doctor` lists what is wrong, `termdeck doctor --repair` saves the rest",
            ),
            Self::Sql { .. } | Self::Io { .. } => None,
        }
    }
}

/// Names what was being done, for the message; keeps the cause as `source`.
pub(super) fn doing(doing: &'static str) -> impl Fn(rusqlite::Error) -> StoreError {
    use rusqlite::ErrorCode::{
        DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase,
    };
    move |source| match source.sqlite_error_code() {
        Some(DatabaseBusy | DatabaseLocked) => StoreError::Busy(doing),
        Some(DiskFull) => StoreError::Full(doing),
        Some(DatabaseCorrupt | NotADatabase) => {
            StoreError::Corrupt { doing, what: source.to_string() }
        }
        _ => match source {
            rusqlite::Error::FromSqlConversionFailure(_, _, what) => {
                StoreError::BadRow(what.to_string())
            }
            source => StoreError::Sql { doing, source },
        },
    }
}
