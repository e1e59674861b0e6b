//! A terminal is not alone with its collection, nor with the text of its decks.

use super::day::{Learner, WORDS};
use super::terminal::{SPACE, Terminal};
use crate::common::Desk;

#[test]
fn a_card_that_was_answered_elsewhere_is_not_counted_twice() {
    let mut learner = Learner::open(Desk::with_terms(&WORDS), &["review"]);
    learner.terminal.wait_for("8 left");
    let card = learner.agrees()["id"].as_str().unwrap().to_owned();
    learner.terminal.press_for(SPACE, "3 Good");

    // A script, or another window, answers the card that is on the screen.
    learner.desk.json(&["answer", &card, "5"]);
    let before = learner.desk.note("银行");
    learner.terminal.press("3");
    learner.terminal.wait_without("3 Good");
    learner.agrees();
    assert_eq!(learner.desk.note("银行"), before, "one review a card and day");
    assert_eq!(learner.desk.json(&["due"])["new"], 7);

    // What was answered elsewhere is not shown again here.
    let other = learner.desk.card("政策");
    learner.desk.json(&["answer", &other, "4"]);
    for _ in 0..5 {
        assert_ne!(learner.answer("3")["id"], other.as_str());
    }
    learner.reveal_and_press("3");
    learner.terminal.wait_for("✓ nothing: all done");
    learner.desk.is_sound();
}

#[test]
fn an_undo_in_the_terminal_takes_back_its_own_answer() {
    let mut learner = Learner::open(Desk::with_terms(&WORDS), &["review"]);
    learner.terminal.wait_for("8 left");
    learner.answer("3");
    let other = learner.desk.card("监管");
    learner.desk.json(&["answer", &other, "4"]);
    learner.terminal.press_for("u", "Taken back: answer to 银行");
    learner.agrees();
    assert_eq!(learner.desk.note("监管")["cards"][0]["state"]["repetitions"], 1);
    assert_eq!(learner.desk.note("银行")["cards"][0]["state"]["repetitions"], 0);
    learner.desk.is_sound();
}

#[test]
fn text_from_decks_cannot_drive_the_terminal() {
    let desk = Desk::new();
    desk.json(&[
        "add",
        "a\u{1b}]0;gone\u{7}b",
        "c\u{9b}5mд\u{202e}e\u{1b}[?1049l",
        "--deck",
        "x\u{1b}[2J",
    ]);
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("All decks");
    terminal.press_for("\r", "1 left");
    terminal.press_for(SPACE, "3 Good");
    terminal.press_for("e", "Edit note");
    terminal.press_for("\x1b", "3 Good");
    terminal.press_for("3", "Session finished");
    terminal.press_for("\r", "All decks");
    terminal.press("q");
    let end = terminal.end();
    assert!(!end.is_taken);
    for hostile in ["\u{1b}]0;", "\u{9b}", "\u{202e}", "\u{1b}[2Jx"] {
        assert!(!end.log.contains(hostile), "{hostile:?}: {:?}", end.log);
    }
    assert_eq!(end.log.matches("\u{1b}[?1049l").count(), 1, "{:?}", end.log);
}

#[test]
fn colours_can_be_left_out() {
    // A foreground or background colour: SGR 30 to 49 and 90 to 107.
    let has_colour = |log: &str| {
        log.split("\u{1b}[").skip(1).any(|rest| {
            let Some((numbers, _)) = rest.split_once('m') else { return false };
            let numbers: Vec<&str> = numbers.split(';').collect();
            let plain = ["0", "1", "2", "3", "4", "7", "22", "23", "24", "27", "39", "49", "59"];
            numbers.iter().all(|n| n.parse::<u8>().is_ok())
                && numbers.iter().any(|n| !plain.contains(n))
        })
    };
    for (args, wanted) in [(&["review"][..], true), (&["review", "--color", "never"], false)] {
        let desk = Desk::with_terms(&WORDS);
        let mut terminal = Terminal::open(&desk, args);
        terminal.wait_for("8 left");
        terminal.press_for(SPACE, "3 Good");
        terminal.press("\x03");
        let end = terminal.end();
        assert_eq!(has_colour(&end.log), wanted, "{args:?}: {:?}", end.log);
    }
}
