//! `next`, `answer`, `undo`, `redo`, `due`.

use serde_json::{Value, json};

use crate::common::{Desk, text};

const ROWS: [(&str, &str); 3] =
    [("银行", "bank"), ("国家", "country"), ("图书馆", "public library")];

#[test]
fn next_has_the_documented_shape() {
    let desk = Desk::with_terms(&ROWS);
    let next = desk.json(&["next"]);
    let card = &next["card"];
    let state = json!({
        "repetitions": 0, "ease_centi": 250, "interval": 0, "due": null, "lapses": 0,
        "suspended": false, "buried": false, "leech": false,
    });
    for (name, value) in [
        ("deck", json!("terms")),
        ("direction", json!("forward")),
        ("front", json!("银行")),
        ("back", json!("bank")),
        ("question", json!("银行")),
        ("answer", json!("bank")),
        ("reading", json!("")),
        ("note_text", json!("")),
        ("tags", json!([])),
        ("queue", json!("new")),
        ("state", state),
    ] {
        assert_eq!(card[name], value, "{name}");
    }
    assert_eq!((text(&card["id"]).len(), text(&card["note"]).len()), (32, 32));
    for (grade, drill) in [(0, true), (1, true), (2, true), (3, true), (4, false), (5, false)] {
        let wanted = json!({ "interval": 1, "due": "2026-11-24", "drill": drill });
        assert_eq!(next["outcomes"][grade.to_string()], wanted, "{grade}");
    }
    assert_eq!(next["counts"], json!({ "new": 3, "due": 0, "drill": 0 }));
}

#[test]
fn next_shows_the_front_of_the_note_also_where_the_back_is_asked() {
    let desk = Desk::with_terms(&[("银行", "bank")]);
    desk.json(&["decks", "set", "terms", "direction=reverse"]);
    let next = desk.json(&["next"]);
    let card = &next["card"];
    assert_eq!(card["direction"], "reverse");
    assert_eq!((&card["front"], &card["back"]), (&json!("银行"), &json!("bank")));
    assert_eq!((&card["question"], &card["answer"]), (&json!("bank"), &json!("银行")));
}

#[test]
fn an_answer_does_what_next_said() {
    let mut desk = Desk::with_terms(&ROWS);
    for (day, grade) in [(23, "good"), (24, "4"), (30, "easy")] {
        desk.at(&format!("2026-11-{day}T12:00:00Z"));
        let card = desk.card("银行");
        let raw = if grade == "easy" { "5" } else { "4" };
        // The card is due, or new, so it is somewhere in the day's work.
        desk.json(&["suspend", "--search", "-银行"]);
        let next = desk.json(&["next"]);
        assert_eq!(next["card"]["id"], card.as_str(), "{next}");
        let outcome = &next["outcomes"][raw];
        let answer = desk.json(&["answer", &card, grade, "--ms", "1200"]);
        assert_eq!(answer["kind"], "review");
        assert_eq!(answer["card"], card.as_str());
        assert_eq!(text(&answer["event"]).len(), 32);
        assert_eq!(answer["state"]["interval"], outcome["interval"]);
        assert_eq!(answer["state"]["due"], outcome["due"]);
        assert_eq!(answer["counts"], desk.json(&["due"]));
    }
    let state = desk.note("银行")["cards"][0]["state"].clone();
    assert_eq!((&state["interval"], &state["ease_centi"]), (&json!(16), &json!(260)));
    assert_eq!(state["due"], "2026-12-16");
    desk.is_sound();
}

#[test]
fn a_second_answer_the_same_day_is_a_drill_and_changes_no_schedule() {
    let desk = Desk::with_terms(&ROWS);
    let card = desk.card("银行");
    let first = desk.json(&["answer", &card, "again"]);
    assert_eq!(first["counts"]["drill"], 1);
    let second = desk.json(&["answer", &card, "good"]);
    assert_eq!((&second["kind"], &second["counts"]["drill"]), (&json!("drill"), &json!(0)));
    assert_eq!(second["state"], first["state"]);
}

#[test]
fn a_card_before_its_day_is_refused_and_practised_with_cram() {
    let mut desk = Desk::with_terms(&ROWS);
    let card = desk.card("银行");
    desk.json(&["answer", &card, "4"]);
    desk.at("2026-11-24T12:00:00Z").json(&["answer", &card, "4"]);
    desk.at("2026-11-26T12:00:00Z");
    let before = desk.note("银行");
    let said = desk.fails(&["answer", &card, "4"]);
    assert!(said.contains("not due before 2026-11-30") && said.contains("--cram"), "{said}");
    let practised = desk.json(&["answer", &card, "1", "--cram"]);
    assert_eq!(practised["kind"], "cram");
    assert_eq!(desk.note("银行"), before, "practice changes nothing");
}

