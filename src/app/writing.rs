//! Writing notes: what is looked up while one is typed, adding it, and the way back.

use std::collections::HashMap;

use crate::domain::text::fold;
use crate::domain::{DeckName, Fields, Now, Uid};
use crate::store::{DeckKey, Deleted, Note, NoteKey};

use super::decks::hide_unused;
use super::{App, NewNote, Result};

/// Fronts of a deck that are looked at in one go.
const STEP: u32 = 20_000;

/// Notes with the same front that are told by their backs, at most.
const MOST_TOLD: usize = 3;

/// The newest notes whose tags are offered.
const TAGGED: u32 = 20_000;

/// A note that was added by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// The note.
    pub note: Uid,
    /// Its deck.
    pub deck: DeckName,
    /// Its cards.
    pub cards: usize,
    /// Decks that were made for it, parents first.
    made: Vec<DeckName>,
}

impl Added {
    /// Returns what an addition came to, the decks that it made given.
    #[must_use]
    pub const fn new(note: Uid, deck: DeckName, cards: usize, made: Vec<DeckName>) -> Self {
        Self { note, deck, cards, made }
    }
}

/// A front as it is typed, and where it would stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The deck of a new note; `None` where the note is there and has one.
    pub deck: Option<DeckName>,
    /// The note that is edited.
    pub note: Option<Uid>,
    /// The front.
    pub front: String,
}

/// The other notes of a deck with the same front.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Twins {
    /// How many there are.
    pub count: usize,
    /// The backs of the first of them.
    pub backs: Vec<String>,
    /// Whether the whole deck was looked through.
    pub is_whole: bool,
}

/// The fronts of the deck that was looked through last, so that typing does not
/// look through it again.
#[derive(Debug, Default)]
pub struct FrontMemory {
    deck: Option<DeckKey>,
    /// The state of the collection that it is about.
    as_of: (i64, i64),
    /// Hashes of the folded fronts, and whose they are.
    fronts: Vec<(u64, NoteKey)>,
    /// The front and the note behind which to go on; `None` when all of the deck is there.
    rest: Option<(String, NoteKey)>,
}

impl App {
    /// Adds a note with its cards, so that it can be taken back.
    ///
    /// # Errors
    /// See [`App::add`].
    pub fn write_note(&self, deck: DeckName, fields: Fields, now: Now) -> Result<Added> {
        let new = NewNote { deck: Some(deck.clone()), fields };
        let (change, made) = self.add_with_decks(new, now)?;
        let note = change.notes.first().copied().unwrap_or(Uid([0; 16]));
        Ok(Added::new(note, deck, change.cards.len(), made))
    }

    /// Takes an added note back with the decks made for it; once a card of it was
    /// answered, it is deleted and its log stays.
    ///
    /// # Errors
    /// The store.
    pub fn unwrite_note(&self, added: &Added, now: Now) -> Result<()> {
        self.store.transact(|store| {
            let stamp = store.stamp(now.at_ms)?;
            match store.note_by_uid(added.note)? {
                Some(note) if store.has_log(note.key)? => {
                    store.keep_edit(&note, now.at_ms, stamp, None)?;
                    store.update_note(&Note { deleted: Deleted::ByLearner, stamp, ..note })?;
                }
                Some(note) => store.remove_note(note.key)?,
                None => {}
            }
            for name in added.made.iter().rev() {
                if let Some(deck) = store.deck(name)? {
                    hide_unused(store, deck.key, stamp)?;
                }
            }
            Ok(())
        })
    }

