//! The table of all settings: what they mean, what they may be, what they are by default.

use std::path::Path;

use chrono::Weekday;
use toml_edit::{Array, Item, Value};

use crate::domain::{Day, Period};

/// One setting.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// Name in the file.
    pub name: &'static str,
    /// The settings it stands among.
    pub group: Group,
    /// What it may be.
    pub allowed: Allowed,
    /// Default as it would be written.
    pub default: &'static str,
    /// What it does.
    pub meaning: &'static str,
}

/// Settings that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// When a study day begins.
    Day,
    /// How much a day holds.
    Limits,
    /// What is asked, and in which order.
    Cards,
    /// How answers are taken.
    Answers,
    /// How it looks.
    Screen,
    /// Other programs that are run.
    Hooks,
    /// Where files are.
    Files,
}

impl Group {
    /// Returns the heading of the group.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Day => "Day",
            Self::Limits => "Limits",
            Self::Cards => "Cards",
            Self::Answers => "Answers",
            Self::Screen => "Screen",
            Self::Hooks => "Other programs",
            Self::Files => "Files",
        }
    }
}

/// What a setting may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// A whole number in this range.
    Number(i64, i64),
    /// A share, in hundredths.
    Percent(i64, i64),
    /// A number, or `none`.
    Limit,
    /// On or off.
    Switch,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A date; empty: none.
    Date,
    /// Some days of the week.
    Weekdays,
    /// Some periods of days.
    Periods,
    /// A folder; empty: none.
    Folder,
    /// A program with its arguments; empty: none.
    Command,
}

/// What may stand in the arguments of a program, and what takes its place.
pub const PLACEHOLDERS: &[&str] = &["text", "lang", "front", "back", "reading", "deck"];

/// Every setting there is.
pub const KEYS: &[Key] = &[
    Key {
        name: "rollover_hour",
        group: Group::Day,
        allowed: Allowed::Number(0, 23),
        default: "4",
        meaning: "hour at which a new study day begins",
    },
    Key {
        name: "vacation",
        group: Group::Day,
        allowed: Allowed::Periods,
        default: "[]",
        meaning: "days off: fuzz and balance avoid them, a streak lasts over them",
    },
    Key {
        name: "easy_days",
        group: Group::Day,
        allowed: Allowed::Weekdays,
        default: "[]",
        meaning: "weekdays to which fuzz and balance move fewer cards",
    },
    Key {
        name: "new_per_day",
        group: Group::Limits,
        allowed: Allowed::Limit,
        default: "20",
        meaning: "new cards a day for each top-level deck",
    },
    Key {
        name: "new_per_day_total",
        group: Group::Limits,
        allowed: Allowed::Limit,
        default: "\"none\"",
        meaning: "new cards a day over all decks",
    },
    Key {
        name: "reviews_per_day",
        group: Group::Limits,
        allowed: Allowed::Limit,
        default: "\"none\"",
        meaning: "reviews a day for each top-level deck",
    },
    Key {
        name: "fresh_per_day",
        group: Group::Limits,
        allowed: Allowed::Number(0, 999),
        default: "0",
        meaning: "new cards a day, newest import first, that come before all else, backlog or not",
    },
    Key {
        name: "catch_up_per_day",
        group: Group::Limits,
        allowed: Allowed::Limit,
        default: "\"none\"",
        meaning: "due cards a day while more are due; new ones wait for them",
    },
    Key {
        name: "catch_up_until",
        group: Group::Limits,
        allowed: Allowed::Date,
        default: "\"\"",
        meaning: "last day on which catch_up_per_day holds",
    },
    Key {
        name: "catch_up_with_new",
        group: Group::Limits,
        allowed: Allowed::Switch,
        default: "false",
        meaning: "whether new cards come while catch_up_per_day holds",
    },
    Key {
        name: "order",
        group: Group::Cards,
        allowed: Allowed::Choice(&[
            "relative-overdueness",
            "due-date",
            "random",
            "easiest-first",
            "hardest-first",
        ]),
        default: "\"relative-overdueness\"",
        meaning: "order of the cards that are due",
    },
    Key {
        name: "mix",
        group: Group::Cards,
        allowed: Allowed::Choice(&["mix", "first", "last"]),
        default: "\"mix\"",
        meaning: "new cards spread among the due ones, before or after them",
    },
    Key {
        name: "interference_guard",
        group: Group::Cards,
        allowed: Allowed::Switch,
        default: "false",
        meaning: "new terms that are easily confused come on different days where they can",
    },
    Key {
        name: "fuzz",
        group: Group::Cards,
        allowed: Allowed::Switch,
        default: "false",
        meaning: "due days move a little, so that cards learnt together part; intervals stay",
    },
    Key {
        name: "balance",
        group: Group::Cards,
        allowed: Allowed::Switch,
        default: "false",
        meaning: "due days move as little, to the day with the least to do; intervals stay",
    },
    Key {
        name: "direction",
        group: Group::Cards,
        allowed: Allowed::Choice(&["", "forward", "reverse", "both"]),
        default: "\"\"",
        meaning: "sides of new notes that are asked; empty: both for terms, forward for others",
    },
    Key {
        name: "grades",
        group: Group::Answers,
        allowed: Allowed::Choice(&["four", "six"]),
        default: "\"four\"",
        meaning: "answer buttons",
    },
    Key {
        name: "drill",
        group: Group::Answers,
        allowed: Allowed::Choice(&["below-4", "failed", "off"]),
        default: "\"below-4\"",
        meaning: "answers that are asked again the same day",
    },
    Key {
        name: "leech",
        group: Group::Answers,
        allowed: Allowed::Choice(&["tag", "suspend"]),
        default: "\"tag\"",
        meaning: "what happens to cards that fail again and again",
    },
    Key {
        name: "reading",
        group: Group::Screen,
        allowed: Allowed::Choice(&["with-answer", "with-front", "hidden"]),
        default: "\"with-answer\"",
        meaning: "where the reading stands when a session begins",
    },
    Key {
        name: "theme",
        group: Group::Screen,
        allowed: Allowed::Choice(&["auto", "dark", "light", "high-contrast", "terminal-16"]),
        default: "\"auto\"",
        meaning: "colours; auto: as the terminal's background asks for",
    },
    Key {
        name: "color",
        group: Group::Screen,
        allowed: Allowed::Switch,
        default: "true",
        meaning: "whether there are colours at all",
    },
    Key {
        name: "mouse",
        group: Group::Screen,
        allowed: Allowed::Switch,
        default: "true",
        meaning: "clicks and the wheel; off: the terminal selects text",
    },
    Key {
        name: "speak",
        group: Group::Hooks,
        allowed: Allowed::Command,
        default: "[]",
        meaning: "program that speaks a card",
    },
    Key {
        name: "notify",
        group: Group::Hooks,
        allowed: Allowed::Command,
        default: "[]",
        meaning: "program that is told when a session is done",
    },
    Key {
        name: "inbox",
        group: Group::Files,
        allowed: Allowed::Folder,
        default: "\"\"",
        meaning: "folder whose new and changed deck files are offered",
    },
];

