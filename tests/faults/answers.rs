//! Every answer that was shown as taken is in the log.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufReader, Read};
use std::process::Stdio;

use serde_json::Value;

use super::moments::{Chance, cases, kill, rest};
use crate::collection::Collection;

/// One thing the learner did, as the program's output or its log tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    Answer { question: String, grade: u64 },
    Undo,
}

/// What the learner will type.
#[derive(Clone, Copy, Debug)]
enum Step {
    Answer(u64),
    Undo,
}

const NAMES: [(&str, u64); 4] = [("again", 2), ("hard", 3), ("good", 4), ("easy", 5)];

fn script(chance: &mut Chance, steps: usize) -> (Vec<Step>, String) {
    let mut text = String::new();
    let steps = (0..steps)
        .map(|_| {
            if chance.below(9) == 0 {
                text.push_str("u\n");
                return Step::Undo;
            }
            let (name, grade) = NAMES[chance.below(4) as usize];
            let _ = write!(text, "\n{name}\n");
            Step::Answer(grade)
        })
        .collect();
    (steps, text)
}

/// Returns what the output says was done, given what was typed.
fn acknowledged(output: &str, steps: &[Step]) -> Vec<Deed> {
    let mut deeds = Vec::new();
    let mut steps = steps.iter();
    let mut question = String::new();
    for line in output.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')) {
        // Prompts end no line: what follows them stands behind.
        let line = line.trim_start_matches("Answer: ").trim_start_matches("Grade: ");
        if let Some(front) = line.strip_prefix("Front: ") {
            front.clone_into(&mut question);
        } else if line.starts_with("taken: ") {
            let Some(Step::Answer(grade)) = steps.next() else { panic!("{output}") };
            deeds.push(Deed::Answer { question: question.clone(), grade: *grade });
        } else if line.starts_with("taken back: ") {
            assert!(matches!(steps.next(), Some(Step::Undo)), "{output}");
            deeds.push(Deed::Undo);
        } else if line == "nothing to take back" {
            assert!(matches!(steps.next(), Some(Step::Undo)), "{output}");
        }
    }
    deeds
}

/// Returns what the log of the collection says was done.
pub fn logged(document: &Value) -> Vec<Deed> {
    let find = |list: &str, id: &Value| -> Value {
        let list = document[list].as_array().unwrap();
        list.iter().find(|row| row["id"] == *id).cloned().unwrap()
    };
    let mut events = document["events"].as_array().unwrap().clone();
    events.sort_by_key(|event| event["seq"].as_i64().unwrap());
    events
        .iter()
        .map(|event| match event["kind"].as_str().unwrap() {
            "undo" => Deed::Undo,
            "review" | "drill" => {
                let card = find("cards", &event["card"]);
                let note = find("notes", &card["note"]);
                let side = if card["direction"] == "forward" { "front" } else { "back" };
                let question = note[side].as_str().unwrap().to_owned();
                Deed::Answer { question, grade: event["grade"].as_u64().unwrap() }
            }
            other => panic!("nobody asked for {other}"),
        })
        .collect()
}

#[test]
fn no_answer_shown_as_taken_is_lost() {
    let mut chance = Chance::new(0x00c0_ffee);
    let collection = Collection::new();
    let mut deck = String::new();
    for row in 0..120 {
        let _ = writeln!(deck, "词{row}\tmeaning {row}");
    }
    collection.ok(&["import", "--yes", collection.write("words.tsv", deck).to_str().unwrap()]);
    let mut known: Vec<Deed> = Vec::new();
    let (mut killed, mut shown, mut unshown) = (0, 0, 0);
    for day in 0.. {
        if killed >= cases(20) {
            break;
        }
        let (steps, text) = script(&mut chance, 60);
        let typed = collection.write("typed.txt", text);
        let mut child = collection
            .command_on(day, &["review", "--plain", "--new", "60"])
            .stdin(Stdio::from(File::open(typed).unwrap()))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = Vec::new();
        let mut pipe = BufReader::new(child.stdout.take().unwrap());
        // An answer is some two hundred bytes of output: the bound lies within 30 of them.
        let mut bytes = chance.below(6_000);
        let mut byte = [0];
        while bytes > 0 && pipe.read(&mut byte).unwrap() > 0 {
            output.push(byte[0]);
            bytes -= 1;
        }
        for _ in 0..chance.below(40_000) {
            std::hint::spin_loop();
        }
        killed += usize::from(kill(&mut child));
        rest(&mut pipe, &mut output);
        // The cut may go through a character of the last line, which does not count.
        let output = String::from_utf8_lossy(&output);
        let deeds = acknowledged(&output, &steps);
        shown += deeds.len();
        known.extend(deeds);

        let when = format!("day {day}, output ends {:?}", output.lines().last());
        collection.assert_healthy(&when);
        let logged = logged(&collection.document());
        assert!(logged.len() >= known.len(), "{when}: {} lost", known.len() - logged.len());
        assert_eq!(logged[..known.len()], known, "{when}: another log than was shown");
        assert!(logged.len() <= known.len() + 1, "{when}: more than one answer at a time");
        unshown += logged.len() - known.len();
        known = logged;
    }
    println!("{killed} reviews killed, {shown} answers shown, {unshown} written but not shown yet");
}
