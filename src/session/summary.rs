//! What a session came to.

use super::{Queue, Shown};
use crate::domain::{Fields, Grade, Uid};
use crate::sched::count::MAX_MS;

/// One answer that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The note.
    pub note: Uid,
    /// What was asked.
    pub question: String,
    /// What was to be remembered.
    pub answer: String,
    /// Where the card came from.
    pub queue: Queue,
    /// The grade.
    pub grade: Grade,
    /// Time taken in milliseconds.
    pub ms: u32,
}

impl Done {
    /// Returns the answer to a card as it was shown.
    #[must_use]
    pub fn of(shown: &Shown, grade: Grade, ms: u32) -> Self {
        let (question, answer) = (shown.question.clone(), shown.answer.clone());
        Self { note: shown.note, question, answer, queue: shown.queue, grade, ms }
    }
}

/// The answers of one session, oldest first; an undo takes the last one off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The answers.
    pub done: Vec<Done>,
}

impl Summary {
    /// Returns how many answers were given to cards that counted (not drill or practice).
    #[must_use]
    pub fn counted(&self) -> usize {
        self.counted_answers().count()
    }

    /// Returns how many of those were remembered.
    #[must_use]
    pub fn remembered(&self) -> usize {
        self.counted_answers().filter(|done| done.grade.is_pass()).count()
    }

    /// Returns the share remembered in percent, rounded, if anything counted.
    #[must_use]
    pub fn accuracy_pct(&self) -> Option<u32> {
        let counted = self.counted();
        (counted > 0).then(|| ((self.remembered() * 200 + counted) / (2 * counted)) as u32)
    }

    /// Returns how many new cards were learnt.
    #[must_use]
    pub fn new_learnt(&self) -> usize {
        self.done.iter().filter(|done| done.queue == Queue::New).count()
    }

    /// Returns the time spent in milliseconds, a minute at most for each answer.
    #[must_use]
    pub fn time_ms(&self) -> u64 {
        self.done.iter().map(|done| u64::from(done.ms.min(MAX_MS))).sum()
    }

    /// Returns the questions that went worst, each once, at most `most`.
    #[must_use]
    pub fn hardest(&self, most: usize) -> Vec<&Done> {
        let mut low: Vec<&Done> = self.done.iter().filter(|done| done.grade.raw() < 4).collect();
        low.sort_by_key(|done| done.grade);
        let mut seen = std::collections::HashSet::new();
        low.retain(|done| seen.insert((&done.question, &done.answer)));
        low.truncate(most);
        low
    }

    /// Takes over the new text of a note that was changed since.
    pub fn rewrite(&mut self, note: Uid, before: &Fields, after: &Fields) {
        for done in self.done.iter_mut().filter(|done| done.note == note) {
            for side in [&mut done.question, &mut done.answer] {
                if *side == before.front {
                    side.clone_from(&after.front);
                } else if *side == before.back {
                    side.clone_from(&after.back);
                }
            }
        }
    }

    fn counted_answers(&self) -> impl Iterator<Item = &Done> {
        self.done.iter().filter(|done| matches!(done.queue, Queue::New | Queue::Due))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(question: &str, queue: Queue, grade: u8) -> Done {
        let grade = Grade::new(grade).unwrap();
        let note = Uid([1; 16]);
        Done { note, question: question.into(), answer: String::new(), queue, grade, ms: 90_000 }
    }

    #[test]
    fn a_session_is_summed_up() {
        let summary = Summary {
            done: vec![
                done("a", Queue::New, 2),
                done("b", Queue::Due, 5),
                done("c", Queue::Due, 3),
                done("a", Queue::Drill, 1),
            ],
        };
        assert_eq!((summary.counted(), summary.remembered()), (3, 2));
        assert_eq!(summary.accuracy_pct(), Some(67));
        assert_eq!(summary.new_learnt(), 1);
        assert_eq!(summary.time_ms(), 240_000);
        let hardest: Vec<_> = summary.hardest(5).iter().map(|d| d.question.as_str()).collect();
        assert_eq!(hardest, ["a", "c"]);
        assert_eq!(Summary::default().accuracy_pct(), None);
    }
}
