//! Importing a whole interchange document: notes, cards and their log.

mod log;

use std::collections::{HashMap, HashSet};

use crate::config::Config;
use crate::domain::interchange::{Document, NoteRow};
use crate::domain::text::nfc;
use crate::domain::{DeckName, Fields, Now, Uid, note};
use crate::error::Error;
use crate::import::{Draft, RowError, RowReason};
use crate::store::{DeckKey, Deleted, ImportKey, Note, NoteKey, Store};

use self::log::News;
pub(super) use self::log::withdrawn;
use super::Result;
use super::decks::Decks;
use super::import::ImportDone;
use super::intake::{kept_counts, new_row};
use super::merge::{changes, kept_snapshot, merge};
use super::plan::{Bucket, FilePlan, PlanRow};

/// Returns the plan of a document. Nothing is written.
pub(super) fn plan(store: &Store, bare: FilePlan) -> Result<FilePlan> {
    let (mut plan, news) = compare(store, bare)?;
    for (count, what) in [(news.cards, "new cards"), (news.events, "events of the log")] {
        if count > 0 {
            plan.reports.push(format!("{count} {what}"));
        }
    }
    plan.warnings.extend(news.warnings);
    Ok(plan)
}

/// Compares a document with the collection as it is now.
pub(super) fn compare(store: &Store, mut plan: FilePlan) -> Result<(FilePlan, News)> {
    let Some(document) = plan.basis.document.take() else { return Ok((plan, News::default())) };
    let known_bad: HashSet<u32> = plan.rejected.iter().map(|row| row.line).collect();
    let mut rows = Vec::with_capacity(document.notes.len());
    let mut there = HashSet::with_capacity(document.notes.len());
    let mut cards: HashMap<&str, u16> = HashMap::new();
    for card in &document.cards {
        *cards.entry(&card.note).or_default() += 1;
    }
    for (row, line) in document.notes.iter().zip(1u32..) {
        let draft = draft(row, line);
        if row.deck.parse::<DeckName>().is_err() {
            if !known_bad.contains(&line) {
                let reason = RowReason::Other(format!("`{}` is no deck name", row.deck));
                plan.rejected.push(RowError::new(line, reason));
            }
            continue;
        }
        let uid = Uid::foreign(&row.id);
        let (bucket, reason) = match store.note_by_uid(uid)? {
            Some(note) if matches!(note.deleted, Deleted::ByLearner | Deleted::Never) => {
                (Bucket::Skipped, "you deleted this note".to_owned())
            }
            Some(note) if note.deleted == Deleted::No => {
                compared(&note, &draft.fields, plan.basis.given.theirs)
            }
            _ => (Bucket::New, String::new()),
        };
        if !matches!(bucket, Bucket::Skipped) {
            there.insert(uid);
        }
        let ticked = !matches!(bucket, Bucket::Skipped | Bucket::Unchanged { .. });
        let cards = cards.get(&*row.id).copied().unwrap_or(0);
        rows.push(PlanRow { draft, bucket, ticked, reason, cards });
    }
    let news = log::news(store, &document, &there)?;
    let mut new_decks = 0;
    for row in &document.decks {
        let is_new = match row.name.parse() {
            Ok(name) => store.deck(&name)?.is_none(),
            Err(_) => false,
        };
        new_decks += usize::from(is_new);
    }
    plan.rows = rows;
    plan.basis.new_parts = news.cards + news.events + new_decks;
    plan.basis.document = Some(document);
    plan.basis.as_of = store.clock()?;
    Ok((plan, news))
}

fn draft(row: &NoteRow, line: u32) -> Draft {
    let text = |text: &str| nfc(text.to_owned());
    Draft {
        line,
        kind: row.kind,
        fields: Fields {
            front: text(&row.front),
            back: text(&row.back),
            reading: text(&row.reading),
            note: text(&row.note),
            example: text(&row.example),
            source: text(&row.source),
            tags: note::tags(row.tags.iter().map(String::as_str)),
        },
        deck: Some(row.deck.clone()),
        ext_id: row.ext_id.clone(),
        confidence_pct: 100,
        reason: String::new(),
        cards: None,
        decided: None,
    }
}

