//! What moves due days and orders a day never touches what a card is worth.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use termdeck::app::{App, ImportOptions, Query};
use termdeck::config::Config;
use termdeck::domain::{Grade, Rules, State};
use termdeck::sched::sm2;
use termdeck::session::Queue;
use termdeck::session::home::SessionRequest;

use super::rows;
use super::stage::{self, FIRST, at};

/// Settings that plan a day, and days ahead.
fn settings() -> impl Strategy<Value = Config> {
    let order = prop::sample::select(vec![
        "relative-overdueness",
        "due-date",
        "random",
        "easiest-first",
        "hardest-first",
    ]);
    let limit = prop::sample::select(vec!["\"none\"", "1", "3", "8"]);
    let mix = prop::sample::select(vec!["mix", "first", "last"]);
    let away = prop::sample::select(vec!["", "\"2026-11-28..2026-12-20\""]);
    let switches = (any::<bool>(), any::<bool>(), any::<bool>());
    let numbers = (limit.clone(), limit.clone(), limit, 0..4_u32);
    (order, mix, away, switches, numbers).prop_map(|(order, mix, away, switches, numbers)| {
        let (fuzz, balance, guard) = switches;
        let (new, reviews, pace, fresh) = numbers;
        let text = format!(
            "order = \"{order}\"\nmix = \"{mix}\"\nvacation = [{away}]\neasy_days = [\"sun\"]\n\
             fuzz = {fuzz}\nbalance = {balance}\ninterference_guard = {guard}\n\
             new_per_day = {new}\nreviews_per_day = {reviews}\ncatch_up_per_day = {pace}\n\
             fresh_per_day = {fresh}\n"
        );
        let (config, faults) = Config::parse(&text);
        assert!(faults.is_empty(), "{faults:?}");
        config
    })
}

/// Returns the grades of the reviews of every card, in their order.
fn reviews(app: &App) -> HashMap<String, Vec<Grade>> {
    let mut grades: HashMap<String, Vec<Grade>> = HashMap::new();
    for event in app.document(None, at(FIRST, 0)).unwrap().events {
        if event.kind == "review" {
            grades.entry(event.card).or_default().push(Grade::new(event.grade.unwrap()).unwrap());
        }
    }
    grades
}

proptest! {
    #![proptest_config(stage::runs(100))]

    #[test]
    fn the_memory_of_a_card_follows_from_its_grades_alone(
        rows in rows::decks(2, 6),
        config in settings(),
        days in proptest::collection::vec(1..9_u32, 3..8),
        grades in proptest::collection::vec(0..6_u8, 40),
    ) {
        let app = App::in_memory(config, at(FIRST, 0)).unwrap();
        stage::import(&app, &rows::plain(&rows), &ImportOptions::default(), at(FIRST, 0));
        let mut grades = grades.into_iter().chain([5]).cycle();
        let mut day = FIRST;
        for skipped in days {
            day = day.plus(skipped);
            let mut session = app.start(&SessionRequest::default(), at(day, 0)).unwrap();
            let mut asked = HashSet::new();
            for second in 1..400 {
                let next = app.next(&session, at(day, second)).unwrap();
                let Some(shown) = next.card else { break };
                prop_assert!(shown.queue == Queue::Drill || asked.insert(shown.card), "twice");
                let grade = Grade::new(grades.next().unwrap()).unwrap();
                let promised = shown.outcome(grade);
                let answered =
                    app.answer_in(&mut session, shown.card, grade, 700, at(day, second)).unwrap();
                prop_assert_eq!(answered.state.due, promised.due);
                prop_assert_eq!(answered.state.interval_d, promised.interval_d);
            }
        }
        stage::assert_healthy(&app);
        let given = reviews(&app);
        let found = app.search(&Query::parse("-is:new").unwrap(), None, at(day, 500)).unwrap().1;
        for card in found.iter().flat_map(|note| &note.cards) {
            let grades = given.get(&card.id.to_string()).map_or(&[][..], Vec::as_slice);
            let memory = grades
                .iter()
                .fold(State::NEW, |state, grade| sm2::review(&state, *grade, Rules::Text));
            let told = |state: &State| (state.repetitions, state.ease_centi, state.interval_d);
            prop_assert_eq!(told(&card.state), told(&memory), "{}: {:?}", card.id, grades);
        }
    }
}
