//! `backup`, `restore`, `doctor`.

use serde_json::{Value, json};

use crate::common::{Desk, text};

const ROWS: [(&str, &str); 3] =
    [("银行", "bank"), ("国家", "country"), ("图书馆", "public library")];

#[test]
fn a_backup_brings_everything_back() {
    let desk = Desk::with_terms(&ROWS);
    desk.json(&["answer", &desk.card("银行"), "2"]);
    let before = desk.document();
    let report = desk.json(&["backup", "-o", "kept.db"]);
    assert_eq!(report["path"], "kept.db");
    desk.json(&["delete", "--search", "deck:terms"]);
    desk.json(&["add", "x", "y"]);

    let report = desk.json(&["restore", "kept.db"]);
    assert_eq!(desk.document(), before);
    desk.is_sound();
    // What was there before is kept, and can be brought back the same way.
    let kept = text(&report["kept"]);
    desk.json(&["restore", &kept]);
    assert_eq!(desk.fronts(""), ["x"]);
}

#[test]
fn a_backup_without_a_name_lies_beside_the_collection() {
    let desk = Desk::with_terms(&ROWS);
    let path = text(&desk.json(&["backup"])["path"]);
    assert!(path.starts_with(desk.folder().to_str().unwrap()), "{path}");
    assert!(path.contains("backups") && std::path::Path::new(&path).exists(), "{path}");
}

#[test]
fn what_is_no_backup_is_not_restored() {
    let desk = Desk::with_terms(&ROWS);
    let before = desk.document();
    desk.write("diary.db", "not a collection at all\n".repeat(100));
    let said = desk.fails(&["restore", "diary.db"]);
    assert!(said.contains("diary.db"), "{said}");
    let said = desk.fails(&["restore", "missing.db"]);
    assert!(said.contains("missing.db"), "{said}");
    assert!(!desk.path("missing.db").exists(), "restoring makes no file");
    assert_eq!(desk.document(), before);
}

#[test]
fn a_damaged_backup_is_not_restored() {
    let desk = Desk::with_terms(&ROWS);
    desk.json(&["backup", "-o", "kept.db"]);
    let before = desk.document();
    let mut bytes = std::fs::read(desk.path("kept.db")).unwrap();
    let half = bytes.len() / 2;
    for byte in &mut bytes[4096..half] {
        *byte = 0x5a;
    }
    desk.write("kept.db", bytes);
    desk.fails(&["restore", "kept.db"]);
    assert_eq!(desk.document(), before);
}

#[test]
fn doctor_names_each_check_and_finds_a_wrong_state() {
    let desk = Desk::with_terms(&ROWS);
    desk.json(&["answer", &desk.card("银行"), "2"]);
    let report = desk.json(&["doctor"]);
    for check in report["checks"].as_array().unwrap() {
        assert_eq!((&check["ok"], &check["found"]), (&json!(true), &json!([])), "{check}");
        assert!(!text(&check["name"]).is_empty());
    }
    let db = rusqlite::Connection::open(desk.collection()).unwrap();
    db.execute_batch("UPDATE cards SET interval_d = 77 WHERE repetitions + interval_d > 0")
        .unwrap();
    drop(db);
    let (status, report) = desk.json_and_status(&["doctor"]);
    assert_eq!((status, &report["ok"]), (1, &json!(false)));
    let wrong: Vec<&Value> =
        report["checks"].as_array().unwrap().iter().filter(|check| check["ok"] == false).collect();
    assert_eq!(wrong.len(), 1, "{report}");
    assert_eq!(wrong[0]["name"], "states");

    let run = desk.run(&["doctor", "--repair", "--json"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.err.contains("backup is kept"), "{run:?}");
    assert_eq!(desk.note("银行")["cards"][0]["state"]["interval"], 1);
    desk.is_sound();
}

#[test]
fn a_backup_never_takes_the_place_of_something_else() {
    let desk = Desk::with_terms(&ROWS);
    desk.write("words.tsv", "a\tb\n");
    let collection = desk.collection();
    let collection = collection.to_str().unwrap();
    for (target, why) in
        [("words.tsv", "damaged or no collection"), (collection, "the collection itself")]
    {
        let error = desk.fails(&["backup", "-o", target]);
        assert!(error.contains(why), "{error}");
    }
    assert_eq!(desk.read("words.tsv"), "a\tb\n");
    desk.is_sound();
}
