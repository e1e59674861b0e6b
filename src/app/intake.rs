//! Carrying a plan out, row by row, inside the transaction of its import.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use crate::domain::text::fold;
use crate::domain::{Action, Cause, DeckName, Now, Uid};
use crate::import::Draft;
use crate::store::{
    DeckKey, Deleted, ImportKey, ImportRow, Inserts, Note, NoteKey, SourceKey, Store,
};

use super::Result;
use super::decks::{Decks, slots};
use super::notes::store_new;
use super::plan::{Bucket, BucketCounts, FilePlan, PlanRow};
use super::reconcile::merge;
use super::review::log;

/// What the history keeps about an import's effect.
#[derive(serde::Serialize, serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct History {
    pub added: u32,
    pub updated: u32,
    pub renamed: u32,
    pub new_decks: Vec<String>,
}

/// An import on its way into the store.
pub(super) struct Work<'a> {
    store: &'a Store,
    inserts: Inserts<'a>,
    now: Now,
    stamp: i64,
    row: ImportRow,
    source: SourceKey,
    decks: HashMap<String, (DeckKey, DeckName)>,
    made: Vec<DeckName>,
    /// For each row of the plan, the free ids that rows after it will take.
    skips: Vec<u32>,
}

impl<'a> Work<'a> {
    pub fn begin(store: &'a Store, plan: &FilePlan, now: Now) -> Result<Self> {
        let stamp = store.stamp(now.at_ms)?;
        let mut made = Vec::new();
        let deck = store.deck_or_new(&plan.deck, stamp, &mut made)?;
        let source = store.source_or_new(deck, &plan.basis.source)?;
        let mut row = new_row(store, plan, Some(source), stamp, now);
        row.key = store.insert_import(&row)?;
        let decks = HashMap::from([(String::new(), (deck, plan.deck.clone()))]);
        let inserts = store.inserts()?;
        let skips = skips(plan);
        Ok(Self { store, inserts, now, stamp, row, source, decks, made, skips })
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
    pub fn apply_row(
        &mut self,
        at: usize,
        row: &PlanRow,
        plan: &FilePlan,
        decks: &Decks,
    ) -> Result<Option<Uid>> {
        let by_row = row.draft.deck.as_deref().filter(|_| !plan.basis.one_deck);
        match (&row.bucket, row.ticked) {
            (Bucket::New, true) => {
                let (deck, name) = self.deck(by_row)?;
                let direction = plan.basis.direction.or(decks.settings(deck).direction);
                let note = self.new_note(&row.draft, deck);
                let slots = slots(row.draft.kind, direction);
                let batch = self.now.at_ms;
                let skip = self.skips.get(at).copied().unwrap_or(0);
                let inserts = &mut self.inserts;
                let note = store_new(self.store, inserts, &name, note, slots, batch, skip)?;
                Ok(Some(note.uid))
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
            fields: draft.fields.clone(),
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

    pub fn prune(&self, gone: &[Uid], decks: &Decks) -> Result<()> {
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

    pub fn finish(self, counts: BucketCounts) -> Result<Uid> {
        self.store.set_import_counts(self.row.key, &kept_counts(counts, &self.made))?;
        Ok(self.row.uid)
    }
}

/// Returns, for each row, how many new rows after it have the same front and
/// reading and a back that comes before its own.
///
/// Such rows share their ids' key. They take the free ids in the order of their
/// backs, whatever their order in the file, so that every machine gives each back
/// the same one.
fn skips(plan: &FilePlan) -> Vec<u32> {
    let mut skips = vec![0; plan.rows.len()];
    let mut alike: HashMap<_, Vec<(usize, String)>> = HashMap::new();
    for at in repeated(plan) {
        let draft = &plan.rows[at].draft;
        let entry: &mut Vec<_> = alike.entry(identity(draft, plan)).or_default();
        entry.push((at, fold(&draft.fields.back)));
    }
    for rows in alike.into_values() {
        for (place, (at, back)) in rows.iter().enumerate() {
            skips[*at] = rows[place..].iter().filter(|(_, later)| later < back).count() as u32;
        }
    }
    skips
}

/// Returns, in file order, the new rows that may have their text in common with
/// another one: few in most files, so that only hashes are kept of the others.
fn repeated(plan: &FilePlan) -> Vec<usize> {
    let state = RandomState::new();
    let is_new = |row: &PlanRow| row.ticked && matches!(row.bucket, Bucket::New);
    let mut hashes: Vec<(u64, usize)> = plan
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| is_new(row))
        .map(|(at, row)| (state.hash_one(identity(&row.draft, plan)), at))
        .collect();
    hashes.sort_unstable();
    let groups = hashes.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
    let mut rows: Vec<usize> = groups.flatten().map(|(_, at)| *at).collect();
    rows.sort_unstable();
    rows
}

/// Returns what the id of a row's note is made of, its number among like ones aside.
fn identity<'a>(draft: &'a Draft, plan: &FilePlan) -> (Option<&'a str>, String, String) {
    let deck = draft.deck.as_deref().filter(|_| !plan.basis.one_deck);
    (deck, fold(&draft.fields.front), fold(&draft.fields.reading))
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
