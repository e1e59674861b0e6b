//! Showing, answering, taking back.

use std::collections::{HashMap, HashSet};

use crate::domain::cloze;
use crate::domain::deck::Leech;
use crate::domain::{Action, Answer, Cause, Day, Event, Grade, Now, Settings, Slot, State, Uid};
use crate::error::Error;
use crate::sched::{Queue, action, fuzz, outcomes, replay};
use crate::session::home::Scope;
use crate::session::{Counts, Next, Shown};
use crate::store::{Card, CardKey, ImportKey, Note, Store, StoreError};

use super::decks::Decks;
use super::queue::{Allowance, Pool, today};
use super::session::Session;
use super::{App, Change, Result};

/// An answer that was taken: it is on disk.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Answered {
    /// The card.
    pub card: Uid,
    /// The event that was logged.
    pub event: Uid,
    /// Where the card came from.
    #[serde(skip)]
    pub queue: Queue,
    /// `review`, `drill` or `cram`.
    pub kind: &'static str,
    /// The state afterwards.
    #[serde(skip)]
    pub state: State,
}

/// Logs an action of this device and writes the state that follows from it. Must
/// run inside a transaction.
///
/// The action is nearly always the newest of the card's log, and one step of the
/// fold is enough. An undo, or an event from a clock far ahead, needs all of it.
pub(super) fn log(
    store: &Store,
    card: &Card,
    action: Action,
    now: Now,
    import: Option<ImportKey>,
    decks: &Decks,
) -> Result<(Event, State)> {
    let event = append(store, card, action, now, import)?;
    let engine = decks.engine(card.deck);
    let is_step = !matches!(action, Action::Undo { .. });
    let state = if is_step && store.is_newest(card.key, event.hlc)? {
        // What was read before the transaction began may be stale.
        let before = store.card(card.key)?.state;
        replay::step(before, &action, now.day, event.hlc, engine)
    } else {
        replay::replay(&store.log_of(card.key)?, engine)
    };
    store.set_state(card.key, &state)?;
    Ok((event, state))
}

/// Takes events of one card back, as [`log`] does one by one. Must run inside a
/// transaction.
pub(super) fn log_undos(
    store: &Store,
    card: &Card,
    events: &[Uid],
    now: Now,
    import: Option<ImportKey>,
    decks: &Decks,
) -> Result<()> {
    for &voids in events {
        append(store, card, Action::Undo { voids }, now, import)?;
    }
    let state = replay::replay(&store.log_of(card.key)?, decks.engine(card.deck));
    Ok(store.set_state(card.key, &state)?)
}

/// Adds an action of this device to the log; the card's state is not touched.
fn append(
    store: &Store,
    card: &Card,
    action: Action,
    now: Now,
    import: Option<ImportKey>,
) -> Result<Event> {
    let tick = store.tick(now.at_ms)?;
    let device = store.device().to_owned();
    let id = Uid::derive("event", [device.as_bytes(), &tick.seq.to_le_bytes()[..]]);
    let event = Event {
        id,
        card: card.uid,
        at_ms: now.at_ms,
        offset_min: now.offset_min,
        day: now.day,
        hlc: tick.hlc,
        device,
        seq: tick.seq,
        action,
    };
    if !store.append(card.key, &event, import)? {
        let what = format!("event {} of this device is there already", event.seq);
        return Err(StoreError::BadRow(what).into());
    }
    Ok(event)
}

