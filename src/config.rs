//! The configuration: a TOML file, every key optional, comments kept when it is changed.

mod edit;
mod file;
mod option;

use std::path::Path;

use toml_edit::{Item, TableLike};

pub use edit::{set_key, unset_key};
pub use file::{read, save};
pub use option::{Allowed, DECK_KEYS, Group, KEYS, Key, PLACEHOLDERS};

use crate::domain::deck::{Limit, named};
use crate::domain::{DeckOptions, Direction, Period, Scale};
use crate::error::Error;
use crate::sched::backlog::CatchUp;
use crate::sched::calendar::Calendar;
use crate::sched::day::DEFAULT_ROLLOVER_HOUR;
use option::Given;

named! {
    /// Which colours are used.
    ThemeName {
        /** As the terminal's background asks for. */ Auto = "auto",
        /** For a dark background. */ Dark = "dark",
        /** For a light background. */ Light = "light",
        /** Black and white with few, strong colours. */ HighContrast = "high-contrast",
        /** The terminal's own sixteen. */ Terminal16 = "terminal-16",
    }
}

named! {
    /// Where the reading of a front stands.
    Reading {
        /** With the answer. */ WithAnswer = "with-answer",
        /** With the front, also where that is the question. */ WithFront = "with-front",
        /** Nowhere. */ Hidden = "hidden",
    }
}

/// Settings of the program and the defaults of all decks.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Hour at which a study day begins, 0 to 23.
    pub rollover_hour: u8,
    /// New cards a study day over all decks.
    pub new_per_day_total: Limit,
    /// Easy weekdays and vacations.
    pub calendar: Calendar,
    /// New cards a study day that come before all else.
    pub fresh_per_day: u32,
    /// The pace at which a backlog is worked off, where one was chosen.
    pub catch_up: CatchUp,
    /// Whether new terms that are easily confused come on different days.
    pub interference_guard: bool,
    /// What holds for decks that set nothing themselves.
    pub deck: DeckOptions,
    /// Where the reading of a front stands when a session begins.
    pub reading: Reading,
    /// Colours of the full screen.
    pub theme: ThemeName,
    /// Whether there are colours at all.
    pub color: bool,
    /// Whether clicks and the wheel are taken.
    pub mouse: bool,
    /// The program that speaks a card, and its arguments; empty: none.
    pub speak: Vec<String>,
    /// The program that is told when a session is done; empty: none.
    pub notify: Vec<String>,
    /// The folder whose new deck files are offered, as it was written.
    pub inbox: Option<String>,
    /// Keys that the learner changed, in the order of the file.
    pub keys: Vec<KeyChange>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            rollover_hour: DEFAULT_ROLLOVER_HOUR,
            new_per_day_total: Limit::None,
            calendar: Calendar::default(),
            fresh_per_day: 0,
            catch_up: CatchUp::default(),
            interference_guard: false,
            deck: DeckOptions::default(),
            reading: Reading::WithAnswer,
            theme: ThemeName::Auto,
            color: true,
            mouse: true,
            speak: Vec::new(),
            notify: Vec::new(),
            inbox: None,
            keys: Vec::new(),
        }
    }
}

/// One entry of `[keys.TABLE]`: other keys for an action, as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyChange {
    /// The table.
    pub table: String,
    /// The action.
    pub action: String,
    /// Names of keys.
    pub keys: Vec<String>,
    /// 1-based line in the file.
    pub line: usize,
}

/// Something in the file that cannot be used; its default holds instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// 1-based line; 0: none, it is about what was asked for.
    pub line: usize,
    /// What is wrong, and what is allowed.
    pub what: String,
}

impl Fault {
    /// Returns the error that names the file as well.
    #[must_use]
    pub fn in_file(self, path: &Path) -> Error {
        if self.line == 0 {
            return Error::Invalid(self.what);
        }
        Error::Config { path: path.to_owned(), line: self.line, what: self.what }
    }
}

