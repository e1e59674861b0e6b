//! A review session: the cards it offers, and the steps that can be taken back.

use std::collections::{BinaryHeap, VecDeque};

use crate::domain::{Action, Cause, Day, DeckName, Field, Fields, Grade, Now, Uid};
use crate::error::Error;
use crate::sched::Queue;
use crate::sched::weakness::Weakness;
use crate::session::home::{Pick, Scope, SessionRequest};
use crate::store::{Card, CardKey, DeckKey};

use super::bulk::Puts;
use super::decks::Decks;
use super::queue::{Allowance, Pool};
use super::review::{Answered, log};
use super::writing::Added;
use super::{App, Change, Result};

/// A review session: its scope, and the steps that can be taken back.
#[derive(Debug, Default)]
pub struct Session {
    pub(super) scope: Scope,
    pub(super) allowance: Allowance,
    /// The cards of single notes in queue order, kept up to date as they are answered.
    pub(super) pool: Option<Vec<Card>>,
    /// Cards to practise.
    pub(super) cram: Option<VecDeque<CardKey>>,
    done: Vec<Step>,
    undone: Vec<Step>,
    /// Notes that steps other than answers, or taking steps back, touched since
    /// somebody asked.
    touched: Vec<Uid>,
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
pub(super) enum Work {
    /// Events that an undo voids.
    Events(Vec<Uid>),
    /// Fields of a note as they were before an edit, or, on the way back, after it.
    Edit(Uid, Vec<(Field, String)>),
    /// A note and whether it was marked before.
    Mark(Uid, bool),
    /// Events of the cards of these notes.
    Cards(Vec<Uid>, Vec<Uid>),
    /// What many notes were before a change.
    Notes(Puts),
    /// A note that was added.
    Added(Added),
    /// The deck and the text of an added note that was taken back.
    TakenBack(DeckName, Fields),
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

impl App {
    /// Starts a session.
    ///
    /// # Errors
    /// The store.
    pub fn start(&self, request: &SessionRequest, now: Now) -> Result<Session> {
        let allowance = Allowance { new: request.new, cards: request.limit };
        let scope = request.scope.clone();
        let mut session = Session { scope, allowance, ..Session::default() };
        if let Scope::Notes(notes) = &request.scope {
            session.pool = Some(self.cards_of_notes(notes)?);
        }
        if request.cram {
            session.cram = Some(self.cram_queue(&session, request, now.day)?);
        }
        Ok(session)
    }

    pub(super) fn cards_of_notes(&self, notes: &[Uid]) -> Result<Vec<Card>> {
        let mut cards = Vec::with_capacity(notes.len() * 2);
        for uid in notes {
            if let Some(note) = self.store.note_by_uid(*uid)? {
                cards.extend(self.store.cards_of(note.key)?);
            }
        }
        cards.sort_by_key(|card| (std::cmp::Reverse(card.batch), card.key));
        Ok(cards)
    }

    /// Returns the cards to practise: those that come due soonest, then the new ones;
    /// or those that are known worst, the weakest first.
    fn cram_queue(
        &self,
        session: &Session,
        request: &SessionRequest,
        today: Day,
    ) -> Result<VecDeque<CardKey>> {
        let mut cards = match request.pick {
            Pick::Soonest => self.soonest(session, today)?,
            Pick::Weakest(most) => self.weakest(session, most as usize, today)?,
        };
        cards.truncate(request.limit.map_or(usize::MAX, |limit| limit as usize));
        Ok(cards.into())
    }

    /// Returns the session's cards that can be practised, as they come due.
    fn soonest(&self, session: &Session, today: Day) -> Result<Vec<CardKey>> {
        if let Some(pool) = &session.pool {
            let mut cards = pool.clone();
            cards.retain(|card| !card.gone && card.state.is_active(today));
            cards.sort_by_key(|card| (card.state.due.is_none(), card.state.due, card.key));
            return Ok(cards.into_iter().map(|card| card.key).collect());
        }
        let mut cards = self.store.active_cards(today)?;
        let decks = self.decks()?;
        cards.retain(|(_, deck)| session.covers(*deck, &decks));
        Ok(cards.into_iter().map(|(key, _)| key).collect())
    }

