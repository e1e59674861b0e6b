//! The cards of a document and their log.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::domain::interchange::{Document, EventRow};
use crate::domain::{Action, Day, Event, Now, Slot, Uid};
use crate::error::Error;
use crate::import::Warning;
use crate::sched::replay::{replay, voided};
use crate::store::{CardKey, Deleted, ImportKey, Store, card_uid};

use super::super::Result;
use super::super::decks::Decks;
use super::super::review::log;

/// What of a document's cards and log the collection does not have yet.
#[derive(Default)]
pub(in crate::app) struct News {
    /// Cards.
    pub cards: usize,
    /// Events.
    pub events: usize,
    /// Cards that cannot be stored.
    pub warnings: Vec<Warning>,
}

/// Counts what applying a document would add, given the ids of its notes that
/// will be there.
pub(super) fn news(store: &Store, document: &Document, notes: &HashSet<Uid>) -> Result<News> {
    let mut news = News::default();
    let mut cards = Cards::new(store, Some(notes));
    for card in &document.cards {
        let (uid, note) = (Uid::foreign(&card.id), Uid::foreign(&card.note));
        let Ok(slot) = card.direction.parse::<Slot>() else {
            let message = format!("card {}: `{}` is no direction", card.id, card.direction);
            news.warnings.push(Warning { line: 0, message });
            continue;
        };
        match cards.place(uid, note, slot)? {
            Place::Known => {}
            Place::New => news.cards += 1,
            Place::Taken => {
                let message = format!("card {}: another card has this id; left out", card.id);
                news.warnings.push(Warning { line: 0, message });
            }
            Place::Nowhere => {
                let message = format!("card {}: its note is not there; left out", card.id);
                news.warnings.push(Warning { line: 0, message });
            }
        }
    }
    let withdrawn = withdrawn_but(store, document)?;
    let mut seen = HashSet::new();
    for event in events(document) {
        let (card, event) = event?;
        if seen.insert(event.id) && cards.has(card)? {
            let is_new = store.event(event.id)?.is_none() || withdrawn.contains_key(&event.id);
            news.events += usize::from(is_new);
        }
    }
    Ok(news)
}

/// Where a card of a document belongs.
enum Place {
    /// It is there, or stands earlier in the document.
    Known,
    New,
    /// Its id is that of a card of another note or direction.
    Taken,
    /// Its note is not there.
    Nowhere,
}

/// The cards that a document speaks of.
struct Cards<'a> {
    store: &'a Store,
    /// Notes that will be there; `None` where they were stored already.
    coming: Option<&'a HashSet<Uid>>,
    /// For each id its note and direction, and its row where it is stored.
    placed: HashMap<Uid, ((Uid, Slot), Option<CardKey>)>,
    slots: HashMap<(Uid, Slot), Option<CardKey>>,
    others: HashMap<Uid, Option<CardKey>>,
}

impl<'a> Cards<'a> {
    fn new(store: &'a Store, coming: Option<&'a HashSet<Uid>>) -> Self {
        let (placed, slots, others) = Default::default();
        Self { store, coming, placed, slots, others }
    }

    fn place(&mut self, uid: Uid, note: Uid, slot: Slot) -> Result<Place> {
        if let Some((place, _)) = self.placed.get(&uid) {
            return Ok(if *place == (note, slot) { Place::Known } else { Place::Taken });
        }
        let stored = self.store.note_by_uid(note)?;
        let living = stored.as_ref().filter(|stored| stored.deleted == Deleted::No);
        if living.is_none() && !self.coming.is_some_and(|coming| coming.contains(&note)) {
            return Ok(Place::Nowhere);
        }
        let known = match (self.slots.get(&(note, slot)), &stored) {
            (Some(key), _) => Some(*key),
            (None, Some(stored)) => {
                let cards = self.store.cards_of(stored.key)?;
                cards.into_iter().find(|card| card.slot == slot).map(|card| Some(card.key))
            }
            (None, None) => None,
        };
        if known.is_none() && card_uid(note, slot) != uid {
            let here = stored.as_ref().map(|stored| CardKey::of(stored.key, slot));
            // Its own place may keep it from an import that was taken back.
            if self.store.card_given_uid(uid)?.is_some_and(|key| Some(key) != here) {
                return Ok(Place::Taken);
            }
        }
        let key = known.flatten();
        self.placed.insert(uid, ((note, slot), key));
        self.slots.insert((note, slot), key);
        Ok(if known.is_some() { Place::Known } else { Place::New })
    }

    /// Keeps the row of a card that was placed as new.
    fn stored(&mut self, uid: Uid, place: (Uid, Slot), key: CardKey) {
        self.placed.insert(uid, (place, Some(key)));
        self.slots.insert(place, Some(key));
    }

