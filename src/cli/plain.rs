//! The review line by line, for pipes and screen readers.

mod commands;

use std::io::BufRead;
use std::path::PathBuf;

use crate::app::Session;
use crate::domain::{Grade, Now, Scale, Slot, safe};
use crate::error::Error;
use crate::session::home::{Scope, SessionRequest};
use crate::session::prospect::Prospect;
use crate::session::summary::{Done, Summary};
use crate::session::typed::{Match, compare};
use crate::session::{Counts, Shown, hint};

use super::cards::queue_name;
use super::{Desk, Result, render};
use commands::Then;

/// The longest line that is read as an answer, in bytes.
const MAX_LINE: u64 = 64 * 1024;

/// A review at the prompt.
struct Review<'r, 'd> {
    desk: &'r mut Desk<'d>,
    session: Session,
    summary: Summary,
    /// Answers that were taken back, for a redo.
    taken_back: Vec<Option<Done>>,
    /// What is left, the card that is shown included.
    left: Counts,
}

/// Shows a front, reads a line, shows the back, reads a grade, until nothing is
/// left or the input ends. Every answer is kept when the next card shows.
pub fn review(desk: &mut Desk<'_>, request: &SessionRequest) -> Result {
    let session = desk.app.start(request, desk.now)?;
    let mut review = Review {
        desk,
        session,
        summary: Summary::default(),
        taken_back: Vec::new(),
        left: Counts::default(),
    };
    review.run()?;
    review.close(request)
}

impl Review<'_, '_> {
    fn run(&mut self) -> Result {
        let mut shown = self.next()?;
        self.desk.out.line(&render::counts(self.left))?;
        while let Some(mut card) = shown {
            if !self.card(&mut card)? {
                break;
            }
            // A session may well last beyond the hour at which a study day begins.
            self.desk.now = self.desk.clock.now();
            shown = self.next()?;
        }
        Ok(())
    }

    fn next(&mut self) -> Result<Option<Box<Shown>>> {
        let next = self.desk.app.next(&self.session, self.desk.now)?;
        self.left = next.counts;
        Ok(next.card)
    }

    /// Asks one card; `false` when the session is to end.
    fn card(&mut self, shown: &mut Shown) -> Result<bool> {
        let since = self.desk.now;
        self.desk.out.line("")?;
        let mark = if shown.fields.is_marked() { " * marked" } else { "" };
        let reverse = if shown.slot == Slot::Reverse { ", reverse" } else { "" };
        self.desk.out.line(&format!(
            "[{}] {}{reverse}{mark}",
            queue_name(shown.queue),
            safe::line(shown.deck.as_str())
        ))?;
        let (place, of) = shown.same_question;
        if of > 1 {
            let side = shown.slot.asked_side();
            self.desk.out.line(&format!("({place} of {of} with this {side})"))?;
        }
        self.desk.out.line(&format!("Front: {}", safe::line(&shown.question)))?;
        let typed = loop {
            let Some(typed) = read_line(self.desk, "Answer: ")? else { return Ok(false) };
            // A letter that is the answer itself is no command.
            if compare(&typed, &shown.answer).matched == Match::Exact {
                break typed;
            }
            match self.command(shown, &typed, false)? {
                Then::Quit => return Ok(false),
                Then::NextCard => return Ok(true),
                Then::SameCard => {}
                Then::NoCommand => break typed,
            }
        };
        self.show_back(shown, &typed)?;
        self.grade(shown, since)
    }

    fn show_back(&mut self, shown: &Shown, typed: &str) -> Result {
        let out = &mut *self.desk.out;
        out.line(&format!("Back: {}", safe::line(&shown.answer)))?;
        let fields = &shown.fields;
        let more = [
            ("Reading", &fields.reading),
            ("Note", &fields.note),
            ("Example", &fields.example),
            ("Source", &fields.source),
        ];
        let guess = if fields.reading.is_empty() { hint::hint(fields) } else { None };
        if let Some(guess) = guess {
            out.line(&format!("Reading, guessed: {}", safe::line(&guess)))?;
        }
        for (name, text) in more.iter().filter(|(_, text)| !text.is_empty()) {
            out.line(&format!("{name}: {}", safe::line(text)))?;
        }
        if !typed.is_empty() {
            let verdict = compare(typed, &shown.answer);
            let is_other = |other: &String| compare(typed, other).matched == Match::Exact;
            let word = match verdict.matched {
                Match::Wrong if shown.other_answers.iter().any(is_other) => {
                    format!("that is the other card with this {}", shown.slot.asked_side())
                }
                other => other.words().to_owned(),
            };
            let suggested = name(shown.scale, verdict.suggestion(shown.scale));
            out.line(&format!("Your answer is {word}; suggested grade: {suggested}"))?;
        }
        let buttons = shown.scale.buttons().iter();
        let hints: Vec<String> = buttons
            .map(|(key, grade, name)| {
                format!("{key} {name} {}", render::outcome(shown.outcome(*grade)))
            })
            .collect();
        out.line(&hints.join(" | "))
    }

