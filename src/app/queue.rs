//! Today's queue of a scope: what is left, and which card comes first.
//!
//! # Design
//! Decks are asked through counters and the heads of indexes, so the work does
//! not grow with the collection. A scope of single notes (the notes of one file)
//! is small and is looked at card by card. Both follow the same rules: one card
//! of a note a day, limits per deck and above it, newest import first.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use crate::config::Config;
use crate::domain::deck::Limit;
use crate::domain::{Day, DeckName, Mix, Order, Settings, State};
use crate::error::Error;
use crate::sched::backlog::DueToday;
use crate::sched::queue::{DueCard, Standing, pick};
use crate::sched::{Queue, drill};
use crate::session::Counts;
use crate::session::interference::Term;
use crate::store::{Card, CardKey, Deck, DeckKey, NewCard, NoteKey, Store};

use super::Result;
use super::budget::Budget;
use super::decks::Decks;

/// New cards among which one that is not easily confused is looked for.
const LOOKAHEAD: usize = 64;

/// What of the collection a session is about.
pub(super) enum Pool<'a> {
    /// A deck with those below it, or all decks.
    Decks(Option<&'a DeckName>),
    /// Single notes, by their cards in queue order.
    Notes(&'a [Card]),
}

/// What a session adds to the limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Allowance {
    /// New cards it still offers, in place of what the decks allow.
    pub new: Option<u32>,
    /// Cards it still offers in all, the drill aside.
    pub cards: Option<u32>,
}

/// What is left today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Today {
    standing: Standing,
    mix: Option<Mix>,
    due: Option<CardKey>,
    new: Option<CardKey>,
    drill: Option<CardKey>,
}

impl Today {
    pub fn counts(&self) -> Counts {
        let Standing { new_left, due_left, drill_left, .. } = self.standing;
        Counts { new: new_left, due: due_left, drill: drill_left }
    }

    /// Returns the card to show now and why.
    pub fn next(&self) -> Option<(CardKey, Queue)> {
        let queue = pick(self.standing, self.mix.unwrap_or(Mix::Mix))?;
        let card = match queue {
            Queue::New => self.new,
            Queue::Due => self.due,
            Queue::Drill | Queue::Cram => self.drill,
        };
        card.map(|card| (card, queue))
    }
}

/// Returns what is left of `pool` on `today`.
pub(super) fn today(
    store: &Store,
    config: &Config,
    decks: &Decks,
    pool: &Pool<'_>,
    allowance: Allowance,
    today: Day,
) -> Result<Today> {
    let answered = store.answered_on(today)?;
    let desk = Desk::of(store, config, decks, &answered, allowance, today)?;
    let mut found = match pool {
        Pool::Decks(name) => desk.of_decks(*name)?,
        Pool::Notes(cards) => desk.of_notes(cards)?,
    };
    let is_here = |card: &Card| match pool {
        Pool::Decks(None) => true,
        Pool::Decks(Some(name)) => decks.name(card.deck).is_some_and(|deck| deck.is_within(name)),
        Pool::Notes(cards) => cards.iter().any(|known| known.key == card.key),
    };
    for card in answered.iter().filter(|card| is_here(card)) {
        if is_drilled(card, decks, today) {
            found.standing.drill_left += 1;
            // Answered cards come least recently tried first.
            found.drill = found.drill.or(Some(card.key));
        }
        if card.state.first == Some(today) {
            found.standing.new_done += 1;
        } else {
            found.standing.due_done += 1;
        }
    }
    let cards = allowance.cards.unwrap_or(u32::MAX);
    let standing = &mut found.standing;
    standing.fresh_left = fresh_left(config, &answered, today).min(standing.new_left).min(cards);
    standing.due_left = standing.due_left.min(cards - standing.fresh_left);
    standing.new_left = standing.new_left.min(cards - standing.due_left);
    Ok(found)
}

