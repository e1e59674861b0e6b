//! Carrying a plan out, row by row, inside the transaction of its import.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, RandomState};

use crate::domain::text::fold;
use crate::domain::{Action, Cause, DeckName, Now, Uid};
use crate::import::{Draft, Triage};
use crate::store::{
    CardKey, DeckKey, Deleted, ImportKey, ImportRow, Inserts, Note, NoteKey, SourceKey, Store,
    StoreError,
};

use super::Result;
use super::decks::{Decks, hide_unused};
use super::foreign::{self, Foreign};
use super::merge::{kept, kept_snapshot, merge_row};
use super::notes::{free_ordinals, store_new};
use super::plan::{Bucket, FilePlan, Gone, PlanRow};
use super::review::log;
use super::triage::{start_known, unwanted};
use super::turn::is_wanted;

/// What the history keeps about an import's effect.
#[derive(serde::Serialize, serde::Deserialize, Default)]
#[serde(default)]
pub(super) struct History {
    pub added: u32,
    pub updated: u32,
    pub renamed: u32,
    /// Rows that the learner unticked: the file still has something to offer.
    pub left_out: u32,
    pub new_decks: Vec<String>,
    /// Rows of the cards that it gave to notes that were there.
    pub new_cards: Vec<i64>,
}

impl History {
    /// Returns what is kept about an import.
    pub(super) fn of(row: &ImportRow) -> Result<Self> {
        serde_json::from_str(&row.counts).map_err(|error| {
            StoreError::BadRow(format!("import {}: its effect is not told: {error}", row.uid))
                .into()
        })
    }
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
    plan: &'a FilePlan,
    ranks: Ranks,
    /// Notes that the file holds.
    held: Vec<NoteKey>,
    /// Takes over cards with their log, where the file brings any.
    foreign: Option<Foreign<'a>>,
    /// Cards given to notes that were there.
    new_cards: Vec<CardKey>,
}

impl<'a> Work<'a> {
    pub fn begin(
        store: &'a Store,
        plan: &'a FilePlan,
        now: Now,
        rollover_hour: u8,
    ) -> Result<Self> {
        let stamp = store.stamp(now.at_ms)?;
        let mut made = Vec::new();
        let hidden = if needs_own_deck(plan) { None } else { store.deck_or_hidden(&plan.deck)? };
        let deck = match hidden {
            Some(deck) => deck,
            None => store.deck_or_new(&plan.deck, stamp, &mut made)?,
        };
        let source = store.source_or_new(deck, &plan.basis.source)?;
        let mut row = new_row(store, plan, Some(source), stamp, now);
        row.key = store.insert_import(&row)?;
        let decks = HashMap::from([(String::new(), (deck, plan.deck.clone()))]);
        let ranks = Ranks::of(plan);
        let held = Vec::with_capacity(plan.rows.len());
        let inserts = store.inserts()?;
        let has_cards = plan.rows.iter().any(|row| row.draft.cards.is_some());
        let foreign = has_cards.then(|| Foreign::new(store, now, rollover_hour)).transpose()?;
        let new_cards = Vec::new();
        let mut work = Self {
            store,
            inserts,
            now,
            stamp,
            row,
            source,
            decks,
            made,
            plan,
            ranks,
            held,
            foreign,
            new_cards,
        };
        // All decks are there before the first row: what they inherit holds for it.
        for (at, row) in plan.rows.iter().enumerate().filter(|(_, row)| row.writes()) {
            if matches!(row.bucket, Bucket::New) || work.known(at).is_some() {
                work.deck(deck_named(row, plan))?;
            }
        }
        Ok(work)
    }

