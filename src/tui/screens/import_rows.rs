//! The rows of an import plan as a list that can be filtered.

use crate::app::plan::{Bucket, FilePlan, PlanRow};

/// The words for what happens to rows, in the order in which the filter goes
/// through them; then the rows that only inform. Each has a word that stands behind a
/// number.
const WORDS: [(&str, &str); 15] = [
    ("add", "new"),
    ("known", "known"),
    ("never", "never wanted"),
    ("suggest", "suggested"),
    (LEFT_OUT, LEFT_OUT),
    ("update", "updated"),
    ("rename", "renamed"),
    ("conflict", "in conflict"),
    ("reject", "rejected"),
    ("skip", "skipped"),
    ("duplicate", "duplicate"),
    ("unchanged", "unchanged"),
    ("gone", "gone"),
    ("warning", "with a warning"),
    ("report", "of a report"),
];

/// The word for a row that was offered ticked and that the learner unticked.
const LEFT_OUT: &str = "left out";

/// Which entry of a plan a line of the list stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A row that was read.
    Row(u32),
    /// A row that could not be read.
    Rejected(u32),
    /// Something to know that costs no row.
    Warning(u32),
    /// What was done to the text.
    Report(u32),
    /// A note that left the file.
    Gone(u32),
}

/// The plans of an import, and what of them is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanList {
    /// The plans, a file each.
    pub files: Vec<FilePlan>,
    /// The word that is filtered by; `None` shows everything.
    pub filter: Option<&'static str>,
    /// The chosen line.
    pub cursor: usize,
    /// The lines shown: file and entry, by line of the source.
    shown: Vec<(u32, Entry)>,
    /// How many entries each of [`WORDS`] has.
    tally: [u32; WORDS.len()],
    /// How many rows are ticked.
    ticked: u32,
    /// How many cards come of the new notes among them.
    cards: u32,
    /// Whether any row shown can be ticked.
    tickable: bool,
}

impl PlanList {
    /// Shows everything in these plans.
    #[must_use]
    pub fn new(files: Vec<FilePlan>) -> Self {
        let mut list = Self {
            files,
            filter: None,
            cursor: 0,
            shown: Vec::new(),
            tally: [0; WORDS.len()],
            ticked: 0,
            cards: 0,
            tickable: false,
        };
        list.count();
        list.select();
        let first = (0..list.len()).find(|line| list.row(*line).is_some_and(PlanRow::can_tick));
        list.cursor = first.unwrap_or(0);
        list
    }

    /// Returns how many lines are shown.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether no line is shown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// Returns the file and entry of a line shown.
    #[must_use]
    pub fn at(&self, line: usize) -> Option<(&FilePlan, Entry)> {
        let &(file, entry) = self.shown.get(line)?;
        self.files.get(file as usize).map(|plan| (plan, entry))
    }

