//! Importing: a file, a plan, one transaction.

use std::collections::HashMap;

use crate::domain::{DeckName, Direction, Kind, Now, Uid};
use crate::error::Error;
use crate::import::{self, Draft, Format, ReadOptions, Reading};
use crate::store::{DeckKey, Deleted, ImportRow, Note, SourceKey, Store};

use super::decks::Decks;
use super::intake::{History, Work};
use super::plan::{Basis, BucketCounts, FilePlan};
use super::reconcile::{Side, reconcile};
use super::source::{file_name, source_name};
use super::{App, Result, interchange};

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

/// Share of a source's notes that may leave at once, in percent.
const MOST_PRUNED_PCT: usize = 30;

impl ImportOptions {
    /// Returns the options that decide what is written, as JSON.
    fn effective(&self) -> String {
        let read = &self.read;
        let columns = read.columns.as_ref().map(|columns| {
            columns.iter().map(|column| column.name()).collect::<Vec<_>>().join(",")
        });
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

    fn kinds(&self) -> Vec<Kind> {
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
        let Some(row) = self.store.import_of(&hash, &options.effective())? else {
            return Ok(None);
        };
        let Some(source) = row.source else { return Ok(None) };
        if row.path != input.path && source_name(&row.path) != source_name(input.path) {
            return Ok(None);
        }
        let is_last = self.store.last_import_into(source)? == Some(row.key);
        if !is_last || self.store.is_source_touched(source, row.stamp)? {
            return Ok(None);
        }
        let notes = self.store.uids_of_source(source)?;
        Ok(Some((import_line(row), notes)))
    }

    /// Reads a file and compares it with the collection. Nothing is written.
    ///
    /// # Errors
    /// A file that cannot be read at all, or the store.
    pub fn plan(&self, input: Input<'_>, options: &ImportOptions) -> Result<FilePlan> {
        let name = file_name(input.path);
        let reading = import::read(input.bytes, name, &options.read)
            .map_err(|error| Error::Read { path: input.path.to_owned(), error })?;
        let hash = *blake3::hash(input.bytes).as_bytes();
        self.store.view(|store| plan_reading(store, input.path, hash, reading, options))
    }

    /// Carries out a plan in one transaction. A plan that changes nothing writes nothing.
    ///
    /// # Errors
    /// Pruning that would take out too much, or the store; nothing is written then.
    pub fn apply(&self, plan: &FilePlan, now: Now) -> Result<ImportDone> {
        let counts = plan.counts();
        if plan.basis.prune && plan.gone.len() * 100 > plan.basis.source_size * MOST_PRUNED_PCT {
            let (gone, of) = (plan.gone.len(), plan.basis.source_size);
            return Err(Error::PruneTooMany { gone, of });
        }
        if !changes_anything(plan) {
            let notes = plan.rows.iter().filter_map(|row| row.bucket.note()).collect();
            return Ok(ImportDone { import: None, counts, notes });
        }
        self.store.transact(|store| {
            if let Some(document) = &plan.basis.document {
                return interchange::apply(store, &self.config, plan, document, now);
            }
            let mut work = Work::begin(store, plan, now)?;
            let decks = Decks::load(store, &self.config.deck)?;
            let mut notes = Vec::with_capacity(plan.rows.len());
            store.in_bulk(counts.added as usize, || {
                for (at, row) in plan.rows.iter().enumerate() {
                    if let Some(uid) = work.apply_row(at, row, plan, &decks)? {
                        notes.push(uid);
                    }
                }
                Ok::<_, Error>(())
            })?;
            if plan.basis.prune {
                work.prune(&plan.gone, &decks)?;
            }
            let import = work.finish(counts)?;
            Ok(ImportDone { import: Some(import), counts, notes })
        })
    }

    /// Returns the history of imports, newest first.
    ///
    /// # Errors
    /// The store.
    pub fn imports(&self, most: u32) -> Result<Vec<ImportLine>> {
        Ok(self.store.imports(most)?.into_iter().map(import_line).collect())
    }
}

fn import_line(row: ImportRow) -> ImportLine {
    let counts: History = serde_json::from_str(&row.counts).unwrap_or_default();
    ImportLine {
        id: row.uid,
        at_ms: row.at_ms,
        path: row.path,
        format: row.format,
        deck: row.deck,
        added: counts.added,
        updated: counts.updated + counts.renamed,
        undone: row.undone_ms.is_some(),
    }
}

fn plan_reading(
    store: &Store,
    path: &str,
    hash: [u8; 32],
    mut reading: Reading,
    options: &ImportOptions,
) -> Result<FilePlan> {
    if let Some(document) = reading.document.take() {
        let basis = Basis { hash, options: options.effective(), ..Basis::default() };
        return interchange::plan(store, path, reading, document, basis);
    }
    let deck = deck_for(path, &reading, options)?;
    let source_name = source_name(path);
    let (targets, keys) = targets(store, &deck, &reading.drafts, options)?;
    let source = match store.deck(&deck)? {
        Some(row) => store.source(row.key, &source_name)?,
        None => None,
    };
    let notes = known_notes(store, &keys, source, &reading.drafts)?;
    let pruned = store.pruned_notes()?;
    let kinds = options.kinds();
    let side =
        Side { notes: &notes, source, pruned: &pruned, kinds: &kinds, theirs: options.theirs };
    let source_size = notes
        .iter()
        .filter(|note| note.deleted == Deleted::No && source.is_some() && note.source == source)
        .count();
    let (rows, gone) = reconcile(reading.drafts, &targets, &side);
    Ok(FilePlan {
        path: path.to_owned(),
        format: reading.format.name(),
        encoding: reading.encoding,
        deck,
        rows,
        rejected: reading.rejected,
        warnings: reading.warnings,
        reports: reading.reports,
        lines: reading.lines,
        gone,
        basis: Basis {
            hash,
            options: options.effective(),
            source: source_name,
            direction: options.direction,
            one_deck: options.deck.is_some(),
            theirs: options.theirs,
            prune: options.prune,
            source_size,
            ..Basis::default()
        },
    })
}

/// Returns the deck of each row (with a number that tells new decks apart) and
/// the decks among them that exist.
#[expect(clippy::type_complexity, reason = "two lists that belong together")]
fn targets(
    store: &Store,
    deck: &DeckName,
    drafts: &[Draft],
    options: &ImportOptions,
) -> Result<(Vec<(Option<DeckKey>, u32)>, Vec<DeckKey>)> {
    let mut known: HashMap<&str, (Option<DeckKey>, u32)> = HashMap::new();
    let default = (store.deck(deck)?.map(|row| row.key), 0);
    let mut keys: Vec<DeckKey> = default.0.into_iter().collect();
    let mut targets = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let target = match draft.deck.as_deref().filter(|_| options.deck.is_none()) {
            None => default,
            Some(name) => {
                if let Some(target) = known.get(name) {
                    *target
                } else {
                    let key = match name.parse::<DeckName>() {
                        Ok(name) if name == *deck => default.0,
                        Ok(name) => store.deck(&name)?.map(|row| row.key),
                        Err(_) => default.0,
                    };
                    keys.extend(key.filter(|key| !keys.contains(key)));
                    let target = (key, known.len() as u32 + 1);
                    known.insert(name, target);
                    target
                }
            }
        };
        targets.push(target);
    }
    Ok((targets, keys))
}