    /// Returns the note that the row at a position is compared with.
    fn known(&self, at: usize) -> Option<NoteKey> {
        self.plan.basis.keys.get(at).copied().filter(|key| *key > 0).map(NoteKey)
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

    /// Applies the row at a position and returns the note it belongs to.
    pub fn apply_row(&mut self, at: usize, decks: &Decks) -> Result<Option<Uid>> {
        let plan = self.plan;
        let Some(row) = plan.rows.get(at) else { return Ok(None) };
        let by_row = deck_named(row, plan);
        if let (Bucket::New, true) = (&row.bucket, row.ticked) {
            let (deck, name) = self.deck(by_row)?;
            let direction = plan.basis.given.direction.or(decks.settings(deck).direction);
            let note = self.new_note(&row.draft, deck);
            let slots = foreign::slots(&row.draft, direction);
            let from = self.ranks.ordinal(self.store, at, &name, &row.draft)?;
            let (inserts, batch) = (&mut self.inserts, self.now.at_ms);
            let triage = row.draft.decided().triage;
            if triage == Triage::Never {
                let note = unwanted(note);
                store_new(self.store, inserts, &name, note, &[], batch, from)?;
                return Ok(None);
            }
            let note = store_new(self.store, inserts, &name, note, &slots, batch, from)?;
            self.held.push(note.key);
            if let (Some(foreign), Some(cards)) = (&self.foreign, &row.draft.cards)
                && (!foreign::are_new(cards) || self.store.has_log(note.key)?)
            {
                foreign.take(&note, cards, self.row.key, decks)?;
            }
            if triage == Triage::Known {
                start_known(self.store, &note, self.row.key, self.now, decks)?;
            }
            return Ok(Some(note.uid));
        }
        let key = self.known(at);
        if let (Some(key), true) = (key, row.writes()) {
            let note = self.store.note(key)?;
            self.update(&note, &row.draft, by_row, plan.basis.given.theirs, decks)?;
        }
        if let (Some(key), Some(foreign), Some(cards)) = (key, &self.foreign, &row.draft.cards)
            && plan.gains(at)
        {
            let note = self.store.note(key)?;
            self.new_cards.extend(foreign.take(&note, cards, self.row.key, decks)?);
        }
        let uid = row.bucket.note();
        self.held.extend(key.filter(|_| uid.is_some()));
        Ok(uid)
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
            snapshot: draft.decided().said.as_ref().and_then(|said| kept(said, &draft.fields)),
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
        let merged = merge_row(note, draft, theirs);
        // A row that names the note by our own id leaves its source and snapshot alone.
        let is_ours = draft.ext_id.as_deref().and_then(Uid::parse) == Some(note.uid);
        let deck = match by_row {
            Some(_) => self.deck(by_row)?.0,
            None => note.deck,
        };
        self.store.keep_edit(note, self.now.at_ms, self.stamp, Some(self.row.key))?;
        self.store.update_note(&Note {
            deck,
            snapshot: if is_ours { kept_snapshot(note, &merged.fields) } else { merged.snapshot() },
            fields: merged.fields,
            source: if is_ours { note.source } else { Some(self.source) },
            ext_id: note.ext_id.clone().or_else(|| draft.ext_id.clone().filter(|_| !is_ours)),
            import: Some(self.row.key),
            stamp: self.stamp,
            ..note.clone()
        })?;
        self.lift_prune(&Note { deck, ..note.clone() }, decks)
    }

    /// Puts the cards back that the note's deck asks for.
    fn lift_prune(&self, note: &Note, decks: &Decks) -> Result<()> {
        for card in self.store.cards_of(note.key)? {
            if card.state.suspended == Some(Cause::Prune) && is_wanted(note, card.slot, decks) {
                let lift = Action::Unsuspend { cause: Cause::Prune };
                log(self.store, &card, lift, self.now, Some(self.row.key), decks)?;
            }
        }
        Ok(())
    }

    pub fn prune(&self, gone: &[Gone], decks: &Decks) -> Result<()> {
        for gone in gone {
            let Some(note) = self.store.note_by_uid(gone.note)? else { continue };
            for card in self.store.cards_of(note.key)? {
                if card.state.suspended.is_none() {
                    let suspend = Action::Suspend { cause: Cause::Prune };
                    log(self.store, &card, suspend, self.now, Some(self.row.key), decks)?;
                }
            }
        }
        Ok(())
    }

    pub fn finish(mut self) -> Result<Uid> {
        // A deck of which nothing is wanted is not shown.
        let is_never = |row: &PlanRow| row.draft.decided().triage == Triage::Never;
        let has_unwanted = self.plan.rows.iter().any(is_never);
        for (key, name) in self.decks.values().filter(|_| has_unwanted) {
            if self.made.contains(name) {
                hide_unused(self.store, *key, self.stamp)?;
            }
        }
        let counts = kept_counts(self.plan, &self.made, &self.new_cards);
        self.store.set_import_counts(self.row.key, &counts)?;
        self.held.sort_unstable();
        self.held.dedup();
        self.store.set_import_notes(self.row.key, &self.held)?;
        Ok(self.row.uid)
    }
}

/// Returns the deck that a row names itself, unless all go to one.
pub(super) fn deck_named<'a>(row: &'a PlanRow, plan: &FilePlan) -> Option<&'a str> {
    row.draft.deck.as_deref().filter(|_| plan.basis.given.deck.is_none())
}

