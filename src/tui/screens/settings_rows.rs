//! What Settings shows: the settings, the decks' options and the keys, as rows.

use crate::app::{DeckSheet, OptionLine, Origin};
use crate::config::{Allowed, Config, DECK_KEYS, Fault, Group, KEYS, Key};
use crate::tui::keymap::{Keys, Listed, tables};

/// Everything that the screen shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// The configuration file.
    pub path: String,
    /// What is wrong with it, each with its line.
    pub wrong: Vec<String>,
    /// The configuration that holds.
    pub config: Config,
    /// Every action with its keys.
    pub keys: Vec<Listed>,
    /// The options of every deck.
    pub decks: Vec<DeckSheet>,
}

impl Facts {
    /// Returns what a configuration file of this text says.
    #[must_use]
    pub fn read(path: &str, text: &str, decks: Vec<DeckSheet>) -> Self {
        let (config, faults) = Config::parse(text);
        let (keys, wrong_keys) = Keys::new(&config.keys);
        let said = |fault: Fault| format!("{path}:{}: {}", fault.line, fault.what);
        Self {
            path: path.to_owned(),
            wrong: faults.into_iter().chain(wrong_keys).map(said).collect(),
            keys: keys.list(),
            config,
            decks,
        }
    }
}

/// A page of the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sheet {
    /// The settings of the program, and the defaults of all decks.
    #[default]
    General,
    /// The options of one deck.
    Decks,
    /// The keys.
    Keys,
}

impl Sheet {
    /// Every page, in order.
    pub const ALL: [Self; 3] = [Self::General, Self::Decks, Self::Keys];

    /// Returns its name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::General => "General",
            Self::Decks => "Decks",
            Self::Keys => "Keys",
        }
    }

    /// Returns the page `by` places on, round and round.
    #[must_use]
    pub fn turned(self, by: usize) -> Self {
        Self::ALL[(self as usize + by) % Self::ALL.len()]
    }
}

/// One row of a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Row<'a> {
    /// What the rows below it have in common.
    Group(Group),
    /// The table that the rows below it belong to.
    Table(&'static str),
    /// A setting.
    Setting(&'static Key, &'a Config),
    /// An option of a deck.
    Option(&'static Key, &'a OptionLine),
    /// An action with its keys.
    Binding(&'a Listed),
}

/// Returns the rows of a page; `deck` is the one whose options are shown.
#[must_use]
pub fn rows(facts: &Facts, sheet: Sheet, deck: usize) -> Vec<Row<'_>> {
    match sheet {
        Sheet::General => grouped(
            KEYS.iter(),
            |key| key.group,
            Row::Group,
            |key| Row::Setting(key, &facts.config),
        ),
        Sheet::Decks => {
            let lines = facts.decks.get(deck).into_iter().flat_map(|deck| &deck.options);
            lines.filter_map(|line| Some(Row::Option(option(line.name)?, line))).collect()
        }
        Sheet::Keys => grouped(facts.keys.iter(), |row| row.table, Row::Table, Row::Binding),
    }
}

/// Puts a heading before the items that share it.
fn grouped<'a, T, G: PartialEq + Copy>(
    items: impl Iterator<Item = T>,
    group: impl Fn(&T) -> G,
    heading: impl Fn(G) -> Row<'a>,
    row: impl Fn(T) -> Row<'a>,
) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    let mut open = None;
    for item in items {
        let its = group(&item);
        if open != Some(its) {
            rows.push(heading(its));
            open = Some(its);
        }
        rows.push(row(item));
    }
    rows
}

/// Returns what is known of an option of decks.
fn option(name: &str) -> Option<&'static Key> {
    DECK_KEYS.iter().find(|key| key.name == name).or_else(|| Key::named(name))
}

