//! Packages that come again: nothing twice, nothing lost, and all of it can be taken back.

use serde_json::Value;

use super::hand::{self, BASIC, BELOW, BOTH, CLOZE, Card, MADE_S, answer, card, note};
use crate::common::{Desk, text};

const DAY_S: i64 = 86_400;

fn review(id: i64, note: i64, ord: i64) -> Card {
    Card {
        id,
        note,
        deck: BELOW,
        ord,
        changed_s: MADE_S,
        kind: 2,
        queue: 2,
        due: 320,
        interval: 20,
        factor: 2300,
        lapses: 1,
        ..Card::default()
    }
}

/// Three notes, two of them studied.
fn fill(db: &rusqlite::Connection) {
    note(db, 1, BOTH, "t", &["苹果", "apple"]);
    card(db, review(11, 1, 0));
    card(db, Card { queue: -1, ..review(12, 1, 1) });
    for (day, ease) in [(1, 3), (5, 1), (6, 3), (9, 4)] {
        answer(db, (MADE_S + day * DAY_S) * 1000, 11, ease, 1);
    }
    note(db, 2, CLOZE, "", &["{{c1::Rome}} is {{c2::old}}", ""]);
    card(db, Card { id: 21, note: 2, deck: BELOW, due: 1, ..Card::default() });
    card(db, Card { id: 22, note: 2, deck: BELOW, ord: 1, due: 1, ..Card::default() });
    note(db, 3, BASIC, "", &["dog", "Hund"]);
    card(db, review(31, 3, 0));
}

/// The states of all cards, the suspended ones marked, by front and direction.
fn states(desk: &Desk) -> Vec<String> {
    let mut states = Vec::new();
    for note in desk.search("") {
        for card in note["cards"].as_array().unwrap() {
            let (front, slot) = (text(&note["front"]), text(&card["direction"]));
            states.push(format!("{front} {slot} {}", card["state"]));
        }
    }
    states.sort();
    states
}

/// What a document shows of decks, notes and cards.
fn shown(desk: &Desk) -> [Value; 3] {
    let mut document = desk.document();
    ["decks", "notes", "cards"].map(|part| document[part].take())
}

fn events(desk: &Desk, kind: &str) -> usize {
    let document = desk.document();
    document["events"].as_array().unwrap().iter().filter(|event| event["kind"] == kind).count()
}

#[test]
fn cards_schedules_and_answers_come_along_once() {
    let desk = Desk::new();
    for (at, (name, package)) in hand::containers(fill).into_iter().enumerate() {
        let before = (at > 0).then(|| desk.tables());
        let plan = desk.import(&format!("{name}.apkg"), package);
        let expected = if at == 0 { ("added", 3) } else { ("unchanged", 3) };
        assert_eq!(plan[expected.0], expected.1, "{name}: {plan}");
        if let Some(before) = before {
            assert_eq!(desk.tables(), before, "{name}: nothing new");
        }
    }
    assert_eq!((events(&desk, "imported"), events(&desk, "base")), (4, 3));
    assert_eq!(events(&desk, "suspend"), 1);
    let apple = desk.note("苹果");
    assert_eq!(
        apple["cards"][0]["state"],
        serde_json::json!({
            "repetitions": 2, "ease_centi": 230, "interval": 20, "due": "2026-11-17", "lapses": 1,
            "suspended": false, "buried": false, "leech": false,
        })
    );
    assert_eq!(apple["cards"][1]["state"]["suspended"], true);
    let rome = desk.search("rome").remove(0);
    let slots: Vec<_> =
        rome["cards"].as_array().unwrap().iter().map(|card| text(&card["direction"])).collect();
    assert_eq!(slots, ["c1", "c2"]);
    desk.is_sound();
}

#[test]
fn a_cloze_card_leaves_its_gap_out() {
    let desk = Desk::new();
    desk.import("x.apkg", hand::package(fill));
    let rome = desk.search("rome").remove(0);
    for front in ["dog", "苹果"] {
        desk.ok(&["suspend", &desk.card(front)]);
    }
    for (place, question) in [(0, "[...] is old"), (1, "Rome is [...]")] {
        let next = desk.json(&["next"]);
        let shown = &next["card"];
        assert!(shown.is_object(), "{next}");
        assert_eq!(shown["id"], rome["cards"][place]["id"]);
        assert_eq!(
            (text(&shown["question"]), text(&shown["answer"])),
            (question.to_owned(), "Rome is old".to_owned())
        );
        desk.ok(&["suspend", &text(&shown["id"])]);
    }
    assert!(desk.ok(&["search", "rome"]).contains("Rome is old = "));
}

