//! Leeches: found, told of, suspended where that is wanted.

use serde_json::{Value, json};
use termdeck::domain::Day;

use crate::common::{Desk, text};

/// The first day of every history.
const FIRST: Day = Day(14_000);

/// Returns a collection of which each card has this deck, front and grades, given
/// whenever it came due.
fn history(cards: &[(&str, &str, &[u8])]) -> Desk {
    let (mut notes, mut slots, mut events) = (Vec::new(), Vec::new(), Vec::new());
    for (nth, (deck, front, grades)) in cards.iter().enumerate() {
        let (note, card) = (format!("n{nth}"), format!("c{nth}"));
        notes.push(json!({ "id": note, "deck": deck, "front": front, "back": "x" }));
        slots.push(json!({ "id": card, "note": note, "direction": "forward" }));
        for (day, grade) in (0..).zip(*grades) {
            // Far enough apart that every card is due.
            let day = FIRST.plus(day * 320);
            events.push(json!({
                "card": card, "at": i64::from(day.0) * 86_400_000 + 43_200_000, "offset_min": 0,
                "day": day, "kind": "review", "grade": grade, "ms": 1_000,
            }));
        }
    }
    let document = json!({
        "termdeck": 1, "decks": [], "notes": notes, "cards": slots, "events": events,
    });
    let desk = Desk::new();
    desk.import("history.json", document.to_string());
    desk
}

/// Grades with so many lapses.
fn lapses(count: usize) -> Vec<u8> {
    [4, 2].repeat(count)
}

/// Grades that leave the ease at its floor so often in a row.
fn hard(run: usize) -> Vec<u8> {
    // 2.50 less 0.14 each time: the ninth reaches 1.30.
    vec![3; 8 + run]
}

fn leeches(desk: &Desk, args: &[&str]) -> Vec<(String, String)> {
    let found = desk.json(&[&["leeches"], args].concat());
    let leech = |leech: &Value| (text(&leech["question"]), text(&leech["why"]));
    found["leeches"].as_array().unwrap().iter().map(leech).collect()
}

#[test]
fn leeches_are_listed_with_the_reason_the_worst_first() {
    let (seven, eight, nine) = (lapses(7), lapses(8), lapses(9));
    let (two, three) = (hard(2), hard(3));
    let desk = history(&[
        ("语言::词", "银行", &eight),
        ("语言::词", "国家", &seven),
        ("语言", "图书馆", &nine),
        ("other", "cat", &two),
        ("other", "dog", &three),
    ]);
    let named = |names: &[(&str, &str)]| -> Vec<(String, String)> {
        names.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    };
    let dog = ("dog", "ease 1.30 in 3 reviews in a row");
    assert_eq!(leeches(&desk, &[]), named(&[("图书馆", "9 lapses"), ("银行", "8 lapses"), dog]));
    assert_eq!(leeches(&desk, &["语言::词"]), named(&[("银行", "8 lapses")]));
    assert_eq!(leeches(&desk, &["OTHER"]), named(&[dog]));
    assert_eq!(desk.fronts("is:leech"), ["银行", "图书馆", "dog"]);
    assert_eq!(desk.json(&["stats", "--days", "all"])["leeches"], 3);
    assert!(desk.fails(&["leeches", "nothing"]).contains("no deck"));
}

