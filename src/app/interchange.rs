//! Importing a whole interchange document: notes, cards and their log.

use std::collections::{HashMap, HashSet};

use crate::config::Config;
use crate::domain::interchange::{Document, EventRow, NoteRow};
use crate::domain::text::nfc;
use crate::domain::{Action, Day, DeckName, Event, Fields, Now, Slot, Uid, note};
use crate::error::Error;
use crate::import::{Draft, Reading, RowError, RowReason};
use crate::sched::replay;
use crate::store::{CardKey, DeckKey, Deleted, ImportKey, Note, NoteKey, Store};

use super::Result;
use super::decks::Decks;
use super::import::ImportDone;
use super::intake::{kept_counts, new_row};
use super::plan::{Basis, Bucket, FilePlan, PlanRow};
use super::reconcile::merge;

/// Compares a document with the collection. Nothing is written.
pub(super) fn plan(
    store: &Store,
    path: &str,
    mut reading: Reading,
    document: Box<Document>,
    mut basis: Basis,
) -> Result<FilePlan> {
    let mut rows = Vec::with_capacity(document.notes.len());
    for (row, line) in document.notes.iter().zip(1u32..) {
        let draft = draft(row, line);
        if row.deck.parse::<DeckName>().is_err() {
            let reason = RowReason::Other(format!("`{}` is no deck name", row.deck));
            reading.rejected.push(RowError { line, reason });
            continue;
        }
        let (bucket, reason) = match store.note_by_uid(Uid::foreign(&row.id))? {
            Some(note) if note.deleted == Deleted::ByLearner => {
                (Bucket::Skipped, "you deleted this note".to_owned())
            }
            Some(note) if note.deleted == Deleted::No => compared(&note, &draft.fields),
            _ => (Bucket::New, String::new()),
        };
        let ticked = !matches!(bucket, Bucket::Skipped | Bucket::Unchanged { .. });
        rows.push(PlanRow { draft, bucket, ticked, reason });
    }
    basis.new_events = count_new_events(store, &document)?;
    if basis.new_events > 0 {
        reading.reports.push(format!("{} events of the log", basis.new_events));
    }
    let first = document.notes.iter().find_map(|row| row.deck.parse().ok());
    let deck = match first {
        Some(deck) => deck,
        None => "Imported".parse().map_err(|error| Error::Invalid(format!("{error}")))?,
    };
    basis.document = Some(document);
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
        gone: Vec::new(),
        basis,
    })
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
    }
}

fn compared(note: &Note, incoming: &Fields) -> (Bucket, String) {
    let merged = merge(note, incoming, false);
    if !merged.conflicts.is_empty() {
        let reason =
            format!("{} changed on both sides; yours is kept", merged.conflicts.join(", "));
        (Bucket::Conflict { note: note.uid, fields: merged.conflicts }, reason)
    } else if merged.changed.is_empty() {
        (Bucket::Unchanged { note: note.uid }, String::new())
    } else {
        let reason = format!("new {}", merged.changed.join(", "));
        (Bucket::Updated { note: note.uid, fields: merged.changed }, reason)
    }
}

fn count_new_events(store: &Store, document: &Document) -> Result<usize> {
    let mut new = 0;
    for event in events(document) {
        let (_, event) = event?;
        new += usize::from(store.event(event.id)?.is_none());
    }
    Ok(new)
}

/// Returns the events of a document with what is missing of them derived: the
/// same document always gives the same ids.
fn events(document: &Document) -> impl Iterator<Item = Result<(Uid, Event)>> {
    let mut seen: HashMap<(Uid, i64, String, Option<u8>), u32> = HashMap::new();
    document.events.iter().zip(0i64..).map(move |(row, position)| {
        let card = Uid::foreign(&row.card);
        let action = row.action().map_err(Error::Invalid)?;
        let key = (card, row.at, row.kind.clone(), row.grade);
        let occurrence = seen.entry(key).or_default();
        *occurrence += 1;
        Ok((card, event(row, card, action, *occurrence, position)))
    })
}

