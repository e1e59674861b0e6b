//! From an empty collection to the first card, by hand.

use super::terminal::{DOWN, ENTER, ESC, SPACE, TAB, Terminal};
use crate::common::{Desk, table};

const WORDS: [(&str, &str); 3] = [("银行", "bank"), ("国家", "country"), ("政策", "policy")];

fn desk() -> Desk {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("decks")).unwrap();
    desk.write("decks/terms-a.tsv", "front\tback\nuno\tone\n");
    desk.write("decks/terms-b.tsv", table(&WORDS));
    desk.write("notes.txt", "x");
    desk
}

#[test]
fn a_file_is_found_planned_ticked_applied_and_learnt() {
    let desk = desk();
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("No decks yet");
    terminal.press_for("i", "file ›");
    terminal.press_for(&format!("dec{TAB}"), "file › decks/");
    let screen = terminal.press_for(TAB, "terms-b.tsv");
    assert!(screen.contains("terms-a.tsv") && screen.contains("file › decks/terms-"), "{screen}");
    terminal.press_for(&format!("b{TAB}"), "file › decks/terms-b.tsv");

    let screen = terminal.press_for(ENTER, "3 ticked");
    assert!(screen.contains("Import decks/terms-b.tsv → terms-b"), "{screen}");
    assert_eq!(screen.matches("[x] add").count(), 3, "{screen}");
    assert!(screen.contains("3 add"), "{screen}");
    assert!(desk.json(&["decks"])["decks"].as_array().unwrap().is_empty(), "only a plan");

    let screen = terminal.press_for(&format!("{DOWN}{SPACE}"), "2 ticked");
    assert_eq!(screen.matches("[ ] left out").count(), 1, "{screen}");
    let home = terminal.press_for(ENTER, "2 added, 0 updated, 1 left out");
    assert!(home.contains("All decks") && home.contains("terms-b"), "{home}");
    assert_eq!(desk.fronts(""), ["银行", "政策"]);
    assert_eq!(desk.json(&["imports"])["imports"][0]["added"], 2);

    terminal.press_for(ENTER, "2 left, 2 new");
    terminal.press_for(SPACE, "3 Good");
    terminal.press_for("3", "1 left, 1 new");
    terminal.press_for(ESC, "Session finished");
    terminal.press("q");
    terminal.ends_well();
    assert_eq!(desk.json(&["due"])["new"], 1);
    desk.is_sound();
}

#[test]
fn a_plan_that_is_left_changes_nothing() {
    let desk = desk();
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("No decks yet");
    let before = desk.tables();
    terminal.press_for("i", "file ›");
    terminal.press_for("decks/terms-b.tsv", "terms-b.tsv");
    terminal.press_for(ENTER, "3 ticked");
    terminal.press_for(ESC, "No decks yet");
    assert_eq!(desk.tables(), before);
    terminal.press("q");
    terminal.ends_well();
}

#[test]
fn a_file_that_cannot_be_read_is_explained_on_the_spot() {
    let desk = desk();
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("No decks yet");
    terminal.press_for("i", "file ›");
    terminal.press_for("missing.tsv", "missing.tsv");
    let screen = terminal.press_for(ENTER, "No such file");
    assert!(screen.contains("file › missing.tsv"), "the path can be corrected:\n{screen}");
    terminal.press_for(ESC, "No decks yet");
    terminal.press("q");
    terminal.ends_well();
}

#[test]
fn a_folder_is_imported_as_a_whole() {
    let desk = desk();
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("No decks yet");
    terminal.press_for("i", "file ›");
    terminal.press_for("decks", "file › decks");
    terminal.press_for(ENTER, "Import 2 files");
    terminal.press_for(ENTER, "4 added, 0 updated");
    terminal.press("q");
    terminal.ends_well();
    assert_eq!(desk.json(&["due"])["new"], 4);
    desk.is_sound();
}

#[test]
fn a_corrected_file_shows_what_it_would_change() {
    let desk = desk();
    desk.json(&["import", "decks/terms-b.tsv", "--yes"]);
    desk.write("decks/terms-b.tsv", table(&WORDS).replace("policy", "policies"));
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("terms-b");
    terminal.press_for("i", "file ›");
    terminal.press_for("decks/terms-b.tsv", "terms-b.tsv");
    let screen = terminal.press_for(ENTER, "1 ticked");
    assert!(screen.contains("[x] update") && screen.contains("2 unchanged"), "{screen}");
    terminal.press_for(ENTER, "0 added, 1 updated");
    assert_eq!(desk.note("政策")["back"], "policies");
    terminal.press("q");
    terminal.ends_well();
}
