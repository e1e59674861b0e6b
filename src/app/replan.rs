//! A plan whose rows the learner changed, compared again; and the same file read
//! in another way with what the learner changed kept.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::domain::Fields;
use crate::domain::watch::Watch;
use crate::store::Store;

use super::plan::{FilePlan, PlanRow};
use super::{App, ImportOptions, Input, Result, comparison, interchange};

impl App {
    /// Compares a plan with the collection again, after its rows were changed,
    /// merged or split. Nothing is written; what is ticked stays so as far as it can.
    ///
    /// # Errors
    /// The store, or [`crate::error::Error::Cancelled`].
    pub fn replan(&self, plan: FilePlan, watch: &dyn Watch) -> Result<FilePlan> {
        self.store.view(|store| self.compared_again(store, plan, watch))
    }

    /// Reads a file again with other options. Rows that are read as before keep what
    /// the learner did to them.
    ///
    /// # Errors
    /// As [`App::plan`].
    pub fn plan_again(
        &self,
        input: Input<'_>,
        options: &ImportOptions,
        old: &FilePlan,
        watch: &dyn Watch,
    ) -> Result<FilePlan> {
        let mut plan = self.plan(input, options, watch)?;
        if !plan.can_change() || !old.can_change() {
            return Ok(plan);
        }
        if carry_over(old, &mut plan) { self.replan(plan, watch) } else { Ok(plan) }
    }

    /// Compares a plan's rows with the collection as it is now.
    pub(super) fn compared_again(
        &self,
        store: &Store,
        mut plan: FilePlan,
        watch: &dyn Watch,
    ) -> Result<FilePlan> {
        let rows = std::mem::take(&mut plan.rows);
        plan.gone.clear();
        let ticks: Vec<(bool, bool)> =
            rows.iter().map(|row| (row.can_tick(), row.ticked)).collect();
        let mut renewed = if plan.basis.document.is_some() {
            interchange::compare(store, plan)?.0
        } else {
            let drafts = rows.into_iter().map(|row| row.draft).collect();
            comparison::compare(store, &self.config, plan, drafts, watch)?
        };
        for (row, (could_tick, ticked)) in renewed.rows.iter_mut().zip(ticks) {
            if row.can_tick() && could_tick {
                row.ticked = ticked;
            }
        }
        Ok(renewed)
    }
}

/// What becomes of a row that was read again.
enum Fate {
    /// It stays as it is read.
    Stays,
    /// It is ticked or unticked.
    Ticked(bool),
    /// The learner made these rows of it.
    Becomes(Vec<PlanRow>),
    /// It was merged into a row before it.
    Merged,
}

/// What the learner did to the rows of a plan, by the rows of the file.
#[derive(Default)]
struct Earlier<'a> {
    known: HashMap<(u32, &'a Fields), VecDeque<&'a PlanRow>>,
    /// Rows that came back together with an equal one.
    taken: HashSet<(u32, &'a Fields)>,
    /// Rows that were merged into one that was carried over.
    merged: HashSet<&'a Fields>,
    /// The same for lines that could not be read by themselves.
    lines: HashSet<u32>,
}

impl<'a> Earlier<'a> {
    fn fate(&mut self, row: &'a PlanRow) -> Fate {
        let fields = &row.draft.fields;
        if self.merged.remove(fields) {
            return Fate::Merged;
        }
        let key = (row.draft.line, fields);
        if self.taken.contains(&key) {
            return Fate::Merged;
        }
        let Some(known) = self.known.get_mut(&key) else { return Fate::Stays };
        // Rows that are the same twice on one line are as many again: one for one.
        if known.iter().all(|row| row.draft.decided.is_none()) {
            let Some(one) = known.pop_front() else { return Fate::Stays };
            let is_as_sure = row.draft.is_ticked() == one.draft.is_ticked();
            let carries = row.can_tick() && one.can_tick() && is_as_sure;
            return if carries { Fate::Ticked(one.ticked) } else { Fate::Stays };
        }
        // All of them at once, whichever of the equal ones was changed.
        let rows = std::mem::take(known);
        self.taken.insert(key);
        for decided in rows.iter().map(|row| row.draft.decided()) {
            self.merged.extend(decided.said.iter().flat_map(|said| &said.also));
            self.lines.extend(&decided.lines);
        }
        Fate::Becomes(rows.into_iter().cloned().collect())
    }
}

/// Puts what the learner did to the rows of `old` into `plan`, where the file still
/// gives the same rows; says whether more than ticks was carried over.
fn carry_over(old: &FilePlan, plan: &mut FilePlan) -> bool {
    let mut earlier = Earlier::default();
    for row in &old.rows {
        earlier.known.entry((row.draft.line, row.draft.said())).or_default().push_back(row);
    }
    let fates: Vec<Fate> = plan.rows.iter().map(|row| earlier.fate(row)).collect();
    let lines = earlier.lines;
    let mut changed = false;
    for (mut row, fate) in std::mem::take(&mut plan.rows).into_iter().zip(fates) {
        match fate {
            Fate::Stays => plan.rows.push(row),
            Fate::Ticked(ticked) => {
                row.ticked = ticked;
                plan.rows.push(row);
            }
            Fate::Becomes(rows) => {
                changed = true;
                plan.rows.extend(rows);
            }
            Fate::Merged => {}
        }
    }
    plan.rejected.retain(|row| !lines.contains(&row.line));
    changed
}
