//! A deck file that grows while its cards are learnt.

use serde_json::{Value, json};

use crate::common::{Desk, text};

/// Returns a deck of `count` rows with a header.
fn rows(count: usize) -> Vec<String> {
    let mut lines = vec!["front\tback\tnote".to_owned()];
    lines.extend((1..=count).map(|n| format!("词语{n}\tword number {n}\tlesson {}", n / 10)));
    lines
}

fn file(lines: &[String]) -> String {
    lines.join("\n") + "\n"
}

/// Returns the cards of every note with their states, by the note's id.
fn schedules(desk: &Desk) -> Vec<(String, Value)> {
    let mut all: Vec<(String, Value)> =
        desk.search("").iter().map(|note| (text(&note["id"]), note["cards"].clone())).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

/// Reviews the next `count` cards.
fn review(desk: &Desk, count: usize) {
    for n in 0..count {
        let card = text(&desk.json(&["next"])["card"]["id"]);
        desk.json(&["answer", &card, ["again", "hard", "good", "easy"][n % 4]]);
    }
}

/// Appends ten rows and corrects three backs, one of them of a reviewed card.
fn grown() -> Vec<String> {
    let mut lines = rows(210);
    for n in [1, 77, 200] {
        lines[n] = lines[n].replace("word number", "term number");
    }
    lines
}

#[test]
fn a_grown_file_adds_and_corrects_and_moves_no_schedule() {
    let desk = Desk::new();
    assert_eq!(desk.import("words.tsv", file(&rows(200)))["added"], 200);
    review(&desk, 20);
    let before = schedules(&desk);

    let report = desk.import("words.tsv", file(&grown()));
    let counts = [
        ("rows", 210),
        ("added", 10),
        ("updated", 3),
        ("unchanged", 197),
        ("renamed", 0),
        ("duplicates", 0),
        ("conflicts", 0),
        ("skipped", 0),
        ("rejected", 0),
        ("gone", 0),
    ];
    for (name, count) in counts {
        assert_eq!(report[name], count, "{name}: {report}");
    }
    let after = schedules(&desk);
    assert_eq!(after.len(), 210);
    for (id, cards) in &before {
        let kept = after.iter().find(|(other, _)| other == id);
        assert_eq!(kept.map(|(_, cards)| cards), Some(cards), "{id}");
    }
    assert_eq!(desk.note("词语77")["back"], "term number 77");
    desk.is_sound();
}

#[test]
fn the_same_file_once_more_leaves_every_table_as_it_is() {
    let desk = Desk::new();
    desk.import("words.tsv", file(&rows(200)));
    review(&desk, 20);
    desk.import("words.tsv", file(&grown()));
    let before = desk.tables();
    let again = desk.import("words.tsv", file(&grown()));
    assert_eq!(again["unchanged"], 210);
    assert_eq!(desk.tables(), before);

    // Neither the order of the rows nor the bytes around them are a change.
    let mut turned = grown();
    turned[1..].reverse();
    let windows = turned.join("\r\n") + "\r\n";
    assert_eq!(desk.import("words.tsv", windows)["unchanged"], 210);
    assert_eq!(desk.tables(), before);
}

#[test]
fn an_import_is_taken_back_as_a_whole() {
    let mut desk = Desk::new();
    desk.import("words.tsv", file(&rows(200)));
    review(&desk, 20);
    let before = desk.document();
    desk.at("2026-11-23T13:00:00Z");
    desk.import("words.tsv", file(&grown()));

    let imports = desk.json(&["imports"]);
    let newest = &imports["imports"][0];
    assert_eq!((&newest["added"], &newest["updated"]), (&json!(10), &json!(3)), "{imports}");
    assert_eq!(newest["path"], "words.tsv");
    let change = desk.json(&["imports", "undo", &text(&newest["id"])[..8]]);
    assert_eq!(change["kept"], json!([]), "{change}");
    assert_eq!(change["notes"].as_array().unwrap().len(), 13);
    assert_eq!(shown(&desk.document()), shown(&before));
    assert_eq!(desk.json(&["imports"])["imports"][0]["undone"], true);
    desk.is_sound();

    let said = desk.fails(&["imports", "undo", &text(&newest["id"])]);
    assert!(said.contains("was taken back already"), "{said}");
}

/// Returns a document without the stamps of its rows.
fn shown(document: &Value) -> Value {
    let mut document = document.clone();
    for note in document["notes"].as_array_mut().unwrap() {
        note.as_object_mut().unwrap().remove("stamp");
    }
    document
}

#[test]
fn notes_that_were_reviewed_since_stay_when_their_import_is_taken_back() {
    let desk = Desk::new();
    desk.import("words.tsv", file(&rows(5)));
    desk.json(&["answer", &desk.card("词语3"), "4"]);
    let id = text(&desk.json(&["imports"])["imports"][0]["id"]);
    let change = desk.json(&["imports", "undo", &id]);
    assert_eq!(change["kept"].as_array().unwrap().len(), 1, "{change}");
    assert_eq!(change["kept"][0]["id"], desk.note("词语3")["id"]);
    assert_eq!(desk.fronts(""), ["词语3"]);
    desk.is_sound();
}

#[test]
fn with_force_reviewed_notes_go_too() {
    let desk = Desk::new();
    desk.import("words.tsv", file(&rows(5)));
    desk.json(&["answer", &desk.card("词语3"), "4"]);
    let id = text(&desk.json(&["imports"])["imports"][0]["id"]);
    let change = desk.json(&["imports", "undo", &id, "--force"]);
    assert_eq!(change["kept"], json!([]));
    assert!(desk.fronts("").is_empty());
    // The file brings them again, as they were left.
    assert_eq!(desk.import("words.tsv", file(&rows(5)))["added"], 5);
    desk.is_sound();
}

#[test]
fn two_devices_that_read_the_same_file_make_the_same_notes() {
    let ids = |now: &str, lines: &[String]| {
        let mut desk = Desk::new();
        desk.at(now).import("words.tsv", file(lines));
        let mut ids: Vec<(String, String)> = desk
            .search("")
            .iter()
            .flat_map(|note| {
                let note_id = text(&note["id"]);
                let cards = note["cards"].as_array().unwrap().clone();
                cards.into_iter().map(move |card| (note_id.clone(), text(&card["id"])))
            })
            .collect();
        ids.sort();
        ids
    };
    let mut lines = rows(30);
    // Two senses of one word are two notes, on every device the same two.
    lines.push("词语3\tanother sense\t".to_owned());
    let one = ids("2026-11-23T12:00:00Z", &lines);
    assert_eq!(one.len(), 62);
    let mut turned = lines.clone();
    turned[1..].reverse();
    assert_eq!(ids("2027-01-01T00:00:00+08:00", &turned), one);
}

#[test]
fn a_corrected_front_keeps_the_progress() {
    let desk = Desk::new();
    let mut lines = rows(10);
    lines[4] = "人工智能大摸型\tlarge-scale AI models\t".to_owned();
    desk.import("words.tsv", file(&lines));
    desk.json(&["answer", &desk.card("人工智能大摸型"), "4"]);
    let before = desk.note("人工智能大摸型");
    lines[4] = "人工智能大模型\tlarge-scale AI models\t".to_owned();
    let report = desk.import("words.tsv", file(&lines));
    assert_eq!((&report["renamed"], &report["unchanged"]), (&json!(1), &json!(9)), "{report}");
    let after = desk.note("人工智能大模型");
    assert_eq!((&after["id"], &after["cards"]), (&before["id"], &before["cards"]));
}
