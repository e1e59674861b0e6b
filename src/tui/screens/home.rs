//! Home: the decks, what is to be done today, what comes, what was imported.

use std::collections::HashSet;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::welcome::Welcome;
use super::{Ask, Hit, Page, home_view, leeches, welcome_view};
use crate::domain::DeckName;
use crate::session::home::{DeckLine, Home, Scope, SessionRequest};
use crate::tui::Look;
use crate::tui::keymap::{Action, Keymap, tables};
use crate::tui::screen::{Effect, Moment, Size};

/// With more decks than this, those below others are folded away at first.
const MANY: usize = 24;

/// The state of the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HomeScreen {
    /// The overview.
    pub home: Home,
    /// The chosen one of the rows; 0 stands for all decks together.
    pub chosen: usize,
    /// How each deck is drawn, in their order.
    pub tree: Vec<Branch>,
    /// The decks that are shown, by their place, in their order.
    pub rows: Vec<usize>,
    /// The decks whose children are hidden; `None` before the first overview.
    folded: Option<HashSet<DeckName>>,
    /// The new files of the inbox.
    pub inbox: Vec<String>,
    /// How to begin, while there is no note.
    pub welcome: Welcome,
    /// Whether the overview was read.
    is_loaded: bool,
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
    /// How many decks are listed below it.
    pub below: usize,
    /// The place of the nearest deck above it that is listed.
    parent: Option<usize>,
}

impl HomeScreen {
    /// Takes a new overview and keeps the chosen deck chosen.
    pub fn load(&mut self, home: Home) {
        let chosen = self.deck().map(|line| line.name.clone());
        self.tree = tree(&home.decks);
        if self.folded.is_none() && !home.decks.is_empty() {
            let parents = home.decks.iter().zip(&self.tree).filter(|(_, branch)| branch.below > 0);
            let parents = parents.map(|(line, _)| line.name.clone());
            let is_long = home.decks.len() > MANY;
            self.folded = Some(if is_long { parents.collect() } else { HashSet::new() });
        }
        self.home = home;
        self.is_loaded = true;
        self.knows_inbox = false;
        self.arrange();
        let place = |name| self.home.decks.iter().position(|line| line.name == name);
        self.choose_deck(chosen.and_then(place));
    }

    /// Lists the decks that no folded one hides.
    fn arrange(&mut self) {
        let mut hidden = vec![false; self.tree.len()];
        self.rows.clear();
        for at in 0..self.tree.len() {
            let above = self.tree.get(at).and_then(|branch| branch.parent);
            let is_hidden = above.is_some_and(|above| hidden[above] || self.is_folded(above));
            hidden[at] = is_hidden;
            if !is_hidden {
                self.rows.push(at);
            }
        }
    }

    /// Chooses a deck, or the nearest one above it that is shown.
    fn choose_deck(&mut self, deck: Option<usize>) {
        let mut wanted = deck;
        while let Some(at) = wanted {
            if let Ok(row) = self.rows.binary_search(&at) {
                self.chosen = row + 1;
                return;
            }
            wanted = self.tree.get(at).and_then(|branch| branch.parent);
        }
        self.chosen = 0;
    }

    /// Returns the place of the chosen deck; `None` for all of them.
    fn place(&self) -> Option<usize> {
        self.chosen.checked_sub(1).and_then(|row| self.rows.get(row)).copied()
    }

    /// Whether there is no note, so that it tells how to begin.
    #[must_use]
    pub fn is_welcome(&self) -> bool {
        self.is_loaded && self.all_notes() == 0
    }

    /// Returns the chosen deck; `None` for all of them.
    #[must_use]
    pub fn deck(&self) -> Option<&DeckLine> {
        self.place().and_then(|at| self.home.decks.get(at))
    }

    /// Whether the decks below the deck at this place are hidden.
    #[must_use]
    pub fn is_folded(&self, at: usize) -> bool {
        let name = self.home.decks.get(at).map(|line| &line.name);
        let folded = self.folded.as_ref();
        name.is_some_and(|name| folded.is_some_and(|folded| folded.contains(name)))
    }