/// Returns the notes that rows could match, each once.
fn known_notes(
    store: &Store,
    decks: &[DeckKey],
    source: Option<SourceKey>,
    drafts: &[Draft],
) -> Result<Vec<Note>> {
    let mut notes = Vec::new();
    for deck in decks {
        notes.extend(store.notes_of_deck(*deck)?);
    }
    if let Some(source) = source {
        let elsewhere = store.notes_of_source(source)?;
        notes.extend(elsewhere.into_iter().filter(|note| !decks.contains(&note.deck)));
    }
    let ids = drafts.iter().filter_map(|draft| Uid::parse(draft.ext_id.as_deref()?));
    for uid in ids {
        if let Some(note) = store.note_by_uid(uid)?
            && !decks.contains(&note.deck)
            && notes.iter().all(|known| known.uid != uid)
        {
            notes.push(note);
        }
    }
    Ok(notes)
}

/// Whether what the article reader took apart is a bare list of terms.
fn is_list(reading: &Reading) -> bool {
    let has_prose = reading.lines.is_some_and(|lines| {
        lines.heading + lines.attribution + lines.metadata + lines.context > 0
    });
    !has_prose && reading.drafts.iter().all(|draft| draft.kind == Kind::Term)
}

fn deck_for(path: &str, reading: &Reading, options: &ImportOptions) -> Result<DeckName> {
    if let Some(deck) = &options.deck {
        return Ok(deck.clone());
    }
    let name = match (&reading.deck, reading.format) {
        (Some(deck), _) => deck.clone(),
        (None, Format::Article) if !is_list(reading) => "Articles".to_owned(),
        (None, _) => source_name(path),
    };
    name.parse().or_else(|_| "Imported".parse()).map_err(|error| Error::Invalid(format!("{error}")))
}

fn changes_anything(plan: &FilePlan) -> bool {
    plan.rows.iter().any(|row| row.ticked && row.can_tick())
        || (plan.basis.prune && !plan.gone.is_empty())
        || plan.basis.new_events > 0
}
