//! Draws the editor.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::edit::Edit;
use super::list_top;
use crate::tui::theme::Theme;
use crate::tui::widgets::{bars, text};

/// Cells before the text: mark and label.
const LABEL: usize = 12;

/// Draws the editor above its status line and footer.
pub fn view(edit: &Edit, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let changed = edit.changes().len();
    let right = match changed {
        0 => Line::styled("nothing changed ", theme.quiet()),
        1 => Line::styled("1 field changed ", theme.warn()),
        n => Line::styled(format!("{n} fields changed "), theme.warn()),
    };
    let title = if edit.is_note() { "Edit note" } else { "Edit row" };
    bars::title(title, right, frame, Rect { height: 1, ..area }, theme);
    let cells = usize::from(area.width).saturating_sub(LABEL + 2).min(80);
    let roomy = area.height >= 18;
    let mut rows = Vec::new();
    let mut cursor = (0, 0);
    for (field, content, focused) in edit.fields() {
        let (lines, (row, column)) = content.lines(cells);
        if focused {
            cursor = (rows.len() + row, column);
        }
        for (nth, line) in lines.into_iter().enumerate() {
            let mark = if focused && nth == 0 { " ▸ " } else { "   " };
            let label = if nth == 0 { field.name() } else { "" };
            let label_style = if focused { theme.key() } else { theme.quiet() };
            let style = if focused { theme.strong() } else { Style::new() };
            rows.push(Line::from(vec![
                Span::styled(mark, theme.key()),
                Span::styled(text::pad(label, LABEL - 3), label_style),
                Span::styled(line, style),
            ]));
        }
        if roomy {
            rows.push(Line::default());
        }
    }
    let offset = if area.height >= 14 { 2 } else { 1 };
    let height = usize::from(area.height.saturating_sub(offset));
    let top = list_top(cursor.0, rows.len(), height);
    for (y, line) in rows.into_iter().skip(top).take(height).enumerate() {
        let at = Rect { y: area.y + offset + y as u16, height: 1, ..area };
        frame.render_widget(line, at.intersection(area));
    }
    let position =
        (area.x + (LABEL + cursor.1) as u16, area.y + offset + cursor.0.saturating_sub(top) as u16);
    if area.contains(position.into()) {
        frame.set_cursor_position(position);
    }
}
