//! Whole ways through the program, through the real loop.

use super::*;
use crate::tui::program::Screen;
use crate::tui::screens::review::Review;

fn review(desk: &Desk) -> &Review {
    match &desk.program.screen {
        Screen::Review(review) => review,
        other => panic!("not in a review: {other:?}"),
    }
}

fn status(desk: &Desk) -> String {
    let drawn = desk.drawn();
    let rows: Vec<&str> = drawn.lines().collect();
    rows[rows.len() - 2].trim().to_owned()
}

#[test]
fn a_session_goes_from_the_first_card_to_the_summary_and_home() {
    let mut desk = Desk::review();
    desk.press(" 3");
    desk.press("<Enter>1");
    desk.press("　４");
    assert!(matches!(desk.program.screen, Screen::Summary(_)), "{}", desk.drawn());
    let answers: Vec<&str> =
        desk.backend.log.iter().filter(|l| l.starts_with("answer")).map(String::as_str).collect();
    assert_eq!(answers.len(), 3);
    assert!(answers[0].starts_with("answer 人工智能 4 four"), "{answers:?}");
    assert!(answers[1].starts_with("answer 国家安全 2 four"), "{answers:?}");
    assert!(answers[2].starts_with("answer 发展 5 four"), "full-width keys count: {answers:?}");
    desk.press("<Enter>");
    assert_eq!(desk.program.screen, Screen::Home);
    assert_eq!(desk.press("q"), Left::Quit);
}

#[test]
fn a_grade_before_the_answer_is_shown_does_nothing() {
    let mut desk = Desk::review();
    desk.press("3");
    assert!(!desk.backend.log.iter().any(|l| l.starts_with("answer")));
    assert!(!review(&desk).revealed);
}

#[test]
fn the_time_of_an_answer_runs_from_its_card_to_its_grade() {
    let mut desk = Desk::review();
    desk.press(" 3");
    // The clock of the fake moves a second at each look: one for each key.
    assert_eq!(review(&desk).summary.done[0].ms, 2_000);
}

#[test]
fn an_answer_that_cannot_be_saved_keeps_its_card_and_says_why() {
    let mut desk = Desk::review();
    desk.backend.fails = Some("answer");
    desk.press(" 3");
    assert_eq!(review(&desk).card().unwrap().question, "人工智能");
    assert!(review(&desk).summary.done.is_empty());
    assert_eq!(status(&desk), "error: answer: the disk is full (close the other program)");
    desk.press("3");
    assert_eq!(review(&desk).summary.done.len(), 1);
}

#[test]
fn an_answer_that_was_saved_is_not_asked_for_again_when_the_next_card_fails() {
    let mut desk = Desk::review();
    desk.backend.fails = Some("next");
    desk.press(" 3");
    assert_eq!(desk.program.screen, Screen::Home);
    assert!(status(&desk).starts_with("error: next: the disk is full"), "{}", status(&desk));
}

#[test]
fn many_steps_are_taken_back_and_done_again() {
    let mut desk = Desk::review();
    desk.press(" 3b");
    assert_eq!(review(&desk).card().unwrap().question, "发展");
    desk.press("u");
    assert_eq!(status(&desk), "Taken back: burial");
    desk.press("u");
    assert_eq!(status(&desk), "Taken back: answer to 人工智能 (4)");
    assert_eq!(review(&desk).card().unwrap().question, "人工智能");
    assert!(review(&desk).summary.done.is_empty());
    desk.press("u");
    assert_eq!(status(&desk), "", "nothing is left to take back, so the key is not offered");
    desk.press("r");
    assert_eq!(review(&desk).summary.done.len(), 1);
    desk.press("<C-r>");
    assert_eq!(review(&desk).card().unwrap().question, "发展");
    assert_eq!(status(&desk), "Done again: burial");
}

#[test]
fn an_undo_on_the_summary_goes_back_to_the_card() {
    let mut desk = Desk::review();
    desk.press(" 3 3 3");
    desk.press("u");
    assert_eq!(review(&desk).card().unwrap().question, "发展");
    assert_eq!(review(&desk).summary.done.len(), 2);
}

#[test]
fn a_typed_answer_is_compared_and_the_suggested_grade_can_be_taken() {
    let mut desk = Desk::typing();
    desk.press("artifical inteligence<Enter>");
    assert!(desk.drawn().contains("≈ nearly"), "{}", desk.drawn());
    desk.press("<Enter>");
    assert!(desk.backend.log.iter().any(|l| l.starts_with("answer 人工智能 3")));
    desk.press("National  security<Enter>1");
    assert!(
        desk.backend.log.iter().any(|l| l.starts_with("answer 国家安全 2")),
        "the learner decides"
    );
}

#[test]
fn an_empty_typed_answer_just_shows_the_back() {
    let mut desk = Desk::typing();
    desk.press("<Enter>");
    assert!(review(&desk).revealed && review(&desk).verdict.is_none());
    desk.press("<Enter>");
    assert!(review(&desk).revealed, "there is no suggestion to take");
}

