//! Settings of the collection in memory: the text of a file, and the options of a deck.

use super::Fake;
use crate::app::{DeckSheet, OptionLine, Origin, Turning};
use crate::config::{set_key, unset_key};
use crate::tui::keymap::Keys;
use crate::tui::screen::Problem;
use crate::tui::screens::settings::{Facts, SettingsBackend, SettingsNews, SettingsWork};

/// Returns the decks that Settings shows.
pub fn sheets() -> Vec<DeckSheet> {
    let line = |(name, value, origin): (&'static str, &str, Origin)| OptionLine {
        name,
        value: value.to_owned(),
        origin,
    };
    let above = || Origin::Above(super::deck("Chinese"));
    let own = [
        ("new_per_day", "12", Origin::Own),
        ("reviews_per_day", "none", Origin::Config),
        ("direction", "both", Origin::Own),
    ];
    let child = [
        ("new_per_day", "12", above()),
        ("direction", "", Origin::Config),
        ("rules", "text", Origin::Config),
    ];
    vec![
        DeckSheet { name: super::deck("Chinese"), options: own.map(line).into() },
        DeckSheet { name: super::deck("Chinese::成语"), options: child.map(line).into() },
    ]
}

impl Fake {
    fn facts(&self) -> Box<Facts> {
        Box::new(Facts::read("/config.toml", &self.settings, self.sheets.clone()))
    }

    fn change(&mut self, new: String) -> Result<Box<Facts>, Problem> {
        if let Some(fault) = Keys::new_fault(&self.settings, &new) {
            return Err(Problem::new(fault.what));
        }
        self.settings = new;
        Ok(self.facts())
    }
}

impl SettingsBackend for Fake {
    fn settings(&mut self, work: SettingsWork) -> Result<SettingsNews, Problem> {
        self.called("settings", format!("settings {work:?}"))?;
        Ok(match work {
            SettingsWork::Load => SettingsNews::Loaded(self.facts()),
            SettingsWork::Set(name, value) => {
                let new = set_key(&self.settings, &name, &value);
                let facts = self.change(new.map_err(|fault| Problem::new(fault.what))?)?;
                SettingsNews::Changed(facts, format!("Saved: {name} = {value}"))
            }
            SettingsWork::Reset(name) => {
                let new = unset_key(&self.settings, &name);
                let facts = self.change(new.map_err(|fault| Problem::new(fault.what))?)?;
                SettingsNews::Changed(facts, format!("Saved: {name} has its default again"))
            }
            SettingsWork::Weigh(change) => {
                let suspended = if change.option == "direction" { 312 } else { 0 };
                SettingsNews::Weighed(change, Turning { suspended, ..Turning::default() })
            }
            SettingsWork::SetDeck(change) => {
                let deck = self.sheets.iter_mut().find(|deck| deck.name.as_str() == change.deck);
                let lines = deck.into_iter().flat_map(|deck| &mut deck.options);
                for line in lines.filter(|line| line.name == change.option) {
                    line.value.clone_from(&change.value);
                    line.origin =
                        if change.value.is_empty() { Origin::Config } else { Origin::Own };
                }
                SettingsNews::Changed(self.facts(), "Saved".to_owned())
            }
        })
    }
}
