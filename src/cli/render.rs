//! What reaches standard output and standard error.

use std::io::{self, BufWriter, Stderr, Stdout, Write};

use serde::Serialize;
use serde_json::{Value, json};

use crate::app::{Change, Turning};
pub use crate::domain::text::plural;
use crate::domain::{Day, State, safe};
use crate::session::{Counts, Outcome};

use super::args::Globals;
use super::{Result, Stop};

/// Standard output, and standard error for everything that is no result.
pub struct Out {
    stdout: BufWriter<Stdout>,
    stderr: Stderr,
    json: bool,
    quiet: bool,
}

impl Out {
    pub fn standard(globals: &Globals) -> Self {
        Self {
            stdout: BufWriter::new(io::stdout()),
            stderr: io::stderr(),
            json: globals.json,
            quiet: globals.quiet,
        }
    }

    /// Whether JSON is wanted.
    pub const fn is_json(&self) -> bool {
        self.json
    }

    /// Writes a line of the result. Text from decks must have been made harmless.
    pub fn line(&mut self, text: &str) -> Result {
        self.raw(text)?;
        self.raw("\n")
    }

    /// Writes text as it is.
    pub fn raw(&mut self, text: &str) -> Result {
        self.bytes(text.as_bytes())
    }

    /// Writes bytes as they are.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result {
        self.stdout.write_all(bytes).map_err(broken)
    }

    /// Writes a line unless less was asked for.
    pub fn info(&mut self, text: &str) -> Result {
        if self.quiet { Ok(()) } else { self.line(text) }
    }

    /// Writes what was buffered, so that it can be read before the program waits.
    pub fn flush(&mut self) -> Result {
        self.stdout.flush().map_err(broken)
    }

    /// Writes the one JSON document.
    pub fn json(&mut self, value: &impl Serialize) -> Result {
        let text = serde_json::to_string(value)
            .map_err(|error| crate::error::Error::Invalid(error.to_string()))?;
        let text = escape_invisible(&text);
        self.line(&text)
    }

    /// Writes a message to standard error.
    pub fn note(&mut self, text: &str) {
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(self.stderr, "{}", safe::lines(text));
    }
}

fn broken(error: io::Error) -> Stop {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Stop::Pipe,
        _ => Stop::Failed(crate::error::Error::File {
            path: "standard output".into(),
            source: error,
        }),
    }
}

/// Writes controls and bidirectional marks as `\uXXXX`; they only occur inside
/// strings, where that means the same.
fn escape_invisible(json: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c == '\u{7f}' || safe::is_invisible(c) || matches!(c, '\u{2028}' | '\u{2029}') {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Returns the shape STATE; what FSRS holds of a card is in it where FSRS plans it.
pub fn state(state: &State, today: Day) -> Value {
    let mut shape = json!({
        "repetitions": state.repetitions,
        "ease_centi": state.ease_centi,
        "interval": state.interval_d,
        "due": state.due,
        "lapses": state.lapses,
        "suspended": state.suspended.is_some(),
        "buried": state.is_buried(today),
        "leech": state.is_leech(),
    });
    if let Some(memory) = state.memory {
        // Of single precision: more places would be made up.
        let rounded = |value: f32| (f64::from(value) * 1e4).round() / 1e4;
        shape["stability"] = json!(rounded(memory.stability));
        shape["difficulty"] = json!(rounded(memory.difficulty));
    }
    shape
}

/// Returns `1 Again 1d, again today` without the key: what an answer does.
pub fn outcome(outcome: Outcome) -> String {
    let again = if outcome.drill { ", again today" } else { "" };
    format!("{}{again}", interval(outcome.wait_d))
}

/// Returns `214 cards move, 31 become due`.
pub fn moves(turning: &Turning) -> String {
    let verb = if turning.moved == 1 { "moves" } else { "move" };
    let due = if turning.due == 1 { "becomes due" } else { "become due" };
    format!("{} {verb}, {} {due}", plural(turning.moved, "card"), turning.due)
}

/// Returns some days for people: `6d`, `2.5mo`, `1.3y`.
pub fn interval(days: u32) -> String {
    match days {
        0..=30 => format!("{days}d"),
        31..=364 => format!("{:.1}mo", f64::from(days) / 30.4),
        _ => format!("{:.1}y", f64::from(days) / 365.25),
    }
}

/// Returns a bar of `cells` cells where `value` is as much as `most`: what is not nothing
/// takes one at least. A `plain` one is of a sign that is spoken well.
pub fn bar(value: u64, most: u64, cells: u64, plain: bool) -> String {
    let length = (value * cells).div_ceil(most.max(1)) as usize;
    (if plain { "#" } else { "█" }).repeat(length)
}

/// Returns `12 due, 5 new` and the drill where there is one.
pub fn counts(counts: Counts) -> String {
    let drill = match counts.drill {
        0 => String::new(),
        drill => format!(", {drill} to drill"),
    };
    format!("{} due, {} new{drill}", counts.due, counts.new)
}

impl Out {
    /// Writes what a change touched.
    pub fn change(&mut self, change: &Change, verb: &str) -> Result {
        if self.json {
            return self.json(change);
        }
        for kept in &change.kept {
            self.line(&format!("kept {}: {}", kept.id, kept.why))?;
        }
        let touched = match (change.notes.len(), change.cards.len()) {
            (0, 0) => "nothing".to_owned(),
            (0, cards) => plural(cards, "card"),
            (notes, 0) => plural(notes, "note"),
            (notes, cards) => format!("{}, {}", plural(notes, "note"), plural(cards, "card")),
        };
        self.info(&format!("{verb}: {touched}"))
    }
}

impl Out {
    /// Writes a line for people, where no JSON is wanted.
    pub fn info_unless_json(&mut self, text: &str) -> Result {
        if self.json { Ok(()) } else { self.info(text) }
    }
}
