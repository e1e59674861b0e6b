//! Draws Browse.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::browse::{Browse, NoteRow, Over};
use super::browse_columns::{self as columns, ColumnsPage, GAP};
use super::browse_note;
use super::browse_prompt::{Prompt, question};
use super::{Hit, Page, list_top};
use crate::app::{Column, Fault};
use crate::domain::text::plural;
use crate::tui::Look;
use crate::tui::keymap::{Action, tables};
use crate::tui::screen::Size;
use crate::tui::theme::Theme;
use crate::tui::widgets::field::TextField;
use crate::tui::widgets::{bars, text};

/// Cells before a row: the cursor and the mark.
const SIGNS: usize = 4;

/// Terminals at least this wide show the chosen note beside the list.
const WIDE: u16 = 110;

/// Cells of that note.
const PANE: u16 = 44;

fn row(area: Rect, y: usize) -> Rect {
    Rect { y: area.y + y as u16, height: 1, ..area }.intersection(area)
}

/// Draws the screen above its status line and footer.
pub fn view(screen: &Browse, frame: &mut Frame<'_>, area: Rect, look: &Look) {
    let theme = look.theme();
    let title = match &screen.over {
        Some(Over::Note(_)) => "Browse: one note",
        Some(Over::Columns(_)) => "Browse: columns",
        _ => "Browse",
    };
    bars::title(title, counts(screen, theme), frame, Rect { height: 1, ..area }, theme);
    let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    match &screen.over {
        Some(Over::Note(page)) => {
            let Some(row) = screen.row(screen.cursor) else { return };
            let cells = usize::from(area.width);
            let lines = browse_note::lines(page, row, cells, theme);
            draw_lines(lines, page.scrolled, frame, below);
            return;
        }
        Some(Over::Columns(page)) => return draw_columns(page, frame, below, theme),
        Some(Over::Prompt(prompt)) => draw_prompt(prompt, frame, below, theme),
        Some(Over::Confirm(..)) => {}
        None => draw_line(screen, area, frame, below, theme),
    }
    let (list, pane) = parts(screen, area);
    draw_list(screen, frame, list, look);
    if let Some(pane) = pane {
        draw_pane(screen, frame, pane, theme);
    }
    draw_question(screen, frame, below, theme);
}

/// Returns where the list is and, on a wide terminal, the chosen note beside it.
fn parts(screen: &Browse, area: Rect) -> (Rect, Option<Rect>) {
    // Title, search line, and the line below it.
    let list = Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area };
    let list = list.intersection(area);
    if area.width < WIDE || screen.found.count == 0 {
        return (list, None);
    }
    let left = Rect { width: list.width - PANE - 1, ..list };
    (left, Some(Rect { x: list.x + list.width - PANE, width: PANE, ..list }))
}

/// Returns the rows of the list: their places, and where each is drawn.
fn rows(screen: &Browse, list: Rect) -> impl Iterator<Item = (usize, Rect)> {
    // The first row names the columns.
    let height = usize::from(list.height.saturating_sub(1));
    let top = list_top(screen.cursor, screen.found.count, height);
    let places = (top..screen.found.count).take(height).enumerate();
    places.map(move |(y, at)| (at, row(list, y + 1)))
}

/// Returns what can be clicked: the search line and the rows.
pub(super) fn hits(screen: &Browse, area: Rect) -> Vec<(Rect, Hit)> {
    if screen.over.is_some() {
        return Vec::new();
    }
    let mut hits = Vec::new();
    if !screen.typing {
        hits.push((row(area, 1), Hit::Press(Action::Search)));
    }
    let (list, _) = parts(screen, area);
    hits.extend(rows(screen, list).map(|(at, place)| (place, Hit::Row(at))));
    hits
}

