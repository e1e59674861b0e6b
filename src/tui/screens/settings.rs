//! Settings: what the learner can set, changed in place and saved at once.

use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

use super::settings_rows::rows;
pub use super::settings_rows::{Facts, Row, Sheet};
use super::{Ask, Hit, Page, settings_view};
use crate::app::Turning;
use crate::tui::Look;
use crate::tui::keymap::{Action, Key, Keymap, tables};
use crate::tui::screen::{Effect, Moment, Problem, Size};
use crate::tui::widgets::field::TextField;

/// What the screen needs looked up or done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsWork {
    /// What it shows.
    Load,
    /// Set a setting; `keys.TABLE.ACTION` names keys.
    Set(String, String),
    /// Give a setting its default again.
    Reset(String),
    /// Say what another value of a deck's option would do to its cards.
    Weigh(DeckChange),
    /// Set an option of a deck.
    SetDeck(DeckChange),
}

/// Another value for an option of a deck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeckChange {
    /// The deck.
    pub deck: String,
    /// The option.
    pub option: String,
    /// The value; empty: none of its own.
    pub value: String,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingsNews {
    /// It is there.
    Loaded(Box<Facts>),
    /// It was changed; the line says what.
    Changed(Box<Facts>, String),
    /// What a change would do.
    Weighed(DeckChange, Turning),
}

/// Where the screen's work is done.
pub trait SettingsBackend {
    /// Does one piece of work; a change is durable when this returns.
    ///
    /// # Errors
    /// What went wrong; nothing was done then.
    fn settings(&mut self, work: SettingsWork) -> Result<SettingsNews, Problem>;
}

/// What lies over the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Over {
    /// A value is typed; what was refused says why.
    Typing(TextField, Option<String>),
    /// A new key is waited for, in the place of the others or beside them.
    Press {
        /// Whether the others stay.
        adds: bool,
    },
    /// Cards would be added, suspended or moved.
    Sure(DeckChange, Turning),
}

/// The state of the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// What it shows, once it is there.
    pub facts: Option<Box<Facts>>,
    /// The open page.
    pub sheet: Sheet,
    /// The deck whose options are shown.
    pub deck: usize,
    /// What lies over the list.
    pub over: Option<Over>,
    /// The chosen row of each page.
    cursors: [usize; 3],
    /// Whether it could not be had.
    is_lost: bool,
    /// Work that a pressed key asks for.
    wanted: Option<SettingsWork>,
}

