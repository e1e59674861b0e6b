//! The plan of an import: rows to tick, filter and change before anything is written.

use super::Ask;
use super::import_changes::{
    Changed, Next, Step, can_settle, next_of, settle, with_all_swapped, with_merged, with_row,
    with_split,
};
use super::import_details as details;
use super::import_options::{OptionsPage, Wanted};
use super::import_rows::{Entry, PlanList};
use super::import_split::SplitPage;
use super::import_triage::TriagePage;
use crate::app::plan::{FilePlan, PlanRow};
use crate::domain::text::plural;
use crate::domain::{Field, Fields};
use crate::import::Decided;
use crate::tui::keymap::{Action, Keymap, tables};
use crate::tui::screen::{Effect, LineRequest, Moment, Size};

/// Steps that can be taken back, at most.
const MOST_STEPS: usize = 100;

/// A page over the table of rows.
#[derive(Clone, Debug, PartialEq)]
pub enum Over {
    /// The chosen row in full, scrolled down by so many lines.
    Look(usize),
    /// How the file is read.
    Options(OptionsPage),
    /// Cutting the chosen row in two.
    Split(Box<SplitPage>),
    /// The new rows one by one.
    Triage(TriagePage),
}

/// What happens to the steps when the plan that was asked for comes.
#[derive(Clone, Debug, PartialEq)]
enum Pending {
    Push(Step),
    Pop,
    /// The rows are read anew: no step fits them.
    Clear,
}

/// The state of the plan's page.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanPage {
    /// The plans and what of them is shown.
    pub list: PlanList,
    /// A page over the table.
    pub over: Option<Over>,
    /// Lines of the file from the chosen row on, as they were looked up.
    source: Option<(LineRequest, Vec<String>)>,
    undo: Vec<Step>,
    pending: Option<Pending>,
    /// Whether the last key would have thrown changes away.
    asked: bool,
}

impl PlanPage {
    /// Shows these plans.
    #[must_use]
    pub fn new(files: Vec<FilePlan>) -> Self {
        let list = PlanList::new(files);
        Self { list, over: None, source: None, undo: Vec::new(), pending: None, asked: false }
    }

    /// Returns the keys that hold now.
    #[must_use]
    pub const fn keymap(&self) -> Keymap {
        match &self.over {
            None => tables::PLAN,
            Some(Over::Look(_)) => tables::LOOK,
            Some(Over::Options(page)) => page.keymap(),
            Some(Over::Split(_)) => tables::SPLIT,
            Some(Over::Triage(_)) => tables::TRIAGE,
        }
    }

    /// Whether keys go into a text.
    #[must_use]
    pub const fn is_typing(&self) -> bool {
        matches!(&self.over, Some(Over::Options(page)) if page.typing.is_some())
    }

    /// Returns the options page, if a value is typed there.
    pub const fn typing(&mut self) -> Option<&mut OptionsPage> {
        match &mut self.over {
            Some(Over::Options(page)) if page.typing.is_some() => Some(page),
            _ => None,
        }
    }

    /// Returns the lines of the file from the chosen row on, as far as they are known.
    #[must_use]
    pub fn source(&self) -> &[String] {
        match &self.source {
            Some((request, lines)) if Some(request) == self.lines_wanted().as_ref() => lines,
            _ => &[],
        }
    }

    /// Returns the lines that are wanted and not known yet.
    #[must_use]
    pub fn wish(&self) -> Option<LineRequest> {
        let wanted = self.lines_wanted()?;
        let is_known = self.source.as_ref().is_some_and(|(request, _)| *request == wanted);
        (!is_known).then_some(wanted)
    }

    /// Takes lines that were looked up.
    pub fn take_lines(&mut self, request: LineRequest, lines: Vec<String>) {
        self.source = Some((request, lines));
    }

    fn lines_wanted(&self) -> Option<LineRequest> {
        let (file, entry) = self.list.at(self.list.cursor)?;
        let nth = |n: u32| n as usize;
        let from = match entry {
            Entry::Row(n) => file.rows.get(nth(n))?.draft.line,
            Entry::Rejected(n) => file.rejected.get(nth(n))?.line,
            Entry::Warning(n) => file.warnings.get(nth(n))?.line,
            Entry::Report(_) | Entry::Gone(_) => 0,
        };
        let (path, encoding) = (file.path.clone(), file.encoding.clone());
        (from > 0).then_some(LineRequest { path, encoding, from })
    }

    /// Returns the chosen row and its plan, if its text can be changed.
    fn changeable(&self) -> Option<(&FilePlan, (usize, usize), &PlanRow)> {
        let (file, nth) = self.list.chosen()?;
        let plan = self.list.files.get(file).filter(|plan| plan.can_change())?;
        Some((plan, (file, nth), plan.rows.get(nth)?))
    }

    /// Returns a line of the file, if it was looked up.
    fn text_of(&self, line: u32) -> Option<String> {
        let (request, lines) = self.source.as_ref()?;
        lines.get(line.checked_sub(request.from)? as usize).cloned()
    }

