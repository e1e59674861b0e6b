//! The real work of Settings.

use super::Desk;
use crate::tui::screen::Problem;
use crate::tui::screens::settings::{SettingsBackend, SettingsNews, SettingsWork};

impl SettingsBackend for Desk {
    fn settings(&mut self, work: SettingsWork) -> Result<SettingsNews, Problem> {
        match work {
            SettingsWork::Load => Ok(SettingsNews::Loaded),
        }
    }
}
