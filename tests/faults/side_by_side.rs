//! Two programs work on one collection at the same time.

use std::fmt::Write as _;
use std::fs::File;
use std::process::Stdio;

use serde_json::Value;

use super::moments::cases;
use crate::collection::Collection;

fn decks(names: &[&str], notes: usize) -> Collection {
    let collection = Collection::new();
    for deck in names {
        let mut text = String::new();
        for row in 0..notes {
            let _ = writeln!(text, "{deck} word {row}\tmeaning {row} of {deck}");
        }
        let file = collection.write(&format!("{deck}.tsv"), text);
        collection.ok(&["import", "--yes", "--direction", "forward", file.to_str().unwrap()]);
    }
    collection
}

fn answers(document: &Value) -> usize {
    let events = document["events"].as_array().unwrap();
    events.iter().filter(|event| event["grade"].is_u64()).count()
}

/// Answers as many cards in each of these decks at once; returns how many answers the
/// programs have acknowledged.
fn answer_at_once(collection: &Collection, decks: &[&str], answers: usize) -> usize {
    let typed = collection.write("typed.txt", "\ngood\n".repeat(answers));
    let new = answers.to_string();
    let children: Vec<_> = decks
        .iter()
        .map(|deck| {
            collection
                .command(&["review", deck, "--plain", "--new", &new])
                .stdin(Stdio::from(File::open(&typed).unwrap()))
                .spawn()
                .unwrap()
        })
        .collect();
    let mut taken = 0;
    for child in children {
        let done = child.wait_with_output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        taken += String::from_utf8(done.stdout).unwrap().matches("taken: ").count();
    }
    taken
}

#[test]
fn sessions_in_decks_of_their_own_lose_no_answer() {
    for names in [&["left", "right"][..], &["north", "east", "south", "west"]] {
        let each = cases(200) / names.len();
        let collection = decks(names, each);
        assert_eq!(answer_at_once(&collection, names, each), each * names.len());
        collection.assert_healthy("after several sessions");
        assert_eq!(answers(&collection.document()), each * names.len());
    }
}

#[test]
fn sessions_that_ask_the_same_cards_lose_no_answer() {
    let all = cases(100);
    let collection = decks(&["words"], all);
    let taken = answer_at_once(&collection, &["words"; 4], all);
    collection.assert_healthy("after four sessions in one deck");
    assert_eq!(answers(&collection.document()), taken);
    assert!(taken >= all, "{taken} of {all}");
}

#[test]
fn single_answers_from_two_programs_are_all_taken() {
    let collection = decks(&["left", "right"], 30);
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
    assert_eq!(answers(&collection.document()), cards.len());
}

#[test]
fn a_card_answered_elsewhere_is_not_asked_again() {
    let collection = decks(&["left", "right"], 3);
    collection.ok(&["review", "left", "--plain"]);
    let card = collection.json(&["next", "left"])["card"]["id"].as_str().unwrap().to_owned();
    collection.ok(&["answer", &card, "good"]);
    assert_ne!(collection.json(&["next", "left"])["card"]["id"], card.as_str());
}
