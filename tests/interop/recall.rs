//! What FSRS holds of cards, here and in Anki.

use std::path::Path;

use serde_json::{Value, json};

use super::anki;
use crate::common::history;

/// Numbers that look random.
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// Two hundred logs: one to ten reviews days or months apart, some with a drill.
fn logs() -> Vec<Vec<(u32, &'static str, u8)>> {
    let mut draw = Draw(1);
    let mut log = |_| {
        let (mut day, mut log) = (0, Vec::new());
        for _ in 0..=draw.below(10) {
            log.push((day, "review", draw.below(6) as u8));
            for _ in 0..draw.below(3) {
                log.push((day, "drill", draw.below(6) as u8));
            }
            day += 1 + [3, 20, 120][draw.below(3) as usize] * (draw.below(100) as u32) / 100;
        }
        log
    };
    (0..200).map(&mut log).collect()
}

#[test]
fn the_same_answers_leave_the_same_memory_in_anki() {
    let parameters = "0.4, 1.1, 3.2, 15.7, 7.2, 0.53, 1.46, 0.0046, 1.54, 0.12, 1.02, 1.94, 0.11, \
                      0.3, 2.27, 0.23, 2.99, 0.51, 0.43, 0.08, 0.21";
    let logs = logs();
    let desk = history::desk("A", &logs);
    let set = format!("parameters={parameters}");
    desk.ok(&["decks", "set", "A", "scheduler=fsrs", "desired_retention=0.85", &set]);
    let last = logs.iter().flatten().map(|answer| answer.0).max().expect("answers");
    let cards: Vec<Vec<Value>> = logs
        .iter()
        .map(|log| {
            let answer = |&(day, kind, grade): &(u32, &str, u8)| {
                json!([last - day, grade.max(2) - 1, kind == "drill"])
            };
            log.iter().map(answer).collect()
        })
        .collect();
    let numbers: Vec<f32> =
        parameters.split(", ").map(|number| number.parse().expect("a number")).collect();
    let history = json!({ "parameters": numbers, "desired_retention": 0.85, "cards": cards });
    desk.write("answers.json", history.to_string());
    let args = [Path::new("recall"), &desk.path("answers.json")];
    let Some(told) = anki("memories in Anki", &args) else { return };
    let told: Vec<Value> = serde_json::from_slice(&told).expect("JSON");
    assert_eq!(told.len(), 200);
    for (nth, theirs) in told.iter().enumerate() {
        let ours = &desk.note(&format!("词{nth}"))["cards"][0]["state"];
        let what = format!("{:?}\n{ours}\n{theirs}", logs[nth]);
        let number = |of: &Value, name: &str| of[name].as_f64().expect("a number");
        for name in ["stability", "difficulty"] {
            let (ours, theirs) = (number(ours, name), number(theirs, name));
            assert!((ours - theirs).abs() <= 1e-3 * theirs.max(1.0), "{name}: {what}");
        }
        let days = number(ours, "interval") - number(theirs, "interval");
        assert!(days.abs() <= 1.0, "{what}");
    }
}
