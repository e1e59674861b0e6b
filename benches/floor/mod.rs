//! The floors: bare programs that do only the input and output of a piece of
//! work, with none of its rules. Each bench runs one beside the library, on the
//! same machine in the same minute, so that their ratio means something where
//! their times alone do not.

use std::collections::HashSet;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, params};

/// The day on which everything happens, and the one on which cards came due.
pub const TODAY: i32 = 20_780;

fn opened(path: &Path) -> Connection {
    let db = Connection::open(path).unwrap();
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8000;",
    )
    .unwrap();
    db
}

/// Reads a file, splits it at tabs and stores each pair with one card, with a
/// 16-byte key and three more indexes that are kept up to date row by row.
///
/// A row that is there already is left alone, so a grown file adds what is new.
pub fn import_naive(db: &Path, file: &Path) {
    let text = std::fs::read_to_string(file).unwrap();
    let db = opened(db);
    db.execute_batch(
        "BEGIN;
         CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE,
             deck_id INTEGER NOT NULL, front TEXT NOT NULL, back TEXT NOT NULL) STRICT;
         CREATE TABLE IF NOT EXISTS cards (id INTEGER PRIMARY KEY, note_id INTEGER NOT NULL,
             deck_id INTEGER NOT NULL, due INTEGER, interval_d INTEGER NOT NULL,
             ease INTEGER NOT NULL) STRICT;
         CREATE INDEX IF NOT EXISTS notes_deck ON notes (deck_id);
         CREATE INDEX IF NOT EXISTS cards_note ON cards (note_id);
         CREATE INDEX IF NOT EXISTS cards_due ON cards (deck_id, due);",
    )
    .unwrap();
    let mut note = db
        .prepare(
            "INSERT INTO notes (uid, deck_id, front, back) VALUES (?1, 1, ?2, ?3)
             ON CONFLICT DO NOTHING",
        )
        .unwrap();
    let mut card = db
        .prepare("INSERT INTO cards (note_id, deck_id, interval_d, ease) VALUES (?1, 1, 0, 250)")
        .unwrap();
    for line in text.lines() {
        let (front, back) = line.split_once('\t').unwrap();
        let hash = blake3::hash(front.as_bytes());
        if note.execute(params![&hash.as_bytes()[..16], front, back]).unwrap() > 0 {
            card.execute([db.last_insert_rowid()]).unwrap();
        }
    }
    drop((note, card));
    db.execute_batch("COMMIT").unwrap();
}

/// The least that could do the same: a 64-bit key, the card's row from the
/// note's, known keys read beforehand, and indexes built when all rows are in.
pub fn import_lean(db: &Path, file: &Path) {
    let text = std::fs::read_to_string(file).unwrap();
    let db = opened(db);
    db.execute_batch(
        "BEGIN;
         CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, key INTEGER NOT NULL,
             deck_id INTEGER NOT NULL, front TEXT NOT NULL, back TEXT NOT NULL) STRICT;
         CREATE TABLE IF NOT EXISTS cards (id INTEGER PRIMARY KEY, deck_id INTEGER NOT NULL,
             due INTEGER, interval_d INTEGER NOT NULL, ease INTEGER NOT NULL) STRICT;",
    )
    .unwrap();
    let known: HashSet<i64> = db
        .prepare("SELECT key FROM notes")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    let mut note =
        db.prepare("INSERT INTO notes (key, deck_id, front, back) VALUES (?1, 1, ?2, ?3)").unwrap();
    let mut card = db
        .prepare("INSERT INTO cards (id, deck_id, interval_d, ease) VALUES (?1, 1, 0, 250)")
        .unwrap();
    for line in text.lines() {
        let (front, back) = line.split_once('\t').unwrap();
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&blake3::hash(front.as_bytes()).as_bytes()[..8]);
        let key = i64::from_le_bytes(bytes);
        if !known.contains(&key) {
            note.execute(params![key, front, back]).unwrap();
            card.execute([db.last_insert_rowid() << 10]).unwrap();
        }
    }
    drop((note, card));
    db.execute_batch(
        "CREATE UNIQUE INDEX IF NOT EXISTS notes_key ON notes (key);
         CREATE INDEX IF NOT EXISTS cards_due ON cards (deck_id, due) WHERE due IS NOT NULL;
         COMMIT;",
    )
    .unwrap();
}

