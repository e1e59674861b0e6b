//! The editor of a note.

use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

use super::{Ask, Page, edit_view};
use crate::domain::{Field, Fields, Uid};
use crate::tui::keymap::{Action, Keymap, tables};
use crate::tui::screen::{Effect, Moment, Size};
use crate::tui::theme::Theme;
use crate::tui::widgets::field::TextField;

/// The state of the editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The note; `None` for a row that is not imported yet.
    note: Option<Uid>,
    /// Each field as it was, and as it is now.
    fields: Vec<(Field, String, TextField)>,
    focus: usize,
    /// Whether the last key would have thrown changes away.
    asked: bool,
}

impl Edit {
    /// The keys of the editor.
    pub const KEYMAP: Keymap = tables::EDIT;

    /// Opens the editor on a note, in its first field.
    #[must_use]
    pub fn new(note: Uid, fields: &Fields) -> Self {
        Self { note: Some(note), ..Self::row(fields) }
    }

    /// Opens the editor on a row that is not imported yet.
    #[must_use]
    pub fn row(fields: &Fields) -> Self {
        let open = |field| {
            let text = fields.text(field);
            (field, text.clone(), TextField::new(text))
        };
        Self {
            note: None,
            fields: Field::ALL.into_iter().map(open).collect(),
            focus: 0,
            asked: false,
        }
    }

    /// Whether it is a note that is edited, not a row of a file.
    #[must_use]
    pub const fn is_note(&self) -> bool {
        self.note.is_some()
    }

    /// Returns the fields in display order, and whether each has the focus.
    pub fn fields(&self) -> impl Iterator<Item = (Field, &TextField, bool)> {
        let focus = self.focus;
        self.fields
            .iter()
            .enumerate()
            .map(move |(nth, (field, _, text))| (*field, text, nth == focus))
    }

    /// Returns the fields that differ from what they were.
    #[must_use]
    pub fn changes(&self) -> Vec<(Field, String)> {
        let changed = self.fields.iter().filter(|(_, before, now)| before != now.text());
        changed.map(|(field, _, now)| (*field, now.text().to_owned())).collect()
    }
}

impl Page for Edit {
    fn keymap(&self) -> Keymap {
        Self::KEYMAP
    }

    fn can(&self, action: Action, _size: Size) -> bool {
        let last = self.fields.len().saturating_sub(1);
        match action {
            Action::Save => !self.changes().is_empty(),
            Action::NextField => self.focus < last,
            Action::PreviousField => self.focus > 0,
            Action::Accept | Action::LineBreak | Action::Back => true,
            _ => false,
        }
    }

    fn update(&mut self, action: Action, _moment: Moment) -> Option<Ask> {
        let last = self.fields.len().saturating_sub(1);
        let asked = std::mem::take(&mut self.asked);
        match action {
            Action::NextField => self.focus = (self.focus + 1).min(last),
            Action::PreviousField => self.focus = self.focus.saturating_sub(1),
            Action::Accept if self.focus < last => self.focus += 1,
            Action::Save | Action::Accept => {
                let fields = self.changes();
                if fields.is_empty() {
                    return Some(Ask::Leave);
                }
                return Some(match self.note {
                    Some(note) => Ask::Do(Effect::Edit { note, fields }),
                    None => Ask::ChangeRow(fields),
                });
            }
            Action::LineBreak => self.insert("\n"),
            Action::Back => {
                let changes = self.changes().len();
                if changes == 0 || asked {
                    return Some(Ask::Leave);
                }
                self.asked = true;
                let noun = if changes == 1 { "change" } else { "changes" };
                let words = format!("Esc again throws {changes} {noun} away, F2 saves.");
                return Some(Ask::Say(words));
            }
            _ => {}
        }
        None
    }

    fn press(&mut self, event: &KeyEvent) {
        self.asked = false;
        if let Some((.., text)) = self.fields.get_mut(self.focus) {
            text.press(event);
        }
    }

    fn insert(&mut self, inserted: &str) {
        self.asked = false;
        if let Some((.., text)) = self.fields.get_mut(self.focus) {
            text.insert(inserted);
        }
    }

    fn view(&self, _size: Size, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        edit_view::view(self, frame, area, theme);
    }

    fn takes_text(&self) -> bool {
        true
    }
}