    /// Returns the session's weakest cards, the weakest first, at most so many: of all
    /// that show a sign of weakness no more are held.
    fn weakest(&self, session: &Session, most: usize, today: Day) -> Result<Vec<CardKey>> {
        let mut weakest = BinaryHeap::new();
        let mut rank = |key: CardKey, weakness: Weakness| {
            weakest.push((weakness, key));
            if weakest.len() > most {
                weakest.pop();
            }
        };
        if let Some(pool) = &session.pool {
            for card in pool.iter().filter(|card| !card.gone && card.state.is_active(today)) {
                if let Some(weakness) = Weakness::of(&card.state) {
                    rank(card.key, weakness);
                }
            }
        } else {
            let decks = self.decks()?;
            self.store.each_answered_card(today, |key, deck, state| {
                if let Some(weakness) = Weakness::of(state)
                    && session.covers(deck, &decks)
                {
                    rank(key, weakness);
                }
                true
            })?;
        }
        Ok(weakest.into_sorted_vec().into_iter().map(|(_, key)| key).collect())
    }

    /// Returns how many of the session's cards can be practised, and how many show a
    /// sign of weakness, the latter counted up to `most`.
    pub(super) fn practicable(
        &self,
        session: &Session,
        most: u32,
        today: Day,
    ) -> Result<(u32, u32)> {
        if session.pool.is_some() {
            let weak = self.weakest(session, most as usize, today)?.len() as u32;
            return Ok((self.soonest(session, today)?.len() as u32, weak));
        }
        let decks = self.decks()?;
        let active = self.store.active_by_deck()?.into_iter();
        let active = active.filter(|(deck, _)| session.covers(*deck, &decks));
        let mut ahead: u32 = active.map(|(_, cards)| cards).sum();
        for key in self.store.buried_on(today)? {
            let card = self.store.card(key)?;
            let counted = !card.gone && card.state.suspended.is_none();
            let hidden = counted && session.covers(card.deck, &decks);
            ahead = ahead.saturating_sub(u32::from(hidden));
        }
        let mut weak = 0;
        self.store.each_answered_card(today, |_, deck, state| {
            let is_weak = Weakness::of(state).is_some() && session.covers(deck, &decks);
            weak += u32::from(is_weak);
            weak < most
        })?;
        Ok((ahead, weak))
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
        let answer = Some(answered.clone());
        session.did(Step { what, card: Some(key), answer, work: events });
        self.refresh(session, key)?;
        Ok(answered)
    }

    /// Takes back the newest step of a session: an answer, an edit, a suspension.
    ///
    /// # Errors
    /// The store.
    pub fn undo_step(&self, session: &mut Session, now: Now) -> Result<Option<Undone>> {
        let Some(step) = session.done.last() else { return Ok(None) };
        let work = self.reverse(&step.work, now)?;
        let undone = self.settle(session, 1)?;
        if let Some(step) = session.done.pop() {
            session.touch(&step.work);
            session.undone.push(Step { work, ..step });
        }
        Ok(undone)
    }

    /// Brings again the step of a session that was taken back last.
    ///
    /// # Errors
    /// The store.
    pub fn redo_step(&self, session: &mut Session, now: Now) -> Result<Option<Undone>> {
        let Some(step) = session.undone.last() else { return Ok(None) };
        let work = self.reverse(&step.work, now)?;
        let undone = self.settle(session, -1)?;
        if let Some(step) = session.undone.pop() {
            session.touch(&step.work);
            session.done.push(Step { work, ..step });
        }
        Ok(undone)
    }

    /// Does the opposite of some work and returns the work that does it again.
    fn reverse(&self, work: &Work, now: Now) -> Result<Work> {
        match work {
            Work::Events(events) => {
                self.store.transact(|_| Ok(Work::Events(self.void(events, now)?.1)))
            }
            Work::Mark(note, was_marked) => {
                self.set_mark(*note, *was_marked, now)?;
                Ok(Work::Mark(*note, !was_marked))
            }
            Work::Edit(note, fields) => {
                let id = note.to_string();
                let before = self.find_note(&id)?.fields;
                self.edit(&id, fields, now)?;
                let again = fields.iter().map(|(field, _)| (*field, before.text(*field)));
                Ok(Work::Edit(*note, again.collect()))
            }
            Work::Cards(events, notes) => {
                self.store.transact(|_| Ok(Work::Cards(self.void(events, now)?.1, notes.clone())))
            }
            Work::Notes(puts) => {
                self.transact_on_decks(|_| Ok(Work::Notes(self.put_back(puts, now)?)))
            }
            Work::Added(added) => {
                let fields = self.find_note(&added.note.to_string())?.fields;
                self.unwrite_note(added, now)?;
                Ok(Work::TakenBack(added.deck.clone(), fields))
            }
            Work::TakenBack(deck, fields) => {
                Ok(Work::Added(self.write_note(deck.clone(), fields.clone(), now)?))
            }
        }
    }

