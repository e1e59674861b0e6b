//! An import is there as a whole or not at all.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::process::Stdio;

use serde_json::Value;

use super::moments::{Chance, cases, kill, rest};
use crate::collection::Collection;

/// The largest file.
const MOST_ROWS: usize = 3_000;

fn rows(count: usize) -> String {
    let mut text = String::from("front\tback\n");
    for row in 0..count {
        let _ = writeln!(text, "词语{row}\tmeaning number {row}; another sense");
    }
    text
}

/// What of a collection an import may change.
#[derive(Debug, PartialEq, Eq)]
struct Content {
    fronts: BTreeSet<String>,
    cards: usize,
    imports: usize,
}

fn content(collection: &Collection) -> Content {
    let document = collection.document();
    let list = |name: &str| document[name].as_array().unwrap().clone();
    let fronts = list("notes").iter().map(|note| note["front"].to_string()).collect();
    let imports = collection.json(&["imports"])["imports"].as_array().map_or(0, Vec::len);
    Content { fronts, cards: list("cards").len(), imports }
}

/// Waits for a moment inside the import: after so many looks at the process, or
/// when so many bytes of the write-ahead log stand on disk.
fn wait_for_moment(
    collection: &Collection,
    child: &mut std::process::Child,
    looks: u64,
    wal_bytes: Option<u64>,
) -> u64 {
    let wal = collection.folder().join("termdeck.db-wal");
    let mut looked = 0;
    while looked < looks && child.try_wait().unwrap().is_none() {
        looked += 1;
        let written = || fs::metadata(&wal).map_or(0, |file| file.len());
        if wal_bytes.is_some_and(|bytes| written() >= bytes) {
            break;
        }
    }
    looked
}

#[test]
fn a_killed_import_is_whole_or_absent() {
    let mut chance = Chance::new(0x1a2b);
    let (mut killed, mut ran, mut whole) = (0, 0, 0);
    let mut longest = 1_000;
    while killed < cases(20) {
        let collection = Collection::new();
        let mut size = 0;
        // The very first one also makes the collection: it may be killed in that, too.
        let mut before = Content { fronts: BTreeSet::new(), cards: 0, imports: 0 };
        while killed < cases(20) && size < MOST_ROWS {
            size = (size + 50 + chance.below(700) as usize).min(MOST_ROWS);
            let file = collection.write("growing.tsv", rows(size));
            let args = ["import", "--yes", file.to_str().unwrap()];
            let mut child = collection.command(&args).stderr(Stdio::null()).spawn().unwrap();
            let wal = chance.below(1 + size as u64 * 300);
            let by_wal = chance.below(2) == 0;
            let looks = if by_wal { u64::MAX } else { chance.below(longest) };
            let looked = wait_for_moment(&collection, &mut child, looks, by_wal.then_some(wal));
            let was_killed = kill(&mut child);
            let mut said = Vec::new();
            rest(child.stdout.as_mut().unwrap(), &mut said);
            let said = String::from_utf8(said).unwrap();
            let when = format!("{size} rows, wal {by_wal} {wal}, look {looked}, {said:?}");
            ran += 1;
            killed += usize::from(was_killed);
            longest = if was_killed { longest } else { longest.midpoint(looked) + 1 };

            collection.assert_healthy(&when);
            let after = content(&collection);
            if said.contains("imported as") {
                assert_eq!(after.fronts.len(), size, "acknowledged and lost: {when}");
            }
            if after != before {
                whole += usize::from(was_killed);
                assert_eq!(after.fronts.len(), size, "half an import: {when}");
                assert_eq!(after.cards, size * 2, "half of the cards: {when}");
                assert_eq!(after.imports, before.imports + 1, "not in the history: {when}");
            }
            before = after;
        }
    }
    println!("{killed} imports killed of {ran} ({whole} had been written as a whole)");
}

#[test]
fn an_import_killed_again_and_again_comes_through_in_the_end() {
    let collection = Collection::new();
    let file = collection.write("words.tsv", rows(400));
    let args = ["import", "--yes", file.to_str().unwrap()];
    let mut chance = Chance::new(7);
    for _ in 0..5 {
        let mut child = collection.command(&args).spawn().unwrap();
        wait_for_moment(&collection, &mut child, chance.below(500), None);
        kill(&mut child);
    }
    collection.ok(&args);
    collection.assert_healthy("after the last run");
    let document = collection.document();
    assert_eq!(document["notes"].as_array().map(Vec::len), Some(400));
    let imports: Value = collection.json(&["imports"]);
    let added: u64 =
        imports["imports"].as_array().unwrap().iter().map(|i| i["added"].as_u64().unwrap()).sum();
    assert_eq!(added, 400, "{imports}");
}
