//! Draws how to begin.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::home::HomeScreen;
use super::welcome::{Way, Welcome};
use super::{Hit, Page, list_top};
use crate::app::{SAMPLES, Sample};
use crate::tui::Look;
use crate::tui::keymap::Action;
use crate::tui::widgets::{bars, text};

/// Cells of the name of a sample.
const NAME: usize = 18;

/// A row of the page, and the line of the way that it stands for.
type Row = (Line<'static>, Option<usize>);

/// Draws how Home without a note tells to begin, above its status line and footer.
pub fn view(home: &HomeScreen, frame: &mut Frame<'_>, area: Rect, look: &Look) {
    bars::title("termdeck", Line::default(), frame, Rect { height: 1, ..area }, look.theme());
    for (at, (row, _)) in placed(home, area, look) {
        frame.render_widget(row, at);
    }
}

/// Returns the ways that can be clicked, and where.
pub fn hits(home: &HomeScreen, area: Rect) -> Vec<(Rect, Hit)> {
    let rows = placed(home, area, &Look::default());
    rows.into_iter().filter_map(|(at, (_, way))| Some((at, Hit::Row(way?)))).collect()
}

/// Returns the rows that there is room for, and where they stand.
fn placed(home: &HomeScreen, area: Rect, look: &Look) -> Vec<(Rect, Row)> {
    let rows = rows(home, area, look);
    let is_chosen = |(_, way): &Row| *way == Some(home.welcome.chosen);
    let cursor = rows.iter().position(is_chosen).unwrap_or(0);
    let height = usize::from(area.height.saturating_sub(1));
    let top = list_top(cursor, rows.len(), height);
    let shown = rows.into_iter().skip(top).take(height).enumerate();
    let at = |y: usize| Rect { y: area.y + 1 + y as u16, height: 1, ..area }.intersection(area);
    shown.map(|(y, row)| (at(y), row)).collect()
}

fn rows(home: &HomeScreen, area: Rect, look: &Look) -> Vec<Row> {
    let theme = look.theme();
    let named = |action| look.keys.named(home.keymap(), action);
    let (welcome, inbox) = (&home.welcome, home.inbox.len());
    let what = if home.home.decks.is_empty() { "decks" } else { "notes" };
    let roomy = area.height >= 18;
    let cells = usize::from(area.width).saturating_sub(5);
    let mut rows: Vec<Row> = Vec::new();
    let greeting = if roomy {
        rows.push((Line::default(), None));
        format!(" Welcome. No {what} yet: begin with one of these.")
    } else {
        format!(" No {what} yet: begin with one of these")
    };
    rows.push((Line::styled(greeting, theme.strong()), None));
    for (nth, way) in Welcome::ways(inbox > 0).into_iter().enumerate() {
        if roomy {
            let heading = heading(way, named).map(|words| format!("   {words}"));
            let lines = heading.map(|words| [Line::default(), Line::styled(words, theme.quiet())]);
            rows.extend(lines.into_iter().flatten().map(|line| (line, None)));
        }
        let chosen = nth == welcome.chosen;
        let mark = if chosen { " ▸ " } else { "   " };
        let style = if chosen { theme.strong() } else { Style::new() };
        let words = text::fit(&words(way, welcome, inbox, cells), cells);
        let line = Line::from(vec![Span::styled(mark, theme.key()), Span::styled(words, style)]);
        rows.push((line, Some(nth)));
    }
    if roomy {
        rows.push((Line::default(), None));
        let help = named(Action::Help);
        let line =
            format!(" The last line names the keys of this moment; {help} shows all of them.");
        rows.push((Line::styled(line, theme.quiet()), None));
    }
    rows
}

/// Returns what stands above a way where there is room.
fn heading(way: Way, named: impl Fn(Action) -> String) -> Option<String> {
    let words = match way {
        Way::Sample(0) => {
            let (tick, accept) = (named(Action::Tick), named(Action::Accept));
            format!("a sample deck: {tick} ticks several, {accept} shows what comes in")
        }
        Way::Sample(_) | Way::Inbox => return None,
        Way::Import => "a file of your own: word pairs in any form, or a bilingual article".into(),
        Way::Add => "a card of your own".into(),
    };
    Some(words)
}

fn words(way: Way, welcome: &Welcome, inbox: usize, cells: usize) -> String {
    match way {
        Way::Import => "Import a file".to_owned(),
        Way::Inbox if inbox == 1 => "Import 1 new file in the inbox".to_owned(),
        Way::Inbox => format!("Import {inbox} new files in the inbox"),
        Way::Add => "Write a card".to_owned(),
        Way::Sample(nth) => {
            let tick = if welcome.is_ticked(nth) { "[x]" } else { "[ ]" };
            SAMPLES.get(nth).map_or_else(String::new, |sample| sample_words(sample, tick, cells))
        }
    }
}

/// Returns as much about a sample as there is room for.
fn sample_words(sample: &Sample, tick: &str, cells: usize) -> String {
    let name = text::pad(sample.name(), NAME);
    // The other side is English in all of them.
    let language = sample.languages.split(',').next().unwrap_or_default();
    let long = format!("{tick} {name} {:>3} notes  {language:<10}{}", sample.notes, sample.title);
    if text::width(&long) <= cells {
        return long;
    }
    format!("{tick} {name} {:>3} {language}", sample.notes)
}
