//! Importing: a file, a plan, one transaction.

use crate::domain::watch::{Stage, Watch};
use crate::domain::{DeckName, Direction, Kind, Now, Uid};
use crate::error::Error;
use crate::import::{self, Column, Format, ReadError, ReadOptions};
use crate::store::ImportRow;

use super::decks::Decks;
use super::intake::{History, Work};
use super::lines::SourceText;
use super::plan::{BucketCounts, FilePlan, PlanRow};
use super::profile::{self, Completed, Profile};
use super::source::{file_name, source_name};
use super::{App, Result, comparison, interchange};

/// A deck file: where it came from, and its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The path as it was given, or `-`.
    pub path: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

/// How a file is imported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// The deck, in place of what the file or its name says.
    pub deck: Option<DeckName>,
    /// How to read it.
    pub read: ReadOptions,
    /// Kinds that become notes; `None`: terms and sentences.
    pub kinds: Option<Vec<Kind>>,
    /// Directions of new notes.
    pub direction: Option<Direction>,
    /// Whether the file's text wins where both sides changed.
    pub theirs: bool,
    /// Whether notes that left the file are suspended.
    pub prune: bool,
    /// Whether what is remembered of the source is left out.
    pub no_profile: bool,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportDone {
    /// Its id; `None` where nothing changed and so nothing was written.
    pub import: Option<Uid>,
    /// Rows in each bucket.
    pub counts: BucketCounts,
    /// The notes that the file holds.
    pub notes: Vec<Uid>,
}

/// One import in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportLine {
    /// Its id.
    pub id: Uid,
    /// When, Unix milliseconds.
    pub at_ms: i64,
    /// The path as it was given.
    pub path: String,
    /// Format by name.
    pub format: String,
    /// The deck it went to.
    pub deck: String,
    /// New notes.
    pub added: u32,
    /// Changed notes.
    pub updated: u32,
    /// Whether it was taken back.
    pub undone: bool,
}

/// Rows written between two reports of how far it is.
const STEP: usize = 1024;

/// Share of a source's notes that may leave at once, in percent.
const MOST_PRUNED_PCT: usize = 30;

impl ImportOptions {
    /// Returns the options that decide what is written, as JSON.
    pub(super) fn effective(&self) -> String {
        let read = &self.read;
        let columns = read.columns.as_deref().map(Column::list);
        serde_json::json!({
            "deck": self.deck.as_ref().map(DeckName::as_str),
            "format": read.format.map(Format::name),
            "encoding": read.encoding,
            "delimiter": read.delimiter,
            "columns": columns,
            "no_header": read.no_header,
            "script": format!("{:?}", read.script),
            "kinds": self.kinds().iter().map(|kind| kind.name()).collect::<Vec<_>>(),
            "direction": self.direction.map(Direction::name),
            "theirs": self.theirs,
            "prune": self.prune,
        })
        .to_string()
    }

    pub(super) fn kinds(&self) -> Vec<Kind> {
        self.kinds.clone().unwrap_or_else(|| vec![Kind::Term, Kind::Sentence])
    }
}

impl App {
    /// Returns when these very bytes were imported with these options, where that
    /// import still stands and its notes were not touched since; and those notes.
    ///
    /// # Errors
    /// The store.
    pub fn known_import(
        &self,
        input: Input<'_>,
        options: &ImportOptions,
    ) -> Result<Option<(ImportLine, Vec<Uid>)>> {
        let hash = *blake3::hash(input.bytes).as_bytes();
        let options = self.completed(input, options)?.options;
        let Some(row) = self.store.import_of(&hash, &options.effective())? else {
            return Ok(None);
        };
        let Some(source) = row.source else { return Ok(None) };
        if row.path != input.path && source_name(&row.path) != source_name(input.path) {
            return Ok(None);
        }
        let history = History::of(&row)?;
        let last = self.store.last_import_into(source)?;
        if history.left_out > 0 || last.is_none_or(|last| last.key != row.key) {
            return Ok(None);
        }
        let notes = self.store.untouched_notes_of_import(row.key, row.stamp)?;
        let Some(notes) = notes else { return Ok(None) };
        Ok(Some((import_line(row)?, notes)))
    }

