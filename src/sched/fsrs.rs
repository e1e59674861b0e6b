//! FSRS-6: what a card's memory is like after an answer, and when to ask again.
//!
//! Only the fitting of its parameters needs another crate; these formulas are the
//! whole of scheduling, so that every build replays every log.
//!
//! # Source
//! open-spaced-repetition, *The Algorithm* (wiki of fsrs4anki), FSRS-6.

use crate::domain::{Base, Day, Grade, Memory, Parameters, Settings, State};

use super::sm2::MAX_INTERVAL_D;

/// The bounds of stability, in days.
const STABILITY_D: (f64, f64) = (0.001, MAX_INTERVAL_D as f64);

/// The bounds of difficulty.
const DIFFICULTY: (f64, f64) = (1.0, 10.0);

/// What is remembered of cards after as many days as they are stable.
const AT_STABILITY: f64 = 0.9;

/// The bounds of the probability of recall that is aimed at.
pub const RETENTION: (f64, f64) = (0.70, 0.99);

/// FSRS with the parameters and the aim of a deck.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fsrs {
    w: Parameters,
    desired_retention: f64,
    /// What makes the forgetting curve pass through [`AT_STABILITY`].
    factor: f64,
}

impl Fsrs {
    /// Returns the engine that aims at a probability of recall within [`RETENTION`].
    #[must_use]
    pub fn new(parameters: Parameters, desired_retention: f64) -> Self {
        let desired_retention = desired_retention.clamp(RETENTION.0, RETENTION.1);
        let factor = AT_STABILITY.powf(-1.0 / parameters.at(20)) - 1.0;
        Self { w: parameters, desired_retention, factor }
    }

