//! What can be typed at the prompts of a review besides answers and grades.

use serde_json::json;

use crate::common::{Desk, Run};

const ROWS: [(&str, &str); 2] = [("银行", "bank"), ("国家", "country")];

/// Returns a desk whose deck asks its fronts only.
fn desk() -> Desk {
    let desk = Desk::with_terms(&ROWS);
    desk.json(&["decks", "set", "terms", "direction=forward"]);
    desk
}

fn review(desk: &Desk, input: &str) -> Run {
    let run = desk.run_with(&["review", "--plain"], input);
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{run:?}");
    run
}

/// Asserts that the output holds all of these, one after the other.
fn says(run: &Run, words: &[&str]) {
    let mut rest = run.out.as_str();
    for word in words {
        let at = rest.find(word).unwrap_or_else(|| panic!("{word}: {}", run.out));
        rest = &rest[at + word.len()..];
    }
}

#[test]
fn a_mark_is_a_tag_that_can_be_taken_back_and_set_again() {
    let desk = desk();
    let run = review(&desk, ":m\n\n:q\n");
    says(&run, &["Front: 银行", "marked", "Back: bank", "1 Again"]);
    assert_eq!(desk.note("银行")["tags"], json!(["marked"]));
    let run = review(&desk, ":m\n:u\n:r\n:q\n");
    let said = ["[new] terms * marked", "the mark is taken away", "taken back: unmarking 银行"];
    says(&run, &said);
    says(&run, &["taken back: unmarking 银行", "* marked", "done again: unmarking 银行"]);
    assert_eq!(desk.note("银行")["tags"], json!([]));
    desk.is_sound();
}

#[test]
fn an_answer_that_was_taken_back_can_be_given_again() {
    let desk = desk();
    let run = review(&desk, "\n3\n:u\n:r\n:r\n:q\n");
    let said =
        ["taken: 1d", "taken back: answer to 银行", "Front: 银行", "done again: answer to 银行"];
    says(&run, &said);
    says(&run, &["Front: 国家", "nothing to do again", "1 answer, 100% remembered"]);
    assert_eq!(desk.json(&["due"])["new"], 1);
}

#[test]
fn a_field_is_changed_at_either_prompt() {
    let desk = desk();
    let run = review(
        &desk,
        ":e back=river bank\n:e example=他去银行。\n\n:e reading = yínháng \n3\n:q\n",
    );
    says(
        &run,
        &[
            "saved: back is now river bank",
            "Back: river bank",
            "saved: reading is now yínháng",
            "taken: 1d",
        ],
    );
    let note = desk.note("银行");
    assert_eq!((&note["back"], &note["reading"]), (&json!("river bank"), &json!("yínháng")));
    let run = review(&desk, ":e\n:e colour=red\n:e back=\n:q\n");
    says(
        &run,
        &[
            "write the field and its text",
            "`colour` is no field",
            "a note needs a front and a back",
        ],
    );
    assert_eq!(desk.note("国家")["back"], "country");
}

#[test]
fn why_and_history_are_told_and_the_prompt_comes_again() {
    let mut desk = desk();
    desk.json(&["answer", &desk.card("银行"), "4", "--ms", "2300"]);
    desk.at("2026-11-27T12:00:00Z");
    let run = review(&desk, ":w\n:h\n:q\n");
    let said = [
        "Front: 银行",
        "queue: due since 2026-11-24",
        "overdue: by 3 days of an interval of 1 day (300 %)",
        "place: 1 of 1 due; also 1 new",
        "order: relative-overdueness",
        "limits: new: 20 of 20 left today; reviews: no limit",
        "card: interval 1d, ease 2.50, 1 pass in a row, 0 lapses",
        "2026-11-23: Good, 1d, ease 2.50, 2.3 s",
    ];
    says(&run, &said);
    let run = review(&desk, "\n3\n:h\n:w\n:q\n");
    says(
        &run,
        &["Front: 国家", "this card was never answered", "queue: new: it was never answered"],
    );
}

#[test]
fn the_example_is_a_hint_with_the_answer_blanked() {
    let desk = desk();
    let run = review(&desk, ":x\n:e example=The bank is old.\n:x\n\n:x\n:q\n");
    let said = [
        "no hint: there is no example",
        "Hint: The ____ is old.",
        "Back: bank",
        "the answer is shown already",
    ];
    says(&run, &said);
}

#[test]
fn every_command_is_listed_with_what_it_does() {
    let run = review(&desk(), ":?\n:q\n");
    for command in [":u", ":r", ":e", ":m", ":s", ":b", ":x", ":h", ":w", ":q", ":?"] {
        assert!(run.out.lines().any(|line| line.contains(command)), "{command}: {}", run.out);
    }
}

#[test]
fn a_session_with_nothing_left_says_which_commands_go_on() {
    let mut desk = desk();
    desk.json(&["decks", "set", "terms", "new_per_day=1"]);
    let run = review(&desk, "\n1\n\n3\n");
    let said = [
        "nothing is left for today",
        "due tomorrow: 1, in the next 7 days: 1",
        "termdeck review --new 1: another new card, this session only",
        "termdeck review --weakest 20: practise the weakest card, no schedule changes",
        "termdeck review --cram: practise ahead, 2 cards, no schedule changes",
    ];
    says(&run, &said);
    let before = desk.search("");
    let run = desk.run_with(&["review", "--plain", "--weakest", "20"], "\n1\n");
    assert_eq!(run.out.matches("[practice] terms").count(), 1, "{run:?}");
    assert_eq!(desk.search(""), before, "practice changes no schedule");

    desk.json(&["add", "a", "b", "--deck", "It's new"]);
    let run = desk.run_with(&["review", "terms", "--plain"], "");
    says(
        &run,
        &[r"termdeck review 'It'\''s new': It's new, 1 new", "termdeck review terms --new 1"],
    );
    desk.at("2026-11-23T13:00:00Z");
    let run = review(&desk, "");
    says(&run, &["left today: 0 due, 1 new"]);
    assert!(!run.out.contains("termdeck review"), "{run:?}");
}

#[test]
fn one_of_several_with_the_same_side_is_named_in_both_directions() {
    let desk = Desk::with_terms(&[("国家", "country"), ("国", "country"), ("国", "nation")]);
    desk.json(&["decks", "set", "terms", "direction=reverse"]);
    let run = review(&desk, "国\n3\n\n3\n:q\n");
    says(&run, &["(1 of 2 with this back)", "Front: country", "the other card with this back"]);
    says(&run, &["Back: 国家", "(2 of 2 with this back)", "Back: 国"]);
    desk.json(&["decks", "set", "terms", "direction=forward"]);
    let run = review(&desk, "\n3\n:q\n");
    says(&run, &["(2 of 2 with this front)", "Front: 国"]);
}
