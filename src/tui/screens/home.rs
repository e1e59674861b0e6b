//! Home: the decks, what is to be done today, what was imported.

use ratatui::Frame;
use ratatui::layout::Rect;
use std::collections::HashSet;

use super::{Ask, Page, home_view};
use crate::domain::DeckName;
use crate::session::home::{DeckLine, Home, Scope, SessionRequest};
use crate::tui::keymap::{Action, Keymap, tables};
use crate::tui::screen::{Effect, Moment, Size};
use crate::tui::theme::Theme;

/// The state of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HomeScreen {
    /// The overview.
    pub home: Home,
    /// The chosen line; 0 stands for all decks together.
    pub chosen: usize,
    /// How each deck is drawn, in their order.
    pub tree: Vec<Branch>,
    /// The new files of the inbox.
    pub inbox: Vec<String>,
    /// Whether the inbox was looked through since the overview was read.
    pub knows_inbox: bool,
}

/// How a deck is drawn in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// How many of the decks above it are listed.
    pub depth: usize,
    /// Its name below the nearest of them.
    pub name: String,
}

impl HomeScreen {
    /// The keys of the screen.
    pub const KEYMAP: Keymap = tables::HOME;

    /// Takes a new overview and keeps the chosen deck chosen.
    pub fn load(&mut self, home: Home) {
        let chosen = self.deck().map(|line| line.name.clone());
        self.tree = tree(&home.decks);
        self.home = home;
        self.knows_inbox = false;
        let place = |name| self.home.decks.iter().position(|line| line.name == name);
        self.chosen = chosen.and_then(place).map_or(0, |at| at + 1);
    }

    /// Returns the chosen deck; `None` for all of them.
    #[must_use]
    pub fn deck(&self) -> Option<&DeckLine> {
        self.chosen.checked_sub(1).and_then(|at| self.home.decks.get(at))
    }

    /// Returns how many cards the chosen line has left today.
    fn left(&self) -> u32 {
        self.deck().map_or(self.home.total, |line| line.counts).total()
    }

    /// Returns how many notes there are. A deck's number holds those of the decks below it.
    #[must_use]
    pub fn all_notes(&self) -> u32 {
        let lines = self.home.decks.iter().zip(&self.tree);
        let top = lines.filter(|(_, branch)| branch.depth == 0).map(|(line, _)| line.notes);
        top.fold(0, u32::saturating_add)
    }
}

impl Page for HomeScreen {
    fn keymap(&self) -> Keymap {
        Self::KEYMAP
    }

    fn can(&self, action: Action, _size: Size) -> bool {
        let last = self.home.decks.len();
        match action {
            Action::Import
            | Action::Browse
            | Action::Stats
            | Action::Settings
            | Action::Reload
            | Action::Back => true,
            Action::Inbox => !self.inbox.is_empty(),
            Action::Review | Action::ReviewTyped => self.left() > 0,
            Action::Practise => self.deck().map_or_else(|| self.all_notes(), |l| l.notes) > 0,
            Action::Up | Action::PageUp | Action::First => self.chosen > 0,
            Action::Down | Action::PageDown | Action::Last => self.chosen < last,
            _ => false,
        }
    }

    fn update(&mut self, action: Action, Moment { size, .. }: Moment) -> Option<Ask> {
        let last = self.home.decks.len();
        let session = |typed, cram| {
            let scope = self.deck().map_or(Scope::All, |line| Scope::Deck(line.name.clone()));
            Some(Ask::Do(Effect::Start(SessionRequest {
                scope,
                typed,
                cram,
                ..SessionRequest::default()
            })))
        };
        match action {
            Action::Review => return session(false, false),
            Action::ReviewTyped => return session(true, false),
            Action::Practise => return session(false, true),
            Action::Import => return Some(Ask::Import),
            Action::Inbox => return Some(Ask::Inbox),
            Action::Browse => return Some(Ask::Browse),
            Action::Stats => return Some(Ask::Stats),
            Action::Settings => return Some(Ask::Settings),
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

    fn wish(&self) -> Option<Effect> {
        (!self.knows_inbox).then_some(Effect::Inbox)
    }

    fn failed(&mut self) {
        self.knows_inbox = true;
    }

    fn view(&self, _size: Size, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        home_view::view(self, frame, area, theme);
    }
}

/// Returns how the decks are drawn. A parent that is not listed adds no depth; its
/// name stays on the child.
fn tree(decks: &[DeckLine]) -> Vec<Branch> {
    let listed: HashSet<&DeckName> = decks.iter().map(|line| &line.name).collect();
    let branch = |line: &DeckLine| {
        let mut depth = 0;
        let mut shown = line.name.as_str();
        let mut above = line.name.parent();
        while let Some(parent) = above {
            if listed.contains(&parent) {
                if depth == 0 {
                    let cut = parent.as_str().len() + DeckName::SEPARATOR.len();
                    shown = line.name.as_str().get(cut..).unwrap_or(shown);
                }
                depth += 1;
            }
            above = parent.parent();
        }
        Branch { depth, name: shown.to_owned() }
    };
    decks.iter().map(branch).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Counts;

    fn lines(names: &[&str]) -> Vec<DeckLine> {
        let line = |name: &&str| DeckLine {
            name: name.parse().unwrap(),
            notes: 10,
            counts: Counts::default(),
        };
        names.iter().map(line).collect()
    }

    #[test]
    fn a_child_hangs_below_the_nearest_deck_that_is_listed() {
        let decks = lines(&["A", "A::B", "A::C::D", "X::Y"]);
        let drawn: Vec<_> = tree(&decks).into_iter().map(|b| (b.depth, b.name)).collect();
        let want = [(0, "A"), (1, "B"), (1, "C::D"), (0, "X::Y")];
        assert_eq!(drawn, want.map(|(depth, name)| (depth, name.to_owned())));
    }

    #[test]
    fn a_new_overview_keeps_the_chosen_deck_chosen() {
        let mut screen = HomeScreen::default();
        screen.load(Home { decks: lines(&["A", "B"]), ..Home::default() });
        screen.chosen = 2;
        screen.load(Home { decks: lines(&["A", "A::Z", "B"]), ..Home::default() });
        assert_eq!(screen.deck().unwrap().name.as_str(), "B");
        assert_eq!(screen.all_notes(), 20, "a child's notes are counted with its parent");
        screen.load(Home { decks: lines(&["A"]), ..Home::default() });
        assert_eq!(screen.chosen, 0);
    }
}
