//! Ways through a session besides answering.

use super::*;
use crate::tui::keymap::Action;
use crate::tui::program::Screen;
use crate::tui::screens::review::Review;
use crate::tui::screens::summary::SummaryScreen;

fn review(desk: &Desk) -> &Review {
    match &desk.program.screen {
        Screen::Review(review) => review,
        other => panic!("not in a review: {other:?}"),
    }
}

fn summary(desk: &Desk) -> &SummaryScreen {
    match &desk.program.screen {
        Screen::Summary(summary) => summary,
        other => panic!("no summary: {other:?}"),
    }
}

fn started(desk: &Desk) -> &str {
    desk.backend.log.iter().rev().find(|line| line.starts_with("start")).unwrap()
}

fn finished() -> Desk {
    let mut desk = Desk::review();
    desk.press(" 1 3 3");
    desk
}

#[test]
fn a_mark_is_set_without_a_letter_too_and_taken_back() {
    let mut desk = Desk::typing();
    desk.press("ab<A-m>");
    assert!(review(&desk).card().unwrap().fields.is_marked());
    assert_eq!(review(&desk).input.text(), "ab", "what was typed stays");
    assert!(desk.drawn().starts_with(" ⚑ Chinese::Policy terms"), "{}", desk.drawn());
    desk.press("<F9>");
    assert!(!review(&desk).card().unwrap().fields.is_marked());
    desk.press("<F10>");
    assert!(review(&desk).card().unwrap().fields.is_marked());
}

#[test]
fn a_mark_after_the_answer_is_shown_leaves_it_shown() {
    let mut desk = Desk::review();
    desk.press(" *");
    assert!(review(&desk).revealed);
    desk.press("*3");
    assert_eq!(review(&desk).summary.done.len(), 1);
}

#[test]
fn the_pages_of_a_card_open_and_close_and_the_card_is_as_it_was() {
    for keys in ["h", "w", "<F7>", "<A-w>"] {
        let mut desk = Desk::typing();
        desk.press(if keys.starts_with('<') { keys } else { "<F6>" });
        if !keys.starts_with('<') {
            desk.press(keys);
        }
        assert!(review(&desk).page.is_some(), "{keys}");
        assert!(!desk.program.can(Action::Undo) && !desk.program.takes_text(), "{keys}");
        desk.press("<Esc>");
        assert!(review(&desk).page.is_none() && !review(&desk).revealed, "{keys}");
    }
}

#[test]
fn a_long_history_scrolls_to_its_oldest_answer() {
    let mut desk = Desk::review();
    desk.size = Size { width: 60, height: 14 };
    desk.program.size = desk.size;
    desk.press("h<PgDn><PgDn><PgDn>");
    let drawn = desk.drawn();
    assert!(drawn.contains("▲") && !desk.program.can(Action::Down), "{drawn}");
    let oldest = fake::TODAY.shift(-40).to_string();
    assert!(drawn.contains(&oldest), "{oldest}: {drawn}");
}

#[test]
fn a_history_that_cannot_be_read_leaves_the_card() {
    let mut desk = Desk::review();
    desk.backend.fails = Some("history");
    desk.press("h");
    assert!(review(&desk).page.is_none());
    assert!(desk.drawn().contains("the disk is full"), "{}", desk.drawn());
}

#[test]
fn a_card_without_an_example_has_no_hint() {
    let mut desk = Desk::review();
    assert!(desk.program.can(Action::Hint));
    desk.press(" 3");
    assert!(!desk.program.can(Action::Hint), "the second card has no example");
}

#[test]
fn one_field_is_edited_in_place_and_a_failure_keeps_what_was_typed() {
    let mut desk = Desk::review();
    desk.press(" <C-o>, AI");
    assert!(desk.program.takes_text());
    desk.backend.fails = Some("edit");
    desk.press("<Enter>");
    assert_eq!(review(&desk).quick.as_ref().unwrap().1.text(), "artificial intelligence, AI");
    desk.press("<Enter>");
    assert!(review(&desk).quick.is_none() && review(&desk).revealed);
    assert_eq!(review(&desk).card().unwrap().answer, "artificial intelligence, AI");
    desk.press("u");
    assert_eq!(review(&desk).card().unwrap().answer, "artificial intelligence");
    let edits = |desk: &Desk| desk.backend.log.iter().filter(|l| l.starts_with("edit")).count();
    desk.press("E<Enter>Ex<Esc>");
    assert_eq!(edits(&desk), 1, "nothing was changed, or it was left");
    desk.press("3");
    assert_eq!(review(&desk).summary.done.len(), 1);
}

