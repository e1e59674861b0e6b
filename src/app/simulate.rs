//! From where a simulation begins: the cards as they are, the limits, the learner.

use std::collections::HashMap;

use crate::domain::{Day, DeckName, Now};
use crate::sched::count::Sum;
use crate::sched::learner::Habits;
use crate::sched::simulate::{Deck, Situation, learner};
use crate::store::{Card, DeckKey, Store};

use super::decks::Decks;
use super::{App, Result};

impl App {
    /// Returns from where a simulation of a deck begins, or of all, and what is known of
    /// the learner by what is counted: see [`App::count_answers`].
    ///
    /// Limits and rules are those of the deck, or of the decks above all others; that one
    /// below them may have others is left out. Where there is no deck, it is an empty one
    /// with the default options. What is due today and not answered yet is part of the
    /// first day.
    ///
    /// # Errors
    /// The store.
    pub fn situation(&self, deck: Option<&DeckName>, now: Now) -> Result<(Situation, Habits)> {
        self.store.view(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let mut sums: Vec<Sum> = Vec::new();
            store.each_answered(Day(i32::MIN), |_, sum| sums.push(sum))?;
            let habits = Habits::of(&sums);
            let answered = store.answered_on(now.day)?;
            let used_new = answered.iter().filter(|card| is_begun(card, now.day)).count() as u32;
            let decks = limited(store, &decks, deck, &answered, now.day)?;
            let settings = decks.first().map(|deck| deck.settings).unwrap_or_default();
            let learner = learner(&habits, &settings);
            let situation = Situation {
                decks,
                new_total: self.config.new_per_day_total,
                used_new,
                learner,
                calendar: self.config.calendar.clone(),
                today: now.day,
            };
            Ok((situation, habits))
        })
    }
}

/// Whether a card was new on `today`.
fn is_begun(card: &Card, today: Day) -> bool {
    card.state.first == Some(today)
}

/// Returns the deck, or those that lie in no other, each with all cards below it.
fn limited(
    store: &Store,
    decks: &Decks,
    asked: Option<&DeckName>,
    answered: &[Card],
    today: Day,
) -> Result<Vec<Deck>> {
    let is_root = |name: &DeckName| match asked {
        Some(asked) => name == asked,
        None => !decks.list.iter().any(|other| name != &other.name && name.is_within(&other.name)),
    };
    let empty = |deck: DeckKey| Deck {
        settings: decks.settings(deck),
        new: 0,
        cards: Vec::new(),
        used_new: 0,
        used_reviews: 0,
    };
    let mut found: Vec<Deck> = Vec::new();
    let mut places: HashMap<DeckKey, usize> = HashMap::new();
    for root in decks.list.iter().filter(|deck| is_root(&deck.name)) {
        let mut deck = empty(root.key);
        for below in decks.within(&root.name) {
            deck.new = deck.new.saturating_add(store.new_tally(below.key, u32::MAX)?);
            places.insert(below.key, found.len());
        }
        found.push(deck);
    }
    if found.is_empty() {
        found.push(empty(DeckKey(0)));
    }
    // Cards that are hidden today are there tomorrow.
    store.each_answered_card(Day(i32::MIN), |_, deck, state| {
        if let Some(place) = places.get(&deck) {
            found[*place].cards.push(*state);
        }
        true
    })?;
    for card in answered {
        let Some(place) = places.get(&card.deck) else { continue };
        let deck = &mut found[*place];
        *(if is_begun(card, today) { &mut deck.used_new } else { &mut deck.used_reviews }) += 1;
    }
    Ok(found)
}
