//! The real back end: an open collection, a clock, the running session.

pub(crate) mod browse;
mod edit;
mod review;
mod settings;
mod stats;

use std::path::{Path, PathBuf};

use super::runner::Backend;
use super::screen::{LineRequest, Problem, Undone, Words};
use crate::app::hooks::Hooks;
use crate::app::plan::FilePlan;
use crate::app::{
    App, Counting, FrontMemory, ImportOptions, InboxMemory, Input, Session, SourceText,
};
use crate::clock::{self, Clock};
use crate::domain::watch::Watch;
use crate::domain::{Day, Field, Grade, Now, Scale, Uid};
use crate::error::Error;
use crate::import::ReadError;
use crate::paths::expand_home;
use crate::session::Next;
use crate::session::home::{Home, ImportLine, SessionRequest};
use crate::session::outlook::Foreseeing;

/// Imports that the overview shows.
const RECENT_IMPORTS: u32 = 5;
/// Lines of a deck file that are shown with a row, at most.
const LINES: usize = 12;
/// Completions that are offered at most.
const MOST_COMPLETIONS: usize = 50;

/// What the program works on.
pub struct Desk {
    app: App,
    clock: Clock,
    session: Session,
    options: ImportOptions,
    inbox: InboxMemory,
    /// The other programs that run.
    hooks: Hooks,
    fronts: FrontMemory,
    /// The configuration file; none: settings cannot be changed.
    config_path: Option<PathBuf>,
    counting: Counting,
    /// The coming year, while it is worked out.
    foreseeing: Option<Foreseeing>,
    /// The text of the file whose lines were shown last, by path and encoding.
    text: Option<((String, String), SourceText)>,
    /// The index of all notes.
    notes: browse::Notes,
    /// The day for which the daily backup was looked after last.
    day: Day,
}

impl Desk {
    /// Returns a desk on which nothing has been done yet.
    #[must_use]
    pub fn new(app: App, clock: Clock, options: ImportOptions) -> Self {
        let day = clock.now().day;
        Self {
            app,
            clock,
            session: Session::default(),
            options,
            inbox: InboxMemory::default(),
            hooks: Hooks::default(),
            fronts: FrontMemory::default(),
            config_path: None,
            counting: Counting::default(),
            foreseeing: None,
            text: None,
            notes: browse::Notes::default(),
            day,
        }
    }

    /// Lets settings be changed in this file.
    #[must_use]
    pub fn with_config_file(self, path: PathBuf) -> Self {
        Self { config_path: Some(path), ..self }
    }

    /// Gives the collection back, and the moment at which it is left.
    #[must_use]
    pub fn leave(self) -> (App, Now) {
        let now = self.now();
        (self.app, now)
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let hint = error.hint().map(str::to_owned);
        Self { message: error.to_string(), hint }
    }
}

impl Backend for Desk {
    fn now(&self) -> Now {
        self.clock.now()
    }

    fn home(&mut self) -> Result<Home, Problem> {
        let now = self.now();
        // Who leaves the program open for weeks has a backup a day, too.
        if now.day != self.day {
            self.day = now.day;
            if let Err(error) = self.app.keep_daily(now) {
                tracing::warn!(%error, "no backup of the day");
            }
        }
        let imports = self.app.imports(RECENT_IMPORTS)?.into_iter().map(|line| ImportLine {
            at: clock::local_text(line.at_ms),
            path: line.path,
            deck: line.deck,
            added: line.added,
            updated: line.updated,
            undone: line.undone,
        });
        Ok(Home { imports: imports.collect(), ..self.app.overview(now)? })
    }

    fn start(&mut self, request: SessionRequest) -> Result<Next, Problem> {
        let now = self.now();
        self.session = self.app.start(&request, now)?;
        Ok(self.app.next(&self.session, now)?)
    }

    fn next(&mut self) -> Result<Next, Problem> {
        Ok(self.app.next(&self.session, self.now())?)
    }

    fn answer(&mut self, card: Uid, grade: Grade, _: Scale, ms: u32) -> Result<(), Problem> {
        let now = self.now();
        self.app.answer_in(&mut self.session, card, grade, ms, now)?;
        Ok(())
    }