    /// Hides the decks below the chosen one; where there are none, it goes to the one above.
    fn fold(&mut self) {
        let Some(at) = self.place() else { return };
        let has_children = self.tree.get(at).is_some_and(|branch| branch.below > 0);
        if !has_children || self.is_folded(at) {
            self.choose_deck(self.tree.get(at).and_then(|branch| branch.parent));
            return;
        }
        if let Some(line) = self.home.decks.get(at) {
            self.folded.get_or_insert_default().insert(line.name.clone());
        }
        self.arrange();
        self.choose_deck(Some(at));
    }

    fn unfold(&mut self) {
        let Some(at) = self.place() else { return };
        if let (Some(line), Some(folded)) = (self.home.decks.get(at), &mut self.folded) {
            folded.remove(&line.name);
        }
        self.arrange();
        self.choose_deck(Some(at));
    }

    /// Returns how many notes there are. A deck's number holds those of the decks below it.
    #[must_use]
    pub fn all_notes(&self) -> u32 {
        let lines = self.home.decks.iter().zip(&self.tree);
        let top = lines.filter(|(_, branch)| branch.depth == 0).map(|(line, _)| line.notes);
        top.fold(0, u32::saturating_add)
    }

    fn has_notes(&self) -> bool {
        self.deck().map_or_else(|| self.all_notes(), |line| line.notes) > 0
    }
}

impl Page for HomeScreen {
    fn keymap(&self) -> Keymap {
        if self.is_welcome() { tables::WELCOME } else { tables::HOME }
    }

    fn can(&self, action: Action, _size: Size) -> bool {
        let last = self.rows.len();
        let branch = self.place().and_then(|at| Some((at, self.tree.get(at)?)));
        match action {
            Action::Import
            | Action::Add
            | Action::Browse
            | Action::Stats
            | Action::Settings
            | Action::Reload
            | Action::Review
            | Action::Back => true,
            Action::Inbox => !self.inbox.is_empty(),
            _ if self.is_welcome() => self.welcome.can(action, !self.inbox.is_empty()),
            Action::Leeches => true,
            Action::ReviewTyped | Action::Practise => self.has_notes(),
            Action::Fold => branch.is_some_and(|(at, branch)| {
                branch.parent.is_some() || branch.below > 0 && !self.is_folded(at)
            }),
            Action::Unfold => branch.is_some_and(|(at, _)| self.is_folded(at)),
            Action::Up | Action::PageUp | Action::First => self.chosen > 0,
            Action::Down | Action::PageDown | Action::Last => self.chosen < last,
            _ => false,
        }
    }

    fn update(&mut self, action: Action, Moment { size, .. }: Moment<'_>) -> Option<Ask> {
        let last = self.rows.len();
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
            // A session without a card says so and offers what there is instead.
            Action::Review => return session(false, false),
            Action::ReviewTyped => return session(true, false),
            Action::Practise => return session(false, true),
            Action::Import => return Some(Ask::Import),
            Action::Add => return Some(Ask::Add(self.deck().map(|line| line.name.clone()))),
            Action::Inbox => return Some(Ask::Inbox),
            Action::Browse => return Some(Ask::Browse),
            Action::Stats => return Some(Ask::Stats),
            Action::Leeches => {
                return Some(Ask::Find(leeches(self.deck().map(|line| &line.name))));
            }
            Action::Settings => return Some(Ask::Settings),
            Action::Reload => return Some(Ask::Do(Effect::LoadHome)),
            Action::Back => return Some(Ask::Leave),
            _ if self.is_welcome() => return self.welcome.update(action, !self.inbox.is_empty()),
            Action::Fold => self.fold(),
            Action::Unfold => self.unfold(),
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

    fn hits(&self, _size: Size, area: Rect) -> Vec<(Rect, Hit)> {
        if self.is_welcome() {
            return welcome_view::hits(self, area);
        }
        home_view::hits(self, area)
    }

    fn choose(&mut self, row: usize) {
        if self.is_welcome() {
            return self.welcome.choose(row, !self.inbox.is_empty());
        }
        self.chosen = row.min(self.rows.len());
    }

    fn view(&self, _size: Size, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        if self.is_welcome() {
            return welcome_view::view(self, frame, area, look);
        }
        home_view::view(self, frame, area, look.theme());
    }
}

/// Returns how the decks are drawn. A parent that is not listed adds no depth; its
/// name stays on the child.
fn tree(decks: &[DeckLine]) -> Vec<Branch> {
    let mut branches: Vec<Branch> = Vec::with_capacity(decks.len());
    // The decks above the one that is looked at: parents come before their children.
    let mut above: Vec<usize> = Vec::new();
    for (at, line) in decks.iter().enumerate() {
        let holds = |place: &usize| decks.get(*place).is_some_and(|d| line.name.is_within(&d.name));
        while above.last().is_some_and(|place| !holds(place)) {
            above.pop();
        }
        for place in &above {
            if let Some(branch) = branches.get_mut(*place) {
                branch.below += 1;
            }
        }
        let parent = above.last().copied();
        let cut = parent
            .and_then(|place| decks.get(place))
            .map_or(0, |deck| deck.name.as_str().len() + DeckName::SEPARATOR.len());
        let name = line.name.as_str().get(cut..).unwrap_or(line.name.as_str()).to_owned();
        branches.push(Branch { depth: above.len(), name, below: 0, parent });
        above.push(at);
    }
    branches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Day, Now};
    use crate::session::Counts;
    use crate::tui::keymap::Keys;

