//! Comparing what a file says with what the collection holds. Pure.

use std::collections::{HashMap, HashSet};

use crate::domain::text::fold;
use crate::domain::watch::{Cancelled, Stage, Watch};
use crate::domain::{Field, Kind};
use crate::import::Draft;
use crate::store::{DeckKey, Deleted, Note, NoteKey, SourceKey};

use super::matching::{Matching, Target};
use super::merge::{changes, is_said_already, merge_row};
use super::plan::{Bucket, PlanRow};

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
    /// Whether every row goes to one deck, whatever it names itself.
    pub one_deck: bool,
    /// Told how far it is.
    pub watch: &'a dyn Watch,
}

/// What comparing gives.
pub(super) struct Compared {
    /// A plan for each row.
    pub rows: Vec<PlanRow>,
    /// The row of the note that each of them belongs to; 0 for none.
    pub keys: Vec<i64>,
    /// Positions of the notes that left the file.
    pub gone: Vec<usize>,
}

/// Returns a plan for each row, given the deck each goes to, and the notes that
/// left the file.
///
/// # Errors
/// The learner stopped it.
pub(super) fn reconcile(
    drafts: Vec<Draft>,
    decks: &[Target],
    side: &Side<'_>,
) -> Result<Compared, Cancelled> {
    let fronts: Vec<String> = drafts.iter().map(|draft| fold(&draft.fields.front)).collect();
    let backs: Vec<String> = drafts.iter().map(|draft| fold(&draft.fields.back)).collect();
    // What the file says of rows that the learner changed, where there are any.
    let is_changed = drafts.iter().any(|draft| draft.decided().said.is_some());
    let said = |text: &dyn Fn(&Draft) -> String| -> Vec<String> {
        if is_changed { drafts.iter().map(text).collect() } else { Vec::new() }
    };
    let said_fronts = said(&|draft| fold(&draft.said().front));
    let said_backs = said(&|draft| fold(&draft.said().back));
    let mut matching = Matching::new(&drafts, decks, (&fronts, &backs), side);
    matching.run((&said_fronts, &said_backs), side.watch)?;
    let Matching { note_of, row_of, duplicate_of, part_of, renamed, .. } = matching;
    let mut hints = replaced(&drafts, &backs, &note_of, side, &row_of);
    let gone = side
        .notes
        .iter()
        .zip(&row_of)
        .enumerate()
        .filter(|(_, (note, row))| row.is_none() && is_leaving(note, side))
        .map(|(index, _)| index)
        .collect();
    let keys = note_of.iter().map(|note| note.map_or(0, |index| side.notes[index].key.0)).collect();
    drop((fronts, backs, said_fronts, said_backs));
    let all = drafts.len();
    let mut drafts = drafts;
    let mut rows = Vec::with_capacity(drafts.len());
    // From the end, so that memory is given back on the way: a large file is
    // held about once, not twice.
    while let Some(draft) = drafts.pop() {
        let row = drafts.len();
        if row.is_multiple_of(4096) {
            drafts.shrink_to_fit();
            side.watch.at(Stage::Comparing, all - row, all)?;
        }
        rows.push(if let Some(first) = duplicate_of[row] {
            let reason = format!("the same as line {first}");
            let bucket = Bucket::Duplicate { of_line: first };
            PlanRow { draft, bucket, ticked: false, reason, cards: 0 }
        } else if let Some(index) = part_of.get(&row).copied() {
            let note = &side.notes[index];
            let reason = format!("merged into {}", note.fields.front);
            let bucket = Bucket::Unchanged { note: note.uid };
            PlanRow { draft, bucket, ticked: false, reason, cards: 0 }
        } else if let Some(index) = note_of[row] {
            let is_renamed = renamed.contains(&row);
            matched(draft, &side.notes[index], decks[row].0, is_renamed, side)
        } else {
            unmatched(draft, hints.remove(&row), side)
        });
    }
    rows.reverse();
    Ok(Compared { rows, keys, gone })
}

/// Whether a note that no row belongs to left this very file.
fn is_leaving(note: &Note, side: &Side<'_>) -> bool {
    note.deleted == Deleted::No && side.source.is_some() && note.source == side.source
}

fn unmatched(draft: Draft, hint: Option<String>, side: &Side<'_>) -> PlanRow {
    if !side.kinds.contains(&draft.kind) {
        let reason = format!("kind {} not chosen", draft.kind.name());
        return PlanRow { draft, bucket: Bucket::Skipped, ticked: false, reason, cards: 0 };
    }
    let reason = match hint {
        Some(hint) if draft.reason.is_empty() => hint,
        _ => draft.reason.clone(),
    };
    PlanRow { ticked: draft.is_ticked(), draft, bucket: Bucket::New, reason, cards: 0 }
}

fn matched(
    draft: Draft,
    note: &Note,
    deck: Option<DeckKey>,
    is_renamed: bool,
    side: &Side<'_>,
) -> PlanRow {
    if note.deleted != Deleted::No {
        let never = note.deleted == Deleted::Never;
        let reason = if never { "never: you do not want it" } else { "you deleted this note" };
        let reason = reason.to_owned();
        return PlanRow { draft, bucket: Bucket::Skipped, ticked: false, reason, cards: 0 };
    }
    let decided = draft.decided();
    let (is_changed, is_own) = (decided.said.is_some(), decided.theirs == Some(false));
    let (mut fields, conflicts, is_settled) = if !is_changed && is_said_already(note, &draft.fields)
    {
        (Vec::new(), Vec::new(), false)
    } else {
        let merged = merge_row(note, &draft, side.theirs);
        let is_settled = (is_changed || is_own) && merged.has_news_for(note);
        (merged.changed, merged.conflicts, is_settled)
    };
    if draft.deck.is_some() && !side.one_deck && deck != Some(note.deck) {
        fields.push("another deck");
    }
    if side.pruned.contains(&note.key) {
        fields.push("back in the file");
    }
    let uid = note.uid;
    let (bucket, reason) = if !conflicts.is_empty() {
        let own = |name: &&&str| name.parse().map(|field: Field| note.fields.text(field));
        let own: Vec<String> = conflicts.iter().filter_map(|name| own(&name).ok()).collect();
        let (names, own) = (conflicts.join(", "), own.join("; "));
        let mut reason = format!("{names} changed on both sides; yours is kept: {own}");
        if !fields.is_empty() {
            reason = format!("{reason}; {}", changes(note, &fields));
        }
        (Bucket::Conflict { note: uid, fields: conflicts, taken: fields }, reason)
    } else if fields.is_empty() && !is_settled {
        (Bucket::Unchanged { note: uid }, String::new())
    } else if fields.is_empty() {
        let reason = "what the file says now is known, yours is kept".to_owned();
        (Bucket::Updated { note: uid, fields }, reason)
    } else {
        let reason = changes(note, &fields);
        let from = note.fields.front.clone();
        let renamed = Bucket::Renamed { note: uid, from };
        (if is_renamed { renamed } else { Bucket::Updated { note: uid, fields } }, reason)
    };
    let ticked = !matches!(bucket, Bucket::Unchanged { .. });
    PlanRow { draft, bucket, ticked, reason, cards: 0 }
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
        .filter(|(note, row)| row.is_none() && is_leaving(note, side))
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
