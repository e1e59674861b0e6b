//! FSRS as the scheduler of a deck: what it plans, and that the way back is open.

use serde_json::{Value, json};

use crate::common::{Desk, history, text};

/// A collection on its 40th day with three cards: one known well, one forgotten and
/// drilled, one practised early.
fn desk() -> Desk {
    let logs = [
        vec![(0, "review", 4), (1, "review", 4), (7, "review", 4), (22, "review", 5)],
        vec![(0, "review", 4), (1, "review", 1), (1, "drill", 2), (1, "drill", 4)],
        vec![(0, "review", 3), (1, "review", 4), (4, "cram", 1)],
    ];
    let mut desk = history::desk("A::B", &logs);
    desk.at("2024-11-13T12:00:00Z");
    desk
}

fn states(desk: &Desk) -> Vec<Value> {
    desk.search("").iter().map(|note| note["cards"][0]["state"].clone()).collect()
}

#[test]
fn fsrs_plans_from_the_whole_log_and_sm2_takes_it_back() {
    let desk = desk();
    let before = desk.tables();
    let by_sm2 = states(&desk);
    assert_eq!(by_sm2[0].get("stability"), None, "SM-2 knows none");

    let dry = desk.json(&["decks", "set", "A", "scheduler=fsrs", "--dry-run"]);
    assert!(desk.tables() == before, "a dry run changes nothing");
    let done = desk.json(&["decks", "set", "A", "scheduler=fsrs"]);
    assert_eq!(dry["effect"], done["effect"]);
    let by_fsrs = states(&desk);
    let moved = by_sm2.iter().zip(&by_fsrs).filter(|(a, b)| a["due"] != b["due"]).count();
    assert_eq!(done["effect"]["moved"], moved);
    // After 1, 6 and 15 days passed, the last easily: as FSRS has it.
    assert_eq!(by_fsrs[0]["repetitions"], 4);
    assert!(by_fsrs[0]["stability"].as_f64().unwrap() > 60.0, "{by_fsrs:?}");
    assert_eq!(by_fsrs[0]["interval"], by_fsrs[0]["stability"].as_f64().unwrap().round() as u32);
    // Forgotten, forgotten again in the drill.
    assert_eq!(by_fsrs[1]["interval"], 1);
    desk.is_sound();

    desk.ok(&["decks", "set", "A", "desired_retention=0.8"]);
    let wider = states(&desk);
    assert!(wider[0]["interval"].as_u64() > by_fsrs[0]["interval"].as_u64());
    assert_eq!(wider[0]["stability"], by_fsrs[0]["stability"], "what is known is the same");
    desk.is_sound();

    desk.ok(&["decks", "set", "A", "desired_retention=", "scheduler="]);
    assert_eq!(states(&desk), by_sm2);
    desk.is_sound();
}

#[test]
fn what_a_card_would_do_is_what_an_answer_does() {
    let desk = desk();
    desk.ok(&["decks", "set", "A::B", "scheduler=fsrs"]);
    let shown = desk.json(&["next"]);
    let card = text(&shown["card"]["id"]);
    let answered = desk.json(&["answer", &card, "hard"]);
    assert_eq!(answered["state"]["interval"], shown["outcomes"]["3"]["interval"]);
    assert_eq!(answered["state"]["due"], shown["outcomes"]["3"]["due"]);
    // It is drilled, and the drill has a say in FSRS.
    let drilled = desk.json(&["answer", &card, "again"]);
    assert_eq!(drilled["kind"], "drill");
    assert!(
        drilled["state"]["stability"].as_f64() < answered["state"]["stability"].as_f64(),
        "{drilled}"
    );
    desk.is_sound();
    let back = [desk.ok(&["undo"]), desk.ok(&["undo"])];
    assert!(back.iter().all(|said| said.contains("1 card")), "{back:?}");
    desk.is_sound();
}

/// Parameters of a learner.
const OWN: &str = "0.3, 1.5, 3, 9, 6, 0.8, 3, 0.01, 1.9, 0.2, 0.8, 1.5, 0.06, 0.26, 1.6, 0.6, \
                   1.9, 0.5, 0.1, 0.06, 0.2";

#[test]
fn parameters_that_change_by_a_little_change_every_memory() {
    let desk = desk();
    for parameters in [OWN, &OWN.replace("3, 9, 6", "3.0001, 9, 6")] {
        let parameters = format!("parameters={parameters}");
        desk.ok(&["decks", "set", "A", "scheduler=fsrs", &parameters]);
    }
    let replayed = Desk::new();
    replayed.import("all.json", desk.document().to_string());
    assert_eq!(states(&desk), states(&replayed));
}

