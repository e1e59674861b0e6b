//! Fitting the parameters of FSRS to a log.

use crate::domain::Parameters;
use crate::domain::watch::Watch;
#[cfg(not(feature = "fsrs"))]
use crate::error::Error;
use crate::sched::trial::Trials;

use super::Result;

/// Whether this program can fit parameters.
pub const CAN_FIT: bool = cfg!(feature = "fsrs");

/// Returns the parameters that foretell the first `upto` trials best.
///
/// # Errors
/// [`crate::error::Error::Cancelled`]; [`crate::error::Error::Invalid`] where the trials tell nothing, and always
/// where the program was built without the feature `fsrs`.
#[cfg(feature = "fsrs")]
pub(super) fn fit(trials: &Trials, upto: usize, watch: &dyn Watch) -> Result<Parameters> {
    training::fit(trials.lessons(0..upto), watch)
}

/// Says that this program fits nothing.
///
/// # Errors
/// Always.
#[cfg(not(feature = "fsrs"))]
pub(super) fn fit(_: &Trials, _: usize, _: &dyn Watch) -> Result<Parameters> {
    let what = "this termdeck was built without `--features fsrs`, which fits parameters; \
                it schedules by FSRS all the same";
    Err(Error::Invalid(what.to_owned()))
}

#[cfg(feature = "fsrs")]
mod training {
    use std::sync::{Mutex, PoisonError};
    use std::thread;
    use std::time::Duration;

    use fsrs::{CombinedProgressState, ComputeParametersInput, FSRSItem, FSRSReview};

    use crate::domain::Parameters;
    use crate::domain::watch::{Stage, Watch};
    use crate::error::Error;

    use super::super::Result;

    /// Between two looks at how far the fitting is.
    const PAUSE: Duration = Duration::from_millis(20);

    /// Fits in another thread, since the crate tells nobody how far it has come.
    pub fn fit(
        lessons: impl Iterator<Item = (usize, Vec<(u32, u8)>)>,
        watch: &dyn Watch,
    ) -> Result<Parameters> {
        let (card_ids, train_set) =
            lessons.map(|(card, lesson)| (card as i64, item(lesson))).unzip();
        let progress = CombinedProgressState::new_shared();
        let input = ComputeParametersInput {
            train_set,
            card_ids: Some(card_ids),
            progress: Some(progress.clone()),
            ..ComputeParametersInput::default()
        };
        let (fitted, watched) = thread::scope(|scope| {
            let fitting = scope.spawn(|| fsrs::compute_parameters(input));
            let mut watched = Ok(());
            while !fitting.is_finished() {
                let (done, all) =
                    look(&progress, |progress| (progress.current(), progress.total()));
                watched = watched.and_then(|()| watch.at(Stage::Fitting, done, all));
                if watched.is_err() {
                    look(&progress, |progress| progress.want_abort = true);
                }
                thread::sleep(PAUSE);
            }
            (fitting.join(), watched)
        });
        watched?;
        let fitted = fitted.ok().and_then(Result::ok).and_then(|fitted| fitted.try_into().ok());
        let values: [f32; Parameters::COUNT] = fitted.ok_or_else(|| {
            Error::Invalid("FSRS could not be fitted to these reviews".to_owned())
        })?;
        Ok(values.into())
    }

    fn item(lesson: Vec<(u32, u8)>) -> FSRSItem {
        let review = |(delta_t, rating)| FSRSReview { rating: u32::from(rating), delta_t };
        FSRSItem { reviews: lesson.into_iter().map(review).collect() }
    }

    fn look<T>(
        progress: &Mutex<CombinedProgressState>,
        with: impl FnOnce(&mut CombinedProgressState) -> T,
    ) -> T {
        with(&mut progress.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(all(test, feature = "fsrs"))]
mod tests {
    use super::*;
    use crate::domain::watch::{Cancelled, Stage};
    use crate::error::Error;
    use crate::sched::evaluate::score;
    use crate::sched::synthetic;

    #[test]
    fn parameters_fitted_to_the_past_foretell_the_future_better() {
        let trials = synthetic::trials(1_000, 11, Parameters::OTHERS);
        let all = trials.list().len();
        assert_eq!(all, 10_000);
        let upto = all / 5 * 4;
        let loss = |parameters| score(&trials.by_fsrs(parameters)[upto..]).unwrap().log_loss;
        let fitted = loss(fit(&trials, upto, &()).unwrap());
        let (default, truth) = (loss(Parameters::DEFAULT), loss(Parameters::OTHERS));
        assert!(fitted < default, "{fitted} {default} {truth}");
        assert!(fitted - truth < (default - truth) / 4.0, "{fitted} {default} {truth}");
    }

    /// Stops at once.
    struct Impatient;

    impl Watch for Impatient {
        fn at(&self, stage: Stage, _: usize, _: usize) -> std::result::Result<(), Cancelled> {
            assert_eq!(stage, Stage::Fitting);
            Err(Cancelled)
        }
    }

    #[test]
    fn fitting_can_be_stopped() {
        let trials = synthetic::trials(500, 11, Parameters::OTHERS);
        let stopped = fit(&trials, trials.list().len(), &Impatient);
        assert!(matches!(stopped, Err(Error::Cancelled(_))), "{stopped:?}");
        assert!(fit(&trials, 0, &()).is_ok(), "nothing tells nothing");
    }
}
