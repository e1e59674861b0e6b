//! Days that end while the program runs, and days with 23 or 25 hours.

use serde_json::{Value, json};

use super::day::{Learner, WORDS};
use crate::common::Desk;

const NEW_YORK: &str = "EST5EDT,M3.2.0,M11.1.0";

/// Returns a desk with one card in the drill of that day.
fn drilling(now: &str, zone: &str) -> Desk {
    let mut desk = Desk::new();
    desk.at(now).in_zone(zone);
    desk.import("terms.tsv", crate::common::table(&WORDS[..1]));
    desk.json(&["answer", &desk.card("银行"), "1"]);
    desk
}

fn newest(desk: &Desk) -> Value {
    desk.document()["events"].as_array().unwrap().last().cloned().unwrap()
}

/// Fails the one card again and again until an event is as wanted.
fn drill_until(desk: Desk, is_wanted: impl Fn(&Value) -> bool) -> (Desk, Value) {
    let mut learner = Learner::open(desk, &["review"]);
    learner.terminal.wait_for("1 left");
    for _ in 0..1000 {
        learner.reveal_and_press("1");
        learner.terminal.wait_for("1 left");
        let event = newest(&learner.desk);
        if is_wanted(&event) {
            let (desk, _) = learner.leave();
            return (desk, event);
        }
    }
    panic!("the clock stands still");
}

#[test]
fn the_day_ends_while_the_program_runs() {
    let mut desk = drilling("2026-11-23T12:00:00Z", "UTC0");
    desk.at("2026-11-24T03:59:59Z");
    let (mut desk, event) = drill_until(desk, |event| event["day"] == "2026-11-24");
    // The first answer of the new day is the review that was due.
    assert_eq!(event["kind"], "review", "{event}");
    desk.at("2026-11-24T05:00:00Z");
    assert_eq!(desk.json(&["due"]), json!({ "new": 0, "due": 0, "drill": 1 }));
    assert_eq!(desk.note("银行")["cards"][0]["state"]["due"], "2026-11-25");
    desk.is_sound();
}

#[test]
fn the_study_day_ends_at_four_by_the_clock_on_the_wall_also_when_clocks_change() {
    let cases = [
        // noon, a minute before four, four, the study day before and after
        (
            "2026-03-07T12:00:00-05:00",
            "2026-03-08T03:59:00-04:00",
            "2026-03-08T04:00:00-04:00",
            ("2026-03-07", "2026-03-08"),
        ),
        (
            "2026-03-08T12:00:00-04:00",
            "2026-03-09T03:59:00-04:00",
            "2026-03-09T04:00:00-04:00",
            ("2026-03-08", "2026-03-09"),
        ),
        (
            "2026-10-31T12:00:00-04:00",
            "2026-11-01T03:59:00-05:00",
            "2026-11-01T04:00:00-05:00",
            ("2026-10-31", "2026-11-01"),
        ),
        (
            "2026-11-01T12:00:00-05:00",
            "2026-11-02T03:59:00-05:00",
            "2026-11-02T04:00:00-05:00",
            ("2026-11-01", "2026-11-02"),
        ),
    ];
    for (noon, before, after, (day, next_day)) in cases {
        let mut desk = drilling(noon, NEW_YORK);
        assert_eq!(newest(&desk)["day"], day, "{noon}");
        assert_eq!(desk.note("银行")["cards"][0]["state"]["due"], next_day, "{noon}");

        desk.at(before);
        assert_eq!(desk.json(&["due"]), json!({ "new": 0, "due": 0, "drill": 1 }), "{before}");
        let mut learner = Learner::open(desk, &["review"]);
        learner.terminal.wait_for("1 left, 1 again");
        learner.agrees();
        learner.answer("2");
        let (mut desk, _) = learner.leave();
        assert_eq!(newest(&desk)["day"], day, "{before}");

        desk.at(after);
        let mut learner = Learner::open(desk, &["review"]);
        learner.terminal.wait_for("1 left");
        assert_eq!(learner.agrees()["queue"], "due", "{after}");
        learner.reveal_and_press("3");
        learner.terminal.wait_for("✓ nothing: all done");
        learner.terminal.press("q");
        learner.terminal.ends_well();
        let event = newest(&learner.desk);
        assert_eq!((&event["day"], &event["kind"]), (&json!(next_day), &json!("review")));
        learner.desk.is_sound();
    }
}

#[test]
fn clocks_change_while_the_program_runs() {
    let cases = [
        // from noon, through the change, the offset after it, the study day
        ("2026-03-07T12:00:00-05:00", "2026-03-08T01:59:59-05:00", -240, "2026-03-07"),
        ("2026-10-31T12:00:00-04:00", "2026-11-01T01:59:59-04:00", -300, "2026-10-31"),
    ];
    for (noon, before, offset, day) in cases {
        let mut desk = drilling(noon, NEW_YORK);
        desk.at(before);
        let (desk, event) = drill_until(desk, |event| event["offset_min"] == offset);
        assert_eq!((&event["day"], &event["kind"]), (&json!(day), &json!("drill")), "{before}");
        desk.is_sound();
    }
}
