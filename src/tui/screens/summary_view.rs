//! Draws Summary.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::summary::SummaryScreen;
use super::summary_lines::{self, Row};
use super::{Hit, list_top};
use crate::session::home::Scope;
use crate::tui::screen::Size;
use crate::tui::theme::Theme;
use crate::tui::widgets::bars;

/// Draws the screen above its status line and footer. `size` is the whole terminal.
pub fn view(screen: &SummaryScreen, size: Size, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let top = Rect { height: 1, ..area };
    bars::title(&title(screen), Line::default(), frame, top, theme);
    let Part { rows, scroll, hidden, is_cut } = part(screen, size, area, theme);
    for (at, row) in rows {
        frame.render_widget(row.line, at);
    }
    if is_cut {
        let sign = match (scroll, hidden) {
            (0, _) => format!("▼ {hidden} more below"),
            (_, 0) => format!("▲ {scroll} more above"),
            _ => format!("▲ {scroll} above, ▼ {hidden} below"),
        };
        let last = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
        frame.render_widget(Line::styled(sign, theme.warn()).centered(), last.intersection(area));
    }
}

/// Returns the lines that can be clicked, and where they are.
pub(super) fn hits(screen: &SummaryScreen, size: Size, area: Rect) -> Vec<(Rect, Hit)> {
    let rows = part(screen, size, area, Theme::default()).rows.into_iter();
    rows.filter_map(|(at, row)| Some((at, Hit::Row(row.target?)))).collect()
}

/// The lines that are in sight.
struct Part {
    rows: Vec<(Rect, Row)>,
    /// Lines above them.
    scroll: usize,
    /// Lines below them.
    hidden: usize,
    /// Whether the last row says that there is more.
    is_cut: bool,
}

fn part(screen: &SummaryScreen, size: Size, area: Rect, theme: Theme) -> Part {
    let lines = summary_lines::lines(screen, size, theme);
    let height = usize::from(area.height.saturating_sub(1));
    let is_cut = lines.len() > height && height > 0;
    let room = if is_cut { height - 1 } else { height };
    let most = lines.len().saturating_sub(room);
    let chosen = screen.chosen.and_then(|nth| lines.iter().position(|row| row.target == Some(nth)));
    let scroll = match chosen {
        Some(at) => list_top(at, lines.len(), room),
        None => screen.scroll.min(most),
    };
    let place = |y: usize| Rect { y: area.y + 1 + y as u16, height: 1, ..area }.intersection(area);
    let rows = lines.into_iter().skip(scroll).take(room).enumerate();
    let rows = rows.map(|(y, row)| (place(y), row)).collect();
    Part { rows, scroll, hidden: most - scroll, is_cut }
}

fn title(screen: &SummaryScreen) -> String {
    let cram = screen.request.cram;
    if !screen.summary.done.is_empty() {
        let what = if cram { "Practice finished" } else { "Session finished" };
        return what.to_owned();
    }
    let place = match &screen.request.scope {
        Scope::All => String::new(),
        Scope::Deck(deck) => format!(" in {deck}"),
        Scope::Notes(_) => " in these notes".to_owned(),
    };
    let what = if cram { "There is nothing to practise" } else { "Nothing is left for today" };
    format!("{what}{place}")
}