    /// Returns the word for what happens to the row of a line shown.
    #[must_use]
    pub fn word(&self, line: usize) -> Option<&'static str> {
        match *self.shown.get(line)? {
            (file, Entry::Row(nth)) => {
                let row = self.files.get(file as usize)?.rows.get(nth as usize)?;
                Some(row_word(row))
            }
            _ => None,
        }
    }

    /// Returns file and row of the chosen line, if it is a row.
    #[must_use]
    pub fn chosen(&self) -> Option<(usize, usize)> {
        match *self.shown.get(self.cursor)? {
            (file, Entry::Row(nth)) => Some((file as usize, nth as usize)),
            _ => None,
        }
    }

    /// Returns the number of the file that the chosen line belongs to.
    #[must_use]
    pub fn chosen_file(&self) -> usize {
        self.shown.get(self.cursor).map_or(0, |(file, _)| *file as usize)
    }

    /// Puts another plan in the place of one and keeps the chosen row chosen, as far
    /// as it is there.
    pub fn replace(&mut self, file: usize, plan: FilePlan) {
        let chosen = self.shown.get(self.cursor).copied();
        if let Some(old) = self.files.get_mut(file) {
            *old = plan;
        }
        self.count();
        if self.filter.is_some_and(|word| self.tally_of(word) == 0) {
            self.filter = None;
        }
        self.select();
        let same = self.shown.iter().position(|entry| Some(*entry) == chosen);
        self.cursor = same.unwrap_or(self.cursor).min(self.len().saturating_sub(1));
    }

    /// Chooses a row, if it is shown.
    pub fn choose(&mut self, file: usize, row: usize) {
        let wanted = (file as u32, Entry::Row(row as u32));
        if let Some(line) = self.shown.iter().position(|entry| *entry == wanted) {
            self.cursor = line;
        }
    }

    /// Counts anew after rows were changed in place.
    pub fn recount(&mut self) {
        self.count();
        self.select();
        self.cursor = self.cursor.min(self.len().saturating_sub(1));
    }

    fn tally_of(&self, word: &str) -> u32 {
        self.tallied().find(|((known, _), _)| *known == word).map_or(0, |(_, n)| n)
    }

    /// Returns how many rows are ticked.
    #[must_use]
    pub const fn ticked(&self) -> u32 {
        self.ticked
    }

    /// Returns how many cards come of the new notes among the ticked rows.
    #[must_use]
    pub const fn cards(&self) -> u32 {
        self.cards
    }

    /// Returns the words of which there are entries, with their numbers.
    fn tallied(&self) -> impl Iterator<Item = ((&'static str, &'static str), u32)> {
        WORDS.into_iter().zip(self.tally).filter(|(_, count)| *count > 0)
    }

    /// Returns how many rows of the source there are of each word that is wanted:
    /// `12 new, 3 updated`.
    pub fn counts_line(&self, is_wanted: impl Fn(&str) -> bool) -> String {
        let rows = self
            .tallied()
            .filter(|((word, _), _)| is_wanted(word) && !matches!(*word, "warning" | "report"));
        rows.map(|((_, told), count)| format!("{count} {told}")).collect::<Vec<_>>().join(", ")
    }

    /// Whether the chosen row can be ticked.
    #[must_use]
    pub fn can_tick(&self) -> bool {
        self.chosen_row().is_some_and(PlanRow::can_tick)
    }

    /// Whether any row shown can be ticked.
    #[must_use]
    pub const fn can_tick_any(&self) -> bool {
        self.tickable
    }

    /// Ticks or unticks the chosen row.
    pub fn tick(&mut self) {
        let cursor = self.cursor;
        if let Some(row) = self.row_mut(cursor).filter(|row| row.can_tick()) {
            row.ticked = !row.ticked;
        }
        self.count();
    }

    /// Ticks all rows shown or, when all are, unticks them.
    pub fn tick_all(&mut self) {
        let tickable = |row: &&PlanRow| row.can_tick();
        let all = (0..self.len())
            .filter_map(|line| self.row(line))
            .filter(tickable)
            .all(|row| row.ticked);
        for line in 0..self.len() {
            if let Some(row) = self.row_mut(line).filter(|row| row.can_tick()) {
                row.ticked = !all;
            }
        }
        self.count();
    }

    /// Whether there is more than one kind of entry.
    #[must_use]
    pub fn can_filter(&self) -> bool {
        self.tally.iter().filter(|count| **count > 0).count() > 1
    }

    /// Shows the next kind of entry that there is, or the one before; everything
    /// comes before the first.
    pub fn turn_filter(&mut self, forward: bool) {
        let there: Vec<Option<&'static str>> =
            std::iter::once(None).chain(self.tallied().map(|((word, _), _)| Some(word))).collect();
        let now = there.iter().position(|word| *word == self.filter).unwrap_or(0);
        let step = if forward { 1 } else { there.len() - 1 };
        self.filter = there[(now + step) % there.len()];
        self.select();
        self.cursor = 0;
    }

    fn row(&self, line: usize) -> Option<&PlanRow> {
        match self.at(line)? {
            (plan, Entry::Row(row)) => plan.rows.get(row as usize),
            _ => None,
        }
    }

    /// Returns the chosen row.
    #[must_use]
    pub fn chosen_row(&self) -> Option<&PlanRow> {
        self.row(self.cursor)
    }

    fn row_mut(&mut self, line: usize) -> Option<&mut PlanRow> {
        match self.shown.get(line)? {
            &(file, Entry::Row(row)) => {
                self.files.get_mut(file as usize)?.rows.get_mut(row as usize)
            }
            _ => None,
        }
    }

    fn count(&mut self) {
        let mut tally = [0_u32; WORDS.len()];
        let (mut ticked, mut cards) = (0, 0);
        let mut add = |word: &str, count: usize| {
            if let Some(at) = WORDS.iter().position(|(known, _)| *known == word) {
                tally[at] = tally[at].saturating_add(count as u32);
            }
        };
        for plan in &self.files {
            for row in &plan.rows {
                add(row_word(row), 1);
                ticked += u32::from(row.can_tick() && row.ticked);
                cards += row.new_cards();
            }
            add("gone", plan.gone.len());
            add("reject", plan.rejected.len());
            add("warning", plan.warnings.len());
            add("report", plan.reports.len());
        }
        self.tally = tally;
        (self.ticked, self.cards) = (ticked, cards);
    }

    fn select(&mut self) {
        let mut shown = Vec::new();
        for (file, plan) in self.files.iter().enumerate() {
            let wanted = |word: &str| self.filter.is_none_or(|filter| filter == word);
            let mut entries: Vec<(u32, Entry)> = Vec::new();
            if wanted("report") {
                entries.extend((0..plan.reports.len() as u32).map(|n| (0, Entry::Report(n))));
            }
            let rows = plan.rows.iter().enumerate();
            let rows = rows.filter(|(_, row)| wanted(row_word(row)));
            entries.extend(rows.map(|(n, row)| (row.draft.line, Entry::Row(n as u32))));
            if wanted("reject") {
                let rows = plan.rejected.iter().enumerate();
                entries.extend(rows.map(|(n, row)| (row.line, Entry::Rejected(n as u32))));
            }
            // A warning stands below the row that it is about.
            if wanted("warning") {
                let lines = plan.warnings.iter().enumerate();
                entries.extend(lines.map(|(n, w)| (w.line, Entry::Warning(n as u32))));
            }
            // Notes that the file does not name any more come after all that it names.
            if wanted("gone") {
                entries.extend((0..plan.gone.len() as u32).map(|n| (u32::MAX, Entry::Gone(n))));
            }
            entries.sort_by_key(|(line, _)| *line);
            shown.extend(entries.into_iter().map(|(_, entry)| (file as u32, entry)));
        }
        self.shown = shown;
        let can_tick = |line| self.row(line).is_some_and(PlanRow::can_tick);
        self.tickable = (0..self.len()).any(can_tick);
    }
}