impl App {
    /// Returns the card to show now and what is left.
    ///
    /// # Errors
    /// The store.
    pub fn next(&self, session: &Session, now: Now) -> Result<Next> {
        self.store.view(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            if let Some(cram) = &session.cram {
                let counts = Counts { due: cram.len() as u32, ..Counts::default() };
                let shown = cram.front().map(|key| self.shown(*key, Queue::Cram, &decks, now));
                return Ok(Next { card: shown.transpose()?.map(Box::new), counts });
            }
            let pool = session.pool();
            let left = today(store, &self.config, &decks, &pool, session.allowance, now.day)?;
            let shown = left.next().map(|(key, queue)| self.shown(key, queue, &decks, now));
            Ok(Next { card: shown.transpose()?.map(Box::new), counts: left.counts() })
        })
    }

    /// Returns what is still to do today in a scope.
    ///
    /// # Errors
    /// The store.
    pub fn counts(&self, scope: &Scope, now: Now) -> Result<Counts> {
        self.store.view(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let cards;
            let pool = match scope {
                Scope::All => Pool::Decks(None),
                Scope::Deck(deck) => Pool::Decks(Some(deck)),
                Scope::Notes(notes) => {
                    cards = self.cards_of_notes(notes)?;
                    Pool::Notes(&cards)
                }
            };
            let left = today(store, &self.config, &decks, &pool, Allowance::default(), now.day)?;
            Ok(left.counts())
        })
    }

    fn shown(&self, key: CardKey, queue: Queue, decks: &Decks, now: Now) -> Result<Shown> {
        let card = self.store.card(key)?;
        let note = self.store.note(key.note())?;
        let settings = decks.settings(card.deck);
        let (question, answer) = sides(&note, card.slot);
        let (before, others) = match card.slot {
            Slot::Reverse => self.store.same_back(note.key, note.deck, &question)?,
            _ => self.store.same_front(note.key, note.deck, &question)?,
        };
        let deck = decks.name(card.deck).cloned();
        Ok(Shown {
            card: card.uid,
            note: note.uid,
            deck: deck.ok_or_else(|| Error::NotFound { what: "deck", id: card.uid.to_string() })?,
            slot: card.slot,
            kind: note.kind,
            fields: note.fields,
            question,
            answer,
            queue,
            state: card.state,
            outcomes: outcomes(&card.state, queue, now.day, &settings, |after| {
                self.due_offset(&card, after, &settings, now.day)
            })?,
            scale: settings.grades,
            same_question: (before + 1, others.len() as u32 + 1),
            other_answers: others,
        })
    }

    /// Takes an answer to the card that `id` names: it is on disk when this returns.
    ///
    /// # Errors
    /// A card that does not exist or cannot be answered now, or the store.
    pub fn answer(
        &self,
        id: &str,
        grade: Grade,
        ms: u32,
        cram: bool,
        now: Now,
    ) -> Result<Answered> {
        Ok(self.answer_key(self.find_card(id)?.key, grade, ms, cram, now)?.0)
    }

    pub(super) fn answer_key(
        &self,
        key: CardKey,
        grade: Grade,
        ms: u32,
        cram: bool,
        now: Now,
    ) -> Result<(Answered, String)> {
        self.store.transact(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let card = store.card(key)?;
            let settings = decks.settings(card.deck);
            let queue = queue_of(&card.state, cram, now.day)?;
            let answer = Answer { grade, scale: settings.grades, ms, due_offset: 0 };
            let action = action(&card.state, queue, answer, now.day, &settings, |after| {
                self.due_offset(&card, after, &settings, now.day)
            })?;
            let (event, mut state) = log(store, &card, action, now, None, &decks)?;
            if settings.leech == Leech::Suspend && state.is_leech_anew(&card.state) {
                let suspend = Action::Suspend { cause: Cause::Leech };
                state = log(store, &card, suspend, now, None, &decks)?.1;
            }
            let (question, _) = sides(&store.note(key.note())?, card.slot);
            let kind = action.name();
            Ok((Answered { card: card.uid, event: event.id, queue, kind, state }, question))
        })
    }

    /// Returns by how many days the due day moves of a card that an answer brings to the
    /// state `after`.
    fn due_offset(
        &self,
        card: &Card,
        after: &State,
        settings: &Settings,
        today: Day,
    ) -> Result<i32> {
        let leeway = fuzz::leeway(after, settings);
        let Some(due) = after.due.filter(|_| leeway != (0..=0)) else { return Ok(0) };
        let load: HashMap<Day, u32> = if settings.balance {
            let (first, last) = (due.shift(*leeway.start()), due.shift(*leeway.end()));
            self.store.deck_forecast(card.deck, first, last)?.into_iter().collect()
        } else {
            HashMap::new()
        };
        let load = |day| load.get(&day).copied().unwrap_or(0);
        let weight = |day| self.config.calendar.weight(day);
        Ok(fuzz::balanced(card.uid, today, due, &leeway, load, weight))
    }

    /// Returns how many study days in a row, up to today or yesterday, were used; days
    /// off may lie between them.
    ///
    /// # Errors
    /// The store.
    pub fn streak(&self, today: Day) -> Result<u32> {
        Ok(self.store.streak(today, |day| self.config.calendar.is_off(day))?)
    }

    /// Returns by how many days the clock is behind the newest event, where it is
    /// more than one.
    ///
    /// # Errors
    /// The store.
    pub fn days_behind(&self, now: Now) -> Result<Option<i64>> {
        const DAY_MS: i64 = 86_400_000;
        let newest = self.store.newest_event_ms()?;
        let behind = newest.map_or(0, |newest| newest.saturating_sub(now.at_ms) / DAY_MS);
        Ok((behind > 0).then_some(behind))
    }

    /// Takes back the newest answer that this device logged.
    ///
    /// # Errors
    /// The store.
    pub fn undo_answer(&self, now: Now) -> Result<Option<Change>> {
        self.store.transact(|store| match store.newest_answer()? {
            Some(event) => Ok(Some(self.void(&[event], now)?.0)),
            None => Ok(None),
        })
    }

    /// Brings back the answer that was taken back last, unless one came after it.
    ///
    /// # Errors
    /// The store.
    pub fn redo_answer(&self, now: Now) -> Result<Option<Change>> {
        self.store.transact(|store| match store.newest_undo()? {
            Some(event) => Ok(Some(self.void(&[event], now)?.0)),
            None => Ok(None),
        })
    }

    /// Voids events, and with an answer the suspension that it brought. Returns the
    /// undo events too: voiding those is a redo. Must run inside a transaction.
    pub(super) fn void(&self, events: &[Uid], now: Now) -> Result<(Change, Vec<Uid>)> {
        let store = &self.store;
        let decks = Decks::load(store, &self.config.deck)?;
        let (mut change, mut undos) = (Change::default(), Vec::new());
        let mut seen = HashSet::new();
        for id in events {
            if seen.contains(id) {
                continue;
            }
            let Some((key, event)) = store.event(*id)? else { continue };
            let along = companion(&store.log_of(key)?, &event);
            let card = store.card(key)?;
            for voids in std::iter::once(*id).chain(along) {
                seen.insert(voids);
                undos.push(log(store, &card, Action::Undo { voids }, now, None, &decks)?.0.id);
            }
            if change.cards.last() != Some(&card.uid) {
                change.cards.push(card.uid);
                change.notes.push(store.note(key.note())?.uid);
            }
        }
        Ok((change, undos))
    }
}

