//! Copies of the collection, made through SQLite's backup interface.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::error::doing;
use super::migrate::{at_path, make_private, recognise};
use super::{Result, Store, StoreError};

/// How often a copy is tried while another program writes.
const TRIES: usize = 200;

/// Pages copied at a time: all of them, since nobody waits in between.
const ALL_PAGES: std::ffi::c_int = std::ffi::c_int::MAX;

impl Store {
    /// Writes a copy of the collection to `to`, replacing an earlier one.
    ///
    /// The copy is made beside it and then renamed, so that `to` is never half
    /// written.
    ///
    /// # Errors
    /// A file that cannot be written or is something else, or an SQLite error.
    pub fn backup(&self, to: &Path) -> Result<()> {
        if to.exists() {
            // A slip of the hand must not cost a word list.
            let db = Connection::open_with_flags(to, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)
                .map_err(|error| at_path(to, error))?;
            recognise(&db, to)?;
            let same = |path: &Path| path.canonicalize().ok();
            if same(to) == same(&self.path) {
                return Err(StoreError::Itself(to.to_owned()));
            }
        }
        copy(&self.db, to)
    }

    /// Returns the folder for automatic backups, beside the collection.
    pub fn backup_folder(&self) -> PathBuf {
        folder(&self.path)
    }
}

/// Replaces the collection at `path` by the one at `from`, after checking that
/// one and after a backup of what is there. Returns the path of that backup.
///
/// # Errors
/// A file that is no collection, damaged or newer; nothing is changed then.
pub fn restore(from: &Path, path: &Path, at_ms: i64) -> Result<Option<PathBuf>> {
    let failed = |error| at_path(from, error);
    let source = Connection::open_with_flags(from, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(failed)?;
    if recognise(&source, from)? == 0 {
        let what = "there is no collection in it".to_owned();
        return Err(StoreError::Damaged { path: from.to_owned(), what });
    }
    let verdict: String =
        source.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(failed)?;
    if verdict != "ok" {
        return Err(StoreError::Damaged { path: from.to_owned(), what: verdict });
    }
    let mut kept = None;
    if path.exists() {
        let aside = folder(path).join(format!("before-restore-{at_ms}.db"));
        // A damaged collection cannot be copied by SQLite; then its bytes are.
        let saved = Connection::open(path).map_err(|error| at_path(path, error));
        if saved.and_then(|db| copy(&db, &aside)).is_err() {
            // The log beside the file may hold answers that are not in it yet.
            for (from, to) in parts(path).into_iter().zip(parts(&aside)) {
                if from.exists() {
                    make_private(&to)?;
                    std::fs::copy(&from, &to)
                        .map_err(|source| StoreError::Io { path: to.clone(), source })?;
                }
            }
        }
        kept = Some(aside);
    }
    make_private(path)?;
    let replaced = Connection::open(path)
        .map_err(|error| at_path(path, error))
        .and_then(|mut db| fill(&source, &mut db));
    if let Err(StoreError::Damaged { .. } | StoreError::Corrupt { .. }) = replaced {
        for name in parts(path) {
            if let Err(source) = std::fs::remove_file(&name)
                && source.kind() != std::io::ErrorKind::NotFound
            {
                return Err(StoreError::Io { path: name, source });
            }
        }
        copy(&source, path)?;
    } else {
        replaced?;
    }
    let db = Connection::open(path).map_err(|error| at_path(path, error))?;
    // Numbers given since the backup was made must not be given again for other events.
    super::migrate::skip_numbers(&db)?;
    Ok(kept)
}

/// Returns the files that make up a collection.
fn parts(path: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|ending| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    })
}

/// Keeps the file as it is before its schema changes.
pub(super) fn before_migration(
    db: &Connection,
    path: &Path,
    schema: i64,
    at_ms: i64,
) -> Result<()> {
    copy(db, &folder(path).join(format!("schema-{schema}-{at_ms}.db")))
}

fn folder(path: &Path) -> PathBuf {
    path.with_file_name("backups")
}

fn copy(from: &Connection, to: &Path) -> Result<()> {
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    let part = PathBuf::from(name);
    make_private(&part)?;
    let written =
        Connection::open(&part).map_err(|error| at_path(&part, error)).and_then(|mut db| {
            fill(from, &mut db)?;
            db.execute_batch("PRAGMA journal_mode = DELETE").map_err(doing("finish the backup"))
        });
    let moved = written.and_then(|()| {
        std::fs::rename(&part, to).map_err(|source| StoreError::Io { path: to.to_owned(), source })
    });
    if moved.is_err() {
        // What could not be finished is of no use; the error says why.
        let _ = std::fs::remove_file(&part);
    }
    moved
}

fn fill(from: &Connection, to: &mut Connection) -> Result<()> {
    let failed = doing("copy the collection");
    to.busy_timeout(std::time::Duration::from_secs(10)).map_err(&failed)?;
    let backup = Backup::new(from, to).map_err(&failed)?;
    for _ in 0..TRIES {
        match backup.step(ALL_PAGES).map_err(&failed)? {
            StepResult::Done => return Ok(()),
            _ => std::thread::sleep(std::time::Duration::from_millis(50)),
        }
    }
    Err(StoreError::Busy("copy the collection"))
}
