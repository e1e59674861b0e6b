//! Damaged files: `doctor` names what it sees, a repair saves what can be read, the log
//! first, and nothing is missing without a word.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::process::Stdio;

use serde_json::Value;

use super::moments::{Chance, cases};
use crate::collection::{Collection, Done};

const PAGE: usize = 4_096;
const ROWS: usize = 400;
const ANSWERS: usize = 120;

fn studied() -> Collection {
    let collection = Collection::new();
    let mut deck = String::new();
    for row in 0..ROWS {
        let _ = writeln!(deck, "词{row}\tmeaning {row}");
    }
    collection.ok(&["import", "--yes", collection.write("words.tsv", deck).to_str().unwrap()]);
    let typed = collection.write("typed.txt", "\ngood\n".repeat(ANSWERS));
    let mut review = collection.command(&["review", "--plain", "--new", "200"]);
    assert!(review.stdin(File::open(typed).unwrap()).output().unwrap().status.success());
    collection
}

/// Damages the bytes of a file and says how.
fn damage(bytes: &mut Vec<u8>, chance: &mut Chance) -> String {
    let length = bytes.len() as u64;
    let mut page = || chance.below(length / PAGE as u64) as usize * PAGE;
    let (one, other) = (page(), page());
    match chance.below(5) {
        0 => {
            let left = chance.below(length) as usize;
            bytes.truncate(left);
            format!("cut off at {left} of {length}")
        }
        1 => {
            bytes[one..one + PAGE].fill(0);
            format!("nothing in the page at {one}")
        }
        2 => {
            bytes.copy_within(other..other + PAGE, one);
            format!("the page at {one} is the one at {other}")
        }
        kind => {
            let bits = if kind == 3 { 1 } else { 1 + chance.below(300) };
            for _ in 0..bits {
                bytes[chance.below(length) as usize] ^= 1 << chance.below(8);
            }
            format!("{bits} bits flipped")
        }
    }
}

/// Returns the rows of a list of a document by their ids.
fn by_id<'a>(document: &'a Value, list: &str) -> BTreeMap<&'a str, &'a Value> {
    let rows = document[list].as_array().unwrap();
    rows.iter().map(|row| (row["id"].as_str().unwrap(), row)).collect()
}

/// How much of a document another one has.
struct Kept {
    missing: usize,
    changed: usize,
}

fn kept(original: &Value, found: &Value, list: &str) -> Kept {
    let (before, after) = (by_id(original, list), by_id(found, list));
    let missing = before.keys().filter(|id| !after.contains_key(*id)).count();
    let same = |(id, row): &(&&str, &&Value)| after.get(**id).is_some_and(|found| found == *row);
    let changed = before.len() - missing - before.iter().filter(same).count();
    Kept { missing, changed }
}

fn assert_calm(done: &Done, when: &str) {
    let errors = done.errors();
    assert!(done.status.code().is_some_and(|code| code <= 1), "{when}: {:?}", done.status);
    assert!(!errors.contains("panicked"), "{when}: {errors}");
}

/// What became of one damaged file.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    /// Nothing of what can be exported was touched.
    Whole,
    /// Text or numbers differ where the file has no second copy of them to tell it by.
    Unseen,
    /// It was named, and all of the log was saved.
    LogSaved,
    /// It was named, and what is missing was counted.
    PartSaved,
    /// It was named; nothing can be read of it.
    Lost,
}

fn fate(collection: &Collection, original: &Value, when: &str) -> Fate {
    let sick = collection.run(&["doctor"]);
    assert_calm(&sick, when);
    if sick.status.success() {
        let found = collection.document();
        let [notes, events] = ["notes", "events"].map(|list| kept(original, &found, list));
        assert_eq!((notes.missing, events.missing), (0, 0), "{when}: missing without a word");
        let is_whole = notes.changed + events.changed == 0;
        return if is_whole { Fate::Whole } else { Fate::Unseen };
    }
    let done = collection.run(&["doctor", "--repair", "--json"]);
    assert_calm(&done, when);
    if !done.status.success() {
        assert!(done.errors().contains("damaged"), "{when}: {}", done.errors());
        return Fate::Lost;
    }
    let report: Value = serde_json::from_slice(&done.out).unwrap();
    let Some(path) = report["path"].as_str() else {
        // Only what follows from the log was wrong.
        collection.assert_healthy(when);
        return Fate::LogSaved;
    };
    let saved = Collection::new();
    fs::copy(path, saved.db()).unwrap();
    saved.assert_healthy(when);
    let found = saved.document();
    let [notes, events] = ["notes", "events"].map(|list| kept(original, &found, list));
    for (list, kept) in [("notes", &notes), ("events", &events)] {
        let table = report["tables"].as_array().unwrap();
        let table = table.iter().find(|table| table["name"] == list).unwrap();
        let is_said = table["lost"] != 0 || table["mended"] != 0;
        assert!(kept.missing == 0 || is_said, "{when}: {} {list} missing: {report}", kept.missing);
        assert!(report["damage"].as_array().is_some_and(|lines| !lines.is_empty()), "{when}");
    }
    saved.ok(&["add", "最后", "last"]);
    saved.assert_healthy(when);
    if events.missing == 0 { Fate::LogSaved } else { Fate::PartSaved }
}

#[test]
fn nothing_is_missing_from_a_damaged_file_without_a_word() {
    let studied = studied();
    let original = studied.document();
    let bytes = fs::read(studied.db()).unwrap();
    let mut chance = Chance::new(0xda_3a6e);
    let mut fates: BTreeMap<Fate, usize> = BTreeMap::new();
    for number in 0..cases(20) {
        let mut bytes = bytes.clone();
        let when = format!("{number}: {}", damage(&mut bytes, &mut chance));
        let collection = Collection::new();
        collection.write("termdeck.db", bytes);
        *fates.entry(fate(&collection, &original, &when)).or_default() += 1;
    }
    println!("{fates:?}");
}

#[test]
fn a_page_of_cards_lost_costs_no_answer() {
    let studied = studied();
    let original = studied.document();
    let db = rusqlite::Connection::open(studied.db()).unwrap();
    let sql = "SELECT rootpage FROM sqlite_schema WHERE name = ?1";
    for table in ["cards", "notes", "decks", "clock", "imports"] {
        let root = db.query_row(sql, [table], |row| row.get::<_, u32>(0)).unwrap() as usize;
        let collection = Collection::new();
        let mut bytes = fs::read(studied.db()).unwrap();
        bytes[(root - 1) * PAGE..root * PAGE].fill(0);
        collection.write("termdeck.db", bytes);
        assert_eq!(fate(&collection, &original, table), Fate::LogSaved, "{table}");
    }
}

#[test]
fn a_file_copied_while_answers_are_written_opens_or_is_named() {
    let studied = studied();
    let original = studied.document();
    let typed = studied.write("typed.txt", "\ngood\n".repeat(100));
    let mut review = studied.command_on(1, &["review", "--plain", "--new", "100"]);
    let mut review =
        review.stdin(File::open(typed).unwrap()).stdout(Stdio::null()).spawn().unwrap();
    let mut copies = 0;
    while review.try_wait().unwrap().is_none() && copies < cases(10) {
        let copy = Collection::new();
        for name in ["termdeck.db", "termdeck.db-wal"] {
            let _ = fs::copy(studied.folder().join(name), copy.folder().join(name));
        }
        fate(&copy, &original, &format!("copy {copies}"));
        copies += 1;
    }
    assert!(review.wait().unwrap().success());
    studied.assert_healthy("after it was copied");
}
