//! What is done to cards, and the ids that name them.

use serde_json::{Value, json};

use crate::common::{Desk, text};

const ROWS: [(&str, &str); 3] =
    [("银行", "bank"), ("国家", "country"), ("图书馆", "public library")];

fn state(desk: &Desk, front: &str) -> Value {
    desk.note(front)["cards"][0]["state"].clone()
}

#[test]
fn every_change_names_the_notes_and_cards_it_touched() {
    let desk = Desk::with_terms(&ROWS);
    let (card, note) = (desk.card("银行"), text(&desk.note("银行")["id"]));
    for command in ["suspend", "unsuspend", "bury"] {
        let change = desk.json(&[command, &card]);
        assert_eq!(change, json!({ "notes": [note], "cards": [card], "kept": [] }), "{command}");
    }
    let change = desk.json(&["set-due", &card, "2026-12-01"]);
    assert_eq!(change, json!({ "notes": [note], "cards": [card], "kept": [] }));
    let change = desk.json(&["reset", &card]);
    assert_eq!(change, json!({ "notes": [note], "cards": [card], "kept": [] }));
}

#[test]
fn what_has_no_effect_is_kept_and_says_why() {
    let desk = Desk::with_terms(&ROWS);
    let card = desk.card("银行");
    for command in ["unsuspend", "reset"] {
        let change = desk.json(&[command, &card]);
        assert_eq!(change["cards"], json!([]), "{command}");
        assert_eq!(change["kept"][0]["id"], card.as_str());
        assert!(!text(&change["kept"][0]["why"]).is_empty());
    }
}

#[test]
fn a_suspended_card_is_in_no_queue_until_it_is_put_back() {
    let desk = Desk::with_terms(&ROWS);
    desk.json(&["suspend", "--search", "银行"]);
    assert_eq!(desk.json(&["due"])["new"], 2);
    assert_eq!(desk.json(&["decks"])["decks"][0]["suspended"], 2);
    assert_eq!(desk.fronts("is:suspended"), ["银行"]);
    desk.json(&["unsuspend", "--search", "is:suspended"]);
    assert_eq!(desk.json(&["due"])["new"], 3);
    desk.is_sound();
}

#[test]
fn a_buried_card_comes_back_with_the_next_study_day() {
    let mut desk = Desk::with_terms(&ROWS);
    let cards = desk.json(&["bury", "--search", "deck:terms"]);
    assert_eq!(cards["cards"].as_array().unwrap().len(), 6);
    assert_eq!(desk.json(&["due"])["new"], 0);
    assert_eq!(state(&desk, "银行")["buried"], true);
    desk.at("2026-11-24T03:59:59Z");
    assert_eq!(desk.json(&["due"])["new"], 0);
    desk.at("2026-11-24T04:00:00Z");
    assert_eq!(desk.json(&["due"])["new"], 3);
    assert_eq!(state(&desk, "银行")["buried"], false);
}

#[test]
fn a_reset_card_is_new_again() {
    let desk = Desk::with_terms(&ROWS);
    let card = desk.card("银行");
    let fresh = state(&desk, "银行");
    desk.json(&["answer", &card, "2"]);
    assert_ne!(state(&desk, "银行"), fresh);
    desk.json(&["reset", &card]);
    assert_eq!(state(&desk, "银行"), fresh);
    desk.is_sound();
}

#[test]
fn a_due_day_can_be_set_on_cards_and_on_a_search() {
    let mut desk = Desk::with_terms(&ROWS);
    desk.json(&["set-due", &desk.card("银行"), "2026-12-01"]);
    assert_eq!(state(&desk, "银行")["due"], "2026-12-01");
    desk.json(&["set-due", "--search", "bank or country", "2026-11-23"]);
    assert_eq!(desk.json(&["due"])["due"], 2);
    desk.at("2026-11-22T12:00:00Z");
    assert_eq!(desk.json(&["due"])["due"], 0);
    desk.json(&["set-due", &desk.card("银行"), "tomorrow"]);
    assert_eq!(state(&desk, "银行")["due"], "2026-11-23");
    for (wrong, said) in [
        ("2026-13-01", "is no day"),
        ("tomorow", "did you mean tomorrow?"),
        ("2026-02-30", "write 2026-12-01"),
    ] {
        let run = desk.run(&["set-due", &desk.card("银行"), wrong]);
        assert!(run.status == 2 && run.err.contains(said), "{run:?}");
    }
}

#[test]
fn eight_digits_name_a_card_and_fewer_are_refused() {
    let desk = Desk::with_terms(&ROWS);
    let card = desk.card("银行");
    assert_eq!(desk.json(&["suspend", &card[..8]])["cards"], json!([card]));
    assert_eq!(desk.json(&["unsuspend", &card[..20].to_uppercase()])["cards"], json!([card]));
    let said = desk.fails(&["suspend", &card[..7]]);
    assert!(said.contains("too short") && said.contains('8'), "{said}");
    let said = desk.fails(&["suspend", "00000000"]);
    assert!(said.contains("no card 00000000"), "{said}");
    let said = desk.fails(&["suspend", "not an id"]);
    assert!(said.contains("no card not an id"), "{said}");
}

#[test]
fn a_prefix_that_fits_several_is_refused() {
    let desk = Desk::new();
    let id = |last: char| format!("{}{last}", "12345678".repeat(3) + "0000000");
    let document = json!({
        "termdeck": 1,
        "decks": [{ "name": "A" }],
        "notes": [
            { "id": id('1'), "deck": "A", "front": "a", "back": "b" },
            { "id": id('2'), "deck": "A", "front": "c", "back": "d" },
        ],
        "cards": [
            { "id": id('3'), "note": id('1'), "direction": "forward" },
            { "id": id('4'), "note": id('2'), "direction": "forward" },
        ],
    });
    desk.import("a.json", document.to_string());
    for args in [["suspend", "12345678"], ["delete", "12345678"], ["suspend", &id('3')[..31]]] {
        let said = desk.fails(&args);
        assert!(said.contains("more than one") && said.contains("more digits"), "{said}");
    }
    assert_eq!(desk.json(&["suspend", &id('3')])["cards"], json!([id('3')]));
    assert_eq!(desk.json(&["delete", &id('2')])["notes"], json!([id('2')]));
}

#[test]
fn a_term_without_a_reading_is_shown_with_a_guess() {
    let desk = Desk::with_terms(&ROWS);
    let shown = desk.json(&["next"]);
    assert_eq!(
        (&shown["card"]["front"], &shown["card"]["hint"]),
        (&json!("银行"), &json!("yín háng"))
    );
    assert_eq!(shown["card"]["reading"], "");
    desk.json(&["edit", &text(&shown["card"]["note"]), "reading=yínháng"]);
    let shown = desk.json(&["next"]);
    assert_eq!(
        (&shown["card"]["reading"], &shown["card"]["hint"]),
        (&json!("yínháng"), &Value::Null)
    );
}
