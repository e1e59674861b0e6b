//! Notes by hand: adding, editing, deleting, moving; and what is done to cards.

use crate::domain::cloze;
use crate::domain::text::{fold, nfc};
use crate::domain::{Day, DeckName, Field, Fields, Kind, Now, Slot, Uid};
use crate::error::Error;
use crate::store::{Deleted, Inserts, Note, NoteKey, Store};

use super::bulk::CardDeed;
use super::decks::Decks;
use super::foreign::gaps;
use super::merge::kept_snapshot;
use super::review::log;
use super::turn::slots;
use super::{App, Change, Kept, Result};

/// A note to add.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewNote {
    /// Its deck; made where it is missing.
    pub deck: Option<DeckName>,
    /// Its text.
    pub fields: Fields,
}

/// More notes than this are not deleted without a backup.
pub const MANY: usize = 10;

/// Where notes without a deck go.
const DEFAULT_DECK: &str = "Default";

/// Returns the id of the `ordinal`-th note with this text in a deck.
///
/// Two machines that import the same file make the same ids.
pub(super) fn note_uid(deck: &DeckName, front: &str, reading: &str, ordinal: u32) -> Uid {
    let (front, reading) = (fold(front), fold(reading));
    let ordinal = ordinal.to_le_bytes();
    let parts = [deck.as_str().as_bytes(), front.as_bytes(), reading.as_bytes(), &ordinal[..]];
    Uid::derive("note", parts)
}

/// Returns the first `count` ordinals under which ids for this text are free.
pub(super) fn free_ordinals(
    store: &Store,
    deck: &DeckName,
    fields: &Fields,
    count: usize,
) -> Result<Vec<u32>> {
    let mut free = Vec::with_capacity(count);
    let mut ordinal = 0;
    while free.len() < count {
        let uid = note_uid(deck, &fields.front, &fields.reading, ordinal);
        if store.note_by_uid(uid)?.is_none_or(|old| old.deleted == Deleted::WithImport) {
            free.push(ordinal);
        }
        ordinal += 1;
    }
    Ok(free)
}

/// Stores a note under the first free id for its text from an ordinal on, with
/// the cards given.
pub(super) fn store_new(
    store: &Store,
    inserts: &mut Inserts<'_>,
    deck: &DeckName,
    mut note: Note,
    slots: &[crate::domain::Slot],
    batch: i64,
    mut ordinal: u32,
) -> Result<Note> {
    let (mut known, mut is_back) = (Vec::new(), false);
    note.key = loop {
        note.uid = note_uid(deck, &note.fields.front, &note.fields.reading, ordinal);
        match inserts.note(&note)? {
            Some(key) => break key,
            None => match store.note_by_uid(note.uid)? {
                // It was here before its import was taken back: its log goes on.
                Some(old) if old.deleted == Deleted::WithImport => {
                    note.key = old.key;
                    store.update_note(&note)?;
                    known = store.cards_of(old.key)?;
                    is_back = true;
                    break old.key;
                }
                _ => ordinal += 1,
            },
        }
    };
    for slot in slots.iter().filter(|slot| known.iter().all(|card| card.slot != **slot)) {
        if is_back {
            store.insert_card(note.key, *slot, note.deck, batch, None)?;
        } else {
            inserts.card(note.key, *slot, note.deck, batch)?;
        }
    }
    Ok(note)
}

impl App {
    /// Adds a note with its cards; cloze text makes one for each of its gaps.
    ///
    /// # Errors
    /// A front that is empty, or a back where the front has no gaps, or the store.
    pub fn add(&self, new: NewNote, now: Now) -> Result<Change> {
        Ok(self.add_with_decks(new, now)?.0)
    }

