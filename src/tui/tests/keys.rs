//! The keymap tables against what the screens really do.

use std::collections::BTreeSet;

use super::*;
use crate::config::KeyChange;
use crate::domain::Now;
use crate::tui::keymap::{Action, Binding, Keys, Place, tables};
use crate::tui::tests::fake::TODAY;

const NOW: Now = Now { at_ms: 1_795_400_000_000, offset_min: 480, day: TODAY };

/// Programs in every state that has a keymap of its own, and some between.
pub fn desks() -> Vec<(&'static str, Desk)> {
    let import = |keys: &str| {
        let mut desk = Desk::home();
        desk.press("i");
        desk.press(keys);
        desk
    };
    let inbox = |keys: &str| {
        let mut backend = Fake::new();
        backend.inbox = vec!["/decks/新词.tsv".into(), "/decks/b.csv".into()];
        let mut desk = Desk::new(Start::Home, backend, 80, 24);
        desk.press(keys);
        desk
    };
    let after = |mut desk: Desk, keys: &str| {
        desk.press(keys);
        desk
    };
    let browse = |keys: &str| {
        let mut desk = Desk::home();
        desk.press("/");
        desk.press("<Enter>");
        desk.press(keys);
        desk
    };
    vec![
        ("home", Desk::home()),
        ("home, last deck", after(Desk::home(), "G")),
        ("home, a deck with others below", after(Desk::home(), "j")),
        ("home, folded", after(Desk::home(), "j<Left>")),
        ("hint", after(Desk::review(), "x")),
        ("history", after(Desk::review(), "h")),
        ("why", after(Desk::review(), " w")),
        ("one field", after(Desk::review(), " Ex")),
        ("summary, a line chosen", after(Desk::review(), " 1 3 4j")),
        ("summary, a card chosen", after(Desk::review(), " 1 3 4jG")),
        ("question", Desk::review()),
        ("question after an answer", after(Desk::review(), " 3")),
        ("answer", after(Desk::review(), " ")),
        ("answer after an undo", after(Desk::review(), " 3u ")),
        ("typing", Desk::typing()),
        ("typed", after(Desk::typing(), "artificial<Enter>")),
        ("summary", after(Desk::review(), " 3 3 4")),
        ("summary, cards left", after(Desk::review(), " 3q")),
        ("path", import("")),
        ("path typed", import("decks/a.tsv")),
        ("plan", import("x<Enter>")),
        ("plan, middle", import("x<Enter>jj")),
        ("plan, filtered", import("x<Enter>f")),
        ("plan, changed", import("x<Enter>jw")),
        ("row in full", import("x<Enter>jjv")),
        ("options", import("x<Enter>c")),
        ("options, last", import("x<Enter>cG")),
        ("option typed", import("x<Enter>cj<Enter>utf-8")),
        ("split", import("x<Enter>s")),
        ("split, back", import("x<Enter>s<Tab><Left><Left>")),
        ("triage", import("x<Enter>t")),
        ("triage, second", import("x<Enter>tk")),
        ("row edited", import("x<Enter>e<Tab>x")),
        ("inbox", inbox("")),
        ("inbox, first file", inbox("b")),
        ("inbox, path", inbox("i")),
        ("edit", after(Desk::review(), "e")),
        ("edit, changed", after(Desk::review(), "e<Tab>x")),
        ("settings", after(Desk::home(), "o")),
        ("settings, a choice", after(Desk::home(), "ojjjjj")),
        ("settings, last", after(Desk::home(), "oG")),
        ("settings, a value", after(Desk::home(), "o<Enter>")),
        ("settings of a deck", after(Desk::home(), "o<Tab>")),
        ("settings, a new direction", after(Desk::home(), "o<Tab>jj ")),
        ("settings, keys", after(Desk::home(), "o<Tab><Tab>jj")),
        ("settings, a new key", after(Desk::home(), "o<Tab><Tab>j<Enter>")),
        ("welcome", Desk::welcome()),
        ("welcome, a sample", after(Desk::welcome(), "jj ")),
        ("browse, searching", after(Desk::home(), "/")),
        ("browse, nothing found", after(Desk::home(), "/zebra")),
        ("browse", browse("")),
        ("browse, marked", browse("j j")),
        ("browse, last note", browse("G")),
        ("browse, a change undone", browse("t新<Enter><Enter>u")),
        ("browse, tags", browse("t新")),
        ("browse, deck", browse("m中")),
        ("browse, due", browse("d")),
        ("browse, a question", browse("*s")),
        ("browse, one note", browse("<Enter>")),
        ("browse, columns", browse("c")),
        ("browse, columns, last", browse("cG")),
        ("add", after(Desk::home(), "a")),
        ("add, one added", after(Desk::home(), "a水<Tab>water<F2>")),
        ("add, tags", after(Desk::home(), "a<Up>chi")),
        ("statistics", after(Desk::home(), "s")),
        ("statistics, cards of a deck", after(Desk::home(), "s<BackTab><BackTab>]j")),
        ("statistics, last row", after(Desk::home(), "s<BackTab><BackTab>G")),
        ("help", after(Desk::home(), "?")),
    ]
}

