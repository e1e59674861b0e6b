//! What is done to many notes or cards at once, as one step that can be taken back.

use crate::domain::text::plural;
use crate::domain::{Action, Cause, Day, DeckName, Now, State, Uid};
use crate::sched::sm2::MAX_INTERVAL_D;
use crate::store::{Card, DeckKey, Deleted, Note, Store};

use super::decks::{Decks, hide_unused, similarity};
use super::merge::kept_snapshot;
use super::notes::MANY;
use super::review::log;
use super::session::{Session, Work};
use super::{App, Change, Kept, Result};

/// A word so alike to the name of a day is taken for a slip.
const SIMILAR_DAY: f32 = 0.7;

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bulk {
    /// To cards.
    Cards(CardDeed),
    /// To notes.
    Notes(NoteDeed),
}

/// What is done to cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardDeed {
    /// Take them out of every queue.
    Suspend,
    /// Put them back.
    Unsuspend,
    /// Hide them until tomorrow.
    Bury,
    /// Make them new again.
    Reset,
    /// Move their due day.
    SetDue(Day),
}

/// What is done to notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteDeed {
    /// Add tags and take others away.
    Tag {
        /// Those to add.
        add: Vec<String>,
        /// Those to take away.
        remove: Vec<String>,
    },
    /// Move them to a deck, made where it is missing.
    Move(DeckName),
    /// Delete them.
    Delete,
}

/// A note that was chosen, and which of its cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The note.
    pub note: Uid,
    /// Its chosen cards; `None`: all.
    pub cards: Option<Vec<Uid>>,
}

/// What a bulk would come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Notes that would be changed, themselves or in their cards.
    pub notes: usize,
    /// Cards that would be changed; of notes, those they have.
    pub cards: usize,
    /// Chosen notes, or of cards chosen cards, that are as wanted already.
    pub kept: usize,
}

/// What a note was before a bulk changed it.
#[derive(Clone, Debug)]
pub(super) enum Was {
    /// Its tags.
    Tags(Vec<String>),
    /// Its deck.
    Deck(DeckKey),
    /// Whether it was there.
    Deleted(Deleted),
}

/// Changes of notes, in a form that can be taken back.
#[derive(Clone, Debug, Default)]
pub(super) struct Puts {
    notes: Vec<(Uid, Was)>,
    /// Decks, those above before those below them, and whether each was off the lists.
    decks: Vec<(DeckKey, bool)>,
}

impl Puts {
    /// Returns the notes that are put back.
    pub(super) fn notes(&self) -> impl Iterator<Item = Uid> {
        self.notes.iter().map(|(note, _)| *note)
    }
}

/// Reads a day as people say it: a date, `today`, `tomorrow`, or a number of days from
/// today on.
///
/// # Errors
/// What is wrong, and what may be meant.
pub fn due_day(text: &str, today: Day) -> Result<Day, String> {
    let named = [("today", today), ("tomorrow", today.plus(1))];
    let folded = text.trim().to_lowercase();
    if let Some((_, day)) = named.iter().find(|(name, _)| *name == folded) {
        return Ok(*day);
    }
    if let Ok(days) = folded.trim_start_matches('+').parse::<i64>() {
        let most = i64::from(MAX_INTERVAL_D);
        return match i32::try_from(days) {
            Ok(near) if (-most..=most).contains(&days) => Ok(today.shift(near)),
            _ => Err(format!("`{text}` is no day: {most} days at most, or a date as 2026-12-01")),
        };
    }
    folded.parse().map_err(|_| {
        let near = named.iter().find(|(name, _)| similarity(&folded, name) >= SIMILAR_DAY);
        let hint = near.map_or_else(String::new, |(name, _)| format!("; did you mean {name}?"));
        format!("`{text}` is no day: write 2026-12-01, 7, today or tomorrow{hint}")
    })
}

