//! The configuration: a TOML file, every key optional, comments kept when it is changed.

use std::path::Path;

use toml_edit::{DocumentMut, Item, Value};

use crate::domain::deck::Limit;
use crate::domain::{DeckOptions, Scale};
use crate::error::Error;
use crate::sched::day::DEFAULT_ROLLOVER_HOUR;

/// Settings of the program and the defaults of all decks.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Hour at which a study day begins, 0 to 23.
    pub rollover_hour: u8,
    /// New cards a study day over all decks.
    pub new_per_day_total: Limit,
    /// What holds for decks that set nothing themselves.
    pub deck: DeckOptions,
    /// Colours of the full screen.
    pub color: bool,
    /// The folder whose new deck files are offered, as it was written.
    pub inbox: Option<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            rollover_hour: DEFAULT_ROLLOVER_HOUR,
            new_per_day_total: Limit::None,
            deck: DeckOptions::default(),
            color: true,
            inbox: None,
        }
    }
}

/// One key: its name, its default and its meaning.
pub struct Key {
    /// Name in the file.
    pub name: &'static str,
    /// Default as it would be written.
    pub default: &'static str,
    /// What it does.
    pub meaning: &'static str,
}

/// Every key there is.
pub const KEYS: &[Key] = &[
    Key { name: "rollover_hour", default: "4", meaning: "hour at which a new study day begins" },
    Key {
        name: "new_per_day",
        default: "20",
        meaning: "new cards a day for each top-level deck, or \"none\"",
    },
    Key {
        name: "new_per_day_total",
        default: "\"none\"",
        meaning: "new cards a day over all decks, or \"none\"",
    },
    Key {
        name: "reviews_per_day",
        default: "\"none\"",
        meaning: "reviews a day for each top-level deck, or \"none\"",
    },
    Key { name: "grades", default: "\"four\"", meaning: "answer buttons: \"four\" or \"six\"" },
    Key {
        name: "drill",
        default: "\"below-4\"",
        meaning: "same-day drill: \"below-4\", \"failed\" or \"off\"",
    },
    Key {
        name: "order",
        default: "\"relative-overdueness\"",
        meaning: "order of due cards: also \"due-date\", \"random\", \"easiest-first\", \"hardest-first\"",
    },
    Key {
        name: "mix",
        default: "\"mix\"",
        meaning: "new cards among the due ones: \"mix\", \"first\" or \"last\"",
    },
    Key {
        name: "direction",
        default: "\"\"",
        meaning: "\"forward\", \"reverse\" or \"both\"; empty: both for terms, forward for sentences",
    },
    Key {
        name: "leech",
        default: "\"tag\"",
        meaning: "what happens to leeches: \"tag\" or \"suspend\"",
    },
    Key { name: "color", default: "true", meaning: "colours of the full screen" },
    Key {
        name: "inbox",
        default: "\"\"",
        meaning: "folder whose new and changed deck files are offered, such as \"~/decks\"",
    },
];

impl Config {
    /// Reads the file; one that is missing gives the defaults.
    ///
    /// # Errors
    /// A file that cannot be read, or a line in it that cannot be used.
    pub fn load(path: &Path) -> Result<Self, Error> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text).map_err(|(line, what)| Error::Config {
                path: path.to_owned(),
                line,
                what,
            }),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(Error::File { path: path.to_owned(), source }),
        }
    }

    /// Reads the text of a configuration file.
    ///
    /// # Errors
    /// The 1-based line and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        let line_of = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let document = toml_edit::Document::parse(text).map_err(|error| {
            (error.span().map_or(1, |span| line_of(span.start)), error.message().to_owned())
        })?;
        let mut config = Self::default();
        for (name, item) in document.as_table() {
            let line = item.span().map_or(1, |span| line_of(span.start));
            config.set(name, item).map_err(|what| (line, what))?;
        }
        Ok(config)
    }

    fn set(&mut self, name: &str, item: &Item) -> Result<(), String> {
        let deck = &mut self.deck;
        match name {
            "rollover_hour" => {
                let hour = item.as_integer().filter(|hour| (0..24).contains(hour));
                self.rollover_hour = hour.ok_or("rollover_hour is 0 to 23")? as u8;
            }
            "new_per_day_total" => self.new_per_day_total = text(item)?.parse()?,
            "new_per_day" => deck.new_per_day = Some(text(item)?.parse()?),
            "reviews_per_day" => deck.reviews_per_day = Some(text(item)?.parse()?),
            "grades" => {
                deck.grades = Some(match text(item)?.as_str() {
                    "four" => Scale::Four,
                    "six" => Scale::Six,
                    other => return Err(format!("`{other}` is none of: four, six")),
                });
            }
            "drill" => deck.drill = Some(text(item)?.parse()?),
            "order" => deck.order = Some(text(item)?.parse()?),
            "mix" => deck.mix = Some(text(item)?.parse()?),
            "leech" => deck.leech = Some(text(item)?.parse()?),
            "direction" => {
                let direction = text(item)?;
                deck.direction = if direction.is_empty() { None } else { Some(direction.parse()?) };
            }
            "color" => self.color = item.as_bool().ok_or("color is true or false")?,
            "inbox" => {
                let Item::Value(Value::String(folder)) = item else {
                    return Err("inbox is a folder in quotes".to_owned());
                };
                self.inbox = folder_named(folder.value())?;
            }
            other => return Err(unknown_key(other)),
        }
        Ok(())
    }
}

