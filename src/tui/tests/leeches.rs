//! Cards that keep being forgotten, from Home and Statistics to what can be done.

use insta::assert_snapshot;

use super::fake::Fake;
use super::*;
use crate::tui::program::Screen;

/// A desk with one leech, after some keys.
fn desk((width, height): (u16, u16), keys: &str) -> Desk {
    let backend = Fake::new();
    backend.notes.add_leech();
    let mut desk = Desk::new(Start::Home, backend, width, height);
    for keys in keys.split_inclusive('L') {
        desk.press(keys);
    }
    desk
}

fn query(desk: &Desk) -> &str {
    match &desk.program.screen {
        Screen::Browse(browse) => browse.line.text(),
        other => panic!("not in Browse: {other:?}"),
    }
}

#[test]
fn one_key_opens_them_from_home_and_from_statistics() {
    for (keys, wanted) in [
        ("L", "is:leech"),
        ("<Down>L", "is:leech deck:\"Chinese\""),
        ("sL", "is:leech"),
        ("s]]]<A-l>", "is:leech deck:\"Chinese::成语\""),
    ] {
        assert_eq!(query(&desk((80, 24), keys)), wanted, "{keys}");
    }
    let mut desk = Desk::home();
    desk.backend.home.decks.clear();
    desk.press("sL");
    assert!(desk.drawn().contains("Statistics"), "without a leech there is nothing to open");
}

#[test]
fn a_leech_says_why_it_is_one_and_what_can_be_done() {
    assert_snapshot!(desk((80, 24), "L").drawn(), @r"
    Browse                                                            1 of 1 note
    Search ▸ is:leech
    no room for: reading, tags, interval, ease, lapses, added
       front              back                        deck              due
    ▸  高铁               high-speed rail             Chinese           2026-11-09


















    Enter open  / search  Space mark  * mark all  e edit  a add  …  q back  ? help
    ");
    assert_snapshot!(desk((80, 24), "L<Enter>").drawn(), @r"
    Browse: one note                                                  1 of 1 note
    front      高铁
    back       high-speed rail
    reading    gāotiě
    tags       rail
    deck       Chinese
    kind       term
    added      2026-10-24
    id         4edda5d497908dbe66732c475194ba20

    forward    due 2026-11-09, interval 1 day, ease 2.50, 8 lapses, a leech
    leech      8 lapses
               Write the note anew, split it in two, suspend the card, reset it,
               or leave it.
      intervals of 16 reviews, up to 1d
      ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██

      day         answer    interval   ease     time
      2026-11-08  Again           1d   2.50    2.5 s
      2026-11-07  Good            1d   2.50    2.5 s
      2026-11-06  Again           1d   2.50    2.5 s
      2026-11-05  Good            1d   2.50    2.5 s                     ▼ 15 more

    Esc close  e edit  a add  s suspend  S put back  R reset  j more  ? help
    ");
}

#[test]
fn a_narrow_and_a_wide_terminal_say_so_too() {
    assert_snapshot!(desk((40, 12), "L<Enter><PgDn>").drawn(), @r"
    Browse: one note          1 of 1 note
    deck       Chinese
    kind       term
    added      2026-10-24
    id         4edda5d497908dbe66732c47519
               4ba20

    forward    due 2026-11-09, interval 1
               day, ease 2.50, 8 lapses, a
               leech             ▼ 28 more

    Esc close  e edit  a add  …  ? help
    ");
    assert_snapshot!(desk((120, 40), "L").drawn(), @r"
    Browse                                                                                                    1 of 1 note
    Search ▸ is:leech
    no room for: reading, deck, tags, interval, ease, lapses, added
       front                   back                                due         │ front      高铁
    ▸  高铁                    high-speed rail                     2026-11-09  │ back       high-speed rail
                                                                               │ reading    gāotiě
                                                                               │ tags       rail
                                                                               │ deck       Chinese
                                                                               │ added      2026-10-24
                                                                               │
                                                                               │ forward    due 2026-11-09, interval 1
                                                                               │            day, ease 2.50, 8 lapses, a
                                                                               │            leech
                                                                               │ leech      8 lapses
                                                                               │            Write the note anew, split it
                                                                               │            in two, suspend the card,
                                                                               │            reset it, or leave it.
                                                                               │ reverse    new
                                                                               │
                                                                               │
                                                                               │
                                                                               │
                                                                               │
                                                                               │
                                                                               │
                                                                               │
                                                                               │
                                                                               │
                                                                               │
                                                                               │
                                                                               │
                                                                               │
                                                                               │
                                                                               │
                                                                               │
                                                                               │
                                                                               │
                                                                               │

    Enter open  / search  Space mark  * mark all  e edit  a add  t tag  m move  s suspend  S put back  …  q back  ? help
    ");
}

#[test]
fn the_page_of_a_leech_suspends_the_one_card_and_takes_that_back() {
    let mut desk = desk((80, 24), "L<Enter>s");
    assert!(desk.drawn().contains("1 card"), "{}", desk.drawn());
    desk.press("<Enter>");
    assert!(desk.drawn().contains("suspended"), "{}", desk.drawn());
    desk.press("u<Enter>");
    assert!(!desk.drawn().contains("suspended as"), "{}", desk.drawn());
}

#[test]
fn the_other_half_of_a_note_goes_to_the_same_deck() {
    for keys in ["La", "L<Enter><Ins>"] {
        let drawn = desk((80, 24), keys).drawn();
        assert!(drawn.contains("Add a note") && drawn.contains("Chinese"), "{keys}: {drawn}");
    }
}
