//! Draws Review.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use super::review::Review;
use super::{Hit, review_body, review_buttons};
use crate::domain::Slot;
use crate::session::{Queue, Shown};
use crate::tui::keymap::Action;
use crate::tui::screen::Size;
use crate::tui::theme::Theme;
use crate::tui::widgets::field::TextField;
use crate::tui::widgets::gauge::gauge;
use crate::tui::widgets::{bars, text};

/// Where the parts of the screen are.
struct Parts {
    title: Rect,
    body: Rect,
    /// The rule and what lies below it, where there is anything.
    bottom: Option<(Rect, Rect)>,
}

fn parts(review: &Review, size: Size, area: Rect) -> Parts {
    let rows = review_body::rows(review, size);
    let row = |y: u16, height: u16| Rect { y: area.y + y, height, ..area }.intersection(area);
    let top = 1 + rows.gap + rows.body;
    let bottom = rows.bottom.checked_sub(1).map(|height| (row(top, 1), row(top + 1, height)));
    Parts { title: row(0, 1), body: row(1 + rows.gap, rows.body), bottom }
}

/// Returns what can be clicked: the buttons, or the question for its answer.
pub fn hits(review: &Review, size: Size, area: Rect) -> Vec<(Rect, Hit)> {
    let Parts { body, bottom, .. } = parts(review, size, area);
    let (Some(card), None) = (review.card(), &review.quick) else { return Vec::new() };
    if !review.revealed {
        return vec![(body, Hit::Press(Action::Reveal))];
    }
    let Some((_, bottom)) = bottom else { return Vec::new() };
    let buttons = review_buttons::places(card, size, bottom).into_iter();
    buttons.map(|(place, digit)| (place, Hit::Press(Action::Grade(digit)))).collect()
}

/// Draws the screen above its status line and footer. `size` is the whole terminal.
pub fn view(review: &Review, size: Size, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let Parts { title, body, bottom } = parts(review, size, area);
    draw_title(review, frame, title, theme);
    draw_body(review, size, frame, body, theme);
    let (Some(card), Some((rule, bottom))) = (review.card(), bottom) else { return };
    let line = "─".repeat(usize::from(area.width.saturating_sub(2)));
    frame.render_widget(Line::styled(format!(" {line}"), theme.quiet()), rule);
    if let Some((field, text)) = &review.quick {
        draw_input(&format!(" {} › ", field.name()), text, frame, bottom, theme);
    } else if review.revealed {
        review_buttons::draw(card, review.suggestion(), size, frame, bottom, theme);
    } else {
        draw_input(" answer › ", &review.input, frame, bottom, theme);
    }
}

fn draw_title(review: &Review, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let left = review.card().map(heading).unwrap_or_default();
    let counts = review.next.counts;
    let done = review.summary.done.len();
    let total = counts.total() as usize;
    let mut right = Line::default();
    if area.width >= 60 {
        right.extend(gauge(done, done + total, 12, theme).spans);
        right.push_span(Span::raw("  "));
    }
    let practice = if review.request.cram { " to practise" } else { "" };
    right.push_span(Span::raw(format!("{total} left{practice}")));
    if area.width >= 76 && !review.request.cram {
        let parts = [(counts.new, "new"), (counts.due, "due"), (counts.drill, "again")];
        for (count, word) in parts.iter().filter(|(count, _)| *count > 0) {
            right.push_span(Span::styled(format!(", {count} {word}"), theme.quiet()));
        }
    }
    bars::title(&left, right, frame, area, theme);
}

/// The deck, why the card is shown, and what it is.
fn heading(card: &Shown) -> String {
    let queue = match card.queue {
        Queue::New => "new",
        Queue::Due => "due",
        Queue::Drill => "again",
        Queue::Cram => "practice",
    };
    let direction = match card.slot {
        Slot::Forward => String::new(),
        Slot::Reverse => " · reverse".to_owned(),
        Slot::Gap(n) => format!(" · gap {n}"),
    };
    let leech = if card.state.is_leech() { " · leech" } else { "" };
    // In front of all, so that a narrow title does not cut it off.
    let mark = if card.fields.is_marked() { "⚑ " } else { "" };
    format!("{mark}{} · {queue}{direction}{leech}", card.deck)
}

fn draw_body(review: &Review, size: Size, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let lines = review_body::lines(review, size, theme);
    let height = usize::from(area.height);
    if height == 0 {
        return;
    }
    if lines.len() <= height {
        let top = review_body::anchor(size).min(height - lines.len());
        for (y, line) in lines.into_iter().enumerate() {
            frame.render_widget(line, row(area, top + y));
        }
        return;
    }
    let scroll = review.scroll.min(lines.len() - height + 1);
    let below = lines.len() - scroll > height;
    let room = if below || scroll > 0 { height - 1 } else { height };
    let hidden = lines.len().saturating_sub(scroll + room);
    for (y, line) in lines.into_iter().skip(scroll).take(room).enumerate() {
        frame.render_widget(line, row(area, y));
    }
    let sign = bars::beyond(scroll, hidden);
    frame.render_widget(Line::styled(sign, theme.warn()).centered(), row(area, room));
}

fn row(area: Rect, y: usize) -> Rect {
    Rect { y: area.y + y as u16, height: 1, ..area }.intersection(area)
}

fn draw_input(prompt: &str, input: &TextField, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let before = text::width(prompt);
    let cells = usize::from(area.width).saturating_sub(before + 1);
    let (shown, cursor) = input.row(cells);
    let line = Line::from(vec![Span::styled(prompt.to_owned(), theme.key()), Span::raw(shown)]);
    frame.render_widget(line, area);
    let x = area.x + (before + cursor) as u16;
    if area.contains(Position { x, y: area.y }) {
        frame.set_cursor_position((x, area.y));
    }
}
