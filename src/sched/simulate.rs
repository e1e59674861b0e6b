//! What the coming days will bring: decks, limits and a learner, lived through day by day.
//!
//! Each answer goes through the same step as an answer in the log, so that what is
//! foretold is what this program would do. Left out are: that the second card of a note
//! waits for another day, fuzz and balance, catch-up plans, new cards that come before
//! all else, what the drill does to the memories of FSRS, and options of decks that lie
//! in another one.

use std::collections::BTreeMap;

use crate::domain::deck::{Leech, Limit};
use crate::domain::{Action, Answer, Day, Grade, Memory, Settings, State};

use super::calendar::Calendar;
use super::fsrs::Fsrs;
use super::learner::{Chance, Habits, Learner};
use super::queue::DueCard;
use super::{Engine, drill, replay};

/// A deck as it is today.
#[derive(Clone, Debug, PartialEq)]
pub struct Deck {
    /// Its limits, its rules, its drill.
    pub settings: Settings,
    /// Cards that were never answered.
    pub new: u32,
    /// The states of those that were and that can be shown.
    pub cards: Vec<State>,
    /// New cards answered today already: the first day's limit is so much lower.
    pub used_new: u32,
    /// Others answered today already.
    pub used_reviews: u32,
}

/// What one day brings, or several together.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Load {
    /// Cards answered for the first time.
    pub new: u32,
    /// Due cards answered.
    pub reviews: u32,
    /// Those of them that were remembered.
    pub passed: u32,
    /// Milliseconds of all answers and of the drill.
    pub time_ms: u64,
    /// Cards that would be remembered at the end: the sum of their probabilities.
    pub known: f64,
    /// Cards that were answered at least once, up to the end.
    pub seen: u32,
    /// Due cards that still wait at the end.
    pub backlog: u32,
}

impl Load {
    /// Returns what this and a later one come to together.
    #[must_use]
    pub const fn then(self, later: Self) -> Self {
        Self {
            new: self.new + later.new,
            reviews: self.reviews + later.reviews,
            passed: self.passed + later.passed,
            time_ms: self.time_ms + later.time_ms,
            ..later
        }
    }
}

struct Card {
    state: State,
    /// `None` before the first answer.
    memory: Option<Memory>,
}

/// A deck on its way.
struct Course {
    settings: Settings,
    new: u32,
    used_new: u32,
    used_reviews: u32,
    cards: Vec<Card>,
    /// The places of the cards that come due on a day.
    coming: BTreeMap<Day, Vec<usize>>,
    /// The places of those that are due.
    waiting: Vec<usize>,
}

/// A day while it is lived.
struct Today<'a> {
    day: Day,
    learner: &'a Learner,
    chance: &'a mut Chance,
    is_off: bool,
    new_left: u32,
    load: Load,
}

/// Where a simulation begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Situation {
    /// The decks that have limits of their own.
    pub decks: Vec<Deck>,
    /// New cards a day of all decks together, those that are not here included.
    pub new_total: Limit,
    /// New cards answered today already in all of them.
    pub used_new: u32,
    /// Who learns.
    pub learner: Learner,
    /// The days on which nothing is learnt.
    pub calendar: Calendar,
    /// The first day.
    pub today: Day,
}

/// What is other than it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// New cards a day in each deck.
    pub new_per_day: Option<Limit>,
    /// Reviews a day in each deck.
    pub reviews_per_day: Option<Limit>,
    /// New cards that the first deck has besides.
    pub added: u32,
}

impl Situation {
    /// Returns the days to come if something were other than it is.
    #[must_use]
    pub fn live(&self, change: Change, seed: u64) -> Simulation {
        let mut decks = self.decks.clone();
        for Deck { settings, .. } in &mut decks {
            settings.new_per_day = change.new_per_day.unwrap_or(settings.new_per_day);
            settings.reviews_per_day = change.reviews_per_day.unwrap_or(settings.reviews_per_day);
        }
        if let Some(deck) = decks.first_mut() {
            deck.new = deck.new.saturating_add(change.added);
        }
        Simulation {
            courses: decks.into_iter().map(|deck| Course::new(deck, &self.learner)).collect(),
            new_total: self.new_total,
            used_new: self.used_new,
            learner: self.learner.clone(),
            calendar: self.calendar.clone(),
            chance: Chance::new(seed),
            day: self.today,
        }
    }
}

/// Days to come, one after the other and without an end. The same decks, learner and
/// seed give the same days.
pub struct Simulation {
    courses: Vec<Course>,
    new_total: Limit,
    used_new: u32,
    learner: Learner,
    calendar: Calendar,
    chance: Chance,
    day: Day,
}

impl Simulation {
    /// Returns how many cards the next day has to look at.
    #[must_use]
    pub fn cards(&self) -> usize {
        self.courses.iter().map(|course| course.cards.len()).sum()
    }
}

impl Iterator for Simulation {
    type Item = (Day, Load);

    fn next(&mut self) -> Option<(Day, Load)> {
        let used = std::mem::take(&mut self.used_new);
        let mut today = Today {
            day: self.day,
            learner: &self.learner,
            chance: &mut self.chance,
            is_off: self.calendar.is_off(self.day),
            new_left: self.new_total.left(used),
            load: Load::default(),
        };
        self.courses.iter_mut().for_each(|course| course.live(&mut today));
        let load = today.load;
        self.day = self.day.plus(1);
        Some((self.day.shift(-1), load))
    }
}