/// Returns how many notes are marked, found, looked at.
fn counts(screen: &Browse, theme: Theme) -> Line<'static> {
    let found = &screen.found;
    let mut spans = Vec::new();
    if !screen.marks.is_empty() {
        spans.push(Span::styled(format!("* {} marked  ", screen.marks.len()), theme.warn()));
    }
    let notes = plural(found.count, "note");
    if screen.fault.is_some() {
        // What was typed before is still shown, and is no answer to this.
        return Line::styled(format!("still shown: {notes} found before "), theme.warn());
    }
    let place = if found.count > 0 { format!("{} of ", screen.cursor + 1) } else { String::new() };
    spans.push(Span::styled(format!("{place}{notes} "), theme.quiet()));
    if !found.is_whole {
        let words = format!("({} of {} searched) ", found.read, found.all);
        spans.push(Span::styled(words, theme.warn()));
    }
    Line::from(spans)
}

/// Draws a label and a field with its cursor on the first row of `area`.
fn draw_field(
    label: &str,
    field: &TextField,
    typing: bool,
    frame: &mut Frame<'_>,
    area: Rect,
    theme: Theme,
) -> usize {
    let before = format!(" {label} ▸ ");
    let used = text::width(&before);
    let cells = usize::from(area.width).saturating_sub(used + 1);
    let (shown, column) = field.row(cells);
    let style = if typing { theme.strong() } else { Style::new() };
    let label_style = if typing { theme.key() } else { theme.quiet() };
    let spans = vec![Span::styled(before, label_style), Span::styled(shown, style)];
    frame.render_widget(Line::from(spans), row(area, 0));
    if typing {
        frame.set_cursor_position((area.x + (used + column) as u16, area.y));
    }
    used
}

/// Draws the search line, and below it what is wrong with it, what it understands, or
/// which columns the list of the `whole` area has no room for.
fn draw_line(screen: &Browse, whole: Rect, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let used = draw_field("Search", &screen.line, screen.typing, frame, area, theme);
    let cells = usize::from(area.width);
    let below = row(area, 1);
    if let Some(fault) = &screen.fault {
        let line = fault_line(fault, used, cells);
        frame.render_widget(Line::styled(line, theme.bad()), below);
    } else if screen.typing && screen.line.text().is_empty() {
        let words = "words \"a phrase\" -not or ( ) deck: tag: front: is:due due<=7 rated:7";
        let line = format!(" {}", text::fit(words, cells.saturating_sub(2)));
        frame.render_widget(Line::styled(line, theme.quiet()), below);
    } else if !screen.typing && screen.found.count > 0 {
        let hidden = screen.columns.hidden(columns_room(parts(screen, whole).0));
        if !hidden.is_empty() {
            let line = format!(" no room for: {}", hidden.join(", "));
            let line = text::fit(&line, cells.saturating_sub(1));
            frame.render_widget(Line::styled(line, theme.quiet()), below);
        }
    }
}

/// Returns the cells that there are for the columns of a list.
fn columns_room(list: Rect) -> usize {
    usize::from(list.width).saturating_sub(SIGNS + 1)
}

/// Returns a caret below the place of a fault with what is wrong beside it: after it
/// or, where there is more room, before it. `used` cells stand before the query.
fn fault_line(fault: &Fault, used: usize, cells: usize) -> String {
    let at = used + fault.column;
    let what = fault.what.as_str();
    let width = text::width(what);
    if at + 1 >= cells {
        // The place is scrolled out of sight.
        return format!(" ! {}", text::fit(what, cells.saturating_sub(4)));
    }
    let after = cells.saturating_sub(at + 3);
    if width <= after || after >= at {
        return format!("{}^ {}", " ".repeat(at), text::fit(what, after));
    }
    let what = text::fit(what, at.saturating_sub(2));
    let blanks = at.saturating_sub(text::width(&what) + 1);
    format!("{}{what} ^", " ".repeat(blanks))
}

