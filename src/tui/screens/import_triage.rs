//! The new rows one by one: learnt, known already, or never wanted.

use crate::app::plan::{Bucket, FilePlan, PlanRow};
use crate::import::Triage;
use crate::tui::keymap::Action;

/// The page on which new rows are gone through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriagePage {
    /// File and row of each new row.
    rows: Vec<(usize, usize)>,
    /// How many are behind.
    pub at: usize,
}

impl TriagePage {
    /// Opens the page on the new rows, from the chosen one on; `None` where there are none.
    #[must_use]
    pub fn new(files: &[FilePlan], chosen: Option<(usize, usize)>) -> Option<Self> {
        let mut rows = Vec::new();
        for (file, plan) in files.iter().enumerate().filter(|(_, plan)| plan.can_change()) {
            let new = plan.rows.iter().enumerate().filter(|(_, row)| row.bucket == Bucket::New);
            rows.extend(new.map(|(nth, _)| (file, nth)));
        }
        let at = rows.iter().position(|row| Some(*row) == chosen).unwrap_or(0);
        (!rows.is_empty()).then_some(Self { rows, at })
    }

    /// Whether there is a row to decide about.
    #[must_use]
    pub fn is_possible(files: &[FilePlan]) -> bool {
        let has_new = |plan: &FilePlan| plan.rows.iter().any(|row| row.bucket == Bucket::New);
        files.iter().any(|plan| plan.can_change() && has_new(plan))
    }

    /// Returns how many rows there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// Returns file and row of the one that is shown.
    #[must_use]
    pub fn chosen(&self) -> Option<(usize, usize)> {
        self.rows.get(self.at).copied()
    }

    /// Whether `action` does something now.
    #[must_use]
    pub const fn can(&self, action: Action) -> bool {
        match action {
            Action::Back | Action::Learn | Action::Know | Action::Never | Action::Later => true,
            Action::Undo => self.at > 0,
            _ => false,
        }
    }

    /// Applies an action that is possible; true when the last row is through.
    pub fn update(&mut self, action: Action, files: &mut [FilePlan]) -> bool {
        let triage = match action {
            Action::Undo => {
                self.at = self.at.saturating_sub(1);
                return false;
            }
            Action::Learn => Some(Triage::Learn),
            Action::Know => Some(Triage::Known),
            Action::Never => Some(Triage::Never),
            _ => None,
        };
        let chosen = self.chosen();
        let row = chosen.and_then(|(file, nth)| files.get_mut(file)?.rows.get_mut(nth));
        if let (Some(row), Some(triage)) = (row, triage) {
            decide(row, triage);
        }
        self.at += 1;
        self.at >= self.rows.len()
    }
}

fn decide(row: &mut PlanRow, triage: Triage) {
    row.ticked = true;
    if row.draft.decided().triage != triage {
        row.draft.decide().triage = triage;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::tests::fake;

    #[test]
    fn each_new_row_is_decided_once_and_can_be_gone_back_to() {
        let mut files = vec![fake::plan()];
        let mut page = TriagePage::new(&files, None).unwrap();
        assert_eq!(page.count(), 3);
        assert!(!page.update(Action::Know, &mut files));
        assert!(!page.update(Action::Never, &mut files));
        assert!(!page.update(Action::Undo, &mut files));
        assert!(!page.update(Action::Learn, &mut files));
        assert!(page.update(Action::Later, &mut files));
        let words: Vec<&str> = files[0].rows.iter().map(PlanRow::action).collect();
        assert_eq!(words, ["known", "add", "update", "unchanged", "duplicate", "suggest"]);
        assert_eq!(TriagePage::new(&files, Some((0, 5))).unwrap().at, 2);
        files[0].rows.clear();
        assert_eq!(TriagePage::new(&files, None), None);
    }
}
