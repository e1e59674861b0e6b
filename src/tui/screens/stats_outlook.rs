//! What the sheet of the coming year says, row by row.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::stats_charts as charts;
use crate::domain::safe;
use crate::session::outlook::{self, COMPARED_HEADINGS, HEADINGS, MEANINGS, Outlook, Row};
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// Rows of a year at most: by four weeks.
const MOST_ROWS: usize = 14;

/// Cells that a bar must have to be drawn, and those it has at most.
const BAR: (usize, usize) = (6, 30);

/// Returns all rows of the sheet, none wider than `cells`.
pub fn rows(outlook: &Outlook, cells: usize, theme: Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let [cards, about @ ..] = &outlook.about;
    for (words, style) in std::iter::once((cards, theme.strong()))
        .chain(about.iter().map(|words| (words, theme.quiet())))
    {
        lines.extend(said(words, cells, style));
    }
    lines.push(Line::default());
    lines.extend(said(MEANINGS, cells, theme.quiet()));
    table(HEADINGS, &outlook::rows(&outlook.plan, MOST_ROWS), cells, theme, &mut lines);
    lines.push(Line::default());
    lines.push(Line::styled(" with other limits, in the year", theme.strong()));
    table(COMPARED_HEADINGS, &outlook::compared(&outlook.compared), cells, theme, &mut lines);
    lines
}

/// Returns words on as many rows as they take.
fn said(words: &str, cells: usize, style: Style) -> impl Iterator<Item = Line<'static>> {
    let rows = text::wrap(&safe::line(words), cells.saturating_sub(2)).into_iter();
    rows.map(move |row| Line::styled(format!(" {row}"), style))
}

/// Adds figures in columns and how many reviews they are as a bar; columns for which
/// there is no room are named instead.
fn table(
    headings: [&str; 5],
    rows: &[Row],
    cells: usize,
    theme: Theme,
    lines: &mut Vec<Line<'static>>,
) {
    let label = rows.iter().map(|row| text::width(&row.label)).max().unwrap_or(0);
    let mut room = cells.saturating_sub(label + 2);
    let mut widths = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        let widest = rows.iter().map(|row| row.cells[at].len()).max().unwrap_or(0);
        let width = widest.max(heading.len());
        let Some(left) = room.checked_sub(width + 2) else { break };
        room = left;
        widths.push(width);
    }
    let figures = |figures: [&str; 5]| {
        let columns = figures.iter().zip(&widths);
        columns.map(|(figure, width)| format!("  {figure:>width$}")).collect::<Vec<_>>().concat()
    };
    let heading = format!(" {}{}", " ".repeat(label), figures(headings));
    lines.push(Line::styled(heading, theme.quiet()));
    if let Some(missing) = headings.get(widths.len()..).filter(|missing| !missing.is_empty()) {
        let words = format!("no room for: {}", missing.join(", "));
        lines.extend(said(&words, cells, theme.warn()));
    }
    let most = rows.iter().map(|row| row.bar).max().unwrap_or(0);
    let bar_cells = if room >= BAR.0 + 2 { (room - 2).min(BAR.1) } else { 0 };
    lines.extend(rows.iter().map(|row| {
        Line::from(vec![
            Span::styled(format!(" {}", text::pad(&row.label, label)), theme.quiet()),
            Span::raw(figures(row.cells.each_ref().map(String::as_str))),
            Span::styled(format!("  {}", charts::lying(row.bar, most, bar_cells)), theme.good()),
        ])
    }));
}
