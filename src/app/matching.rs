//! Which row of a file belongs to which note. Pure.
//!
//! Each row is matched to at most one note and each note to at most one row, by
//! the first rule that fits: our own id; the file's id; same front and back; same
//! front, one left on each side; same front, most similar; and, among notes last
//! seen in this file, a corrected front. A note that the learner moved is found by
//! the file it came from, whatever its deck.
//!
//! Where note and file differ because the learner changed one of them, what the
//! file said before is compared as well.

mod told;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use crate::domain::Uid;
use crate::domain::text::{fold, is_han};
use crate::domain::watch::{Cancelled, Stage, Watch};
use crate::import::Draft;
use crate::store::{DeckKey, Deleted, Note, SourceKey};

use super::decks::similarity;
use super::reconcile::Side;

/// Fronts as alike as this, with the same back, are one front with a correction.
const SIMILAR: f32 = 0.85;
/// The same for fronts in Chinese characters, where one of four may be wrong.
const SIMILAR_HAN: f32 = 0.7;
/// Fronts as alike as this need only overlapping backs.
const VERY_SIMILAR: f32 = 0.93;
/// Pairs of leftovers beyond this number are not compared for similar fronts.
const MOST_PAIRS: usize = 250_000;
/// Rows times notes with one front beyond this number are paired in their order.
const MOST_SENSES: usize = 4_096;

/// The deck a row goes to (`None`: a new one), and a number that tells decks apart.
pub(super) type Target = (Option<DeckKey>, u32);

/// The pairs found so far.
pub(super) struct Matching<'a> {
    drafts: &'a [Draft],
    decks: &'a [Target],
    fronts: &'a [String],
    backs: &'a [String],
    notes: &'a [Note],
    source: Option<SourceKey>,
    one_deck: bool,
    /// For each row the position of its note.
    pub note_of: Vec<Option<usize>>,
    /// For each note the position of its row.
    pub row_of: Vec<Option<usize>>,
    /// For each row that stands earlier in the file as well, the line of that one.
    pub duplicate_of: Vec<Option<u32>>,
    /// For each row that was merged into another one's note that note's position.
    pub part_of: HashMap<usize, usize>,
    /// Rows with a corrected front.
    pub renamed: HashSet<usize>,
    /// Folded front and back that the file gave for notes whose text is another one.
    told: HashMap<usize, (String, String)>,
    /// Which text of the notes is looked at.
    text: Text,
}

/// Which text of a note is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Text {
    /// Its own.
    Own,
    /// What its file said, where that is another one.
    Told,
}

/// Who carries the ids that files give.
struct Ids<'a> {
    /// How many rows have an id.
    rows: HashMap<&'a str, usize>,
    /// The notes that have it.
    notes: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Ids<'a> {
    fn of(drafts: &'a [Draft], notes: &'a [Note]) -> Self {
        let mut ids = Self { rows: HashMap::new(), notes: HashMap::new() };
        for id in drafts.iter().filter_map(|draft| draft.ext_id.as_deref()) {
            *ids.rows.entry(id).or_default() += 1;
        }
        for (index, note) in living(notes) {
            if let Some(id) = note.ext_id.as_deref() {
                ids.notes.entry(id).or_default().push(index);
            }
        }
        ids
    }
}

/// Returns the notes that a row could mean: one that went with its import is none.
fn living(notes: &[Note]) -> impl Iterator<Item = (usize, &Note)> {
    notes.iter().enumerate().filter(|(_, note)| note.deleted != Deleted::WithImport)
}

/// Where notes are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In the deck that the row goes to.
    Deck,
    /// Among those last seen in this file.
    Source,
}

impl<'a> Matching<'a> {
    /// Returns a matching without pairs, given the folded fronts and backs.
    pub fn new(
        drafts: &'a [Draft],
        decks: &'a [Target],
        (fronts, backs): (&'a [String], &'a [String]),
        side: &Side<'a>,
    ) -> Self {
        Self {
            drafts,
            decks,
            fronts,
            backs,
            notes: side.notes,
            source: side.source,
            one_deck: side.one_deck,
            note_of: vec![None; drafts.len()],
            row_of: vec![None; side.notes.len()],
            duplicate_of: vec![None; drafts.len()],
            part_of: HashMap::new(),
            renamed: HashSet::new(),
            told: told::texts(side.notes),
            text: Text::Own,
        }
    }