/// Returns how many new cards of today still come before all else.
fn fresh_left(config: &Config, answered: &[Card], today: Day) -> u32 {
    let begun = answered.iter().filter(|card| card.state.first == Some(today)).count();
    config.fresh_per_day.saturating_sub(begun as u32)
}

/// Returns what is still to do on `today` in every deck with those below it, in the
/// order of the decks, and in all of them together.
///
/// Each deck is looked at once: what is open in it is the same for every scope, and
/// only the limits are spent anew.
pub(super) fn all_counts(
    store: &Store,
    config: &Config,
    decks: &Decks,
    today: Day,
) -> Result<(Vec<Counts>, Counts)> {
    let answered = store.answered_on(today)?;
    let desk = Desk::of(store, config, decks, &answered, Allowance::default(), today)?;
    let mut open: Vec<OpenDeck<'_>> = Vec::with_capacity(decks.list.len());
    let due_notes = desk.due_notes(today)?;
    for deck in &decks.list {
        let due = due_notes.get(&deck.key).copied().unwrap_or(0);
        let new = desk.open_new(deck.key, desk.budget.new_left(&deck.name))?;
        open.push(OpenDeck { name: &deck.name, due, new: new.open, head: new.head, drill: 0 });
    }
    for card in answered.iter().filter(|card| is_drilled(card, decks, today)) {
        if let Some(deck) = decks.place(card.deck).and_then(|at| open.get_mut(at)) {
            deck.drill += 1;
        }
    }
    let counts = |scope: Option<&DeckName>| {
        let is_in = |deck: &&OpenDeck<'_>| scope.is_none_or(|name| deck.name.is_within(name));
        spend(desk.budget.clone(), open.iter().filter(is_in))
    };
    let each = decks.list.iter().map(|deck| counts(Some(&deck.name))).collect();
    Ok((each, counts(None)))
}

/// Spends the limits on what is open in some decks and returns what they allow.
fn spend<'d>(
    mut budget: Budget<'_>,
    decks: impl Iterator<Item = &'d OpenDeck<'d>> + Clone,
) -> Counts {
    let mut counts = Counts::default();
    for deck in decks.clone() {
        counts.due += budget.take_due(deck.name, deck.due);
        counts.drill += deck.drill;
    }
    let mut new: Vec<_> = decks.filter_map(|deck| Some((deck.head?, deck))).collect();
    new.sort_by_key(|(head, _)| in_turn(head));
    for (_, deck) in new {
        let allowed = deck.new.min(budget.new_left(deck.name));
        budget.spend_new(deck.name, allowed);
        counts.new += allowed;
    }
    counts
}

/// Returns what is due `today` as the catch-up plan counts it: one card of a note.
pub(super) fn due_today(
    store: &Store,
    config: &Config,
    decks: &Decks,
    today: Day,
) -> Result<DueToday> {
    let answered = store.answered_on(today)?;
    let desk = Desk::of(store, config, decks, &answered, Allowance::default(), today)?;
    Ok(DueToday {
        overdue: desk.due_notes(today.shift(-1))?.values().sum(),
        open: desk.due_notes(today)?.values().sum(),
        reviewed: desk.reviewed,
    })
}

/// What decides about the cards of a deck today.
pub(super) struct InForce {
    /// Its options, with the order that holds today.
    pub settings: Settings,
    /// New cards that the limits of the day, and those of the session, still allow;
    /// `None`: no limit.
    pub new_left: Option<u32>,
    /// Reviews that they still allow.
    pub reviews_left: Option<u32>,
}

