//! Draws Settings.

use ratatui::Frame;
use ratatui::layout::{Constraint, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::settings::{Over, Row, Settings, Sheet};
use super::{Hit, list_top};
use crate::domain::safe;
use crate::domain::text::plural;
use crate::tui::theme::Theme;
use crate::tui::widgets::{bars, text};

/// Cells of the mark before a row.
const MARK: usize = 3;

/// Cells of a name.
const NAME: usize = 20;

/// Cells of a value where what it means stands beside it.
const VALUE: usize = 24;

/// The narrowest screen with a third column.
const WIDE: usize = 76;

/// Where the parts of the screen are.
struct Layout {
    title: Rect,
    wrong: Rect,
    list: Rect,
    rule: Rect,
    detail: Rect,
}

fn layout(screen: &Settings, area: Rect) -> Layout {
    let cells = cells(area);
    let most = usize::from(area.height / 3).max(2);
    let detail = detail(screen, cells, Theme::default()).len().min(most) as u16;
    let wrong = wrong_rows(screen, cells, area.height).len() as u16;
    let gap = u16::from(area.height >= 14);
    let [title, wrong, _, list, rule, detail] = ratatui::layout::Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(wrong),
        Constraint::Length(gap),
        Constraint::Min(1),
        Constraint::Length(gap),
        Constraint::Length(detail),
    ])
    .areas(area);
    Layout { title, wrong, list, rule, detail }
}

const fn cells(area: Rect) -> usize {
    (area.width as usize).saturating_sub(2)
}

/// Returns the rows that can be clicked; nothing while something lies over them.
pub fn hits(screen: &Settings, area: Rect) -> Vec<(Rect, Hit)> {
    if screen.over.is_some() {
        return Vec::new();
    }
    let Layout { list, .. } = layout(screen, area);
    let rows = screen.rows();
    let top = list_top(screen.cursor(), rows.len(), usize::from(list.height));
    let shown = rows.iter().enumerate().skip(top).take(usize::from(list.height)).enumerate();
    shown
        .filter(|(_, (_, row))| row.is_choosable())
        .map(|(y, (nth, _))| (line_of(list, y), Hit::Row(nth)))
        .collect()
}

/// Draws the screen above its status line and footer.
pub fn view(screen: &Settings, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let cells = cells(area);
    let wrong = wrong_rows(screen, cells, area.height);
    let detail = detail(screen, cells, theme);
    let Layout { title, wrong: above, list, rule, detail: below } = layout(screen, area);
    draw_title(screen, frame, title, theme);
    for (y, line) in wrong.into_iter().enumerate() {
        put(Line::styled(format!(" {line}"), theme.bad()), frame, above, y);
    }
    draw_rows(screen, frame, list, theme);
    let line = "─".repeat(cells);
    put(Line::styled(format!(" {line}"), theme.quiet()), frame, rule, 0);
    let height = usize::from(below.height);
    let is_cut = detail.len() > height;
    for (y, mut line) in detail.into_iter().take(height).enumerate() {
        if is_cut && y + 1 == height {
            let words = text::fit(&format!("{line} …"), cells + 1);
            line = Line::styled(words, line.style);
        }
        put(line, frame, below, y);
    }
}

fn put(line: Line<'_>, frame: &mut Frame<'_>, area: Rect, y: usize) {
    let at = Rect { y: area.y + y as u16, height: 1, ..area }.intersection(area);
    frame.render_widget(line, at);
}

fn draw_title(screen: &Settings, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let mut sheets = Line::default();
    for sheet in Sheet::ALL {
        // The open one has brackets as well, for those who see no colours.
        let (words, style) = if sheet == screen.sheet {
            (format!("[{}]", sheet.title()), theme.key())
        } else {
            (format!(" {} ", sheet.title()), theme.quiet())
        };
        sheets.push_span(Span::styled(words, style));
    }
    let name = match (screen.sheet, screen.deck_name()) {
        (Sheet::Decks, Some(deck)) => deck.to_owned(),
        _ => "Settings".to_owned(),
    };
    bars::title(&name, sheets, frame, area, theme);
}

/// What is wrong with the file, in a few rows.
fn wrong_rows(screen: &Settings, cells: usize, height: u16) -> Vec<String> {
    let Some(facts) = &screen.facts else { return Vec::new() };
    let Some(first) = facts.wrong.first() else { return Vec::new() };
    let more = match facts.wrong.len() - 1 {
        0 => String::new(),
        others => format!(" ({others} more)"),
    };
    let said = format!("! {}{more}", safe::line(first));
    let mut rows = text::wrap(&said, cells);
    let most = if height >= 14 { 3 } else { 1 };
    if rows.len() > most {
        rows.truncate(most);
        if let Some(last) = rows.last_mut() {
            *last = text::fit(&format!("{last} …"), cells);
        }
    }
    rows
}

