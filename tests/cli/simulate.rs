//! `simulate`: what the coming year brings.

use serde_json::{Value, json};

use crate::common::{Desk, table};

/// Returns a desk with a deck `terms` of so many cards, none answered.
fn terms(count: usize) -> Desk {
    let rows: Vec<(String, String)> =
        (0..count).map(|n| (format!("词{n}"), format!("word {n}"))).collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let desk = Desk::new();
    desk.write("terms.tsv", table(&rows));
    desk.json(&["import", "terms.tsv", "--yes", "--direction", "forward"]);
    desk
}

fn sum(plan: &Value, name: &str) -> u64 {
    plan["days"].as_array().unwrap().iter().map(|day| day[name].as_u64().unwrap()).sum()
}

#[test]
fn every_day_is_listed_and_the_limits_hold() {
    let desk = terms(60);
    let found = desk.json(&["simulate", "TERMS", "--days", "30", "--new", "4", "--reviews", "3"]);
    assert_eq!((&found["deck"], &found["seed"]), (&json!("terms"), &json!(0)));
    assert_eq!((&found["from"], &found["to"]), (&json!("2026-11-23"), &json!("2026-12-22")));
    let learner = json!({ "own": false, "reviews": 0, "retention": null, "strength": 1.0 });
    assert_eq!(found["learner"], learner);
    let plan = &found["plans"][0];
    assert_eq!((&plan["new_per_day"], &plan["reviews_per_day"]), (&json!(4), &json!(3)));
    let days = plan["days"].as_array().unwrap();
    assert_eq!(days.len(), 30);
    assert!(days.iter().all(|day| day["reviews"].as_u64().unwrap() <= 3), "{days:?}");
    assert_eq!((sum(plan, "new"), &days[0]["new"]), (60, &json!(4)));
    assert_eq!((&days[29]["day"], &days[29]["seen"]), (&json!("2026-12-22"), &json!(60)));
    assert!(days[29]["backlog"].as_u64().unwrap() > 0, "three a day are too few");
}

#[test]
fn a_seed_names_one_year_and_nothing_is_written() {
    let desk = terms(40);
    let year =
        |seed: &str| desk.json(&["simulate", "--days", "60", "--seed", seed])["plans"].take();
    let before = desk.tables();
    assert_eq!(year("7"), year("7"));
    assert_ne!(year("7"), year("8"));
    assert_eq!(desk.tables(), before);
}

#[test]
fn limits_stand_side_by_side_and_cards_can_be_added() {
    let desk = terms(100);
    let found = desk.json(&["simulate", "--compare", "--days", "10", "--add", "300"]);
    let plans = found["plans"].as_array().unwrap();
    let told: Vec<(Value, u64)> =
        plans.iter().map(|plan| (plan["new_per_day"].clone(), sum(plan, "new"))).collect();
    assert_eq!(told, [(json!(5), 50), (json!(10), 100), (json!(20), 200), (json!(40), 400)]);
    for args in [["simulate", "--compare", "--new", "3"], ["simulate", "--days", "0", "-q"]] {
        assert_eq!(desk.run(&args).status, 2, "{args:?}");
    }
    assert!(desk.fails(&["simulate", "nothing"]).contains("no deck"));
}

#[test]
fn what_was_done_today_and_what_is_due_is_where_it_begins() {
    let mut desk = terms(6);
    for (front, grade) in [("词0", "good"), ("词1", "again")] {
        desk.json(&["answer", &desk.card(front), grade]);
    }
    desk.json(&["suspend", &desk.card("词5")]);
    desk.json(&["decks", "set", "terms", "new_per_day=3"]);
    let first = |desk: &Desk| desk.json(&["simulate", "--days", "2"])["plans"][0]["days"].clone();
    let days = first(&desk);
    assert_eq!((&days[0]["new"], &days[0]["reviews"]), (&json!(1), &json!(0)), "one new is left");
    assert_eq!((&days[1]["new"], &days[1]["reviews"]), (&json!(2), &json!(3)), "none suspended");
    desk.at("2026-11-27T12:00:00Z");
    let days = first(&desk);
    assert_eq!((&days[0]["new"], &days[0]["reviews"]), (&json!(3), &json!(2)), "both are due");
}

