//! Importing: a file, a plan, one transaction; and taking an import back.

use std::collections::HashMap;

use crate::domain::{Action, Cause, DeckName, Direction, Fields, Kind, Now, Uid};
use crate::error::Error;
use crate::import::{self, Draft, Format, ReadOptions, Reading};
use crate::store::{DeckKey, Deleted, ImportKey, ImportRow, Note, NoteKey, SourceKey, Store};

use super::decks::{Decks, slots};
use super::notes::store_new;
use super::plan::{Basis, Bucket, BucketCounts, FilePlan, PlanRow};
use super::reconcile::{Side, merge, reconcile};
use super::review::log;
use super::{App, Change, Kept, Result, interchange};

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

/// What the history keeps about an import's effect.
#[derive(serde::Serialize, serde::Deserialize, Default)]
#[serde(default)]
struct History {
    added: u32,
    updated: u32,
    renamed: u32,
    new_decks: Vec<String>,
}

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
            for row in &plan.rows {
                if let Some(uid) = work.apply_row(row, plan, &decks)? {
                    notes.push(uid);
                }
            }
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

    /// Takes an import back: removes what it added, restores what it changed,
    /// voids the events it brought. What was reviewed since is kept unless
    /// `force`; what was edited or imported again since is kept and reported.
    ///
    /// # Errors
    /// An import that does not exist or was taken back already, or the store.
    pub fn undo_import(&self, id: &str, force: bool, now: Now) -> Result<Change> {
        let row = self.find_import(id)?;
        if row.undone_ms.is_some() {
            return Err(Error::Invalid(format!("import {} was taken back already", row.uid)));
        }
        self.store.transact(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let mut change = Change::default();
            void_brought(store, row.key, &decks, now)?;
            restore_changed(store, &row, &mut change)?;
            remove_added(store, &row, force, now, &mut change)?;
            hide_made_decks(store, &row, now)?;
            store.mark_undone(row.key, now.at_ms)?;
            Ok(change)
        })
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
            Some(name) => match known.get(name) {
                Some(target) => *target,
                None => {
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
            },
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

fn deck_for(path: &str, reading: &Reading, options: &ImportOptions) -> Result<DeckName> {
    if let Some(deck) = &options.deck {
        return Ok(deck.clone());
    }
    let name = match (&reading.deck, reading.format) {
        (Some(deck), _) => deck.clone(),
        (None, Format::Article) => "Articles".to_owned(),
        (None, _) => source_name(path),
    };
    name.parse().or_else(|_| "Imported".parse()).map_err(|error| Error::Invalid(format!("{error}")))
}

/// Returns the last part of a path.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Returns the file's stem without a trailing date: `terms-2026-11-23.tsv` is `terms`.
fn source_name(path: &str) -> String {
    let name = file_name(path);
    if name == "-" || name.is_empty() {
        return "Imported".to_owned();
    }
    let stem =
        name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem });
    let digits_from = stem
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | ' '))
        .last()
        .map_or(stem.len(), |(at, _)| at);
    let (base, tail) = stem.split_at(digits_from);
    let digits = tail.chars().filter(char::is_ascii_digit).count();
    let is_date = (digits == 8 || digits == 6) && !base.is_empty() && looks_like_date(tail);
    if is_date { base.to_owned() } else { stem.to_owned() }
}

/// Whether a run of digits and separators is a year, a month and a day.
fn looks_like_date(tail: &str) -> bool {
    let digits: Vec<u32> = tail.chars().filter_map(|c| c.to_digit(10)).collect();
    let number = |digits: &[u32]| digits.iter().fold(0, |number, digit| number * 10 + digit);
    let (year, rest) = match digits.len() {
        8 => (number(&digits[..4]), &digits[4..]),
        6 => (2000 + number(&digits[..2]), &digits[2..]),
        _ => return false,
    };
    (1900..2200).contains(&year)
        && (1..=12).contains(&number(&rest[..2]))
        && (1..=31).contains(&number(&rest[2..]))
}

fn changes_anything(plan: &FilePlan) -> bool {
    plan.rows.iter().any(|row| row.ticked && row.can_tick())
        || (plan.basis.prune && !plan.gone.is_empty())
        || plan.basis.new_events > 0
}

/// An import on its way into the store.
struct Work<'a> {
    store: &'a Store,
    now: Now,
    stamp: i64,
    row: ImportRow,
    source: SourceKey,
    decks: HashMap<String, (DeckKey, DeckName)>,
    made: Vec<DeckName>,
}

