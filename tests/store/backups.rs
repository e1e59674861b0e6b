//! Backups, and what they are for.

use std::fmt::Write as _;
use std::fs;
use std::fs::File;
use std::process::Stdio;

use rusqlite::Connection;

use crate::collection::Collection;

fn with_notes(count: usize) -> Collection {
    let collection = Collection::new();
    let mut rows = String::new();
    for row in 0..count {
        let _ = writeln!(rows, "词{row}\tmeaning {row}");
    }
    collection.ok(&["import", "--yes", collection.write("words.tsv", rows).to_str().unwrap()]);
    collection
}

#[test]
fn a_damaged_collection_is_replaced_by_its_backup_and_kept_aside() {
    let collection = with_notes(300);
    let before = collection.document();
    let backup = collection.folder().join("good.db");
    collection.ok(&["backup", "-o", backup.to_str().unwrap()]);
    let mut bytes = fs::read(collection.db()).unwrap();
    assert!(bytes.len() > 40_000);
    bytes[4_096..40_000].fill(0x5a);
    fs::write(collection.db(), &bytes).unwrap();

    let sick = collection.run(&["doctor"]);
    assert_eq!(sick.status.code(), Some(1), "{}", sick.text());
    let done = collection.ok(&["restore", backup.to_str().unwrap(), "--json"]);
    let done: serde_json::Value = serde_json::from_slice(&done.out).unwrap();
    let kept = fs::read(done["kept"].as_str().expect("what was there is kept")).unwrap();
    // SQLite may have copied it, with another journal mode in its header.
    assert!(kept[4_096..] == bytes[4_096..], "kept with all that is left of it");
    assert!(collection.document() == before, "not what the backup holds");
    collection.assert_healthy("restored");
}

#[test]
fn a_cut_off_collection_is_found_sick_and_restored() {
    let collection = with_notes(300);
    let before = collection.document();
    let backup = collection.folder().join("good.db");
    collection.ok(&["backup", "-o", backup.to_str().unwrap()]);
    let bytes = fs::read(collection.db()).unwrap();
    fs::write(collection.db(), &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(collection.run(&["doctor"]).status.code(), Some(1));
    collection.ok(&["restore", backup.to_str().unwrap()]);
    assert!(collection.document() == before, "not what the backup holds");
    collection.assert_healthy("restored");
}

#[test]
fn restoring_from_what_is_no_collection_changes_nothing() {
    let collection = with_notes(3);
    let before = collection.document();
    let foreign = collection.folder().join("foreign.db");
    let db = Connection::open(&foreign).unwrap();
    db.execute_batch("CREATE TABLE bookmarks (url TEXT)").unwrap();
    drop(db);
    let text = collection.write("text.db", "no database at all, whatever its name says\n");
    let empty = collection.write("empty.db", "");
    let missing = collection.folder().join("missing.db");
    for file in [&foreign, &text, &empty, &missing] {
        let done = collection.run(&["restore", file.to_str().unwrap()]);
        assert_eq!(done.status.code(), Some(1), "{}", file.display());
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(done.errors().contains(name), "{}", done.errors());
        assert!(collection.document() == before, "{} was restored", file.display());
    }
    assert!(!missing.exists(), "made by looking for it");
}

#[test]
fn what_stood_before_a_restore_can_be_restored() {
    let collection = with_notes(3);
    let old = collection.folder().join("old.db");
    collection.ok(&["backup", "-o", old.to_str().unwrap()]);
    collection.ok(&["add", "后来", "later"]);
    let later = collection.document();
    let done = collection.ok(&["restore", old.to_str().unwrap(), "--json"]);
    assert_eq!(collection.document()["notes"].as_array().map(Vec::len), Some(3));
    let done: serde_json::Value = serde_json::from_slice(&done.out).unwrap();
    collection.ok(&["restore", done["kept"].as_str().unwrap()]);
    assert!(collection.document() == later, "not what stood there before");
}

#[test]
fn a_backup_made_while_another_program_writes_is_whole() {
    let collection = with_notes(200);
    let typed = collection.write("typed.txt", "\ngood\n".repeat(120));
    let mut writer = collection
        .command(&["review", "--plain", "--new", "120"])
        .stdin(Stdio::from(File::open(typed).unwrap()))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut made = 0;
    while writer.try_wait().unwrap().is_none() || made == 0 {
        let path = collection.folder().join(format!("backup-{made}.db"));
        collection.ok(&["backup", "-o", path.to_str().unwrap()]);
        made += 1;
    }
    assert!(writer.wait().unwrap().success(), "the writer was disturbed");
    collection.assert_healthy("after the writer");
    let answers =
        |collection: &Collection| collection.document()["events"].as_array().map_or(0, Vec::len);
    assert_eq!(answers(&collection), 120);
    let mut last = 0;
    for number in 0..made {
        let copy = Collection::new();
        let from = collection.folder().join(format!("backup-{number}.db"));
        fs::copy(from, copy.db()).unwrap();
        copy.assert_healthy("a backup");
        let count = answers(&copy);
        assert!(count >= last, "an older state in a later backup");
        last = count;
    }
}

/// Returns the names of the daily backups, oldest first.
fn dailies(collection: &Collection) -> Vec<String> {
    let Ok(entries) = fs::read_dir(collection.folder().join("backups")) else { return Vec::new() };
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.filter(|name| name.starts_with("daily-")).collect();
    names.sort();
    names
}

fn run_on(collection: &Collection, day: u32, args: &[&str]) {
    let done = collection.command_on(day, args).output().unwrap();
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && errors.is_empty(), "{args:?} on day {day}: {errors}");
}

