//! Carries effects out: the only part of the program that calls the use cases.

mod gauge;

use std::io;

use ratatui::Terminal;
use ratatui::backend::Backend as Canvas;
use ratatui::crossterm::event::Event;
use ratatui::layout::{Position, Rect};

use self::gauge::Gauge;
use super::program::Program;
use super::screen::{Effect, LineRequest, Outcome, Problem, Size, Undone, Words};
use super::screens::browse::BrowseBackend;
use super::screens::edit::EditBackend;
use super::screens::review_work::{ReviewBackend, ReviewNews};
use super::screens::settings::SettingsBackend;
use super::screens::stats::StatsBackend;
use super::theme::Background;
use crate::app::ImportOptions;
use crate::app::plan::FilePlan;
use crate::domain::watch::Watch;
use crate::domain::{Field, Grade, Now, Scale, Uid};
use crate::session::Next;
use crate::session::home::{Home, SessionRequest};

/// What the program needs done. A step is durable when its method returns.
pub trait Backend:
    EditBackend + ReviewBackend + BrowseBackend + StatsBackend + SettingsBackend
{
    /// Returns the time.
    fn now(&self) -> Now;

    /// Returns the overview.
    fn home(&mut self) -> Result<Home, Problem>;

    /// Starts a session and returns its first card.
    fn start(&mut self, request: SessionRequest) -> Result<Next, Problem>;

    /// Returns the card to show now.
    fn next(&mut self) -> Result<Next, Problem>;

    /// Takes an answer.
    fn answer(&mut self, card: Uid, grade: Grade, scale: Scale, ms: u32) -> Result<(), Problem>;

    /// Takes back the newest step of this run of the program.
    fn undo(&mut self) -> Result<Option<Undone>, Problem>;

    /// Does the step that was taken back last again.
    fn redo(&mut self) -> Result<Option<Undone>, Problem>;

    /// Changes fields of a note; returns whether anything of it differs now.
    fn edit(&mut self, note: Uid, fields: &[(Field, String)]) -> Result<bool, Problem>;

    /// Takes a card out of every queue.
    fn suspend(&mut self, card: Uid) -> Result<(), Problem>;

    /// Hides a card until tomorrow.
    fn bury(&mut self, card: Uid) -> Result<(), Problem>;

    /// Returns what a path could become.
    fn complete_path(&mut self, typed: &str) -> Vec<String>;

    /// Reads a file or folder and plans its import.
    fn read_plan(&mut self, path: &str, watch: &dyn Watch) -> Result<Vec<FilePlan>, Problem>;

    /// Compares a plan again after its rows were changed.
    fn replan(&mut self, plan: FilePlan, watch: &dyn Watch) -> Result<FilePlan, Problem>;

    /// Reads a file again with other options and keeps what was done to its rows.
    fn reread(
        &mut self,
        options: &ImportOptions,
        plan: &FilePlan,
        watch: &dyn Watch,
    ) -> Result<FilePlan, Problem>;

    /// Applies plans; the line returned says what changed.
    fn apply_plan(&mut self, plans: Vec<FilePlan>, watch: &dyn Watch) -> Result<String, Problem>;

    /// Returns lines of a deck file; none where it has no lines to show.
    fn lines(&mut self, request: &LineRequest) -> Vec<String>;

    /// Returns the new files of the inbox.
    fn inbox(&mut self) -> Result<Vec<String>, Problem>;

    /// Starts the program that speaks.
    fn speak(&mut self, words: &Words) -> Result<(), Problem>;

    /// Starts the program that is told what happened.
    fn notify(&mut self, text: &str) -> Result<(), Problem>;

    /// Returns what went wrong aside, since it was last asked for.
    fn complaint(&mut self) -> Option<Problem> {
        None
    }

    /// Returns what tells the milliseconds since this moment.
    fn stopwatch(&self) -> Box<dyn Fn() -> u64>;
}

/// Why the program was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// The learner wanted to.
    Quit,
    /// This signal said so.
    Signal(i32),
    /// The terminal went away.
    Closed,
}