#[test]
fn a_card_that_is_suspended_or_buried_takes_no_answer() {
    let mut desk = Desk::with_terms(&ROWS);
    let (one, two) = (desk.card("银行"), desk.card("国家"));
    desk.json(&["suspend", &one]);
    desk.json(&["bury", &two]);
    assert!(desk.fails(&["answer", &one, "4"]).contains("suspended"));
    assert!(desk.fails(&["answer", &two, "4"]).contains("buried"));
    desk.at("2026-11-24T12:00:00Z");
    assert!(desk.fails(&["answer", &one, "4"]).contains("suspended"));
    desk.json(&["answer", &two, "4"]);
}

#[test]
fn undo_takes_back_one_answer_after_the_other_and_redo_brings_them_again() {
    let desk = Desk::with_terms(&ROWS);
    let states = || {
        let document = desk.search("");
        document.iter().map(|note| note["cards"].to_string()).collect::<Vec<_>>()
    };
    let mut seen = vec![states()];
    for (front, grade) in [("银行", "4"), ("国家", "2"), ("国家", "4")] {
        desk.json(&["answer", &desk.card(front), grade]);
        seen.push(states());
    }
    for step in (0..3).rev() {
        let change = desk.json(&["undo"]);
        assert_eq!(change["cards"].as_array().unwrap().len(), 1, "{change}");
        assert_eq!(states(), seen[step], "undo {step}");
    }
    let (status, _) = desk.json_and_status(&["undo"]);
    assert_eq!(status, 1, "nothing is left to take back");
    for (step, wanted) in seen.iter().enumerate().skip(1) {
        desk.json(&["redo"]);
        assert_eq!(&states(), wanted, "redo {step}");
    }
    assert!(desk.fails(&["redo"]).contains("nothing"));
    desk.is_sound();
}

#[test]
fn an_answer_after_an_undo_leaves_nothing_to_redo() {
    let desk = Desk::with_terms(&ROWS);
    let card = desk.card("银行");
    desk.json(&["answer", &card, "4"]);
    desk.json(&["undo"]);
    desk.json(&["answer", &card, "2"]);
    desk.fails(&["redo"]);
    desk.json(&["undo"]);
    assert_eq!(desk.note("银行")["cards"][0]["state"]["due"], Value::Null);
}

#[test]
fn due_says_in_one_line_what_is_to_do() {
    let mut desk = Desk::with_terms(&ROWS);
    assert_eq!(desk.ok(&["due"]), "0 due, 3 new\n");
    assert_eq!(desk.run(&["due", "--exit-code"]).status, 0);
    for (front, _) in ROWS {
        desk.json(&["answer", &desk.card(front), "4"]);
    }
    assert_eq!(desk.run(&["due", "--exit-code"]).status, 3);
    assert_eq!(desk.run(&["due"]).status, 0);
    assert_eq!(desk.json(&["next"])["card"], Value::Null);
    desk.at("2026-11-24T12:00:00Z");
    assert_eq!(desk.json(&["due"])["due"], 3);
    assert_eq!(desk.run(&["due", "terms", "--exit-code"]).status, 0);
}

#[test]
fn a_drill_alone_is_shown_but_counts_as_nothing_due() {
    let desk = Desk::with_terms(&[("银行", "bank")]);
    desk.json(&["answer", &desk.card("银行"), "2"]);
    let run = desk.run(&["due", "--exit-code"]);
    assert_eq!(desk.json(&["due"]), json!({ "new": 0, "due": 0, "drill": 1 }));
    assert_eq!(run.out, "0 due, 0 new, 1 to drill\n");
    assert_eq!(desk.json(&["next"])["card"]["queue"], "drill");
    // The drill is neither due nor new, and that is what the status tells.
    assert_eq!(run.status, 3, "{run:?}");
}

#[test]
fn limits_bind_next_but_not_an_answer() {
    let desk = Desk::with_terms(&ROWS);
    desk.json(&["decks", "set", "terms", "new_per_day=1"]);
    assert_eq!(desk.json(&["due"])["new"], 1);
    desk.json(&["answer", &desk.card("银行"), "4"]);
    assert_eq!(desk.json(&["next"])["card"], Value::Null);
    assert_eq!(desk.json(&["answer", &desk.card("国家"), "4"])["kind"], "review");
}

#[test]
fn a_clock_that_is_behind_is_warned_of() {
    let mut desk = Desk::with_terms(&ROWS);
    desk.json(&["answer", &desk.card("银行"), "4"]);
    desk.at("2026-11-20T12:00:00Z");
    let run = desk.run(&["answer", &desk.card("国家"), "4"]);
    assert_eq!(run.status, 0);
    assert!(run.err.contains("3 days behind"), "{run:?}");
}
