//! Fields, decks and tags.

use termdeck::domain::{Kind, Slot};

use super::hand::{self, BASIC, BELOW, BOTH, CLOZE, Card, DEFAULT, WORDS, card, note};
use super::{drafts, read_package};

/// A new card in the deck `A::B`.
fn new_card(id: i64, note: i64, ord: i64) -> Card {
    Card { id, note, deck: BELOW, ord, due: id, ..Card::default() }
}

#[test]
fn the_three_containers_say_the_same_and_their_decoys_nothing() {
    let fill = |db: &rusqlite::Connection| {
        note(db, 5, BOTH, " hsk::1 food ", &["苹果", "apple"]);
        card(db, new_card(51, 5, 0));
        card(db, new_card(52, 5, 1));
        note(db, 6, CLOZE, "", &["{{c1::Rome}} is {{c2::old::how?}}", "since ever"]);
        card(db, new_card(61, 6, 0));
        card(db, new_card(62, 6, 1));
    };
    for (name, package) in hand::containers(fill) {
        let [apple, rome] = drafts(&package).try_into().unwrap_or_else(|_| panic!("{name}"));
        assert_eq!((apple.fields.front.as_str(), apple.fields.back.as_str()), ("苹果", "apple"));
        assert_eq!(apple.fields.tags, ["food", "hsk::1"], "{name}");
        assert_eq!(apple.deck.as_deref(), Some("A::B"), "{name}");
        assert_eq!(apple.ext_id.as_deref(), Some("g5"), "{name}");
        let slots = |cards: &[termdeck::import::ForeignCard]| -> Vec<Slot> {
            cards.iter().map(|card| card.slot).collect()
        };
        assert_eq!(slots(apple.cards.as_deref().unwrap()), [Slot::Forward, Slot::Reverse]);
        assert_eq!(rome.kind, Kind::Sentence, "{name}");
        assert_eq!(rome.fields.front, "{{c1::Rome}} is {{c2::old::how?}}", "{name}");
        assert_eq!(rome.fields.back, "since ever", "{name}");
        assert_eq!(slots(rome.cards.as_deref().unwrap()), [Slot::Gap(1), Slot::Gap(2)]);
    }
}

#[test]
fn markup_becomes_text_and_what_is_left_out_is_counted() {
    let package = hand::package(|db| {
        note(db, 1, BASIC, "", &["<div>law &lt;3&gt;</div>", "a<br>b [sound:x.mp3]<img src=y>"]);
        card(db, Card { flags: 2, ..new_card(1, 1, 0) });
        note(db, 2, BASIC, "", &["<ruby>漢<rt>かん</rt></ruby>", "Han"]);
        card(db, new_card(2, 2, 0));
        note(db, 3, BASIC, "", &["<img src=z>", "no text"]);
        card(db, new_card(3, 3, 0));
        note(db, 4, BASIC, "", &["word", ""]);
        card(db, new_card(4, 4, 0));
        note(db, 5, CLOZE, "", &["{{c1::image-occlusion:rect:left=.1}}", ""]);
        card(db, new_card(5, 5, 0));
    });
    let reading = read_package(&package).unwrap();
    let texts: Vec<_> = reading
        .drafts
        .iter()
        .map(|d| [&*d.fields.front, &*d.fields.back, &*d.fields.reading])
        .collect();
    assert_eq!(texts, [["law <3>", "a\nb", ""], ["漢", "Han", "かん"]]);
    let rejected: Vec<_> = reading.rejected.iter().map(ToString::to_string).collect();
    assert_eq!(
        rejected,
        [
            "line 3: the front has no text, only a picture or a sound",
            "line 4: the back is empty",
            "line 5: its gaps are parts of a picture, and pictures are not stored",
        ]
    );
    assert_eq!(reading.reports, ["2 pictures left out", "1 sound left out", "1 flag left out"]);
}

#[test]
fn fields_are_known_by_their_names_and_by_what_the_first_card_asks() {
    let package = hand::package(|db| {
        note(db, 1, WORDS, "", &["17", " 日本語[にほんご]", "", "Japanese", "noun", "y"]);
        for ord in 0..3 {
            card(db, new_card(10 + ord, 1, ord));
        }
        note(db, 2, WORDS, "", &["18", "犬", "いぬ", "", "noun", ""]);
        card(db, new_card(20, 2, 0));
    });
    let reading = read_package(&package).unwrap();
    let [japanese, dog] = reading.drafts.as_slice() else { panic!("{:?}", reading.rejected) };
    let fields = &japanese.fields;
    assert_eq!(fields.front, "日本語");
    assert_eq!(fields.back, "Japanese");
    assert_eq!(fields.reading, "にほんご");
    assert_eq!(fields.note, "Rank: 17\nKind of word: noun");
    let slots: Vec<_> = japanese.cards.iter().flatten().map(|card| card.slot).collect();
    assert_eq!(slots, [Slot::Forward, Slot::Reverse, Slot::Gap(3)]);
    assert_eq!(dog.fields.reading, "いぬ");
    assert_eq!((dog.fields.back.as_str(), dog.fields.note.as_str()), ("18", "Kind of word: noun"));
    assert_eq!(
        reading.reports,
        [
            "1 card of further templates: the front is asked",
            "1 note without a back: another field takes its place",
        ]
    );
}

#[test]
fn a_note_goes_to_the_deck_of_its_first_card() {
    let package = hand::package(|db| {
        note(db, 1, BOTH, "", &["a", "b"]);
        card(db, Card { ord: 1, ..new_card(1, 1, 1) });
        card(db, Card { deck: DEFAULT, ..new_card(2, 1, 0) });
    });
    let reading = read_package(&package).unwrap();
    assert_eq!(reading.drafts[0].deck.as_deref(), Some("Default"));
    assert_eq!(
        reading.reports,
        ["1 note with cards in several decks: all go to that of the first card"]
    );
}

#[test]
fn new_notes_come_in_the_order_of_their_positions() {
    let package = hand::package(|db| {
        for (id, position) in [(1, 30), (2, 10), (3, 20)] {
            note(db, id, BASIC, "", &[&format!("front {id}"), "back"]);
            card(db, Card { due: position, ..new_card(id, id, 0) });
        }
    });
    let order: Vec<_> = drafts(&package).into_iter().map(|draft| draft.fields.front).collect();
    assert_eq!(order, ["front 2", "front 3", "front 1"]);
}

#[test]
fn what_belongs_to_nothing_is_counted() {
    let package = hand::package(|db| {
        note(db, 1, 99, "", &["a", "b"]);
        card(db, new_card(1, 77, 0));
        note(db, 2, BASIC, "", &["c", "d"]);
        card(db, new_card(2, 2, 5000));
    });
    let reading = read_package(&package).unwrap();
    assert_eq!(reading.rejected[0].to_string(), "line 2: its note type is not in the package");
    assert_eq!(reading.drafts[0].cards, None, "it gets the cards of its kind");
    assert_eq!(reading.reports, ["1 card without a note left out"]);
}