/// What the terminal has to say.
#[derive(Clone, Debug, PartialEq)]
pub enum Incoming {
    /// A key, a paste, a resize.
    Event(Event),
    /// The terminal says what its background is.
    Background(Background),
    /// The screen was lost (the program was stopped): draw it all.
    Lost,
    /// A signal to leave.
    Signal(i32),
    /// The terminal is gone.
    Closed,
}

/// Where events come from, and what only the terminal can do.
pub trait Source {
    /// Waits for the next event.
    fn wait(&mut self) -> Incoming;

    /// Returns the next event if it is there already.
    fn glance(&mut self) -> Option<Incoming>;

    /// Stops the program until the shell continues it.
    ///
    /// # Errors
    /// The terminal could not be given back or taken again.
    fn stop(&mut self) -> io::Result<()>;

    /// Puts text on the clipboard, where the terminal allows that.
    fn copy(&mut self, _text: &str) {}

    /// Takes clicks and the wheel from now on, or leaves them to the terminal.
    fn set_mouse(&mut self, _is_wanted: bool) {}
}

/// Runs the program until it is left. Draws only after something happened.
pub fn run<C: Canvas>(
    program: &mut Program,
    first: Effect,
    backend: &mut dyn Backend,
    source: &mut dyn Source,
    terminal: &mut Terminal<C>,
) -> Left {
    let mut work = Some(first);
    loop {
        while let Some(effect) = work.take() {
            match effect {
                Effect::Quit => return Left::Quit,
                Effect::Copy(text) => source.copy(&text),
                Effect::Mouse(is_wanted) => source.set_mouse(is_wanted),
                Effect::Redraw => {
                    if redraw(terminal).is_err() {
                        return Left::Closed;
                    }
                }
                Effect::Stop => {
                    if source.stop().is_err() || redraw(terminal).is_err() {
                        return Left::Closed;
                    }
                }
                effect => {
                    let gauge = Gauge::new(program, terminal, source, backend.stopwatch());
                    let mut outcome = carry_out(effect, backend, &gauge);
                    let (stopped, left) = gauge.end();
                    if let Some(left) = left {
                        return left;
                    }
                    if stopped && matches!(outcome, Outcome::Failed(_)) {
                        outcome = Outcome::Stopped("Stopped; nothing was changed.".to_owned());
                    }
                    work = program.told(outcome, backend.now());
                }
            }
        }
        if draw(program, terminal).is_err() {
            return Left::Closed;
        }
        // What the screen still lacks comes after it is shown, a piece at a time.
        let mut incoming = None;
        while let Some(effect) = program.wish() {
            let outcome = carry_out(effect, backend, &());
            work = program.told(outcome, backend.now());
            if work.is_some() {
                break;
            }
            if draw(program, terminal).is_err() {
                return Left::Closed;
            }
            incoming = source.glance();
            if incoming.is_some() {
                break;
            }
        }
        if work.is_some() {
            continue;
        }
        let incoming = incoming.unwrap_or_else(|| source.wait());
        if measure(program, terminal).is_err() {
            return Left::Closed;
        }
        if let Some(problem) = backend.complaint() {
            program.warn(&problem.to_string());
        }
        work = match incoming {
            Incoming::Event(Event::Key(key)) => program.press(&key, backend.now()),
            Incoming::Event(Event::Mouse(event)) => program.point(&event, backend.now()),
            Incoming::Event(Event::Paste(text)) => {
                program.paste(&text);
                None
            }
            // Even if the size is as before: one in between may have cost some cells.
            Incoming::Event(Event::Resize(..)) | Incoming::Lost => Some(Effect::Redraw),
            Incoming::Event(_) => None,
            Incoming::Background(background) => {
                program.learn(background);
                None
            }
            Incoming::Signal(signal) => return Left::Signal(signal),
            Incoming::Closed => return Left::Closed,
        };
    }
}

/// Takes the size that the terminal has now: the event that tells of a change may
/// still be on its way, behind a key.
fn measure<C: Canvas>(program: &mut Program, terminal: &Terminal<C>) -> Result<(), C::Error> {
    let size = terminal.size()?;
    program.size = Size { width: size.width, height: size.height };
    Ok(())
}

