//! Two programs work on one collection at the same time.

use std::fmt::Write as _;
use std::fs::File;
use std::process::Stdio;

use serde_json::Value;

use crate::collection::Collection;

fn two_decks(notes: usize) -> Collection {
    let collection = Collection::new();
    for deck in ["left", "right"] {
        let mut text = String::new();
        for row in 0..notes {
            let _ = writeln!(text, "{deck} word {row}\tmeaning {row} of {deck}");
        }
        let file = collection.write(&format!("{deck}.tsv"), text);
        collection.ok(&["import", "--yes", "--direction", "forward", file.to_str().unwrap()]);
    }
    collection
}

fn reviews(document: &Value) -> usize {
    let events = document["events"].as_array().unwrap();
    events.iter().filter(|event| event["kind"] == "review").count()
}

#[test]
fn two_sessions_lose_none_of_400_answers() {
    let collection = two_decks(200);
    let typed = collection.write("typed.txt", "\ngood\n".repeat(200));
    let children = ["left", "right"].map(|deck| {
        collection
            .command(&["review", deck, "--plain", "--new", "200"])
            .stdin(Stdio::from(File::open(&typed).unwrap()))
            .spawn()
            .unwrap()
    });
    for child in children {
        let done = child.wait_with_output().unwrap();
        let text = String::from_utf8(done.stdout).unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        assert_eq!(text.matches("taken: ").count(), 200);
    }
    collection.assert_healthy("after two sessions");
    assert_eq!(reviews(&collection.document()), 400);
}

#[test]
fn single_answers_from_two_programs_are_all_taken() {
    let collection = two_decks(30);
    let document = collection.document();
    let cards: Vec<String> = document["cards"]
        .as_array()
        .unwrap()
        .iter()
        .map(|card| card["id"].as_str().unwrap().to_owned())
        .collect();
    let (left, right) = cards.split_at(cards.len() / 2);
    for pair in left.iter().zip(right) {
        let children = [pair.0, pair.1]
            .map(|card| collection.command(&["answer", card, "good", "--json"]).spawn().unwrap());
        for child in children {
            let done = child.wait_with_output().unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        }
    }
    collection.assert_healthy("after single answers");
    assert_eq!(reviews(&collection.document()), cards.len());
}

#[test]
fn a_card_answered_elsewhere_is_not_asked_again() {
    let collection = two_decks(3);
    collection.ok(&["review", "left", "--plain"]);
    let card = collection.json(&["next", "left"])["card"]["id"].as_str().unwrap().to_owned();
    collection.ok(&["answer", &card, "good"]);
    assert_ne!(collection.json(&["next", "left"])["card"]["id"], card.as_str());
}
