//! How well a scheduler foretells what is remembered: one metric function for all.
//!
//! A forecast is made before its answer is known, in the order in which the answers
//! were given; so the score says how it would have done, not how well it fits.

use std::collections::HashMap;

/// One forecast and what came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// The probability that the card would be remembered, 0 to 1.
    pub recall: f64,
    /// Whether it was.
    pub remembered: bool,
    /// What the answer has in common with others, for [`Score::rmse_bins`].
    pub bin: Bin,
}

/// Answers under like circumstances.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bin {
    elapsed: i32,
    reviews: i32,
    lapses: i32,
}

impl Bin {
    /// Returns the bin of an answer `elapsed_d` days after the last one, the
    /// `reviews`-th of its card, after so many lapses.
    ///
    /// # Source
    /// The bins of the srs-benchmark of open-spaced-repetition: powers of 3.62 for the
    /// days, of 1.89 for the reviews, of 1.73 for the lapses.
    #[must_use]
    pub fn of(elapsed_d: u32, reviews: u32, lapses: u32) -> Self {
        let power = |value: u32, base: f64| match value {
            // Nothing is a bin of its own, before that of 1.
            0 => -1,
            value => (f64::from(value).ln() / base.ln()).floor() as i32,
        };
        Self {
            elapsed: power(elapsed_d, 3.62),
            reviews: power(reviews, 1.89),
            lapses: power(lapses, 1.73),
        }
    }
}

/// How good forecasts were.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Score {
    /// Forecasts.
    pub n: usize,
    /// Mean of -ln of the probability given to what happened; forecasts are held
    /// between 0.0001 and 0.9999. 0 is perfect, 0.693 a coin.
    pub log_loss: f64,
    /// Root mean square of the difference between forecast and outcome, each averaged
    /// over a [`Bin`] and weighted with its answers. 0 is perfect.
    pub rmse_bins: f64,
    /// The probability that a remembered card had the higher forecast than a forgotten
    /// one, ties counting half; `None` where all or none were remembered.
    pub auc: Option<f64>,
}

/// The surest forecast that counts, seen from certainty.
const CLIP: f64 = 1e-4;

/// Returns how good forecasts were; `None` where there are none.
#[must_use]
pub fn score(forecasts: &[Forecast]) -> Option<Score> {
    if forecasts.is_empty() {
        return None;
    }
    let n = forecasts.len();
    let loss = |forecast: &Forecast| {
        let recall = forecast.recall.clamp(CLIP, 1.0 - CLIP);
        -(if forecast.remembered { recall } else { 1.0 - recall }).ln()
    };
    let log_loss = forecasts.iter().map(loss).sum::<f64>() / n as f64;
    Some(Score { n, log_loss, rmse_bins: rmse_bins(forecasts), auc: auc(forecasts) })
}

fn rmse_bins(forecasts: &[Forecast]) -> f64 {
    let mut bins: HashMap<Bin, (f64, f64, f64)> = HashMap::new();
    for forecast in forecasts {
        let (n, recall, remembered) = bins.entry(forecast.bin).or_default();
        *n += 1.0;
        *recall += forecast.recall;
        *remembered += f64::from(u8::from(forecast.remembered));
    }
    // Sorted, so that rounding is the same in every run.
    let mut errors: Vec<f64> = bins
        .into_values()
        .map(|(n, recall, remembered)| (recall - remembered).powi(2) / n)
        .collect();
    errors.sort_by(f64::total_cmp);
    (errors.into_iter().sum::<f64>() / forecasts.len() as f64).sqrt()
}

