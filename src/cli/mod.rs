//! The command line: a contract that scripts rely on.

mod ahead;
mod args;
mod cards;
mod decks;
mod evaluate;
mod export;
mod home;
mod import;
mod leeches;
mod notes;
mod optimize;
mod places;
mod plain;
mod progress;
mod question;
mod render;
mod review;
mod safety;
mod samples;
mod settings;
mod simulate;
mod stats;

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
#[cfg(unix)]
use std::sync::Arc;

use clap::{CommandFactory, FromArgMatches};

use crate::app::App;
use crate::clock::Clock;
use crate::domain::{Now, safe};
use crate::error::Error;
use crate::paths::Paths;
use crate::tui::{Start, configuration};

use args::{Args, ColorChoice, Command, Globals};
use render::Out;

/// Why a command ends before it is done.
#[derive(Debug)]
enum Stop {
    /// It failed: exit 1.
    Failed(Error),
    /// It was called wrongly: exit 2.
    Usage(String),
    /// Whoever read the output has gone: a quiet exit 0.
    Pipe,
    /// The command is done and has this exit status.
    Status(u8),
}

impl<E: Into<Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

type Result<T = (), E = Stop> = std::result::Result<T, E>;

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let args = match parse(std::env::args_os()) {
        Ok(args) => args,
        Err(error) => {
            // Help and version are asked for, and go to standard output.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let mut out = Out::standard(&args.globals);
    let done = survive_file_limits().and_then(|()| run(args, &mut out));
    let done = done.and_then(|()| out.flush());
    match done {
        Ok(()) | Err(Stop::Pipe) => ExitCode::SUCCESS,
        Err(Stop::Status(status)) => {
            let _ = out.flush();
            ExitCode::from(status)
        }
        Err(Stop::Usage(what)) => {
            let _ = out.flush();
            out.note(&format!("error: {what}"));
            ExitCode::from(2)
        }
        Err(Stop::Failed(error)) => {
            let _ = out.flush();
            out.note(&error.render());
            // What a shell reports for Ctrl-C.
            let is_stopped = matches!(error, Error::Cancelled(_));
            if is_stopped { ExitCode::from(130) } else { ExitCode::FAILURE }
        }
    }
}

/// Lets a write beyond the limit on the size of files fail with an error that can be
/// told, where the signal for it would end the program without a word.
fn survive_file_limits() -> Result {
    #[cfg(unix)]
    signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default())
        .map_err(Error::Terminal)?;
    Ok(())
}

fn parse(args: impl Iterator<Item = OsString>) -> std::result::Result<Args, clap::Error> {
    let matches = Args::command().try_get_matches_from(guarded(args))?;
    Args::from_arg_matches(&matches)
}

/// Stands before a word of a query that begins with a hyphen.
const GUARD: char = '\u{2}';

/// Guards words such as `-verb` in a search: there they exclude, and are no options.
fn guarded(args: impl Iterator<Item = OsString>) -> impl Iterator<Item = OsString> {
    const SHORT: &[&str] = &["-h", "-v", "-vv", "-q", "-V"];
    let mut is_search = false;
    args.map(move |arg| {
        is_search |= arg == "search";
        match arg.to_str() {
            Some(word) if is_search && is_exclusion(word) && !SHORT.contains(&word) => {
                format!("{GUARD}{word}").into()
            }
            _ => arg,
        }
    })
}

fn is_exclusion(word: &str) -> bool {
    word.strip_prefix('-').is_some_and(|rest| !rest.is_empty() && !rest.starts_with('-'))
}

/// Everything a command works with.
struct Desk<'a> {
    app: App,
    clock: Clock,
    now: Now,
    globals: &'a Globals,
    out: &'a mut Out,
    /// The configuration file.
    config_path: PathBuf,
    /// What is wrong with it.
    wrong: Vec<String>,
}

impl Desk<'_> {
    /// Whether charts are of plain signs: as asked for, or where nobody looks at a screen.
    fn is_plain(&self) -> bool {
        self.globals.plain || !std::io::stdout().is_terminal()
    }
}

fn run(args: Args, out: &mut Out) -> Result {
    let Args { globals, command } = args;
    let command = match command {
        Some(Command::Completions { shell }) => return settings::completions(shell, out),
        Some(Command::Man { dir }) => return settings::man(dir.as_deref(), out),
        Some(Command::Samples) => return samples::samples(out),
        other => other,
    };
    let paths =
        Paths::find(globals.db.as_deref(), globals.config.as_deref()).ok_or(Error::NoHome)?;
    if globals.verbose >= 2 {
        start_log(&paths)?;
    }
    if let Some(Command::Config { action }) = &command {
        return settings::config(action.as_ref(), &paths.config, out);
    }
    let is_full_screen = is_full_screen(&globals, command.as_ref());
    let (config, wrong) = configuration::load(&paths.config);
    explain(&wrong, out);
    let wrong: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    let clock = match globals.now {
        Some(at) => Clock::starting(at, is_full_screen, config.rollover_hour),
        None => Clock::system(config.rollover_hour),
    };
    let now = clock.now();
    if let Some(Command::Restore { file }) = &command {
        return safety::restore(file, &paths.db, now, &globals, out);
    }
    if let Some(Command::Doctor { repair: true }) = &command {
        return safety::repair(&paths.db, config, now, out);
    }
    tracing::info!(path = %paths.db.display(), "open the collection");
    let app = App::open(&paths.db, config, now)?;
    let config_path = paths.config;
    let mut desk = Desk { app, clock, now, globals: &globals, out, config_path, wrong };
    match dispatch(&mut desk, command, is_full_screen) {
        Ok(Some(start)) => review::show(desk, start),
        done => {
            let done = done.map(drop).and_then(|()| desk.out.flush());
            safety::keep_daily(&desk.app, desk.clock.now(), desk.out);
            done
        }
    }
}

