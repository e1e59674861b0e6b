//! Draws the page about a card.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::card_history;
use super::review_page::{About, CardPage};
use crate::session::reason::Reason;
use crate::tui::screen::Size;
use crate::tui::theme::Theme;
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
    let more = bars::to_come(scroll, hidden);
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
        About::History(entries) => {
            let rows = if size.height >= 20 { 4 } else { 1 };
            card_history::lines(entries, usize::from(size.width), rows, theme)
        }
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
