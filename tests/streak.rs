//! Study days in a row.

use termdeck::app::{App, NewNote};
use termdeck::config::Config;
use termdeck::domain::{Day, Fields, Grade, Now};

const FIRST: Day = Day(20_780);

fn at(day: Day, second: i64) -> Now {
    Now { at_ms: (i64::from(day.0) * 86_400 + 43_200 + second) * 1_000, offset_min: 0, day }
}

#[test]
fn a_day_counts_while_its_only_answer_stands_however_often_it_was_taken_back() {
    let app = App::in_memory(Config::default(), at(FIRST, 0)).unwrap();
    let fields = Fields { front: "水".into(), back: "water".into(), ..Fields::default() };
    let cards = app.add(NewNote { deck: None, fields }, at(FIRST, 0)).unwrap().cards;
    app.answer(&cards[0].to_string(), Grade::GOOD, 900, false, at(FIRST, 1)).unwrap();
    assert_eq!(app.streak(FIRST).unwrap(), 1);
    for (second, stands) in (2..).zip([false, true, false, true, false]) {
        let now = at(FIRST, second);
        let change = if stands { app.redo_answer(now) } else { app.undo_answer(now) };
        assert!(change.unwrap().is_some(), "second {second}: there is something to do");
        assert_eq!(app.streak(FIRST).unwrap(), u32::from(stands), "second {second}");
        assert_eq!(app.streak(FIRST.plus(1)).unwrap(), u32::from(stands), "the day after");
    }
}