/// Returns the suspension that an answer brought with it, or, of the undo of such
/// an answer, the undo of that suspension: the event logged right after it.
fn companion(log: &[Event], event: &Event) -> Option<Uid> {
    let is_leech = |event: &Event| matches!(event.action, Action::Suspend { cause: Cause::Leech });
    let next =
        log.iter().find(|other| other.device == event.device && other.seq == event.seq + 1)?;
    let belongs = match (event.action, next.action) {
        (Action::Undo { .. }, Action::Undo { voids }) => {
            log.iter().any(|other| other.id == voids && is_leech(other))
        }
        (action, _) => action.answer().is_some() && is_leech(next),
    };
    belongs.then_some(next.id)
}

/// Returns which queue an explicit answer belongs to.
fn queue_of(state: &State, cram: bool, today: Day) -> Result<Queue> {
    if state.suspended.is_some() {
        return Err(Error::Suspended);
    }
    if state.is_buried(today) {
        return Err(Error::Buried);
    }
    match state.due {
        _ if cram => Ok(Queue::Cram),
        _ if state.last == Some(today) => Ok(Queue::Drill),
        None => Ok(Queue::New),
        Some(due) if due <= today => Ok(Queue::Due),
        Some(due) => Err(Error::NotDue(due)),
    }
}

/// Returns what is asked and what is to be remembered.
pub(super) fn sides(note: &Note, slot: Slot) -> (String, String) {
    cloze::sides(&note.fields.front, &note.fields.back, slot)
}
