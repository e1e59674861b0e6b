//! Statistics as they are worked by keys.

use insta::assert_snapshot;

use super::stats_pictures::stats;
use super::*;
use crate::tui::keymap::Action;

#[test]
fn counting_says_how_far_it_is_and_goes_on_between_keys() {
    let mut desk = Desk::home();
    desk.backend.slices = 3_000;
    desk.press("s<Tab>");
    assert!(desk.program.can(Action::Last), "the figures are there, and the second sheet");
    assert_eq!(desk.backend.slices, 0);
    let calls = desk.backend.log.iter().filter(|call| call.starts_with("stats")).count();
    assert_eq!(calls, 3_001);
}

#[test]
fn ranges_and_decks_are_switched_by_keys_and_named_in_the_title() {
    let title = |keys: &str| stats(keys).drawn().lines().next().unwrap().to_owned();
    for (keys, deck, range) in [
        ("", "All decks", "last 30 days"),
        (".", "All decks", "last 90 days"),
        ("rrr", "All decks", "since the first day"),
        ("R", "All decks", "last 7 days"),
        ("rr", "All decks", "last year"),
        ("]]]", "Chinese::成语", "last 30 days"),
        ("[,", "Français::Verbes", "last 7 days"),
    ] {
        let title = title(keys);
        assert!(title.contains(deck) && title.ends_with(range), "{keys}: {title}");
    }
}

#[test]
fn a_collection_without_cards_has_figures_too() {
    let mut desk = Desk::home();
    desk.backend.home.decks.clear();
    desk.press("s");
    assert_snapshot!(desk.drawn(), @r"
    Statistics · All decks                                           last 30 days
    [Overview]  Forecast   Reviews   Retention   Cards

    today      0 answers: 0 reviews, 0 in the drill
               0 new cards, 0 s
    streak     no day was studied yet
    30 days    0 answers: 0 reviews, 0 in the drill
               0 new cards, 0 days studied, 0 s
    remembered young no reviews, mature no reviews
    due        0 today, 0 of them overdue; 0 tomorrow

         Dec  Jan Feb Mar  Apr May Jun  Jul Aug  Sep Oct Nov
    Mon ·····················································
    Tue ····················································
    Wed ····················································
    Thu ····················································
    Fri ····················································
    Sat ····················································
    Sun ····················································
    · 0 answers a day, 53 weeks



    Tab sheet  r range  q back  ? help
    ");
    desk.press("<Tab><Tab>");
    assert_snapshot!(desk.drawn_at(40, 12), @r"
    Statistics · All decks   last 30 days
    [Reviews]  sheet 3 of 5

    0 reviews in 30 days
    none

    0 s in 30 days
    none



    Tab sheet  r range  q back  ? help
    ");
}

#[test]
fn what_goes_wrong_is_said_once() {
    let mut desk = Desk::home();
    desk.backend.fails = Some("stats");
    desk.press("s");
    assert_snapshot!(desk.drawn_at(40, 12), @r"
    Statistics · All decks   last 30 days
    [Overview]  sheet 1 of 5

    There are no figures; F5 tries again.





    error: stats: the disk is full (close
    the other program)
    Tab sheet  r range  q back  ? help
    ");
    desk.press("<F5>");
    assert!(desk.drawn().contains("Overview"), "{}", desk.drawn());
}
