//! Packages to and from the real Anki, and its FSRS beside ours.
//!
//! They need a Python with the packages `anki` and `genanki`, named by the environment
//! variable `TERMDECK_ANKI_PYTHON`; `.ci/run` makes one. Without it they say so and
//! show nothing.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::common::{Desk, text};

mod ours;
mod recall;
mod theirs;

const PYTHON: &str = "TERMDECK_ANKI_PYTHON";

/// Runs the script on Anki's side; returns what it prints, or `None` without a Python.
fn anki(test: &str, args: &[&Path]) -> Option<Vec<u8>> {
    let Some(python) = std::env::var_os(PYTHON).filter(|python| !python.is_empty()) else {
        // The macros' output is kept back when a test passes.
        let _ = writeln!(std::io::stderr(), "not run: {test} ({PYTHON} names no Python with anki)");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop/anki_side.py");
    let output = Command::new(python).arg(script).args(args).output().expect("Python runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {said}");
    Some(output.stdout)
}

/// Which card of its note a card of Anki's is to us.
fn direction(note: &Value, ord: &Value) -> String {
    let ord = ord.as_u64().expect("a number") as usize;
    let kind = text(&note["type"]);
    let names: &[&str] = match kind.as_str() {
        kind if kind.to_lowercase().contains("cloze") => return format!("c{}", ord + 1),
        kind if kind.starts_with("termdeck") => {
            return kind.split(' ').nth(ord + 1).expect("a slot").to_owned();
        }
        kind if kind.starts_with("Vocabulary") => &["reverse", "forward", "c3"],
        _ => &["forward", "reverse"],
    };
    names[ord].to_owned()
}

/// Returns HTML as text: what stands in the packages of these tests.
fn plain(html: &Value) -> String {
    let pairs =
        [("<br>", "\n"), ("<b>", ""), ("</b>", ""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    pairs.iter().fold(text(html), |text, (html, plain)| text.replace(html, plain))
}

/// Returns the cards of a note that a search found with their logs in a document: for
/// each direction the state, and the answers with the button in place of the grade.
fn cards(found: &Value, document: &Value) -> Vec<(String, Value, Vec<Value>)> {
    let of_card = |id: &Value| -> Vec<Value> {
        let events = document["events"].as_array().expect("a log");
        let kinds = ["imported", "review"];
        let own = events.iter().filter(|event| {
            event["card"] == *id && kinds.contains(&event["kind"].as_str().unwrap_or_default())
        });
        own.map(|event| {
            let ease = (event["grade"].as_i64().expect("a grade") - 1).max(1);
            let at = event.get("hlc").unwrap_or(&event["at"]);
            serde_json::json!({ "at": at, "ease": ease, "ms": event["ms"] })
        })
        .collect()
    };
    let cards = found["cards"].as_array().expect("cards").iter();
    cards
        .map(|card| (text(&card["direction"]), card["state"].clone(), of_card(&card["id"])))
        .collect()
}

/// Asserts that a card is the same here and there.
fn same_card(ours: &(String, Value, Vec<Value>), theirs: &Value, what: &str) {
    let (slot, state, answers) = ours;
    let what = format!("{what} {slot}: {state} {theirs}");
    assert_eq!(state["due"], theirs["due"], "{what}");
    assert_eq!(state["suspended"], theirs["suspended"], "{what}");
    assert_eq!(Value::from(answers.clone()), theirs["answers"], "{what}");
    if theirs["kind"] == "review" {
        assert_eq!(state["interval"], theirs["interval"], "{what}");
        let permille = theirs["permille"].as_i64().expect("a factor");
        assert_eq!(state["ease_centi"], (permille + 5) / 10, "{what}");
        assert_eq!(state["lapses"], theirs["lapses"], "{what}");
    }
}

/// Returns the notes of a search for everything.
fn all_notes(desk: &Desk) -> Vec<Value> {
    desk.search("")
}
