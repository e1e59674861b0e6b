//! Logs as documents.

use serde_json::{Value, json};
use termdeck::domain::Day;

use super::Desk;

/// The study day on which every log begins: 2024-10-04.
const FIRST: Day = Day(20_000);

/// Returns a document with a card in a deck for each log of (day, kind, grade).
pub fn document(deck: &str, cards: &[Vec<(u32, &str, u8)>]) -> Value {
    let (mut notes, mut slots, mut events) = (Vec::new(), Vec::new(), Vec::new());
    for (nth, log) in cards.iter().enumerate() {
        let (note, card) = (format!("n{nth}"), format!("c{nth}"));
        notes.push(json!({ "id": note, "deck": deck, "front": format!("词{nth}"), "back": "x" }));
        slots.push(json!({ "id": card, "note": note, "direction": "forward" }));
        for (at, &(day, kind, grade)) in log.iter().enumerate() {
            let day = FIRST.plus(day);
            // Noon; on a day the first answers to all cards, then the second ones.
            let at = i64::from(day.0) * 86_400_000 + 43_200_000 + (at * 10_000 + nth) as i64;
            events.push(json!({
                "card": card, "at": at, "offset_min": 0, "day": day,
                "kind": kind, "grade": grade, "ms": 1_000,
            }));
        }
    }
    json!({ "termdeck": 1, "decks": [], "notes": notes, "cards": slots, "events": events })
}

/// Returns a collection that holds such a document.
pub fn desk(deck: &str, cards: &[Vec<(u32, &str, u8)>]) -> Desk {
    let desk = Desk::new();
    desk.import("history.json", document(deck, cards).to_string());
    desk
}
