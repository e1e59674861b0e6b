//! The summary as it is seen, and what it offers.

use insta::assert_snapshot;

use super::*;

fn after(mut desk: Desk, keys: &str) -> Desk {
    desk.press(keys);
    desk
}

/// Returns a desk on which nothing is due from the start.
fn nothing_due() -> Desk {
    let mut backend = Fake::new();
    backend.cards.clear();
    Desk::new(Start::Review(fake::request(false)), backend, 80, 24)
}

#[test]
fn the_summary_names_what_went_badly_and_what_could_come_next() {
    assert_snapshot!(after(Desk::review(), " 1 3 3").drawn_at(80, 24), @r"
    Session finished

      answers         3
      remembered      50 % (1 of 2)
      time            6 s, 2.0 s each
      new cards       1
      left today      ✓ nothing: all done
      tomorrow        12 due
      next 7 days     202 due

      what could come next
      1  Français::Verbes              2 new, 5 due
      2  another 10 new                this session only
      3  practise the weakest 7        no schedule changes
      4  practise ahead                312 cards, no schedule changes

      hardest
      5  人工智能                       artificial intelligence





    Enter home  j choose  u undo  p practise  q quit  ? help
    ");
}

#[test]
fn a_chosen_line_can_be_started() {
    assert_snapshot!(after(Desk::review(), " 1 3 3jjjjj").drawn_at(40, 12), @r"
    Session finished
      what could come next
      1  Français::Verbes  2 new, 5 due
      2  another 10 new  this session only
      3  practise the weakest 7  no sched…
      4  practise ahead  312 cards, no sc…

      hardest
    ▸ 5  人工智能       artificial intell…
                ▲ 9 more above

    Enter start  …  Esc home  ? help
    ");
}

#[test]
fn a_tall_terminal_shows_the_week_as_a_chart() {
    assert_snapshot!(after(Desk::review(), " 1 3 3").drawn_at(120, 40), @r"
    Session finished

      answers         3
      remembered      50 % (1 of 2)
      time            6 s, 2.0 s each
      new cards       1
      left today      ✓ nothing: all done
      tomorrow        12 due
      next 7 days     202 due

                                        ███
                                        ███
                      ▂▂▂   ▁▁▁         ███   ▂▂▂   ▅▅▅   ▁▁▁
                      12    8     0     140   9     31    2

      what could come next
      1  Français::Verbes              2 new, 5 due
      2  another 10 new                this session only
      3  practise the weakest 7        no schedule changes
      4  practise ahead                312 cards, no schedule changes

      hardest
      5  人工智能                                       artificial intelligence
















    Enter home  j choose  u undo  p practise  q quit  ? help
    ");
}

#[test]
fn when_nothing_is_due_there_is_something_else_to_do() {
    assert_snapshot!(nothing_due().drawn_at(80, 24), @r"
    Nothing is left for today

      tomorrow        12 due
      next 7 days     202 due

      what could come next
    ▸ 1  Français::Verbes              2 new, 5 due
      2  another 10 new                this session only
      3  practise the weakest 7        no schedule changes
      4  practise ahead                312 cards, no schedule changes













    Enter start  p practise  Esc home  q quit  ? help
    ");
}

#[test]
fn a_collection_without_a_card_is_no_dead_end_either() {
    let mut backend = Fake::new();
    backend.cards.clear();
    backend.prospect = crate::session::prospect::Prospect::default();
    let mut desk = Desk::new(Start::Review(fake::request(false)), backend, 80, 24);
    assert_snapshot!(desk.drawn_at(40, 12), @r"
    Nothing is left for today

      tomorrow    nothing due
      next 7 days nothing due

      There is no card yet: import a file
      at home to begin.




    Enter home  q quit  ? help
    ");
}
