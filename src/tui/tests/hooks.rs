//! Hearing, copying, and telling other programs.

use super::*;
use crate::tui::Look;
use crate::tui::keymap::Action;
use crate::tui::program::Screen;
use crate::tui::runner::Backend as _;
use crate::tui::screen::{Effect, Outcome};
use crate::tui::widgets::bars::Status;

fn with_programs(mut desk: Desk) -> Desk {
    desk.program.configure(Look { speaks: true, notifies: true, ..Look::default() });
    desk
}

#[test]
fn a_card_is_heard_and_its_answer_is_not_told_before_it_is_shown() {
    assert!(!Desk::review().program.can(Action::Hear), "nothing is configured");
    let mut silent = Desk::review();
    silent.press("v");
    assert!(
        matches!(&silent.program.status, Some(Status::Wrong(words)) if words.contains("`speak`")),
        "the setting is named: {:?}",
        silent.program.status
    );
    let mut backend = Fake::new();
    backend.cards[0].question = "artificial intelligence".into();
    backend.cards[0].answer = "人工智能".into();
    let start = Start::Review(fake::request(false));
    let mut desk = with_programs(Desk::new(start, backend, 80, 24));
    desk.press("v");
    desk.press(" ");
    desk.press("<F8>");
    let heard: Vec<_> = desk.backend.log.iter().filter(|line| line.starts_with("speak")).collect();
    assert_eq!(heard, ["speak artificial intelligence", "speak 人工智能"]);
}

#[test]
fn a_program_that_cannot_be_started_is_told_and_costs_nothing() {
    let mut desk = with_programs(Desk::review());
    desk.backend.fails = Some("speak");
    desk.press("v");
    assert!(matches!(&desk.program.status, Some(Status::Wrong(words)) if words.contains("speak")));
    desk.press(" 3");
    assert!(desk.backend.log.iter().any(|line| line.starts_with("answer")));
}

#[test]
fn what_is_shown_is_copied_and_no_more() {
    let mut desk = Desk::review();
    let now = crate::domain::Now { at_ms: 0, offset_min: 0, day: fake::TODAY };
    let copied = |desk: &mut Desk| match desk.program.press(&keys_of("Y")[0], now) {
        Some(Effect::Copy(text)) => text,
        other => panic!("{other:?}"),
    };
    assert_eq!(copied(&mut desk), "人工智能");
    desk.press(" ");
    assert_eq!(copied(&mut desk), "人工智能\tartificial intelligence");
    let said = Status::Done("Copied: 人工智能 · artificial intelligence".into());
    assert_eq!(desk.program.status, Some(said));
}

#[test]
fn what_is_copied_is_harmless_and_not_endless() {
    let mut backend = Fake::new();
    backend.cards[0].question = "evil\u{1b}]52;c;x\u{7}\n".into();
    let mut desk = Desk::new(Start::Review(fake::request(false)), backend, 80, 24);
    let now = crate::domain::Now { at_ms: 0, offset_min: 0, day: fake::TODAY };
    let effect = desk.program.press(&keys_of("<F12>")[0], now);
    assert!(matches!(&effect, Some(Effect::Copy(text)) if !text.contains(char::is_control)));
    let mut backend = Fake::new();
    backend.cards[0].question = "长".repeat(20_000);
    let mut desk = Desk::new(Start::Review(fake::request(false)), backend, 80, 24);
    assert_eq!(desk.program.press(&keys_of("Y")[0], now), None);
    assert!(matches!(&desk.program.status, Some(Status::Wrong(words)) if words.contains("48 KiB")));
}

#[test]
fn the_end_of_a_session_is_told_once() {
    let mut desk = with_programs(Desk::review());
    desk.press(" 3 3 4");
    desk.press("j");
    let told = desk.backend.log.iter().filter(|line| line.starts_with("notify")).count();
    assert_eq!(told, 1);
    let mut desk = with_programs(Desk::review());
    desk.backend.fails = Some("notify");
    desk.press(" 3 3 4");
    desk.press("j");
    assert!(desk.backend.log.iter().all(|line| !line.starts_with("notify")), "not again by itself");
    let Screen::Summary(summary) = &desk.program.screen else { panic!("a summary") };
    assert!(summary.prospect.is_some(), "the rest of the screen does not suffer");
}

#[test]
fn what_is_heard_does_not_cost_what_is_to_be_told() {
    let mut desk = with_programs(Desk::review());
    desk.press(" 3 3 ");
    let moment = desk.backend.now();
    desk.program.press(&keys_of("4")[0], moment);
    let next = crate::session::Next::default();
    desk.program.told(Outcome::Answered(next), moment);
    assert!(matches!(desk.program.wish(), Some(Effect::Notify(_))));
    desk.program.told(Outcome::Spoke(None), moment);
    assert!(matches!(desk.program.wish(), Some(Effect::Notify(_))), "it is told yet");
    desk.program.told(Outcome::Notified(None), moment);
    assert!(!matches!(desk.program.wish(), Some(Effect::Notify(_))));
}
