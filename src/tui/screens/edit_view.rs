//! Draws the editor.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::edit::Edit;
use super::{Hit, list_top};
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

/// The rows of the form with the field that each belongs to, and where the cursor
/// stands among them.
struct Form {
    rows: Vec<(Line<'static>, usize)>,
    cursor: (usize, usize),
}

/// The part of a form that there is room for.
struct Window {
    /// Rows above the form.
    offset: u16,
    /// The first row that is shown.
    top: usize,
    /// How many are shown.
    height: usize,
    /// How many are left out below.
    below: usize,
    /// Whether one more row says that there is more.
    signs: bool,
}

impl Window {
    fn of(form: &Form, area: Rect) -> Self {
        let offset = if area.height >= 14 { 2 } else { 1 };
        let room = usize::from(area.height.saturating_sub(offset));
        let signs = form.rows.len() > room;
        let height = if signs { room.saturating_sub(1) } else { room };
        let top = list_top(form.cursor.0, form.rows.len(), height);
        let below = form.rows.len().saturating_sub(top + height);
        Self { offset, top, height, below, signs }
    }
}

fn form_in(edit: &Edit, area: Rect, theme: Theme) -> (Form, Window) {
    let size = Size { width: area.width, height: area.height };
    let form = form(edit, cells(size), area.height >= 18, theme);
    let window = Window::of(&form, area);
    (form, window)
}

/// Returns the fields that can be clicked, and where.
pub fn hits(edit: &Edit, area: Rect) -> Vec<(Rect, Hit)> {
    let (form, Window { offset, top, height, .. }) = form_in(edit, area, Theme::default());
    let shown = form.rows.iter().skip(top).take(height).enumerate();
    let at = |y: usize| Rect { y: area.y + offset + y as u16, height: 1, ..area };
    shown.map(|(y, (_, field))| (at(y).intersection(area), Hit::Row(*field))).collect()
}

/// Draws the editor above its status line and footer.
pub fn view(edit: &Edit, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    bars::title(edit.title(), state(edit, theme), frame, Rect { height: 1, ..area }, theme);
    let (Form { rows, cursor }, window) = form_in(edit, area, theme);
    let Window { offset, top, height, below, signs } = window;
    for (y, (line, _)) in rows.into_iter().skip(top).take(height).enumerate() {
        let at = Rect { y: area.y + offset + y as u16, height: 1, ..area };
        frame.render_widget(line, at.intersection(area));
    }
    if signs {
        let at = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
        let line = format!("{}{}", " ".repeat(LABEL), bars::beyond(top, below));
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
    for (at, (field, content, focused)) in edit.fields().enumerate() {
        let (lines, (row, column)) = content.lines(cells);
        if focused {
            form.cursor = (form.rows.len() + row, column);
        }
        for (nth, line) in lines.into_iter().enumerate() {
            let mark = if focused && nth == 0 { " ▸ " } else { "   " };
            let label = if nth == 0 { field.name() } else { "" };
            let label_style = if focused { theme.key() } else { theme.quiet() };
            let style = if focused { theme.strong() } else { Style::new() };
            let row = Line::from(vec![
                Span::styled(mark, theme.key()),
                Span::styled(text::pad(label, LABEL - 3), label_style),
                Span::styled(line, style),
            ]);
            form.rows.push((row, at));
        }
        for advice in edit.advice(field) {
            let (sign, style) =
                if advice.is_warning { ("! ", theme.warn()) } else { ("", theme.quiet()) };
            let words = format!("{sign}{}", safe::line(&advice.words));
            for line in text::wrap(&words, cells) {
                let indent = Span::raw(" ".repeat(LABEL));
                let row = Line::from(vec![indent, Span::styled(line, style)]);
                form.rows.push((row, at));
            }
        }
        if roomy {
            form.rows.push((Line::default(), at));
        }
    }
    if roomy {
        form.rows.pop();
    }
    form
}
