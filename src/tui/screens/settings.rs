//! Settings: the settings.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Ask, Page, settings_view};
use crate::tui::keymap::{Action, Keymap, tables};
use crate::tui::screen::{Effect, Moment, Problem, Size};
use crate::tui::theme::Theme;

/// What the screen needs looked up or done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsWork {
    /// What it shows first.
    Load,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsNews {
    /// It is there.
    Loaded,
}

/// Where the screen's work is done.
pub trait SettingsBackend {
    /// Does one piece of work; a change is durable when this returns.
    ///
    /// # Errors
    /// What went wrong; nothing was done then.
    fn settings(&mut self, work: SettingsWork) -> Result<SettingsNews, Problem>;
}

/// The state of the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    loaded: bool,
}

impl Settings {
    /// Takes what came of work.
    pub fn told(&mut self, news: SettingsNews) -> Option<Ask> {
        match news {
            SettingsNews::Loaded => self.loaded = true,
        }
        None
    }
}

impl Page for Settings {
    fn keymap(&self) -> Keymap {
        tables::SETTINGS
    }

    fn can(&self, action: Action, _size: Size) -> bool {
        action == Action::Back
    }

    fn update(&mut self, action: Action, _moment: Moment) -> Option<Ask> {
        (action == Action::Back).then_some(Ask::Leave)
    }

    fn view(&self, _size: Size, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        settings_view::view(self, frame, area, theme);
    }

    fn wish(&self) -> Option<Effect> {
        (!self.loaded).then_some(Effect::Settings(SettingsWork::Load))
    }

    fn failed(&mut self) {
        self.loaded = true;
    }
}