    fn undo(&mut self) -> Result<Option<Undone>, Problem> {
        let now = self.now();
        Ok(self.app.undo_step(&mut self.session, now)?)
    }

    fn redo(&mut self) -> Result<Option<Undone>, Problem> {
        let now = self.now();
        Ok(self.app.redo_step(&mut self.session, now)?)
    }

    fn edit(&mut self, note: Uid, fields: &[(Field, String)]) -> Result<bool, Problem> {
        let now = self.now();
        Ok(self.app.edit_in(&mut self.session, note, fields, now)?)
    }

    fn suspend(&mut self, card: Uid) -> Result<(), Problem> {
        let now = self.now();
        Ok(self.app.suspend_in(&mut self.session, card, now)?)
    }

    fn bury(&mut self, card: Uid) -> Result<(), Problem> {
        let now = self.now();
        Ok(self.app.bury_in(&mut self.session, card, now)?)
    }

    fn complete_path(&mut self, typed: &str) -> Vec<String> {
        let mut found = crate::app::sample_completions(typed);
        found.extend(completions(typed));
        found
    }

    fn read_plan(&mut self, path: &str, watch: &dyn Watch) -> Result<Vec<FilePlan>, Problem> {
        self.text = None;
        let path = expand_home(path.trim());
        let mut plans = Vec::new();
        let mut left_out = None;
        for file in crate::app::deck_files(&path)? {
            let bytes = crate::app::read_file(&file)?;
            let shown = file.display().to_string();
            let input = Input { path: &shown, bytes: &bytes };
            match self.app.plan(input, &self.options, watch) {
                Ok(plan) => plans.push(plan),
                // In a folder, what is no deck file is none of our business.
                Err(
                    error @ Error::Read {
                        error: ReadError::NoDeck { .. } | ReadError::Empty, ..
                    },
                ) if file != path => {
                    left_out = Some(error);
                }
                Err(error) => return Err(error.into()),
            }
        }
        match left_out {
            Some(error) if plans.is_empty() => Err(error.into()),
            _ if plans.is_empty() => Err(Problem::new("there is no deck file in this folder")),
            _ => Ok(plans),
        }
    }

    fn replan(&mut self, plan: FilePlan, watch: &dyn Watch) -> Result<FilePlan, Problem> {
        Ok(self.app.replan(plan, watch)?)
    }

    fn reread(
        &mut self,
        options: &ImportOptions,
        plan: &FilePlan,
        watch: &dyn Watch,
    ) -> Result<FilePlan, Problem> {
        self.text = None;
        let bytes = crate::app::read_file(Path::new(&plan.path))?;
        let input = Input { path: &plan.path, bytes: &bytes };
        Ok(self.app.plan_again(input, options, plan, watch)?)
    }

    fn lines(&mut self, request: &LineRequest) -> Vec<String> {
        let key = (request.path.clone(), request.encoding.clone());
        if self.text.as_ref().is_none_or(|(known, _)| *known != key) {
            let bytes = crate::app::read_file(Path::new(&request.path)).unwrap_or_default();
            let input = Input { path: &request.path, bytes: &bytes };
            let text = SourceText::read(input, &request.encoding).unwrap_or_default();
            self.text = Some((key, text));
        }
        self.text.as_ref().map(|(_, text)| text.lines(request.from, LINES)).unwrap_or_default()
    }

    fn inbox(&mut self) -> Result<Vec<String>, Problem> {
        let files = self.app.inbox(&mut self.inbox)?;
        Ok(files.iter().map(|file| file.display().to_string()).collect())
    }

    fn speak(&mut self, words: &Words) -> Result<(), Problem> {
        Ok(self.hooks.run(&self.app.config().speak, words)?)
    }

    fn notify(&mut self, text: &str) -> Result<(), Problem> {
        let words = Words { text: text.to_owned(), ..Words::default() };
        Ok(self.hooks.run(&self.app.config().notify, &words)?)
    }

    fn complaint(&mut self) -> Option<Problem> {
        self.hooks.failure().map(Problem::new)
    }

