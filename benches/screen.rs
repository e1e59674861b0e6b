//! The full screen: from the start to the first card, and one frame, each beside
//! its raw floor.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench stops where it fails, and prints"
)]

mod report;
mod stage;

use std::io;
use std::path::Path;

use criterion::Criterion;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent};
use ratatui::widgets::{Paragraph, Wrap};
use report::{Budget, Line};
use stage::{deck_file, is_check, remove, rows, scratch};

use termdeck::app::{App, ImportOptions, Input, NewNote};
use termdeck::clock::Clock;
use termdeck::config::Config;
use termdeck::domain::{Fields, Now};
use termdeck::session::home::SessionRequest;
use termdeck::tui::Look;
use termdeck::tui::desk::Desk;
use termdeck::tui::program::Program;
use termdeck::tui::runner::{self, Incoming, Source};
use termdeck::tui::screen::{Outcome, Size, Start};

const SIZE: Size = Size { width: 120, height: 40 };

const TABLE: &[Line] = &[
    Line {
        group: "first card",
        ours: "termdeck",
        floor: None,
        budget: Budget { most: 10.0, unit: "ms" },
    },
    Line {
        group: "one frame",
        ours: "termdeck",
        floor: Some("floor"),
        budget: Budget { most: 1.0, unit: "ms" },
    },
];

fn clock() -> Clock {
    let at = "2026-11-23T12:00:00+08:00".parse().unwrap();
    Clock::starting(at, false, 4)
}

fn now() -> Now {
    clock().now()
}

fn terminal() -> Terminal<TestBackend> {
    Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).unwrap()
}

/// A terminal that goes away once the first card is drawn.
struct Gone;

impl Source for Gone {
    fn glance(&mut self) -> Option<Incoming> {
        None
    }

    fn wait(&mut self) -> Incoming {
        Incoming::Closed
    }

    fn stop(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Opens a collection and runs the program until its first card is drawn.
fn first_card(db: &Path) {
    let app = App::open(db, Config::default(), now()).unwrap();
    let mut desk = Desk::new(app, clock(), ImportOptions::default());
    let start = Start::Review(SessionRequest::default());
    let (mut program, first) = Program::new(start, Look::default(), SIZE);
    runner::run(&mut program, first, &mut desk, &mut Gone, &mut terminal());
}

fn starts(c: &mut Criterion) {
    let db = scratch("start.db");
    let app = App::open(&db, Config::default(), now()).unwrap();
    let text = deck_file(rows());
    let input = Input { path: "terms.tsv", bytes: text.as_bytes() };
    let plan = app.plan(input, &ImportOptions::default(), &()).unwrap();
    app.apply(&plan, now(), &()).unwrap();
    drop((app, plan));
    let mut group = c.benchmark_group("first card");
    group.sample_size(50);
    group.bench_function("termdeck", |b| b.iter(|| first_card(&db)));
    group.finish();
    remove(&db);
}

/// Returns a program that shows a card with a long text in Chinese, its back shown.
fn reviewing(front: &str) -> Program {
    let app = App::in_memory(Config::default(), now()).unwrap();
    let fields = Fields {
        front: front.repeat(12),
        back: front.repeat(40),
        reading: "réngōng zhìnéng".repeat(4),
        note: front.repeat(30),
        example: front.repeat(30),
        ..Fields::default()
    };
    app.add(NewNote { deck: None, fields }, now()).unwrap();
    let request = SessionRequest::default();
    let session = app.start(&request, now()).unwrap();
    let next = app.next(&session, now()).unwrap();
    let (mut program, _) = Program::new(Start::Review(request.clone()), Look::default(), SIZE);
    program.told(Outcome::Started(request, next), now());
    program.press(&KeyEvent::from(KeyCode::Char(' ')), now());
    program
}

/// Returns what is on the screen as one text.
fn text_of(program: &Program) -> String {
    let mut terminal = terminal();
    terminal.draw(|frame| program.draw(frame)).unwrap();
    terminal.backend().to_string()
}

fn frames(c: &mut Criterion) {
    // Two cards in turn, so that each frame has every cell to write.
    let programs = ["人工智能正在改变我们的生活，", "国家安全是民族复兴的根基；"].map(reviewing);
    let texts = programs.each_ref().map(text_of);
    assert!(texts[0].contains('人') && texts[1].contains('国'));
    let mut group = c.benchmark_group("one frame");
    group.bench_function("floor", |b| {
        let mut terminal = terminal();
        let mut turn = texts.iter().cycle();
        b.iter(|| {
            let text = Paragraph::new(turn.next().unwrap().as_str()).wrap(Wrap { trim: false });
            terminal.draw(|frame| frame.render_widget(text, frame.area())).unwrap();
        });
    });
    group.bench_function("termdeck", |b| {
        let mut terminal = terminal();
        let mut turn = programs.iter().cycle();
        b.iter(|| {
            let program = turn.next().unwrap();
            terminal.draw(|frame| program.draw(frame)).unwrap();
        });
    });
    group.finish();
}

fn main() {
    let mut criterion =
        Criterion::default().output_directory(&report::folder()).configure_from_args();
    frames(&mut criterion);
    starts(&mut criterion);
    criterion.final_summary();
    if !is_check() {
        report::print(TABLE);
    }
}
