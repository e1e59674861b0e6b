//! A card's state is a fold over its log.

use std::collections::HashSet;

use crate::domain::{Action, Answer, Base, Cause, Day, Event, State, Uid};

use super::{Engine, sm2};

/// Returns the state that a card's whole log gives, whatever the order in which
/// the events are handed over.
///
/// Events that an effective undo names are left out; the others are folded in
/// the order of their hybrid logical clock, then device, then number.
#[must_use]
pub fn replay(events: &[Event], engine: Engine) -> State {
    effective(events).into_iter().fold(State::NEW, |state, event| after(state, event, engine))
}

/// Returns every event that counts, in fold order, with the state after it.
#[must_use]
pub fn states(events: &[Event], engine: Engine) -> Vec<(&Event, State)> {
    let states = effective(events).into_iter().scan(State::NEW, |state, event| {
        *state = after(*state, event, engine);
        Some((event, *state))
    });
    states.filter(|(event, _)| !matches!(event.action, Action::Undo { .. })).collect()
}

/// Returns the events that are not taken back, in fold order, whatever the order in
/// which they are handed over. An effective undo is one of them.
#[must_use]
pub fn effective(events: &[Event]) -> Vec<&Event> {
    let mut log: Vec<&Event> = events.iter().collect();
    log.sort_unstable_by_key(|event| event.order());
    log.dedup_by_key(|event| event.id);
    let voided = voided(&log);
    log.retain(|event| !voided.contains(&event.id));
    log
}

fn after(state: State, event: &Event, engine: Engine) -> State {
    step(state, &event.action, event.day, event.hlc, engine)
}

/// Returns the ids of the events that are taken back, given a log in fold order.
///
/// An undo that is itself taken back (a redo) voids nothing. It can only be taken
/// back by a later event, so one walk from the newest to the oldest decides all.
#[must_use]
pub fn voided(log: &[&Event]) -> HashSet<Uid> {
    voided_by(log.iter().rev().map(|event| (event.id, event.action)))
}

/// The same for the ids and actions of a log that runs from the newest to the oldest.
pub(super) fn voided_by(newest_first: impl Iterator<Item = (Uid, Action)>) -> HashSet<Uid> {
    let mut voided = HashSet::new();
    for (id, action) in newest_first {
        if let Action::Undo { voids } = action
            && !voided.contains(&id)
        {
            voided.insert(voids);
        }
    }
    voided
}

/// Returns the state after one more event, which must come last in fold order.
///
/// `day` is the event's study day; a day before the newest one of the card
/// counts as that one. Undo is no step: it needs the whole log.
#[must_use]
pub fn step(state: State, action: &Action, day: Day, hlc: i64, engine: Engine) -> State {
    if matches!(action, Action::Undo { .. }) {
        return state;
    }
    let day = state.newest.map_or(day, |newest| newest.max(day));
    let state = State { newest: Some(day), ..state };
    match *action {
        Action::Review(answer) => review(state, answer, day, hlc, engine),
        Action::Drill(answer) => drill(state, answer, day, hlc, engine),
        Action::Cram(_) | Action::Imported(_) | Action::Undo { .. } => state,
        Action::Reset => State {
            suspended: state.suspended,
            buried: state.buried,
            newest: state.newest,
            ..State::NEW
        },
        Action::SetDue { due } => State { due: Some(due), ..state },
        Action::Bury { day } => State { buried: Some(day), ..state },
        Action::Suspend { cause } => {
            State { suspended: Some(state.suspended.unwrap_or(cause)), ..state }
        }
        Action::Unsuspend { cause } => {
            let lifted = cause == Cause::User || state.suspended == Some(cause);
            State { suspended: state.suspended.filter(|_| !lifted), ..state }
        }
        Action::Base(base) => taken_over(state, base, day, engine),
    }
}

/// One counted review a study day; a second one is a drill. Under SM-2 a pass before
/// the due day counts nothing (it can only come from another device), a fail does. FSRS
/// weighs every answer by the time that has passed: a log that was planned by the other
/// engine is early and late all over.
fn review(state: State, answer: Answer, day: Day, hlc: i64, engine: Engine) -> State {
    if state.last == Some(day) {
        return drill(state, answer, day, hlc, engine);
    }
    let is_early = state.due.is_some_and(|due| due > day);
    if is_early && answer.grade.is_pass() && engine.fsrs.is_none() {
        return state;
    }
    let lapsed = !answer.grade.is_pass() && state.repetitions > 0;
    let after = engine.reviewed(&state, answer.grade, day);
    let floor_run = match after.ease_centi {
        sm2::MIN_EASE_CENTI => state.floor_run.saturating_add(1),
        _ => 0,
    };
    State {
        // An offset was chosen for the interval of the engine of its time.
        due: Some(day.plus(after.interval_d).shift(answer.due_offset).max(day.plus(1))),
        lapses: state.lapses.saturating_add(u32::from(lapsed)),
        first: state.first.or(Some(day)),
        last: Some(day),
        best: Some(answer.grade),
        tried_hlc: hlc,
        floor_run,
        ..after
    }
}

fn drill(state: State, answer: Answer, day: Day, hlc: i64, engine: Engine) -> State {
    if state.last != Some(day) {
        return state;
    }
    let after = engine.drilled(&state, answer.grade, day);
    State { best: state.best.max(Some(answer.grade)), tried_hlc: hlc, ..after }
}

fn taken_over(state: State, base: Base, day: Day, engine: Engine) -> State {
    State {
        repetitions: base.repetitions,
        ease_centi: base.ease_centi.max(sm2::MIN_EASE_CENTI),
        interval_d: base.interval_d.min(sm2::MAX_INTERVAL_D),
        due: Some(base.due),
        lapses: base.lapses,
        first: state.first.or(Some(day.shift(-1))),
        last: None,
        best: None,
        floor_run: 0,
        memory: engine.fsrs.and_then(|fsrs| fsrs.taken_over(&base)),
        ..state
    }
}

#[cfg(test)]
#[path = "replay_tests.rs"]
mod tests;
