//! Merging what a file says into a note, against what the file said last.

use crate::domain::{Field, Fields, Said};
use crate::import::Draft;
use crate::store::Note;

/// A note's text after a three-way merge.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Merged {
    /// The text.
    pub fields: Fields,
    /// The text that the file gave.
    said: Said,
    /// Fields that the file changed.
    pub changed: Vec<&'static str>,
    /// Fields that both sides changed, where the learner's text is kept.
    pub conflicts: Vec<&'static str>,
}

impl Merged {
    /// Returns what the file said, where the note says something else, as it is kept.
    pub fn snapshot(&self) -> Option<String> {
        kept(&self.said, &self.fields)
    }

    /// Whether the file says something else than is kept of it beside a note.
    pub fn has_news_for(&self, note: &Note) -> bool {
        self.said != said_of(note)
    }
}

/// Whether a note holds all that a file says, as the file gave it: nothing to merge.
pub(super) fn is_said_already(note: &Note, incoming: &Fields) -> bool {
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
    let kept = said_of(note);
    let base = kept.fields.clone();
    let mut merged = Merged {
        fields: note.fields.clone(),
        said: kept,
        changed: Vec::new(),
        conflicts: Vec::new(),
    };
    let said = &mut merged.said.fields;
    for field in Field::ALL.into_iter().filter(|field| *field != Field::Tags) {
        let (new, old, own) = (incoming.plain(field), base.plain(field), note.fields.plain(field));
        if new.is_empty() || new == old {
            continue;
        }
        if own == new {
            said.set(field, new);
        } else if own == old || theirs {
            said.set(field, new);
            merged.fields.set(field, new);
            merged.changed.push(field.name());
        } else {
            // What the file said before stays known, so that the conflict can be
            // settled by a later import.
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
    merged
}

/// Merges a row into a note. Where the learner changed the row, that text holds
/// whatever both sides say, and what the file said stays known.
pub(super) fn merge_row(note: &Note, draft: &Draft, theirs: bool) -> Merged {
    let decided = draft.decided();
    let mut merged = merge(note, draft.said(), decided.theirs.unwrap_or(theirs));
    if decided.theirs == Some(false) {
        // Known from now on, the file's text is no conflict the next time.
        for field in merged.conflicts.drain(..).filter_map(|name| name.parse().ok()) {
            merged.said.fields.copy(field, draft.said());
        }
    }
    let Some(said) = &decided.said else { return merged };
    if !said.also.is_empty() {
        merged.said.also.clone_from(&said.also);
    }
    for field in Field::ALL {
        let own = draft.fields.text(field);
        if own == said.fields.text(field) {
            continue;
        }
        let name = field.name();
        merged.conflicts.retain(|other| *other != name);
        merged.changed.retain(|other| *other != name);
        if own != note.fields.text(field) {
            merged.changed.push(name);
        }
        merged.fields.copy(field, &draft.fields);
        if !said.fields.text(field).is_empty() {
            merged.said.fields.copy(field, &said.fields);
        }
    }
    merged
}

/// Returns what the file said of a note last.
fn said_of(note: &Note) -> Said {
    told(note).unwrap_or_else(|| note.fields.clone().into())
}

/// Says which fields of a note a file changes, and the text that it replaces.
pub(super) fn changes(note: &Note, fields: &[&'static str]) -> String {
    let told = |name: &&'static str| match name.parse::<Field>() {
        Ok(field) if !note.fields.text(field).is_empty() => {
            format!("{name} was: {}", note.fields.text(field))
        }
        Ok(_) => format!("new {name}"),
        Err(_) => (*name).to_owned(),
    };
    fields.iter().map(told).collect::<Vec<_>>().join("; ")
}

/// Returns what the file said of a note, where the note says something else.
pub(super) fn told(note: &Note) -> Option<Said> {
    serde_json::from_str(note.snapshot.as_deref()?).ok()
}

/// Returns what is kept of a file's text beside a note's own, if they differ.
pub(super) fn kept(said: &Said, fields: &Fields) -> Option<String> {
    // Plain strings cannot fail to be written as JSON.
    let json = || serde_json::to_string(said).unwrap_or_default();
    (said.fields != *fields || !said.also.is_empty()).then(json)
}

/// Returns fields in the form in which they are kept as last imported.
fn snapshot(fields: &Fields) -> String {
    serde_json::to_string(fields).unwrap_or_default()
}

/// Returns what the file said of an imported note, to keep when something else, such
/// as the learner, replaces its text by `fields`: so the next import can tell whose
/// change it was.
pub(super) fn kept_snapshot(note: &Note, fields: &Fields) -> Option<String> {
    let imported = note.source.is_some() && note.snapshot.is_none();
    let kept = if imported { Some(snapshot(&note.fields)) } else { note.snapshot.clone() };
    kept.filter(|json| *json != snapshot(fields))
}
