//! The history of a card, as the review and Browse draw it.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::session::history::Entry;
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::{Shape, columns};
use crate::tui::widgets::text;

/// Returns a chart of the intervals from the oldest review on, its columns at most `rows`
/// rows high, then the newest answer first; for a screen of `width` cells.
pub fn lines(entries: &[Entry], width: usize, rows: usize, theme: Theme) -> Vec<Line<'static>> {
    if entries.is_empty() {
        return vec![Line::raw("   This card was never answered.")];
    }
    let mut lines = chart(entries, width, rows, theme);
    let (day, answer) = (text::pad("day", 12), text::pad("answer", 9));
    let cells = width.saturating_sub(1);
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

fn chart(entries: &[Entry], width: usize, rows: usize, theme: Theme) -> Vec<Line<'static>> {
    let reviews = entries.iter().filter(|entry| entry.is_review());
    let intervals: Vec<u32> = reviews.map(|entry| entry.interval_d).collect();
    if intervals.len() < 2 {
        return Vec::new();
    }
    let shape = Shape { rows, cells: 2, gap: 1 };
    // Where they do not all fit, the newest are shown.
    let room = width.saturating_sub(6) / (shape.cells + shape.gap);
    let shown = &intervals[intervals.len().saturating_sub(room)..];
    let longest = shown.iter().max().copied().unwrap_or(0);
    let words = if shown.len() < intervals.len() {
        format!("newest {} of {} intervals, up to {longest}d", shown.len(), intervals.len())
    } else {
        format!("intervals of {} reviews, up to {longest}d", intervals.len())
    };
    let words = format!("   {}", text::fit(&words, width.saturating_sub(4)));
    let mut lines = vec![Line::styled(words, theme.quiet())];
    for mut line in columns(shown, shape, theme.good()) {
        line.spans.insert(0, Span::styled("   ", Style::new()));
        lines.push(line);
    }
    lines.push(Line::default());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Day, Grade, Scale};

    fn review(interval_d: u32) -> Entry {
        let grade = Some((Grade::GOOD, Scale::Four));
        Entry { day: Day(20_780), kind: "review", grade, ms: 900, interval_d, ease_centi: 250 }
    }

    #[test]
    fn a_chart_that_leaves_answers_out_says_so() {
        let entries: Vec<Entry> = (1..=40).map(review).collect();
        let drawn = |width| lines(&entries, width, 1, Theme::new(false))[0].to_string();
        assert_eq!(drawn(40), "   newest 11 of 40 intervals, up to 40d");
        assert_eq!(drawn(130), "   intervals of 40 reviews, up to 40d");
    }

    #[test]
    fn no_row_is_wider_than_the_screen() {
        let entries: Vec<Entry> = [1, 6, 36_500].into_iter().map(review).collect();
        for width in 40..130 {
            for line in lines(&entries, width, 4, Theme::new(false)) {
                assert!(line.width() <= width, "{width}: {line}");
            }
        }
    }
}
