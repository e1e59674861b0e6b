//! Settings, worked by keys, and as it is seen.

use insta::assert_snapshot;

use super::*;
use crate::config::ThemeName;
use crate::tui::Look;
use crate::tui::keymap::Action;
use crate::tui::widgets::bars::Status;

fn settings(text: &str, keys: &str) -> Desk {
    let mut backend = Fake::new();
    backend.settings = text.into();
    let mut desk = Desk::new(Start::Home, backend, 80, 24);
    desk.press("o");
    desk.press(keys);
    desk
}

/// Goes down to a row.
fn go_to(desk: &mut Desk, row: &str) {
    for _ in 0..200 {
        if desk.drawn().contains(row) {
            return;
        }
        desk.press("j");
    }
    panic!("no `{row}` in\n{}", desk.drawn());
}

fn said(desk: &Desk) -> String {
    match desk.program.status.clone() {
        Some(Status::Done(words)) => words,
        Some(Status::Wrong(words)) => format!("! {words}"),
        None => String::new(),
    }
}

#[test]
fn a_value_that_is_chosen_is_in_the_file_at_once() {
    let mut desk = settings("# mine\nrollover_hour = 3 # early\n", "<Right>");
    assert_eq!(desk.backend.settings, "# mine\nrollover_hour = 4 # early\n");
    assert_eq!(said(&desk), "Saved: rollover_hour = 4");
    desk.press("<Left><Left>");
    assert_eq!(desk.backend.settings, "# mine\nrollover_hour = 2 # early\n");
    desk.press("r");
    assert_eq!(desk.backend.settings, "# mine\nrollover_hour = 4 # early\n");
    assert!(!desk.program.can(Action::ResetValue), "there is nothing to reset");
}

#[test]
fn a_value_that_is_typed_is_taken_or_refused_in_place() {
    let mut desk = settings("", "j<Enter><C-u>many<Enter>");
    assert_eq!(desk.backend.settings, "");
    assert!(desk.drawn().contains("✗ new_per_day is a number, or none; `many` is not"));
    desk.press("<C-u>７<Enter>");
    assert_eq!(desk.backend.settings, "", "a full-width digit is no number of the file");
    desk.press("<C-u>7<Enter>");
    assert_eq!(desk.backend.settings, "new_per_day = 7\n");
    desk.press("<Enter>99<Esc>");
    assert_eq!(desk.backend.settings, "new_per_day = 7\n", "what is left is not taken");
}

#[test]
fn another_theme_and_other_keys_hold_at_once() {
    let mut desk = settings("", "<Tab><Tab>");
    go_to(&mut desk, "▸ stats");
    desk.press("<Enter>S");
    assert_eq!(desk.backend.settings, "[keys.home]\nstats = [\"S\"]\n");
    desk.press("q");
    let footer = desk.drawn_at(200, 24).lines().last().unwrap().to_owned();
    assert!(footer.contains("S stats"), "{footer}");
    desk.press("S");
    assert!(matches!(desk.program.screen, crate::tui::program::Screen::Stats(_)));
}

#[test]
fn a_key_that_is_taken_is_refused_with_both_names() {
    let mut desk = settings("", "<Tab><Tab>jjjj<Enter>i");
    let words = said(&desk);
    assert!(words.contains("i cannot be review: it is import (import a deck file)"), "{words}");
    assert_eq!(desk.backend.settings, "");
    desk.press("+<F12>");
    assert_eq!(desk.backend.settings, "[keys.home]\nreview = [\"Enter\", \"Space\", \"F12\"]\n");
    desk.press("r");
    assert_eq!(desk.backend.settings, "[keys.home]\n");
}

#[test]
fn a_new_direction_says_what_it_does_to_the_cards_first() {
    let mut desk = settings("", "<Tab>jj ");
    assert!(desk.drawn().contains("forward in Chinese would mean: 312 cards suspended."));
    assert!(desk.backend.log.iter().all(|line| !line.contains("SetDeck")));
    desk.press("<Esc>");
    assert!(desk.backend.log.iter().all(|line| !line.contains("SetDeck")));
    desk.press(" <Enter>");
    assert!(desk.backend.log.iter().any(|line| line.contains("SetDeck")));
    assert!(desk.drawn().contains("direction           forward"));
}

#[test]
fn an_option_of_a_deck_goes_back_to_what_lies_above() {
    let mut desk = settings("", "<Tab>");
    assert!(desk.drawn().contains("new_per_day         12                       own value"));
    desk.press("r");
    assert!(desk.drawn().contains("from General"));
    desk.press("]");
    assert!(desk.drawn().contains("from Chinese"), "{}", desk.drawn());
    desk.press("]");
    assert!(!desk.program.can(Action::ResetValue));
}

#[test]
fn what_failed_is_not_asked_for_again_by_itself() {
    let mut backend = Fake::new();
    backend.fails = Some("settings");
    let mut desk = Desk::new(Start::Home, backend, 80, 24);
    desk.press("o");
    assert!(said(&desk).starts_with("! settings: the disk is full"));
    desk.press("j");
    assert!(desk.backend.log.iter().all(|line| line != "settings Load"));
}

#[test]
fn a_theme_that_is_named_paints_the_screen() {
    let mut desk = settings("", "");
    let colors = crate::tui::theme::Colors::of_terminal(
        ThemeName::Terminal16,
        [Some("xterm-256color"), None, None],
    );
    desk.program.configure(Look { colors, ..Look::default() });
    go_to(&mut desk, "▸ theme");
    desk.press("<Right>");
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| desk.program.draw(frame)).unwrap();
    let cells = &terminal.backend().buffer().content;
    let back = cells[0].bg;
    assert_ne!(back, ratatui::style::Color::Reset);
    assert!(cells.iter().all(|cell| cell.bg == back));
}

