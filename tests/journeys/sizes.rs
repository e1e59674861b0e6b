//! Small terminals, and terminals that change their size.

use super::day::WORDS;
use super::terminal::{DOWN, ENTER, ESC, SPACE, Terminal};
use crate::common::{Desk, table};

const LONG: &str =
    "人工智能国际合作是各国共同面对的课题，需要对话、规则和互信，也需要让更多国家从中受益";

#[test]
fn a_small_terminal_is_enough_for_a_whole_session() {
    let desk = Desk::new();
    desk.write("terms.tsv", table(&WORDS[..2]));
    let mut terminal = Terminal::open_at(&desk, &["drill", "terms.tsv"], (40, 12));
    let screen = terminal.wait_for("2 left");
    assert!(screen.contains("银行"), "{screen}");
    terminal.press_for(SPACE, "4 Easy");
    terminal.press_for("1", "国家");
    terminal.press_for(SPACE, "4 Easy");
    terminal.press_for("4", "1 left");
    terminal.press_for(SPACE, "4 Easy");
    terminal.press_for("3", "Session finished");
    terminal.press_for(ENTER, "All decks");
    terminal.press("q");
    terminal.ends_well();
    assert_eq!(desk.run(&["due", "--exit-code"]).status, 3);
}

#[test]
fn a_session_survives_every_change_of_size() {
    let desk =
        Desk::with_terms(&[(LONG, "cooperation in artificial intelligence"), ("银行", "bank")]);
    let mut terminal = Terminal::open(&desk, &["review"]);
    terminal.wait_for("2 left");
    terminal.press_for(SPACE, "1 Again");
    terminal.resize(40, 12);
    terminal.wait_until("a narrow screen", |screen| {
        let rule = "─".repeat(38);
        screen.lines().any(|line| line.trim() == rule) && screen.contains("4 Easy")
    });
    terminal.resize(30, 8);
    terminal.wait_for("needs 40x12");
    // Nothing can be seen, but a key still counts once there is room again.
    terminal.resize(120, 40);
    let screen = terminal.wait_for("4 Easy");
    assert!(screen.contains("cooperation in artificial intelligence"), "{screen}");
    let whole: String = screen.lines().map(str::trim).collect();
    assert!(whole.contains(LONG), "nothing is cut:\n{screen}");
    terminal.press_for("3", "1 left");
    terminal.resize(80, 24);
    terminal.wait_until("one footer", |screen| screen.matches("Space show").count() == 1);
    terminal.press_for(ESC, "Session ended");
    terminal.press("q");
    terminal.ends_well();
    assert_eq!(desk.document()["events"].as_array().unwrap().len(), 1);
    desk.is_sound();
}

#[test]
fn help_names_every_key_at_any_size() {
    for size in [(80, 24), (40, 12)] {
        let desk = Desk::with_terms(&WORDS);
        let mut terminal = Terminal::open_at(&desk, &[], size);
        terminal.wait_for("All decks");
        terminal.press_for("?", "review the chosen deck");
        terminal.press_for(ESC, "All decks");
        terminal.press("q");
        terminal.ends_well();
    }
}

#[test]
fn a_key_that_comes_together_with_a_change_of_size_is_not_lost() {
    let desk = Desk::with_terms(&WORDS);
    let mut terminal = Terminal::open(&desk, &["review"]);
    terminal.wait_for("8 left");
    for (width, height) in [(100, 30), (80, 24)].into_iter().cycle().take(20) {
        terminal.resize(width, height);
        terminal.press_for("?", "Esc close");
        terminal.resize(width + 1, height);
        terminal.press_for("?", "Space show");
    }
    terminal.press(ESC);
    terminal.wait_for("All decks");
    terminal.press("q");
    terminal.ends_well();
}

#[test]
fn a_thousand_sizes_leave_no_debris() {
    let desk = Desk::with_terms(&WORDS);
    let mut terminal = Terminal::open_at(&desk, &["review"], (100, 30));
    terminal.wait_for("8 left");
    // The help page of either side of a card, on a terminal that was always this large.
    let mut clean = Vec::new();
    for side in ["Space show", "4 Easy"] {
        terminal.wait_for(side);
        clean.push(terminal.press_for("?", "Esc close"));
        terminal.press("?");
        terminal.wait_without("Esc close");
        terminal.press(SPACE);
    }
    let mut state = 20_u64;
    let mut random = |below: u64| {
        // Knuth's multiplier; the upper bits are the better ones.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) % below
    };
    for nth in 1..=1_000 {
        let (width, height) = (1 + random(300) as u16, 1 + random(100) as u16);
        terminal.resize(width, height);
        if nth % 5 == 0 {
            terminal.press([SPACE, "j", DOWN, "k"][random(4) as usize]);
        }
        if nth % 20 == 0 {
            terminal.resize(100, 30);
            terminal.press_for("?", "Esc close");
            let what = format!("a clean page after {nth} sizes");
            terminal.wait_until(&what, |screen| clean.iter().any(|page| page == screen));
            terminal.press("?");
            terminal.wait_without("Esc close");
        }
    }
    terminal.press("\x03");
    terminal.ends_well();
    desk.is_sound();
}