fn draw_rows(screen: &Settings, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let rows = screen.rows();
    if rows.is_empty() {
        let words = match (&screen.facts, screen.sheet) {
            (None, _) => "…",
            (Some(_), _) => "No decks yet: import a file to begin.",
        };
        put(Line::styled(format!("   {words}"), theme.quiet()), frame, area, 0);
        return;
    }
    let height = usize::from(area.height);
    let cursor = screen.cursor();
    let top = list_top(cursor, rows.len(), height);
    for (y, (nth, row)) in rows.iter().enumerate().skip(top).take(height).enumerate() {
        if row.is_choosable() {
            draw_row(screen, row, nth == cursor, frame, line_of(area, y), theme);
        } else {
            let file = screen.facts.as_ref().filter(|_| nth == 0 && screen.sheet == Sheet::General);
            let file = file.map(|facts| format!("   {}", facts.path)).unwrap_or_default();
            let cells = usize::from(area.width).saturating_sub(2 + text::width(&row.name()));
            let line = Line::from(vec![
                Span::styled(format!(" {}", row.name()), theme.strong()),
                Span::styled(text::line(&file, cells), theme.quiet()),
            ]);
            put(line, frame, area, y);
        }
    }
}

fn line_of(area: Rect, y: usize) -> Rect {
    Rect { y: area.y + y as u16, height: 1, ..area }.intersection(area)
}

fn draw_row(
    screen: &Settings,
    row: &Row<'_>,
    chosen: bool,
    frame: &mut Frame<'_>,
    at: Rect,
    theme: Theme,
) {
    let cells = usize::from(at.width);
    let mark = match (chosen, row.is_default()) {
        (true, _) => " ▸ ",
        (false, true) => "   ",
        (false, false) => " • ",
    };
    let style = if chosen { theme.strong() } else { Style::new() };
    let value_style = if row.is_default() { style } else { style.patch(theme.good()) };
    let mut spans =
        vec![Span::styled(mark, theme.key()), Span::styled(text::pad(&row.name(), NAME), style)];
    let start = MARK + NAME;
    let room = cells.saturating_sub(start + 1);
    match &screen.over {
        Some(Over::Typing(field, _)) if chosen => {
            let (shown, cursor) = field.row(room.saturating_sub(1));
            spans.push(Span::raw(shown));
            let position = (at.x + (start + cursor) as u16, at.y);
            if at.contains(position.into()) {
                frame.set_cursor_position(position);
            }
        }
        Some(Over::Press { .. }) if chosen => {
            spans.push(Span::styled(text::fit("press the new key", room), theme.warn()));
        }
        _ if cells >= WIDE => {
            spans.push(Span::styled(
                text::pad(&text::line(&row.shown(), VALUE), VALUE),
                value_style,
            ));
            let beside =
                if screen.sheet == Sheet::Decks { row.origin() } else { row.meaning().into() };
            let beside = text::line(&beside, room.saturating_sub(VALUE + 1));
            spans.push(Span::styled(format!(" {beside}"), theme.quiet()));
        }
        _ => spans.push(Span::styled(text::line(&row.shown(), room), value_style)),
    }
    frame.render_widget(Line::from(spans), at);
}

/// What is to be known of the chosen row now, in rows.
fn detail(screen: &Settings, cells: usize, theme: Theme) -> Vec<Line<'static>> {
    let rows = screen.rows();
    let Some(row) = rows.get(screen.cursor()).filter(|row| row.is_choosable()) else {
        return Vec::new();
    };
    let said = |words: &str, style: Style| {
        let rows = text::wrap(&safe::line(words), cells).into_iter();
        rows.map(move |row| Line::styled(format!(" {row}"), style)).collect::<Vec<_>>()
    };
    match &screen.over {
        Some(Over::Typing(_, Some(why))) => return said(&format!("✗ {why}"), theme.bad()),
        Some(Over::Press { adds }) => {
            let words = if *adds { "A further key for" } else { "A new key for" };
            let keeps = "A letter alone keeps the default key that is none, since input methods \
                         swallow letters.";
            return said(
                &format!("{words} {}: {}. {keeps}", row.name(), row.meaning()),
                Style::new(),
            );
        }
        Some(Over::Sure(change, turning)) => {
            let value = match change.value.as_str() {
                "" => "as above",
                value => value,
            };
            let parts = [
                (turning.added, "added as new"),
                (turning.suspended, "suspended"),
                (turning.lifted, "brought back"),
                (turning.moved, "moved"),
                (turning.due, "due at once"),
            ];
            let parts: Vec<String> = parts
                .iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, what)| format!("{} {what}", plural(*count, "card")))
                .collect();
            let words = format!(
                "{} in {} would mean: {}. None is deleted; setting it back takes that back.",
                value,
                change.deck,
                parts.join(", ")
            );
            return said(&words, theme.warn());
        }
        _ => {}
    }
    let mut lines = match &screen.over {
        // What may be typed is all that counts now.
        Some(Over::Typing(..)) => Vec::new(),
        _ => said(&capital(row.meaning()), Style::new()),
    };
    let origin = match row.origin().as_str() {
        "default" => "This is the default.".to_owned(),
        origin => format!("{}.", capital(origin)),
    };
    let allowed = match row.allowed() {
        Some(allowed) => format!("{}. {origin}", capital(&allowed.words())),
        None => origin,
    };
    lines.extend(said(&allowed, theme.quiet()));
    lines
}

/// Returns a phrase as a sentence begins.
fn capital(words: &str) -> String {
    let mut signs = words.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}
