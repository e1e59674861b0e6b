//! Draws Home.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::home::HomeScreen;
use super::{Hit, list_top};
use crate::domain::safe;
use crate::domain::text::plural;
use crate::session::Counts;
use crate::session::home::ImportLine;
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::{Shape, columns};
use crate::tui::widgets::{bars, text};

/// Cells of one column of numbers.
const NUMBER: usize = 7;
/// The widest that the names of decks are drawn: the numbers stay near.
const NAME: usize = 60;
/// Cells of a day of the week's chart.
const DAY: usize = 8;

/// How the rows of the screen are shared out, from the top.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Rows {
    /// Empty rows between the parts.
    gap: u16,
    /// What is to do, what is special about the day, the inbox.
    news: u16,
    /// The decks with their heading.
    decks: u16,
    /// The week.
    week: u16,
    /// The imports with their heading.
    imports: u16,
}

/// Shares out the rows: what is to do first, then some decks, then the week, then
/// the imports; what is left goes to the decks.
fn rows(screen: &HomeScreen, area: Rect) -> Rows {
    let height = area.height.saturating_sub(1);
    let gap = u16::from(area.height >= 14);
    let news = (1 + u16::from(screen.home.notice.is_some()) + u16::from(!screen.inbox.is_empty()))
        .min(if area.height < 10 { 1 } else { 3 });
    let wanted = u16::try_from(screen.rows.len() + 2).unwrap_or(u16::MAX);
    let mut left = height.saturating_sub(news + 2 * gap);
    let decks = wanted.min(left).min(if gap == 0 { 5 } else { 7 });
    left -= decks;
    let mut take = |rows: u16, least: u16| {
        let taken = if left >= least { rows.min(left) } else { 0 };
        left -= taken;
        taken
    };
    let chart = match area.height {
        ..17 => 1 + gap,
        17..30 => 3 + gap,
        _ => 5 + gap,
    };
    let chart = if area.width < 60 { chart.min(1 + gap) } else { chart };
    // On a small terminal the decks are worth more than what comes.
    let is_crowded = area.height < 14 && wanted > decks;
    let week = if is_crowded { 0 } else { take(chart, chart) };
    let imports = match screen.home.imports.len() {
        0 => 0,
        _ if area.height < 20 => 0,
        some => {
            // A long tree leaves room for one import, a short one for some.
            let spare = (height / 2).saturating_sub(wanted / 2).clamp(1, (area.height / 5).max(1));
            let lines = u16::try_from(some).unwrap_or(u16::MAX).min(spare);
            take(lines + 1 + gap, 2 + gap)
        }
    };
    let decks = (decks + left).min(wanted.max(decks));
    Rows { gap, news, decks, week, imports }
}

/// Which decks are drawn, and on how many rows: one less than there are where the last
/// says that there is more.
fn window(screen: &HomeScreen, area: Rect) -> (usize, usize) {
    let rows = screen.rows.len() + 1;
    let room = usize::from(area.height.saturating_sub(1));
    let height = if rows > room && room > 1 { room - 1 } else { room };
    (list_top(screen.chosen, rows, height), height)
}

/// Returns the decks that can be clicked.
pub fn hits(screen: &HomeScreen, area: Rect) -> Vec<(Rect, Hit)> {
    let Rows { gap, news, decks, .. } = rows(screen, area);
    let place = Rect { y: area.y + 1 + gap + news + gap, height: decks, ..area }.intersection(area);
    let (top, height) = window(screen, place);
    let shown = (top..=screen.rows.len()).take(height).enumerate();
    shown
        .map(|(y, row)| (Rect { y: place.y + 1 + y as u16, height: 1, ..place }, Hit::Row(row)))
        .map(|(at, hit)| (at.intersection(place), hit))
        .collect()
}

