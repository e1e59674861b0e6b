//! A row that is cut in two: where front and back are cut.

use unicode_segmentation::UnicodeSegmentation;

use crate::app::SEPARATORS;
use crate::app::plan::PlanRow;
use crate::tui::keymap::Action;

/// One side of the row with its cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The text.
    pub text: String,
    /// The byte at which it is cut; at an end it is not cut and goes to both rows.
    pub cut: usize,
}

/// The page on which a row is cut.
#[derive(Clone, Debug, PartialEq)]
pub struct SplitPage {
    /// The row.
    row: PlanRow,
    /// Front and back.
    pub sides: [Side; 2],
    /// Which of them is cut now.
    pub focus: usize,
}

impl Side {
    /// Returns the side with a cut behind its first separator, if there is one.
    fn new(text: &str) -> Self {
        let cut = signs(text).next().unwrap_or(text.len());
        Self { text: text.to_owned(), cut }
    }

    fn before(&self) -> usize {
        let left = &self.text[..self.cut];
        left.grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        let right = &self.text[self.cut..];
        self.cut + right.graphemes(true).next().map_or(0, str::len)
    }

    /// Returns the cut behind the next separator; behind the last one comes the end,
    /// and then the first again.
    fn next(&self) -> usize {
        let ahead = separators(&self.text).find(|at| *at > self.cut);
        match ahead {
            Some(at) => at,
            None if self.cut < self.text.len() => self.text.len(),
            None => separators(&self.text).next().unwrap_or(self.text.len()),
        }
    }
}

/// Returns the bytes behind the separators of a text, but not at its end.
fn signs(text: &str) -> impl Iterator<Item = usize> + '_ {
    let signs = text.char_indices().filter(|(_, c)| SEPARATORS.contains(c));
    let cuts = signs.map(|(at, c)| at + c.len_utf8());
    cuts.filter(|at| *at < text.len())
}

/// Returns the same, or the bytes behind the blanks of a text without separators.
fn separators(text: &str) -> impl Iterator<Item = usize> + '_ {
    let has_signs = signs(text).next().is_some();
    let blanks = text.char_indices().filter(move |(_, c)| !has_signs && c.is_whitespace());
    signs(text).chain(blanks.map(|(at, c)| at + c.len_utf8()).filter(|at| *at < text.len()))
}

impl SplitPage {
    /// Opens the page on a row.
    #[must_use]
    pub fn new(row: &PlanRow) -> Self {
        let fields = &row.draft.fields;
        let sides = [Side::new(&fields.front), Side::new(&fields.back)];
        Self { row: row.clone(), sides, focus: 0 }
    }

    /// Returns where front and back are cut.
    #[must_use]
    pub const fn cuts(&self) -> (usize, usize) {
        (self.sides[0].cut, self.sides[1].cut)
    }

    /// Returns the two rows that would come of it; `None` while nothing is cut.
    #[must_use]
    pub fn rows(&self) -> Option<(PlanRow, PlanRow)> {
        let (front, back) = self.cuts();
        self.row.split(front, back)
    }

    /// Whether `action` does something now.
    #[must_use]
    pub fn can(&self, action: Action) -> bool {
        let Some(side) = self.sides.get(self.focus) else { return false };
        match action {
            Action::Back => true,
            Action::Accept => self.rows().is_some(),
            Action::CutLeft => side.cut > 0,
            Action::CutRight => side.cut < side.text.len(),
            Action::NextCut => side.next() != side.cut,
            Action::NextField => self.focus == 0,
            Action::PreviousField => self.focus == 1,
            _ => false,
        }
    }

    /// Applies an action that is possible; accepting and leaving are not done here.
    pub fn update(&mut self, action: Action) {
        let Some(side) = self.sides.get_mut(self.focus) else { return };
        match action {
            Action::CutLeft => side.cut = side.before(),
            Action::CutRight => side.cut = side.after(),
            Action::NextCut => side.cut = side.next(),
            Action::NextField => self.focus = 1,
            Action::PreviousField => self.focus = 0,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::plan::Bucket;
    use crate::tui::tests::fake;

    fn page(front: &str, back: &str) -> SplitPage {
        SplitPage::new(&fake::row(1, front, back, Bucket::New))
    }

    fn backs(page: &SplitPage) -> Option<(String, String)> {
        let (first, second) = page.rows()?;
        Some((first.draft.fields.back, second.draft.fields.back))
    }

    #[test]
    fn the_cut_starts_at_the_first_separator_and_goes_from_sign_to_sign() {
        let mut page = page("水；火", "a, b; c");
        let (first, second) = page.rows().unwrap();
        assert_eq!((&*first.draft.fields.front, &*second.draft.fields.front), ("水", "火"));
        page.update(Action::NextField);
        let mut seen = Vec::new();
        for _ in 0..4 {
            seen.push(backs(&page).unwrap());
            page.update(Action::NextCut);
        }
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let whole = pair("a, b; c", "a, b; c");
        assert_eq!(seen, [pair("a", "b; c"), pair("a, b", "c"), whole, pair("a", "b; c")]);
    }

    #[test]
    fn the_cut_moves_by_what_people_see_as_a_character() {
        let mut page = page("e\u{301}👩‍👩‍👧x", "one");
        assert!(!page.can(Action::Accept) && !page.can(Action::CutRight));
        page.update(Action::CutLeft);
        assert_eq!(page.rows().unwrap().1.draft.fields.front, "x");
        page.update(Action::CutLeft);
        assert_eq!(page.rows().unwrap().1.draft.fields.front, "👩‍👩‍👧x");
        page.update(Action::CutLeft);
        assert!(!page.can(Action::CutLeft) && !page.can(Action::Accept));
    }
}
