//! A clock that jumps: what is due may be odd, but the states are those of the log, and
//! a clock that is behind is said.

use std::fmt::Write as _;
use std::fs::File;
use std::process::Stdio;

use super::moments::{Chance, cases};
use crate::collection::Collection;

#[test]
fn answers_under_a_clock_that_jumps_are_kept_and_what_they_did_follows_from_them() {
    let collection = Collection::new();
    let mut deck = String::new();
    for row in 0..60 {
        let _ = writeln!(deck, "词{row}\tmeaning {row}");
    }
    collection.ok(&["import", "--yes", collection.write("words.tsv", deck).to_str().unwrap()]);
    let mut chance = Chance::new(0xc10c);
    let mut answers = 0;
    let mut newest = None;
    for round in 0..cases(12) {
        let day = chance.below(200) as u32;
        let grades = ["good", "again", "easy", "hard"];
        let typed: String = (0..4)
            .map(|_| format!("\n{}\n", grades[chance.below(4) as usize]))
            .chain(["u\n".to_owned()])
            .collect();
        let typed = collection.write("typed.txt", typed);
        let mut review = collection.command_on(day, &["review", "--plain", "--new", "3"]);
        let done = review.stdin(Stdio::from(File::open(typed).unwrap())).output().unwrap();
        let errors = String::from_utf8_lossy(&done.stderr).into_owned();
        let when = format!("round {round}, day {day} after {newest:?}: {errors}");
        assert!(done.status.success(), "{when}");
        let is_behind = newest.is_some_and(|newest| day < newest);
        assert_eq!(errors.contains("behind the newest answer"), is_behind, "{when}");
        let text = String::from_utf8_lossy(&done.stdout).into_owned();
        let taken = text.matches("taken: ").count();
        answers += taken;
        if taken > 0 {
            newest = newest.max(Some(day));
        }
        collection.assert_healthy(&when);
        let document = collection.document();
        let events = document["events"].as_array().unwrap();
        let kept = events.iter().filter(|event| event["grade"].is_u64()).count();
        assert_eq!(kept, answers, "{when}");
    }
}
