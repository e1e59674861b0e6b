//! What is done to cards beside answers: as events, over days, taken back.

use serde_json::{Value, json};

use crate::common::{Desk, text};

const ROWS: [(&str, &str); 2] = [("银行", "bank"), ("国家", "country")];

fn state(desk: &Desk) -> Value {
    desk.note("银行")["cards"][0]["state"].clone()
}

/// Returns a desk whose first card was answered well on two days: due on 2026-11-30.
fn learnt() -> Desk {
    let mut desk = Desk::new();
    desk.write("terms.tsv", crate::common::table(&ROWS));
    desk.json(&["import", "terms.tsv", "--yes", "--direction", "forward"]);
    for day in ["2026-11-23", "2026-11-24"] {
        desk.at(&format!("{day}T12:00:00Z"));
        desk.json(&["answer", &desk.card("银行"), "good"]);
    }
    desk
}

/// Runs a command for the first card at a moment.
fn run(desk: &mut Desk, at: &str, args: &[&str]) -> (i32, Value) {
    desk.at(at);
    let card = desk.card("银行");
    let args: Vec<&str> =
        args.iter().map(|arg| if *arg == "CARD" { card.as_str() } else { *arg }).collect();
    desk.json_and_status(&args)
}

#[test]
fn each_deed_does_what_it_says_and_the_log_says_it_again() {
    let due = "2026-11-30";
    let cases: [(&str, &[&[&str]], Value); 10] = [
        ("nothing", &[], json!([2, 6, due, false, false])),
        ("suspend", &[&["suspend", "CARD"]], json!([2, 6, due, true, false])),
        (
            "suspend twice",
            &[&["suspend", "CARD"], &["suspend", "CARD"]],
            json!([2, 6, due, true, false]),
        ),
        (
            "and back",
            &[&["suspend", "CARD"], &["unsuspend", "CARD"]],
            json!([2, 6, due, false, false]),
        ),
        ("bury", &[&["bury", "CARD"]], json!([2, 6, due, false, true])),
        ("reset", &[&["reset", "CARD"]], json!([0, 0, Value::Null, false, false])),
        (
            "reset keeps a suspension",
            &[&["suspend", "CARD"], &["reset", "CARD"]],
            json!([0, 0, Value::Null, true, false]),
        ),
        (
            "due in the past",
            &[&["set-due", "CARD", "2020-02-29"]],
            json!([2, 6, "2020-02-29", false, false]),
        ),
        (
            "due far ahead",
            &[&["set-due", "CARD", "2100-01-01"]],
            json!([2, 6, "2100-01-01", false, false]),
        ),
        (
            "due of a new card",
            &[&["reset", "CARD"], &["set-due", "CARD", "2026-12-24"]],
            json!([0, 0, "2026-12-24", false, false]),
        ),
    ];
    for (name, deeds, want) in cases {
        let mut desk = learnt();
        for deed in deeds {
            let (status, change) = run(&mut desk, "2026-11-25T12:00:00Z", deed);
            assert_eq!(status, 0, "{name}: {change}");
        }
        let names = ["repetitions", "interval", "due", "suspended", "buried"];
        let found: Value = names.iter().map(|field| state(&desk)[*field].clone()).collect();
        assert_eq!(found, want, "{name}");
        desk.is_sound();
        // A second collection that is told the log alone comes to the same state.
        let mut other = Desk::new();
        other.at("2026-11-25T12:00:00Z").import("log.json", desk.document().to_string());
        assert_eq!(state(&other), state(&desk), "{name}, replayed");
        other.is_sound();
    }
}

#[test]
fn a_buried_card_waits_for_the_next_study_day_wherever_the_clock_goes() {
    let cases = [
        // Buried at 01:30, which is still the study day before.
        ("at night", "2026-12-02T01:30:00Z", "2026-12-02T03:59:00Z", "2026-12-02T04:00:00Z"),
        // New York sets its clocks forward at 02:00: 04:00 comes an hour early.
        (
            "clocks set forward",
            "2027-03-14T01:30:00-05:00",
            "2027-03-14T03:59:00-04:00",
            "2027-03-14T04:00:00-04:00",
        ),
        // In Tokyo the next day has begun; back in New York it has not.
        (
            "travel",
            "2026-12-02T09:00:00-05:00",
            "2026-12-02T23:00:00-05:00",
            "2026-12-03T05:00:00+09:00",
        ),
    ];
    for (name, buried, still, over) in cases {
        let mut desk = learnt();
        let due = |desk: &Desk| desk.json(&["due"])["due"].clone();
        desk.at(buried);
        assert_eq!(due(&desk), 1, "{name}");
        run(&mut desk, buried, &["bury", "CARD"]);
        for (at, waits) in [(buried, true), (still, true), (over, false)] {
            desk.at(at);
            assert_eq!(due(&desk), i32::from(!waits), "{name}, {at}");
            assert_eq!(state(&desk)["buried"], waits, "{name}, {at}");
        }
        desk.is_sound();
    }
}

#[test]
fn a_due_day_that_was_set_is_answered_when_it_comes_and_not_before() {
    let mut desk = learnt();
    run(&mut desk, "2026-11-25T12:00:00Z", &["set-due", "CARD", "2026-11-28"]);
    desk.at("2026-11-27T12:00:00Z");
    let said = desk.fails(&["answer", &desk.card("银行"), "good"]);
    assert!(said.contains("not due before 2026-11-28"), "{said}");
    let (status, answer) = run(&mut desk, "2026-11-28T12:00:00Z", &["answer", "CARD", "good"]);
    assert_eq!(
        (status, &answer["state"]["interval"]),
        (0, &json!(15)),
        "the interval is as it was"
    );
    assert_eq!(answer["state"]["due"], "2026-12-13");
    desk.is_sound();
}

#[test]
fn undo_takes_back_answers_and_leaves_what_was_done_since() {
    for deed in ["suspend", "bury", "reset"] {
        let mut desk = learnt();
        run(&mut desk, "2026-11-30T12:00:00Z", &["answer", "CARD", "good"]);
        run(&mut desk, "2026-11-30T12:01:00Z", &[deed, "CARD"]);
        let after = state(&desk);
        run(&mut desk, "2026-11-30T12:02:00Z", &["undo"]);
        let undone = state(&desk);
        assert_eq!(undone["suspended"], deed == "suspend", "{deed}");
        assert_eq!(undone["buried"], deed == "bury", "{deed}");
        let due = if deed == "reset" { Value::Null } else { json!("2026-11-30") };
        assert_eq!(undone["due"], due, "{deed}");
        run(&mut desk, "2026-11-30T12:03:00Z", &["redo"]);
        assert_eq!(state(&desk), after, "{deed}");
        desk.is_sound();
    }
}

#[test]
fn a_reset_card_is_learnt_from_the_start_and_keeps_its_log() {
    let mut desk = learnt();
    run(&mut desk, "2026-11-30T12:00:00Z", &["reset", "CARD"]);
    let (_, answer) = run(&mut desk, "2026-11-30T12:01:00Z", &["answer", "CARD", "good"]);
    assert_eq!((&answer["kind"], &answer["state"]["interval"]), (&json!("review"), &json!(1)));
    let kinds: Vec<String> =
        desk.document()["events"].as_array().unwrap().iter().map(|e| text(&e["kind"])).collect();
    assert_eq!(kinds, ["review", "review", "reset", "review"]);
    let reviews = desk.json(&["stats", "--days", "all"])["reviews"].clone();
    assert_eq!(reviews, 3, "what was answered before stays answered");
    desk.is_sound();
}