    /// Does the same and returns the decks that were made, too.
    pub(super) fn add_with_decks(&self, new: NewNote, now: Now) -> Result<(Change, Vec<DeckName>)> {
        let fields = complete(new.fields)?;
        let name = match new.deck {
            Some(name) => name,
            None => DEFAULT_DECK.parse().map_err(|error| Error::Invalid(format!("{error}")))?,
        };
        self.transact_on_decks(|store| {
            let stamp = store.stamp(now.at_ms)?;
            let mut made = Vec::new();
            let deck = store.deck_or_new(&name, stamp, &mut made)?;
            let direction = Decks::load(store, &self.config.deck)?.settings(deck).direction;
            let gaps = gaps(&fields.front);
            let note = Note {
                key: NoteKey(0),
                uid: Uid([0; 16]),
                deck,
                kind: Kind::Term,
                fields,
                ext_id: None,
                source: None,
                born: None,
                import: None,
                snapshot: None,
                added_ms: now.at_ms,
                stamp,
                deleted: Deleted::No,
            };
            let slots = gaps.as_deref().unwrap_or_else(|| slots(Kind::Term, direction));
            let inserts = &mut store.inserts()?;
            let note = store_new(store, inserts, &name, note, slots, now.at_ms, 0)?;
            Ok((changed(store, &[note])?, made))
        })
    }

    /// Changes fields of the note that `id` names.
    ///
    /// # Errors
    /// A note that does not exist, a front or a back that would be empty, or the store.
    pub fn edit(&self, id: &str, changes: &[(Field, String)], now: Now) -> Result<Change> {
        self.store.transact(|store| {
            let note = self.find_note(id)?;
            let mut fields = note.fields.clone();
            for (field, text) in changes {
                fields.set(*field, text);
            }
            let fields = complete(fields)?;
            if fields == note.fields {
                return Ok(Change::default());
            }
            let stamp = store.stamp(now.at_ms)?;
            store.keep_edit(&note, now.at_ms, stamp, None)?;
            let snapshot = kept_snapshot(&note, &fields);
            let after = Note { fields, snapshot, stamp, ..note.clone() };
            store.update_note(&after)?;
            follow_gaps(store, &note, &after, now)?;
            changed(store, &[note])
        })
    }

    /// Deletes notes. Their log stays, and no import brings them back by itself.
    ///
    /// # Errors
    /// A note that does not exist, or the store.
    pub fn delete(&self, ids: &[String], now: Now) -> Result<Change> {
        if ids.len() > MANY {
            self.backup_before("delete", now)?;
        }
        self.change_notes(ids, now, |_, note| {
            note.deleted = Deleted::ByLearner;
            Ok(())
        })
    }

    /// Moves notes with their cards and schedules to a deck, made where it is missing.
    ///
    /// # Errors
    /// A note that does not exist, or the store.
    pub fn move_notes(&self, deck: &DeckName, ids: &[String], now: Now) -> Result<Change> {
        let change = self.change_notes(ids, now, |store, note| {
            note.deck = store.deck_or_new(deck, note.stamp, &mut Vec::new())?;
            Ok(())
        })?;
        Ok(change)
    }

    /// Adds and takes away tags of notes.
    ///
    /// # Errors
    /// A note that does not exist, or the store.
    pub fn tag(
        &self,
        add: &[String],
        remove: &[String],
        ids: &[String],
        now: Now,
    ) -> Result<Change> {
        self.change_notes(ids, now, |_, note| {
            let old = std::mem::take(&mut note.fields.tags);
            let kept = old.iter().filter(|tag| !remove.contains(tag));
            note.fields.tags = crate::domain::note::tags(kept.chain(add).map(String::as_str));
            Ok(())
        })
    }

    fn change_notes(
        &self,
        ids: &[String],
        now: Now,
        change: impl Fn(&Store, &mut Note) -> Result<()>,
    ) -> Result<Change> {
        self.transact_on_decks(|store| {
            let notes = ids.iter().map(|id| self.find_note(id)).collect::<Result<Vec<_>>>()?;
            let stamp = store.stamp(now.at_ms)?;
            let mut touched = Vec::new();
            for before in notes {
                let mut note = before.clone();
                change(store, &mut note)?;
                if note == before {
                    continue;
                }
                store.keep_edit(&before, now.at_ms, stamp, None)?;
                note.snapshot = kept_snapshot(&before, &note.fields);
                note.stamp = stamp;
                store.update_note(&note)?;
                touched.push(before);
            }
            changed(store, &touched)
        })
    }

