//! What the learner sets, and what holds because of it.

use super::day::WORDS;
use super::terminal::{DOWN, ENTER, ESC, RIGHT, SPACE, TAB, Terminal};
use crate::common::Desk;

/// What xterm sends for a press of the first button: column and row count from 1.
fn click(column: usize, row: usize) -> String {
    format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")
}

/// Returns where the screen shows `text` first: column and row, from 1.
fn place(screen: &str, text: &str) -> (usize, usize) {
    let found = screen.lines().enumerate().find_map(|(y, line)| {
        line.find(text).map(|byte| (line[..byte].chars().count() + 1, y + 1))
    });
    found.unwrap_or_else(|| panic!("no `{text}` in\n{screen}"))
}

#[test]
fn a_setting_is_changed_on_its_screen_and_the_comments_stay() {
    let desk = Desk::with_terms(&WORDS);
    let file = "# mine\n\nrollover_hour = 3 # early\n# how many\nnew_per_day = 5\n";
    desk.write("config.toml", file);
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("5 to do today: 5 new");
    terminal.press_for("o", "[General]");
    terminal.press_for(RIGHT, "Saved: rollover_hour = 4");
    terminal.press_for(DOWN, "▸ new_per_day");
    terminal.press_for(ENTER, "Enter save");
    terminal.press_for("\x15many\r", "✗ new_per_day is a number, or none");
    terminal.press_for("\x152\r", "Saved: new_per_day = 2");
    assert_eq!(desk.read("config.toml"), file.replace("= 3", "= 4").replace("= 5", "= 2"));
    // It holds at once, for the decks too.
    let decks = terminal.press_for(TAB, "[Decks]");
    let row = decks.lines().find(|line| line.contains("new_per_day")).unwrap_or_default();
    assert!(row.split_whitespace().eq(["▸", "new_per_day", "2", "from", "General"]), "{decks}");
    terminal.press_for(ESC, "2 to do today: 2 new");
    terminal.press("q");
    terminal.ends_well();
    assert_eq!(desk.json(&["config", "show"])["settings"]["new_per_day"], 2);
}

#[test]
fn a_key_is_changed_by_pressing_it() {
    let desk = Desk::with_terms(&WORDS);
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("All decks");
    terminal.press_for("o", "[General]");
    terminal.press_for("\x1b[Z", "[Keys]");
    terminal.press("jjjj");
    terminal.press_for("j", "▸ import");
    terminal.press_for(ENTER, "press the new key");
    terminal.press_for("s", "s cannot be import: it is stats");
    terminal.press_for(ENTER, "press the new key");
    let screen = terminal.press_for("I", "Saved: keys.home.import");
    assert!(screen.contains("F2 stays, since"), "{screen}");
    assert_eq!(desk.read("config.toml"), "[keys.home]\nimport = [\"I\"]\n");
    terminal.press_for(ESC, "I import");
    terminal.press_for("I", "file ›");
    terminal.press_for(ESC, "All decks");
    terminal.press("q");
    terminal.ends_well();
}

#[test]
fn an_option_of_a_deck_is_set_after_saying_what_it_does() {
    let desk = Desk::with_terms(&WORDS);
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("All decks");
    terminal.press_for("o", "[General]");
    terminal.press_for(TAB, "[Decks]");
    terminal.press("jj");
    terminal.press_for(DOWN, "▸ order");
    terminal.press_for("k", "▸ direction");
    terminal.press_for(RIGHT, "forward in terms would mean: 8 cards suspended.");
    assert_eq!(desk.json(&["decks"])["decks"][0]["suspended"], 0);
    terminal.press_for(ENTER, "direction = forward");
    assert_eq!(desk.json(&["decks"])["decks"][0]["suspended"], 8);
    terminal.press_for("r", "8 cards brought back");
    terminal.press_for(ENTER, "no direction of its own");
    terminal.press("q");
    terminal.wait_for("All decks");
    terminal.press("q");
    terminal.ends_well();
    assert_eq!(desk.json(&["decks"])["decks"][0]["suspended"], 0);
    desk.is_sound();
}