    /// Whether events of a card can be stored.
    fn has(&mut self, card: Uid) -> Result<bool> {
        Ok(self.placed.contains_key(&card) || self.other(card)?.is_some())
    }

    fn key(&mut self, card: Uid) -> Result<Option<CardKey>> {
        match self.placed.get(&card) {
            Some((_, key)) => Ok(*key),
            None => self.other(card),
        }
    }

    /// Returns the row of a card that the document does not list.
    fn other(&mut self, card: Uid) -> Result<Option<CardKey>> {
        if let Entry::Vacant(unknown) = self.others.entry(card) {
            let found = self.store.card_by_uid(card)?.filter(|known| !known.gone);
            unknown.insert(found.map(|known| known.key));
        }
        Ok(self.others.get(&card).copied().flatten())
    }
}

/// Returns the events that are void because the import that brought them was taken
/// back, each with the undo that makes it so; not those of which the document says
/// so itself.
fn withdrawn_but(store: &Store, document: &Document) -> Result<HashMap<Uid, Uid>> {
    let mut withdrawn = withdrawn(store)?;
    if !withdrawn.is_empty() {
        let ids = document.events.iter().filter_map(|row| row.id.as_deref().map(Uid::foreign));
        let told: HashSet<Uid> = ids.collect();
        withdrawn.retain(|_, undo| !told.contains(undo));
    }
    Ok(withdrawn)
}

/// Returns the events that are void because the import that brought them was taken
/// back, each with the undo that makes it so.
pub(in crate::app) fn withdrawn(store: &Store) -> Result<HashMap<Uid, Uid>> {
    let undos = store.undos_of_imports()?;
    let mut withdrawn = HashMap::new();
    for of_card in undos.chunk_by(|a, b| a.0 == b.0) {
        let Some((card, _, _)) = of_card.first() else { continue };
        let mut log = store.log_of(*card)?;
        log.sort_unstable_by_key(|event| (event.hlc, event.device.clone(), event.seq));
        let voided = voided(&log.iter().collect::<Vec<_>>());
        let standing = of_card.iter().filter(|(_, undo, _)| !voided.contains(undo));
        withdrawn.extend(standing.map(|(_, undo, event)| (*event, *undo)));
    }
    Ok(withdrawn)
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

/// Stores a document's cards and its log; returns the cards that it gave to notes that
/// were there.
pub(super) fn write(
    store: &Store,
    document: &Document,
    import: ImportKey,
    decks: &Decks,
    now: Now,
) -> Result<Vec<CardKey>> {
    let withdrawn = withdrawn_but(store, document)?;
    let mut cards = Cards::new(store, None);
    let mut added = Vec::new();
    for card in &document.cards {
        let (uid, note) = (Uid::foreign(&card.id), Uid::foreign(&card.note));
        let Ok(slot) = card.direction.parse::<Slot>() else { continue };
        if let Place::New = cards.place(uid, note, slot)?
            && let Some(stored) = store.note_by_uid(note)?
        {
            let own = (card_uid(note, slot) != uid).then_some(uid);
            let key = store.insert_card(stored.key, slot, stored.deck, stored.added_ms, own)?;
            cards.stored(uid, (note, slot), key);
            if stored.born != Some(import) {
                added.push(key);
            }
        }
    }
    write_events(store, document, (&mut cards, &withdrawn), import, decks, now)?;
    Ok(added)
}

fn write_events(
    store: &Store,
    document: &Document,
    (cards, withdrawn): (&mut Cards<'_>, &HashMap<Uid, Uid>),
    import: ImportKey,
    decks: &Decks,
    now: Now,
) -> Result<()> {
    let mut touched = HashSet::new();
    let mut newest = i64::MIN;
    let mut back = BTreeMap::new();
    for event in events(document) {
        let (card, event) = event?;
        let Some(key) = cards.key(card)? else { continue };
        newest = newest.max(event.hlc);
        store.observe_seq(&event)?;
        if store.append(key, &event, Some(import))? {
            touched.insert(key);
        } else if let Some(undo) = withdrawn.get(&event.id) {
            back.insert(*undo, key);
        }
    }
    store.observe(newest, now.at_ms)?;
    let mut touched: Vec<CardKey> = touched.into_iter().collect();
    touched.sort_unstable();
    // The events are there again: what voids them is taken back.
    for (voids, key) in back {
        let card = store.card(key)?;
        log(store, &card, Action::Undo { voids }, now, Some(import), decks)?;
    }
    for key in touched {
        let card = store.card(key)?;
        store.set_state(key, &replay(&store.log_of(key)?, decks.engine(card.deck)))?;
    }
    Ok(())
}
