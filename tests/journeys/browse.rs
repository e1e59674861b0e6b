//! Among the notes: finding, looking, changing many, taking it back.

use super::terminal::{BACKSPACE, CTRL_U, DOWN, ENTER, ESC, SPACE, Terminal};
use crate::common::Desk;

fn desk() -> Desk {
    let desk = Desk::with_terms(&[
        ("银行", "bank"),
        ("国家", "country"),
        ("国家安全", "national security"),
        ("图书馆", "public library"),
    ]);
    desk.json(&["answer", &desk.card("国家"), "good"]);
    desk
}

#[test]
fn notes_are_found_marked_changed_and_put_back() {
    let desk = desk();
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("All decks");
    terminal.press_for("/", "1 of 4 notes");
    // Another script, and what is typed is not a command.
    terminal.press_for("國家", "1 of 2 notes");
    terminal.press_for(ENTER, "mark all");
    terminal.press_for("*", "2 marked");
    terminal.press_for("s", "Suspend 4 cards of 2 notes?");
    assert_eq!(desk.json(&["search", "is:suspended"])["total"], 0, "only a question");
    terminal.press_for(ENTER, "4 cards of 2 notes suspended");
    assert_eq!(desk.fronts("is:suspended"), ["国家", "国家安全"]);
    terminal.press_for("u", "Taken back: suspending 4 cards");
    assert_eq!(desk.json(&["search", "is:suspended"])["total"], 0);

    terminal.press_for(&format!("{SPACE}{SPACE}t"), "Tags");
    terminal.press_for(&format!("state -x{ENTER}"), "Tag 2 notes: +state -x?");
    terminal.press_for(ENTER, "2 notes tagged");
    assert_eq!(desk.fronts("tag:state"), ["国家", "国家安全"]);
    terminal.press_for("D", "Delete 1 note with 2 cards?");
    terminal.press_for(ENTER, "1 note deleted");
    assert_eq!(desk.json(&["search", "国家"])["total"], 1);
    terminal.press_for(&format!("{BACKSPACE}{BACKSPACE}"), "Taken back: tagging 2 notes");
    assert_eq!(desk.json(&["search", "国家"])["total"], 2);
    assert_eq!(desk.json(&["search", "tag:state"])["total"], 0);
    terminal.press_for("q", "All decks");
    terminal.press("q");
    terminal.ends_well();
    desk.is_sound();
}

#[test]
fn a_note_is_shown_with_its_history_on_a_small_terminal() {
    let desk = desk();
    let mut terminal = Terminal::open_at(&desk, &[], (40, 12));
    terminal.wait_for("All decks");
    terminal.press_for("/", "1 of 4 notes");
    terminal.press_for("is:lat", "^");
    terminal.press_for(&format!("{CTRL_U}rated:1:good"), "1 of 1 note");
    terminal.press_for(&format!("{ENTER}{ENTER}"), "Browse: one note");
    terminal.press_for(&DOWN.repeat(4), "Good            1d");
    terminal.press_for(ESC, "rated:1:good");
    terminal.press_for(&format!("/{CTRL_U}zebra"), "No note matches");
    terminal.press_for(ESC, "/ search");
    terminal.press_for(ESC, "All decks");
    terminal.press("q");
    terminal.ends_well();
}

#[test]
fn what_another_program_changes_is_found_with_the_next_key() {
    let desk = desk();
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("All decks");
    terminal.press_for("/", "1 of 4 notes");
    desk.json(&["add", "国歌", "national anthem"]);
    terminal.press_for("nationa", "1 of 2 notes");
    terminal.press_for(ESC, "/ search");
    terminal.press_for(ESC, "All decks");
    terminal.press("q");
    terminal.ends_well();
}

#[test]
fn an_empty_collection_says_where_notes_come_from() {
    let desk = Desk::new();
    let mut terminal = Terminal::open_at(&desk, &[], (40, 12));
    terminal.wait_for("No decks yet");
    terminal.press_for("/", "There are no notes yet");
    terminal.press_for(ESC, "No decks yet");
    terminal.press("q");
    terminal.ends_well();
}