fn event(row: &EventRow, card: Uid, action: Action, occurrence: u32, position: i64) -> Event {
    let id = row.id.as_deref().map_or_else(
        || {
            let grade = [row.grade.unwrap_or(u8::MAX)];
            let (at, occurrence) = (row.at.to_le_bytes(), occurrence.to_le_bytes());
            let parts: [&[u8]; 5] = [&card.0, &at, row.kind.as_bytes(), &grade, &occurrence];
            Uid::derive("imported event", parts)
        },
        Uid::foreign,
    );
    let rollover = crate::sched::day::DEFAULT_ROLLOVER_HOUR;
    let day: Day = row
        .day
        .unwrap_or_else(|| crate::sched::day::study_day_at(row.at, row.offset_min, rollover));
    Event {
        id,
        card,
        at_ms: row.at,
        offset_min: row.offset_min,
        day,
        hlc: row.hlc.unwrap_or(row.at),
        // Without a device the order within one moment is that of the document.
        device: row.device.clone().unwrap_or_else(|| "imported".to_owned()),
        seq: row.seq.unwrap_or(position),
        action,
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
        if planned.ticked {
            write_note(store, given, &planned.draft, row.key, (stamp, now), &mut made)?;
        }
        notes.push(uid);
    }
    let cards = write_cards(store, document)?;
    let decks = Decks::load(store, &config.deck)?;
    write_events(store, document, &cards, row.key, &decks, now)?;
    let counts = plan.counts();
    store.set_import_counts(row.key, &kept_counts(counts, &made))?;
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
    import: ImportKey,
    (stamp, now): (i64, Now),
    made: &mut Vec<DeckName>,
) -> Result<()> {
    let uid = Uid::foreign(&given.id);
    let name: DeckName = given.deck.parse().map_err(|error| Error::Invalid(format!("{error}")))?;
    let deck = store.deck_or_new(&name, stamp, made)?;
    match store.note_by_uid(uid)? {
        Some(note) if note.deleted == Deleted::No => {
            let merged = merge(&note, &draft.fields, false);
            store.keep_edit(&note, now.at_ms, stamp, Some(import))?;
            let fields = merged.fields;
            store.update_note(&Note { fields, import: Some(import), stamp, ..note })?;
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

/// Stores the document's cards and returns the row of each.
fn write_cards(store: &Store, document: &Document) -> Result<HashMap<Uid, CardKey>> {
    let mut keys = HashMap::with_capacity(document.cards.len());
    let mut notes: HashMap<Uid, Option<Note>> = HashMap::new();
    for card in &document.cards {
        let (uid, note) = (Uid::foreign(&card.id), Uid::foreign(&card.note));
        let Ok(slot) = card.direction.parse::<Slot>() else { continue };
        if let std::collections::hash_map::Entry::Vacant(e) = notes.entry(note) {
            e.insert(store.note_by_uid(note)?);
        }
        let Some(Some(note)) = notes.get(&note) else { continue };
        if note.deleted != Deleted::No {
            continue;
        }
        let known = store.cards_of(note.key)?.into_iter().find(|known| known.slot == slot);
        let key = if let Some(known) = known {
            known.key
        } else {
            let own = crate::store::card_uid(note.uid, slot) != uid;
            store.insert_card(note.key, slot, note.deck, note.added_ms, own.then_some(uid))?
        };
        keys.insert(uid, key);
    }
    Ok(keys)
}

fn write_events(
    store: &Store,
    document: &Document,
    cards: &HashMap<Uid, CardKey>,
    import: ImportKey,
    decks: &Decks,
    now: Now,
) -> Result<()> {
    let mut touched = HashSet::new();
    let mut newest = i64::MIN;
    for event in events(document) {
        let (card, event) = event?;
        let key = match cards.get(&card) {
            Some(key) => *key,
            None => match store.card_by_uid(card)? {
                Some(known) if !known.gone => known.key,
                _ => continue,
            },
        };
        newest = newest.max(event.hlc);
        store.observe_seq(&event)?;
        if store.append(key, &event, Some(import))? {
            touched.insert(key);
        }
    }
    store.observe(newest, now.at_ms)?;
    let mut touched: Vec<CardKey> = touched.into_iter().collect();
    touched.sort_unstable();
    for key in touched {
        let card = store.card(key)?;
        store.set_state(key, &replay(&store.log_of(key)?, decks.rules(card.deck)))?;
    }
    Ok(())
}
