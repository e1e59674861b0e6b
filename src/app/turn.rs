//! What another direction of a deck does to its cards.

use crate::domain::event::Cause;
use crate::domain::{Action, DeckName, Direction, Kind, Now, Slot};
use crate::store::{Card, CardKey, DeckKey, Deleted, Note, NoteKey, Store};

use super::Result;
use super::decks::Decks;

/// One card that is added, suspended or brought back.
pub(super) enum Step {
    /// The note lacks this card; it starts suspended where its row left the file.
    Add(NoteKey, Slot, DeckKey, bool),
    /// The card is no longer asked for.
    Suspend(CardKey),
    /// The card is asked for again.
    Lift(CardKey),
}

impl Step {
    /// Does it. Must run inside a transaction.
    pub fn take(&self, store: &Store, decks: &Decks, now: Now) -> Result<()> {
        let cause = Cause::Prune;
        let log = |key, action| -> Result<()> {
            super::review::log(store, &store.card(key)?, action, now, None, decks)?;
            Ok(())
        };
        match *self {
            Self::Add(note, slot, deck, is_pruned) => {
                let key = store.insert_card(note, slot, deck, now.at_ms, None)?;
                if is_pruned { log(key, Action::Suspend { cause }) } else { Ok(()) }
            }
            Self::Suspend(card) => log(card, Action::Suspend { cause }),
            Self::Lift(card) => log(card, Action::Unsuspend { cause }),
        }
    }
}

/// Returns what gives each note of a deck and those below it the cards of its
/// directions: missing ones are added as new, others suspended, none deleted.
///
/// A note whose row left its file stays suspended as a whole.
pub(super) fn turning(
    store: &Store,
    name: &DeckName,
    before: &Decks,
    after: &Decks,
) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    for deck in after.within(name) {
        if before.settings(deck.key).direction == after.settings(deck.key).direction {
            continue;
        }
        for note in store.notes_of_deck(deck.key)? {
            if note.deleted == Deleted::No {
                turn(store, &note, before, after, &mut steps)?;
            }
        }
    }
    Ok(steps)
}

fn turn(
    store: &Store,
    note: &Note,
    before: &Decks,
    after: &Decks,
    steps: &mut Vec<Step>,
) -> Result<()> {
    let cards = store.cards_of(note.key)?;
    let was_pruned = is_pruned(note, &cards, before);
    let wanted = slots(note.kind, after.settings(note.deck).direction);
    for card in cards.iter().filter(|card| !matches!(card.slot, Slot::Gap(_))) {
        match (wanted.contains(&card.slot), card.state.suspended) {
            (true, Some(Cause::Prune)) if !was_pruned => steps.push(Step::Lift(card.key)),
            (false, None) => steps.push(Step::Suspend(card.key)),
            _ => {}
        }
    }
    if cards.iter().any(|card| matches!(card.slot, Slot::Gap(_))) {
        return Ok(());
    }
    let missing = wanted.iter().filter(|slot| cards.iter().all(|card| card.slot != **slot));
    steps.extend(missing.map(|slot| Step::Add(note.key, *slot, note.deck, was_pruned)));
    Ok(())
}

/// Whether a note's cards are suspended because its row left its file: cards of
/// directions that its deck does not ask for are suspended for that alone.
fn is_pruned(note: &Note, cards: &[Card], decks: &Decks) -> bool {
    cards
        .iter()
        .any(|card| card.state.suspended == Some(Cause::Prune) && is_wanted(note, card.slot, decks))
}

/// Whether the note's deck asks for a card.
pub(super) fn is_wanted(note: &Note, slot: Slot, decks: &Decks) -> bool {
    matches!(slot, Slot::Gap(_))
        || slots(note.kind, decks.settings(note.deck).direction).contains(&slot)
}

/// Returns the cards a note of this kind gets.
pub(super) const fn slots(kind: Kind, direction: Option<Direction>) -> &'static [Slot] {
    match (direction, kind) {
        (Some(Direction::Both), _) | (None, Kind::Term) => &[Slot::Forward, Slot::Reverse],
        (Some(Direction::Reverse), _) => &[Slot::Reverse],
        (Some(Direction::Forward) | None, _) => &[Slot::Forward],
    }
}