    fn stopwatch(&self) -> Box<dyn Fn() -> u64> {
        clock::stopwatch()
    }

    fn apply_plan(&mut self, plans: Vec<FilePlan>, watch: &dyn Watch) -> Result<String, Problem> {
        let now = self.now();
        let (mut added, mut updated) = (0, 0);
        let mut others = Others::default();
        for (nth, plan) in plans.iter().enumerate() {
            let done = match self.app.apply(plan, now, watch) {
                Ok(done) => done,
                // What was imported before stays, and that has to be said.
                Err(error) if nth > 0 => {
                    let line = closing_line(added, updated, others);
                    return Ok(format!("{line}; {nth} of {} files: {error}", plans.len()));
                }
                Err(error) => return Err(error.into()),
            };
            if done.import.is_some() {
                added += done.counts.added;
                updated += done.counts.updated + done.counts.renamed;
            }
            others.count(plan);
        }
        Ok(closing_line(added, updated, others))
    }
}

/// The rows that an import did not take, or took in another way.
#[derive(Clone, Copy, Debug, Default)]
struct Others {
    known: u32,
    never: u32,
    skipped: u32,
    conflicts: u32,
    rejected: u32,
}

impl Others {
    fn count(&mut self, plan: &FilePlan) {
        let counts = plan.counts();
        let words = |word| plan.rows.iter().filter(|row| row.action() == word).count() as u32;
        let never = words("never");
        self.known += words("known");
        self.never += never;
        self.skipped += counts.skipped.saturating_sub(never);
        self.conflicts += counts.conflicts;
        self.rejected += counts.rejected;
    }
}

/// Returns what an import came to; `others` are the rows that it did not take.
fn closing_line(added: u32, updated: u32, others: Others) -> String {
    let parts = [
        (others.known, "of them known"),
        (others.never, "never wanted"),
        (others.skipped, "left out"),
        (others.conflicts, "in conflict"),
        (others.rejected, "rejected"),
    ];
    let parts: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    let parts = parts.join(", ");
    match (added, updated, parts.is_empty()) {
        (0, 0, true) => "Nothing to do: everything was there already.".to_owned(),
        (0, 0, false) => format!("Nothing was changed: {parts}"),
        (_, _, true) => format!("{added} added, {updated} updated"),
        (_, _, false) => format!("{added} added, {updated} updated, {parts}"),
    }
}

/// Returns the paths that begin with what was typed; folders end with a slash.
fn completions(typed: &str) -> Vec<String> {
    let (folder, start) = match typed.rfind('/') {
        Some(at) => typed.split_at(at + 1),
        None => ("", typed),
    };
    let real = if folder.is_empty() { expand_home(".") } else { expand_home(folder) };
    let Ok(entries) = std::fs::read_dir(Path::new(&real)) else { return Vec::new() };
    let mut found: Vec<String> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_hidden = name.starts_with('.') && !start.starts_with('.');
            if is_hidden || !name.starts_with(start) {
                return None;
            }
            let slash = if entry.path().is_dir() { "/" } else { "" };
            Some(format!("{folder}{name}{slash}"))
        })
        .collect();
    found.sort_unstable();
    found.truncate(MOST_COMPLETIONS);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_names_the_rows_that_were_not_taken() {
        let none = Others::default();
        let left_out = Others { skipped: 1, ..none };
        let mixed = Others { conflicts: 2, rejected: 3, ..none };
        let triaged = Others { known: 3, never: 1, ..none };
        for (added, updated, others, line) in [
            (0, 0, none, "Nothing to do: everything was there already."),
            (0, 0, left_out, "Nothing was changed: 1 left out"),
            (57, 0, none, "57 added, 0 updated"),
            (57, 0, left_out, "57 added, 0 updated, 1 left out"),
            (57, 0, triaged, "57 added, 0 updated, 3 of them known, 1 never wanted"),
            (0, 1, mixed, "0 added, 1 updated, 2 in conflict, 3 rejected"),
        ] {
            assert_eq!(closing_line(added, updated, others), line);
        }
    }
}
