//! Cards with their log, as another program kept them: what of them a note does not
//! have yet, and taking it over.
//!
//! The ids of what is taken over follow from the card, the moment and the answer, so
//! that a package that is imported again brings nothing twice. Answers that were given
//! here and come back in a package are known by their moment and their button.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use crate::domain::cloze;
use crate::domain::{
    Action, Answer, Base, Cause, Day, Direction, Event, Now, Scale, Slot, State, Uid,
};
use crate::import::{Draft, ForeignAnswer, ForeignCard};
use crate::sched::day::study_day_at;
use crate::sched::replay::voided;
use crate::store::{Card, CardKey, ImportKey, Note, NoteKey, Store};

use super::Result;
use super::decks::Decks;
use super::interchange::withdrawn;
use super::review::log_undos;
use super::turn;

/// An answer that comes back this much later than it was given, in milliseconds, is
/// still the same one: a package has room for one answer a millisecond.
const LATE_MS: i64 = 60_000;

/// Another clock may be ahead of ours by so much, in milliseconds.
const MOST_AHEAD_MS: i64 = 86_400_000;

/// The device that events from other programs are kept under.
const DEVICE: &str = "imported";

/// Looks at cards of other programs beside those of the collection.
pub(super) struct Foreign<'a> {
    store: &'a Store,
    now: Now,
    rollover_hour: u8,
    /// Events of imports that were taken back, with the undo that voids each.
    withdrawn: HashMap<Uid, Uid>,
}

/// What a card does not have yet.
#[derive(Default)]
struct Missing {
    /// Events that were never there.
    events: Vec<Event>,
    /// Undos that void events that are there; they are to be taken back.
    undos: Vec<Uid>,
}

/// A card here, with its log.
struct Own<'a> {
    uid: Uid,
    state: State,
    log: &'a [Event],
}

impl<'a> Foreign<'a> {
    /// Returns what looks at cards from other programs, at a moment.
    pub fn new(store: &'a Store, now: Now, rollover_hour: u8) -> Result<Self> {
        Ok(Self { store, now, rollover_hour, withdrawn: withdrawn(store)? })
    }

    /// Returns what only looks: what would be taken over, whenever that were.
    pub fn looking(store: &'a Store) -> Result<Self> {
        Self::new(store, Now { at_ms: i64::MAX, offset_min: 0, day: Day(0) }, 0)
    }