impl Row<'_> {
    /// Whether it can be chosen.
    #[must_use]
    pub const fn is_choosable(&self) -> bool {
        !matches!(self, Self::Group(_) | Self::Table(_))
    }

    /// Returns what it is called.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Group(group) => group.title().to_owned(),
            Self::Table(name) => {
                let titles = tables::ALL.iter().filter(|table| table.name == *name);
                let title = titles.map(|table| table.title).next().unwrap_or("Everywhere");
                format!("{title}  [keys.{name}]")
            }
            Self::Setting(key, _) | Self::Option(key, _) => key.name.to_owned(),
            Self::Binding(row) => row.action.clone(),
        }
    }

    /// Returns its value as it is edited.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            Self::Group(_) | Self::Table(_) => String::new(),
            Self::Setting(key, config) => config.value(key),
            Self::Option(_, line) => line.value.clone(),
            Self::Binding(row) => row.keys.join(", "),
        }
    }

    /// Returns its value as it is shown: an empty one has a word.
    #[must_use]
    pub fn shown(&self) -> String {
        let value = self.value();
        match (self, value.as_str()) {
            (Self::Setting(key, _) | Self::Option(key, _), "") if key.name == "direction" => {
                "by kind".to_owned()
            }
            (Self::Setting(..) | Self::Option(..), "" | "[]") => "not set".to_owned(),
            (_, "true") => "on".to_owned(),
            (_, "false") => "off".to_owned(),
            _ => value,
        }
    }

    /// Returns what it does.
    #[must_use]
    pub const fn meaning(&self) -> &'static str {
        match self {
            Self::Group(_) | Self::Table(_) => "",
            Self::Setting(key, _) | Self::Option(key, _) => key.meaning,
            Self::Binding(row) => row.about,
        }
    }

    /// Says whether its value is the default, or where it comes from.
    #[must_use]
    pub fn origin(&self) -> String {
        match self {
            Self::Option(_, OptionLine { origin, .. }) => match origin {
                Origin::Own => "own value".to_owned(),
                Origin::Above(deck) => format!("from {deck}"),
                Origin::Config if Key::named(&self.name()).is_none() => "default".to_owned(),
                Origin::Config => "from General".to_owned(),
            },
            _ if self.is_default() => "default".to_owned(),
            Self::Setting(key, _) => {
                let default = match (key.default_text(), key.allowed) {
                    ("true", _) => "on",
                    ("false", _) => "off",
                    ("" | "[]", Allowed::Choice(_)) => "by kind",
                    ("" | "[]", _) => "not set",
                    (text, _) => text,
                };
                format!("default {default}")
            }
            Self::Binding(row) => format!("default {}", row.default.join(", ")),
            Self::Group(_) | Self::Table(_) => String::new(),
        }
    }

    /// Whether there is nothing to reset.
    #[must_use]
    pub fn is_default(&self) -> bool {
        match self {
            Self::Group(_) | Self::Table(_) => true,
            Self::Setting(key, config) => config.value(key) == key.default_text(),
            Self::Option(_, line) => line.origin != Origin::Own,
            Self::Binding(row) => row.keys == row.default,
        }
    }

    /// Returns what it may be; nothing for keys, which are pressed.
    #[must_use]
    pub const fn allowed(&self) -> Option<Allowed> {
        match self {
            Self::Setting(key, _) | Self::Option(key, _) => Some(key.allowed),
            _ => None,
        }
    }

    /// Returns the value that is `forwards` of this one; nothing where values are typed.
    #[must_use]
    pub fn turned(&self, forwards: bool) -> Option<String> {
        let value = self.value();
        let turn = |words: &[&str]| {
            let at = words.iter().position(|word| *word == value);
            let next = match (at, forwards) {
                (None, true) => 0,
                (None, false) => words.len() - 1,
                (Some(at), true) => (at + 1) % words.len(),
                (Some(at), false) => (at + words.len() - 1) % words.len(),
            };
            words.get(next).map(|word| (*word).to_owned())
        };
        match self.allowed()? {
            Allowed::Switch => turn(&["true", "false"]),
            Allowed::Choice(words) if matches!(self, Self::Option(..)) => {
                // A deck without a value of its own has the one above: that is a reset.
                let words: Vec<&str> = words.iter().copied().filter(|w| !w.is_empty()).collect();
                turn(&words)
            }
            Allowed::Choice(words) => turn(words),
            Allowed::Number(from, to) => {
                let number: i64 = value.parse().ok()?;
                let count = to - from + 1;
                let step = if forwards { 1 } else { count - 1 };
                Some((from + (number - from + step) % count).to_string())
            }
            Allowed::Percent(from, to) => {
                let percent = (value.parse::<f64>().ok()? * 100.0).round() as i64;
                let step = if forwards { 1 } else { -1 };
                Some(format!("{:.2}", (percent + step).clamp(from, to) as f64 / 100.0))
            }
            Allowed::Limit
            | Allowed::Date
            | Allowed::Weekdays
            | Allowed::Periods
            | Allowed::Folder
            | Allowed::Command => None,
        }
    }
}