/// # Source
/// The area is the statistic of Mann and Whitney (1947), divided by the pairs.
fn auc(forecasts: &[Forecast]) -> Option<f64> {
    let mut sorted: Vec<&Forecast> = forecasts.iter().collect();
    sorted.sort_by(|a, b| a.recall.total_cmp(&b.recall));
    let (mut forgotten_below, mut wins, mut remembered_all) = (0.0, 0.0, 0.0);
    for ties in sorted.chunk_by(|a, b| a.recall.total_cmp(&b.recall).is_eq()) {
        let remembered = ties.iter().filter(|forecast| forecast.remembered).count() as f64;
        let forgotten = ties.len() as f64 - remembered;
        wins += remembered * (forgotten_below + forgotten / 2.0);
        forgotten_below += forgotten;
        remembered_all += remembered;
    }
    let pairs = remembered_all * forgotten_below;
    (pairs > 0.0).then(|| wins / pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forecast(recall: f64, remembered: bool, bin: Bin) -> Forecast {
        Forecast { recall, remembered, bin }
    }

    fn near(found: f64, want: f64) {
        assert!((found - want).abs() < 5e-7, "{found} is not {want}");
    }

    /// Twenty answers: ten a day after the first (bin of 1 day), foretold at 0.9 and
    /// remembered eight times; ten after a week, foretold at 0.7, remembered six times.
    #[test]
    fn twenty_answers_are_scored_as_by_hand() {
        let (day, week) = (Bin::of(1, 2, 0), Bin::of(7, 3, 0));
        let group = |recall, remembered: usize, bin| {
            (0..10).map(move |nth| forecast(recall, nth < remembered, bin))
        };
        let forecasts: Vec<Forecast> = group(0.9, 8, day).chain(group(0.7, 6, week)).collect();
        let score = score(&forecasts).unwrap();
        assert_eq!(score.n, 20);
        // (8 * -ln 0.9 + 2 * -ln 0.1 + 6 * -ln 0.7 + 4 * -ln 0.3) / 20
        // = (0.842884 + 4.605170 + 2.140050 + 4.815891) / 20
        near(score.log_loss, 0.620_199_76);
        // Both bins are off by 0.1.
        near(score.rmse_bins, 0.1);
        // 14 remembered, 6 forgotten: 84 pairs. 8 at 0.9 beat 4 at 0.7 (32) and tie with
        // 2 (8); 6 at 0.7 tie with 4 (12) and lose to 2.
        near(score.auc.unwrap(), 52.0 / 84.0);
    }

    #[test]
    fn the_truth_has_the_best_score() {
        // One half is remembered 9 times of 10, the other 5 times of 10.
        let (easy, hard) = (Bin::of(1, 2, 0), Bin::of(30, 5, 3));
        let told = |first: f64, second: f64| {
            let outcomes = (0..1_000).map(move |nth| {
                if nth % 2 == 0 {
                    forecast(first, nth % 20 != 0, easy)
                } else {
                    forecast(second, nth % 4 == 1, hard)
                }
            });
            score(&outcomes.collect::<Vec<_>>()).unwrap()
        };
        let truth = told(0.9, 0.5);
        for other in [told(0.7, 0.7), told(0.95, 0.4), told(0.5, 0.9), told(1.0, 0.0)] {
            assert!(truth.log_loss < other.log_loss, "{other:?}");
            assert!(truth.rmse_bins < other.rmse_bins, "{other:?}");
            assert!(truth.auc >= other.auc, "{other:?}");
        }
        near(truth.rmse_bins, 0.0);
    }

    #[test]
    fn certainty_costs_no_more_than_it_may() {
        let wrong = score(&[forecast(1.0, false, Bin::of(1, 1, 0))]).unwrap();
        near(wrong.log_loss, -(1e-4_f64).ln());
        assert_eq!(wrong.auc, None, "nothing was remembered");
        assert_eq!(score(&[]), None);
    }

    #[test]
    fn bins_grow_by_powers() {
        assert_eq!(Bin::of(4, 2, 1), Bin::of(13, 3, 1));
        assert_ne!(Bin::of(3, 2, 1), Bin::of(4, 2, 1));
        assert_ne!(Bin::of(0, 2, 0), Bin::of(1, 2, 0));
        assert_ne!(Bin::of(1, 2, 0), Bin::of(1, 2, 1));
    }
}
