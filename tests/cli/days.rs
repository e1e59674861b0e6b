//! Study days when the learner travels, and when somebody sets the clock.

use serde_json::{Value, json};

use crate::common::Desk;

const ROWS: [(&str, &str); 3] = [("银行", "bank"), ("国家", "country"), ("发展", "growth")];

fn desk() -> Desk {
    let desk = Desk::with_terms(&ROWS);
    desk.json(&["decks", "set", "terms", "direction=forward"]);
    desk
}

fn answer(desk: &Desk, front: &str) -> Value {
    desk.json(&["answer", &desk.card(front), "4"])
}

fn due(desk: &Desk, front: &str) -> Value {
    desk.note(front)["cards"][0]["state"]["due"].clone()
}

fn newest(desk: &Desk) -> (Value, Value) {
    let event = desk.document()["events"].as_array().unwrap().last().cloned().unwrap();
    (event["day"].clone(), event["offset_min"].clone())
}

#[test]
fn a_journey_to_another_zone_rewrites_no_day() {
    let mut desk = desk();
    desk.at("2026-11-24T01:30:00+08:00").in_zone("CST-8");
    answer(&desk, "银行");
    assert_eq!(newest(&desk), (json!("2026-11-23"), json!(480)), "before four in Shanghai");
    desk.at("2026-11-24T06:00:00+01:00").in_zone("CET-1");
    assert_eq!(due(&desk, "银行"), "2026-11-24", "what was planned stays");
    assert_eq!(desk.json(&["due"])["due"], 1);
    answer(&desk, "银行");
    answer(&desk, "国家");
    assert_eq!(newest(&desk), (json!("2026-11-24"), json!(60)));
    assert_eq!(
        (due(&desk, "银行"), due(&desk, "国家")),
        (json!("2026-11-30"), json!("2026-11-25"))
    );
    desk.at("2026-11-24T20:00:00-05:00").in_zone("EST5");
    assert_eq!(desk.json(&["due"]), json!({ "new": 1, "due": 0, "drill": 0 }));
    desk.is_sound();
}

#[test]
fn a_day_that_comes_twice_at_the_date_line_asks_no_card_twice() {
    let mut desk = desk();
    desk.at("2026-11-24T06:00:00+13:00").in_zone("X-13");
    answer(&desk, "银行");
    // Half an hour later, and the day before, in Honolulu.
    desk.at("2026-11-23T07:30:00-10:00").in_zone("HST10");
    assert_eq!(desk.json(&["due"]), json!({ "new": 2, "due": 0, "drill": 0 }));
    assert!(desk.run(&["answer", &desk.card("银行"), "4"]).err.contains("2026-11-25"));
    answer(&desk, "国家");
    assert_eq!(due(&desk, "国家"), "2026-11-24");
    desk.at("2026-11-24T07:30:00-10:00");
    assert_eq!(desk.json(&["due"]), json!({ "new": 1, "due": 1, "drill": 0 }));
    desk.at("2026-11-25T07:30:00-10:00");
    assert_eq!(desk.json(&["due"])["due"], 2);
    answer(&desk, "银行");
    assert_eq!(due(&desk, "银行"), "2026-12-01");
    desk.is_sound();
}

#[test]
fn another_rollover_hour_rewrites_no_day() {
    let mut desk = desk();
    desk.at("2026-11-24T02:00:00Z");
    answer(&desk, "银行");
    desk.ok(&["config", "set", "rollover_hour", "0"]);
    assert_eq!(due(&desk, "银行"), "2026-11-24");
    assert_eq!(newest(&desk).0, "2026-11-23");
    assert_eq!(desk.json(&["due"])["due"], 1, "it is the next day already");
    desk.is_sound();
}

#[test]
fn a_clock_set_back_sorts_nothing_before_what_was_answered_already() {
    let mut desk = desk();
    desk.at("2026-11-27T12:00:00Z");
    answer(&desk, "银行");
    desk.at("2026-11-20T12:00:00Z");
    let run = desk.run(&["answer", &desk.card("国家"), "1"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.err.contains("warning: the clock is 7 days behind the newest answer"), "{run:?}");
    assert_eq!(newest(&desk).0, "2026-11-20");
    desk.json(&["undo"]);
    let states = |desk: &Desk| ["银行", "国家"].map(|front| due(desk, front));
    assert_eq!(states(&desk), [json!("2026-11-28"), Value::Null], "the newest answer was meant");
    desk.is_sound();
    desk.at("2026-11-28T12:00:00Z");
    assert_eq!(answer(&desk, "银行")["state"]["interval"], 6);
    desk.is_sound();
}

#[test]
fn a_clock_set_forward_and_right_again_is_warned_of() {
    let mut desk = desk();
    desk.at("2027-11-23T12:00:00Z");
    answer(&desk, "银行");
    desk.at("2026-11-23T13:00:00Z");
    let run = desk.run(&["answer", &desk.card("国家"), "4"]);
    assert!(run.err.contains("the clock is 364 days behind"), "{run:?}");
    assert_eq!(due(&desk, "国家"), "2026-11-24", "today is what the clock says");
    assert_eq!(due(&desk, "银行"), "2027-11-24", "what was planned stays");
    desk.is_sound();
}

#[test]
fn a_clock_is_warned_of_from_a_day_on() {
    let mut desk = desk();
    answer(&desk, "银行");
    for (now, is_warned) in [
        ("2026-11-22T12:00:01Z", false),
        ("2026-11-22T11:59:59Z", true),
        ("2026-11-24T12:00:00Z", false),
    ] {
        desk.at(now);
        let run = desk.run(&["answer", &desk.card("国家"), "4", "--cram"]);
        assert_eq!((run.status, run.err.contains("behind")), (0, is_warned), "{now}: {run:?}");
    }
    desk.at("2026-11-20T12:00:00Z");
    let run = desk.run_with(&["review"], "");
    assert!(run.err.contains("4 days behind"), "{run:?}");
}