#[test]
fn general_settings_stand_in_groups_with_what_they_mean() {
    let text = "theme = \"dark\"\ninbox = \"~/新词\"\ngrades = \"five\"\n";
    assert_snapshot!(settings(text, "jjj").drawn_at(80, 24), @r"
    Settings                                                [General] Decks  Keys
    ! /config.toml:3: grades is four or six; `five` is not

    Day   /config.toml
      rollover_hour       4                        hour at which a new study day …
    Limits
      new_per_day         20                       new cards a day for each top-l…
      new_per_day_total   none                     new cards a day over all decks
    ▸ reviews_per_day     none                     reviews a day for each top-lev…
      fresh_per_day       0                        new cards a day that come befo…
    Cards
      order               relative-overdueness     order of the cards that are due
      mix                 mix                      new cards spread among the due…
      interference_guard  off                      new terms that are easily conf…
      direction           by kind                  sides of new notes that are as…
    Days ahead
      fuzz                off                      due days move a little, so tha…
      balance             off                      due days move as little, to th…
      easy_days           not set                  weekdays to which fuzz and bal…
    ──────────────────────────────────────────────────────────────────────────────
    Reviews a day for each top-level deck
    A number, or none. This is the default.

    Enter change  Tab next page  q back  ? help
    ");
}

#[test]
fn settings_fit_a_small_terminal() {
    assert_snapshot!(settings("theme = \"pink\"\n", "j<Enter><C-u>no").drawn_at(40, 12), @r"
    Settings        [General] Decks  Keys
    ! /config.toml:1: theme is auto, dark…
    Day   /config.toml
      rollover_hour       4
    Limits
    ▸ new_per_day         no
      new_per_day_total   none
      reviews_per_day     none
    A number, or none. This is the
    default.

    Enter save  Esc leave  F1 help
    ");
}

#[test]
fn options_of_a_deck_say_where_they_come_from() {
    assert_snapshot!(settings("", "<Tab>]").drawn_at(120, 40), @r"
    Chinese::成语                                                                                    General [Decks] Keys

    ▸ new_per_day         12                       from Chinese
      direction           by kind                  from General
      rules               text                     default
      scheduler           sm2                      default
      desired_retention   0.9                      default




























    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
    New cards a day for each top-level deck
    A number, or none. From Chinese.

    Enter change  Tab next page  ] next deck  q back  ? help
    ");
}

#[test]
fn a_new_direction_is_confirmed_on_a_small_terminal() {
    assert_snapshot!(settings("", "<Tab>jj ").drawn_at(40, 12), @r"
    Chinese          General [Decks] Keys
    • new_per_day         12
      reviews_per_day     none
    ▸ direction           both



    forward in Chinese would mean: 312
    cards suspended. None is deleted;
    setting it back takes that back.

    Enter do it  Esc leave  ? help
    ");
}

#[test]
fn another_scheduler_is_confirmed_with_what_moves() {
    assert_snapshot!(settings("", "<Tab>]jjj ").drawn_at(80, 24), @r"
    Chinese::成语                                            General [Decks] Keys

      new_per_day         12                       from Chinese
      direction           by kind                  from General
      rules               text                     default
    ▸ scheduler           sm2                      default
      desired_retention   0.9                      default












    ──────────────────────────────────────────────────────────────────────────────
    fsrs in Chinese::成语 would mean: 214 cards moved, 31 cards due at once. None
    is deleted; setting it back takes that back.

    Enter do it  Esc leave  ? help
    ");
    let mut desk = settings("", "<Tab>]jjj<Right><Enter>");
    let set = |desk: &Desk, value: &str| {
        desk.backend.log.iter().any(|call| call.contains("SetDeck") && call.contains(value))
    };
    assert!(set(&desk, "\"fsrs\""), "{:?}", desk.backend.log);
    desk.press("j<Right>");
    assert!(set(&desk, "\"0.91\""), "a hundredth at a time: {:?}", desk.backend.log);
}

#[test]
fn keys_are_listed_by_screen_and_pressed() {
    assert_snapshot!(settings("", "<Tab><Tab>jjjj<Enter>").drawn_at(80, 24), @r"
    Settings                                                 General  Decks [Keys]

    Everywhere  [keys.all]
      help                F1                       show all keys of this screen
      quit                Ctrl-C                   leave the program; everything …
      stop                Ctrl-Z                   back to the shell for now
      redraw              Ctrl-L                   draw the screen anew
    Home  [keys.home]
    ▸ review              press the new key
      import              i, F2                    import a deck file
      add                 a, Ins                   add a note to the chosen deck
      inbox               b, F3                    import the new files of the in…
      browse              /, F8                    find and change notes
      stats               s, F9                    show the statistics
      leeches             L, Alt-l                 look at the cards that keep be…
      settings            o, F10                   change settings
      review-typed        t, F6                    review it, typing the answers
      practise            p, F7                    practise it; no schedule chang…
      unfold              Right, l                 show the decks below
    ──────────────────────────────────────────────────────────────────────────────
    A new key for review: review the chosen deck. A letter alone keeps the default
    key that is none, since input methods swallow letters.

    Esc leave  F1 help
    ");
}
