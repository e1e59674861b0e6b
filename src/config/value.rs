//! The values of settings: read from the file, and from what a person writes.

use std::path::Path;

use chrono::Weekday;
use toml_edit::{Array, Item, Value};

use super::option::{Allowed, KEYS, Key, PLACEHOLDERS};
use crate::domain::{Day, Period};

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
#[path = "value_tests.rs"]
mod tests;
