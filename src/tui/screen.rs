//! What passes between the screens and the runner.

use std::fmt;

use super::keymap::Keys;
use super::screens::browse::{BrowseNews, BrowseWork};
use super::screens::edit::{EditNews, EditWork};
use super::screens::review_work::{ReviewNews, ReviewWork};
use super::screens::settings::{SettingsNews, SettingsWork};
use super::screens::stats::{StatsNews, StatsWork};
use crate::app::ImportOptions;
pub use crate::app::Undone;
pub use crate::app::hooks::Words;
use crate::app::plan::FilePlan;
use crate::domain::watch::Stage;
use crate::domain::{Field, Grade, Now, Scale, Uid};
use crate::session::Next;
use crate::session::home::{Home, SessionRequest};

/// Something that went wrong, for the status line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What happened, and where.
    pub message: String,
    /// What to do about it, where there is something to do.
    pub hint: Option<String>,
}

impl Problem {
    /// Returns a problem without a hint.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.hint {
            Some(hint) => write!(f, " ({hint})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Problem {}

/// The screen to open with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// The decks.
    Home,
    /// A review session.
    Review(SessionRequest),
    /// A review session of what was just imported; the line says what that changed.
    Drill(SessionRequest, String),
    /// The import of this file.
    Import(String),
}

/// The size of the terminal in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Size {
    /// The smallest size that is drawn on.
    pub const MIN: Self = Self { width: 40, height: 12 };

    /// Whether there is room for a screen.
    #[must_use]
    pub const fn is_enough(self) -> bool {
        self.width >= Self::MIN.width && self.height >= Self::MIN.height
    }

    /// Returns the rows that one page up or down moves by.
    #[must_use]
    pub fn page(self) -> usize {
        usize::from(self.height.saturating_sub(8)).max(1)
    }
}

/// Lines of a deck file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRequest {
    /// Its path.
    pub path: String,
    /// The encoding that it was read in.
    pub encoding: String,
    /// The first line, from 1.
    pub from: u32,
}

/// How far a long piece of work has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What it is at.
    pub stage: Stage,
    /// Parts that are through.
    pub done: usize,
    /// All parts; 0 where it is not known.
    pub all: usize,
}

/// Work that a screen asks for; only the runner carries it out.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Read the overview.
    LoadHome,
    /// Start a session.
    Start(SessionRequest),
    /// Take an answer, durably, then show the next card.
    Answer {
        /// The card.
        card: Uid,
        /// The grade.
        grade: Grade,
        /// The buttons it was chosen from.
        scale: Scale,
        /// Time taken in milliseconds.
        ms: u32,
    },
    /// Take the newest step back.
    Undo,
    /// Do it again.
    Redo,
    /// Change fields of a note.
    Edit {
        /// The note.
        note: Uid,
        /// The fields that changed, with their new text.
        fields: Vec<(Field, String)>,
    },
    /// Take a card out of every queue.
    Suspend(Uid),
    /// Hide a card until tomorrow.
    Bury(Uid),
    /// Find what a path could become.
    Complete(String),
    /// Read a file and plan its import.
    ReadPlan(String),
    /// Compare the plan of a file again, after its rows were changed.
    Replan(usize, Box<FilePlan>),
    /// Read a file again with other options, and keep what was done to its rows.
    Reread(usize, Box<ImportOptions>, Box<FilePlan>),
    /// Apply a plan.
    Apply(Vec<FilePlan>),
    /// Look up lines of a file.
    Lines(LineRequest),
    /// Look for new files in the inbox.
    Inbox,
    /// Work of the editor.
    Editor(EditWork),
    /// Work of a session besides answers.
    Review(ReviewWork),
    /// Work of Browse.
    Browse(BrowseWork),
    /// Work of Statistics.
    Stats(StatsWork),
    /// Work of Settings.
    Settings(SettingsWork),
    /// Let the configured program speak a card.
    Speak(Box<Words>),
    /// Let the configured program tell what happened.
    Notify(String),
    /// Put this text on the clipboard.
    Copy(String),
    /// Take clicks and the wheel, or leave them to the terminal.
    Mouse(bool),
    /// Stop until the shell continues the program.
    Stop,
    /// Draw everything anew.
    Redraw,
    /// Leave the program.
    Quit,
}

/// What came of an effect.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The overview.
    Home(Home),
    /// A session and its first card.
    Started(SessionRequest, Next),
    /// The answer is on disk.
    Answered(Next),
    /// A step was taken back; `None`: there was none.
    Undone(Option<Undone>, Next),
    /// A step was done again; `None`: there was none.
    Redone(Option<Undone>, Next),
    /// The note was saved; whether anything of it differs now.
    Edited(bool, Next),
    /// The card was put aside; the word says how.
    PutAside(&'static str, Next),
    /// What the path could become.
    Completions(Vec<String>),
    /// The plans of a file or folder.
    Plan(Vec<FilePlan>),
    /// The plan of one of several files, made anew.
    Replanned(usize, Box<FilePlan>),
    /// The plan was applied; the line says what changed.
    Applied(String),
    /// Lines of a file.
    Lines(LineRequest, Vec<String>),
    /// The new files of the inbox.
    Inbox(Vec<String>),
    /// What came of the work of the editor.
    Editor(EditNews),
    /// Whether the note is marked now.
    Marked(bool, Next),
    /// What came of the work of a session besides answers.
    Review(ReviewNews),
    /// What came of the work of Browse.
    Browse(BrowseNews),
    /// What came of the work of Statistics.
    Stats(StatsNews),
    /// What came of the work of Settings.
    Settings(SettingsNews),
    /// The program that speaks was started, or could not be.
    Spoke(Option<Problem>),
    /// The program that is told was started, or could not be.
    Notified(Option<Problem>),
    /// The learner stopped it; the line says what was done.
    Stopped(String),
    /// It was done, but the next card could not be found.
    Adrift(Problem),
    /// It went wrong; nothing was done.
    Failed(Problem),
}

/// What a screen is told along with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment<'a> {
    /// The time.
    pub now: Now,
    /// The terminal.
    pub size: Size,
    /// The keys that hold, for texts that name one.
    pub keys: &'a Keys,
}
