//! The editor as it is seen, with Chinese text, at three sizes.

use insta::assert_snapshot;

use super::*;

fn after(mut desk: Desk, keys: &str) -> Desk {
    desk.press(keys);
    desk
}

#[test]
fn a_note_is_edited_field_by_field() {
    assert_snapshot!(after(Desk::review(), " e<Tab>!").drawn_at(80, 24), @r"
    Edit note                                                     1 field changed

      front    人工智能

    ▸ back     artificial intelligence!

      reading  réngōng zhìnéng

      note     noun; often shortened to AI

      example  人工智能正在改变我们的生活。

      source   Government work report, line 12

      tags     policy technology








    F2 save  Tab next  Ctrl-J new line  F9 undo  Esc cancel  F1 help
    ");
}

#[test]
fn the_editor_fits_a_small_terminal() {
    assert_snapshot!(after(Desk::review(), "e<Tab>!").drawn_at(40, 12), @r"
    Edit note             1 field changed
      front    人工智能
    ▸ back     artificial intelligence!
      reading  réngōng zhìnéng
      note     noun; often shortened to
               AI
      example  人工智能正在改变我们的生
               活。
      source   Government work report,
               ▼ 2 more below

    F2 save  …  Esc cancel  F1 help
    ");
    assert_snapshot!(after(Desk::review(), "e<Tab><Tab><Tab><Tab><Tab><Tab>").drawn_at(40, 12), @r"
    Edit note             nothing changed
               AI
      example  人工智能正在改变我们的生
               活。
      source   Government work report,
               line 12
    ▸ tags     policy technology
               2 tags: #policy
               #technology
               ▲ 4 more above

    Esc cancel  F1 help
    ");
}

#[test]
fn the_editor_keeps_its_lines_short_on_a_wide_terminal() {
    let mut desk = Desk::review();
    desk.press("e<Tab><Tab><Tab><Tab>");
    desk.paste(" 人工智能".repeat(12).as_str());
    assert_snapshot!(desk.drawn_at(120, 40), @r"
    Edit note                                                                                             1 field changed

      front    人工智能

      back     artificial intelligence

      reading  réngōng zhìnéng

      note     noun; often shortened to AI

    ▸ example  人工智能正在改变我们的生活。 人工智能 人工智能 人工智能 人工智能 人工智能 人工智
               能 人工智能 人工智能 人工智能 人工智能 人工智能 人工智能

      source   Government work report, line 12

      tags     policy technology























    F2 save  Tab next  Ctrl-J new line  F9 undo  Esc cancel  F1 help
    ");
}

#[test]
fn a_new_note_says_what_comes_of_it() {
    let mut desk = Desk::home();
    desk.press("j<Down>a国家安全<Tab><Tab>");
    assert_snapshot!(desk.drawn_at(80, 24), @r"
    Add a note

      deck     Chinese::Policy terms

      front    国家安全
               ! 1 note of this deck has this front: national security

      back

    ▸ reading
               → guó jiā ān quán (a guess)

      note

      example

      source

      tags




    F2 add  Tab next  → complete  Ctrl-J new line  Esc done  F1 help
    ");
    desk.press("<BackTab>security<F2>");
    desk.press("{{c1::北京}}是{{c2::中国}}的首都");
    assert_snapshot!(desk.drawn_at(40, 12), @r"
    Add a note                    1 added
      deck     Chinese::Policy terms
    ▸ front    {{c1::北京}}是{{c2::中国}}
               的首都
               2 gaps: 2 cards, each
               leaves one out
      back
      reading
      note
               ▼ 3 more below

    F2 add  Tab next  …  Esc done  F1 help
    ");
}

#[test]
fn what_a_note_lacks_is_said_below_the_field() {
    let mut desk = after(Desk::home(), "a人工智能<Tab><Tab><Tab><Tab><Tab><Tab>policy, te<F2>");
    assert_snapshot!(desk.drawn_at(80, 24), @r"
    Add a note

      deck     Default
               a new deck

      front    人工智能
               ! 1 note of this deck has this front: artificial intelligence

    ▸ back
               ! a note needs a back, or gaps in its front

      reading

      note

      example

      source

      tags     policy, te


    error: Not saved: a note needs a back, or gaps in its front.
    F2 add  Tab next  Ctrl-J new line  Esc done  F1 help
    ");
}
