//! A page about the card on the screen: what was answered to it, why it is shown.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Ask, review_page_view};
use crate::session::Shown;
use crate::session::history::Entry;
use crate::session::reason::Reason;
use crate::tui::keymap::Action;
use crate::tui::screen::Size;
use crate::tui::theme::Theme;

/// What the page tells.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// The history of the card, oldest first.
    History(Vec<Entry>),
    /// Why it is shown now.
    Why(Box<Reason>),
}

/// The state of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct CardPage {
    /// The question of the card.
    pub question: String,
    /// The side that it asks.
    pub side: &'static str,
    /// What is told.
    pub about: About,
    /// Lines scrolled past.
    pub scroll: usize,
}

impl CardPage {
    /// Returns the page with the history of a card.
    #[must_use]
    pub fn history(card: &Shown, entries: Vec<Entry>) -> Self {
        Self::new(card, About::History(entries))
    }

    /// Returns the page that says why a card is shown.
    #[must_use]
    pub fn why(card: &Shown, reason: Reason) -> Self {
        Self::new(card, About::Why(Box::new(reason)))
    }

    fn new(card: &Shown, about: About) -> Self {
        Self { question: card.question.clone(), side: card.slot.asked_side(), about, scroll: 0 }
    }

    /// Whether `action` does something now.
    #[must_use]
    pub fn can(&self, action: Action, size: Size) -> bool {
        match action {
            Action::Back => true,
            Action::Up | Action::PageUp => self.scroll > 0,
            Action::Down | Action::PageDown => self.scroll < review_page_view::overflow(self, size),
            _ => false,
        }
    }

    /// Applies an action that is possible.
    pub fn update(&mut self, action: Action, size: Size) -> Option<Ask> {
        let overflow = review_page_view::overflow(self, size);
        match action {
            Action::Back => return Some(Ask::Leave),
            Action::Down => self.scroll = (self.scroll + 1).min(overflow),
            Action::PageDown => self.scroll = (self.scroll + size.page()).min(overflow),
            Action::Up => self.scroll = self.scroll.min(overflow).saturating_sub(1),
            Action::PageUp => self.scroll = self.scroll.saturating_sub(size.page()),
            _ => {}
        }
        None
    }

    /// Draws the page above its status line and footer.
    pub fn view(&self, size: Size, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        review_page_view::view(self, size, frame, area, theme);
    }
}
