//! The pictures of the README are what the program shows.
//!
//! `TERMDECK_PICTURES=write cargo test --test all pictures` draws them anew.

mod svg;

use std::fs;
use std::path::{Path, PathBuf};

use termdeck::app::{App, ImportOptions, Input};
use termdeck::config::Config;
use termdeck::domain::{Day, Grade, Now};
use termdeck::session::home::{Scope, SessionRequest};

use crate::common::Desk;
use crate::journeys::terminal::{DOWN, ENTER, SPACE, TAB, Terminal};

/// The study day of [`crate::common::NOON`].
const TODAY: i32 = 20_780;
/// Days of learning behind it.
const DAYS: i32 = 42;

/// Sample decks with the days on which they were imported, counted back from today.
const DECKS: [(&str, &[u8], i32); 3] = [
    ("policy-technology.tsv", include_bytes!("../../decks/policy-technology.tsv"), 42),
    ("japanese-food.txt", include_bytes!("../../decks/japanese-food.txt"), 20),
    ("spanish-everyday.csv", include_bytes!("../../decks/spanish-everyday.csv"), 6),
];

fn noon(back: i32) -> Now {
    let day = TODAY - back;
    Now { at_ms: i64::from(day) * 86_400_000 + 43_200_000, offset_min: 0, day: Day(day) }
}

/// Returns a collection that was learnt from for six weeks, now and then badly.
fn learner() -> Desk {
    let desk = Desk::new();
    desk.write("config.toml", "theme = \"dark\"\n");
    let app = App::open(&desk.collection(), Config::default(), noon(DAYS)).expect("a collection");
    for back in (0..=DAYS).rev() {
        for (file, bytes, _) in DECKS.iter().filter(|(.., imported)| *imported == back) {
            let input = Input { path: file, bytes };
            let plan = app.plan(input, &ImportOptions::default(), &()).expect("a plan");
            app.apply(&plan, noon(back), &()).expect("an import");
        }
        // Today is half done, and some days nobody learnt.
        let most = match back {
            0 => 14,
            _ if back % 11 == 5 => 0,
            _ => 6 + (back * 17) % 33,
        };
        study(&app, back, most);
    }
    desk
}

fn study(app: &App, back: i32, most: i32) {
    let mut now = noon(back);
    let request = SessionRequest { scope: Scope::All, ..SessionRequest::default() };
    let mut session = app.start(&request, now).expect("a session");
    for nth in 0..most {
        let Some(card) = app.next(&session, now).expect("a card").card else { break };
        // A number without a pattern that anybody would see.
        let luck = (i64::from(back) * 7_919 + i64::from(nth) * 104_729) % 100;
        let grade = match luck {
            0..=7 => Grade::AGAIN,
            8..=17 => Grade::HARD,
            18..=84 => Grade::GOOD,
            _ => Grade::EASY,
        };
        let ms = 2_000 + 90 * luck as u32;
        now.at_ms += i64::from(ms) + 500;
        app.answer_in(&mut session, card.card, grade, ms, now).expect("an answer");
    }
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(name).with_extension("svg")
}

/// Compares a picture with the one that is kept, or writes it.
fn keep(terminal: &Terminal, name: &str, title: &str) {
    let drawn = svg::picture(terminal.cells(), title);
    let path = file(name);
    if std::env::var_os("TERMDECK_PICTURES").is_some_and(|value| value == "write") {
        fs::write(&path, drawn).expect("a picture is written");
        return;
    }
    let kept = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        kept == drawn,
        "{} is not what the program shows; `TERMDECK_PICTURES=write cargo test --test all \
         pictures` draws it anew. The screen is:\n{}",
        path.display(),
        terminal.screen()
    );
}

#[test]
fn pictures_show_what_the_program_shows() {
    let desk = learner();
    let mut terminal = Terminal::open(&desk, &[]);
    terminal.wait_for("to do today");
    terminal.press_for(DOWN, "▸ Japanese");
    keep(&terminal, "home", "termdeck: the decks, what is due, and the recent imports");

    terminal.press_for("a接触网", "▸ front    接触网");
    terminal.press_for(&format!("{TAB}overhead contact line{TAB}"), "(a guess)");
    keep(&terminal, "add", "termdeck: a note is written");
    terminal.press_for("\u{1b}", "Esc again");
    terminal.press_for("\u{1b}", "to do today");

    terminal.press_for("/", "of 485 notes");
    terminal.press("energy");
    terminal.wait_for("1 of 6 notes");
    terminal.press_for(ENTER, "Enter open");
    keep(&terminal, "browse", "termdeck: notes that were searched for");
    terminal.press_for("q", "to do today");
    terminal.press_for("s", "Statistics");
    terminal.wait_for("53 weeks");
    keep(&terminal, "statistics", "termdeck: statistics, with the calendar of a year");
    terminal.press_for("\u{1b}", "to do today");
    terminal.press_for("o", "rollover_hour");
    // The first page names the configuration file, which lies elsewhere each time.
    terminal.press_for(TAB, "[Decks]");
    keep(&terminal, "settings", "termdeck: the options of a deck with what they mean");
    terminal.press_for("\u{1b}", "to do today");

    desk.write("drinking-water.txt", include_bytes!("../../decks/drinking-water.txt"));
    terminal.press_for("i", "file ›");
    terminal.press_for("drinking-water.txt", "drinking-water.txt");
    terminal.press_for(ENTER, "15 ticked");
    // One by one: how many drawings there are between must not depend on the machine.
    terminal.press_for(DOWN, "▸ [ ] suggest        6");
    terminal.press_for(DOWN, "▸ [ ] suggest        7");
    terminal.press_for(SPACE, "16 ticked");
    keep(&terminal, "import", "termdeck: the plan of an import, row by row");
    terminal.press("\u{3}");
    terminal.ends_well();

    let mut terminal = Terminal::open(&desk, &["review", "policy-technology"]);
    terminal.wait_for("Space show");
    keep(&terminal, "question", "termdeck: a card is asked");
    terminal.press_for(SPACE, "3 Good");
    keep(&terminal, "review", "termdeck: the answer, and what each grade would do");
    terminal.press("\u{3}");
    terminal.ends_well();
}
