//! What Home shows while there is no deck: how to begin.

use super::Ask;
use crate::app::{SAMPLES, Sample};
use crate::tui::keymap::Action;

/// A way to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Import a file.
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
    /// The chosen line.
    pub chosen: usize,
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

    /// Returns the way on the chosen line.
    fn way(&self, has_inbox: bool) -> Option<Way> {
        Self::ways(has_inbox).get(self.chosen).copied()
    }

    /// Whether `action` does something now.
    #[must_use]
    pub fn can(&self, action: Action, has_inbox: bool) -> bool {
        let last = Self::ways(has_inbox).len() - 1;
        match action {
            Action::Accept => true,
            Action::Tick => matches!(self.way(has_inbox), Some(Way::Sample(_))),
            Action::Up | Action::PageUp | Action::First => self.chosen > 0,
            Action::Down | Action::PageDown | Action::Last => self.chosen < last,
            _ => false,
        }
    }

    /// Applies an action that is possible.
    pub fn update(&mut self, action: Action, has_inbox: bool) -> Option<Ask> {
        let last = Self::ways(has_inbox).len() - 1;
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
                    self.chosen += 1;
                }
            }
            Action::Up => self.chosen = self.chosen.saturating_sub(1),
            Action::Down => self.chosen = (self.chosen + 1).min(last),
            Action::First | Action::PageUp => self.chosen = 0,
            Action::Last | Action::PageDown => self.chosen = last,
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
            assert!(welcome.can(*action, false), "{action:?} on line {}", welcome.chosen);
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
        assert_eq!(welcome.chosen, 5, "the last sample is left by hand");
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
}