impl CardDeed {
    /// Returns what is logged for a card.
    ///
    /// # Errors
    /// Why it is left alone.
    pub(super) fn decide(self, state: &State, today: Day) -> Result<Action, &'static str> {
        match self {
            Self::Suspend if state.suspended.is_some() => Err("it is suspended already"),
            Self::Suspend => Ok(Action::Suspend { cause: Cause::User }),
            Self::Unsuspend if state.suspended.is_none() => Err("it is not suspended"),
            Self::Unsuspend => Ok(Action::Unsuspend { cause: Cause::User }),
            Self::Bury if state.is_buried(today) => Err("it is buried already"),
            Self::Bury => Ok(Action::Bury { day: today }),
            Self::Reset if state.due.is_none() => Err("it is new already"),
            Self::Reset => Ok(Action::Reset),
            Self::SetDue(due) => Ok(Action::SetDue { due }),
        }
    }

    const fn verb(self) -> &'static str {
        match self {
            Self::Suspend => "suspending",
            Self::Unsuspend => "putting back",
            Self::Bury => "burying",
            Self::Reset => "resetting",
            Self::SetDue(_) => "a new due day for",
        }
    }
}

impl NoteDeed {
    const fn verb(&self) -> &'static str {
        match self {
            Self::Tag { .. } => "tagging",
            Self::Move(_) => "moving",
            Self::Delete => "deleting",
        }
    }

    /// Returns the note as it is afterwards; `None` where it is so already. `deck` is
    /// the one that notes are moved to, where it is there.
    fn after(&self, note: &Note, deck: Option<DeckKey>) -> Option<(Note, Was)> {
        let mut after = note.clone();
        let was = match self {
            Self::Tag { add, remove } => {
                let kept = note.fields.tags.iter().filter(|tag| !remove.contains(tag));
                after.fields.tags = crate::domain::note::tags(kept.chain(add).map(String::as_str));
                Was::Tags(note.fields.tags.clone())
            }
            Self::Move(_) => {
                // A deck that is not there yet holds none of the notes.
                after.deck = deck.unwrap_or(DeckKey(0));
                Was::Deck(note.deck)
            }
            Self::Delete => {
                after.deleted = Deleted::ByLearner;
                Was::Deleted(note.deleted)
            }
        };
        (after != *note).then_some((after, was))
    }
}

impl Chosen {
    fn holds(&self, card: &Card) -> bool {
        self.cards.as_ref().is_none_or(|cards| cards.contains(&card.uid))
    }
}

impl App {
    /// Returns what a bulk would come to. Nothing is written.
    ///
    /// # Errors
    /// The store.
    pub fn preview(&self, chosen: &[Chosen], bulk: &Bulk, today: Day) -> Result<Preview> {
        self.store.view(|store| {
            let mut preview = Preview::default();
            let deck = match bulk {
                Bulk::Notes(NoteDeed::Move(name)) => store.deck(name)?.map(|deck| deck.key),
                _ => None,
            };
            for one in chosen {
                let Some(note) = there(store, one.note)? else { continue };
                let cards = store.cards_of(note.key)?;
                match bulk {
                    Bulk::Notes(deed) if deed.after(&note, deck).is_some() => {
                        preview.notes += 1;
                        preview.cards += cards.len();
                    }
                    Bulk::Notes(_) => preview.kept += 1,
                    Bulk::Cards(deed) => {
                        let (changed, kept): (Vec<&Card>, Vec<&Card>) = cards
                            .iter()
                            .filter(|card| one.holds(card))
                            .partition(|card| deed.decide(&card.state, today).is_ok());
                        preview.notes += usize::from(!changed.is_empty());
                        preview.cards += changed.len();
                        preview.kept += kept.len();
                    }
                }
            }
            Ok(preview)
        })
    }

    /// Does a bulk as one transaction and one step of a session. Before many notes are
    /// deleted, a backup is made. Chosen notes that are gone are left out.
    ///
    /// # Errors
    /// The store; nothing is changed then.
    pub fn bulk_in(
        &self,
        session: &mut Session,
        chosen: &[Chosen],
        bulk: &Bulk,
        now: Now,
    ) -> Result<Change> {
        let (change, work, what) = match bulk {
            Bulk::Cards(deed) => {
                let (change, events) = self.do_to_cards(chosen, *deed, now)?;
                let cards = plural(change.cards.len(), "card");
                let notes = change.notes.clone();
                (change, Work::Cards(events, notes), format!("{} {cards}", deed.verb()))
            }
            Bulk::Notes(deed) => {
                if *deed == NoteDeed::Delete && chosen.len() > MANY {
                    self.backup_before("delete", now)?;
                }
                let (change, puts) = self.do_to_notes(chosen, deed, now)?;
                let notes = plural(change.notes.len(), "note");
                (change, Work::Notes(puts), format!("{} {notes}", deed.verb()))
            }
        };
        if !change.notes.is_empty() {
            session.did_to_notes(what, work);
        }
        Ok(change)
    }