    fn lines(names: &[&str]) -> Vec<DeckLine> {
        let line = |name: &&str| DeckLine {
            name: name.parse().unwrap(),
            notes: 10,
            counts: Counts::default(),
        };
        names.iter().map(line).collect()
    }

    fn screen(names: &[&str]) -> HomeScreen {
        let mut screen = HomeScreen::default();
        screen.load(Home { decks: lines(names), ..Home::default() });
        screen
    }

    fn shown(screen: &HomeScreen) -> Vec<&str> {
        screen.rows.iter().map(|at| screen.home.decks[*at].name.as_str()).collect()
    }

    fn act(screen: &mut HomeScreen, action: Action) {
        let size = Size { width: 80, height: 24 };
        assert!(screen.can(action, size), "{action:?}");
        let now = Now { at_ms: 0, offset_min: 0, day: Day(0) };
        screen.update(action, Moment { now, size, keys: &Keys::default() });
    }

    #[test]
    fn a_child_hangs_below_the_nearest_deck_that_is_listed() {
        let decks = lines(&["A", "A::B", "A::B::E", "A::C::D", "X::Y"]);
        let drawn: Vec<_> = tree(&decks).into_iter().map(|b| (b.depth, b.name, b.below)).collect();
        let want = [(0, "A", 3), (1, "B", 1), (2, "E", 0), (1, "C::D", 0), (0, "X::Y", 0)];
        assert_eq!(drawn, want.map(|(depth, name, below)| (depth, name.to_owned(), below)));
    }

    #[test]
    fn a_new_overview_keeps_the_chosen_deck_chosen() {
        let mut screen = screen(&["A", "B"]);
        screen.chosen = 2;
        screen.load(Home { decks: lines(&["A", "A::Z", "B"]), ..Home::default() });
        assert_eq!(screen.deck().unwrap().name.as_str(), "B");
        assert_eq!(screen.all_notes(), 20, "a child's notes are counted with its parent");
        screen.load(Home { decks: lines(&["A"]), ..Home::default() });
        assert_eq!(screen.chosen, 0);
    }

    #[test]
    fn decks_below_others_are_folded_and_unfolded() {
        let mut screen = screen(&["A", "A::B", "A::B::C", "D"]);
        assert_eq!(shown(&screen).len(), 4, "a short tree is shown whole");
        screen.chosen = 3;
        act(&mut screen, Action::Fold);
        assert_eq!(screen.deck().unwrap().name.as_str(), "A::B", "the deck above is chosen");
        act(&mut screen, Action::Fold);
        assert_eq!(shown(&screen), ["A", "A::B", "D"]);
        act(&mut screen, Action::Fold);
        act(&mut screen, Action::Fold);
        assert_eq!(shown(&screen), ["A", "D"]);
        act(&mut screen, Action::Unfold);
        assert_eq!(shown(&screen), ["A", "A::B", "D"], "what was folded below stays so");
        let home = screen.home.clone();
        screen.load(home);
        assert_eq!(shown(&screen), ["A", "A::B", "D"], "a new overview leaves it as it was");
    }

    #[test]
    fn a_long_tree_begins_folded() {
        let mut names: Vec<String> = (10..30).map(|n| format!("A::{n}")).collect();
        names.insert(0, "A".into());
        names.extend((10..15).map(|n| format!("B {n}")));
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let screen = screen(&names);
        assert_eq!(shown(&screen), ["A", "B 10", "B 11", "B 12", "B 13", "B 14"]);
    }
}
