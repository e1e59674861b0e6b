//! The review line by line, over a pipe.

use serde_json::json;

use crate::common::{Desk, table};

const ROWS: [(&str, &str); 3] =
    [("银行", "bank"), ("国家", "country"), ("图书馆", "public library")];

#[test]
fn a_review_asks_shows_and_takes_a_grade() {
    let desk = Desk::with_terms(&ROWS);
    let run = desk.run_with(&["review", "--plain"], "bank\n3\n\n1\npublic libary\neasy\n\n3\n");
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{run:?}");
    let said = [
        "Front: 银行",
        "Back: bank",
        "Your answer is right; suggested grade: 3 Good",
        "1 Again 1d, again today | 2 Hard 1d, again today | 3 Good 1d | 4 Easy 1d",
        "Front: 国家",
        "Back: country",
        "Front: 图书馆",
        "Your answer is nearly right",
        "[drill] terms",
        "Front: 国家",
        "nothing is left for today",
    ];
    let mut rest = run.out.as_str();
    for words in said {
        let at = rest.find(words).unwrap_or_else(|| panic!("{words}: {}", run.out));
        rest = &rest[at + words.len()..];
    }
    assert_eq!(desk.json(&["due"]), json!({ "new": 0, "due": 0, "drill": 0 }));
    assert_eq!(desk.document()["events"].as_array().unwrap().len(), 4);
    desk.is_sound();
}

#[test]
fn the_end_of_the_input_ends_the_session_with_everything_kept() {
    for (input, answers) in [("", 0), ("\n", 0), ("\n3\n", 1), ("\n3\n\n1\n\n", 2), ("\n3", 1)] {
        let desk = Desk::with_terms(&ROWS);
        let run = desk.run_with(&["review", "--plain"], input);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{input:?}: {run:?}");
        assert!(run.out.contains("left today: "), "{input:?}: {run:?}");
        assert!(run.out.ends_with('\n'), "{input:?}");
        let events = desk.document()["events"].as_array().unwrap().len();
        assert_eq!(events, answers, "{input:?}");
    }
}

#[test]
fn a_pipe_is_plain_by_itself() {
    let desk = Desk::with_terms(&ROWS);
    let run = desk.run_with(&["review"], "\n3\n");
    assert_eq!(run.status, 0);
    assert!(run.out.contains("Front: 银行") && !run.out.contains('\u{1b}'), "{run:?}");
}

#[test]
fn what_is_no_grade_is_asked_again_and_an_answer_can_be_taken_back() {
    let desk = Desk::with_terms(&ROWS);
    let run = desk.run_with(&["review", "--plain"], "\n9\nmaybe\n3\nu\n\n1\nq\n");
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(run.out.matches("a grade is the number or the name").count(), 2, "{run:?}");
    assert!(run.out.contains("taken back: answer to 银行"), "{run:?}");
    assert_eq!(run.out.matches("Front: 银行").count(), 2, "{run:?}");
    assert_eq!(desk.json(&["due"]), json!({ "new": 2, "due": 0, "drill": 1 }));
}

#[test]
fn a_card_can_be_suspended_or_buried_from_the_prompt() {
    let desk = Desk::with_terms(&ROWS);
    desk.json(&["decks", "set", "terms", "direction=forward"]);
    let run = desk.run_with(&["review", "--plain"], ":s\n:b\n:q\n");
    assert_eq!(run.status, 0);
    assert_eq!(desk.note("银行")["cards"][0]["state"]["suspended"], true);
    assert_eq!(desk.note("国家")["cards"][0]["state"]["buried"], true);
}

#[test]
fn words_that_look_like_commands_can_be_typed_as_answers() {
    let desk = Desk::with_terms(&[("字母", "q")]);
    let run = desk.run_with(&["review", "--plain"], "q\n3\n");
    assert!(run.out.contains("Your answer is right"), "the answer is the letter: {run:?}");
}

#[test]
fn limits_of_a_session_hold() {
    let desk = Desk::with_terms(&ROWS);
    let run = desk.run_with(&["review", "--plain", "--limit", "1"], "\n3\n\n3\n\n3\n");
    assert_eq!(run.out.matches("Front: ").count(), 1, "{run:?}");
    let run = desk.run_with(&["review", "--plain", "--new", "0"], "\n3\n");
    assert_eq!(run.out.matches("Front: ").count(), 0, "{run:?}");
}

#[test]
fn cram_practises_ahead_and_changes_no_schedule() {
    let mut desk = Desk::with_terms(&ROWS);
    for (front, _) in ROWS {
        desk.json(&["answer", &desk.card(front), "4"]);
    }
    desk.at("2026-11-24T12:00:00Z");
    for (front, _) in ROWS {
        desk.json(&["answer", &desk.card(front), "4"]);
    }
    desk.at("2026-11-25T12:00:00Z");
    desk.json(&["suspend", "--search", "is:new"]);
    let before = desk.search("");
    let run = desk.run_with(&["review", "--plain", "--cram"], "\n1\n\n3\n\n3\n");
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.out.contains("[practice] terms"), "{run:?}");
    assert_eq!(desk.search(""), before);
}

#[test]
fn drill_imports_and_reviews_and_the_second_time_finds_nothing_new() {
    let desk = Desk::new();
    desk.write("terms.tsv", table(&ROWS));
    let run = desk.run_with(&["drill", "terms.tsv"], "\n3\n");
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{run:?}");
    assert!(run.out.contains("terms.tsv: 3 new"), "{run:?}");
    assert!(run.out.contains("Front: 银行"), "{run:?}");
    assert!(run.out.contains("left today: 0 due, 2 new"), "{run:?}");
    let run = desk.run(&["drill", "terms.tsv"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{run:?}");
    assert!(run.out.contains("terms.tsv: nothing new"), "{run:?}");
    assert!(run.out.contains("left today: 0 due, 2 new"), "{run:?}");
}

#[test]
fn a_drill_offers_its_files_new_cards_whatever_the_day_has_used() {
    let desk = Desk::with_terms(&ROWS);
    desk.json(&["decks", "set", "terms", "new_per_day=1"]);
    desk.json(&["answer", &desk.card("银行"), "4"]);
    assert_eq!(desk.json(&["due"])["new"], 0);
    let run = desk.run_with(&["drill", "terms.tsv", "--new", "2"], "\n3\n\n3\n");
    assert_eq!(run.out.matches("Front: ").count(), 2, "{run:?}");
}

#[test]
fn with_json_a_review_says_only_what_is_to_do() {
    let desk = Desk::with_terms(&ROWS);
    let counts = json!({ "new": 2, "due": 0, "drill": 0 });
    assert_eq!(desk.json(&["review", "--new", "2"]), json!({ "counts": counts }));
    let report = desk.json(&["drill", "terms.tsv", "--new", "2"]);
    assert_eq!(report["counts"], counts);
    assert_eq!(report["files"][0]["unchanged"], 3);
}

#[test]
fn hostile_text_is_harmless_line_by_line() {
    let desk = Desk::new();
    desk.json(&["add", "a\u{1b}[2Jb", "c\u{9b}d\u{202e}e\nsecond line"]);
    let run = desk.run_with(&["review", "--plain"], "x\u{1b}[31m\n3\n");
    let strange = run
        .out
        .chars()
        .find(|c| (c.is_control() && *c != '\n') || matches!(c, '\u{202e}' | '\u{9b}'));
    assert_eq!(strange, None, "{run:?}");
}
