//! The collection: importing, answering, counting, each beside its raw floor.
//!
//! `cargo bench --bench collection` measures with 100 000 cards;
//! `TERMDECK_BENCH_ROWS` says another number.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench stops where it fails, and prints"
)]

mod floor;
#[path = "stage/log.rs"]
mod log;
mod report;
mod stage;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use criterion::{BatchSize, Criterion, SamplingMode};
use floor::{Answers, due_program};
use report::{Budget, Line};
use stage::{deck_file, is_check, remove, rows, scratch};

use termdeck::app::{App, Counting, ImportOptions, Input, Order, Query, read_file};
use termdeck::config::Config;
use termdeck::domain::{Day, Direction, Grade, Now, Slot, Uid};
use termdeck::session::home::{Scope, SessionRequest};
use termdeck::session::stats::Request;
use termdeck::store::card_uid;

const TODAY: Day = Day(floor::TODAY);

/// Rows by which a file grows.
const GROWN_BY: usize = 100;

const TABLE: &[Line] = &[
    line("import", "termdeck", Some("naive floor"), Budget { most: 1.2, unit: "x" }),
    line("import", "termdeck", Some("lean floor"), Budget { most: 1.1, unit: "x" }),
    line("unchanged file", "termdeck", Some("floor"), Budget { most: 50.0, unit: "ms" }),
    line("grown file", "termdeck", Some("naive floor"), Budget { most: 210.0, unit: "ms" }),
    line("grown file", "termdeck", Some("lean floor"), Budget { most: 210.0, unit: "ms" }),
    line("one durable answer", "termdeck", Some("floor"), Budget { most: 1.3, unit: "x" }),
    line("counts", "termdeck", None, Budget { most: 1.0, unit: "ms" }),
    line("statistics", "a year", None, Budget { most: 60.0, unit: "ms" }),
    line("statistics", "the whole log counted", None, Budget { most: 2_000.0, unit: "ms" }),
    line("search a word", "termdeck", Some("floor"), Budget { most: 5.0, unit: "ms" }),
    line("search one Han", "termdeck", Some("floor"), Budget { most: 5.0, unit: "ms" }),
    line("search two Han", "termdeck", Some("floor"), Budget { most: 5.0, unit: "ms" }),
    line("process due", "termdeck", Some("floor"), Budget { most: 5.0, unit: "ms" }),
    line("process next", "termdeck", Some("floor"), Budget { most: 10.0, unit: "ms" }),
];

const fn line(
    group: &'static str,
    ours: &'static str,
    floor: Option<&'static str>,
    budget: Budget,
) -> Line {
    Line { group, ours, floor, budget }
}

fn now() -> Now {
    Now { at_ms: i64::from(TODAY.0) * 86_400_000 + 43_200_000, offset_min: 0, day: TODAY }
}

fn options() -> ImportOptions {
    ImportOptions { direction: Some(Direction::Forward), ..ImportOptions::default() }
}

fn opened(db: &Path) -> App {
    App::open(db, Config::default(), now()).unwrap()
}

/// Imports a file as the command line does and returns the notes it holds.
fn import(db: &Path, file: &Path) -> Vec<Uid> {
    let app = opened(db);
    let bytes = read_file(file).unwrap();
    let input = Input { path: "terms.tsv", bytes: &bytes };
    if let Some((_, notes)) = app.known_import(input, &options()).unwrap() {
        return notes;
    }
    let plan = app.plan(input, &options(), &()).unwrap();
    app.apply(&plan, now(), &()).unwrap().notes
}

/// Writes a deck file of `rows` pairs.
fn file_of(name: &str, rows: usize) -> PathBuf {
    let path = scratch(name);
    std::fs::write(&path, deck_file(rows)).unwrap();
    path
}

fn imports(c: &mut Criterion) {
    let file = file_of("terms.tsv", rows());
    let mut group = c.benchmark_group("import");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    let fresh = || scratch("import.db");
    let each = BatchSize::PerIteration;
    group.bench_function("naive floor", |b| {
        b.iter_batched(fresh, |db| floor::import_naive(&db, &file), each);
    });
    group.bench_function("termdeck", |b| b.iter_batched(fresh, |db| import(&db, &file), each));
    group.bench_function("lean floor", |b| {
        b.iter_batched(fresh, |db| floor::import_lean(&db, &file), each);
    });
    group.finish();
}

fn imports_again(c: &mut Criterion) {
    let file = file_of("terms.tsv", rows());
    let grown = file_of("grown.tsv", rows() + GROWN_BY);
    let (naive, lean, ours) = (scratch("naive.db"), scratch("lean.db"), scratch("ours.db"));
    floor::import_naive(&naive, &file);
    floor::import_lean(&lean, &file);
    assert_eq!(import(&ours, &file).len(), rows());

    let mut group = c.benchmark_group("unchanged file");
    group.sample_size(10);
    group.bench_function("floor", |b| b.iter(|| floor::recognise(&naive, &file)));
    group.bench_function("termdeck", |b| b.iter(|| import(&ours, &file)));
    group.finish();

    let mut group = c.benchmark_group("grown file");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    let copied = |from: &Path| {
        let db = scratch("copy.db");
        std::fs::copy(from, &db).unwrap();
        db
    };
    let each = BatchSize::PerIteration;
    group.bench_function("naive floor", |b| {
        b.iter_batched(|| copied(&naive), |db| floor::import_naive(&db, &grown), each);
    });
    group.bench_function("termdeck", |b| {
        b.iter_batched(|| copied(&ours), |db| import(&db, &grown), each);
    });
    group.bench_function("lean floor", |b| {
        b.iter_batched(|| copied(&lean), |db| floor::import_lean(&db, &grown), each);
    });
    group.finish();
    for db in [naive, lean, ours, scratch("copy.db")] {
        remove(&db);
    }
}

