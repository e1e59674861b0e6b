//! How well the schedulers foretell what is remembered, on the learner's own log.

use crate::domain::watch::Watch;
use crate::domain::{Day, DeckName, Parameters};
use crate::sched::evaluate::{Forecast, Score, score};
use crate::sched::trial::{Trial, Trials};

use super::decks::Decks;
use super::fit::{CAN_FIT, fit};
use super::{App, Result};

/// Below so many reviews a score says more of chance than of a scheduler.
pub const ENOUGH: usize = 400;

/// Parts of the log, after each of which but the last FSRS is fitted anew.
const PARTS: usize = 6;

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
    /// Each scheduler with its score, which is `None` where it foretold nothing.
    pub schedulers: Vec<(Forecaster, Option<Score>)>,
}

/// Who foretells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forecaster {
    /// SM-2's intervals with the forgetting curve that is assumed for them.
    Sm2,
    /// The mean of all reviews before.
    RunningMean,
    /// FSRS with the parameters of the average learner.
    FsrsDefault,
    /// FSRS fitted to the reviews before, a few times on the way; at first, and where
    /// there are not enough reviews, nothing is fitted.
    FsrsFitted,
}

impl Forecaster {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Sm2, Self::RunningMean, Self::FsrsDefault, Self::FsrsFitted];

    /// Returns the name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sm2 => "sm2",
            Self::RunningMean => "running-mean",
            Self::FsrsDefault => "fsrs-default",
            Self::FsrsFitted => "fsrs-fitted",
        }
    }

    fn forecasts(self, trials: &Trials, watch: &dyn Watch) -> Result<Vec<Forecast>> {
        match self {
            Self::Sm2 => Ok(trials.by_sm2()),
            Self::RunningMean => Ok(trials.by_running_mean()),
            Self::FsrsDefault => Ok(trials.by_fsrs(Parameters::DEFAULT)),
            Self::FsrsFitted => by_fitted(trials, watch),
        }
    }
}

/// Returns forecasts by FSRS fitted on the past only: the first part by the default
/// parameters, each later one by those fitted to all before it.
fn by_fitted(trials: &Trials, watch: &dyn Watch) -> Result<Vec<Forecast>> {
    let all = trials.list().len();
    if !CAN_FIT || all < ENOUGH {
        return Ok(Vec::new());
    }
    let mut forecasts = trials.by_fsrs(Parameters::DEFAULT);
    for part in 1..PARTS {
        let range = all * part / PARTS..all * (part + 1) / PARTS;
        let fitted = trials.by_fsrs(fit(trials, range.start, watch)?);
        forecasts[range.clone()].copy_from_slice(&fitted[range]);
    }
    Ok(forecasts)
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
    /// The store, or [`crate::error::Error::Cancelled`].
    pub fn evaluate(&self, deck: Option<&DeckName>, watch: &dyn Watch) -> Result<Evaluation> {
        let (trials, cards) = self.trials(deck)?;
        let list = trials.list();
        let day = |trial: &Trial| trial.day;
        let remembered = list.iter().filter(|trial| trial.remembered).count();
        let schedulers = Forecaster::ALL
            .map(|forecaster| Ok((forecaster, score(&forecaster.forecasts(&trials, watch)?))));
        Ok(Evaluation {
            reviews: list.len(),
            cards,
            days: list.iter().map(day).min().zip(list.iter().map(day).max()),
            remembered: remembered as f64 / list.len().max(1) as f64,
            schedulers: schedulers.into_iter().collect::<Result<_>>()?,
        })
    }

    /// Returns the trials of a deck and those below it, or of all, in the order in
    /// which they were given, and how many cards they are of.
    pub(super) fn trials(&self, deck: Option<&DeckName>) -> Result<(Trials, usize)> {
        self.store.view(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let is_asked = |of| {
                deck.is_none_or(|deck| decks.name(of).is_some_and(|name| name.is_within(deck)))
            };
            let (mut trials, mut cards) = (Trials::default(), 0);
            store.each_log(is_asked, |_, of, log| {
                cards += usize::from(trials.add(log, decks.settings(of).rules));
                Ok(())
            })?;
            trials.sort();
            Ok((trials, cards))
        })
    }
}
