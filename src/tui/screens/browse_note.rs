//! One note in full: its fields, its cards, what happened to them.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::browse::NoteRow;
use crate::app::{CardHistory, FoundNote};
use crate::domain::{Field, Uid, safe};
use crate::session::history::Entry;
use crate::session::words;
use crate::tui::keymap::Action;
use crate::tui::screen::Size;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// Cells before the text: blanks and label.
const LABEL: usize = 12;

/// The heights of a bar, lowest first.
const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The page of one note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotePage {
    /// The note.
    pub note: Uid,
    /// Lines scrolled past.
    pub scrolled: usize,
    /// Its cards with what happened to them, once that is looked up.
    pub histories: Option<Vec<CardHistory>>,
}

impl NotePage {
    /// Returns the page of a note of which no history is known yet.
    #[must_use]
    pub const fn new(note: Uid) -> Self {
        Self { note, scrolled: 0, histories: None }
    }

    /// Scrolls; at most by so many lines.
    pub fn scroll(&mut self, action: Action, size: Size, most: usize) {
        let at = self.scrolled.min(most);
        let to = match action {
            Action::Down => at + 1,
            Action::PageDown => at + size.page(),
            Action::PageUp => at.saturating_sub(size.page()),
            Action::Up => at.saturating_sub(1),
            _ => at,
        };
        self.scrolled = to.min(most);
    }
}

/// Returns the lines of the page, each at most `cells` cells.
#[must_use]
pub fn lines(page: &NotePage, row: &NoteRow, cells: usize, theme: Theme) -> Vec<Line<'static>> {
    let mut lines = fields(row, true, cells, theme);
    let Some(histories) = &page.histories else {
        lines.push(Line::default());
        lines.push(Line::styled(" …", theme.quiet()));
        return lines;
    };
    for history in histories {
        lines.push(Line::default());
        card(history, cells, theme, &mut lines);
    }
    lines
}

/// Returns the fields of a note as lines, each at most `cells` cells; with what is
/// seldom looked for, where it is to be `whole`.
#[must_use]
pub fn fields(row: &NoteRow, whole: bool, cells: usize, theme: Theme) -> Vec<Line<'static>> {
    let note: &FoundNote = &row.note;
    let own = Field::ALL.into_iter().map(|field| (field.name(), note.fields.text(field)));
    let others = [
        ("deck", note.deck.clone()),
        ("kind", note.kind.name().to_owned()),
        ("added", row.added.clone()),
        ("id", note.id.to_string()),
    ];
    let mut lines = Vec::new();
    let is_shown = |(label, content): &(&str, String)| {
        !content.is_empty() && (whole || !matches!(*label, "kind" | "id"))
    };
    for (label, content) in own.chain(others).filter(is_shown) {
        let style = match label {
            "front" | "back" => theme.strong(),
            "kind" | "added" | "id" => theme.quiet(),
            _ => Style::new(),
        };
        push(label, &content, style, cells, theme, &mut lines);
    }
    lines
}

fn push(
    label: &str,
    content: &str,
    style: Style,
    cells: usize,
    theme: Theme,
    lines: &mut Vec<Line<'static>>,
) {
    let room = cells.saturating_sub(LABEL + 1);
    for (nth, line) in text::wrap(&safe::lines(content), room).into_iter().enumerate() {
        let label = if nth == 0 { label } else { "" };
        let label = format!(" {}", text::pad(label, LABEL - 1));
        lines.push(Line::from(vec![Span::styled(label, theme.quiet()), Span::styled(line, style)]));
    }
}

fn card(history: &CardHistory, cells: usize, theme: Theme, lines: &mut Vec<Line<'static>>) {
    let slot = history.slot.to_string();
    push(&slot, &words::state(&history.state), theme.strong(), cells, theme, lines);
    if history.past.is_empty() {
        push("", "nothing has happened to it yet", theme.quiet(), cells, theme, lines);
        return;
    }
    chart(&history.past, cells, theme, lines);
    for entry in history.past.iter().rev() {
        push("", &told(entry), Style::new(), cells, theme, lines);
    }
}

/// Returns an entry in words: the day first, what it was, what came of it.
fn told(entry: &Entry) -> String {
    let grade = match entry.grade {
        Some((grade, _)) => format!("{} ({})", entry.words(), grade.raw()),
        None => entry.words().to_owned(),
    };
    let seconds = match entry.ms {
        0 => String::new(),
        ms => format!(", {}.{} s", ms / 1_000, ms % 1_000 / 100),
    };
    let kind = if entry.grade.is_some() && !entry.is_review() {
        format!(", {}", entry.kind)
    } else {
        String::new()
    };
    format!("{} {grade}{kind}, interval {}{seconds}", entry.day, words::days(entry.interval_d))
}

/// Draws the interval after each counted answer as a bar, its grade below it. Each
/// step of a bar is about as much longer as the one before: intervals multiply.
fn chart(past: &[Entry], cells: usize, theme: Theme, lines: &mut Vec<Line<'static>>) {
    let reviews: Vec<&Entry> = past.iter().filter(|entry| entry.is_review()).collect();
    if reviews.len() < 2 {
        return;
    }
    let longest = reviews.iter().map(|entry| entry.interval_d).max().unwrap_or(1);
    let note = format!(" up to {}", words::days(longest));
    let room = cells.saturating_sub(LABEL + 1);
    let most = room.saturating_sub(text::width(&note)).max(1);
    // The newest are shown where not all fit, and a sign says so.
    let cut = reviews.len() > most;
    let shown =
        &reviews[reviews.len().saturating_sub(if cut { most.saturating_sub(1) } else { most })..];
    let sign = if cut { "…" } else { "" };
    let bars: String = shown.iter().map(|entry| bar(entry.interval_d, longest)).collect();
    let grades: String = shown
        .iter()
        .filter_map(|entry| entry.grade)
        .filter_map(|(grade, _)| char::from_digit(grade.raw().into(), 10))
        .collect();
    let label =
        |label: &str| Span::styled(format!(" {}", text::pad(label, LABEL - 1)), theme.quiet());
    lines.push(Line::from(vec![
        label("interval"),
        Span::raw(sign),
        Span::styled(bars, theme.good()),
        Span::styled(note, theme.quiet()),
    ]));
    lines.push(Line::from(vec![label("grade"), Span::raw(sign), Span::raw(grades)]));
}

/// Returns the bar of an interval, by its logarithm against that of the longest.
fn bar(interval_d: u32, longest_d: u32) -> char {
    let share = f64::from(interval_d + 1).ln() / f64::from(longest_d + 1).ln().max(f64::EPSILON);
    let nth = (share * 7.0).round().clamp(0.0, 7.0) as usize;
    BARS.get(nth).copied().unwrap_or(BARS[7])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_grow_by_the_logarithm_of_the_interval() {
        let drawn: String = [0, 1, 6, 15, 38, 95].into_iter().map(|days| bar(days, 95)).collect();
        assert_eq!(drawn, "▁▂▄▅▇█");
        assert_eq!(bar(0, 0), '▁');
        assert_eq!(bar(1, 1), '█');
    }
}
