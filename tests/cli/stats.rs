//! `stats`, with figures that were computed by hand.

use serde_json::{Value, json};

use crate::common::Desk;

/// Returns a moment in Shanghai as Unix milliseconds.
fn at(day: &str, time: &str) -> i64 {
    let text = format!("{day}T{time}:00+08:00");
    chrono::DateTime::parse_from_rfc3339(&text).unwrap().timestamp_millis()
}

fn event(card: &str, day: &str, time: &str, kind: &str, rest: &Value) -> Value {
    let mut event = json!({
        "card": card, "at": at(day, time), "offset_min": 480, "day": day, "kind": kind,
    });
    event.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
    event
}

fn answer(card: &str, day: &str, time: &str, kind: &str, grade: u8, ms: u32) -> Value {
    event(card, day, time, kind, &json!({ "grade": grade, "ms": ms }))
}

/// A history of four cards in three decks, up to noon of 2026-11-23.
fn history() -> Desk {
    let base = json!({
        "repetitions": 5, "ease_centi": 250, "interval": 30, "due": "2026-11-19", "lapses": 0,
    });
    let mut undone = answer("c3", "2026-11-22", "08:30", "review", 3, 1_000);
    undone["id"] = "undone".into();
    let decks = ["语言::词", "语言", "other", "other"];
    let fronts = ["国家", "银行", "cat", "dog"];
    let notes: Vec<Value> = (1..)
        .zip(decks.iter().zip(fronts))
        .map(|(n, (deck, front))| {
            json!({ "id": format!("n{n}"), "deck": deck, "front": front, "back": "x",
                    "added": at("2026-11-01", "12:00") })
        })
        .collect();
    let cards: Vec<Value> = (1..=4)
        .map(|n| json!({ "id": format!("c{n}"), "note": format!("n{n}"), "direction": "forward" }))
        .collect();
    let document = json!({
        "termdeck": 1,
        "decks": [],
        "notes": notes,
        "cards": cards,
        "events": [
            answer("c1", "2026-11-01", "08:00", "review", 4, 5_000),
            answer("c1", "2026-11-02", "08:00", "review", 4, 4_000),
            answer("c1", "2026-11-08", "23:30", "review", 4, 3_000),
            answer("c1", "2026-11-23", "09:10", "review", 2, 70_000),
            answer("c1", "2026-11-23", "09:20", "drill", 4, 3_000),
            event("c2", "2026-10-20", "08:00", "base", &base),
            answer("c2", "2026-11-22", "08:00", "review", 5, 2_000),
            undone,
            event("c3", "2026-11-22", "08:40", "undo", &json!({ "voids": "undone" })),
            answer("c3", "2026-11-21", "08:00", "cram", 4, 9_000),
            answer("c4", "2026-11-20", "08:00", "imported", 4, 9_000),
        ],
    });
    let desk = Desk::new();
    desk.import("history.json", document.to_string());
    desk
}

/// Returns some fields of an object, to compare them at once.
fn pick(value: &Value, names: &[&str]) -> Value {
    names.iter().map(|name| value[name].clone()).collect()
}

const TOTALS: [&str; 9] =
    ["answers", "reviews", "new", "again", "drill", "time_ms", "cram", "cram_ms", "imported"];

#[test]
fn figures_are_those_computed_by_hand() {
    let desk = history();
    let stats = desk.json(&["stats"]);
    assert_eq!(pick(&stats, &["from", "to", "days"]), json!(["2026-10-25", "2026-11-23", 30]));
    assert_eq!(pick(&stats, &TOTALS), json!([6, 5, 1, 1, 1, 77_000, 1, 9_000, 1]));
    assert_eq!(pick(&stats["today"], &TOTALS), json!([2, 1, 0, 1, 1, 63_000, 0, 0, 0]));
    assert_eq!(pick(&stats, &["days_studied", "streak", "longest_streak"]), json!([5, 2, 2]));
    let retention = &stats["retention"];
    let counts = ["young_passed", "young_reviews", "mature_passed", "mature_reviews"];
    assert_eq!(pick(retention, &counts), json!([2, 3, 1, 1]));
    assert_eq!(retention["mature"], 1.0);
    assert_eq!(retention["young"], 2.0 / 3.0);
    assert_eq!(
        stats["grades"],
        json!({
            "new": [0, 0, 0, 0, 1, 0], "young": [0, 0, 1, 0, 2, 0], "mature": [0, 0, 0, 0, 0, 1],
        })
    );
    let hours: Vec<&Value> =
        stats["hours"].as_array().unwrap().iter().filter(|hour| hour["reviews"] != 0).collect();
    assert_eq!(
        hours,
        [
            &json!({ "hour": 8, "reviews": 2, "passed": 2 }),
            &json!({ "hour": 9, "reviews": 1, "passed": 0 }),
            &json!({ "hour": 23, "reviews": 1, "passed": 1 }),
        ]
    );
    assert_eq!(stats["intervals"], json!({ "1": 1, "78": 1 }));
    assert_eq!(stats["eases"], json!({ "250": 1, "260": 1 }));
    let cards = json!({ "new": 2, "young": 1, "mature": 1, "suspended": 0 });
    assert_eq!(stats["cards"], cards);
    assert_eq!(stats["forecast"][1], json!({ "day": "2026-11-24", "due": 1 }));
    assert_eq!(stats["forecast"].as_array().unwrap().len(), 30);
    desk.is_sound();
}

