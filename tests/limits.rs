//! What a day holds: limits of decks, of those above them, and over all.

use termdeck::app::{App, ImportOptions, Input, Session};
use termdeck::config::Config;
use termdeck::domain::deck::Limit;
use termdeck::domain::{Day, Direction, Grade, Now, Slot};
use termdeck::session::home::{Scope, SessionRequest};
use termdeck::session::{Counts, Queue};

const FIRST: Day = Day(20_780);

fn at(day: Day, second: i64) -> Now {
    Now { at_ms: (i64::from(day.0) * 86_400 + 43_200 + second) * 1_000, offset_min: 0, day }
}

fn import(app: &App, name: &str, rows: &str, direction: Direction, second: i64) {
    let input = Input { path: name, bytes: rows.as_bytes() };
    let options = ImportOptions { direction: Some(direction), ..ImportOptions::default() };
    let now = at(FIRST, second);
    app.apply(&app.plan(input, &options, &()).unwrap(), now, &()).unwrap();
}

/// Returns a collection with 10 notes in each of A, A::B and C.
fn three_decks(config: Config) -> App {
    let app = App::in_memory(config, at(FIRST, 0)).unwrap();
    let decks = ["A", "A::B", "C"].into_iter().flat_map(|deck| (0..10).map(move |nth| (deck, nth)));
    let rows: Vec<String> = ["deck\tfront\tback".to_owned()]
        .into_iter()
        .chain(decks.map(|(deck, nth)| format!("{deck}\t词{nth}{deck}\tword {nth} of {deck}")))
        .collect();
    import(&app, "words.tsv", &rows.join("\n"), Direction::Forward, 0);
    app
}

fn set(app: &mut App, deck: &str, option: &str, value: &str) {
    app.set_deck(deck, &[(option.into(), value.into())], at(FIRST, 1)).unwrap();
}

fn deck(name: &str) -> Scope {
    Scope::Deck(name.parse().unwrap())
}

fn counts(app: &App, day: Day) -> [Counts; 4] {
    [Scope::All, deck("A"), deck("A::B"), deck("C")]
        .map(|scope| app.counts(&scope, at(day, 0)).unwrap())
}

/// Answers up to `most` cards of a session with Good; returns what was asked.
fn work(app: &App, session: &mut Session, most: usize, now: Now) -> Vec<(Queue, String, Slot)> {
    let mut asked = Vec::new();
    while asked.len() < most
        && let Some(shown) = app.next(session, now).unwrap().card
    {
        asked.push((shown.queue, shown.fields.front.clone(), shown.slot));
        app.answer_in(session, shown.card, Grade::GOOD, 900, now).unwrap();
    }
    asked
}

fn begin(app: &App, now: Now) -> Session {
    app.start(&SessionRequest::default(), now).unwrap()
}

#[test]
fn limits_of_decks_of_those_above_them_and_over_all_hold_together() {
    // What is set, and what all decks, A, A::B and C then offer.
    type Case = (&'static str, &'static [(&'static str, &'static str)], Limit, [u32; 4]);
    let cases: [Case; 9] = [
        ("twenty a top-level deck", &[], Limit::None, [30, 20, 10, 10]),
        ("for a deck and its children together", &[("A", "5")], Limit::None, [15, 5, 5, 10]),
        ("a child has less", &[("A::B", "2")], Limit::None, [22, 12, 2, 10]),
        ("a child cannot have more", &[("A", "5"), ("A::B", "none")], Limit::None, [15, 5, 5, 10]),
        ("none is no limit", &[("A", "none")], Limit::None, [30, 20, 10, 10]),
        ("0 is none at all", &[("A", "0")], Limit::None, [10, 0, 0, 10]),
        ("0 of a child", &[("A::B", "0")], Limit::None, [20, 10, 0, 10]),
        ("over all", &[], Limit::PerDay(7), [7, 7, 7, 7]),
        ("none over all", &[], Limit::PerDay(0), [0, 0, 0, 0]),
    ];
    for (name, options, total, want) in cases {
        let mut app = three_decks(Config { new_per_day_total: total, ..Config::default() });
        for (deck, limit) in options {
            set(&mut app, deck, "new_per_day", limit);
        }
        assert_eq!(counts(&app, FIRST).map(|counts| counts.new), want, "new: {name}");
        let mut session = begin(&app, at(FIRST, 2));
        let done = work(&app, &mut session, 100, at(FIRST, 3));
        assert_eq!(done.len(), want[0] as usize, "asked: {name}");
        assert_eq!(counts(&app, FIRST), [Counts::default(); 4], "the day is used up: {name}");
    }
}

