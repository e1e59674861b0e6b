//! Statistics as they are drawn.

use insta::assert_snapshot;

use super::*;

/// Opens the statistics from home and presses keys there.
pub fn stats(keys: &str) -> Desk {
    let mut desk = Desk::home();
    desk.press("s");
    desk.press(keys);
    desk
}

#[test]
fn the_overview_shows_today_the_streak_and_a_calendar() {
    assert_snapshot!(stats("").drawn_at(80, 24), @r"
    Statistics · All decks                                           last 30 days
    [Overview]  Forecast   Reviews   Retention   Cards   Outlook

    today      14 answers: 13 reviews, 1 in the drill
               5 new cards, 2 min, again 8 % (1 of 13)
    streak     4 days in a row, the longest 8 days
    30 days    1054 answers: 965 reviews, 89 in the drill
               135 new cards, 27 days studied, 2 h 08 min
    remembered young 82 % (396 of 485), mature 91 % (314 of 345)
    due        172 today, 132 of them overdue; 38 tomorrow
    practice   6 answers, 44 s

         Dec  Jan Feb Mar  Apr May Jun  Jul Aug  Sep Oct Nov
    Mon ·▓▓▓▒▒░██·▓▓▒▒███▓·▒▒░██▓▓▓·▒░██▓▓▓▒·███▓▓▒▒░·█▓▓▓▒▒░
    Tue ▓▓▒▒█·█▓▓▒▒░██·▓▓▒▒░██▓·▓▒▒███▓▓·▒░██▓▓▓▒·░██▓▓▓▒▒·█
    Wed ▒·██▓▓▓▒▒░·█▓▓▓▒▒██·▓▓▒▒░██▓·▓▒▒░██▓▓·▒▒███▓▓▒·░██▓▓
    Thu ██▓▓▓▒·███▓▓▒▒░·█▓▓▓▒▒░█·▓▓▓▒▒███·▓▒▒░██▓▓·▒▒░██▓▓▓·
    Fri ▓▓·▒░██▓▓▓▒·░██▓▓▓▒▒·██▓▓▒▒░█·▓▓▓▒▒░██·▓▓▒▒███▓·▒▒░█
    Sat ▒▒░██▓▓·▒▒███▓▓▒·░██▓▓▓▒▒·██▓▓▓▒▒█·█▓▓▒▒░██·▓▓▒▒░██▓
    Sun ███·▓▒▒░██▓▓·▒▒░██▓▓▓·▒███▓▓▒▒·██▓▓▓▒▒░·█▓▓▓▒▒██·▓▓▒
    · 0  ░ ≤16  ▒ ≤33  ▓ ≤49  █ ≤66 answers a day, 53 weeks


    Tab sheet  r range  ] deck  L leeches  q back  ? help
    ");
    assert_snapshot!(stats("").drawn_at(40, 12), @r"
    Statistics · All decks   last 30 days
    [Overview]  sheet 1 of 6
    ▼ 18 more below
    today      14 answers: 13 reviews, 1
               in the drill
               5 new cards, 2 min, again
               8 % (1 of 13)
    streak     4 days in a row, the
               longest 8 days
    30 days    1054 answers: 965 reviews,

    Tab sheet  r range  …  q back  ? help
    ");
    assert_snapshot!(stats("").drawn_at(120, 40), @r"
    Statistics · All decks                                                                                   last 30 days
    [Overview]  Forecast   Reviews   Retention   Cards   Outlook

    today      14 answers: 13 reviews, 1 in the drill
               5 new cards, 2 min, again 8 % (1 of 13)
    streak     4 days in a row, the longest 8 days
    30 days    1054 answers: 965 reviews, 89 in the drill
               135 new cards, 27 days studied, 2 h 08 min
    remembered young 82 % (396 of 485), mature 91 % (314 of 345)
    due        172 today, 132 of them overdue; 38 tomorrow
    practice   6 answers, 44 s

          Dec       Jan     Feb     Mar       Apr     May     Jun       Jul     Aug       Sep     Oct     Nov
    Mon · ▓ ▓ ▓ ▒ ▒ ░ █ █ · ▓ ▓ ▒ ▒ █ █ █ ▓ · ▒ ▒ ░ █ █ ▓ ▓ ▓ · ▒ ░ █ █ ▓ ▓ ▓ ▒ · █ █ █ ▓ ▓ ▒ ▒ ░ · █ ▓ ▓ ▓ ▒ ▒ ░
    Tue ▓ ▓ ▒ ▒ █ · █ ▓ ▓ ▒ ▒ ░ █ █ · ▓ ▓ ▒ ▒ ░ █ █ ▓ · ▓ ▒ ▒ █ █ █ ▓ ▓ · ▒ ░ █ █ ▓ ▓ ▓ ▒ · ░ █ █ ▓ ▓ ▓ ▒ ▒ · █
    Wed ▒ · █ █ ▓ ▓ ▓ ▒ ▒ ░ · █ ▓ ▓ ▓ ▒ ▒ █ █ · ▓ ▓ ▒ ▒ ░ █ █ ▓ · ▓ ▒ ▒ ░ █ █ ▓ ▓ · ▒ ▒ █ █ █ ▓ ▓ ▒ · ░ █ █ ▓ ▓
    Thu █ █ ▓ ▓ ▓ ▒ · █ █ █ ▓ ▓ ▒ ▒ ░ · █ ▓ ▓ ▓ ▒ ▒ ░ █ · ▓ ▓ ▓ ▒ ▒ █ █ █ · ▓ ▒ ▒ ░ █ █ ▓ ▓ · ▒ ▒ ░ █ █ ▓ ▓ ▓ ·
    Fri ▓ ▓ · ▒ ░ █ █ ▓ ▓ ▓ ▒ · ░ █ █ ▓ ▓ ▓ ▒ ▒ · █ █ ▓ ▓ ▒ ▒ ░ █ · ▓ ▓ ▓ ▒ ▒ ░ █ █ · ▓ ▓ ▒ ▒ █ █ █ ▓ · ▒ ▒ ░ █
    Sat ▒ ▒ ░ █ █ ▓ ▓ · ▒ ▒ █ █ █ ▓ ▓ ▒ · ░ █ █ ▓ ▓ ▓ ▒ ▒ · █ █ ▓ ▓ ▓ ▒ ▒ █ · █ ▓ ▓ ▒ ▒ ░ █ █ · ▓ ▓ ▒ ▒ ░ █ █ ▓
    Sun █ █ █ · ▓ ▒ ▒ ░ █ █ ▓ ▓ · ▒ ▒ ░ █ █ ▓ ▓ ▓ · ▒ █ █ █ ▓ ▓ ▒ ▒ · █ █ ▓ ▓ ▓ ▒ ▒ ░ · █ ▓ ▓ ▓ ▒ ▒ █ █ · ▓ ▓ ▒
    · 0  ░ ≤16  ▒ ≤33  ▓ ≤49  █ ≤66 answers a day, 53 weeks


















    Tab sheet  r range  ] deck  L leeches  q back  ? help
    ");
}

#[test]
fn the_overview_scrolls_on_a_small_terminal() {
    let mut desk = stats("");
    desk.program.size = Size { width: 40, height: 12 };
    desk.size = desk.program.size;
    desk.press("G");
    assert_snapshot!(desk.drawn(), @r"
    Statistics · All decks   last 30 days
    [Overview]  sheet 1 of 6
    ▲ 18 more above
    Tue ░██▓·▓▒▒███▓▓·▒░██▓▓▓▒·░██▓▓▓▒▒·█
    Wed ·▓▓▒▒░██▓·▓▒▒░██▓▓·▒▒███▓▓▒·░██▓▓
    Thu ▓▒▒░█·▓▓▓▒▒███·▓▒▒░██▓▓·▒▒░██▓▓▓·
    Fri ▒·██▓▓▒▒░█·▓▓▓▒▒░██·▓▓▒▒███▓·▒▒░█
    Sat █▓▓▓▒▒·██▓▓▓▒▒█·█▓▓▒▒░██·▓▓▒▒░██▓
    Sun ▓▓·▒███▓▓▒▒·██▓▓▓▒▒░·█▓▓▓▒▒██·▓▓▒
    · 0  ░ ≤16  ▒ ≤33  ▓ ≤49  █ ≤66

    Tab sheet  r range  …  q back  ? help
    ");
}

#[test]
fn the_forecast_counts_what_is_overdue_into_today() {
    assert_snapshot!(stats("<Tab>").drawn_at(80, 24), @r"
    Statistics · All decks                                           last 30 days
     Overview  [Forecast]  Reviews   Retention   Cards   Outlook
    ▼ 13 more below
    574 cards due in 30 days, 19.1 a day; 132 overdue
    172 │█
        │█
        │█
        │█
      0 │█ █ █   ▇ ▆ ▆ ▆ ▅ ▅   ▄ ▃ ▃ ▂ ▂ ▁   ▁ ▁   ▁ ▁ ▁   ▂ ▂ ▃ ▃ ▄
    each column: 1 day
    Mon 23 Nov  172  ████████████████████████████████████████████████████████████
    Tue 24 Nov   38  █████████████▎
    Wed 25 Nov   36  ████████████▌
    Fri 27 Nov   32  ███████████▏
    Sat 28 Nov   30  ██████████▍
    Sun 29 Nov   28  █████████▊
    Mon 30 Nov   26  █████████
    Tue  1 Dec   24  ████████▎
    Wed  2 Dec   22  ███████▋
    Fri  4 Dec   18  ██████▎
    Sat  5 Dec   16  █████▌
    Sun  6 Dec   14  ████▉

    Tab sheet  r range  ] deck  L leeches  j more  q back  ? help
    ");
    assert_snapshot!(stats("<Tab>").drawn_at(40, 12), @r"
    Statistics · All decks   last 30 days
    [Forecast]  sheet 2 of 6
    ▼ 20 more below
    574 cards due in 30 days, 19.1 a day;
    132 overdue
    Mon 23 Nov  172  █████████████████████
    Tue 24 Nov   38  ████▋
    Wed 25 Nov   36  ████▍
    Fri 27 Nov   32  ███▉
    Sat 28 Nov   30  ███▋

    Tab sheet  r range  …  q back  ? help
    ");
    assert_snapshot!(stats("<Tab>rr").drawn_at(120, 40), @r"
    Statistics · All decks                                                                                      last year
     Overview  [Forecast]  Reviews   Retention   Cards   Outlook

    5494 cards due in 365 days, 15.1 a day; 132 overdue
    336 │█
        │█
        │█       ▃ ▂       ▆       ▅ ▁       ▅       ▇       ▃ ▄       █       ▃ ▂       ▆       ▅ ▁       ▅
        │█ ▆     █ █     ▅ █ ▄     █ █     █ █ ▃     █ ▇     █ █ ▂   ▂ █ ▆     █ █     ▅ █ ▄     █ █     █ █ ▃
      0 │█ █ ▄ ▅ █ █ █ ▂ █ █ █ ▃ ▇ █ █ ▇ ▃ █ █ █ ▂ █ █ █ ▅ ▄ █ █ █ ▂ █ █ █ ▄ ▅ █ █ █ ▂ █ █ █ ▃ ▇ █ █ ▇ ▃ █ █ █ ▂ ▁
    each column: 1 week
    23 Nov - 20 Dec       540  ████████████████████████████████████████████████████████████
    21 Dec - 17 Jan 2027  414  ██████████████████████████████████████████████
    18 Jan - 14 Feb 2027  442  █████████████████████████████████████████████████
    15 Feb - 14 Mar 2027  444  █████████████████████████████████████████████████▎
    15 Mar - 11 Apr 2027  444  █████████████████████████████████████████████████▎
    12 Apr -  9 May 2027  422  ██████████████████████████████████████████████▉
    10 May -  6 Jun 2027  414  ██████████████████████████████████████████████
     7 Jun -  4 Jul 2027  396  ████████████████████████████████████████████
     5 Jul -  1 Aug 2027  366  ████████████████████████████████████████▋
     2 Aug - 29 Aug 2027  366  ████████████████████████████████████████▋
    30 Aug - 26 Sep 2027  388  ███████████████████████████████████████████
    27 Sep - 24 Oct 2027  412  █████████████████████████████████████████████▊
    25 Oct - 21 Nov 2027  440  ████████████████████████████████████████████████▉
    Mon 22 Nov 2027         6  ▋















    Tab sheet  r range  ] deck  L leeches  q back  ? help
    ");
}

#[test]
fn reviews_and_time_are_told_by_day() {
    assert_snapshot!(stats("<Tab><Tab>").drawn_at(80, 24), @r"
    Statistics · All decks                                           last 30 days
     Overview   Forecast  [Reviews]  Retention   Cards   Outlook
    ▼ 50 more below
    965 reviews in 30 days, 35.7 on a day studied
    58 │▄     █             ▃     ▇             ▂     ▄     █
       │█ ▂   █ ▆           █     █ ▃     ▇     █     █ ▂   █ ▆
       │█ █   █ █ ▂     ▆   █ █   █ █ ▁   █ ▅   █ ▇   █ █   █ █ ▂
       │█ █ █ █ █ █     █ ▃ █ █ ▆ █ █ █   █ █ ▁ █ █ ▄ █ █   █ █ █
     0 │█ █ █ █ █ █ █   █ █ █ █ █ █ █ █   █ █ █ █ █ █ █ █   █ █ █ █
    each column: 1 day
    Mon 23 Nov  13  █████████████▍
    Sun 22 Nov  27  ███████████████████████████▉
    Sat 21 Nov  44  █████████████████████████████████████████████▌
    Fri 20 Nov  58  ████████████████████████████████████████████████████████████
    Wed 18 Nov  39  ████████████████████████████████████████▎
    Tue 17 Nov  53  ██████████████████████████████████████████████████████▊
    Mon 16 Nov  18  ██████████████████▌
    Sun 15 Nov  34  ███████████████████████████████████▏
    Sat 14 Nov  50  ███████████████████████████████████████████████████▋
    Fri 13 Nov  14  ██████████████▍
    Thu 12 Nov  31  ████████████████████████████████
    Wed 11 Nov  45  ██████████████████████████████████████████████▌

    Tab sheet  r range  ] deck  L leeches  j more  q back  ? help
    ");
    assert_snapshot!(stats("<Tab><Tab>G").drawn_at(40, 12), @r"
    Statistics · All decks   last 30 days
    [Reviews]  sheet 3 of 6
    ▲ 50 more above   ▼ 1 more below
    Mon  2 Nov  4 min  ██████████▍
    Sat 31 Oct  2 min  ████▏
    Fri 30 Oct  4 min  ████████▌
    Thu 29 Oct  6 min  ██████████████▎
    Wed 28 Oct  8 min  ███████████████████
    Tue 27 Oct  3 min  ███████▋
    Mon 26 Oct  5 min  ████████████▊

    Tab sheet  r range  …  q back  ? help
    ");
    assert_snapshot!(stats("<Tab><Tab>rrr").drawn_at(120, 40), @r"
    Statistics · All decks                                                                            since the first day
     Overview   Forecast  [Reviews]  Retention   Cards   Outlook
    ▼ 10 more below
    12981 reviews in 400 days, 36.5 on a day studied
    292 │ ▄ ▁  ▇   ▂ ▁      █    ▄  ▂ ▂   ▂  ▂▄    █   ▃▁    ▄  ▂
        │ █▄██ █▆▆▄█▄██▆▆▆▅▄█▃▂█▆█ ▅█▇█▁▇▆█▆▄██▃█ ▆█▅▄▃██▁▇▅▇█▄▃█▂█
        │ ████████████████████████▇████████████████████████████████
        │ █████████████████████████████████████████████████████████
      0 │▄█████████████████████████████████████████████████████████
    each column: 1 week
    27 Oct - 23 Nov       873  ███████████████████████████████████████████████████████
    29 Sep - 26 Oct       920  █████████████████████████████████████████████████████████▉
     1 Sep - 28 Sep       920  █████████████████████████████████████████████████████████▉
     4 Aug - 31 Aug       913  █████████████████████████████████████████████████████████▌
     7 Jul -  3 Aug       839  ████████████████████████████████████████████████████▉
     9 Jun -  6 Jul       952  ████████████████████████████████████████████████████████████
    12 May -  8 Jun       897  ████████████████████████████████████████████████████████▌
    14 Apr - 11 May       947  ███████████████████████████████████████████████████████████▋
    17 Mar - 13 Apr       894  ████████████████████████████████████████████████████████▎
    17 Feb - 16 Mar       894  ████████████████████████████████████████████████████████▎
    20 Jan - 16 Feb       888  ███████████████████████████████████████████████████████▉
    23 Dec - 19 Jan       938  ███████████████████████████████████████████████████████████
    25 Nov - 22 Dec 2025  938  ███████████████████████████████████████████████████████████
    28 Oct - 24 Nov 2025  871  ██████████████████████████████████████████████████████▉
    20 Oct - 27 Oct 2025  297  ██████████████████▋

    28 h 46 min in 400 days, 7 s an answer
    39 min │ ▃ ▁  ▇   ▂ ▁      █    ▃  ▂ ▂   ▂  ▂▄    █   ▃▁    ▄  ▂
           │ █▄██ █▆▆▄█▄██▆▆▆▅▄█▃▂█▆█ ▅█▇█▁▇▆█▅▄██▃█ ▆█▅▄▃██▁▇▅▇█▄▃█▂█
           │ ████████████████████████▇████████████████████████████████
           │ █████████████████████████████████████████████████████████
       0 s │▄█████████████████████████████████████████████████████████
    each column: 1 week
    27 Oct - 23 Nov       1 h 56 min  ██████████████████████████████████████████████████████▉
    29 Sep - 26 Oct       2 h 02 min  █████████████████████████████████████████████████████████▉
     1 Sep - 28 Sep       2 h 02 min  █████████████████████████████████████████████████████████▉
     4 Aug - 31 Aug       2 h 01 min  █████████████████████████████████████████████████████████▌
     7 Jul -  3 Aug       1 h 52 min  ████████████████████████████████████████████████████▊

    Tab sheet  r range  ] deck  L leeches  j more  q back  ? help
    ");
}

#[test]
fn retention_is_told_by_age_grade_and_hour() {
    assert_snapshot!(stats("<BackTab><BackTab><BackTab>").drawn_at(80, 24), @r"
    Statistics · All decks                                           last 30 days
     Overview   Forecast   Reviews  [Retention]  Cards   Outlook

    remembered in 30 days, at the first answer of a day
    young     82 % of 485  █████████████████████████████████████████████████▌
    mature    91 % of 345  ███████████████████████████████████████████████████████
    together  86 % of 830  ███████████████████████████████████████████████████▉

    by grade
                new  young mature
    2 again       0     89     31  █████████
    3 hard        0      0    123  █████████▎
    4 good      135    396      0  ████████████████████████████████████████
    5 easy        0      0    191  ██████████████▍

    by hour of the day, new cards left out
    08 h  100 % of 396  ██████████████████████████████████████████████████████████
    09 h  100 % of 191  ██████████████████████████████████████████████████████████
    22 h   58 % of 212  █████████████████████████████████▋
    23 h     0 % of 31



    Tab sheet  r range  ] deck  L leeches  q back  ? help
    ");
    assert_snapshot!(stats("<BackTab><BackTab><BackTab>").drawn_at(40, 12), @r"
    Statistics · All decks   last 30 days
    [Retention]  sheet 4 of 6
    ▼ 11 more below
    remembered in 30 days, at the first
    answer of a day
    young     82 % of 485  █████████████▌
    mature    91 % of 345  ███████████████
    together  86 % of 830  ██████████████▏

    by grade

    Tab sheet  r range  …  q back  ? help
    ");
}

#[test]
fn cards_are_told_by_stage_interval_and_ease() {
    assert_snapshot!(stats("<BackTab><BackTab>]]").drawn_at(80, 24), @r"
    Statistics · Chinese::Policy terms                               last 30 days
     Overview   Forecast   Reviews   Retention  [Cards]  Outlook
    ▼ 51 more below
    150 cards
    new        38  ███████████████████████████████████▋
    young      64  ████████████████████████████████████████████████████████████
    mature     45  ██████████████████████████████████████████▏
    suspended   3  ██▊

    intervals
    1 day         19  █████████████████████████████████████████████████▌
    2-3 days       0
    4-6 days      23  ████████████████████████████████████████████████████████████
    1 week         0
    2 weeks       22  █████████████████████████████████████████████████████████▍
    3-4 weeks      0
    1 month        8  ████████████████████▊
    2 months       0
    3-5 months    15  ███████████████████████████████████████▏
    6-11 months    7  ██████████████████▎
    a year, more  15  ███████████████████████████████████████▏


    Tab sheet  r range  ] deck  L leeches  j more  q back  ? help
    ");
    assert_snapshot!(stats("<BackTab><BackTab>").drawn_at(40, 12), @r"
    Statistics · All decks   last 30 days
    [Cards]  sheet 5 of 6
    ▼ 58 more below
    300 cards
    new         75  ████████████▊
    young      129  ██████████████████████
    mature      90  ███████████████▎
    suspended    6  █

    intervals

    Tab sheet  r range  …  q back  ? help
    ");
    assert_snapshot!(stats("<BackTab><BackTab>").drawn_at(120, 40), @r"
    Statistics · All decks                                                                                   last 30 days
     Overview   Forecast   Reviews   Retention  [Cards]  Outlook
    ▼ 35 more below
    300 cards
    new         75  ██████████████████████████████████▉
    young      129  ████████████████████████████████████████████████████████████
    mature      90  █████████████████████████████████████████▊
    suspended    6  ██▊

    intervals
    1 day         39  ████████████████████████████████████████████████████
    2-3 days       0
    4-6 days      45  ████████████████████████████████████████████████████████████
    1 week         0
    2 weeks       45  ████████████████████████████████████████████████████████████
    3-4 weeks      0
    1 month       15  ████████████████████
    2 months       0
    3-5 months    30  ████████████████████████████████████████
    6-11 months   15  ████████████████████
    a year, more  30  ████████████████████████████████████████

    eases
    1.30-1.49   25  █████████████████████████████████████▌
    1.50-1.74   40  ████████████████████████████████████████████████████████████
    1.75-1.99   28  ██████████████████████████████████████████
    2.00-2.24   40  ████████████████████████████████████████████████████████████
    2.25-2.49   27  ████████████████████████████████████████▌
    2.50-2.74   36  ██████████████████████████████████████████████████████
    2.75-2.99   23  ██████████████████████████████████▌
    3.00, more   0

    3 leeches: cards that keep being forgotten
    人工智能正在改变我们的生活，也在改变我们的工作方式和学习方法。                                    12 lapses, ease 1.30
    avoir beau + infinitif                                                                             9 lapses, ease 1.30

    90 cards added in 30 days
    3 │██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██ ██

    Tab sheet  r range  ] deck  L leeches  j more  q back  ? help
    ");
}

#[test]
fn leeches_are_named() {
    let mut desk = stats("<BackTab><BackTab>");
    desk.press("<PgDn>jjjjjjjjj");
    assert_snapshot!(desk.drawn(), @r"
    Statistics · All decks                                           last 30 days
     Overview   Forecast   Reviews   Retention  [Cards]  Outlook
    ▲ 27 more above   ▼ 24 more below
    3.00, more   0

    3 leeches: cards that keep being forgotten
    人工智能正在改变我们的生活，也在改变我们的工作方式和学…   12 lapses, ease 1.30
    avoir beau + infinitif                                     9 lapses, ease 1.30

    90 cards added in 30 days
    3 │█ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █
      │█ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █
      │█ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █
      │█ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █
    0 │█ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █ █
    each column: 1 day
    Mon 23 Nov  3  ████████████████████████████████████████████████████████████
    Sun 22 Nov  3  ████████████████████████████████████████████████████████████
    Sat 21 Nov  3  ████████████████████████████████████████████████████████████
    Fri 20 Nov  3  ████████████████████████████████████████████████████████████
    Thu 19 Nov  3  ████████████████████████████████████████████████████████████
    Wed 18 Nov  3  ████████████████████████████████████████████████████████████

    Tab sheet  r range  ] deck  L leeches  j more  q back  ? help
    ");
}
