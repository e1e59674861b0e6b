//! `export`, and reading back what was written.

use serde_json::{Value, json};

use crate::common::{Desk, NOON, table};

const ROWS: [(&str, &str); 3] =
    [("银行", "bank; \"the\" bank"), ("=1+1", "-2, @home"), ("图书馆 a", "public library")];

fn desk() -> Desk {
    let desk = Desk::with_terms(&ROWS);
    desk.json(&[
        "edit",
        &crate::common::text(&desk.note("银行")["id"]),
        "note=one\ntwo",
        "tags=a b",
    ]);
    desk.json(&["answer", &desk.card("银行"), "2"]);
    desk.json(&["answer", &desk.card("银行"), "4"]);
    desk.json(&["undo"]);
    desk.json(&["set-due", &desk.card("=1+1"), "2026-12-24"]);
    desk.json(&["suspend", &desk.card("图书馆 a")]);
    desk.json(&["decks", "set", "terms", "new_per_day=7"]);
    desk
}

#[test]
fn the_report_counts_what_was_written() {
    let desk = desk();
    let wanted =
        json!({ "path": "all.json", "format": "json", "notes": 3, "cards": 6, "events": 5 });
    assert_eq!(desk.json(&["export", "-o", "all.json"]), wanted);
    let report = desk.json(&["export", "terms", "-o", "terms.csv"]);
    assert_eq!((&report["format"], &report["notes"]), (&json!("csv"), &json!(3)));
    let report = desk.json(&["export", "--search", "tag:a", "-o", "some.tsv"]);
    assert_eq!((&report["format"], &report["notes"]), (&json!("tsv"), &json!(1)));
    assert_eq!(desk.run(&["export", "-o", "terms.docx"]).status, 2);
}

#[test]
fn a_document_read_into_an_empty_collection_is_written_again_byte_for_byte() {
    let desk = desk();
    desk.json(&["export", "-o", "all.json"]);
    let written = desk.read("all.json");
    let mut other = Desk::new();
    other.at("2027-02-01T00:00:00Z");
    let file = other.import("all.json", &written);
    assert_eq!((&file["rows"], &file["added"]), (&json!(3), &json!(3)));
    other.json(&["export", "-o", "again.json"]);
    assert_eq!(other.read("again.json"), written);
    other.at(NOON);
    assert_eq!(other.search(""), desk.search(""));
    other.is_sound();
}

#[test]
fn what_is_written_is_read_back_without_any_change() {
    for name in ["all.json", "terms.tsv", "terms.csv"] {
        let desk = desk();
        desk.json(&["export", "-o", name]);
        let before = desk.tables();
        let report = desk.json(&["import", name, "--yes"]);
        let file = &report["files"][0];
        assert_eq!((&file["rows"], &file["unchanged"]), (&json!(3), &json!(3)), "{name}: {file}");
        assert_eq!(report["import"], Value::Null, "{name}");
        assert_eq!(desk.tables(), before, "{name}");
    }
}

#[test]
fn a_second_reading_of_a_document_adds_nothing() {
    let history = json!({
        "termdeck": 1,
        "decks": [{ "name": "A" }],
        "notes": [{ "id": "n1", "deck": "A", "kind": "term", "front": "a", "back": "b" }],
        "cards": [{ "id": "c1", "note": "n1", "direction": "forward" }],
        "events": [
            { "card": "c1", "at": 1_795_000_000_000_i64, "offset_min": 0, "kind": "review", "grade": 4 },
            { "card": "c1", "at": 1_795_100_000_000_i64, "offset_min": 0, "kind": "review", "grade": 4 },
        ],
    });
    let desk = Desk::new();
    desk.import("history.json", history.to_string());
    let before = desk.tables();
    assert_eq!(desk.note("a")["cards"][0]["state"]["repetitions"], 2);
    let report = desk.json(&["import", "history.json", "--yes"]);
    assert_eq!(report["import"], Value::Null, "{report}");
    assert_eq!(desk.tables(), before);
    desk.is_sound();
}

#[test]
fn standard_output_takes_the_text_itself() {
    let desk = Desk::with_terms(&[("银行", "bank")]);
    let out = desk.ok(&["export", "--format", "csv"]);
    assert!(out.contains("银行,bank"), "{out}");
    assert_eq!(desk.ok(&["export", "-o", "-", "--format", "csv"]), out);
    assert_eq!(desk.run(&["export"]).status, 2, "no format is named");
}

#[test]
fn an_export_that_fails_leaves_nothing_behind() {
    let desk = desk();
    std::fs::create_dir(desk.path("taken.tsv")).unwrap();
    let said = desk.fails(&["export", "-o", "taken.tsv"]);
    assert!(said.contains("taken.tsv"), "{said}");
    let names: Vec<_> =
        std::fs::read_dir(desk.folder()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name == "taken.tsv.part"), "{names:?}");
}

#[test]
fn a_spreadsheet_gets_no_formulas_when_that_is_asked_for() {
    let desk = Desk::with_terms(&[("=1+1", "@home")]);
    let plain = desk.ok(&["export", "--format", "csv"]);
    assert!(plain.contains("=1+1,@home"), "{plain}");
    let safe = desk.ok(&["export", "--format", "csv", "--spreadsheet"]);
    let row = safe.lines().find(|line| line.contains("1+1")).unwrap();
    for cell in row.split(',') {
        let first = cell.trim_start_matches('"').chars().next();
        assert!(!matches!(first, Some('=' | '@' | '+' | '-')), "{row}");
    }
}

#[test]
fn a_table_of_an_export_is_a_deck_for_another_collection() {
    let desk = desk();
    desk.json(&["export", "-o", "terms.tsv"]);
    let other = Desk::new();
    let file = other.import("terms.tsv", desk.read("terms.tsv"));
    assert_eq!(file["added"], 3, "{file}");
    let fields = |desk: &Desk| -> Vec<[Value; 5]> {
        let notes = desk.search("");
        let of = |note: &Value| ["id", "front", "back", "note", "tags"].map(|n| note[n].clone());
        notes.iter().map(of).collect()
    };
    assert_eq!(fields(&other), fields(&desk));
    assert!(table(&ROWS).contains("=1+1"));
}