    fn do_to_cards(
        &self,
        chosen: &[Chosen],
        deed: CardDeed,
        now: Now,
    ) -> Result<(Change, Vec<Uid>)> {
        self.store.transact(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let (mut change, mut events) = (Change::default(), Vec::new());
            for one in chosen {
                let Some(note) = there(store, one.note)? else { continue };
                let before = change.cards.len();
                for card in store.cards_of(note.key)?.iter().filter(|card| one.holds(card)) {
                    match deed.decide(&card.state, now.day) {
                        Ok(action) => {
                            events.push(log(store, card, action, now, None, &decks)?.0.id);
                            change.cards.push(card.uid);
                        }
                        Err(why) => change.kept.push(Kept { id: card.uid, why: why.to_owned() }),
                    }
                }
                if change.cards.len() > before {
                    change.notes.push(note.uid);
                }
            }
            Ok((change, events))
        })
    }

    fn do_to_notes(&self, chosen: &[Chosen], deed: &NoteDeed, now: Now) -> Result<(Change, Puts)> {
        self.transact_on_decks(|store| {
            let stamp = store.stamp(now.at_ms)?;
            let (mut puts, mut made) = (Puts::default(), Vec::new());
            let deck = match deed {
                NoteDeed::Move(name) => Some(store.deck_or_new(name, stamp, &mut made)?),
                _ => None,
            };
            for name in made {
                puts.decks.extend(store.deck(&name)?.map(|deck| (deck.key, true)));
            }
            let mut change = Change::default();
            for one in chosen {
                let Some(note) = there(store, one.note)? else { continue };
                let cards = store.cards_of(note.key)?;
                if let Some((after, was)) = deed.after(&note, deck) {
                    write(store, &note, after, stamp, now)?;
                    change.notes.push(note.uid);
                    change.cards.extend(cards.iter().map(|card| card.uid));
                    puts.notes.push((note.uid, was));
                } else {
                    let why = "it is so already".to_owned();
                    change.kept.push(Kept { id: note.uid, why });
                }
            }
            Ok((change, puts))
        })
    }

    /// Puts notes back as they were and returns what brings the change again. Must run
    /// inside a transaction.
    pub(super) fn put_back(&self, puts: &Puts, now: Now) -> Result<Puts> {
        let store = &self.store;
        let stamp = store.stamp(now.at_ms)?;
        let mut again = Puts::default();
        for (deck, _) in puts.decks.iter().filter(|(_, is_hidden)| !is_hidden) {
            store.show_deck(*deck)?;
            again.decks.push((*deck, true));
        }
        for (uid, was) in &puts.notes {
            let Some(note) = store.note_by_uid(*uid)? else { continue };
            let mut after = note.clone();
            let is_now = match was {
                Was::Tags(tags) => {
                    Was::Tags(std::mem::replace(&mut after.fields.tags, tags.clone()))
                }
                Was::Deck(deck) => Was::Deck(std::mem::replace(&mut after.deck, *deck)),
                Was::Deleted(was) => Was::Deleted(std::mem::replace(&mut after.deleted, *was)),
            };
            write(store, &note, after, stamp, now)?;
            again.notes.push((*uid, is_now));
        }
        for (deck, _) in puts.decks.iter().filter(|(_, is_hidden)| *is_hidden).rev() {
            if hide_unused(store, *deck, stamp)? {
                // Those above come first again.
                again.decks.insert(0, (*deck, false));
            }
        }
        Ok(again)
    }
}

/// Returns a note that was not deleted.
fn there(store: &Store, note: Uid) -> Result<Option<Note>> {
    Ok(store.note_by_uid(note)?.filter(|note| note.deleted == Deleted::No))
}

/// Writes a changed note and keeps what it was.
fn write(store: &Store, before: &Note, mut after: Note, stamp: i64, now: Now) -> Result<()> {
    store.keep_edit(before, now.at_ms, stamp, None)?;
    after.snapshot = kept_snapshot(before, &after.fields);
    after.stamp = stamp;
    Ok(store.update_note(&after)?)
}
