//! A look at the statistics between two answers.

use serde_json::Value;

use super::day::{Learner, WORDS};
use super::terminal::{ESC, TAB, Terminal};
use crate::common::Desk;

#[test]
fn what_was_just_answered_is_in_the_statistics() {
    let mut learner = Learner::open(Desk::with_terms(&WORDS), &["review"]);
    learner.agrees();
    learner.answer("3");
    learner.answer("1");
    let terminal = &mut learner.terminal;
    terminal.press_for(ESC, "Session ended");
    terminal.press_for(ESC, "recent imports");
    terminal.press_for("s", "2 answers: 2 reviews, 0 in the drill");
    terminal.wait_for("2 new cards");
    terminal.wait_for("1 day in a row");
    let stats = learner.desk.json(&["stats"]);
    assert_eq!((&stats["reviews"], &stats["new"]), (&Value::from(2), &Value::from(2)));
    let terminal = &mut learner.terminal;
    terminal.press_for(TAB, "2 cards due in 30 days");
    terminal.press_for("]", "Statistics · terms");
    terminal.press_for("r", "last 90 days");
    terminal.press_for(TAB, "2 reviews in 90 days");
    terminal.press_for(TAB, "by grade");
    terminal.press_for(TAB, "16 cards");
    terminal.press_for("q", "recent imports");
    learner.desk.is_sound();
}

#[test]
fn statistics_fit_the_smallest_terminal_and_survive_another_size() {
    let desk = Desk::with_terms(&WORDS);
    let mut terminal = Terminal::open_at(&desk, &[], (40, 12));
    terminal.wait_for("All decks");
    terminal.press_for("s", "more below");
    terminal.press_for("G", "· 0");
    terminal.resize(100, 30);
    terminal.wait_for("[Overview]  Forecast");
    terminal.press_for("q", "recent imports");
}
