//! `evaluate`: how well the schedulers foretell what is remembered.

use serde_json::{Value, json};

use crate::app::{CAN_FIT, ENOUGH, Evaluation, Forecaster};

use super::progress::Progress;
use super::render::plural;
use super::{Desk, Result};

/// What `--help` says beside the options.
pub const EVALUATE_HELP: &str = "Example:\n  termdeck evaluate Chinese
\nEach review of a card that was reviewed before is foretold from what was known before it,
in the order in which you answered. Log loss and RMSE(bins) are better when smaller, AUC
(0.5 is chance) when larger. SM-2 itself foretells nothing: its score is that of the curve
that is assumed for it, nine of ten remembered when a card comes due. FSRS is scored with
the default parameters, and fitted anew at each sixth of the log to what came before (by a
termdeck built with `--features fsrs`).
\nWith --json, one object: {reviews, cards, from, to, remembered, enough, verdict,
  schedulers: [{name, n, log_loss, rmse_bins, auc}]}; the scores are null without reviews";

pub fn evaluate(desk: &mut Desk<'_>, deck: Option<&str>) -> Result {
    let deck = deck.map(|name| desk.app.find_deck(name)).transpose()?;
    let mut progress = Progress::new(desk.globals.quiet);
    let found = progress.during(|watch| desk.app.evaluate(deck.as_ref(), watch))?;
    if desk.out.is_json() {
        return desk.out.json(&shape(&found));
    }
    let reviews = plural(found.reviews, "review");
    let days = found.days.map_or_else(String::new, |(from, to)| format!(", {from} to {to}"));
    let cards = plural(found.cards, "card");
    desk.out.line(&format!("{reviews} of {cards} were foretold{days}"))?;
    if found.reviews > 0 {
        desk.out.line("")?;
        desk.out
            .line(&format!("{:<36}{:>8}  {:>10}  {:>5}", "", "log loss", "RMSE(bins)", "AUC"))?;
        for (forecaster, score) in &found.schedulers {
            let Some(score) = score else { continue };
            let auc = score.auc.map_or_else(|| "-".to_owned(), |auc| format!("{auc:.3}"));
            let (title, loss, rmse) = (title(*forecaster), score.log_loss, score.rmse_bins);
            desk.out.line(&format!("{title:<36}{loss:>8.3}  {rmse:>10.3}  {auc:>5}"))?;
        }
        if found.is_enough() && !CAN_FIT {
            desk.out.line("(not fitted to them: built without `--features fsrs`)")?;
        }
        desk.out.line("")?;
    }
    desk.out.line(&verdict(&found))
}

const fn title(forecaster: Forecaster) -> &'static str {
    match forecaster {
        Forecaster::Sm2 => "SM-2, its curve assumed",
        Forecaster::RunningMean => "the mean of the reviews before",
        Forecaster::FsrsDefault => "FSRS, default parameters",
        Forecaster::FsrsFitted => "FSRS, fitted to the reviews before",
    }
}

/// Says in plain words what the scores mean for the learner.
fn verdict(found: &Evaluation) -> String {
    if !found.is_enough() {
        let reviews = plural(found.reviews, "review");
        return format!(
            "Not enough data: {reviews}, and about {ENOUGH} are needed to tell chance from skill."
        );
    }
    let percent = (found.remembered * 100.0).round();
    let (sm2, mean) = (found.score(Forecaster::Sm2), found.score(Forecaster::RunningMean));
    let is_better = sm2.zip(mean).is_some_and(|(sm2, mean)| sm2.log_loss < mean.log_loss);
    let told = if is_better {
        "SM-2's intervals tell more about a card than the mean does"
    } else {
        "SM-2's intervals tell less about a card than the mean does"
    };
    let pace = match percent as u32 {
        0..85 => "less than the nine of ten assumed: the intervals are long for you",
        85..95 => "about the nine of ten assumed: the intervals suit you",
        _ => "more than the nine of ten assumed: the intervals could be longer",
    };
    format!("{told}. {} You remembered {percent} %, {pace}.", of_fsrs(found))
}

/// Says whether FSRS foretells better, and what then to do.
fn of_fsrs(found: &Evaluation) -> String {
    let loss = |forecaster| found.score(forecaster).map_or(f64::INFINITY, |score| score.log_loss);
    let (default, fitted) = (loss(Forecaster::FsrsDefault), loss(Forecaster::FsrsFitted));
    let (best, sm2) = (default.min(fitted), loss(Forecaster::Sm2));
    if best >= sm2 {
        return "FSRS foretells no better.".to_owned();
    }
    let (how, first) = if fitted < default {
        (", fitted to your log", "`termdeck optimize` and ")
    } else {
        ("", "")
    };
    format!(
        "FSRS{how} foretells better (log loss {best:.3} against {sm2:.3}): \
         {first}`termdeck decks set DECK scheduler=fsrs` would plan by it."
    )
}

fn shape(found: &Evaluation) -> Value {
    let schedulers = found.schedulers.iter().map(|(forecaster, score)| {
        json!({
            "name": forecaster.name(),
            "n": score.map_or(0, |score| score.n),
            "log_loss": score.map(|score| score.log_loss),
            "rmse_bins": score.map(|score| score.rmse_bins),
            "auc": score.and_then(|score| score.auc),
        })
    });
    json!({
        "reviews": found.reviews,
        "cards": found.cards,
        "from": found.days.map(|(from, _)| from),
        "to": found.days.map(|(_, to)| to),
        "remembered": (found.reviews > 0).then_some(found.remembered),
        "enough": found.is_enough(),
        "verdict": verdict(found),
        "schedulers": schedulers.collect::<Value>(),
    })
}
