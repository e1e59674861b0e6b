//! Small column charts.

use ratatui::style::Style;
use ratatui::text::Line;

/// Eighths of a cell, from below.
pub const STANDING: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// How a chart is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Rows of the highest column.
    pub rows: usize,
    /// Cells of a column.
    pub cells: usize,
    /// Blanks between two columns.
    pub gap: usize,
}

/// Returns the rows of a chart, the highest first. The greatest value fills all
/// rows; one that is not 0 takes an eighth of a row at least.
#[must_use]
pub fn columns(values: &[u32], shape: Shape, style: Style) -> Vec<Line<'static>> {
    let most = values.iter().copied().max().unwrap_or(0).max(1);
    let full = shape.rows as u64 * 8;
    let heights: Vec<usize> = values
        .iter()
        .map(|value| {
            let eighths = (u64::from(*value) * full + u64::from(most) / 2) / u64::from(most);
            eighths.max(u64::from(*value > 0)) as usize
        })
        .collect();
    let row = |nth: usize| {
        let mut line = String::new();
        for height in &heights {
            let part = STANDING[height.saturating_sub(nth * 8).min(8)];
            line.push_str(&part.repeat(shape.cells));
            line.push_str(&" ".repeat(shape.gap));
        }
        Line::styled(line.trim_end().to_owned(), style)
    };
    (0..shape.rows).rev().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(values: &[u32], rows: usize) -> Vec<String> {
        let shape = Shape { rows, cells: 2, gap: 1 };
        columns(values, shape, Style::new()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_greatest_value_fills_the_chart_and_none_but_zero_vanishes() {
        assert_eq!(drawn(&[0, 1, 400, 800], 1), ["   ▁▁ ▄▄ ██"]);
        assert_eq!(drawn(&[1, 2, 4], 2), ["      ██", "▄▄ ██ ██"]);
        assert_eq!(drawn(&[0, 0], 1), [""]);
        assert_eq!(drawn(&[], 1), [""]);
        assert_eq!(drawn(&[u32::MAX, 1], 1), ["██ ▁▁"]);
    }
}
