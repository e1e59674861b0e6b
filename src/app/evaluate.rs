//! How well the schedulers foretell what is remembered, on the learner's own log.

use crate::domain::{Day, DeckName};
use crate::sched::evaluate::{Forecast, Score, score};
use crate::sched::trial::{Trial, by_running_mean, by_sm2, trials};

use super::decks::Decks;
use super::{App, Result};

/// Below so many reviews a score says more of chance than of a scheduler.
pub const ENOUGH: usize = 400;

/// Every scheduler's score on the same reviews.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Reviews that were foretold: of cards reviewed before, the first one of each day.
    pub reviews: usize,
    /// Cards that they are of.
    pub cards: usize,
    /// The study days of the first and the last of them.
    pub days: Option<(Day, Day)>,
    /// The share that was remembered, 0 to 1; 0 without reviews.
    pub remembered: f64,
    /// Each scheduler with its score, which is `None` without reviews.
    pub schedulers: Vec<(Forecaster, Option<Score>)>,
}

/// Who foretells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forecaster {
    /// SM-2's intervals with the forgetting curve that is assumed for them.
    Sm2,
    /// The mean of all reviews before.
    RunningMean,
}

impl Forecaster {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Sm2, Self::RunningMean];

    /// Returns the name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sm2 => "sm2",
            Self::RunningMean => "running-mean",
        }
    }

    fn forecasts(self, trials: &[Trial]) -> Vec<Forecast> {
        match self {
            Self::Sm2 => by_sm2(trials),
            Self::RunningMean => by_running_mean(trials),
        }
    }
}

impl Evaluation {
    /// Whether there are enough reviews for the scores to mean something.
    #[must_use]
    pub const fn is_enough(&self) -> bool {
        self.reviews >= ENOUGH
    }

    /// Returns the score of a scheduler.
    #[must_use]
    pub fn score(&self, forecaster: Forecaster) -> Option<Score> {
        self.schedulers.iter().find(|(other, _)| *other == forecaster).and_then(|(_, score)| *score)
    }
}

impl App {
    /// Scores the schedulers on the reviews of a deck and those below it, or of all.
    ///
    /// Each review is foretold from what was known before it, in the order in which
    /// the reviews of all cards were given.
    ///
    /// # Errors
    /// The store.
    pub fn evaluate(&self, deck: Option<&DeckName>) -> Result<Evaluation> {
        let (trials, cards) = self.store.view(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let mut found = Vec::new();
            let mut cards = 0;
            store.each_log(|card, log| {
                let is_asked = deck.is_none_or(|deck| {
                    decks.name(card.deck).is_some_and(|name| name.is_within(deck))
                });
                if is_asked {
                    let before = found.len();
                    trials(log, decks.rules(card.deck), |trial| found.push(trial));
                    cards += usize::from(found.len() > before);
                }
                Ok(())
            })?;
            Ok::<_, crate::error::Error>((found, cards))
        })?;
        Ok(evaluation(trials, cards))
    }
}

fn evaluation(mut trials: Vec<Trial>, cards: usize) -> Evaluation {
    trials.sort_unstable_by_key(|trial| trial.order);
    let reviews = trials.len();
    let first = trials.iter().map(|trial| trial.day).min();
    let last = trials.iter().map(|trial| trial.day).max();
    let remembered = trials.iter().filter(|trial| trial.remembered).count();
    Evaluation {
        reviews,
        cards,
        days: first.zip(last),
        remembered: remembered as f64 / reviews.max(1) as f64,
        schedulers: Forecaster::ALL
            .map(|forecaster| (forecaster, score(&forecaster.forecasts(&trials))))
            .to_vec(),
    }
}
