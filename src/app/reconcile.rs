//! Comparing what a file says with what the collection holds. Pure.
//!
//! Each row of the file is matched to at most one note and each note to at most
//! one row, by the first rule that fits: our own id; the file's id; same front
//! and back; same front, one left on each side; same front, most similar; and,
//! among notes last seen in this file, a corrected front.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use crate::domain::text::fold;
use crate::domain::{Field, Fields, Kind, Uid};
use crate::import::Draft;
use crate::store::{DeckKey, Deleted, Note, NoteKey, SourceKey};

use super::decks::similarity;
use super::plan::{Bucket, PlanRow};

/// Fronts as alike as this, with the same back, are one front with a correction.
const SIMILAR: f32 = 0.85;
/// The same for fronts in Chinese characters, where one of four may be wrong.
const SIMILAR_HAN: f32 = 0.7;
/// Fronts as alike as this need only overlapping backs.
const VERY_SIMILAR: f32 = 0.93;
/// Pairs of leftovers beyond this number are not compared for similar fronts.
const MOST_PAIRS: usize = 250_000;

/// What the collection holds and how to look at it.
pub(super) struct Side<'a> {
    /// Notes of every deck the file names, and those last seen in this source,
    /// deleted ones too, each once.
    pub notes: &'a [Note],
    /// Where the file's notes come from, if it was imported before.
    pub source: Option<SourceKey>,
    /// Notes with cards suspended because their row had left the file.
    pub pruned: &'a HashSet<NoteKey>,
    /// Kinds that become notes.
    pub kinds: &'a [Kind],
    /// Whether the file's text wins where both sides changed.
    pub theirs: bool,
}

/// Returns a plan for each row, given the deck each goes to (`None`: a new one,
/// told apart by name), and the notes that left the file.
pub(super) fn reconcile(
    drafts: Vec<Draft>,
    decks: &[(Option<DeckKey>, u32)],
    side: &Side<'_>,
) -> (Vec<PlanRow>, Vec<Uid>) {
    let fronts: Vec<String> = drafts.iter().map(|draft| fold(&draft.fields.front)).collect();
    let backs: Vec<String> = drafts.iter().map(|draft| fold(&draft.fields.back)).collect();
    let mut matching = Matching {
        drafts: &drafts,
        decks,
        fronts: &fronts,
        backs: &backs,
        notes: side.notes,
        note_of: vec![None; drafts.len()],
        row_of: vec![None; side.notes.len()],
        duplicate_of: vec![None; drafts.len()],
        renamed: HashSet::new(),
    };
    matching.find_duplicates();
    if !side.notes.is_empty() {
        matching.by_ids(side.source);
        matching.by_front();
        matching.by_correction(side.source);
    }
    let Matching { note_of, row_of, duplicate_of, renamed, .. } = matching;
    let mut hints = replaced(&drafts, &backs, &note_of, side, &row_of);
    let gone = side
        .notes
        .iter()
        .zip(&row_of)
        .filter(|(note, row)| {
            row.is_none()
                && note.deleted == Deleted::No
                && side.source.is_some()
                && note.source == side.source
        })
        .map(|(note, _)| note.uid)
        .collect();
    drop((fronts, backs));
    let mut drafts = drafts;
    let mut rows = Vec::with_capacity(drafts.len());
    // From the end, so that memory is given back on the way: a large file is
    // held about once, not twice.
    while let Some(draft) = drafts.pop() {
        let row = drafts.len();
        if row % 4096 == 0 {
            drafts.shrink_to_fit();
        }
        rows.push(if let Some(first) = duplicate_of[row] {
            let reason = format!("the same as line {first}");
            let bucket = Bucket::Duplicate { of_line: first };
            PlanRow { draft, bucket, ticked: false, reason }
        } else if let Some(index) = note_of[row] {
            let is_renamed = renamed.contains(&row);
            matched(draft, &side.notes[index], decks[row].0, is_renamed, side)
        } else {
            unmatched(draft, hints.remove(&row), side)
        });
    }
    rows.reverse();
    (rows, gone)
}

