//! Statistics: the statistics.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Ask, Page, stats_view};
use crate::tui::keymap::{Action, Keymap, tables};
use crate::tui::screen::{Effect, Moment, Problem, Size};
use crate::tui::theme::Theme;

/// What the screen needs looked up or done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatsWork {
    /// What it shows first.
    Load,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatsNews {
    /// It is there.
    Loaded,
}

/// Where the screen's work is done.
pub trait StatsBackend {
    /// Does one piece of work; a change is durable when this returns.
    ///
    /// # Errors
    /// What went wrong; nothing was done then.
    fn stats(&mut self, work: StatsWork) -> Result<StatsNews, Problem>;
}

/// The state of the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stats {
    loaded: bool,
}

impl Stats {
    /// Takes what came of work.
    pub fn told(&mut self, news: StatsNews) -> Option<Ask> {
        match news {
            StatsNews::Loaded => self.loaded = true,
        }
        None
    }
}

impl Page for Stats {
    fn keymap(&self) -> Keymap {
        tables::STATS
    }

    fn can(&self, action: Action, _size: Size) -> bool {
        action == Action::Back
    }

    fn update(&mut self, action: Action, _moment: Moment) -> Option<Ask> {
        (action == Action::Back).then_some(Ask::Leave)
    }

    fn view(&self, _size: Size, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        stats_view::view(self, frame, area, theme);
    }

    fn wish(&self) -> Option<Effect> {
        (!self.loaded).then_some(Effect::Stats(StatsWork::Load))
    }

    fn failed(&mut self) {
        self.loaded = true;
    }
}
