//! Draws a new row that is to be decided about.

use ratatui::Frame;
use ratatui::layout::{Alignment, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::import_rows::PlanList;
use super::import_triage::TriagePage;
use super::import_view::row;
use crate::domain::{Field, safe};
use crate::import::Triage;
use crate::tui::theme::Theme;
use crate::tui::widgets::gauge::gauge;
use crate::tui::widgets::text;

/// The widest that a text is drawn.
const WIDEST: usize = 72;

/// Draws the page.
pub fn view(page: &TriagePage, plan: &PlanList, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let Some((file, nth)) = page.chosen() else { return };
    let Some(shown) = plan.files.get(file).and_then(|plan| plan.rows.get(nth)) else { return };
    let word = match (shown.ticked, shown.draft.decided().triage) {
        (false, _) => "not ticked",
        (true, Triage::Learn) => "new",
        (true, Triage::Known) => "known",
        (true, Triage::Never) => "never",
    };
    let place = format!(" {} of {}, now: {word}  ", page.at + 1, page.count());
    let cells = usize::from(area.width).saturating_sub(text::width(&place) + 2).min(24);
    let mut line = Line::styled(place, theme.quiet());
    line.spans.extend(gauge(page.at, page.count(), cells, theme).spans);
    frame.render_widget(line, row(area, 0));

    let fields = &shown.draft.fields;
    let cells = usize::from(area.width).saturating_sub(4).clamp(1, WIDEST);
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut add = |content: &str, style| {
        for line in text::wrap(&safe::lines(content), cells) {
            lines.push(Line::from(Span::styled(line, style)));
        }
    };
    add(&fields.front, theme.strong());
    if !fields.reading.is_empty() {
        add(&fields.reading, theme.quiet());
    }
    add("", theme.quiet());
    add(&fields.back, ratatui::style::Style::new());
    for field in [Field::Note, Field::Example, Field::Source] {
        if !fields.plain(field).is_empty() {
            add(fields.plain(field), theme.quiet());
        }
    }
    let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let below = below.intersection(area);
    let height = usize::from(below.height);
    let gap = height.saturating_sub(lines.len()) / 3;
    if lines.len() > height {
        lines.truncate(height.saturating_sub(1));
        lines.push(Line::styled("…", theme.quiet()));
    }
    let at = Rect { y: below.y + gap as u16, height: below.height - gap as u16, ..below };
    frame.render_widget(Paragraph::new(lines).alignment(Alignment::Center), at.intersection(below));
}
