//! One note in full: its fields, its cards, what happened to them.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::browse::NoteRow;
use super::card_history;
use crate::app::{CardHistory, FoundNote};
use crate::domain::{Field, Slot, State, Uid, safe};
use crate::session::words;
use crate::tui::keymap::Action;
use crate::tui::screen::Size;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// Cells before the text: blanks and label.
const LABEL: usize = 12;

/// What can be done on the page of one note as it is in the list.
pub const LIKE_LIST: [Action; 7] = [
    Action::Edit,
    Action::Add,
    Action::Suspend,
    Action::Unsuspend,
    Action::Reset,
    Action::Undo,
    Action::Redo,
];

/// The page of one note.
#[derive(Clone, Debug, PartialEq)]
pub struct NotePage {
    /// The note.
    pub note: Uid,
    /// Lines scrolled past.
    pub scrolled: usize,
    /// Its cards with what happened to them, once that is looked up.
    pub histories: Option<Vec<CardHistory>>,
}

impl NotePage {
    /// Returns the page of a note of which no history is known yet.
    #[must_use]
    pub const fn new(note: Uid) -> Self {
        Self { note, scrolled: 0, histories: None }
    }

    /// Scrolls; at most by so many lines.
    pub fn scroll(&mut self, action: Action, size: Size, most: usize) {
        let at = self.scrolled.min(most);
        let to = match action {
            Action::Down => at + 1,
            Action::PageDown => at + size.page(),
            Action::PageUp => at.saturating_sub(size.page()),
            Action::Up => at.saturating_sub(1),
            _ => at,
        };
        self.scrolled = to.min(most);
    }
}

/// Returns the lines of the page, each at most `cells` cells.
#[must_use]
pub fn lines(page: &NotePage, row: &NoteRow, cells: usize, theme: Theme) -> Vec<Line<'static>> {
    let mut lines = fields(row, true, cells, theme);
    let Some(histories) = &page.histories else {
        lines.push(Line::default());
        lines.push(Line::styled(" …", theme.quiet()));
        return lines;
    };
    for history in histories {
        lines.push(Line::default());
        card(history, cells, theme, &mut lines);
    }
    lines
}

/// Returns the fields of a note as lines, each at most `cells` cells; with what is
/// seldom looked for, where it is to be `whole`.
#[must_use]
pub fn fields(row: &NoteRow, whole: bool, cells: usize, theme: Theme) -> Vec<Line<'static>> {
    let note: &FoundNote = &row.note;
    let own = Field::ALL.into_iter().map(|field| (field.name(), note.fields.text(field)));
    let others = [
        ("deck", note.deck.clone()),
        ("kind", note.kind.name().to_owned()),
        ("added", row.added.clone()),
        ("id", note.id.to_string()),
    ];
    let mut lines = Vec::new();
    let is_shown = |(label, content): &(&str, String)| {
        !content.is_empty() && (whole || !matches!(*label, "kind" | "id"))
    };
    for (label, content) in own.chain(others).filter(is_shown) {
        let style = match label {
            "front" | "back" => theme.strong(),
            "kind" | "added" | "id" => theme.quiet(),
            _ => Style::new(),
        };
        push(label, &content, style, cells, theme, &mut lines);
    }
    lines
}

fn push(
    label: &str,
    content: &str,
    style: Style,
    cells: usize,
    theme: Theme,
    lines: &mut Vec<Line<'static>>,
) {
    let room = cells.saturating_sub(LABEL + 1);
    for (nth, line) in text::wrap(&safe::lines(content), room).into_iter().enumerate() {
        let label = if nth == 0 { label } else { "" };
        let label = format!(" {}", text::pad(label, LABEL - 1));
        lines.push(Line::from(vec![Span::styled(label, theme.quiet()), Span::styled(line, style)]));
    }
}

/// Adds what is known of a card: its state and, of one that keeps being forgotten, why it
/// is said to be and what can be done about it.
pub fn state(
    slot: Slot,
    state: &State,
    style: Style,
    cells: usize,
    theme: Theme,
    lines: &mut Vec<Line<'static>>,
) {
    push(&slot.to_string(), &words::state(state), style, cells, theme, lines);
    if let Some(why) = words::leech(state) {
        push("leech", &why, theme.warn(), cells, theme, lines);
        push("", words::LEECH_ADVICE, theme.quiet(), cells, theme, lines);
    }
}

fn card(history: &CardHistory, cells: usize, theme: Theme, lines: &mut Vec<Line<'static>>) {
    state(history.slot, &history.state, theme.strong(), cells, theme, lines);
    lines.extend(card_history::lines(&history.past, cells, 1, theme));
}
