//! What of a shard matches a query.

use std::collections::{HashMap, HashSet};

use unicode_segmentation::UnicodeSegmentation;

use super::bits::Bits;
use super::query::{Is, Measure, Node, Query, Rated, may_be_spelt};
use super::shard::{CardEntry, FIELDS, Shard};
use crate::domain::text::is_han;
use crate::domain::{Day, DeckName, Drill, Field, Now, Uid};
use crate::sched::drill;

const DAY_MS: i64 = 86_400_000;

/// What a query needs to know besides the notes.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The moment.
    pub now: Now,
    /// The decks by their numbers.
    pub decks: HashMap<i64, Place>,
    /// The cards that were answered so: a note's number times 1024 and that of the slot.
    pub rated: HashMap<Rated, HashSet<i64>>,
    /// The cards whose id begins so, in the same way.
    pub cards: HashMap<String, HashSet<i64>>,
}

/// A deck, in so far as a query can ask for it.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its full name.
    pub name: DeckName,
    /// Which answers bring a card back on the same day.
    pub drill: Drill,
}

/// The cards of a shard that match, and with them their notes.
#[derive(Clone, Debug)]
pub struct Matches {
    cards: Bits,
}

impl Matches {
    /// Whether one of a note's cards matches.
    #[must_use]
    pub fn has_note(&self, shard: &Shard, at: usize) -> bool {
        shard.card_range(at).any(|card| self.cards.holds(card))
    }

    /// Whether the `nth` card of a note matches. Where the shard was made without
    /// cards, the note speaks for all of them.
    #[must_use]
    pub fn has_card(&self, shard: &Shard, at: usize, nth: usize) -> bool {
        let range = shard.card_range(at);
        let speaks_for_all = shard.cards.get(range.start).is_some_and(|card| !card.is_card());
        self.cards.holds(if speaks_for_all { range.start } else { range.start + nth })
    }

    /// Returns the places of the notes that match, in order.
    pub fn notes<'a>(&'a self, shard: &'a Shard) -> impl Iterator<Item = usize> + 'a {
        (0..shard.len()).filter(|at| self.has_note(shard, *at))
    }
}

impl Query {
    /// Returns what of a shard matches.
    #[must_use]
    pub fn matches(&self, shard: &Shard, scene: &Scene) -> Matches {
        Matches { cards: Look { shard, scene }.cards(&self.0) }
    }

    /// Returns what a field must be to match this exactly; such notes come first.
    #[must_use]
    pub fn exact_texts(&self) -> Vec<&str> {
        fn gather<'a>(node: &'a Node, texts: &mut Vec<&'a str>) {
            match node {
                Node::All(nodes) | Node::Any(nodes) => {
                    for node in nodes {
                        gather(node, texts);
                    }
                }
                Node::Word(text) | Node::Phrase(text) => texts.push(text),
                Node::In(field, text) if field_number(*field).is_some() => texts.push(text),
                _ => {}
            }
        }
        let mut texts = Vec::new();
        gather(&self.0, &mut texts);
        texts
    }
}

impl Shard {
    /// Whether front, back, reading or note is exactly one of these texts.
    #[must_use]
    pub fn is_exact(&self, at: usize, texts: &[&str]) -> bool {
        !texts.is_empty() && (0..FIELDS).any(|part| texts.contains(&self.text(at, part)))
    }
}

/// Returns the number of a field among those that words are looked for in.
const fn field_number(field: Field) -> Option<usize> {
    match field {
        Field::Front => Some(0),
        Field::Back => Some(1),
        Field::Reading => Some(2),
        Field::Note => Some(3),
        Field::Example | Field::Source | Field::Tags => None,
    }
}

/// A look at one shard.
struct Look<'a> {
    shard: &'a Shard,
    scene: &'a Scene,
}