fn unmatched(draft: Draft, hint: Option<String>, side: &Side<'_>) -> PlanRow {
    if !side.kinds.contains(&draft.kind) {
        let reason = format!("kind {} not chosen", draft.kind.name());
        return PlanRow { draft, bucket: Bucket::Skipped, ticked: false, reason };
    }
    let reason = match hint {
        Some(hint) if draft.reason.is_empty() => hint,
        _ => draft.reason.clone(),
    };
    PlanRow { ticked: draft.is_ticked(), draft, bucket: Bucket::New, reason }
}

fn matched(
    draft: Draft,
    note: &Note,
    deck: Option<DeckKey>,
    is_renamed: bool,
    side: &Side<'_>,
) -> PlanRow {
    if note.deleted == Deleted::ByLearner {
        let reason = "you deleted this note".to_owned();
        return PlanRow { draft, bucket: Bucket::Skipped, ticked: false, reason };
    }
    let (mut fields, conflicts) = if is_said_already(note, &draft.fields) {
        (Vec::new(), Vec::new())
    } else {
        let merged = merge(note, &draft.fields, side.theirs);
        (merged.changed, merged.conflicts)
    };
    if draft.deck.is_some() && deck != Some(note.deck) {
        fields.push("deck");
    }
    if side.pruned.contains(&note.key) {
        fields.push("back in the file");
    }
    let uid = note.uid;
    let (bucket, reason) = if !conflicts.is_empty() {
        let reason = format!("{} changed on both sides; yours is kept", conflicts.join(", "));
        (Bucket::Conflict { note: uid, fields: conflicts }, reason)
    } else if is_renamed {
        let from = note.fields.front.clone();
        let reason = format!("was {from}");
        (Bucket::Renamed { note: uid, from }, reason)
    } else if fields.is_empty() {
        (Bucket::Unchanged { note: uid }, String::new())
    } else {
        let reason = format!("new {}", fields.join(", "));
        (Bucket::Updated { note: uid, fields }, reason)
    };
    let ticked = !matches!(bucket, Bucket::Unchanged { .. });
    PlanRow { draft, bucket, ticked, reason }
}

struct Matching<'a> {
    drafts: &'a [Draft],
    decks: &'a [(Option<DeckKey>, u32)],
    fronts: &'a [String],
    backs: &'a [String],
    notes: &'a [Note],
    note_of: Vec<Option<usize>>,
    row_of: Vec<Option<usize>>,
    duplicate_of: Vec<Option<u32>>,
    renamed: HashSet<usize>,
}

