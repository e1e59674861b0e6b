//! Use cases: what a person does with the program.
//!
//! One method is one transaction and one undo step. Nothing here prints or
//! draws; `cli` and `tui` call it and never see the store.

mod ahead;
mod browse;
mod budget;
mod bulk;
mod comparison;
mod decks;
mod evaluate;
mod export;
mod fetch;
mod files;
mod finder;
mod fit;
mod foreign;
mod history;
pub mod hooks;
mod ids;
mod import;
mod inbox;
mod intake;
mod interchange;
mod leeches;
mod lines;
mod matching;
mod merge;
mod notes;
mod optimize;
mod options;
mod overview;
mod package;
pub mod plan;
mod profile;
mod prospect;
mod queue;
mod reconcile;
mod replan;
mod review;
mod row;
mod safety;
mod samples;
mod session;
mod simulate;
mod source;
mod stats;
mod triage;
mod turn;
mod undo_import;
mod writing;

use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::domain::{Now, Uid};
use crate::error::Error;
use crate::store::Store;

pub use crate::find::{Column, Fault, Order, Query, TERMS, Term};
pub use crate::store::salvage::Saved;
pub use ahead::{CatchUpPreview, VacationPreview, Wish};
pub use browse::{FoundCard, FoundNote};
pub use bulk::{Bulk, CardDeed, Chosen, NoteDeed, Preview, due_day};
pub use decks::DeckLine;
pub use evaluate::{ENOUGH, Evaluation, Forecaster};
pub use fetch::{fetch, is_address};
pub use files::{deck_files, read_file};
pub use finder::Finder;
pub use fit::CAN_FIT;
pub use history::CardHistory;
pub use import::{ImportDone, ImportLine, ImportOptions, Input};
pub use inbox::InboxMemory;
pub use leeches::Leech;
pub use lines::SourceText;
pub use notes::{MANY, NewNote};
pub use optimize::{Found, Optimization};
pub use options::{DeckSheet, OptionLine, Origin, Turning};
pub use review::Answered;
pub use row::SEPARATORS;
pub use safety::{Diagnosis, Repair, Salvaged, repair, restore};
pub use samples::{SAMPLES, Sample, sample_completions};
pub use session::{Session, Undone};
pub use stats::{Counting, Progress};
pub use writing::{Added, FrontMemory, Twins, Typed};

/// Result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An open collection with its configuration.
pub struct App {
    store: Store,
    config: Config,
}

/// What a change touched.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// Notes that were changed.
    pub notes: Vec<Uid>,
    /// Cards that were changed.
    pub cards: Vec<Uid>,
    /// What was left alone, and why.
    pub kept: Vec<Kept>,
}

/// Something that was left alone.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Kept {
    /// The note or card.
    pub id: Uid,
    /// Why.
    pub why: String,
}

impl App {
    /// Opens the collection at `path`, making it where it is missing.
    ///
    /// # Errors
    /// See [`Store::open`].
    pub fn open(path: &Path, config: Config, now: Now) -> Result<Self> {
        Ok(Self { store: Store::open(path, now.at_ms)?, config })
    }

    /// Opens a collection that lives in memory, for tests and benches.
    ///
    /// # Errors
    /// See [`Store::in_memory`].
    pub fn in_memory(config: Config, now: Now) -> Result<Self> {
        Ok(Self { store: Store::in_memory(now.at_ms)?, config })
    }

    /// Lets another configuration hold from now on.
    pub fn configure(&mut self, config: Config) {
        self.config = config;
    }

    /// Returns the configuration.
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Returns the path of the collection.
    pub fn path(&self) -> PathBuf {
        self.store.path().to_owned()
    }
}