    /// Whether `action` does something now.
    #[must_use]
    pub fn can(&self, action: Action, size: Size) -> bool {
        match &self.over {
            None => self.can_in_table(action),
            Some(Over::Look(scroll)) => match action {
                Action::Back => true,
                Action::Up | Action::PageUp => *scroll > 0,
                Action::Down | Action::PageDown => *scroll < details::overflow(self, size),
                _ => false,
            },
            Some(Over::Options(page)) => page.can(action),
            Some(Over::Split(page)) => page.can(action),
            Some(Over::Triage(page)) => page.can(action),
        }
    }

    fn can_in_table(&self, action: Action) -> bool {
        let list = &self.list;
        match action {
            Action::Apply => list.ticked() > 0 || list.files.iter().any(has_more),
            Action::Tick => list.can_tick(),
            Action::TickAll => list.can_tick_any(),
            Action::NextFilter | Action::PreviousFilter => list.can_filter(),
            Action::Up | Action::PageUp | Action::First => list.cursor > 0,
            Action::Down | Action::PageDown | Action::Last => list.cursor + 1 < list.len(),
            Action::Look => !list.is_empty(),
            Action::Edit | Action::Swap | Action::SwapAll => self.changeable().is_some(),
            Action::Split => self.changeable().is_some_and(|(.., row)| can_split(row)),
            Action::Merge => {
                self.changeable().is_some_and(|(plan, (_, at), _)| match next_of(plan, at) {
                    Some(Next::Row(_)) => true,
                    Some(Next::Line(nth)) => {
                        let error = plan.rejected.get(nth);
                        error.is_some_and(|error| self.text_of(error.line).is_some())
                    }
                    None => false,
                })
            }
            Action::Settle => self.changeable().is_some_and(|(.., row)| can_settle(row)),
            Action::Undo => !self.undo.is_empty(),
            Action::Options => !list.files.is_empty(),
            Action::Triage => TriagePage::is_possible(&list.files),
            Action::OtherFile | Action::Back => true,
            _ => false,
        }
    }

    /// Applies an action that is possible.
    pub fn update(&mut self, action: Action, moment: Moment<'_>) -> Option<Ask> {
        let size = moment.size;
        match &mut self.over {
            None => return self.update_table(action, moment),
            Some(Over::Look(scroll)) => {
                let at = *scroll;
                if action == Action::Back {
                    self.over = None;
                    return None;
                }
                let most = details::overflow(self, size);
                let to = match action {
                    Action::Down => at + 1,
                    Action::PageDown => at + size.page(),
                    Action::PageUp => at.min(most).saturating_sub(size.page()),
                    _ => at.min(most).saturating_sub(1),
                };
                self.over = Some(Over::Look(to.min(most)));
            }
            Some(Over::Options(page)) => {
                let file = self.list.chosen_file();
                let plan = self.list.files.get(file)?;
                match page.update(action, &plan.basis.given)? {
                    Wanted::Close => self.over = None,
                    Wanted::Refused(why) => return Some(Ask::Complain(why)),
                    Wanted::Read(options) => {
                        let plan = Box::new(plan.clone());
                        self.pending = Some(Pending::Clear);
                        return Some(Ask::Do(Effect::Reread(file, options, plan)));
                    }
                }
            }
            Some(Over::Split(page)) => match action {
                Action::Back => self.over = None,
                Action::Accept => {
                    let cuts = page.cuts();
                    let (plan, at, _) = self.changeable()?;
                    let changed = with_split(plan, at, cuts);
                    self.over = None;
                    return self.ask(changed);
                }
                other => page.update(other),
            },
            Some(Over::Triage(page)) => {
                let is_over = action == Action::Back || page.update(action, &mut self.list.files);
                if let Some((file, row)) = page.chosen() {
                    self.list.choose(file, row);
                }
                self.list.recount();
                if is_over {
                    self.over = None;
                    return Some(Ask::Say(self.triaged()));
                }
            }
        }
        None
    }