#[test]
fn letters_are_text_while_an_answer_is_typed() {
    let mut desk = Desk::typing();
    desk.press("quest?");
    assert_eq!(review(&desk).input.text(), "quest?");
    desk.paste("国家\n");
    assert_eq!(review(&desk).input.text(), "quest?国家");
    desk.press("<F6>");
    assert!(!review(&desk).typing);
}

#[test]
fn the_answer_of_another_note_with_the_same_front_is_named() {
    let mut backend = Fake::new();
    backend.cards[0].same_question = (2, 3);
    backend.cards[0].other_answers = vec!["AI winter".into()];
    let mut desk = Desk::new(Start::Review(fake::request(true)), backend, 80, 24);
    assert!(desk.drawn().contains("2 of 3 with this front"));
    desk.press("ai winter<Enter>");
    assert!(desk.drawn().contains("the answer of another note with the same front"));
}

#[test]
fn an_edit_is_saved_and_can_be_taken_back() {
    let mut desk = Desk::review();
    desk.press(" e<Tab>!<F2>");
    assert!(desk.program.edit.is_none());
    assert_eq!(review(&desk).card().unwrap().answer, "artificial intelligence!");
    assert!(review(&desk).revealed, "the card stays as it was");
    desk.press("u");
    assert_eq!(review(&desk).card().unwrap().answer, "artificial intelligence");
}

#[test]
fn an_edit_that_fails_stays_open_with_its_text() {
    let mut desk = Desk::review();
    desk.backend.fails = Some("edit");
    desk.press("e x<C-s>");
    let edit = desk.program.edit.as_ref().expect("still open");
    assert_eq!(edit.changes()[0].1, "人工智能 x");
    desk.press("<Esc><Esc>");
    assert!(desk.program.edit.is_none());
    assert!(!desk.backend.log.iter().any(|l| l.starts_with("edit")));
}

#[test]
fn a_plan_is_ticked_filtered_and_applied() {
    let mut desk = Desk::home();
    desk.press("idecks/policy.tsv<Enter>");
    assert!(desk.drawn().contains("3 ticked"), "{}", desk.drawn());
    desk.press("j ");
    assert!(desk.drawn().contains("2 ticked"), "{}", desk.drawn());
    desk.press("<Tab>");
    assert!(desk.drawn().contains("showing 1 add"));
    desk.press("<Enter>");
    assert_eq!(desk.program.screen, Screen::Home);
    assert!(desk.backend.log.contains(&"read decks/policy.tsv".to_owned()));
    assert!(status(&desk).contains("1 added, 1 updated"), "{}", status(&desk));
}

#[test]
fn a_path_is_completed_as_far_as_it_is_sure() {
    let mut desk = Desk::home();
    desk.backend.completions =
        ["decks/中文-a.tsv", "decks/中文-b.tsv", "notes/"].map(str::to_owned).to_vec();
    let path = |desk: &Desk| match &desk.program.screen {
        Screen::Import(import) => import.path.text().to_owned(),
        other => panic!("not importing: {other:?}"),
    };
    desk.press("id<Tab>");
    assert_eq!(path(&desk), "decks/中文-");
    desk.press("<Tab><Tab>");
    assert_eq!(path(&desk), "decks/中文-b.tsv");
    desk.press("<C-u>n<Tab>");
    assert_eq!(path(&desk), "notes/");
}

#[test]
fn a_session_that_cannot_start_leaves_the_decks_and_a_message() {
    let mut backend = Fake::new();
    backend.fails = Some("start");
    let desk = Desk::new(Start::Review(fake::request(false)), backend, 80, 24);
    assert!(status(&desk).contains("the disk is full"));
    assert!(desk.drawn().contains("Policy terms"));
}

#[test]
fn a_collection_that_cannot_be_read_does_not_loop() {
    let mut backend = Fake::new();
    backend.fails = Some("home");
    let desk = Desk::new(Start::Home, backend, 80, 24);
    assert!(status(&desk).contains("the disk is full"));
}

#[test]
fn signals_and_a_closed_terminal_end_the_loop() {
    let mut desk = Desk::review();
    assert_eq!(desk.play(vec![Incoming::Signal(15)]), Left::Signal(15));
    assert_eq!(desk.play(Vec::new()), Left::Closed);
    assert_eq!(desk.press("<C-c>"), Left::Quit);
    assert_eq!(desk.press("<C-z>q"), Left::Closed, "stopped, continued, then ended the session");
    assert_eq!(desk.program.screen, Screen::Home);
}

#[test]
fn a_long_card_scrolls_and_says_how_much_is_below() {
    let mut backend = Fake::new();
    let lines: Vec<String> = (1..=60).map(|n| format!("第{n}行")).collect();
    backend.cards[0].answer = lines.join("\n");
    let mut desk = Desk::new(Start::Review(fake::request(false)), backend, 80, 24);
    desk.press(" ");
    assert!(desk.drawn().contains("more below"), "{}", desk.drawn());
    desk.press("<PgDn><PgDn><PgDn><PgDn><PgDn><PgDn><PgDn>");
    assert!(desk.drawn().contains("#policy"), "the end can be reached:\n{}", desk.drawn());
    assert!(!desk.program.can(crate::tui::keymap::Action::Down));
}