#[test]
fn the_document_has_the_answers_and_the_text_says_what_to_do() {
    let desk = history(&[("语言", "银行", &lapses(8))]);
    let found = desk.json(&["leeches"]);
    let leech = &found["leeches"][0];
    assert_eq!(leech["card"], desk.card("银行").as_str());
    assert_eq!(leech["note"], desk.note("银行")["id"]);
    assert_eq!(leech["state"], desk.note("银行")["cards"][0]["state"]);
    assert_eq!((&leech["deck"], &leech["direction"]), (&json!("语言"), &json!("forward")));
    assert_eq!(leech["answers"].as_array().unwrap().len(), 16);
    let first = json!({ "day": "2008-05-01", "kind": "review", "grade": 4, "ms": 1_000 });
    assert_eq!(leech["answers"][0], first);
    desk.json(&["suspend", "--search", "is:leech"]);
    let said = desk.ok(&["leeches"]);
    let (card, note) = (desk.card("银行"), text(&desk.note("银行")["id"]));
    let said = said.replace(&card[..8], "CARD").replace(&note[..8], "NOTE");
    insta::assert_snapshot!(said, @r"
    1 leech
    银行 = x  (语言)
      8 lapses; suspended
      answers: 4 more, Good Again Good Again Good Again Good Again Good Again Good Again
      note NOTE, card CARD
    Write the note anew, split it in two, suspend the card, reset it, or leave it.
    ");
    assert_eq!(history(&[("d", "a", &[4])]).ok(&["leeches"]), "0 leeches\n");
}

#[test]
fn a_leech_is_suspended_with_the_answer_and_comes_back_with_it() {
    let desk = history(&[("语言", "银行", &[lapses(7), vec![4]].concat())]);
    desk.json(&["decks", "set", "语言", "leech=suspend"]);
    let card = desk.card("银行");
    let before = desk.note("银行");
    let answer = desk.json(&["answer", &card, "again"]);
    assert_eq!(
        (&answer["state"]["leech"], &answer["state"]["suspended"]),
        (&json!(true), &json!(true))
    );
    let events = desk.document()["events"].clone();
    let last = events.as_array().unwrap().last().unwrap();
    assert_eq!((&last["kind"], &last["cause"]), (&json!("suspend"), &json!("leech")));
    desk.json(&["undo"]);
    assert_eq!(desk.note("银行"), before, "the answer and the suspension");
    desk.json(&["redo"]);
    assert_eq!(desk.fronts("is:suspended"), ["银行"]);
    desk.is_sound();
}

#[test]
fn a_leech_that_is_put_back_is_suspended_again_after_four_more_lapses() {
    let mut desk = history(&[("语言", "银行", &[lapses(7), vec![4]].concat())]);
    desk.json(&["decks", "set", "语言", "leech=suspend"]);
    let card = desk.card("银行");
    let mut suspended = Vec::new();
    for lapse in 8..=16 {
        let day = desk.json(&["answer", &card, "again"])["state"]["due"].clone();
        let is_out = !desk.fronts("is:suspended").is_empty();
        if is_out {
            suspended.push(lapse);
            desk.json(&["unsuspend", &card]);
        }
        let next = text(&day).parse::<Day>().unwrap();
        desk.at(&format!("{next}T12:00:00Z"));
        desk.json(&["answer", &card, "good"]);
        desk.at(&format!("{}T12:00:00Z", next.plus(1)));
    }
    assert_eq!(suspended, [8, 12, 16]);
    desk.is_sound();
}

#[test]
fn an_ease_at_its_floor_suspends_at_the_third_review_in_a_row() {
    let mut desk = history(&[("语言", "银行", &hard(1))]);
    desk.json(&["decks", "set", "语言", "leech=suspend"]);
    let card = desk.card("银行");
    for (day, is_out) in [("2026-11-23", false), ("2027-11-23", true)] {
        desk.at(&format!("{day}T12:00:00Z"));
        let state = &desk.json(&["answer", &card, "hard"])["state"];
        assert_eq!((&state["ease_centi"], &state["suspended"]), (&json!(130), &json!(is_out)));
    }
    assert!(desk.fails(&["answer", &card, "good"]).contains("suspended"));
}

#[test]
fn a_conversation_lists_them_too() {
    let desk = history(&[("语言", "银行", &lapses(8))]);
    let run = desk.run_with(&["--plain"], "leeches\nleeches 1\nquit\n");
    assert_eq!(
        run.out.matches("1 leech\n银行 = x  (语言)\n  8 lapses\n").count(),
        2,
        "{}",
        run.out
    );
}
