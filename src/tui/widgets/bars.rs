//! The first and the last rows of a screen: title, status, footer.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use super::text;
use crate::domain::safe;
use crate::tui::keymap::{Action, Keymap, Keys, Place};
use crate::tui::screen::Progress;
use crate::tui::theme::Theme;
use crate::tui::widgets::gauge::gauge;

/// A message above the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Something was done.
    Done(String),
    /// Something went wrong.
    Wrong(String),
}

/// Draws `left` and, as far as there is room beside it, `right` on one row.
pub fn title(left: &str, right: Line<'_>, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let cells = usize::from(area.width);
    let left = safe::line(left);
    let right_cells = right.width();
    let room = cells.saturating_sub(2);
    let shows_right = right_cells + 8 <= room;
    let left_room = if shows_right { room - right_cells - 2 } else { room };
    let left = text::pad(&text::fit(&left, left_room), left_room);
    let mut spans = vec![Span::raw(" "), Span::styled(left, theme.strong())];
    if shows_right {
        spans.push(Span::raw("  "));
        spans.extend(right.spans);
    }
    frame.render_widget(Line::from(spans), area);
}

/// Says how many rows lie above and below those that are shown.
#[must_use]
pub fn beyond(above: usize, below: usize) -> String {
    let above = (above > 0).then(|| format!("▲ {above} more above"));
    let below = (below > 0).then(|| format!("▼ {below} more below"));
    above.into_iter().chain(below).collect::<Vec<_>>().join("   ")
}

/// Says the same beside a title: how many rows are still to come.
#[must_use]
pub fn to_come(above: usize, below: usize) -> String {
    match (above, below) {
        (0, 0) => String::new(),
        (_, 0) => "▲ ".to_owned(),
        _ => format!("▼ {below} more "),
    }
}

/// The most rows that a message takes.
const STATUS_ROWS: usize = 3;

/// Draws the message so that it ends on the last row of `area`; a longer one covers
/// rows above it. A problem starts with a word, for where there are no colours.
pub fn status(status: Option<&Status>, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let Some(status) = status else { return };
    let (message, style) = match status {
        Status::Done(message) => (message.clone(), theme.good()),
        Status::Wrong(message) => (format!("error: {message}"), theme.bad()),
    };
    let cells = usize::from(area.width).saturating_sub(2);
    let mut rows = text::wrap(&text::line(&message, cells * STATUS_ROWS), cells);
    if rows.len() > STATUS_ROWS {
        rows.truncate(STATUS_ROWS);
        if let Some(last) = rows.last_mut() {
            *last = text::fit(&format!("{last} …"), cells);
        }
    }
    let top = area.bottom().saturating_sub(rows.len() as u16);
    for (y, row) in rows.into_iter().enumerate() {
        let at = Rect { y: top + y as u16, height: 1, ..area }.intersection(area);
        clear(frame, at, theme);
        frame.render_widget(Line::from(vec![Span::raw(" "), Span::styled(row, style)]), at);
    }
}

/// Empties a part of the screen that something else was drawn on.
pub fn clear(frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    frame.render_widget(Clear, area);
    frame.buffer_mut().set_style(area, theme.base());
}

/// Draws how far long work is on the last row of `area`.
pub fn progress(progress: &Progress, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let Progress { stage, done, all } = *progress;
    let (bar, count) = if all == 0 {
        (Line::default(), "…".to_owned())
    } else {
        let cells = usize::from(area.width / 4).clamp(4, 24);
        (gauge(done, all, cells, theme), format!("  {done} of {all}"))
    };
    let mut line = Line::styled(format!(" {stage} "), theme.strong());
    line.spans.extend(bar.spans);
    line.spans.push(Span::raw(count));
    let at = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area }.intersection(area);
    clear(frame, at, theme);
    frame.render_widget(line, at);
}

/// One binding in the footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it starts, in cells from the left.
    pub x: u16,
    /// How many cells it takes.
    pub cells: u16,
    /// What it does; nothing: it stands for what does not fit.
    pub action: Option<Action>,
    key: String,
    label: &'static str,
}

/// Returns the footer: the bindings that are possible now, as many as fit in
/// `cells`. The way out and help always stay, help with the key that works everywhere
/// if the screen has none of its own; an ellipsis stands for what does not fit.
#[must_use]
pub fn footer(
    map: Keymap,
    keys: &Keys,
    possible: impl Fn(Action) -> bool,
    cells: usize,
) -> Vec<Entry> {
    let entry = |key: String, label: &'static str, action| {
        let cells = (text::width(&key) + 1 + text::width(label)) as u16;
        Entry { x: 0, cells, action, key, label }
    };
    let mut entries: Vec<Entry> = map
        .iter()
        .filter(|binding| binding.place == Place::Footer && possible(binding.action))
        .filter_map(|binding| {
            let key = keys.of(map, binding).first()?.to_string();
            Some(entry(key, binding.label, Some(binding.action)))
        })
        .collect();
    let has_help = map.iter().any(|binding| binding.action == Action::Help);
    if !has_help && possible(Action::Help) {
        let key = keys.named(map, Action::Help);
        entries.push(entry(key, "help", Some(Action::Help)));
    }
    let stays = |entry: &Entry| matches!(entry.action, Some(Action::Back | Action::Help));
    let size = |entry: &Entry| usize::from(entry.cells) + 2;
    let room = cells.saturating_sub(1);
    let all: usize = entries.iter().map(size).sum();
    // The blanks after the last entry may be cut off.
    let is_cut = all > room + 2;
    let kept: usize = entries.iter().filter(|entry| stays(entry)).map(size).sum();
    let mut left = (room + 2).saturating_sub(kept + if is_cut { 3 } else { 0 });
    let mut cut = false;
    let mut shown: Vec<Entry> = Vec::new();
    let mut x = 1;
    for mut entry in entries {
        if !stays(&entry) {
            if cut {
                continue;
            }
            cut = size(&entry) > left;
            if cut {
                entry = Entry { x, cells: 1, action: None, key: String::new(), label: "…" };
            } else {
                left -= size(&entry);
            }
        }
        entry.x = x;
        x += entry.cells + 2;
        shown.push(entry);
    }
    shown
}

/// Draws the footer.
pub fn draw_footer(entries: &[Entry], frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let mut spans = vec![Span::raw(" ")];
    for Entry { action, key, label, .. } in entries {
        if action.is_none() {
            spans.push(Span::styled(format!("{label}  "), theme.quiet()));
            continue;
        }
        spans.push(Span::styled(key.clone(), theme.key()));
        spans.push(Span::raw(format!(" {label}  ")));
    }
    frame.render_widget(Line::from(spans), area);
}
