//! Searching: what matches a query.

use std::cell::OnceCell;

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::text::{fold, is_han};
use crate::domain::{Day, DeckName, Drill, Kind, Now, Uid};
use crate::sched::drill;
use crate::session::hint;
use crate::store::{Card, Note};

use super::decks::Decks;
use super::query::{Is, Measure, Node, Query};
use super::{App, Result};

/// A note that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundNote {
    /// Its id.
    pub id: Uid,
    /// Full name of its deck.
    pub deck: String,
    /// What it is.
    pub kind: Kind,
    /// Its text.
    pub fields: crate::domain::Fields,
    /// Its cards.
    pub cards: Vec<FoundCard>,
}

/// A card of a note that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundCard {
    /// Its id.
    pub id: Uid,
    /// Which card of the note it is.
    pub slot: crate::domain::Slot,
    /// Its state.
    pub state: crate::domain::State,
    /// Whether the query, in so far as it speaks of cards, fits this one.
    pub matches: bool,
}

/// A note with its text folded for matching.
struct Folded<'a> {
    deck: &'a str,
    note: &'a Note,
    front: String,
    back: String,
    reading: String,
    remark: String,
    /// The reading without tone marks, blanks and apostrophes.
    spelt: String,
    /// The same of the hint, for a note without a reading; made when it is asked for.
    guessed: OnceCell<String>,
}

/// From this length on a word is looked for in hints: shorter ones are in too many.
const GUESSED_FROM: usize = 4;

impl<'a> Folded<'a> {
    fn of(note: &'a Note, deck: &'a str) -> Self {
        let reading = fold(&note.fields.reading);
        Self {
            deck,
            note,
            front: fold(&note.fields.front),
            back: fold(&note.fields.back),
            spelt: spelt(&reading),
            remark: fold(&note.fields.note),
            reading,
            guessed: OnceCell::new(),
        }
    }

    /// Whether a word may be how the front is read, where no reading is written.
    fn may_sound_like(&self, word: &str) -> bool {
        word.len() >= GUESSED_FROM && word.bytes().all(|b| b.is_ascii_lowercase()) && {
            let hint = || hint::hint(&self.note.fields).map_or_else(String::new, |h| spelt(&h));
            self.guessed.get_or_init(hint).contains(word)
        }
    }

    fn texts(&self) -> [&str; 4] {
        [&self.front, &self.back, &self.reading, &self.remark]
    }
}

/// Returns a reading as it is typed on a keyboard: no tones, no blanks.
fn spelt(reading: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    reading
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .filter(|c| c.is_alphanumeric())
        .collect()
}

const DAY_MS: i64 = 86_400_000;

struct Moment {
    at_ms: i64,
    today: Day,
    drill: Drill,
}

impl Node {
    fn matches(&self, note: &Folded<'_>, card: Option<&Card>, now: &Moment) -> bool {
        match self {
            Self::All(nodes) => nodes.iter().all(|node| node.matches(note, card, now)),
            Self::Any(nodes) => nodes.iter().any(|node| node.matches(note, card, now)),
            Self::Not(node) => !node.matches(note, card, now),
            Self::Word(word) => {
                note.texts().iter().any(|text| text.contains(word.as_str()))
                    || (!note.spelt.is_empty() && note.spelt.contains(word.as_str()))
                    || note.may_sound_like(word)
            }
            Self::Phrase(phrase) => note.texts().iter().any(|text| has_phrase(text, phrase)),
            Self::Deck(deck) => {
                let name = note.deck.to_lowercase();
                name.strip_prefix(deck.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
                    || (!deck.contains("::") && name.split("::").any(|part| part == deck))
            }
            Self::Within(deck) => {
                note.deck.parse::<DeckName>().is_ok_and(|name| name.is_within(deck))
            }
            Self::Tag(tag) => note.note.fields.tags.iter().any(|own| {
                let own = fold(own);
                own == *tag || own.strip_prefix(tag.as_str()).is_some_and(|r| r.starts_with("::"))
            }),
            Self::Kind(kind) => note.note.kind == *kind,
            Self::Front(text) => note.front.contains(text.as_str()),
            Self::Back(text) => note.back.contains(text.as_str()),
            Self::Source(text) => fold(&note.note.fields.source).contains(text.as_str()),
            Self::Is(is) => card.is_some_and(|card| is.holds(card, now)),
            Self::Card(slot) => card.is_some_and(|card| card.slot == *slot),
            Self::Added(days) => note.note.added_ms > now.at_ms.saturating_sub(days * DAY_MS),
            Self::Number(measure, order, number) => card
                .and_then(|card| measure.of(card, now.today))
                .is_some_and(|own| order.holds(own, *number)),
        }
    }

    /// Whether a field is exactly what a word or phrase of the query says.
    fn is_exact(&self, note: &Folded<'_>) -> bool {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().any(|node| node.is_exact(note)),
            Self::Word(text) | Self::Phrase(text) | Self::Front(text) | Self::Back(text) => {
                note.texts().contains(&text.as_str())
            }
            _ => false,
        }
    }
}

