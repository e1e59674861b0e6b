//! The summary as lines of text.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::summary::{SummaryScreen, Target};
use crate::domain::safe;
use crate::session::prospect::Prospect;
use crate::tui::screen::Size;
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::{Shape, columns};
use crate::tui::widgets::text;

/// Cells of the labels, where there is room and where there is not.
const LABEL: (usize, usize) = (16, 12);
/// Cells from which there is room.
const ROOMY: usize = 60;
/// Cells of what an offer is, where there is room.
const OFFER: usize = 28;
/// Rows from which the week is drawn as a chart, too.
const TALL: u16 = 32;

/// A line, and which of those that do something it is.
pub(super) struct Row {
    pub line: Line<'static>,
    pub target: Option<usize>,
}

/// Returns how many lines lie below the screen when nothing is scrolled.
pub(super) fn overflow(screen: &SummaryScreen, size: Size) -> usize {
    let lines = lines(screen, size, Theme::new(false)).len();
    let height = usize::from(size.height.saturating_sub(3));
    if lines > height { lines - height.saturating_sub(1) } else { 0 }
}

/// Returns the lines of the screen. `size` is the whole terminal.
pub(super) fn lines(screen: &SummaryScreen, size: Size, theme: Theme) -> Vec<Row> {
    let plain = |line: Line<'static>| Row { line, target: None };
    let cells = usize::from(size.width);
    let mut rows = vec![plain(Line::default())];
    let table = Table { label: if cells >= ROOMY { LABEL.0 } else { LABEL.1 }, theme };
    if !screen.summary.done.is_empty() {
        rows.extend(figures(screen, table).into_iter().map(plain));
    }
    if let Some(prospect) = &screen.prospect {
        rows.extend(week(prospect, size, table).into_iter().map(plain));
    }
    rows.extend(targets(screen, size, theme));
    rows
}

/// Labels beside values.
#[derive(Clone, Copy)]
struct Table {
    /// Cells of the labels.
    label: usize,
    theme: Theme,
}

impl Table {
    fn row(self, label: &str, value: impl Into<String>, style: Style) -> Line<'static> {
        let label = format!("   {}", text::pad(label, self.label));
        let label = Span::styled(label, self.theme.quiet());
        Line::from(vec![label, Span::styled(value.into(), style)])
    }
}

/// What the session came to.
fn figures(screen: &SummaryScreen, table: Table) -> Vec<Line<'static>> {
    let theme = table.theme;
    let summary = &screen.summary;
    let answers = summary.done.len();
    let mut lines = vec![table.row("answers", answers.to_string(), theme.strong())];
    if let Some(pct) = summary.accuracy_pct() {
        let value = format!("{pct} % ({} of {})", summary.remembered(), summary.counted());
        lines.push(table.row("remembered", value, theme.good()));
    }
    let time = duration(summary.time_ms());
    let each = summary.time_ms().checked_div(answers as u64).unwrap_or(0);
    let time = format!("{time}, {}.{} s each", each / 1_000, each % 1_000 / 100);
    lines.push(table.row("time", time, Style::new()));
    lines.push(table.row("new cards", summary.new_learnt().to_string(), theme.new_card()));
    let left = screen.left;
    let value = if left.total() == 0 {
        "✓ nothing: all done".to_owned()
    } else if screen.request.cram {
        // Whether these are due is another matter.
        format!("{} to practise", left.total())
    } else {
        left.words()
    };
    let label = if screen.request.cram { "left" } else { "left today" };
    lines.push(table.row(label, value, theme.strong()));
    lines
}

