//! A learner as a model: what is remembered, how it is answered, and how long that takes.
//!
//! What a card's memory is worth is kept apart from what the scheduler believes of it:
//! only so can a simulation tell how often the scheduler is wrong.
//!
//! # Source
//! The model of memory is that of FSRS-6 (Ye, Su, Cao, *A Stochastic Shortest Path
//! Algorithm for Optimizing Spaced Repetition Scheduling*, KDD 2022, in its sixth
//! revision) with the parameters that fit the median of some ten thousand learners. How
//! often which button is pressed and how long an answer takes are the defaults of the
//! simulator of the same project (`fsrs` 6.6.2, BSD-3-Clause).

use crate::domain::{Day, Grade, State};

use super::count::{Class, Sum};
use super::mix::{STEP, mixed};
use super::sm2::MIN_EASE_CENTI;

/// Answers of the learner's own from which shares and times are taken from the log.
pub const ENOUGH_ANSWERS: u32 = 400;

/// How fast the forgetting curve flattens, and what makes it pass through 0.9 after as
/// many days as the stability has.
const DECAY: f64 = 0.154_2;
const FACTOR: f64 = 0.980_346_494_413_48;

/// Stability in days after the first answer: again, hard, good, easy.
const FIRST_STABILITY_D: [f64; 4] = [0.212, 1.293_1, 2.306_5, 8.295_6];

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

/// What a learner knows of one card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// Days after which nine of ten such cards are remembered.
    pub stability_d: f64,
    /// How hard it is to make the memory more stable: 1 to 10.
    pub difficulty: f64,
    /// The day it was reviewed last.
    pub seen: Day,
}

impl Memory {
    /// Returns the memory of a card after its first answer.
    fn first(button: usize, day: Day) -> Self {
        let difficulty = first_difficulty(button).clamp(1.0, 10.0);
        Self { stability_d: FIRST_STABILITY_D[button], difficulty, seen: day }
    }

    /// Returns what a scheduler's state suggests of a card that was answered before: nine
    /// of ten are remembered when they come due, and the lowest ease is the hardest card.
    #[must_use]
    pub fn suggested(state: &State, today: Day) -> Self {
        let below = f64::from(state.ease_centi.saturating_sub(MIN_EASE_CENTI));
        let due = state.due.unwrap_or(today);
        Self {
            stability_d: f64::from(state.interval_d.max(1)),
            // 10 at an ease of 1.30, 5 at the 2.50 of a new card.
            difficulty: (10.0 - below / 24.0).clamp(1.0, 10.0),
            seen: due.shift(-(state.interval_d as i32)).min(today),
        }
    }

    /// Returns the memory after an answer that was given where the probability of recall
    /// was `recall`.
    fn after(self, button: usize, recall: f64, day: Day) -> Self {
        let Self { stability_d, difficulty, .. } = self;
        let stability_d = if button == 0 {
            let forgotten = 1.483_5
                * difficulty.powf(-0.061_4)
                * ((stability_d + 1.0).powf(0.262_9) - 1.0)
                * (1.648_3 * (1.0 - recall)).exp();
            forgotten.clamp(0.01, stability_d)
        } else {
            let of_button = [0.0, 0.601_4, 1.0, 1.872_9][button];
            let growth = 1.872_2_f64.exp()
                * (11.0 - difficulty)
                * stability_d.powf(-0.166_6)
                * ((0.796 * (1.0 - recall)).exp() - 1.0);
            (stability_d * (1.0 + growth * of_button)).min(36_500.0)
        };
        let moved = -3.019_4 * (button as f64 - 2.0) * (10.0 - difficulty) / 9.0;
        // A thousandth of the way back to where easy cards begin.
        let difficulty = 0.001 * first_difficulty(3) + 0.999 * (difficulty + moved);
        Self { stability_d, difficulty: difficulty.clamp(1.0, 10.0), seen: day }
    }
}

fn first_difficulty(button: usize) -> f64 {
    6.413_3 - (0.833_4 * button as f64).exp() + 1.0
}

/// A learner.
#[derive(Clone, Debug, PartialEq)]
pub struct Learner {
    /// How much longer than in the model a memory lasts; 1: as long.
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
    usize::from(grade.button().raw() - Grade::AGAIN.raw())
}

const BUTTONS: [Grade; 4] = [Grade::AGAIN, Grade::HARD, Grade::GOOD, Grade::EASY];

impl Learner {
    /// Returns the probability, 0 to 1, that a card is remembered on a day.
    #[must_use]
    pub fn recall(&self, memory: &Memory, day: Day) -> f64 {
        let elapsed_d = day.since(memory.seen).max(0) as f64;
        (1.0 + FACTOR * elapsed_d / (memory.stability_d * self.strength)).powf(-DECAY)
    }

    /// Answers a card on a day: the grade, the time it took in milliseconds and what is
    /// known of the card afterwards. `memory` is `None` at first sight.
    pub fn answer(
        &self,
        memory: Option<Memory>,
        day: Day,
        chance: &mut Chance,
    ) -> (Grade, u64, Memory) {
        let (button, after) = match memory {
            None => {
                let button = chance.choose(&self.first);
                (button, Memory::first(button, day))
            }
            Some(memory) => {
                let recall = self.recall(&memory, day);
                let is_known = chance.draw() < recall;
                let button = if is_known { 1 + chance.choose(&self.passed) } else { 0 };
                (button, memory.after(button, recall, day))
            }
        };
        let ms = self.answer_ms[usize::from(memory.is_some())][button];
        (BUTTONS[button], ms, after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(stability_d: f64) -> Memory {
        Memory { stability_d, difficulty: 5.0, seen: Day(100) }
    }

    #[test]
    fn nine_of_ten_are_remembered_after_as_many_days_as_the_stability_has() {
        let learner = Learner::default();
        for days in [1, 7, 400] {
            let recall = learner.recall(&memory(f64::from(days)), Day(100 + days));
            assert!((recall - 0.9).abs() < 1e-9, "{days}: {recall}");
        }
        let strong = Learner { strength: 2.0, ..Learner::default() };
        assert!((strong.recall(&memory(10.0), Day(120)) - 0.9).abs() < 1e-9);
        assert!((learner.recall(&memory(10.0), Day(90)) - 1.0).abs() < 1e-9, "a clock set back");
    }

    #[test]
    fn a_memory_follows_the_published_formulas() {
        // Worked with the formulas of FSRS-6 and its default parameters.
        let first = Memory::first(2, Day(0));
        assert!((first.difficulty - 2.118).abs() < 0.001, "{first:?}");
        let good = first.after(2, 0.95, Day(1));
        assert!((good.stability_d - 7.0).abs() < 0.1, "{good:?}");
        let again = memory(100.0).after(0, 0.9, Day(200));
        assert!((3.5..4.5).contains(&again.stability_d), "{again:?}");
        assert!(again.difficulty > 5.0, "what is forgotten is harder");
    }

    #[test]
    fn a_later_pass_makes_a_memory_more_stable_and_a_better_one_too() {
        let after = |button, recall| memory(10.0).after(button, recall, Day(110)).stability_d;
        assert!(after(2, 0.8) > after(2, 0.95));
        assert!(after(3, 0.9) > after(2, 0.9) && after(2, 0.9) > after(1, 0.9));
        assert!(after(0, 0.9) < 10.0);
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
