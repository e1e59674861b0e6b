//! The answers to choose from, each with what it would really do.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span, Text};

use crate::domain::Grade;
use crate::session::{Queue, Shown};
use crate::tui::screen::Size;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// Returns what an answer would do, in words: `6d`, `1d, again today`.
#[must_use]
pub fn hint(card: &Shown, grade: Grade) -> String {
    let outcome = card.outcome(grade);
    let again = if outcome.drill { "again today" } else { "done for today" };
    match card.queue {
        Queue::New | Queue::Due if outcome.drill => format!("{}d, {again}", outcome.wait_d),
        Queue::New | Queue::Due => format!("{}d", outcome.wait_d),
        Queue::Drill => again.to_owned(),
        Queue::Cram if outcome.drill => again.to_owned(),
        Queue::Cram => "no change".to_owned(),
    }
}

/// How the buttons are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Side by side, the hint below the name.
    Stacked,
    /// In so many columns, the hint beside the name.
    Columns(usize),
    /// The same, with `again today` shortened to a sign.
    Short(usize),
}

fn shape(card: &Shown, size: Size) -> Shape {
    let buttons = card.scale.buttons();
    let cells = usize::from(size.width).saturating_sub(2);
    let widest =
        |wide: &dyn Fn(&(char, Grade, &str)) -> usize| buttons.iter().map(wide).max().unwrap_or(0);
    let stacked =
        widest(&|(_, grade, name)| text::width(&hint(card, *grade)).max(2 + name.len()) + 4);
    if stacked * buttons.len() <= cells {
        return Shape::Stacked;
    }
    let beside = widest(&|(_, grade, name)| text::width(&hint(card, *grade)) + name.len() + 7);
    let columns = (cells / beside).clamp(1, buttons.len());
    let rows_allowed = usize::from(size.height / 6).max(2);
    if buttons.len().div_ceil(columns) <= rows_allowed {
        return Shape::Columns(columns);
    }
    let short = widest(&|(_, grade, name)| text::width(&short(card, *grade)) + name.len() + 6);
    Shape::Short((cells / short).clamp(1, buttons.len()))
}

fn short(card: &Shown, grade: Grade) -> String {
    hint(card, grade).replace(", again today", " ↻").replace("again today", "↻ again")
}

/// Returns the rows that the buttons take.
pub(super) fn height(card: &Shown, size: Size) -> u16 {
    let rows = match shape(card, size) {
        Shape::Stacked => 2,
        Shape::Columns(columns) | Shape::Short(columns) => {
            card.scale.buttons().len().div_ceil(columns)
        }
    };
    rows as u16
}

/// Returns where each button is, with the digit that presses it.
pub(super) fn places(card: &Shown, size: Size, area: Rect) -> Vec<(Rect, char)> {
    let buttons = card.scale.buttons();
    let cells = usize::from(area.width).saturating_sub(2);
    let (columns, height) = match shape(card, size) {
        Shape::Stacked => (buttons.len(), 2),
        Shape::Columns(columns) | Shape::Short(columns) => (columns, 1),
    };
    let wide = cells / columns;
    let place = |nth: usize| {
        let x = area.x + 1 + (nth % columns * wide) as u16;
        let y = area.y + (nth / columns) as u16;
        Rect { x, y, width: wide as u16, height }.intersection(area)
    };
    buttons.iter().enumerate().map(|(nth, (key, ..))| (place(nth), *key)).collect()
}

/// Draws the buttons; the suggested one is marked.
pub(super) fn draw(
    card: &Shown,
    suggested: Option<Grade>,
    size: Size,
    frame: &mut Frame<'_>,
    area: Rect,
    theme: Theme,
) {
    let buttons = card.scale.buttons();
    let shape = shape(card, size);
    let name_cells = buttons.iter().map(|(.., name)| name.len()).max().unwrap_or(0);
    for ((place, _), (key, grade, name)) in places(card, size, area).iter().zip(buttons) {
        let chosen = suggested == Some(*grade);
        let mark = if chosen { "▸" } else { " " };
        let style = if chosen { theme.selected() } else { theme.strong() };
        let hint = match shape {
            Shape::Short(_) => short(card, *grade),
            _ => hint(card, *grade),
        };
        let mut spans = vec![Span::styled(format!("{mark}{key} "), theme.key())];
        if shape == Shape::Stacked {
            spans.push(Span::styled(*name, style));
            let hint = Line::styled(format!("   {hint}"), theme.quiet());
            frame.render_widget(Text::from(vec![Line::from(spans), hint]), *place);
        } else {
            spans.push(Span::styled(*name, style));
            let blanks = " ".repeat(name_cells.saturating_sub(name.len()) + 1);
            spans.push(Span::styled(format!("{blanks}{hint}"), theme.quiet()));
            frame.render_widget(Line::from(spans), *place);
        }
    }
}
