//! A collection of every schema there ever was opens, and nothing of it is lost.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use serde_json::Value;

use crate::collection::Collection;
use crate::migrations::migrations;

/// Asks for the collection of the newest schema to be made anew.
const WRITE: &str = "TERMDECK_SCHEMAS";

pub fn stored() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/db")
}

/// Returns a collection that is a copy of the stored one of a schema.
pub fn collection_of(schema: &str) -> Option<Collection> {
    let collection = Collection::new();
    let file = stored().join(format!("{schema}.db"));
    fs::copy(file, collection.db()).ok().map(|_| collection)
}

fn schema_of(file: &Path) -> i64 {
    let db = Connection::open(file).unwrap();
    db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

/// Whether a document says all that another one said; it may say more.
fn says(document: &Value, older: &Value) -> bool {
    match (document, older) {
        (Value::Object(new), Value::Object(old)) => {
            old.iter().all(|(key, value)| new.get(key).is_some_and(|new| says(new, value)))
        }
        (Value::Array(new), Value::Array(old)) => {
            new.len() == old.len() && new.iter().zip(old).all(|(new, old)| says(new, old))
        }
        _ => document == older,
    }
}

#[test]
fn a_collection_of_every_schema_opens_with_all_that_is_in_it() {
    let schemas: Vec<String> = migrations().into_iter().map(|(name, _)| name).collect();
    let (newest, older) = schemas.split_last().unwrap();
    if std::env::var(WRITE).is_ok_and(|word| word == "write") {
        write(newest);
    }
    let document = fs::read(stored().join("collection.json")).unwrap();
    let document: Value = serde_json::from_slice(&document).unwrap();
    for (number, schema) in (1..).zip(&schemas) {
        let Some(collection) = collection_of(schema) else {
            assert_eq!(schema, newest, "no collection of it: {WRITE}=write with its last program");
            continue;
        };
        assert_eq!(schema_of(&collection.db()), number, "{schema}");
        let before = fs::read(collection.db()).unwrap();
        let found = collection.document();
        assert!(says(&found, &document), "{schema}: {found:#}");
        collection.assert_healthy(schema);
        assert_eq!(schema_of(&collection.db()), schemas.len() as i64, "{schema}: not migrated");
        collection.ok(&["add", "最后", "last"]);
        collection.assert_healthy(schema);
        if schema == newest {
            continue;
        }
        // What stood there before can be had back.
        let kept = collection.folder().join("backups");
        let kept = fs::read_dir(kept).unwrap().map(|entry| entry.unwrap().path());
        let kept: Vec<_> = kept.filter(|path| schema_of(path) == number).collect();
        let [kept] = &kept[..] else { panic!("{schema}: {} backups", kept.len()) };
        assert_eq!(fs::read(kept).unwrap().len(), before.len(), "{schema}");
        let again = Collection::new();
        again.ok(&["restore", kept.to_str().unwrap()]);
        assert!(says(&again.document(), &document), "{schema}: its backup");
        again.assert_healthy(schema);
    }
    assert!(!older.is_empty());
}

/// Makes the collection of the newest schema, with something in every table.
fn write(schema: &str) {
    let desk = Collection::new();
    let run = |day, args: &[&str]| {
        let done = desk.command_on(day, args).output().unwrap();
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        done.stdout
    };
    desk.write("terms.tsv", "国家\tcountry\n发展\tdevelopment\n改革\treform\n银行\tbank\n");
    desk.write("more.tsv", "社会\tsociety\n经济\teconomy\n");
    desk.write("away.tsv", "再见\tgoodbye\n");
    for file in ["terms.tsv", "more.tsv", "away.tsv"] {
        run(0, &["import", "--yes", file]);
    }
    desk.write("terms.tsv", "国家\tcountry; state\n发展\tdevelopment\n改革\treform\n");
    run(1, &["import", "--yes", "--prune", "terms.tsv"]);
    run(1, &["decks", "set", "more", "new_per_day=5"]);
    run(1, &["add", "{{c1::北京}}是{{c2::首都}}", "", "--deck", "more::cloze"]);
    for (day, grade) in [(1, "good"), (1, "again"), (1, "hard"), (2, "easy"), (7, "good")] {
        let next: Value = serde_json::from_slice(&run(day, &["next", "--json"])).unwrap();
        run(day, &["answer", next["card"]["id"].as_str().unwrap(), grade, "--ms", "1200"]);
    }
    for args in [
        &["undo"][..],
        &["redo"],
        &["tag", "--add", "politics", "--search", "deck:terms"],
        &["suspend", "--search", "改革"],
        &["bury", "--search", "社会"],
        &["reset", "--search", "发展"],
        &["move", "more", "--search", "改革"],
        &["delete", "--search", "goodbye"],
        &["stats"],
    ] {
        run(7, args);
    }
    let db = Connection::open(desk.db()).unwrap();
    db.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA page_size = 1024; VACUUM").unwrap();
    drop(db);
    fs::create_dir_all(stored()).unwrap();
    fs::copy(desk.db(), stored().join(format!("{schema}.db"))).unwrap();
    fs::write(stored().join("collection.json"), run(7, &["export", "--format", "json"])).unwrap();
}
