//! A text field: the text, the cursor, and the keys that edit it.

mod history;
mod rows;
#[cfg(test)]
mod tests;
mod words;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use unicode_segmentation::UnicodeSegmentation;

use self::history::{Change, History};
use super::text;
use crate::domain::safe;

/// The keys that every text field knows, for the help page.
pub const KEYS: [(&str, &str); 9] = [
    ("← →, Home, End", "move the cursor"),
    ("Ctrl-← →, Alt-B, F", "a word back, a word on; Han by Han"),
    ("Backspace, Del", "delete a character"),
    ("Ctrl-W", "delete back to the blank before the cursor"),
    ("Alt-Backspace, D", "delete the word before, after the cursor"),
    ("Ctrl-U, Ctrl-K", "delete to the start, to the end of the line"),
    ("Ctrl-A, Ctrl-E", "to the start, to the end of the line"),
    ("Ctrl-_, Alt-R", "take back what was typed last; do it again"),
    ("paste", "inserted as it is"),
];

/// The longest text that a field takes, in bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// A text with a cursor that always stands between two graphemes.
#[derive(Clone, Debug, Default)]
pub struct TextField {
    text: String,
    /// Byte offset of the cursor.
    cursor: usize,
    /// The column that the cursor keeps to while it moves up and down.
    goal: Option<usize>,
    history: Box<History>,
}

/// What a field holds and shows; how it came about does not count.
impl PartialEq for TextField {
    fn eq(&self, other: &Self) -> bool {
        (&self.text, self.cursor) == (&other.text, other.cursor)
    }
}

impl Eq for TextField {}

