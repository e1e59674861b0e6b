//! Home as it is seen: calm at every size, with long names and many decks.

use insta::assert_snapshot;

use super::*;
use crate::domain::Day;
use crate::sched::backlog::Outlook;
use crate::session::Counts;
use crate::session::home::{Backlog, DeckLine, Notice, Origin};

fn line(name: &str, notes: u32, new: u32, due: u32) -> DeckLine {
    DeckLine { name: fake::deck(name), notes, counts: Counts { new, due, drill: 0 } }
}

/// Returns a desk with decks below decks, and names that fit nowhere.
fn long() -> Desk {
    let mut backend = Fake::new();
    backend.home.decks = vec![
        line("中国共产党第二十次全国代表大会文件重要术语汉英对照表", 2_480, 20, 112),
        line("中国共产党第二十次全国代表大会文件重要术语汉英对照表::经济", 640, 10, 31),
        line("中国共产党第二十次全国代表大会文件重要术语汉英对照表::经济::高质量发展", 80, 0, 4),
        line("Deutsch", 12_345, 0, 0),
    ];
    backend.home.total = Counts { new: 20, due: 112, drill: 3 };
    let pace = Some((40, Outlook::Grows { a_day: 5 }));
    let backlog = Backlog { overdue: 312, pace, origin: Origin::Days };
    backend.home.notice = Some(Notice::Backlog(backlog));
    backend.inbox = vec!["/decks/新词.tsv".into()];
    Desk::new(Start::Home, backend, 80, 24)
}

