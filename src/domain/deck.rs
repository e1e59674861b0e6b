//! Decks: names that nest with `::`, and their options.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Fitted, Parameters, Scale};

/// The full name of a deck: `Chinese::Policy terms`. Parts are trimmed and not empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct DeckName(String);

/// A deck name with nothing in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no deck name (write it as `Deck` or `Parent::Child`)")]
pub struct BadDeckName(pub String);

impl DeckName {
    /// What separates a parent from its child.
    pub const SEPARATOR: &'static str = "::";

    /// Returns the name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the deck above this one, if there is one.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once(Self::SEPARATOR).map(|(parent, _)| Self(parent.to_owned()))
    }

    /// Returns the top-level deck this one lies in (maybe itself).
    #[must_use]
    pub fn top(&self) -> &str {
        self.0.split(Self::SEPARATOR).next().unwrap_or(&self.0)
    }

    /// Returns the last part of the name.
    #[must_use]
    pub fn leaf(&self) -> &str {
        self.0.rsplit(Self::SEPARATOR).next().unwrap_or(&self.0)
    }

    /// Returns the parts of the name, the top-level deck first.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split(Self::SEPARATOR)
    }

    /// Returns how many decks lie above this one.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.0.matches(Self::SEPARATOR).count()
    }

    /// Whether this deck is `other` or lies below it.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.0
            .strip_prefix(&other.0)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(Self::SEPARATOR))
    }

    /// Returns this deck's name after `from`, in which it lies, was renamed to `to`.
    #[must_use]
    pub fn moved(&self, from: &Self, to: &Self) -> Option<Self> {
        self.is_within(from).then(|| Self(format!("{}{}", to.0, &self.0[from.0.len()..])))
    }
}

impl FromStr for DeckName {
    type Err = BadDeckName;

    fn from_str(text: &str) -> Result<Self, BadDeckName> {
        let parts: Vec<String> = text
            .split(Self::SEPARATOR)
            .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
            .map(|part| part.chars().filter(|c| !c.is_control()).collect())
            .collect();
        if parts.iter().any(String::is_empty) {
            return Err(BadDeckName(text.to_owned()));
        }
        Ok(Self(parts.join(Self::SEPARATOR)))
    }
}

