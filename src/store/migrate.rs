//! Opening, refusing and bringing up to date.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use include_dir::{Dir, include_dir};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use rusqlite_migration::Migrations;

use super::error::{StoreError, doing};
use super::{Result, backup};

/// Marks a file as ours: "tdek" in the header, set by the first migration.
const APPLICATION_ID: i32 = i32::from_be_bytes(*b"tdek");

/// Stands for the path of a collection that has no file.
pub(super) const IN_MEMORY: &str = ":memory:";

/// How long a writer waits for another one.
const BUSY: Duration = Duration::from_secs(10);

static STEPS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/migrations");

static MIGRATIONS: LazyLock<Result<Migrations<'static>, String>> =
    LazyLock::new(|| Migrations::from_directory(&STEPS).map_err(|error| error.to_string()));

/// The schema that this program writes: one step a directory.
fn known() -> i64 {
    STEPS.dirs().count() as i64
}

pub(super) fn open(path: &Path, at_ms: i64) -> Result<Connection> {
    if path.is_dir() {
        return Err(StoreError::Directory(path.to_owned()));
    }
    let is_new = !path.exists();
    if is_new {
        make_private(path)?;
    }
    let failed = |error: rusqlite::Error| at_path(path, error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut db = Connection::open_with_flags(path, flags).map_err(failed)?;
    db.busy_timeout(BUSY).map_err(failed)?;
    if db.is_readonly("main").map_err(failed)? {
        return Err(StoreError::ReadOnly(path.to_owned()));
    }
    if recognise(&db, path)? == known() {
        configure(&db).map_err(failed)?;
        return Ok(db);
    }
    // Switching to the write-ahead log does not wait for others that do the same.
    let _guard = lock(path)?;
    configure(&db).map_err(failed)?;
    // Another process may have been faster while this one waited for the lock.
    let schema = recognise(&db, path)?;
    if schema < known() {
        if schema > 0 {
            backup::before_migration(&db, path, schema, at_ms)?;
        }
        migrate(&mut db).map_err(|what| StoreError::Migration { path: path.to_owned(), what })?;
    }
    Ok(db)
}

pub(super) fn in_memory() -> Result<Connection> {
    let mut db = Connection::open_in_memory().map_err(doing("open a collection in memory"))?;
    migrate(&mut db).map_err(|what| StoreError::Migration { path: IN_MEMORY.into(), what })?;
    Ok(db)
}

/// Returns the schema of the file, 0 for an empty one; refuses what is not ours.
pub(super) fn recognise(db: &Connection, path: &Path) -> Result<i64> {
    // One look: between two, another program could finish making the collection.
    let look = db.unchecked_transaction().map_err(|error| at_path(path, error))?;
    let number = |pragma: &str| -> Result<i64> {
        look.query_row(pragma, [], |row| row.get(0)).map_err(|error| at_path(path, error))
    };
    let id = number("SELECT * FROM pragma_application_id")?;
    let schema = number("SELECT * FROM pragma_user_version")?;
    if id == i64::from(APPLICATION_ID) {
        if schema > known() {
            let path = path.to_owned();
            return Err(StoreError::TooNew { path, found: schema, known: known() });
        }
        return Ok(schema);
    }
    let is_empty = id == 0 && schema == 0 && number("SELECT count(*) FROM sqlite_schema")? == 0;
    if is_empty { Ok(0) } else { Err(StoreError::Foreign(path.to_owned())) }
}

fn configure(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY; PRAGMA cache_size = -4000;",
    )
}

fn migrate(db: &mut Connection) -> Result<(), String> {
    let migrations = MIGRATIONS.as_ref().map_err(Clone::clone)?;
    db.pragma_update(None, "foreign_keys", false).map_err(|error| error.to_string())?;
    // The mark comes first: a new file whose making was cut short is still known as ours.
    migrations.to_latest(db).map_err(|error| error.to_string())?;
    db.pragma_update(None, "foreign_keys", true).map_err(|error| error.to_string())
}

/// Returns the id of this device, made up once when the collection is.
pub(super) fn device(db: &Connection, at_ms: i64) -> Result<String> {
    use rusqlite::OptionalExtension;
    let known: Option<String> = db
        .query_row("SELECT device FROM clock", [], |row| row.get(0))
        .optional()
        .map_err(doing("read the device's name"))?;
    if let Some(device) = known {
        return Ok(device);
    }
    let device = new_device()?;
    db.execute(
        "INSERT INTO clock (id, device, hlc, seq) VALUES (1, ?1, ?2, 0) ON CONFLICT DO NOTHING",
        (&device, at_ms),
    )
    .map_err(doing("name the device"))?;
    db.query_row("SELECT device FROM clock", [], |row| row.get(0))
        .map_err(doing("read the device's name"))
}

/// Numbers that a restored collection leaves out: more than were given since any backup.
const SKIPPED: i64 = 1_000_000;

/// Makes sure that a restored collection gives no number again that its device has
/// given since the backup was made, nor one that the replaced collection gave, which
/// had come as far as `given`.
pub(super) fn skip_numbers(db: &Connection, given: i64) -> Result<()> {
    db.execute("UPDATE clock SET seq = max(seq, ?1) + ?2", [given, SKIPPED])
        .map(drop)
        .map_err(doing("advance the clock"))
}

fn new_device() -> Result<String> {
    let random = getrandom::u64().map_err(|error| StoreError::BadRow(error.to_string()))?;
    Ok(format!("{random:016x}"))
}

/// One process at a time brings a file up to date: the schema is read before the
/// transaction that changes it.
fn lock(path: &Path) -> Result<File> {
    let (file, path) = lock_file(path)?;
    file.lock().map_err(|source| StoreError::Io { path, source })?;
    Ok(file)
}

/// The same, for what another process need not do again; `None` while one is at it.
pub(super) fn try_lock(path: &Path) -> Result<Option<File>> {
    let (file, path) = lock_file(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(source)) => Err(StoreError::Io { path, source }),
    }
}

fn lock_file(path: &Path) -> Result<(File, PathBuf)> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let path = PathBuf::from(name);
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(&path) {
        Ok(file) => Ok((file, path)),
        Err(source) => Err(StoreError::Io { path, source }),
    }
}

/// Makes an empty file that only its owner can read, and its folder.
pub(super) fn make_private(path: &Path) -> Result<()> {
    let failed = |source: std::io::Error| StoreError::Open {
        path: path.to_owned(),
        source: Box::new(source),
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(failed)?;
    }
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(failed)
}

/// Turns an SQLite error on opening into one that names the file.
pub(super) fn at_path(path: &Path, error: rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            StoreError::Damaged { path, what: error.to_string() }
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy("open it"),
        Some(ErrorCode::ReadOnly) => StoreError::ReadOnly(path),
        Some(ErrorCode::DiskFull) => StoreError::Full("open it"),
        _ => StoreError::Open { path, source: Box::new(error) },
    }
}
