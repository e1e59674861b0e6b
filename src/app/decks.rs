//! Decks with their options and counts.

use std::collections::{HashMap, HashSet};

use crate::domain::{Day, DeckName, DeckOptions, Now, Settings, State};
use crate::error::Error;
use crate::sched::{Engine, replay};
use crate::session::Counts;
use crate::store::{Card, Deck, DeckKey, Deleted, Note, Store};

use super::options::set_options;
use super::turn::turning;
use super::{App, Change, Result};

/// All decks with the options that hold for each.
pub(super) struct Decks {
    /// By name.
    pub list: Vec<Deck>,
    /// Where in `list` a deck stands.
    places: HashMap<DeckKey, usize>,
    settings: HashMap<DeckKey, Settings>,
    defaults: Settings,
}

impl Decks {
    pub fn load(store: &Store, defaults: &DeckOptions) -> Result<Self> {
        Ok(Self::of(store.all_decks()?, defaults))
    }

    /// Returns the decks of a list that may hold hidden ones.
    pub fn of(mut list: Vec<Deck>, defaults: &DeckOptions) -> Self {
        let own: HashMap<&DeckName, &DeckOptions> =
            list.iter().map(|deck| (&deck.name, &deck.options)).collect();
        let settings = list
            .iter()
            .map(|deck| {
                let mut options = deck.options.clone();
                let mut above = deck.name.parent();
                while let Some(name) = above {
                    if let Some(parent) = own.get(&name) {
                        options = options.or(parent);
                    }
                    above = name.parent();
                }
                (deck.key, options.or(defaults).settings())
            })
            .collect();
        list.retain(|deck| !deck.hidden);
        let places = list.iter().enumerate().map(|(at, deck)| (deck.key, at)).collect();
        Self { list, places, settings, defaults: defaults.settings() }
    }

    pub fn settings(&self, deck: DeckKey) -> Settings {
        self.settings.get(&deck).copied().unwrap_or(self.defaults)
    }

    /// Returns what holds in the deck of this name, also where it is still to be made.
    pub fn settings_of(&self, name: &DeckName) -> Settings {
        let mut place = Some(name.clone());
        while let Some(name) = place {
            if let Some(deck) = self.list.iter().find(|deck| deck.name == name) {
                return self.settings(deck.key);
            }
            place = name.parent();
        }
        self.defaults
    }

    pub fn engine(&self, deck: DeckKey) -> Engine {
        Engine::of(&self.settings(deck))
    }

    /// Returns the cards that are planned otherwise than before, with the states that
    /// they have now. Cards of hidden decks count as well: those of deleted notes keep
    /// a log. A deck that is new had no cards.
    pub fn replanned(&self, store: &Store, before: &Self) -> Result<Vec<(Card, State)>> {
        let differs = |(deck, old): (&DeckKey, &Settings)| {
            (Engine::of(old) != self.engine(*deck)).then_some(*deck)
        };
        let decks: HashSet<DeckKey> = before.settings.iter().filter_map(differs).collect();
        if decks.is_empty() {
            return Ok(Vec::new());
        }
        // To the last bit: the next answer steps on from what is cached.
        Ok(store.differing_states(
            |deck| self.engine(deck),
            |deck| decks.contains(&deck),
            State::eq,
        )?)
    }

    pub fn name(&self, deck: DeckKey) -> Option<&DeckName> {
        self.place(deck).and_then(|at| self.list.get(at)).map(|row| &row.name)
    }

    /// Returns where in `list` a deck stands.
    pub fn place(&self, deck: DeckKey) -> Option<usize> {
        self.places.get(&deck).copied()
    }

    /// Returns the deck and those below it.
    pub fn within<'a>(&'a self, name: &'a DeckName) -> impl Iterator<Item = &'a Deck> {
        self.list.iter().filter(move |deck| deck.name.is_within(name))
    }

    /// Returns the full name that `text` means: as written, or in any case where
    /// that fits one deck only.
    pub fn find(&self, text: &str) -> Result<DeckName> {
        if let Some(deck) = self.list.iter().find(|deck| deck.name.as_str() == text) {
            return Ok(deck.name.clone());
        }
        let folded = text.to_lowercase();
        let mut alike = self.list.iter().filter(|deck| deck.name.as_str().to_lowercase() == folded);
        if let (Some(deck), None) = (alike.next(), alike.next()) {
            return Ok(deck.name.clone());
        }
        let mut near: Vec<(f32, String)> = self
            .list
            .iter()
            .map(|deck| {
                let name = deck.name.as_str();
                let whole = similarity(&folded, &name.to_lowercase());
                let leaf = similarity(&folded, &deck.name.leaf().to_lowercase());
                (whole.max(leaf), name.to_owned())
            })
            .filter(|(ratio, _)| *ratio >= 0.5)
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let similar = near.into_iter().take(3).map(|(_, name)| name).collect();
        Err(Error::NoDeck { name: text.to_owned(), similar })
    }
}