impl Look<'_> {
    fn none(&self) -> Bits {
        Bits::none(self.shard.cards.len())
    }

    fn all(&self) -> Bits {
        Bits::all(self.shard.cards.len())
    }

    fn cards(&self, node: &Node) -> Bits {
        match node {
            Node::All(nodes) => {
                let mut found = self.all();
                for node in nodes {
                    if found.is_empty() {
                        break;
                    }
                    found.and(&self.cards(node));
                }
                found
            }
            Node::Any(nodes) => {
                let mut found = self.none();
                for node in nodes {
                    found.or(&self.cards(node));
                }
                found
            }
            Node::Not(node) => {
                let mut found = self.cards(node);
                found.not();
                found
            }
            Node::Is(_) | Node::Card(_) | Node::Number(..) | Node::Rated(_) | Node::Id(_) => {
                self.by_card(node)
            }
            _ => self.by_note(node),
        }
    }

    /// Looks at what is asked of notes: all cards of a note match, or none.
    fn by_note(&self, node: &Node) -> Bits {
        let mut found = self.none();
        let mut insert = |at: usize| self.shard.card_range(at).for_each(|card| found.insert(card));
        let texts = &self.shard.texts;
        match node {
            Node::Word(word) => {
                texts.each_with(word, 0, FIELDS + 1, &mut insert);
                if may_be_spelt(word) {
                    self.shard.guesses.each_with(word, 0, 1, insert);
                }
            }
            Node::Phrase(phrase) => texts.each_with(phrase, 0, FIELDS, |at| {
                if (0..FIELDS).any(|part| has_phrase(texts.of(at, part), phrase)) {
                    insert(at);
                }
            }),
            Node::In(field, text) => match (field_number(*field), field) {
                (Some(part), _) => {
                    texts.each_with(text, part, part + 1, &mut insert);
                    if *field == Field::Reading {
                        // As it is typed on a keyboard.
                        texts.each_with(text, FIELDS, FIELDS + 1, insert);
                    }
                }
                (None, Field::Example) => self.shard.asides.each_with(text, 0, 1, insert),
                (None, _) => self.shard.asides.each_with(text, 1, 2, insert),
            },
            Node::Deck(_) | Node::Within(_) => {
                let fits = |deck: &i64| self.scene.decks.get(deck).is_some_and(|p| is_in(node, p));
                let fitting: Vec<bool> = self.shard.decks.iter().map(fits).collect();
                let is_there = |at: &usize| fitting.get(self.shard.nth_deck(*at)) == Some(&true);
                (0..self.shard.len()).filter(is_there).for_each(insert);
            }
            Node::Tag(tag) => {
                let fitting: Vec<bool> =
                    self.shard.tags.iter().map(|own| is_tagged(own, tag)).collect();
                let fits = |nth: &u16| fitting.get(usize::from(*nth)) == Some(&true);
                (0..self.shard.len())
                    .filter(|at| self.shard.tag_numbers_of(*at).iter().any(fits))
                    .for_each(insert);
            }
            Node::Kind(kind) => (0..self.shard.len())
                .filter(|at| self.shard.kind(*at) == Some(*kind))
                .for_each(insert),
            Node::Added(days) => {
                let since = self.scene.now.at_ms.saturating_sub(days.saturating_mul(DAY_MS));
                (0..self.shard.len())
                    .filter(|at| self.shard.added_ms(*at) > since)
                    .for_each(insert);
            }
            _ => {}
        }
        found
    }

    /// Looks at what is asked of single cards.
    fn by_card(&self, node: &Node) -> Bits {
        let mut found = self.none();
        for at in 0..self.shard.len() {
            for nth in self.shard.card_range(at) {
                if let Some(card) = self.shard.cards.get(nth)
                    && self.holds(node, at, card)
                {
                    found.insert(nth);
                }
            }
        }
        found
    }

    fn holds(&self, node: &Node, at: usize, card: &CardEntry) -> bool {
        let today = self.scene.now.day;
        let number = || {
            let key = self.shard.key(at).unwrap_or_default();
            key << 10 | i64::from(card.slot())
        };
        if let Node::Id(digits) = node {
            let is_named = Uid::range(digits).is_some_and(|(low, high)| {
                self.shard.id(at).is_some_and(|id| (low..=high).contains(&id))
            });
            let known = self.scene.cards.get(digits);
            return is_named || known.is_some_and(|cards| cards.contains(&number()));
        }
        card.is_card()
            && match node {
                Node::Is(is) => is.holds(card, today, || {
                    let deck = self.shard.deck(at).and_then(|deck| self.scene.decks.get(&deck));
                    deck.map_or(Drill::Off, |deck| deck.drill)
                }),
                Node::Card(slot) => card.is_slot(*slot),
                Node::Number(measure, order, wanted) => {
                    measure.of(card, today).is_some_and(|own| order.holds(own, *wanted))
                }
                Node::Rated(rated) => {
                    self.scene.rated.get(rated).is_some_and(|cards| cards.contains(&number()))
                }
                _ => false,
            }
    }
}

