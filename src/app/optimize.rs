//! Fitting FSRS to the learner's own log, where that foretells better.

use crate::domain::watch::Watch;
use crate::domain::{DeckName, Fit, Fitted, Now, Parameters};
use crate::sched::evaluate::{Score, score};

use super::decks::Decks;
use super::evaluate::ENOUGH;
use super::fit::fit;
use super::options::{Turning, moving};
use super::{App, Result};

/// What came of fitting FSRS.
#[derive(Clone, Debug, PartialEq)]
pub struct Optimization {
    /// Reviews that could be foretold.
    pub reviews: usize,
    /// What was found; `None` where there were not [`ENOUGH`] reviews.
    pub found: Option<Found>,
}

/// Fitted parameters beside the default ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Reviews that they were fitted to: the earlier ones.
    pub fitted_to: usize,
    /// The fitted parameters.
    pub parameters: Parameters,
    /// Their score on the later reviews.
    pub fitted: Score,
    /// That of the default parameters on the same.
    pub default: Score,
    /// The decks that take them; none where the default ones are no worse.
    pub decks: Vec<DeckName>,
    /// What that does to cards.
    pub turning: Turning,
}

impl App {
    /// Fits FSRS to the earlier four fifths of the reviews of a deck and those below it,
    /// or of all, and scores it on the later ones. Parameters that do better there than
    /// the default ones are stored with the deck, or with every top-level deck; in a
    /// dry run nothing is.
    ///
    /// # Errors
    /// The store, [`crate::error::Error::Cancelled`], or that parameters cannot be fitted.
    pub fn optimize(
        &mut self,
        deck: Option<&DeckName>,
        is_dry: bool,
        now: Now,
        watch: &dyn Watch,
    ) -> Result<Optimization> {
        let (trials, _) = self.trials(deck)?;
        let reviews = trials.list().len();
        if reviews < ENOUGH {
            return Ok(Optimization { reviews, found: None });
        }
        let fitted_to = reviews / 5 * 4;
        let parameters = fit(&trials, fitted_to, watch)?;
        let scored = |parameters| score(&trials.by_fsrs(parameters)[fitted_to..]);
        let scores = scored(parameters).zip(scored(Parameters::DEFAULT));
        let found = scores.map(|(fitted, default)| -> Result<Found> {
            let mut found = Found {
                fitted_to,
                parameters,
                fitted,
                default,
                decks: Vec::new(),
                turning: Turning::default(),
            };
            if fitted.log_loss < default.log_loss {
                let fit = Fit {
                    day: now.day,
                    reviews: reviews as u32,
                    log_loss: rounded(fitted.log_loss),
                    default_log_loss: rounded(default.log_loss),
                };
                let values = Fitted { values: parameters, fit: Some(fit) };
                (found.decks, found.turning) = self.take_parameters(deck, values, is_dry, now)?;
            }
            Ok(found)
        });
        Ok(Optimization { reviews, found: found.transpose()? })
    }

    /// Gives a deck, or every top-level one, its parameters; says which decks those are
    /// and what it does to cards.
    fn take_parameters(
        &self,
        deck: Option<&DeckName>,
        fitted: Fitted,
        is_dry: bool,
        now: Now,
    ) -> Result<(Vec<DeckName>, Turning)> {
        self.transact_on_decks(|store| {
            let mut list = store.all_decks()?;
            let before = Decks::of(list.clone(), &self.config.deck);
            let mut taken = Vec::new();
            let stamp = store.stamp(now.at_ms)?;
            for row in list.iter_mut().filter(|row| !row.hidden) {
                if deck.map_or(row.name.depth() == 0, |deck| row.name == *deck) {
                    row.options.parameters = Some(fitted);
                    taken.push(row.name.clone());
                    if !is_dry {
                        store.set_deck_options(row.key, &row.options, stamp)?;
                    }
                }
            }
            let after = Decks::of(list, &self.config.deck);
            let turning = moving(&after.replanned(store, &before)?, now.day);
            Ok((taken, turning))
        })
    }
}

/// Four places: more says nothing.
fn rounded(log_loss: f64) -> f64 {
    (log_loss * 1e4).round() / 1e4
}