impl Matching<'_> {
    fn pair(&mut self, row: usize, note: usize) {
        self.note_of[row] = Some(note);
        self.row_of[note] = Some(row);
    }

    fn is_open_row(&self, row: usize) -> bool {
        self.note_of[row].is_none() && self.duplicate_of[row].is_none()
    }

    /// A row is a duplicate when front, back, reading and deck are those of an
    /// earlier one, and no id of its own tells it apart.
    fn find_duplicates(&mut self) {
        let state = RandomState::new();
        // The first row with each hash: the texts themselves are not held twice.
        let mut seen: HashMap<u64, usize> = HashMap::with_capacity(self.drafts.len());
        for (row, draft) in self.drafts.iter().enumerate() {
            let mut hash = state.hash_one(self.text_of(row));
            while let Some(&first) = seen.get(&hash) {
                if self.text_of(first) == self.text_of(row) {
                    if self.drafts[first].ext_id == draft.ext_id {
                        self.duplicate_of[row] = Some(self.drafts[first].line);
                    }
                    break;
                }
                hash = hash.wrapping_add(1);
            }
            seen.entry(hash).or_insert(row);
        }
    }

    /// Returns what makes a row a duplicate of another one.
    fn text_of(&self, row: usize) -> (u32, &str, &str, String) {
        let reading = fold(&self.drafts[row].fields.reading);
        (self.decks[row].1, &self.fronts[row], &self.backs[row], reading)
    }

    fn by_ids(&mut self, source: Option<SourceKey>) {
        if self.drafts.iter().all(|draft| draft.ext_id.is_none()) {
            return;
        }
        let uids: HashMap<Uid, usize> =
            self.notes.iter().enumerate().map(|(index, note)| (note.uid, index)).collect();
        let mut ext_ids: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, note) in self.notes.iter().enumerate() {
            if let Some(id) = &note.ext_id {
                ext_ids.entry(id).or_default().push(index);
            }
        }
        for row in 0..self.drafts.len() {
            let Some(id) = &self.drafts[row].ext_id else { continue };
            if !self.is_open_row(row) {
                continue;
            }
            let by_uid = Uid::parse(id).and_then(|uid| uids.get(&uid).copied());
            let by_ext_id = || {
                ext_ids.get(id.as_str())?.iter().copied().find(|&index| {
                    let note = &self.notes[index];
                    let is_here = Some(note.deck) == self.decks[row].0
                        || (source.is_some() && note.source == source);
                    is_here && note.deleted != Deleted::WithImport
                })
            };
            let found = by_uid.or_else(by_ext_id).filter(|&index| self.row_of[index].is_none());
            if let Some(index) = found {
                self.pair(row, index);
            }
        }
    }

    /// Same deck and front: first with the same back, then what is left.
    fn by_front(&mut self) {
        let mut group_of: HashMap<(DeckKey, &str), usize> = HashMap::new();
        let mut pairs: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
        for row in 0..self.drafts.len() {
            if let (true, Some(deck)) = (self.is_open_row(row), self.decks[row].0) {
                let group = *group_of.entry((deck, &*self.fronts[row])).or_insert(pairs.len());
                if group == pairs.len() {
                    pairs.push(Default::default());
                }
                pairs[group].0.push(row);
            }
        }
        for (index, note) in self.notes.iter().enumerate() {
            if self.row_of[index].is_none() && note.deleted != Deleted::WithImport {
                let front = fold(&note.fields.front);
                if let Some(group) = group_of.get(&(note.deck, front.as_str())) {
                    pairs[*group].1.push(index);
                }
            }
        }
        for (mut rows, mut notes) in pairs {
            // Living notes first: a deleted one only takes what they leave.
            notes.sort_by_key(|&index| self.notes[index].deleted != Deleted::No);
            rows.retain(|&row| {
                let same = notes
                    .iter()
                    .position(|&index| fold(&self.notes[index].fields.back) == self.backs[row]);
                match same {
                    Some(at) => {
                        let index = notes.remove(at);
                        self.pair(row, index);
                        false
                    }
                    None => true,
                }
            });
            self.pair_most_similar(rows, notes);
        }
    }

    fn pair_most_similar(&mut self, mut rows: Vec<usize>, mut notes: Vec<usize>) {
        while !rows.is_empty() && !notes.is_empty() {
            let mut best = (0, 0, -1.0_f32);
            for (at_row, &row) in rows.iter().enumerate() {
                for (at_note, &index) in notes.iter().enumerate() {
                    let back = fold(&self.notes[index].fields.back);
                    let alike = similarity(&self.backs[row], &back);
                    if alike > best.2 {
                        best = (at_row, at_note, alike);
                    }
                }
            }
            let (row, index) = (rows.remove(best.0), notes.remove(best.1));
            self.pair(row, index);
        }
    }

    /// Leftover rows and notes of this source whose front was corrected: unique
    /// both ways.
    fn by_correction(&mut self, source: Option<SourceKey>) {
        if source.is_none() {
            return;
        }
        let rows: Vec<usize> =
            (0..self.drafts.len()).filter(|&row| self.is_open_row(row)).collect();
        let notes: Vec<usize> = (0..self.notes.len())
            .filter(|&index| {
                let note = &self.notes[index];
                self.row_of[index].is_none() && note.deleted == Deleted::No && note.source == source
            })
            .collect();
        if rows.len().saturating_mul(notes.len()) > MOST_PAIRS {
            return;
        }
        let mut edges = Vec::new();
        for &row in &rows {
            for &index in &notes {
                if self.is_correction(row, index) {
                    edges.push((row, index));
                }
            }
        }
        for &(row, index) in &edges {
            let of_row = edges.iter().filter(|edge| edge.0 == row).count();
            let of_note = edges.iter().filter(|edge| edge.1 == index).count();
            if of_row == 1 && of_note == 1 {
                self.pair(row, index);
                self.renamed.insert(row);
            }
        }
    }

    fn is_correction(&self, row: usize, index: usize) -> bool {
        let old = &self.notes[index].fields;
        let (old_front, old_back) = (fold(&old.front), fold(&old.back));
        let alike = similarity(&self.fronts[row], &old_front);
        let is_han = self.fronts[row].chars().any(crate::domain::text::is_han);
        let same_back = self.backs[row] == old_back;
        let overlaps = || {
            let parts = |back: &str| -> HashSet<String> {
                back.split([';', ',', '/', '；', '，', '、'])
                    .map(|part| part.trim().to_owned())
                    .filter(|part| !part.is_empty())
                    .collect()
            };
            !parts(&self.backs[row]).is_disjoint(&parts(&old_back))
        };
        (same_back && alike >= if is_han { SIMILAR_HAN } else { SIMILAR })
            || (alike >= VERY_SIMILAR && overlaps())
    }
}