/// The options of decks that the configuration has no defaults for: each change of
/// theirs computes intervals anew.
pub const DECK_KEYS: &[Key] = &[
    Key {
        name: "rules",
        group: Group::Answers,
        allowed: Allowed::Choice(&["text", "supermemo-source"]),
        default: "\"text\"",
        meaning: "wording of SM-2 that counts; another one computes all intervals anew",
    },
    Key {
        name: "scheduler",
        group: Group::Answers,
        allowed: Allowed::Choice(&["sm2", "fsrs"]),
        default: "\"sm2\"",
        meaning: "what plans the intervals; another one computes them all anew from the log",
    },
    Key {
        name: "desired_retention",
        group: Group::Answers,
        allowed: Allowed::Percent(70, 99),
        default: "0.9",
        meaning: "share of the cards that FSRS lets you remember when they come due",
    },
];

/// A value of the kind that a setting wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Given {
    Number(i64),
    Switch(bool),
    Word(String),
    Words(Vec<String>),
}

impl Key {
    /// Returns the setting of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        KEYS.iter().find(|key| key.name == name)
    }

    /// Says that `given` cannot be, and what could.
    fn refusal(&self, given: &str) -> String {
        format!("{} is {}; `{given}` is not", self.name, self.allowed.words())
    }

    /// Returns the value of an item of the file.
    pub(super) fn given(&self, item: &Item) -> Result<Given, String> {
        let refused = || self.refusal(&shown(item));
        let value = item.as_value().ok_or_else(refused)?;
        let word = || match value {
            Value::String(word) => Some(word.value().clone()),
            Value::Integer(number) => Some(number.value().to_string()),
            _ => None,
        };
        match self.allowed {
            Allowed::Number(from, to) => value
                .as_integer()
                .filter(|number| (from..=to).contains(number))
                .map(Given::Number)
                .ok_or_else(refused),
            Allowed::Percent(from, to) => value
                .as_float()
                .filter(|share| (from as f64..=to as f64).contains(&(share * 100.0)))
                .map(|share| Given::Word(share.to_string()))
                .ok_or_else(refused),
            Allowed::Limit => word()
                .filter(|word| word == "none" || word.parse::<u32>().is_ok())
                .map(Given::Word)
                .ok_or_else(refused),
            Allowed::Switch => value.as_bool().map(Given::Switch).ok_or_else(refused),
            Allowed::Choice(words) => word()
                .filter(|word| words.contains(&word.as_str()))
                .map(Given::Word)
                .ok_or_else(refused),
            Allowed::Folder => value
                .as_str()
                .map(str::trim)
                .filter(|name| is_whole_path(name))
                .map(|name| Given::Word(name.to_owned()))
                .ok_or_else(refused),
            Allowed::Date => word()
                .filter(|word| word.is_empty() || word.parse::<Day>().is_ok())
                .map(Given::Word)
                .ok_or_else(refused),
            Allowed::Weekdays => list(value)
                .filter(|words| words.iter().all(|word| word.parse::<Weekday>().is_ok()))
                .map(Given::Words)
                .ok_or_else(refused),
            Allowed::Periods => list(value)
                .filter(|words| words.iter().all(|word| word.parse::<Period>().is_ok()))
                .map(Given::Words)
                .ok_or_else(refused),
            Allowed::Command => {
                let words = list(value).ok_or_else(refused)?;
                if words.first().is_some_and(|program| program.trim().is_empty()) {
                    return Err(format!("{} begins with the name of a program", self.name));
                }
                match words.iter().find_map(|word| unknown_placeholder(word)) {
                    Some(unknown) => Err(format!(
                        "{}: nothing takes the place of {{{unknown}}}; there are: {{{}}}",
                        self.name,
                        PLACEHOLDERS.join("}, {")
                    )),
                    None => Ok(Given::Words(words)),
                }
            }
        }
    }

    /// Returns the value that a person's text means, as it goes into the file.
    ///
    /// # Errors
    /// What is allowed instead.
    pub fn value(&self, text: &str) -> Result<Value, String> {
        let text = text.trim();
        let value: Value = match self.allowed {
            Allowed::Number(..) => match text.parse::<i64>() {
                Ok(number) => number.into(),
                Err(_) => return Err(self.refusal(text)),
            },
            Allowed::Percent(..) => match text.parse::<f64>() {
                Ok(share) => share.into(),
                Err(_) => return Err(self.refusal(text)),
            },
            Allowed::Limit => match text.parse::<i64>() {
                Ok(number) => number.into(),
                Err(_) => text.into(),
            },
            Allowed::Switch => match text.to_ascii_lowercase().as_str() {
                "true" | "on" | "yes" => true.into(),
                "false" | "off" | "no" => false.into(),
                _ => return Err(self.refusal(text)),
            },
            Allowed::Choice(_) | Allowed::Folder | Allowed::Date => text.into(),
            Allowed::Weekdays | Allowed::Periods | Allowed::Command => {
                words(text).map_err(|_| self.refusal(text))?.into()
            }
        };
        self.given(&Item::Value(value.clone()))?;
        Ok(value)
    }

    /// Returns the default as a person writes it.
    #[must_use]
    pub fn default_text(&self) -> &'static str {
        self.default.trim_matches('"')
    }

    /// Returns the default as a value.
    pub(super) fn default_value(&self) -> Value {
        self.default.parse().unwrap_or_else(|_| self.default.into())
    }
}

