//! Draws a row that is cut in two.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::import_split::{Side, SplitPage};
use super::import_view::row;
use crate::domain::safe;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// Cells before the text: mark and label.
const LABEL: usize = 9;
/// The sign of the cut.
const CUT: &str = "✂";

/// Draws the page.
pub fn view(page: &SplitPage, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let cells = usize::from(area.width).saturating_sub(LABEL + 1);
    let roomy = area.height >= 12;
    let mut y = usize::from(roomy);
    for (nth, (side, name)) in page.sides.iter().zip(["front", "back"]).enumerate() {
        let focused = page.focus == nth;
        let mark = if focused { " ▸ " } else { "   " };
        let label = text::pad(name, LABEL - 3);
        let style = if focused { theme.strong() } else { theme.quiet() };
        let spans = vec![
            Span::styled(mark, theme.key()),
            Span::styled(label, theme.quiet()),
            Span::styled(around_cut(side, cells), style),
        ];
        frame.render_widget(Line::from(spans), row(area, y));
        y += 1;
    }
    y += usize::from(roomy);
    let Some((first, second)) = page.rows() else {
        let words = "Nothing is cut yet. A side that is not cut goes to both rows.";
        for (nth, line) in text::wrap(words, cells + LABEL - 3).into_iter().enumerate() {
            frame.render_widget(
                Line::styled(format!("   {line}"), theme.quiet()),
                row(area, y + nth),
            );
        }
        return;
    };
    for (nth, made) in [first, second].iter().enumerate() {
        let fields = &made.draft.fields;
        for (side, content) in [("front", &fields.front), ("back", &fields.back)] {
            let label = if side == "front" { format!("   {}  ", nth + 1) } else { "      ".into() };
            let spans = vec![
                Span::styled(text::pad(&label, LABEL), theme.key()),
                Span::raw(text::line(content, cells)),
            ];
            frame.render_widget(Line::from(spans), row(area, y));
            y += 1;
        }
    }
}

/// Returns the text with the sign of the cut, in at most `cells` cells around it.
fn around_cut(side: &Side, cells: usize) -> String {
    let (before, after) = side.text.split_at_checked(side.cut).unwrap_or((&side.text, ""));
    let (before, after) = (safe::line(before), safe::line(after));
    let sign = if before.is_empty() || after.is_empty() { "" } else { CUT };
    let whole = text::width(&before) + text::width(sign) + text::width(&after);
    if whole <= cells {
        return format!("{before}{sign}{after}");
    }
    // Half of the room for what stands before the cut, from its end.
    let half = cells.saturating_sub(2) / 2;
    let mut kept = String::new();
    for c in before.chars().rev() {
        let longer = format!("{c}{kept}");
        if text::width(&longer) + 1 > half {
            kept = format!("…{kept}");
            break;
        }
        kept = longer;
    }
    let room = cells.saturating_sub(text::width(&kept) + text::width(sign));
    format!("{kept}{sign}{}", text::fit(&after, room))
}
