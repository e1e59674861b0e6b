//! Two devices' logs, merged in any order, give one state.

use proptest::prelude::*;
use proptest::sample::Index;
use termdeck::app::{App, ImportOptions, Input};
use termdeck::domain::interchange::Document;
use termdeck::domain::{Direction, Grade};
use termdeck::import::{Format, ReadOptions};

use super::rows;
use super::stage::{self, FIRST, at};

/// An action of one device: on which card, on which day after the last one, what.
type Step = (Index, i32, u8);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    proptest::collection::vec((any::<Index>(), 0..7i32, 0..12u8), 0..5)
}

/// Lets a device act: answers, mostly.
fn act(app: &App, steps: &[Step], second: i64) {
    let mut day = FIRST;
    let cards: Vec<String> = stage::states(app, at(FIRST, 0)).into_keys().collect();
    for ((card, days, what), beat) in steps.iter().zip(1..) {
        day = day.shift(*days);
        let now = at(day, second + beat * 20);
        let card = card.get(&cards);
        let one = std::slice::from_ref(card);
        // What the program refuses (not due, suspended) is simply not done.
        let _ = match what {
            0..6 => app.answer(card, Grade::new(*what).unwrap(), 900, false, now).map(drop),
            6 => app.answer(card, Grade::GOOD, 900, true, now).map(drop),
            7 => app.undo_answer(now).map(drop),
            8 => app.suspend(one, now).map(drop),
            9 => app.reset(one, now).map(drop),
            10 => app.set_due(one, day.plus(3), now).map(drop),
            _ => app.bury(one, now).map(drop),
        };
    }
}

fn json(app: &App) -> Vec<u8> {
    serde_json::to_vec(&app.document(None, at(FIRST, 0)).unwrap()).unwrap()
}

fn merged(documents: [&[u8]; 2]) -> App {
    let app = stage::app();
    // What the file is was not the question: finding it out takes longer than merging.
    let read = ReadOptions { format: Some(Format::Json), ..ReadOptions::default() };
    let options = ImportOptions { read, ..ImportOptions::default() };
    for (bytes, second) in documents.into_iter().zip(5_000..) {
        let input = Input { path: "device.json", bytes };
        let plan = app.plan(input, &options, &()).unwrap();
        app.apply(&plan, at(FIRST.plus(60), second), &()).unwrap();
    }
    app
}

/// What must not depend on the order. Row order and the moments of merging may.
fn essence(app: &App) -> Document {
    let mut document = app.document(None, at(FIRST, 0)).unwrap();
    document.cards.sort_by(|a, b| a.id.cmp(&b.id));
    document.notes.sort_by(|a, b| a.id.cmp(&b.id));
    for note in &mut document.notes {
        note.stamp = None;
    }
    document
}

proptest! {
    #![proptest_config(stage::runs(5_000))]

    #[test]
    fn merging_two_logs_in_any_order_gives_one_state(
        rows in rows::decks(2, 2), left in steps(), right in steps()
    ) {
        let file = rows::plain(&rows);
        let direction = Some(Direction::Forward);
        let options = ImportOptions { direction, ..ImportOptions::default() };
        let [here, there] = [(&left, 0), (&right, 7)].map(|(steps, second)| {
            let app = stage::app();
            stage::import(&app, &file, &options, at(FIRST, 0));
            act(&app, steps, second);
            json(&app)
        });
        let (one, other) = (merged([&here, &there]), merged([&there, &here]));
        let later = at(FIRST.plus(60), 0);
        prop_assert_eq!(stage::states(&one, later), stage::states(&other, later));
        prop_assert_eq!(essence(&one), essence(&other));
        stage::assert_healthy(&one);
    }
}