/// Returns what decides about the cards of a deck today.
pub(super) fn in_force(
    store: &Store,
    config: &Config,
    decks: &Decks,
    allowance: Allowance,
    deck: DeckKey,
    today: Day,
) -> Result<InForce> {
    let answered = store.answered_on(today)?;
    let desk = Desk::of(store, config, decks, &answered, allowance, today)?;
    let mut settings = decks.settings(deck);
    settings.order = desk.order(settings.order);
    if fresh_left(config, &answered, today) > 0 {
        settings.mix = Mix::First;
    }
    let cards = allowance.cards.unwrap_or(u32::MAX);
    let limited = |left: u32| Some(left.min(cards)).filter(|left| *left < u32::MAX);
    let name = decks.name(deck);
    Ok(InForce {
        settings,
        new_left: name.and_then(|name| limited(desk.budget.new_left(name))),
        reviews_left: name.and_then(|name| limited(desk.budget.due_left(name))),
    })
}

/// The new cards of one deck.
#[derive(Clone, Copy, Debug, Default)]
struct OpenNew {
    /// How many are open.
    open: u32,
    /// The first of all, open or not.
    head: Option<NewCard>,
}

/// What is open in one deck alone, limits aside but for those that hold for it.
struct OpenDeck<'a> {
    name: &'a DeckName,
    due: u32,
    new: u32,
    head: Option<NewCard>,
    drill: u32,
}

/// Whether a card that was answered on `today` comes again then.
fn is_drilled(card: &Card, decks: &Decks, today: Day) -> bool {
    let bar = decks.settings(card.deck).drill;
    !card.gone && card.state.is_active(today) && drill::is_in(&card.state, today, bar)
}

/// What the search for open cards looks at again and again.
struct Desk<'a> {
    store: &'a Store,
    decks: &'a Decks,
    today: Day,
    /// Notes of which a card was answered today: their other cards wait.
    answered_notes: HashSet<NoteKey>,
    buried: HashSet<CardKey>,
    budget: Budget<'a>,
    /// Cards answered today that were due.
    reviewed: u32,
    /// Due cards of the day by the catch-up plan, where it is in force.
    pace: Option<u32>,
    /// The notes begun today, where new terms are kept from being confused with theirs.
    begun: Option<Vec<NoteKey>>,
}

impl<'a> Desk<'a> {
    fn of(
        store: &'a Store,
        config: &Config,
        decks: &'a Decks,
        answered: &[Card],
        allowance: Allowance,
        today: Day,
    ) -> Result<Self> {
        let (begun, reviewed): (Vec<_>, Vec<_>) =
            answered.iter().partition(|card| card.state.first == Some(today));
        let begun = || begun.iter().map(|card| card.key.note()).collect();
        let mut desk = Self {
            store,
            decks,
            today,
            answered_notes: answered.iter().map(|card| card.key.note()).collect(),
            buried: store.buried_on(today)?.into_iter().collect(),
            budget: Budget::of(config, decks, answered, allowance, today),
            reviewed: reviewed.len() as u32,
            pace: None,
            begun: config.interference_guard.then(begun),
        };
        if config.catch_up.per_day != Limit::None {
            let open: u32 = desk.due_notes(today)?.values().sum();
            desk.pace = config.catch_up.pace(today, open + desk.reviewed);
            if let Some(pace) = desk.pace {
                let fresh = fresh_left(config, answered, today);
                let new = if config.catch_up.with_new { u32::MAX } else { fresh };
                desk.budget.narrow(pace.saturating_sub(desk.reviewed), new);
            }
        }
        Ok(desk)
    }

    /// Returns the order of the due cards: a backlog is worked off by what is most
    /// overdue for its interval.
    fn order(&self, usual: Order) -> Order {
        if self.pace.is_some() { Order::RelativeOverdueness } else { usual }
    }

    fn is_open(&self, card: CardKey) -> bool {
        !self.buried.contains(&card) && !self.answered_notes.contains(&card.note())
    }

    /// Returns how many new cards of a deck are open, at most `most`, and the first of
    /// all, open or not. One card of a note is new a day.
    fn open_new(&self, deck: DeckKey, most: u32) -> Result<OpenNew> {
        let mut found = OpenNew::default();
        let mut seen = HashSet::new();
        self.store.each_new(deck, self.today, |card| {
            found.head = found.head.or(Some(card));
            if found.open >= most {
                return Ok(false);
            }
            found.open += u32::from(self.is_offered(&card, &mut seen));
            Ok(true)
        })?;
        Ok(found)
    }

