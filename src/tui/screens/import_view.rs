//! Draws Import.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::import::ImportScreen;
use super::import_rows::{Entry, PlanList};
use super::list_top;
use crate::app::plan::{FilePlan, PlanRow};
use crate::domain::{Field, cloze};
use crate::import::Warning;
use crate::tui::theme::Theme;
use crate::tui::widgets::{bars, text};

/// What stands before the path.
const PROMPT: &str = " file › ";

/// Draws the screen above its status line and footer.
pub fn view(screen: &ImportScreen, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    match &screen.plan {
        Some(plan) => draw_plan(plan, frame, area, theme),
        None => draw_path(screen, frame, area, theme),
    }
}

fn row(area: Rect, y: usize) -> Rect {
    Rect { y: area.y + y as u16, height: 1, ..area }.intersection(area)
}

fn draw_path(screen: &ImportScreen, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    bars::title("Import", Line::default(), frame, row(area, 0), theme);
    let prompt = text::width(PROMPT);
    let cells = usize::from(area.width).saturating_sub(prompt + 1);
    let (shown, cursor) = screen.path.row(cells);
    let line = Line::from(vec![Span::styled(PROMPT, theme.key()), Span::raw(shown)]);
    let at = row(area, 2);
    frame.render_widget(line, at);
    let position = (area.x + (prompt + cursor) as u16, at.y);
    if at.contains(position.into()) {
        frame.set_cursor_position(position);
    }
    let list = Rect { y: area.y + 4, height: area.height.saturating_sub(4), ..area };
    let list = list.intersection(area);
    if screen.completions.is_empty() {
        let words = [
            "A deck file (TSV, CSV, Anki text, JSON), a bilingual article,",
            "or a folder of them. You see what it would do before anything changes.",
        ];
        let cells = usize::from(area.width).saturating_sub(4);
        let lines = text::wrap(&words.join(" "), cells.min(72));
        for (y, line) in lines.into_iter().take(usize::from(list.height)).enumerate() {
            frame.render_widget(Line::styled(format!("   {line}"), theme.quiet()), row(list, y));
        }
        return;
    }
    let height = usize::from(list.height);
    let top = list_top(screen.chosen.unwrap_or(0), screen.completions.len(), height);
    let cells = usize::from(area.width).saturating_sub(5);
    for (y, path) in screen.completions.iter().skip(top).take(height).enumerate() {
        let chosen = screen.chosen == Some(top + y);
        let mark = if chosen { " ▸ " } else { "   " };
        let style = if chosen { theme.strong() } else { Style::new() };
        let path = text::line(path, cells);
        let line = Line::from(vec![Span::styled(mark, theme.key()), Span::styled(path, style)]);
        frame.render_widget(line, row(list, y));
    }
}

fn draw_plan(plan: &PlanList, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let detail_height = if area.height >= 18 { 6 } else { 3 };
    let [top, counts, table, details] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Min(2),
        Constraint::Length(detail_height),
    ])
    .areas(area);
    let title = match plan.files.as_slice() {
        [file] => format!("Import {} → {}", file.path, file.deck),
        files => format!("Import {} files", files.len()),
    };
    let right = match plan.files.as_slice() {
        [file] if area.width >= 70 => format!("{}, {} ", file.format, file.encoding),
        _ => String::new(),
    };
    bars::title(&title, Line::styled(right, theme.quiet()), frame, top, theme);
    let parts: Vec<String> =
        plan.row_counts().map(|(word, count)| format!("{count} {word}")).collect();
    let filter = plan.filter.map_or(String::new(), |word| format!("showing {word}, "));
    let ticked = format!("{filter}{} ticked", plan.ticked());
    let room = usize::from(area.width).saturating_sub(ticked.len() + 4);
    let line = Line::from(vec![
        Span::raw(format!(" {}  ", text::pad(&parts.join(", "), room))),
        Span::styled(ticked, theme.strong()),
    ]);
    frame.render_widget(line, counts);
    draw_table(plan, frame, table, theme);
    draw_details(plan, frame, details, theme);
}

/// Cells of the columns that differ with the width; 0 leaves one out.
#[derive(Clone, Copy)]
struct Columns {
    line: usize,
    front: usize,
    back: usize,
    sure: usize,
}

impl Columns {
    fn of(width: u16) -> Self {
        // A narrow screen names line and confidence only below the table.
        let (line, sure) = if width >= 60 { (7, 5) } else { (0, 0) };
        // Mark, tick and action take 17, the blanks between front, back and edge 2.
        let room = usize::from(width).saturating_sub(19 + line + sure);
        let front = room * 2 / 5;
        Self { line, front, back: room - front, sure }
    }

    fn number(self, line: u32) -> String {
        match self.line {
            0 => String::new(),
            cells => {
                let number = if line == 0 { String::new() } else { line.to_string() };
                format!("{number:>0$} ", cells - 1)
            }
        }
    }
}

fn draw_table(plan: &PlanList, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let columns = Columns::of(area.width);
    let line = if columns.line > 0 { "  line " } else { "" };
    let sure = if columns.sure > 0 { " sure" } else { "" };
    let front = text::pad("front", columns.front);
    let back = text::pad("back", columns.back);
    let header = format!("   [x] {:<9} {line}{front} {back}{sure}", "action");
    frame.render_widget(Line::styled(header, theme.quiet()), row(area, 0));
    let height = usize::from(area.height.saturating_sub(1));
    let top = list_top(plan.cursor, plan.len(), height);
    for y in 0..height {
        let Some(line) = table_line(plan, top + y, columns, theme) else { break };
        frame.render_widget(line, row(area, y + 1));
    }
}