/// Returns a folder by its name; none where the name is empty.
fn folder_named(name: &str) -> Result<Option<String>, String> {
    let is_home = name == "~" || name.starts_with("~/");
    match name.trim() {
        "" => Ok(None),
        name if is_home || Path::new(name).is_absolute() => Ok(Some(name.to_owned())),
        other => Err(format!("`{other}` is no whole path: begin it with / or ~/")),
    }
}

fn unknown_key(name: &str) -> String {
    let names: Vec<_> = KEYS.iter().map(|key| key.name).collect();
    format!("there is no setting `{name}`; there are: {}", names.join(", "))
}

fn text(item: &Item) -> Result<String, String> {
    match item {
        Item::Value(Value::String(value)) => Ok(value.value().clone()),
        Item::Value(Value::Integer(value)) => Ok(value.value().to_string()),
        _ => Err("a number or a text in quotes is expected".to_owned()),
    }
}

/// Sets one key in the text of a configuration file and returns the new text,
/// with its comments and its order kept.
///
/// # Errors
/// A key that does not exist or a value that it cannot have.
pub fn set_key(text: &str, name: &str, value: &str) -> Result<String, String> {
    let mut document: DocumentMut = text.parse().map_err(|error| format!("{error}"))?;
    let value: Value = match value.parse::<i64>() {
        Ok(number) => number.into(),
        Err(_) => value.parse::<bool>().map_or_else(|_| value.into(), Into::into),
    };
    if !KEYS.iter().any(|key| key.name == name) {
        return Err(unknown_key(name));
    }
    match document.get_mut(name).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = value;
            *old.decor_mut() = decor;
        }
        None => document[name] = Item::Value(value),
    }
    let text = document.to_string();
    Config::parse(&text).map_err(|(_, what)| what)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_line_is_named() {
        let cases = [
            ("# fine\nrollover_hour = 25\n", 2, "rollover_hour is 0 to 23"),
            ("grades = \"five\"", 1, "`five` is none of: four, six"),
            ("\n\ncolour = true", 3, "there is no setting `colour`"),
            ("order = ", 1, ""),
            ("inbox = 3", 1, "inbox is a folder in quotes"),
            ("inbox = \"decks\"", 1, "`decks` is no whole path"),
        ];
        for (text, line, what) in cases {
            let (found, message) = Config::parse(text).unwrap_err();
            assert_eq!(found, line, "{text}");
            assert!(message.contains(what), "{message}");
        }
    }

    #[test]
    fn every_key_can_be_set_to_its_default_and_comments_stay() {
        let mut text = String::from("# my settings\nrollover_hour = 5 # early\n");
        for key in KEYS {
            text = set_key(&text, key.name, key.default.trim_matches('"')).unwrap();
        }
        assert!(text.starts_with("# my settings\nrollover_hour = 4 # early\n"));
        assert_eq!(
            Config::parse(&text).unwrap().deck.settings(),
            DeckOptions::default().settings()
        );
        assert!(set_key("", "colour", "1").is_err());
        assert!(set_key("", "grades", "five").is_err());
    }
}
