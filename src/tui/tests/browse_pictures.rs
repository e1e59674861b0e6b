//! What lies over the list of Browse, as it looks.

use insta::assert_snapshot;

use super::*;

/// Returns the screen at the three sizes; of its empty rows one stands for all.
fn at_all_sizes(keys: &str) -> String {
    let sizes = [(80, 24), (40, 12), (120, 40)];
    let drawn = sizes.map(|(width, height)| {
        let mut desk = Desk::new(Start::Home, Fake::new(), width, height);
        desk.press("/<Enter>");
        desk.press(keys);
        let drawn = desk.drawn();
        let mut rows: Vec<&str> = drawn.lines().collect();
        rows.dedup();
        rows.join("\n")
    });
    drawn.join("\n----\n")
}

#[test]
fn tags_are_asked_for() {
    assert_snapshot!(at_all_sizes("t政策 -old"), @r"
     Browse                                                           1 of 5 notes
     Tags ▸ 政策 -old
     tags to add, parted by blanks; -tag takes one away
        front              back                        deck              due
     ▸  人工智能           artificial intelligence     Chinese           2026-11-17
        国家安全           national security           Chinese           2026-10-25
        可持续发展         sustainable development     Chinese           new
        中国特色社会主义   socialism with Chinese ch…  Chinese           new
        高铁               high-speed rail             Chinese           new

     Enter go on  Esc leave  F1 help
    ----
     Browse                   1 of 5 notes
     Tags ▸ 政策 -old
     tags to add, parted by blanks; -tag t…
        front          back
     ▸  人工智能       artificial intellig…
        国家安全       national security
        可持续发展     sustainable develop…
        中国特色社会…  socialism with Chin…
        高铁           high-speed rail

     Enter go on  Esc leave  F1 help
    ----
     Browse                                                                                                   1 of 5 notes
     Tags ▸ 政策 -old
     tags to add, parted by blanks; -tag takes one away
        front                   back                                due         │ front      人工智能
     ▸  人工智能                artificial intelligence             2026-11-17  │ back       artificial intelligence
        国家安全                national security                   2026-10-25  │ reading    réngōng zhìnéng
        可持续发展              sustainable development             new         │ example    人工智能正在改变我们的生活。
        中国特色社会主义        socialism with Chinese characteri…  new         │ tags       ai policy
        高铁                    high-speed rail                     new         │ deck       Chinese
                                                                                │ added      2026-10-24
                                                                                │
                                                                                │ forward    due 2026-11-17, interval 1
                                                                                │            day, ease 2.46, 1 lapse
                                                                                │ reverse    new
                                                                                │

     Enter go on  Esc leave  F1 help
    ");
}

#[test]
fn a_deck_is_asked_for() {
    assert_snapshot!(at_all_sizes("mchi"), @r"
     Browse                                                           1 of 5 notes
     Move to ▸ chi
     Chinese
        front              back                        deck              due
     ▸  人工智能           artificial intelligence     Chinese           2026-11-17
        国家安全           national security           Chinese           2026-10-25
        可持续发展         sustainable development     Chinese           new
        中国特色社会主义   socialism with Chinese ch…  Chinese           new
        高铁               high-speed rail             Chinese           new

     Enter go on  Tab complete  Esc leave  F1 help
    ----
     Browse                   1 of 5 notes
     Move to ▸ chi
     Chinese
        front          back
     ▸  人工智能       artificial intellig…
        国家安全       national security
        可持续发展     sustainable develop…
        中国特色社会…  socialism with Chin…
        高铁           high-speed rail

     Enter go on  …  Esc leave  F1 help
    ----
     Browse                                                                                                   1 of 5 notes
     Move to ▸ chi
     Chinese
        front                   back                                due         │ front      人工智能
     ▸  人工智能                artificial intelligence             2026-11-17  │ back       artificial intelligence
        国家安全                national security                   2026-10-25  │ reading    réngōng zhìnéng
        可持续发展              sustainable development             new         │ example    人工智能正在改变我们的生活。
        中国特色社会主义        socialism with Chinese characteri…  new         │ tags       ai policy
        高铁                    high-speed rail                     new         │ deck       Chinese
                                                                                │ added      2026-10-24
                                                                                │
                                                                                │ forward    due 2026-11-17, interval 1
                                                                                │            day, ease 2.46, 1 lapse
                                                                                │ reverse    new
                                                                                │

     Enter go on  Tab complete  Esc leave  F1 help
    ");
}

#[test]
fn a_day_is_asked_for() {
    assert_snapshot!(at_all_sizes("d7"), @r"
     Browse                                                           1 of 5 notes
     Due ▸ 7
     a date such as 2026-12-01, days from today such as 7, today or tomorrow
        front              back                        deck              due
     ▸  人工智能           artificial intelligence     Chinese           2026-11-17
        国家安全           national security           Chinese           2026-10-25
        可持续发展         sustainable development     Chinese           new
        中国特色社会主义   socialism with Chinese ch…  Chinese           new
        高铁               high-speed rail             Chinese           new

     Enter go on  Esc leave  F1 help
    ----
     Browse                   1 of 5 notes
     Due ▸ 7
     a date such as 2026-12-01, days from …
        front          back
     ▸  人工智能       artificial intellig…
        国家安全       national security
        可持续发展     sustainable develop…
        中国特色社会…  socialism with Chin…
        高铁           high-speed rail

     Enter go on  Esc leave  F1 help
    ----
     Browse                                                                                                   1 of 5 notes
     Due ▸ 7
     a date such as 2026-12-01, days from today such as 7, today or tomorrow
        front                   back                                due         │ front      人工智能
     ▸  人工智能                artificial intelligence             2026-11-17  │ back       artificial intelligence
        国家安全                national security                   2026-10-25  │ reading    réngōng zhìnéng
        可持续发展              sustainable development             new         │ example    人工智能正在改变我们的生活。
        中国特色社会主义        socialism with Chinese characteri…  new         │ tags       ai policy
        高铁                    high-speed rail                     new         │ deck       Chinese
                                                                                │ added      2026-10-24
                                                                                │
                                                                                │ forward    due 2026-11-17, interval 1
                                                                                │            day, ease 2.46, 1 lapse
                                                                                │ reverse    new
                                                                                │

     Enter go on  Esc leave  F1 help
    ");
}

#[test]
fn a_delete_is_asked_for() {
    assert_snapshot!(at_all_sizes("*D"), @r"
     Browse                                               * 5 marked  1 of 5 notes
     Delete 5 notes with 10 cards?

        front              back                        deck              due
     ▸* 人工智能           artificial intelligence     Chinese           2026-11-17
      * 国家安全           national security           Chinese           2026-10-25
      * 可持续发展         sustainable development     Chinese           new
      * 中国特色社会主义   socialism with Chinese ch…  Chinese           new
      * 高铁               high-speed rail             Chinese           new

     Enter do it  Esc leave  ? help
    ----
     Browse       * 5 marked  1 of 5 notes
     Delete 5 notes with 10 cards?

        front          back
     ▸* 人工智能       artificial intellig…
      * 国家安全       national security
      * 可持续发展     sustainable develop…
      * 中国特色社会…  socialism with Chin…
      * 高铁           high-speed rail

     Enter do it  Esc leave  ? help
    ----
     Browse                                                                                       * 5 marked  1 of 5 notes
     Delete 5 notes with 10 cards?

        front                   back                                due         │ front      人工智能
     ▸* 人工智能                artificial intelligence             2026-11-17  │ back       artificial intelligence
      * 国家安全                national security                   2026-10-25  │ reading    réngōng zhìnéng
      * 可持续发展              sustainable development             new         │ example    人工智能正在改变我们的生活。
      * 中国特色社会主义        socialism with Chinese characteri…  new         │ tags       ai policy
      * 高铁                    high-speed rail                     new         │ deck       Chinese
                                                                                │ added      2026-10-24
                                                                                │
                                                                                │ forward    due 2026-11-17, interval 1
                                                                                │            day, ease 2.46, 1 lapse
                                                                                │ reverse    new
                                                                                │

     Enter do it  Esc leave  ? help
    ");
}

#[test]
fn what_a_query_can_say_stands_below_the_keys() {
    let mut desk = Desk::new(Start::Home, Fake::new(), 80, 24);
    desk.press("/");
    desk.press("<F1><PgDn><PgDn><PgDn>");
    assert_snapshot!(desk.drawn(), @r"
    Keys: Browse, searching                                                     ▲

      tag:city  tag:ch*                 with this tag or one below it; with any
                                        that begins so
      front:law  back:law  reading:fa   a part of that field
      note:law  example:law
      source:paper
      kind:term  kind:sentence          what the note is
      kind:quotation
      card:forward  card:reverse        which side is asked, or which gap
      card:c1
      id:3f2a90c1                       how the id begins, of the note or of a
                                        card
      is:new  is:due  is:review         the state of a card
      is:suspended  is:buried
      is:leech  is:drill
      due<=7  due=0                     days from today on which a card comes due;
                                        also < = >= >
      interval>21  ease<2  lapses>=4    its interval in days, its ease, its lapses
      added:7                           added in the last 7 days
      rated:7  rated:7:again            answered in the last 7 study days; with
                                        that grade

    Esc close
    ");
    desk.press("<PgDn><PgDn><PgDn><PgDn>");
    assert!(desk.drawn().contains("rated:7:again"), "{}", desk.drawn());
    assert_snapshot!(desk.drawn_at(40, 12), @r"
    Keys: Browse, searching     ▼ 56 more

      Alt-Backspace, D  delete the word
                        before, after the
                        cursor
      Ctrl-U, Ctrl-K    delete to the
                        start, to the end
                        of the line
      Ctrl-A, Ctrl-E    to the start, to
                        the end of the

    Esc close  j more
    ");
}

#[test]
fn new_files_are_offered_before_there_is_a_note() {
    let mut backend = Fake::new();
    backend.home = crate::session::home::Home::default();
    backend.inbox = vec!["/decks/新词.tsv".into()];
    assert_snapshot!(Desk::new(Start::Home, backend, 80, 24).drawn(), @r"
    termdeck

    Welcome. No decks yet: begin with one of these.

      a file of your own: word pairs in any form, or a bilingual article
    ▸ Import a file
      Import 1 new file in the inbox

      a sample deck: Space ticks several, Enter shows what comes in
      [ ] policy-technology  247 notes  Chinese terms of policy and technology
      [ ] spanish-everyday   180 notes  everyday words in Spanish
      [ ] japanese-food       58 notes  Japanese words for food, with readings
      [ ] high-speed-rail     17 notes  a Chinese article on high-speed rail
      [ ] drinking-water      15 notes  an article in Traditional Chinese

      a card of your own
      Write a card

    The last line names the keys of this moment; ? shows all of them.




    Enter begin  i import  a add  b inbox  / browse  s stats  …  q quit  ? help
    ");
}