#[test]
fn each_day_is_listed_and_the_calendar_spans_a_year() {
    let stats = history().json(&["stats"]);
    let days = stats["per_day"].as_array().unwrap();
    assert_eq!(days.len(), 30);
    let fields = ["day", "reviews", "drill", "cram", "imported"];
    assert_eq!(pick(&days[29], &fields), json!(["2026-11-23", 1, 1, 0, 0]));
    assert_eq!(pick(&days[27], &fields), json!(["2026-11-21", 0, 0, 1, 0]));
    let calendar = stats["calendar"].as_array().unwrap();
    assert_eq!(calendar[0]["day"], "2025-11-24", "a Monday");
    let answered: Vec<&Value> = calendar.iter().filter(|day| day["answers"] != 0).collect();
    assert_eq!(answered.len(), 6, "what another program logged is part of the calendar");
    let added: Vec<&Value> =
        stats["added"].as_array().unwrap().iter().filter(|day| day["cards"] != 0).collect();
    assert_eq!(added, [&json!({ "day": "2026-11-01", "cards": 4 })]);
}

#[test]
fn a_range_and_a_deck_narrow_the_figures() {
    let desk = history();
    let cases = [
        (vec!["stats", "--days", "7"], json!([2, 0]), json!([0, 1, 1, 1])),
        (vec!["stats", "--days", "1"], json!([1, 0]), json!([0, 1, 0, 0])),
        (vec!["stats", "--days", "all"], json!([5, 1]), json!([2, 3, 1, 1])),
        (vec!["stats", "语言::词"], json!([4, 1]), json!([2, 3, 0, 0])),
        (vec!["stats", "语言"], json!([5, 1]), json!([2, 3, 1, 1])),
        (vec!["stats", "OTHER"], json!([0, 0]), json!([0, 0, 0, 0])),
    ];
    let counts = ["young_passed", "young_reviews", "mature_passed", "mature_reviews"];
    for (args, reviews, retention) in cases {
        let stats = desk.json(&args);
        assert_eq!(pick(&stats, &["reviews", "new"]), reviews, "{args:?}");
        assert_eq!(pick(&stats["retention"], &counts), retention, "{args:?}");
    }
    let all = desk.json(&["stats", "--days", "all"]);
    assert_eq!(all["from"], "2026-11-01", "the first answer");
    assert_eq!(desk.json(&["stats", "other"])["retention"]["young"], Value::Null);
    assert!(desk.fails(&["stats", "语"]).contains("no deck"));
    for days in ["0", "-1", "36501", "x"] {
        assert_eq!(desk.run(&["stats", "--days", days]).status, 2, "{days}");
    }
}

#[test]
fn an_answer_an_undo_and_a_move_are_counted_at_once() {
    let mut desk = history();
    let reviews = |desk: &Desk, deck: &str| desk.json(&["stats", deck])["reviews"].clone();
    assert_eq!((reviews(&desk, "other"), reviews(&desk, "语言")), (json!(0), json!(5)));
    desk.json(&["answer", &desk.card("cat"), "good"]);
    assert_eq!(reviews(&desk, "other"), 1);
    desk.json(&["undo"]);
    assert_eq!(reviews(&desk, "other"), 0);
    desk.json(&["redo"]);
    assert_eq!(reviews(&desk, "other"), 1);
    desk.json(&["move", "other", desk.note("国家")["id"].as_str().unwrap()]);
    assert_eq!((reviews(&desk, "other"), reviews(&desk, "语言")), (json!(5), json!(1)));
    desk.json(&["decks", "delete", "other"]);
    assert_eq!(desk.json(&["stats"])["reviews"], 6, "what was answered stays answered");
    desk.is_sound();
    desk.at("2026-11-24T12:00:00Z");
    assert_eq!(desk.json(&["stats"])["streak"], 2, "yesterday still counts");
}