    /// Whether a note that is there lacks any of these cards, or any part of their log.
    pub fn has_news(&self, note: NoteKey, cards: &[ForeignCard]) -> Result<bool> {
        let own = self.store.cards_of(note)?;
        for foreign in cards {
            let Some(card) = own.iter().find(|card| card.slot == foreign.slot) else {
                return Ok(true);
            };
            let log = self.store.log_of(card.key)?;
            let own = Own { uid: card.uid, state: card.state, log: &log };
            let missing = self.missing(&own, foreign);
            if !missing.events.is_empty() || !missing.undos.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Gives a note the cards that it lacks and each card what its log lacks. Returns
    /// the cards that were added.
    ///
    /// Must run inside a transaction.
    pub fn take(
        &self,
        note: &Note,
        cards: &[ForeignCard],
        import: ImportKey,
        decks: &Decks,
    ) -> Result<Vec<CardKey>> {
        let mut own = self.store.cards_of(note.key)?;
        let mut added = Vec::new();
        for foreign in cards {
            if own.iter().all(|card| card.slot != foreign.slot) {
                let (slot, batch) = (foreign.slot, self.now.at_ms);
                let key = self.store.insert_card(note.key, slot, note.deck, batch, None)?;
                own.push(self.store.card(key)?);
                added.push(key);
            }
            if let Some(card) = own.iter().find(|card| card.slot == foreign.slot) {
                self.take_card(card, foreign, import, decks)?;
            }
        }
        Ok(added)
    }

    fn take_card(
        &self,
        card: &Card,
        foreign: &ForeignCard,
        import: ImportKey,
        decks: &Decks,
    ) -> Result<()> {
        let own_log = self.store.log_of(card.key)?;
        let own = Own { uid: card.uid, state: card.state, log: &own_log };
        let missing = self.missing(&own, foreign);
        if missing.events.is_empty() && missing.undos.is_empty() {
            return Ok(());
        }
        for event in &missing.events {
            self.store.append(card.key, event, Some(import))?;
            if event.hlc > self.now.at_ms {
                self.store.observe(event.hlc, self.now.at_ms)?;
            }
        }
        log_undos(self.store, card, &missing.undos, self.now, Some(import), decks)
    }

    /// Returns what a card lacks of what another program says about it.
    fn missing(&self, own: &Own<'_>, foreign: &ForeignCard) -> Missing {
        let ids: HashSet<Uid> = own.log.iter().map(|event| event.id).collect();
        let mut order: Vec<&Event> = own.log.iter().collect();
        order.sort_unstable_by_key(|event| event.order());
        let void = voided(&order);
        let mut missing = Missing::default();
        let mut add = |event: Event| {
            if !ids.contains(&event.id) {
                missing.events.push(event);
            } else if let Some(undo) = self.withdrawn.get(&event.id) {
                missing.undos.push(*undo);
            }
        };
        for (answer, place) in self.unknown_answers(own, &foreign.answers) {
            add(self.answer(own.uid, answer, place));
        }
        let newest = |is_wanted: fn(&Action) -> bool| {
            let counted = own.log.iter().filter(|event| !void.contains(&event.id));
            counted.filter(|event| is_wanted(&event.action)).map(|event| event.hlc).max()
        };
        if let Some(base) = foreign.state
            && !says(&own.state, &base)
            && newest(moves_schedule).is_none_or(|own| own <= foreign.at_ms)
        {
            let numbers = [base.repetitions, base.ease_centi, base.interval_d, base.lapses];
            let mut parts = numbers.map(u32::to_le_bytes).concat();
            parts.extend(base.due.0.to_le_bytes());
            let id = event_id("imported schedule", own.uid, foreign.at_ms, &parts);
            let seq = foreign.answers.len() as i64;
            add(self.event(id, own.uid, foreign.at_ms, seq, Action::Base(base)));
        }
        if let Some(at_ms) = foreign.suspended_ms
            && own.state.suspended.is_none()
            && newest(is_suspension).is_none_or(|own| own <= at_ms)
        {
            let id = event_id("imported suspension", own.uid, at_ms, &[]);
            let seq = foreign.answers.len() as i64 + 1;
            let action = Action::Suspend { cause: Cause::User };
            add(self.event(id, own.uid, at_ms, seq, action));
        }
        missing
    }

    /// Returns the answers that were not given here, each with its place; those of an
    /// import that was taken back among them.
    fn unknown_answers<'f>(
        &self,
        own: &Own<'_>,
        answers: &'f [ForeignAnswer],
    ) -> Vec<(&'f ForeignAnswer, usize)> {
        // By button and moment, the first of the log last.
        let mut exact: HashMap<(u8, i64), Vec<usize>> = HashMap::new();
        let mut clocks: BTreeSet<(u8, i64, usize)> = BTreeSet::new();
        for (place, event) in own.log.iter().enumerate().rev() {
            let answer = event.action.answer().or(match event.action {
                Action::Imported(answer) => Some(answer),
                _ => None,
            });
            let Some(answer) = answer.filter(|_| !self.withdrawn.contains_key(&event.id)) else {
                continue;
            };
            let button = answer.grade.button().raw();
            clocks.insert((button, event.hlc, place));
            exact.entry((button, event.hlc)).or_default().push(place);
            if event.at_ms != event.hlc {
                exact.entry((button, event.at_ms)).or_default().push(place);
            }
        }
        let mut left: Vec<(&ForeignAnswer, usize)> = answers.iter().zip(0..).collect();
        left.retain(|(answer, _)| {
            let button = answer.grade.button().raw();
            let Some(places) = exact.get_mut(&(button, answer.at_ms)) else { return true };
            // One that stands under both its moments goes with the first.
            while let Some(place) = places.pop() {
                if clocks.remove(&(button, own.log[place].hlc, place)) {
                    return false;
                }
            }
            true
        });
        left.retain(|(answer, _)| {
            let (button, at) = (answer.grade.button().raw(), answer.at_ms);
            let from = (button, at.saturating_sub(LATE_MS), 0);
            let late = clocks.range(from..=(button, at, usize::MAX)).next().copied();
            late.is_none_or(|late| !clocks.remove(&late))
        });
        left
    }

    fn answer(&self, card: Uid, answer: &ForeignAnswer, place: usize) -> Event {
        let ForeignAnswer { at_ms, grade, ms } = *answer;
        let id = event_id("imported answer", card, at_ms, &[grade.raw()]);
        let answer = Answer { grade, scale: Scale::Four, ms, due_offset: 0 };
        self.event(id, card, at_ms, place as i64, Action::Imported(answer))
    }

    /// Returns an event; one that is said to lie far ahead happened now.
    fn event(&self, id: Uid, card: Uid, at_ms: i64, seq: i64, action: Action) -> Event {
        let is_ahead = at_ms > self.now.at_ms.saturating_add(MOST_AHEAD_MS);
        let at_ms = if is_ahead { self.now.at_ms } else { at_ms };
        let offset_min = self.now.offset_min;
        let day = study_day_at(at_ms, offset_min, self.rollover_hour);
        let device = DEVICE.to_owned();
        Event { id, card, at_ms, offset_min, day, hlc: at_ms, device, seq, action }
    }
}

/// Returns the id that what happened to a card in another program always has.
fn event_id(what: &str, card: Uid, at_ms: i64, more: &[u8]) -> Uid {
    Uid::derive(what, [&card.0[..], &at_ms.to_le_bytes(), more])
}

/// Whether a card's state is what a schedule says, in so far as other programs keep it:
/// they count passes in a way of their own.
fn says(state: &State, base: &Base) -> bool {
    state.due == Some(base.due)
        && state.ease_centi == base.ease_centi
        && state.interval_d.max(1) == base.interval_d
        && state.lapses == base.lapses
}

const fn moves_schedule(action: &Action) -> bool {
    matches!(
        action,
        Action::Review(_)
            | Action::Drill(_)
            | Action::Reset
            | Action::SetDue { .. }
            | Action::Base(_)
    )
}

const fn is_suspension(action: &Action) -> bool {
    matches!(action, Action::Suspend { .. } | Action::Unsuspend { .. })
}

/// Returns the cards that a row's note gets: those that its file brings, one for each
/// gap of cloze text, or those of a direction.
pub(super) fn slots(draft: &Draft, direction: Option<Direction>) -> Cow<'static, [Slot]> {
    let brought = draft.cards.as_ref().map(|cards| cards.iter().map(|card| card.slot).collect());
    let own = brought.or_else(|| gaps(&draft.fields.front));
    own.map_or_else(|| turn::slots(draft.kind, direction).into(), Cow::Owned)
}

/// Returns the cards that the gaps of cloze text make; `None` where it has none.
pub(super) fn gaps(front: &str) -> Option<Vec<Slot>> {
    let gaps: Vec<Slot> = cloze::numbers(front).into_iter().map(Slot::Gap).collect();
    (!gaps.is_empty()).then_some(gaps)
}

/// Whether cards were never answered and are not suspended.
pub(super) fn are_new(cards: &[ForeignCard]) -> bool {
    let is_new = |card: &ForeignCard| {
        card.state.is_none() && card.suspended_ms.is_none() && card.answers.is_empty()
    };
    cards.iter().all(is_new)
}