/// Draws the screen above its status line and footer.
pub fn view(screen: &HomeScreen, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let streak = match screen.home.streak {
        0 => String::new(),
        1 => "1 day in a row ".to_owned(),
        days => format!("{days} days in a row "),
    };
    let Rows { gap, news, decks, week, imports } = rows(screen, area);
    let mut y = area.y;
    let mut next = |height: u16| {
        let part = Rect { y, height, ..area }.intersection(area);
        y += height;
        part
    };
    let streak = Line::styled(streak, theme.quiet());
    bars::title("termdeck", streak, frame, next(1), theme);
    next(gap);
    draw_news(screen, frame, next(news), theme);
    next(gap);
    draw_decks(screen, frame, next(decks), theme);
    draw_week(screen, frame, next(week), gap, theme);
    draw_imports(&screen.home.imports, frame, next(imports), gap, theme);
}

/// Draws what is to do today, what is special about it, and what lies in the inbox.
fn draw_news(screen: &HomeScreen, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let home = &screen.home;
    let margin = if area.width < 60 { " " } else { "   " };
    let cells = usize::from(area.width).saturating_sub(margin.len());
    let mut lines = vec![today_line(screen, cells, theme)];
    if let Some(notice) = &home.notice {
        lines.push(Span::styled(notice.words(home.today), theme.warn()));
    }
    if !screen.inbox.is_empty() {
        let words = format!("{} in the inbox", plural(screen.inbox.len(), "new file"));
        lines.push(Span::styled(words, theme.new_card()));
    }
    for (y, mut line) in lines.into_iter().take(usize::from(area.height)).enumerate() {
        line.content = text::fit(&line.content, cells).into();
        let line = Line::from(vec![Span::raw(margin), line]);
        frame.render_widget(line, Rect { y: area.y + y as u16, height: 1, ..area });
    }
}

/// What is to do today, in fewer words where cells are few.
fn today_line(screen: &HomeScreen, cells: usize, theme: Theme) -> Span<'static> {
    let total = screen.home.total;
    if total.total() == 0 {
        return Span::styled("✓ Everything is done for today.", theme.good());
    }
    let (all, parts) = (total.total(), total.words());
    let words = format!("{all} to do today: {parts}");
    let words = if text::width(&words) <= cells { words } else { format!("{all}: {parts}") };
    Span::styled(words, theme.strong())
}

fn draw_decks(screen: &HomeScreen, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    if area.height == 0 {
        return;
    }
    let cells = usize::from(area.width);
    let columns = if cells >= 60 { 4 } else { 3 };
    let name_cells = cells.saturating_sub(4 + columns * NUMBER).min(NAME);
    let mut header =
        vec![Span::styled(format!("   {}", text::pad("deck", name_cells)), theme.quiet())];
    for label in ["new", "due", "drill", "notes"].iter().take(columns) {
        header.push(Span::styled(format!("{label:>NUMBER$}"), theme.quiet()));
    }
    frame.render_widget(Line::from(header), Rect { height: 1, ..area }.intersection(area));

    let rows = screen.rows.len() + 1;
    let room = usize::from(area.height.saturating_sub(1));
    let (top, height) = window(screen, area);
    if height < room {
        let signs = bars::beyond(top, rows.saturating_sub(top + height));
        let at = Rect { y: area.y + area.height - 1, height: 1, ..area };
        let line = Line::styled(format!("   {signs}"), theme.warn());
        frame.render_widget(line, at);
    }
    for (y, row) in (top..rows).take(height).enumerate() {
        let (name, counts, notes) = deck_row(screen, row, name_cells);
        let chosen = row == screen.chosen;
        let mark = if chosen { " ▸ " } else { "   " };
        let mut spans = vec![Span::styled(mark, theme.key())];
        let name_style = if chosen { theme.strong() } else { Style::new() };
        spans.push(Span::styled(text::pad(&name, name_cells), name_style));
        spans.extend(numbers(counts, theme));
        if columns == 4 {
            spans.push(Span::styled(format!("{notes:>NUMBER$}"), theme.quiet()));
        }
        let at = Rect { y: area.y + 1 + y as u16, height: 1, ..area };
        frame.render_widget(Line::from(spans), at);
    }
}