/// Characters between a common start and a common end that are compared at most.
const MOST_COMPARED: usize = 256;

/// Returns how alike two texts are, 0 to 1, by the characters they share in order.
///
/// What two long texts share in their midst does not count.
pub(super) fn similarity(a: &str, b: &str) -> f32 {
    if a == b {
        return 1.0;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let total = (a.len() + b.len()).max(1) as f32;
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    let mut shared = start + end;
    if a.len().max(b.len()) <= MOST_COMPARED {
        shared += similar::capture_diff_slices(similar::Algorithm::Myers, a, b)
            .iter()
            .map(|op| match op {
                similar::DiffOp::Equal { len, .. } => *len,
                _ => 0,
            })
            .sum::<usize>();
    }
    shared as f32 * 2.0 / total
}

/// A deck as it is listed.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct DeckLine {
    /// Full name.
    pub name: DeckName,
    /// Notes, children left out.
    pub notes: u32,
    /// Cards, children left out.
    pub cards: u32,
    /// Still to do today in this deck alone.
    #[serde(flatten)]
    pub counts: Counts,
    /// Suspended cards.
    pub suspended: u32,
    /// The options that hold.
    pub options: Settings,
}

impl App {
    pub(super) fn decks(&self) -> Result<Decks> {
        Decks::load(&self.store, &self.config.deck)
    }

    /// Runs one transaction that may make, bring back, rename or set decks, or move
    /// notes, and computes the states anew of cards for which another engine holds then.
    pub(super) fn transact_on_decks<T>(&self, work: impl FnOnce(&Store) -> Result<T>) -> Result<T> {
        self.store.transact(|store| {
            let before = Decks::load(store, &self.config.deck)?;
            let done = work(store)?;
            let after = Decks::load(store, &self.config.deck)?;
            for (card, state) in after.replanned(store, &before)? {
                store.set_state(card.key, &state)?;
            }
            for (note, from) in store.moved_notes() {
                for card in store.cards_of(note)? {
                    let engine = after.engine(card.deck);
                    if engine != before.engine(from) {
                        let state = replay(&store.log_of(card.key)?, engine);
                        store.set_state(card.key, &state)?;
                    }
                }
            }
            Ok(done)
        })
    }

