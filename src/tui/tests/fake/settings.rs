//! Settings of the collection in memory.

use super::Fake;
use crate::tui::screen::Problem;
use crate::tui::screens::settings::{SettingsBackend, SettingsNews, SettingsWork};

impl SettingsBackend for Fake {
    fn settings(&mut self, work: SettingsWork) -> Result<SettingsNews, Problem> {
        match work {
            SettingsWork::Load => Ok(SettingsNews::Loaded),
        }
    }
}
