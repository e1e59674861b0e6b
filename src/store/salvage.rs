//! Saving what can be read of a damaged collection into a new one.
//!
//! # Design
//! Every table is read in ranges of rows; a range that fails is halved until only the
//! rows on a broken page are left out. The log comes first: an event whose card or note
//! is lost gets one in its place. What follows from the log is not read at all.

use std::path::Path;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, Row};

use crate::domain::{DeckName, DeckOptions};

use super::error::doing;
use super::migrate::{at_path, recognise, skip_numbers};
use super::{Result, Store, StoreError};

/// What was saved of a table.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Saved {
    /// The table.
    pub name: &'static str,
    /// Rows that are in the new collection.
    pub saved: i64,
    /// Rows that could not be read, or whose key is another one than their index has;
    /// none where nothing tells how many.
    pub lost: Option<u64>,
    /// Rows of which a part was put right or a value stands in for what is lost.
    pub mended: u64,
}

/// A table whose rows are saved.
struct Table {
    name: &'static str,
    /// A column of which an index is a second copy.
    key: Option<&'static str>,
    /// The columns that are taken; none: all.
    columns: Option<&'static str>,
    /// Other columns that need a value, and that value.
    filled: Option<(&'static str, &'static str)>,
    /// How many row numbers belong together, as those of the cards of a note do.
    step: i64,
}

const fn whole(name: &'static str, key: Option<&'static str>) -> Table {
    Table { name, key, columns: None, filled: None, step: 1 }
}

/// The tables in the order in which they are saved.
const TABLES: [Table; 8] = [
    whole("clock", None),
    whole("events", Some("uid")),
    Table {
        name: "cards",
        key: None,
        columns: Some("id, uid, deck_id, slot, batch, gone"),
        filled: Some(NEW),
        step: 1 << 10,
    },
    whole("notes", Some("uid")),
    whole("decks", Some("name")),
    whole("sources", None),
    whole("imports", Some("uid")),
    whole("edits", None),
];

/// The state of a new card: the log gives it another one.
const NEW: (&str, &str) =
    ("repetitions, ease_centi, interval_d, lapses, tried_hlc, floor_run", "0, 250, 0, 0, 0, 0");

/// So many ranges may fail; a file on which more do is given up for the rest.
const MOST_FAILURES: u32 = 100_000;

/// Saves what can be read of the collection at `from` into a new one at `to`.
///
/// # Errors
/// A file of which not even the list of tables can be read, or one that is no
/// collection; an SQLite error of the new file.
pub fn salvage(from: &Path, to: &Path, at_ms: i64) -> Result<Vec<Saved>> {
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .map_err(|error| at_path(from, error))?;
    // An index that cannot be understood is no reason to give up its table.
    source
        .execute_batch("PRAGMA writable_schema = ON; PRAGMA cell_size_check = ON")
        .map_err(|error| at_path(from, error))?;
    if recognise(&source, from)? == 0 {
        let what = "there is no collection in it".to_owned();
        return Err(StoreError::Damaged { path: from.to_owned(), what });
    }
    let store = Store::open(to, at_ms)?;
    let failed = doing("save the collection");
    store
        .db
        .execute_batch("PRAGMA foreign_keys = OFF; BEGIN; DELETE FROM clock")
        .map_err(&failed)?;
    let mut report = Vec::new();
    for table in &TABLES {
        report.push(save(&source, &store, table)?);
    }
    mend(&store, &mut report, at_ms)?;
    for (table, saved) in TABLES.iter().zip(&mut report) {
        let count = format!("SELECT count(*) FROM {}", table.name);
        saved.saved = store.db.query_row(&count, [], |row| row.get(0)).map_err(&failed)?;
    }
    store.db.execute_batch("COMMIT; PRAGMA foreign_keys = ON").map_err(&failed)?;
    Ok(report)
}

