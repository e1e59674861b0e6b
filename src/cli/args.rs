//! The tree of commands and options.

mod chosen;
mod import;
mod value;

use std::path::PathBuf;

use chrono::{DateTime, FixedOffset};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

use crate::domain::{DeckName, Grade};

pub use chosen::{SetDueArgs, Which};
pub use import::ImportArgs;

use super::ahead::{CatchUpArgs, VacationArgs};
use super::stats::{STATS_HELP, Span};
use value::{moment, number};

/// Flashcards for people who live in a terminal: import a deck file, drill it,
/// come back tomorrow.
#[derive(Debug, Parser)]
#[command(
    name = "termdeck",
    version,
    about,
    after_help = "Example:\n  termdeck drill words.tsv\n\nWithout a command the full-screen program opens."
)]
pub struct Args {
    #[command(flatten)]
    pub globals: Globals,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options that every command takes, before it or after it.
#[derive(Debug, ClapArgs)]
pub struct Globals {
    /// The collection, an SQLite file
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        env = "TERMDECK_DB",
        help_heading = "Global options"
    )]
    pub db: Option<PathBuf>,
    /// The configuration, a TOML file
    #[arg(
        long,
        global = true,
        value_name = "PATH",
        env = "TERMDECK_CONFIG",
        help_heading = "Global options"
    )]
    pub config: Option<PathBuf>,
    /// Act as if it were this moment (RFC 3339)
    #[arg(long, global = true, value_name = "RFC3339", env = "TERMDECK_NOW", value_parser = moment, help_heading = "Global options")]
    pub now: Option<DateTime<FixedOffset>>,
    /// Write one JSON document to standard output
    #[arg(long, global = true, help_heading = "Global options")]
    pub json: bool,
    /// Line by line: no full screen, no colour
    #[arg(long, global = true, help_heading = "Global options")]
    pub plain: bool,
    /// When to use colours
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "Global options"
    )]
    pub color: ColorChoice,
    /// Say more; twice: write a log file beside the collection
    #[arg(short, long, global = true, action = clap::ArgAction::Count, help_heading = "Global options")]
    pub verbose: u8,
    /// Say less
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub quiet: bool,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// What `review` is asked for.
#[derive(Debug, ClapArgs)]
pub struct ReviewArgs {
    /// The deck, with those below it
    pub deck: Option<String>,
    /// Practise ahead of time without changing any schedule
    #[arg(long)]
    pub cram: bool,
    /// Practise the N weakest cards without changing any schedule
    #[arg(long, value_name = "N", value_parser = number::<u32>, conflicts_with_all = ["cram", "new"])]
    pub weakest: Option<u32>,
    /// Cards at most
    #[arg(long, value_name = "N", value_parser = number::<u32>)]
    pub limit: Option<u32>,
    /// New cards at most, in place of the day's limits
    #[arg(long, value_name = "N", value_parser = number::<u32>)]
    pub new: Option<u32>,
    /// Type the answers
    #[arg(long)]
    pub typed: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Import deck files and review their notes at once
    #[command(after_help = "Example:\n  termdeck drill decks/high-speed-rail.txt --new 10")]
    Drill {
        /// Deck files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<String>,
        /// The deck they go to
        #[arg(long, value_name = "NAME")]
        deck: Option<DeckName>,
        /// New cards of these files at most (default: the deck's new_per_day)
        #[arg(long, value_name = "N", value_parser = number::<u32>)]
        new: Option<u32>,
    },
    /// Review what is due, and learn new cards
    #[command(after_help = "Example:\n  termdeck review Chinese --limit 30")]
    Review(ReviewArgs),
    /// Import deck files
    Import(Box<ImportArgs>),
    /// The sample decks, to try things on
    #[command(
        after_help = "Example:\n  termdeck samples\n  termdeck import sample:spanish-everyday --yes\n\n`sample:NAME` stands for a sample wherever a deck file is named; `sample:` for all."
    )]
    Samples,
    /// The history of imports
    #[command(after_help = "Example:\n  termdeck imports undo 3f2a90c1")]
    Imports {
        #[command(subcommand)]
        action: Option<ImportsAction>,
    },
    /// The card to show now, and what each grade would do
    #[command(after_help = "Example:\n  termdeck next --json")]
    Next {
        /// The deck, with those below it
        deck: Option<String>,
    },
    /// Answer a card
    #[command(after_help = "Example:\n  termdeck answer 3f2a90c1 good --ms 2500")]
    Answer {
        /// The card: all digits of its id, or the first eight or more
        card: String,
        /// 0 to 5, or again, hard, good, easy
        grade: Grade,
        /// Time taken, in milliseconds
        #[arg(long, default_value_t = 0, value_name = "N")]
        ms: u32,
        /// Practise without changing its schedule
        #[arg(long)]
        cram: bool,
    },
    /// Take back the newest answer
    #[command(after_help = "Example:\n  termdeck undo")]
    Undo,
    /// Bring the answer back that was taken back last
    #[command(after_help = "Example:\n  termdeck redo")]
    Redo,
    /// Add one note
    #[command(
        after_help = "Example:\n  termdeck add 图书馆 library --deck Chinese --reading túshūguǎn"
    )]
    Add {
        /// What is asked; {{c1::word}} leaves a gap
        front: String,
        /// The answer
        back: String,
        /// Its deck, made if it is missing
        #[arg(long, value_name = "NAME")]
        deck: Option<DeckName>,
        /// A tag; may be given several times
        #[arg(long = "tag", value_name = "T")]
        tags: Vec<String>,
        /// How the front is pronounced
        #[arg(long, value_name = "R", default_value = "")]
        reading: String,
        /// A remark
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    /// Change fields of a note
    #[command(
        after_help = "Example:\n  termdeck edit 9b01d2ce back='public library' tags='city policy'"
    )]
    Edit {
        /// The note
        note: String,
        /// Fields: front, back, reading, note, example, source, tags
        #[arg(required = true, value_name = "FIELD=VALUE")]
        changes: Vec<String>,
    },
    /// Delete notes
    #[command(after_help = "Example:\n  termdeck delete 9b01d2ce")]
    Delete(Which),
    /// Move notes to a deck
    #[command(after_help = "Example:\n  termdeck move Chinese::Cities 9b01d2ce")]
    Move {
        /// The deck, made if it is missing
        deck: DeckName,
        #[command(flatten)]
        which: Which,
    },
    /// Add tags to notes or take them away
    #[command(after_help = "Example:\n  termdeck tag --add city --search library")]
    Tag {
        /// A tag to add; may be given several times
        #[arg(long, value_name = "T")]
        add: Vec<String>,
        /// A tag to take away; may be given several times
        #[arg(long, value_name = "T")]
        remove: Vec<String>,
        #[command(flatten)]
        which: Which,
    },
    /// Take cards out of every queue
    #[command(after_help = "Example:\n  termdeck suspend --search 'is:leech'")]
    Suspend(Which),
    /// Put suspended cards back
    #[command(after_help = "Example:\n  termdeck unsuspend --search 'deck:Chinese is:suspended'")]
    Unsuspend(Which),
    /// Hide cards until tomorrow
    #[command(after_help = "Example:\n  termdeck bury 3f2a90c1")]
    Bury(Which),
    /// Make cards new again
    #[command(after_help = "Example:\n  termdeck reset 3f2a90c1")]
    Reset(Which),
    /// Move the due day of cards
    #[command(
        name = "set-due",
        after_help = "Example:\n  termdeck set-due 3f2a90c1 2026-12-01\n  termdeck set-due --search 'tag:exam' 2026-12-01"
    )]
    SetDue(SetDueArgs),
    /// Find notes and cards
    #[command(
        after_help = super::notes::search_help()
    )]
    Search {
        /// What is looked for, as said below; several words are one query
        #[arg(required = true, value_name = "QUERY")]
        query: Vec<String>,
        /// Notes at most (default: 50, with --json all)
        #[arg(long, value_name = "N", value_parser = number::<usize>)]
        limit: Option<usize>,
    },
    /// The decks, their counts and options
    #[command(after_help = "Example:\n  termdeck decks set Chinese new_per_day=10 order=due-date")]
    Decks {
        #[command(subcommand)]
        action: Option<DecksAction>,
    },
    /// What is to do, in one line
    #[command(after_help = super::cards::DUE_HELP)]
    Due {
        /// The deck, with those below it
        deck: Option<String>,
        /// Exit 3 when nothing is due or new (the drill aside)
        #[arg(long)]
        exit_code: bool,
    },
    /// Work a backlog off at a pace of your own
    CatchUp(CatchUpArgs),
    /// Days off: what waits then, and a streak that lasts
    Vacation(VacationArgs),
    /// What was answered, what it came to, what is to come
    #[command(after_help = STATS_HELP)]
    Stats {
        /// The deck, with those below it
        deck: Option<String>,
        /// Days up to today, or all
        #[arg(long, value_name = "N", default_value = "30")]
        days: Span,
    },
    /// The cards that keep being forgotten, and why
    #[command(after_help = super::leeches::LEECHES_HELP)]
    Leeches {
        /// The deck, with those below it
        deck: Option<String>,
    },
    /// What the coming year brings, under the limits that you choose
    #[command(after_help = super::simulate::SIMULATE_HELP)]
    Simulate(super::simulate::SimulateArgs),
    /// How well the schedulers foretell what you remember
    #[command(after_help = super::evaluate::EVALUATE_HELP)]
    Evaluate {
        /// The deck, with those below it
        deck: Option<String>,
    },
    /// Fit FSRS to your own log
    #[command(after_help = super::optimize::OPTIMIZE_HELP)]
    Optimize {
        /// The deck, with those below it
        deck: Option<String>,
        /// Only show what would be done
        #[arg(long)]
        dry_run: bool,
    },
    /// Write decks to a file
    #[command(
        after_help = "Example:\n  termdeck export Chinese -o chinese.tsv\n  termdeck export -o all.json"
    )]
    Export {
        /// The deck, with those below it
        #[arg(conflicts_with = "search")]
        deck: Option<String>,
        /// What matches this query
        #[arg(long, value_name = "Q", allow_hyphen_values = true)]
        search: Option<String>,
        /// The file; `-` is standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// How it is written (default: by the file's ending)
        #[arg(long, value_name = "F")]
        format: Option<ExportFormat>,
        /// Make cells that a spreadsheet would take for formulas harmless (csv)
        #[arg(long)]
        spreadsheet: bool,
    },
    /// Copy the collection
    #[command(after_help = "Example:\n  termdeck backup -o termdeck-backup.db")]
    Backup {
        /// The file (default: in the folder `backups` beside the collection)
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Put a backup in place of the collection
    #[command(after_help = "Example:\n  termdeck restore termdeck-backup.db")]
    Restore {
        /// The backup
        file: PathBuf,
    },
    /// Look for damage
    #[command(after_help = "Example:\n  termdeck doctor")]
    Doctor {
        /// Compute every state anew from the log, after a backup; of a damaged file, save
        /// what can be read in a new one beside it
        #[arg(long)]
        repair: bool,
    },
    /// Show and change settings
    #[command(
        after_help = "Example:\n  termdeck config set rollover_hour 3\n  termdeck config set speak '[\"espeak-ng\", \"-v\", \"{lang}\", \"{text}\"]'\n  termdeck config set keys.review.suspend \"z Del\"\n  termdeck config reset grades"
    )]
    Config {
        #[command(subcommand)]
        action: Option<ConfigAction>,
    },
    /// Write completions for a shell to standard output
    #[command(after_help = "Example:\n  termdeck completions zsh > ~/.zfunc/_termdeck")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write manual pages to a folder, or the main one to standard output
    #[command(after_help = "Example:\n  termdeck man ~/.local/share/man/man1")]
    Man {
        /// The folder
        dir: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub enum ImportsAction {
    /// Take an import back as a whole
    #[command(after_help = "Example:\n  termdeck imports undo 3f2a90c1")]
    Undo {
        /// The import
        id: String,
        /// Also remove notes that were reviewed since
        #[arg(long)]
        force: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum DecksAction {
    /// Rename a deck and all below it
    Rename {
        /// The deck
        from: String,
        /// Its new full name, such as Chinese::Cities
        to: DeckName,
    },
    /// Delete a deck, all below it and their notes
    Delete {
        /// The deck
        name: String,
    },
    /// Set options; `KEY=` takes the deck's own setting away
    #[command(after_help = super::decks::SET_HELP)]
    Set {
        /// The deck
        name: String,
        /// Options: new_per_day, reviews_per_day, direction, order and others that
        /// `termdeck decks --json` shows
        #[arg(required = true, value_name = "KEY=VALUE")]
        options: Vec<String>,
        /// Only show what it would do to cards
        #[arg(long, conflicts_with = "yes")]
        dry_run: bool,
        /// Do it without asking
        #[arg(short, long)]
        yes: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum ConfigAction {
    /// Where the file is
    Path,
    /// Every setting with its value
    Show,
    /// Every key of the full-screen program, and what it does
    Keys,
    /// Change one setting; keys.TABLE.ACTION changes keys
    Set {
        /// A key that `termdeck config show` lists
        key: String,
        /// Its value, as it stands there
        value: String,
    },
    /// Give one setting its default again
    Reset {
        /// The key
        key: String,
    },
    /// Open the file in $VISUAL or $EDITOR
    Edit,
}

/// Formats that are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    Tsv,
    Csv,
    Json,
    AnkiText,
    Md,
    Apkg,
}
