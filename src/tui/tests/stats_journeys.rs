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
    [Overview]  Forecast   Reviews   Retention   Cards   Outlook

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
    [Reviews]  sheet 3 of 6

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
    [Overview]  sheet 1 of 6

    There are no figures; F5 tries again.





    error: stats: the disk is full (close
    the other program)
    Tab sheet  r range  q back  ? help
    ");
    desk.press("<F5>");
    assert!(desk.drawn().contains("Overview"), "{}", desk.drawn());
}

#[test]
fn the_coming_year_stands_beside_other_limits() {
    let mut desk = stats("<BackTab>");
    assert_snapshot!(desk.drawn(), @r"
    Statistics · All decks                                          next 365 days
     Overview   Forecast   Reviews   Retention   Cards  [Outlook]
    ▼ 10 more below
    all decks: 600 cards, 600 of them new
    new cards 20 a day, reviews without limit
    by a usual learner: 0 reviews of your own are too few to go by

    Reviews, time and new cards are those of a day in the mean; known are the
    cards you would remember at the end, waiting those still due then; most is the
    longest day.
                          reviews    time  known  new  waiting
    23 Nov - 20 Dec            51  21 min    539   20        0  ██████████████████
    21 Dec - 17 Jan 2027       39  12 min    570  1.4        0  █████████████▊
    18 Jan - 14 Feb 2027       23   7 min    576    0        0  ████████▎
    15 Feb - 14 Mar 2027       12   4 min    569    0        0  ████▎
    15 Mar - 11 Apr 2027      5.2   2 min    558    0        0  █▊
    12 Apr -  9 May 2027       12   4 min    567    0        0  ████▍
    10 May -  6 Jun 2027       12   3 min    572    0        0  ████▏
     7 Jun -  4 Jul 2027      6.6   2 min    569    0        0  ██▎
     5 Jul -  1 Aug 2027        4   1 min    564    0        0  █▍
     2 Aug - 29 Aug 2027      3.6   1 min    558    0        0  █▎
    30 Aug - 26 Sep 2027      3.6   1 min    555    0        0  █▎

    Tab sheet  r range  ] deck  L leeches  j more  q back  ? help
    ");
    desk.press("G");
    assert_snapshot!(desk.drawn(), @r"
    Statistics · All decks                                          next 365 days
     Overview   Forecast   Reviews   Retention   Cards  [Outlook]
    ▲ 10 more above
    18 Jan - 14 Feb 2027       23   7 min    576    0        0  ████████▎
    15 Feb - 14 Mar 2027       12   4 min    569    0        0  ████▎
    15 Mar - 11 Apr 2027      5.2   2 min    558    0        0  █▊
    12 Apr -  9 May 2027       12   4 min    567    0        0  ████▍
    10 May -  6 Jun 2027       12   3 min    572    0        0  ████▏
     7 Jun -  4 Jul 2027      6.6   2 min    569    0        0  ██▎
     5 Jul -  1 Aug 2027        4   1 min    564    0        0  █▍
     2 Aug - 29 Aug 2027      3.6   1 min    558    0        0  █▎
    30 Aug - 26 Sep 2027      3.6   1 min    555    0        0  █▎
    27 Sep - 24 Oct 2027      4.7   1 min    555    0        0  █▋
    25 Oct - 21 Nov 2027      6.3   2 min    558    0        0  ██▏
    Mon 22 Nov 2027             6   2 min    558    0        0  ██▏

    with other limits, in the year
                  reviews   time  known    most  waiting
    5 new a day        14  5 min    558  14 min        0  ██████████████████████▏
    10 new a day       14  5 min    556  20 min        0  ██████████████████████▊
    20 new a day       14  5 min    558  33 min        0  ███████████████████████▏
    40 new a day       15  5 min    558  46 min        0  ████████████████████████

    Tab sheet  r range  ] deck  L leeches  q back  ? help
    ");
    assert_snapshot!(desk.drawn_at(40, 12), @r"
    Statistics · All decks  next 365 days
    [Outlook]  sheet 6 of 6
    ▲ 10 more above   ▼ 18 more below
    the longest day.
                          reviews    time
    no room for: known, new, waiting
    23 Nov - 20 Dec            51  21 min
    21 Dec - 17 Jan 2027       39  12 min
    18 Jan - 14 Feb 2027       23   7 min
    15 Feb - 14 Mar 2027       12   4 min

    Tab sheet  r range  …  q back  ? help
    ");
    desk.press("g");
    assert_snapshot!(desk.drawn_at(120, 40), @r"
    Statistics · All decks                                                                                  next 365 days
     Overview   Forecast   Reviews   Retention   Cards  [Outlook]

    all decks: 600 cards, 600 of them new
    new cards 20 a day, reviews without limit
    by a usual learner: 0 reviews of your own are too few to go by

    Reviews, time and new cards are those of a day in the mean; known are the cards you would remember at the end, waiting
    those still due then; most is the longest day.
                          reviews    time  known  new  waiting
    23 Nov - 20 Dec            51  21 min    539   20        0  ██████████████████████████████
    21 Dec - 17 Jan 2027       39  12 min    570  1.4        0  ███████████████████████
    18 Jan - 14 Feb 2027       23   7 min    576    0        0  █████████████▊
    15 Feb - 14 Mar 2027       12   4 min    569    0        0  ███████▏
    15 Mar - 11 Apr 2027      5.2   2 min    558    0        0  ███
    12 Apr -  9 May 2027       12   4 min    567    0        0  ███████▎
    10 May -  6 Jun 2027       12   3 min    572    0        0  ███████
     7 Jun -  4 Jul 2027      6.6   2 min    569    0        0  ███▉
     5 Jul -  1 Aug 2027        4   1 min    564    0        0  ██▍
     2 Aug - 29 Aug 2027      3.6   1 min    558    0        0  ██▏
    30 Aug - 26 Sep 2027      3.6   1 min    555    0        0  ██▏
    27 Sep - 24 Oct 2027      4.7   1 min    555    0        0  ██▊
    25 Oct - 21 Nov 2027      6.3   2 min    558    0        0  ███▋
    Mon 22 Nov 2027             6   2 min    558    0        0  ███▌

    with other limits, in the year
                  reviews   time  known    most  waiting
    5 new a day        14  5 min    558  14 min        0  ███████████████████████████▋
    10 new a day       14  5 min    556  20 min        0  ████████████████████████████▌
    20 new a day       14  5 min    558  33 min        0  ████████████████████████████▉
    40 new a day       15  5 min    558  46 min        0  ██████████████████████████████








    Tab sheet  r range  ] deck  L leeches  q back  ? help
    ");
}

#[test]
fn a_year_that_cannot_be_foreseen_is_said_once() {
    let mut desk = stats("");
    desk.backend.fails = Some("foresee");
    desk.press("<BackTab>");
    assert!(desk.drawn().contains("There are no figures; F5 tries again."), "{}", desk.drawn());
    desk.press("<F5>");
    assert!(desk.drawn().contains("all decks: 600 cards"), "{}", desk.drawn());
}
