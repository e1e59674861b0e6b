//! The query language.
//!
//! Words match parts of front, back, reading and note; `"a phrase"` matches whole
//! words; `-word` excludes; `or` and parentheses group; `deck:`, `tag:`, `kind:`,
//! `is:`, the names of fields and numbers such as `due<=7` narrow.

use std::fmt;

use super::parser;
use crate::domain::{DeckName, Field, Grade, Kind, Slot, safe};

/// What of a query cannot be understood, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The query.
    pub query: String,
    /// Cells before the fault.
    pub column: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Fault {}

/// Returns the fault at a byte of a query.
pub(super) fn fault(query: &str, at: usize, what: &str) -> Fault {
    // The cells are counted in what is shown, which has no controls and no line breaks.
    let before = safe::line(query.get(..at).unwrap_or(query));
    let column = unicode_width::UnicodeWidthStr::width(before.as_ref());
    Fault { query: safe::line(query).into_owned(), column, what: what.to_owned() }
}

/// A query that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query(pub(super) Node);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Word(String),
    Phrase(String),
    Deck(String),
    /// One deck with those below it, by its full name.
    Within(DeckName),
    /// A tag with those below it; `*` stands for any text.
    Tag(String),
    Kind(Kind),
    /// A part of one field.
    In(Field, String),
    /// How an id begins, of the note or of one of its cards.
    Id(String),
    Is(Is),
    Card(Slot),
    /// Added in the last so many times 24 hours.
    Added(i64),
    Rated(Rated),
    Number(Measure, Ordering, i64),
}

/// Answered on one of the last so many study days, maybe with this grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rated {
    /// Study days, today among them.
    pub days: u32,
    /// The grade; `None`: any.
    pub grade: Option<Grade>,
}

/// A number that a card has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// Days from today until it is due.
    Due,
    /// Interval in days.
    Interval,
    /// Ease in hundredths.
    Ease,
    /// Lapses.
    Lapses,
}

/// How a number is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ordering {
    Less,
    LessOrEqual,
    Equal,
    GreaterOrEqual,
    Greater,
}

impl Ordering {
    pub(super) const fn holds(self, left: i64, right: i64) -> bool {
        match self {
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::Equal => left == right,
            Self::GreaterOrEqual => left >= right,
            Self::Greater => left > right,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Is {
    New,
    Due,
    Review,
    Suspended,
    Buried,
    Leech,
    Drill,
}

impl Query {
    /// Returns the query that everything matches.
    #[must_use]
    pub const fn everything() -> Self {
        Self(Node::All(Vec::new()))
    }

    /// Reads a query. An empty one matches everything.
    ///
    /// # Errors
    /// The fault and its place.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        parser::parse(text).map(Self)
    }

    /// Reads a query for a change of all that matches: an empty one, maybe from a
    /// variable that was never set, is refused.
    ///
    /// # Errors
    /// The fault and its place.
    pub fn parse_for_change(text: &str) -> Result<Self, Fault> {
        let query = Self::parse(text)?;
        if query.is_everything() {
            return Err(fault(text, 0, "an empty query would change everything"));
        }
        Ok(query)
    }

    /// Returns the query for one deck and those below it.
    #[must_use]
    pub const fn within(deck: DeckName) -> Self {
        Self(Node::Within(deck))
    }

    /// Whether it is empty, so that everything matches.
    #[must_use]
    pub const fn is_everything(&self) -> bool {
        matches!(&self.0, Node::All(nodes) if nodes.is_empty())
    }

    /// Whether what matches depends on cards, not on notes alone.
    #[must_use]
    pub fn asks_for_cards(&self) -> bool {
        self.0.any_leaf(&|leaf| {
            matches!(
                leaf,
                Node::Is(_) | Node::Card(_) | Node::Number(..) | Node::Rated(_) | Node::Id(_)
            )
        })
    }

    /// Whether it looks into examples or sources.
    #[must_use]
    pub fn asks_for_asides(&self) -> bool {
        self.0.any_leaf(&|leaf| matches!(leaf, Node::In(Field::Example | Field::Source, _)))
    }

    /// Whether a word of it may be how a front without a reading is read.
    #[must_use]
    pub fn asks_for_guesses(&self) -> bool {
        self.0.any_leaf(&|leaf| matches!(leaf, Node::Word(word) if may_be_spelt(word)))
    }

    /// Returns what it asks of the log.
    #[must_use]
    pub fn rated(&self) -> Vec<Rated> {
        let mut found = Vec::new();
        self.0.each_leaf(&mut |leaf| {
            if let Node::Rated(rated) = leaf {
                found.push(*rated);
            }
        });
        found
    }

    /// Returns how the ids begin that it asks for.
    #[must_use]
    pub fn ids(&self) -> Vec<&str> {
        let mut found = Vec::new();
        self.0.each_leaf(&mut |leaf| {
            if let Node::Id(digits) = leaf {
                found.push(digits.as_str());
            }
        });
        found
    }
}

/// From this length on a word is looked for in guessed readings: shorter ones are in
/// too many.
const GUESSED_FROM: usize = 4;

/// Whether a folded word may be a reading as it is typed on a keyboard.
pub(super) fn may_be_spelt(word: &str) -> bool {
    word.len() >= GUESSED_FROM && word.bytes().all(|b| b.is_ascii_lowercase())
}

impl Node {
    fn each_leaf<'a>(&'a self, each: &mut impl FnMut(&'a Self)) {
        match self {
            Self::All(nodes) | Self::Any(nodes) => {
                for node in nodes {
                    node.each_leaf(each);
                }
            }
            Self::Not(node) => node.each_leaf(each),
            leaf => each(leaf),
        }
    }

    fn any_leaf(&self, is: &impl Fn(&Self) -> bool) -> bool {
        let mut found = false;
        self.each_leaf(&mut |leaf| found |= is(leaf));
        found
    }
}
