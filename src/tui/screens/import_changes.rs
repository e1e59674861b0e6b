//! Changes of a plan's rows before it is carried out, and the way back.

use crate::app::plan::{Bucket, FilePlan, PlanRow};
use crate::import::RowError;

/// What a change put in the place of what.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The number of the file.
    pub file: usize,
    /// The first row that was changed.
    pub at: usize,
    /// The rows that stood there.
    before: Vec<PlanRow>,
    /// How many stand there now.
    after: usize,
    /// A line that could not be read and became part of a row.
    taken: Option<(usize, RowError)>,
}

/// A plan with changed rows, and the step back.
pub type Changed = (FilePlan, Step);

/// What stands below a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The row at this place.
    Row(usize),
    /// The line at this place among those that could not be read.
    Line(usize),
}

/// Returns the plan with `rows` in the place of `count` rows from `at` on.
fn spliced(
    plan: &FilePlan,
    file: usize,
    (at, count): (usize, usize),
    rows: Vec<PlanRow>,
) -> Changed {
    let mut plan = plan.clone();
    let after = rows.len();
    let before = plan.rows.splice(at..at + count, rows).collect();
    (plan, Step { file, at, before, after, taken: None })
}

impl Step {
    /// Returns the row that it is about, unless it is about many.
    pub fn row(&self) -> Option<usize> {
        (self.before.len() <= 2).then_some(self.at)
    }

    /// Returns the plan as it was before the step.
    pub fn taken_back(&self, plan: &FilePlan) -> FilePlan {
        let mut plan = plan.clone();
        let end = (self.at + self.after).min(plan.rows.len());
        plan.rows.splice(self.at.min(end)..end, self.before.iter().cloned());
        if let Some((at, error)) = &self.taken {
            plan.rejected.insert((*at).min(plan.rejected.len()), error.clone());
        }
        plan
    }
}

/// Returns the plan with one row changed by `change`.
pub fn with_row(
    plan: &FilePlan,
    (file, at): (usize, usize),
    change: impl FnOnce(&mut PlanRow),
) -> Option<Changed> {
    let mut row = plan.rows.get(at)?.clone();
    change(&mut row);
    Some(spliced(plan, file, (at, 1), vec![row]))
}

/// Returns the plan with the sides of all rows swapped.
pub fn with_all_swapped(plan: &FilePlan, file: usize) -> Changed {
    let mut rows = plan.rows.clone();
    rows.iter_mut().for_each(PlanRow::swap_sides);
    spliced(plan, file, (0, plan.rows.len()), rows)
}

/// Returns what stands below a row in the file.
pub fn next_of(plan: &FilePlan, at: usize) -> Option<Next> {
    let line = plan.rows.get(at)?.draft.line;
    let next = plan.rows.get(at + 1).map(|row| row.draft.line);
    let is_between =
        |error: &RowError| error.line > line && next.is_none_or(|next| error.line < next);
    match plan.rejected.iter().position(is_between) {
        Some(nth) => Some(Next::Line(nth)),
        None => next.map(|_| Next::Row(at + 1)),
    }
}

/// Returns the plan with a row and what stands below it as one; `text` returns a
/// line of the file.
pub fn with_merged(
    plan: &FilePlan,
    (file, at): (usize, usize),
    text: impl Fn(u32) -> Option<String>,
) -> Option<Changed> {
    let mut row = plan.rows.get(at)?.clone();
    match next_of(plan, at)? {
        Next::Row(next) => {
            row.merge(plan.rows.get(next)?);
            Some(spliced(plan, file, (at, 2), vec![row]))
        }
        Next::Line(nth) => {
            let error = plan.rejected.get(nth)?.clone();
            row.merge_line(error.line, &text(error.line)?);
            let (mut plan, mut step) = spliced(plan, file, (at, 1), vec![row]);
            plan.rejected.remove(nth);
            step.taken = Some((nth, error));
            Some((plan, step))
        }
    }
}

