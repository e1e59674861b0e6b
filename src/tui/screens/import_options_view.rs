//! Draws the options of a file, and the plan that they make.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::import_options::{Choice, OptionsPage};
use super::import_rows::PlanList;
use super::import_view::row;
use super::{import_table, list_top};
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// Cells before the value: mark and name.
const LABEL: usize = 14;

/// Draws the page.
pub fn view(page: &OptionsPage, plan: &PlanList, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let Some(file) = plan.files.get(plan.chosen_file()) else { return };
    let all = Choice::ALL.len() as u16;
    // What comes of it is worth a few rows, where there are any to spare.
    let below = if area.height >= all + 7 { area.height - all - 3 } else { 0 };
    let [counts, options, preview] =
        Layout::vertical([Constraint::Length(1), Constraint::Min(1), Constraint::Length(below)])
            .areas(area);
    let cells = usize::from(area.width).saturating_sub(2);
    let line = format!(" {}", text::fit(&plan.counts_line(|_| true), cells));
    frame.render_widget(Line::styled(line, theme.strong()), counts);
    let height = usize::from(options.height);
    let meaning_row = usize::from(height > 2);
    let top = list_top(page.cursor, Choice::ALL.len(), height - meaning_row);
    let shown = Choice::ALL.into_iter().enumerate().skip(top).take(height - meaning_row);
    let value_cells = usize::from(area.width).saturating_sub(LABEL + 1);
    for (y, (nth, choice)) in shown.enumerate() {
        let chosen = nth == page.cursor;
        let mark = if chosen { " ▸ " } else { "   " };
        let name = text::pad(choice.name(), LABEL - 3);
        let style = if chosen { theme.strong() } else { Style::new() };
        let typing = page.typing.as_ref().filter(|_| chosen);
        let (value, cursor) = if let Some(field) = typing {
            field.row(value_cells.saturating_sub(1))
        } else {
            let value = choice.value(file);
            let value = match page.refused().filter(|_| chosen) {
                Some(refused) => format!("✗ {refused}: not so; {value} stays"),
                None => value,
            };
            (text::line(&value, value_cells), 0)
        };
        let at = row(options, y);
        let spans = vec![
            Span::styled(mark, theme.key()),
            Span::styled(name, theme.quiet()),
            Span::styled(value, style),
        ];
        frame.render_widget(Line::from(spans), at);
        let position = (area.x + (LABEL + cursor) as u16, at.y);
        if typing.is_some() && at.contains(position.into()) {
            frame.set_cursor_position(position);
        }
    }
    if meaning_row > 0 {
        let meaning = Choice::ALL.get(page.cursor).map_or("", |choice| choice.meaning());
        let meaning = format!("   {}", text::fit(meaning, cells.saturating_sub(2)));
        frame.render_widget(Line::styled(meaning, theme.quiet()), row(options, height - 1));
    }
    if below > 0 {
        import_table::view(plan, frame, preview, theme);
    }
}
