//! Draws Home.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::home::HomeScreen;
use super::list_top;
use crate::domain::safe;
use crate::session::Counts;
use crate::session::home::ImportLine;
use crate::tui::theme::Theme;
use crate::tui::widgets::{bars, text};

/// Cells of one column of numbers.
const NUMBER: usize = 7;

/// The widest that the names of decks are drawn: the numbers stay near.
const NAME: usize = 60;

/// Draws the screen above its status line and footer.
pub fn view(screen: &HomeScreen, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let streak = match screen.home.streak {
        0 => String::new(),
        1 => "1 day in a row ".to_owned(),
        days => format!("{days} days in a row "),
    };
    let gap = u16::from(area.height >= 14);
    // Title, heading of the decks, the line of all decks, today, the rows between,
    // heading and last row of the imports.
    let fixed = usize::from(6 + 2 * gap);
    let spare = usize::from(area.height).saturating_sub(fixed + screen.home.decks.len());
    let most = spare.clamp(1, usize::from(area.height / 4).max(1));
    let wanted = screen.home.imports.len().min(most) as u16;
    let imports_height = if wanted == 0 || area.height < 16 { 0 } else { wanted + 2 };
    let [top, _, decks, imports, today] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(gap),
        Constraint::Min(2),
        Constraint::Length(imports_height),
        Constraint::Length(1 + gap),
    ])
    .areas(area);
    bars::title("termdeck", Line::styled(streak, theme.quiet()), frame, top, theme);
    draw_decks(screen, frame, decks, theme);
    draw_imports(&screen.home.imports, frame, imports, theme);
    let mut line = vec![Span::raw(" "), today_line(screen, theme)];
    if !screen.inbox.is_empty() {
        let s = if screen.inbox.len() == 1 { "" } else { "s" };
        let words = format!("{} new file{s} in the inbox", screen.inbox.len());
        let used: usize = line.iter().map(Span::width).sum();
        let beside = used + text::width(&words) + 3 <= usize::from(area.width);
        if beside {
            line.push(Span::styled(format!("   {words}"), theme.new_card()));
        } else {
            // The files are news; what is to do stands in the table as well.
            line = vec![Span::styled(format!(" {words}"), theme.new_card())];
        }
    }
    frame.render_widget(Line::from(line), today);
}

fn draw_decks(screen: &HomeScreen, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let cells = usize::from(area.width);
    let columns = if cells >= 60 { 4 } else { 3 };
    let name_cells = cells.saturating_sub(4 + columns * NUMBER).min(NAME);
    let mut header =
        vec![Span::styled(format!("   {}", text::pad("deck", name_cells)), theme.quiet())];
    for label in ["new", "due", "drill", "notes"].iter().take(columns) {
        header.push(Span::styled(format!("{label:>NUMBER$}"), theme.quiet()));
    }
    frame.render_widget(Line::from(header), Rect { height: 1, ..area });

    let decks = &screen.home.decks;
    let rows = decks.len() + 1;
    let room = usize::from(area.height.saturating_sub(1));
    // The last row then says that there is more.
    let height = if rows > room && room > 1 { room - 1 } else { room };
    let top = list_top(screen.chosen, rows, height);
    if height < room {
        let above = (top > 0).then(|| format!("▲ {top} more above"));
        let below = rows.saturating_sub(top + height);
        let below = (below > 0).then(|| format!("▼ {below} more below"));
        let signs: Vec<String> = above.into_iter().chain(below).collect();
        let at = Rect { y: area.y + area.height - 1, height: 1, ..area };
        let line = Line::styled(format!("   {}", signs.join("   ")), theme.warn());
        frame.render_widget(line, at);
    }
    for (y, index) in (top..rows).take(height).enumerate() {
        let deck = index.checked_sub(1).and_then(|at| Some((decks.get(at)?, screen.tree.get(at)?)));
        let (name, counts, notes) = match deck {
            None => ("All decks".to_owned(), screen.home.total, screen.all_notes()),
            Some((line, branch)) => {
                let indent = "  ".repeat(branch.depth.min(8));
                let name = format!("{indent}{}", safe::line(&branch.name));
                (name, line.counts, line.notes)
            }
        };
        let chosen = index == screen.chosen;
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

fn draw_imports(imports: &[ImportLine], frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    if area.height < 2 {
        return;
    }
    let heading = Line::styled("   recent imports", theme.quiet());
    frame.render_widget(heading, Rect { height: 1, ..area });
    let cells = usize::from(area.width).saturating_sub(4);
    for (y, import) in imports.iter().take(usize::from(area.height) - 2).enumerate() {
        let undone = if import.undone { ", taken back" } else { "" };
        let result = format!("{} added, {} updated{undone}", import.added, import.updated);
        let file = import.path.rsplit(['/', '\\']).next().unwrap_or(&import.path);
        let what = format!("{}  {} → {}", import.at, file, import.deck);
        let room = cells.saturating_sub(text::width(&result) + 2);
        let line = Line::from(vec![
            Span::raw(format!("   {}  ", text::pad(&safe::line(&what), room))),
            Span::styled(result, theme.quiet()),
        ]);
        frame.render_widget(line, Rect { y: area.y + 1 + y as u16, height: 1, ..area });
    }
}

fn today_line(screen: &HomeScreen, theme: Theme) -> Span<'static> {
    let total = screen.home.total;
    if total.total() == 0 {
        return Span::styled("✓ Everything is done for today.", theme.good());
    }
    let parts = [(total.new, "new"), (total.due, "due"), (total.drill, "again")];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    Span::styled(format!("{} to do today: {}", total.total(), parts.join(", ")), theme.strong())
}
