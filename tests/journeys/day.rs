//! A day with a deck: learn, err, take back, type, correct, leave, come back.

use serde_json::Value;

use super::terminal::{BACKSPACE, CTRL_S, DOWN, ENTER, ESC, SPACE, TAB, Terminal};
use crate::common::{Desk, table, text};

pub const WORDS: [(&str, &str); 8] = [
    ("银行", "bank"),
    ("国家", "country"),
    ("图书馆", "public library"),
    ("政策", "policy"),
    ("数据", "data"),
    ("隐私", "privacy"),
    ("平台", "platform"),
    ("监管", "supervision"),
];

/// Somebody at a terminal, whose screen is compared with what the commands say.
pub struct Learner {
    pub desk: Desk,
    pub terminal: Terminal,
}

impl Learner {
    /// Opens the program with these arguments.
    pub fn open(desk: Desk, args: &[&str]) -> Self {
        let terminal = Terminal::open(&desk, args);
        Self { desk, terminal }
    }

    /// Returns the card that `next` names; the screen must show the same one, with
    /// the same counts.
    pub fn agrees(&mut self) -> Value {
        let next = self.desk.json(&["next"]);
        let (card, counts) = (&next["card"], &next["counts"]);
        assert_eq!(&self.desk.json(&["due"]), counts);
        let number = |name: &str| counts[name].as_u64().unwrap();
        let left = number("new") + number("due") + number("drill");
        let screen = self.terminal.wait_for(&format!(" {left} left"));
        let title = screen.lines().next().unwrap_or_default();
        for (name, word) in [("new", "new"), ("drill", "again")] {
            let shown = format!(", {} {word}", number(name));
            assert_eq!(title.contains(&shown), number(name) > 0, "{shown}:\n{screen}");
        }
        let queue =
            if card["queue"] == "drill" { "again" } else { card["queue"].as_str().unwrap() };
        assert!(title.contains(&format!("terms · {queue}")), "{queue}:\n{screen}");
        let question = text(&card["question"]);
        assert!(screen.lines().any(|line| line.trim() == question), "{question}:\n{screen}");
        card.clone()
    }

    /// Shows the answer, chooses a button, and sees the next card.
    pub fn answer(&mut self, button: &str) -> Value {
        self.reveal_and_press(button);
        self.agrees()
    }

    /// Shows the answer, which must be the card's, and chooses a button.
    pub fn reveal_and_press(&mut self, button: &str) {
        let card = self.desk.json(&["next"])["card"].clone();
        let shown = self.terminal.press_for(SPACE, "1 Again");
        assert!(shown.contains(&text(&card["answer"])), "{card}:\n{shown}");
        self.terminal.press(button);
        self.terminal.wait_without("1 Again");
    }

    /// Leaves the review and the program; returns the desk and the last summary.
    pub fn leave(mut self) -> (Desk, String) {
        let summary = self.terminal.press_for(ESC, "Session ");
        self.terminal.press("q");
        self.terminal.ends_well();
        (self.desk, summary)
    }
}

/// Returns how many answers count, of the log as it is.
fn answers(desk: &Desk) -> usize {
    let document = desk.document();
    let events = document["events"].as_array().unwrap();
    // An undo that is taken back itself is one more undo, of an undo.
    let is = |event: &Value, kind: &str| event["kind"] == kind;
    let mut voided: Vec<&Value> = Vec::new();
    for event in events.iter().rev().filter(|event| is(event, "undo")) {
        if !voided.contains(&&event["id"]) {
            voided.push(&event["voids"]);
        }
    }
    let answers = events.iter().filter(|event| is(event, "review") || is(event, "drill"));
    answers.filter(|event| !voided.contains(&&event["id"])).count()
}

fn drilled(desk: &Desk) -> Vec<String> {
    let mut fronts = desk.fronts("is:drill");
    fronts.sort();
    fronts
}

