//! What was answered to a card, and what it did.

use crate::domain::{Action, Day, Event, Grade, Scale};
use crate::sched::{Engine, replay};

/// One entry of a card's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The study day.
    pub day: Day,
    /// What it was: `review`, `drill`, `cram`, `reset` and so on.
    pub kind: &'static str,
    /// The answer, where it was one, and the buttons it was chosen from.
    pub grade: Option<(Grade, Scale)>,
    /// Time taken in milliseconds; 0 where it is not known.
    pub ms: u32,
    /// The interval afterwards, in days.
    pub interval_d: u32,
    /// The ease afterwards, in hundredths.
    pub ease_centi: u32,
}

impl Entry {
    /// Returns the answer in words: `Good`, or what else happened.
    #[must_use]
    pub fn words(&self) -> &'static str {
        let Some((grade, scale)) = self.grade else { return self.kind };
        let button = scale.buttons().iter().find(|(_, own, _)| *own == grade);
        button.map_or("?", |(.., name)| name)
    }

    /// Whether it is an answer that counted for the schedule.
    #[must_use]
    pub fn is_review(&self) -> bool {
        self.kind == "review"
    }
}

/// Returns a card's history, oldest first; what was taken back is left out.
///
/// Interval and ease come from the fold over its whole log, the one that makes its
/// state: what the history shows is what happened.
#[must_use]
pub fn history(log: &[Event], engine: Engine) -> Vec<Entry> {
    let states = replay::states(log, engine);
    states
        .into_iter()
        .map(|(event, state)| {
            let answer = match event.action {
                Action::Imported(answer) => Some(answer),
                other => other.answer(),
            };
            Entry {
                day: event.day,
                kind: event.action.name(),
                grade: answer.map(|answer| (answer.grade, answer.scale)),
                ms: answer.map_or(0, |answer| answer.ms),
                interval_d: state.interval_d,
                ease_centi: state.ease_centi,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Answer, Uid};

    fn event(nth: i64, action: Action) -> Event {
        Event {
            id: Uid([nth as u8; 16]),
            card: Uid([99; 16]),
            at_ms: nth,
            offset_min: 0,
            day: Day(100 + nth as i32),
            hlc: nth,
            device: "a".into(),
            seq: nth,
            action,
        }
    }

    fn review(raw: u8, scale: Scale) -> Action {
        let grade = Grade::new(raw).unwrap();
        Action::Review(Answer { grade, scale, ms: 2_000, due_offset: 0 })
    }

    #[test]
    fn each_answer_stands_with_what_it_did() {
        let log = [
            event(1, review(4, Scale::Four)),
            event(2, review(5, Scale::Six)),
            event(3, Action::Undo { voids: Uid([2; 16]) }),
            event(4, review(3, Scale::Four)),
            event(5, Action::Reset),
        ];
        let told: Vec<_> = history(&log, Engine::default())
            .iter()
            .map(|entry| (entry.day, entry.words(), entry.interval_d, entry.ease_centi))
            .collect();
        let want =
            [(Day(101), "Good", 1, 250), (Day(104), "Hard", 6, 236), (Day(105), "reset", 0, 250)];
        assert_eq!(told, want, "the answer that was taken back is not among them");
    }
}
