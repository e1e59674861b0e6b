//! The terminal is given back, however the program is told to go.

use super::day::{Learner, WORDS};
use super::terminal::{CTRL_Z, SPACE, Terminal};
use crate::common::Desk;

const LEAVES_ALTERNATE_SCREEN: &str = "\x1b[?1049l";
const SHOWS_CURSOR: &str = "\x1b[?25h";

#[test]
fn a_signal_to_leave_gives_the_terminal_back_and_keeps_every_answer() {
    for (signal, status) in [("TERM", 143), ("HUP", 129)] {
        let mut learner = Learner::open(Desk::with_terms(&WORDS), &["review"]);
        learner.terminal.wait_for("8 left");
        learner.answer("3");
        learner.answer("1");
        // In the middle of a card.
        learner.terminal.press_for(SPACE, "1 Again");
        learner.terminal.signal(signal);
        let Learner { desk, terminal } = learner;
        let end = terminal.end();
        assert_eq!(end.status, status, "{signal}: {}", end.screen);
        assert!(!end.is_taken, "{signal}: {:?}", end.log);
        let last = end.log.rfind(LEAVES_ALTERNATE_SCREEN).expect("the alternate screen is left");
        assert!(end.log[last..].contains(SHOWS_CURSOR), "{signal}: {:?}", end.log);
        assert_eq!(desk.document()["events"].as_array().unwrap().len(), 2, "{signal}");
        assert_eq!(desk.json(&["due"])["new"], 6, "{signal}");
        desk.is_sound();
    }
}

#[test]
fn a_program_that_is_killed_loses_no_answer_that_it_showed_as_taken() {
    let mut learner = Learner::open(Desk::with_terms(&WORDS), &["review"]);
    learner.terminal.wait_for("8 left");
    learner.answer("3");
    learner.answer("1");
    learner.terminal.signal("KILL");
    let Learner { desk, terminal } = learner;
    terminal.end();
    assert_eq!(desk.document()["events"].as_array().unwrap().len(), 2);
    desk.is_sound();
    // The session goes on where it was.
    let mut learner = Learner::open(desk, &["review"]);
    learner.terminal.wait_for("7 left, 6 new, 1 again");
    learner.agrees();
    learner.answer("3");
}

#[test]
fn ctrl_c_leaves_from_everywhere() {
    for keys in ["", "i", "?", "\r", "\r ", "\re"] {
        let desk = Desk::with_terms(&WORDS);
        let mut terminal = Terminal::open(&desk, &[]);
        terminal.wait_for("All decks");
        terminal.press(keys);
        terminal.press("\x03");
        terminal.ends_well();
    }
}

fn wait_for_prompt(terminal: &mut Terminal) {
    terminal.wait_until("a prompt", |screen| screen.trim_end().ends_with("\nready>"));
}

#[test]
fn ctrl_z_goes_to_the_shell_and_back() {
    let desk = Desk::with_terms(&WORDS);
    let shell = "PS1='ready> ' exec /bin/sh -i";
    let mut terminal = Terminal::open_shell(&desk, shell);
    terminal.wait_for("ready>");
    terminal.press("\"$TERMDECK\" review\r");
    terminal.wait_for("8 left");
    terminal.press_for(SPACE, "3 Good");

    let screen = terminal.press_for(CTRL_Z, "Stopped");
    assert!(!screen.contains("3 Good"), "the shell's own screen is back:\n{screen}");
    // Lines are edited and echoed again, as the shell left them.
    wait_for_prompt(&mut terminal);
    terminal.press_for("echo he''re\r", "\nhere");
    wait_for_prompt(&mut terminal);

    let screen = terminal.press_for("fg\r", "3 Good");
    assert!(screen.contains("银行") && !screen.contains("ready>"), "{screen}");
    terminal.press_for("3", "7 left");
    assert_eq!(desk.json(&["due"])["new"], 7);
    terminal.press_for("q", "Session ended");
    terminal.press("q");
    wait_for_prompt(&mut terminal);
    terminal.press("exit\r");
    let end = terminal.end();
    assert!(!end.is_taken, "{:?}", end.log);
}

#[test]
fn the_full_screen_is_not_for_a_terminal_that_wants_plain_lines() {
    let desk = Desk::with_terms(&WORDS);
    let mut terminal = Terminal::open(&desk, &["review", "--plain"]);
    terminal.wait_for("Front: 银行");
    terminal.press_for("bank\r", "Your answer is right");
    terminal.press_for("3\r", "Front: 国家");
    // The end of the input, as it is typed at a terminal.
    terminal.press("\x04");
    let end = terminal.end();
    assert_eq!(end.status, 0, "{}", end.screen);
    assert!(!end.log.contains('\x1b'), "{:?}", end.log);
    assert_eq!(desk.json(&["due"])["new"], 7);
}

#[test]
fn a_collection_that_cannot_be_opened_leaves_the_screen_alone() {
    let desk = Desk::new();
    desk.write("cards.db", "no collection".repeat(100));
    let end = Terminal::open(&desk, &[]).end();
    assert_eq!(end.status, 1);
    assert!(end.screen.contains("error: ") && end.screen.contains("hint: "), "{}", end.screen);
    assert!(!end.log.contains("\x1b[?1049h"), "{:?}", end.log);
}
