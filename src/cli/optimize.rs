//! `optimize`: FSRS fitted to the learner's own log.

use serde_json::{Value, json};

use crate::app::{ENOUGH, Found, Optimization};
use crate::domain::{DeckName, safe};

use super::progress::Progress;
use super::render::{moves, plural};
use super::{Desk, Result};

/// What `--help` says beside the options.
pub const OPTIMIZE_HELP: &str = "Example:\n  termdeck optimize Chinese
\nThe parameters of FSRS are fitted to the earlier four fifths of your reviews and scored on
the later ones, which they were not fitted to. Where they foretell better there than the
default parameters, the deck takes them (without DECK, every top-level deck), and cards that
FSRS schedules are planned anew; `termdeck decks set DECK parameters=` takes them back.
Ctrl-C stops it and nothing is changed.
\nWith --json, one object: {reviews, enough, dry_run, fitted_to, held_out, log_loss: {fitted,
  default}, rmse_bins: {fitted, default}, parameters, decks, moved, due, verdict}; null where
  there are not enough reviews";

pub fn optimize(desk: &mut Desk<'_>, deck: Option<&str>, is_dry: bool) -> Result {
    let deck = deck.map(|name| desk.app.find_deck(name)).transpose()?;
    let mut progress = Progress::new(desk.globals.quiet);
    let now = desk.now;
    let app = &mut desk.app;
    let done = progress.during(|watch| app.optimize(deck.as_ref(), is_dry, now, watch))?;
    if desk.out.is_json() {
        return desk.out.json(&shape(&done, is_dry));
    }
    if let Some(found) = &done.found {
        let (fitted, default) = (found.fitted.log_loss, found.default.log_loss);
        desk.out.line(&format!(
            "fitted to {}, scored on the {} after them: log loss {fitted:.3}, and {default:.3} \
             with the default parameters (less is better)",
            plural(found.fitted_to, "review"),
            found.fitted.n,
        ))?;
    }
    desk.out.line(&verdict(&done, is_dry))
}

/// Says in plain words what came of it.
fn verdict(done: &Optimization, is_dry: bool) -> String {
    let Some(found) = &done.found else {
        let reviews = plural(done.reviews, "review");
        return format!(
            "Not enough data: {reviews}, and about {ENOUGH} are needed; nothing was changed."
        );
    };
    if found.decks.is_empty() {
        return "The default parameters foretell as well; nothing was changed.".to_owned();
    }
    let names: Vec<_> = found.decks.iter().map(DeckName::as_str).map(safe::line).collect();
    let names = names.join(", ");
    let stored = if is_dry { "would be stored" } else { "are stored" };
    let what = match found.turning.moved {
        0 => "no card moves; decks with scheduler=fsrs use them".to_owned(),
        _ => moves(&found.turning),
    };
    format!("The fitted parameters foretell better, and {stored} for {names}: {what}.")
}

fn shape(done: &Optimization, is_dry: bool) -> Value {
    let of = |part: &dyn Fn(&Found) -> Value| done.found.as_ref().map(part);
    json!({
        "reviews": done.reviews,
        "enough": done.found.is_some(),
        "dry_run": is_dry,
        "fitted_to": of(&|found| json!(found.fitted_to)),
        "held_out": of(&|found| json!(found.fitted.n)),
        "log_loss": of(&|found| {
            json!({ "fitted": found.fitted.log_loss, "default": found.default.log_loss })
        }),
        "rmse_bins": of(&|found| {
            json!({ "fitted": found.fitted.rmse_bins, "default": found.default.rmse_bins })
        }),
        "parameters": of(&|found| json!(found.parameters)),
        "decks": of(&|found| json!(found.decks)),
        "moved": of(&|found| json!(found.turning.moved)),
        "due": of(&|found| json!(found.turning.due)),
        "verdict": verdict(done, is_dry),
    })
}
