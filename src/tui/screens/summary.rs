//! Summary: what a session came to, and what can come next.

use super::{Ask, Page, summary_view};
use crate::session::Counts;
use crate::session::home::SessionRequest;
use crate::session::summary::Summary;
use crate::tui::keymap::{Action, Keymap, tables};
use crate::tui::screen::{Effect, Moment, Size};
use crate::tui::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;

/// The state of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SummaryScreen {
    /// The answers of the session.
    pub summary: Summary,
    /// What is still to do today in what the session covered.
    pub left: Counts,
    /// What the session was asked for.
    pub request: SessionRequest,
    /// Lines scrolled past.
    pub scroll: usize,
}

impl SummaryScreen {
    /// The keys of the screen.
    pub const KEYMAP: Keymap = tables::SUMMARY;
}

impl Page for SummaryScreen {
    fn keymap(&self) -> Keymap {
        Self::KEYMAP
    }

    fn can(&self, action: Action, size: Size) -> bool {
        match action {
            Action::Back | Action::Undo | Action::Practise => true,
            Action::Review => self.left.total() > 0,
            Action::Up | Action::PageUp => self.scroll > 0,
            Action::Down | Action::PageDown => self.scroll < summary_view::overflow(self, size),
            _ => false,
        }
    }

    fn update(&mut self, action: Action, Moment { size, .. }: Moment) -> Option<Ask> {
        let overflow = summary_view::overflow(self, size);
        let again = |cram| Ask::Do(Effect::Start(SessionRequest { cram, ..self.request.clone() }));
        match action {
            Action::Back => return Some(Ask::Leave),
            Action::Undo => return Some(Ask::Do(Effect::Undo)),
            Action::Review => return Some(again(self.request.cram)),
            Action::Practise => return Some(again(true)),
            Action::Down => self.scroll = (self.scroll + 1).min(overflow),
            Action::PageDown => self.scroll = (self.scroll + size.page()).min(overflow),
            Action::Up => self.scroll = self.scroll.min(overflow).saturating_sub(1),
            Action::PageUp => self.scroll = self.scroll.saturating_sub(size.page()),
            _ => {}
        }
        None
    }

    fn view(&self, _size: Size, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        summary_view::view(self, frame, area, theme);
    }
}