/// Returns the plan with a row cut in two.
pub fn with_split(
    plan: &FilePlan,
    (file, at): (usize, usize),
    (front, back): (usize, usize),
) -> Option<Changed> {
    let (first, second) = plan.rows.get(at)?.split(front, back)?;
    Some(spliced(plan, file, (at, 1), vec![first, second]))
}

/// Whether a row is a correction or a conflict, or was decided to be none.
pub fn can_settle(row: &PlanRow) -> bool {
    let decided = row.draft.decided();
    matches!(row.bucket, Bucket::Renamed { .. } | Bucket::Conflict { .. })
        || decided.apart
        || decided.theirs.is_some()
}

/// Decides a correction the other way, or a conflict the next one: the file's text, the
/// learner's for good, or the learner's for now.
pub fn settle(row: &mut PlanRow) {
    let is_conflict = matches!(row.bucket, Bucket::Conflict { .. });
    row.ticked = true;
    let decided = row.draft.decide();
    match decided.theirs {
        None if is_conflict => decided.theirs = Some(true),
        None => decided.apart = !decided.apart,
        Some(true) => decided.theirs = Some(false),
        Some(false) => decided.theirs = None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::tests::fake;

    #[test]
    fn a_step_leads_back_to_the_rows_and_lines_there_were() {
        let plan = fake::plan();
        let text = |_| Some("of society".to_owned());
        let steps = [
            with_row(&plan, (0, 1), PlanRow::swap_sides),
            Some(with_all_swapped(&plan, 0)),
            with_merged(&plan, (0, 0), text),
            with_merged(&plan, (0, 3), text),
            with_split(&plan, (0, 1), (12, 9)),
        ];
        for (nth, step) in steps.into_iter().enumerate() {
            let (changed, step) = step.unwrap_or_else(|| panic!("step {nth} is possible"));
            assert_ne!(changed, plan, "step {nth}");
            assert_eq!(step.taken_back(&changed), plan, "step {nth}");
        }
    }

    #[test]
    fn the_line_below_comes_before_the_row_below() {
        let plan = fake::plan();
        assert_eq!(next_of(&plan, 0), Some(Next::Row(1)));
        assert_eq!(next_of(&plan, 3), Some(Next::Line(0)), "line 5 between 4 and 6");
        assert_eq!(next_of(&plan, plan.rows.len() - 1), None);
        let (merged, _) = with_merged(&plan, (0, 3), |line| Some(format!("line {line}"))).unwrap();
        assert_eq!(merged.rows[3].draft.fields.back, "development line 5");
        assert!(merged.rejected.is_empty());
        assert!(with_merged(&plan, (0, 3), |_| None).is_none(), "the line is not known");
    }

    #[test]
    fn settling_goes_round_to_what_was_before() {
        let note = crate::domain::Uid([1; 16]);
        let fields = vec!["back"];
        for bucket in [
            Bucket::Renamed { note, from: "x".into() },
            Bucket::Conflict { note, fields: fields.clone(), taken: Vec::new() },
        ] {
            let mut row = fake::row(1, "a", "b", bucket.clone());
            assert!(can_settle(&row));
            settle(&mut row);
            let decided = row.draft.decided().clone();
            assert!(decided.apart != (decided.theirs == Some(true)), "{bucket:?}");
            row.bucket = if decided.apart {
                Bucket::New
            } else {
                Bucket::Updated { note, fields: fields.clone() }
            };
            assert!(can_settle(&row));
            settle(&mut row);
            if row.draft.decided().theirs == Some(false) {
                assert!(can_settle(&row), "the learner's text for good, then for now");
                settle(&mut row);
            }
            if matches!(bucket, Bucket::Renamed { .. }) {
                assert!(!row.draft.decided().apart);
            } else {
                assert_eq!(row.draft.decided().theirs, None);
            }
        }
        assert!(!can_settle(&fake::row(1, "a", "b", Bucket::New)));
    }
}
