//! Draws the help page.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::help::Help;
use crate::tui::theme::Theme;
use crate::tui::widgets::{bars, text};

/// Draws the page above its status line and footer.
pub fn view(help: &Help, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let height = usize::from(area.height.saturating_sub(2));
    let scroll = help.scroll.min(help.lines.len().saturating_sub(height));
    let hidden = help.lines.len().saturating_sub(scroll + height);
    let more = match (scroll, hidden) {
        (0, 0) => String::new(),
        (_, 0) => "▲ ".to_owned(),
        _ => format!("▼ {hidden} more "),
    };
    let right = Line::styled(more, theme.warn());
    let title = format!("Keys: {}", help.title);
    bars::title(&title, right, frame, Rect { height: 1, ..area }, theme);
    let widest = help.lines.iter().map(|line| text::width(&line.keys)).max().unwrap_or(0);
    let key_cells = widest.min(usize::from(area.width) * 2 / 5);
    let about_cells = usize::from(area.width).saturating_sub(key_cells + 5);
    for (y, line) in help.lines.iter().skip(scroll).take(height).enumerate() {
        let (key, about, not_now) = if line.possible {
            (theme.key(), Style::new(), "")
        } else {
            (theme.quiet(), theme.quiet(), " (not now)")
        };
        let about_cells = about_cells.saturating_sub(not_now.len());
        let about_text = format!("{}{not_now}", text::fit(line.about, about_cells));
        let line = Line::from(vec![
            Span::styled(format!("   {}  ", text::pad(&line.keys, key_cells)), key),
            Span::styled(about_text, about),
        ]);
        let at = Rect { y: area.y + 2 + y as u16, height: 1, ..area };
        frame.render_widget(line, at.intersection(area));
    }
}