    fn update_table(&mut self, action: Action, moment: Moment<'_>) -> Option<Ask> {
        let asked = std::mem::take(&mut self.asked);
        let list = &mut self.list;
        let last = list.len().saturating_sub(1);
        match action {
            Action::Apply => return Some(Ask::Do(Effect::Apply(list.files.clone()))),
            Action::Tick => {
                list.tick();
                list.cursor = (list.cursor + 1).min(last);
            }
            Action::TickAll => list.tick_all(),
            Action::NextFilter => list.turn_filter(true),
            Action::PreviousFilter => list.turn_filter(false),
            Action::Up => list.cursor = list.cursor.saturating_sub(1),
            Action::Down => list.cursor = (list.cursor + 1).min(last),
            Action::PageUp => list.cursor = list.cursor.saturating_sub(moment.size.page()),
            Action::PageDown => list.cursor = (list.cursor + moment.size.page()).min(last),
            Action::First => list.cursor = 0,
            Action::Last => list.cursor = last,
            Action::Look => self.over = Some(Over::Look(0)),
            Action::Options => self.over = Some(Over::Options(OptionsPage::default())),
            Action::Triage => {
                let page = TriagePage::new(&list.files, list.chosen());
                self.over = page.map(Over::Triage);
            }
            Action::Edit => return Some(Ask::EditRow),
            Action::Split => {
                let page = self.changeable().map(|(.., row)| SplitPage::new(row));
                self.over = page.map(|page| Over::Split(Box::new(page)));
            }
            Action::Undo => {
                let step = self.undo.last()?;
                let plan = step.taken_back(self.list.files.get(step.file)?);
                let file = step.file;
                self.pending = Some(Pending::Pop);
                return Some(Ask::Do(Effect::Replan(file, Box::new(plan))));
            }
            Action::Back => {
                let changes = self.changes();
                if changes == 0 || asked {
                    return Some(Ask::Leave);
                }
                self.asked = true;
                let [back, apply] = [Action::Back, Action::Apply]
                    .map(|action| moment.keys.named(tables::PLAN, action));
                let changes = plural(changes, "changed row");
                let words = format!("{back} again throws {changes} away, {apply} imports.");
                return Some(Ask::Say(words));
            }
            other => return self.change(other),
        }
        None
    }

    /// Changes the chosen row, or all of its file.
    fn change(&mut self, action: Action) -> Option<Ask> {
        let (plan, at, _) = self.changeable()?;
        let changed = match action {
            Action::Swap => with_row(plan, at, PlanRow::swap_sides),
            Action::SwapAll => Some(with_all_swapped(plan, at.0)),
            Action::Settle => with_row(plan, at, settle),
            Action::Merge => with_merged(plan, at, |line| self.text_of(line)),
            _ => None,
        };
        self.ask(changed)
    }

    fn ask(&mut self, changed: Option<Changed>) -> Option<Ask> {
        let (plan, step) = changed?;
        let file = step.file;
        self.pending = Some(Pending::Push(step));
        Some(Ask::Do(Effect::Replan(file, Box::new(plan))))
    }

    /// Returns how many rows the learner has changed or decided about.
    fn changes(&self) -> usize {
        let rows = self.list.files.iter().flat_map(|plan| &plan.rows);
        rows.filter(|row| *row.draft.decided() != Decided::NOTHING).count()
    }

    /// Returns the text of the chosen row, to be edited.
    #[must_use]
    pub fn fields(&self) -> Option<&Fields> {
        self.changeable().map(|(.., row)| &row.draft.fields)
    }

    /// Gives the chosen row other fields.
    ///
    /// # Errors
    /// They cannot be, in words.
    pub fn edit(&mut self, changes: &[(Field, String)]) -> Result<Option<Ask>, String> {
        let Some((plan, at, row)) = self.changeable() else { return Ok(None) };
        let mut fields = row.draft.fields.clone();
        for (field, text) in changes {
            fields.set(*field, text);
        }
        let mut edited = Ok(());
        let changed = with_row(plan, at, |row| edited = row.edit(fields));
        edited.map_err(|error| error.to_string())?;
        Ok(self.ask(changed))
    }

    /// Takes the plan that was asked for; returns what became of the chosen row.
    pub fn replanned(&mut self, file: usize, plan: FilePlan) -> String {
        let step = match self.pending.take() {
            Some(Pending::Push(step)) => {
                if self.undo.len() == MOST_STEPS {
                    self.undo.remove(0);
                }
                self.undo.push(step.clone());
                Some(step)
            }
            Some(Pending::Pop) => self.undo.pop(),
            Some(Pending::Clear) | None => {
                self.undo.clear();
                self.source = None;
                if let Some(Over::Options(page)) = &mut self.over {
                    page.came();
                }
                None
            }
        };
        self.list.replace(file, plan);
        if let Some(at) = step.and_then(|step| step.row()) {
            self.list.choose(file, at);
            let word = self.list.word(self.list.cursor);
            if let (Some(row), Some(word)) = (self.list.chosen_row(), word) {
                return format!("Line {} is now: {word}.", row.draft.line);
            }
        }
        format!("Now: {}.", self.list.counts_line(|_| true))
    }

    /// Forgets what was asked for: it did not come.
    pub fn failed(&mut self) {
        self.pending = None;
    }

    fn triaged(&self) -> String {
        let named = ["add", "known", "never", "suggest", "left out"];
        format!("New rows: {}.", self.list.counts_line(|word| named.contains(&word)))
    }
}

/// Whether applying a plan does something besides its rows.
fn has_more(plan: &FilePlan) -> bool {
    (plan.basis.given.prune && plan.basis.leaving > 0) || plan.basis.new_parts > 0
}

/// Whether a side of the row has two characters to be cut between.
fn can_split(row: &PlanRow) -> bool {
    let fields = &row.draft.fields;
    [&fields.front, &fields.back].iter().any(|text| text.chars().nth(1).is_some())
}
