//! Options, wrong usage, pipes.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::common::Desk;

const COMMANDS: &[&str] = &[
    "drill",
    "review",
    "import",
    "imports",
    "next",
    "answer",
    "undo",
    "redo",
    "add",
    "edit",
    "delete",
    "move",
    "tag",
    "suspend",
    "unsuspend",
    "bury",
    "reset",
    "set-due",
    "search",
    "decks",
    "due",
    "export",
    "backup",
    "restore",
    "samples",
    "doctor",
    "config",
    "completions",
    "man",
];

#[test]
fn every_command_has_help_with_an_example() {
    let desk = Desk::new();
    assert!(desk.ok(&["--help"]).contains("Example"));
    for command in COMMANDS {
        let help = desk.ok(&[command, "--help"]);
        assert!(help.contains("Example:\n  termdeck "), "{command}: {help}");
        assert!(help.contains("--json"), "{command}");
    }
    assert!(desk.ok(&["--version"]).starts_with("termdeck "));
}

#[test]
fn wrong_usage_exits_2_and_writes_nothing_to_standard_output() {
    let desk = Desk::with_terms(&[("银行", "bank")]);
    for args in [
        &["no-such-command"][..],
        &["import"],
        &["answer"],
        &["answer", "0123456789abcdef"],
        &["answer", "0123456789abcdef", "6"],
        &["answer", "0123456789abcdef", "well"],
        &["due", "--no-such-option"],
        &["import", "a.tsv", "--dry-run", "--yes"],
        &["import", "a.tsv", "--kinds", "verb"],
        &["import", "a.tsv", "--format", "docx"],
        &["due", "--now", "yesterday"],
        &["search"],
        &["export", "terms", "--search", "x", "-o", "a.tsv"],
    ] {
        let run = desk.run(args);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{args:?}: {run:?}");
        assert!(!run.err.is_empty(), "{args:?}");
    }
}

#[test]
fn global_options_stand_before_or_after_the_command() {
    let desk = Desk::with_terms(&[("银行", "bank")]);
    let wanted = desk.ok(&["due", "--json"]);
    assert_eq!(desk.ok(&["--json", "due"]), wanted);
    let now = "2030-01-01T00:00:00Z";
    let late = desk.ok(&["--now", now, "--json", "next"]);
    assert_eq!(desk.ok(&["next", "--json", "--now", now]), late);
    assert!(late.contains("2030-01-01") || late.contains("2029-12-31"), "{late}");
    let other = desk.path("other.db").display().to_string();
    assert_eq!(desk.ok(&["--db", &other, "due"]), "0 due, 0 new\n");
    assert_eq!(desk.ok(&["due", "--db", &other]), "0 due, 0 new\n");
}

#[test]
fn an_option_is_stronger_than_the_environment() {
    let desk = Desk::with_terms(&[("银行", "bank")]);
    let json = |args: &[&str]| desk.json(&[&["next"], args].concat());
    assert_eq!(json(&[])["outcomes"]["4"]["due"], "2026-11-24");
    assert_eq!(json(&["--now", "2027-05-05T12:00:00Z"])["outcomes"]["4"]["due"], "2027-05-06");
}

#[test]
fn the_offset_of_a_given_moment_counts_for_its_study_day() {
    let desk = Desk::with_terms(&[("银行", "bank")]);
    // It is 03:30 there, so it is still the day before.
    let next = desk.json(&["next", "--now", "2026-11-24T03:30:00+08:00"]);
    assert_eq!(next["outcomes"]["4"]["due"], "2026-11-24");
    let next = desk.json(&["next", "--now", "2026-11-24T04:00:00+08:00"]);
    assert_eq!(next["outcomes"]["4"]["due"], "2026-11-25");
}

#[test]
fn quiet_says_less_and_json_says_one_document() {
    let desk = Desk::with_terms(&[("银行", "bank")]);
    assert_eq!(desk.ok(&["suspend", "--search", "bank", "-q"]), "");
    assert!(!desk.ok(&["unsuspend", "--search", "bank"]).is_empty());
    for args in [&["due"][..], &["decks"], &["imports"], &["next"], &["search", "x"], &["doctor"]] {
        let out = desk.ok(&[args, &["--json"]].concat());
        assert_eq!(out.matches('\n').count(), 1, "{args:?}: one line");
        assert!(out.starts_with('{'), "{args:?}");
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let rows: String = (0..3000).fold(String::new(), |rows, n| {
        rows + &format!("词语{n}\ta word that is long enough to fill a pipe, number {n}\n")
    });
    let desk = Desk::new();
    desk.import("words.tsv", rows);
    for args in [
        &["search", "word", "--limit", "3000"][..],
        &["search", "word", "--json"],
        &["export", "--format", "tsv"],
        &["export", "--format", "json"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_termdeck"))
            .args(args)
            .env_clear()
            .envs(desk.environment())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = Vec::new();
        let mut reader = BufReader::with_capacity(64, child.stdout.take().unwrap());
        reader.read_until(b'\n', &mut first).unwrap();
        drop(reader);
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{args:?}");
    }
}
