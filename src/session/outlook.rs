//! What a simulation foretells, as tables of figures.

use crate::domain::deck::Limit;
use crate::domain::text::plural;
use crate::domain::{Day, DeckName};
use crate::sched::learner::Habits;
use crate::sched::simulate::{Change, Deck, Load, Simulation, Situation};

use super::stats::bars::{days_label, grouped, time};

/// New cards a day that are compared, for a learner to choose from.
pub const COMPARED: [u32; 4] = [5, 10, 20, 40];

/// Days that are foretold unless others are asked for.
pub const DAYS: u32 = 365;

/// The days to come under some limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What is other than it is.
    pub change: Change,
    /// Each day, the next one first.
    pub days: Vec<(Day, Load)>,
}

/// Returns the limits that are compared, each with what else is changed.
#[must_use]
pub fn compared_changes(change: Change) -> [Change; COMPARED.len()] {
    COMPARED.map(|new| Change { new_per_day: Some(Limit::PerDay(new)), ..change })
}

impl Plan {
    /// Returns all days together.
    #[must_use]
    pub fn total(&self) -> Load {
        self.days.iter().fold(Load::default(), |sum, (_, load)| sum.then(*load))
    }
}

/// What a simulation of a deck came to: as it is, and with other limits.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// The deck, with those below it; `None`: all.
    pub deck: Option<DeckName>,
    /// Which cards, under which limits, and who learns: a line each.
    pub about: [String; 3],
    /// The days to come as it is.
    pub plan: Plan,
    /// The same with other limits.
    pub compared: Vec<Plan>,
}

/// An outlook while it is worked out, slice by slice.
pub struct Foreseeing {
    deck: Option<DeckName>,
    about: [String; 3],
    situation: Situation,
    plans: Vec<Plan>,
    under_way: Option<Simulation>,
}

impl Foreseeing {
    /// Begins with a deck as it is; no day is lived yet.
    #[must_use]
    pub fn new(deck: Option<DeckName>, situation: Situation, habits: &Habits) -> Self {
        let as_it_is = Change::default();
        let about = [
            cards(deck.as_ref(), &situation, as_it_is),
            limits(&situation, as_it_is),
            learner(habits),
        ];
        Self { deck, about, situation, plans: Vec::new(), under_way: None }
    }

    /// Returns the deck that it is about.
    #[must_use]
    pub const fn deck(&self) -> Option<&DeckName> {
        self.deck.as_ref()
    }

    /// Lives through days until they have looked at `most` cards or so; returns how many
    /// days are lived through, and how many there are.
    pub fn live(&mut self, most: usize) -> (u32, u32) {
        let changes: Vec<Change> =
            std::iter::once(Change::default()).chain(compared_changes(Change::default())).collect();
        let mut looked_at = 0;
        while looked_at < most {
            if self.under_way.is_none() {
                let Some(change) = changes.get(self.plans.len()) else { break };
                self.plans.push(Plan { change: *change, days: Vec::new() });
                self.under_way = Some(self.situation.live(*change, 0));
            }
            let (Some(days), Some(plan)) = (&mut self.under_way, self.plans.last_mut()) else {
                break;
            };
            looked_at += days.cards() + 1;
            plan.days.extend(days.next());
            if plan.days.len() as u32 == DAYS {
                self.under_way = None;
            }
        }
        let lived = self.plans.iter().map(|plan| plan.days.len() as u32).sum();
        (lived, changes.len() as u32 * DAYS)
    }

    /// Returns what was lived through.
    #[must_use]
    pub fn outlook(self) -> Outlook {
        let mut plans = self.plans.into_iter();
        let plan =
            plans.next().unwrap_or_else(|| Plan { change: Change::default(), days: Vec::new() });
        Outlook { deck: self.deck, about: self.about, plan, compared: plans.collect() }
    }
}

/// Figures in words, in the order of [`HEADINGS`] or of [`COMPARED_HEADINGS`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What they are of.
    pub label: String,
    /// The figures; where there is little room, those at the end can be left out.
    pub cells: [String; 5],
    /// Reviews a day, in tenths, for a bar.
    pub bar: u64,
}

/// What stands above the figures of some weeks.
pub const HEADINGS: [&str; 5] = ["reviews", "time", "known", "new", "waiting"];

