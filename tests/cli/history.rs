//! Graded sequences, loaded as a log through the program, give the published states.

use chrono::{Duration, NaiveDate};
use serde_json::{Value, json};

use crate::common::Desk;
use crate::vectors::{FILES, Sequence, sequences};
use termdeck::domain::Rules;

/// Returns a document with one card for each sequence, answered once a day on
/// the day it comes due, and the last due day of each.
fn document(sequences: &[Sequence], rules: Rules) -> (Value, Vec<NaiveDate>) {
    let start = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
    let (mut notes, mut cards, mut events, mut dues) = (vec![], vec![], vec![], vec![]);
    for (number, sequence) in sequences.iter().enumerate() {
        let (note, card) = (format!("note {number}"), format!("card {number}"));
        notes.push(json!({
            "id": note, "deck": "V", "kind": "term",
            "front": format!("front {number}."), "back": "back",
        }));
        cards.push(json!({ "id": card, "note": note, "direction": "forward" }));
        let mut day = start;
        for (grade, (_, _, interval)) in sequence.grades.iter().zip(&sequence.steps) {
            let at = day.and_hms_opt(12, 0, 0).unwrap().and_utc().timestamp_millis();
            events.push(json!({
                "card": card, "at": at, "offset_min": 0, "day": day.to_string(),
                "kind": "review", "grade": grade, "scale": "six", "ms": 1000,
            }));
            day += Duration::days(i64::from(*interval));
        }
        dues.push(day);
    }
    let decks = json!([{ "name": "V", "options": { "rules": rules.name() } }]);
    let document =
        json!({ "termdeck": 1, "decks": decks, "notes": notes, "cards": cards, "events": events });
    (document, dues)
}

#[test]
fn every_sequence_comes_out_as_published() {
    for (file, rules) in FILES {
        let sequences = sequences(file);
        assert_eq!(sequences.len(), 120, "{file}");
        let (document, dues) = document(&sequences, rules);
        let mut desk = Desk::new();
        desk.at("2100-01-01T12:00:00Z").import("history.json", document.to_string());
        let notes = desk.search("deck:V");
        assert_eq!(notes.len(), 120);
        for (number, (sequence, due)) in sequences.iter().zip(&dues).enumerate() {
            let front = format!("front {number}.");
            let note = notes.iter().find(|note| note["front"] == front.as_str()).unwrap();
            let state = &note["cards"][0]["state"];
            let &(ease, repetitions, interval) = sequence.steps.last().unwrap();
            let wanted = json!([ease, repetitions, interval, due.to_string()]);
            let got =
                json!([state["ease_centi"], state["repetitions"], state["interval"], state["due"]]);
            assert_eq!(got, wanted, "{file} {number} {:?}", sequence.grades);
            assert_eq!(note["cards"].as_array().unwrap().len(), 1, "no card is added");
        }
        desk.is_sound();
    }
}

#[test]
fn a_sequence_is_the_same_answered_day_by_day() {
    let sequences = sequences("sm2-vectors.jsonl");
    let start = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    for sequence in sequences.iter().filter(|sequence| sequence.grades.len() > 6).take(3) {
        let mut desk = Desk::with_terms(&[("词", "word")]);
        let card = desk.card("词");
        let mut day = start;
        for (grade, &(ease, repetitions, interval)) in sequence.grades.iter().zip(&sequence.steps) {
            desk.at(&format!("{day}T12:00:00Z"));
            let answer = desk.json(&["answer", &card, &grade.to_string()]);
            let state = &answer["state"];
            day += Duration::days(i64::from(interval));
            let got =
                json!([state["ease_centi"], state["repetitions"], state["interval"], state["due"]]);
            assert_eq!(got, json!([ease, repetitions, interval, day.to_string()]), "{answer}");
        }
        desk.is_sound();
    }
}
