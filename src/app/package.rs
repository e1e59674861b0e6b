//! The collection, or a part of it, as a package for Anki.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use crate::domain::{Action, DeckName, Event, Now, State};
use crate::error::Error;
use crate::export::apkg::{Packed, PackedAnswer, PackedCard, PackedNote, Step, apkg};
use crate::find::Query;
use crate::sched::{Engine, replay};
use crate::store::{Card, CardKey, DeckKey, NoteKey};

use super::decks::Decks;
use super::{App, Result};

/// Newest batch first, and within one in the order of the file.
type Place = (Reverse<i64>, NoteKey);

impl App {
    /// Returns the whole collection, or what matches, as a package for Anki.
    ///
    /// # Errors
    /// The store, or a package that could not be made.
    pub fn apkg(&self, part: Option<&Query>, now: Now) -> Result<Packed> {
        let (notes, decks) = self.parts(part, now)?;
        apkg(&notes, &decks).map_err(|error| Error::Invalid(error.to_string()))
    }

    /// Returns the notes, in the order in which their new cards come up, and the decks.
    fn parts(&self, part: Option<&Query>, now: Now) -> Result<(Vec<PackedNote>, Vec<DeckName>)> {
        self.store.view(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let names: HashMap<DeckKey, DeckName> =
                decks.list.iter().map(|deck| (deck.key, deck.name.clone())).collect();
            let chosen = self.chosen(part, now)?;
            let mut cards: HashMap<NoteKey, Vec<(PackedCard, i64)>> = HashMap::new();
            let mut logs: HashMap<CardKey, Vec<Event>> = HashMap::new();
            store.each_event(|card, event| {
                logs.entry(card).or_default().push(event);
                Ok(())
            })?;
            store.each_card(|card| {
                if !card.gone {
                    let log = logs.remove(&card.key).unwrap_or_default();
                    let packed = packed(&card, &log, decks.engine(card.deck));
                    cards.entry(card.key.note()).or_default().push((packed, card.batch));
                }
                Ok(())
            })?;
            let mut notes: Vec<(Place, PackedNote)> = Vec::new();
            let mut used = HashSet::new();
            store.each_note(|note| {
                let is_chosen = chosen.as_ref().is_none_or(|uids| uids.contains(&note.uid));
                let (true, Some(deck)) = (is_chosen, names.get(&note.deck)) else { return Ok(()) };
                used.insert(note.deck);
                let own = cards.remove(&note.key).unwrap_or_default();
                let batch = own.iter().map(|(_, batch)| *batch).max().unwrap_or_default();
                let note_of = PackedNote {
                    uid: note.uid,
                    deck: deck.clone(),
                    added_ms: note.added_ms,
                    changed_ms: note.stamp,
                    fields: note.fields,
                    cards: own.into_iter().map(|(card, _)| card).collect(),
                };
                notes.push(((Reverse(batch), note.key), note_of));
                Ok(())
            })?;
            notes.sort_by_key(|(place, _)| *place);
            let is_shown = |key: DeckKey| chosen.is_none() || used.contains(&key);
            let shown = decks.list.iter().filter(|deck| is_shown(deck.key));
            let shown = shown.map(|deck| deck.name.clone()).collect();
            Ok((notes.into_iter().map(|(_, note)| note).collect(), shown))
        })
    }
}

/// Returns a card with the answers of its log that count.
fn packed(card: &Card, log: &[Event], engine: Engine) -> PackedCard {
    let mut order: Vec<&Event> = log.iter().collect();
    order.sort_unstable_by_key(|event| event.order());
    let void = replay::voided(&order);
    let mut state = State::NEW;
    let mut answers = Vec::new();
    let mut changed_ms = card.batch;
    for event in order.into_iter().filter(|event| !void.contains(&event.id)) {
        let before = step(&state);
        state = replay::step(state, &event.action, event.day, event.hlc, engine);
        changed_ms = changed_ms.max(event.hlc);
        let (Action::Review(answer) | Action::Imported(answer)) = event.action else { continue };
        answers.push(PackedAnswer {
            at_ms: event.hlc,
            ease: answer.grade.rating(),
            ms: answer.ms,
            before,
            after: step(&state),
        });
    }
    PackedCard { slot: card.slot, state: card.state, changed_ms, answers }
}

fn step(state: &State) -> Step {
    let ease_centi = if state.due.is_some() { state.ease_centi } else { 0 };
    let is_lapsed = state.due.is_some() && state.repetitions == 0;
    Step { interval_d: state.interval_d, ease_centi, is_lapsed }
}
