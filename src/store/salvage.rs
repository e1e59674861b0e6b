//! Saving what can be read of a damaged collection into a new one.
//!
//! # Design
//! Every table is read in ranges of rows; a range that fails is halved until only the
//! rows on a broken page are left out. The log comes first: an event whose card or note
//! is lost gets one in its place. What follows from the log is not read at all.

use std::collections::HashSet;
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
    /// Rows that could not be read, by an index of the table; none where no index of it
    /// can be read.
    pub lost: Option<u64>,
    /// Rows of which a part was put right or a value stands in for what is lost.
    pub mended: u64,
}

/// A table whose rows are saved.
struct Table {
    name: &'static str,
    /// The columns that are taken; none: all.
    columns: Option<&'static str>,
    /// Other columns that need a value, and that value.
    filled: Option<(&'static str, &'static str)>,
    /// How many row numbers belong together, as those of the cards of a note do.
    step: i64,
}

const fn whole(name: &'static str) -> Table {
    Table { name, columns: None, filled: None, step: 1 }
}

/// The tables in the order in which they are saved.
const TABLES: [Table; 8] = [
    whole("clock"),
    whole("events"),
    Table {
        name: "cards",
        columns: Some("id, uid, deck_id, slot, batch, gone"),
        filled: Some(NEW),
        step: 1 << 10,
    },
    whole("notes"),
    whole("decks"),
    whole("sources"),
    whole("imports"),
    whole("edits"),
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
    let mut kept = HashSet::new();
    let mut mended = 0;
    each_row(source, table, &columns, |id, row| {
        let (values, is_mended) = values(row);
        // What no row of this table can be is lost.
        if insert.execute(rusqlite::params_from_iter(values)).is_ok() {
            kept.insert(id);
            mended += u64::from(is_mended);
        }
    });
    let lost = numbers(source, name)
        .map(|numbers| numbers.into_iter().filter(|id| !kept.contains(id)).count() as u64);
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

/// Calls `each` with every row that can be read, and its number.
fn each_row(
    source: &Connection,
    table: &Table,
    columns: &str,
    mut each: impl FnMut(i64, &Row<'_>),
) {
    let Table { name, step, .. } = table;
    let sql = format!(
        "SELECT rowid, {columns} FROM {name} NOT INDEXED WHERE rowid BETWEEN ?1 AND ?2 ORDER BY rowid"
    );
    let Ok(mut statement) = source.prepare(&sql) else { return };
    let highest = source.query_row(&format!("SELECT max(rowid) FROM {name}"), [], |row| row.get(0));
    let highest: i64 = highest.unwrap_or(i64::from(u32::MAX) * step);
    let mut failures = 0;
    // Ranges of steps, the lowest on top.
    let mut ranges = vec![(0, highest / step)];
    while let Some((low, high)) = ranges.pop() {
        let mut next = low;
        let read = statement.query([low * step, high * step + (step - 1)]).and_then(|mut rows| {
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                each(id, row);
                next = id / step + 1;
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

/// Returns the numbers of all rows that a table should have, from the first of its
/// indexes that can be read.
fn numbers(source: &Connection, table: &str) -> Option<Vec<i64>> {
    let read = |sql: &str| -> rusqlite::Result<Vec<String>> {
        source.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
    };
    let indexes = format!("SELECT name FROM pragma_index_list('{table}') WHERE NOT partial");
    read(&indexes).ok()?.into_iter().find_map(|index| {
        let sql = format!("SELECT rowid FROM {table} INDEXED BY \"{index}\"");
        let mut statement = source.prepare(&sql).ok()?;
        statement.query_map([], |row| row.get(0)).ok()?.collect::<rusqlite::Result<_>>().ok()
    })
}

/// What is put right, or put in the place of what is lost: the table and the SQL.
const MENDS: [(&str, &str); 17] = [
    // The log keeps its cards, the cards their notes, the notes their decks.
    (
        "cards",
        "INSERT INTO cards (id, deck_id, slot, batch, repetitions, ease_centi, interval_d, lapses,
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
        "INSERT INTO notes (id, uid, deck_id, kind, front, back, reading, note, example, source,
             tags, added_ms, stamp)
         SELECT id >> 10, randomblob(16), max(deck_id), 'term', 'lost note ' || (id >> 10), '', '',
             '', '', '', '', 0, 0
         FROM cards WHERE id >> 10 NOT IN (SELECT id FROM notes) GROUP BY id >> 10",
    ),
    (
        "cards",
        "INSERT INTO cards (id, deck_id, slot, batch, repetitions, ease_centi, interval_d, lapses,
             tried_hlc, floor_run)
         SELECT id << 10, deck_id, '', 0, 0, 250, 0, 0, 0, 0 FROM notes
         WHERE deleted = 0 AND NOT EXISTS (SELECT 1 FROM cards
             WHERE cards.id BETWEEN notes.id << 10 AND notes.id << 10 | 1023)",
    ),
    (
        "decks",
        "INSERT INTO decks (id, name, stamp)
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