impl<'a> Work<'a> {
    fn begin(store: &'a Store, plan: &FilePlan, now: Now) -> Result<Self> {
        let stamp = store.stamp(now.at_ms)?;
        let mut made = Vec::new();
        let deck = store.deck_or_new(&plan.deck, stamp, &mut made)?;
        let source = store.source_or_new(deck, &plan.basis.source)?;
        let mut row = new_row(store, plan, Some(source), stamp, now);
        row.key = store.insert_import(&row)?;
        let decks = HashMap::from([(String::new(), (deck, plan.deck.clone()))]);
        Ok(Self { store, now, stamp, row, source, decks, made })
    }

    fn deck(&mut self, name: Option<&str>) -> Result<(DeckKey, DeckName)> {
        let name = name.unwrap_or_default();
        if let Some(known) = self.decks.get(name) {
            return Ok(known.clone());
        }
        let Ok(parsed) = name.parse::<DeckName>() else { return self.deck(None) };
        let key = self.store.deck_or_new(&parsed, self.stamp, &mut self.made)?;
        self.decks.insert(name.to_owned(), (key, parsed.clone()));
        Ok((key, parsed))
    }

    /// Applies one row and returns the note it belongs to.
    fn apply_row(&mut self, row: &PlanRow, plan: &FilePlan, decks: &Decks) -> Result<Option<Uid>> {
        let by_row = row.draft.deck.as_deref().filter(|_| !plan.basis.one_deck);
        match (&row.bucket, row.ticked) {
            (Bucket::New, true) => {
                let (deck, name) = self.deck(by_row)?;
                let direction = plan.basis.direction.or(decks.settings(deck).direction);
                let note = self.new_note(&row.draft, deck);
                let slots = slots(row.draft.kind, direction);
                Ok(Some(store_new(self.store, &name, note, slots, self.now.at_ms)?.uid))
            }
            (bucket, true) if row.can_tick() => {
                if let Some(uid) = bucket.note()
                    && let Some(note) = self.store.note_by_uid(uid)?
                {
                    self.update(&note, &row.draft, by_row, plan.basis.theirs, decks)?;
                }
                Ok(bucket.note())
            }
            (bucket, _) => Ok(bucket.note()),
        }
    }

    fn new_note(&self, draft: &Draft, deck: DeckKey) -> Note {
        Note {
            key: NoteKey(0),
            uid: Uid([0; 16]),
            deck,
            kind: draft.kind,
            fields: Fields { ..draft.fields.clone() },
            ext_id: draft.ext_id.clone(),
            source: Some(self.source),
            born: Some(self.row.key),
            import: Some(self.row.key),
            snapshot: None,
            added_ms: self.now.at_ms,
            stamp: self.stamp,
            deleted: Deleted::No,
        }
    }

    fn update(
        &mut self,
        note: &Note,
        draft: &Draft,
        by_row: Option<&str>,
        theirs: bool,
        decks: &Decks,
    ) -> Result<()> {
        let merged = merge(note, &draft.fields, theirs);
        // A row that names the note by our own id leaves its source and snapshot alone.
        let is_ours = draft.ext_id.as_deref().and_then(Uid::parse) == Some(note.uid);
        let deck = match by_row {
            Some(_) => self.deck(by_row)?.0,
            None => note.deck,
        };
        self.store.keep_edit(note, self.now.at_ms, self.stamp, Some(self.row.key))?;
        self.store.update_note(&Note {
            deck,
            fields: merged.fields,
            snapshot: if is_ours { note.snapshot.clone() } else { merged.snapshot },
            source: if is_ours { note.source } else { Some(self.source) },
            ext_id: note.ext_id.clone().or_else(|| draft.ext_id.clone().filter(|_| !is_ours)),
            import: Some(self.row.key),
            stamp: self.stamp,
            ..note.clone()
        })?;
        self.lift_prune(note.key, decks)
    }

    fn lift_prune(&self, note: NoteKey, decks: &Decks) -> Result<()> {
        for card in self.store.cards_of(note)? {
            if card.state.suspended == Some(Cause::Prune) {
                let lift = Action::Unsuspend { cause: Cause::Prune };
                log(self.store, &card, lift, self.now, Some(self.row.key), decks)?;
            }
        }
        Ok(())
    }

    fn prune(&self, gone: &[Uid], decks: &Decks) -> Result<()> {
        for uid in gone {
            let Some(note) = self.store.note_by_uid(*uid)? else { continue };
            for card in self.store.cards_of(note.key)? {
                if card.state.suspended.is_none() {
                    let suspend = Action::Suspend { cause: Cause::Prune };
                    log(self.store, &card, suspend, self.now, Some(self.row.key), decks)?;
                }
            }
        }
        Ok(())
    }

    fn finish(self, counts: BucketCounts) -> Result<Uid> {
        self.store.set_import_counts(self.row.key, &kept_counts(counts, &self.made))?;
        Ok(self.row.uid)
    }
}