/// Returns, for new rows, a hint at a note that left the file with the same back.
fn replaced(
    drafts: &[Draft],
    backs: &[String],
    note_of: &[Option<usize>],
    side: &Side<'_>,
    row_of: &[Option<usize>],
) -> HashMap<usize, String> {
    let leaving: HashMap<String, &str> = side
        .notes
        .iter()
        .zip(row_of)
        .filter(|(note, row)| row.is_none() && side.source.is_some() && note.source == side.source)
        .map(|(note, _)| (fold(&note.fields.back), &*note.fields.front))
        .collect();
    if leaving.is_empty() {
        return HashMap::new();
    }
    (0..drafts.len())
        .filter(|&row| note_of[row].is_none())
        .filter_map(|row| {
            let old = leaving.get(&backs[row])?;
            Some((row, format!("{old} has the same back and left the file")))
        })
        .collect()
}

/// A note's text after a three-way merge.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Merged {
    /// The text.
    pub fields: Fields,
    /// The text that the file gave, where it is another one.
    pub snapshot: Option<String>,
    /// Fields that the file changed.
    pub changed: Vec<&'static str>,
    /// Fields that both sides changed, where the learner's text is kept.
    pub conflicts: Vec<&'static str>,
}

/// Whether a note holds all that a file says, as the file gave it: nothing to merge.
fn is_said_already(note: &Note, incoming: &Fields) -> bool {
    let is_same = |field: Field| {
        let new = incoming.plain(field);
        new.is_empty() || new == note.fields.plain(field)
    };
    note.snapshot.is_none()
        && Field::ALL.into_iter().all(is_same)
        && (incoming.tags.is_empty() || incoming.tags == note.fields.tags)
}

/// Merges what a file says now into a note, against what it said last.
///
/// Only the file changed: its text is taken. Only the learner changed: theirs is
/// kept. Both did: the learner's is kept, or the file's where `theirs` says so.
/// An empty field of the file changes nothing; tags are added and removed singly.
pub(super) fn merge(note: &Note, incoming: &Fields, theirs: bool) -> Merged {
    let base = note
        .snapshot
        .as_deref()
        .and_then(|json| serde_json::from_str(json).ok())
        .unwrap_or_else(|| note.fields.clone());
    let mut merged = Merged {
        fields: note.fields.clone(),
        snapshot: None,
        changed: Vec::new(),
        conflicts: Vec::new(),
    };
    let mut said = base.clone();
    for field in Field::ALL.into_iter().filter(|field| *field != Field::Tags) {
        let (new, old, own) = (incoming.plain(field), base.plain(field), note.fields.plain(field));
        if new.is_empty() || new == old {
            continue;
        }
        said.set(field, new);
        if own == new {
            continue;
        }
        if own == old || theirs {
            merged.fields.set(field, new);
            merged.changed.push(field.name());
        } else {
            merged.conflicts.push(field.name());
        }
    }
    if !incoming.tags.is_empty() && incoming.tags != base.tags {
        said.tags.clone_from(&incoming.tags);
        let own = note
            .fields
            .tags
            .iter()
            .filter(|tag| incoming.tags.contains(tag) || !base.tags.contains(tag));
        let added = incoming.tags.iter().filter(|tag| !base.tags.contains(tag));
        let tags = crate::domain::note::tags(own.chain(added).map(String::as_str));
        if tags != note.fields.tags {
            merged.fields.tags = tags;
            merged.changed.push(Field::Tags.name());
        }
    }
    merged.snapshot = (said != merged.fields).then(|| snapshot(&said));
    merged
}

/// Returns fields in the form in which they are kept as last imported.
pub(super) fn snapshot(fields: &Fields) -> String {
    // Plain strings cannot fail to be written as JSON.
    serde_json::to_string(fields).unwrap_or_default()
}
