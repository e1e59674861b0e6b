//! Schedules and the log of answers.

use termdeck::domain::{Base, Day, Grade};
use termdeck::import::ForeignCard;

use super::hand::{self, BASIC, BELOW, Card, DEFAULT, MADE_S, answer, card, note};
use super::{drafts, read_package};

/// 2026-01-01.
const FIRST: Day = Day(20_454);

/// The states of review and of learning, in Anki's numbers.
const REVIEW: Card =
    Card { kind: 2, queue: 2, due: 100, interval: 30, factor: 2350, lapses: 1, ..NEW };
const NEW: Card = Card {
    id: 1,
    note: 1,
    deck: DEFAULT,
    ord: 0,
    changed_s: MADE_S,
    kind: 0,
    queue: 0,
    due: 1,
    interval: 0,
    factor: 0,
    lapses: 0,
    home_due: 0,
    home: 0,
    flags: 0,
};

/// Returns what one card, with its answers at seconds after the first day, is read as.
fn foreign(row: Card, answers: &[(i64, i64, i64)]) -> ForeignCard {
    let package = hand::package(|db| {
        note(db, 1, BASIC, "", &["a", "b"]);
        card(db, row);
        for (after_s, ease, kind) in answers {
            answer(db, (MADE_S + after_s) * 1000, 1, *ease, *kind);
        }
    });
    drafts(&package).remove(0).cards.unwrap()[0].clone()
}

fn base(repetitions: u32, ease_centi: u32, interval_d: u32, after: i32, lapses: u32) -> Base {
    Base { repetitions, ease_centi, interval_d, due: FIRST.shift(after), lapses }
}

#[test]
fn every_state_has_its_schedule() {
    let moment = MADE_S + 3 * 86_400;
    let cases = [
        ("review", REVIEW, base(2, 235, 30, 100, 1)),
        ("overdue before the first day", Card { due: -3, ..REVIEW }, base(2, 235, 30, -3, 1)),
        ("ease below the floor", Card { factor: 900, ..REVIEW }, base(2, 130, 30, 100, 1)),
        ("no ease", Card { factor: 0, ..REVIEW }, base(2, 250, 30, 100, 1)),
        ("learning", Card { kind: 1, queue: 1, due: moment, ..NEW }, base(0, 250, 1, 3, 0)),
        (
            "before the day turns",
            Card { kind: 1, queue: 1, due: moment - 1, ..NEW },
            base(0, 250, 1, 2, 0),
        ),
        ("learning over days", Card { kind: 1, queue: 3, due: 7, ..NEW }, base(0, 250, 1, 7, 0)),
        (
            "seconds are no days",
            Card { kind: 1, queue: 1, due: moment, interval: -600, ..NEW },
            base(0, 250, 1, 3, 0),
        ),
        ("relearning", Card { kind: 3, queue: 1, due: moment, ..REVIEW }, base(0, 235, 30, 3, 1)),
        ("buried", Card { queue: -2, ..REVIEW }, base(2, 235, 30, 100, 1)),
        (
            "in a filtered deck",
            Card { deck: 5, home: BELOW, home_due: 44, ..REVIEW },
            base(2, 235, 30, 44, 1),
        ),
    ];
    for (name, row, expected) in cases {
        assert_eq!(foreign(row, &[]).state, Some(expected), "{name}");
    }
    assert_eq!(foreign(NEW, &[]).state, None);
}

#[test]
fn repetitions_are_the_passes_since_the_last_lapse() {
    for (eases, repetitions) in
        [(&[3, 3, 3][..], 3), (&[3, 3, 1, 3], 2), (&[1, 2, 3, 4, 3], 4), (&[3, 1], 2)]
    {
        let answers: Vec<_> = (1..).zip(eases).map(|(at, ease)| (at * 86_400, *ease, 1)).collect();
        let state = foreign(REVIEW, &answers).state.unwrap();
        assert_eq!(state.repetitions, repetitions, "{eases:?}");
    }
}

#[test]
fn the_log_tells_answers_from_changes_by_hand() {
    let log = [(10, 1, 0), (20, 2, 1), (30, 3, 2), (40, 4, 3), (50, 0, 4), (60, 3, 5), (70, 9, 1)];
    let card = foreign(REVIEW, &log);
    let answers: Vec<_> =
        card.answers.iter().map(|a| (a.at_ms / 1000 - MADE_S, a.grade, a.ms)).collect();
    assert_eq!(
        answers,
        [
            (10, Grade::AGAIN, 1500),
            (20, Grade::HARD, 1500),
            (30, Grade::GOOD, 1500),
            (40, Grade::EASY, 1500),
        ]
    );
    assert_eq!(card.at_ms, (MADE_S + 70) * 1000, "the last change of its state");
}

#[test]
fn a_suspended_card_says_since_when() {
    let card = foreign(Card { queue: -1, changed_s: MADE_S + 5, ..REVIEW }, &[(1, 3, 1)]);
    assert_eq!(card.suspended_ms, Some((MADE_S + 5) * 1000));
    assert_eq!(card.state, Some(base(2, 235, 30, 100, 1)));
    assert_eq!(foreign(REVIEW, &[]).suspended_ms, None);
}

#[test]
fn what_does_not_come_along_is_reported() {
    let package = hand::package(|db| {
        note(db, 1, BASIC, "", &["a", "b"]);
        card(db, Card { queue: -3, deck: 5, home: BELOW, home_due: 44, ..REVIEW });
        answer(db, MADE_S * 1000, 1, 3, 1);
    });
    let reading = read_package(&package).unwrap();
    assert_eq!(reading.drafts[0].deck.as_deref(), Some("A::B"));
    assert_eq!(
        reading.reports,
        [
            "1 answer from the log",
            "1 schedule taken over",
            "1 buried card shown again",
            "1 card put back from filtered decks",
        ]
    );
}
