//! Draws the chosen row in full, with the lines of the file that it was read from.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::import_plan::PlanPage;
use super::import_rows::Entry;
use super::import_table::confidence;
use super::import_view::row;
use crate::app::plan::{FilePlan, PlanRow};
use crate::domain::Field;
use crate::import::Triage;
use crate::tui::screen::Size;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// Cells before the text: blanks and label.
const LABEL: usize = 14;

/// Lines of the file below a row, at most.
const MOST_SOURCE: usize = 3;

/// One part of what is known of an entry.
struct Part {
    label: String,
    content: String,
    /// Whether it is a line of the file.
    is_source: bool,
}

fn part(label: impl Into<String>, content: impl Into<String>) -> Part {
    Part { label: label.into(), content: content.into(), is_source: false }
}

/// Draws the chosen entry below the table: as much as there is room for.
pub fn pane(page: &PlanPage, wide: bool, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let rule = "─".repeat(usize::from(area.width.saturating_sub(2)));
    frame.render_widget(Line::styled(format!(" {rule}"), theme.quiet()), row(area, 0));
    let below = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let below = below.intersection(area);
    if page.list.is_empty() {
        let words = "   There is nothing in it.";
        frame.render_widget(Line::styled(words, theme.quiet()), row(below, 0));
        return;
    }
    let parts = parts(page);
    let (own, mut source) = source(page);
    if wide && !source.is_empty() {
        let halves = [Constraint::Percentage(55), Constraint::Percentage(45)];
        let [left, right] = Layout::horizontal(halves).areas(below);
        draw(&parts, 0, frame, left, theme);
        for (y, (nth, line)) in
            source.iter().enumerate().take(usize::from(right.height)).enumerate()
        {
            let cells = usize::from(right.width).saturating_sub(LABEL - 3);
            let style = if nth < own { Style::new() } else { theme.quiet() };
            let label = Span::styled(format!("{:>7} │ ", line.label.trim()), theme.quiet());
            let line = Span::styled(text::line(&line.content, cells), style);
            frame.render_widget(Line::from(vec![label, line]), row(right, y));
        }
        return;
    }
    // The file's own lines stand at the foot, whatever the row above them has.
    source.truncate(own.min(MOST_SOURCE).min(usize::from(below.height / 2)));
    let cells = usize::from(below.width).saturating_sub(LABEL + 1);
    for line in &mut source {
        line.content = text::line(&line.content, cells);
    }
    let foot = Constraint::Length(source.len() as u16);
    let [above, foot] = Layout::vertical([Constraint::Min(1), foot]).areas(below);
    draw(&parts, 0, frame, above, theme);
    draw(&source, 0, frame, foot, theme);
}

/// Draws the chosen entry on a page of its own.
pub fn page(page: &PlanPage, scroll: usize, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    draw(&whole(page), scroll, frame, area, theme);
}

/// Returns how many lines of the page lie below the screen when nothing is scrolled.
pub fn overflow(page: &PlanPage, size: Size) -> usize {
    let cells = usize::from(size.width).saturating_sub(LABEL + 1);
    // Title, status and footer take three rows.
    lines(&whole(page), cells).len().saturating_sub(usize::from(size.height.saturating_sub(3)))
}

/// Returns everything that is known of the chosen entry, then all lines looked up.
fn whole(page: &PlanPage) -> Vec<Part> {
    let mut parts = parts(page);
    parts.extend(source(page).1);
    parts
}

/// Returns parts as lines of at most `cells` cells, with the label of each.
fn lines(parts: &[Part], cells: usize) -> Vec<(String, String, bool)> {
    let mut lines = Vec::new();
    for part in parts.iter().filter(|part| part.is_source || !part.content.is_empty()) {
        let content = crate::domain::safe::lines(&part.content);
        for (nth, line) in text::wrap(&content, cells).into_iter().enumerate() {
            let label = if nth == 0 { part.label.clone() } else { String::new() };
            lines.push((label, line, part.is_source));
        }
    }
    lines
}

fn draw(parts: &[Part], scroll: usize, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let cells = usize::from(area.width).saturating_sub(LABEL + 1);
    let height = usize::from(area.height);
    let lines = lines(parts, cells);
    let top = scroll.min(lines.len().saturating_sub(height));
    let over = lines.len() > top + height;
    for (y, (label, line, is_source)) in lines.into_iter().skip(top).take(height).enumerate() {
        let is_cut = over && y + 1 == height;
        let line = if is_cut { text::fit(&format!("{line} …"), cells) } else { line };
        let sign = if is_source { "│" } else { " " };
        let label = format!("   {}{sign} ", text::pad(&label, LABEL - 5));
        let style = if is_source { theme.quiet() } else { Style::new() };
        let spans = vec![Span::styled(label, theme.quiet()), Span::styled(line, style)];
        frame.render_widget(Line::from(spans), row(area, y));
    }
}

