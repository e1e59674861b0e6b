use super::*;
use crate::domain::{Day, Now};
use crate::sched::simulate::Change;
use crate::session::outlook::Plan;
use crate::tui::keymap::Keys;

const NOW: Now = Now { at_ms: 0, offset_min: 0, day: Day(20_780) };
const SIZE: Size = Size { width: 80, height: 24 };

fn decks() -> Vec<DeckName> {
    ["A", "A::语言"].map(|name| name.parse().unwrap()).to_vec()
}

/// A screen whose figures are there.
fn loaded() -> Stats {
    let mut screen = Stats::default();
    answer(&mut screen);
    screen
}

/// Answers what the screen wishes for.
fn answer(screen: &mut Stats) {
    match screen.wish() {
        Some(Effect::Stats(StatsWork::Load(request))) => {
            let found = Statistics { deck: request.deck.clone(), ..Statistics::default() };
            screen.told(StatsNews::Loaded(request, Box::new(found), decks()));
        }
        Some(Effect::Stats(StatsWork::Foresee(deck))) => {
            screen.told(StatsNews::Foreseen(Box::new(outlook(deck))));
        }
        _ => panic!("{screen:?} wishes for nothing"),
    }
}

/// Returns what foretells nothing of a deck.
fn outlook(deck: Option<DeckName>) -> Outlook {
    let plan = Plan { change: Change::default(), days: Vec::new() };
    Outlook { deck, about: <[String; 3]>::default(), plan, compared: Vec::new() }
}

fn press(screen: &mut Stats, action: Action) -> Option<Ask> {
    assert!(screen.can(action, SIZE), "{action:?}");
    screen.update(action, Moment { now: NOW, size: SIZE, keys: &Keys::default() })
}

#[test]
fn it_asks_for_its_figures_until_they_are_there() {
    let mut screen = Stats::default();
    let wish = screen.wish();
    screen.told(StatsNews::Counting(Progress { done: 1, of: 2 }));
    assert_eq!(screen.wish(), wish, "the next slice");
    answer(&mut screen);
    assert_eq!((screen.wish(), screen.progress), (None, None));
    assert_eq!(press(&mut screen, Action::Back), Some(Ask::Leave));
}

#[test]
fn a_failure_is_not_tried_again_by_itself() {
    let mut screen = Stats::default();
    screen.failed();
    assert_eq!(screen.wish(), None);
    press(&mut screen, Action::Reload);
    assert!(screen.wish().is_some());
}

#[test]
fn ranges_go_round_in_both_directions_and_are_asked_for() {
    let mut screen = loaded();
    let mut seen = vec![screen.request.days];
    for _ in 0..5 {
        press(&mut screen, Action::NextRange);
        answer(&mut screen);
        seen.push(screen.request.days);
    }
    assert_eq!(seen, [Some(30), Some(90), Some(365), None, Some(7), Some(30)]);
    press(&mut screen, Action::PreviousRange);
    assert_eq!(screen.request.days, Some(7));
}

#[test]
fn decks_go_round_with_all_of_them_first() {
    let mut screen = loaded();
    let mut seen = Vec::new();
    for action in [Action::NextDeck, Action::NextDeck, Action::NextDeck, Action::PreviousDeck] {
        press(&mut screen, action);
        answer(&mut screen);
        seen.push(screen.request.deck.as_ref().map(ToString::to_string));
    }
    let last = Some("A::语言".to_owned());
    assert_eq!(seen, [Some("A".to_owned()), last.clone(), None, last]);
}

#[test]
fn figures_of_what_is_no_longer_asked_for_are_left_out() {
    let mut screen = loaded();
    let old = screen.request.clone();
    press(&mut screen, Action::NextRange);
    screen.told(StatsNews::Loaded(old, Box::default(), decks()));
    assert!(screen.wish().is_some());
}

#[test]
fn each_sheet_starts_at_its_top_and_scrolls_to_its_end() {
    let mut screen = loaded();
    for sheet in Sheet::ALL {
        assert_eq!((screen.sheet, screen.scroll), (sheet, 0));
        if screen.can(Action::Last, SIZE) {
            press(&mut screen, Action::Last);
            assert!(!screen.can(Action::Down, SIZE), "{sheet:?}");
            press(&mut screen, Action::PageUp);
            press(&mut screen, Action::Down);
        }
        press(&mut screen, Action::NextSheet);
    }
    assert_eq!(screen.sheet, Sheet::Overview);
    press(&mut screen, Action::PreviousSheet);
    press(&mut screen, Action::PreviousSheet);
    assert_eq!(screen.sheet, Sheet::Cards);
    assert!(screen.can(Action::Last, SIZE), "the cards need more than one page");
}

#[test]
fn the_year_is_foreseen_when_its_sheet_is_open_and_once_for_each_deck() {
    let mut screen = loaded();
    assert_eq!(screen.wish(), None, "it is not worked out before anybody looks");
    press(&mut screen, Action::PreviousSheet);
    let wish = screen.wish();
    screen.told(StatsNews::Foreseeing(Progress { done: 1, of: 2 }));
    assert_eq!(screen.wish(), wish, "the next slice");
    screen.told(StatsNews::Foreseen(Box::new(outlook(Some(decks().remove(0))))));
    assert_eq!(screen.wish(), wish, "of a deck that is not asked for");
    answer(&mut screen);
    assert_eq!((screen.wish(), screen.progress), (None, None));
    press(&mut screen, Action::NextRange);
    answer(&mut screen);
    assert_eq!(screen.wish(), None, "the range is of the past");
    press(&mut screen, Action::NextDeck);
    answer(&mut screen);
    assert!(matches!(screen.wish(), Some(Effect::Stats(StatsWork::Foresee(Some(_))))));
    screen.failed();
    assert_eq!(screen.wish(), None, "a failure is not tried again by itself");
}