impl Measure {
    /// Returns the number of a card; a new card has no due day.
    fn of(self, card: &CardEntry, today: Day) -> Option<i64> {
        Some(match self {
            Self::Due => i64::from(card.due()?.since(today)),
            Self::Interval => i64::from(card.interval_d),
            Self::Ease => i64::from(card.ease_centi),
            Self::Lapses => i64::from(card.lapses),
        })
    }
}

impl Is {
    /// Whether it is so with a card; `drill` is looked up where it matters.
    fn holds(self, card: &CardEntry, today: Day, drill: impl FnOnce() -> Drill) -> bool {
        match self {
            Self::New => card.due().is_none(),
            Self::Due => card.is_active(today) && card.due().is_some_and(|due| due <= today),
            Self::Review => card.due().is_some(),
            Self::Suspended => card.suspended,
            Self::Buried => card.is_buried(today),
            Self::Leech => card.leech,
            Self::Drill => card.is_active(today) && drill::is_in(&card.drilled(), today, drill()),
        }
    }
}

/// Whether a deck is one that a query means.
fn is_in(node: &Node, place: &Place) -> bool {
    match node {
        Node::Within(deck) => place.name.is_within(deck),
        Node::Deck(deck) => {
            let name = place.name.as_str().to_lowercase();
            name.strip_prefix(deck.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
                || (!deck.contains("::") && name.split("::").any(|part| part == deck))
        }
        _ => false,
    }
}

/// Whether a folded tag is the one that is asked for, or one below it.
fn is_tagged(own: &str, asked: &str) -> bool {
    match asked.split_once('*') {
        None => {
            own.strip_prefix(asked).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
        }
        Some((start, rest)) => own.strip_prefix(start).is_some_and(|own| fits(own, rest)),
    }
}

/// Whether a text is any text followed by a pattern in which `*` is any text.
fn fits(mut text: &str, mut pattern: &str) -> bool {
    while let Some((part, rest)) = pattern.split_once('*') {
        // The first place leaves most for the rest.
        let Some(at) = text.find(part) else { return false };
        (text, pattern) = (&text[at + part.len()..], rest);
    }
    text.ends_with(pattern)
}

/// Whether `phrase` stands in `text` with word boundaries around it, in scripts
/// that have them.
fn has_phrase(text: &str, phrase: &str) -> bool {
    if phrase.is_empty() || phrase.chars().any(is_han) {
        return text.contains(phrase);
    }
    text.match_indices(phrase)
        .any(|(at, _)| is_boundary(text, at) && is_boundary(text, at + phrase.len()))
}

/// Whether a word begins or ends at a byte of `text`.
fn is_boundary(text: &str, at: usize) -> bool {
    if at == 0 || at == text.len() {
        return true;
    }
    let bytes = text.as_bytes();
    if let (Some(before), Some(after)) = (bytes.get(at - 1), bytes.get(at)) {
        // The common cases need no look at the whole text.
        let (is_word, is_blank) = (u8::is_ascii_alphanumeric, |byte: &u8| *byte == b' ');
        if is_word(before) && is_word(after) {
            return false;
        }
        if (is_blank(before) && is_word(after)) || (is_word(before) && is_blank(after)) {
            return true;
        }
    }
    text.split_word_bound_indices().any(|(start, _)| start == at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_match_whole_words_only() {
        let cases = [
            ("rule of law", "law", true),
            ("lawful", "law", false),
            ("rule of law", "e of l", false),
            ("the law's end", "law", false),
            ("(law)", "law", true),
            ("3.14", "3", false),
            ("人工智能大模型", "智能", true),
            ("à la carte", "la", true),
        ];
        for (text, phrase, wanted) in cases {
            assert_eq!(has_phrase(text, phrase), wanted, "{phrase} in {text}");
        }
    }

    #[test]
    fn a_tag_is_matched_with_those_below_it_and_by_wildcards() {
        let cases = [
            ("city", "city", true),
            ("city::books", "city", true),
            ("cityscape", "city", false),
            ("cityscape", "city*", true),
            ("city::books", "*books", true),
            ("city::books", "*book", false),
            ("city::books", "c*y*k*", true),
            ("aab", "*ab", true),
            ("policy", "*", true),
            ("policy", "p*x", false),
        ];
        for (own, asked, wanted) in cases {
            assert_eq!(is_tagged(own, asked), wanted, "{asked} of {own}");
        }
        assert!(is_tagged("policy", &"*".repeat(1_000_000)), "however long the query is");
    }
}
