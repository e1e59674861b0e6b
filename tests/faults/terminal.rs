//! The full-screen program in a pseudo-terminal: an answer is on disk before the
//! next card shows.

use std::fmt::Write as _;

use super::answers::logged;
use super::moments::Chance;
use crate::collection::Collection;
use crate::screen::Screen;

/// Kills of the full-screen program; each starts a terminal, so they are fewer.
const KILLS: usize = 8;

/// Whether a card shows with its answer hidden.
fn is_question(text: &str) -> bool {
    text.contains("show") && !text.contains("Again")
}

#[test]
fn no_answer_is_lost_once_the_next_card_shows() {
    let collection = Collection::new();
    let mut deck = String::new();
    for row in 0..90 {
        let _ = writeln!(deck, "词{row}\tmeaning {row}");
    }
    let file = collection.write("words.tsv", deck);
    collection.ok(&["import", "--yes", "--direction", "forward", file.to_str().unwrap()]);
    let mut chance = Chance::new(0x7e41);
    let (mut known, mut shown) = (0, 0);
    for day in 0..KILLS as u32 {
        let mut screen = Screen::start(&collection, day, &["review", "--new", "10"]);
        screen.wait("the first card", is_question);
        let answers = chance.below(8) as usize;
        for _ in 0..answers {
            screen.press(" ");
            screen.wait("the answer", |text| text.contains("Again"));
            screen.press("3");
            screen.wait("the next card", is_question);
        }
        // One more answer is on its way when the end comes, now here, now there.
        screen.press([" ", " 3", " 33", ""][chance.below(4) as usize]);
        for _ in 0..chance.below(60_000) {
            std::hint::spin_loop();
        }
        screen.child.kill().unwrap();
        screen.child.wait().unwrap();
        shown += answers;
        let when = format!("day {day}, {answers} answers shown");
        collection.assert_healthy(&when);
        let now = logged(&collection.document()).len();
        assert!(now >= known + answers, "{when}: {} of them logged", now - known);
        assert!(now <= known + answers + 1, "{when}: more than was pressed");
        known = now;
    }
    println!("{KILLS} full-screen reviews killed, {shown} answers shown, {known} logged");
}
