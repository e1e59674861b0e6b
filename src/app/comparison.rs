//! A file beside the collection: which deck, which source, which notes it could mean.

use std::collections::{HashMap, HashSet};

use crate::config::Config;
use crate::domain::text::fold;
use crate::domain::watch::Watch;
use crate::domain::{DeckName, Direction, Kind, Slot, Uid};
use crate::error::Error;
use crate::import::{Draft, Format, Reading};
use crate::store::{CardKey, DeckKey, Deleted, Note, NoteKey, SourceKey, Store};

use super::decks::Decks;
use super::foreign::{self, Foreign};
use super::intake::deck_named;
use super::matching::Target;
use super::plan::{Basis, Bucket, FilePlan, Gone, PlanRow};
use super::reconcile::{Side, reconcile};
use super::source::{folder, source_name, stem};
use super::turn::slots;
use super::{ImportOptions, Result, interchange};

/// Returns the plan for a file that was read.
pub(super) fn plan(
    store: &Store,
    config: &Config,
    path: &str,
    hash: [u8; 32],
    mut reading: Reading,
    given: &ImportOptions,
    watch: &dyn Watch,
) -> Result<FilePlan> {
    let deck = match &reading.document {
        Some(document) => document.notes.iter().find_map(|row| row.deck.parse().ok()),
        None => Some(deck_for(store, path, &reading, given)?),
    };
    let by_source = given.deck.is_none() && reading.deck.is_none() && path != "-";
    if let Some(deck) = deck.as_ref().filter(|deck| by_source && deck.as_str() != stem(path))
        && store.deck_of_source(&source_name(path))?.as_ref() == Some(deck)
    {
        reading.reports.insert(0, format!("1 setting remembered: deck {deck}"));
    }
    let document = reading.document.take();
    let is_document = document.is_some();
    let plan = FilePlan {
        path: path.to_owned(),
        format: reading.format.name(),
        encoding: reading.encoding,
        deck: deck.map_or_else(|| named("Imported"), Ok)?,
        rows: Vec::new(),
        rejected: reading.rejected,
        warnings: reading.warnings,
        reports: reading.reports,
        lines: reading.lines,
        gone: Vec::new(),
        basis: Basis {
            hash,
            options: given.effective(),
            source: source_name(path),
            given: given.clone(),
            document,
            ..Basis::default()
        },
    };
    if is_document {
        interchange::plan(store, plan)
    } else {
        let mut plan = compare(store, config, plan, reading.drafts, watch)?;
        if !plan.basis.gains.is_empty() {
            let count = plan.basis.gains.len();
            let s = if count == 1 { "" } else { "s" };
            plan.reports.push(format!("{count} known note{s} with new cards or answers"));
        }
        Ok(plan)
    }
}

/// Returns the plan with its rows compared with the collection as it is now.
pub(super) fn compare(
    store: &Store,
    config: &Config,
    mut plan: FilePlan,
    drafts: Vec<Draft>,
    watch: &dyn Watch,
) -> Result<FilePlan> {
    let given = &plan.basis.given;
    let (targets, deck_keys) = targets(store, &plan.deck, &drafts, given)?;
    let source = match store.deck_or_hidden(&plan.deck)? {
        Some(deck) => store.source(deck, &plan.basis.source)?,
        None => None,
    };
    let notes = known_notes(store, &deck_keys, source, &drafts)?;
    let source = match source {
        Some(key) if is_stranger(store, &plan.path, key, &notes, &drafts, given)? => None,
        source => source,
    };
    let pruned = pruned(store, config, &notes)?;
    let kinds = given.kinds();
    let side = Side {
        notes: &notes,
        source,
        pruned: &pruned,
        kinds: &kinds,
        theirs: given.theirs,
        one_deck: given.deck.is_some(),
        watch,
    };
    let compared = reconcile(drafts, &targets, &side)?;
    if given.prune {
        let is_of_source =
            |note: &&Note| note.deleted == Deleted::No && source.is_some() && note.source == source;
        let mut leaving = 0;
        for &index in &compared.gone {
            let cards = store.cards_of(notes[index].key)?;
            leaving += usize::from(cards.iter().any(|card| card.state.suspended.is_none()));
        }
        // What left earlier is neither among those that go now nor among those that stay.
        let left_before = compared.gone.len() - leaving;
        plan.basis.source_size = notes.iter().filter(is_of_source).count() - left_before;
        plan.basis.leaving = leaving;
    }
    let gains = gaining(store, &compared.rows, &compared.keys)?;
    plan.gone = compared.gone.iter().map(|&index| gone(&notes[index])).collect();
    plan.rows = compared.rows;
    plan.basis.keys = compared.keys;
    plan.basis.gains = gains;
    plan.basis.as_of = store.clock()?;
    count_cards(&mut plan, &Decks::load(store, &config.deck)?);
    Ok(plan)
}

