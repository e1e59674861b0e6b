//! Rows that the learner merged or split before an import, when they come again.

use std::collections::HashMap;

use crate::app::merge::told;
use crate::domain::Fields;
use crate::domain::text::fold;
use crate::store::{Deleted, Note};

use super::Matching;

/// Returns the folded front and back that the file gave for the notes whose text
/// is another one.
pub(super) fn texts(notes: &[Note]) -> HashMap<usize, (String, String)> {
    let text = |(index, note): (usize, &Note)| {
        let said = told(note)?.fields;
        Some((index, (fold(&said.front), fold(&said.back))))
    };
    let changed = notes.iter().enumerate().filter(|(_, note)| note.snapshot.is_some());
    changed.filter_map(text).collect()
}

impl Matching<'_> {
    /// Finds the rows that were merged into the note of another row, and the further
    /// notes of rows that were split: those are in the file as long as their row is.
    pub(super) fn merged_and_split(&mut self) {
        if self.told.is_empty() {
            return;
        }
        let (mut merged, mut split) = (HashMap::new(), HashMap::new());
        for &index in self.told.keys() {
            let note = &self.notes[index];
            if note.deleted == Deleted::WithImport {
                continue;
            }
            for row in told(note).into_iter().flat_map(|said| said.also) {
                merged.insert((fold(&row.front), fold(&row.back)), index);
            }
            if let (Some(row), Some(json)) = (self.row_of[index], note.snapshot.as_deref()) {
                split.insert((note.source, json), row);
            }
        }
        if !merged.is_empty() {
            for row in self.open_rows().collect::<Vec<_>>() {
                let text = (self.fronts[row].clone(), self.backs[row].clone());
                if let Some(&index) = merged.get(&text) {
                    self.part_of.insert(row, index);
                }
            }
        }
        let rows: HashMap<(&str, &str), usize> = (0..self.drafts.len())
            .map(|row| ((&*self.fronts[row], &*self.backs[row]), row))
            .collect();
        for (&index, (front, back)) in &self.told {
            let note = &self.notes[index];
            let row = split
                .get(&(note.source, note.snapshot.as_deref().unwrap_or_default()))
                .or_else(|| rows.get(&(&**front, &**back)));
            if let (None, Some(&row)) = (self.row_of[index], row) {
                self.row_of[index] = Some(row);
            }
        }
    }

    /// Finds rows that say what the file said before of a row that the learner
    /// changed, or merged into it.
    pub(super) fn find_said_before(&mut self) {
        let mut said: HashMap<(u32, String, String, String), usize> = HashMap::new();
        for (row, draft) in self.drafts.iter().enumerate() {
            let key = |fields: &Fields| {
                let text = [&fields.front, &fields.back, &fields.reading].map(|text| fold(text));
                let [front, back, reading] = text;
                (self.decks[row].1, front, back, reading)
            };
            let Some(own) = &draft.decided().said else {
                if said.is_empty() || self.duplicate_of[row].is_some() {
                    continue;
                }
                if let Some(&first) = said.get(&key(&draft.fields))
                    && self.drafts[first].ext_id == draft.ext_id
                {
                    self.duplicate_of[row] = Some(self.drafts[first].line);
                }
                continue;
            };
            for fields in std::iter::once(&own.fields).chain(&own.also) {
                said.entry(key(fields)).or_insert(row);
            }
        }
    }
}