#[test]
fn what_is_offered_works_and_what_is_not_offered_does_nothing() {
    for (state, desk) in desks() {
        for binding in desk.program.keymap().iter().chain(tables::GLOBAL) {
            let mut program = desk.program.clone();
            program.status = None;
            let before = program.clone();
            let can = program.can(binding.action);
            let key = keys_for(binding.keys[0].to_string().as_str());
            let effect = program.press(&key, NOW);
            if binding.action == Action::Hear {
                // It says what is to be set before something can be heard.
                continue;
            }
            let did = effect.is_some() || program != before;
            assert_eq!(did, can, "{state}: {} {:?}", binding.keys[0], binding.action);
        }
    }
}

/// Turns a key's name as the footer shows it back into a press.
fn keys_for(name: &str) -> KeyEvent {
    let name = match name {
        "Space" => " ".to_owned(),
        "↑" => "<Up>".to_owned(),
        "↓" => "<Down>".to_owned(),
        "Shift-Tab" => "<BackTab>".to_owned(),
        "←" => "<Left>".to_owned(),
        "→" => "<Right>".to_owned(),
        one if one.chars().count() == 1 => one.to_owned(),
        ctrl if ctrl.starts_with("Ctrl-") => format!("<C-{}>", ctrl[5..].to_lowercase()),
        alt if alt.starts_with("Alt-") => format!("<A-{}>", &alt[4..]),
        other => format!("<{other}>"),
    };
    keys_of(&name)[0]
}

#[test]
fn the_footer_names_what_works_now_and_nothing_else() {
    for (state, mut desk) in desks() {
        let footer = desk.drawn_at(300, 24).lines().last().unwrap().to_owned();
        let named: Vec<&str> =
            footer.split("  ").map(str::trim).filter(|s| !s.is_empty()).collect();
        let mut want: Vec<String> = desk
            .program
            .keymap()
            .iter()
            .filter(|b| b.place == Place::Footer && desk.program.can(b.action))
            .map(|b| format!("{} {}", b.keys[0], b.label))
            .collect();
        if state != "help" && !want.iter().any(|entry| entry.ends_with(" help")) {
            want.push("F1 help".into());
        }
        assert_eq!(named, want, "{state}");
    }
}

#[test]
fn the_help_page_names_every_key_of_the_screen() {
    for (state, mut desk) in desks() {
        let map = desk.program.keymap();
        desk.press("<F1>");
        if state == "help" {
            continue;
        }
        let page = desk.drawn_at(300, 80);
        for binding in map.iter().chain(tables::GLOBAL) {
            let keys: Vec<String> = binding.keys.iter().map(ToString::to_string).collect();
            let line = page.lines().find(|line| line.contains(binding.about));
            let line = line.unwrap_or_else(|| panic!("{state}: {:?} is missing", binding.action));
            assert!(line.contains(&keys.join(", ")), "{state}: {line}");
        }
    }
}

