//! The limits of a study day: what they still allow of each deck, and over all.

use std::collections::HashMap;

use crate::config::Config;
use crate::domain::{Day, DeckName};
use crate::store::Card;

use super::decks::Decks;
use super::queue::Allowance;

/// What the limits still allow: of each deck, of all above it, and of all together.
#[derive(Clone)]
pub(super) struct Budget<'a> {
    new: HashMap<&'a DeckName, u32>,
    due: HashMap<&'a DeckName, u32>,
    new_total: u32,
    due_total: u32,
    /// The session says how many new cards; limits of decks do not count.
    by_session: bool,
}

impl<'a> Budget<'a> {
    pub fn of(
        config: &Config,
        decks: &'a Decks,
        answered: &[Card],
        allowance: Allowance,
        today: Day,
    ) -> Self {
        let is_new = |card: &&Card| card.state.first == Some(today);
        let mut budget = Self {
            new: HashMap::new(),
            due: HashMap::new(),
            new_total: config.new_per_day_total.left(answered.iter().filter(is_new).count() as u32),
            due_total: u32::MAX,
            by_session: false,
        };
        if let Some(new) = allowance.new {
            budget.new_total = new;
            budget.by_session = true;
        }
        let mut used: HashMap<DeckName, (u32, u32)> = HashMap::new();
        for card in answered {
            for name in decks.name(card.deck).into_iter().flat_map(line) {
                let (new, due) = used.entry(name).or_default();
                *(if is_new(&card) { new } else { due }) += 1;
            }
        }
        for deck in &decks.list {
            let settings = decks.settings(deck.key);
            let (new_used, due_used) = used.get(&deck.name).copied().unwrap_or_default();
            budget.new.insert(&deck.name, settings.new_per_day.left(new_used));
            budget.due.insert(&deck.name, settings.reviews_per_day.left(due_used));
        }
        budget
    }

    /// Allows at most so many due cards over all decks, and so many new ones unless the
    /// session says how many.
    pub fn narrow(&mut self, due: u32, new: u32) {
        self.due_total = self.due_total.min(due);
        if !self.by_session {
            self.new_total = self.new_total.min(new);
        }
    }

    /// Returns how many new cards of a deck are allowed.
    pub fn new_left(&self, deck: &DeckName) -> u32 {
        if self.by_session {
            return self.new_total;
        }
        let limits = line(deck).filter_map(|name| self.new.get(&name)).copied();
        limits.fold(self.new_total, u32::min)
    }

    /// Takes new cards of a deck from the limits.
    pub fn spend_new(&mut self, deck: &DeckName, spent: u32) {
        self.new_total = self.new_total.saturating_sub(spent);
        for name in line(deck) {
            if let Some(left) = self.new.get_mut(&name) {
                *left = left.saturating_sub(spent);
            }
        }
    }

    /// Returns how many reviews of a deck are allowed.
    pub fn due_left(&self, deck: &DeckName) -> u32 {
        let limits = line(deck).filter_map(|name| self.due.get(&name)).copied();
        limits.fold(self.due_total, u32::min)
    }

    /// Takes at most `wanted` reviews from the limits and returns how many.
    pub fn take_due(&mut self, deck: &DeckName, wanted: u32) -> u32 {
        let taken = self.due_left(deck).min(wanted);
        self.due_total = spent(self.due_total, taken);
        for name in line(deck) {
            if let Some(left) = self.due.get_mut(&name) {
                *left = spent(*left, taken);
            }
        }
        taken
    }
}

/// Returns what is left of a limit; no limit stays no limit.
const fn spent(left: u32, taken: u32) -> u32 {
    if left == u32::MAX { left } else { left.saturating_sub(taken) }
}

/// Returns the deck and all decks above it.
fn line(deck: &DeckName) -> impl Iterator<Item = DeckName> {
    std::iter::successors(Some(deck.clone()), DeckName::parent)
}
