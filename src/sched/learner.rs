//! A learner as a model: what is remembered, how it is answered, and how long that takes.
//!
//! What a card's memory is worth is kept apart from what the scheduler believes of it:
//! only so can a simulation tell how often the scheduler is wrong.
//!
//! # Source
//! The forgetting curve and its stability are those of [`super::fsrs`]. How often which
//! button is pressed and how long an answer takes are the defaults of the simulator of
//! the same project (the crate `fsrs` 6.6.2).

use crate::domain::{Base, Day, Grade, Memory, Parameters, State};

use super::count::{Class, Sum};
use super::fsrs::Fsrs;
use super::mix::{STEP, mixed};

/// Answers of the learner's own from which shares and times are taken from the log.
pub const ENOUGH_ANSWERS: u32 = 400;

/// Numbers that play the part of chance: the stream of SplitMix64.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// Returns the stream of a seed: the same on every machine.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(mixed(seed))
    }

    /// Returns a number from 0 up to, but not including, 1.
    pub fn draw(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(STEP);
        (mixed(self.0) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Returns the place of one of `shares`, each as likely as its share of their sum.
    fn choose(&mut self, shares: &[f64]) -> usize {
        let mut left = self.draw() * shares.iter().sum::<f64>();
        let place = shares.iter().position(|share| {
            left -= share;
            left < 0.0
        });
        place.unwrap_or(0)
    }
}

/// A learner.
#[derive(Clone, Debug, PartialEq)]
pub struct Learner {
    /// The forgetting curve.
    pub curve: Fsrs,
    /// How much more stable than by the curve a memory is when it is made, at first sight
    /// or after it was lost; 1: as stable.
    pub strength: f64,
    /// How often a card is answered with again, hard, good, easy at first sight.
    pub first: [f64; 4],
    /// The same for a card that was remembered later: hard, good, easy.
    pub passed: [f64; 3],
    /// Milliseconds of an answer by button: of new cards, of others.
    pub answer_ms: [[u64; 4]; 2],
    /// Milliseconds that the same-day drill takes of a card that comes into it.
    pub drill_ms: u64,
}

impl Default for Learner {
    fn default() -> Self {
        Self {
            curve: Fsrs::new(Parameters::DEFAULT, 0.9),
            strength: 1.0,
            first: [0.24, 0.094, 0.495, 0.171],
            passed: [0.224, 0.631, 0.145],
            answer_ms: [[19_580, 18_790, 13_780, 10_710], [19_380, 17_590, 12_380, 8_940]],
            drill_ms: 12_320,
        }
    }
}

/// What a log tells of a learner.
#[derive(Clone, Debug, PartialEq)]
pub struct Habits {
    /// Reviews, those of new cards included.
    pub answers: u32,
    /// Of reviews of cards seen before, the share that passed; `None` without any.
    pub retention: Option<f64>,
    /// Shares and times, as the model has them where the log is silent; of usual strength.
    pub learner: Learner,
}

impl Habits {
    /// Returns what the sums of a log tell.
    #[must_use]
    pub fn of<'a>(sums: impl IntoIterator<Item = &'a Sum>) -> Self {
        let (mut answers, mut ms) = ([[0_u32; 4]; 2], [[0_u64; 4]; 2]);
        let mut drill_ms = 0;
        for sum in sums {
            let row = match sum.class {
                Class::New => 0,
                Class::Young | Class::Mature => 1,
                Class::Drill => {
                    drill_ms += sum.ms;
                    continue;
                }
                Class::Cram | Class::Imported => continue,
            };
            answers[row][button(sum.grade)] += sum.answers;
            ms[row][button(sum.grade)] += sum.ms;
        }
        let mut learner = Learner::default();
        let shares = answers.map(|row| row.map(f64::from));
        let of = |shares: &[f64]| shares.iter().sum::<f64>();
        if of(&shares[0]) > 0.0 {
            learner.first = shares[0];
        }
        let [forgotten, passed @ ..] = shares[1];
        if of(&passed) > 0.0 {
            learner.passed = passed;
        }
        for (row, means) in learner.answer_ms.iter_mut().enumerate() {
            for (button, mean) in means.iter_mut().enumerate() {
                let known = ms[row][button].checked_div(answers[row][button].into());
                *mean = known.filter(|ms| *ms > 0).unwrap_or(*mean);
            }
        }
        let drilled: u32 = answers.iter().map(|row| row[0] + row[1]).sum();
        let known = drill_ms.checked_div(drilled.into());
        learner.drill_ms = known.filter(|ms| *ms > 0).unwrap_or(learner.drill_ms);
        let reviews = of(&shares[1]);
        Self {
            answers: answers.iter().flatten().sum(),
            retention: (reviews > 0.0).then(|| 1.0 - forgotten / reviews),
            learner,
        }
    }

    /// Whether there is enough of a log to tell the learner from others.
    #[must_use]
    pub const fn is_enough(&self) -> bool {
        self.answers >= ENOUGH_ANSWERS && self.retention.is_some()
    }
}

/// Returns the place of the button that a grade stands for.
fn button(grade: Grade) -> usize {
    usize::from(grade.rating() - 1)
}

const BUTTONS: [Grade; 4] = [Grade::AGAIN, Grade::HARD, Grade::GOOD, Grade::EASY];

impl Learner {
    /// Returns the probability, 0 to 1, that a card is remembered on a day.
    #[must_use]
    pub fn recall(&self, memory: &Memory, day: Day) -> f64 {
        self.curve.recall(memory, day)
    }