#[test]
fn a_day_with_a_deck() {
    let desk = Desk::new();
    desk.write("terms.tsv", table(&WORDS));
    let mut learner = Learner::open(desk, &["drill", "terms.tsv"]);
    learner.terminal.wait_for("8 left, 8 new");
    let first = learner.agrees();
    assert_eq!(first["question"], "银行");

    // Eight new cards, then two of the three that went badly.
    for (n, button) in ["3", "1", "4", "2", "3", "1", "3", "4", "1", "3"].iter().enumerate() {
        learner.answer(button);
        assert_eq!(answers(&learner.desk), n + 1);
    }
    assert_eq!(learner.desk.json(&["due"])["drill"], 2);

    // Three answers back: the eighth word is asked again as a new one.
    for left in [2, 3, 1] {
        let screen = learner.terminal.press_for("u", "Taken back: answer to ");
        assert!(screen.contains("Taken back"), "{left}");
        learner.agrees();
        learner.terminal.press_for("?", "Esc close");
        learner.terminal.press_for(ESC, "Space show");
    }
    assert_eq!(answers(&learner.desk), 7);
    assert_eq!(learner.agrees()["question"], "监管");
    learner.terminal.press_for("r", "Done again: answer to 监管");
    learner.agrees();
    assert_eq!(answers(&learner.desk), 8);
    assert_eq!(learner.desk.json(&["due"])["drill"], 3);

    // A typed answer: it is compared, a grade is suggested, Enter takes it.
    let card = learner.agrees();
    learner.terminal.press_for("t", "answer ›");
    learner.terminal.press(&format!("{}x{BACKSPACE}", text(&card["answer"])));
    let screen = learner.terminal.press_for(ENTER, "✓ right");
    assert!(screen.contains("▸3 Good"), "{screen}");
    learner.terminal.press(ENTER);
    learner.terminal.wait_without("✓ right");
    learner.agrees();
    assert_eq!(learner.desk.json(&["due"])["drill"], 2);
    learner.terminal.press(TAB);
    learner.terminal.wait_without("answer ›");

    // A correction of the note, on the spot.
    let card = learner.agrees();
    learner.terminal.press_for("e", "Edit note");
    learner.terminal.press_for(&format!("{DOWN} indeed"), "1 field changed");
    learner.terminal.press_for(CTRL_S, "Saved.");
    let corrected = format!("{} indeed", text(&card["back"]));
    assert_eq!(learner.desk.note(&text(&card["front"]))["back"], corrected.as_str());
    learner.agrees();

    // In the middle of the drill, home.
    let left = drilled(&learner.desk);
    assert_eq!(left.len(), 2);
    let (mut desk, summary) = learner.leave();
    assert!(summary.contains("2 again"), "{summary}");
    desk.is_sound();

    // Later that day the drill goes on with exactly the cards that were left.
    desk.at("2026-11-23T21:30:00Z");
    assert_eq!(drilled(&desk), left);
    let mut learner = Learner::open(desk, &["review"]);
    learner.terminal.wait_for("2 left, 2 again");
    let mut asked = vec![text(&learner.agrees()["front"])];
    asked.push(text(&learner.answer("2")["front"]));
    asked.sort();
    assert_eq!(asked, left);
    let (mut desk, _) = learner.leave();

    // A minute before the study day ends it is still the same one.
    desk.at("2026-11-24T03:59:00Z");
    let mut learner = Learner::open(desk, &["review"]);
    learner.terminal.wait_for("2 left, 2 again");
    learner.agrees();
    learner.terminal.press(ESC);
    learner.terminal.wait_for("All decks");
    learner.terminal.press("q");
    learner.terminal.ends_well();
    let mut desk = learner.desk;

    // Then the drill has lapsed, and what was learnt yesterday is due.
    desk.at("2026-11-24T04:00:00Z");
    let counts = desk.json(&["due"]);
    assert_eq!((&counts["due"], &counts["drill"]), (&Value::from(8), &Value::from(0)), "{counts}");
    let mut learner = Learner::open(desk, &["review"]);
    let mut seen = 0;
    learner.terminal.wait_for(" left");
    while learner.desk.json(&["next"])["card"] != Value::Null {
        learner.agrees();
        learner.reveal_and_press("3");
        seen += 1;
    }
    assert_eq!(seen, 8, "reverse cards wait for another day");
    learner.terminal.wait_for("✓ nothing: all done");
    learner.terminal.press("q");
    learner.terminal.ends_well();
    learner.desk.is_sound();
}

#[test]
fn an_article_is_drilled_at_once() {
    let desk = Desk::new();
    desk.write("rail.txt", include_str!("../../decks/high-speed-rail.txt"));
    let mut learner = Learner::open(desk, &["drill", "rail.txt", "--new", "3"]);
    let screen = learner.terminal.wait_for("3 left, 3 new");
    assert!(screen.contains("Articles · new"), "{screen}");
    assert_eq!(learner.desk.note("高速铁路")["tags"], Value::from(vec!["相关词汇"]));
    for left in [2, 1] {
        learner.terminal.press_for(SPACE, "3 Good");
        learner.terminal.press("3");
        learner.terminal.wait_for(&format!("{left} left"));
    }
    learner.terminal.press_for(SPACE, "1 Again");
    learner.terminal.press_for("1", "1 left, 1 again");
    learner.terminal.press_for(SPACE, "3 Good");
    let summary = learner.terminal.press_for("3", "Session finished");
    assert!(summary.contains("✓ nothing: all done"), "{summary}");
    learner.terminal.press("q");
    learner.terminal.ends_well();
    assert_eq!(learner.desk.document()["events"].as_array().unwrap().len(), 4);

    // The second time the file holds nothing new, and its next cards are offered.
    let mut learner = Learner::open(learner.desk, &["drill", "rail.txt", "--new", "1"]);
    learner.terminal.wait_for("1 left, 1 new");
    learner.terminal.press(ESC);
    learner.terminal.wait_for("All decks");
    learner.terminal.press("q");
    learner.terminal.ends_well();
}

#[test]
fn a_card_that_is_put_aside_comes_back_with_undo() {
    let desk = Desk::with_terms(&WORDS[..2]);
    desk.json(&["decks", "set", "terms", "direction=forward"]);
    let mut learner = Learner::open(desk, &["review"]);
    learner.terminal.wait_for("2 left");
    learner.terminal.press_for("s", "Suspended");
    learner.agrees();
    assert_eq!(learner.state("银行")["suspended"], true);
    learner.terminal.press_for("u", "Taken back: suspending 银行");
    learner.agrees();
    assert_eq!(learner.state("银行")["suspended"], false);
    learner.terminal.press_for("b", "Buried until tomorrow");
    learner.agrees();
    assert_eq!(learner.state("银行")["buried"], true);
    assert_eq!(learner.state("国家")["buried"], false);
    learner.answer_last("4");
    learner.desk.is_sound();
}

impl Learner {
    /// Returns the state of a word's forward card.
    fn state(&self, front: &str) -> Value {
        self.desk.note(front)["cards"][0]["state"].clone()
    }

    /// Answers the last card of the day and leaves.
    fn answer_last(&mut self, button: &str) {
        self.reveal_and_press(button);
        self.terminal.wait_for("✓ nothing: all done");
    }
}
