//! Whole documents that come and go.

use serde_json::{Value, json};

use crate::common::{Desk, text};

/// A note with a card that was answered, as a document.
fn document() -> Value {
    json!({
        "termdeck": 1,
        "decks": [{ "name": "D" }],
        "notes": [
            { "id": "one", "deck": "D", "front": "水", "back": "water", "stamp": 7 },
            { "id": "two", "deck": "D", "front": "火", "back": "fire", "stamp": 8 },
        ],
        "cards": [
            { "id": "one forward", "note": "one", "direction": "forward" },
            { "id": "two forward", "note": "two", "direction": "forward" },
        ],
        "events": [{
            "card": "one forward", "at": 1_795_392_000_000_i64, "day": "2026-11-23",
            "kind": "review", "grade": 4,
        }],
    })
}

pub fn newest(desk: &Desk) -> String {
    text(&desk.json(&["imports"])["imports"][0]["id"])
}

fn repetitions(desk: &Desk, front: &str) -> Value {
    desk.note(front)["cards"][0]["state"]["repetitions"].clone()
}

#[test]
fn a_document_is_taken_back_as_a_whole() {
    let desk = Desk::new();
    desk.import("all.json", document().to_string());
    let change = desk.json(&["imports", "undo", &newest(&desk)]);
    assert_eq!((&change["kept"], change["notes"].as_array().unwrap().len()), (&json!([]), 2));
    assert_eq!(desk.json(&["decks"]), json!({ "decks": [] }));
    desk.is_sound();
}

#[test]
fn a_document_that_was_taken_back_brings_its_history_again() {
    let desk = Desk::new();
    for _ in 0..3 {
        let file = desk.import("all.json", document().to_string());
        assert_eq!(file["added"], 2, "{file}");
        assert_eq!(repetitions(&desk, "水"), 1);
        desk.is_sound();
        desk.json(&["imports", "undo", &newest(&desk)]);
        assert!(desk.fronts("").is_empty());
    }
}

#[test]
fn a_note_that_stays_when_its_document_goes_keeps_its_history() {
    let desk = Desk::new();
    desk.import("all.json", document().to_string());
    desk.ok(&["edit", &text(&desk.note("水")["id"]), "back=the water"]);
    let change = desk.json(&["imports", "undo", &newest(&desk)]);
    assert_eq!(change["kept"].as_array().unwrap().len(), 1, "{change}");
    assert_eq!(desk.fronts(""), ["水"]);
    assert_eq!(repetitions(&desk, "水"), 1);
    desk.is_sound();
}

#[test]
fn what_an_export_says_was_taken_back_stays_so() {
    let mut desk = Desk::new();
    let without = |part: &str| {
        let mut document = document();
        document[part] = json!([]);
        document.to_string()
    };
    desk.import("notes.json", without("events"));
    desk.at("2026-11-23T13:00:00Z").import("log.json", document().to_string());
    desk.json(&["imports", "undo", &newest(&desk)]);
    assert_eq!(repetitions(&desk, "水"), 0);
    let all = desk.document();
    let tables = desk.tables();
    desk.import("all.json", all.to_string());
    assert_eq!(desk.tables(), tables);
}

#[test]
fn decks_and_cards_of_a_document_come_without_new_notes() {
    let desk = Desk::new();
    let deck =
        json!({ "termdeck": 1, "decks": [{ "name": "X", "options": { "new_per_day": 3 } }] });
    desk.import("deck.json", deck.to_string());
    let decks = desk.json(&["decks"]);
    assert_eq!(decks["decks"][0]["options"]["new_per_day"], 3, "{decks}");
    desk.import("all.json", document().to_string());
    let mut more = document();
    let card = json!({ "id": "one reverse", "note": "one", "direction": "reverse" });
    more["cards"].as_array_mut().unwrap().push(card);
    desk.import("more.json", more.to_string());
    assert_eq!(desk.note("水")["cards"].as_array().unwrap().len(), 2);
    let tables = desk.tables();
    desk.import("more.json", more.to_string());
    assert_eq!(desk.tables(), tables);
    desk.is_sound();
}

#[test]
fn a_card_with_the_id_of_another_is_left_out_with_a_warning() {
    let desk = Desk::new();
    desk.import("all.json", document().to_string());
    let clash = json!({
        "termdeck": 1,
        "notes": [{ "id": "three", "deck": "D", "front": "木", "back": "wood" }],
        "cards": [{ "id": "one forward", "note": "three", "direction": "forward" }],
    });
    let file = desk.import("clash.json", clash.to_string());
    let warnings = file["warnings"].as_array().unwrap();
    assert!(warnings.iter().any(|warning| text(&warning["message"]).contains("one forward")));
    assert_eq!(desk.note("木")["cards"], json!([]));
    desk.is_sound();
}

#[test]
fn events_of_cards_that_are_gone_are_nothing_new() {
    let desk = Desk::new();
    let mut orphan = document();
    orphan["events"][0]["card"] = json!("no such card");
    desk.import("all.json", orphan.to_string());
    let tables = desk.tables();
    desk.import("all.json", orphan.to_string());
    assert_eq!(desk.tables(), tables);
}

#[test]
fn the_text_of_a_document_wins_with_theirs() {
    let desk = Desk::with_terms(&[("水", "water"), ("火", "fire")]);
    let original = desk.document();
    desk.ok(&["edit", &text(&desk.note("水")["id"]), "back=H2O"]);
    let changed = original.to_string().replace("\"water\"", "\"the water\"");
    assert_eq!(desk.import("all.json", &changed)["conflicts"], 1);
    let report = desk.json(&["import", "all.json", "--yes", "--theirs"]);
    assert_eq!(report["files"][0]["updated"], 1, "{report}");
    assert_eq!(desk.note("水")["back"], "the water");
}

#[test]
fn a_correction_made_in_a_document_is_not_overwritten_by_the_old_text() {
    let desk = Desk::with_terms(&[("水", "water"), ("火", "fire")]);
    let changed = desk.document().to_string().replace("\"water\"", "\"H2O\"");
    assert_eq!(desk.import("all.json", &changed)["updated"], 1);
    desk.import("terms.tsv", "水\twater\n火\tfire\n木\twood\n");
    assert_eq!(desk.note("水")["back"], "H2O");
}