/// Returns the name, what is left and the notes of a row; a folded deck says how many
/// decks it hides, however long its name is.
fn deck_row(screen: &HomeScreen, row: usize, cells: usize) -> (String, Counts, u32) {
    let at = row.checked_sub(1).and_then(|row| screen.rows.get(row)).copied();
    let deck = at.and_then(|at| Some((at, screen.home.decks.get(at)?, screen.tree.get(at)?)));
    let Some((at, line, branch)) = deck else {
        return ("All decks".to_owned(), screen.home.total, screen.all_notes());
    };
    let indent = "  ".repeat(branch.depth.min(8));
    let name = format!("{indent}{}", safe::line(&branch.name));
    let hides = match branch.below {
        below if below > 0 && screen.is_folded(at) => format!(" +{below}"),
        _ => String::new(),
    };
    let name = text::fit(&name, cells.saturating_sub(text::width(&hides)));
    (format!("{name}{hides}"), line.counts, line.notes)
}

fn numbers(counts: Counts, theme: Theme) -> [Span<'static>; 3] {
    let number = |count: u32, style: Style| {
        let shown = if count == 0 { "·".to_owned() } else { count.to_string() };
        Span::styled(format!("{shown:>NUMBER$}"), if count == 0 { theme.quiet() } else { style })
    };
    [
        number(counts.new, theme.new_card()),
        number(counts.due, theme.good()),
        number(counts.drill, theme.warn()),
    ]
}

/// Draws what comes due on each day of the week: as a chart, or, where rows or cells
/// are few, as numbers alone.
fn draw_week(screen: &HomeScreen, frame: &mut Frame<'_>, area: Rect, gap: u16, theme: Theme) {
    let home = &screen.home;
    let row = |y: u16| Rect { y: area.y + y, height: 1, ..area }.intersection(area);
    let shown = |due: &u32| if *due == 0 { "·".to_owned() } else { due.to_string() };
    if area.height < gap + 3 {
        if area.height > 0 {
            let numbers: Vec<String> = home.week.iter().map(shown).collect();
            let line = vec![
                Span::styled("   week  ", theme.quiet()),
                Span::styled(numbers.join("  "), theme.good()),
            ];
            frame.render_widget(Line::from(line), row(area.height - 1));
        }
        return;
    }
    let days: Vec<String> = (0..7_u32)
        .map(|after| match after {
            0 => text::pad("today", DAY),
            _ => text::pad(&home.today.plus(after).date().format("%a").to_string(), DAY),
        })
        .collect();
    let days = days.concat();
    frame.render_widget(Line::styled(format!("   {}", days.trim_end()), theme.quiet()), row(gap));
    let rows = usize::from(area.height - gap - 2);
    let shape = Shape { rows, cells: 4, gap: DAY - 4 };
    for (y, mut line) in columns(&home.week, shape, theme.good()).into_iter().enumerate() {
        line.spans.insert(0, Span::raw("   "));
        frame.render_widget(line, row(gap + 1 + y as u16));
    }
    let numbers: Vec<String> = home.week.iter().map(|due| text::pad(&shown(due), DAY)).collect();
    let numbers = numbers.concat();
    frame.render_widget(format!("   {}", numbers.trim_end()), row(area.height - 1));
}

fn draw_imports(imports: &[ImportLine], frame: &mut Frame<'_>, area: Rect, gap: u16, theme: Theme) {
    if area.height < gap + 2 {
        return;
    }
    let heading = Line::styled("   recent imports", theme.quiet());
    frame.render_widget(heading, Rect { y: area.y + gap, height: 1, ..area });
    // As wide as the decks, so that a row is read as one.
    let cells = usize::from(area.width).saturating_sub(4).min(NAME + 4 * NUMBER);
    let room = usize::from(area.height - gap - 1);
    for (y, import) in imports.iter().take(room).enumerate() {
        let undone = if import.undone { ", taken back" } else { "" };
        let result = format!("{} added, {} updated{undone}", import.added, import.updated);
        let file = import.path.rsplit(['/', '\\']).next().unwrap_or(&import.path);
        let what = format!("{}  {} → {}", import.at, file, import.deck);
        let room = cells.saturating_sub(text::width(&result) + 2);
        let line = Line::from(vec![
            Span::raw(format!("   {}  ", text::pad(&safe::line(&what), room))),
            Span::styled(result, theme.quiet()),
        ]);
        let y = area.y + gap + 1 + y as u16;
        frame.render_widget(line, Rect { y, height: 1, ..area }.intersection(area));
    }
}
