//! Draws Import: the path, or the plan with what lies over it.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::import::ImportScreen;
use super::import_plan::{Over, PlanPage};
use super::{Hit, import_details, import_options_view, import_split_view, import_table};
use super::{import_triage_view, list_top};
use crate::domain::text::plural;
use crate::tui::theme::Theme;
use crate::tui::widgets::{bars, text};

/// What stands before the path.
const PROMPT: &str = " file › ";

/// From this width on the source stands beside the row, not below it.
const WIDE: u16 = 100;

/// Draws the screen above its status line and footer.
pub fn view(screen: &ImportScreen, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let place = screen.place().map_or_else(String::new, |(nth, all)| format!(" {nth} of {all}:"));
    let Some(page) = &screen.plan else { return draw_path(screen, &place, frame, area, theme) };
    let [top, rest] = parts(area);
    draw_title(page, &place, frame, top, theme);
    match &page.over {
        None => draw_plan(page, frame, rest, theme),
        Some(Over::Look(scroll)) => import_details::page(page, *scroll, frame, rest, theme),
        Some(Over::Options(options)) => {
            import_options_view::view(options, &page.list, frame, rest, theme);
        }
        Some(Over::Split(split)) => import_split_view::view(split, frame, rest, theme),
        Some(Over::Triage(triage)) => {
            import_triage_view::view(triage, &page.list, frame, rest, theme);
        }
    }
}

/// Returns one row of an area.
pub fn row(area: Rect, y: usize) -> Rect {
    Rect { y: area.y.saturating_add(y as u16), height: 1, ..area }.intersection(area)
}

fn draw_path(screen: &ImportScreen, place: &str, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let title = format!("Import{place}");
    let title = title.trim_end_matches(':');
    bars::title(title, Line::default(), frame, row(area, 0), theme);
    let prompt = text::width(PROMPT);
    let cells = usize::from(area.width).saturating_sub(prompt + 1);
    let (shown, cursor) = screen.path.row(cells);
    let line = Line::from(vec![Span::styled(PROMPT, theme.key()), Span::raw(shown)]);
    let at = row(area, 2);
    frame.render_widget(line, at);
    let position = (area.x + (prompt + cursor) as u16, at.y);
    if at.contains(position.into()) {
        frame.set_cursor_position(position);
    }
    let list = Rect { y: area.y + 4, height: area.height.saturating_sub(4), ..area };
    let list = list.intersection(area);
    if screen.completions.is_empty() {
        let words = [
            "A deck file (TSV, CSV, Anki, Excel, JSON, Markdown, ...), a bilingual article,",
            "or a folder of them. You see what it would do before anything changes.",
        ];
        let cells = usize::from(area.width).saturating_sub(4);
        let lines = text::wrap(&words.join(" "), cells.min(72));
        for (y, line) in lines.into_iter().take(usize::from(list.height)).enumerate() {
            frame.render_widget(Line::styled(format!("   {line}"), theme.quiet()), row(list, y));
        }
        return;
    }
    if screen.path.text().is_empty() {
        frame.render_widget(Line::styled("   new in the inbox", theme.quiet()), row(area, 3));
    }
    let height = usize::from(list.height);
    let top = list_top(screen.chosen.unwrap_or(0), screen.completions.len(), height);
    let cells = usize::from(area.width).saturating_sub(5);
    for (y, path) in screen.completions.iter().skip(top).take(height).enumerate() {
        let chosen = screen.chosen == Some(top + y);
        let mark = if chosen { " ▸ " } else { "   " };
        let style = if chosen { theme.strong() } else { Style::new() };
        let path = text::line(path, cells);
        let line = Line::from(vec![Span::styled(mark, theme.key()), Span::styled(path, style)]);
        frame.render_widget(line, row(list, y));
    }
}

fn draw_title(page: &PlanPage, place: &str, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let files = page.list.files.as_slice();
    let title = match files {
        [file] => format!("Import{place} {} → {}", file.path, file.deck),
        files => format!("Import{place} {} files", files.len()),
    };
    let right = match files {
        [file] if area.width >= 70 => format!("{}, {} ", file.format, file.encoding),
        _ => String::new(),
    };
    bars::title(&title, Line::styled(right, theme.quiet()), frame, area, theme);
}

/// Where the counts, the table and the details of a plan are.
fn plan_parts(area: Rect) -> [Rect; 3] {
    let height = match area.height {
        0..=15 => 3,
        rows if area.width >= WIDE => (rows / 3).clamp(6, 12),
        rows => (rows / 3).clamp(6, 9),
    };
    Layout::vertical([Constraint::Length(1), Constraint::Min(2), Constraint::Length(height)])
        .areas(area)
}

/// Where the title and the rest are.
fn parts(area: Rect) -> [Rect; 2] {
    Layout::vertical([Constraint::Length(1), Constraint::Min(1)]).areas(area)
}

/// Returns the rows of the plan that can be clicked.
pub fn hits(screen: &ImportScreen, area: Rect) -> Vec<(Rect, Hit)> {
    let Some(page) = screen.plan.as_ref().filter(|page| page.over.is_none()) else {
        return Vec::new();
    };
    let [_, rest] = parts(area);
    let [_, table, _] = plan_parts(rest);
    import_table::hits(&page.list, table)
}

fn draw_plan(page: &PlanPage, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let wide = area.width >= WIDE;
    let [counts, table, details] = plan_parts(area);
    let plan = &page.list;
    let filter = |word: &str| format!("showing {} {word}, ", plan.len());
    let filter = plan.filter.map_or_else(String::new, filter);
    let cards = match plan.cards() {
        0 => String::new(),
        cards => format!(", {}", plural(cards, "card")),
    };
    let ticked = format!("{filter}{} ticked{cards}", plan.ticked());
    let room = usize::from(area.width).saturating_sub(ticked.len() + 4);
    let line = Line::from(vec![
        Span::raw(format!(" {}  ", text::pad(&plan.counts_line(|_| true), room))),
        Span::styled(ticked, theme.strong()),
    ]);
    frame.render_widget(line, counts);
    import_table::view(plan, frame, table, theme);
    import_details::pane(page, wide, frame, details, theme);
}
