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
