//! Showing, answering, taking back.

use std::collections::VecDeque;

use crate::domain::deck::Leech;
use crate::domain::{Action, Answer, Cause, Day, Event, Grade, Now, Slot, State, Uid};
use crate::error::Error;
use crate::sched::{Queue, outcomes, replay, replay as fold};
use crate::session::home::{Scope, SessionRequest};
use crate::session::{Counts, Next, Shown};
use crate::store::{Card, CardKey, ImportKey, Note, Store};

use super::decks::Decks;
use super::queue::{Allowance, Pool, today};
use super::{App, Change, Result};

/// A review session: its scope, and the steps that can be taken back.
#[derive(Debug, Default)]
pub struct Session {
    scope: Scope,
    allowance: Allowance,
    /// The cards of single notes in queue order, kept up to date as they are answered.
    pool: Option<Vec<Card>>,
    /// Cards to practise.
    cram: Option<VecDeque<CardKey>>,
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// One thing a session did.
#[derive(Debug)]
struct Step {
    what: String,
    card: Option<CardKey>,
    answer: Option<Answered>,
    work: Work,
}

#[derive(Debug)]
enum Work {
    /// Events that an undo voids.
    Events(Vec<Uid>),
    /// The note as it was before an edit, or, on the way back, after it.
    Edit(Box<Note>),
}

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

/// A step that was taken back or brought again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// What it was, for people: `answer to 国家`.
    pub what: String,
    /// Whether it was an answer.
    pub was_answer: bool,
    /// The card it was about.
    pub card: Option<Uid>,
}

/// Logs an action of this device and writes the state that follows from it.
///
/// The action must be the newest of the card's log; the clock sees to that.
pub(super) fn log(
    store: &Store,
    card: &Card,
    action: Action,
    now: Now,
    import: Option<ImportKey>,
    decks: &Decks,
) -> Result<(Event, State)> {
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
    store.append(card.key, &event, import)?;
    let rules = decks.rules(card.deck);
    let state = match action {
        Action::Undo { .. } => replay::replay(&store.log_of(card.key)?, rules),
        _ => fold::step(card.state, &action, now.day, tick.hlc, rules),
    };
    store.set_state(card.key, &state)?;
    Ok((event, state))
}

impl App {
    /// Starts a session.
    ///
    /// # Errors
    /// The store.
    pub fn start(&self, request: &SessionRequest, now: Now) -> Result<Session> {
        let allowance = Allowance { new: request.new, cards: request.limit };
        let scope = request.scope.clone();
        let mut session = Session { allowance, scope, ..Session::default() };
        if let Scope::Notes(notes) = &request.scope {
            session.pool = Some(self.cards_of_notes(notes)?);
        }
        if request.cram {
            session.cram = Some(self.cram_queue(&session, request.limit, now.day)?);
        }
        Ok(session)
    }

    fn cards_of_notes(&self, notes: &[Uid]) -> Result<Vec<Card>> {
        let mut cards = Vec::with_capacity(notes.len() * 2);
        for uid in notes {
            if let Some(note) = self.store.note_by_uid(*uid)? {
                cards.extend(self.store.cards_of(note.key)?);
            }
        }
        cards.sort_by_key(|card| (std::cmp::Reverse(card.batch), card.key));
        Ok(cards)
    }

