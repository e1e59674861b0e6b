//! Logs of learners whose forgetting curve is known, for tests.

use crate::domain::{Action, Answer, Day, Event, Grade, Parameters, Rules, Scale, State, Uid};

use super::fsrs::Fsrs;
use super::mix::{STEP, mixed};
use super::trial::Trials;
use super::{Engine, replay};

/// Returns the trials of a learner who forgets as FSRS with these parameters says:
/// so many cards, each reviewed as often, on SM-2's day or some days late.
pub fn trials(cards: u64, reviews: u64, truth: Parameters) -> Trials {
    let mut trials = Trials::default();
    for card in 0..cards {
        trials.add(&log(card, reviews, &Fsrs::new(truth, 0.9)), Rules::Text);
    }
    trials.sort();
    trials
}

fn log(card: u64, reviews: u64, truth: &Fsrs) -> Vec<Event> {
    let engine = Engine::sm2(Rules::Text);
    let mut draws = 0;
    // 0 to 1.
    let mut draw = || {
        draws += 1;
        mixed(STEP.wrapping_mul((card << 20) + draws)) as f64 / u64::MAX as f64
    };
    let (mut state, mut memory, mut log) = (State::NEW, None, Vec::new());
    // Half a year of new cards.
    let mut day = Day((draw() * 180.0) as i32);
    for nth in 0..reviews {
        let recall = memory.map_or(0.7, |memory| truth.recall(&memory, day));
        let grade = match (draw() < recall, draw()) {
            (false, _) => Grade::AGAIN,
            (true, ..0.15) => Grade::HARD,
            (true, 0.85..) => Grade::EASY,
            (true, _) => Grade::GOOD,
        };
        memory = Some(truth.answered(memory, grade, day));
        let answer = Answer { grade, scale: Scale::Four, ms: 0, due_offset: 0 };
        let event = Event {
            id: Uid::derive("test", [&card.to_le_bytes()[..], &nth.to_le_bytes()]),
            card: Uid([0; 16]),
            at_ms: 0,
            offset_min: 0,
            day,
            hlc: i64::from(day.0) << 32 | card.cast_signed(),
            device: "a".into(),
            seq: nth.cast_signed(),
            action: Action::Review(answer),
        };
        state = replay::step(state, &event.action, day, event.hlc, engine);
        log.push(event);
        let late = draw() * f64::from(state.interval_d);
        day = state.due.unwrap_or(day).shift(late as i32);
    }
    log
}