/// Whether a new note goes to the plan's own deck.
fn needs_own_deck(plan: &FilePlan) -> bool {
    plan.rows.iter().any(|row| {
        let is_new = row.ticked && matches!(row.bucket, Bucket::New);
        is_new && deck_named(row, plan).is_none_or(|name| name.parse::<DeckName>().is_err())
    })
}

/// The places of new rows that share their ids' key: deck, front and reading.
///
/// They take the free ids in the order of their backs, whatever their order in the
/// file, so that every machine gives each back the same one.
struct Ranks {
    /// For each such row its group and its place in it.
    places: HashMap<usize, (usize, usize)>,
    sizes: Vec<usize>,
    /// For each group the free ordinals, once they are known.
    free: HashMap<usize, Vec<u32>>,
}

impl Ranks {
    fn of(plan: &FilePlan) -> Self {
        let state = RandomState::new();
        let hash_of = |row: &PlanRow| {
            let fields = &row.draft.fields;
            state.hash_one((deck_named(row, plan), fold(&fields.front), fold(&fields.reading)))
        };
        let rows = plan.rows.iter().enumerate();
        // Few rows in most files share their text: only hashes are kept of the others.
        let mut hashes: Vec<(u64, usize)> = rows
            .filter(|(_, row)| row.ticked && matches!(row.bucket, Bucket::New))
            .map(|(at, row)| (hash_of(row), at))
            .collect();
        hashes.sort_unstable();
        let (mut places, mut sizes) = (HashMap::new(), Vec::new());
        for group in hashes.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
            let mut rows: Vec<usize> = group.iter().map(|(_, at)| *at).collect();
            rows.sort_by_cached_key(|&at| (fold(&plan.rows[at].draft.fields.back), at));
            places.extend(rows.iter().enumerate().map(|(rank, &at)| (at, (sizes.len(), rank))));
            sizes.push(rows.len());
        }
        Self { places, sizes, free: HashMap::new() }
    }

    /// Returns the ordinal from which on a row looks for a free id.
    fn ordinal(&mut self, store: &Store, at: usize, deck: &DeckName, draft: &Draft) -> Result<u32> {
        let Some(&(group, rank)) = self.places.get(&at) else { return Ok(0) };
        let free = match self.free.entry(group) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(empty) => {
                let size = self.sizes.get(group).copied().unwrap_or(1);
                empty.insert(free_ordinals(store, deck, &draft.fields, size)?)
            }
        };
        Ok(free.get(rank).copied().unwrap_or(0))
    }
}

/// Returns what the history keeps about an import's effect, as JSON.
pub(super) fn kept_counts(plan: &FilePlan, made: &[DeckName], new_cards: &[CardKey]) -> String {
    let counts = plan.counts();
    let unticked = |row: &&PlanRow| row.can_tick() && !row.ticked && row.draft.is_ticked();
    let kept = History {
        added: counts.added,
        updated: counts.updated,
        renamed: counts.renamed,
        left_out: plan.rows.iter().filter(unticked).count() as u32,
        new_decks: made.iter().map(|name| name.as_str().to_owned()).collect(),
        new_cards: new_cards.iter().map(|key| key.0).collect(),
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