fn draw_prompt(prompt: &Prompt, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    draw_field(prompt.label(), &prompt.field, true, frame, area, theme);
    let cells = usize::from(area.width).saturating_sub(2);
    let line = format!(" {}", text::line(&prompt.hint(), cells));
    frame.render_widget(Line::styled(line, theme.quiet()), row(area, 1));
}

/// Draws the question, if one is asked; one that needs more than two rows covers the
/// first ones of the list.
fn draw_question(screen: &Browse, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let Some(Over::Confirm(_, bulk, preview)) = &screen.over else { return };
    let (ask, more) = question(bulk, *preview);
    let cells = usize::from(area.width).saturating_sub(2);
    let wrapped = |words: &str, style| {
        let rows = text::wrap(&text::line(words, cells * 3), cells).into_iter();
        rows.map(move |row| Line::styled(format!(" {row}"), style))
    };
    let lines = wrapped(&ask, theme.warn()).chain(wrapped(&more, Style::new()));
    for (y, line) in lines.enumerate() {
        bars::clear(frame, row(area, y), theme);
        frame.render_widget(line, row(area, y));
    }
}

fn draw_list(screen: &Browse, frame: &mut Frame<'_>, area: Rect, look: &Look) {
    if screen.found.count == 0 {
        return draw_nothing(screen, frame, area, look);
    }
    let theme = look.theme();
    let layout = screen.columns.layout(columns_room(area));
    frame.render_widget(header(&screen.columns, &layout, theme), row(area, 0));
    for (at, place) in rows(screen, area) {
        let line = match screen.row(at) {
            Some(note) => draw_row(screen, note, at == screen.cursor, &layout, theme),
            None => Line::styled("    …", theme.quiet()),
        };
        frame.render_widget(line, place);
    }
}

fn header(page: &ColumnsPage, layout: &[(Column, usize)], theme: Theme) -> Line<'static> {
    let mut cells = vec![" ".repeat(SIGNS)];
    for (column, width) in layout {
        let mut name = columns::name(*column).to_owned();
        if *column == page.order.column {
            name.push(if page.order.descending { '▼' } else { '▲' });
        }
        cells.push(cell(&name, *column, *width));
    }
    Line::styled(cells.concat(), theme.quiet())
}

/// Returns what stands in a column, in its cells and the gap after it.
fn cell(content: &str, column: Column, width: usize) -> String {
    let content = text::line(content, width);
    let blanks = " ".repeat(width.saturating_sub(text::width(&content)));
    let gap = " ".repeat(GAP);
    if columns::is_number(column) {
        format!("{blanks}{content}{gap}")
    } else {
        format!("{content}{blanks}{gap}")
    }
}

fn draw_row(
    screen: &Browse,
    note: &NoteRow,
    chosen: bool,
    layout: &[(Column, usize)],
    theme: Theme,
) -> Line<'static> {
    let cursor = if chosen { " ▸" } else { "  " };
    let mark = if screen.marks.contains(&note.note.id) { "* " } else { "  " };
    let mut spans = vec![Span::styled(cursor, theme.key()), Span::styled(mark, theme.warn())];
    for (column, width) in layout {
        let content = columns::text(*column, note);
        let style = match column {
            Column::Front | Column::Back if chosen => theme.strong(),
            Column::Front | Column::Back => Style::new(),
            Column::Due if content == "new" => theme.new_card(),
            Column::Due if content == "suspended" => theme.warn(),
            Column::Due => theme.good(),
            _ => theme.quiet(),
        };
        spans.push(Span::styled(cell(&content, *column, *width), style));
    }
    Line::from(spans)
}

