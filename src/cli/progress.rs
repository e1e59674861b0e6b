//! How far a long import is, on standard error; and Ctrl-C, which stops it cleanly.

use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::SIGINT;
use signal_hook::flag;

use crate::clock::Stopwatch;
use crate::domain::watch::{Cancelled, Stage, Watch};

/// Nothing is said of work that takes less.
const PATIENCE_MS: u64 = 500;

/// Between two reports on a terminal, where the line is written over.
const TERMINAL_MS: u64 = 100;

/// Between two reports in a log.
const LOG_MS: u64 = 2_000;

/// Watches the imports of one command.
pub struct Progress {
    watch: Stopwatch,
    /// When the last line was written; `None`: none yet.
    said: Cell<Option<u64>>,
    pace: Pace,
    /// Whether Ctrl-C ends the program at once: true but for the time of work, and
    /// again from the first Ctrl-C on.
    is_fatal: Arc<AtomicBool>,
}

/// How reports are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pace {
    Terminal,
    Log,
    Silent,
}

impl Progress {
    /// Begins to watch. Where signals cannot be caught, Ctrl-C ends the program, which
    /// leaves nothing behind either.
    pub fn new(is_quiet: bool) -> Self {
        let pace = match std::io::stderr().is_terminal() {
            _ if is_quiet => Pace::Silent,
            true => Pace::Terminal,
            false => Pace::Log,
        };
        let is_fatal = Arc::new(AtomicBool::new(true));
        // In this order: the first Ctrl-C during work only sets the flag.
        if flag::register_conditional_default(SIGINT, Arc::clone(&is_fatal)).is_ok() {
            let _ = flag::register(SIGINT, Arc::clone(&is_fatal));
        }
        Self { watch: Stopwatch::start(), said: Cell::new(None), pace, is_fatal }
    }

    /// Does a piece of work that Ctrl-C stops.
    pub fn during<T>(&mut self, work: impl FnOnce(&dyn Watch) -> T) -> T {
        self.is_fatal.store(false, Ordering::SeqCst);
        self.watch = Stopwatch::start();
        self.said.set(None);
        let done = work(self);
        if self.pace == Pace::Terminal && self.said.get().is_some() {
            write("\r\x1b[K");
        }
        self.is_fatal.store(true, Ordering::SeqCst);
        done
    }
}

impl Watch for Progress {
    fn at(&self, stage: Stage, done: usize, all: usize) -> Result<(), Cancelled> {
        if self.is_fatal.load(Ordering::SeqCst) {
            return Err(Cancelled);
        }
        if let Some(line) = due(self.pace, self.watch.elapsed_ms(), &self.said) {
            write(&line(&report(stage, done, all)));
        }
        Ok(())
    }
}

/// Returns how to write a line, where one is due.
fn due(pace: Pace, now: u64, said: &Cell<Option<u64>>) -> Option<fn(&str) -> String> {
    let (pause, line): (_, fn(&str) -> String) = match pace {
        Pace::Terminal => (TERMINAL_MS, |text| format!("\r{text}\x1b[K")),
        Pace::Log => (LOG_MS, |text| format!("{text}\n")),
        Pace::Silent => return None,
    };
    let is_due = match said.get() {
        None => now >= PATIENCE_MS,
        Some(last) => now - last >= pause,
    };
    if is_due {
        said.set(Some(now));
    }
    is_due.then_some(line)
}

/// Returns `writing: 12000 of 100000`, or what is known of it.
fn report(stage: Stage, done: usize, all: usize) -> String {
    match (done, all) {
        (_, 0) => format!("{stage} ... (Ctrl-C stops)"),
        (done, all) => format!("{stage}: {done} of {all} (Ctrl-C stops)"),
    }
}

fn write(text: &str) {
    // Nobody is left to tell when standard error is closed.
    let mut stderr = std::io::stderr();
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the moments at which a line is written, of moments 50 ms apart.
    fn moments(pace: Pace, until: u64) -> Vec<u64> {
        let said = Cell::new(None);
        (0..=until).step_by(50).filter(|now| due(pace, *now, &said).is_some()).collect()
    }

    #[test]
    fn short_work_is_passed_over_and_long_work_reported_at_a_steady_pace() {
        assert_eq!(moments(Pace::Terminal, 450), [0; 0]);
        assert_eq!(moments(Pace::Terminal, 750), [500, 600, 700]);
        assert_eq!(moments(Pace::Log, 5_000), [500, 2_500, 4_500]);
        assert_eq!(moments(Pace::Silent, 5_000), [0; 0]);
    }

    #[test]
    fn what_is_not_known_is_not_counted() {
        assert_eq!(report(Stage::Writing, 1_024, 9_000), "writing: 1024 of 9000 (Ctrl-C stops)");
        assert_eq!(report(Stage::Reading, 0, 0), "reading ... (Ctrl-C stops)");
    }
}