/// Returns what the history keeps about an import's effect, as JSON.
pub(super) fn kept_counts(counts: BucketCounts, made: &[DeckName]) -> String {
    let kept = History {
        added: counts.added,
        updated: counts.updated,
        renamed: counts.renamed,
        new_decks: made.iter().map(|name| name.as_str().to_owned()).collect(),
    };
    serde_json::to_string(&kept).unwrap_or_default()
}

/// Returns the history's row for an import that begins now.
pub(super) fn new_row(
    store: &Store,
    plan: &FilePlan,
    source: Option<SourceKey>,
    stamp: i64,
    now: Now,
) -> ImportRow {
    let parts = [store.device().as_bytes(), &plan.basis.hash[..], &stamp.to_le_bytes()[..]];
    ImportRow {
        key: ImportKey(0),
        uid: Uid::derive("import", parts),
        at_ms: now.at_ms,
        path: plan.path.clone(),
        format: plan.format.to_owned(),
        encoding: plan.encoding.clone(),
        hash: plan.basis.hash,
        options: plan.basis.options.clone(),
        deck: plan.deck.as_str().to_owned(),
        source,
        counts: String::from("{}"),
        stamp,
        undone_ms: None,
    }
}

fn void_brought(store: &Store, import: ImportKey, decks: &Decks, now: Now) -> Result<()> {
    for (key, voids) in store.events_of_import(import)? {
        let card = store.card(key)?;
        log(store, &card, Action::Undo { voids }, now, None, decks)?;
    }
    Ok(())
}

fn restore_changed(store: &Store, row: &ImportRow, change: &mut Change) -> Result<()> {
    for edit in store.edits_of_import(row.key)? {
        let note = store.note(edit.before.key)?;
        if note.deleted != Deleted::No || note.stamp != row.stamp {
            let why = "it was edited or imported again since".to_owned();
            change.kept.push(Kept { id: note.uid, why });
            continue;
        }
        // The stamp goes back too, so that an earlier import can be taken back as well.
        store.update_note(&edit.before)?;
        change.notes.push(note.uid);
    }
    Ok(())
}

fn remove_added(
    store: &Store,
    row: &ImportRow,
    force: bool,
    now: Now,
    change: &mut Change,
) -> Result<()> {
    for note in store.notes_born_in(row.key)? {
        if note.deleted != Deleted::No {
            continue;
        }
        let cards = store.cards_of(note.key)?;
        let was_reviewed = cards.iter().any(|card| card.state.due.is_some());
        let why = if note.stamp != row.stamp {
            Some("it was edited or imported again since")
        } else if was_reviewed && !force {
            Some("it was reviewed since (--force removes it)")
        } else {
            None
        };
        if let Some(why) = why {
            change.kept.push(Kept { id: note.uid, why: why.to_owned() });
            continue;
        }
        change.notes.push(note.uid);
        change.cards.extend(cards.iter().map(|card| card.uid));
        if store.has_log(note.key)? {
            let stamp = store.stamp(now.at_ms)?;
            store.update_note(&Note { deleted: Deleted::WithImport, stamp, ..note })?;
        } else {
            store.remove_note(note.key)?;
        }
    }
    Ok(())
}

/// Hides the decks that the import made, where nothing is left in them.
fn hide_made_decks(store: &Store, row: &ImportRow, now: Now) -> Result<()> {
    let kept: History = serde_json::from_str(&row.counts).unwrap_or_default();
    let mut names: Vec<DeckName> =
        kept.new_decks.iter().filter_map(|name| name.parse().ok()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.depth()));
    for name in names {
        let Some(deck) = store.deck(&name)? else { continue };
        let has_notes = store.deck_size(deck.key)?.0 > 0;
        let has_children =
            store.decks()?.iter().any(|other| other.name != name && other.name.is_within(&name));
        if !has_notes && !has_children {
            store.hide_deck(deck.key, store.stamp(now.at_ms)?)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_the_stem_without_its_date() {
        let cases = [
            ("decks/terms-2026-11-23.tsv", "terms"),
            ("terms_20261123.csv", "terms"),
            ("terms 261123.csv", "terms"),
            ("chapter-12.tsv", "chapter-12"),
            ("2026-11-23.txt", "2026-11-23"),
            ("hsk.v1.2.tsv", "hsk.v1.2"),
            ("-", "Imported"),
            (".hidden", ".hidden"),
            ("C:\\decks\\words.csv", "words"),
            ("词汇-2026-11-23.txt", "词汇"),
        ];
        for (path, want) in cases {
            assert_eq!(source_name(path), want, "{path}");
        }
    }
}