/// Tells each new row how many cards its note gets.
fn count_cards(plan: &mut FilePlan, decks: &Decks) {
    let mut directions: HashMap<Option<&str>, Option<Direction>> = HashMap::new();
    let mut cards = Vec::with_capacity(plan.rows.len());
    for row in &plan.rows {
        if !matches!(row.bucket, Bucket::New) {
            cards.push(0);
            continue;
        }
        let name = deck_named(row, plan);
        let direction = *directions.entry(name).or_insert_with(|| {
            let named = name.and_then(|name| name.parse().ok());
            let settings = decks.settings_of(named.as_ref().unwrap_or(&plan.deck));
            plan.basis.given.direction.or(settings.direction)
        });
        cards.push(foreign::slots(&row.draft, direction).len() as u16);
    }
    plan.rows.iter_mut().zip(cards).for_each(|(row, cards)| row.cards = cards);
}

/// Returns the positions of the rows that bring cards or answers to notes that are there.
fn gaining(store: &Store, rows: &[PlanRow], keys: &[i64]) -> Result<Vec<usize>> {
    let mut gaining = Vec::new();
    if rows.iter().all(|row| row.draft.cards.is_none()) {
        return Ok(gaining);
    }
    let foreign = Foreign::looking(store)?;
    for (at, (row, key)) in rows.iter().zip(keys).enumerate() {
        if let (Some(cards), Some(_)) = (&row.draft.cards, row.bucket.note())
            && foreign.has_news(NoteKey(*key), cards)?
        {
            gaining.push(at);
        }
    }
    Ok(gaining)
}

fn gone(note: &Note) -> Gone {
    let fields = &note.fields;
    Gone { note: note.uid, front: fields.front.clone(), back: fields.back.clone() }
}