    /// Returns the engine of a deck with these settings.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        Self::new(settings.parameters.values, settings.desired_retention)
    }

    /// Returns a state with the memory after an answer, and the interval that it is
    /// good for; the rest stays.
    #[must_use]
    pub fn remembered(&self, before: State, grade: Grade, day: Day) -> State {
        let memory = self.answered(before.memory, grade, day);
        State { memory: Some(memory), interval_d: self.interval_d(&memory), ..before }
    }

    /// Returns the memory after an answer: the first one makes it, one on the same
    /// study day strengthens it by little, a later one by the time that has passed.
    #[must_use]
    pub fn answered(&self, before: Option<Memory>, grade: Grade, day: Day) -> Memory {
        let rating = Rating::of(grade);
        let Some(memory) = before else {
            return memory_of(self.first_stability(rating), self.first_difficulty(rating), day);
        };
        let stability = match elapsed_d(&memory, day) {
            0 => self.same_day(&memory, rating),
            _ if rating == Rating::AGAIN => self.forgotten(&memory, day),
            _ => self.recalled(&memory, rating, day),
        };
        memory_of(stability, self.next_difficulty(&memory, rating), day)
    }

    /// Returns the memory of a card that another program had scheduled; `None` where
    /// it had no interval.
    ///
    /// Its interval is taken for its stability, and its difficulty is the one at which
    /// a good answer stretches the interval by its ease.
    #[must_use]
    pub fn taken_over(&self, base: &Base) -> Option<Memory> {
        let interval_d = base.interval_d.min(MAX_INTERVAL_D);
        let stretch = f64::from(base.ease_centi) / 100.0 - 1.0;
        let by_stability = self.growth(f64::from(interval_d), AT_STABILITY);
        let difficulty = 11.0 - stretch / by_stability;
        let seen = base.due.shift(-(interval_d as i32));
        (interval_d > 0).then(|| memory_of(f64::from(interval_d), difficulty, seen))
    }

    /// Returns the probability that a card is remembered on a day.
    #[must_use]
    pub fn recall(&self, memory: &Memory, day: Day) -> f64 {
        let elapsed_d = f64::from(elapsed_d(memory, day));
        (1.0 + self.factor * elapsed_d / f64::from(memory.stability)).powf(-self.w.at(20))
    }

    /// Returns the days until the probability of recall has sunk to the desired one,
    /// rounded, 1 to [`MAX_INTERVAL_D`].
    #[must_use]
    pub fn interval_d(&self, memory: &Memory) -> u32 {
        let sunk = self.desired_retention.powf(-1.0 / self.w.at(20)) - 1.0;
        let days = f64::from(memory.stability) / self.factor * sunk;
        days.round().clamp(1.0, f64::from(MAX_INTERVAL_D)) as u32
    }

    fn first_stability(&self, rating: Rating) -> f64 {
        self.w.at(usize::from(rating.0) - 1)
    }

    fn first_difficulty(&self, rating: Rating) -> f64 {
        self.w.at(4) - (self.w.at(5) * (rating.number() - 1.0)).exp() + 1.0
    }

    /// A change counts the less the harder the card is, and every answer leads a
    /// little back to the difficulty of an easy one.
    fn next_difficulty(&self, before: &Memory, rating: Rating) -> f64 {
        let difficulty = f64::from(before.difficulty);
        let change = self.w.at(6) * (3.0 - rating.number());
        let moved = difficulty + change * (10.0 - difficulty) / 9.0;
        let back = self.w.at(7);
        back * self.first_difficulty(Rating::EASY) + (1.0 - back) * moved
    }

    /// The growth of stability that is owed to stability and to forgetting.
    fn growth(&self, stability: f64, recall: f64) -> f64 {
        let by_stability = self.w.at(8).exp() * stability.powf(-self.w.at(9));
        by_stability * (self.w.at(10) * (1.0 - recall)).exp_m1()
    }

    fn recalled(&self, before: &Memory, rating: Rating, day: Day) -> f64 {
        let stability = f64::from(before.stability);
        let growth = self.growth(stability, self.recall(before, day));
        let by_rating = match rating {
            Rating::HARD => self.w.at(15),
            Rating::EASY => self.w.at(16),
            _ => 1.0,
        };
        stability * (1.0 + (11.0 - f64::from(before.difficulty)) * growth * by_rating)
    }

    fn forgotten(&self, before: &Memory, day: Day) -> f64 {
        let stability = f64::from(before.stability);
        let by_difficulty = f64::from(before.difficulty).powf(-self.w.at(12));
        let by_stability = (stability + 1.0).powf(self.w.at(13)) - 1.0;
        let by_recall = (self.w.at(14) * (1.0 - self.recall(before, day))).exp();
        let left = self.w.at(11) * by_difficulty * by_stability * by_recall;
        // Never more than an answer on the same day would leave.
        left.min(stability / (self.w.at(17) * self.w.at(18)).exp())
    }

    fn same_day(&self, before: &Memory, rating: Rating) -> f64 {
        let stability = f64::from(before.stability);
        let by_rating = (self.w.at(17) * (rating.number() - 3.0 + self.w.at(18))).exp();
        let change = by_rating * stability.powf(-self.w.at(19));
        stability * if rating == Rating::AGAIN { change } else { change.max(1.0) }
    }
}

/// The button that FSRS knows, 1 to 4.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Rating(u8);

impl Rating {
    const AGAIN: Self = Self(1);
    const HARD: Self = Self(2);
    const EASY: Self = Self(4);

    const fn of(grade: Grade) -> Self {
        Self(grade.rating())
    }

    fn number(self) -> f64 {
        f64::from(self.0)
    }
}

fn elapsed_d(memory: &Memory, day: Day) -> u32 {
    u32::try_from(day.since(memory.day)).unwrap_or(0)
}

fn memory_of(stability: f64, difficulty: f64, day: Day) -> Memory {
    Memory {
        stability: stability.clamp(STABILITY_D.0, STABILITY_D.1) as f32,
        difficulty: difficulty.clamp(DIFFICULTY.0, DIFFICULTY.1) as f32,
        day,
    }
}

#[cfg(test)]
#[path = "fsrs_tests.rs"]
mod tests;
