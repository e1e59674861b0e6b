//! Draws the help page.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::help::Help;
use crate::tui::theme::Theme;
use crate::tui::widgets::bars;

/// Draws the page above its status line and footer.
pub fn view(help: &Help, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let rows = help.rows(usize::from(area.width));
    let height = usize::from(area.height.saturating_sub(2));
    let scroll = help.scroll.min(rows.len().saturating_sub(height));
    let hidden = rows.len().saturating_sub(scroll + height);
    let more = bars::to_come(scroll, hidden);
    let right = Line::styled(more, theme.warn());
    let title = format!("Keys: {}", help.title);
    bars::title(&title, right, frame, Rect { height: 1, ..area }, theme);
    for (y, (keys, about, possible)) in rows.into_iter().skip(scroll).take(height).enumerate() {
        let (key, text) =
            if possible { (theme.key(), Style::new()) } else { (theme.quiet(), theme.quiet()) };
        let line =
            Line::from(vec![Span::styled(format!("   {keys}  "), key), Span::styled(about, text)]);
        let at = Rect { y: area.y + 2 + y as u16, height: 1, ..area };
        frame.render_widget(line, at.intersection(area));
    }
}
