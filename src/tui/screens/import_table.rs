//! Draws the rows of a plan as a table.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::import_rows::{Entry, PlanList};
use super::import_view::row;
use super::{Hit, list_top};
use crate::domain::cloze;
use crate::import::Draft;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

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
        let (line, sure) = if width >= 60 { (7, 6) } else { (0, 0) };
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

/// Which row the table starts with, and how many it has room for below its heading.
fn window(plan: &PlanList, area: Rect) -> (usize, usize) {
    let height = usize::from(area.height.saturating_sub(1));
    (list_top(plan.cursor, plan.len(), height), height)
}

/// Returns the rows that can be clicked.
pub fn hits(plan: &PlanList, area: Rect) -> Vec<(Rect, Hit)> {
    let (top, height) = window(plan, area);
    let shown = (top..plan.len()).take(height).enumerate();
    shown.map(|(y, nth)| (row(area, y + 1), Hit::Row(nth))).collect()
}

/// Draws the table.
pub fn view(plan: &PlanList, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
    let columns = Columns::of(area.width);
    let line = if columns.line > 0 { "  line " } else { "" };
    let sure = if columns.sure > 0 { "  sure" } else { "" };
    let front = text::pad("front", columns.front);
    let back = text::pad("back", columns.back);
    let header = format!("   [x] {:<9} {line}{front} {back}{sure}", "action");
    frame.render_widget(Line::styled(header, theme.quiet()), row(area, 0));
    let (top, height) = window(plan, area);
    for y in 0..height {
        let Some(line) = table_line(plan, top + y, columns, theme) else { break };
        frame.render_widget(line, row(area, y + 1));
    }
}

/// Returns a sign and a number for how sure a reader is; nothing where it is certain.
pub fn confidence(draft: &Draft) -> Option<String> {
    let sign = if draft.is_ticked() { '~' } else { '?' };
    (draft.confidence_pct < 100).then(|| format!("{sign}{:>3}%", draft.confidence_pct))
}

fn table_line(plan: &PlanList, at: usize, columns: Columns, theme: Theme) -> Option<Line<'static>> {
    let (file, entry) = plan.at(at)?;
    let chosen = at == plan.cursor;
    let mark = |changed: bool| {
        let sign = if changed { '*' } else { ' ' };
        Span::styled(format!(" {}{sign}", if chosen { '▸' } else { ' ' }), theme.key())
    };
    let strong = if chosen { theme.strong() } else { Style::new() };
    let message = |word: &'static str, line: u32, message: &str, style: Style| {
        let number = columns.number(line);
        let wide = columns.front + 1 + columns.back;
        Line::from(vec![
            mark(false),
            Span::styled(format!("    {word:<9} {number}"), style),
            Span::styled(text::line(message, wide), strong),
        ])
    };
    let sides = |front: &str, back: &str| {
        let front = text::pad(&text::line(front, columns.front), columns.front);
        let back = text::pad(&text::line(back, columns.back), columns.back);
        [Span::styled(front, strong), Span::raw(format!(" {back}"))]
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
            let mut spans = vec![
                mark(row.draft.decided().said.is_some()),
                Span::styled(format!("{tick} "), theme.key()),
                Span::styled(format!("{word:<9} "), action_style(word, theme)),
                Span::styled(columns.number(row.draft.line), theme.quiet()),
            ];
            spans.extend(sides(&cloze::plain(&row.draft.fields.front), &row.draft.fields.back));
            if let (1.., Some(sure)) = (columns.sure, confidence(&row.draft)) {
                spans.push(Span::styled(format!(" {sure}"), theme.warn()));
            }
            Line::from(spans)
        }
        Entry::Gone(nth) => {
            let gone = file.gone.get(nth as usize)?;
            let number = columns.number(0);
            let mut spans = vec![
                mark(false),
                Span::styled(format!("    {:<9} {number}", "gone"), theme.warn()),
            ];
            spans.extend(sides(&gone.front, &gone.back));
            Line::from(spans)
        }
        Entry::Rejected(nth) => {
            let error = file.rejected.get(nth as usize)?;
            message("reject", error.line, &error.told(), theme.bad())
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
        "add" | "known" => theme.good(),
        "update" | "rename" => theme.new_card(),
        "conflict" | "suggest" => theme.warn(),
        _ => theme.quiet(),
    }
}