/// Returns the lines of the file from the chosen entry on, and how many are its own.
fn source(page: &PlanPage) -> (usize, Vec<Part>) {
    let Some((file, entry)) = page.list.at(page.list.cursor) else { return (0, Vec::new()) };
    let line = match entry {
        Entry::Row(nth) => file.rows.get(nth as usize).map(|row| row.draft.line),
        Entry::Rejected(nth) => file.rejected.get(nth as usize).map(|error| error.line),
        Entry::Warning(nth) => file.warnings.get(nth as usize).map(|warning| warning.line),
        Entry::Report(_) | Entry::Gone(_) => None,
    };
    let Some(line) = line else { return (0, Vec::new()) };
    let source = page.source().iter().zip(line..).map(|(content, number)| Part {
        label: format!("{number:>8}"),
        // What stands between two columns has to be seen.
        content: content.replace('\t', "→"),
        is_source: true,
    });
    // Rows stand in the order of their lines; those before the entry are passed over.
    let start = file.rows.partition_point(|row| row.draft.line <= line);
    let row = file.rows.get(start).map(|row| row.draft.line);
    let others = file.rejected.iter().map(|error| error.line).filter(|other| *other > line);
    let next = others.chain(row).min();
    let own = next.map_or(1, |next| (next - line) as usize);
    (own, source.collect())
}

/// Returns everything that is known of the chosen entry, what matters most first.
fn parts(page: &PlanPage) -> Vec<Part> {
    let Some((file, entry)) = page.list.at(page.list.cursor) else { return Vec::new() };
    let word = page.list.word(page.list.cursor).unwrap_or_default();
    let mut parts = match entry {
        Entry::Row(nth) => {
            file.rows.get(nth as usize).map(|row| row_parts(row, word)).unwrap_or_default()
        }
        Entry::Rejected(nth) => file
            .rejected
            .get(nth as usize)
            .map(|e| part("reject", e.to_string()))
            .into_iter()
            .collect(),
        Entry::Warning(nth) => {
            let at = file.warnings.get(nth as usize);
            let message = at.map(|warning| match warning.line {
                0 => warning.message.clone(),
                line => format!("line {line}: {}", warning.message),
            });
            message.map(|message| part("warning", message)).into_iter().collect()
        }
        Entry::Report(nth) => {
            let report = file.reports.get(nth as usize);
            report.map(|report| part("report", report.clone())).into_iter().collect()
        }
        Entry::Gone(nth) => gone_parts(file, nth as usize),
    };
    if page.list.files.len() > 1 {
        parts.push(part("file", format!("{} → {}", file.path, file.deck)));
    }
    parts
}

fn gone_parts(file: &FilePlan, nth: usize) -> Vec<Part> {
    let Some(gone) = file.gone.get(nth) else { return Vec::new() };
    let what = if file.basis.given.prune { "its cards are suspended" } else { "it stays as it is" };
    vec![
        part("gone", format!("not in the file any more; {what}")),
        part("front", gone.front.clone()),
        part("back", gone.back.clone()),
    ]
}

fn row_parts(row: &PlanRow, word: &'static str) -> Vec<Part> {
    let draft = &row.draft;
    let decided = draft.decided();
    let mut place = format!("line {}: {}", draft.line, draft.kind.name());
    if let Some(sure) = confidence(draft) {
        let sure = sure.replace(' ', "").replace('%', " %");
        place = format!("{place}, {} sure", sure.trim_start_matches(['~', '?']));
    }
    let triage = match decided.triage {
        Triage::Learn => "",
        Triage::Known => "starts with an interval of two to four months",
        Triage::Never => "no import offers it again",
    };
    let settled = match (decided.apart, decided.theirs) {
        (true, _) => "a new note, no correction",
        (_, Some(true)) => "the file's text wins",
        _ => "",
    };
    let why = if row.reason.is_empty() { &draft.reason } else { &row.reason };
    for word in [why, triage, settled].into_iter().filter(|word| !word.is_empty()) {
        place = format!("{place}, {word}");
    }
    let mut parts = vec![part(word, place)];
    parts.extend(Field::ALL.map(|field| part(field.name(), draft.fields.text(field))));
    if let Some(said) = &decided.said {
        for fields in std::iter::once(&said.fields).chain(&said.also) {
            parts.push(part("the file", format!("{} = {}", fields.front, fields.back)));
        }
    }
    parts
}
