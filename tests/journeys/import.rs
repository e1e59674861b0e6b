//! From an empty collection to the first card, by hand.

use super::terminal::{CTRL_S, CTRL_U, DOWN, ENTER, ESC, RIGHT, SPACE, TAB, Terminal};
use crate::common::{Desk, table, text};

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
    assert!(screen.contains("3 new"), "{screen}");
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
    terminal.press_for(ESC, "Session ended");
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

#[test]
fn rows_are_put_right_before_they_are_imported_and_the_file_is_known_again() {
    let desk = Desk::new();
    desk.write(
        "mixed.txt",
        "水;water, H2O\n火;fire, flame\n中国特色;socialism\n社会主义;of China\n水;water, H2O\n",
    );
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("No decks yet");
    terminal.press_for("i", "file ›");
    terminal.press_for("mixed.txt", "mixed.txt");
    terminal.press_for(ENTER, "4 ticked");
    terminal.wait_for("1 │ 水;water, H2O");

    // Another delimiter, and back: the plan follows at once.
    terminal.press_for("cjj", "what stands between two columns");
    let screen = terminal.press_for(RIGHT, "✗ tab");
    assert!(screen.contains("no deck file"), "the file has no tabs:\n{screen}");
    let screen = terminal.press_for(RIGHT, "“,”");
    assert!(screen.contains("水;water") && screen.contains("H2O"), "{screen}");
    terminal.press_for(RIGHT, "“;”");
    terminal.press_for(&format!("{ENTER}{CTRL_U}{ENTER}"), "▸ delimiter  found out");
    terminal.press_for("q", "4 ticked");

    terminal.press_for("e", "Edit row");
    terminal.press_for(&format!("{TAB}{CTRL_U}aqua{CTRL_S}"), "Line 1 is now: add.");
    terminal.press_for("jw", "▸*[x] add            2 fire, flame         火");
    let screen = terminal.press_for("jm", "socialism of China");
    assert!(screen.contains("中国特色社会主义") && screen.contains("3 ticked"), "{screen}");
    terminal.press_for("kg", "▸*[x] add");
    let screen = terminal.press_for("js", "fire,✂ flame");
    assert!(screen.contains("1     fire") && screen.contains("2     flame"), "{screen}");
    terminal.press_for(ENTER, "4 ticked");
    terminal.press_for(TAB, "showing 4 add");
    let home = terminal.press_for(ENTER, "4 added, 0 updated");
    assert!(home.contains("mixed"), "{home}");
    terminal.press("q");
    terminal.ends_well();

    let mut notes: Vec<_> =
        desk.search("").iter().map(|note| (text(&note["front"]), text(&note["back"]))).collect();
    notes.sort();
    let pair = |front: &str, back: &str| (front.to_owned(), back.to_owned());
    let want = [
        pair("fire", "火"),
        pair("flame", "火"),
        pair("中国特色社会主义", "socialism of China"),
        pair("水", "aqua"),
    ];
    assert_eq!(notes, want);
    let before = desk.tables();
    let again = desk.json(&["import", "mixed.txt", "--yes"]);
    assert_eq!(again["files"][0]["unchanged"], 4, "{again}");
    assert_eq!(desk.tables(), before, "nothing is written");
    desk.is_sound();
}

#[test]
fn new_files_of_the_inbox_are_offered_one_after_another() {
    let desk = desk();
    desk.write("config.toml", format!("inbox = \"{}\"\n", desk.path("decks").display()));
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("2 new files in the inbox");
    terminal.press_for("b", "Import 1 of 2:");
    terminal.press_for("t", "1 of 1, now: new");
    terminal.press_for("3", "1 never");
    let screen = terminal.press_for(ENTER, "Import 2 of 2:");
    assert!(screen.contains("terms-b.tsv") && screen.contains("1 never wanted"), "{screen}");
    terminal.press_for("t", "1 of 3");
    terminal.press_for("21q", "1 known");
    terminal.press_for(ENTER, "3 added, 0 updated, 1 of them known");
    // The folder is looked through again once the screen is there.
    let home = terminal.wait_without("in the inbox");
    let is_shown = home.lines().any(|line| line.trim_start().starts_with("terms-a "));
    assert!(!is_shown, "nothing of it was wanted:\n{home}");
    terminal.press("q");
    terminal.ends_well();
    assert_eq!(desk.fronts(""), ["银行", "国家", "政策"]);
    assert_eq!(desk.json(&["due"])["new"], 2, "what is known is not asked yet");

    let grown = desk.import("decks/terms-a.tsv", "front\tback\nuno\tone\ndos\ttwo\n");
    assert_eq!((&grown["added"], &grown["skipped"]), (&1.into(), &1.into()), "{grown}");
    desk.is_sound();
}
