//! Draws Summary.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::summary::SummaryScreen;
use super::summary_lines::Row;
use super::{Hit, list_top, summary_lines};
use crate::session::home::Scope;
use crate::tui::screen::Size;
use crate::tui::theme::Theme;
use crate::tui::widgets::bars;

/// Returns one row below the title.
fn row(area: Rect, y: usize) -> Rect {
    Rect { y: area.y + 1 + y as u16, height: 1, ..area }.intersection(area)
}

/// Returns how many lines are scrolled past, and how many there is room for: one less
/// than there are rows where the last says that there is more.
fn window(screen: &SummaryScreen, lines: &[Row], area: Rect) -> (usize, usize) {
    let height = usize::from(area.height.saturating_sub(1));
    let room = if lines.len() > height { height.saturating_sub(1) } else { height };
    let chosen = screen.chosen.and_then(|nth| lines.iter().position(|row| row.target == Some(nth)));
    let scroll = match chosen {
        Some(at) => list_top(at, lines.len(), room),
        None => screen.scroll.min(lines.len().saturating_sub(room)),
    };
    (scroll, room)
}

/// Returns the lines that can be clicked.
pub fn hits(screen: &SummaryScreen, size: Size, area: Rect) -> Vec<(Rect, Hit)> {
    let lines = summary_lines::lines(screen, size, Theme::default());
    let (scroll, room) = window(screen, &lines, area);
    let shown = lines.iter().skip(scroll).take(room).enumerate();
    shown.filter_map(|(y, line)| Some((row(area, y), Hit::Row(line.target?)))).collect()
}

/// Draws the screen above its status line and footer. `size` is the whole terminal.
pub fn view(screen: &SummaryScreen, size: Size, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let top = Rect { height: 1, ..area };
    bars::title(&title(screen), Line::default(), frame, top, theme);
    let lines = summary_lines::lines(screen, size, theme);
    let (scroll, room) = window(screen, &lines, area);
    let most = lines.len().saturating_sub(room);
    let is_over = room < usize::from(area.height.saturating_sub(1));
    for (y, line) in lines.into_iter().skip(scroll).take(room).enumerate() {
        frame.render_widget(line.line, row(area, y));
    }
    if is_over {
        let sign = bars::beyond(scroll, most - scroll);
        frame.render_widget(Line::styled(sign, theme.warn()).centered(), row(area, room));
    }
}

fn title(screen: &SummaryScreen) -> String {
    let cram = screen.request.cram;
    if !screen.summary.done.is_empty() {
        let what = if cram { "Practice" } else { "Session" };
        return match screen.left.total() {
            0 => format!("{what} finished"),
            left => format!("{what} ended, {left} left"),
        };
    }
    let place = match &screen.request.scope {
        Scope::All => String::new(),
        Scope::Deck(deck) => format!(" in {deck}"),
        Scope::Notes(_) => " in these notes".to_owned(),
    };
    let what = if cram { "There is nothing to practise" } else { "Nothing is left for today" };
    format!("{what}{place}")
}