/// Returns the words of a list; `None` where it is none, or holds anything else.
fn list(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|word| word.as_str().map(str::to_owned)).collect()
}

/// Returns the words of a list as a person writes it: a TOML array, or words with
/// blanks between them.
pub(super) fn words(text: &str) -> Result<Array, String> {
    if !text.starts_with('[') {
        return Ok(text.split_whitespace().collect());
    }
    match text.parse::<Value>() {
        Ok(Value::Array(mut words)) => {
            words.fmt();
            Ok(words)
        }
        _ => Err(format!("`{text}` is no list")),
    }
}

fn shown(item: &Item) -> String {
    match item.as_value() {
        Some(Value::String(word)) => word.value().clone(),
        Some(value) => value.clone().decorated("", "").to_string(),
        None => "a table".to_owned(),
    }
}

fn is_whole_path(name: &str) -> bool {
    name.is_empty() || name == "~" || name.starts_with("~/") || Path::new(name).is_absolute()
}

/// Returns the first name in braces that nothing takes the place of.
fn unknown_placeholder(word: &str) -> Option<&str> {
    let mut rest = word;
    while let Some((_, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        if !PLACEHOLDERS.contains(&name) {
            return Some(name);
        }
        rest = after;
    }
    None
}

impl Allowed {
    /// Says in words what is allowed.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Number(from, to) => format!("a number from {from} to {to}"),
            Self::Percent(from, to) => {
                let [from, to] = [from, to].map(|percent| *percent as f64 / 100.0);
                format!("a share from {from:.2} to {to:.2}")
            }
            Self::Limit => "a number, or none".to_owned(),
            Self::Switch => "true or false".to_owned(),
            Self::Choice(words) => {
                let named: Vec<&str> = words.iter().copied().filter(|w| !w.is_empty()).collect();
                let (last, first) = named.split_last().unwrap_or((&"", &[]));
                let empty = if named.len() < words.len() { ", or empty" } else { "" };
                format!("{} or {last}{empty}", first.join(", "))
            }
            Self::Date => "a date such as 2026-12-01, or empty".to_owned(),
            Self::Weekdays => "a list such as [\"sat\", \"sun\"], or []".to_owned(),
            Self::Periods => "a list such as [\"2026-12-20..2027-01-03\"], or []".to_owned(),
            Self::Folder => "a path that begins with / or ~/, or empty".to_owned(),
            Self::Command => format!(
                "a list such as [\"espeak-ng\", \"-v\", \"{{lang}}\", \"{{text}}\"], or []; {{{}}} are filled in",
                PLACEHOLDERS.join("}, {")
            ),
        }
    }
}

#[cfg(test)]
#[path = "option_tests.rs"]
mod tests;
