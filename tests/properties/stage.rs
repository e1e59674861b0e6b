//! What properties share: the clock they set, a collection to act on, and ways to look at it.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::test_runner::{Config as Runs, FileFailurePersistence};
use tempfile::TempDir;
use termdeck::app::{App, ImportDone, ImportOptions, Input, Query};
use termdeck::config::Config;
use termdeck::domain::deck::Limit;
use termdeck::domain::{Day, Grade, Now, State};

use super::rows::{self, Row};

/// The day on which every story begins.
pub const FIRST: Day = Day(20_780);

/// Returns how many cases run; what failed once is kept beside the property.
pub fn runs(cases: u32) -> Runs {
    let persistence = FileFailurePersistence::WithSource("proptest-regressions");
    let failure_persistence = Some(Box::new(persistence) as _);
    Runs { cases, failure_persistence, max_shrink_iters: 2_000, ..Runs::default() }
}

/// Returns a moment of a day: so many seconds after noon.
pub fn at(day: Day, second: i64) -> Now {
    Now { at_ms: (i64::from(day.0) * 86_400 + 43_200 + second) * 1_000, offset_min: 0, day }
}

/// Returns an empty collection without limits a day.
pub fn app() -> App {
    let mut config = Config::default();
    config.deck.new_per_day = Some(Limit::None);
    App::in_memory(config, at(FIRST, 0)).unwrap()
}

/// Returns a folder for one case: in memory where the system has a place for it,
/// because thousands of cases would wait for the disk.
pub fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}

/// Answers every `stride`-th card, so that there is progress to lose.
pub fn learn(app: &App, stride: usize, day: Day) {
    let cards = states(app, at(day, 0)).into_keys();
    for (card, second) in cards.step_by(stride).zip(1..) {
        let grade = Grade::ALL[second as usize % 6];
        app.answer(&card, grade, 800, false, at(day, second)).unwrap();
    }
}

/// Returns a collection with the deck imported and partly learnt.
pub fn learnt(rows: &[Row], stride: usize) -> App {
    let app = app();
    import(&app, &rows::plain(rows), &ImportOptions::default(), at(FIRST, 0));
    learn(&app, stride, FIRST);
    app
}

/// Imports a file as `--yes` does.
pub fn import(app: &App, bytes: &[u8], options: &ImportOptions, now: Now) -> ImportDone {
    let plan = app.plan(Input { path: "words.tsv", bytes }, options, &()).unwrap();
    app.apply(&plan, now, &()).unwrap()
}

/// Returns the state of every card by the fronts, backs and ids that tell it apart.
pub fn states(app: &App, now: Now) -> BTreeMap<String, State> {
    let query = Query::parse("-is:suspended or is:suspended").unwrap();
    let (_, notes) = app.search(&query, None, now).unwrap();
    notes
        .iter()
        .flat_map(|note| &note.cards)
        .map(|card| (card.id.to_string(), card.state))
        .collect()
}

/// Asserts that replaying the log gives every state, and the counters are right.
pub fn assert_healthy(app: &App) {
    let diagnosis = app.doctor().unwrap();
    assert!(diagnosis.ok, "{:#?}", diagnosis.checks.iter().filter(|c| !c.ok).collect::<Vec<_>>());
}
