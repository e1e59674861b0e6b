//! What can come after a session, and what is told about a single card.

use crate::domain::{Day, DeckName, Fields, Now, Uid};
use crate::session::history::{self, Entry};
use crate::session::home::{Scope, SessionRequest};
use crate::session::prospect::{MORE_NEW, Prospect, WEAKEST};
use crate::session::reason::Reason;
use crate::session::{Counts, Shown};
use crate::store::Store;

use super::decks::Decks;
use super::queue::{Allowance, all_counts, limits_left, today};
use super::session::Session;
use super::{App, Result};

impl App {
    /// Returns what can come after a session that was asked for like this, or in its
    /// place when nothing is due.
    ///
    /// # Errors
    /// The store.
    pub fn prospect(&self, request: &SessionRequest, now: Now) -> Result<Prospect> {
        let plain = SessionRequest { scope: request.scope.clone(), ..SessionRequest::default() };
        let session = self.start(&plain, now)?;
        self.store.view(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let counts = |allowance| {
                let pool = session.pool();
                Ok::<_, crate::error::Error>(
                    today(store, &self.config, &decks, &pool, allowance, now.day)?.counts(),
                )
            };
            let more = Allowance { new: Some(MORE_NEW), cards: None };
            let new = if counts(Allowance::default())?.new > 0 { 0 } else { counts(more)?.new };
            let (ahead, weak) = self.practicable(&session, WEAKEST, now.day)?;
            Ok(Prospect {
                week: week(store, &decks, &session, now.day)?,
                ahead,
                weak,
                new,
                decks: self.other_decks(store, &decks, &request.scope, now.day)?,
            })
        })
    }

    /// Returns the topmost decks with something left today that have no card in common
    /// with the scope.
    fn other_decks(
        &self,
        store: &Store,
        decks: &Decks,
        scope: &Scope,
        today: Day,
    ) -> Result<Vec<(DeckName, Counts)>> {
        if *scope == Scope::All {
            return Ok(Vec::new());
        }
        let (counts, _) = all_counts(store, &self.config, decks, today)?;
        let apart = |name: &DeckName| match scope {
            Scope::Deck(deck) => !name.is_within(deck) && !deck.is_within(name),
            Scope::All | Scope::Notes(_) => true,
        };
        let mut others: Vec<(DeckName, Counts)> = Vec::new();
        for (deck, counts) in decks.list.iter().zip(counts) {
            // Where its parent stands there already, it holds these cards too.
            let is_held = others.iter().any(|(name, _)| deck.name.is_within(name));
            if counts.total() > 0 && apart(&deck.name) && !is_held {
                others.push((deck.name.clone(), counts));
            }
        }
        Ok(others)
    }

    /// Returns why a session shows this card now; `left` is what it said was left.
    ///
    /// # Errors
    /// The store.
    pub fn why(&self, session: &Session, shown: &Shown, left: Counts, now: Now) -> Result<Reason> {
        self.store.view(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let card = self.find_card(&shown.card.to_string())?;
            let (new_left, reviews_left) =
                limits_left(store, &self.config, &decks, session.allowance, &shown.deck, now.day)?;
            Ok(Reason {
                today: now.day,
                queue: shown.queue,
                state: card.state,
                settings: decks.settings(card.deck),
                counts: left,
                new_left,
                reviews_left,
            })
        })
    }

    /// Returns the text of a note.
    ///
    /// # Errors
    /// A note that does not exist, or the store.
    pub fn note_fields(&self, note: Uid) -> Result<Fields> {
        Ok(self.find_note(&note.to_string())?.fields)
    }

    /// Returns what was answered to a card and what it did, oldest first.
    ///
    /// # Errors
    /// A card that does not exist, or the store.
    pub fn card_history(&self, card: Uid) -> Result<Vec<Entry>> {
        self.store.view(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let card = self.find_card(&card.to_string())?;
            Ok(history::history(&store.log_of(card.key)?, decks.engine(card.deck)))
        })
    }
}

/// Returns how many cards of a session's scope come due on each of the next seven days.
fn week(store: &Store, decks: &Decks, session: &Session, today: Day) -> Result<[u32; 7]> {
    let (first, last) = (today.plus(1), today.plus(7));
    let mut coming: Vec<(Day, u32)> = Vec::new();
    match (&session.pool, &session.scope) {
        (Some(cards), _) => {
            let active = cards.iter().filter(|card| !card.gone && card.state.suspended.is_none());
            coming.extend(active.filter_map(|card| Some((card.state.due?, 1))));
        }
        (None, Scope::Deck(name)) => {
            for deck in decks.within(name) {
                coming.extend(store.deck_forecast(deck.key, first, last)?);
            }
        }
        (None, _) => coming = store.forecast(first, last)?,
    }
    let mut week = [0; 7];
    for (day, cards) in coming {
        if let Some(due) = usize::try_from(day.since(first)).ok().and_then(|at| week.get_mut(at)) {
            *due += cards;
        }
    }
    Ok(week)
}
