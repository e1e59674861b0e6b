//! What the terminal's background is: asked, and heard among the keys.
//!
//! The answer, `ESC ] 11 ; rgb:... ST`, comes the way keys come, and crossterm reads it
//! as Alt-`]` and characters. So nobody has to wait for it: keys that were typed before
//! or after it stay keys, whether it comes at once, late, or never.

use std::collections::VecDeque;
use std::io::{self, Write as _, stdout};
use std::time::Duration;

use ratatui::crossterm::event::{self, Event, KeyCode, KeyModifiers};

use crate::clock::Stopwatch;
use crate::tui::theme::{Background, background_by_color};

/// Asks for the background colour.
///
/// Source: xterm's ctlseqs, "OSC Ps ; Pt BEL", Ps = 11, Pt = `?`.
const QUESTION: &str = "\x1b]11;?\x07";

/// What every answer begins with.
const START: &str = "11;rgb";

/// Signs of an answer at most.
const MOST: usize = 40;

/// How long the rest of an answer may take, and how long an answer is waited for
/// before the terminal is given back: else it would end up at the shell's prompt.
const PATIENCE: Duration = Duration::from_millis(100);

/// The question, as long as it is open.
#[derive(Debug, Default)]
pub struct Question {
    asked: Option<Stopwatch>,
    /// Events that looked like an answer and were none.
    back: VecDeque<Event>,
}

/// What signs that may be an answer come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heard {
    /// It is not whole yet.
    Part,
    /// It is.
    Whole(Option<Background>),
    /// These are keys.
    Keys,
}

impl Question {
    /// Asks the terminal.
    ///
    /// # Errors
    /// The terminal went away.
    pub fn ask(&mut self) -> io::Result<()> {
        self.asked = Some(Stopwatch::start());
        stdout().write_all(QUESTION.as_bytes())?;
        stdout().flush()
    }

    /// Returns an event that is to be taken before any other.
    pub fn kept(&mut self) -> Option<Event> {
        self.back.pop_front()
    }

    /// Reads the next event, which must be there; one that begins an answer is heard
    /// to its end.
    ///
    /// # Errors
    /// The terminal went away.
    pub fn read(&mut self) -> io::Result<Result<Event, Background>> {
        let first = event::read()?;
        if self.asked.is_none() || !begins(&first) {
            return Ok(Ok(first));
        }
        let mut text = String::new();
        let mut events = VecDeque::from([first]);
        while event::poll(PATIENCE)? {
            let event = event::read()?;
            let heard = hear(&mut text, &event);
            events.push_back(event);
            match heard {
                Heard::Part => {}
                Heard::Whole(background) => {
                    self.asked = None;
                    return match background {
                        Some(background) => Ok(Err(background)),
                        // Nothing that anybody pressed: as good as a change of focus.
                        None => Ok(Ok(Event::FocusGained)),
                    };
                }
                Heard::Keys => break,
            }
        }
        let first = events.pop_front().unwrap_or(Event::FocusGained);
        self.back = events;
        Ok(Ok(first))
    }

    /// Waits a moment for an answer that is still on its way, and drops it.
    pub fn settle(&mut self) {
        let Some(asked) = &self.asked else { return };
        let patience = PATIENCE.as_millis() as u64;
        while let Some(left) = patience.checked_sub(asked.elapsed_ms()).filter(|left| *left > 0) {
            let Ok(true) = event::poll(Duration::from_millis(left)) else { return };
            let is_last = |event: &Event| ends(event).is_some();
            if event::read().is_ok_and(|event| is_last(&event)) {
                return;
            }
        }
    }
}

fn begins(event: &Event) -> bool {
    matches!(event, Event::Key(key) if key.code == KeyCode::Char(']') && key.modifiers == KeyModifiers::ALT)
}

/// Whether an event is the end of an answer: ST, or BEL as some terminals send.
fn ends(event: &Event) -> Option<()> {
    let Event::Key(key) = event else { return None };
    let is_st = key.code == KeyCode::Char('\\') && key.modifiers == KeyModifiers::ALT;
    let is_bel = key.code == KeyCode::Char('g') && key.modifiers == KeyModifiers::CONTROL;
    (is_st || is_bel).then_some(())
}

/// Adds an event to what was heard behind the first one.
fn hear(text: &mut String, event: &Event) -> Heard {
    if ends(event).is_some() && text.starts_with(START) {
        return Heard::Whole(text.strip_prefix("11;").and_then(background_by_color));
    }
    match event {
        Event::Key(key) if key.modifiers.difference(KeyModifiers::SHIFT).is_empty() => {
            let KeyCode::Char(c) = key.code else { return Heard::Keys };
            text.push(c);
        }
        _ => return Heard::Keys,
    }
    let is_answer = START.starts_with(text.as_str()) || text.starts_with(START);
    if is_answer && text.len() <= MOST { Heard::Part } else { Heard::Keys }
}

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::KeyEvent;

    use super::*;

    fn key(c: char, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    fn heard(typed: &str, last: &Event) -> Heard {
        let mut text = String::new();
        for c in typed.chars() {
            let heard = hear(&mut text, &key(c, KeyModifiers::NONE));
            if heard != Heard::Part {
                return heard;
            }
        }
        hear(&mut text, last)
    }

    #[test]
    fn an_answer_is_heard_among_the_keys() {
        let st = key('\\', KeyModifiers::ALT);
        let bel = key('g', KeyModifiers::CONTROL);
        let dark = Heard::Whole(Some(Background::Dark));
        assert_eq!(heard("11;rgb:1e1e/1e1e/2e2e", &st), dark);
        assert_eq!(heard("11;rgb:1e1e/1e1e/2e2e", &bel), dark);
        assert_eq!(heard("11;rgba:ff/ff/ff/ff", &bel), Heard::Whole(Some(Background::Light)));
        assert_eq!(heard("11;rgb:?", &st), Heard::Whole(None));
    }

    #[test]
    fn what_only_begins_like_an_answer_stays_keys() {
        let enter = Event::Key(KeyEvent::from(KeyCode::Enter));
        for typed in ["x", "1x", "11;x", "11;rgb:0", ""] {
            assert_eq!(heard(typed, &enter), Heard::Keys, "{typed}");
        }
        let endless = format!("11;rgb:{}", "0".repeat(60));
        assert_eq!(heard(&endless, &enter), Heard::Keys);
        assert!(!begins(&key(']', KeyModifiers::NONE)));
    }
}