#[test]
fn parameters_and_scheduler_travel_with_the_document() {
    let desk = desk();
    desk.ok(&["decks", "set", "A", "scheduler=fsrs", &format!("parameters={OWN}")]);
    let document = desk.document();
    let options = &document["decks"][0]["options"];
    assert_eq!(options["scheduler"], "fsrs");
    assert_eq!(options["parameters"]["values"][4], 6.0);
    let other = Desk::new();
    other.import("all.json", document.to_string());
    assert_eq!(other.document(), document);
    assert_eq!(states(&other), states(&desk));
    other.is_sound();
    other.ok(&["decks", "set", "A", "parameters="]);
    assert_ne!(states(&other), states(&desk), "the default ones hold again");
}

#[test]
fn what_fsrs_cannot_take_is_refused_with_what_it_can() {
    let desk = desk();
    for (change, said) in [
        ("scheduler=anki", "none of: sm2, fsrs"),
        ("desired_retention=1.5", "0.70 to 0.99"),
        ("desired_retention=high", "0.70 to 0.99"),
        ("parameters=1,2,3", "FSRS takes 21 numbers"),
    ] {
        let why = desk.fails(&["decks", "set", "A", change]);
        assert!(why.contains(said), "{change}: {why}");
    }
}

#[test]
fn statistics_follow_the_engine() {
    let desk = desk();
    let mature = |desk: &Desk| desk.json(&["stats", "--days", "all"])["retention"].clone();
    let by_sm2 = mature(&desk);
    desk.ok(&["decks", "set", "A", "scheduler=fsrs"]);
    desk.json(&["stats"]);
    desk.is_sound();
    desk.ok(&["decks", "set", "A", "scheduler="]);
    assert_eq!(mature(&desk), by_sm2);
}

#[test]
fn with_few_reviews_nothing_is_fitted() {
    let desk = desk();
    let before = desk.tables();
    let found = desk.json(&["optimize"]);
    assert_eq!((&found["enough"], &found["parameters"]), (&json!(false), &Value::Null));
    let said = desk.ok(&["optimize", "A"]);
    assert!(said.starts_with("Not enough data: 5 reviews"), "{said}");
    assert!(desk.tables() == before, "nothing was changed");
}

/// Cards that are remembered far better than the average learner does.
fn well_known() -> Desk {
    let days = [0, 10, 40, 120, 300, 600, 1_000];
    let reviewed = |nth: u32| {
        let grade = |at: u32| if (nth + at).is_multiple_of(20) { 2 } else { 4 };
        (0..).zip(days).map(|(at, day)| (day, "review", grade(at))).collect()
    };
    history::desk("A", &(0..120).map(reviewed).collect::<Vec<_>>())
}

#[cfg(feature = "fsrs")]
#[test]
fn what_foretells_better_is_stored_with_its_score_and_plans_the_cards() {
    let desk = well_known();
    desk.ok(&["decks", "set", "A", "scheduler=fsrs"]);
    let before = desk.tables();
    let dry = desk.json(&["optimize", "A", "--dry-run"]);
    assert!(desk.tables() == before, "a dry run changes nothing");
    let found = desk.json(&["optimize"]);
    assert_eq!(found["parameters"], dry["parameters"]);
    let loss = |of: &str| found["log_loss"][of].as_f64().unwrap();
    assert!(loss("fitted") < loss("default"), "{found}");
    assert_eq!((&found["fitted_to"], &found["held_out"]), (&json!(576), &json!(144)));
    assert_eq!(found["decks"], json!(["A"]));
    assert!(found["moved"].as_u64().unwrap() > 0, "{found}");
    let document = desk.document();
    let stored = &document["decks"][0]["options"]["parameters"];
    assert_eq!(stored["values"], found["parameters"]);
    assert_eq!(stored["fit"]["reviews"], 720);
    assert!((stored["fit"]["log_loss"].as_f64().unwrap() - loss("fitted")).abs() < 1e-4);
    desk.is_sound();
    desk.ok(&["decks", "set", "A", "parameters="]);
    let states = |desk: &Desk| desk.search("");
    let other = well_known();
    other.ok(&["decks", "set", "A", "scheduler=fsrs"]);
    assert_eq!(states(&desk), states(&other), "and is taken back whole");
}

#[cfg(not(feature = "fsrs"))]
#[test]
fn a_program_that_fits_nothing_says_so_and_schedules_all_the_same() {
    let desk = well_known();
    let before = desk.tables();
    let why = desk.fails(&["optimize"]);
    assert!(why.contains("--features fsrs"), "{why}");
    assert!(desk.tables() == before, "nothing was changed");
    let said = desk.ok(&["evaluate"]);
    assert!(said.contains("FSRS, default parameters"), "{said}");
    assert!(said.contains("--features fsrs"), "{said}");
    desk.ok(&["decks", "set", "A", "scheduler=fsrs"]);
    desk.is_sound();
}
