//! A typed answer above the right one, cell under cell.

use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use super::text;
use crate::domain::safe;
use crate::session::typed::Tag;
use crate::tui::theme::Theme;

/// One column: what was typed, what was right, and the cells that both take.
struct Column {
    typed: String,
    right: String,
    cells: usize,
    same: bool,
}

/// The widest replacement that is shown as one block, in cells.
const MAX_BLOCK: usize = 30;

/// Texts up to this are compared cell by cell however little agrees.
const LONG: usize = 60;

/// Returns the comparison as rows of at most `cells` cells: what was typed, what
/// was right, and below them `^` wherever they differ. A dot stands for nothing. Long
/// texts that hardly agree are shown one after the other instead.
#[must_use]
pub fn diff(
    pieces: &[(Tag, String)],
    (typed, right): (&str, &str),
    cells: usize,
    theme: Theme,
) -> Vec<Line<'static>> {
    const LABELS: [&str; 3] = ["you   ", "right ", "      "];
    let (typed, right) = (safe::line(typed), safe::line(right));
    if far_apart(pieces, &typed, &right) {
        let mut lines = wrapped(LABELS[0], &typed, cells, theme);
        lines.extend(wrapped(LABELS[1], &right, cells, theme));
        return lines;
    }
    let room = cells.saturating_sub(LABELS[0].len()).max(2);
    let mut lines = Vec::new();
    let mut rest = columns(pieces).into_iter().peekable();
    while rest.peek().is_some() {
        let mut rows = LABELS.map(|label| vec![Span::styled(label, theme.quiet())]);
        let mut used = 0;
        let mut differs = false;
        while let Some(column) = rest.next_if(|column| used + column.cells <= room || used == 0) {
            used += column.cells;
            differs |= !column.same;
            let sign = if column.same { " " } else { "^" };
            let style = if column.same { theme.good() } else { theme.different() };
            rows[0].push(Span::styled(filled(&column.typed, column.cells), style));
            rows[1].push(Span::styled(filled(&column.right, column.cells), style));
            rows[2].push(Span::styled(sign.repeat(column.cells), theme.bad()));
        }
        let [typed, right, signs] = rows;
        lines.extend([Line::from(typed), Line::from(right)]);
        if differs {
            lines.push(Line::from(signs));
        }
    }
    lines
}

/// Whether both texts are long and less than half of them agrees: cell under cell,
/// nobody could read them.
fn far_apart(pieces: &[(Tag, String)], typed: &str, right: &str) -> bool {
    let (typed, right) = (text::width(typed), text::width(right));
    let same = pieces.iter().filter(|(tag, _)| *tag == Tag::Same);
    let same: usize = same.map(|(_, piece)| text::width(piece)).sum();
    typed.min(right) > LONG && same * 4 < typed + right
}

/// Returns a text as it is read, its label beside the first line.
fn wrapped(label: &'static str, source: &str, cells: usize, theme: Theme) -> Vec<Line<'static>> {
    let indent = text::width(label);
    let lines = text::wrap(source, cells.saturating_sub(indent).max(2)).into_iter().enumerate();
    let label = |nth| if nth == 0 { label.to_owned() } else { " ".repeat(indent) };
    lines
        .map(|(nth, line)| {
            Line::from(vec![Span::styled(label(nth), theme.quiet()), Span::raw(line)])
        })
        .collect()
}

fn columns(pieces: &[(Tag, String)]) -> Vec<Column> {
    let mut columns = Vec::new();
    let mut pieces = pieces.iter().peekable();
    while let Some((tag, piece)) = pieces.next() {
        let piece = safe::line(piece);
        // What replaces something stands under it.
        let under = match tag {
            Tag::Extra => pieces.next_if(|(tag, _)| *tag == Tag::Missing),
            _ => None,
        };
        let under = under.map(|(_, text)| safe::line(text)).unwrap_or_default();
        let cells = text::width(&piece).max(text::width(&under));
        let widths =
            |text: &str| text.graphemes(true).map(super::text::width).max().unwrap_or_default();
        if !under.is_empty() && widths(&piece) != widths(&under) && cells <= MAX_BLOCK {
            // Wide under narrow, character by character, would tear the words apart.
            columns.push(column(&piece, &under, false));
            continue;
        }
        let mut lower = under.graphemes(true);
        for grapheme in piece.graphemes(true) {
            columns.push(match tag {
                Tag::Same => column(grapheme, grapheme, true),
                Tag::Missing => column("", grapheme, false),
                Tag::Extra => column(grapheme, lower.next().unwrap_or_default(), false),
            });
        }
        columns.extend(lower.map(|grapheme| column("", grapheme, false)));
    }
    columns
}

fn column(typed: &str, right: &str, same: bool) -> Column {
    let cells = text::width(typed).max(text::width(right)).max(1);
    Column { typed: typed.to_owned(), right: right.to_owned(), cells, same }
}

fn filled(grapheme: &str, cells: usize) -> String {
    if grapheme.is_empty() { "·".repeat(cells) } else { text::pad(grapheme, cells) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::typed::compare;

    fn drawn(typed: &str, right: &str, cells: usize) -> Vec<String> {
        let verdict = compare(typed, right);
        let rows = diff(&verdict.diff, (typed, right), cells, Theme::new(false));
        rows.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn wide_characters_stand_under_each_other() {
        assert_eq!(
            drawn("人公智", "人工智能", 30),
            ["you   人公智··", "right 人工智能", "        ^^  ^^"]
        );
    }

    #[test]
    fn narrow_and_wide_share_a_column() {
        assert_eq!(drawn("人x", "人工", 30), ["you   人x ", "right 人工", "        ^^"]);
    }

    #[test]
    fn long_texts_that_hardly_agree_are_shown_as_they_are_read() {
        let typed = "we have to keep the house in which all of us live warm and well lit at night";
        let right =
            "The Party must strengthen its overall leadership over economic and social work";
        assert_eq!(
            drawn(typed, right, 60),
            [
                "you   we have to keep the house in which all of us live warm",
                "      and well lit at night",
                "right The Party must strengthen its overall leadership over",
                "      economic and social work",
            ]
        );
        let slip = right.replace("must", "should");
        assert!(drawn(&slip, right, 60).iter().any(|row| row.contains('^')), "a slip is marked");
    }

    #[test]
    fn long_comparisons_go_on_below() {
        let rows = drawn("国家安全", "国家安会", 10);
        assert_eq!(rows, ["you   国家", "right 国家", "you   安全", "right 安会", "        ^^"]);
    }
}
