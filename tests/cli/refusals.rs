//! Files that are no collection: each is refused with a message, and left alone.

use std::fs;

use crate::common::Desk;

/// Asserts that `due` and an answer fail with these words and leave the file as it is.
fn refused(desk: &Desk, words: &[&str]) {
    let before = fs::read(desk.collection()).expect("the file");
    for args in [&["due"][..], &["answer", "0123456789abcdef", "4"], &["doctor"], &["review"]] {
        let said = desk.fails(args);
        for word in words {
            assert!(said.contains(word), "{args:?}: {word}: {said}");
        }
        assert!(said.contains("\nhint: "), "{args:?}: {said}");
        assert!(said.contains("cards.db"), "{args:?}: {said}");
    }
    assert_eq!(fs::read(desk.collection()).expect("the file"), before);
}

fn sql(desk: &Desk, sql: &str) {
    let db = rusqlite::Connection::open(desk.collection()).unwrap();
    db.execute_batch(sql).unwrap();
    // Everything is in the one file, so that its bytes can be compared.
    let _ = db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
}

#[test]
fn a_folder_is_no_collection() {
    let desk = Desk::new();
    fs::create_dir(desk.collection()).unwrap();
    let said = desk.fails(&["due"]);
    assert!(said.contains("cards.db is a directory") && said.contains("hint: "), "{said}");
    assert!(fs::read_dir(desk.collection()).unwrap().next().is_none());
}

#[test]
fn a_text_file_is_no_collection() {
    let desk = Desk::new();
    desk.write("cards.db", "this is a diary, not a deck of cards\n".repeat(100));
    refused(&desk, &["damaged or no collection"]);
}

#[test]
fn the_database_of_another_program_is_left_alone() {
    let desk = Desk::new();
    sql(&desk, "CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES ('x')");
    refused(&desk, &["another program"]);
}

#[test]
fn a_newer_schema_is_left_alone() {
    let desk = Desk::with_terms(&[("银行", "bank")]);
    sql(&desk, "PRAGMA user_version = 999");
    refused(&desk, &["schema 999", "install a newer termdeck"]);
}

#[test]
fn a_collection_that_cannot_be_written_says_so() {
    let desk = Desk::with_terms(&[("银行", "bank")]);
    sql(&desk, "SELECT 1");
    let mut permissions = fs::metadata(desk.collection()).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(desk.collection(), permissions).unwrap();
    // The administrator of a machine may write everywhere.
    let is_bound = fs::OpenOptions::new().write(true).open(desk.collection()).is_err();
    if is_bound {
        refused(&desk, &["is read-only"]);
    }
}

#[test]
fn a_damaged_collection_says_so_and_names_the_way_back() {
    let desk = Desk::with_terms(&[("银行", "bank")]);
    sql(&desk, "SELECT 1");
    let mut bytes = fs::read(desk.collection()).unwrap();
    let page = bytes.len() / 2;
    for byte in &mut bytes[100..page] {
        *byte = 0xff;
    }
    fs::write(desk.collection(), &bytes).unwrap();
    refused(&desk, &["damaged", "termdeck restore"]);
}

#[test]
fn a_collection_that_was_cut_off_says_so() {
    let rows: Vec<(String, String)> =
        (0..500).map(|n| (format!("词{n}"), format!("word {n}"))).collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let desk = Desk::with_terms(&rows);
    sql(&desk, "SELECT 1");
    let bytes = fs::read(desk.collection()).unwrap();
    fs::write(desk.collection(), &bytes[..bytes.len() / 3]).unwrap();
    let report = desk.run(&["doctor"]);
    assert_eq!(report.status, 1, "{report:?}");
    assert!(!report.out.contains("all is well"), "{report:?}");
}

#[test]
fn a_folder_that_is_missing_is_made() {
    let desk = Desk::new();
    let path = desk.path("a/b/cards.db");
    let path = path.to_str().unwrap();
    assert_eq!(desk.ok(&["due", "--db", path]), "0 due, 0 new\n");
    assert!(desk.path("a/b/cards.db").exists());
}

#[cfg(unix)]
#[test]
fn a_new_collection_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let path = desk.path("mine/cards.db");
    desk.ok(&["due", "--db", path.to_str().unwrap()]);
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(path), 0o600);
    assert_eq!(mode(desk.path("mine")), 0o700);
}
