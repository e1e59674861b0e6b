//! Import: name a file, see what it would do, choose, apply.

use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

use super::import_plan::PlanPage;
use super::{Ask, Hit, Page, import_view};
use crate::app::plan::FilePlan;
use crate::domain::Field;
use crate::tui::Look;
use crate::tui::keymap::{Action, Keymap, tables};
use crate::tui::screen::{Effect, LineRequest, Moment, Size};
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
    pub plan: Option<PlanPage>,
    /// The plan that is come back to if no other file is read.
    kept: Option<PlanPage>,
    /// Files of the inbox that come after this one.
    waiting: Vec<String>,
    /// How many files of the inbox were begun, this one with them.
    begun: usize,
}

impl ImportScreen {
    /// Opens with a path that may be empty.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self { path: TextField::new(path), ..Self::default() }
    }

    /// Opens without a path; the files of the inbox can be chosen.
    #[must_use]
    pub fn beside(inbox: &[String]) -> Self {
        Self { completions: inbox.to_vec(), ..Self::default() }
    }

    /// Opens on the first of these files; the others come after it.
    #[must_use]
    pub fn through(mut files: Vec<String>) -> Self {
        let first = if files.is_empty() { String::new() } else { files.remove(0) };
        Self { waiting: files, begun: 1, ..Self::new(&first) }
    }

    /// Returns which of how many files of the inbox this is, if there are several.
    #[must_use]
    pub const fn place(&self) -> Option<(usize, usize)> {
        let all = self.begun + self.waiting.len();
        if all > 1 { Some((self.begun, all)) } else { None }
    }

    /// Opens the next file that waits; says what is to be read, if there is one.
    pub fn go_on(&mut self) -> Option<Effect> {
        if self.waiting.is_empty() {
            return None;
        }
        let path = self.waiting.remove(0);
        let (waiting, begun) = (std::mem::take(&mut self.waiting), self.begun + 1);
        *self = Self { waiting, begun, ..Self::new(&path) };
        Some(Effect::ReadPlan(path))
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
        self.plan = Some(PlanPage::new(files));
    }

    /// Takes a plan that was made anew; returns what became of the chosen row.
    pub fn replanned(&mut self, file: usize, plan: FilePlan) -> Option<String> {
        self.plan.as_mut().map(|page| page.replanned(file, plan))
    }

    /// Gives the chosen row other fields.
    ///
    /// # Errors
    /// They cannot be, in words.
    pub fn edit(&mut self, changes: &[(Field, String)]) -> Result<Option<Ask>, String> {
        self.plan.as_mut().map_or(Ok(None), |plan| plan.edit(changes))
    }

    /// Takes lines that were looked up.
    pub fn take_lines(&mut self, request: LineRequest, lines: Vec<String>) {
        if let Some(plan) = &mut self.plan {
            plan.take_lines(request, lines);
        }
    }
}

impl Page for ImportScreen {
    fn keymap(&self) -> Keymap {
        match &self.plan {
            Some(plan) => plan.keymap(),
            None => tables::PATH,
        }
    }

    fn can(&self, action: Action, size: Size) -> bool {
        let is_over = self.plan.as_ref().is_some_and(|plan| plan.over.is_some());
        if action == Action::NextFile {
            return !self.waiting.is_empty() && !is_over;
        }
        if let Some(plan) = &self.plan {
            return plan.can(action, size);
        }
        match action {
            Action::Read => !self.path.text().trim().is_empty(),
            Action::Complete | Action::Back => true,
            Action::Up | Action::Down => !self.completions.is_empty(),
            _ => false,
        }
    }

    fn update(&mut self, action: Action, moment: Moment<'_>) -> Option<Ask> {
        match (action, &mut self.plan) {
            (Action::NextFile, _) => self.go_on().map(Ask::Do),
            (Action::OtherFile, plan) => {
                self.kept = plan.take();
                None
            }
            (_, Some(plan)) => plan.update(action, moment),
            (_, None) => self.update_path(action),
        }
    }

    fn takes_text(&self) -> bool {
        self.plan.as_ref().is_none_or(PlanPage::is_typing)
    }

    fn press(&mut self, event: &KeyEvent) {
        if let Some(plan) = &mut self.plan {
            if let Some(page) = plan.typing() {
                page.press(event);
            }
            return;
        }
        let before = self.path.text().to_owned();
        self.path.press(event);
        if self.path.text() != before {
            self.forget_completions();
        }
    }

    fn insert(&mut self, inserted: &str) {
        if let Some(plan) = &mut self.plan {
            if let Some(page) = plan.typing() {
                page.insert(inserted);
            }
            return;
        }
        self.path.insert(inserted.trim_matches(['\r', '\n']));
        self.forget_completions();
    }

    fn failed(&mut self) {
        if let Some(plan) = &mut self.plan {
            plan.failed();
        }
    }

    fn wish(&self) -> Option<Effect> {
        self.plan.as_ref()?.wish().map(Effect::Lines)
    }

    fn hits(&self, _size: Size, area: Rect) -> Vec<(Rect, Hit)> {
        import_view::hits(self, area)
    }

    fn choose(&mut self, row: usize) {
        if let Some(plan) = &mut self.plan {
            plan.list.cursor = row.min(plan.list.len().saturating_sub(1));
        }
    }

    fn view(&self, _size: Size, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        import_view::view(self, frame, area, look.theme());
    }

    fn has_own_undo(&self) -> bool {
        true
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
