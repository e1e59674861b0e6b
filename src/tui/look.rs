//! What the learner set about the screens.

use super::keymap::Keys;
use super::theme::{Colors, Theme};
use crate::config::{Config, Reading};

/// What holds on every screen until the learner sets something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// What the colours follow from.
    pub colors: Colors,
    /// The keys.
    pub keys: Keys,
    /// Where the reading of a front stands when a session begins.
    pub reading: Reading,
    /// Whether there is a program that speaks.
    pub speaks: bool,
    /// Whether there is a program that is told what happened.
    pub notifies: bool,
}

impl Look {
    /// Returns what a configuration says; `colors` is what else is known of them.
    #[must_use]
    pub fn of(config: &Config, colors: Colors) -> Self {
        Self {
            colors: Colors { name: config.theme, is_on: config.color, ..colors },
            keys: Keys::new(&config.keys).0,
            reading: config.reading,
            speaks: !config.speak.is_empty(),
            notifies: !config.notify.is_empty(),
        }
    }
}

impl Look {
    /// Returns how things look.
    #[must_use]
    pub const fn theme(&self) -> Theme {
        self.colors.theme()
    }
}

impl Default for Look {
    fn default() -> Self {
        let colors = Colors::default();
        let config = Config { theme: colors.name, ..Config::default() };
        Self::of(&config, colors)
    }
}
