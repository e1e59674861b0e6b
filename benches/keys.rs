//! From a key to the finished frame, through the real update, the real collection
//! and the real drawing: the median and the slowest of a hundred.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench stops where it fails, prints, and looks at the clock"
)]

mod stage;

use std::path::Path;
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent};
use stage::{deck_file, is_check, remove, rows, scratch};

use termdeck::app::{App, ImportOptions, Input};
use termdeck::clock::Clock;
use termdeck::config::Config;
use termdeck::domain::Now;
use termdeck::tui::Look;
use termdeck::tui::desk::Desk;
use termdeck::tui::program::Program;
use termdeck::tui::runner::{self, Incoming, Source};
use termdeck::tui::screen::{Size, Start};

/// What a key may take from press to finished frame, in milliseconds: median and p99.
/// One frame has a budget of 1 and 2 ms, a search of 5, an answer waits for the disk.
const BUDGETS: [(&str, f64, f64); 4] = [
    ("Home, a line down or up", 5.0, 10.0),
    ("Review, show and answer", 5.0, 10.0),
    ("Browse, each typed letter", 5.0, 10.0),
    ("Browse, a line down", 5.0, 10.0),
];

fn clock() -> Clock {
    Clock::starting("2026-11-23T12:00:00+08:00".parse().unwrap(), false, 4)
}

fn now() -> Now {
    clock().now()
}

/// Presses keys and takes the time from each to the moment the program wants the next.
struct Stopwatch {
    keys: std::vec::IntoIter<KeyCode>,
    pressed: Option<Instant>,
    taken: Vec<Duration>,
}

impl Stopwatch {
    fn new(keys: Vec<KeyCode>) -> Self {
        Self { keys: keys.into_iter(), pressed: None, taken: Vec::new() }
    }

    fn stop_watch(&mut self) {
        self.taken.extend(self.pressed.take().map(|pressed| pressed.elapsed()));
    }
}

impl Source for Stopwatch {
    fn wait(&mut self) -> Incoming {
        self.stop_watch();
        let Some(code) = self.keys.next() else { return Incoming::Closed };
        self.pressed = Some(Instant::now());
        Incoming::Event(Event::Key(KeyEvent::from(code)))
    }

    fn glance(&mut self) -> Option<Incoming> {
        // The frame is finished; what comes between two keys is on nobody's time.
        self.stop_watch();
        None
    }

    fn stop(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Opens the collection, presses `first`, then takes the time of `keys`.
fn measured(db: &Path, first: &str, keys: Vec<KeyCode>) -> Vec<Duration> {
    let app = App::open(db, Config::default(), now()).unwrap();
    let mut desk = Desk::new(app, clock(), ImportOptions::default());
    let size = Size { width: 120, height: 40 };
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    let (mut program, effect) = Program::new(Start::Home, Look::default(), size);
    let mut before = Stopwatch::new(codes(first));
    runner::run(&mut program, effect, &mut desk, &mut before, &mut terminal);
    let mut watch = Stopwatch::new(keys);
    let redraw = termdeck::tui::screen::Effect::Redraw;
    runner::run(&mut program, redraw, &mut desk, &mut watch, &mut terminal);
    watch.taken
}

fn codes(text: &str) -> Vec<KeyCode> {
    let code = |c| match c {
        '\n' => KeyCode::Enter,
        '\t' => KeyCode::Tab,
        c => KeyCode::Char(c),
    };
    text.chars().map(code).collect()
}

fn main() {
    let db = scratch("keys.db");
    let app = App::open(&db, Config::default(), now()).unwrap();
    let text = deck_file(rows());
    let input = Input { path: "terms.tsv", bytes: text.as_bytes() };
    let plan = app.plan(input, &ImportOptions::default(), &()).unwrap();
    app.apply(&plan, now(), &()).unwrap();
    drop((app, plan));

    let times = if is_check() { 1 } else { 50 };
    let typed: Vec<KeyCode> = ["policy", "安全", "of the sc", "国", "sense 99"]
        .iter()
        .flat_map(|word| {
            let erase = std::iter::repeat_n(KeyCode::Backspace, word.chars().count());
            codes(word).into_iter().chain(erase)
        })
        .collect();
    let runs = [
        measured(&db, "", codes("jk").repeat(times * 5)),
        measured(&db, "\n", codes(" 3").repeat(9)),
        measured(&db, "/", typed.repeat(times / 10 + 1)),
        measured(&db, "/\t", codes("j").repeat(times * 5)),
    ];
    println!(
        "\n{:<30} {:>6} {:>10} {:>10} {:>16}",
        "key to frame", "keys", "median", "p99", "budget"
    );
    for ((name, median, p99), mut taken) in BUDGETS.into_iter().zip(runs) {
        taken.sort_unstable();
        let at = |share: f64| {
            let nth = (taken.len().saturating_sub(1) as f64 * share).round() as usize;
            taken.get(nth).map_or(0.0, |taken| taken.as_secs_f64() * 1e3)
        };
        let is_kept = at(0.5) <= median && at(0.99) <= p99;
        println!(
            "{name:<30} {:>6} {:>7.3} ms {:>7.3} ms {:>16}{}",
            taken.len(),
            at(0.5),
            at(0.99),
            format!("{median} / {p99} ms"),
            if is_kept { "" } else { "  missed" },
        );
    }
    remove(&db);
}