impl Settings {
    /// Returns the rows of the open page.
    #[must_use]
    pub fn rows(&self) -> Vec<Row<'_>> {
        self.facts.as_ref().map_or_else(Vec::new, |facts| rows(facts, self.sheet, self.deck))
    }

    /// Returns the chosen row's place.
    #[must_use]
    pub fn cursor(&self) -> usize {
        let rows = self.rows();
        let wanted = self.cursors[self.sheet as usize].min(rows.len().saturating_sub(1));
        let from = rows.iter().skip(wanted).position(Row::is_choosable).map(|by| wanted + by);
        from.or_else(|| rows.iter().rposition(Row::is_choosable)).unwrap_or(0)
    }

    /// Returns the name of the deck whose options are shown.
    #[must_use]
    pub fn deck_name(&self) -> Option<&str> {
        Some(self.facts.as_ref()?.decks.get(self.deck)?.name.as_str())
    }

    /// Takes what came of work.
    pub fn told(&mut self, news: SettingsNews) -> Option<Ask> {
        match news {
            SettingsNews::Loaded(facts) => {
                self.facts = Some(facts);
                None
            }
            SettingsNews::Changed(facts, said) => {
                let config = facts.config.clone();
                self.facts = Some(facts);
                self.wanted = None;
                Some(Ask::Configure(Box::new(config), said))
            }
            SettingsNews::Weighed(change, turning) if turning == Turning::default() => {
                Some(Ask::Do(Effect::Settings(SettingsWork::SetDeck(change))))
            }
            SettingsNews::Weighed(change, turning) => {
                self.over = Some(Over::Sure(change, turning));
                None
            }
        }
    }

    fn chosen(&self) -> Option<Row<'_>> {
        self.rows().get(self.cursor()).copied().filter(Row::is_choosable)
    }

    /// Returns the work that gives the chosen row a value; an empty one of a deck
    /// takes its own away.
    fn set(&self, value: &str) -> Option<SettingsWork> {
        Some(match self.chosen()? {
            Row::Option(key, _) => {
                let deck = self.deck_name()?.to_owned();
                let (option, value) = (key.name.to_owned(), value.to_owned());
                SettingsWork::Weigh(DeckChange { deck, option, value })
            }
            row => SettingsWork::Set(file_name(&row), value.to_owned()),
        })
    }

    fn reset(&self) -> Option<SettingsWork> {
        match self.chosen()? {
            Row::Option(..) => self.set(""),
            row => Some(SettingsWork::Reset(file_name(&row))),
        }
    }

    /// Takes what was typed, or says in place why it cannot be.
    fn take(&mut self, field: TextField) -> Option<SettingsWork> {
        let row = self.chosen()?;
        let checked = match row {
            Row::Option(..) if field.text().trim().is_empty() => Ok(()),
            Row::Setting(key, _) | Row::Option(key, _) => key.value(field.text()).map(|_| ()),
            _ => return None,
        };
        match checked {
            Ok(()) => self.set(field.text().trim()),
            Err(why) => {
                self.over = Some(Over::Typing(field, Some(why)));
                None
            }
        }
    }

    fn move_to(&mut self, action: Action, size: Size) {
        let rows = self.rows();
        let places: Vec<usize> = (0..rows.len()).filter(|at| rows[*at].is_choosable()).collect();
        let last = places.len().saturating_sub(1);
        let at = places.iter().position(|place| *place == self.cursor()).unwrap_or(0);
        let to = match action {
            Action::Up => at.saturating_sub(1),
            Action::Down => (at + 1).min(last),
            Action::PageUp => at.saturating_sub(size.page()),
            Action::PageDown => (at + size.page()).min(last),
            Action::First => 0,
            _ => last,
        };
        if let Some(place) = places.get(to) {
            self.cursors[self.sheet as usize] = *place;
        }
    }

    fn decks(&self) -> usize {
        self.facts.as_ref().map_or(0, |facts| facts.decks.len())
    }
}

/// Returns the name of a row in the file.
fn file_name(row: &Row<'_>) -> String {
    match row {
        Row::Binding(row) => format!("keys.{}.{}", row.table, row.action),
        row => row.name(),
    }
}

impl Page for Settings {
    fn keymap(&self) -> Keymap {
        match self.over {
            None => tables::SETTINGS,
            Some(Over::Typing(..)) => tables::SETTING,
            Some(Over::Press { .. }) => tables::PRESS,
            Some(Over::Sure(..)) => tables::SURE,
        }
    }

    fn can(&self, action: Action, _size: Size) -> bool {
        match &self.over {
            Some(Over::Press { .. }) => return action == Action::Back,
            Some(_) => return matches!(action, Action::Accept | Action::Back),
            None => {}
        }
        let Some(row) = self.chosen() else {
            let leaves = matches!(action, Action::NextSheet | Action::PreviousSheet);
            return action == Action::Back || leaves && self.facts.is_some();
        };
        let rows = self.rows();
        let cursor = self.cursor();
        match action {
            Action::Back | Action::NextSheet | Action::PreviousSheet | Action::Accept => true,
            Action::NextValue | Action::PreviousValue => row.turned(true).is_some(),
            Action::ResetValue => !row.is_default(),
            Action::AddKey => matches!(row, Row::Binding(_)),
            Action::NextDeck | Action::PreviousDeck => {
                self.sheet == Sheet::Decks && self.decks() > 1
            }
            Action::Up | Action::PageUp | Action::First => {
                rows.iter().take(cursor).any(Row::is_choosable)
            }
            Action::Down | Action::PageDown | Action::Last => {
                rows.iter().skip(cursor + 1).any(Row::is_choosable)
            }
            _ => false,
        }
    }