fn table_line(plan: &PlanList, at: usize, columns: Columns, theme: Theme) -> Option<Line<'static>> {
    let (file, entry) = plan.at(at)?;
    let chosen = at == plan.cursor;
    let mark = Span::styled(if chosen { " ▸ " } else { "   " }, theme.key());
    let strong = if chosen { theme.strong() } else { Style::new() };
    let message = |word: &'static str, line: u32, message: &str, style: Style| {
        let number = columns.number(line);
        let wide = columns.front + 1 + columns.back;
        Line::from(vec![
            mark.clone(),
            Span::styled(format!("    {word:<9} {number}"), style),
            Span::styled(text::line(message, wide), strong),
        ])
    };
    Some(match entry {
        Entry::Row(nth) => {
            let row = file.rows.get(nth as usize)?;
            let word = plan.word(at)?;
            let tick = match (row.can_tick(), row.ticked) {
                (false, _) => "   ",
                (true, true) => "[x]",
                (true, false) => "[ ]",
            };
            let fields = &row.draft.fields;
            let front = cloze::plain(&fields.front);
            let front = text::pad(&text::line(&front, columns.front), columns.front);
            let back = text::pad(&text::line(&fields.back, columns.back), columns.back);
            let mut spans = vec![
                mark,
                Span::styled(format!("{tick} "), theme.key()),
                Span::styled(format!("{word:<9} "), action_style(word, theme)),
                Span::styled(columns.number(row.draft.line), theme.quiet()),
                Span::styled(front, strong),
                Span::raw(format!(" {back}")),
            ];
            if columns.sure > 0 && row.draft.confidence_pct < 100 {
                let sure = format!(" {:>3}%", row.draft.confidence_pct);
                spans.push(Span::styled(sure, theme.warn()));
            }
            Line::from(spans)
        }
        Entry::Rejected(nth) => {
            let error = file.rejected.get(nth as usize)?;
            message("reject", error.line, &error.reason.to_string(), theme.bad())
        }
        Entry::Warning(nth) => {
            let warning = file.warnings.get(nth as usize)?;
            message("warning", warning.line, &warning.message, theme.warn())
        }
        Entry::Report(nth) => message("report", 0, file.reports.get(nth as usize)?, theme.quiet()),
    })
}

fn action_style(action: &str, theme: Theme) -> Style {
    match action {
        "add" => theme.good(),
        "update" | "rename" => theme.new_card(),
        "conflict" | "suggest" => theme.warn(),
        _ => theme.quiet(),
    }
}

/// The chosen line in full, below the table.
fn draw_details(plan: &PlanList, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let rule = "─".repeat(usize::from(area.width.saturating_sub(2)));
    frame.render_widget(Line::styled(format!(" {rule}"), theme.quiet()), row(area, 0));
    let Some((file, entry)) = plan.at(plan.cursor) else {
        frame
            .render_widget(Line::styled("   There is nothing in it.", theme.quiet()), row(area, 1));
        return;
    };
    let word = plan.word(plan.cursor).unwrap_or_default();
    let mut parts = details(file, entry, word);
    if plan.files.len() > 1 {
        parts.push(("file", format!("{} → {}", file.path, file.deck)));
    }
    let cells = usize::from(area.width).saturating_sub(14);
    let height = usize::from(area.height.saturating_sub(1));
    let mut lines = Vec::new();
    for (label, content) in parts.iter().filter(|(_, content)| !content.is_empty()) {
        // One line more than there is room for is enough to see that text goes on.
        let content = text::line(content, cells * height);
        for (nth, line) in text::wrap(&content, cells).into_iter().enumerate() {
            lines.push((if nth == 0 { *label } else { "" }, line));
        }
    }
    let over = lines.len() > height;
    for (y, (label, line)) in lines.into_iter().take(height).enumerate() {
        let line =
            if over && y + 1 == height { text::fit(&format!("{line} …"), cells) } else { line };
        let label = Span::styled(format!("   {label:<9} "), theme.quiet());
        frame.render_widget(Line::from(vec![label, Span::raw(line)]), row(area, y + 1));
    }
}

/// Everything that is known of an entry, what matters most first.
fn details(file: &FilePlan, entry: Entry, word: &'static str) -> Vec<(&'static str, String)> {
    let nth = match entry {
        Entry::Row(nth) | Entry::Rejected(nth) | Entry::Warning(nth) | Entry::Report(nth) => nth,
    } as usize;
    match entry {
        Entry::Row(_) => file.rows.get(nth).map(|row| row_details(row, word)).unwrap_or_default(),
        Entry::Rejected(_) => {
            file.rejected.get(nth).map(|error| ("why", error.to_string())).into_iter().collect()
        }
        Entry::Warning(_) => {
            let at = |warning: &Warning| match warning.line {
                0 => warning.message.clone(),
                line => format!("line {line}: {}", warning.message),
            };
            file.warnings.get(nth).map(|warning| ("warning", at(warning))).into_iter().collect()
        }
        Entry::Report(_) => {
            file.reports.get(nth).map(|report| ("report", report.clone())).into_iter().collect()
        }
    }
}

fn row_details(row: &PlanRow, word: &'static str) -> Vec<(&'static str, String)> {
    let draft = &row.draft;
    let mut place = format!("line {}: {}", draft.line, draft.kind.name());
    if draft.confidence_pct < 100 {
        place = format!("{place}, {} % sure", draft.confidence_pct);
    }
    let why = if row.reason.is_empty() { &draft.reason } else { &row.reason };
    if !why.is_empty() {
        place = format!("{place}, {why}");
    }
    let mut parts = vec![(word, place)];
    parts.extend(Field::ALL.map(|field| (field.name(), draft.fields.text(field))));
    parts
}
