//! Cards and pages as they are seen, with Chinese text, at three sizes.

use insta::assert_snapshot;

use super::*;
use crate::domain::Scale;

fn after(mut desk: Desk, keys: &str) -> Desk {
    desk.press(keys);
    desk
}

#[test]
fn a_question_stands_alone() {
    assert_snapshot!(Desk::review().drawn_at(80, 24), @r"
    Chinese::Policy terms · new        ────────────  3 left, 1 new, 1 due, 1 again





                                       人工智能
















    Space show  e edit  b bury  s suspend  t type  x hint  m mark  …  q end  ? help
    ");
}

#[test]
fn an_answer_shows_the_note_and_what_each_grade_does() {
    assert_snapshot!(after(Desk::review(), " ").drawn_at(80, 24), @r"
    Chinese::Policy terms · new        ────────────  3 left, 1 new, 1 due, 1 again





                                       人工智能

                               ────────────────────────

                               artificial intelligence
                                   réngōng zhìnéng

       note     noun; often shortened to AI
       example  人工智能正在改变我们的生活。
       source   Government work report, line 12
       tags     #policy #technology


    ──────────────────────────────────────────────────────────────────────────────
     1 Again            2 Hard             3 Good             4 Easy
       1d, again today    6d, again today    6d                 6d

    e edit  E edit answer  b bury  s suspend  m mark  h history  …  q end  ? help
    ");
}

#[test]
fn a_guessed_reading_is_marked_as_one() {
    let mut backend = Fake::new();
    backend.cards[0].fields.reading.clear();
    let mut desk = Desk::new(Start::Review(fake::request(false)), backend, 80, 24);
    assert!(!desk.drawn_at(80, 24).contains("rén"), "not before the answer is shown");
    desk.press(" ");
    let drawn = desk.drawn_at(80, 24);
    let row = drawn.lines().skip_while(|row| !row.contains("artificial")).nth(1);
    assert_eq!(row.map(str::trim), Some("~ rén gōng zhì néng"));
}

#[test]
fn a_wide_terminal_keeps_the_card_together() {
    assert_snapshot!(after(Desk::review(), " ").drawn_at(120, 40), @r"
    Chinese::Policy terms · new                                                ────────────  3 left, 1 new, 1 due, 1 again









                                                           人工智能

                                                   ────────────────────────

                                                   artificial intelligence
                                                       réngōng zhìnéng

                           note     noun; often shortened to AI
                           example  人工智能正在改变我们的生活。
                           source   Government work report, line 12
                           tags     #policy #technology














    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     1 Again                      2 Hard                       3 Good                       4 Easy
       1d, again today              6d, again today              6d                           6d

    e edit  E edit answer  b bury  s suspend  m mark  h history  w why  y reading  q end  ? help
    ");
}

#[test]
fn an_answer_fits_a_small_terminal() {
    assert_snapshot!(after(Desk::review(), " ").drawn_at(40, 12), @r"
    Chinese::Policy terms · new     3 left
                   人工智能
           ────────────────────────
           artificial intelligence
               réngōng zhìnéng
     note     noun; often shortened to AI
                ▼ 5 more below
    ──────────────────────────────────────
     1 Again 1d ↻       2 Hard  6d ↻
     3 Good  6d         4 Easy  6d

    e edit  E edit answer  …  q end  ? help
    ");
}

#[test]
fn six_grades_fit_a_small_terminal() {
    let mut backend = Fake::new();
    backend.cards[0].scale = Scale::Six;
    let mut desk = Desk::new(Start::Review(fake::request(false)), backend, 80, 24);
    desk.press(" ");
    assert_snapshot!(desk.drawn_at(40, 12), @r"
    Chinese::Policy terms · new     3 left
                   人工智能
           ────────────────────────
           artificial intelligence
               réngōng zhìnéng
                ▼ 6 more below
    ──────────────────────────────────────
     0 Blackout 1d ↻    1 Wrong    1d ↻
     2 Almost   1d ↻    3 Hard     6d ↻
     4 Good     6d      5 Perfect  6d

    e edit  E edit answer  …  q end  ? help
    ");
}

#[test]
fn a_card_of_the_same_day_drill_changes_no_schedule() {
    let mut backend = Fake::new();
    backend.cards.rotate_left(2);
    let mut desk = Desk::new(Start::Review(fake::request(false)), backend, 80, 24);
    desk.press(" ");
    let drawn = desk.drawn_at(80, 24);
    let buttons: Vec<&str> = drawn.lines().skip(20).take(2).collect();
    assert_snapshot!(buttons.join("\n"), @r"
    1 Again            2 Hard             3 Good             4 Easy
      again today        again today        done for today     done for today
    ");
}

#[test]
fn a_typed_answer_stands_above_the_right_one() {
    let mut backend = Fake::new();
    let mut fields = fake::fields("artificial intelligence", "人工智能", "réngōng zhìnéng");
    fields.tags = vec!["policy".into()];
    backend.cards[0] = fake::card(1, fields, crate::session::Queue::Due);
    let mut desk = Desk::new(Start::Review(fake::request(true)), backend, 80, 24);
    desk.press("人公智能<Enter>");
    assert_snapshot!(desk.drawn_at(80, 24), @r"
    Chinese::Policy terms · due               ────────────  3 left, 2 due, 1 again





                               artificial intelligence

                               ────────────────────────

                                       人工智能

                                    ≈ nearly right
                                    you   人公智能
                                    right 人工智能
                                            ^^
                                   réngōng zhìnéng

       tags     #policy
    ──────────────────────────────────────────────────────────────────────────────
     1 Again           ▸2 Hard             3 Good             4 Easy
       1d, again today    6d, again today    6d                 6d

    Enter accept  e edit  E edit answer  b bury  s suspend  …  q end  ? help
    ");
}

#[test]
fn a_plan_is_a_table_with_its_reasons() {
    let mut desk = after(Desk::home(), "idecks/policy.tsv<Enter>G");
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
    ▸ [ ] suggest        7 “绿水青山就是金山…  green is gold                 ? 55%



    ──────────────────────────────────────────────────────────────────────────────
      suggest    line 7: term, 55 % sure, the two sides differ much in length
      front      “绿水青山就是金山银山”
      back       green is gold


             7 │ 第7行→raw text of line 7

    Enter apply  Space tick  Tab filter  e edit  c options  …  q back  ? help
    ");
}

#[test]
fn the_help_page_is_made_from_the_keymap() {
    assert_snapshot!(after(Desk::typing(), "<F1>").drawn_at(80, 24), @r"
    Keys: Review, typing                                                ▼ 10 more

      Enter               compare with the answer: ^ marks what differs, · what is
                          missing; empty just shows it
      F6, Tab             stop typing answers
      F9                  take the newest step back (not now)
      F10                 do it again (not now)
      F3                  show the example with the answer blanked
      F4                  edit the note
      Alt-m               mark the note, or take its mark away
      F7                  show what was answered to this card
      Alt-w               say why this card is shown now
      Ctrl-Y              show the reading with the answer, with the front, or not
                          at all; ~ is a guess
      F8                  let the card be spoken (not now)
      F12                 copy front and back
      PgDn, ↓             scroll down (not now)
      PgUp, ↑             scroll up (not now)
      Esc                 end the session; every answer is kept
      F1                  show all keys of this screen
      Ctrl-C              leave the program; everything is kept
      Ctrl-Z              back to the shell for now

    Esc close  j more
    ");
}

#[test]
fn the_help_page_goes_on_in_the_next_row_where_it_is_narrow() {
    assert_snapshot!(after(Desk::review(), " ?G").drawn_at(40, 12), @r"
    Keys: Review, answer shown  ▼ 41 more

      0             the button 0 (six
                    grades) (not now)
      1             the button 1
      2             the button 2
      3             the button 3
      4             the button 4
      5             the button 5 (six
                    grades) (not now)

    Esc close  j more
    ");
}

#[test]
fn a_problem_is_a_word_and_not_only_a_colour() {
    let mut desk = Desk::review();
    desk.backend.fails = Some("answer");
    desk.press(" 3");
    let drawn = desk.drawn_at(40, 12);
    let rows: Vec<&str> = drawn.lines().skip(9).collect();
    assert_snapshot!(rows.join("\n"), @r"
    error: answer: the disk is full (close
    the other program)
    e edit  E edit answer  …  q end  ? help
    ");
}
