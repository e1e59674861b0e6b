//! `catch-up` and `vacation`: shown first, chosen then, said from then on.

use serde_json::{Value, json};

use crate::common::{Desk, table};

/// Returns a desk on 2026-12-02 with 30 cards overdue and 5 new ones.
fn behind() -> Desk {
    let mut desk = Desk::new();
    let rows = |what: &str, count: usize| -> Vec<(String, String)> {
        (0..count).map(|nth| (format!("{what}{nth}号"), format!("{what} {nth}"))).collect()
    };
    let rows_of = |rows: &[(String, String)]| {
        table(&rows.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect::<Vec<_>>())
    };
    desk.import("old.tsv", rows_of(&rows("旧", 30)));
    desk.json(&["decks", "set", "old", "direction=forward", "new_per_day=none"]);
    let document = desk.document();
    for card in document["cards"].as_array().unwrap() {
        if card["direction"] == "forward" {
            desk.json(&["answer", card["id"].as_str().unwrap(), "4"]);
        }
    }
    desk.import("new.tsv", rows_of(&rows("新", 5)));
    desk.json(&["decks", "set", "new", "direction=forward"]);
    desk.at("2026-12-02T12:00:00Z");
    desk
}

#[test]
fn a_pace_is_shown_day_by_day_and_holds_once_it_is_chosen() {
    let mut desk = behind();
    assert_eq!(desk.ok(&["due"]), "30 due, 5 new\n");
    assert_eq!(
        desk.ok(&["catch-up"]),
        "30 overdue, 0 due today\n\
         5 a day: clear within 1 week\n\
         3 a day: clear within 2 weeks\n\
         2 a day: clear within 4 weeks\n\
         `termdeck catch-up --per-day N` shows a pace day by day\n"
    );
    let shown = desk.run(&["catch-up", "--per-day", "12"]);
    assert_eq!(
        shown.out,
        "30 overdue, 0 due today; 12 a day:\n\
         day             due   done   left\n\
         2026-12-02        0     12     18\n\
         2026-12-03        0     12      6\n\
         2026-12-04        0      6      0\n\
         clear on 4 Dec\n"
    );
    assert_eq!(shown.status, 1, "nobody was asked");
    assert!(shown.err.contains("nothing is changed") && shown.err.contains("--yes"), "{shown:?}");
    assert_eq!(desk.ok(&["due"]), "30 due, 5 new\n", "it was only shown");
    let said = desk.ok(&["catch-up", "--per-day", "12", "--yes"]);
    assert!(said.ends_with("at most 12 due cards a day from now on; new cards wait\n"), "{said}");
    assert_eq!(desk.ok(&["due"]), "12 due, 0 new; catching up: 12 a day, clear on 4 Dec\n");
    assert_eq!(
        desk.json(&["due"]),
        json!({ "new": 0, "due": 12, "drill": 0, "catch_up_per_day": 12 })
    );
    let home = desk.run_with(&["--plain"], "quit\n").out;
    assert!(home.contains("catching up: 12 a day, clear on 4 Dec\n"), "{home}");

    desk.ok(&["config", "set", "fresh_per_day", "2"]);
    assert_eq!(desk.json(&["due"])["new"], 2);
    assert_eq!(desk.json(&["next"])["card"]["queue"], "new");
    desk.ok(&["catch-up", "--clear"]);
    assert_eq!(desk.ok(&["due"]), "30 due, 5 new\n");
    assert_eq!(desk.read("config.toml"), "fresh_per_day = 2\n", "nothing of it is left");
    desk.at("2026-12-20T12:00:00Z");
    desk.is_sound();
}