#[test]
fn each_deck_keeps_its_own_limit_and_all_together_the_common_one() {
    let desk = terms(50);
    desk.import("other.tsv", table(&[("a", "b"), ("c", "d"), ("e", "f")]));
    desk.json(&["decks", "set", "other", "new_per_day=1"]);
    let new = |args: &[&str]| desk.json(&[&["simulate", "--days", "1"], args].concat());
    assert_eq!(sum(&new(&[])["plans"][0], "new"), 21);
    assert_eq!(sum(&new(&["other"])["plans"][0], "new"), 1);
    assert_eq!(sum(&new(&["--new", "2"])["plans"][0], "new"), 4, "two of each deck");
    desk.ok(&["config", "set", "new_per_day_total", "9", "-q"]);
    assert_eq!(sum(&new(&[])["plans"][0], "new"), 9);
    for (nth, front) in (0..8).map(|nth| (nth, format!("词{nth}"))) {
        desk.json(&["answer", &desk.card(&front), if nth % 2 == 0 { "4" } else { "5" }]);
    }
    desk.json(&["decks", "set", "other", "new_per_day=none"]);
    assert_eq!(sum(&new(&["other"])["plans"][0], "new"), 1, "eight of nine went to another deck");
}

#[test]
fn added_cards_go_to_the_deck_that_is_named_or_to_the_only_one() {
    let added = |desk: &Desk, args: &[&str]| {
        let args = [&["simulate", "--days", "1", "--new", "none", "--add", "7"], args].concat();
        sum(&desk.json(&args)["plans"][0], "new")
    };
    assert_eq!(added(&Desk::new(), &[]), 7, "a deck with the default options");
    let desk = terms(2);
    assert_eq!(added(&desk, &[]), 9);
    desk.import("other.tsv", table(&[("a", "b")]));
    assert_eq!(added(&desk, &["terms"]), 9);
    let refused = desk.fails(&["simulate", "--add", "7"]);
    assert!(refused.contains("--add needs a DECK"), "{refused}");
    assert_eq!(desk.run(&["simulate", "--add", "1000001"]).status, 2);
}

#[test]
fn a_log_of_some_hundred_answers_tells_who_learns() {
    let (mut notes, mut cards, mut events) = (Vec::new(), Vec::new(), Vec::new());
    for nth in 0..210_i64 {
        notes.push(json!({ "id": format!("n{nth}"), "deck": "d", "front": format!("w{nth}"), "back": "x" }));
        cards.push(
            json!({ "id": format!("c{nth}"), "note": format!("n{nth}"), "direction": "forward" }),
        );
        for (day, date) in (0..).zip(["2026-11-01", "2026-11-02"]) {
            let grade = if day == 1 && nth % 5 == 0 { 2 } else { 4 };
            events.push(json!({
                "card": format!("c{nth}"), "at": 1_793_520_000_000_i64 + day * 86_400_000 + nth,
                "offset_min": 0, "day": date, "kind": "review", "grade": grade, "ms": 3_000,
            }));
        }
    }
    let document = json!({
        "termdeck": 1, "decks": [], "notes": notes, "cards": cards, "events": events,
    });
    let desk = Desk::new();
    desk.import("log.json", document.to_string());
    let found = desk.json(&["simulate", "--days", "1"]);
    let learner = &found["learner"];
    assert_eq!((&learner["own"], &learner["retention"]), (&json!(true), &json!(0.8)));
    assert!(learner["strength"].as_f64().unwrap() < 1.0, "weaker than usual: {learner}");
    let day = &found["plans"][0]["days"][0];
    // Each answer takes three seconds, and so does a card in the drill, by what is usual.
    assert_eq!((&day["reviews"], &day["seen"]), (&json!(210), &json!(210)));
    let failed = 210 - day["passed"].as_u64().unwrap();
    let time = day["time_ms"].as_u64().unwrap();
    assert_eq!(time, 210 * 3_000 + failed * 12_320);
    let said = desk.ok(&["simulate", "--days", "1"]);
    assert!(said.contains("by your own 420 reviews: 80 % remembered"), "{said}");
}

#[test]
fn the_table_is_of_plain_signs_without_a_terminal() {
    let desk = terms(30);
    insta::assert_snapshot!(desk.ok(&["simulate", "--days", "21", "--new", "5"]), @r"
    all decks: 30 cards, 30 of them new
    new cards 5 a day, reviews without limit
    by a usual learner: 0 reviews of your own are too few to go by

                     reviews   time  known  new  waiting
    23 Nov - 29 Nov      6.7  3 min     29  4.3        0  ####################
    30 Nov -  6 Dec        5  1 min     29    0        0  ###############
     7 Dec - 13 Dec      0.9   18 s     28    0        0  ###
    ");
    insta::assert_snapshot!(desk.ok(&["simulate", "--days", "90", "--compare"]), @r"
    all decks: 30 cards, 30 of them new
    by a usual learner: 0 reviews of your own are too few to go by

                  reviews  time  known    most  waiting
    5 new a day       1.9  38 s     29   4 min        0  ###################
    10 new a day      1.9  40 s     29   7 min        0  ###################
    20 new a day        2  41 s     29  10 min        0  ####################
    40 new a day      1.9  39 s     29   9 min        0  ###################
    ");
    let empty = Desk::new().ok(&["simulate", "--days", "2"]);
    assert!(empty.starts_with("all decks: 0 cards, 0 of them new"), "{empty}");
}
