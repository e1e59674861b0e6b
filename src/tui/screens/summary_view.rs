//! Draws Summary.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::summary::SummaryScreen;
use super::{list_top, summary_lines};
use crate::session::home::Scope;
use crate::tui::screen::Size;
use crate::tui::theme::Theme;
use crate::tui::widgets::bars;

/// Draws the screen above its status line and footer. `size` is the whole terminal.
pub fn view(screen: &SummaryScreen, size: Size, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let top = Rect { height: 1, ..area };
    bars::title(&title(screen), Line::default(), frame, top, theme);
    let lines = summary_lines::lines(screen, size, theme);
    let height = usize::from(area.height.saturating_sub(1));
    let over = lines.len() > height;
    let room = if over { height.saturating_sub(1) } else { height };
    let most = lines.len().saturating_sub(room);
    let chosen = screen.chosen.and_then(|nth| lines.iter().position(|row| row.target == Some(nth)));
    let scroll = match chosen {
        Some(at) => list_top(at, lines.len(), room),
        None => screen.scroll.min(most),
    };
    let row = |y: usize| Rect { y: area.y + 1 + y as u16, height: 1, ..area }.intersection(area);
    for (y, line) in lines.into_iter().skip(scroll).take(room).enumerate() {
        frame.render_widget(line.line, row(y));
    }
    if over && room < height {
        let hidden = most - scroll;
        let sign = match (scroll, hidden) {
            (0, _) => format!("▼ {hidden} more below"),
            (_, 0) => format!("▲ {scroll} more above"),
            _ => format!("▲ {scroll} above, ▼ {hidden} below"),
        };
        frame.render_widget(Line::styled(sign, theme.warn()).centered(), row(room));
    }
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