impl Config {
    /// Reads the text of a configuration file. What cannot be used is told, and its
    /// default holds; where the text is no TOML, all defaults do.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<Fault>) {
        let line_of = |at: usize| text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        let mut config = Self::default();
        let mut faults = Vec::new();
        let document = match toml_edit::Document::parse(text) {
            Ok(document) => document,
            Err(error) => {
                let line = error.span().map_or(1, |span| line_of(span.start));
                let what = error.message().trim().replace('\n', ", ");
                let what = format!("{what}; nothing of the file is used until this is mended");
                return (config, vec![Fault { line, what }]);
            }
        };
        let table = document.as_table();
        for (name, item) in table {
            let place = item.span().or_else(|| table.key(name)?.span());
            let line = place.map_or(1, |span| line_of(span.start));
            if name == "keys" {
                config.take_keys(item, line, &line_of, &mut faults);
                continue;
            }
            if let Err(what) = config.take(name, item) {
                faults.push(Fault { line, what });
            }
        }
        faults.sort_by_key(|fault| fault.line);
        (config, faults)
    }

    fn take(&mut self, name: &str, item: &Item) -> Result<(), String> {
        let key = Key::named(name).ok_or_else(|| unknown_key(name))?;
        let deck = &mut self.deck;
        match (name, key.given(item)?) {
            ("rollover_hour", Given::Number(hour)) => self.rollover_hour = hour as u8,
            ("new_per_day_total", Given::Word(word)) => self.new_per_day_total = word.parse()?,
            ("new_per_day", Given::Word(word)) => deck.new_per_day = Some(word.parse()?),
            ("reviews_per_day", Given::Word(word)) => deck.reviews_per_day = Some(word.parse()?),
            ("fresh_per_day", Given::Number(cards)) => self.fresh_per_day = cards as u32,
            ("catch_up_per_day", Given::Word(word)) => self.catch_up.per_day = word.parse()?,
            ("catch_up_until", Given::Word(word)) => self.catch_up.until = word.parse().ok(),
            ("catch_up_with_new", Given::Switch(is_on)) => self.catch_up.with_new = is_on,
            ("vacation", Given::Words(words)) => {
                self.calendar.away = words.iter().filter_map(|word| word.parse().ok()).collect();
            }
            ("easy_days", Given::Words(words)) => {
                self.calendar.easy = words.iter().filter_map(|word| word.parse().ok()).collect();
            }
            ("interference_guard", Given::Switch(is_on)) => self.interference_guard = is_on,
            ("fuzz", Given::Switch(is_on)) => deck.fuzz = Some(is_on),
            ("balance", Given::Switch(is_on)) => deck.balance = Some(is_on),
            ("grades", Given::Word(word)) => {
                deck.grades = Some(if word == "six" { Scale::Six } else { Scale::Four });
            }
            ("drill", Given::Word(word)) => deck.drill = Some(word.parse()?),
            ("order", Given::Word(word)) => deck.order = Some(word.parse()?),
            ("mix", Given::Word(word)) => deck.mix = Some(word.parse()?),
            ("leech", Given::Word(word)) => deck.leech = Some(word.parse()?),
            ("direction", Given::Word(word)) => {
                deck.direction = if word.is_empty() { None } else { Some(word.parse()?) };
            }
            ("reading", Given::Word(word)) => self.reading = word.parse()?,
            ("theme", Given::Word(word)) => self.theme = word.parse()?,
            ("color", Given::Switch(is_on)) => self.color = is_on,
            ("mouse", Given::Switch(is_on)) => self.mouse = is_on,
            ("speak", Given::Words(words)) => self.speak = words,
            ("notify", Given::Words(words)) => self.notify = words,
            ("inbox", Given::Word(name)) => self.inbox = Some(name).filter(|n| !n.is_empty()),
            _ => return Err(unknown_key(name)),
        }
        Ok(())
    }

    /// Returns the value that holds for a setting, as a person writes it.
    #[must_use]
    pub fn value(&self, key: &Key) -> String {
        let deck = self.deck.settings();
        let list = |words: &[String]| words.iter().collect::<toml_edit::Array>().to_string();
        match key.name {
            "rollover_hour" => self.rollover_hour.to_string(),
            "new_per_day" => deck.new_per_day.to_string(),
            "new_per_day_total" => self.new_per_day_total.to_string(),
            "reviews_per_day" => deck.reviews_per_day.to_string(),
            "fresh_per_day" => self.fresh_per_day.to_string(),
            "catch_up_per_day" => self.catch_up.per_day.to_string(),
            "catch_up_until" => self.catch_up.until.map_or_else(String::new, |d| d.to_string()),
            "catch_up_with_new" => self.catch_up.with_new.to_string(),
            "vacation" => {
                list(&self.calendar.away.iter().map(Period::to_string).collect::<Vec<_>>())
            }
            "easy_days" => {
                let days = self.calendar.easy.iter();
                list(&days.map(|day| day.to_string().to_lowercase()).collect::<Vec<_>>())
            }
            "interference_guard" => self.interference_guard.to_string(),
            "fuzz" => deck.fuzz.to_string(),
            "balance" => deck.balance.to_string(),
            "order" => deck.order.name().to_owned(),
            "mix" => deck.mix.name().to_owned(),
            "direction" => deck.direction.map_or("", Direction::name).to_owned(),
            "grades" => deck.grades.name().to_owned(),
            "drill" => deck.drill.name().to_owned(),
            "leech" => deck.leech.name().to_owned(),
            "reading" => self.reading.name().to_owned(),
            "theme" => self.theme.name().to_owned(),
            "color" => self.color.to_string(),
            "mouse" => self.mouse.to_string(),
            "speak" => list(&self.speak),
            "notify" => list(&self.notify),
            "inbox" => self.inbox.clone().unwrap_or_default(),
            _ => key.default_text().to_owned(),
        }
    }

    /// Takes `[keys]`: tables of actions, each with a key or a list of keys.
    fn take_keys(
        &mut self,
        item: &Item,
        line: usize,
        line_of: &dyn Fn(usize) -> usize,
        faults: &mut Vec<Fault>,
    ) {
        const SHAPE: &str = "keys are changed by lines such as suspend = [\"x\", \"Del\"] below \
                             [keys.review]; `termdeck config keys` lists all";
        let mut refuse = |line| faults.push(Fault { line, what: SHAPE.to_owned() });
        let Some(tables) = item.as_table_like() else { return refuse(line) };
        for (table, item) in tables.iter() {
            let line = line_in(tables, table, item, line, line_of);
            let Some(rows) = item.as_table_like() else {
                refuse(line);
                continue;
            };
            for (action, item) in rows.iter() {
                let line = line_in(rows, action, item, line, line_of);
                match key_names(item) {
                    Some(keys) => self.keys.push(KeyChange {
                        table: table.to_owned(),
                        action: action.to_owned(),
                        keys,
                        line,
                    }),
                    None => refuse(line),
                }
            }
        }
    }
}

fn line_in(
    table: &dyn TableLike,
    name: &str,
    item: &Item,
    above: usize,
    line_of: &dyn Fn(usize) -> usize,
) -> usize {
    let place = table.key(name).and_then(toml_edit::Key::span).or_else(|| item.span());
    place.map_or(above, |span| line_of(span.start))
}

fn key_names(item: &Item) -> Option<Vec<String>> {
    if let Some(name) = item.as_str() {
        return Some(vec![name.to_owned()]);
    }
    item.as_array()?.iter().map(|name| name.as_str().map(str::to_owned)).collect()
}

fn unknown_key(name: &str) -> String {
    let names: Vec<_> = KEYS.iter().map(|key| key.name).collect();
    format!("there is no setting `{name}`; there are: {}, [keys]", names.join(", "))
}

#[cfg(test)]
mod tests;