/// Says why the list is empty, and what to do.
fn draw_nothing(screen: &Browse, frame: &mut Frame<'_>, area: Rect, look: &Look) {
    if !screen.has_searched {
        return;
    }
    let words = if !screen.found.is_whole {
        "Nothing found yet; the search goes on.".to_owned()
    } else if screen.found.all == 0 {
        let back = look.keys.named(screen.keymap(), Action::Back);
        let import = look.keys.named(tables::HOME, Action::Import);
        format!(
            "There are no notes yet. {back} goes back to the decks; {import} imports a deck file there."
        )
    } else {
        let help = look.keys.named(screen.keymap(), Action::Help);
        format!(
            "No note matches. Take words away, or write a part of one; {help} shows all that a query can say."
        )
    };
    let cells = usize::from(area.width).saturating_sub(4);
    let lines = text::wrap(&words, cells).into_iter();
    let lines =
        lines.map(|line| Line::styled(format!("   {line}"), look.theme().quiet())).collect();
    draw_lines(lines, 0, frame, Rect { y: area.y + 1, ..area }.intersection(area));
}

/// Draws the chosen note beside the list.
fn draw_pane(screen: &Browse, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    for y in 0..usize::from(area.height) {
        let at = Rect { width: 1, ..row(area, y) };
        frame.render_widget(Line::styled("│", theme.quiet()), at);
    }
    let Some(note) = screen.row(screen.cursor) else { return };
    let inner = Rect { x: area.x + 1, width: area.width - 1, ..area };
    let mut lines = browse_note::fields(note, false, usize::from(inner.width), theme);
    lines.push(Line::default());
    for card in &note.note.cards {
        let cells = usize::from(inner.width);
        browse_note::state(card.slot, &card.state, Style::new(), cells, theme, &mut lines);
    }
    draw_lines(lines, 0, frame, inner);
}

fn draw_columns(page: &ColumnsPage, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let cells = usize::from(area.width);
    let height = usize::from(area.height);
    let lines: Vec<Line<'static>> = page
        .lines()
        .map(|(column, about, shown, chosen)| {
            let tick = match shown {
                Some(true) => "[x]",
                Some(false) => "[ ]",
                None => "   ",
            };
            let sorted = if column != page.order.column {
                ' '
            } else if page.order.descending {
                '▼'
            } else {
                '▲'
            };
            let name = format!("{}{sorted} ", text::pad(columns::name(column), 10));
            let style = if chosen { theme.strong() } else { Style::new() };
            let cursor = if chosen { " ▸ " } else { "   " };
            let room = cells.saturating_sub(20);
            Line::from(vec![
                Span::styled(cursor, theme.key()),
                Span::raw(tick),
                Span::styled(format!(" {name}"), style),
                Span::styled(text::fit(about, room), theme.quiet()),
            ])
        })
        .collect();
    let top = list_top(page.cursor, lines.len(), height);
    draw_lines(lines, top, frame, area);
}

/// Draws lines from one on; where more follow than fit, the last row says so.
fn draw_lines(lines: Vec<Line<'static>>, top: usize, frame: &mut Frame<'_>, area: Rect) {
    let height = usize::from(area.height);
    let top = top.min(lines.len().saturating_sub(height));
    let more = lines.len().saturating_sub(top + height);
    for (y, line) in lines.into_iter().skip(top).take(height).enumerate() {
        frame.render_widget(line, row(area, y));
    }
    if more > 0 && height > 0 {
        let sign = format!(" {}", bars::to_come(top, more));
        let width = text::width(&sign) as u16;
        let last = row(area, height - 1);
        let x = last.right().saturating_sub(width);
        let at = Rect { x, width, ..last }.intersection(last);
        frame.render_widget(ratatui::widgets::Clear, at);
        frame.render_widget(Line::raw(sign), at);
    }
}

/// Returns how many lines of the page of one note lie below the screen.
pub(super) fn overflow(screen: &Browse, size: Size) -> usize {
    let (Some(Over::Note(page)), Some(row)) = (&screen.over, screen.row(screen.cursor)) else {
        return 0;
    };
    let lines = browse_note::lines(page, row, usize::from(size.width), Theme::new(false));
    // Title, status and footer take three rows.
    lines.len().saturating_sub(usize::from(size.height.saturating_sub(3)))
}