    /// Reads a file and compares it with the collection. Nothing is written.
    ///
    /// # Errors
    /// A file that cannot be read at all, the store, or [`Error::Cancelled`].
    pub fn plan(
        &self,
        input: Input<'_>,
        given: &ImportOptions,
        watch: &dyn Watch,
    ) -> Result<FilePlan> {
        let name = file_name(input.path);
        let completed = self.completed(input, given)?;
        let mut options = &completed.options;
        let mut read = import::read(input.bytes, name, &options.read, watch);
        let mut said = None;
        if !completed.remembered.is_empty() {
            let (count, list) = (completed.remembered.len(), completed.remembered.join("; "));
            let s = if count == 1 { "" } else { "s" };
            let is_kept = profile::fits(&read);
            let fate = if is_kept { "remembered" } else { "of before left out, this file differs" };
            said = Some(format!("{count} setting{s} {fate}: {list}"));
            if !is_kept {
                options = given;
                read = import::read(input.bytes, name, &options.read, watch);
            }
        }
        let mut reading = match read {
            Err(ReadError::Cancelled(cancelled)) => return Err(cancelled.into()),
            read => read.map_err(|error| Error::Read { path: input.path.to_owned(), error })?,
        };
        reading.reports.splice(0..0, said);
        if reading.format.is_by_line() && !reading.rejected.is_empty() {
            SourceText::read(input, &reading.encoding)?.name(&mut reading.rejected);
        }
        let hash = *blake3::hash(input.bytes).as_bytes();
        watch.at(Stage::Comparing, 0, reading.drafts.len())?;
        self.store.view(|store| {
            let (config, path) = (&self.config, input.path);
            comparison::plan(store, config, path, hash, reading, options, watch)
        })
    }

    /// Returns the options with what is remembered of the source.
    fn completed(&self, input: Input<'_>, given: &ImportOptions) -> Result<Completed> {
        let forget = given.no_profile;
        let profile =
            if forget { Profile::default() } else { Profile::of(&self.store, input.path)? };
        Ok(profile.complete(given, input.bytes))
    }

    /// Carries out a plan in one transaction. A plan that changes nothing writes nothing.
    ///
    /// Where the collection changed since, the file is compared with it again; what
    /// the learner ticked or unticked stays so.
    ///
    /// # Errors
    /// Pruning that would take out too much, or the store, or
    /// [`Error::Cancelled`]; nothing is written then.
    pub fn apply(&self, plan: &FilePlan, now: Now, watch: &dyn Watch) -> Result<ImportDone> {
        if !changes_anything(plan) {
            return Ok(nothing_done(plan));
        }
        self.transact_on_decks(|store| {
            let renewed = if store.clock()? == plan.basis.as_of {
                None
            } else {
                Some(self.compared_again(store, plan.clone(), watch)?)
            };
            let plan = renewed.as_ref().unwrap_or(plan);
            let (gone, of) = (plan.basis.leaving, plan.basis.source_size);
            if plan.basis.given.prune && gone * 100 > of * MOST_PRUNED_PCT {
                return Err(Error::PruneTooMany { gone, of });
            }
            if !changes_anything(plan) {
                return Ok(nothing_done(plan));
            }
            if let Some(document) = &plan.basis.document {
                return interchange::apply(store, &self.config, plan, document, now);
            }
            let mut work = Work::begin(store, plan, now, self.config.rollover_hour)?;
            let decks = Decks::load(store, &self.config.deck)?;
            let mut notes = Vec::with_capacity(plan.rows.len());
            store.in_bulk(plan.counts().added as usize, || {
                for at in 0..plan.rows.len() {
                    if at.is_multiple_of(STEP) {
                        watch.at(Stage::Writing, at, plan.rows.len())?;
                    }
                    notes.extend(work.apply_row(at, &decks)?);
                }
                Ok::<_, Error>(())
            })?;
            if plan.basis.given.prune {
                work.prune(&plan.gone, &decks)?;
            }
            let (import, counts) = (work.finish()?, plan.counts());
            Ok(ImportDone { import: Some(import), counts, notes })
        })
    }

    /// Returns the history of imports, newest first.
    ///
    /// # Errors
    /// The store.
    pub fn imports(&self, most: u32) -> Result<Vec<ImportLine>> {
        self.store.imports(most)?.into_iter().map(import_line).collect()
    }
}

fn import_line(row: ImportRow) -> Result<ImportLine> {
    let counts = History::of(&row)?;
    Ok(ImportLine {
        id: row.uid,
        at_ms: row.at_ms,
        path: row.path,
        format: row.format,
        deck: row.deck,
        added: counts.added,
        updated: counts.updated + counts.renamed,
        undone: row.undone_ms.is_some(),
    })
}

fn nothing_done(plan: &FilePlan) -> ImportDone {
    let notes = plan.rows.iter().filter_map(|row| row.bucket.note()).collect();
    ImportDone { import: None, counts: plan.counts(), notes }
}

fn changes_anything(plan: &FilePlan) -> bool {
    plan.rows.iter().any(PlanRow::writes)
        || plan.basis.gains.iter().any(|&at| plan.gains(at))
        || (plan.basis.given.prune && plan.basis.leaving > 0)
        || plan.basis.new_parts > 0
}
