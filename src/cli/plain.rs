//! The review line by line, for pipes and screen readers.

use std::io::BufRead;
use std::path::PathBuf;

use crate::app::Session;
use crate::domain::{Grade, Now, Scale, safe};
use crate::error::Error;
use crate::session::home::SessionRequest;
use crate::session::typed::{Match, compare};
use crate::session::{Shown, summary};

use super::cards::queue_name;
use super::{Desk, Result, render};

/// The longest line that is read as an answer, in bytes.
const MAX_LINE: u64 = 64 * 1024;

/// Shows a front, reads a line, shows the back, reads a grade, until nothing is
/// left or the input ends. Every answer is kept when the next card shows.
pub fn review(desk: &mut Desk<'_>, request: &SessionRequest) -> Result {
    let mut session = desk.app.start(request, desk.now)?;
    let mut done = summary::Summary::default();
    let mut next = desk.app.next(&session, desk.now)?;
    desk.out.line(&render::counts(next.counts))?;
    while let Some(shown) = next.card.take() {
        let since = desk.now;
        desk.out.line("")?;
        desk.out.line(&format!(
            "[{}] {}",
            queue_name(shown.queue),
            safe::line(shown.deck.as_str())
        ))?;
        if shown.same_question.1 > 1 {
            let (place, of) = shown.same_question;
            desk.out.line(&format!("({place} of {of} with this front)"))?;
        }
        desk.out.line(&format!("Front: {}", safe::line(&shown.question)))?;
        let Some(typed) = read_line(desk, "Answer: ")? else { break };
        // A letter that is the answer itself is no command.
        let is_answer = compare(&typed, &shown.answer).matched == Match::Exact;
        let command = if is_answer {
            Command::None
        } else {
            command(desk, &mut session, &shown, &typed, &mut done)?
        };
        match command {
            Command::Quit => break,
            Command::Done => {}
            Command::None => {
                show_back(desk, &shown, &typed)?;
                if !grade(desk, &mut session, &shown, since, &mut done)? {
                    break;
                }
            }
        }
        // A session may well last beyond the hour at which a study day begins.
        desk.now = desk.clock.now();
        next = desk.app.next(&session, desk.now)?;
    }
    let left = desk.app.next(&session, desk.now)?.counts;
    desk.out.line("")?;
    if let Some(accuracy) = done.accuracy_pct() {
        let answers = render::plural(done.done.len(), "answer");
        desk.out.line(&format!("{answers}, {accuracy}% remembered"))?;
    }
    desk.out.line(&if left.total() == 0 {
        "nothing is left for today".to_owned()
    } else {
        format!("left today: {}", render::counts(left))
    })
}

fn show_back(desk: &mut Desk<'_>, shown: &Shown, typed: &str) -> Result {
    desk.out.line(&format!("Back: {}", safe::line(&shown.answer)))?;
    let fields = &shown.fields;
    let more = [
        ("Reading", &fields.reading),
        ("Note", &fields.note),
        ("Example", &fields.example),
        ("Source", &fields.source),
    ];
    for (name, text) in more.iter().filter(|(_, text)| !text.is_empty()) {
        desk.out.line(&format!("{name}: {}", safe::line(text)))?;
    }
    if !typed.is_empty() {
        let verdict = compare(typed, &shown.answer);
        let other =
            shown.other_answers.iter().any(|other| compare(typed, other).matched == Match::Exact);
        let word = match verdict.matched {
            Match::Exact => "right",
            Match::Close => "nearly right",
            Match::Wrong if other => "that is the other card with this front",
            Match::Wrong => "wrong",
        };
        let suggested = verdict.suggestion(shown.scale);
        desk.out.line(&format!(
            "Your answer is {word}; suggested grade: {}",
            name(shown.scale, suggested)
        ))?;
    }
    let hints: Vec<String> = shown
        .scale
        .buttons()
        .iter()
        .map(|(key, grade, name)| {
            format!("{key} {name} {}", render::outcome(shown.outcome(*grade)))
        })
        .collect();
    desk.out.line(&hints.join(" | "))
}

fn name(scale: Scale, grade: Grade) -> String {
    scale
        .buttons()
        .iter()
        .find(|(_, own, _)| *own == grade)
        .map_or_else(|| grade.raw().to_string(), |(key, _, name)| format!("{key} {name}"))
}

/// Reads grades until one can be taken; `false` when the session is to end.
fn grade(
    desk: &mut Desk<'_>,
    session: &mut Session,
    shown: &Shown,
    since: Now,
    done: &mut summary::Summary,
) -> Result<bool> {
    loop {
        let Some(line) = read_line(desk, "Grade: ")? else { return Ok(false) };
        match command(desk, session, shown, &line, done)? {
            Command::Quit => return Ok(false),
            Command::Done => return Ok(true),
            Command::None => {}
        }
        let Some(grade) = grade_of(&line, shown.scale) else {
            desk.out.line(
                "a grade is the number or the name of a button; \
                 :u takes back, :s suspends, :b buries, :q ends",
            )?;
            continue;
        };
        desk.now = desk.clock.now();
        let ms = u32::try_from(desk.now.at_ms - since.at_ms).unwrap_or_default();
        desk.app.answer_in(session, shown.card, grade, ms, desk.now)?;
        let (question, answer) = (shown.question.clone(), shown.answer.clone());
        done.done.push(summary::Done { question, answer, queue: shown.queue, grade, ms });
        desk.out.line(&format!("taken: {}", render::outcome(shown.outcome(grade))))?;
        return Ok(true);
    }
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

enum Command {
    None,
    Done,
    Quit,
}

/// Carries out `:q`, `:u`, `:s` and `:b`, and the bare letters where no answer is
/// typed that could be meant.
fn command(
    desk: &mut Desk<'_>,
    session: &mut Session,
    shown: &Shown,
    line: &str,
    done: &mut summary::Summary,
) -> Result<Command> {
    match line.trim() {
        "q" | ":q" => Ok(Command::Quit),
        "u" | ":u" => {
            let undone = desk.app.undo_step(session, desk.now)?;
            let text = match &undone {
                Some(undone) => format!("taken back: {}", safe::line(&undone.what)),
                None => "nothing to take back".to_owned(),
            };
            if undone.is_some_and(|undone| undone.was_answer) {
                done.done.pop();
            }
            desk.out.line(&text)?;
            Ok(Command::Done)
        }
        ":s" => {
            desk.app.suspend_in(session, shown.card, desk.now)?;
            desk.out.line("suspended")?;
            Ok(Command::Done)
        }
        ":b" => {
            desk.app.bury_in(session, shown.card, desk.now)?;
            desk.out.line("buried until tomorrow")?;
            Ok(Command::Done)
        }
        _ => Ok(Command::None),
    }
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