#[test]
fn a_date_asks_for_the_pace_that_reaches_it_and_ends_the_plan() {
    let mut desk = behind();
    let shape = desk.json(&["catch-up", "--until", "2026-12-04", "--with-new", "--yes"]);
    assert_eq!(
        shape,
        json!({
            "overdue": 30, "due": 0, "per_day": 10, "clear": "2026-12-04", "chosen": true,
            "days": [
                { "day": "2026-12-02", "due": 0, "done": 10, "left": 20 },
                { "day": "2026-12-03", "due": 0, "done": 10, "left": 10 },
                { "day": "2026-12-04", "due": 0, "done": 10, "left": 0 },
            ],
        })
    );
    assert_eq!(
        desk.json(&["due"]),
        json!({ "new": 5, "due": 10, "drill": 0, "catch_up_per_day": 10 })
    );
    assert_eq!(
        desk.json(&["catch-up"])["plan"],
        json!({ "per_day": 10, "until": "2026-12-04", "with_new": true })
    );
    desk.at("2026-12-05T12:00:00Z");
    assert_eq!(desk.json(&["due"]), json!({ "new": 5, "due": 30, "drill": 0 }), "it has passed");
    for wrong in [&["--until", "2026-12-01"][..], &["--until", "soon"], &["--per-day", "0"]] {
        let run = desk.run(&[&["catch-up"], wrong].concat());
        assert_ne!(run.status, 0, "{wrong:?}: {run:?}");
    }
}

#[test]
fn where_all_fits_in_a_day_there_is_no_plan() {
    let desk = behind();
    let said = desk.ok(&["catch-up", "--per-day", "30", "--yes"]);
    assert!(said.ends_with("all of it fits in a day: no plan is needed\n"), "{said}");
    assert_eq!(desk.json(&["catch-up", "--per-day", "30", "--yes"])["chosen"], false);
    assert_eq!(desk.ok(&["due"]), "30 due, 5 new\n");
}

#[test]
fn days_off_are_shown_chosen_listed_and_taken_back() {
    let mut desk = behind();
    assert_eq!(desk.ok(&["vacation"]), "no vacation is planned\n");
    desk.at("2026-11-23T18:00:00Z");
    desk.ok(&["config", "set", "reviews_per_day", "20"]);
    let days = "2026-11-24..2026-11-26";
    let shown = desk.run(&["vacation", days]);
    assert_eq!(
        shown.out,
        "3 days off, 2026-11-24 to 2026-11-26; 30 cards due when they end\n\
         back on 2026-11-27: 30 overdue, 40 a day: clear today\n\
         the streak lasts; fuzz and balance avoid these days; nothing else moves\n"
    );
    assert!(shown.status == 1 && shown.err.contains("--yes"), "{shown:?}");
    let shown = desk.run(&["--json", "vacation", days]);
    let shape: Value = serde_json::from_str(&shown.out).unwrap();
    assert_eq!((shown.status, &shape["chosen"], &shape["days_off"]), (1, &json!(false), &json!(3)));
    assert_eq!(desk.json(&["vacation"]), json!({ "vacation": [] }));
    let shape = desk.json(&["vacation", days, "--yes"]);
    assert_eq!((&shape["chosen"], &shape["vacation"]), (&json!(true), &json!([days])));
    desk.at("2026-11-25T12:00:00Z");
    assert_eq!(desk.ok(&["vacation"]), format!("{days}\n"));
    let said = desk.ok(&["due"]);
    assert!(said.ends_with("; on vacation until 26 Nov\n"), "{said}");
    assert_eq!(desk.json(&["due"])["vacation_until"], "2026-11-26");
    assert_eq!(desk.json(&["stats"])["streak"], 1, "it lasts");

    desk.at("2026-11-27T12:00:00Z");
    assert_eq!(desk.json(&["stats"])["streak"], 1, "it lasted");
    assert_eq!(desk.json(&["due"])["vacation_until"], Value::Null);
    let home = desk.run_with(&["--plain"], "quit\n").out;
    assert!(home.contains("30 overdue: try `termdeck catch-up`"), "{home}");
    desk.ok(&["vacation", "2027-01-01..2027-01-05", "--yes"]);
    desk.ok(&["vacation", "--clear"]);
    assert_eq!(desk.ok(&["vacation"]), format!("{days}\n"), "what is over keeps the streak");
    desk.ok(&["vacation", days, "--clear"]);
    assert_eq!(desk.ok(&["vacation"]), "no vacation is planned\n");
    assert_eq!(desk.json(&["stats"])["streak"], 0);
    for wrong in ["2026-12-20", "2026-12-20..2026-12-19", "x..y"] {
        assert_eq!(desk.run(&["vacation", wrong]).status, 2, "{wrong}");
    }
}