#[test]
fn reviews_are_limited_as_new_cards_are() {
    type Case = (&'static str, &'static [(&'static str, &'static str)], [u32; 4]);
    let cases: [Case; 4] = [
        ("no limit", &[], [30, 20, 10, 10]),
        ("a deck and its children", &[("A", "5")], [15, 5, 5, 10]),
        ("a child has less", &[("A::B", "2")], [22, 12, 2, 10]),
        ("0 is none at all", &[("A", "0")], [10, 0, 0, 10]),
    ];
    for (name, options, want) in cases {
        let mut app = three_decks(Config::default());
        let session = &mut begin(&app, at(FIRST, 2));
        assert_eq!(work(&app, session, 100, at(FIRST, 3)).len(), 30);
        for (deck, limit) in options {
            set(&mut app, deck, "reviews_per_day", limit);
        }
        let due = FIRST.plus(1);
        assert_eq!(counts(&app, due).map(|counts| counts.due), want, "{name}");
        let lines = app.deck_lines(due).unwrap();
        let own: u32 = lines.iter().map(|line| line.counts.due).sum();
        let alone = |deck: &str| options.iter().any(|(name, _)| *name == deck);
        if !alone("A") {
            assert_eq!(own, want[0], "the sum over the decks: {name}");
        }
        let done = work(&app, &mut begin(&app, at(due, 0)), 100, at(due, 1));
        assert_eq!(done.len(), want[0] as usize, "asked: {name}");
    }
}

#[test]
fn a_limit_is_for_the_study_day_and_not_for_a_session() {
    let mut app = three_decks(Config::default());
    set(&mut app, "A", "new_per_day", "3");
    let first = SessionRequest { scope: deck("A"), ..SessionRequest::default() };
    let mut session = app.start(&first, at(FIRST, 2)).unwrap();
    assert_eq!(work(&app, &mut session, 2, at(FIRST, 3)).len(), 2);
    let again = app.start(&first, at(FIRST, 600)).unwrap();
    assert_eq!(app.next(&again, at(FIRST, 600)).unwrap().counts.new, 1, "the same day");
    // The card itself was not asked: tomorrow has three again, and two due.
    let tomorrow = app.counts(&deck("A"), at(FIRST.plus(1), 0)).unwrap();
    assert_eq!((tomorrow.new, tomorrow.due), (3, 2));
}

#[test]
fn a_limit_above_several_decks_is_for_what_is_most_overdue_in_them() {
    let mut app = three_decks(Config::default());
    work(&app, &mut begin(&app, at(FIRST, 2)), 100, at(FIRST, 3));
    set(&mut app, "A", "reviews_per_day", "1");
    let now = at(FIRST.plus(9), 0);
    let late = app.search(&termdeck::app::Query::parse("deck:A::B").unwrap(), None, now).unwrap().1;
    let card = late[4].cards[0].id.to_string();
    app.set_due(&[card], FIRST.shift(-3), at(FIRST, 9)).unwrap();
    let request = SessionRequest { scope: deck("A"), ..SessionRequest::default() };
    let done = work(&app, &mut app.start(&request, now).unwrap(), 100, now);
    assert_eq!(done.len(), 1);
    assert_eq!(done[0].1, late[4].fields.front, "though A comes before A::B");
}

#[test]
fn the_newest_import_comes_first_in_file_order_and_a_reverse_card_waits() {
    let app = App::in_memory(Config::default(), at(FIRST, 0)).unwrap();
    import(&app, "old.tsv", "front\tback\n旧一\told 1\n旧二\told 2\n", Direction::Both, 0);
    import(&app, "new.tsv", "front\tback\n新一\tnew 1\n新二\tnew 2\n", Direction::Both, 60);
    let asked = work(&app, &mut begin(&app, at(FIRST, 90)), 100, at(FIRST, 91));
    let forward = |front: &str| (Queue::New, front.to_owned(), Slot::Forward);
    assert_eq!(asked, ["新一", "新二", "旧一", "旧二"].map(forward));
    let next = FIRST.plus(1);
    let asked = work(&app, &mut begin(&app, at(next, 0)), 100, at(next, 1));
    assert!(asked.iter().all(|(queue, ..)| *queue == Queue::Due), "its sibling is due: {asked:?}");
    let later = FIRST.plus(2);
    let asked = work(&app, &mut begin(&app, at(later, 0)), 100, at(later, 1));
    let reverse = |front: &str| (Queue::New, front.to_owned(), Slot::Reverse);
    assert_eq!(asked, ["新一", "新二", "旧一", "旧二"].map(reverse));
}
