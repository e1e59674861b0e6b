//! The program as a person would use it: keys in, screens out.

mod browse;
mod browse_pictures;
mod edit_journeys;
mod edit_pictures;
pub mod fake;
mod home_pictures;
mod hooks;
mod import_journeys;
mod import_pictures;
mod journeys;
mod keys;
mod leeches;
mod monkey;
mod mouse;
mod pictures;
mod session_journeys;
mod session_pictures;
mod settings;
mod sizes;
mod stats_journeys;
mod stats_pictures;
mod summary_pictures;
mod welcome;
mod wide_pictures;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

use super::look::Look;
use super::program::Program;
use super::runner::{self, Incoming, Left, Source};
use super::screen::{Size, Start};
use fake::Fake;

/// A terminal, a program and a backend, worked by keys.
pub struct Desk {
    pub program: Program,
    pub backend: Fake,
    size: Size,
    started: Option<Start>,
}

/// Plays events, then hangs up.
struct Script(std::collections::VecDeque<Incoming>);

impl Source for Script {
    fn wait(&mut self) -> Incoming {
        self.0.pop_front().unwrap_or(Incoming::Closed)
    }

    fn glance(&mut self) -> Option<Incoming> {
        self.0.pop_front()
    }

    fn stop(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Desk {
    pub fn new(start: Start, backend: Fake, width: u16, height: u16) -> Self {
        let size = Size { width, height };
        let (program, _) = Program::new(start.clone(), Look::default(), size);
        let mut desk = Self { program, backend, size, started: Some(start) };
        desk.play(Vec::new());
        desk
    }

    pub fn home() -> Self {
        Self::new(Start::Home, Fake::new(), 80, 24)
    }

    /// Home of a collection without a deck.
    pub fn welcome() -> Self {
        let mut backend = Fake::new();
        backend.home = crate::session::home::Home::default();
        Self::new(Start::Home, backend, 80, 24)
    }

    pub fn review() -> Self {
        Self::new(Start::Review(fake::request(false)), Fake::new(), 80, 24)
    }

    pub fn typing() -> Self {
        Self::new(Start::Review(fake::request(true)), Fake::new(), 80, 24)
    }

    /// Plays events through the real loop and says how it ended.
    fn play(&mut self, events: Vec<Incoming>) -> Left {
        let canvas = TestBackend::new(self.size.width, self.size.height);
        let mut terminal = Terminal::new(canvas).unwrap();
        let first = match self.started.take() {
            Some(start) => {
                let (program, first) = Program::new(start, Look::default(), self.size);
                self.program = program;
                first
            }
            None => super::screen::Effect::Redraw,
        };
        let mut script = Script(events.into());
        runner::run(&mut self.program, first, &mut self.backend, &mut script, &mut terminal)
    }

    /// Presses keys: characters, or names in angle brackets such as `<Enter>`.
    pub fn press(&mut self, keys: &str) -> Left {
        let events = keys_of(keys).into_iter();
        self.play(events.map(|key| Incoming::Event(Event::Key(key))).collect())
    }

    pub fn paste(&mut self, text: &str) {
        let paste = Event::Paste(text.to_owned());
        self.play(vec![Incoming::Event(paste)]);
    }

    /// Returns the screen as text, blanks at the ends of rows left out.
    pub fn drawn(&self) -> String {
        drawn(&self.program, self.size)
    }

    pub fn drawn_at(&mut self, width: u16, height: u16) -> String {
        self.program.size = Size { width, height };
        drawn(&self.program, self.program.size)
    }
}

pub fn drawn(program: &Program, size: Size) -> String {
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    terminal.draw(|frame| program.draw(frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let mut rows = Vec::new();
    for y in 0..size.height {
        let mut row = String::new();
        let mut x = 0;
        while x < size.width {
            let symbol = buffer[(x, y)].symbol();
            row.push_str(symbol);
            x += super::widgets::text::width(symbol).max(1) as u16;
        }
        rows.push(row.trim_end().to_owned());
    }
    rows.join("\n")
}

pub fn keys_of(keys: &str) -> Vec<KeyEvent> {
    let mut events = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|r| r.split_once('>'));
        let (code, modifiers) = if let Some((name, after)) = named {
            rest = after;
            named_key(name)
        } else {
            rest = &rest[c.len_utf8()..];
            (KeyCode::Char(c), KeyModifiers::NONE)
        };
        events.push(KeyEvent::new(code, modifiers));
    }
    events
}

fn named_key(name: &str) -> (KeyCode, KeyModifiers) {
    let code = match name {
        "Enter" => KeyCode::Enter,
        "Esc" => KeyCode::Esc,
        "Tab" => KeyCode::Tab,
        "BackTab" => KeyCode::BackTab,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Ins" => KeyCode::Insert,
        "End" => KeyCode::End,
        "Backspace" => KeyCode::Backspace,
        "Del" => KeyCode::Delete,
        "PgDn" => KeyCode::PageDown,
        "PgUp" => KeyCode::PageUp,
        "Home" => KeyCode::Home,
        other => match (other.split_once('-'), other.strip_prefix('F')) {
            (Some((held, key)), _) => {
                let modifiers = if held == "A" { KeyModifiers::ALT } else { KeyModifiers::CONTROL };
                let mut chars = key.chars();
                return match (chars.next(), chars.next()) {
                    (Some(c), None) => (KeyCode::Char(c), modifiers),
                    _ => (named_key(key).0, modifiers),
                };
            }
            (_, Some(n)) => KeyCode::F(n.parse().unwrap()),
            _ => panic!("no key is called {other}"),
        },
    };
    (code, KeyModifiers::NONE)
}
