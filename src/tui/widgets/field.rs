//! A text field: the text, the cursor, and the keys that edit it.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use unicode_segmentation::UnicodeSegmentation;

use super::text;
use crate::domain::safe;

/// The keys that every text field knows, for the help page.
pub const KEYS: [(&str, &str); 6] = [
    ("← →, Home, End", "move the cursor"),
    ("Backspace, Del", "delete a character"),
    ("Ctrl-W", "delete the word before the cursor"),
    ("Ctrl-U, Ctrl-K", "delete to the start, to the end"),
    ("Ctrl-A, Ctrl-E", "to the start, to the end"),
    ("paste", "inserted as it is"),
];

/// The longest text that a field takes, in bytes.
const MAX_BYTES: usize = 64 * 1024;

/// A text with a cursor that always stands between two graphemes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextField {
    text: String,
    /// Byte offset of the cursor.
    cursor: usize,
}

impl TextField {
    /// Returns a field with `text` and the cursor at its end.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let cursor = text.len();
        Self { text, cursor }
    }

    /// Returns the text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Empties the field.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Inserts text at the cursor; line breaks stay, what does not fit is refused as a whole.
    pub fn insert(&mut self, inserted: &str) {
        let inserted = inserted.replace("\r\n", "\n").replace('\r', "\n");
        if self.text.len() + inserted.len() <= MAX_BYTES {
            self.text.insert_str(self.cursor, &inserted);
            self.cursor += inserted.len();
            self.settle();
        }
    }

    /// Applies a key that edits; says whether it was one.
    pub fn press(&mut self, event: &KeyEvent) -> bool {
        if event.kind == KeyEventKind::Release {
            return false;
        }
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        match event.code {
            // AltGr arrives as both on some terminals, with the character it makes.
            KeyCode::Char(c) if ctrl == alt => {
                self.insert(c.encode_utf8(&mut [0; 4]));
            }
            KeyCode::Left => self.cursor = self.before(self.cursor),
            KeyCode::Right => self.cursor = self.after(self.cursor),
            KeyCode::Home => self.cursor = 0,
            KeyCode::End => self.cursor = self.text.len(),
            KeyCode::Char('a') if ctrl => self.cursor = 0,
            KeyCode::Char('e') if ctrl => self.cursor = self.text.len(),
            KeyCode::Backspace => self.delete(self.before(self.cursor), self.cursor),
            // Some terminals send Ctrl-H for the Backspace key.
            KeyCode::Char('h') if ctrl => self.delete(self.before(self.cursor), self.cursor),
            KeyCode::Delete => self.delete(self.cursor, self.after(self.cursor)),
            KeyCode::Char('u') if ctrl => self.delete(0, self.cursor),
            KeyCode::Char('k') if ctrl => self.delete(self.cursor, self.text.len()),
            KeyCode::Char('w') if ctrl => {
                let word = self.text[..self.cursor].trim_end();
                let start = word
                    .rfind(char::is_whitespace)
                    .map_or(0, |at| at + word[at..].chars().next().map_or(0, char::len_utf8));
                self.delete(start, self.cursor);
            }
            _ => return false,
        }
        true
    }

    fn delete(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.cursor = from;
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

    /// Returns the text as lines of at most `cells` cells, harmless to draw, and
    /// the row and column of the cursor among them.
    ///
    /// Lines break anywhere: in a field every blank counts, also at a line's end.
    #[must_use]
    pub fn lines(&self, cells: usize) -> (Vec<String>, (usize, usize)) {
        let cells = cells.max(2);
        let mut lines = vec![String::new()];
        let mut used = 0;
        let mut cursor = (0, 0);
        let mut at = 0;
        for grapheme in self.text.graphemes(true) {
            let shown = safe::line(grapheme);
            let width = text::width(&shown);
            let breaks = grapheme == "\n";
            if !breaks && used + width > cells {
                lines.push(String::new());
                used = 0;
            }
            if at == self.cursor {
                cursor = (lines.len() - 1, used);
            }
            at += grapheme.len();
            if breaks {
                lines.push(String::new());
                used = 0;
            } else if let Some(line) = lines.last_mut() {
                line.push_str(&shown);
                used += width;
            }
        }
        if self.cursor >= self.text.len() {
            if used >= cells {
                lines.push(String::new());
                used = 0;
            }
            cursor = (lines.len() - 1, used);
        }
        (lines, cursor)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(field: &mut TextField, keys: &[(KeyCode, KeyModifiers)]) {
        for &(code, modifiers) in keys {
            field.press(&KeyEvent::new(code, modifiers));
        }
    }

    const PLAIN: KeyModifiers = KeyModifiers::NONE;
    const CTRL: KeyModifiers = KeyModifiers::CONTROL;

    #[test]
    fn the_cursor_moves_by_what_people_see_as_a_character() {
        let mut field = TextField::new("人e\u{301}👩‍👩‍👧");
        typed(&mut field, &[(KeyCode::Left, PLAIN), (KeyCode::Left, PLAIN)]);
        assert_eq!(field.row(20).1, 2);
        typed(&mut field, &[(KeyCode::Delete, PLAIN)]);
        assert_eq!(field.text(), "人👩‍👩‍👧");
        typed(&mut field, &[(KeyCode::Backspace, PLAIN), (KeyCode::Char('国'), PLAIN)]);
        assert_eq!(field.text(), "国👩‍👩‍👧");
    }

    #[test]
    fn words_and_ends_are_deleted_at_once() {
        let mut field = TextField::new("one 国家 three");
        typed(&mut field, &[(KeyCode::Char('w'), CTRL)]);
        assert_eq!(field.text(), "one 国家 ");
        typed(&mut field, &[(KeyCode::Char('w'), CTRL)]);
        assert_eq!(field.text(), "one ");
        typed(&mut field, &[(KeyCode::Home, PLAIN), (KeyCode::Char('k'), CTRL)]);
        assert_eq!(field.text(), "");
    }

    #[test]
    fn a_mark_that_joins_the_character_before_it_takes_the_cursor_along() {
        let mut field = TextField::new("ea");
        typed(&mut field, &[(KeyCode::Left, PLAIN), (KeyCode::Char('\u{301}'), PLAIN)]);
        typed(&mut field, &[(KeyCode::Backspace, PLAIN)]);
        assert_eq!(field.text(), "a");
    }

    #[test]
    fn the_row_follows_the_cursor() {
        let field = TextField::new("人工智能发展");
        assert_eq!(field.row(8), ("…能发展".to_owned(), 7));
        let mut field = field;
        typed(&mut field, &[(KeyCode::Home, PLAIN)]);
        assert_eq!(field.row(8), ("人工智…".to_owned(), 0));
    }

    #[test]
    fn lines_carry_the_cursor_over_breaks() {
        let mut field = TextField::new("ab\n国家");
        assert_eq!(field.lines(4), (vec!["ab".into(), "国家".into(), String::new()], (2, 0)));
        typed(&mut field, &[(KeyCode::Left, PLAIN), (KeyCode::Left, PLAIN)]);
        assert_eq!(field.lines(4).1, (1, 0));
        typed(&mut field, &[(KeyCode::Left, PLAIN)]);
        assert_eq!(field.lines(4).1, (0, 2));
    }

    #[test]
    fn what_is_pasted_stays_on_its_lines_and_is_harmless_when_drawn() {
        let mut field = TextField::default();
        field.insert("a\r\nb\u{1b}[31m");
        assert_eq!(field.text(), "a\nb\u{1b}[31m");
        assert_eq!(field.lines(20).0, ["a", "b␛[31m"]);
        field.insert(&"x".repeat(MAX_BYTES));
        assert_eq!(field.text().len(), 8);
    }
}