#[test]
fn overdue_cards_are_due_today_and_a_leech_is_named() {
    let mut desk = history();
    for _ in 0..3 {
        desk.json(&["answer", &desk.card("cat"), "hard", "--cram"]);
    }
    desk.at("2026-11-26T12:00:00Z");
    let stats = desk.json(&["stats", "--days", "90"]);
    assert_eq!(stats["overdue"], 1);
    assert_eq!(stats["forecast"][0], json!({ "day": "2026-11-26", "due": 1 }));
    assert_eq!(stats["cram"], 4);
    let due: u64 =
        stats["forecast"].as_array().unwrap().iter().map(|day| day["due"].as_u64().unwrap()).sum();
    assert_eq!((due, stats["forecast"].as_array().unwrap().len()), (2, 90));
}

#[test]
fn a_long_log_is_counted_as_a_whole_and_then_bit_by_bit() {
    let ids = 0..350;
    let notes: Vec<Value> = ids
        .clone()
        .map(|n| json!({ "id": format!("n{n}"), "deck": "d", "front": format!("w{n}"), "back": "x" }))
        .collect();
    let cards: Vec<Value> = ids
        .clone()
        .map(|n| json!({ "id": format!("c{n}"), "note": format!("n{n}"), "direction": "forward" }))
        .collect();
    let events: Vec<Value> = ids
        .flat_map(|n| {
            let card = format!("c{n}");
            ["2026-11-01", "2026-11-02"].map(|day| answer(&card, day, "10:00", "review", 4, 1_000))
        })
        .collect();
    let document = json!({
        "termdeck": 1, "decks": [], "notes": notes, "cards": cards, "events": events,
    });
    let desk = Desk::new();
    desk.import("long.json", document.to_string());
    let stats = desk.json(&["stats"]);
    assert_eq!(pick(&stats, &["reviews", "new", "time_ms"]), json!([700, 350, 700_000]));
    desk.json(&["answer", &desk.card("w7"), "again"]);
    assert_eq!(desk.json(&["stats"])["reviews"], 701);
    desk.is_sound();
    let before = desk.tables();
    desk.json(&["stats"]);
    assert_eq!(desk.tables(), before, "nothing is written where nothing is new");
}

#[test]
fn without_a_terminal_figures_are_lines_with_bars_of_plain_signs() {
    let desk = history();
    let text = desk.ok(&["stats", "语言"]);
    assert!(text.is_ascii() || !text.contains('█'), "{text}");
    insta::assert_snapshot!(text, @r"
    语言, 30 days: 2026-10-25 to 2026-11-23

    today
      2 answers: 1 review, 1 in the drill
      0 new cards learnt
      100 % again: 1 of 1 review
      1 min in all, 32 s an answer
      2 days in a row, the longest ever

    in 30 days
      6 answers: 5 reviews, 1 in the drill
      1 new card learnt
      20 % again: 1 of 5 reviews
      1 min in all, 13 s an answer
      5 days studied

    retention
      67 % young: 2 of 3 remembered
      100 % mature: 1 of 1 remembered

    reviews
      1  Sun  1 Nov  ########################################
      1  Mon  2 Nov  ########################################
      1  Sun  8 Nov  ########################################
      1  Sun 22 Nov  ########################################
      1  Mon 23 Nov  ########################################

    remembered by hour
      100 % of 2  08 h  ########################################
        0 % of 1  09 h
      100 % of 1  23 h  ########################################

    forecast: 1 card due in 30 days, 0 overdue
      1  Tue 24 Nov  ########################################

    2 cards
      1  young   ########################################
      1  mature  ########################################

    intervals
      1  1 day     ########################################
      1  2 months  ########################################

    eases
      2  2.50-2.74  ########################################

    2 cards added
      2  Sun  1 Nov  ########################################

    0 leeches
    ");
    assert_eq!(desk.ok(&["stats", "语言", "--plain"]), text);
}

#[test]
fn an_empty_collection_has_statistics_too() {
    let desk = Desk::new();
    let stats = desk.json(&["stats"]);
    assert_eq!(pick(&stats, &TOTALS), json!([0, 0, 0, 0, 0, 0, 0, 0, 0]));
    assert_eq!(pick(&stats["retention"], &["young", "mature", "all"]), json!([null, null, null]));
    assert!(desk.ok(&["stats", "--days", "all"]).contains("0 answers"));
}

#[test]
fn damage_to_what_is_counted_is_found_and_repaired() {
    let desk = history();
    desk.json(&["stats"]);
    let db = rusqlite::Connection::open(desk.collection()).unwrap();
    db.execute("UPDATE answered SET answers = answers + 1 WHERE class = 2", []).unwrap();
    drop(db);
    let (status, report) = desk.json_and_status(&["doctor"]);
    assert_eq!(status, 1, "{report}");
    let found = report["checks"].as_array().unwrap().iter().find(|check| check["ok"] == false);
    assert_eq!(found.unwrap()["name"], "statistics", "{report}");
    let run = desk.run(&["doctor", "--repair"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(desk.json(&["stats"])["reviews"], 5);
    desk.is_sound();
}
