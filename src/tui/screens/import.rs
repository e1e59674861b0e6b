//! Import: name a file, see what it would do, choose, apply.

use ratatui::crossterm::event::KeyEvent;

use super::Ask;
use super::import_rows::PlanList;
use crate::app::plan::FilePlan;
use crate::tui::keymap::{Action, Keymap, tables};
use crate::tui::screen::{Effect, Size};
use crate::tui::widgets::field::TextField;

/// The state of the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportScreen {
    /// The path as it is typed.
    pub path: TextField,
    /// What it could become.
    pub completions: Vec<String>,
    /// The completion that is chosen.
    pub chosen: Option<usize>,
    /// The plan, once the file was read.
    pub plan: Option<PlanList>,
    /// The plan that is come back to if no other file is read.
    kept: Option<PlanList>,
}

impl ImportScreen {
    /// Opens with a path that may be empty.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self { path: TextField::new(path), ..Self::default() }
    }

    /// Whether keys go into the path.
    #[must_use]
    pub const fn takes_text(&self) -> bool {
        self.plan.is_none()
    }

    /// Returns the keys that hold now.
    #[must_use]
    pub const fn keymap(&self) -> Keymap {
        if self.takes_text() { tables::PATH } else { tables::PLAN }
    }

    /// Whether `action` does something now.
    #[must_use]
    pub fn can(&self, action: Action, _size: Size) -> bool {
        let Some(plan) = &self.plan else {
            return match action {
                Action::Read => !self.path.text().trim().is_empty(),
                Action::Complete | Action::Back => true,
                Action::Up | Action::Down => !self.completions.is_empty(),
                _ => false,
            };
        };
        match action {
            Action::Apply => plan.ticked() > 0,
            Action::Tick => plan.can_tick(),
            Action::TickAll => plan.can_tick_any(),
            Action::NextFilter | Action::PreviousFilter => plan.can_filter(),
            Action::Up | Action::PageUp | Action::First => plan.cursor > 0,
            Action::Down | Action::PageDown | Action::Last => plan.cursor + 1 < plan.len(),
            Action::OtherFile | Action::Back => true,
            _ => false,
        }
    }

    /// Applies an action that is possible.
    pub fn update(&mut self, action: Action, size: Size) -> Option<Ask> {
        if self.plan.is_some() { self.update_plan(action, size) } else { self.update_path(action) }
    }

    fn update_path(&mut self, action: Action) -> Option<Ask> {
        match action {
            Action::Read => {
                let path = self.path.text().trim().to_owned();
                Some(Ask::Do(Effect::ReadPlan(path)))
            }
            // A folder that was chosen is looked into; anything else gives way to the next.
            Action::Complete if self.completions.len() > 1 && !self.chose_folder() => {
                self.choose(true);
                None
            }
            Action::Complete => Some(Ask::Do(Effect::Complete(self.path.text().to_owned()))),
            Action::Down | Action::Up => {
                self.choose(action == Action::Down);
                None
            }
            Action::Back => {
                match self.kept.take() {
                    None => return Some(Ask::Leave),
                    kept => self.plan = kept,
                }
                self.forget_completions();
                None
            }
            _ => None,
        }
    }

    fn update_plan(&mut self, action: Action, size: Size) -> Option<Ask> {
        let plan = self.plan.as_mut()?;
        let last = plan.len().saturating_sub(1);
        match action {
            Action::Apply => return Some(Ask::Do(Effect::Apply(plan.files.clone()))),
            Action::Tick => {
                plan.tick();
                plan.cursor = (plan.cursor + 1).min(last);
            }
            Action::TickAll => plan.tick_all(),
            Action::NextFilter => plan.turn_filter(true),
            Action::PreviousFilter => plan.turn_filter(false),
            Action::Up => plan.cursor = plan.cursor.saturating_sub(1),
            Action::Down => plan.cursor = (plan.cursor + 1).min(last),
            Action::PageUp => plan.cursor = plan.cursor.saturating_sub(size.page()),
            Action::PageDown => plan.cursor = (plan.cursor + size.page()).min(last),
            Action::First => plan.cursor = 0,
            Action::Last => plan.cursor = last,
            Action::OtherFile => self.kept = self.plan.take(),
            Action::Back => return Some(Ask::Leave),
            _ => {}
        }
        None
    }

    /// Applies a key that edits the path.
    pub fn press(&mut self, event: &KeyEvent) {
        let before = self.path.text().to_owned();
        self.path.press(event);
        if self.path.text() != before {
            self.forget_completions();
        }
    }

    /// Inserts text at the cursor; a path has one line.
    pub fn insert(&mut self, inserted: &str) {
        self.path.insert(inserted.trim_matches(['\r', '\n']));
        self.forget_completions();
    }

    fn chose_folder(&self) -> bool {
        self.chosen.is_some() && self.path.text().ends_with(['/', '\\'])
    }

    fn forget_completions(&mut self) {
        self.completions.clear();
        self.chosen = None;
    }

    fn choose(&mut self, forward: bool) {
        let all = self.completions.len();
        if all == 0 {
            return;
        }
        let next = match (self.chosen, forward) {
            (None, true) => 0,
            (None, false) => all - 1,
            (Some(now), true) => (now + 1) % all,
            (Some(now), false) => (now + all - 1) % all,
        };
        self.chosen = Some(next);
        self.path = TextField::new(self.completions[next].clone());
    }

    /// Takes the completions of the path as it was typed; a single one is taken over.
    pub fn complete(&mut self, completions: Vec<String>) {
        self.forget_completions();
        match completions.as_slice() {
            [] => {}
            [only] => self.path = TextField::new(only.clone()),
            several => {
                let shared = shared_start(several);
                if shared.len() > self.path.text().len() {
                    self.path = TextField::new(shared);
                }
                self.completions = completions;
            }
        }
    }

    /// Shows the plan of a file.
    pub fn show(&mut self, files: Vec<FilePlan>) {
        self.forget_completions();
        self.kept = None;
        self.plan = Some(PlanList::new(files));
    }
}

/// Returns what all of `paths` start with.
fn shared_start(paths: &[String]) -> String {
    let Some((first, rest)) = paths.split_first() else { return String::new() };
    let mut shared = first.as_str();
    for path in rest {
        let same = shared.chars().zip(path.chars()).take_while(|(a, b)| a == b);
        let bytes: usize = same.map(|(c, _)| c.len_utf8()).sum();
        shared = &shared[..bytes];
    }
    shared.to_owned()
}
