//! `add`, `edit`, `delete`, `move`, `tag`.

use serde_json::json;

use crate::common::{Desk, text};

const ROWS: [(&str, &str); 3] =
    [("银行", "bank"), ("国家", "country"), ("图书馆", "public library")];

#[test]
fn an_added_note_has_its_fields_and_two_cards() {
    let desk = Desk::new();
    let args = [
        "add",
        "图书馆",
        "library",
        "--deck",
        "Chinese::Places",
        "--tag",
        "city",
        "--tag",
        "books",
        "--reading",
        "túshūguǎn",
        "--note",
        "large building",
    ];
    let change = desk.json(&args);
    let note = desk.note("图书馆");
    assert_eq!(change["notes"], json!([note["id"]]));
    assert_eq!(change["cards"].as_array().unwrap().len(), 2);
    for (name, value) in [
        ("deck", json!("Chinese::Places")),
        ("kind", json!("term")),
        ("back", json!("library")),
        ("reading", json!("túshūguǎn")),
        ("note", json!("large building")),
        ("tags", json!(["books", "city"])),
    ] {
        assert_eq!(note[name], value, "{name}");
    }
    let directions: Vec<String> =
        note["cards"].as_array().unwrap().iter().map(|card| text(&card["direction"])).collect();
    assert_eq!(directions, ["forward", "reverse"]);
    let said = desk.fails(&["add", "front", "  "]);
    assert!(said.contains("front and a back"), "{said}");
}

#[test]
fn an_edit_keeps_the_id_and_the_schedule() {
    let desk = Desk::with_terms(&ROWS);
    desk.json(&["answer", &desk.card("国家"), "2"]);
    let before = desk.note("国家");
    let id = text(&before["id"]);
    desk.json(&["edit", &id[..8], "front=國", "back=a = b", "tags=x y", "reading=guó"]);
    let after = desk.note("國");
    assert_eq!((&after["id"], &after["cards"]), (&before["id"], &before["cards"]));
    assert_eq!((&after["back"], &after["tags"]), (&json!("a = b"), &json!(["x", "y"])));
    assert_eq!(desk.run(&["edit", &id, "colour=red"]).status, 2);
    assert_eq!(desk.run(&["edit", &id, "back"]).status, 2);
    desk.fails(&["edit", &id, "front="]);
    assert_eq!(desk.json(&["edit", &id, "reading=guó"])["notes"], json!([]), "as it was");
}

#[test]
fn deleted_notes_are_gone_from_every_view() {
    let desk = Desk::with_terms(&ROWS);
    let id = text(&desk.note("国家")["id"]);
    let change = desk.json(&["delete", &id]);
    assert_eq!(change["notes"], json!([id]));
    assert_eq!(desk.fronts(""), ["银行", "图书馆"]);
    assert_eq!(desk.json(&["due"])["new"], 2);
    assert_eq!(desk.document()["notes"].as_array().unwrap().len(), 2);
    desk.json(&["delete", "--search", "library"]);
    assert_eq!(desk.fronts(""), ["银行"]);
    assert!(desk.fails(&["delete", &id]).contains("no note"), "it is deleted already");
    desk.is_sound();
}

#[test]
fn moved_notes_take_their_schedule_along() {
    let desk = Desk::with_terms(&ROWS);
    desk.json(&["answer", &desk.card("国家"), "2"]);
    let before = desk.note("国家");
    desk.json(&["move", "Chinese::States", "--search", "国家"]);
    let after = desk.note("国家");
    assert_eq!(after["deck"], "Chinese::States");
    assert_eq!(after["cards"], before["cards"]);
    assert_eq!(desk.json(&["due", "Chinese"])["drill"], 1);
    assert_eq!(desk.json(&["due", "terms"])["drill"], 0);
    desk.is_sound();
}

#[test]
fn tags_are_added_and_taken_away() {
    let desk = Desk::with_terms(&ROWS);
    let change = desk.json(&["tag", "--add", "a", "--add", "b", "--search", "deck:terms"]);
    assert_eq!(change["notes"].as_array().unwrap().len(), 3);
    desk.json(&["tag", "--remove", "a", &text(&desk.note("银行")["id"])]);
    assert_eq!(desk.note("银行")["tags"], json!(["b"]));
    assert_eq!(desk.fronts("tag:a"), ["国家", "图书馆"]);
    assert_eq!(desk.run(&["tag", "--search", "x"]).status, 2);
}

#[test]
fn a_search_that_finds_nothing_changes_nothing() {
    let desk = Desk::with_terms(&ROWS);
    for command in ["delete", "suspend", "bury", "reset"] {
        let change = desk.json(&[command, "--search", "no such word"]);
        assert_eq!(change, json!({ "notes": [], "cards": [], "kept": [] }), "{command}");
    }
    assert_eq!(desk.run(&["delete"]).status, 2, "nothing is named");
}
