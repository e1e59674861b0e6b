//! A learner who does all there is to do, every day.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use termdeck::app::ImportOptions;
use termdeck::domain::Grade;
use termdeck::session::home::SessionRequest;
use termdeck::session::{Counts, Queue};

use super::rows;
use super::stage::{self, FIRST, at};

/// Answers that a session of a few cards may take before it has to have ended.
const MOST_ANSWERS: usize = 400;

proptest! {
    #![proptest_config(stage::runs(300))]

    #[test]
    fn no_card_comes_twice_a_day_but_in_the_drill(
        rows in rows::decks(2, 6),
        days in proptest::collection::vec(1..9u32, 3..8),
        grades in proptest::collection::vec(0..6u8, 40),
    ) {
        let app = stage::app();
        stage::import(&app, &rows::plain(&rows), &ImportOptions::default(), at(FIRST, 0));
        // Everybody gets there in the end: no run of grades below 4 without an end.
        let mut grades = grades.into_iter().chain([5]).cycle();
        let mut day = FIRST;
        for skipped in days {
            day = day.plus(skipped);
            let mut session = app.start(&SessionRequest::default(), at(day, 0)).unwrap();
            let mut asked = HashSet::new();
            let mut notes = HashMap::new();
            let mut last = None;
            for answers in 0.. {
                prop_assert!(answers < MOST_ANSWERS, "a session without an end");
                let now = at(day, 1 + answers as i64);
                let next = app.next(&session, now).unwrap();
                let Some(shown) = next.card else {
                    prop_assert_eq!(next.counts, Counts::default());
                    break;
                };
                prop_assert!(next.counts.total() > 0, "a card, but nothing to do");
                if shown.queue == Queue::Drill {
                    prop_assert!(asked.contains(&shown.card), "drilled before it was asked");
                    let alone = next.counts.total() == 1;
                    prop_assert!(alone || last != Some(shown.card), "twice in a row");
                } else {
                    prop_assert!(asked.insert(shown.card), "asked twice on {day}");
                    let sibling = notes.insert(shown.note, shown.card);
                    prop_assert!(sibling.is_none(), "both cards of a note on one day");
                }
                last = Some(shown.card);
                let grade = Grade::new(grades.next().unwrap()).unwrap();
                app.answer_in(&mut session, shown.card, grade, 700, now).unwrap();
            }
        }
        stage::assert_healthy(&app);
    }
}
