//! Opening: what is not ours stays as it was, and the message names the file.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

use rusqlite::Connection;

use crate::collection::{Collection, Done};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Asserts that the collection is refused and its file left alone.
fn refused(collection: &Collection, word: &str) -> Done {
    let read = || fs::read(collection.db()).ok();
    let before = read();
    let done = collection.run(&["due"]);
    assert_eq!(done.status.code(), Some(1), "{}{}", done.text(), done.errors());
    let errors = done.errors();
    assert!(errors.contains(word) && errors.contains("termdeck.db"), "{errors}");
    assert!(errors.contains("hint: "), "nothing to do about it: {errors}");
    assert_eq!(read(), before, "the file was changed");
    done
}

#[test]
fn a_directory_is_refused() {
    let collection = Collection::new();
    fs::create_dir(collection.db()).unwrap();
    refused(&collection, "directory");
}

#[test]
fn the_database_of_another_program_is_refused() {
    let collection = Collection::new();
    let db = Connection::open(collection.db()).unwrap();
    db.execute_batch("CREATE TABLE bookmarks (url TEXT)").unwrap();
    drop(db);
    refused(&collection, "another program");
    assert_eq!(fs::read_dir(collection.folder()).unwrap().count(), 1, "files were left behind");
}

#[test]
fn a_text_file_is_refused() {
    let collection = Collection::new();
    collection.write("termdeck.db", "front\tback\n".repeat(100));
    refused(&collection, "damaged or no collection");
}

#[test]
fn a_short_text_file_is_refused() {
    let collection = Collection::new();
    collection.write("termdeck.db", "hello");
    refused(&collection, "damaged or no collection");
}

#[test]
fn a_collection_of_a_newer_program_is_refused() {
    let collection = Collection::new();
    collection.ok(&["add", "国家", "country"]);
    let db = Connection::open(collection.db()).unwrap();
    db.pragma_update(None, "user_version", 999).unwrap();
    db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    drop(db);
    refused(&collection, "schema 999");
}

#[test]
fn a_read_only_file_is_refused_or_only_root_may_write_it() {
    let collection = Collection::new();
    collection.ok(&["add", "国家", "country"]);
    fs::set_permissions(collection.db(), fs::Permissions::from_mode(0o400)).unwrap();
    if fs::OpenOptions::new().write(true).open(collection.db()).is_ok() {
        // Permissions do not bind the superuser: the answer is taken as usual.
        collection.ok(&["add", "社会", "society"]);
        return;
    }
    let done = collection.run(&["add", "社会", "society"]);
    assert_eq!(done.status.code(), Some(1));
    assert!(done.errors().contains("read-only"), "{}", done.errors());
}

#[test]
fn a_collection_that_another_program_holds_is_named_busy_and_unharmed() {
    let collection = Collection::new();
    collection.ok(&["add", "国家", "country"]);
    let holder = Connection::open(collection.db()).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let done = collection.run(&["add", "社会", "society"]);
    assert_eq!(done.status.code(), Some(1), "{}", done.text());
    assert!(done.errors().contains("another program"), "{}", done.errors());
    holder.execute_batch("ROLLBACK").unwrap();
    collection.ok(&["add", "社会", "society"]);
    collection.assert_healthy("after waiting in vain");
}

#[test]
fn reading_goes_on_while_another_program_writes() {
    let collection = Collection::new();
    collection.ok(&["add", "国家", "country"]);
    let writer = Connection::open(collection.db()).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE; UPDATE clock SET hlc = hlc + 1").unwrap();
    assert_eq!(collection.json(&["search", "country"])["total"], 1);
    writer.execute_batch("ROLLBACK").unwrap();
}

#[test]
fn what_is_private_is_readable_by_its_owner_only() {
    let collection = Collection::new();
    let db = collection.folder().join("a").join("b").join("words.db");
    let done = collection.command(&["add", "国家", "country"]).env("TERMDECK_DB", &db).output();
    assert!(done.unwrap().status.success());
    let done = collection.command(&["backup"]).env("TERMDECK_DB", &db).output();
    assert!(done.unwrap().status.success());
    let mut looked = 0;
    let mut folders = vec![collection.folder().join("a")];
    while let Some(folder) = folders.pop() {
        assert_eq!(mode(&folder), 0o700, "{}", folder.display());
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                assert_eq!(mode(&entry) & 0o177, 0, "{}: {:o}", entry.display(), mode(&entry));
                looked += 1;
            }
        }
    }
    assert!(looked >= 2, "the collection and its backup");
}

#[test]
fn programs_that_make_one_collection_together_do_not_get_in_each_others_way() {
    for _ in 0..8 {
        let collection = Collection::new();
        let children: Vec<_> = (0..4)
            .map(|number| {
                let front = format!("word {number}");
                collection.command(&["add", &front, "meaning"]).stdout(Stdio::null()).spawn()
            })
            .collect();
        for child in children {
            let done = child.unwrap().wait_with_output().unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        }
        collection.assert_healthy("made by four at once");
        assert_eq!(collection.document()["notes"].as_array().map(Vec::len), Some(4));
    }
}

#[test]
fn a_collection_whose_making_was_cut_short_opens() {
    let collection = Collection::new();
    collection.write("termdeck.db", "");
    collection.ok(&["add", "国家", "country"]);
    collection.assert_healthy("made in an empty file");
}