#[test]
fn every_line_of_the_summary_has_a_digit() {
    for (digit, want) in [
        ("1", "Deck(DeckName(\"Français::Verbes\"))"),
        ("2", "new: Some(10)"),
        ("3", "cram: true, pick: Weakest(20)"),
        ("4", "cram: true, pick: Soonest"),
    ] {
        let mut desk = finished();
        desk.press(digit);
        assert!(started(&desk).contains(want), "{digit}: {}", started(&desk));
    }
    let mut desk = finished();
    desk.press("5");
    assert!(desk.program.edit.is_some(), "the hardest card is shown in the editor");
    assert!(!desk.program.can(Action::Line('9')));
}

#[test]
fn a_session_that_was_left_can_go_on_at_once() {
    let mut desk = Desk::review();
    desk.press(" 3q");
    assert!(desk.drawn().contains("1  go on                         1 due, 1 again"));
    desk.press("1");
    assert_eq!(review(&desk).card().unwrap().question, "国家安全");
}

#[test]
fn lines_of_the_summary_are_chosen_and_started() {
    let mut desk = finished();
    assert_eq!(summary(&desk).chosen, None);
    desk.press("jj<Down><Enter>");
    assert!(started(&desk).contains("Weakest(20)"), "{}", started(&desk));
    let mut desk = finished();
    desk.press("jk<Enter>");
    assert_eq!(desk.program.screen, Screen::Home, "with nothing chosen, Enter goes home");
}

#[test]
fn a_hard_card_is_corrected_from_the_summary() {
    let mut desk = finished();
    desk.press("jG");
    assert!(desk.program.can(Action::Edit));
    desk.press("e<Tab>!<F2>");
    assert!(desk.program.edit.is_none());
    assert!(desk.drawn().contains("artificial intelligence!"), "{}", desk.drawn());
    assert_eq!(summary(&desk).summary.done.len(), 3);
}

#[test]
fn nothing_due_is_no_dead_end() {
    let mut backend = Fake::new();
    backend.cards.clear();
    let mut desk = Desk::new(Start::Review(fake::request(false)), backend, 80, 24);
    assert_eq!(summary(&desk).chosen, Some(0), "the first offer is at hand");
    assert!(!desk.program.can(Action::Undo));
    desk.press("<Enter>");
    assert!(started(&desk).contains("Français::Verbes"), "{}", started(&desk));
    desk.press("<Esc>");
    assert_eq!(desk.program.screen, Screen::Home);
}

#[test]
fn what_could_come_next_is_looked_for_once() {
    let mut desk = finished();
    desk.press("jjkk?<Esc>");
    let asked = |desk: &Desk| desk.backend.log.iter().filter(|line| *line == "prospect").count();
    assert_eq!(asked(&desk), 1);
    let mut backend = Fake::new();
    backend.cards.clear();
    backend.fails = Some("prospect");
    let mut desk = Desk::new(Start::Review(fake::request(false)), backend, 80, 24);
    desk.press("jkjk");
    assert_eq!(asked(&desk), 0, "a failure is not tried again and again");
    assert_eq!(desk.press("q"), Left::Quit);
}

#[test]
fn enter_on_home_always_leads_somewhere() {
    let mut backend = Fake::new();
    backend.cards.clear();
    for line in &mut backend.home.decks {
        line.counts = crate::session::Counts::default();
    }
    backend.home.total = crate::session::Counts::default();
    let mut desk = Desk::new(Start::Home, backend, 80, 24);
    desk.press("<Enter>");
    assert!(desk.drawn().contains("Nothing is left for today"), "{}", desk.drawn());
    let mut backend = Fake::new();
    backend.home = crate::session::home::Home::default();
    let mut desk = Desk::new(Start::Home, backend, 80, 24);
    desk.press("<Enter>");
    assert!(matches!(desk.program.screen, Screen::Import(_)));
}
