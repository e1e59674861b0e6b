//! Copies of the collection, made through SQLite's backup interface.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use crate::domain::Day;

use super::error::doing;
use super::migrate::{IN_MEMORY, at_path, make_private, recognise, try_lock};
use super::{Result, Store, StoreError, rotation};

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

    /// Whether there is no file: such a collection needs no backup.
    pub fn is_in_memory(&self) -> bool {
        self.path.as_os_str() == IN_MEMORY
    }

    /// Makes the backup of `today`, where there is none: if there were changes on an
    /// earlier day, and no other backup has all that there is now. Removes those that
    /// the rotation lets go.
    ///
    /// `day_of` says to which day a moment in Unix milliseconds belongs.
    ///
    /// # Errors
    /// A file that cannot be written or removed, or an SQLite error.
    pub fn keep_daily(&self, today: Day, day_of: impl Fn(i64) -> Day) -> Result<Option<PathBuf>> {
        if self.is_in_memory() || day_of(self.opened_hlc) >= today {
            return Ok(None);
        }
        let (hlc, _) = self.clock()?;
        let folder = self.backup_folder();
        let mut dailies = dailies(&folder)?;
        if dailies.iter().any(|(day, (kept, _))| *day == today || *kept == hlc) {
            return Ok(None);
        }
        // Whoever holds the lock is at it.
        let Some(_guard) = try_lock(&self.path)? else { return Ok(None) };
        let made = folder.join(format!("{DAILY}{today}-{hlc}.db"));
        self.backup(&made)?;
        dailies.insert(today, (hlc, made.clone()));
        let kept = rotation::kept(&dailies.keys().copied().collect());
        for (day, (_, path)) in dailies {
            if !kept.contains(&day) {
                remove(&path)?;
            }
        }
        Ok(Some(made))
    }
}

/// Begins the name of a daily backup: its day and the clock of the log follow.
const DAILY: &str = "daily-";

/// Returns the daily backups of a folder, each with the clock of its log.
fn dailies(folder: &Path) -> Result<BTreeMap<Day, (i64, PathBuf)>> {
    let failed = |source| StoreError::Io { path: folder.to_owned(), source };
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        entries => entries.map_err(failed)?,
    };
    let mut found = BTreeMap::new();
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        if let Some((day, hlc)) = path.file_name().and_then(|name| daily(name.to_str()?)) {
            found.insert(day, (hlc, path));
        }
    }
    Ok(found)
}

/// Reads the name of a daily backup.
fn daily(name: &str) -> Option<(Day, i64)> {
    let (day, hlc) = name.strip_prefix(DAILY)?.strip_suffix(".db")?.rsplit_once('-')?;
    Some((day.parse().ok()?, hlc.parse().ok()?))
}

/// Replaces the collection at `path` by the one at `from`, after checking that
/// one and after a backup of what is there. Returns the path of that backup.
///
/// # Errors
/// A file that is no collection, damaged or newer; nothing is changed then.
pub fn restore(from: &Path, path: &Path, at_ms: i64) -> Result<Option<PathBuf>> {
    let source = checked(from)?;
    let (kept, numbers) = set_aside(path, at_ms)?;
    let part = beside(path, ".part");
    copy(&source, &part)?;
    let put_back = open_at(&part).and_then(|restored| {
        super::migrate::skip_numbers(&restored, numbers)?;
        put_in_place(restored, &part, path)
    });
    remove(&part)?;
    put_back?;
    Ok(kept)
}

/// Opens a backup and looks whether it is whole.
fn checked(from: &Path) -> Result<Connection> {
    let failed = |error| at_path(from, error);
    let source = Connection::open_with_flags(from, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(failed)?;
    let damaged = |what| StoreError::Damaged { path: from.to_owned(), what };
    if recognise(&source, from)? == 0 {
        return Err(damaged("there is no collection in it".to_owned()));
    }
    let verdict: String =
        source.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(failed)?;
    if verdict == "ok" { Ok(source) } else { Err(damaged(verdict)) }
}

/// Keeps a copy of what is to be replaced, damaged or not. Returns where it is, and how
/// far the numbers of its log have come, as far as that can be read.
fn set_aside(path: &Path, at_ms: i64) -> Result<(Option<PathBuf>, i64)> {
    if !path.exists() {
        return Ok((None, 0));
    }
    let db = open_at(path)?;
    if let Err(error @ (StoreError::Foreign(_) | StoreError::TooNew { .. })) = recognise(&db, path)
    {
        return Err(error);
    }
    let numbers = db.query_row("SELECT seq FROM clock", [], |row| row.get(0)).unwrap_or_default();
    let aside = folder(path).join(format!("before-restore-{at_ms}.db"));
    match copy(&db, &aside) {
        // A damaged collection cannot be copied by SQLite; then its bytes are.
        Err(StoreError::Damaged { .. } | StoreError::Corrupt { .. }) => {
            // The log beside the file may hold answers that are not in it yet.
            for (from, to) in parts(path).into_iter().zip(parts(&aside)) {
                if from.exists() {
                    make_private(&to)?;
                    std::fs::copy(&from, &to)
                        .map_err(|source| StoreError::Io { path: to.clone(), source })?;
                }
            }
        }
        done => done?,
    }
    Ok((Some(aside), numbers))
}

/// Fills the collection at `path` from the one at `part`; where it is too damaged to be
/// written to, `part` takes its place.
fn put_in_place(restored: Connection, part: &Path, path: &Path) -> Result<()> {
    make_private(path)?;
    match open_at(path).and_then(|mut db| fill(&restored, &mut db)) {
        Err(StoreError::Damaged { .. } | StoreError::Corrupt { .. }) => {
            drop(restored);
            // The log of the damaged one must not be taken for one of its successor.
            let [_, log, index] = parts(path);
            remove(&log)?;
            remove(&index)?;
            rename(part, path)
        }
        done => done,
    }
}

fn open_at(path: &Path) -> Result<Connection> {
    Connection::open(path).map_err(|error| at_path(path, error))
}

/// Removes a file, if there is one.
fn remove(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(StoreError::Io { path: path.to_owned(), source })
        }
        _ => Ok(()),
    }
}

/// Gives a finished file its name, in place of what has it.
fn rename(from: &Path, to: &Path) -> Result<()> {
    std::fs::rename(from, to).map_err(|source| StoreError::Io { path: to.to_owned(), source })
}

/// Returns the files that make up a collection.
fn parts(path: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|ending| beside(path, ending))
}

/// Returns the path with an ending added to its name.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
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
    let part = beside(to, ".part");
    make_private(&part)?;
    let written = open_at(&part).and_then(|mut db| {
        fill(from, &mut db)?;
        db.execute_batch("PRAGMA journal_mode = DELETE").map_err(doing("finish the backup"))
    });
    let moved = written.and_then(|()| rename(&part, to));
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
