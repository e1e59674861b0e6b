//! The counted answers are what the log says, however they caught up with it.

use proptest::prelude::*;
use termdeck::app::{App, Counting, Input};
use termdeck::domain::{Day, Grade, Now};
use termdeck::session::stats::Request;

use super::log::{Deed, Desk, deeds};
use super::rows;
use super::stage::{self, FIRST, at};

/// Something that happens to a collection.
#[derive(Clone, Debug)]
enum Step {
    Learner(Deed),
    /// Another device's log of the same cards comes in.
    Merge {
        stride: usize,
        days: i32,
    },
    DeleteDeck,
    /// Another engine plans a deck.
    Engine {
        deck: &'static str,
        option: (&'static str, &'static str),
    },
    /// Somebody looks at the statistics; so many events are counted at a time.
    Count(u32),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let learner = deeds(1).prop_map(|mut deeds| Step::Learner(deeds.remove(0)));
    let merge = (1..4usize, -9..9i32).prop_map(|(stride, days)| Step::Merge { stride, days });
    let deck = prop::sample::select(vec!["words", "words::hard"]);
    let option = prop::sample::select(vec![
        ("rules", "text"),
        ("rules", "supermemo-source"),
        ("scheduler", "sm2"),
        ("scheduler", "fsrs"),
        ("desired_retention", "0.8"),
    ]);
    let engine = (deck, option).prop_map(|(deck, option)| Step::Engine { deck, option });
    let step = prop_oneof![
        12 => learner,
        2 => merge,
        1 => Just(Step::DeleteDeck),
        2 => engine,
        4 => (1..9u32).prop_map(Step::Count),
    ];
    proptest::collection::vec(step, 1..=16)
}

fn count(app: &App, most: u32) {
    let mut counting = Counting::default();
    while !app.count_answers(&mut counting, most).unwrap().is_done() {}
}

/// Takes in the log of a device that learnt the same cards.
fn merge(desk: &mut Desk, rows: &[rows::Row], stride: usize, day: Day, now: Now) {
    let other = stage::learnt(rows, stride);
    for card in stage::states(&other, now).keys().step_by(stride + 1) {
        // A card that is not due on that day is none of this test's business.
        let _ = other.answer(card, Grade::GOOD, 900, false, at(day, 5));
    }
    other.undo_answer(at(day, 6)).unwrap();
    let document = serde_json::to_vec(&other.document(None, now).unwrap()).unwrap();
    let input = Input { path: "other.json", bytes: &document };
    let plan = desk.app.plan(input, &termdeck::app::ImportOptions::default(), &()).unwrap();
    desk.app.apply(&plan, now, &()).unwrap();
    desk.look(now);
}

/// Asserts that what is counted is what the log says of it.
fn assert_counted(app: &App) {
    let diagnosis = app.doctor().unwrap();
    let counts = diagnosis.checks.iter().find(|check| check.name == "statistics").unwrap();
    assert!(counts.ok, "{:#?}", counts.found);
}

proptest! {
    #![proptest_config(stage::runs(300))]

    #[test]
    fn answers_are_counted_as_the_log_has_them(rows in rows::decks(2, 4), steps in steps()) {
        let mut desk = Desk::new(rows.clone());
        let mut day = FIRST;
        for (step, second) in steps.iter().zip(1..) {
            let now = at(day, second * 10);
            match step {
                Step::Learner(Deed::Pass { days }) => day = day.shift(*days),
                Step::Learner(deed) => desk.try_to(deed, now),
                Step::Merge { stride, days } => {
                    merge(&mut desk, &rows, *stride, day.shift(*days), now);
                }
                Step::DeleteDeck => {
                    let _ = desk.app.delete_deck("words::hard", now);
                    desk.look(now);
                }
                Step::Engine { deck, option: (name, value) } => {
                    let _ = desk.app.set_deck(deck, &[((*name).into(), (*value).into())], now);
                }
                Step::Count(most) => count(&desk.app, *most),
            }
            // Counted or not: what is counted is right, each at its place.
            assert_counted(&desk.app);
        }
        count(&desk.app, 3);
        stage::assert_healthy(&desk.app);
        let counted = desk.app.statistics(&Request::default(), at(day, 900)).unwrap();
        prop_assert_eq!(desk.app.streak(day).unwrap(), counted.answers.streak);
    }
}
