//! Draws the editor.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::edit::Edit;
use super::list_top;
use crate::domain::safe;
use crate::tui::screen::Size;
use crate::tui::theme::Theme;
use crate::tui::widgets::{bars, text};

/// Cells before the text: mark and label.
const LABEL: usize = 12;

/// The widest that text is drawn.
const WIDEST: usize = 80;

/// Returns the cells of a row of text: one is left for the cursor behind it.
pub fn cells(size: Size) -> usize {
    usize::from(size.width).saturating_sub(LABEL + 2).clamp(2, WIDEST)
}

/// The rows of the form, and where the cursor stands among them.
struct Form {
    rows: Vec<Line<'static>>,
    cursor: (usize, usize),
}

/// Draws the editor above its status line and footer.
pub fn view(edit: &Edit, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    bars::title(edit.title(), state(edit, theme), frame, Rect { height: 1, ..area }, theme);
    let size = Size { width: area.width, height: area.height };
    let Form { rows, cursor } = form(edit, cells(size), area.height >= 18, theme);
    let offset = if area.height >= 14 { 2 } else { 1 };
    let room = usize::from(area.height.saturating_sub(offset));
    // The last row then says that there is more.
    let height = if rows.len() > room { room.saturating_sub(1) } else { room };
    let top = list_top(cursor.0, rows.len(), height);
    let below = rows.len().saturating_sub(top + height);
    for (y, line) in rows.into_iter().skip(top).take(height).enumerate() {
        let at = Rect { y: area.y + offset + y as u16, height: 1, ..area };
        frame.render_widget(line, at.intersection(area));
    }
    if height < room {
        let above = (top > 0).then(|| format!("▲ {top} more above"));
        let below = (below > 0).then(|| format!("▼ {below} more below"));
        let signs: Vec<String> = above.into_iter().chain(below).collect();
        let at = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
        let line = format!("{}{}", " ".repeat(LABEL), signs.join("   "));
        frame.render_widget(Line::styled(line, theme.warn()), at.intersection(area));
    }
    let position =
        (area.x + (LABEL + cursor.1) as u16, area.y + offset + cursor.0.saturating_sub(top) as u16);
    if area.contains(position.into()) {
        frame.set_cursor_position(position);
    }
}

/// Returns what was done so far, for the title.
fn state(edit: &Edit, theme: Theme) -> Line<'static> {
    if let Some(added) = edit.added() {
        let words = if added == 0 { String::new() } else { format!("{added} added ") };
        return Line::styled(words, theme.good());
    }
    match edit.changes().len() {
        0 => Line::styled("nothing changed ", theme.quiet()),
        1 => Line::styled("1 field changed ", theme.warn()),
        n => Line::styled(format!("{n} fields changed "), theme.warn()),
    }
}

fn form(edit: &Edit, cells: usize, roomy: bool, theme: Theme) -> Form {
    let mut form = Form { rows: Vec::new(), cursor: (0, 0) };
    for (field, content, focused) in edit.fields() {
        let (lines, (row, column)) = content.lines(cells);
        if focused {
            form.cursor = (form.rows.len() + row, column);
        }
        for (nth, line) in lines.into_iter().enumerate() {
            let mark = if focused && nth == 0 { " ▸ " } else { "   " };
            let label = if nth == 0 { field.name() } else { "" };
            let label_style = if focused { theme.key() } else { theme.quiet() };
            let style = if focused { theme.strong() } else { Style::new() };
            form.rows.push(Line::from(vec![
                Span::styled(mark, theme.key()),
                Span::styled(text::pad(label, LABEL - 3), label_style),
                Span::styled(line, style),
            ]));
        }
        for advice in edit.advice(field) {
            let (sign, style) =
                if advice.is_warning { ("! ", theme.warn()) } else { ("", theme.quiet()) };
            let words = format!("{sign}{}", safe::line(&advice.words));
            for line in text::wrap(&words, cells) {
                let indent = Span::raw(" ".repeat(LABEL));
                form.rows.push(Line::from(vec![indent, Span::styled(line, style)]));
            }
        }
        if roomy {
            form.rows.push(Line::default());
        }
    }
    if roomy {
        form.rows.pop();
    }
    form
}