#[test]
fn our_own_package_changes_nothing_whatever_was_done() {
    let mut desk = Desk::new();
    desk.import("x.apkg", hand::package(fill));
    desk.import(
        "odd.json",
        r#"{"termdeck":1,"notes":[{"id":"a","deck":"Odd","front":"  a ","back":"b","tags":["two words"]},
            {"id":"l","deck":"Odd","front":"law <3>","back":"x\n\n\ny"},
            {"id":"s","deck":"Odd","front":"[sound:z]","back":"&amp;"}],
            "cards":[{"id":"1","note":"a","direction":"forward"},
            {"id":"2","note":"l","direction":"forward"},{"id":"3","note":"l","direction":"reverse"},
            {"id":"4","note":"s","direction":"reverse"}]}"#,
    );
    let id = |front: &str, at: usize| text(&desk.note(front)["cards"][at]["id"]);
    let (apple, law) = (id("苹果", 0), id("law <3>", 0));
    desk.ok(&["answer", &apple, "1"]);
    desk.ok(&["answer", &apple, "3"]);
    desk.ok(&["answer", &law, "2"]);
    desk.ok(&["answer", &id("law <3>", 1), "5"]);
    desk.ok(&["undo"]);
    desk.ok(&["bury", &id("  a ", 0)]);
    desk.at("2026-11-24T12:00:00Z");
    desk.ok(&["answer", &law, "4"]);
    desk.ok(&["unsuspend", &text(&desk.note("苹果")["cards"][1]["id"])]);
    desk.ok(&["export", "--quiet", "-o", "ours.apkg"]);
    let package = std::fs::read(desk.path("ours.apkg")).unwrap();
    let before = desk.tables();
    let plan = desk.import("ours.apkg", &package);
    assert_eq!((&plan["rows"], &plan["unchanged"]), (&6.into(), &6.into()), "{plan}");
    assert_eq!(desk.tables(), before);

    let elsewhere = Desk::new();
    elsewhere.import("ours.apkg", package);
    let without_passes = |desk: &Desk| -> Vec<String> {
        let cut = |line: String| {
            line.split_once(",\"ease")
                .map(|(a, b)| format!("{}{b}", a.split_once('{').map_or(a, |(a, _)| a)))
        };
        states(desk)
            .into_iter()
            .filter_map(cut)
            .filter(|line| !line.contains("\"buried\":true"))
            .collect()
    };
    assert_eq!(without_passes(&elsewhere).len(), without_passes(&desk).len());
    assert_eq!(without_passes(&elsewhere), without_passes(&desk));
}

#[test]
fn answers_given_elsewhere_are_added_and_newer_schedules_taken() {
    let mut desk = Desk::new();
    desk.at("2026-10-01T12:00:00Z");
    desk.import("x.apkg", hand::package(fill));
    let dog = text(&desk.note("dog")["cards"][0]["id"]);
    desk.at("2026-11-20T12:00:00Z");
    desk.ok(&["answer", &dog, "3"]);
    let own = desk.note("dog")["cards"][0]["state"].clone();
    let later = hand::package(|db| {
        fill(db);
        // 苹果 was reviewed there since, the dog before it was reviewed here.
        answer(db, (MADE_S + 300 * DAY_S) * 1000, 11, 3, 1);
        answer(db, (MADE_S + 310 * DAY_S) * 1000, 31, 1, 1);
        db.execute_batch(
            "UPDATE cards SET due = 400, ivl = 46 WHERE id = 11;
             UPDATE cards SET due = 311, ivl = 1 WHERE id = 31;
             INSERT INTO cards SELECT 32, 3, did, 1, mod, usn, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, ''
                 FROM cards WHERE id = 31;
             UPDATE notes SET mid = 2 WHERE id = 3;",
        )
        .unwrap();
    });
    let before = shown(&desk);
    let old_states = states(&desk);
    let plan = desk.import("later.apkg", later);
    assert_eq!(plan["unchanged"], 3, "{plan}");
    let reports: Vec<_> = plan["reports"].as_array().unwrap().iter().map(text).collect();
    assert!(reports.contains(&"2 known notes with new cards or answers".to_owned()), "{reports:?}");
    assert_eq!(events(&desk, "imported"), 6);
    assert_eq!(desk.note("苹果")["cards"][0]["state"]["due"], "2027-02-05");
    let dog = desk.note("dog");
    assert_eq!(dog["cards"][0]["state"], own, "what was done here later holds");
    assert_eq!(dog["cards"].as_array().unwrap().len(), 2, "a new card came along");
    desk.is_sound();

    let imports = desk.json(&["imports"]);
    desk.ok(&["imports", "undo", &text(&imports["imports"][0]["id"])]);
    assert_eq!(shown(&desk), before, "its card goes with the import");
    assert_eq!(states(&desk), old_states);
    desk.is_sound();
}

