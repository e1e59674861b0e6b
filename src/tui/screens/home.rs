//! Home: the decks, what is to be done today, what was imported.

use super::Ask;
use crate::domain::DeckName;
use crate::session::home::{DeckLine, Home, Scope, SessionRequest};
use crate::tui::keymap::{Action, Keymap, tables};
use crate::tui::screen::{Effect, Size};

/// The state of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HomeScreen {
    /// The overview.
    pub home: Home,
    /// The chosen line; 0 stands for all decks together.
    pub chosen: usize,
}

impl HomeScreen {
    /// The keys of the screen.
    pub const KEYMAP: Keymap = tables::HOME;

    /// Takes a new overview and keeps the chosen deck chosen.
    pub fn load(&mut self, home: Home) {
        let chosen = self.deck().map(|line| line.name.clone());
        self.home = home;
        let place = |name| self.home.decks.iter().position(|line| line.name == name);
        self.chosen = chosen.and_then(place).map_or(0, |at| at + 1);
    }

    /// Returns the chosen deck; `None` for all of them.
    #[must_use]
    pub fn deck(&self) -> Option<&DeckLine> {
        self.chosen.checked_sub(1).and_then(|at| self.home.decks.get(at))
    }

    /// Whether `action` does something now.
    #[must_use]
    pub fn can(&self, action: Action, _size: Size) -> bool {
        let last = self.home.decks.len();
        match action {
            Action::Import | Action::Reload | Action::Back => true,
            Action::Review | Action::ReviewTyped => self.left() > 0,
            Action::Practise => self.notes() > 0,
            Action::Up | Action::PageUp | Action::First => self.chosen > 0,
            Action::Down | Action::PageDown | Action::Last => self.chosen < last,
            _ => false,
        }
    }

    /// Applies an action that is possible.
    pub fn update(&mut self, action: Action, size: Size) -> Option<Ask> {
        let last = self.home.decks.len();
        let session = |typed, cram| {
            let scope = self.deck().map_or(Scope::All, |line| Scope::Deck(line.name.clone()));
            Some(Ask::Do(Effect::Start(SessionRequest { scope, typed, cram })))
        };
        match action {
            Action::Review => return session(false, false),
            Action::ReviewTyped => return session(true, false),
            Action::Practise => return session(false, true),
            Action::Import => return Some(Ask::Import),
            Action::Reload => return Some(Ask::Do(Effect::LoadHome)),
            Action::Back => return Some(Ask::Leave),
            Action::Up => self.chosen = self.chosen.saturating_sub(1),
            Action::Down => self.chosen = (self.chosen + 1).min(last),
            Action::PageUp => self.chosen = self.chosen.saturating_sub(size.page()),
            Action::PageDown => self.chosen = (self.chosen + size.page()).min(last),
            Action::First => self.chosen = 0,
            Action::Last => self.chosen = last,
            _ => {}
        }
        None
    }

    /// Returns how many cards the chosen line has left today.
    fn left(&self) -> u32 {
        self.deck().map_or(self.home.total, |line| line.counts).total()
    }

    /// Returns how many notes lie in the chosen line.
    fn notes(&self) -> u32 {
        let all = || self.home.decks.iter().map(|line| line.notes).fold(0, u32::saturating_add);
        self.deck().map_or_else(all, |line| line.notes)
    }
}

/// Returns how deep a deck is drawn, and its name below the deck drawn above it.
///
/// A parent that is not listed adds no depth; its name stays on the child.
#[must_use]
pub fn place_in_tree<'a>(decks: &[DeckLine], name: &'a DeckName) -> (usize, &'a str) {
    let mut depth = 0;
    let mut shown = name.as_str();
    let mut above = name.parent();
    while let Some(parent) = above {
        if decks.iter().any(|line| line.name == parent) {
            if depth == 0 {
                let cut = parent.as_str().len() + DeckName::SEPARATOR.len();
                shown = name.as_str().get(cut..).unwrap_or(shown);
            }
            depth += 1;
        }
        above = parent.parent();
    }
    (depth, shown)
}
