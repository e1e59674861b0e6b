//! What a session shows beside the card: hints, marks, its history, the reasons.

use insta::assert_snapshot;

use super::*;
use crate::domain::{Scale, Slot};

fn after(mut desk: Desk, keys: &str) -> Desk {
    desk.press(keys);
    desk
}

/// Returns the rows of a screen that are not empty.
fn rows(drawn: &str) -> String {
    let rows: Vec<&str> = drawn.lines().filter(|row| !row.trim().is_empty()).collect();
    rows.join("\n")
}

/// Returns a desk that asks for the Chinese of the first note.
fn reverse() -> Desk {
    let mut backend = Fake::new();
    let card = &mut backend.cards[0];
    card.slot = Slot::Reverse;
    std::mem::swap(&mut card.question, &mut card.answer);
    card.same_question = (1, 2);
    Desk::new(Start::Review(fake::request(false)), backend, 80, 24)
}

#[test]
fn the_history_of_a_card_is_a_chart_and_a_list() {
    assert_snapshot!(after(Desk::review(), "h").drawn_at(80, 24), @r"
    History: 人工智能 (asks the front)

      intervals of 7 reviews, up to 15d
            ██          ██
            ██          ██
         ▅▅ ██       ▅▅ ██
      ▂▂ ██ ██ ▂▂ ▂▂ ██ ██

      day         answer    interval   ease     time
      2026-11-14  Good           15d   2.46    1.0 s
      2026-11-14  Good                 cram    1.0 s
      2026-11-08  Good            6d   2.46    1.1 s
      2026-11-07  Easy            1d   2.46    0.9 s
      2026-11-06  bury            1d   2.36
      2026-11-05  Again               drill    3.0 s
      2026-11-05  Again           1d   2.36   12.0 s
      2026-10-21  Good                drill    1.2 s
      2026-10-21  Hard           15d   2.36    7.0 s
      2026-10-15  Good            6d   2.50    1.9 s
      2026-10-14  Good            1d   2.50    2.3 s



    Esc close  ? help
    ");
}

#[test]
fn the_history_fits_a_small_terminal() {
    assert_snapshot!(after(Desk::review(), "<F7>").drawn_at(40, 12), @r"
    History: 人工智能 (asks th…  ▼ 7 more

      intervals of 7 reviews, up to 15d
      ▁▁ ▃▃ ██ ▁▁ ▁▁ ▃▃ ██

      day         answer    interval   ease
      2026-11-14  Good           15d   2.46
      2026-11-14  Good                 cram
      2026-11-08  Good            6d   2.46
      2026-11-07  Easy            1d   2.46

    Esc close  j more  ? help
    ");
}

#[test]
fn why_a_card_is_shown_is_told_in_words() {
    assert_snapshot!(after(Desk::review(), " 3w").drawn_at(80, 24), @r"
    Why now: 国家安全 (asks the front)

      queue    due today
      place    1 of 1 due; also 1 again
      order    relative-overdueness (the longest overdue for its interval first)
      limits   new: 8 of 20 left today; reviews: no limit
      card     no interval yet
















    Esc close  ? help
    ");
}

#[test]
fn the_reasons_wrap_on_a_small_terminal() {
    assert_snapshot!(after(Desk::review(), " 3w").drawn_at(40, 12), @r"
    Why now: 国家安全 (asks the front)

      queue    due today
      place    1 of 1 due; also 1 again
      order    relative-overdueness (the
               longest overdue for its
               interval first)
      limits   new: 8 of 20 left today;
               reviews: no limit
      card     no interval yet

    Esc close  ? help
    ");
}

#[test]
fn the_example_is_a_hint_with_the_answer_blanked() {
    let mut desk = after(reverse(), "x");
    assert_snapshot!(rows(&desk.drawn_at(80, 24)), @r"
    Chinese::Policy terms · new · re…  ────────────  3 left, 1 new, 1 due, 1 again
                               artificial intelligence
                                1 of 2 with this back
                             ＿＿＿＿正在改变我们的生活。
    Space show  e edit  b bury  s suspend  t type  x hint  m mark  …  q end  ? help
    ");
    desk.press(" ");
    assert!(!desk.drawn().contains('＿'), "the answer is there, so the hint goes");
}

#[test]
fn a_mark_is_a_sign_in_the_title() {
    let mut desk = after(Desk::review(), "m");
    assert_snapshot!(rows(&desk.drawn_at(40, 12)), @r"
    ⚑ Chinese::Policy terms · new   3 left
                   人工智能
    Marked.
    Space show  u undo  …  q end  ? help
    ");
}

#[test]
fn the_reading_can_stand_with_the_front() {
    let mut desk = after(Desk::review(), "y");
    assert_snapshot!(rows(&desk.drawn_at(80, 24)), @r"
    Chinese::Policy terms · new        ────────────  3 left, 1 new, 1 due, 1 again
                                       人工智能
                                   réngōng zhìnéng
    The reading stands with the front.
    Space show  e edit  b bury  s suspend  t type  x hint  m mark  …  q end  ? help
    ");
    desk.press(" ");
    assert_eq!(desk.drawn().matches("réngōng").count(), 1, "{}", desk.drawn());
    desk.press("y");
    assert!(!desk.drawn().contains("réngōng"), "hidden: {}", desk.drawn());
}

#[test]
fn the_answer_is_edited_in_one_line() {
    let mut desk = after(Desk::review(), " E, AI");
    assert_snapshot!(rows(&desk.drawn_at(80, 24)), @r"
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
    back › artificial intelligence, AI
    Enter save  Esc cancel  F1 help
    ");
}

#[test]
fn six_grades_with_a_typed_answer_fit_a_wide_terminal() {
    let mut backend = Fake::new();
    backend.cards[0].scale = Scale::Six;
    let mut desk = Desk::new(Start::Review(fake::request(true)), backend, 80, 24);
    desk.press("artificial inteligence<Enter>");
    assert_snapshot!(rows(&desk.drawn_at(120, 40)), @r"
    Chinese::Policy terms · new                                                ────────────  3 left, 1 new, 1 due, 1 again
                                                           人工智能
                                                   ────────────────────────
                                                   artificial intelligence
                                                        ≈ nearly right
                                                you   artificial intel·igence
                                                right artificial intelligence
                                                                      ^
                                                       réngōng zhìnéng
                           note     noun; often shortened to AI
                           example  人工智能正在改变我们的生活。
                           source   Government work report, line 12
                           tags     #policy #technology
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     0 Blackout         1 Wrong            2 Almost          ▸3 Hard             4 Good             5 Perfect
       1d, again today    1d, again today    1d, again today    6d, again today    6d                 6d
    Enter accept  e edit  E edit answer  b bury  s suspend  m mark  h history  w why  y reading  q end  ? help
    ");
    assert_snapshot!(rows(&desk.drawn_at(40, 12)), @r"
    Chinese::Policy terms · new     3 left
                   人工智能
           ────────────────────────
           artificial intelligence
               ▼ 11 more below
    ──────────────────────────────────────
     0 Blackout 1d ↻    1 Wrong    1d ↻
     2 Almost   1d ↻   ▸3 Hard     6d ↻
     4 Good     6d      5 Perfect  6d
    Enter accept  e edit  …  q end  ? help
    ");
}
