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
fn every_figure_of_the_cards_as_they_are_is_right() {
    let base = |interval: u32, due: &str, lapses: u32| {
        json!({ "repetitions": 3, "ease_centi": 180, "interval": interval, "due": due,
                "lapses": lapses })
    };
    let cards = [
        ("c1", Some(base(20, "2026-11-20", 8))), // young, overdue, a leech
        ("c2", Some(base(21, "2026-11-23", 12))), // mature, due today, the worst leech
        ("c3", Some(base(100, "2026-12-22", 7))), // mature, on the last day of the forecast
        ("c4", Some(base(5, "2026-12-23", 0))),  // young, a day beyond it
        ("c5", None),
        ("c6", Some(base(9, "2026-11-25", 0))), // suspended
        ("c7", Some(base(9, "2026-11-25", 0))), // buried today
    ];
    let notes: Vec<Value> = (0..)
        .zip(&cards)
        .map(|(nth, (card, _))| {
            let added = at(if nth < 4 { "2026-10-24" } else { "2026-11-23" }, "03:00");
            json!({ "id": format!("n-{card}"), "deck": "d", "front": card, "back": "x",
                    "added": added })
        })
        .collect();
    let slots: Vec<Value> = cards
        .iter()
        .map(|(card, _)| json!({ "id": card, "note": format!("n-{card}"), "direction": "forward" }))
        .collect();
    let mut events: Vec<Value> = cards
        .iter()
        .filter_map(|(card, base)| Some(event(card, "2026-10-01", "08:00", "base", base.as_ref()?)))
        .collect();
    events.push(event("c6", "2026-11-01", "08:00", "suspend", &json!({ "cause": "user" })));
    events.push(event("c7", "2026-11-23", "09:00", "bury", &json!({})));
    let document = json!({
        "termdeck": 1, "decks": [], "notes": notes, "cards": slots, "events": events,
    });
    let desk = Desk::new();
    desk.import("cards.json", document.to_string());
    let stats = desk.json(&["stats"]);
    let counts = json!({ "new": 1, "young": 3, "mature": 2, "suspended": 1 });
    assert_eq!(stats["cards"], counts, "what is buried is part of its age");
    assert_eq!(stats["intervals"], json!({ "5": 1, "9": 1, "20": 1, "21": 1, "100": 1 }));
    assert_eq!(stats["eases"], json!({ "180": 5 }));
    assert_eq!(stats["leeches"], 2);
    let worst: Value =
        stats["worst"].as_array().unwrap().iter().map(|leech| leech["question"].clone()).collect();
    assert_eq!(worst, json!(["c2", "c1"]));
    assert_eq!(stats["overdue"], 1);
    let due: Vec<&Value> =
        stats["forecast"].as_array().unwrap().iter().filter(|day| day["due"] != 0).collect();
    let days = [("2026-11-23", 2), ("2026-11-25", 1), ("2026-12-22", 1)];
    assert_eq!(
        due,
        days.map(|(day, due)| json!({ "day": day, "due": due })).iter().collect::<Vec<_>>()
    );
    // 03:00 in Shanghai is 19:00 the day before in UTC, where it is looked at.
    let added: Vec<&Value> =
        stats["added"].as_array().unwrap().iter().filter(|day| day["cards"] != 0).collect();
    assert_eq!(added, [&json!({ "day": "2026-11-22", "cards": 3 })], "the others are older");
    let all = desk.json(&["stats", "--days", "60"]);
    assert_eq!(all["forecast"][30], json!({ "day": "2026-12-23", "due": 1 }));
}

#[test]
fn hours_and_streaks_are_those_of_the_log() {
    let days = ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-10", "2026-11-20", "2026-11-21"];
    let notes: Vec<Value> = (0..days.len())
        .map(|n| json!({ "id": format!("n{n}"), "deck": "d", "front": format!("w{n}"), "back": "x" }))
        .collect();
    let cards: Vec<Value> = (0..days.len())
        .map(|n| json!({ "id": format!("c{n}"), "note": format!("n{n}"), "direction": "forward" }))
        .collect();
    let mut events: Vec<Value> = (0..)
        .zip(days)
        .map(|(n, day)| answer(&format!("c{n}"), day, "22:00", "review", 4, 61_000))
        .collect();
    // Half past three at night, on the study day before; the hour is that of the clock.
    let mut late = answer("c0", "2026-11-02", "22:00", "review", 2, 500);
    late["at"] = json!(at("2026-11-03", "03:30"));
    events.push(late);
    events.push(answer("c0", "2026-11-02", "23:59", "drill", 2, 500));
    let document = json!({
        "termdeck": 1, "decks": [], "notes": notes, "cards": cards, "events": events,
    });
    let desk = Desk::new();
    desk.import("days.json", document.to_string());
    let stats = desk.json(&["stats"]);
    assert_eq!(pick(&stats, &["days_studied", "streak", "longest_streak"]), json!([6, 0, 3]));
    let hour = json!({ "hour": 3, "reviews": 1, "passed": 0 });
    assert_eq!(stats["hours"][3], hour, "new cards and the drill are left out");
    assert_eq!(stats["hours"][22]["reviews"], 0);
    assert_eq!(stats["time_ms"], 6 * 60_000 + 2 * 500, "a minute at most");
    assert_eq!(stats["retention"]["young"], 0.0);
    assert_eq!(stats["per_day"][8]["day"], "2026-11-02");
    assert_eq!(
        pick(&stats["per_day"][8], &["reviews", "new", "again", "drill"]),
        json!([2, 1, 1, 1])
    );
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
