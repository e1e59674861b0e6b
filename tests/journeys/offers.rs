//! What lies beside answering: marks, hints, reasons, history, and what comes after.

use serde_json::{Value, json};

use super::day::{Learner, WORDS};
use super::terminal::{ENTER, ESC, RIGHT, SPACE};
use crate::common::{Desk, text};

const LEFT: &str = "\x1b[D";
const F3: &str = "\x1bOR";

/// Returns a desk whose deck asks its fronts only.
fn desk(words: &[(&str, &str)]) -> Desk {
    let desk = Desk::with_terms(words);
    desk.json(&["decks", "set", "terms", "direction=forward"]);
    desk
}

#[test]
fn a_card_is_marked_explained_hinted_and_corrected_on_the_spot() {
    let mut desk = desk(&WORDS[..2]);
    let note = text(&desk.note("银行")["id"]);
    desk.json(&["edit", &note, "example=The bank is old.", "reading=yínháng"]);
    desk.json(&["answer", &desk.card("银行"), "3", "--ms", "2300"]);
    desk.at("2026-11-27T12:00:00Z");
    let mut learner = Learner::open(desk, &["review", "terms"]);
    let terminal = &mut learner.terminal;
    terminal.wait_for("银行");

    terminal.press_for("m", "Marked.");
    assert!(terminal.screen().contains("⚑ terms · due"), "{}", terminal.screen());
    assert_eq!(learner.desk.note("银行")["tags"], json!(["marked"]));
    terminal.press_for("u", "Taken back: marking 银行");
    assert_eq!(learner.desk.note("银行")["tags"], json!([]));
    terminal.press_for("r", "Done again: marking 银行");

    let why = terminal.press_for("w", "Why now: 银行");
    assert!(why.contains("due since 2026-11-24"), "{why}");
    assert!(why.contains("by 3 days of an interval of 1 day (300 %)"), "{why}");
    terminal.press_for("w", "Space show");
    let history = terminal.press_for("h", "History: 银行");
    assert!(history.contains("2026-11-23  Hard") && history.contains("2.3 s"), "{history}");
    terminal.press_for(ESC, "Space show");

    terminal.press_for(F3, "The ____ is old.");
    terminal.press_for("y", "yínháng");
    terminal.press_for(SPACE, "The bank is old.");
    terminal.press_for("E", "back › bank");
    terminal.press_for(" of a river", "bank of a river");
    terminal.press_for(ENTER, "Saved.");
    assert_eq!(learner.desk.note("银行")["back"], "bank of a river");
    terminal.press_for("3", "国家");
    learner.agrees();
    let (desk, _) = learner.leave();
    desk.is_sound();
}

#[test]
fn a_day_that_is_done_offers_what_else_there_is() {
    let desk = desk(&WORDS);
    desk.json(&["decks", "set", "terms", "new_per_day=2"]);
    desk.json(&["add", "chien", "dog", "--deck", "Français"]);
    let mut learner = Learner::open(desk, &["review", "terms"]);
    for button in ["1", "3", "3"] {
        learner.terminal.press_for(SPACE, "1 Again");
        learner.terminal.press(button);
        learner.terminal.wait_without("1 Again");
    }
    let summary = learner.terminal.wait_for("practise ahead");
    for line in [
        "tomorrow        2 due",
        "1  Français                      1 new",
        "2  another 6 new                 this session only",
        "3  practise the weakest card     no schedule changes",
        "4  practise ahead                8 cards, no schedule changes",
        "hardest",
    ] {
        assert!(summary.contains(line), "{line}:\n{summary}");
    }

    // Practice: whatever is answered, no schedule changes.
    let before = learner.desk.search("");
    let screen = learner.terminal.press_for("3", "1 left to practise");
    assert!(screen.contains("terms · practice"), "{screen}");
    learner.terminal.press_for(SPACE, "1 Again");
    learner.terminal.press_for("1", "Practice finished");
    assert_eq!(learner.desk.search(""), before);

    // More new cards, for this session alone.
    learner.terminal.wait_for("another 6 new");
    learner.terminal.press_for("2", "6 left, 6 new");
    learner.terminal.press_for(SPACE, "4 Easy");
    learner.terminal.press_for("4", "5 left, 5 new");
    let summary = learner.terminal.press_for("q", "Session ended");
    assert!(summary.contains("5 new"), "{summary}");
    assert_eq!(learner.desk.json(&["due", "terms"])["new"], 0);

    // Home: Enter on a deck that is done is no dead end.
    learner.terminal.press_for(ESC, "All decks");
    learner.terminal.press("jj");
    learner.terminal.press_for(ENTER, "Nothing is left for today in terms");
    learner.terminal.wait_for("▸ 1  Français");
    learner.terminal.press_for(ENTER, "chien");
    learner.terminal.press_for(ESC, "All decks");
    learner.terminal.press("q");
    learner.terminal.ends_well();
    learner.desk.is_sound();
}

#[test]
fn decks_below_a_deck_are_folded_away_and_shown_again() {
    let desk = Desk::new();
    for (front, deck) in [("国", "中文::成语"), ("家", "中文::政策"), ("un", "Français")]
    {
        desk.json(&["add", front, "x", "--deck", deck]);
    }
    let mut learner = Learner::open(desk, &[]);
    learner.terminal.wait_for("成语");
    learner.terminal.press("jj");
    let screen = learner.terminal.press_for(LEFT, "中文 +2");
    assert!(!screen.contains("成语"), "{screen}");
    learner.terminal.press_for(RIGHT, "成语");
    let counts: Value = learner.desk.json(&["due", "中文"]);
    assert_eq!(counts["new"], 2);
    learner.terminal.press("q");
    learner.terminal.ends_well();
}