fn draw<C: Canvas>(program: &mut Program, terminal: &mut Terminal<C>) -> Result<(), C::Error> {
    measure(program, terminal)?;
    terminal.draw(|frame| program.draw(frame))?;
    Ok(())
}

/// Forgets what is on the screen. `Terminal::clear` would ask the terminal where its
/// cursor is, and wait for an answer among the keys; this does not.
fn redraw<C: Canvas>(terminal: &mut Terminal<C>) -> Result<(), C::Error> {
    let size = terminal.size()?;
    terminal.resize(Rect::from((Position::ORIGIN, size)))
}

/// Does one piece of work; whatever goes wrong becomes a message.
fn carry_out(effect: Effect, backend: &mut dyn Backend, watch: &dyn Watch) -> Outcome {
    attempt(effect, backend, watch).unwrap_or_else(Outcome::Failed)
}

fn attempt(
    effect: Effect,
    backend: &mut dyn Backend,
    watch: &dyn Watch,
) -> Result<Outcome, Problem> {
    // From here on the step is done, so a failure may no longer read as if it were not.
    let then = |backend: &mut dyn Backend, outcome: &dyn Fn(Next) -> Outcome| match backend.next() {
        Ok(next) => outcome(next),
        Err(problem) => Outcome::Adrift(problem),
    };
    Ok(match effect {
        Effect::LoadHome => Outcome::Home(backend.home()?),
        Effect::Start(request) => {
            let next = backend.start(request.clone())?;
            Outcome::Started(request, next)
        }
        Effect::Answer { card, grade, scale, ms } => {
            backend.answer(card, grade, scale, ms)?;
            then(backend, &Outcome::Answered)
        }
        Effect::Undo => {
            let undone = backend.undo()?;
            then(backend, &|next| Outcome::Undone(undone.clone(), next))
        }
        Effect::Redo => {
            let redone = backend.redo()?;
            then(backend, &|next| Outcome::Redone(redone.clone(), next))
        }
        Effect::Edit { note, fields } => {
            let is_other = backend.edit(note, &fields)?;
            then(backend, &|next| Outcome::Edited(is_other, next))
        }
        Effect::Suspend(card) => {
            backend.suspend(card)?;
            then(backend, &|next| Outcome::PutAside("Suspended: in no queue from now on.", next))
        }
        Effect::Bury(card) => {
            backend.bury(card)?;
            then(backend, &|next| Outcome::PutAside("Buried until tomorrow.", next))
        }
        Effect::Complete(path) => Outcome::Completions(backend.complete_path(&path)),
        Effect::ReadPlan(path) => Outcome::Plan(backend.read_plan(&path, watch)?),
        Effect::Replan(file, plan) => {
            Outcome::Replanned(file, Box::new(backend.replan(*plan, watch)?))
        }
        Effect::Reread(file, options, plan) => {
            Outcome::Replanned(file, Box::new(backend.reread(&options, &plan, watch)?))
        }
        Effect::Apply(plans) => Outcome::Applied(backend.apply_plan(plans, watch)?),
        Effect::Lines(request) => {
            let lines = backend.lines(&request);
            Outcome::Lines(request, lines)
        }
        // It is an extra: what the screen does goes on without it.
        Effect::Speak(words) => Outcome::Spoke(backend.speak(&words).err()),
        Effect::Notify(text) => Outcome::Notified(backend.notify(&text).err()),
        Effect::Inbox => Outcome::Inbox(backend.inbox()?),
        Effect::Editor(work) => Outcome::Editor(backend.write(work)?),
        Effect::Review(work) => match backend.review(work)? {
            ReviewNews::Marked(marked) => then(backend, &|next| Outcome::Marked(marked, next)),
            news => Outcome::Review(news),
        },
        Effect::Browse(work) => Outcome::Browse(backend.browse(work)?),
        Effect::Stats(work) => Outcome::Stats(backend.stats(work)?),
        Effect::Settings(work) => Outcome::Settings(backend.settings(work)?),
        // The loop does these itself.
        Effect::Copy(_) | Effect::Mouse(_) | Effect::Stop | Effect::Redraw | Effect::Quit => {
            return Err(Problem::new("the terminal does not answer"));
        }
    })
}