    /// Brings the session's own limits and cards in line with a step that was taken
    /// back (1) or done again (-1).
    fn settle(&self, session: &mut Session, sign: i32) -> Result<Option<Undone>> {
        let steps = if sign > 0 { &session.done } else { &session.undone };
        let Some(step) = steps.last() else { return Ok(None) };
        let (what, answer, key) = (step.what.clone(), step.answer.clone(), step.card);
        let mut card = None;
        if let Some(key) = key {
            card = Some(self.store.card(key)?.uid);
            session.touched.push(self.store.note(key.note())?.uid);
            if let Some(answered) = &answer {
                session.spend(answered, key, sign);
            }
            self.refresh(session, key)?;
        }
        Ok(Some(Undone { what, was_answer: answer.is_some(), card }))
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
        session.touched.push(note.uid);
        session.did(Step { what, card: Some(card.key), answer: None, work });
        self.refresh(session, card.key)
    }

    /// Changes fields of a note in a session; returns whether anything of it differs now.
    ///
    /// # Errors
    /// See [`App::edit`].
    pub fn edit_in(
        &self,
        session: &mut Session,
        note: Uid,
        changes: &[(Field, String)],
        now: Now,
    ) -> Result<bool> {
        let before = self.find_note(&note.to_string())?.fields;
        if self.edit(&note.to_string(), changes, now)?.notes.is_empty() {
            return Ok(false);
        }
        let what = format!("edit of {}", before.front);
        let old = changes.iter().map(|(field, _)| (*field, before.text(*field))).collect();
        let work = Work::Edit(note, old);
        session.did(Step { what, card: None, answer: None, work });
        Ok(true)
    }

    /// Marks a note in a session, or takes its mark away; returns whether it is marked now.
    ///
    /// # Errors
    /// A note that does not exist, or the store.
    pub fn mark_in(&self, session: &mut Session, note: Uid, now: Now) -> Result<bool> {
        let fields = self.find_note(&note.to_string())?.fields;
        let was_marked = fields.is_marked();
        self.set_mark(note, !was_marked, now)?;
        let verb = if was_marked { "unmarking" } else { "marking" };
        let what = format!("{verb} {}", fields.front);
        session.did(Step { what, card: None, answer: None, work: Work::Mark(note, was_marked) });
        Ok(!was_marked)
    }

    fn set_mark(&self, note: Uid, marked: bool, now: Now) -> Result<Change> {
        let tag = [Fields::MARKED.to_owned()];
        let (add, remove) = if marked { (&tag[..], &[][..]) } else { (&[][..], &tag[..]) };
        self.tag(add, remove, &[note.to_string()], now)
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
    /// Returns what of the collection it is about.
    pub(super) fn pool(&self) -> Pool<'_> {
        match (&self.pool, &self.scope) {
            (Some(cards), _) => Pool::Notes(cards),
            (None, Scope::Deck(deck)) => Pool::Decks(Some(deck)),
            (None, _) => Pool::Decks(None),
        }
    }

    /// Whether a deck's cards belong to it, where its scope is decks.
    fn covers(&self, deck: DeckKey, decks: &Decks) -> bool {
        match (&self.scope, decks.name(deck)) {
            (Scope::Deck(scope), Some(name)) => name.is_within(scope),
            (_, name) => name.is_some(),
        }
    }

    /// Keeps a step so that it can be taken back; what was taken back is forgotten.
    fn did(&mut self, step: Step) {
        self.touch(&step.work);
        self.done.push(step);
        self.undone.clear();
    }

    /// Keeps what was done to notes as one step.
    pub(super) fn did_to_notes(&mut self, what: String, work: Work) {
        self.did(Step { what, card: None, answer: None, work });
    }

    /// Notes down that a note was added, or taken back, by what is no step.
    pub fn touch_note(&mut self, note: Uid) {
        self.touched.push(note);
    }

    /// Notes down which notes some work changes.
    fn touch(&mut self, work: &Work) {
        match work {
            Work::Edit(note, _) | Work::Mark(note, _) => self.touched.push(*note),
            Work::Cards(_, notes) => self.touched.extend_from_slice(notes),
            Work::Notes(puts) => self.touched.extend(puts.notes()),
            Work::Added(added) => self.touched.push(added.note),
            // The note is that of the step's card, or gone.
            Work::Events(_) | Work::TakenBack(..) => {}
        }
    }

    /// Returns the notes that steps other than answers, or taking steps back, touched
    /// since this was asked last.
    pub fn take_touched(&mut self) -> Vec<Uid> {
        std::mem::take(&mut self.touched)
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
