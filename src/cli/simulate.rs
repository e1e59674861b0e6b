//! `simulate`: what the coming year brings.

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use crate::domain::deck::Limit;
use crate::domain::safe;
use crate::error::Error;
use crate::sched::simulate::Change;
use crate::session::outlook::{self, COMPARED_HEADINGS, DAYS, HEADINGS, Plan, Row};

use super::render::{Out, bar};
use super::stats::{count, joined};
use super::{Desk, Result};

/// What `--help` says beside the options.
pub const SIMULATE_HELP: &str = "Example:\n  termdeck simulate Chinese --compare
\nYour cards as they are, lived through day by day with the limits of the deck. Who learns
is a model: a forgetting curve by card (FSRS-6, with the parameters of the deck, or of the
first one), made as strong as your own log shows, with the time and the buttons of your own
answers, from 400 reviews on. The same seed gives the same figures. Left out are: days on
which you do nothing, that the second card of a note waits for another day, fuzz and
balance, catch-up, fresh_per_day, what the drill does to the memories of FSRS, and options
of decks that lie in another one.
\n  reviews, time, new   of one day in the mean
  known                cards that would be remembered at the end
  waiting              due cards that the limit leaves at the end
  most                 the day that takes longest
\nWith --json, one object: {deck, from, to, seed, learner: {own, reviews, retention, strength},
  plans: [{new_per_day, reviews_per_day, added: as given or null,
           days: [{day, new, reviews, passed, time_ms, known, seen, backlog}]}]}";

/// What `simulate` is asked for.
#[derive(Debug, ClapArgs)]
pub struct SimulateArgs {
    /// The deck, with those below it
    deck: Option<String>,
    /// Days from today on
    #[arg(long, value_name = "N", default_value_t = DAYS, value_parser = clap::value_parser!(u32).range(1..=3_650))]
    days: u32,
    /// New cards a day, or none for no limit (default: as the deck has it)
    #[arg(long, value_name = "N")]
    new: Option<Limit>,
    /// Reviews a day, or none for no limit (default: as the deck has it)
    #[arg(long, value_name = "N")]
    reviews: Option<Limit>,
    /// New cards that the deck has besides; where there are several, name one
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    add: u32,
    /// Another number gives another chance
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// 5, 10, 20 and 40 new cards a day side by side
    #[arg(long, conflicts_with = "new")]
    compare: bool,
}

impl SimulateArgs {
    /// Returns what asks for a year of a deck as it is.
    pub const fn year_of(deck: Option<String>) -> Self {
        Self { deck, days: DAYS, new: None, reviews: None, add: 0, seed: 0, compare: false }
    }
}

/// Cells of the longest bar.
const BAR: u64 = 20;

/// Rows of the table at most: a year by four weeks.
const MOST_ROWS: usize = 14;

pub fn simulate(desk: &mut Desk<'_>, args: &SimulateArgs) -> Result {
    let deck = args.deck.as_deref().map(|name| desk.app.find_deck(name)).transpose()?;
    count(desk)?;
    let (situation, habits) = desk.app.situation(deck.as_ref(), desk.now)?;
    if args.add > 0 && situation.decks.len() > 1 {
        let what = "--add needs a DECK: there are several".to_owned();
        return Err(Error::Invalid(what).into());
    }
    let change = Change { new_per_day: args.new, reviews_per_day: args.reviews, added: args.add };
    let plan = |change| {
        let days = situation.live(change, args.seed).take(args.days as usize);
        Plan { change, days: days.collect() }
    };
    let plans: Vec<Plan> = if args.compare {
        outlook::compared_changes(change).map(plan).into()
    } else {
        vec![plan(change)]
    };
    if desk.out.is_json() {
        return desk.out.json(&json!({
            "deck": deck,
            "from": situation.today,
            "to": situation.today.plus(args.days - 1),
            "seed": args.seed,
            "learner": {
                "own": habits.is_enough(),
                "reviews": habits.answers,
                "retention": habits.retention,
                "strength": situation.learner.strength,
            },
            "plans": plans.iter().map(shape).collect::<Value>(),
        }));
    }
    let cards = outlook::cards(deck.as_ref(), &situation, change);
    desk.out.line(&safe::line(&cards))?;
    if !args.compare {
        desk.out.line(&outlook::limits(&situation, change))?;
    }
    desk.out.line(&outlook::learner(&habits))?;
    desk.out.line("")?;
    let is_plain = desk.is_plain();
    match plans.as_slice() {
        [plan] => table(HEADINGS, &outlook::rows(plan, MOST_ROWS), is_plain, desk.out),
        plans => table(COMPARED_HEADINGS, &outlook::compared(plans), is_plain, desk.out),
    }
}

fn shape(plan: &Plan) -> Value {
    let days = plan.days.iter().map(|(day, load)| {
        // Plain numbers cannot fail to be written as JSON.
        joined(json!({ "day": day }), serde_json::to_value(load).unwrap_or_default())
    });
    json!({
        "new_per_day": plan.change.new_per_day,
        "reviews_per_day": plan.change.reviews_per_day,
        "added": plan.change.added,
        "days": days.collect::<Value>(),
    })
}

/// Writes figures in columns, and behind them how many reviews they are as a bar.
fn table(headings: [&str; 5], rows: &[Row], is_plain: bool, out: &mut Out) -> Result {
    let widest = |at: usize| {
        rows.iter().map(|row| row.cells[at].len()).max().unwrap_or(0).max(headings[at].len())
    };
    let widths: [usize; 5] = std::array::from_fn(widest);
    let label = rows.iter().map(|row| row.label.len()).max().unwrap_or(0);
    let line = |name: &str, cells: [&str; 5]| {
        let cells = cells.iter().zip(widths).map(|(cell, width)| format!("  {cell:>width$}"));
        format!("{name:label$}{}", cells.collect::<Vec<_>>().concat())
    };
    out.line(&line("", headings))?;
    let most = rows.iter().map(|row| row.bar).max().unwrap_or(0);
    for row in rows {
        let cells = row.cells.each_ref().map(String::as_str);
        let line = format!("{}  {}", line(&row.label, cells), bar(row.bar, most, BAR, is_plain));
        out.line(line.trim_end())?;
    }
    Ok(())
}
