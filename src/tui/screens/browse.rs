//! Browse: all notes: find, look, change.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Ask, Page, browse_view};
use crate::tui::keymap::{Action, Keymap, tables};
use crate::tui::screen::{Effect, Moment, Problem, Size};
use crate::tui::theme::Theme;

/// What the screen needs looked up or done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BrowseWork {
    /// What it shows first.
    Load,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BrowseNews {
    /// It is there.
    Loaded,
}

/// Where the screen's work is done.
pub trait BrowseBackend {
    /// Does one piece of work; a change is durable when this returns.
    ///
    /// # Errors
    /// What went wrong; nothing was done then.
    fn browse(&mut self, work: BrowseWork) -> Result<BrowseNews, Problem>;
}

/// The state of the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Browse {
    loaded: bool,
}

impl Browse {
    /// Takes what came of work.
    pub fn told(&mut self, news: BrowseNews) -> Option<Ask> {
        match news {
            BrowseNews::Loaded => self.loaded = true,
        }
        None
    }
}

impl Page for Browse {
    fn keymap(&self) -> Keymap {
        tables::BROWSE
    }

    fn can(&self, action: Action, _size: Size) -> bool {
        action == Action::Back
    }

    fn update(&mut self, action: Action, _moment: Moment) -> Option<Ask> {
        (action == Action::Back).then_some(Ask::Leave)
    }

    fn view(&self, _size: Size, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        browse_view::view(self, frame, area, theme);
    }

    fn wish(&self) -> Option<Effect> {
        (!self.loaded).then_some(Effect::Browse(BrowseWork::Load))
    }

    fn failed(&mut self) {
        self.loaded = true;
    }
}
