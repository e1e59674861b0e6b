//! The review line by line shows hostile cards harmless.

use std::fs::File;
use std::process::Stdio;

use super::payload::{self, MARK, assert_harmless, assert_no_tower};
use crate::collection::Collection;

#[test]
fn a_review_line_by_line_shows_every_attack_harmless() {
    let collection = Collection::new();
    for (number, (front, back)) in payload::rows().iter().enumerate() {
        let tag = format!("tag{}", payload::ATTACKS[number % payload::ATTACKS.len()]);
        let args = ["add", front, back, "--note", back, "--reading", front, "--tag", &tag];
        collection.ok(&args);
    }
    let rows = payload::rows().len();
    let typed = collection.write("typed.txt", format!("{MARK}\u{1b}[31m\ngood\n").repeat(rows));
    let child = collection
        .command(&["review", "--plain", "--new", "99"])
        .stdin(Stdio::from(File::open(typed).unwrap()))
        .spawn()
        .unwrap();
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let text = String::from_utf8_lossy(&done.stdout);
    assert_eq!(text.matches("taken: ").count(), rows, "{text}");
    assert_harmless(&done.stdout, "review --plain");
    assert_no_tower(&done.stdout, "review --plain");
    assert_harmless(&done.stderr, "review --plain, standard error");
    assert!(text.contains("👩‍👩‍👧"), "what is harmless stays as it is");
}

#[test]
fn the_conversation_and_the_log_show_every_attack_harmless() {
    let collection = Collection::new();
    let rows = payload::rows();
    collection.write("evil\u{1b}[31m\u{202e}.tsv", payload::table(&rows));
    let typed = [
        "import evil\u{1b}[31m\u{202e}.tsv\ny\n",
        "import \u{9b}31mmissing\u{202e}\n",
        "decks\nreview no\u{1b}[31msuch\n",
        "browse qzq\n1\n\n",
        "add\nevil\u{202e}deck\nfront\u{9b}\nback\u{1b}[2J\n\n\n\n",
        "undo\nstats\nstats evil\u{202e}\nsettings\nsettings no\u{1b}[31m 1\nno\u{1b}]0;such\u{7}\n",
    ]
    .concat();
    let typed = collection.write("typed.txt", typed);
    let log = collection.folder().join("state");
    let done = collection
        .command(&["--plain", "-vv"])
        .env("XDG_STATE_HOME", &log)
        .stdin(Stdio::from(File::open(typed).unwrap()))
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(String::from_utf8_lossy(&done.stdout).contains(MARK), "no note was shown");
    assert_harmless(&done.stdout, "the conversation");
    assert_no_tower(&done.stdout, "the conversation");
    assert_harmless(&done.stderr, "the conversation, standard error");
    let hostile = collection.folder().join("evil\u{1b}[31m\u{9b}.db");
    collection.ok(&["--db", hostile.to_str().unwrap(), "-vv", "due"]);
    let mut logs = 0;
    let mut folders = vec![collection.folder().to_owned()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "log") {
                assert_harmless(&std::fs::read(&path).unwrap(), "the log");
                logs += 1;
            }
        }
    }
    assert!(logs > 0, "there is no log");
}
