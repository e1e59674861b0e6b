//! Searching: what matches a query.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use crate::domain::{Fields, Kind, Now, Slot, State, Uid};
use crate::find::{CardEntry, NoteEntry, Parts, Place, Query, Rated, Scene, Shard};
use crate::sched::replay;
use crate::session::hint;
use crate::store::{Card, CardKey, Note, NoteKey, Store};

use super::decks::Decks;
use super::{App, Result};

/// A note that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundNote {
    /// Its id.
    pub id: Uid,
    /// Full name of its deck.
    pub deck: String,
    /// What it is.
    pub kind: Kind,
    /// Its text.
    pub fields: Fields,
    /// When it was added, Unix milliseconds.
    pub added_ms: i64,
    /// Its cards.
    pub cards: Vec<FoundCard>,
}

/// A card of a note that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundCard {
    /// Its id.
    pub id: Uid,
    /// Which card of the note it is.
    pub slot: Slot,
    /// Its state.
    pub state: State,
    /// Whether the query, in so far as it speaks of cards, fits this one.
    pub matches: bool,
}

/// A note that matches, with its cards.
pub(super) type Match = (Note, Vec<FoundCard>);

/// Digits of an id from which it may name a card.
const CARD_DIGITS: usize = 8;

impl FoundNote {
    pub(super) fn new(note: Note, cards: Vec<FoundCard>, decks: &Decks) -> Self {
        Self {
            id: note.uid,
            deck: decks.name(note.deck).map_or_else(String::new, ToString::to_string),
            kind: note.kind,
            fields: note.fields,
            added_ms: note.added_ms,
            cards,
        }
    }
}

impl App {
    /// Returns the notes that match, those with a field that is exactly what was
    /// asked for first, otherwise in the order of the collection; and how many
    /// there are in all.
    ///
    /// # Errors
    /// The store.
    pub fn search(
        &self,
        query: &Query,
        limit: Option<usize>,
        now: Now,
    ) -> Result<(usize, Vec<FoundNote>)> {
        self.store.view(|_| {
            let decks = self.decks()?;
            let (total, found) = self.matching(query, limit, now)?;
            let notes = found.into_iter().map(|(note, cards)| FoundNote::new(note, cards, &decks));
            Ok((total, notes.collect()))
        })
    }

    /// Returns how many notes match, and the first of them with their cards. Must run
    /// inside one view.
    pub(super) fn matching(
        &self,
        query: &Query,
        limit: Option<usize>,
        now: Now,
    ) -> Result<(usize, Vec<Match>)> {
        let decks = Decks::load(&self.store, &self.config.deck)?;
        let scene = scene(&self.store, &decks, query, now)?;
        let parts = Parts {
            cards: query.asks_for_cards(),
            asides: query.asks_for_asides(),
            guesses: query.asks_for_guesses(),
        };
        let exact_texts = query.exact_texts();
        let limit = limit.unwrap_or(usize::MAX);
        let (mut exact, mut others, mut total) = (Vec::new(), Vec::new(), 0);
        let mut last = NoteKey(0);
        loop {
            let notes = self.store.notes_after(last, Shard::MOST)?;
            let Some(note) = notes.last() else { break };
            last = note.key;
            let shard = shard(&self.store, &notes, parts)?;
            let matches = query.matches(&shard, &scene);
            for (at, note) in notes.into_iter().enumerate() {
                if !matches.has_note(&shard, at) {
                    continue;
                }
                total += 1;
                let is_exact = shard.is_exact(at, &exact_texts);
                let found = if is_exact { &mut exact } else { &mut others };
                if found.len() < limit {
                    let cards = self.store.cards_of(note.key)?.into_iter().enumerate();
                    let is_match = |nth| matches.has_card(&shard, at, nth);
                    let cards = cards.map(|(nth, card)| found_card(&card, is_match(nth)));
                    found.push((note, cards.collect()));
                }
            }
        }
        exact.append(&mut others);
        exact.truncate(limit);
        Ok((total, exact))
    }
}

pub(super) fn found_card(card: &Card, matches: bool) -> FoundCard {
    FoundCard { id: card.uid, slot: card.slot, state: card.state, matches }
}

/// Returns notes, which must be in the order of their rows, laid out for searching.
pub(super) fn shard(store: &Store, notes: &[Note], parts: Parts) -> Result<Shard> {
    let mut shard = Shard::default();
    let (Some(first), Some(last)) = (notes.first(), notes.last()) else { return Ok(shard) };
    let states =
        if parts.cards { store.states_between(first.key, last.key)? } else { HashMap::new() };
    for note in notes {
        let states = states.get(&note.key).map_or(&[][..], Vec::as_slice);
        push(&mut shard, note, states, parts);
    }
    Ok(shard)
}

/// Adds a note with the states of its cards to a shard.
pub(super) fn push(shard: &mut Shard, note: &Note, states: &[(Slot, State)], parts: Parts) {
    let cards: Vec<CardEntry> =
        states.iter().map(|(slot, state)| CardEntry::new(*slot, state)).collect();
    let guess = if parts.guesses { hint::hint(&note.fields) } else { None };
    let entry = NoteEntry {
        key: note.key.0,
        id: note.uid,
        deck: note.deck.0,
        kind: note.kind,
        added_ms: note.added_ms,
        fields: &note.fields,
        guess: guess.as_deref().unwrap_or_default(),
        cards: &cards,
    };
    shard.push(&entry, parts);
}

/// Returns what a query needs to know besides the notes.
pub(super) fn scene(store: &Store, decks: &Decks, query: &Query, now: Now) -> Result<Scene> {
    let place = |deck: &crate::store::Deck| {
        let drill = decks.settings(deck.key).drill;
        (deck.key.0, Place { name: deck.name.clone(), drill })
    };
    let mut scene = Scene {
        now,
        decks: decks.list.iter().map(place).collect(),
        rated: HashMap::new(),
        cards: HashMap::new(),
    };
    for rated in query.rated() {
        if let Entry::Vacant(unknown) = scene.rated.entry(rated) {
            unknown.insert(answered(store, rated, now)?);
        }
    }
    for digits in query.ids().into_iter().filter(|digits| digits.len() >= CARD_DIGITS) {
        if let Some((low, high)) = Uid::range(digits) {
            let cards = store.cards_between(low, high, false)?.into_iter().map(|card| card.key.0);
            scene.cards.insert(digits.to_owned(), cards.collect());
        }
    }
    Ok(scene)
}

/// Returns the cards that were answered so; what was taken back does not count.
fn answered(store: &Store, rated: Rated, now: Now) -> Result<HashSet<i64>> {
    let back = i32::try_from(rated.days - 1).unwrap_or(i32::MAX);
    let answers = store.answers_between(now.day.shift(-back), now.day, rated.grade)?;
    let mut cards: HashSet<i64> = HashSet::new();
    let mut voided: HashMap<CardKey, HashSet<Uid>> = HashMap::new();
    for answer in answers {
        if answer.is_named {
            let voided = match voided.entry(answer.card) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => {
                    let mut log = store.log_of(answer.card)?;
                    log.sort_by(|a, b| a.order().cmp(&b.order()));
                    unknown.insert(replay::voided(&log.iter().collect::<Vec<_>>()))
                }
            };
            if voided.contains(&answer.event) {
                continue;
            }
        }
        cards.insert(answer.card.0);
    }
    Ok(cards)
}
