//! Draws Browse.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::browse::Browse;
use crate::tui::theme::Theme;
use crate::tui::widgets::bars;

/// Draws the screen above its status line and footer.
pub fn view(_screen: &Browse, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    bars::title("Browse", Line::default(), frame, Rect { height: 1, ..area }, theme);
}
