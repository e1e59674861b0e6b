//! Draws Summary.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::summary::SummaryScreen;
use crate::tui::screen::Size;
use crate::tui::theme::Theme;
use crate::tui::widgets::{bars, text};

/// Cells of the labels.
const LABEL: usize = 16;

/// How many of the hardest cards are named.
const HARDEST: usize = 5;

/// Draws the screen above its status line and footer.
pub fn view(screen: &SummaryScreen, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let title = if screen.request.cram { "Practice finished" } else { "Session finished" };
    bars::title(title, Line::default(), frame, Rect { height: 1, ..area }, theme);
    let lines = lines(screen, usize::from(area.width), theme);
    let height = usize::from(area.height.saturating_sub(1));
    let over = lines.len() > height;
    let room = if over { height.saturating_sub(1) } else { height };
    let scroll = screen.scroll.min(lines.len().saturating_sub(room));
    let hidden = lines.len().saturating_sub(scroll + room);
    let row = |y: usize| Rect { y: area.y + 1 + y as u16, height: 1, ..area }.intersection(area);
    for (y, line) in lines.into_iter().skip(scroll).take(room).enumerate() {
        frame.render_widget(line, row(y));
    }
    if over && room < height {
        let sign =
            if hidden > 0 { format!("▼ {hidden} more below") } else { "▲ more above".into() };
        frame.render_widget(Line::styled(sign, theme.warn()).centered(), row(room));
    }
}

/// Returns how many lines lie below the screen when nothing is scrolled.
pub(super) fn overflow(screen: &SummaryScreen, size: Size) -> usize {
    let lines = lines(screen, usize::from(size.width), Theme::new(false)).len();
    let height = usize::from(size.height.saturating_sub(3));
    if lines > height { lines - height.saturating_sub(1) } else { 0 }
}

fn lines(screen: &SummaryScreen, cells: usize, theme: Theme) -> Vec<Line<'static>> {
    let summary = &screen.summary;
    let answers = summary.done.len();
    let mut lines = vec![Line::default()];
    let mut row = |label: &str, value: String, style: Style| {
        let label = Span::styled(format!("   {}", text::pad(label, LABEL)), theme.quiet());
        lines.push(Line::from(vec![label, Span::styled(value, style)]));
    };
    row("answers", answers.to_string(), theme.strong());
    if let Some(pct) = summary.accuracy_pct() {
        let value = format!("{pct} % ({} of {})", summary.remembered(), summary.counted());
        row("remembered", value, theme.good());
    }
    row("time", duration(summary.time_ms()), Style::new());
    if let Some(each) = summary.time_ms().checked_div(answers as u64) {
        row("for each", format!("{}.{} s", each / 1_000, each % 1_000 / 100), Style::new());
    }
    row("new cards", summary.new_learnt().to_string(), theme.new_card());
    let left = screen.left;
    let value = if left.total() == 0 {
        "✓ nothing: all done".to_owned()
    } else if screen.request.cram {
        // Whether these are due is another matter.
        format!("{} to practise", left.total())
    } else {
        let parts = [(left.new, "new"), (left.due, "due"), (left.drill, "again")];
        let parts: Vec<_> = parts.iter().filter(|(n, _)| *n > 0).collect();
        parts.iter().map(|(n, word)| format!("{n} {word}")).collect::<Vec<_>>().join(", ")
    };
    let label = if screen.request.cram { "left" } else { "left today" };
    row(label, value, theme.strong());

    let hardest = summary.hardest(HARDEST);
    if !hardest.is_empty() {
        lines.push(Line::default());
        lines.push(Line::styled("   hardest", theme.quiet()));
        let room = cells.saturating_sub(5);
        let question_cells = room * 2 / 5;
        for done in hardest {
            let question = text::pad(&text::line(&done.question, question_cells), question_cells);
            let answer = text::line(&done.answer, room.saturating_sub(question_cells + 2));
            lines.push(Line::from(vec![
                Span::styled(format!("   {question}  "), theme.strong()),
                Span::raw(answer),
            ]));
        }
    }
    lines
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