fn compared(note: &Note, incoming: &Fields, theirs: bool) -> (Bucket, String) {
    let merged = merge(note, incoming, theirs);
    if !merged.conflicts.is_empty() {
        let reason =
            format!("{} changed on both sides; yours is kept", merged.conflicts.join(", "));
        let (fields, taken) = (merged.conflicts, merged.changed);
        (Bucket::Conflict { note: note.uid, fields, taken }, reason)
    } else if merged.changed.is_empty() {
        (Bucket::Unchanged { note: note.uid }, String::new())
    } else {
        let reason = changes(note, &merged.changed);
        (Bucket::Updated { note: note.uid, fields: merged.changed }, reason)
    }
}

/// Writes a document's notes, cards and events in the running transaction.
pub(super) fn apply(
    store: &Store,
    config: &Config,
    plan: &FilePlan,
    document: &Document,
    now: Now,
) -> Result<ImportDone> {
    let stamp = store.stamp(now.at_ms)?;
    let mut row = new_row(store, plan, None, stamp, now);
    row.key = store.insert_import(&row)?;
    let mut made = Vec::new();
    write_decks(store, document, stamp, &mut made)?;
    let mut notes = Vec::with_capacity(plan.rows.len());
    for planned in &plan.rows {
        let Some(given) = document.notes.get((planned.draft.line as usize).saturating_sub(1))
        else {
            continue;
        };
        let uid = Uid::foreign(&given.id);
        if planned.writes() {
            let theirs = plan.basis.given.theirs;
            write_note(store, given, &planned.draft, (row.key, theirs), (stamp, now), &mut made)?;
        }
        notes.push(uid);
    }
    let decks = Decks::load(store, &config.deck)?;
    let new_cards = log::write(store, document, row.key, &decks, now)?;
    let counts = plan.counts();
    store.set_import_counts(row.key, &kept_counts(plan, &made, &new_cards))?;
    Ok(ImportDone { import: Some(row.uid), counts, notes })
}

fn write_decks(
    store: &Store,
    document: &Document,
    stamp: i64,
    made: &mut Vec<DeckName>,
) -> Result<()> {
    for given in &document.decks {
        let Ok(name) = given.name.parse::<DeckName>() else { continue };
        let known = made.len();
        let key = store.deck_or_new(&name, stamp, made)?;
        let is_new = made[known..].contains(&name);
        if let (Some(options), true) = (&given.options, is_new) {
            store.set_deck_options(key, options, stamp)?;
        }
    }
    Ok(())
}

fn write_note(
    store: &Store,
    given: &NoteRow,
    draft: &Draft,
    (import, theirs): (ImportKey, bool),
    (stamp, now): (i64, Now),
    made: &mut Vec<DeckName>,
) -> Result<()> {
    let uid = Uid::foreign(&given.id);
    let name: DeckName = given.deck.parse().map_err(|error| Error::Invalid(format!("{error}")))?;
    let deck = store.deck_or_new(&name, stamp, made)?;
    match store.note_by_uid(uid)? {
        Some(note) if note.deleted == Deleted::No => {
            let fields = merge(&note, &draft.fields, theirs).fields;
            store.keep_edit(&note, now.at_ms, stamp, Some(import))?;
            let snapshot = kept_snapshot(&note, &fields);
            store.update_note(&Note { fields, snapshot, import: Some(import), stamp, ..note })?;
        }
        old => {
            let fresh = new_note(given, draft, uid, deck, import, (stamp, now));
            match old {
                Some(old) => store.update_note(&Note { key: old.key, ..fresh })?,
                None => drop(store.insert_note(&fresh)?),
            }
        }
    }
    Ok(())
}

fn new_note(
    given: &NoteRow,
    draft: &Draft,
    uid: Uid,
    deck: DeckKey,
    import: ImportKey,
    (stamp, now): (i64, Now),
) -> Note {
    Note {
        key: NoteKey(0),
        uid,
        deck,
        kind: given.kind,
        fields: draft.fields.clone(),
        ext_id: given.ext_id.clone(),
        source: None,
        born: Some(import),
        import: Some(import),
        snapshot: None,
        added_ms: given.added.unwrap_or(now.at_ms),
        stamp: given.stamp.unwrap_or(stamp),
        deleted: Deleted::No,
    }
}
