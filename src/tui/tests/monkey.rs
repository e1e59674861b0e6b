//! Keys in any order, at any size: nothing breaks, and the books agree.

use proptest::prelude::*;

use super::*;
use crate::tui::program::Screen;

fn any_event() -> impl Strategy<Value = Incoming> {
    let keys = prop::sample::select(vec![
        " ",
        "<Enter>",
        "<Esc>",
        "<Tab>",
        "<BackTab>",
        "<Up>",
        "<Down>",
        "<Left>",
        "<End>",
        "<Backspace>",
        "<Del>",
        "<PgDn>",
        "<PgUp>",
        "<F1>",
        "<F2>",
        "<F3>",
        "<F4>",
        "<F5>",
        "<F6>",
        "<F7>",
        "<F8>",
        "<F9>",
        "<F10>",
        "<Right>",
        "<Ins>",
        "<C-n>",
        "<C-o>",
        "<C-y>",
        "<C-s>",
        "<C-u>",
        "<C-w>",
        "<C-j>",
        "<C-l>",
        "<C-r>",
        "0",
        "1",
        "2",
        "3",
        "4",
        "5",
        "a",
        "b",
        "c",
        "e",
        "E",
        "f",
        "g",
        "G",
        "h",
        "i",
        "j",
        "k",
        "l",
        "m",
        "n",
        "o",
        "p",
        "q",
        "r",
        "s",
        "t",
        "u",
        "v",
        "w",
        "W",
        "x",
        "y",
        "*",
        "?",
        "国",
        "３",
        "　",
        "\u{301}",
    ]);
    let paste = prop::sample::select(vec!["国家\n安全", "x\u{1b}[31m", ""]);
    prop_oneof![
        20 => keys.prop_map(|key| Event::Key(keys_of(key)[0])),
        1 => paste.prop_map(|text| Event::Paste(text.to_owned())),
    ]
    .prop_map(Incoming::Event)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_keys_breaks_anything(
        start in 0..3,
        // The size changes a few times on the way.
        parts in prop::collection::vec(
            (1_u16..140, 1_u16..50, prop::collection::vec(any_event(), 1..20)),
            1..4,
        ),
    ) {
        let start = match start {
            0 => Start::Home,
            1 => Start::Review(fake::request(true)),
            _ => Start::Import("a.tsv".into()),
        };
        let mut backend = Fake::new();
        backend.inbox = vec!["/decks/新词.tsv".into(), "/decks/b.csv".into()];
        let rows = backend.plans[0].rows.clone();
        let mut desk = Desk::new(start, backend, 80, 24);
        for (width, height, events) in parts {
            desk.size = Size { width, height };
            desk.play(events);
        }
        let log = &desk.backend.log;
        if let Screen::Review(review) = &desk.program.screen {
            let answers = log.iter().filter(|line| line.starts_with("answer")).count();
            let redone = log.iter().filter(|line| *line == "redo").count();
            prop_assert!(review.summary.done.len() <= answers + redone, "{:?}", log);
        }
        if let Screen::Import(import) = &desk.program.screen
            && let Some(plan) = &import.plan
        {
            // Whatever was done to them, what the file said of the rows is still known.
            let now = &plan.list.files[0].rows;
            for row in &rows {
                let said = &row.draft.fields;
                let knows = |row: &crate::app::plan::PlanRow| {
                    let also = row.draft.decided().said.iter().flat_map(|said| &said.also);
                    row.draft.said() == said || also.into_iter().any(|other| other == said)
                };
                prop_assert!(now.iter().any(knows), "{:?} in {:?}", said, now);
            }
        }
        prop_assert!(desk.drawn_at(80, 24).lines().last().unwrap().len() > 3, "there is a footer");
    }
}