#[test]
fn a_vacation_that_is_cut_short_keeps_the_days_that_were_off() {
    for days in [&[][..], &["2026-11-24..2026-11-30"]] {
        let mut desk = behind();
        desk.at("2026-11-23T18:00:00Z");
        desk.ok(&["vacation", "2026-11-24..2026-11-30", "--yes"]);
        desk.ok(&["vacation", "2026-12-20..2026-12-24", "--yes"]);
        desk.at("2026-11-27T12:00:00Z");
        let left = desk.json(&[&["vacation", "--clear"], days].concat());
        let cut = "2026-11-24..2026-11-26";
        let later = if days.is_empty() { vec![] } else { vec!["2026-12-20..2026-12-24"] };
        assert_eq!(left["vacation"], json!([&[cut], &later[..]].concat()));
        assert_eq!(desk.json(&["stats"])["streak"], 1, "{days:?}");
        assert_eq!(desk.json(&["due"])["vacation_until"], Value::Null);
    }
    let mut desk = behind();
    desk.ok(&["vacation", "2026-12-02..2026-12-05", "--yes"]);
    desk.at("2026-12-02T18:00:00Z");
    desk.ok(&["vacation", "--clear", "--yes"]);
    assert_eq!(desk.ok(&["vacation"]), "no vacation is planned\n", "no day of it was over");
}

#[test]
fn options_that_would_do_nothing_and_days_that_are_unknown_are_refused() {
    let desk = behind();
    for wrong in [
        &["catch-up", "--with-new"][..],
        &["catch-up", "--yes"],
        &["catch-up", "--with-new", "--clear"],
        &["catch-up", "--per-day", "3", "--clear"],
        &["catch-up", "--per-day", "3", "--until", "2026-12-24"],
        &["vacation", "--yes"],
    ] {
        assert_eq!(desk.run(wrong).status, 2, "{wrong:?}");
    }
    let run = desk.run(&["vacation", "--clear", "2026-12-20..2026-12-24"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.err.contains("no vacation") && run.err.contains("lists them"), "{run:?}");
}

#[test]
fn next_tells_where_a_moved_due_day_comes_to_lie() {
    let mut desk = behind();
    desk.ok(&["decks", "set", "old", "fuzz=on"]);
    let mut moved = 0;
    for _ in 0..12 {
        let next = desk.json(&["next", "old"]);
        let told = &next["outcomes"]["4"];
        assert_eq!(told["interval"], 6, "{next}");
        let given = desk.json(&["answer", next["card"]["id"].as_str().unwrap(), "4"]);
        assert_eq!(given["state"]["due"], told["due"], "{next}");
        assert_eq!(given["state"]["interval"], 6);
        moved += usize::from(told["due"] != "2026-12-08");
    }
    assert!((2..=11).contains(&moved), "{moved} of 12");
    let mut hints = desk.ok(&["next", "old"]);
    hints.retain(|sign| sign != ' ');
    let due = desk.json(&["next", "old"])["outcomes"]["4"]["due"].clone();
    let days = ["2026-12-07", "2026-12-08", "2026-12-09"].iter().position(|day| due == *day);
    let hint = format!("4Good:{}d\n", days.unwrap() + 5);
    assert!(hints.contains(&hint), "{hint} in {hints}");
    desk.at("2026-12-20T12:00:00Z");
    desk.is_sound();
}
