//! What can be typed at the prompts of a review besides answers and grades.

use super::{Result, Review};
use crate::cli::render;
use crate::domain::{Field, safe};
use crate::session::history::Entry;
use crate::session::{Shown, context};

/// What a line at a prompt leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It was no command.
    NoCommand,
    /// The prompt comes again.
    SameCard,
    /// The card that comes next now.
    NextCard,
    /// The session ends.
    Quit,
}

/// Every command and what it does.
const ALL: [(&str, &str); 11] = [
    (":u", "takes the newest step back"),
    (":r", "does it again"),
    (":e FIELD=TEXT", "changes a field: front, back, reading, note, example, source, tags"),
    (":m", "marks the note, or takes the mark away"),
    (":s", "suspends the card"),
    (":b", "buries it until tomorrow"),
    (":x", "shows the example with the answer blanked, before the answer is shown"),
    (":h", "shows what was answered before"),
    (":w", "says why this card is shown now"),
    (":q", "ends the session; every answer is kept"),
    (":?", "shows these commands"),
];

impl Review<'_, '_> {
    /// Carries out a command; a line that is none is left to the prompt.
    pub fn command(&mut self, shown: &mut Shown, line: &str, revealed: bool) -> Result<Then> {
        let line = line.trim();
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        match (word, rest) {
            ("q" | ":q", "") => Ok(Then::Quit),
            ("u" | ":u", "") => self.undo(),
            (":r", "") => self.redo(),
            (":s", "") => {
                self.desk.app.suspend_in(&mut self.session, shown.card, self.desk.now)?;
                self.done("suspended")
            }
            (":b", "") => {
                self.desk.app.bury_in(&mut self.session, shown.card, self.desk.now)?;
                self.done("buried until tomorrow")
            }
            (":m", "") => {
                let now = self.desk.now;
                let marked = self.desk.app.mark_in(&mut self.session, shown.note, now)?;
                self.taken_back.clear();
                self.reload(shown)?;
                self.say(if marked { "marked" } else { "the mark is taken away" })
            }
            (":e", change) => self.edit(shown, change),
            (":x", "") if revealed => self.say("the answer is shown already"),
            (":x", "") => {
                let hint = context::hint(&shown.fields, &shown.question, &shown.answer);
                self.say(&match hint {
                    Some(hint) => format!("Hint: {}", safe::line(&hint)),
                    None => "no hint: there is no example that holds the term".to_owned(),
                })
            }
            (":h", "") => self.history(shown),
            (":w", "") => {
                let why = self.desk.app.why(&self.session, shown, self.left, self.desk.now)?;
                for (label, words) in why.lines() {
                    self.desk.out.line(&format!("{label}: {words}"))?;
                }
                Ok(Then::SameCard)
            }
            (":?", "") => {
                for (command, about) in ALL {
                    self.desk.out.line(&format!("{command} {about}"))?;
                }
                Ok(Then::SameCard)
            }
            _ => Ok(Then::NoCommand),
        }
    }

    fn undo(&mut self) -> Result<Then> {
        let undone = self.desk.app.undo_step(&mut self.session, self.desk.now)?;
        let Some(undone) = undone else { return self.said("nothing to take back") };
        let done = if undone.was_answer { self.summary.done.pop() } else { None };
        self.taken_back.push(done);
        self.said(&format!("taken back: {}", safe::line(&undone.what)))
    }

    fn redo(&mut self) -> Result<Then> {
        let redone = self.desk.app.redo_step(&mut self.session, self.desk.now)?;
        let Some(redone) = redone else { return self.say("nothing to do again") };
        self.summary.done.extend(self.taken_back.pop().flatten());
        self.said(&format!("done again: {}", safe::line(&redone.what)))
    }

    fn edit(&mut self, shown: &mut Shown, change: &str) -> Result<Then> {
        let Some((field, text)) = change.split_once('=') else {
            return self.say("write the field and its text: :e back=public library");
        };
        let field: Field = match field.parse() {
            Ok(field) => field,
            Err(why) => return self.say(&safe::line(&why)),
        };
        let (app, now) = (&mut self.desk.app, self.desk.now);
        let changes = [(field, text.trim().to_owned())];
        match app.edit_in(&mut self.session, shown.note, &changes, now) {
            Ok(true) => {}
            Ok(false) => return self.say("nothing is different: there was nothing to save"),
            Err(error) => return self.say(&safe::line(&error.to_string())),
        }
        self.taken_back.clear();
        self.reload(shown)?;
        self.say(&format!(
            "saved: {} is now {}",
            field.name(),
            safe::line(&shown.fields.text(field))
        ))
    }

    fn history(&mut self, shown: &Shown) -> Result<Then> {
        let entries = self.desk.app.card_history(shown.card)?;
        if entries.is_empty() {
            return self.say("this card was never answered");
        }
        for entry in &entries {
            self.desk.out.line(&told(entry))?;
        }
        Ok(Then::SameCard)
    }

    /// Reads the card on the screen again after its note was changed.
    fn reload(&mut self, shown: &mut Shown) -> Result {
        if let Some(next) = self.next()?.filter(|next| next.card == shown.card) {
            *shown = *next;
        }
        Ok(())
    }

    /// The card has left the queue.
    fn done(&mut self, words: &str) -> Result<Then> {
        self.taken_back.clear();
        self.said(words)
    }

    fn said(&mut self, words: &str) -> Result<Then> {
        self.desk.out.line(words)?;
        Ok(Then::NextCard)
    }

    fn say(&mut self, words: &str) -> Result<Then> {
        self.desk.out.line(words)?;
        Ok(Then::SameCard)
    }
}

/// Returns an entry as a line: `2026-11-18: Good, 6d, ease 2.50, 2.3 s`.
fn told(entry: &Entry) -> String {
    let Entry { day, ms, interval_d, ease_centi, .. } = *entry;
    let kind = match entry.grade {
        Some(_) if !entry.is_review() => format!(" ({})", entry.kind),
        _ => String::new(),
    };
    let interval = render::interval(interval_d);
    let after = if entry.is_review() || entry.grade.is_none() {
        format!(", {interval}, ease {}.{:02}", ease_centi / 100, ease_centi % 100)
    } else {
        String::new()
    };
    let time = match ms {
        0 => String::new(),
        ms => format!(", {}.{} s", ms / 1_000, ms % 1_000 / 100),
    };
    format!("{day}: {}{kind}{after}{time}", entry.words())
}