/// Reads a file, hashes it and looks for the hash among those of files that were
/// imported.
pub fn recognise(db: &Path, file: &Path) -> bool {
    let hash = blake3::hash(&std::fs::read(file).unwrap());
    let db = opened(db);
    db.execute_batch("CREATE TABLE IF NOT EXISTS files (hash BLOB PRIMARY KEY)").unwrap();
    db.query_row("SELECT EXISTS (SELECT 1 FROM files WHERE hash = ?1)", [hash.as_bytes()], |row| {
        row.get(0)
    })
    .unwrap()
}

/// Answers that reach the disk, one transaction each.
pub struct Answers {
    db: Connection,
    cards: i64,
    done: i64,
}

impl Answers {
    /// Makes a file with `cards` cards, all due.
    pub fn at(path: &Path, cards: usize) -> Self {
        let db = opened(path);
        db.execute_batch(
            "CREATE TABLE cards (id INTEGER PRIMARY KEY, deck_id INTEGER NOT NULL,
                 due INTEGER NOT NULL, interval_d INTEGER NOT NULL, ease INTEGER NOT NULL) STRICT;
             CREATE INDEX cards_due ON cards (deck_id, due);
             CREATE TABLE events (id INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE,
                 card_id INTEGER NOT NULL, at_ms INTEGER NOT NULL, grade INTEGER NOT NULL,
                 ms INTEGER NOT NULL) STRICT;
             CREATE INDEX events_card ON events (card_id);
             CREATE TABLE tallies (deck_id INTEGER NOT NULL, day INTEGER NOT NULL,
                 cards INTEGER NOT NULL, PRIMARY KEY (deck_id, day)) STRICT, WITHOUT ROWID;",
        )
        .unwrap();
        db.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
             INSERT INTO cards SELECT i, 1, ?2, 1, 250 FROM n",
            params![cards as i64, TODAY],
        )
        .unwrap();
        db.execute("INSERT INTO tallies VALUES (1, ?1, ?2)", params![TODAY, cards as i64]).unwrap();
        Self { db, cards: cards as i64, done: 0 }
    }

    /// Adds one row to the log and changes one card.
    pub fn next(&mut self) {
        self.done += 1;
        let card = self.done % self.cards + 1;
        let uid = blake3::hash(&self.done.to_le_bytes());
        let db = &self.db;
        db.execute_batch("BEGIN IMMEDIATE").unwrap();
        db.prepare_cached(
            "INSERT INTO events (uid, card_id, at_ms, grade, ms) VALUES (?1, ?2, ?3, 4, 2500)",
        )
        .unwrap()
        .execute(params![&uid.as_bytes()[..16], card, self.done])
        .unwrap();
        db.prepare_cached("UPDATE cards SET due = ?2, interval_d = 6, ease = 250 WHERE id = ?1")
            .unwrap()
            .execute(params![card, TODAY + 6])
            .unwrap();
        db.execute_batch("COMMIT").unwrap();
    }
}

/// The argument that makes a bench a program that says how many cards are due.
const DUE: &str = "--floor-due";

/// Returns the program that says how many cards are due in the file that
/// [`Answers`] made.
pub fn due_program(path: &Path) -> std::process::Command {
    let mut program = std::process::Command::new(std::env::current_exe().unwrap());
    program.arg(DUE).arg(path);
    program
}

/// Is that program, where the arguments ask for it.
pub fn was_due_program() -> bool {
    let mut args = std::env::args_os().skip(1);
    let (Some(first), Some(path)) = (args.next(), args.next()) else { return false };
    if first != DUE {
        return false;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags).unwrap();
    let due: i64 = db
        .query_row(
            "SELECT sum(cards) FROM tallies WHERE deck_id = 1 AND day <= ?1",
            [TODAY],
            |row| row.get(0),
        )
        .unwrap();
    println!("{due}");
    true
}