    /// Returns every deck with its own counts: children, sibling rules and limits
    /// of decks above are left out.
    ///
    /// # Errors
    /// The store.
    pub fn deck_lines(&self, today: Day) -> Result<Vec<DeckLine>> {
        self.store.view(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let answered = store.answered_on(today)?;
            let buried = store.buried_on(today)?.into_iter().map(|key| store.card(key));
            let buried: Vec<Card> = buried.collect::<Result<_, _>>()?;
            let mut lines = Vec::with_capacity(decks.list.len());
            for deck in &decks.list {
                let options = decks.settings(deck.key);
                let (notes, cards, suspended) = store.deck_size(deck.key)?;
                let here = || answered.iter().filter(|card| card.deck == deck.key);
                let new_used = here().filter(|card| card.state.first == Some(today)).count() as u32;
                let due_used = here().count() as u32 - new_used;
                let drill = here().filter(|card| {
                    !card.gone
                        && card.state.is_active(today)
                        && crate::sched::drill::is_in(&card.state, today, options.drill)
                });
                let (mut hidden, mut hidden_new) = (0, 0);
                for card in &buried {
                    let is_due = card.state.due.is_some_and(|due| due <= today);
                    let is_shown = card.deck == deck.key && !card.gone;
                    if is_shown && card.state.suspended.is_none() {
                        hidden += u32::from(is_due);
                        hidden_new += u32::from(card.state.due.is_none());
                    }
                }
                let due = store.due_tally(deck.key, today)?.0.saturating_sub(hidden);
                let new_left = options.new_per_day.left(new_used);
                lines.push(DeckLine {
                    name: deck.name.clone(),
                    notes,
                    cards,
                    suspended,
                    counts: Counts {
                        new: store
                            .new_tally(deck.key, new_left.saturating_add(hidden_new))?
                            .saturating_sub(hidden_new)
                            .min(new_left),
                        due: due.min(options.reviews_per_day.left(due_used)),
                        drill: drill.count() as u32,
                    },
                    options,
                });
            }
            Ok(lines)
        })
    }

    /// Returns the deck that `text` means.
    ///
    /// # Errors
    /// [`Error::NoDeck`] with similar names.
    pub fn find_deck(&self, text: &str) -> Result<DeckName> {
        self.decks()?.find(text)
    }

    /// Returns how many new cards a day the deck of the first of these notes allows.
    ///
    /// # Errors
    /// The store.
    pub fn new_per_day(&self, notes: &[crate::domain::Uid]) -> Result<u32> {
        let note = match notes.first() {
            Some(uid) => self.store.note_by_uid(*uid)?,
            None => None,
        };
        let decks = self.decks()?;
        let settings = note.map_or(decks.defaults, |note| decks.settings(note.deck));
        Ok(settings.new_per_day.left(0))
    }

    /// Renames a deck and all below it.
    ///
    /// # Errors
    /// A deck that does not exist, or a name that is taken.
    pub fn rename_deck(&mut self, from: &str, to: &DeckName, now: Now) -> Result<Change> {
        self.transact_on_decks(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let from = decks.find(from)?;
            if to.is_within(&from) && *to != from {
                return Err(Error::Invalid(format!("{to} would lie in itself")));
            }
            let stamp = store.stamp(now.at_ms)?;
            if let Some(parent) = to.parent() {
                store.deck_or_new(&parent, stamp, &mut Vec::new())?;
            }
            for deck in decks.within(&from) {
                let Some(name) = deck.name.moved(&from, to) else { continue };
                if name != deck.name && decks.list.iter().any(|other| other.name == name) {
                    return Err(Error::Invalid(format!("there is a deck {name} already")));
                }
                store.rename_deck(deck.key, &name, stamp)?;
            }
            Ok(Change::default())
        })
    }

    /// Deletes a deck, all below it and their notes.
    ///
    /// # Errors
    /// A deck that does not exist.
    pub fn delete_deck(&mut self, name: &str, now: Now) -> Result<Change> {
        self.decks()?.find(name)?;
        self.backup_before("delete", now)?;
        self.store.transact(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let name = decks.find(name)?;
            let stamp = store.stamp(now.at_ms)?;
            let mut change = Change::default();
            for deck in decks.within(&name) {
                for note in store.notes_of_deck(deck.key)? {
                    if note.deleted == Deleted::No {
                        store.keep_edit(&note, now.at_ms, stamp, None)?;
                        change.notes.push(note.uid);
                        store.update_note(&Note { deleted: Deleted::ByLearner, stamp, ..note })?;
                    }
                }
                store.hide_deck(deck.key, stamp)?;
            }
            Ok(change)
        })
    }

    /// Sets options of a deck from `(name, value)` pairs; an empty value takes the
    /// deck's own setting away.
    ///
    /// # Errors
    /// A deck, an option or a value that does not exist.
    pub fn set_deck(
        &mut self,
        name: &str,
        changes: &[(String, String)],
        now: Now,
    ) -> Result<Change> {
        let defaults = &self.config.deck;
        self.transact_on_decks(|store| {
            let decks = Decks::load(store, defaults)?;
            let name = decks.find(name)?;
            let stamp = store.stamp(now.at_ms)?;
            let Some(deck) = decks.list.iter().find(|deck| deck.name == name) else {
                return Ok(Change::default());
            };
            let mut options = deck.options.clone();
            set_options(&mut options, changes)?;
            store.set_deck_options(deck.key, &options, stamp)?;
            let after = Decks::load(store, defaults)?;
            for step in turning(store, &name, &decks, &after)? {
                step.take(store, &after, now)?;
            }
            Ok(Change::default())
        })
    }
}

/// Takes a deck off the lists that holds nothing, has none below it and was given no
/// options by the learner; says whether it did.
pub(super) fn hide_unused(store: &Store, key: DeckKey, stamp: i64) -> Result<bool> {
    let decks = store.decks()?;
    let Some(deck) = decks.iter().find(|deck| deck.key == key) else { return Ok(false) };
    let is_parent = decks.iter().any(|other| other.key != key && other.name.is_within(&deck.name));
    let is_plain = deck.options == DeckOptions::default() || store.is_deck_as_imported(key)?;
    let is_unused = !is_parent && is_plain && store.deck_size(key)?.0 == 0;
    if is_unused {
        store.hide_deck(key, stamp)?;
    }
    Ok(is_unused)
}
