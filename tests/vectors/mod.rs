//! Graded sequences with the state that SM-2 gives after each answer.

use termdeck::domain::{Grade, Rules, State};
use termdeck::sched::sm2;

/// One sequence: grades, and (ease, repetitions, interval) after each.
pub struct Sequence {
    pub grades: Vec<u8>,
    pub steps: Vec<(u32, u32, u32)>,
}

/// Returns the sequences of one file beside this one.
pub fn sequences(name: &str) -> Vec<Sequence> {
    let path = format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the vectors are in the repository");
    text.lines()
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).expect("a JSON line");
            let number = |step: &serde_json::Value, name: &str| {
                u32::try_from(step[name].as_u64().expect("a number")).expect("a small number")
            };
            let list = |name: &str| value[name].as_array().expect("a list").clone();
            Sequence {
                grades: list("grades").iter().map(|g| g.as_u64().unwrap_or(9) as u8).collect(),
                steps: list("steps")
                    .iter()
                    .map(|s| (number(s, "ef_centi"), number(s, "n"), number(s, "interval")))
                    .collect(),
            }
        })
        .collect()
}

/// The files and the preset each belongs to.
pub const FILES: [(&str, Rules); 2] =
    [("sm2-vectors.jsonl", Rules::Text), ("sm2-vectors-source.jsonl", Rules::SupermemoSource)];

#[test]
fn the_engine_reproduces_every_sequence() {
    for (file, rules) in FILES {
        let sequences = sequences(file);
        assert_eq!(sequences.len(), 120, "{file}");
        for (number, sequence) in sequences.iter().enumerate() {
            let mut state = State::NEW;
            for (&raw, &want) in sequence.grades.iter().zip(&sequence.steps) {
                state = sm2::review(&state, Grade::new(raw).unwrap(), rules);
                let got = (state.ease_centi, state.repetitions, state.interval_d);
                assert_eq!(got, want, "{file} sequence {number} {:?}", sequence.grades);
            }
        }
    }
}