impl Course {
    fn new(deck: Deck, learner: &Learner) -> Self {
        let Deck { settings, new, cards, used_new, used_reviews } = deck;
        let card = |state: State| Card { memory: learner.known(&state), state };
        let mut course = Self {
            settings,
            new,
            used_new,
            used_reviews,
            cards: cards.into_iter().map(card).collect(),
            coming: BTreeMap::new(),
            waiting: Vec::new(),
        };
        (0..course.cards.len()).for_each(|at| course.plan(at));
        course
    }

    /// Puts a card where its due day is.
    fn plan(&mut self, at: usize) {
        if let Some(due) = self.cards[at].state.due {
            self.coming.entry(due).or_default().push(at);
        }
    }

    fn live(&mut self, today: &mut Today<'_>) {
        let later = self.coming.split_off(&today.day.plus(1));
        let due = std::mem::replace(&mut self.coming, later);
        self.waiting.extend(due.into_values().flatten());
        let used = std::mem::take(&mut self.used_reviews);
        let most = if today.is_off { 0 } else { self.settings.reviews_per_day.left(used) };
        for at in self.first_due(most as usize, today.day) {
            let grade = self.answer(at, today);
            today.load.reviews += 1;
            today.load.passed += u32::from(grade.is_pass());
        }
        let used = std::mem::take(&mut self.used_new);
        let allowed = if today.is_off { 0 } else { self.settings.new_per_day.left(used) };
        let new = allowed.min(today.new_left).min(self.new);
        self.new -= new;
        today.new_left -= new;
        today.load.new += new;
        for _ in 0..new {
            self.cards.push(Card { state: State::NEW, memory: None });
            self.answer(self.cards.len() - 1, today);
        }
        let known = self.cards.iter().filter_map(|card| card.memory);
        let recall = known.map(|memory| today.learner.recall(&memory, today.day));
        today.load.known += recall.sum::<f64>();
        today.load.seen += self.cards.len() as u32;
        today.load.backlog += self.waiting.len() as u32;
    }

    /// Takes the cards that are asked today off those that wait.
    fn first_due(&mut self, most: usize, day: Day) -> Vec<usize> {
        if self.waiting.len() <= most {
            return std::mem::take(&mut self.waiting);
        }
        let (cards, order) = (&self.cards, self.settings.order);
        let due_card = |at: usize| {
            let State { interval_d, due, ease_centi, .. } = cards[at].state;
            DueCard { id: at as i64, interval_d, due: due.unwrap_or(day), ease_centi }
        };
        let compare = |a: &usize, b: &usize| due_card(*a).ordering(&due_card(*b), order, day);
        self.waiting.select_nth_unstable_by(most, compare);
        self.waiting.drain(..most).collect()
    }

    /// Answers a card, which does to its state what an answer in the log does.
    fn answer(&mut self, at: usize, today: &mut Today<'_>) -> Grade {
        let Settings { grades: scale, drill, leech, .. } = self.settings;
        let card = &mut self.cards[at];
        let (grade, ms, memory) = today.learner.answer(card.memory, today.day, today.chance);
        let action = Action::Review(Answer { grade, scale, ms: 0, due_offset: 0 });
        let before = card.state;
        let engine = Engine::of(&self.settings);
        card.state = replay::step(before, &action, today.day, 0, engine);
        card.memory = Some(memory);
        let is_drilled = drill::is_in(&card.state, today.day, drill);
        today.load.time_ms += ms + if is_drilled { today.learner.drill_ms } else { 0 };
        let is_out = leech == Leech::Suspend && card.state.is_leech_anew(&before);
        if !is_out {
            self.plan(at);
        }
        grade
    }
}

/// New cards, days and steps by which the strength of a memory is looked for.
const TRIAL_CARDS: u32 = 400;
const TRIAL_DAYS: usize = 120;
const TRIAL_STEPS: usize = 12;

/// The strength is looked for between this one and its inverse.
const LEAST_STRENGTH: f64 = 1.0 / 1_024.0;

/// Returns the learner whom a log shows: one of such a strength that, under these
/// settings, as many reviews pass as did in the log. Where the log has too little to
/// tell, it is the learner of the model.
#[must_use]
pub fn learner(habits: &Habits, settings: &Settings) -> Learner {
    let curve = Fsrs::of(settings);
    let Some(wanted) = habits.retention.filter(|_| habits.is_enough()) else {
        return Learner { curve, ..Learner::default() };
    };
    let with = |strength: f64| Learner { curve, strength, ..habits.learner.clone() };
    let (mut low, mut high) = (LEAST_STRENGTH, 1.0 / LEAST_STRENGTH);
    for _ in 0..TRIAL_STEPS {
        // Halved by ratio: a strength of 2 is as far from 1 as one of a half.
        let strength = f64::sqrt(low * high);
        let passed = retention(with(strength), settings);
        *(if passed < wanted { &mut low } else { &mut high }) = strength;
    }
    with(f64::sqrt(low * high))
}

/// Returns the share of reviews that pass while a small deck is learnt.
fn retention(learner: Learner, settings: &Settings) -> f64 {
    let settings =
        Settings { new_per_day: Limit::PerDay(20), reviews_per_day: Limit::None, ..*settings };
    let deck = Deck { settings, new: TRIAL_CARDS, cards: Vec::new(), used_new: 0, used_reviews: 0 };
    let situation = Situation {
        decks: vec![deck],
        new_total: Limit::None,
        used_new: 0,
        learner,
        calendar: Calendar::default(),
        today: Day(0),
    };
    let days = situation.live(Change::default(), 0);
    let load = days.take(TRIAL_DAYS).fold(Load::default(), |sum, (_, load)| sum.then(load));
    f64::from(load.passed) / f64::from(load.reviews.max(1))
}

#[cfg(test)]
#[path = "simulate_tests.rs"]
mod tests;