/// What those and the figures of a plan mean.
pub const MEANINGS: &str = "Reviews, time and new cards are those of a day in the mean; known are \
                            the cards you would remember at the end, waiting those still due then; \
                            most is the longest day.";

/// What stands above the figures of a plan.
pub const COMPARED_HEADINGS: [&str; 5] = ["reviews", "time", "known", "most", "waiting"];

/// Returns the figures of a plan, its days put together so that they are at most `most`
/// rows. Reviews, time and new cards are those of one day in the mean.
#[must_use]
pub fn rows(plan: &Plan, most: usize) -> Vec<Row> {
    let Some((today, _)) = plan.days.first() else { return Vec::new() };
    let grouped = grouped(&plan.days, most, false, Load::then);
    let row = |(first, last, load): (Day, Day, Load)| {
        let days = last.since(first) as u32 + 1;
        Row {
            label: days_label(first, last, *today),
            cells: [
                mean(load.reviews, days),
                time(load.time_ms / u64::from(days)),
                whole(load.known),
                mean(load.new, days),
                load.backlog.to_string(),
            ],
            bar: tenths(load.reviews, days),
        }
    };
    grouped.bars.into_iter().map(row).collect()
}

/// Returns a row for each plan: reviews and time of one day in the mean, what is known at
/// the end, the time of the day that takes longest, and what waits at the end.
#[must_use]
pub fn compared(plans: &[Plan]) -> Vec<Row> {
    let row = |plan: &Plan| {
        let days = plan.days.len().max(1) as u32;
        let total = plan.total();
        let most = plan.days.iter().map(|(_, load)| load.time_ms).max().unwrap_or(0);
        Row {
            label: match plan.change.new_per_day {
                Some(limit) => format!("{limit} new a day"),
                None => "as it is".to_owned(),
            },
            cells: [
                mean(total.reviews, days),
                time(total.time_ms / u64::from(days)),
                whole(total.known),
                time(most),
                total.backlog.to_string(),
            ],
            bar: tenths(total.reviews, days),
        }
    };
    plans.iter().map(row).collect()
}

fn tenths(count: u32, days: u32) -> u64 {
    (u64::from(count) * 10 + u64::from(days) / 2) / u64::from(days)
}

/// Returns a mean for people: with a tenth where it is below ten.
fn mean(count: u32, days: u32) -> String {
    match tenths(count, days) {
        tenths @ 0..100 if tenths % 10 > 0 => format!("{}.{}", tenths / 10, tenths % 10),
        tenths => ((tenths + 5) / 10).to_string(),
    }
}

fn whole(cards: f64) -> String {
    format!("{cards:.0}")
}

/// Returns in a line which cards are lived through.
#[must_use]
pub fn cards(deck: Option<&DeckName>, situation: &Situation, change: Change) -> String {
    let deck = deck.map_or("all decks", DeckName::as_str);
    let new: u32 = situation.decks.iter().map(|deck| deck.new).sum();
    let new = new.saturating_add(change.added);
    let seen: usize = situation.decks.iter().map(|deck| deck.cards.len()).sum();
    format!("{deck}: {}, {new} of them new", plural(seen + new as usize, "card"))
}

/// Returns in a line under which limits.
#[must_use]
pub fn limits(situation: &Situation, change: Change) -> String {
    let words = |asked: Option<Limit>, own: fn(&Deck) -> Limit| {
        let own: Vec<Limit> = situation.decks.iter().map(own).collect();
        let is_one = own.windows(2).all(|pair| pair[0] == pair[1]);
        match asked.or(own.first().copied().filter(|_| is_one)) {
            Some(Limit::None) => "without limit".to_owned(),
            Some(Limit::PerDay(limit)) => format!("{limit} a day"),
            None => "as each deck has it".to_owned(),
        }
    };
    let new = words(change.new_per_day, |deck| deck.settings.new_per_day);
    let reviews = words(change.reviews_per_day, |deck| deck.settings.reviews_per_day);
    format!("new cards {new}, reviews {reviews}")
}

/// Returns in a line where the model of the learner comes from.
#[must_use]
pub fn learner(habits: &Habits) -> String {
    let answers = plural(habits.answers as usize, "review");
    match habits.retention.filter(|_| habits.is_enough()) {
        Some(retention) => {
            let pct = (retention * 100.0).round();
            format!("by your own {answers}: {pct} % remembered, and the time they took you")
        }
        None => format!("by a usual learner: {answers} of your own are too few to go by"),
    }
}
