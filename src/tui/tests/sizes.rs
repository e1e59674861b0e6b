//! No size of the terminal is too much for any screen.

use super::*;
use crate::domain::safe;
use crate::tui::tests::keys::desks;

#[test]
fn every_screen_draws_at_every_size() {
    let widths = [1, 2, 3, 8, 20].into_iter().chain(38..=44).chain([59, 60, 75, 76, 80, 120, 300]);
    let heights: Vec<u16> = [1, 2, 3, 8].into_iter().chain(11..=26).chain([40, 100]).collect();
    let sizes: Vec<(u16, u16)> =
        widths.flat_map(|w| heights.iter().map(move |&h| (w, h))).collect();
    for (state, mut desk) in desks() {
        for &(width, height) in &sizes {
            let drawn = desk.drawn_at(width, height);
            if width >= 40 && height >= 12 {
                assert!(drawn.lines().count() > 1, "{state} at {width}x{height}");
            }
        }
    }
}

#[test]
fn a_terminal_that_is_too_small_is_told_so() {
    let mut desk = Desk::home();
    assert!(desk.drawn_at(39, 12).contains("needs 40x12, this is 39x12"));
    assert!(desk.drawn_at(80, 11).contains("needs 40x12, this is 80x11"));
}

const HOSTILE: &str = "a\u{1b}[31mb\u{7}\u{9b}c\u{202e}d\u{200b}e\0f";

/// Returns a collection in which every text is hostile.
fn hostile() -> Fake {
    let text = || HOSTILE.to_owned();
    let mut fields = fake::fields(HOSTILE, HOSTILE, HOSTILE);
    (fields.note, fields.example, fields.source) = (text(), text(), text());
    fields.tags = vec![text()];
    let mut backend = Fake::new();
    backend.cards.insert(0, fake::card(9, fields, crate::session::Queue::New));
    backend.plans[0].rows[0].draft.fields.front = text();
    backend.plans[0].rows[0].reason = text();
    backend.plans[0].reports = vec![text()];
    backend.plans[0].path = text();
    backend.home.imports[0].path = text();
    backend.inbox = vec![text()];
    backend.completions = vec![text(), text()];
    let deck = format!("{HOSTILE}::{HOSTILE}");
    for line in &mut backend.home.decks {
        line.name = deck.parse().unwrap();
    }
    for sheet in &mut backend.sheets {
        sheet.name = deck.parse().unwrap();
    }
    backend.settings = format!("theme = \"{HOSTILE}\"\ninbox = '{HOSTILE}'\n");
    backend.notes.add(std::iter::once((text(), text())));
    backend
}

#[test]
fn nothing_in_a_deck_reaches_the_terminal_as_a_command() {
    let review = |typed| Start::Review(fake::request(typed));
    // Keys, pressed part by part; what the last part opens may take a paste.
    let journeys: [(Start, &[&str]); 31] = [
        (Start::Home, &[""]),
        (Start::Home, &["j"]),
        (Start::Home, &["i"]),
        (Start::Home, &["i", "a<Tab>"]),
        (Start::Home, &["a"]),
        (Start::Home, &["a", "<Tab>"]),
        (Start::Home, &["/"]),
        (Start::Home, &["/", "<Enter>", "G"]),
        (Start::Home, &["/", "<Enter>", "G<Enter>"]),
        (Start::Home, &["/", "<Enter>", "Gm"]),
        (Start::Home, &["/", "<Enter>", "Gt"]),
        (Start::Home, &["/", "<Enter>", "Gtx<Enter>"]),
        (Start::Home, &["/", "<Enter>", "Gd"]),
        (Start::Home, &["/", "<Enter>", "GY"]),
        (Start::Home, &["/", "<Enter>", "Ge"]),
        (Start::Home, &["s"]),
        (Start::Home, &["s", "<BackTab><BackTab>d", "<Tab>"]),
        (Start::Home, &["o"]),
        (Start::Home, &["o", "G<Enter>"]),
        (Start::Home, &["o", "<Tab>"]),
        (Start::Home, &["o", "<Tab>jj "]),
        (review(true), &["x<Enter>"]),
        (review(false), &["e"]),
        (review(false), &["x"]),
        (review(false), &["h"]),
        (review(false), &["w"]),
        (review(false), &["Y"]),
        (review(false), &[" E"]),
        (review(false), &[" 1q"]),
        (Start::Import(HOSTILE.into()), &[""]),
        (Start::Import(HOSTILE.into()), &["v"]),
    ];
    for (start, parts) in journeys {
        let mut desk = Desk::new(start.clone(), hostile(), 120, 24);
        for keys in parts {
            desk.press(keys);
        }
        for pasted in [false, true] {
            if pasted {
                desk.paste(HOSTILE);
            }
            for (width, height) in [(120, 24), (40, 12)] {
                let drawn = desk.drawn_at(width, height).replace('\n', "");
                let bad = drawn.chars().find(|c| c.is_control() || safe::is_invisible(*c));
                assert_eq!(bad, None, "{start:?} {parts:?}, pasted: {pasted}: {drawn}");
            }
        }
    }
}

#[test]
fn without_colours_only_attributes_are_left() {
    use crate::tui::runner::Backend;
    use crate::tui::screen::Outcome;
    use crate::tui::theme::Colors;
    use ratatui::style::Color;

    let mut backend = Fake::new();
    let size = Size { width: 80, height: 24 };
    let start = Start::Review(fake::request(false));
    let colors = Colors { is_on: false, ..Colors::default() };
    let look = Look { colors, ..Look::default() };
    let (mut program, _) = Program::new(start, look, size);
    let next = backend.next().unwrap();
    program.told(Outcome::Started(fake::request(false), next), backend.now());
    program.press(&keys_of(" ")[0], backend.now());
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| program.draw(frame)).unwrap();
    let cells = terminal.backend().buffer().content();
    assert!(cells.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset));
    assert!(cells.iter().any(|cell| !cell.modifier.is_empty()), "the question stands out");
}

#[test]
fn the_smallest_footer_still_names_the_way_out_and_help() {
    for (state, mut desk) in desks() {
        let drawn = desk.drawn_at(40, 12);
        let footer = drawn.lines().last().unwrap();
        let ways = [
            "q end",
            "Esc end",
            "q quit",
            "Esc back",
            "q back",
            "Enter home",
            "Esc home",
            "Esc cancel",
            "Esc close",
            "Esc leave",
            "Esc list",
            "Esc done",
            "q plan",
        ];
        let leaves = ways.iter().any(|way| footer.contains(way)) || state == "help";
        assert!(leaves && footer.contains("help") || state == "help", "{state}: {footer}");
    }
}
