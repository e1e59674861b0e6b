//! Browse: finding notes, looking at them, changing many of them.

use insta::assert_snapshot;

use super::fake::Fake;
use super::*;
use crate::app::Query;
use crate::tui::program::Screen;
use crate::tui::screens::Page as _;
use crate::tui::screens::browse::Browse;

fn desk(width: u16, height: u16) -> Desk {
    let mut desk = Desk::new(Start::Home, Fake::new(), width, height);
    desk.press("/");
    desk
}

fn browse(desk: &Desk) -> &Browse {
    match &desk.program.screen {
        Screen::Browse(browse) => browse,
        other => panic!("not in Browse: {other:?}"),
    }
}

fn status(desk: &Desk) -> String {
    let drawn = desk.drawn();
    let rows: Vec<&str> = drawn.lines().collect();
    rows[rows.len() - 2].trim().to_owned()
}

/// Returns how many notes of the collection match.
fn count(desk: &Desk, query: &str) -> usize {
    let now = crate::domain::Now { at_ms: 0, offset_min: 0, day: fake::TODAY };
    desk.backend.notes.app.search(&Query::parse(query).unwrap(), None, now).unwrap().0
}

#[test]
fn the_list_shows_every_note_and_what_can_be_typed() {
    assert_snapshot!(desk(80, 24).drawn(), @r#"
    Browse                                                           1 of 5 notes
    Search ▸
    words "a phrase" -not or ( ) deck: tag: front: is:due due<=7 rated:7
       front              back                        deck              due
    ▸  人工智能           artificial intelligence     Chinese           2026-11-17
       国家安全           national security           Chinese           2026-10-25
       可持续发展         sustainable development     Chinese           new
       中国特色社会主义   socialism with Chinese ch…  Chinese           new
       高铁               high-speed rail             Chinese           new














    Enter to the list  ↓ down  Esc leave  F1 help
    "#);
}

#[test]
fn a_small_terminal_shows_the_text_of_the_notes() {
    let mut small = desk(40, 12);
    small.press("发展<Enter>");
    assert_snapshot!(small.drawn(), @r"
    Browse                    1 of 1 note
    Search ▸ 发展
    no room for: reading, deck, tags, due…
       front          back
    ▸  可持续发展     sustainable develop…






    Enter open  / search  …  q back  ? help
    ");
}

#[test]
fn a_wide_terminal_shows_the_chosen_note_beside_the_list() {
    let mut wide = desk(120, 40);
    wide.press("<Enter>*");
    assert_snapshot!(wide.drawn(), @r"
    Browse                                                                                       * 5 marked  1 of 5 notes
    Search ▸
    no room for: reading, deck, tags, interval, ease, lapses, added
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
                                                                               │
                                                                               │
                                                                               │

    Enter open  / search  Space mark  * mark all  e edit  a add  t tag  m move  s suspend  S put back  …  q back  ? help
    ");
}

#[test]
fn one_note_is_shown_with_what_happened_to_its_cards() {
    let mut desk = desk(80, 24);
    desk.press("人工<Enter><Enter>");
    assert_snapshot!(desk.drawn(), @r"
    Browse: one note                                                  1 of 1 note
    front      人工智能
    back       artificial intelligence
    reading    réngōng zhìnéng
    example    人工智能正在改变我们的生活。
    tags       ai policy
    deck       Chinese
    kind       term
    added      2026-10-24
    id         21773c9f26634b2eacedc693548becbb

    forward    due 2026-11-17, interval 1 day, ease 2.46, 1 lapse
      intervals of 5 reviews, up to 15d
      ▁▁ ▃▃ ██ ▁▁ ▁▁

      day         answer    interval   ease     time
      2026-11-16  Good            1d   2.46    2.5 s
      2026-11-15  Again           1d   2.46    2.5 s
      2026-10-31  Easy           15d   2.46    2.5 s
      2026-10-25  Hard            6d   2.36    2.5 s
      2026-10-24  Good            1d   2.50    2.5 s
                                                                          ▼ 2 more

    Esc close  e edit  a add  s suspend  S put back  R reset  j more  ? help
    ");
}

#[test]
fn one_note_on_a_small_terminal_scrolls() {
    let mut desk = desk(40, 12);
    desk.press("<Enter><Enter>jj");
    assert_snapshot!(desk.drawn(), @r"
    Browse: one note         1 of 5 notes
    reading    réngōng zhìnéng
    example    人工智能正在改变我们的生
               活。
    tags       ai policy
    deck       Chinese
    kind       term
    added      2026-10-24
    id         21773c9f26634b2eacedc693548
               becbb             ▼ 15 more

    Esc close  → next  e edit  …  ? help
    ");
}

#[test]
fn a_fault_shows_its_place_and_what_was_found_stays() {
    let mut desk = desk(80, 24);
    desk.press("国 is:late");
    assert_snapshot!(desk.drawn().lines().take(8).collect::<Vec<_>>().join("\n"), @r"
    Browse                                       still shown: 1 note found before
    Search ▸ 国 is:late
                ^ `is:late` is none of new, due, review, suspended, buried, leech…
       front              back                        deck              due
    ▸  中国特色社会主义   socialism with Chinese ch…  Chinese           new
    ");
    desk.press("<C-w>is:new");
    assert!(browse(&desk).fault.is_none());
    assert_eq!(browse(&desk).found.count, 2);
}

#[test]
fn a_fault_on_a_small_terminal_is_said_where_there_is_room() {
    let mut desk = desk(40, 12);
    desk.press("国家 安全 智能 front:");
    assert_snapshot!(desk.drawn().lines().take(4).collect::<Vec<_>>().join("\n"), @r"
    Browse
    Search ▸ 国家 安全 智能 front:
    something is missing h… ^
    ");
}

#[test]
fn nothing_found_says_what_to_do() {
    let mut desk = desk(40, 12);
    desk.press("zebra");
    assert_snapshot!(desk.drawn(), @r"
    Browse                        0 notes
    Search ▸ zebra


      No note matches. Take words away, or
      write a part of one; F1 shows all
      that a query can say.




    Esc leave  F1 help
    ");
}

#[test]
fn the_columns_are_chosen_and_sorted() {
    let mut desk = desk(80, 24);
    desk.press("<Enter>cjjj<Enter><Enter>G j<F9>");
    desk.press("c");
    assert_snapshot!(desk.drawn(), @r"
    Browse: columns                                                  1 of 5 notes
          as found    exact matches first, then as they were added
          front       what is asked
          back        what is to be remembered
      [x] reading   ▼ how the front is pronounced
      [x] deck        the deck, with those above it
      [x] tags        labels; notes without one come last
      [x] due         the first due day of its cards; new ones come last
      [x] interval    the shortest interval of its cards, in days
      [x] ease        the lowest ease of its cards
      [x] lapses      the most lapses of its cards
    ▸ [ ] added       the day it was added











    Space show  Enter sort  Esc list  ? help
    ");
    desk.press("<Esc>");
    assert_snapshot!(desk.drawn().lines().take(10).collect::<Vec<_>>().join("\n"), @r"
    Browse                                                           1 of 5 notes
    Search ▸
    no room for: deck, tags, interval, ease, lapses
       front               back                         reading▼        due
    ▸  人工智能            artificial intelligence      réngōng zhìné…  2026-11-17
       高铁                high-speed rail              gāotiě          new
       国家安全            national security            guójiā ānquán   2026-10-25
       中国特色社会主义    socialism with Chinese cha…                  new
       可持续发展          sustainable development                      new
    ");
}

#[test]
fn what_a_bulk_comes_to_is_asked_first() {
    let mut desk = desk(80, 24);
    desk.press("tag:policy<Enter>*s");
    assert_snapshot!(desk.drawn().lines().take(8).collect::<Vec<_>>().join("\n"), @r"
    Browse                                               * 3 marked  1 of 3 notes
    Suspend 6 cards of 3 notes?

       front              back                        deck              due
    ▸* 人工智能           artificial intelligence     Chinese           2026-11-17
     * 国家安全           national security           Chinese           2026-10-25
     * 可持续发展         sustainable development     Chinese           new
    ");
    desk.press("<Esc>");
    assert_eq!(count(&desk, "is:suspended"), 0, "Esc changes nothing");
    assert_eq!(browse(&desk).marks.len(), 3);
    desk.press("s<Enter>");
    assert_eq!(count(&desk, "is:suspended"), 3);
    assert_eq!(status(&desk), "6 cards of 3 notes suspended; undo takes it back.");
    assert!(browse(&desk).marks.is_empty());
    desk.press("u");
    assert_eq!(status(&desk), "Taken back: suspending 6 cards");
    assert_eq!(count(&desk, "is:suspended"), 0);
    desk.press("r");
    assert_eq!(count(&desk, "is:suspended"), 3);
}

#[test]
fn a_long_question_is_read_whole_on_a_small_terminal() {
    let mut desk = desk(40, 12);
    desk.press("<Enter>");
    desk.press("*thigh-speed-rail national-security<Enter>");
    assert_snapshot!(desk.drawn(), @r"
    Browse       * 5 marked  1 of 5 notes
    Tag 5 notes: +high-speed-rail
    +national-security?

    ▸* 人工智能       artificial intellig…
     * 国家安全       national security
     * 可持续发展     sustainable develop…
     * 中国特色社会…  socialism with Chin…
     * 高铁           high-speed rail


    Enter do it  Esc leave  ? help
    ");
}

#[test]
fn only_the_cards_that_match_are_changed() {
    let mut desk = desk(80, 24);
    desk.press("card:reverse<Enter>*s<Enter>");
    assert_eq!(count(&desk, "card:forward is:suspended"), 0);
    assert_eq!(count(&desk, "card:reverse is:suspended"), 5);
}

#[test]
fn tags_decks_and_days_are_typed() {
    let mut desk = desk(80, 24);
    desk.press("高铁<Enter>ttransport -rail<Enter>");
    assert!(desk.drawn().contains("Tag 1 note: +transport -rail?"), "{}", desk.drawn());
    desk.press("<Enter>");
    assert_eq!((count(&desk, "tag:transport"), count(&desk, "tag:rail")), (1, 0));
    desk.press("mchi<Tab>");
    assert!(desk.drawn().contains("Move to ▸ Chinese"), "{}", desk.drawn());
    desk.press("::Rail<Enter><Enter>");
    assert_eq!(count(&desk, "deck:Chinese::Rail"), 1);
    desk.press("dsoon<Enter>");
    assert!(status(&desk).contains("soon"), "{}", status(&desk));
    desk.press("<Esc>d7<Enter><Enter>");
    assert_eq!(count(&desk, "due=7"), 1);
    desk.press("uuu");
    assert_eq!((count(&desk, "tag:rail"), count(&desk, "deck:Chinese::Rail")), (1, 0));
}

#[test]
fn deleted_notes_leave_the_list_and_come_back() {
    let mut desk = desk(80, 24);
    desk.press("<Enter> G D<Enter>");
    assert_eq!(status(&desk), "2 notes deleted; undo takes it back.");
    assert_eq!((browse(&desk).found.count, count(&desk, "")), (3, 3));
    desk.press("u");
    assert_eq!((browse(&desk).found.count, count(&desk, "")), (5, 5));
    desk.press("gj");
    let chosen = browse(&desk).chosen().unwrap().id;
    desk.press("D<Enter>");
    assert_ne!(browse(&desk).chosen().unwrap().id, chosen);
    desk.press("Gu");
    assert_eq!(browse(&desk).chosen().unwrap().id, chosen, "it is chosen again");
}

#[test]
fn an_edit_shows_at_once_and_can_be_taken_back() {
    let mut desk = desk(80, 24);
    desk.press("高铁<Enter>e<Tab>, fast<F2>");
    assert!(desk.drawn().contains("high-speed rail, fast"), "{}", desk.drawn());
    desk.press("u");
    assert!(!desk.drawn().contains("fast"), "{}", desk.drawn());
}

#[test]
fn a_long_list_is_read_where_it_is_looked_at() {
    let backend = Fake::new();
    backend.notes.add((0..1_200).map(|nth| (format!("词{nth}"), format!("word {nth}"))));
    let mut desk = Desk::new(Start::Home, backend, 80, 24);
    desk.press("/");
    assert_eq!((browse(&desk).found.count, browse(&desk).found.read), (1_205, 1_205));
    desk.press("<Enter>G");
    let drawn = desk.drawn();
    assert!(drawn.contains("▸  词1199") && drawn.contains("1205 of 1205 notes"), "{drawn}");
    assert!(browse(&desk).found.rows.len() < 300, "only rows near the cursor are read");
    desk.press("kkk<PgUp><PgUp>");
    assert!(desk.drawn().contains("▸  词1164"), "{}", desk.drawn());
    desk.press("g");
    assert!(desk.drawn().contains("▸  人工智能"), "{}", desk.drawn());
    // Typing goes to the best place at once.
    desk.press("G/word 512");
    assert!(desk.drawn().contains("▸  词512"), "{}", desk.drawn());
    let drawn = desk.drawn_at(300, 100);
    assert!(!drawn.lines().any(|row| row.trim() == "…"), "{drawn}");
}

#[test]
fn the_chosen_note_stays_chosen_when_the_order_turns() {
    let mut desk = desk(80, 24);
    desk.press("<Enter>G");
    assert!(desk.drawn().contains("▸  高铁"), "{}", desk.drawn());
    desk.press("cj<Enter><Enter><Esc>");
    let drawn = desk.drawn();
    assert!(drawn.contains("▸  高铁") && drawn.contains("front▼"), "{drawn}");
    assert!(drawn.contains("1 of 5 notes"), "it is the last of the alphabet: {drawn}");
}

#[test]
fn a_query_with_a_fault_has_no_list_to_change() {
    let mut desk = desk(80, 24);
    desk.press("高 is:foo");
    assert!(browse(&desk).fault.is_some());
    assert!(!desk.program.can(crate::tui::keymap::Action::Accept));
    desk.press("<Enter>s");
    assert!(desk.drawn().contains("is:foos"), "what is pressed is typed:\n{}", desk.drawn());
}

#[test]
fn what_fails_is_said_once_and_tried_again_with_the_next_key() {
    let mut desk = desk(80, 24);
    desk.backend.fails = Some("search");
    desk.press("高");
    assert!(status(&desk).starts_with("error: search: the disk is full"), "{}", status(&desk));
    desk.press("铁");
    assert_eq!(browse(&desk).found.count, 1);
}

#[test]
fn rows_that_cannot_be_had_are_not_asked_for_again_and_again() {
    use crate::tui::screen::Effect;
    use crate::tui::screens::browse::{BrowseNews, BrowseWork, Found};
    let mut browse = Browse::default();
    let short = Found { count: 5, read: 5, all: 5, is_whole: true, ..Found::default() };
    browse.told(BrowseNews::Found(short.clone()));
    assert_eq!(browse.wish(), None);
    // Rows that went missing later are looked for once more, from the start.
    let mut browse = Browse::default();
    browse.told(BrowseNews::Found(Found { count: 0, ..short.clone() }));
    browse.found.count = 5;
    browse.told(BrowseNews::Rows(0, Vec::new()));
    assert!(matches!(browse.wish(), Some(Effect::Browse(BrowseWork::Search(_)))));
    browse.told(BrowseNews::Found(short));
    assert_eq!(browse.wish(), None);
}

#[test]
fn a_bulk_is_done_to_the_notes_that_were_asked_about() {
    let mut desk = desk(80, 24);
    desk.press("高铁<Enter>D");
    assert!(desk.drawn().contains("Delete 1 note"), "{}", desk.drawn());
    // Whatever moves the cursor meanwhile.
    let Screen::Browse(browse) = &mut desk.program.screen else { panic!("not in Browse") };
    browse.found.rows.clear();
    desk.press("<Enter>");
    assert_eq!((count(&desk, "高铁"), count(&desk, "")), (0, 4));
}

#[test]
fn a_pasted_name_is_completed_from_its_own_start() {
    let mut desk = desk(80, 24);
    desk.press("<Enter>m");
    desk.press("<Tab>");
    desk.paste("::Rail");
    desk.press("<Tab>");
    assert!(desk.drawn().contains("Move to ▸ Chinese::Rail"), "{}", desk.drawn());
}

#[test]
fn escape_leaves_step_by_step() {
    let mut desk = desk(80, 24);
    desk.press("高铁<Esc>");
    assert!(!browse(&desk).typing);
    desk.press("<Esc>");
    assert_eq!(desk.program.screen, Screen::Home);
    desk.press("/<Esc>");
    assert_eq!(desk.program.screen, Screen::Home, "with nothing typed it leaves at once");
}
