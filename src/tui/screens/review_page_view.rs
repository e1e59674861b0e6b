//! Draws the page about a card.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::review_page::{About, CardPage};
use crate::session::history::Entry;
use crate::session::reason::Reason;
use crate::tui::screen::Size;
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::{Shape, columns};
use crate::tui::widgets::{bars, text};

/// Cells of the labels beside the reasons.
const LABEL: usize = 9;
/// Text is no wider than this.
const MEASURE: usize = 76;

/// Draws the page above its status line and footer. `size` is the whole terminal.
pub fn view(page: &CardPage, size: Size, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let lines = lines(page, size, theme);
    let height = usize::from(area.height.saturating_sub(2));
    let scroll = page.scroll.min(lines.len().saturating_sub(height));
    let hidden = lines.len().saturating_sub(scroll + height);
    let more = match (scroll, hidden) {
        (0, 0) => String::new(),
        (_, 0) => "▲ ".to_owned(),
        _ => format!("▼ {hidden} more "),
    };
    let what = match page.about {
        About::History(_) => "History",
        About::Why(_) => "Why now",
    };
    let title = format!("{what}: {} (asks the {})", page.question, page.side);
    bars::title(
        &text::line(&title, usize::from(area.width)),
        Line::styled(more, theme.warn()),
        frame,
        Rect { height: 1, ..area },
        theme,
    );
    for (y, line) in lines.into_iter().skip(scroll).take(height).enumerate() {
        let at = Rect { y: area.y + 2 + y as u16, height: 1, ..area };
        frame.render_widget(line, at.intersection(area));
    }
}

/// Returns how many lines lie below the screen when nothing is scrolled.
pub(super) fn overflow(page: &CardPage, size: Size) -> usize {
    let height = usize::from(size.height.saturating_sub(4));
    lines(page, size, Theme::new(false)).len().saturating_sub(height)
}

fn lines(page: &CardPage, size: Size, theme: Theme) -> Vec<Line<'static>> {
    match &page.about {
        About::History(entries) => history(entries, size, theme),
        About::Why(reason) => why(reason, size, theme),
    }
}

fn why(reason: &Reason, size: Size, theme: Theme) -> Vec<Line<'static>> {
    let cells = usize::from(size.width).saturating_sub(4 + LABEL).min(MEASURE);
    let mut lines = Vec::new();
    for (label, words) in reason.lines() {
        for (nth, row) in text::wrap(&words, cells).into_iter().enumerate() {
            let label = text::pad(if nth == 0 { label } else { "" }, LABEL);
            let label = Span::styled(format!("   {label}"), theme.quiet());
            lines.push(Line::from(vec![label, Span::raw(row)]));
        }
    }
    lines
}

/// A chart of the intervals from the oldest review on, then the newest answer first.
fn history(entries: &[Entry], size: Size, theme: Theme) -> Vec<Line<'static>> {
    if entries.is_empty() {
        return vec![Line::raw("   This card was never answered.")];
    }
    let mut lines = chart(entries, size, theme);
    let (day, answer) = (text::pad("day", 12), text::pad("answer", 9));
    let cells = usize::from(size.width).saturating_sub(1);
    // On a narrow terminal the time goes: the rest is what the schedule came from.
    let time = if cells >= 49 { "     time" } else { "" };
    let heading = format!("   {day}{answer}{:>9}{:>7}{time}", "interval", "ease");
    lines.push(Line::styled(heading, theme.quiet()));
    lines.extend(entries.iter().rev().map(|entry| row(entry, cells, theme)));
    lines
}

fn row(entry: &Entry, cells: usize, theme: Theme) -> Line<'static> {
    let style = match entry.grade {
        Some((grade, _)) if !grade.is_pass() => theme.bad(),
        Some((grade, _)) if grade.raw() == 3 => theme.warn(),
        Some(_) => theme.good(),
        None => theme.quiet(),
    };
    let mut spans = vec![
        Span::raw(format!("   {}  ", entry.day)),
        Span::styled(text::pad(entry.words(), 9), style),
    ];
    if entry.is_review() || entry.grade.is_none() {
        let ease = format!("{}.{:02}", entry.ease_centi / 100, entry.ease_centi % 100);
        spans.push(Span::raw(format!("{:>8}d{ease:>7}", entry.interval_d)));
    } else {
        // Neither the drill nor practice moves a schedule.
        spans.push(Span::styled(format!("{:>16}", entry.kind), theme.quiet()));
    }
    let used: usize = spans.iter().map(Span::width).sum();
    if entry.ms > 0 && used + 9 <= cells {
        let time = format!("{}.{} s", entry.ms / 1_000, entry.ms % 1_000 / 100);
        spans.push(Span::styled(format!("{time:>9}"), theme.quiet()));
    }
    Line::from(spans)
}

fn chart(entries: &[Entry], size: Size, theme: Theme) -> Vec<Line<'static>> {
    let reviews = entries.iter().filter(|entry| entry.is_review());
    let intervals: Vec<u32> = reviews.map(|entry| entry.interval_d).collect();
    let [first, .., last] = intervals[..] else { return Vec::new() };
    let shape = Shape { rows: if size.height >= 20 { 4 } else { 1 }, cells: 2, gap: 1 };
    // Where they do not all fit, the newest are shown.
    let room = usize::from(size.width).saturating_sub(6) / (shape.cells + shape.gap);
    let shown = &intervals[intervals.len().saturating_sub(room)..];
    let words = format!("   intervals of {} reviews, {first}d to {last}d", intervals.len());
    let mut lines = vec![Line::styled(words, theme.quiet())];
    for mut line in columns(shown, shape, theme.good()) {
        line.spans.insert(0, Span::styled("   ", Style::new()));
        lines.push(line);
    }
    lines.push(Line::default());
    lines
}