fn save(source: &Connection, store: &Store, table: &Table) -> Result<Saved> {
    let name = table.name;
    let columns = match table.columns {
        Some(columns) => columns.to_owned(),
        None => common_columns(source, &store.db, name).join(", "),
    };
    if columns.is_empty() {
        // Not even its entry in the list of tables can be read.
        return Ok(Saved { name, saved: 0, lost: None, mended: 0 });
    }
    let marks = vec!["?"; columns.split(',').count()].join(", ");
    let insert = match table.filled {
        Some((others, values)) => {
            format!("INSERT INTO {name} ({columns}, {others}) VALUES ({marks}, {values})")
        }
        None => format!("INSERT INTO {name} ({columns}) VALUES ({marks})"),
    };
    let mut insert = store.db.prepare(&insert).map_err(doing("save the collection"))?;
    let mut mended = 0;
    let is_whole = each_row(source, table, &columns, |row| {
        let (values, is_mended) = values(row);
        mended += u64::from(is_mended);
        insert.execute(rusqlite::params_from_iter(values)).is_ok()
    });
    let lost = match table.key.and_then(|key| missing(source, store, name, key)) {
        Some(missing) => Some(missing),
        None => is_whole.then_some(0),
    };
    Ok(Saved { name, saved: 0, lost, mended })
}

/// Returns the columns that a table has in both collections: none where the list of
/// tables is broken.
fn common_columns(source: &Connection, new: &Connection, table: &str) -> Vec<String> {
    let columns = |db: &Connection| -> rusqlite::Result<Vec<String>> {
        db.prepare("SELECT name FROM pragma_table_info(?1)")?
            .query_map([table], |row| row.get(0))?
            .collect()
    };
    let there = columns(source).unwrap_or_default();
    let mut both = columns(new).unwrap_or_default();
    both.retain(|column| there.contains(column));
    both
}

/// Calls `each` with every row that can be read, its number first. Returns whether there
/// was nothing that could not, and `each` could use every one.
fn each_row(
    source: &Connection,
    table: &Table,
    columns: &str,
    mut each: impl FnMut(&Row<'_>) -> bool,
) -> bool {
    let Table { name, step, .. } = table;
    let sql = format!(
        "SELECT rowid, {columns} FROM {name} NOT INDEXED WHERE rowid BETWEEN ?1 AND ?2 ORDER BY rowid"
    );
    let Ok(mut statement) = source.prepare(&sql) else { return false };
    let highest = source.query_row(&format!("SELECT max(rowid) FROM {name}"), [], |row| row.get(0));
    let highest: i64 = highest.unwrap_or(i64::from(u32::MAX) * step);
    let (mut failures, mut is_whole) = (0, true);
    // Ranges of steps, the lowest on top.
    let mut ranges = vec![(0, highest / step)];
    while let Some((low, high)) = ranges.pop() {
        let mut next = low;
        let read = statement.query([low * step, high * step + (step - 1)]).and_then(|mut rows| {
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                is_whole &= each(row);
                next = (id / step).saturating_add(1);
            }
            Ok(())
        });
        failures += u32::from(read.is_err());
        if read.is_ok() || failures > MOST_FAILURES || next > high {
            continue;
        }
        if next == high {
            // Nothing before it failed: what does is this one.
            if next > low {
                ranges.push((next, high));
            }
            continue;
        }
        let middle = next + (high - next) / 2;
        ranges.push((middle + 1, high));
        ranges.push((next, middle));
    }
    is_whole && failures == 0
}

/// Returns the values of a row behind its number. Text that is none is made readable.
fn values<'a>(row: &'a Row<'_>) -> (Vec<ToSqlOutput<'a>>, bool) {
    let mut is_mended = false;
    let columns = 1..row.as_ref().column_count();
    let values = columns.map(|at| match row.get_ref(at) {
        Ok(ValueRef::Text(bytes)) if std::str::from_utf8(bytes).is_err() => {
            is_mended = true;
            String::from_utf8_lossy(bytes).into_owned().into()
        }
        Ok(value) => ToSqlOutput::Borrowed(value),
        Err(_) => ToSqlOutput::Borrowed(ValueRef::Null),
    });
    (values.collect(), is_mended)
}