    /// Returns the first new cards of a deck that are open, at most `most`.
    fn first_new(&self, deck: DeckKey, most: usize) -> Result<Vec<NewCard>> {
        let (mut cards, mut seen) = (Vec::new(), HashSet::new());
        self.store.each_new(deck, self.today, |card| {
            if self.is_offered(&card, &mut seen) {
                cards.push(card);
            }
            Ok(cards.len() < most)
        })?;
        Ok(cards)
    }

    /// Whether a new card is open: no other card of its note is due, or was `seen`.
    fn is_offered(&self, card: &NewCard, seen: &mut HashSet<NoteKey>) -> bool {
        !card.waits && self.is_open(card.key) && seen.insert(card.key.note())
    }

    fn of_decks(mut self, scope: Option<&DeckName>) -> Result<Today> {
        let decks: Vec<&Deck> = self
            .decks
            .list
            .iter()
            .filter(|deck| scope.is_none_or(|name| deck.name.is_within(name)))
            .collect();
        let first = scope.and_then(|name| self.decks.list.iter().find(|deck| deck.name == *name));
        let settings = self.decks.settings(first.map_or(DeckKey(0), |deck| deck.key));
        let order = self.order(settings.order);
        let hidden = self.hidden_due(self.today)?;
        let mut found = Today { mix: Some(settings.mix), ..Today::default() };
        let mut head: Option<DueCard> = None;
        let untouched = self.budget.clone();
        for deck in &decks {
            let notes = self.store.due_tally(deck.key, self.today)?.1;
            let open = notes.saturating_sub(hidden.get(&deck.key).copied().unwrap_or(0));
            found.standing.due_left += self.budget.take_due(&deck.name, open);
            // A limit above several decks is for whichever card comes first in them.
            if open > 0 && untouched.due_left(&deck.name) > 0 {
                let own =
                    self.store.due_head(deck.key, self.today, order, |key| self.is_open(key))?;
                head = first_of(head, own, order, self.today);
            }
        }
        found.due = head.map(|card| CardKey(card.id));
        self.count_new(&decks, &mut found)?;
        Ok(found)
    }

    /// Returns how many notes of each deck have an open card that is due by a day.
    fn due_notes(&self, by: Day) -> Result<HashMap<DeckKey, u32>> {
        let mut due = self.store.due_notes(by)?;
        for (deck, hidden) in self.hidden_due(by)? {
            due.entry(deck).and_modify(|notes| *notes = notes.saturating_sub(hidden));
        }
        Ok(due)
    }

    /// Returns, for each deck, how many notes its counter holds that are not open:
    /// answered today, or with all their due cards buried.
    fn hidden_due(&self, by: Day) -> Result<HashMap<DeckKey, u32>> {
        let mut hidden = HashMap::new();
        let notes: HashSet<NoteKey> = self
            .answered_notes
            .iter()
            .copied()
            .chain(self.buried.iter().map(|card| card.note()))
            .collect();
        for note in notes {
            let due = self.store.due_cards_of(note, by)?;
            if let Some(card) = due.first()
                && !due.iter().any(|card| self.is_open(*card))
            {
                *hidden.entry(self.store.card(*card)?.deck).or_default() += 1;
            }
        }
        Ok(hidden)
    }