#[test]
fn a_narrow_footer_keeps_help_and_says_that_something_is_left_out() {
    for (state, mut desk) in desks() {
        let footer = desk.drawn_at(40, 12).lines().last().unwrap().to_owned();
        assert!(footer.contains("help") || state == "help", "{state}: {footer}");
        let named = footer.split("  ").map(str::trim);
        let named = named.filter(|entry| !entry.is_empty() && *entry != "…").count();
        // Where the table of a screen has no key for help, the one of all screens is named.
        let map = desk.program.keymap();
        let own = map.iter().any(|b| b.place == Place::Footer && b.label == "help");
        let offered = |b: &&Binding| b.place == Place::Footer && desk.program.can(b.action);
        let all = map.iter().filter(offered).count() + usize::from(!own && state != "help");
        assert_eq!(footer.contains('…'), named < all, "{state}: {footer}");
    }
}

/// Other keys for every action: none of them is a key that any table names.
fn other_keys() -> Keys {
    let spare = ('A'..='Z').map(|c| format!("Alt-{c}")).chain((13..21).map(|n| format!("F{n}")));
    let spare: Vec<String> = spare.collect();
    let everywhere = ["F21", "F22", "F23", "F24"].map(str::to_owned);
    let mut changes: Vec<KeyChange> = Vec::new();
    for row in Keys::default().list() {
        let nth = changes.iter().filter(|change| change.table == row.table).count();
        let spare = if row.table == "all" { &everywhere[..] } else { &spare };
        let (table, keys) = (row.table.to_owned(), vec![spare[nth].clone()]);
        changes.push(KeyChange { table, action: row.action, keys, line: 0 });
    }
    let (keys, faults) = Keys::new(&changes);
    assert_eq!(faults, []);
    keys
}

/// Returns the names of keys on a screen. A single sign is one where it is said what it
/// does: `u takes`; alone it may be a unit or a mark.
fn keys_in(drawn: &str) -> Vec<String> {
    let bindings = tables::ALL.iter().flat_map(|table| table.map).chain(tables::GLOBAL);
    let keys: BTreeSet<String> =
        bindings.flat_map(|binding| binding.keys).map(|key| key.name()).collect();
    let is_verb =
        |word: Option<&&str>| word.is_some_and(|word| word.len() > 1 && word.ends_with('s'));
    let words: Vec<&str> = drawn.split([' ', '\n']).collect();
    let names = words.iter().enumerate().filter_map(|(at, word)| {
        let name = word.trim_end_matches(['.', ',', ';', ':']);
        let is_one = name.len() > 1 || (name != "a" && is_verb(words.get(at + 1)));
        let is_number = name.parse::<u32>().is_ok();
        (is_one && !is_number && keys.contains(name)).then(|| name.to_owned())
    });
    names.collect()
}

#[test]
fn no_text_names_a_key_that_asks_for_nothing_any_more() {
    let keys = other_keys();
    for (state, desk) in desks() {
        // The help page was made of the keys that held; the list of keys names defaults.
        if state == "help" || state.starts_with("settings") {
            continue;
        }
        let mut program = desk.program;
        program.configure(Look { keys: keys.clone(), ..Look::default() });
        for binding in program.keymap() {
            if !program.can(binding.action) || binding.action == Action::Help {
                continue;
            }
            let mut program = program.clone();
            let key = keys.first(program.keymap(), binding.action).unwrap();
            program.press(&key.press(), NOW);
            let drawn = drawn(&program, Size { width: 120, height: 40 });
            assert_eq!(keys_in(&drawn), [""; 0], "{state}, {:?}:\n{drawn}", binding.action);
        }
    }
}

#[test]
fn grades_stand_on_buttons_of_their_own() {
    let mut desk = Desk::review();
    desk.press(" ");
    let drawn = desk.drawn();
    for name in ["1 Again", "2 Hard", "3 Good", "4 Easy"] {
        assert!(drawn.contains(name), "{name}");
    }
    assert!(!desk.program.can(Action::Grade('5')), "a fifth button is not there");
}
