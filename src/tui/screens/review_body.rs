//! The card as lines of text: what stands between title and buttons.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::review::{Reading, Review};
use super::review_buttons;
use crate::domain::{Field, Slot, safe};
use crate::session::typed::Match;
use crate::session::{Shown, hint};
use crate::tui::screen::Size;
use crate::tui::theme::Theme;
use crate::tui::widgets::{diff, text};

/// Text is no wider than this: longer lines are hard to read.
const MEASURE: usize = 72;

/// Cells of the labels beside the details.
const LABEL: usize = 9;

/// How the rows of the screen are shared out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rows {
    /// Empty rows below the title.
    pub gap: u16,
    /// The card.
    pub body: u16,
    /// Buttons or the input line, with the rule above.
    pub bottom: u16,
}

/// Returns how the rows of a screen of this size are shared out. Title, status
/// and footer take one row each.
pub(super) fn rows(review: &Review, size: Size) -> Rows {
    let gap = u16::from(size.height >= 16);
    let buttons = match review.card() {
        Some(_) if review.quick.is_some() => 1,
        Some(card) if review.revealed => review_buttons::height(card, size),
        Some(_) if review.typing => 1,
        _ => 0,
    };
    let bottom = buttons + u16::from(buttons > 0);
    Rows { gap, body: size.height.saturating_sub(3 + gap + bottom), bottom }
}

/// Returns how many lines of the card lie below the screen when nothing is scrolled.
pub(super) fn overflow(review: &Review, size: Size) -> usize {
    let height = usize::from(rows(review, size).body);
    let lines = lines(review, size, Theme::new(false)).len();
    // The last row then says that there is more.
    if lines > height { lines - height.saturating_sub(1) } else { 0 }
}

/// Returns the row of the body where the question starts if everything fits: the
/// same before and after the answer is shown.
pub(super) fn anchor(size: Size) -> usize {
    usize::from(size.height.saturating_sub(8)) / 4
}

/// Returns the card as lines; where rows are few, without the empty ones.
pub(super) fn lines(review: &Review, size: Size, theme: Theme) -> Vec<Line<'static>> {
    let cells = usize::from(size.width);
    let roomy = size.height >= 16;
    let Some(card) = review.card() else {
        return vec![Line::from("Nothing is left.").centered()];
    };
    let measure = cells.saturating_sub(4).min(MEASURE);
    let mut lines = block(&card.question, measure, cells, theme.strong());
    let (nth, all) = card.same_question;
    if all > 1 {
        let side = card.slot.asked_side();
        let words = format!("{nth} of {all} with this {side}");
        lines.push(Line::styled(words, theme.warn()).centered());
    }
    let asks_front = card.slot != Slot::Reverse;
    if asks_front && review.reading == Reading::WithFront {
        lines.extend(reading(card, measure, cells, theme));
    }
    if !review.revealed {
        if let Some(hint) = review.example().filter(|_| review.hint) {
            lines.push(Line::default());
            lines.extend(block(&hint, measure, cells, theme.quiet()));
        }
        return lines;
    }
    let rule = Line::styled("─".repeat(measure.min(24)), theme.quiet()).centered();
    if roomy {
        lines.extend([Line::default(), rule, Line::default()]);
    } else {
        lines.push(rule);
    }
    lines.extend(block(&card.answer, measure, cells, theme.strong()));
    // First of all, since a small screen shows no more.
    lines.extend(comparison(review, measure, cells, theme));
    let is_shown = match review.reading {
        Reading::WithAnswer => true,
        Reading::WithFront => !asks_front,
        Reading::Hidden => false,
    };
    if is_shown {
        lines.extend(reading(card, measure, cells, theme));
    }
    let details = details(card, measure, cells, theme);
    if !details.is_empty() && roomy {
        lines.push(Line::default());
    }
    lines.extend(details);
    lines
}

/// How the front is read; a guess is marked as one, and quieter than what the note says.
fn reading(card: &Shown, measure: usize, cells: usize, theme: Theme) -> Vec<Line<'static>> {
    if !card.fields.reading.is_empty() {
        return block(&card.fields.reading, measure, cells, theme.key());
    }
    let guess = hint::hint(&card.fields);
    guess.map_or_else(Vec::new, |hint| block(&format!("~ {hint}"), measure, cells, theme.quiet()))
}

/// Centres short text; longer text keeps a straight left edge.
fn block(source: &str, measure: usize, cells: usize, style: Style) -> Vec<Line<'static>> {
    let wrapped = text::wrap(&safe::lines(source), measure);
    if wrapped.len() <= 2 {
        return wrapped.into_iter().map(|line| Line::styled(line, style).centered()).collect();
    }
    let widest = wrapped.iter().map(|line| text::width(line)).max().unwrap_or(0);
    let margin = cells.saturating_sub(widest) / 2;
    let indented = |line| Line::styled(format!("{}{line}", " ".repeat(margin)), style);
    wrapped.into_iter().map(indented).collect()
}

/// What was typed, against the answer.
fn comparison(review: &Review, measure: usize, cells: usize, theme: Theme) -> Vec<Line<'static>> {
    let Some(verdict) = &review.verdict else { return Vec::new() };
    let (sign, style) = match verdict.matched {
        Match::Exact => ("✓", theme.good()),
        Match::Close => ("≈", theme.warn()),
        Match::Wrong => ("✗", theme.bad()),
    };
    let words = format!("{sign} {}", verdict.matched.words());
    let mut lines = vec![Line::default(), Line::styled(words, style).centered()];
    if verdict.matched != Match::Exact {
        let rows =
            diff::diff(&verdict.diff, (review.input.text(), &verdict.answer), measure, theme);
        let widest = rows.iter().map(Line::width).max().unwrap_or(0);
        lines.extend(rows.into_iter().map(|row| indent(row, cells.saturating_sub(widest) / 2)));
    }
    if review.answers_another_note() {
        let side = review.card().map_or("front", |card| card.slot.asked_side());
        let words = format!("! This is the answer of another note with the same {side}.");
        let wrapped = text::wrap(&words, measure);
        lines.extend(wrapped.into_iter().map(|line| Line::styled(line, theme.warn()).centered()));
    }
    lines
}

/// Note, example, source and tags, label beside text.
fn details(card: &Shown, measure: usize, cells: usize, theme: Theme) -> Vec<Line<'static>> {
    let margin = cells.saturating_sub(measure) / 2;
    let mut lines = Vec::new();
    for field in [Field::Note, Field::Example, Field::Source, Field::Tags] {
        let content = match field {
            Field::Tags => {
                let tags: Vec<String> = card.fields.tags.iter().map(|t| format!("#{t}")).collect();
                tags.join(" ")
            }
            other => card.fields.plain(other).to_owned(),
        };
        if content.is_empty() {
            continue;
        }
        let wrapped = text::wrap(&safe::lines(&content), measure.saturating_sub(LABEL));
        for (nth, line) in wrapped.into_iter().enumerate() {
            let label = if nth == 0 { field.name() } else { "" };
            let label = Span::styled(text::pad(label, LABEL), theme.quiet());
            lines.push(indent(Line::from(vec![label, Span::raw(line)]), margin));
        }
    }
    lines
}

fn indent(mut line: Line<'static>, margin: usize) -> Line<'static> {
    line.spans.insert(0, Span::raw(" ".repeat(margin)));
    line
}