    /// Reads grades until one can be taken; `false` when the session is to end.
    fn grade(&mut self, shown: &mut Shown, since: Now) -> Result<bool> {
        loop {
            let Some(line) = read_line(self.desk, "Grade: ")? else { return Ok(false) };
            match self.command(shown, &line, true)? {
                Then::Quit => return Ok(false),
                Then::NextCard => return Ok(true),
                Then::SameCard => continue,
                Then::NoCommand => {}
            }
            let Some(grade) = grade_of(&line, shown.scale) else {
                self.desk.out.line(
                    "a grade is the number or the name of a button; \
                     :u takes back, :s suspends, :b buries, :q ends, :? shows all",
                )?;
                continue;
            };
            self.desk.now = self.desk.clock.now();
            let ms = u32::try_from(self.desk.now.at_ms - since.at_ms).unwrap_or_default();
            let now = self.desk.now;
            self.desk.app.answer_in(&mut self.session, shown.card, grade, ms, now)?;
            self.summary.done.push(Done::of(shown, grade, ms));
            self.taken_back.clear();
            self.desk.out.line(&format!("taken: {}", render::outcome(shown.outcome(grade))))?;
            return Ok(true);
        }
    }

    /// Says what the session came to, and what could come next.
    fn close(&mut self, request: &SessionRequest) -> Result {
        let _ = self.next()?;
        let out = &mut *self.desk.out;
        out.line("")?;
        if let Some(accuracy) = self.summary.accuracy_pct() {
            let answers = render::plural(self.summary.done.len(), "answer");
            out.line(&format!("{answers}, {accuracy}% remembered"))?;
        }
        if self.left.total() > 0 {
            return out.line(&format!("left today: {}", render::counts(self.left)));
        }
        out.line("nothing is left for today")?;
        // The command line has no name for the notes of a drill: all decks stand in.
        let scope = match &request.scope {
            Scope::Notes(_) => Scope::All,
            other => other.clone(),
        };
        let plain = SessionRequest { scope, ..SessionRequest::default() };
        let prospect = self.desk.app.prospect(&plain, self.desk.now)?;
        self.offer(&plain.scope, &prospect)
    }

    fn offer(&mut self, scope: &Scope, prospect: &Prospect) -> Result {
        let out = &mut *self.desk.out;
        let [tomorrow, ..] = prospect.week;
        let week: u32 = prospect.week.iter().sum();
        if week > 0 {
            out.line(&format!("due tomorrow: {tomorrow}, in the next 7 days: {week}"))?;
        }
        for offer in prospect.offers() {
            let arguments: Vec<String> =
                offer.arguments(scope).iter().map(|word| quoted(word)).collect();
            let (what, how) = offer.words();
            let words = safe::line(&format!("{what}, {how}")).into_owned();
            out.line(&format!("termdeck {}: {words}", safe::line(&arguments.join(" "))))?;
        }
        Ok(())
    }
}

/// Returns a word as a shell reads it back.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

fn name(scale: Scale, grade: Grade) -> String {
    scale
        .buttons()
        .iter()
        .find(|(_, own, _)| *own == grade)
        .map_or_else(|| grade.raw().to_string(), |(key, _, name)| format!("{key} {name}"))
}

fn grade_of(line: &str, scale: Scale) -> Option<Grade> {
    let word = crate::domain::text::fold(line);
    scale
        .buttons()
        .iter()
        .find(|(key, _, name)| {
            word == name.to_lowercase() || word.chars().eq(std::iter::once(*key))
        })
        .map(|(_, grade, _)| *grade)
        .or_else(|| word.parse().ok().filter(|_| word.chars().all(char::is_alphabetic)))
}

/// Shows a prompt and returns the next line, or `None` at the end of the input.
pub(super) fn read_line(desk: &mut Desk<'_>, prompt: &str) -> Result<Option<String>> {
    use std::io::Read;
    desk.out.raw(prompt)?;
    desk.out.flush()?;
    let failed = |source| Error::File { path: PathBuf::from("standard input"), source };
    let mut bytes = Vec::new();
    let mut input = std::io::stdin().lock();
    let read = input.by_ref().take(MAX_LINE).read_until(b'\n', &mut bytes).map_err(failed)?;
    if read as u64 == MAX_LINE && !bytes.ends_with(b"\n") {
        // The rest of the line is no answer to the next question.
        input.skip_until(b'\n').map_err(failed)?;
    }
    if read == 0 {
        desk.out.line("")?;
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim().to_owned()))
}
