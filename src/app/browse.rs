//! Searching: the query language and what matches.
//!
//! Words match parts of front, back, reading and note; `"a phrase"` matches whole
//! words; `-word` excludes; `or` and parentheses group; `deck:`, `tag:`, `kind:`,
//! `front:`, `back:`, `source:` and `is:` narrow.

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::text::{fold, is_han};
use crate::domain::{Day, DeckName, Drill, Kind, Now, Uid};
use crate::error::Error;
use crate::sched::drill;
use crate::store::{Card, Note};

use super::decks::Decks;
use super::{App, Result};

/// A query that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query(Node);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Word(String),
    Phrase(String),
    Deck(String),
    /// One deck with those below it, by its full name.
    Within(DeckName),
    Tag(String),
    Kind(Kind),
    Front(String),
    Back(String),
    Source(String),
    Is(Is),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Is {
    New,
    Due,
    Review,
    Suspended,
    Buried,
    Leech,
    Drill,
}

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

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// [`Error::Query`] with the place of the fault.
    pub fn parse(text: &str) -> Result<Self> {
        let tokens = tokens(text)?;
        let mut parser = Parser { text, tokens: &tokens, at: 0 };
        let node = parser.any()?;
        match parser.tokens.get(parser.at) {
            None => Ok(Self(node)),
            Some(token) => Err(fault(text, token.at, "this parenthesis was never opened")),
        }
    }

    /// Returns the query for one deck and those below it.
    #[must_use]
    pub const fn within(deck: DeckName) -> Self {
        Self(Node::Within(deck))
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Token {
    /// Byte position in the query.
    at: usize,
    part: Part,
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Open,
    Close,
    Minus,
    /// A word, maybe with a key before it, and whether its value was quoted.
    Term {
        key: Option<String>,
        value: String,
        quoted: bool,
    },
}

fn fault(query: &str, at: usize, what: &str) -> Error {
    let before = query.get(..at).unwrap_or(query);
    let column = unicode_width::UnicodeWidthStr::width(before);
    Error::Query { query: query.to_owned(), column, what: what.to_owned() }
}

fn tokens(text: &str) -> Result<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some(&(at, c)) = rest.peek() {
        let part = match c {
            _ if c.is_whitespace() => {
                rest.next();
                continue;
            }
            '(' => Part::Open,
            ')' => Part::Close,
            '-' if text[at + 1..].chars().next().is_some_and(|c| !c.is_whitespace()) => Part::Minus,
            _ => {
                tokens.push(Token { at, part: term(text, &mut rest)? });
                continue;
            }
        };
        rest.next();
        tokens.push(Token { at, part });
    }
    Ok(tokens)
}

fn term(text: &str, rest: &mut std::iter::Peekable<std::str::CharIndices<'_>>) -> Result<Part> {
    let (mut key, mut value, mut quoted) = (None, String::new(), false);
    while let Some(&(at, c)) = rest.peek() {
        match c {
            '"' => {
                rest.next();
                quoted = true;
                loop {
                    match rest.next() {
                        Some((_, '"')) => break,
                        Some((_, c)) => value.push(c),
                        None => return Err(fault(text, at, "this quote is never closed")),
                    }
                }
            }
            ':' if key.is_none() && !quoted && KEYS.contains(&value.as_str()) => {
                rest.next();
                key = Some(std::mem::take(&mut value));
            }
            '(' | ')' => break,
            _ if c.is_whitespace() => break,
            _ => {
                value.push(c);
                rest.next();
            }
        }
    }
    Ok(Part::Term { key, value, quoted })
}

const KEYS: &[&str] = &["deck", "tag", "kind", "front", "back", "source", "is"];

struct Parser<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
}