    /// Returns the cards to practise: those that come due soonest, then the new ones.
    fn cram_queue(
        &self,
        session: &Session,
        limit: Option<u32>,
        today: Day,
    ) -> Result<VecDeque<CardKey>> {
        let mut cards = match &session.pool {
            Some(pool) => pool.clone(),
            None => {
                let decks = self.decks()?;
                let mut cards = Vec::new();
                self.store.each_card(|card| {
                    let name = decks.name(card.deck);
                    if match &session.scope {
                        Scope::Deck(deck) => name.is_some_and(|name| name.is_within(deck)),
                        _ => true,
                    } {
                        cards.push(card);
                    }
                    Ok(())
                })?;
                cards
            }
        };
        cards.retain(|card| !card.gone && card.state.is_active(today));
        cards.sort_by_key(|card| (card.state.due.is_none(), card.state.due, card.key));
        cards.truncate(limit.map_or(usize::MAX, |limit| limit as usize));
        Ok(cards.into_iter().map(|card| card.key).collect())
    }

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
            let pool = match (&session.pool, &session.scope) {
                (Some(cards), _) => Pool::Notes(cards),
                (None, Scope::Deck(deck)) => Pool::Decks(Some(deck)),
                (None, _) => Pool::Decks(None),
            };
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
            outcomes: outcomes(&card.state, queue, now.day, &settings),
            scale: settings.grades,
            same_question: (before + 1, others.len() as u32 + 1),
            other_answers: others,
        })
    }

    /// Takes an answer in a session: it is on disk when this returns.
    ///
    /// # Errors
    /// A card that cannot be answered now, or the store.
    pub fn answer_in(
        &self,
        session: &mut Session,
        card: Uid,
        grade: Grade,
        ms: u32,
        now: Now,
    ) -> Result<Answered> {
        let key = self.find_card(&card.to_string())?.key;
        let cram = session.cram.is_some();
        let (answered, question) = self.answer_key(key, grade, ms, cram, now)?;
        session.spend(&answered, key, -1);
        let events = Work::Events(vec![answered.event]);
        let what = format!("answer to {question}");
        session.did(Step { what, card: Some(key), answer: Some(answered.clone()), work: events });
        self.refresh(session, key)?;
        Ok(answered)
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

    fn answer_key(
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
            let action = match queue {
                Queue::New | Queue::Due => Action::Review(answer),
                Queue::Drill => Action::Drill(answer),
                Queue::Cram => Action::Cram(answer),
            };
            let (event, mut state) = log(store, &card, action, now, None, &decks)?;
            if settings.leech == Leech::Suspend && state.is_leech() && !card.state.is_leech() {
                let card = store.card(key)?;
                let suspend = Action::Suspend { cause: Cause::Leech };
                state = log(store, &card, suspend, now, None, &decks)?.1;
            }
            let (question, _) = sides(&store.note(key.note())?, card.slot);
            let kind = action.name();
            Ok((Answered { card: card.uid, event: event.id, queue, kind, state }, question))
        })
    }

    /// Returns how many study days in a row, up to today or yesterday, were used.
    ///
    /// # Errors
    /// The store.
    pub fn streak(&self, today: Day) -> Result<u32> {
        Ok(self.store.streak(today)?)
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
        match self.store.newest_answer()? {
            Some(event) => self.void(&[event], now).map(Some),
            None => Ok(None),
        }
    }

    /// Brings back the answer that was taken back last, unless one came after it.
    ///
    /// # Errors
    /// The store.
    pub fn redo_answer(&self, now: Now) -> Result<Option<Change>> {
        match self.store.newest_undo()? {
            Some(event) => self.void(&[event], now).map(Some),
            None => Ok(None),
        }
    }

    /// Voids events; a suspension that an answer brought with it goes too.
    fn void(&self, events: &[Uid], now: Now) -> Result<Change> {
        self.void_noting(events, now).map(|(change, _)| change)
    }

    /// The same; returns the undo events too, which a redo voids.
    fn void_noting(&self, events: &[Uid], now: Now) -> Result<(Change, Vec<Uid>)> {
        self.store.transact(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let mut change = Change::default();
            let mut undos = Vec::new();
            for id in events {
                let Some((key, event)) = store.event(*id)? else { continue };
                let mut voids = vec![*id];
                if event.action.answer().is_some() {
                    let along = store.log_of(key)?.into_iter().find(|other| {
                        matches!(other.action, Action::Suspend { cause: Cause::Leech })
                            && other.device == event.device
                            && other.seq == event.seq + 1
                    });
                    voids.extend(along.map(|other| other.id));
                }
                for voids in voids {
                    let card = store.card(key)?;
                    let undo = log(store, &card, Action::Undo { voids }, now, None, &decks)?.0;
                    undos.push(undo.id);
                    if change.cards.last() != Some(&card.uid) {
                        change.cards.push(card.uid);
                        change.notes.push(store.note(key.note())?.uid);
                    }
                }
            }
            Ok((change, undos))
        })
    }

    /// Takes back the newest step of a session: an answer, an edit, a suspension.
    ///
    /// # Errors
    /// The store.
    pub fn undo_step(&self, session: &mut Session, now: Now) -> Result<Option<Undone>> {
        let Some(step) = session.done.pop() else { return Ok(None) };
        let (undone, back) = self.reverse(session, step, 1, now)?;
        session.undone.push(back);
        Ok(Some(undone))
    }

    /// Brings again the step of a session that was taken back last.
    ///
    /// # Errors
    /// The store.
    pub fn redo_step(&self, session: &mut Session, now: Now) -> Result<Option<Undone>> {
        let Some(step) = session.undone.pop() else { return Ok(None) };
        let (undone, back) = self.reverse(session, step, -1, now)?;
        session.done.push(back);
        Ok(Some(undone))
    }

    /// Does the opposite of a step and returns the step that does it again.
    fn reverse(
        &self,
        session: &mut Session,
        step: Step,
        sign: i32,
        now: Now,
    ) -> Result<(Undone, Step)> {
        let work = match &step.work {
            Work::Events(events) => Work::Events(self.void_noting(events, now)?.1),
            Work::Edit(before) => Work::Edit(Box::new(self.put_note(before, now)?)),
        };
        let mut card = None;
        if let Some(key) = step.card {
            card = Some(self.store.card(key)?.uid);
            if let Some(answered) = &step.answer {
                session.spend(answered, key, sign);
            }
            self.refresh(session, key)?;
        }
        let undone = Undone { what: step.what.clone(), was_answer: step.answer.is_some(), card };
        Ok((undone, Step { work, ..step }))
    }

    /// Suspends a card in a session.
    ///
    /// # Errors
    /// A card that does not exist, or the store.
    pub fn suspend_in(&self, session: &mut Session, card: Uid, now: Now) -> Result<()> {
        self.act_in(session, card, Action::Suspend { cause: Cause::User }, "suspending", now)
    }

    /// Buries a card for today in a session.
    ///
    /// # Errors
    /// A card that does not exist, or the store.
    pub fn bury_in(&self, session: &mut Session, card: Uid, now: Now) -> Result<()> {
        self.act_in(session, card, Action::Bury { day: now.day }, "burying", now)
    }

    fn act_in(
        &self,
        session: &mut Session,
        card: Uid,
        action: Action,
        verb: &str,
        now: Now,
    ) -> Result<()> {
        let card = self.find_card(&card.to_string())?;
        let note = self.store.note(card.key.note())?;
        let event = self.store.transact(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            Ok::<_, Error>(log(store, &card, action, now, None, &decks)?.0.id)
        })?;
        if let Some(cram) = &mut session.cram {
            cram.retain(|key| *key != card.key);
        }
        let what = format!("{verb} {}", note.fields.front);
        let work = Work::Events(vec![event]);
        session.did(Step { what, card: Some(card.key), answer: None, work });
        self.refresh(session, card.key)
    }

    /// Changes fields of a note in a session.
    ///
    /// # Errors
    /// See [`App::edit`].
    pub fn edit_in(
        &self,
        session: &mut Session,
        note: Uid,
        changes: &[(crate::domain::Field, String)],
        now: Now,
    ) -> Result<()> {
        let before = self.find_note(&note.to_string())?;
        self.edit(&note.to_string(), changes, now)?;
        let what = format!("edit of {}", before.fields.front);
        session.did(Step { what, card: None, answer: None, work: Work::Edit(Box::new(before)) });
        Ok(())
    }

    /// Reads the cards of an answered note again, where the session keeps its own.
    fn refresh(&self, session: &mut Session, key: CardKey) -> Result<()> {
        if let Some(pool) = &mut session.pool {
            for fresh in self.store.cards_of(key.note())? {
                if let Some(card) = pool.iter_mut().find(|card| card.key == fresh.key) {
                    *card = fresh;
                }
            }
        }
        Ok(())
    }
}

impl Session {
    /// Keeps a step so that it can be taken back; what was taken back is forgotten.
    fn did(&mut self, step: Step) {
        self.done.push(step);
        self.undone.clear();
    }

    /// Counts an answer (-1) or one that was taken back (1) against the session's own limits.
    fn spend(&mut self, answered: &Answered, key: CardKey, sign: i32) {
        let change = |left: &mut Option<u32>| {
            if let Some(left) = left {
                *left = left.saturating_add_signed(sign);
            }
        };
        match answered.queue {
            Queue::New => {
                change(&mut self.allowance.new);
                change(&mut self.allowance.cards);
            }
            Queue::Due => change(&mut self.allowance.cards),
            Queue::Drill | Queue::Cram => {}
        }
        if let Some(cram) = &mut self.cram {
            cram.retain(|other| *other != key);
            if sign > 0 {
                cram.push_front(key);
            }
        }
    }
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
    let (front, back) = (note.fields.front.clone(), note.fields.back.clone());
    match slot {
        Slot::Forward | Slot::Gap(_) => (front, back),
        Slot::Reverse => (back, front),
    }
}