/// Returns how many keys the index of a table has that no saved row has, if the index
/// can be read.
fn missing(source: &Connection, store: &Store, table: &str, key: &str) -> Option<u64> {
    let index = format!("sqlite_autoindex_{table}_1");
    let keys = format!("SELECT {key} FROM {table} INDEXED BY {index}");
    let mut keys = source.prepare(&keys).ok()?;
    let mut keys = keys.query([]).ok()?;
    let saved = format!("SELECT 1 FROM {table} WHERE {key} = ?1");
    let mut saved = store.db.prepare(&saved).ok()?;
    let mut missing = 0;
    while let Some(row) = keys.next().ok()? {
        let key = ToSqlOutput::Borrowed(row.get_ref(0).ok()?);
        missing += u64::from(!saved.exists([key]).ok()?);
    }
    Some(missing)
}

/// What is put right, or put in the place of what is lost: the table and the SQL.
const MENDS: [(&str, &str); 21] = [
    ("notes", "UPDATE notes SET uid = randomblob(16) WHERE length(uid) <> 16"),
    ("imports", "UPDATE imports SET uid = randomblob(16) WHERE length(uid) <> 16"),
    ("imports", "UPDATE imports SET counts = '{}' WHERE NOT json_valid(counts)"),
    ("cards", "UPDATE cards SET uid = NULL WHERE length(uid) <> 16"),
    // The log keeps its cards, the cards their notes, the notes their decks.
    (
        "cards",
        "INSERT OR IGNORE INTO cards (id, deck_id, slot, batch, repetitions, ease_centi, interval_d, lapses,
             tried_hlc, floor_run)
         SELECT DISTINCT card_id, 0, '', 0, 0, 250, 0, 0, 0, 0 FROM events
         WHERE card_id NOT IN (SELECT id FROM cards)",
    ),
    (
        "cards",
        "DELETE FROM cards WHERE id >> 10 NOT IN (SELECT id FROM notes)
             AND id NOT IN (SELECT card_id FROM events)",
    ),
    (
        "notes",
        "INSERT OR IGNORE INTO notes (id, uid, deck_id, kind, front, back, reading, note, example, source,
             tags, added_ms, stamp)
         SELECT id >> 10, randomblob(16), max(deck_id), 'term', 'lost note ' || (id >> 10), '', '',
             '', '', '', '', 0, 0
         FROM cards WHERE id >> 10 NOT IN (SELECT id FROM notes) GROUP BY id >> 10",
    ),
    (
        "cards",
        "INSERT OR IGNORE INTO cards (id, deck_id, slot, batch, repetitions, ease_centi, interval_d, lapses,
             tried_hlc, floor_run)
         SELECT id << 10, deck_id, '', 0, 0, 250, 0, 0, 0, 0 FROM notes
         WHERE deleted = 0 AND NOT EXISTS (SELECT 1 FROM cards
             WHERE cards.id BETWEEN notes.id << 10 AND notes.id << 10 | 1023)",
    ),
    (
        "decks",
        "INSERT OR IGNORE INTO decks (id, name, stamp)
         SELECT DISTINCT deck_id, 'lost deck ' || deck_id, 0 FROM notes
         WHERE deck_id NOT IN (SELECT id FROM decks)",
    ),
    ("notes", "UPDATE notes SET kind = 'term' WHERE kind NOT IN ('term', 'sentence', 'quotation')"),
    ("notes", "UPDATE notes SET deleted = 0 WHERE deleted NOT BETWEEN 0 AND 3"),
    ("notes", "UPDATE notes SET snapshot = NULL WHERE NOT json_valid(snapshot)"),
    ("notes", "UPDATE notes SET field_stamps = NULL WHERE NOT json_valid(field_stamps)"),
    ("notes", "UPDATE notes SET source_id = NULL WHERE source_id NOT IN (SELECT id FROM sources)"),
    ("notes", "UPDATE notes SET born_id = NULL WHERE born_id NOT IN (SELECT id FROM imports)"),
    ("notes", "UPDATE notes SET import_id = NULL WHERE import_id NOT IN (SELECT id FROM imports)"),
    (
        "events",
        "UPDATE events SET import_id = NULL WHERE import_id NOT IN (SELECT id FROM imports)",
    ),
    ("sources", "DELETE FROM sources WHERE deck_id NOT IN (SELECT id FROM decks)"),
    ("notes", "UPDATE notes SET source_id = NULL WHERE source_id NOT IN (SELECT id FROM sources)"),
    (
        "imports",
        "UPDATE imports SET source_id = NULL WHERE source_id NOT IN (SELECT id FROM sources)",
    ),
    ("edits", "UPDATE edits SET import_id = NULL WHERE import_id NOT IN (SELECT id FROM imports)"),
];

