//! A bar of one row that shows how far a session has come.

use ratatui::text::{Line, Span};

use crate::tui::theme::Theme;

/// Returns a bar of `cells` cells, filled to `done` of `all`.
///
/// It is full only when nothing is left, and empty only when nothing is done.
#[must_use]
pub fn gauge(done: usize, all: usize, cells: usize, theme: Theme) -> Line<'static> {
    let filled = if done >= all && all > 0 {
        cells
    } else {
        let share = done * cells / all.max(1);
        share.max(usize::from(done > 0)).min(cells.saturating_sub(1))
    };
    Line::from(vec![
        Span::styled("━".repeat(filled), theme.good()),
        Span::styled("─".repeat(cells - filled), theme.quiet()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_full_only_when_nothing_is_left() {
        for (done, all, filled) in
            [(0, 9, 0), (1, 900, 1), (899, 900, 9), (900, 900, 10), (0, 0, 0)]
        {
            let line = gauge(done, all, 10, Theme::new(false)).to_string();
            assert_eq!(line.matches('━').count(), filled, "{done} of {all}");
            assert_eq!(line.chars().count(), 10);
        }
    }
}