    /// Applies all rules in their order. `said` is the folded text that the file
    /// itself gives for each row, or empty where the learner changed none.
    ///
    /// # Errors
    /// The learner stopped it.
    pub fn run(
        &mut self,
        said: (&'a [String], &'a [String]),
        watch: &dyn Watch,
    ) -> Result<(), Cancelled> {
        self.find_duplicates();
        if !said.0.is_empty() {
            self.find_said_before();
        }
        if self.notes.is_empty() {
            return Ok(());
        }
        if self.drafts.iter().any(|draft| draft.ext_id.is_some()) {
            self.by_uids();
            let ids = Ids::of(self.drafts, self.notes);
            // Numbers move on to other words when rows are put in between, so equal
            // text comes first; an id tells which of several equal ones.
            self.by_ids(&ids, true);
            for place in [Place::Deck, Place::Source] {
                self.by_text(place);
            }
            self.by_ids(&ids, false);
        }
        self.by_texts(watch)?;
        if !said.0.is_empty() {
            let own = (self.fronts, self.backs);
            (self.fronts, self.backs) = said;
            self.by_texts(watch)?;
            (self.fronts, self.backs) = own;
        }
        self.by_correction();
        self.merged_and_split();
        Ok(())
    }

    /// Same front and back first, then same front.
    fn by_texts(&mut self, watch: &dyn Watch) -> Result<(), Cancelled> {
        for rule in [Self::by_text, Self::by_front] {
            for text in [Text::Own, Text::Told] {
                self.text = text;
                for place in [Place::Deck, Place::Source] {
                    watch.at(Stage::Comparing, 0, self.drafts.len())?;
                    rule(self, place);
                }
            }
        }
        Ok(())
    }