/// Makes a collection of which all cards are due, and returns their ids.
fn all_due(db: &Path) -> Vec<Uid> {
    let notes = import(db, &file_of("terms.tsv", rows()));
    let cards: Vec<Uid> = notes.into_iter().map(|note| card_uid(note, Slot::Forward)).collect();
    let ids: Vec<String> = cards.iter().map(Uid::to_string).collect();
    opened(db).set_due(&ids, TODAY, now()).unwrap();
    cards
}

fn reviews(c: &mut Criterion) {
    let (db, bare) = (scratch("due.db"), scratch("due-floor.db"));
    let cards = all_due(&db);
    let mut answers = Answers::at(&bare, rows());

    let mut group = c.benchmark_group("process due");
    group.sample_size(50);
    let run = |mut program: Command| assert!(program.output().unwrap().status.success());
    group.bench_function("floor", |b| b.iter(|| run(due_program(&bare))));
    group.bench_function("termdeck", |b| b.iter(|| run(termdeck(&db, "due"))));
    group.finish();

    let mut group = c.benchmark_group("process next");
    group.sample_size(50);
    group.bench_function("floor", |b| b.iter(|| run(due_program(&bare))));
    group.bench_function("termdeck", |b| b.iter(|| run(termdeck(&db, "next"))));
    group.finish();

    let mut group = c.benchmark_group("counts");
    group.bench_function("termdeck", |b| {
        let app = opened(&db);
        b.iter(|| app.counts(&Scope::All, now()).unwrap());
    });
    group.finish();

    let mut group = c.benchmark_group("one durable answer");
    group.bench_function("floor", |b| b.iter(|| answers.next()));
    group.bench_function("termdeck", |b| {
        let app = opened(&db);
        let mut session = app.start(&SessionRequest::default(), now()).unwrap();
        let mut left = cards.iter().cycle();
        b.iter(|| {
            let card = left.next().unwrap();
            app.answer_in(&mut session, *card, Grade::GOOD, 2_500, now()).unwrap()
        });
    });
    group.finish();
    drop(answers);
    remove(&db);
    remove(&bare);
}

/// Counts all of the log that is not counted yet.
fn count_log(app: &App) {
    let mut counting = Counting::default();
    while !app.count_answers(&mut counting, u32::MAX).unwrap().is_done() {}
}

fn statistics(c: &mut Criterion) {
    let db = scratch("log.db");
    import(&db, &file_of("terms.tsv", rows()));
    log::write(&db, TODAY);
    let mut group = c.benchmark_group("statistics");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    group.bench_function("the whole log counted", |b| {
        let app = opened(&db);
        b.iter_batched(|| log::forget(&db), |()| count_log(&app), BatchSize::PerIteration);
    });
    group.bench_function("a year", |b| {
        let app = opened(&db);
        count_log(&app);
        let request = Request { deck: None, days: Some(365) };
        b.iter(|| {
            count_log(&app);
            app.statistics(&request, now()).unwrap()
        });
    });
    group.finish();
    remove(&db);
}

/// Looks for words as the search screen does: all notes counted, the first 50 read.
fn searches(c: &mut Criterion) {
    let db = scratch("search.db");
    import(&db, &file_of("terms.tsv", rows()));
    let text = deck_file(rows());
    let app = opened(&db);
    let (everything, order) = (Query::parse("").unwrap(), Order::default());
    let mut finder = app.finder().unwrap();
    while !finder.is_whole() {
        app.read_on(&mut finder, &everything, order, now()).unwrap();
    }
    for (name, word) in
        [("search a word", "policy"), ("search one Han", "安"), ("search two Han", "安全")]
    {
        let mut group = c.benchmark_group(name);
        group.bench_function("floor", |b| {
            let finder = memchr::memmem::Finder::new(word);
            b.iter(|| finder.find_iter(text.as_bytes()).count());
        });
        group.bench_function("termdeck", |b| {
            let query = Query::parse(word).unwrap();
            b.iter(|| {
                app.find(&mut finder, &query, order, now()).unwrap();
                app.found(&finder, 0..50).unwrap()
            });
        });
        group.finish();
    }
    drop(app);
    remove(&db);
}

/// Returns the program with a collection and a command, on the day of the benches.
fn termdeck(db: &Path, command: &str) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_termdeck"));
    let at = format!("{}T12:00:00+00:00", TODAY.date());
    program.arg("--db").arg(db).arg("--config").arg(scratch("none.toml"));
    program.args(["--now", &at, command]);
    program
}

fn main() {
    if floor::was_due_program() {
        return;
    }
    let mut criterion = Criterion::default()
        .output_directory(&report::folder())
        .warm_up_time(Duration::from_secs(1))
        .configure_from_args();
    imports(&mut criterion);
    imports_again(&mut criterion);
    reviews(&mut criterion);
    statistics(&mut criterion);
    searches(&mut criterion);
    criterion.final_summary();
    if !is_check() {
        report::print(TABLE);
    }
}