    fn update(&mut self, action: Action, Moment { size, .. }: Moment<'_>) -> Option<Ask> {
        let work = |work| Some(Ask::Do(Effect::Settings(work)));
        if let Some(over) = self.over.take() {
            return match (over, action) {
                (Over::Typing(field, _), Action::Accept) => work(self.take(field)?),
                (Over::Sure(change, _), Action::Accept) => work(SettingsWork::SetDeck(change)),
                _ => None,
            };
        }
        match action {
            Action::Back => return Some(Ask::Leave),
            Action::NextSheet => self.sheet = self.sheet.turned(1),
            Action::PreviousSheet => self.sheet = self.sheet.turned(Sheet::ALL.len() - 1),
            Action::NextDeck => self.deck = (self.deck + 1) % self.decks().max(1),
            Action::PreviousDeck => {
                let decks = self.decks().max(1);
                self.deck = (self.deck + decks - 1) % decks;
            }
            Action::NextValue | Action::PreviousValue => {
                let value = self.chosen()?.turned(action == Action::NextValue)?;
                return work(self.set(&value)?);
            }
            Action::Accept => match self.chosen()? {
                Row::Binding(_) => self.over = Some(Over::Press { adds: false }),
                row => match row.allowed()? {
                    crate::config::Allowed::Switch | crate::config::Allowed::Choice(_) => {
                        let value = row.turned(true)?;
                        return work(self.set(&value)?);
                    }
                    _ => {
                        let value = row.value();
                        self.over = Some(Over::Typing(TextField::new(value), None));
                    }
                },
            },
            Action::AddKey => self.over = Some(Over::Press { adds: true }),
            Action::ResetValue => return work(self.reset()?),
            _ => self.move_to(action, size),
        }
        None
    }

    fn takes_text(&self) -> bool {
        matches!(self.over, Some(Over::Typing(..) | Over::Press { .. }))
    }

    fn press(&mut self, event: &KeyEvent) {
        match &mut self.over {
            Some(Over::Typing(field, _)) => {
                field.press(event);
            }
            Some(Over::Press { adds }) => {
                let (adds, Some(key)) = (*adds, Key::of(event)) else { return };
                self.over = None;
                let Some(Row::Binding(row)) = self.chosen() else { return };
                let mut keys = if adds { row.keys.clone() } else { Vec::new() };
                keys.push(key.name());
                let value = toml_list(&keys);
                self.wanted = self.set(&value);
            }
            _ => {}
        }
    }

    fn insert(&mut self, text: &str) {
        if let Some(Over::Typing(field, _)) = &mut self.over {
            field.insert(text.trim_matches(['\r', '\n']));
        }
    }

    fn wish(&self) -> Option<Effect> {
        let load = (self.facts.is_none() && !self.is_lost).then_some(SettingsWork::Load);
        self.wanted.clone().or(load).map(Effect::Settings)
    }

    fn failed(&mut self) {
        self.is_lost |= self.facts.is_none();
        self.wanted = None;
    }

    fn hits(&self, _size: Size, area: Rect) -> Vec<(Rect, Hit)> {
        settings_view::hits(self, area)
    }

    fn choose(&mut self, row: usize) {
        self.cursors[self.sheet as usize] = row;
        self.cursors[self.sheet as usize] = self.cursor();
    }

    fn view(&self, _size: Size, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        settings_view::view(self, frame, area, look.theme());
    }
}

/// Returns names of keys as the list that the file has.
fn toml_list(names: &[String]) -> String {
    serde_json::to_string(names).unwrap_or_default()
}
