//! What is written here, read by Anki.

use std::path::Path;

use serde_json::Value;

use super::{all_notes, anki, cards, direction, plain, same_card};
use crate::common::{Desk, text};

/// Everything that a package can carry, some of it after days of study.
fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.at("2026-03-02T12:00:00Z");
    desk.write(
        "terms.csv",
        "front,back,reading,note,example,source,tags,deck\n\
         苹果,apple,píng guǒ,a <fruit> & more,\"一个\n苹果\",book,food hsk::1,Chinese::Food\n\
         香蕉,banana,,,,,food,Chinese::Food\n\
         law <3>,\"a\n\nb\",,,,,,Law\n\
         [sound:x],y,,,,,,Law\n",
    );
    desk.ok(&["import", "terms.csv", "--yes"]);
    desk.write(
        "cloze.json",
        r#"{"termdeck":1,"decks":[],
            "notes":[{"id":"c","deck":"Geo","kind":"sentence","back":"",
                      "front":"{{c1::Paris::city}} is in {{c3::France}} & {{c2::<Europe>}}"},
                     {"id":"t","deck":"Geo","front":"third","back":"templates"}],
            "cards":[{"id":"1","note":"c","direction":"c1"},{"id":"2","note":"c","direction":"c2"},
                     {"id":"3","note":"c","direction":"c3"},{"id":"4","note":"t","direction":"forward"},
                     {"id":"5","note":"t","direction":"reverse"},{"id":"6","note":"t","direction":"c4"}]}"#,
    );
    desk.ok(&["import", "cloze.json", "--yes"]);
    let card = |front: &str, at: usize| text(&desk.note(front)["cards"][at]["id"]);
    let apple = card("苹果", 0);
    let (banana, geo, third) =
        (card("香蕉", 1), text(&all_notes(&desk)[4]["cards"][0]["id"]), card("third", 2));
    desk.ok(&["suspend", &card("香蕉", 0)]);
    for (day, grade) in [("02", "4"), ("03", "4"), ("09", "1"), ("10", "3"), ("11", "5")] {
        desk.at(&format!("2026-03-{day}T13:00:00Z"));
        desk.ok(&["answer", &apple, grade]);
    }
    for id in [&banana, &geo, &third] {
        desk.ok(&["answer", id, "3"]);
    }
    desk.at("2026-03-12T13:00:00Z");
    desk
}

#[test]
fn our_package_is_taken_by_anki_whole_and_only_once() {
    let desk = desk();
    desk.ok(&["export", "--quiet", "-o", "ours.apkg"]);
    let package = desk.path("ours.apkg");
    let args = [Path::new("read"), &package, &package];
    let Some(told) = anki("our package in Anki", &args) else { return };
    let told: Value = serde_json::from_slice(&told).expect("JSON");
    let found = all_notes(&desk);
    let logs = &told["logs"];
    assert_eq!(logs[0]["new"], found.len(), "{logs}");
    let again = serde_json::json!({
        "new": 0, "updated": 0, "duplicate": found.len(), "conflicting": 0,
    });
    assert_eq!(logs[1], again, "a second import changes nothing");
    assert_eq!(told["sound"], true, "{}", told["problems"]);
    for deck in ["Chinese", "Chinese::Food", "Law", "Geo"] {
        assert!(told["decks"].as_array().expect("decks").contains(&deck.into()), "{deck}");
    }
    let document = desk.document();
    let theirs = told["notes"].as_array().expect("notes");
    assert_eq!(theirs.len(), found.len());
    for own in &found {
        let note = theirs.iter().find(|note| note["guid"] == own["id"]);
        let note = note.unwrap_or_else(|| panic!("{own} is not there"));
        let fields = &note["fields"];
        let is_cloze = fields.get("Text").is_some();
        let sides = if is_cloze { ["Text", "Back Extra"] } else { ["Front", "Back"] };
        for (name, own) in sides.into_iter().zip([&own["front"], &own["back"]]) {
            assert_eq!(plain(&fields[name]).replace("&#91;", "["), text(own));
        }
        for name in ["Reading", "Note", "Example", "Source"] {
            assert_eq!(plain(&fields[name]), text(&own[name.to_lowercase()]), "{name}");
        }
        assert_eq!(note["tags"], own["tags"]);
        let own_cards = cards(own, &document);
        let cards = note["cards"].as_array().expect("cards");
        assert_eq!(own_cards.len(), cards.len(), "{own}\n{note}");
        for card in cards {
            let slot = direction(note, &card["ord"]);
            let own_card = own_cards.iter().find(|card| card.0 == slot).expect("a card");
            assert_eq!(card["deck"], own["deck"]);
            same_card(own_card, card, &text(&own["front"]));
        }
    }
}
