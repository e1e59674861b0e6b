//! Draws Statistics.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::stats::{Sheet, Stats};
use super::{Page as _, stats_outlook, stats_sheets};
use crate::domain::safe;
use crate::session::outlook::DAYS;
use crate::tui::Look;
use crate::tui::keymap::{Action, tables};
use crate::tui::screen::Size;
use crate::tui::theme::Theme;
use crate::tui::widgets::{bars, gauge::gauge, text};

/// Rows that are taken by other things: title, sheets, a blank one or what lies
/// beyond, status and footer.
const TAKEN: usize = 5;

/// Returns how many rows of a sheet are shown at once.
pub fn room(size: Size) -> usize {
    usize::from(size.height).saturating_sub(TAKEN)
}

/// Returns how many rows the open sheet has.
pub fn rows(screen: &Stats, size: Size) -> usize {
    let seen = (usize::from(size.width), room(size));
    lines(screen, seen, Theme::new(false)).map_or(0, |lines| lines.len())
}

/// Returns all rows of the open sheet, none wider than the cells that are given first;
/// `None` where they are not there yet.
fn lines(screen: &Stats, seen: (usize, usize), theme: Theme) -> Option<Vec<Line<'static>>> {
    if screen.sheet == Sheet::Outlook {
        let outlook = screen.outlook.as_ref().filter(|_| screen.foreseen)?;
        return Some(stats_outlook::rows(outlook, seen.0, theme));
    }
    let found = screen.found.as_ref()?;
    Some(stats_sheets::rows(screen.sheet, found, seen, theme))
}

/// Draws the screen above its status line and footer.
pub fn view(screen: &Stats, size: Size, frame: &mut Frame<'_>, area: Rect, look: &Look) {
    let theme = look.theme();
    let deck = screen.request.deck.as_ref().map_or("All decks", |deck| deck.as_str());
    let range = match screen.request.days {
        _ if screen.sheet == Sheet::Outlook => format!("next {DAYS} days "),
        Some(365) => "last year ".to_owned(),
        Some(days) => format!("last {days} days "),
        None => "since the first day ".to_owned(),
    };
    let row = |y: u16| Rect { y: area.y + y, height: 1, ..area }.intersection(area);
    let title = format!("Statistics · {}", safe::line(deck));
    bars::title(&title, Line::styled(range, theme.quiet()), frame, row(0), theme);
    frame.render_widget(sheets(screen.sheet, usize::from(area.width), theme), row(1));

    let cells = usize::from(area.width);
    let room = room(size);
    let Some(rows) = lines(screen, (cells, room), theme) else {
        let line = waiting(screen, cells, look);
        return frame.render_widget(line, row(3));
    };
    let top = screen.scroll.min(rows.len().saturating_sub(room));
    let below = rows.len().saturating_sub(top + room);
    let more = format!(" {}", bars::beyond(top, below));
    frame.render_widget(Line::styled(more, theme.warn()), row(2));
    for (y, line) in (3..).zip(rows.into_iter().skip(top).take(room)) {
        frame.render_widget(line, row(y));
    }
}

/// Returns the names of the sheets with the open one marked, or, where there is no
/// room for all, its place among them.
fn sheets(open: Sheet, cells: usize, theme: Theme) -> Line<'static> {
    let mut spans = vec![Span::raw(" ")];
    for sheet in Sheet::ALL {
        if sheet == open {
            spans.push(Span::styled(format!("[{}]", sheet.name()), theme.key()));
        } else {
            spans.push(Span::styled(format!(" {} ", sheet.name()), theme.quiet()));
        }
        spans.push(Span::raw(" "));
    }
    let line = Line::from(spans);
    if line.width() <= cells {
        return line;
    }
    let place = Sheet::ALL.iter().position(|sheet| *sheet == open).unwrap_or(0) + 1;
    Line::from(vec![
        Span::styled(format!(" [{}]", open.name()), theme.key()),
        Span::styled(format!("  sheet {place} of {}", Sheet::ALL.len()), theme.quiet()),
    ])
}

/// Says how far counting or foreseeing has come, or that there is nothing to show.
fn waiting(screen: &Stats, cells: usize, look: &Look) -> Line<'static> {
    if screen.wish().is_none() {
        let reload = look.keys.named(tables::STATS, Action::Reload);
        return Line::raw(format!(" There are no figures; {reload} tries again."));
    }
    let Some(progress) = screen.progress else { return Line::raw(" …") };
    let (done, of) = (progress.done as usize, progress.of as usize);
    let what = if screen.settled { " living through the days " } else { " counting the answers " };
    let mut line = Line::raw(what);
    line.spans.extend(gauge(done, of, (cells / 4).clamp(4, 24), look.theme()).spans);
    line.spans.push(Span::raw(text::fit(&format!("  {done} of {of}"), cells / 3)));
    line
}