#[test]
fn an_import_that_was_taken_back_can_come_again() {
    let desk = Desk::new();
    let plan = desk.import("x.apkg", hand::package(fill));
    let (notes, old) = (shown(&desk), states(&desk));
    desk.ok(&["imports", "undo", &text(&plan["import"])]);
    assert!(desk.search("").is_empty());
    desk.is_sound();
    desk.import("x.apkg", hand::package(fill));
    assert_eq!(states(&desk), old);
    let ids = |[_, notes, cards]: [Value; 3]| {
        let mut ids: Vec<String> = [notes, cards]
            .iter()
            .flat_map(|rows| rows.as_array().unwrap())
            .map(|row| text(&row["id"]))
            .collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(shown(&desk)), ids(notes));
    desk.is_sound();
}

#[test]
fn notes_of_a_table_get_the_schedule_of_a_package() {
    let desk = Desk::new();
    desk.write("dogs.tsv", "dog\tHund\n苹果\tapple\n");
    desk.ok(&["import", "dogs.tsv", "--deck", "A::B", "--yes"]);
    let before = shown(&desk);
    let plan = desk.import("x.apkg", hand::package(fill));
    assert_eq!(plan["added"], 1, "only the cloze note is new: {plan}");
    let due = |front: &str| desk.note(front)["cards"][0]["state"]["due"].clone();
    assert_eq!((due("dog"), due("苹果")), ("2026-11-17".into(), "2026-11-17".into()));
    assert_eq!(desk.note("dog")["cards"].as_array().unwrap().len(), 2, "its own cards stay");
    desk.is_sound();
    desk.ok(&["imports", "undo", &text(&plan["import"])]);
    assert_eq!(shown(&desk), before);
    assert_eq!(due("dog"), Value::Null);
    desk.is_sound();
}

#[test]
fn a_card_that_a_document_gave_to_a_known_note_goes_with_it() {
    let desk = Desk::with_terms(&[("dog", "Hund")]);
    let note = text(&desk.note("dog")["id"]);
    let before = (shown(&desk), states(&desk));
    let document = format!(
        r#"{{"termdeck":1,"notes":[{{"id":"{note}","deck":"terms","front":"dog","back":"Hund"}}],
             "cards":[{{"id":"extra","note":"{note}","direction":"c1"}},
             {{"id":"quiet","note":"{note}","direction":"c2"}}],
             "events":[{{"card":"extra","at":1790000000000,"kind":"review","grade":4}}]}}"#
    );
    let plan = desk.import("more.json", &document);
    assert_eq!(desk.note("dog")["cards"].as_array().unwrap().len(), 4);
    desk.ok(&["imports", "undo", &text(&plan["import"])]);
    assert_eq!((shown(&desk), states(&desk)), before);
    desk.is_sound();
    let again = desk.import("more.json", &document);
    assert_eq!(desk.note("dog")["cards"].as_array().unwrap().len(), 4, "{again}");
    assert_eq!(desk.note("dog")["cards"][2]["state"]["repetitions"], 1);
    desk.is_sound();
}

#[test]
fn cloze_text_of_a_table_makes_a_card_for_each_gap() {
    let desk = Desk::new();
    desk.import("gaps.tsv", "{{c1::Rome}} is {{c2::old}}\tsince ever\nplain\tword\n");
    let slots = |query: &str| -> Vec<String> {
        let note = desk.search(query).remove(0);
        note["cards"].as_array().unwrap().iter().map(|card| text(&card["direction"])).collect()
    };
    assert_eq!(slots("rome"), ["c1", "c2"]);
    assert_eq!(slots("plain"), ["forward", "reverse"]);
}

#[test]
fn answers_that_came_before_all_time_are_no_match() {
    let desk = Desk::new();
    desk.import("x.apkg", hand::package(fill));
    let dog = text(&desk.note("dog")["cards"][0]["id"]);
    let mut document = desk.document();
    for hlc in [i64::MIN, -1, 0] {
        let event = serde_json::json!(
            { "card": dog, "at": 1000, "hlc": hlc, "kind": "review", "grade": 4 });
        document["events"].as_array_mut().unwrap().push(event);
    }
    let plan = desk.import("odd.json", document.to_string());
    assert!(plan["reports"].to_string().contains("3 events"), "{plan}");
    let later = hand::package(|db| {
        fill(db);
        answer(db, i64::MAX, 31, 3, 1);
        answer(db, (MADE_S + 310 * DAY_S) * 1000, 31, 3, 1);
    });
    desk.import("later.apkg", later);
    assert_eq!(events(&desk, "imported"), 6);
}

#[test]
fn each_answer_given_here_accounts_for_one_that_comes_back() {
    let at = |second: i64| (MADE_S + second) * 1000;
    let package = |seconds: &[i64]| {
        hand::package(|db| {
            fill(db);
            for second in seconds {
                answer(db, at(*second), 31, 3, 1);
            }
        })
    };
    let desk = Desk::new();
    desk.import("x.apkg", package(&[100, 130, 160]));
    let first = events(&desk, "imported");
    // Two the same, one that is late, one too late, and one too early.
    desk.import("later.apkg", package(&[100, 130, 220, 221, 99]));
    assert_eq!(events(&desk, "imported"), first + 2);
}