/// What comes tomorrow and in the seven days from then on.
fn week(prospect: &Prospect, size: Size, table: Table) -> Vec<Line<'static>> {
    let [tomorrow, ..] = prospect.week;
    let week = prospect.week.iter().fold(0_u32, |sum, due| sum.saturating_add(*due));
    let due = |n: u32| if n == 0 { "nothing due".to_owned() } else { format!("{n} due") };
    let mut lines = vec![
        table.row("tomorrow", due(tomorrow), Style::new()),
        table.row("next 7 days", due(week), Style::new()),
    ];
    if size.height >= TALL && week > 0 {
        let (theme, shape) = (table.theme, Shape { rows: 3, cells: 3, gap: 3 });
        lines.push(Line::default());
        for mut line in columns(&prospect.week, shape, theme.good()) {
            line.spans.insert(0, Span::raw(" ".repeat(table.label + 3)));
            lines.push(line);
        }
        let numbers = prospect.week.map(|due| text::pad(&due.to_string(), 6)).concat();
        lines.push(table.row("", numbers.trim_end(), theme.quiet()));
    }
    lines
}

/// What can be done next, then the hardest cards.
fn targets(screen: &SummaryScreen, size: Size, theme: Theme) -> Vec<Row> {
    let cells = usize::from(size.width);
    let targets = screen.targets();
    let mut rows: Vec<Row> = Vec::new();
    let mut headed = [false; 2];
    for (nth, target) in targets.iter().enumerate() {
        let is_note = matches!(target, Target::Note { .. });
        if !std::mem::replace(&mut headed[usize::from(is_note)], true) {
            let heading = if is_note { "   hardest" } else { "   what could come next" };
            rows.push(Row { line: Line::default(), target: None });
            rows.push(Row { line: Line::styled(heading, theme.quiet()), target: None });
        }
        let line = target_line(target, nth, screen.chosen == Some(nth), cells, theme);
        rows.push(Row { line, target: Some(nth) });
    }
    if targets.is_empty() && !screen.is_looking() && screen.summary.done.is_empty() {
        rows.push(Row { line: Line::default(), target: None });
        let words = "There is no card yet: import a file at home to begin.";
        for line in text::wrap(words, cells.saturating_sub(4)) {
            let line = Line::styled(format!("   {line}"), theme.strong());
            rows.push(Row { line, target: None });
        }
    }
    rows
}

fn target_line(
    target: &Target,
    nth: usize,
    chosen: bool,
    cells: usize,
    theme: Theme,
) -> Line<'static> {
    let mark = if chosen { " ▸ " } else { "   " };
    // Nine lines have a digit of their own.
    let key = if nth < 9 { format!("{}  ", nth + 1) } else { "   ".to_owned() };
    let style = if chosen { theme.strong() } else { Style::new() };
    let mut spans = vec![Span::styled(mark, theme.key()), Span::styled(key, theme.key())];
    let room = cells.saturating_sub(7);
    let mut offer = |what: &str, how: &str| {
        let what = safe::line(what);
        let wide = if cells >= ROOMY { OFFER } else { 0 };
        let wide = text::width(&what).max(wide).min(room);
        spans.push(Span::styled(text::pad(&what, wide), style));
        let rest = room.saturating_sub(wide + 2);
        if rest >= 8 {
            spans.push(Span::styled(format!("  {}", text::fit(how, rest)), theme.quiet()));
        }
    };
    match target {
        Target::Rest(left) => offer("go on", left),
        Target::Offer(offered) => {
            let (what, how) = offered.words();
            offer(&what, &how);
        }
        Target::Note { question, answer, .. } => {
            let wide = room * 2 / 5;
            let question = text::pad(&text::line(question, wide), wide);
            spans.push(Span::styled(format!("{question}  "), theme.strong()));
            spans.push(Span::styled(text::line(answer, room.saturating_sub(wide + 2)), style));
        }
    }
    Line::from(spans)
}

/// Returns a time as people say it: `48 s`, `3 min 20 s`, `1 h 05 min`.
fn duration(ms: u64) -> String {
    let seconds = ms / 1_000;
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min {:02} s", seconds / 60, seconds % 60),
        _ => format!("{} h {:02} min", seconds / 3_600, seconds % 3_600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_people_say_them() {
        for (ms, words) in
            [(0, "0 s"), (59_999, "59 s"), (200_000, "3 min 20 s"), (3_900_000, "1 h 05 min")]
        {
            assert_eq!(duration(ms), words);
        }
    }
}