impl Measure {
    /// Returns the number of a card; a new card has no due day.
    fn of(self, card: &Card, today: Day) -> Option<i64> {
        Some(match self {
            Self::Due => i64::from(card.state.due?.since(today)),
            Self::Interval => i64::from(card.state.interval_d),
            Self::Ease => i64::from(card.state.ease_centi),
            Self::Lapses => i64::from(card.state.lapses),
        })
    }
}

impl Is {
    fn holds(self, card: &Card, now: &Moment) -> bool {
        let state = &card.state;
        match self {
            Self::New => state.due.is_none(),
            Self::Due => {
                state.is_active(now.today) && state.due.is_some_and(|due| due <= now.today)
            }
            Self::Review => state.due.is_some(),
            Self::Suspended => state.suspended.is_some(),
            Self::Buried => state.is_buried(now.today),
            Self::Leech => state.is_leech(),
            Self::Drill => state.is_active(now.today) && drill::is_in(state, now.today, now.drill),
        }
    }
}

/// Whether `phrase` stands in `text` with word boundaries around it, in scripts
/// that have them.
fn has_phrase(text: &str, phrase: &str) -> bool {
    if phrase.is_empty() || phrase.chars().any(is_han) {
        return text.contains(phrase);
    }
    text.match_indices(phrase).any(|(at, _)| {
        let is_boundary = |at: usize| {
            at == 0
                || at == text.len()
                || text.split_word_bound_indices().any(|(start, _)| start == at)
        };
        is_boundary(at) && is_boundary(at + phrase.len())
    })
}

impl App {
    /// Returns the notes that match, those with a field that is exactly what was
    /// asked for first, otherwise in the order of the collection; and how many
    /// there are in all.
    ///
    /// # Errors
    /// The store.
    pub fn search(
        &self,
        query: &Query,
        limit: Option<usize>,
        now: Now,
    ) -> Result<(usize, Vec<FoundNote>)> {
        self.store.view(|_| {
            let decks = self.decks()?;
            let found = self.matching(query, now)?;
            let total = found.len();
            let notes = found
                .into_iter()
                .take(limit.unwrap_or(usize::MAX))
                .map(|(note, cards)| FoundNote {
                    id: note.uid,
                    deck: decks.name(note.deck).map_or_else(String::new, ToString::to_string),
                    kind: note.kind,
                    fields: note.fields,
                    cards,
                })
                .collect();
            Ok((total, notes))
        })
    }

    /// Returns the notes that match with their cards. Must run inside one view.
    pub(super) fn matching(&self, query: &Query, now: Now) -> Result<Vec<(Note, Vec<FoundCard>)>> {
        let decks = Decks::load(&self.store, &self.config.deck)?;
        let (mut exact, mut others) = (Vec::new(), Vec::new());
        self.store.each_note(|note| {
            let deck = decks.name(note.deck).map_or("", |name| name.as_str());
            let moment =
                Moment { at_ms: now.at_ms, today: now.day, drill: decks.settings(note.deck).drill };
            let folded = Folded::of(&note, deck);
            // Most notes are decided by their text, without a look at their cards.
            if !query.0.could_match(&folded, &moment) {
                return Ok(());
            }
            let cards: Vec<FoundCard> = self
                .store
                .cards_of(note.key)?
                .into_iter()
                .map(|card| FoundCard {
                    id: card.uid,
                    slot: card.slot,
                    matches: query.0.matches(&folded, Some(&card), &moment),
                    state: card.state,
                })
                .collect();
            let is_match = if cards.is_empty() {
                query.0.matches(&folded, None, &moment)
            } else {
                cards.iter().any(|card| card.matches)
            };
            if is_match {
                let is_exact = query.0.is_exact(&folded);
                if is_exact { &mut exact } else { &mut others }.push((note, cards));
            }
            Ok(())
        })?;
        exact.append(&mut others);
        Ok(exact)
    }
}

impl Node {
    /// Whether the note's text leaves a match open, whatever its cards are.
    fn could_match(&self, note: &Folded<'_>, now: &Moment) -> bool {
        match self {
            Self::All(nodes) => nodes.iter().all(|node| node.could_match(note, now)),
            Self::Any(nodes) => nodes.iter().any(|node| node.could_match(note, now)),
            Self::Not(_) | Self::Is(_) | Self::Card(_) | Self::Number(..) => true,
            other => other.matches(note, None, now),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_match_whole_words_only() {
        assert!(has_phrase("rule of law", "law"));
        assert!(!has_phrase("lawful", "law"));
        assert!(has_phrase("人工智能大模型", "智能"));
        assert_eq!(spelt("réngōng zhì'néng"), "rengongzhineng");
    }
}