    /// Counts new cards deck by deck, the deck with the newest ones first, so that
    /// limits above several decks are spent on those.
    fn count_new(&mut self, decks: &[&Deck], found: &mut Today) -> Result<()> {
        let mut heads: Vec<(NewCard, &Deck)> = Vec::new();
        for deck in decks {
            heads.extend(self.open_new(deck.key, 0)?.head.map(|card| (card, *deck)));
        }
        heads.sort_by_key(|(card, _)| in_turn(card));
        let mut candidates: Vec<NewCard> = Vec::new();
        let most = if self.begun.is_some() { LOOKAHEAD } else { 1 };
        for (_, deck) in heads {
            let open = self.open_new(deck.key, self.budget.new_left(&deck.name))?.open;
            if open > 0 {
                candidates.extend(self.first_new(deck.key, most)?);
            }
            self.budget.spend_new(&deck.name, open);
            found.standing.new_left += open;
        }
        candidates.sort_by_key(in_turn);
        found.new = self.first_apart(candidates.iter().map(|card| card.key).collect())?;
        Ok(())
    }

    fn of_notes(mut self, cards: &[Card]) -> Result<Today> {
        let settings = self.decks.settings(cards.first().map_or(DeckKey(0), |card| card.deck));
        let order = self.order(settings.order);
        let mut found = Today { mix: Some(settings.mix), ..Today::default() };
        let mut head: Option<DueCard> = None;
        let (mut taken, mut allowed_notes) = (HashSet::new(), HashSet::new());
        let usable =
            |card: &&Card| !card.gone && card.state.is_active(self.today) && self.is_open(card.key);
        let open: Vec<&Card> = cards.iter().filter(usable).collect();
        for card in &open {
            let Some(due) = card.state.due.filter(|due| *due <= self.today) else { continue };
            let State { interval_d, ease_centi, .. } = card.state;
            let Some(name) = self.decks.name(card.deck) else { continue };
            let is_first = taken.insert(card.key.note());
            let allowed = if is_first { self.budget.take_due(name, 1) } else { 0 };
            found.standing.due_left += allowed;
            if allowed > 0 || allowed_notes.contains(&card.key.note()) {
                allowed_notes.insert(card.key.note());
                let own = DueCard { id: card.key.0, interval_d, due, ease_centi };
                head = first_of(head, Some(own), order, self.today);
            }
        }
        found.due = head.map(|card| CardKey(card.id));
        let untouched = self.budget.clone();
        let mut candidates = Vec::new();
        for card in open.iter().filter(|card| card.state.due.is_none()) {
            let Some(name) = self.decks.name(card.deck) else { continue };
            if untouched.new_left(name) == 0 || !taken.insert(card.key.note()) {
                continue;
            }
            candidates.push(card.key);
            if self.budget.new_left(name) > 0 {
                self.budget.spend_new(name, 1);
                found.standing.new_left += 1;
            }
        }
        found.new = self.first_apart(candidates)?;
        Ok(found)
    }

    /// Returns which of some new cards is begun next, given in their order: the first,
    /// or, where that is asked for, the first that is not easily confused with a term
    /// begun today.
    fn first_apart(&self, candidates: Vec<CardKey>) -> Result<Option<CardKey>> {
        let first = candidates.first().copied();
        let Some(begun) = &self.begun else { return Ok(first) };
        let term = |note: NoteKey| {
            let fields = self.store.note(note)?.fields;
            Ok::<_, Error>(Term::new(&fields.front, &fields.back))
        };
        let begun = begun.iter().map(|note| term(*note)).collect::<Result<Vec<_>>>()?;
        for card in candidates.into_iter().take(LOOKAHEAD) {
            let term = term(card.note())?;
            if !begun.iter().any(|other| term.is_like(other)) {
                return Ok(Some(card));
            }
        }
        Ok(first)
    }
}

/// Orders new cards: the newest batch first, then as in the file.
const fn in_turn(card: &NewCard) -> (Reverse<i64>, CardKey) {
    (Reverse(card.batch), card.key)
}

fn first_of(a: Option<DueCard>, b: Option<DueCard>, order: Order, today: Day) -> Option<DueCard> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if b.comes_before(&a, order, today) { b } else { a }),
        (a, b) => a.or(b),
    }
}