    /// Suspends cards.
    ///
    /// # Errors
    /// A card that does not exist, or the store.
    pub fn suspend(&self, cards: &[String], now: Now) -> Result<Change> {
        self.act(cards, now, CardDeed::Suspend)
    }

    /// Puts suspended cards back.
    ///
    /// # Errors
    /// A card that does not exist, or the store.
    pub fn unsuspend(&self, cards: &[String], now: Now) -> Result<Change> {
        self.act(cards, now, CardDeed::Unsuspend)
    }

    /// Hides cards until the study day ends.
    ///
    /// # Errors
    /// A card that does not exist, or the store.
    pub fn bury(&self, cards: &[String], now: Now) -> Result<Change> {
        self.act(cards, now, CardDeed::Bury)
    }

    /// Makes cards new again.
    ///
    /// # Errors
    /// A card that does not exist, or the store.
    pub fn reset(&self, cards: &[String], now: Now) -> Result<Change> {
        self.act(cards, now, CardDeed::Reset)
    }

    /// Moves the due day of cards.
    ///
    /// # Errors
    /// A card that does not exist, or the store.
    pub fn set_due(&self, cards: &[String], due: Day, now: Now) -> Result<Change> {
        self.act(cards, now, CardDeed::SetDue(due))
    }

    fn act(&self, ids: &[String], now: Now, deed: CardDeed) -> Result<Change> {
        self.store.transact(|store| {
            let cards = ids.iter().map(|id| self.find_card(id)).collect::<Result<Vec<_>>>()?;
            let decks = Decks::load(store, &self.config.deck)?;
            let mut change = Change::default();
            for card in cards {
                match deed.decide(&card.state, now.day) {
                    Ok(action) => {
                        log(store, &card, action, now, None, &decks)?;
                        change.cards.push(card.uid);
                        change.notes.push(store.note(card.key.note())?.uid);
                    }
                    Err(why) => change.kept.push(Kept { id: card.uid, why: why.to_owned() }),
                }
            }
            change.notes.dedup();
            Ok(change)
        })
    }
}

/// Returns fields in stored form: NFC, trimmed.
pub(super) fn clean(fields: Fields) -> Fields {
    let text = |text: String| nfc(text.trim().to_owned());
    Fields {
        front: text(fields.front),
        back: text(fields.back),
        reading: text(fields.reading),
        note: text(fields.note),
        example: text(fields.example),
        source: text(fields.source),
        tags: crate::domain::note::tags(fields.tags.iter().map(String::as_str)),
    }
}

/// Returns fields in stored form that make a note.
fn complete(fields: Fields) -> Result<Fields> {
    let fields = clean(fields);
    // The gaps of cloze text are what is to be remembered.
    let needs_back = !cloze::is_cloze(&fields.front);
    if fields.front.is_empty() || (needs_back && fields.back.is_empty()) {
        return Err(Error::Invalid("a note needs a front and a back".to_owned()));
    }
    Ok(fields)
}

/// Gives an edited note a card for each gap that came to its text, and takes those
/// away whose gap went, unless they were answered.
fn follow_gaps(store: &Store, before: &Note, after: &Note, now: Now) -> Result<()> {
    let old = cloze::numbers(&before.fields.front);
    let new = cloze::numbers(&after.fields.front);
    if old == new {
        return Ok(());
    }
    let cards = store.cards_of(before.key)?;
    for slot in new.difference(&old).map(|n| Slot::Gap(*n)) {
        if cards.iter().all(|card| card.slot != slot) {
            store.insert_card(after.key, slot, after.deck, now.at_ms, None)?;
        }
    }
    for slot in old.difference(&new).map(|n| Slot::Gap(*n)) {
        for card in cards.iter().filter(|card| card.slot == slot) {
            if store.log_of(card.key)?.is_empty() {
                store.withdraw_card(card.key)?;
            }
        }
    }
    Ok(())
}

fn changed(store: &Store, notes: &[Note]) -> Result<Change> {
    let mut change = Change::default();
    for note in notes {
        change.notes.push(note.uid);
        change.cards.extend(store.cards_of(note.key)?.into_iter().map(|card| card.uid));
    }
    Ok(change)
}