    /// Returns what may be known of a card that was answered before the simulation: where
    /// FSRS did not hold its memory, what its interval and its ease suggest; `None` for a
    /// card that has no interval.
    #[must_use]
    pub fn known(&self, state: &State) -> Option<Memory> {
        let suggested = || {
            self.curve.taken_over(&Base {
                repetitions: state.repetitions,
                ease_centi: state.ease_centi,
                interval_d: state.interval_d,
                due: state.due?,
                lapses: state.lapses,
            })
        };
        state.memory.or_else(suggested)
    }

    /// Answers a card on a day: the grade, the time it took in milliseconds and what is
    /// known of the card afterwards. `memory` is `None` at first sight.
    pub fn answer(
        &self,
        memory: Option<Memory>,
        day: Day,
        chance: &mut Chance,
    ) -> (Grade, u64, Memory) {
        let button = match &memory {
            None => chance.choose(&self.first),
            Some(memory) if chance.draw() < self.recall(memory, day) => {
                1 + chance.choose(&self.passed)
            }
            Some(_) => 0,
        };
        let ms = self.answer_ms[usize::from(memory.is_some())][button];
        (BUTTONS[button], ms, self.after(memory, BUTTONS[button], day))
    }

    fn after(&self, before: Option<Memory>, grade: Grade, day: Day) -> Memory {
        let after = self.curve.answered(before, grade, day);
        let stability = after.stability * self.strength as f32;
        match before {
            None => Memory { stability, ..after },
            Some(lost) if !grade.is_pass() => {
                Memory { stability: stability.min(lost.stability), ..after }
            }
            Some(_) => after,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(stability: f32) -> Memory {
        Memory { stability, difficulty: 5.0, day: Day(100) }
    }

    #[test]
    fn a_stronger_learner_keeps_more_of_what_is_new_or_was_lost() {
        let usual = Learner::default();
        let strong = Learner { strength: 3.0, ..Learner::default() };
        let after =
            |learner: &Learner, before, grade| learner.after(before, grade, Day(130)).stability;
        for (before, grade, ratio) in [
            (None, Grade::GOOD, 3.0),
            (Some(memory(30.0)), Grade::AGAIN, 3.0),
            (Some(memory(30.0)), Grade::GOOD, 1.0),
        ] {
            let grown = after(&strong, before, grade) / after(&usual, before, grade);
            assert!((grown - ratio).abs() < 0.01, "{before:?} {grade:?}: {grown}");
        }
        let lost = after(&Learner { strength: 1e6, ..usual }, Some(memory(30.0)), Grade::AGAIN);
        assert!(lost <= 30.0, "nobody knows a card better for having lost it");
    }

    #[test]
    fn a_card_is_remembered_as_often_as_the_curve_says() {
        let learner = Learner::default();
        let mut chance = Chance::new(9);
        let passed = (0..4_000)
            .filter(|_| learner.answer(Some(memory(20.0)), Day(120), &mut chance).0.is_pass());
        let passed = passed.count();
        assert!((3_540..3_660).contains(&passed), "nine of ten: {passed}");
    }

    #[test]
    fn what_is_known_of_a_card_is_its_memory_or_what_its_schedule_suggests() {
        let learner = Learner::default();
        let due = Some(Day(130));
        let old = State { interval_d: 30, due, repetitions: 4, ..State::NEW };
        let known = learner.known(&old).unwrap();
        assert_eq!((known.stability, known.day), (30.0, Day(100)));
        let held = State { memory: Some(memory(77.0)), ..old };
        assert_eq!(learner.known(&held), held.memory);
        assert_eq!(learner.known(&State { due, ..State::NEW }), None, "a new card with a day");
    }

    #[test]
    fn chance_is_the_same_for_a_seed_and_keeps_to_the_shares() {
        let draws = |seed| {
            let mut chance = Chance::new(seed);
            (0..4_000).map(|_| chance.choose(&[0.5, 0.0, 1.5])).collect::<Vec<_>>()
        };
        assert_eq!(draws(1), draws(1));
        assert_ne!(draws(1), draws(2));
        let first = draws(3).iter().filter(|place| **place == 0).count();
        assert!(!draws(3).contains(&1) && (900..1_100).contains(&first), "{first}");
    }

    #[test]
    fn habits_come_from_the_log_where_it_tells_something() {
        let sum = |class, grade, answers, ms| Sum {
            day: Day(0),
            hour: 9,
            class,
            grade: Grade::new(grade).unwrap(),
            answers,
            ms,
        };
        let log = [
            sum(Class::New, 0, 10, 50_000),
            sum(Class::New, 4, 30, 60_000),
            sum(Class::Young, 2, 20, 0),
            sum(Class::Young, 4, 100, 300_000),
            sum(Class::Mature, 5, 80, 80_000),
            sum(Class::Drill, 4, 45, 90_000),
            sum(Class::Cram, 4, 999, 999_000),
        ];
        let habits = Habits::of(&log);
        assert_eq!((habits.answers, habits.retention), (240, Some(0.9)));
        assert!(!habits.is_enough());
        let usual = Learner::default();
        let Learner { first, passed, answer_ms, drill_ms, .. } = habits.learner;
        assert_eq!((first, passed), ([10.0, 0.0, 30.0, 0.0], [0.0, 100.0, 80.0]));
        assert_eq!(answer_ms[0], [5_000, usual.answer_ms[0][1], 2_000, usual.answer_ms[0][3]]);
        let unknown = usual.answer_ms[1][0];
        assert_eq!(answer_ms[1], [unknown, usual.answer_ms[1][1], 3_000, 1_000]);
        assert_eq!(drill_ms, 3_000, "by card that comes into the drill");
        let none = Habits::of(&[]);
        assert_eq!((none.learner, none.retention), (usual, None));
    }
}