impl Parser<'_> {
    fn is_or(&self) -> bool {
        matches!(self.tokens.get(self.at), Some(Token { part: Part::Term { key: None, value, quoted: false }, .. }) if value == "or")
    }

    fn any(&mut self) -> Result<Node> {
        let mut nodes = vec![self.all()?];
        while self.is_or() {
            self.at += 1;
            nodes.push(self.all()?);
        }
        Ok(if nodes.len() == 1 { nodes.remove(0) } else { Node::Any(nodes) })
    }

    fn all(&mut self) -> Result<Node> {
        let mut nodes = Vec::new();
        while let Some(token) = self.tokens.get(self.at) {
            if token.part == Part::Close || self.is_or() {
                break;
            }
            nodes.push(self.one()?);
        }
        Ok(Node::All(nodes))
    }

    fn one(&mut self) -> Result<Node> {
        let Some(token) = self.tokens.get(self.at) else {
            return Err(fault(self.text, self.text.len(), "something is missing here"));
        };
        self.at += 1;
        match &token.part {
            Part::Minus => Ok(Node::Not(Box::new(self.one()?))),
            Part::Close => Err(fault(self.text, token.at, "something is missing here")),
            Part::Open => {
                let node = self.any()?;
                match self.tokens.get(self.at) {
                    Some(Token { part: Part::Close, .. }) => {
                        self.at += 1;
                        Ok(node)
                    }
                    _ => Err(fault(self.text, token.at, "this parenthesis is never closed")),
                }
            }
            Part::Term { key, value, quoted } => leaf(key.as_deref(), value, *quoted)
                .map_err(|what| fault(self.text, token.at, &what)),
        }
    }
}

fn leaf(key: Option<&str>, value: &str, quoted: bool) -> Result<Node, String> {
    let folded = fold(value);
    Ok(match key {
        None if quoted => Node::Phrase(folded),
        None => Node::Word(folded),
        Some("deck") => Node::Deck(value.to_lowercase()),
        Some("tag") => Node::Tag(folded),
        Some("kind") => Node::Kind(value.parse()?),
        Some("front") => Node::Front(folded),
        Some("back") => Node::Back(folded),
        Some("source") => Node::Source(folded),
        Some(_) => Node::Is(match value {
            "new" => Is::New,
            "due" => Is::Due,
            "review" => Is::Review,
            "suspended" => Is::Suspended,
            "buried" => Is::Buried,
            "leech" => Is::Leech,
            "drill" => Is::Drill,
            _ => {
                return Err(format!(
                    "`is:{value}` is none of new, due, review, suspended, buried, leech, drill"
                ));
            }
        }),
    })
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
}

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

struct Moment {
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
        }
    }

    /// Whether a field is exactly what a word or phrase of the query says.
    fn is_exact(&self, note: &Folded<'_>) -> bool {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().any(|node| node.is_exact(note)),
            Self::Word(text) | Self::Phrase(text) | Self::Front(text) | Self::Back(text) => {
                note.texts().iter().any(|field| *field == text.as_str())
            }
            _ => false,
        }
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
            let moment = Moment { today: now.day, drill: decks.settings(note.deck).drill };
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
            let is_match =
                cards.iter().any(|card| card.matches) || query.0.matches(&folded, None, &moment);
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
            Self::Not(_) | Self::Is(_) => true,
            other => other.matches(note, None, now),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_query_says_where() {
        let cases = [
            ("国家 \"open", 5, "this quote is never closed"),
            ("a (b", 2, "this parenthesis is never closed"),
            ("a) b", 1, "this parenthesis was never opened"),
            (
                "is:late",
                0,
                "`is:late` is none of new, due, review, suspended, buried, leech, drill",
            ),
        ];
        for (query, want, what) in cases {
            match Query::parse(query) {
                Err(Error::Query { column, what: found, .. }) => {
                    assert_eq!((column, found.as_str()), (want, what), "{query}");
                }
                other => panic!("{query}: {other:?}"),
            }
        }
    }

    #[test]
    fn phrases_match_whole_words_only() {
        assert!(has_phrase("rule of law", "law"));
        assert!(!has_phrase("lawful", "law"));
        assert!(has_phrase("人工智能大模型", "智能"));
        assert_eq!(spelt("réngōng zhì'néng"), "rengongzhineng");
    }
}