/// Returns the deck of each row, and the decks among them that exist, deleted ones too.
fn targets(
    store: &Store,
    deck: &DeckName,
    drafts: &[Draft],
    given: &ImportOptions,
) -> Result<(Vec<Target>, Vec<DeckKey>)> {
    let mut known: HashMap<&str, Target> = HashMap::new();
    let mut numbers: HashMap<DeckName, u32> = HashMap::new();
    let default = (store.deck_or_hidden(deck)?, 0);
    let mut keys: Vec<DeckKey> = default.0.into_iter().collect();
    let mut targets = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let target = match draft.deck.as_deref().filter(|_| given.deck.is_none()) {
            None => default,
            Some(name) => {
                if let Some(target) = known.get(name) {
                    *target
                } else {
                    let parsed = name.parse::<DeckName>().ok().filter(|name| name != deck);
                    let target = match parsed {
                        None => default,
                        Some(parsed) => {
                            let key = store.deck_or_hidden(&parsed)?;
                            keys.extend(key.filter(|key| !keys.contains(key)));
                            let next = numbers.len() as u32 + 1;
                            (key, *numbers.entry(parsed).or_insert(next))
                        }
                    };
                    known.insert(name, target);
                    target
                }
            }
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
    let mut elsewhere = HashSet::new();
    let decks: HashSet<DeckKey> = decks.iter().copied().collect();
    if let Some(source) = source {
        let moved = store.notes_of_source(source)?;
        notes.extend(
            moved
                .into_iter()
                .filter(|note| !decks.contains(&note.deck) && elsewhere.insert(note.uid)),
        );
    }
    let ids = drafts.iter().filter_map(|draft| Uid::parse(draft.ext_id.as_deref()?));
    for uid in ids {
        if let Some(note) = store.note_by_uid(uid)?
            && !decks.contains(&note.deck)
            && elsewhere.insert(uid)
        {
            notes.push(note);
        }
    }
    Ok(notes)
}

/// Whether a file only shares its name with those that its source held: what comes
/// through a pipe, and a file of another folder that has no word in common with them.
fn is_stranger(
    store: &Store,
    path: &str,
    source: SourceKey,
    notes: &[Note],
    drafts: &[Draft],
    given: &ImportOptions,
) -> Result<bool> {
    if path == "-" {
        return Ok(given.deck.is_none());
    }
    let Some(last) = store.last_import_into(source)? else { return Ok(false) };
    if folder(&last.path) == folder(path) {
        return Ok(false);
    }
    let of_source = notes.iter().filter(|note| note.source == Some(source));
    let known: HashSet<String> = of_source.map(|note| fold(&note.fields.front)).collect();
    Ok(!drafts.iter().any(|draft| known.contains(&fold(&draft.fields.front))))
}

/// Returns the notes that are suspended because their row left its file.
fn pruned(store: &Store, config: &Config, notes: &[Note]) -> Result<HashSet<NoteKey>> {
    let cards: HashSet<CardKey> = store.pruned_cards()?.into_iter().collect();
    if cards.is_empty() {
        return Ok(HashSet::new());
    }
    let gaps: HashSet<NoteKey> =
        cards.iter().filter(|card| card.is_gap()).map(|card| card.note()).collect();
    let decks = Decks::load(store, &config.deck)?;
    let is_pruned = |note: &&Note| {
        let wanted: &[Slot] = slots(note.kind, decks.settings(note.deck).direction);
        gaps.contains(&note.key)
            || wanted.iter().any(|slot| cards.contains(&CardKey::of(note.key, *slot)))
    };
    Ok(notes.iter().filter(is_pruned).map(|note| note.key).collect())
}

/// Whether what the article reader took apart is a bare list of terms.
fn is_list(reading: &Reading) -> bool {
    let has_prose = reading.lines.is_some_and(|lines| {
        lines.heading + lines.attribution + lines.metadata + lines.context > 0
    });
    !has_prose && reading.drafts.iter().all(|draft| draft.kind == Kind::Term)
}

/// Returns the deck of the rows that name none: what the learner says, what the
/// file says, where the file went before, what it is called.
fn deck_for(
    store: &Store,
    path: &str,
    reading: &Reading,
    given: &ImportOptions,
) -> Result<DeckName> {
    if let Some(deck) = &given.deck {
        return Ok(deck.clone());
    }
    if let Some(deck) = &reading.deck {
        return named(deck);
    }
    // What comes through a pipe has no name of its own.
    if path != "-"
        && let Some(deck) = store.deck_of_source(&source_name(path))?
    {
        return Ok(deck);
    }
    let own: Option<Vec<DeckName>> =
        reading.drafts.iter().map(|draft| draft.deck.as_deref()?.parse().ok()).collect();
    if let Some(first) = own.and_then(|own| own.into_iter().next()) {
        return Ok(first);
    }
    if reading.format == Format::Article && !is_list(reading) {
        return named("Articles");
    }
    named(&stem(path))
}

fn named(name: &str) -> Result<DeckName> {
    name.parse().or_else(|_| "Imported".parse()).map_err(|error| Error::Invalid(format!("{error}")))
}
