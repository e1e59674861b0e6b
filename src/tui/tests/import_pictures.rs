//! The import as it is seen, with Chinese text, at three sizes.

use insta::assert_snapshot;

use super::*;
use crate::app::plan::Gone;
use crate::domain::Uid;

fn plan(keys: &str) -> Desk {
    let mut desk = Desk::home();
    desk.press("idecks/policy.tsv<Enter>");
    desk.press(keys);
    desk
}

#[test]
fn the_table_fits_a_small_terminal() {
    assert_snapshot!(plan("jjj").drawn_at(40, 12), @r"
    Import decks/policy.tsv → Chinese::…
    2 new, 1 suggested…  3 ticked, 4 cards
      [x] action    front    back
      [x] add       中国特…  socialism wi…
          warning   a tab inside quotes
    ▸ [x] update    国家安全 national sec…
          unchanged 发展     development
    ──────────────────────────────────────
      update     line 3: term, back was: …
             3 │ 第3行→raw text of line 3

    Enter apply  …  q back  ? help
    ");
}

#[test]
fn a_wide_terminal_shows_the_source_beside_the_row() {
    assert_snapshot!(plan("jjw").drawn_at(120, 40), @r"
    Import decks/policy.tsv → Chinese::Policy terms                                                      delimited, UTF-8
    2 new, 1 suggested, 1 updated, 1 rejected, 1 duplicate, 1 unchanged                                  3 ticked, 4 cards
      [x] action      line front                               back                                                   sure
          report           137 reading marks removed
      [x] add            1 人工智能                            artificial intelligence
      [x] add            2 中国特色社会主义                    socialism with Chinese characteristics
    ▸     warning        2 a tab inside quotes
      [x] update         3 国家安全                            national security
          unchanged      4 发展                                development
          reject         5 no back: found 1 column, expected at least 2
          duplicate      6 人工智能                            artificial intelligence
      [ ] suggest        7 “绿水青山就是金山银山”              green is gold                                         ? 55%














    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
      warning    line 2: a tab inside quotes                               2 │ 第2行→raw text of line 2
                                                                           3 │ 第3行→raw text of line 3
                                                                           4 │ 第4行→raw text of line 4
                                                                           5 │ 第5行→raw text of line 5








    Enter apply  Tab filter  c options  t triage  v view  a tick all  o other file  q back  ? help
    ");
}

#[test]
fn notes_that_left_the_file_are_listed() {
    let mut backend = Fake::new();
    let gone =
        Gone { note: Uid([3; 16]), front: "小康社会".into(), back: "a good life".into() };
    backend.plans[0].gone.push(gone);
    let mut desk = Desk::new(Start::Import("a.tsv".into()), backend, 80, 24);
    desk.press("G");
    assert_snapshot!(desk.drawn_at(80, 24), @r"
    Import decks/policy.tsv → Chinese::Policy terms              delimited, UTF-8
    2 new, 1 suggested, 1 updated, 1 rejected, 1 duplicate, 1 …  3 ticked, 4 cards
      [x] action      line front               back                           sure
          report           137 reading marks removed
      [x] add            1 人工智能            artificial intelligence
      [x] add            2 中国特色社会主义    socialism with Chinese chara…
          warning        2 a tab inside quotes
      [x] update         3 国家安全            national security
          unchanged      4 发展                development
          reject         5 no back: found 1 column, expected at least 2
          duplicate      6 人工智能            artificial intelligence
      [ ] suggest        7 “绿水青山就是金山…  green is gold                 ? 55%
    ▸     gone             小康社会            a good life


    ──────────────────────────────────────────────────────────────────────────────
      gone       not in the file any more; it stays as it is
      front      小康社会
      back       a good life




    Enter apply  Tab filter  c options  t triage  v view  …  q back  ? help
    ");
}

#[test]
fn a_row_in_full_shows_what_the_file_says() {
    assert_snapshot!(plan("jwv").drawn_at(80, 24), @r"
    Import decks/policy.tsv → Chinese::Policy terms              delimited, UTF-8
      add        line 2: term
      front      socialism with Chinese characteristics
      back       中国特色社会主义
      the file   中国特色社会主义 = socialism with Chinese characteristics
             2 │ 第2行→raw text of line 2
             3 │ 第3行→raw text of line 3
             4 │ 第4行→raw text of line 4
             5 │ 第5行→raw text of line 5














    Esc close  ? help
    ");
    assert_snapshot!(plan("jwv").drawn_at(40, 12), @r"
    Import decks/policy.tsv → Chinese::…
      add        line 2: term
      front      socialism with Chinese
                 characteristics
      back       中国特色社会主义
      the file   中国特色社会主义 =
                 socialism with Chinese
                 characteristics
             2 │ 第2行→raw text of line 2
             3 │ 第3行→raw text of line 3…

    Esc close  j more  ? help
    ");
}

#[test]
fn options_stand_above_the_plan_they_make() {
    assert_snapshot!(plan("cjj<Right>").drawn_at(80, 24), @r"
    Import decks/policy.tsv → Chinese::Policy terms              delimited, UTF-8
    2 new, 1 suggested, 1 updated, 1 rejected, 1 duplicate, 1 unchanged
      format     delimited (found out)
      encoding   UTF-8 (found out)
    ▸ delimiter  tab
      first row  a header where it looks like one
      columns    found out
      script     auto
      deck       Chinese::Policy terms (by the file)
      directions as the deck says
      kinds      term,sentence
      conflicts  yours
      gone notes they stay as they are

      what stands between two columns; any text, tab as \t
      [x] action      line front               back                           sure
          report           137 reading marks removed
    ▸ [x] add            1 人工智能            artificial intelligence
      [x] add            2 中国特色社会主义    socialism with Chinese chara…
          warning        2 a tab inside quotes
      [x] update         3 国家安全            national security
          unchanged      4 发展                development
    Now: 2 new, 1 suggested, 1 updated, 1 rejected, 1 duplicate, 1 unchanged.
    → change  Enter type  q plan  ? help
    ");
    assert_snapshot!(plan("cG").drawn_at(40, 12), @r"
    Import decks/policy.tsv → Chinese::…
    2 new, 1 suggested, 1 updated, 1 reje…
      columns    found out
      script     auto
      deck       Chinese::Policy terms (b…
      directions as the deck says
      kinds      term,sentence
      conflicts  yours
    ▸ gone notes they stay as they are
      what happens to notes that left the…

    → change  q plan  ? help
    ");
    assert_snapshot!(plan("cjjjj<Enter>front,back").drawn_at(120, 40), @r"
    Import decks/policy.tsv → Chinese::Policy terms                                                      delimited, UTF-8
    2 new, 1 suggested, 1 updated, 1 rejected, 1 duplicate, 1 unchanged
      format     delimited (found out)
      encoding   UTF-8 (found out)
      delimiter  found out
      first row  a header where it looks like one
    ▸ columns    front,back
      script     auto
      deck       Chinese::Policy terms (by the file)
      directions as the deck says
      kinds      term,sentence
      conflicts  yours
      gone notes they stay as they are

      front,back,reading,note,example,source,tags,deck,id or -
      [x] action      line front                               back                                                   sure
          report           137 reading marks removed
    ▸ [x] add            1 人工智能                            artificial intelligence
      [x] add            2 中国特色社会主义                    socialism with Chinese characteristics
          warning        2 a tab inside quotes
      [x] update         3 国家安全                            national security
          unchanged      4 发展                                development
          reject         5 no back: found 1 column, expected at least 2
          duplicate      6 人工智能                            artificial intelligence
      [ ] suggest        7 “绿水青山就是金山银山”              green is gold                                         ? 55%














    Enter take  Esc leave  F1 help
    ");
}

#[test]
fn a_row_that_is_cut_shows_both_parts() {
    let keys = "js<Tab> <Left><Left><Left><Left><Left><Left><Left><Left>";
    assert_snapshot!(plan(keys).drawn_at(80, 24), @r"
    Import decks/policy.tsv → Chinese::Policy terms              delimited, UTF-8

      front 中国特色社会主义
    ▸ back  so✂cialism with Chinese characteristics

      1     中国特色社会主义
            so
      2     中国特色社会主义
            cialism with Chinese characteristics














    Enter split  ← left  → right  Space next sign  …  Esc cancel  ? help
    ");
    assert_snapshot!(plan("js<Left><Left><Left><Left>").drawn_at(40, 12), @r"
    Import decks/policy.tsv → Chinese::…
    ▸ front 中国特色✂社会主义
      back  …aracteristics
      1     中国特色
            socialism with Chinese charac…
      2     社会主义
            socialism with Chinese charac…




    Enter split  …  Esc cancel  ? help
    ");
}

#[test]
fn triage_shows_one_new_row_at_a_time() {
    assert_snapshot!(plan("tk").drawn_at(80, 24), @r"
    Import decks/policy.tsv → Chinese::Policy terms              delimited, UTF-8
    2 of 3, now: new  ━━━━━━━━────────────────





                                   中国特色社会主义

                        socialism with Chinese characteristics













    n new  k I know it  x never  Space as it is  u back one  q plan  ? help
    ");
    assert_snapshot!(plan("tkx").drawn_at(40, 12), @r"
    Import decks/policy.tsv → Chinese::…
    3 of 3, now: not ticked  ━━━━━━━━────

            “绿水青山就是金山银山”

                 green is gold





    n new  k I know it  …  q plan  ? help
    ");
}

#[test]
fn the_inbox_is_offered_at_home_and_where_the_path_is_typed() {
    let mut backend = Fake::new();
    backend.inbox = vec!["/decks/新词.tsv".into(), "/decks/b.csv".into()];
    let mut desk = Desk::new(Start::Home, backend, 80, 24);
    let home = desk.drawn_at(80, 24);
    let rows: Vec<&str> = home.lines().skip(20).collect();
    assert_snapshot!(rows.join("\n"), @r"



    Enter review  i import  a add  b inbox  / browse  s stats  …  q quit  ? help
    ");
    let home = desk.drawn_at(40, 12);
    let rows: Vec<&str> = home.lines().skip(9).collect();
    assert_snapshot!(rows.join("\n"), @r"
      Français::Verb…      ·      ·      ·

    Enter review  …  q quit  ? help
    ");
    desk.press("i<Down>");
    assert_snapshot!(desk.drawn_at(40, 12), @r"
    Import

    file › /decks/新词.tsv

    ▸ /decks/新词.tsv
      /decks/b.csv





    Enter read  …  Esc back  F1 help
    ");
}

#[test]
fn long_work_shows_how_far_it_is() {
    use crate::domain::watch::Stage;
    use crate::tui::screen::Progress;

    let mut desk = plan("");
    desk.program.progress = Some(Progress { stage: Stage::Comparing, done: 12_288, all: 57_000 });
    let drawn = desk.drawn_at(80, 24);
    let rows: Vec<&str> = drawn.lines().skip(22).collect();
    assert_snapshot!(rows.join("\n"), @r"
    comparing ━━━━────────────────  12288 of 57000
    Esc stop
    ");
}