#[test]
fn a_day_with_changes_has_one_backup_made_on_the_next_day_the_program_runs() {
    let collection = with_notes(3);
    run_on(&collection, 0, &["add", "国家", "country"]);
    assert_eq!(dailies(&collection), [""; 0], "nothing is older than today");
    run_on(&collection, 1, &["due"]);
    let [first] = &dailies(&collection)[..] else { panic!("{:?}", dailies(&collection)) };
    assert!(first.starts_with("daily-2026-11-24-"), "{first}");
    for day in 1..4 {
        run_on(&collection, day, &["due"]);
        assert_eq!(dailies(&collection).len(), 1, "nothing has changed since");
    }
    run_on(&collection, 4, &["add", "社会", "society"]);
    assert_eq!(dailies(&collection).len(), 2, "what a command changed is in the backup");
    let last = collection.folder().join("backups").join(dailies(&collection).pop().unwrap());
    let before = collection.document();
    run_on(&collection, 4, &["delete", "--search", "deck:words"]);
    collection.ok(&["restore", last.to_str().unwrap()]);
    assert!(collection.document() == before, "not what the day had");
    collection.assert_healthy("restored from the backup of a day");
}

#[test]
fn daily_backups_are_thinned_out_and_others_are_left_alone() {
    let collection = with_notes(1);
    collection.ok(&["backup"]);
    let folder = collection.folder().join("backups");
    fs::write(folder.join("daily-notes.txt"), "mine").unwrap();
    for day in 1..40 {
        run_on(&collection, day, &["add", &format!("词 {day}"), "word"]);
    }
    let names: Vec<String> = dailies(&collection);
    let days: Vec<_> = names.iter().filter_map(|name| name.get(6..16)).collect();
    let want = [
        "2026-11-30",
        "2026-12-13",
        "2026-12-20",
        "2026-12-26",
        "2026-12-27",
        "2026-12-28",
        "2026-12-29",
        "2026-12-30",
        "2026-12-31",
        "2027-01-01",
    ];
    assert_eq!(days, want);
    // The one that was asked for and the notes of the learner are there, too.
    assert_eq!(fs::read_dir(folder).unwrap().count(), want.len() + 2);
}

#[test]
fn a_backup_of_the_day_that_cannot_be_made_is_said_and_keeps_nothing_from_being_done() {
    let collection = with_notes(1);
    collection.write("backups", "a file where the folder should be");
    let done = collection.command_on(1, &["add", "国家", "country"]).output().unwrap();
    assert!(done.status.success());
    let errors = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(errors.starts_with("warning: today's backup could not be made: "), "{errors}");
    assert_eq!(collection.document()["notes"].as_array().map(Vec::len), Some(2));
}