#[test]
fn a_wrong_configuration_is_explained_on_the_screen_and_the_rest_holds() {
    let desk = Desk::with_terms(&WORDS);
    desk.write("config.toml", "new_per_day = 3\n\nrollover_hour = 99\n");
    let mut terminal = Terminal::open(&desk, &[]);
    let flat = |screen: &str| screen.replace('\n', "");
    let what = "rollover_hour is a number from 0 to 23; `99` is not";
    terminal.wait_until(what, |screen| {
        let has_what = flat(screen).contains(what) && flat(screen).contains("toml:3:");
        has_what && screen.contains("3 to do today")
    });
    // On Settings it stands until it is mended.
    terminal.press("o");
    terminal.wait_until("Settings", |screen| {
        screen.contains("[General]") && flat(screen).contains(what)
    });
    terminal.press_for(RIGHT, "Saved: rollover_hour = 5");
    assert_eq!(desk.read("config.toml"), "new_per_day = 3\n\nrollover_hour = 5\n");
    terminal.wait_without("! /");
    terminal.press("\x03");
    terminal.ends_well();
    // A file that is no TOML at all is explained, and left as it is.
    desk.write("config.toml", "mouse = = true\n");
    let mut terminal = Terminal::open(&desk, &["review"]);
    terminal.wait_until("what is wrong", |screen| {
        flat(screen).contains("toml:1:") && screen.contains("Space show")
    });
    terminal.press("\x03");
    terminal.ends_well();
    assert_eq!(desk.read("config.toml"), "mouse = = true\n");
}

#[test]
fn the_terminal_tells_its_background_and_no_key_is_lost() {
    let desk = Desk::with_terms(&WORDS);
    let mut terminal = Terminal::open(&desk, &["review", "--typed"]);
    terminal.wait_for("answer ›");
    // The answer comes among the keys, which go on as they were typed.
    terminal.press("ba\x1b]11;rgb:ffff/ffff/ffff\x1b\\nk");
    terminal.wait_for("answer › bank");
    terminal.press("\x03");
    let end = terminal.end();
    assert!(end.log.contains("\x1b]11;?"), "it was asked for");
    assert!(end.log.contains("38;5;24;49m"), "the light colours are used: {:?}", end.log);
    assert!(!end.screen.contains("rgb:"), "{}", end.screen);
    // Whoever chose a theme is not asked.
    desk.write("config.toml", "theme = \"dark\"\n");
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("All decks");
    terminal.press("q");
    let end = terminal.end();
    assert!(!end.log.contains("\x1b]11;?") && end.log.contains("48;5;234m"), "{:?}", end.log);
}

#[test]
fn the_mouse_works_until_it_is_turned_off() {
    let desk = Desk::with_terms(&WORDS);
    let mut terminal = Terminal::open(&desk, &["review"]);
    let screen = terminal.wait_for("银行");
    let (column, row) = place(&screen, "银行");
    let screen = terminal.press_for(&click(column, row), "3 Good");
    let (column, row) = place(&screen, "3 Good");
    let screen = terminal.press_for(&click(column, row), "7 left");
    let (column, row) = place(&screen, "q end");
    terminal.press_for(&click(column, row), "Session ended");
    terminal.press("\x03");
    let end = terminal.end();
    assert!(end.log.contains("\x1b[?1000h") && end.log.contains("\x1b[?1000l"));
    desk.ok(&["config", "set", "mouse", "off"]);
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("All decks");
    terminal.press("q");
    assert!(!terminal.end().log.contains("\x1b[?1000h"));
}

#[test]
fn a_card_is_spoken_by_a_program_and_copied_by_the_terminal() {
    let desk = Desk::with_terms(&WORDS);
    let heard = desk.path("heard {text}").display().to_string();
    let speak = serde_json::json!(["touch", "--", heard]).to_string();
    desk.ok(&["config", "set", "speak", &speak]);
    let mut terminal = Terminal::open(&desk, &["review"]);
    terminal.wait_for("银行");
    terminal.press("v");
    terminal.press_for(SPACE, "3 Good");
    terminal.press_for("Y", "Copied: 银行 · bank");
    terminal.press_for("3", "7 left");
    terminal.press("\x03");
    let end = terminal.end();
    assert!(end.log.contains("\x1b]52;c;6ZO26KGMCWJhbms=\x07"), "{:?}", end.log);
    let deadline = std::iter::repeat_n((), 10_000_000);
    let is_there = |()| desk.path("heard 银行").exists();
    assert!(deadline.into_iter().any(is_there), "the program ran");
    // One that is not there is named, and the review goes on.
    desk.ok(&["config", "set", "speak", "/nowhere/speaker {text}"]);
    let mut terminal = Terminal::open(&desk, &["review"]);
    terminal.wait_for("国家");
    terminal.press_for("v", "/nowhere/speaker: No such file");
    terminal.press_for(SPACE, "3 Good");
    terminal.press("\x03");
    terminal.ends_well();
}