/// Returns the word for what happens to a row.
fn row_word(row: &PlanRow) -> &'static str {
    let was_offered = row.draft.is_ticked() || !matches!(row.bucket, Bucket::New);
    if row.can_tick() && !row.ticked && was_offered { LEFT_OUT } else { row.action() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::tests::fake;

    fn list() -> PlanList {
        PlanList::new(vec![fake::plan()])
    }

    #[test]
    fn the_filter_goes_through_what_there_is_and_back_to_everything() {
        let mut list = list();
        let mut seen = Vec::new();
        loop {
            list.turn_filter(true);
            let Some(word) = list.filter else { break };
            seen.push((word, list.len()));
        }
        let want = [
            ("add", 2),
            ("suggest", 1),
            ("update", 1),
            ("reject", 1),
            ("duplicate", 1),
            ("unchanged", 1),
            ("warning", 1),
            ("report", 1),
        ];
        assert_eq!(seen, want);
        list.turn_filter(false);
        assert_eq!(list.filter, Some("report"));
    }

    #[test]
    fn ticking_all_ticks_what_is_shown_and_can_be_ticked() {
        let mut list = list();
        assert_eq!(list.ticked(), 3);
        list.tick_all();
        assert_eq!(list.ticked(), 4, "the suggestion too, nothing else");
        list.tick_all();
        assert_eq!(list.ticked(), 0);
        list.turn_filter(true);
        list.tick_all();
        assert_eq!((list.filter, list.ticked()), (Some("suggest"), 1), "only what is shown");
    }

    #[test]
    fn a_row_that_was_unticked_stays_in_sight() {
        let mut list = list();
        list.turn_filter(true);
        list.tick();
        assert_eq!((list.filter, list.len(), list.ticked()), (Some("add"), 2, 2));
        list.tick();
        assert_eq!(list.ticked(), 3);
    }

    #[test]
    fn a_row_the_learner_unticked_is_left_out_and_no_suggestion() {
        let mut list = list();
        let counts = |list: &PlanList| list.counts_line(|_| true);
        assert!(counts(&list).contains("1 suggested"));
        let line = list.cursor;
        assert_eq!(list.word(line), Some("add"));
        list.tick();
        assert_eq!(list.word(line), Some("left out"));
        assert!(counts(&list).contains("1 left out"), "{}", counts(&list));
        list.tick_all();
        list.tick_all();
        assert!(counts(&list).contains("3 left out"), "{}", counts(&list));
        assert!(counts(&list).contains("1 suggested"), "it was offered unticked");
    }

    #[test]
    fn rows_of_many_files_stand_in_the_order_of_their_lines() {
        let mut second = fake::plan();
        second.rows = vec![fake::row(8, "八", "eight", Bucket::New)];
        let list = PlanList::new(vec![fake::plan(), second]);
        let lines = &list.shown;
        assert_eq!(lines[0], (0, Entry::Report(0)));
        assert_eq!(lines[3], (0, Entry::Warning(0)), "below the row that it is about");
        assert_eq!(lines[6], (0, Entry::Rejected(0)), "line 5 of the first file");
        assert_eq!(lines.last(), Some(&(1, Entry::Row(0))), "line 8 of the second file");
        assert!(list.at(list.len()).is_none());
    }
}