/// Says what is wrong with the configuration, and once what to do about it.
///
/// Every command goes on all the same, with the defaults of what is wrong.
fn explain(errors: &[Error], out: &mut Out) {
    for error in errors {
        out.note(&format!("error: {error}"));
    }
    if let Some(hint) = errors.first().and_then(Error::hint) {
        out.note(&format!("hint: {hint}"));
        out.note("the defaults are used in their place");
    }
}

/// Carries a command out; returns where the full screen is to start, if it is wanted.
fn dispatch(
    desk: &mut Desk<'_>,
    command: Option<Command>,
    full_screen: bool,
) -> Result<Option<Start>> {
    let done = match command {
        None => return review::home(desk, full_screen),
        Some(Command::Drill { files, deck, new }) => {
            return review::drill(desk, &files, deck, new, full_screen);
        }
        Some(Command::Review(args)) => return review::review(desk, &args, full_screen),
        Some(Command::Import(args)) => import::import(desk, &args),
        Some(Command::Imports { action }) => import::imports(desk, action.as_ref()),
        Some(Command::Next { deck }) => cards::next(desk, deck.as_deref()),
        Some(Command::Answer { card, grade, ms, cram }) => {
            cards::answer(desk, &card, grade, ms, cram)
        }
        Some(Command::Undo) => cards::undo(desk),
        Some(Command::Redo) => cards::redo(desk),
        Some(Command::Due { deck, exit_code }) => cards::due(desk, deck.as_deref(), exit_code),
        Some(Command::CatchUp(args)) => ahead::catch_up(desk, &args),
        Some(Command::Vacation(args)) => ahead::vacation(desk, &args),
        Some(Command::Evaluate { deck }) => evaluate::evaluate(desk, deck.as_deref()),
        Some(Command::Optimize { deck, dry_run }) => {
            optimize::optimize(desk, deck.as_deref(), dry_run)
        }
        Some(Command::Leeches { deck }) => leeches::leeches(desk, deck.as_deref()),
        Some(Command::Simulate(args)) => simulate::simulate(desk, &args),
        Some(Command::Stats { deck, days }) => stats::stats(desk, deck.as_deref(), days),
        Some(Command::Suspend(which)) => cards::act(desk, &which, cards::Act::Suspend),
        Some(Command::Unsuspend(which)) => cards::act(desk, &which, cards::Act::Unsuspend),
        Some(Command::Bury(which)) => cards::act(desk, &which, cards::Act::Bury),
        Some(Command::Reset(which)) => cards::act(desk, &which, cards::Act::Reset),
        Some(Command::SetDue(args)) => cards::set_due(desk, &args),
        Some(Command::Add { front, back, deck, tags, reading, note }) => {
            notes::add(desk, front, back, deck, tags, reading, note)
        }
        Some(Command::Edit { note, changes }) => notes::edit(desk, &note, &changes),
        Some(Command::Delete(which)) => notes::delete(desk, &which),
        Some(Command::Move { deck, which }) => notes::move_to(desk, &deck, &which),
        Some(Command::Tag { add, remove, which }) => notes::tag(desk, &add, &remove, &which),
        Some(Command::Search { query, limit }) => notes::search(desk, &query, limit),
        Some(Command::Decks { action }) => decks::decks(desk, action.as_ref()),
        Some(Command::Export { deck, search, output, format, spreadsheet }) => export::export(
            desk,
            deck.as_deref(),
            search.as_deref(),
            output.as_deref(),
            format,
            spreadsheet,
        ),
        Some(Command::Backup { output }) => safety::backup(desk, output.as_deref()),
        Some(Command::Doctor { repair: false }) => safety::doctor(desk),
        Some(
            Command::Restore { .. }
            | Command::Doctor { repair: true }
            | Command::Config { .. }
            | Command::Completions { .. }
            | Command::Samples
            | Command::Man { .. },
        ) => Ok(()),
    };
    done.map(|()| None)
}

/// Whether the full screen is wanted and there is a terminal for it.
fn is_full_screen(globals: &Globals, command: Option<&Command>) -> bool {
    let is_wanted = matches!(command, None | Some(Command::Review(_) | Command::Drill { .. }));
    is_wanted
        && !globals.plain
        && !globals.json
        && std::io::stdin().is_terminal()
        && std::io::stdout().is_terminal()
}

/// Returns whether the command line or the environment want colours, if they say so.
fn told_color(globals: &Globals) -> Option<bool> {
    match globals.color {
        ColorChoice::Always => Some(true),
        ColorChoice::Never => Some(false),
        ColorChoice::Auto => {
            let is_no = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            is_no.then_some(false)
        }
    }
}

/// A log that can be looked at in a terminal, whatever decks and files are called.
struct Log(File);

impl Write for Log {
    fn write(&mut self, entry: &[u8]) -> io::Result<usize> {
        self.0.write_all(safe::lines(&String::from_utf8_lossy(entry)).as_bytes())?;
        Ok(entry.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn start_log(paths: &Paths) -> Result {
    let path: PathBuf = paths.log();
    let failed = |source| Error::File { path: path.clone(), source };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let file = std::fs::OpenOptions::new().create(true).append(true).open(&path).map_err(failed)?;
    tracing_subscriber::fmt()
        .with_writer(std::sync::Mutex::new(Log(file)))
        .with_ansi(false)
        .with_max_level(tracing_subscriber::filter::LevelFilter::DEBUG)
        .init();
    Ok(())
}