#[test]
fn no_key_acts_on_a_screen_that_is_too_small_to_be_seen() {
    let mut desk = Desk::review();
    desk.size = Size { width: 30, height: 8 };
    desk.program.size = desk.size;
    let before = desk.program.clone();
    desk.press(" 3 3eubsq<Enter><Esc>?");
    assert_eq!(desk.program, before);
    assert!(!desk.backend.log.iter().any(|l| l.starts_with("answer")), "{:?}", desk.backend.log);
    desk.size = Size { width: 80, height: 24 };
    desk.press(" ");
    assert!(review(&desk).revealed);

    let mut desk = Desk::typing();
    desk.size = Size { width: 39, height: 24 };
    desk.press("x");
    desk.paste("y");
    assert_eq!(review(&desk).input.text(), "");
    assert_eq!(desk.press("<C-c>"), Left::Quit);
}

#[test]
fn a_new_session_offers_no_step_of_the_one_before() {
    use crate::tui::keymap::Action;

    let mut desk = Desk::review();
    desk.press(" 3bu");
    assert!(desk.program.can(Action::Undo) && desk.program.can(Action::Redo));
    desk.press("qc");
    assert_eq!(review(&desk).card().unwrap().question, "国家安全");
    assert!(!desk.program.can(Action::Undo) && !desk.program.can(Action::Redo));
    assert!(!desk.drawn().contains("undo"), "{}", desk.drawn());
}

#[test]
fn practice_does_not_call_its_cards_due() {
    let mut desk = Desk::home();
    desk.press("p");
    assert!(desk.drawn().contains("3 left to practise"), "{}", desk.drawn());
    desk.press(" 3q");
    let drawn = desk.drawn();
    assert!(drawn.contains("2 to practise") && !drawn.contains("today"), "{drawn}");
}

#[test]
fn the_title_names_every_queue_that_has_cards_left() {
    let desk = Desk::new(Start::Review(fake::request(false)), Fake::new(), 90, 24);
    assert!(desk.drawn().contains("3 left, 1 new, 1 due, 1 again"), "{}", desk.drawn());
}

#[test]
fn decks_that_do_not_fit_are_announced_and_take_rows_from_the_imports() {
    let mut backend = Fake::new();
    let line = backend.home.decks[3].clone();
    backend.home.decks = (10..40)
        .map(|n| {
            let mut line = line.clone();
            line.name = fake::deck(&format!("Deck {n}"));
            line
        })
        .collect();
    let imports = backend.home.imports.clone();
    backend.home.imports.extend(imports);
    let mut desk = Desk::new(Start::Home, backend, 80, 24);
    let drawn = desk.drawn();
    assert!(drawn.contains("▼ 23 more below") && !drawn.contains('▲'), "{drawn}");
    assert_eq!(drawn.matches("added,").count(), 1, "{drawn}");
    desk.press("jjjjjjjjjjjjjjj");
    let drawn = desk.drawn();
    assert!(drawn.contains("▲ 11 more above   ▼ 12 more below"), "{drawn}");
    desk.press("G");
    let drawn = desk.drawn();
    assert!(drawn.contains("▲ 23 more above") && !drawn.contains('▼'), "{drawn}");
}

#[test]
fn changes_to_a_note_are_thrown_away_only_when_asked_twice() {
    let mut desk = Desk::review();
    desk.press("ex<Esc>");
    assert!(desk.program.edit.is_some());
    assert_eq!(status(&desk), "Esc again throws 1 change away, F2 saves.");
    desk.press("y<Esc>");
    assert!(desk.program.edit.is_some(), "another key in between: asked anew");
    desk.press("<Esc>");
    assert!(desk.program.edit.is_none());
    assert!(!desk.backend.log.iter().any(|l| l.starts_with("edit")));
    desk.press("e<Esc>");
    assert!(desk.program.edit.is_none(), "nothing was changed");
}

#[test]
fn going_back_from_another_file_comes_back_to_the_plan_and_its_ticks() {
    let mut desk = Desk::home();
    desk.press("ia.tsv<Enter> ");
    assert!(desk.drawn().contains("2 ticked"), "{}", desk.drawn());
    desk.press("ob<Esc>");
    assert!(desk.drawn().contains("2 ticked"), "{}", desk.drawn());
    desk.press("o<C-u>b.tsv<Enter>");
    assert!(desk.drawn().contains("3 ticked"), "{}", desk.drawn());
    desk.press("<Esc>");
    assert_eq!(desk.program.screen, Screen::Home);
}

#[test]
fn a_drill_begins_with_what_its_import_changed() {
    let start = Start::Drill(fake::request(false), "policy.tsv: 3 new".into());
    let mut desk = Desk::new(start, Fake::new(), 80, 24);
    assert_eq!(status(&desk), "policy.tsv: 3 new");
    assert_eq!(review(&desk).card().unwrap().question, "人工智能");
    desk.press(" ");
    assert_eq!(status(&desk), "");
}