impl fmt::Display for DeckName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A number a day, or no limit. In files: a number or `"none"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// No limit.
    None,
    /// At most so many a study day; 0 means none at all.
    PerDay(u32),
}

impl Limit {
    /// Returns what is left of the limit after `used`, at most `u32::MAX`.
    #[must_use]
    pub const fn left(self, used: u32) -> u32 {
        match self {
            Self::None => u32::MAX,
            Self::PerDay(limit) => limit.saturating_sub(used),
        }
    }
}

impl FromStr for Limit {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "none" => Ok(Self::None),
            number => number
                .parse()
                .map(Self::PerDay)
                .map_err(|_| format!("`{text}` is no limit (a number, or none)")),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::PerDay(limit) => write!(f, "{limit}"),
        }
    }
}

impl Serialize for Limit {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => s.serialize_str("none"),
            Self::PerDay(limit) => s.serialize_u32(*limit),
        }
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Raw {
            Number(u32),
            Word(String),
        }
        match Raw::deserialize(d)? {
            Raw::Number(limit) => Ok(Self::PerDay(limit)),
            Raw::Word(word) => word.parse().map_err(serde::de::Error::custom),
        }
    }
}

/// Declares an enum whose variants have a name in files and on the command line.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Returns the name used in files and on the command line.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(format!("`{text}` is none of: {}", [$($text),+].join(", "))),
                }
            }
        }
    };
}

pub(crate) use named;

named! {
    /// Which directions of a note are asked.
    Direction { /** Front to back. */ Forward = "forward", /** Back to front. */ Reverse = "reverse", /** Both ways. */ Both = "both" }
}
named! {
    /// Which engine plans the intervals.
    Scheduler { /** SM-2. */ Sm2 = "sm2", /** FSRS. */ Fsrs = "fsrs" }
}
named! {
    /// The wording of SM-2 that counts (see [`crate::sched::sm2`]).
    Rules { /** As worded in 1990. */ Text = "text", /** As in the author's published plug-in. */ SupermemoSource = "supermemo-source" }
}
named! {
    /// Which answers put a card into the same-day drill.
    Drill { /** Everything below 4. */ Below4 = "below-4", /** What was not remembered. */ Failed = "failed", /** None. */ Off = "off" }
}
named! {
    /// Where new cards come among the due ones.
    Mix { /** Spread evenly. */ Mix = "mix", /** Before them. */ First = "first", /** After them. */ Last = "last" }
}
named! {
    /// In which order due cards come.
    Order {
        /** Largest delay for its interval first. */ RelativeOverdueness = "relative-overdueness",
        /** Longest due first. */ DueDate = "due-date",
        /** Shuffled anew each day. */ Random = "random",
        /** Highest ease first. */ EasiestFirst = "easiest-first",
        /** Lowest ease first. */ HardestFirst = "hardest-first",
    }
}
named! {
    /// What happens to a leech besides being shown as one.
    Leech { /** Nothing. */ Tag = "tag", /** It is suspended. */ Suspend = "suspend" }
}

/// The options that a deck sets itself; what is absent comes from its parent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeckOptions {
    /// New cards a study day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_per_day: Option<Limit>,
    /// Reviews a study day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviews_per_day: Option<Limit>,
    /// Directions asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// Engine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduler: Option<Scheduler>,
    /// SM-2 preset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Rules>,
    /// FSRS: the probability of recall at which a card comes due, 0.70 to 0.99.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desired_retention: Option<f64>,
    /// FSRS: its parameters for this learner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Fitted>,
    /// Order of due cards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// Place of new cards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mix: Option<Mix>,
    /// Same-day drill.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drill: Option<Drill>,
    /// Answer buttons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grades: Option<Scale>,
    /// Whether due days are spread a little.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fuzz: Option<bool>,
    /// Whether they are spread to the days with the least to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub balance: Option<bool>,
    /// What happens to leeches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leech: Option<Leech>,
}

impl DeckOptions {
    /// Returns these options, with what they leave open taken from `parent`.
    #[must_use]
    pub fn or(&self, parent: &Self) -> Self {
        Self {
            new_per_day: self.new_per_day.or(parent.new_per_day),
            reviews_per_day: self.reviews_per_day.or(parent.reviews_per_day),
            direction: self.direction.or(parent.direction),
            scheduler: self.scheduler.or(parent.scheduler),
            rules: self.rules.or(parent.rules),
            desired_retention: self.desired_retention.or(parent.desired_retention),
            parameters: self.parameters.or(parent.parameters),
            order: self.order.or(parent.order),
            mix: self.mix.or(parent.mix),
            drill: self.drill.or(parent.drill),
            grades: self.grades.or(parent.grades),
            fuzz: self.fuzz.or(parent.fuzz),
            balance: self.balance.or(parent.balance),
            leech: self.leech.or(parent.leech),
        }
    }

    /// Returns every option with its effective value.
    #[must_use]
    pub fn settings(&self) -> Settings {
        Settings {
            new_per_day: self.new_per_day.unwrap_or(Limit::PerDay(20)),
            reviews_per_day: self.reviews_per_day.unwrap_or(Limit::None),
            direction: self.direction,
            scheduler: self.scheduler.unwrap_or(Scheduler::Sm2),
            rules: self.rules.unwrap_or(Rules::Text),
            desired_retention: self.desired_retention.unwrap_or(0.9),
            parameters: self.parameters.unwrap_or(Parameters::DEFAULT.into()),
            order: self.order.unwrap_or(Order::RelativeOverdueness),
            mix: self.mix.unwrap_or(Mix::Mix),
            drill: self.drill.unwrap_or(Drill::Below4),
            grades: self.grades.unwrap_or(Scale::Four),
            fuzz: self.fuzz.unwrap_or(false),
            balance: self.balance.unwrap_or(false),
            leech: self.leech.unwrap_or(Leech::Tag),
        }
    }
}

/// Every option of a deck with the value that holds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Settings {
    /// New cards a study day (default 20).
    pub new_per_day: Limit,
    /// Reviews a study day (default none).
    pub reviews_per_day: Limit,
    /// Directions asked; `None`: both for terms, forward for the rest.
    pub direction: Option<Direction>,
    /// Engine (default SM-2).
    pub scheduler: Scheduler,
    /// SM-2 preset (default text).
    pub rules: Rules,
    /// FSRS target (default 0.90).
    pub desired_retention: f64,
    /// FSRS parameters (default those of the average learner).
    pub parameters: Fitted,
    /// Order of due cards (default relative overdueness).
    pub order: Order,
    /// Place of new cards (default spread).
    pub mix: Mix,
    /// Same-day drill (default below 4).
    pub drill: Drill,
    /// Answer buttons (default four).
    pub grades: Scale,
    /// Whether due days are spread a little (default off).
    pub fuzz: bool,
    /// Whether they are spread to the days with the least to do (default off).
    pub balance: bool,
    /// What happens to leeches (default: they are only shown).
    pub leech: Leech,
}

impl Default for Settings {
    fn default() -> Self {
        DeckOptions::default().settings()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deck(name: &str) -> DeckName {
        name.parse().unwrap()
    }

    #[test]
    fn names_nest() {
        let child = deck(" Chinese ::  Policy   terms");
        assert_eq!(child.as_str(), "Chinese::Policy terms");
        assert_eq!(child.parent(), Some(deck("Chinese")));
        assert_eq!((child.top(), child.leaf(), child.depth()), ("Chinese", "Policy terms", 1));
        assert!(child.is_within(&deck("Chinese")));
        assert!(!deck("Chinese2").is_within(&deck("Chinese")));
        assert_eq!(child.moved(&deck("Chinese"), &deck("中文")), Some(deck("中文::Policy terms")));
        for bad in ["", "A::", "::", " "] {
            assert!(bad.parse::<DeckName>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_child_inherits_what_it_does_not_set() {
        let parent = DeckOptions { new_per_day: Some(Limit::PerDay(5)), ..DeckOptions::default() };
        let child = DeckOptions { grades: Some(Scale::Six), ..DeckOptions::default() };
        let both = child.or(&parent).settings();
        assert_eq!((both.new_per_day, both.grades), (Limit::PerDay(5), Scale::Six));
    }

    #[test]
    fn limits_are_numbers_or_none_in_files() {
        let options: DeckOptions =
            serde_json::from_str(r#"{"new_per_day":0,"reviews_per_day":"none"}"#).unwrap();
        assert_eq!(options.new_per_day, Some(Limit::PerDay(0)));
        assert_eq!(
            serde_json::to_string(&options).unwrap(),
            r#"{"new_per_day":0,"reviews_per_day":"none"}"#
        );
    }
}