    /// Returns the folded front and back of a note that are looked at, if it has them.
    fn note_text(&self, index: usize) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
        match self.text {
            Text::Own => {
                let fields = &self.notes[index].fields;
                Some((fold(&fields.front).into(), fold(&fields.back).into()))
            }
            Text::Told => {
                let (front, back) = self.told.get(&index)?;
                Some((front.into(), back.into()))
            }
        }
    }

    fn pair(&mut self, row: usize, note: usize) {
        self.note_of[row] = Some(note);
        self.row_of[note] = Some(row);
    }

    fn is_open_row(&self, row: usize) -> bool {
        self.note_of[row].is_none() && self.duplicate_of[row].is_none()
    }

    fn open_rows(&self) -> impl Iterator<Item = usize> {
        (0..self.drafts.len()).filter(|&row| self.is_open_row(row))
    }

    /// A row is a duplicate when front, back, reading and deck are those of an
    /// earlier one, and no id of its own tells it apart.
    fn find_duplicates(&mut self) {
        let state = RandomState::new();
        // The first row with each hash: the texts themselves are not held twice.
        let mut seen: HashMap<u64, usize> = HashMap::with_capacity(self.drafts.len());
        for row in 0..self.drafts.len() {
            let mut hash = state.hash_one(self.text_of(row));
            while let Some(&first) = seen.get(&hash) {
                if self.text_of(first) == self.text_of(row) {
                    self.duplicate_of[row] = Some(self.drafts[first].line);
                    break;
                }
                hash = hash.wrapping_add(1);
            }
            seen.entry(hash).or_insert(row);
        }
    }

    /// Returns what makes a row a duplicate of another one.
    fn text_of(&self, row: usize) -> (u32, &str, &str, String, Option<&str>) {
        let draft = &self.drafts[row];
        let reading = fold(&draft.fields.reading);
        let id = draft.ext_id.as_deref();
        (self.decks[row].1, &self.fronts[row], &self.backs[row], reading, id)
    }

    /// A row with the id of a note of ours means that note.
    fn by_uids(&mut self) {
        let uids: HashMap<Uid, usize> =
            living(self.notes).map(|(index, note)| (note.uid, index)).collect();
        for row in 0..self.drafts.len() {
            let uid = self.drafts[row].ext_id.as_deref().and_then(Uid::parse);
            let found = uid.and_then(|uid| uids.get(&uid).copied());
            if let Some(index) = found.filter(|&index| self.row_of[index].is_none())
                && self.is_open_row(row)
            {
                self.pair(row, index);
            }
        }
    }

    /// The id that the file gives, where one row and one note have it; with `equal`,
    /// any of those whose text is that of the row.
    fn by_ids(&mut self, ids: &Ids<'_>, equal: bool) {
        for row in 0..self.drafts.len() {
            let Some(id) = self.drafts[row].ext_id.as_deref() else { continue };
            let Some(notes) = ids.notes.get(id).filter(|_| self.is_open_row(row)) else { continue };
            let is_here = |&&index: &&usize| {
                let note = &self.notes[index];
                let is_of_source = self.source.is_some() && note.source == self.source;
                (Some(note.deck) == self.decks[row].0 || is_of_source)
                    && self.row_of[index].is_none()
            };
            let mut found = notes.iter().filter(is_here);
            let index = if equal {
                found.find(|&&index| {
                    let fields = &self.notes[index].fields;
                    fold(&fields.front) == self.fronts[row] && fold(&fields.back) == self.backs[row]
                })
            } else {
                let is_only_row = ids.rows.get(id) == Some(&1);
                found.next().filter(|_| is_only_row && found.next().is_none())
            };
            if let Some(&index) = index {
                self.pair(row, index);
            }
        }
    }

    /// Whether an unmatched note is to be looked for in a place.
    fn is_open_note(&self, index: usize, place: Place) -> bool {
        let is_here = place == Place::Deck
            || (self.source.is_some() && self.notes[index].source == self.source);
        self.row_of[index].is_none() && is_here
    }

    /// Whether there are notes to look at in a place.
    fn has_texts(&self, place: Place) -> bool {
        let is_known = place == Place::Deck || self.source.is_some();
        is_known && (self.text == Text::Own || !self.told.is_empty())
    }

    /// Same front and back. A deleted note only takes what living ones leave.
    fn by_text(&mut self, place: Place) {
        if !self.has_texts(place) {
            return;
        }
        let (fronts, backs) = (self.fronts, self.backs);
        let mut first: HashMap<(Option<DeckKey>, &str, &str), usize> = HashMap::new();
        // For each row the next one with the same text.
        let mut next = vec![usize::MAX; self.drafts.len()];
        for row in (0..self.drafts.len()).rev() {
            let deck = self.decks[row].0.filter(|_| place == Place::Deck);
            if self.is_open_row(row) && (deck.is_some() || place == Place::Source) {
                let key = (deck, &*fronts[row], &*backs[row]);
                if let Some(after) = first.insert(key, row) {
                    next[row] = after;
                }
            }
        }
        if first.is_empty() {
            return;
        }
        // For the first row with a text the first that no note has taken yet.
        let mut left: Vec<usize> = (0..self.drafts.len()).collect();
        for deleted in [Deleted::No, Deleted::ByLearner, Deleted::Never] {
            for (index, note) in self.notes.iter().enumerate() {
                if note.deleted != deleted || !self.is_open_note(index, place) {
                    continue;
                }
                let Some((front, back)) = self.note_text(index) else { continue };
                let deck = Some(note.deck).filter(|_| place == Place::Deck);
                let Some(&head) = first.get(&(deck, &*front, &*back)) else { continue };
                let row = left[head];
                if row != usize::MAX {
                    left[head] = next[row];
                    self.pair(row, index);
                }
            }
        }
    }

    /// Same front. Notes that the learner deleted are left out: another back under
    /// their front is another sense.
    fn by_front(&mut self, place: Place) {
        if !self.has_texts(place) {
            return;
        }
        let fronts = self.fronts;
        let mut group_of: HashMap<(Option<DeckKey>, &str), usize> = HashMap::new();
        let mut groups: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
        for row in self.open_rows() {
            let deck = self.decks[row].0.filter(|_| place == Place::Deck);
            // A row that names its deck is no row of a note in another one.
            let is_free = self.one_deck || self.drafts[row].deck.is_none();
            if deck.is_some() || (place == Place::Source && is_free) {
                let group = *group_of.entry((deck, &*fronts[row])).or_insert(groups.len());
                if group == groups.len() {
                    groups.push(Default::default());
                }
                groups[group].0.push(row);
            }
        }
        if groups.is_empty() {
            return;
        }
        for (index, note) in self.notes.iter().enumerate() {
            if note.deleted == Deleted::No && self.is_open_note(index, place) {
                let Some((front, _)) = self.note_text(index) else { continue };
                let deck = Some(note.deck).filter(|_| place == Place::Deck);
                if let Some(group) = group_of.get(&(deck, &*front)) {
                    groups[*group].1.push(index);
                }
            }
        }
        for (rows, notes) in groups {
            self.pair_most_similar(&rows, &notes);
        }
    }

    fn pair_most_similar(&mut self, rows: &[usize], notes: &[usize]) {
        if rows.len() * notes.len() == 1 || rows.len() * notes.len() > MOST_SENSES {
            for (&row, &index) in rows.iter().zip(notes) {
                self.pair(row, index);
            }
            return;
        }
        let mut alike = Vec::with_capacity(rows.len() * notes.len());
        for &index in notes {
            let Some((_, back)) = self.note_text(index) else { continue };
            alike.extend(rows.iter().map(|&row| (similarity(&self.backs[row], &back), row, index)));
        }
        alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, row, index) in alike {
            if self.note_of[row].is_none() && self.row_of[index].is_none() {
                self.pair(row, index);
            }
        }
    }

    /// Leftover rows and notes of this source whose front was corrected: unique
    /// both ways.
    fn by_correction(&mut self) {
        let Some(source) = self.source else { return };
        let rows: Vec<usize> =
            self.open_rows().filter(|&row| !self.drafts[row].decided().apart).collect();
        let notes: Vec<usize> = (0..self.notes.len())
            .filter(|&index| {
                let note = &self.notes[index];
                self.row_of[index].is_none()
                    && note.deleted == Deleted::No
                    && note.source == Some(source)
            })
            .collect();
        if rows.is_empty() || rows.len().saturating_mul(notes.len()) > MOST_PAIRS {
            return;
        }
        let given: Vec<Sides> = rows
            .iter()
            .map(|&row| Sides::of(self.fronts[row].clone(), self.backs[row].clone()))
            .collect();
        let mut edges = Vec::new();
        let mut of_row = vec![0_u32; rows.len()];
        for &index in &notes {
            let old = &self.notes[index].fields;
            let old = Sides::of(fold(&old.front), fold(&old.back));
            let from = edges.len();
            edges.extend(
                (0..rows.len())
                    .filter(|&at| given[at].is_correction_of(&old))
                    .map(|at| (at, index)),
            );
            edges[from..].iter().for_each(|(at, _)| of_row[*at] += 1);
            if edges.len() - from > 1 {
                // Not unique for the note: its edges still count for the rows.
                edges.truncate(from);
            }
        }
        for (at, index) in edges {
            if of_row[at] == 1 {
                self.pair(rows[at], index);
                self.renamed.insert(rows[at]);
            }
        }
    }
}

/// Folded text of one side of a possible correction.
struct Sides {
    front: String,
    length: usize,
    back: String,
    senses: HashSet<String>,
}

impl Sides {
    fn of(front: String, back: String) -> Self {
        let senses = back
            .split([';', ',', '/', '；', '，', '、'])
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect();
        Self { length: front.chars().count(), front, back, senses }
    }

    fn is_correction_of(&self, old: &Self) -> bool {
        let same_back = self.back == old.back;
        let needed = match same_back {
            true if self.front.chars().any(is_han) => SIMILAR_HAN,
            true => SIMILAR,
            false => VERY_SIMILAR,
        };
        // The most that lengths allow, before anything is compared.
        let (short, long) = (self.length.min(old.length), self.length.max(old.length));
        let most = 2.0 * short as f32 / (short + long).max(1) as f32;
        most >= needed
            && (same_back || !self.senses.is_disjoint(&old.senses))
            && similarity(&self.front, &old.front) >= needed
    }
}
