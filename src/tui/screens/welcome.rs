//! What Home shows while there is no deck: how to begin.

use super::Ask;
use crate::app::{SAMPLES, Sample};
use crate::tui::keymap::Action;

/// A way to begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// Import a file.
    #[default]
    Import,
    /// Import the new files of the inbox.
    Inbox,
    /// Import the sample deck at this place.
    Sample(usize),
    /// Write a card.
    Add,
}

/// The state of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Welcome {
    /// The chosen way, whatever lines come and go above it.
    pub chosen: Way,
    /// The samples that are ticked, by their place.
    ticked: [bool; SAMPLES.len()],
}

impl Welcome {
    /// Returns the ways to begin, line by line.
    #[must_use]
    pub fn ways(has_inbox: bool) -> Vec<Way> {
        let mut ways = vec![Way::Import];
        ways.extend(has_inbox.then_some(Way::Inbox));
        ways.extend((0..SAMPLES.len()).map(Way::Sample));
        ways.push(Way::Add);
        ways
    }

    /// Whether the sample at a place is ticked.
    #[must_use]
    pub fn is_ticked(&self, nth: usize) -> bool {
        self.ticked.get(nth).is_some_and(|ticked| *ticked)
    }

    /// Returns the chosen line; the first one where its way is gone.
    #[must_use]
    pub fn line(&self, has_inbox: bool) -> usize {
        Self::ways(has_inbox).iter().position(|way| *way == self.chosen).unwrap_or(0)
    }

    /// Chooses a line, the last one at most.
    pub fn choose(&mut self, line: usize, has_inbox: bool) {
        let ways = Self::ways(has_inbox);
        self.chosen = ways.get(line).or(ways.last()).copied().unwrap_or_default();
    }

    /// Returns the way on the chosen line.
    fn way(&self, has_inbox: bool) -> Option<Way> {
        Self::ways(has_inbox).get(self.line(has_inbox)).copied()
    }

    /// Whether `action` does something now.
    #[must_use]
    pub fn can(&self, action: Action, has_inbox: bool) -> bool {
        let last = Self::ways(has_inbox).len() - 1;
        match action {
            Action::Accept => true,
            Action::Tick => matches!(self.way(has_inbox), Some(Way::Sample(_))),
            Action::Up | Action::PageUp | Action::First => self.line(has_inbox) > 0,
            Action::Down | Action::PageDown | Action::Last => self.line(has_inbox) < last,
            _ => false,
        }
    }

    /// Applies an action that is possible.
    pub fn update(&mut self, action: Action, has_inbox: bool) -> Option<Ask> {
        let line = self.line(has_inbox);
        match action {
            Action::Accept => {
                return Some(match self.way(has_inbox)? {
                    Way::Import => Ask::Import,
                    Way::Inbox => Ask::Inbox,
                    Way::Sample(nth) => Ask::Files(self.samples(nth)),
                    Way::Add => Ask::Add(None),
                });
            }
            Action::Tick => {
                let Some(Way::Sample(nth)) = self.way(has_inbox) else { return None };
                if let Some(ticked) = self.ticked.get_mut(nth) {
                    *ticked = !*ticked;
                }
                // The next one is what one looks at then.
                if nth + 1 < SAMPLES.len() {
                    self.chosen = Way::Sample(nth + 1);
                }
            }
            Action::Up => self.choose(line.saturating_sub(1), has_inbox),
            Action::Down => self.choose(line + 1, has_inbox),
            Action::First | Action::PageUp => self.choose(0, has_inbox),
            Action::Last | Action::PageDown => self.choose(usize::MAX, has_inbox),
            _ => {}
        }
        None
    }

    /// Returns the paths of the ticked samples, or of the chosen one where none is.
    fn samples(&self, chosen: usize) -> Vec<String> {
        let any = self.ticked.contains(&true);
        let is_wanted = |nth: usize| if any { self.is_ticked(nth) } else { nth == chosen };
        let samples = SAMPLES.iter().enumerate().filter(|(nth, _)| is_wanted(*nth));
        samples.map(|(_, sample): (_, &Sample)| sample.path()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(actions: &[Action]) -> (Welcome, Option<Ask>) {
        let mut welcome = Welcome::default();
        let ask = actions.iter().fold(None, |_, action| {
            assert!(welcome.can(*action, false), "{action:?} on {:?}", welcome.chosen);
            welcome.update(*action, false)
        });
        (welcome, ask)
    }

    #[test]
    fn the_chosen_sample_is_imported_unless_others_are_ticked() {
        use Action::{Accept, Down, Last, Tick, Up};
        let (_, ask) = pressed(&[Down, Down, Accept]);
        assert_eq!(ask, Some(Ask::Files(vec![SAMPLES[1].path()])));
        let (_, ask) = pressed(&[Down, Tick, Down, Tick, Accept]);
        assert_eq!(ask, Some(Ask::Files(vec![SAMPLES[0].path(), SAMPLES[2].path()])));
        let (welcome, ask) = pressed(&[Last, Up, Tick, Tick, Accept]);
        assert_eq!(ask, Some(Ask::Files(vec![SAMPLES[4].path()])), "ticked and unticked again");
        assert_eq!(welcome.chosen, Way::Sample(4), "the last sample is left by hand");
    }

    #[test]
    fn only_a_sample_is_ticked() {
        let welcome = Welcome::default();
        assert!(!welcome.can(Action::Tick, false));
        assert_eq!(pressed(&[Action::Accept]).1, Some(Ask::Import));
        assert_eq!(pressed(&[Action::Last, Action::Accept]).1, Some(Ask::Add(None)));
    }

    #[test]
    fn new_files_of_the_inbox_are_a_way_of_their_own() {
        let mut welcome = Welcome::default();
        welcome.update(Action::Down, true);
        assert_eq!(welcome.update(Action::Accept, true), Some(Ask::Inbox));
        assert_eq!(Welcome::ways(true).len(), Welcome::ways(false).len() + 1);
    }

    #[test]
    fn what_is_chosen_stays_so_when_the_inbox_fills_or_empties() {
        let mut welcome = Welcome::default();
        welcome.choose(2, false);
        assert_eq!((welcome.way(false), welcome.line(true)), (Some(Way::Sample(1)), 3));
        assert_eq!(welcome.way(true), Some(Way::Sample(1)));
        welcome.choose(1, true);
        assert_eq!(welcome.way(false), Some(Way::Import), "its line is gone");
    }
}
