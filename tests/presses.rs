//! Every key of every screen, in any order, on a real collection.

use std::collections::VecDeque;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use termdeck::app::{App, ImportOptions, Input};
use termdeck::clock::Clock;
use termdeck::config::Config;
use termdeck::session::home::SessionRequest;
use termdeck::tui::Look;
use termdeck::tui::desk::Desk;
use termdeck::tui::keymap::tables;
use termdeck::tui::program::Program;
use termdeck::tui::runner::{self, Incoming, Left, Source};
use termdeck::tui::screen::{Effect, Size, Start};

use crate::collection::Collection;

/// Presses in all; `TERMDECK_PRESSES` sets another number.
const PRESSES: usize = 100_000;

/// Presses between two looks at the collection.
const RUN: usize = 5_000;

const DECK: &str = include_str!("../decks/policy-technology.tsv");

/// Numbers in a fixed order that looks like none (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }
}

/// Somebody who leans on the keyboard.
struct Hands {
    dice: Dice,
    left: usize,
    /// Presses until the terminal has another size.
    same_size: usize,
    bound: Vec<KeyEvent>,
    /// The newest presses, to tell what went before a failure.
    newest: VecDeque<String>,
}

impl Hands {
    /// Returns hands that know every key of every screen.
    fn new(seed: u64) -> Self {
        let maps = tables::ALL.iter().map(|table| table.map).chain([tables::GLOBAL]);
        let keys = maps.flatten().flat_map(|binding| binding.keys);
        let leaves = |event: &KeyEvent| {
            // Stopping is the shell's matter, and quitting comes by other keys as well.
            event.modifiers != KeyModifiers::CONTROL
                || !matches!(event.code, KeyCode::Char('c' | 'z'))
        };
        let bound = keys.map(|key| key.press()).filter(leaves).collect();
        Self { dice: Dice(seed), left: 0, same_size: 0, bound, newest: VecDeque::new() }
    }

    /// Opens the program one way or another.
    fn start(&mut self) -> (Program, Effect) {
        let start = match self.dice.roll(4) {
            0 => Start::Review(SessionRequest { typed: true, ..SessionRequest::default() }),
            1 => Start::Review(SessionRequest::default()),
            _ => Start::Home,
        };
        Program::new(start, Look::default(), Size { width: 80, height: 24 })
    }

    fn next(&mut self) -> Event {
        const OTHERS: [KeyCode; 14] = [
            KeyCode::Char('国'),
            KeyCode::Char('３'),
            KeyCode::Char('　'),
            KeyCode::Char('\u{301}'),
            KeyCode::Char('👩'),
            KeyCode::Char('"'),
            KeyCode::Char('('),
            KeyCode::Char('-'),
            KeyCode::Char(':'),
            KeyCode::Char('z'),
            KeyCode::F(11),
            KeyCode::Null,
            KeyCode::Delete,
            KeyCode::Enter,
        ];
        let key = |code| Event::Key(KeyEvent::new(code, KeyModifiers::NONE));
        match self.dice.roll(40) {
            0 => Event::Paste(
                ["国家\n安全", "is:due -词", "\u{1b}]0;x\u{7}"][self.dice.roll(3)].into(),
            ),
            1..=9 => key(OTHERS[self.dice.roll(OTHERS.len())]),
            _ => Event::Key(self.bound[self.dice.roll(self.bound.len())]),
        }
    }
}

impl Source for Hands {
    fn wait(&mut self) -> Incoming {
        if self.left == 0 || self.same_size == 0 {
            return Incoming::Closed;
        }
        self.left -= 1;
        self.same_size -= 1;
        let event = self.next();
        if self.newest.len() == 40 {
            self.newest.pop_front();
        }
        self.newest.push_back(format!("{event:?}"));
        Incoming::Event(event)
    }

    fn glance(&mut self) -> Option<Incoming> {
        None
    }

    fn stop(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn no_keys_in_any_order_harm_the_collection() {
    let presses = std::env::var("TERMDECK_PRESSES").ok().and_then(|n| n.parse().ok());
    let mut left: usize = presses.unwrap_or(PRESSES);
    let collection = Collection::new();
    let clock = |day: usize| {
        let at = format!("2026-11-{:02}T10:00:00+01:00", 1 + day % 28);
        Clock::starting(at.parse().unwrap(), true, 4)
    };
    let open = |now| App::open(&collection.db(), Config::default(), now).unwrap();
    let app = open(clock(0).now());
    let input = Input { path: "policy-technology.tsv", bytes: DECK.as_bytes() };
    let plan = app.plan(input, &ImportOptions::default(), &()).unwrap();
    app.apply(&plan, clock(0).now(), &()).unwrap();
    drop(app);

    let mut hands = Hands::new(7);
    for run in 0.. {
        let length = left.min(RUN);
        left -= length;
        hands.left = length;
        let clock = clock(run);
        let mut desk = Desk::new(open(clock.now()), clock, ImportOptions::default());
        let mut program = None;
        while hands.left > 0 {
            // Most of what is pressed is pressed where it can be seen.
            let (width, height) = match hands.dice.roll(3) {
                0 => (1 + hands.dice.roll(300) as u16, 1 + hands.dice.roll(100) as u16),
                _ => (80, 24),
            };
            hands.same_size = 20 + hands.dice.roll(200);
            let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
            let (mut open, first) = program.take().unwrap_or_else(|| hands.start());
            let left = runner::run(&mut open, first, &mut desk, &mut hands, &mut terminal);
            if left == Left::Closed {
                program = Some((open, Effect::Redraw));
            }
        }
        drop(desk);
        let found = open(clock.now()).doctor().unwrap();
        assert!(found.ok, "{found:?} after {:?}", hands.newest);
        if left == 0 {
            break;
        }
    }
}
