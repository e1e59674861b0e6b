//! `evaluate`, with scores that were computed by hand.

use serde_json::{Value, json};

use crate::common::{Desk, history};

/// Returns a collection with one card for each history: study days and grades.
fn history(cards: &[Vec<(u32, u8)>]) -> Desk {
    let reviews =
        |log: &Vec<(u32, u8)>| log.iter().map(|&(day, grade)| (day, "review", grade)).collect();
    history::desk("D", &cards.iter().map(reviews).collect::<Vec<_>>())
}

fn near(found: &Value, want: f64) {
    let found = found.as_f64().unwrap();
    assert!((found - want).abs() < 5e-7, "{found} is not {want}");
}

/// Ten cards, each learnt, reviewed after one day and again after six. All pass the
/// first review; two of ten fail the second one.
#[test]
fn a_log_of_twenty_reviews_is_scored_as_by_hand() {
    let cards: Vec<_> =
        (0..10).map(|nth| vec![(0, 4), (1, 4), (7, if nth < 2 { 2 } else { 4 })]).collect();
    let desk = history(&cards);
    let found = desk.json(&["evaluate"]);
    assert_eq!((&found["reviews"], &found["cards"]), (&json!(20), &json!(10)));
    assert_eq!((&found["from"], &found["to"]), (&json!("2024-10-05"), &json!("2024-10-11")));
    assert_eq!((&found["enough"], &found["remembered"]), (&json!(false), &json!(0.9)));
    let [sm2, mean] = [&found["schedulers"][0], &found["schedulers"][1]];
    assert_eq!((&sm2["name"], &mean["name"]), (&json!("sm2"), &json!("running-mean")));
    // All twenty come on their day, foretold at 0.9: 18 * -ln 0.9 + 2 * -ln 0.1, by 20.
    near(&sm2["log_loss"], 0.325_082_97);
    // Off by 0.1 after a day (all remembered) and after six (8 of 10).
    near(&sm2["rmse_bins"], 0.1);
    near(&sm2["auc"], 0.5);
    // Foretold 0.9, 1.9/2, ... 9.9/10 the first time, then 10.9/11 less each failure.
    let (mut remembered, mut loss) = (0.9_f64, 0.0);
    for nth in 0..20 {
        let foretold = remembered / f64::from(nth + 1);
        let passed = !(10..12).contains(&nth);
        loss -= if passed { foretold.ln() } else { (1.0 - foretold).ln() };
        remembered += f64::from(u8::from(passed));
    }
    near(&mean["log_loss"], loss / 20.0);
    let text = desk.run(&["evaluate"]).out;
    assert!(text.starts_with("20 reviews of 10 cards were foretold"), "{text}");
    assert!(text.contains("Not enough data: 20 reviews"), "{text}");
    let of_deck = desk.json(&["evaluate", "D"]);
    assert_eq!(of_deck, found);
}

/// Cards that follow SM-2's plan and are remembered nine times of ten when due, but
/// seldom when long overdue: the curve knows that, the mean does not.
#[test]
fn the_forecast_that_is_nearer_to_the_truth_scores_better() {
    let mut cards = Vec::new();
    for nth in 0..200_u32 {
        let is_late = nth % 2 == 0;
        // Late: 44 days after an interval of one, where the curve says 0.9^44, 1 %.
        let passes = if is_late { nth % 100 == 0 } else { nth % 20 != 1 };
        let day = if is_late { 45 } else { 2 };
        cards.push(vec![(0, 2), (1, 4), (day, if passes { 4 } else { 1 })]);
    }
    let desk = history(&cards);
    let found = desk.json(&["evaluate"]);
    assert_eq!(found["reviews"], 400);
    assert_eq!(found["enough"], true);
    let loss = |nth: usize| found["schedulers"][nth]["log_loss"].as_f64().unwrap();
    assert!(loss(0) < loss(1), "{found}");
    let verdict = found["verdict"].as_str().unwrap();
    assert!(verdict.contains("tell more about a card"), "{found}");
    // FSRS expects a card that failed first to be forgotten sooner than these are.
    assert!(verdict.contains("FSRS"), "{found}");
    let names: Vec<_> = (0..4).map(|nth| found["schedulers"][nth]["name"].clone()).collect();
    assert_eq!(names, ["sm2", "running-mean", "fsrs-default", "fsrs-fitted"]);
    // What is fitted begins with the default parameters.
    assert_eq!(found["schedulers"][2]["n"], 400);
    assert_eq!(found["schedulers"][3]["n"], if cfg!(feature = "fsrs") { 400 } else { 0 });
}

#[test]
fn without_reviews_nothing_is_scored() {
    let desk = Desk::with_terms(&[("银行", "bank")]);
    let found = desk.json(&["evaluate"]);
    assert_eq!(found["reviews"], 0);
    assert_eq!(found["schedulers"][0]["log_loss"], Value::Null);
    assert_eq!(desk.run(&["evaluate"]).out.lines().count(), 2);
    let unknown = desk.run(&["evaluate", "nope"]);
    assert_eq!(unknown.status, 1);
}
