//! Watches long work: draws how far it is, and listens for the keys that stop it.

use std::cell::{Cell, RefCell};

use ratatui::Terminal;
use ratatui::backend::Backend as Canvas;
use ratatui::crossterm::event::Event;

use super::{Incoming, Left, Source, draw, redraw};
use crate::domain::watch::{Cancelled, Stage, Watch};
use crate::tui::keymap::{Action, Key, tables};
use crate::tui::program::Program;
use crate::tui::screen::Progress;

/// Work that takes less than this shows nothing, in milliseconds.
const SHOWN_AFTER_MS: u64 = 300;
/// Time between two drawings, in milliseconds.
const STEP_MS: u64 = 100;

/// What watches one piece of work.
pub(super) struct Gauge<'a, C: Canvas> {
    screen: RefCell<(&'a mut Program, &'a mut Terminal<C>, &'a mut dyn Source)>,
    /// Milliseconds since the work began.
    elapsed: Box<dyn Fn() -> u64>,
    next_ms: Cell<u64>,
    stopped: Cell<bool>,
    left: Cell<Option<Left>>,
}

impl<'a, C: Canvas> Gauge<'a, C> {
    pub fn new(
        program: &'a mut Program,
        terminal: &'a mut Terminal<C>,
        source: &'a mut dyn Source,
        elapsed: Box<dyn Fn() -> u64>,
    ) -> Self {
        Self {
            screen: RefCell::new((program, terminal, source)),
            elapsed,
            next_ms: Cell::new(SHOWN_AFTER_MS),
            stopped: Cell::new(false),
            left: Cell::new(None),
        }
    }

    /// Returns whether the learner stopped the work, and whether the program is to end.
    pub fn end(self) -> (bool, Option<Left>) {
        self.screen.into_inner().0.progress = None;
        (self.stopped.get(), self.left.get())
    }

    /// Takes in what the terminal has to say meanwhile. Keys other than those that
    /// stop are dropped: nobody can see yet what they would do. Returns whether cells
    /// of the screen were lost.
    fn listen(&self, program: &mut Program, source: &mut dyn Source) -> bool {
        let mut is_lost = false;
        while let Some(incoming) = source.glance() {
            let left = match incoming {
                Incoming::Event(Event::Key(event)) => {
                    let stops = |key| program.keys().action(tables::WORKING, key);
                    let action = Key::of(&event).and_then(stops);
                    match action {
                        Some(Action::Quit) => Some(Left::Quit),
                        Some(Action::Back) => None,
                        _ => continue,
                    }
                }
                Incoming::Event(Event::Resize(..)) | Incoming::Lost => {
                    is_lost = true;
                    continue;
                }
                Incoming::Background(background) => {
                    program.learn(background);
                    continue;
                }
                Incoming::Event(_) => continue,
                Incoming::Signal(signal) => Some(Left::Signal(signal)),
                Incoming::Closed => Some(Left::Closed),
            };
            self.stopped.set(true);
            if left.is_some() {
                self.left.set(left);
                break;
            }
        }
        is_lost
    }
}

impl<C: Canvas> Watch for Gauge<'_, C> {
    fn at(&self, stage: Stage, done: usize, all: usize) -> Result<(), Cancelled> {
        let elapsed = (self.elapsed)();
        if !self.stopped.get() && elapsed >= self.next_ms.get() {
            self.next_ms.set(elapsed.saturating_add(STEP_MS));
            let mut screen = self.screen.borrow_mut();
            let (program, terminal, source) = &mut *screen;
            let is_lost = self.listen(program, *source);
            program.progress = Some(Progress { stage, done, all });
            let cleared = if is_lost { redraw(terminal) } else { Ok(()) };
            if cleared.and_then(|()| draw(program, terminal)).is_err() {
                self.left.set(Some(Left::Closed));
                self.stopped.set(true);
            }
        }
        if self.stopped.get() { Err(Cancelled) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::io;
    use std::rc::Rc;

    use ratatui::backend::TestBackend;
    use ratatui::crossterm::event::{KeyCode, KeyEvent};

    use super::*;
    use crate::tui::Look;
    use crate::tui::screen::{Size, Start};

    struct Keys(VecDeque<Incoming>);

    impl Source for Keys {
        fn wait(&mut self) -> Incoming {
            Incoming::Closed
        }

        fn glance(&mut self) -> Option<Incoming> {
            self.0.pop_front()
        }

        fn stop(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn watched(
        incoming: Vec<Incoming>,
        times: &[u64],
    ) -> (String, Vec<bool>, (bool, Option<Left>)) {
        let size = Size { width: 60, height: 14 };
        let (mut program, _) = Program::new(Start::Home, Look::default(), size);
        let mut terminal = Terminal::new(TestBackend::new(60, 14)).unwrap();
        let mut keys = Keys(incoming.into());
        let now = Rc::new(Cell::new(0));
        let clock = Rc::clone(&now);
        let elapsed = Box::new(move || clock.get());
        let gauge = Gauge::new(&mut program, &mut terminal, &mut keys, elapsed);
        let mut goes_on = Vec::new();
        for (done, &at) in times.iter().enumerate() {
            now.set(at);
            goes_on.push(gauge.at(Stage::Writing, done * 100, 1_000).is_ok());
        }
        let end = gauge.end();
        assert_eq!(program.progress, None);
        (terminal.backend().to_string(), goes_on, end)
    }

    fn key(code: KeyCode) -> Incoming {
        Incoming::Event(Event::Key(KeyEvent::from(code)))
    }

    #[test]
    fn quick_work_is_not_drawn_and_slow_work_is() {
        let (drawn, ..) = watched(Vec::new(), &[0, 100, 299]);
        assert!(!drawn.contains("writing"), "{drawn}");
        let (drawn, goes_on, end) = watched(Vec::new(), &[0, 150, 300, 350, 399]);
        assert!(drawn.contains("writing ━━━") && drawn.contains("200 of 1000"), "{drawn}");
        assert!(drawn.contains("Esc stop"), "{drawn}");
        assert_eq!((goes_on, end), (vec![true; 5], (false, None)));
    }

    #[test]
    fn the_keys_that_stop_do_and_others_are_dropped() {
        let keys = vec![key(KeyCode::Enter), key(KeyCode::Esc)];
        let (_, goes_on, end) = watched(keys, &[0, 300, 301]);
        assert_eq!((goes_on, end), (vec![true, false, false], (true, None)));
        for (incoming, left) in
            [(Incoming::Signal(15), Left::Signal(15)), (Incoming::Closed, Left::Closed)]
        {
            assert_eq!(watched(vec![incoming], &[500]).2, (true, Some(left)));
        }
    }
}