impl TextField {
    /// Returns a field with `text` and the cursor at its end.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let cursor = text.len();
        Self { text, cursor, ..Self::default() }
    }

    /// Returns the text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the cursor stands behind the last character.
    #[must_use]
    pub const fn is_at_end(&self) -> bool {
        self.cursor == self.text.len()
    }

    /// Empties the field and forgets how it came to be.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Whether there is room for this much more.
    #[must_use]
    pub const fn has_room_for(&self, inserted: &str) -> bool {
        self.text.len() + inserted.len() <= MAX_BYTES
    }

    /// Inserts text at the cursor; line breaks stay, what does not fit is refused as a whole.
    pub fn insert(&mut self, inserted: &str) {
        let inserted = inserted.replace("\r\n", "\n").replace('\r', "\n");
        if self.has_room_for(&inserted) {
            self.replace(self.cursor, self.cursor, &inserted);
        }
    }

    /// Inserts text into a field of one line: several lines are joined by a blank.
    pub fn insert_joined(&mut self, inserted: &str) {
        // One line keeps the blanks at its ends.
        if !inserted.contains(['\r', '\n']) {
            return self.insert(inserted);
        }
        let lines = inserted.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty());
        self.insert(&lines.collect::<Vec<_>>().join(" "));
    }

    /// Puts another text in the place of all; one step for an undo.
    pub fn set(&mut self, text: &str) {
        if text != self.text {
            self.replace(0, self.text.len(), text);
        }
        self.cursor = self.text.len();
    }

    /// Applies a key that edits or moves; says whether it was one.
    pub fn press(&mut self, event: &KeyEvent) -> bool {
        if event.kind == KeyEventKind::Release {
            return false;
        }
        self.goal = None;
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        let by_word = ctrl || alt;
        match event.code {
            // AltGr arrives as both on some terminals, with the character it makes.
            KeyCode::Char(c) if ctrl == alt => {
                self.insert(c.encode_utf8(&mut [0; 4]));
            }
            KeyCode::Char(c) if ctrl => return self.press_ctrl(c),
            KeyCode::Char(c) => return self.press_alt(c),
            KeyCode::Left if by_word => self.move_to(words::before(&self.text, self.cursor)),
            KeyCode::Right if by_word => self.move_to(words::after(&self.text, self.cursor)),
            KeyCode::Left => self.move_to(self.before(self.cursor)),
            KeyCode::Right => self.move_to(self.after(self.cursor)),
            KeyCode::Home if by_word => self.move_to(0),
            KeyCode::End if by_word => self.move_to(self.text.len()),
            KeyCode::Home => self.move_to(self.line_start()),
            KeyCode::End => self.move_to(self.line_end()),
            KeyCode::Backspace if by_word => {
                self.delete(words::before(&self.text, self.cursor), self.cursor);
            }
            KeyCode::Backspace => self.delete(self.before(self.cursor), self.cursor),
            KeyCode::Delete if by_word => {
                self.delete(self.cursor, words::after(&self.text, self.cursor));
            }
            KeyCode::Delete => self.delete(self.cursor, self.after(self.cursor)),
            _ => return false,
        }
        true
    }

    fn press_ctrl(&mut self, c: char) -> bool {
        match c.to_ascii_lowercase() {
            'a' => self.move_to(self.line_start()),
            'e' => self.move_to(self.line_end()),
            // Some terminals send Ctrl-H for the Backspace key.
            'h' => self.delete(self.before(self.cursor), self.cursor),
            'u' => self.delete(self.line_start(), self.cursor),
            // At the end of a line, it goes together with the next one.
            'k' if self.line_end() == self.cursor => {
                self.delete(self.cursor, self.after(self.cursor));
            }
            'k' => self.delete(self.cursor, self.line_end()),
            'w' => self.delete(words::blank_before(&self.text, self.cursor), self.cursor),
            // Terminals send Ctrl-_ and Ctrl-/ as the byte that is read as Ctrl-7.
            '_' | '/' | '7' => drop(self.undo()),
            _ => return false,
        }
        true
    }

    fn press_alt(&mut self, c: char) -> bool {
        match c {
            'b' => self.move_to(words::before(&self.text, self.cursor)),
            'f' => self.move_to(words::after(&self.text, self.cursor)),
            'd' => self.delete(self.cursor, words::after(&self.text, self.cursor)),
            'u' => drop(self.undo()),
            'r' => drop(self.redo()),
            _ => return false,
        }
        true
    }

    /// Whether there is anything to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Whether there is anything to do again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    /// Takes the last change back; says whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(change) = self.history.undo() else { return false };
        self.text.replace_range(change.at..change.at + change.inserted.len(), &change.removed);
        self.cursor = change.before;
        self.goal = None;
        true
    }

    /// Does the change again that was taken back last; says whether there was one.
    pub fn redo(&mut self) -> bool {
        let Some(change) = self.history.redo() else { return false };
        self.text.replace_range(change.at..change.at + change.removed.len(), &change.inserted);
        self.cursor = change.at + change.inserted.len();
        self.goal = None;
        self.settle();
        true
    }

    fn move_to(&mut self, place: usize) {
        self.cursor = place;
        self.settle();
        self.history.pause();
    }

    fn delete(&mut self, from: usize, to: usize) {
        self.replace(from, to, "");
    }

    fn replace(&mut self, from: usize, to: usize, inserted: &str) {
        if from == to && inserted.is_empty() {
            return;
        }
        let removed = self.text[from..to].to_owned();
        let inserted = inserted.to_owned();
        self.text.replace_range(from..to, &inserted);
        let before = std::mem::replace(&mut self.cursor, from + inserted.len());
        self.history.did(Change { at: from, removed, inserted, before });
        self.goal = None;
        self.settle();
    }

    /// Moves the cursor on to the next edge: an insertion or deletion can join graphemes.
    fn settle(&mut self) {
        let edges = self.text.grapheme_indices(true).map(|(at, _)| at);
        self.cursor = edges.chain([self.text.len()]).find(|&at| at >= self.cursor).unwrap_or(0);
    }

    fn before(&self, at: usize) -> usize {
        self.text[..at].grapheme_indices(true).next_back().map_or(0, |(start, _)| start)
    }

    fn after(&self, at: usize) -> usize {
        self.text[at..].graphemes(true).next().map_or(at, |next| at + next.len())
    }

    fn line_start(&self) -> usize {
        self.text[..self.cursor].rfind('\n').map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        self.text[self.cursor..].find('\n').map_or(self.text.len(), |at| self.cursor + at)
    }

    /// Moves the cursor one row up in a text drawn with so many cells a row, and as
    /// far to the right as it stood before; `false` on the first row.
    pub fn up(&mut self, cells: usize) -> bool {
        self.move_rows(cells, -1)
    }

    /// The same one row down; `false` on the last row.
    pub fn down(&mut self, cells: usize) -> bool {
        self.move_rows(cells, 1)
    }

    fn move_rows(&mut self, cells: usize, by: isize) -> bool {
        let rows = rows::of(&self.text, cells);
        let (row, column) = rows::place(&self.text, &rows, self.cursor);
        let Some(target) = row.checked_add_signed(by).and_then(|row| rows.get(row)) else {
            return false;
        };
        let goal = *self.goal.get_or_insert(column);
        self.cursor = rows::at_column(&self.text, target, goal);
        self.history.pause();
        true
    }

    /// Returns the text as rows of at most `cells` cells, harmless to draw, and the
    /// row and column of the cursor among them. Only a blank or the cursor may stand
    /// in the one cell behind a full row.
    ///
    /// Rows break behind blanks and between Chinese characters; in a field every
    /// blank counts, so none is left out.
    #[must_use]
    pub fn lines(&self, cells: usize) -> (Vec<String>, (usize, usize)) {
        let rows = rows::of(&self.text, cells);
        let cursor = rows::place(&self.text, &rows, self.cursor);
        let shown = rows.iter().map(|row| rows::shown(&self.text, row)).collect();
        (shown, cursor)
    }

    /// Returns the part of the text around the cursor that fits in `cells` cells
    /// of one row, with signs where it goes on, and the cursor's column.
    #[must_use]
    pub fn row(&self, cells: usize) -> (String, usize) {
        let before = safe::line(&self.text[..self.cursor]).into_owned();
        let after = safe::line(&self.text[self.cursor..]).into_owned();
        let room = cells.saturating_sub(1);
        let column = text::width(&before);
        if column <= room {
            return (format!("{before}{}", text::fit(&after, cells - column.min(cells))), column);
        }
        let mut kept = Vec::new();
        let mut used = 1;
        for grapheme in before.graphemes(true).rev() {
            let width = text::grapheme_width(grapheme);
            if used + width > room {
                break;
            }
            used += width;
            kept.push(grapheme);
        }
        kept.reverse();
        (format!("…{}{}", kept.concat(), text::fit(&after, cells.saturating_sub(used))), used)
    }
}