/// Facts of a card that follow from its number and its note.
const CARDS: &str = "
    UPDATE cards SET slot = CASE id & 1023
        WHEN 0 THEN 'forward' WHEN 1 THEN 'reverse' ELSE 'c' || ((id & 1023) - 1) END;
    UPDATE cards SET deck_id = (SELECT deck_id FROM notes WHERE notes.id = cards.id >> 10),
        gone = CASE gone WHEN 2 THEN 2
            ELSE (SELECT deleted <> 0 FROM notes WHERE notes.id = cards.id >> 10) END;";

fn mend(store: &Store, report: &mut [Saved], at_ms: i64) -> Result<()> {
    let failed = doing("put the saved collection in order");
    let mut row = |name: &str, count: &dyn Fn(&mut Saved)| {
        report.iter_mut().filter(|saved| saved.name == name).for_each(count);
    };
    for (name, sql) in MENDS {
        let mended = store.db.execute(sql, []).map_err(&failed)? as u64;
        row(name, &|saved| saved.mended += mended);
    }
    let mended = mend_decks(store)? as u64;
    row("decks", &|saved| saved.mended += mended);
    store.db.execute_batch(CARDS).map_err(&failed)?;
    let unreadable = store.drop_unreadable_events()?;
    row("events", &|saved| saved.lost = saved.lost.map(|lost| lost + unreadable));
    mend_clock(store, at_ms)
}

/// Gives decks whose names or options cannot be others.
fn mend_decks(store: &Store) -> Result<usize> {
    let failed = doing("put the decks in order");
    let mut statement = store.db.prepare("SELECT id, name, options FROM decks").map_err(&failed)?;
    let decks = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .and_then(Iterator::collect::<rusqlite::Result<Vec<(i64, String, String)>>>)
        .map_err(&failed)?;
    let mut mended = 0;
    for (id, name, options) in decks {
        if name.parse::<DeckName>().is_err() {
            mended += store
                .db
                .execute("UPDATE decks SET name = 'lost deck ' || id WHERE id = ?1", [id])
                .map_err(&failed)?;
        }
        if serde_json::from_str::<DeckOptions>(&options).is_err() {
            mended += store
                .db
                .execute("UPDATE decks SET options = '{}' WHERE id = ?1", [id])
                .map_err(&failed)?;
        }
    }
    Ok(mended)
}

/// Sets the clock behind the log, and past the numbers of events that are lost.
fn mend_clock(store: &Store, at_ms: i64) -> Result<()> {
    store
        .db
        .execute(
            "INSERT INTO clock (id, device, hlc, seq) SELECT 1,
                 coalesce((SELECT device FROM events GROUP BY device ORDER BY count(*) DESC LIMIT 1),
                     ?1), ?2, 0
             ON CONFLICT DO NOTHING",
            (&store.device, at_ms),
        )
        .and_then(|_| {
            store.db.execute(
                "UPDATE clock SET
                     hlc = max(hlc, coalesce((SELECT max(hlc) FROM events), 0)),
                     seq = max(seq, coalesce((SELECT max(seq) FROM events), 0))",
                [],
            )
        })
        .map_err(doing("advance the clock"))?;
    skip_numbers(&store.db, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What follows from the log or is counted anew.
    const CACHES: [&str; 4] = ["tallies", "answered", "counted", "moved"];

    #[test]
    fn every_table_is_saved_or_follows_from_the_log() {
        let store = Store::in_memory(0).unwrap();
        let mut statement = store
            .db
            .prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
            )
            .unwrap();
        let names = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        for name in names.map(Result::unwrap) {
            let is_saved = TABLES.iter().any(|table| table.name == name);
            assert!(is_saved != CACHES.contains(&name.as_str()), "{name}");
        }
    }
}
