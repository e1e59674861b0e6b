//! Clicks and the wheel, at the places that are drawn.

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use super::*;
use crate::tui::program::Screen;

fn point(desk: &mut Desk, kind: MouseEventKind, column: u16, row: u16) {
    let event = MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE };
    desk.play(vec![Incoming::Event(Event::Mouse(event))]);
}

/// Clicks where the screen shows `text` first.
fn click(desk: &mut Desk, text: &str) {
    let screen = desk.drawn();
    let at = screen.lines().enumerate().find_map(|(y, line)| Some((line.find(text)?, line, y)));
    let (byte, line, y) = at.unwrap_or_else(|| panic!("no `{text}` in\n{screen}"));
    let x = crate::tui::widgets::text::width(&line[..byte]);
    point(desk, MouseEventKind::Down(MouseButton::Left), x as u16, y as u16);
}

#[test]
fn a_click_chooses_a_deck_and_presses_a_key_of_the_footer() {
    let mut desk = Desk::home();
    click(&mut desk, "成语");
    assert!(desk.drawn().contains("▸   成语"), "{}", desk.drawn());
    click(&mut desk, "i import");
    assert!(matches!(desk.program.screen, Screen::Import(_)));
    click(&mut desk, "Esc back");
    assert_eq!(desk.program.screen, Screen::Home);
}

#[test]
fn a_card_is_answered_with_the_mouse_alone() {
    for (width, height) in [(80, 24), (40, 12), (120, 40)] {
        let start = Start::Review(fake::request(false));
        let mut desk = Desk::new(start, Fake::new(), width, height);
        click(&mut desk, "人工智能");
        assert!(desk.drawn().contains("artificial intelligence"), "{}", desk.drawn());
        click(&mut desk, "Good");
        let answers = desk.backend.log.iter().filter(|line| line.starts_with("answer 人工智能 4"));
        assert_eq!(answers.count(), 1, "{width}x{height}: {:?}", desk.backend.log);
    }
}

#[test]
fn a_click_chooses_a_row_of_a_plan_and_a_setting() {
    let mut desk = Desk::home();
    desk.press("ix<Enter>");
    let row = desk.drawn().lines().nth(5).unwrap().to_owned();
    point(&mut desk, MouseEventKind::Down(MouseButton::Left), 9, 5);
    assert!(desk.drawn().lines().nth(5).unwrap().contains('▸'), "{row}: {}", desk.drawn());

    let mut desk = Desk::home();
    desk.press("o");
    click(&mut desk, "direction");
    assert!(desk.drawn().contains("▸ direction"), "{}", desk.drawn());
}

#[test]
fn the_wheel_moves_up_and_down() {
    let mut desk = Desk::home();
    point(&mut desk, MouseEventKind::ScrollDown, 5, 5);
    assert!(desk.drawn().contains("▸ Chinese"), "{}", desk.drawn());
    point(&mut desk, MouseEventKind::ScrollUp, 5, 5);
    point(&mut desk, MouseEventKind::ScrollUp, 5, 5);
    assert!(desk.drawn().contains("▸ All decks"));
}

#[test]
fn what_lies_below_something_else_is_not_clicked() {
    let mut desk = Desk::review();
    desk.press("?");
    let before = desk.backend.log.len();
    point(&mut desk, MouseEventKind::Down(MouseButton::Left), 39, 6);
    point(&mut desk, MouseEventKind::Down(MouseButton::Right), 39, 6);
    point(&mut desk, MouseEventKind::Moved, 39, 6);
    assert!(desk.program.help.is_some());
    assert_eq!(desk.backend.log.len(), before);
    click(&mut desk, "Esc close");
    assert!(desk.program.help.is_none());
}

#[test]
fn no_click_anywhere_on_any_screen_goes_wrong() {
    let kind = MouseEventKind::Down(MouseButton::Left);
    let now = crate::domain::Now { at_ms: 0, offset_min: 0, day: fake::TODAY };
    for (_, desk) in super::keys::desks() {
        let mut program = desk.program;
        for (width, height) in [(80, 24), (40, 12), (30, 8)] {
            for (y, x) in (0..height).flat_map(|y| [1, 21, 35].map(|x| (y, x))) {
                program.size = Size { width, height };
                let event = MouseEvent { kind, column: x, row: y, modifiers: KeyModifiers::NONE };
                program.point(&event, now);
            }
            drawn(&program, program.size);
        }
    }
}

#[test]
fn a_click_chooses_a_line_of_the_summary() {
    let mut desk = Desk::review();
    desk.press(" 1 3 3");
    click(&mut desk, "practise the weakest 7");
    assert!(desk.drawn().contains("▸ 3  practise the weakest 7"), "{}", desk.drawn());
    click(&mut desk, "Session finished");
    assert!(desk.drawn().contains("▸ 3"), "a click beside the lines does nothing");
}

#[test]
fn a_click_chooses_a_note_and_the_search_line() {
    let mut desk = Desk::home();
    desk.press("/<Enter>");
    click(&mut desk, "高铁");
    assert!(desk.drawn().contains("▸  高铁"), "{}", desk.drawn());
    click(&mut desk, "Search");
    desk.press("rail");
    assert!(desk.drawn().contains("Search ▸ rail"), "{}", desk.drawn());
    click(&mut desk, "Enter to the list");
    click(&mut desk, "Enter open");
    assert!(desk.drawn().contains("Browse: one note"), "{}", desk.drawn());
}
