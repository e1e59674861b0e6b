//! The real work of Settings.

use std::path::Path;

use super::Desk;
use crate::config::{self, Fault, set_key, unset_key};
use crate::tui::configuration;
use crate::tui::screen::Problem;
use crate::tui::screens::settings::{Facts, SettingsBackend, SettingsNews, SettingsWork};

impl Desk {
    fn config_file(&self) -> Result<&Path, Problem> {
        let none = || Problem::new("there is no configuration file");
        self.config_path.as_deref().ok_or_else(none)
    }

    fn facts(&self) -> Result<Box<Facts>, Problem> {
        let path = self.config_file()?;
        let decks = self.app.deck_sheets()?;
        Ok(Box::new(Facts::read(&path.display().to_string(), &config::read(path)?, decks)))
    }

    /// Changes the configuration file and lets it hold at once.
    fn change(
        &mut self,
        edit: impl FnOnce(&str) -> Result<String, Fault>,
    ) -> Result<Box<Facts>, Problem> {
        let path = self.config_file()?;
        configuration::change(path, edit)?;
        let (config, _) = configuration::load(path);
        self.clock.roll_over_at(config.rollover_hour);
        // Before the decks are looked at: what they inherit is new as well.
        self.app.configure(config);
        self.facts()
    }
}

impl SettingsBackend for Desk {
    fn settings(&mut self, work: SettingsWork) -> Result<SettingsNews, Problem> {
        Ok(match work {
            SettingsWork::Load => SettingsNews::Loaded(self.facts()?),
            SettingsWork::Set(name, value) => {
                let facts = self.change(|text| set_key(text, &name, &value))?;
                let said = format!("Saved: {name} = {value}{}", facts.kept_key(&name, &value));
                SettingsNews::Changed(facts, said)
            }
            SettingsWork::Reset(name) => {
                let facts = self.change(|text| unset_key(text, &name))?;
                SettingsNews::Changed(facts, format!("Saved: {name} has its default again"))
            }
            SettingsWork::Weigh(change) => {
                let changes = [(change.option.clone(), change.value.clone())];
                let today = self.clock.now().day;
                let turning = self.app.turning(&change.deck, &changes, today)?;
                SettingsNews::Weighed(change, turning)
            }
            SettingsWork::SetDeck(change) => {
                let now = self.clock.now();
                let said = match change.value.as_str() {
                    "" => format!("Saved: {} has no {} of its own", change.deck, change.option),
                    value => format!("Saved for {}: {} = {value}", change.deck, change.option),
                };
                self.app.set_deck(&change.deck, &[(change.option, change.value)], now)?;
                SettingsNews::Changed(self.facts()?, said)
            }
        })
    }
}