#[test]
fn home_is_the_place_to_start_a_day() {
    assert_snapshot!(Desk::home().drawn_at(80, 24), @r"
    termdeck                                                     12 days in a row

      59 to do today: 20 new, 37 due, 2 again
      25 overdue, 40 a day: clear on 25 Nov

      deck                                                new    due  drill  notes
    ▸ All decks                                            20     37      2   1552
      Chinese                                              20     37      2   1312
        Policy terms                                       12     30      2    312
        成语                                                8      7      ·   1000
      Français::Verbes                                      ·      ·      ·    240

      today   Tue     Wed     Thu     Fri     Sat     Sun
      ▂▂▂▂    ▁▁▁▁    ▁▁▁▁            ████    ▁▁▁▁    ▂▂▂▂
      37      12      8       ·       140     9       31

      recent imports
      2026-11-23 09:12  policy.tsv → Chinese::Policy terms     12 added, 3 updated
      2026-11-21 20:40  成语大全.csv → Chinese::成语         1000 added, 0 updated




    Enter review  i import  a add  / browse  s stats  o settings  …  q quit  ? help
    ");
}

#[test]
fn home_on_a_wide_terminal_draws_the_week_higher() {
    assert_snapshot!(long().drawn_at(120, 40), @r"
    termdeck                                                                                             12 days in a row

      135 to do today: 20 new, 112 due, 3 again
      312 overdue, 40 a day: grows by 5 a day
      1 new file in the inbox

      deck                                                            new    due  drill  notes
    ▸ All decks                                                        20    112      3  14825
      中国共产党第二十次全国代表大会文件重要术语汉英对照表             20    112      ·   2480
        经济                                                           10     31      ·    640
          高质量发展                                                    ·      4      ·     80
      Deutsch                                                           ·      ·      ·  12345

      today   Tue     Wed     Thu     Fri     Sat     Sun
                                      ████
                                      ████
      ▆▆▆▆    ▂▂▂▂    ▁▁▁▁            ████    ▂▂▂▂    ▅▅▅▅
      37      12      8       ·       140     9       31

      recent imports
      2026-11-23 09:12  policy.tsv → Chinese::Policy terms                 12 added, 3 updated
      2026-11-21 20:40  成语大全.csv → Chinese::成语                     1000 added, 0 updated

















    Enter review  i import  a add  b inbox  / browse  s stats  o settings  t type  p practise  q quit  ? help
    ");
}

#[test]
fn home_at_100_by_30_shows_long_names_whole() {
    assert_snapshot!(long().drawn_at(100, 30), @r"
    termdeck                                                                         12 days in a row

      135 to do today: 20 new, 112 due, 3 again
      312 overdue, 40 a day: grows by 5 a day
      1 new file in the inbox

      deck                                                            new    due  drill  notes
    ▸ All decks                                                        20    112      3  14825
      中国共产党第二十次全国代表大会文件重要术语汉英对照表             20    112      ·   2480
        经济                                                           10     31      ·    640
          高质量发展                                                    ·      4      ·     80
      Deutsch                                                           ·      ·      ·  12345

      today   Tue     Wed     Thu     Fri     Sat     Sun
      ▂▂▂▂    ▁▁▁▁    ▁▁▁▁            ████    ▁▁▁▁    ▂▂▂▂
      37      12      8       ·       140     9       31

      recent imports
      2026-11-23 09:12  policy.tsv → Chinese::Policy terms                 12 added, 3 updated
      2026-11-21 20:40  成语大全.csv → Chinese::成语                     1000 added, 0 updated









    Enter review  i import  a add  b inbox  / browse  s stats  o settings  t type  …  q quit  ? help
    ");
}

#[test]
fn home_fits_a_small_terminal() {
    assert_snapshot!(long().drawn_at(40, 12), @r"
    termdeck             12 days in a row
    135: 20 new, 112 due, 3 again
    312 overdue, 40 a day: grows by 5 a day
    1 new file in the inbox
      deck               new    due  drill
    ▸ All decks           20    112      3
      中国共产党第二…     20    112      ·
        经济              10     31      ·
          高质量发展       ·      4      ·
      Deutsch              ·      ·      ·

    Enter review  …  q quit  ? help
    ");
}

#[test]
fn a_folded_deck_says_how_many_it_hides() {
    let mut desk = long();
    desk.press("j<Left>");
    assert_snapshot!(desk.drawn_at(80, 24), @r"
    termdeck                                                     12 days in a row

      135 to do today: 20 new, 112 due, 3 again
      312 overdue, 40 a day: grows by 5 a day
      1 new file in the inbox

      deck                                                new    due  drill  notes
      All decks                                            20    112      3  14825
    ▸ 中国共产党第二十次全国代表大会文件重要术语汉… +2     20    112      ·   2480
      Deutsch                                               ·      ·      ·  12345

      today   Tue     Wed     Thu     Fri     Sat     Sun
      ▂▂▂▂    ▁▁▁▁    ▁▁▁▁            ████    ▁▁▁▁    ▂▂▂▂
      37      12      8       ·       140     9       31

      recent imports
      2026-11-23 09:12  policy.tsv → Chinese::Policy terms     12 added, 3 updated
      2026-11-21 20:40  成语大全.csv → Chinese::成语         1000 added, 0 updated





    Enter review  i import  a add  b inbox  / browse  s stats  …  q quit  ? help
    ");
}

#[test]
fn home_when_all_is_done_still_shows_what_comes() {
    let mut backend = Fake::new();
    for line in &mut backend.home.decks {
        line.counts = Counts::default();
    }
    backend.home.total = Counts::default();
    backend.home.notice = None;
    backend.home.today = Day(20_781);
    let mut desk = Desk::new(Start::Home, backend, 80, 24);
    assert_snapshot!(desk.drawn_at(60, 18), @r"
    termdeck                                 12 days in a row

      ✓ Everything is done for today.

      deck                            new    due  drill  notes
    ▸ All decks                         ·      ·      ·   1552
      Chinese                           ·      ·      ·   1312
        Policy terms                    ·      ·      ·    312
        成语                            ·      ·      ·   1000
      Français::Verbes                  ·      ·      ·    240

      week  37  12  8  ·  140  9  31





    Enter review  i import  a add  / browse  …  q quit  ? help
    ");
}