    /// Looks for notes of the deck with the front that is typed, compared as an import
    /// compares. A large deck is looked through piece by piece: ask again until the
    /// answer is whole.
    ///
    /// # Errors
    /// The store.
    pub fn twins(&self, memory: &mut FrontMemory, typed: &Typed) -> Result<Twins> {
        self.store.view(|store| {
            let own = typed.note.map(|uid| store.note_by_uid(uid)).transpose()?.flatten();
            let deck = match (&own, &typed.deck) {
                (Some(note), _) => Some(note.deck),
                (None, Some(name)) => store.deck(name)?.map(|deck| deck.key),
                (None, None) => None,
            };
            let front = fold(&typed.front);
            let Some(deck) = deck.filter(|_| !front.is_empty()) else {
                return Ok(Twins { is_whole: true, ..Twins::default() });
            };
            let as_of = store.clock()?;
            if memory.deck != Some(deck) || memory.as_of != as_of {
                let (fronts, rest) = (Vec::new(), Some((String::new(), NoteKey(0))));
                *memory = FrontMemory { deck: Some(deck), as_of, fronts, rest };
            }
            if let Some(after) = memory.rest.take() {
                let step = store.fronts_of_deck(deck, &after, STEP)?;
                memory.fronts.extend(step.iter().map(|(text, key)| (hash(&fold(text)), *key)));
                memory.rest = step.into_iter().nth(STEP as usize - 1);
            }
            let wanted = hash(&front);
            let mut twins = Twins { is_whole: memory.rest.is_none(), ..Twins::default() };
            for (_, key) in memory.fronts.iter().filter(|(hash, _)| *hash == wanted) {
                if own.as_ref().is_some_and(|own| own.key == *key) {
                    continue;
                }
                twins.count += 1;
                if twins.backs.len() < MOST_TOLD {
                    twins.backs.push(store.note(*key)?.fields.back);
                }
            }
            Ok(twins)
        })
    }

    /// Returns the tags of the newest notes, the commonest first.
    ///
    /// # Errors
    /// The store.
    pub fn tags_in_use(&self) -> Result<Vec<String>> {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for tag in self.store.newest_tags(TAGGED)? {
            *counts.entry(tag).or_default() += 1;
        }
        let mut tags: Vec<(String, usize)> = counts.into_iter().collect();
        tags.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(tags.into_iter().map(|(tag, _)| tag).collect())
    }
}

fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::domain::{Day, Field, Grade};

    const NOW: Now = Now { at_ms: 1_795_392_000_000, offset_min: 0, day: Day(20_780) };

    fn app() -> App {
        App::in_memory(Config::default(), NOW).unwrap()
    }

    fn fields(front: &str, back: &str) -> Fields {
        Fields { front: front.into(), back: back.into(), ..Fields::default() }
    }

    fn add(app: &App, deck: &str, front: &str, back: &str) -> Added {
        app.write_note(deck.parse().unwrap(), fields(front, back), NOW).unwrap()
    }

    fn twins(app: &App, memory: &mut FrontMemory, deck: &str, front: &str) -> Twins {
        let deck = Some(deck.parse().unwrap());
        let typed = Typed { deck, note: None, front: front.into() };
        app.twins(memory, &typed).unwrap()
    }

    #[test]
    fn twins_are_found_as_an_import_compares_in_the_same_deck_only() {
        let app = app();
        add(&app, "Chinese", "國家　ＡＩ", "state");
        let second = add(&app, "Chinese", "国家 ai", "country");
        add(&app, "Chinese", "国", "land");
        add(&app, "Other", "国家 ai", "elsewhere");
        let memory = &mut FrontMemory::default();
        let found = twins(&app, memory, "Chinese", " 国家 AI ");
        let mut backs = found.backs.clone();
        backs.sort();
        assert_eq!((found.count, found.is_whole), (2, true));
        assert_eq!(backs, ["country", "state"]);
        assert_eq!(twins(&app, memory, "Nowhere", "国家 ai").count, 0);
        assert_eq!(twins(&app, memory, "Chinese", "  ").count, 0);
        let own = Typed { deck: None, note: Some(second.note), front: "国家 AI".into() };
        assert_eq!(
            app.twins(memory, &own).unwrap().backs,
            ["state"],
            "a note is no twin of itself"
        );
    }

    #[test]
    fn what_was_added_since_is_found_too() {
        let app = app();
        let memory = &mut FrontMemory::default();
        add(&app, "A", "one", "1");
        assert_eq!(twins(&app, memory, "A", "two").count, 0);
        let two = add(&app, "A", "two", "2");
        assert_eq!(twins(&app, memory, "A", "two").count, 1);
        app.unwrite_note(&two, NOW).unwrap();
        assert_eq!(twins(&app, memory, "A", "two").count, 0);
    }

    #[test]
    fn the_fronts_of_a_deck_come_in_pieces_without_a_gap() {
        let app = app();
        for n in 0..7 {
            add(&app, "A", ["x", "x", "y"][n % 3], &n.to_string());
        }
        let deck = app.decks().unwrap().list[0].key;
        let (mut seen, mut after) = (Vec::new(), (String::new(), NoteKey(0)));
        loop {
            let step = app.store.fronts_of_deck(deck, &after, 2).unwrap();
            let Some(last) = step.last() else { break };
            after = last.clone();
            seen.extend(step.into_iter().map(|(front, _)| front));
        }
        assert_eq!(seen, ["x", "x", "x", "x", "x", "y", "y"]);
    }

    #[test]
    fn an_added_note_goes_with_the_decks_that_were_made_for_it() {
        let app = app();
        add(&app, "Kept", "a", "b");
        let below = add(&app, "Kept::New::Deep", "c", "d");
        app.unwrite_note(&below, NOW).unwrap();
        let names: Vec<_> = app.deck_names().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(names, ["Kept"]);
        assert!(app.doctor().unwrap().ok);
    }

    #[test]
    fn a_deck_that_was_given_options_meanwhile_stays() {
        let mut app = app();
        let added = add(&app, "New", "a", "b");
        app.set_deck("New", &[("new_per_day".into(), "3".into())], NOW).unwrap();
        app.unwrite_note(&added, NOW).unwrap();
        let lines = app.deck_lines(NOW.day).unwrap();
        let kept: Vec<_> = lines.iter().map(|line| line.options.new_per_day.left(0)).collect();
        assert_eq!(kept, [3]);
    }

    #[test]
    fn an_added_note_that_was_answered_is_deleted_and_its_log_stays() {
        let app = app();
        let added = add(&app, "A", "a", "b");
        let card = crate::store::card_uid(added.note, crate::domain::Slot::Forward);
        app.answer(&card.to_string(), Grade::GOOD, 0, false, NOW).unwrap();
        app.unwrite_note(&added, NOW).unwrap();
        assert_eq!(app.store.note_by_uid(added.note).unwrap().unwrap().deleted, Deleted::ByLearner);
        assert!(app.doctor().unwrap().ok);
    }

    #[test]
    fn cards_follow_the_gaps_of_cloze_text() {
        let app = app();
        let added = add(&app, "A", "{{c1::Rome}} is {{c2::old}}", "");
        assert_eq!(added.cards, 2);
        let slots = || {
            let note = app.store.note_by_uid(added.note).unwrap().unwrap();
            let cards = app.store.cards_of(note.key).unwrap();
            cards.iter().map(|card| card.slot.to_string()).collect::<Vec<_>>()
        };
        let edit = |front: &str| {
            app.edit(&added.note.to_string(), &[(Field::Front, front.to_owned())], NOW).unwrap();
        };
        edit("{{c1::Rome}} is {{c3::eternal}}");
        assert_eq!(slots(), ["c1", "c3"]);
        let third = crate::store::card_uid(added.note, crate::domain::Slot::Gap(3));
        app.answer(&third.to_string(), Grade::GOOD, 0, false, NOW).unwrap();
        edit("{{c1::Rome}} is {{c2::old}}");
        assert_eq!(slots(), ["c1", "c2", "c3"], "a card that was answered stays");
        assert!(app.doctor().unwrap().ok);
    }

    #[test]
    fn tags_are_offered_commonest_first() {
        let app = app();
        for (front, tags) in [("x", &["b", "a"][..]), ("y", &["b"]), ("z", &[])] {
            let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
            let fields = Fields { tags, ..fields(front, "back") };
            app.write_note("A".parse().unwrap(), fields, NOW).unwrap();
        }
        assert_eq!(app.tags_in_use().unwrap(), ["b", "a"]);
    }
}
