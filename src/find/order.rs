//! The order in which notes are listed.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::matching::Place;
use super::shard::{CardEntry, Shard};
use crate::domain::Day;

/// What a list can show of a note and be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Column {
    /// The order in which notes are found: exact matches, then as they were added.
    #[default]
    Found,
    /// What is asked.
    Front,
    /// What is to be remembered.
    Back,
    /// How the front is pronounced.
    Reading,
    /// The full name of the deck.
    Deck,
    /// Labels.
    Tags,
    /// The first due day of its cards; new ones come last.
    Due,
    /// The shortest interval of its cards.
    Interval,
    /// The lowest ease of its cards.
    Ease,
    /// The most lapses of its cards.
    Lapses,
    /// When it was added.
    Added,
}

/// A column, and which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub column: Column,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// A note as it is sorted: its shard, and its place there.
pub(crate) type Spot = (u32, u16);

impl Column {
    /// Sorts all notes of these shards by a column, ties as they were added.
    /// `decks` are the decks by their numbers.
    #[must_use]
    pub(crate) fn sorted(self, shards: &[Shard], decks: &HashMap<i64, Place>) -> Vec<Spot> {
        let spots = |(nth, shard): (usize, &Shard)| {
            (0..shard.len() as u16).map(move |at| (nth as u32, at)).collect::<Vec<_>>()
        };
        let mut spots: Vec<Spot> = shards.iter().enumerate().flat_map(spots).collect();
        let text = |spot: &Spot, part| at(shards, *spot, |shard, at| shard.text(at, part));
        let part = match self {
            Self::Found => return spots,
            Self::Front => Some(0),
            Self::Back => Some(1),
            Self::Reading => Some(2),
            _ => None,
        };
        match (part, self) {
            (Some(part), _) => spots.sort_by(|a, b| text(a, part).cmp(text(b, part))),
            (None, Self::Tags) => {
                let tags = |spot: &Spot| {
                    shards.get(spot.0 as usize).map(|shard| shard.tags_of(spot.1.into()))
                };
                spots.sort_by(|a, b| {
                    let (a, b) = (tags(a).into_iter().flatten(), tags(b).into_iter().flatten());
                    untagged_last(&a.collect::<Vec<_>>(), &b.collect::<Vec<_>>())
                });
            }
            (None, Self::Deck) => {
                let name = |spot: &Spot| {
                    at(shards, *spot, |shard, at| {
                        let deck = shard.deck(at).and_then(|deck| decks.get(&deck));
                        deck.map_or("", |deck| deck.name.as_str())
                    })
                };
                spots.sort_by(|a, b| name(a).cmp(name(b)));
            }
            _ => spots.sort_by_cached_key(|spot| {
                shards.get(spot.0 as usize).map(|shard| self.number(shard, spot.1.into()))
            }),
        }
        spots
    }

    /// Returns the number by which a note is sorted.
    fn number(self, shard: &Shard, at: usize) -> i64 {
        let cards = || shard.cards_of(at).iter().filter(|card| card.is_card());
        let least = |of: fn(&CardEntry) -> u32| cards().map(of).min().map_or(i64::MAX, i64::from);
        match self {
            Self::Due => {
                let first = cards().filter_map(CardEntry::due).min();
                first.map_or(i64::MAX, |Day(day)| day.into())
            }
            Self::Interval => least(|card| card.interval_d),
            Self::Ease => least(|card| card.ease_centi),
            Self::Lapses => cards().map(|card| card.lapses).max().map_or(-1, i64::from),
            _ => shard.added_ms(at),
        }
    }
}

/// Returns what is asked of a note, or what stands for nothing.
fn at<'a, T: Default>(shards: &'a [Shard], spot: Spot, of: impl Fn(&'a Shard, usize) -> T) -> T {
    shards.get(spot.0 as usize).map_or_else(T::default, |shard| of(shard, spot.1.into()))
}

fn untagged_last(a: &[&str], b: &[&str]) -> Ordering {
    a.is_empty().cmp(&b.is_empty()).then_with(|| a.cmp(b))
}
