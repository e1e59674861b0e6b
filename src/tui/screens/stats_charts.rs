//! Charts drawn in cells. Each figure stands beside its bar as a number, too: nothing
//! is told by length or colour alone.

use ratatui::text::{Line, Span};

use crate::domain::Day;
use crate::domain::text::plural;
use crate::session::stats::bars::Bar;
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::STANDING;
use crate::tui::widgets::text;

/// Cells of the longest bar.
const LONGEST: usize = 60;

/// Eighths of a cell, from the left.
const LYING: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// Returns how many eighths of `cells` cells `value` takes where `most` takes all:
/// what is not nothing takes one at least.
const fn eighths(value: u64, most: u64, cells: usize) -> usize {
    if value == 0 || most == 0 {
        return 0;
    }
    let eighths = value as u128 * cells as u128 * 8 / most as u128;
    if eighths == 0 { 1 } else { eighths as usize }
}

/// Returns a bar of at most `cells` cells that lies on one row.
pub fn lying(value: u64, most: u64, cells: usize) -> String {
    let eighths = eighths(value, most, cells);
    "█".repeat(eighths / 8) + LYING[eighths % 8]
}

/// Returns a row for each bar, with its label and its figure, in `cells` cells.
pub fn bars(chart: &[Bar], cells: usize, theme: Theme) -> Vec<Line<'static>> {
    let most = chart.iter().map(|bar| bar.value).max().unwrap_or(0);
    let widest =
        |of: fn(&Bar) -> &str| chart.iter().map(|bar| text::width(of(bar))).max().unwrap_or(0);
    let words = widest(|bar| &bar.words);
    let label = widest(|bar| &bar.label).min(cells.saturating_sub(words + 6));
    let room = cells.saturating_sub(label + words + 6).min(LONGEST);
    let row = |bar: &Bar| {
        let blanks = " ".repeat(words - text::width(&bar.words));
        let style = if bar.value == 0 { theme.quiet() } else { theme.strong() };
        Line::from(vec![
            Span::styled(format!(" {}  ", text::pad(&bar.label, label)), theme.quiet()),
            Span::styled(format!("{blanks}{}  ", bar.words), style),
            Span::styled(lying(bar.value, most, room), theme.good()),
        ])
    };
    chart.iter().map(row).collect()
}

/// Returns columns that stand beside one another on `height` rows, the greatest value
/// in `words` beside the top; nothing where there is no room for each of them.
pub fn columns(
    values: &[u64],
    height: usize,
    cells: usize,
    words: fn(u64) -> String,
    theme: Theme,
) -> Vec<Line<'static>> {
    let most = values.iter().copied().max().unwrap_or(0);
    let scale = words(most);
    let room = cells.saturating_sub(scale.len() + 4);
    if most == 0 || values.len() > room {
        return Vec::new();
    }
    let wide = (room / values.len()).clamp(1, 4);
    // A gap between two columns, where there is room for one.
    let (wide, gap) = if wide > 1 { (wide - 1, " ") } else { (1, "") };
    (0..height)
        .rev()
        .map(|row| {
            let beside = match row {
                _ if row + 1 == height => scale.clone(),
                0 => words(0),
                _ => String::new(),
            };
            let mut drawn = String::new();
            for value in values {
                let level = eighths(*value, most, height).saturating_sub(row * 8).min(8);
                drawn.push_str(&STANDING[level].repeat(wide));
                drawn.push_str(gap);
            }
            Line::from(vec![
                Span::styled(format!(" {beside:>width$} │", width = scale.len()), theme.quiet()),
                Span::styled(drawn.trim_end().to_owned(), theme.good()),
            ])
        })
        .collect()
}

/// Signs of the calendar: nothing, and four levels. They differ without colour.
const SIGNS: [&str; 5] = ["·", "░", "▒", "▓", "█"];

/// Days of the week, Monday first.
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Returns a calendar of weeks by weekdays in `cells` cells, with the months above and
/// what the signs mean below. `days` begin with a Monday; where there is no room for
/// all weeks, the newest are shown.
pub fn calendar(days: &[(Day, u32)], cells: usize, theme: Theme) -> Vec<Line<'static>> {
    let weeks: Vec<&[(Day, u32)]> = days.chunks(7).collect();
    let room = cells.saturating_sub(6);
    let wide = if room >= 2 * weeks.len() { 2 } else { 1 };
    let weeks = &weeks[weeks.len().saturating_sub(room / wide)..];
    let shown = || weeks.iter().flat_map(|week| week.iter());
    let most = shown().map(|(_, count)| *count).max().unwrap_or(0);
    let level = |count: u32| match most {
        0 => 0,
        most => (u64::from(count) * 4).div_ceil(u64::from(most)) as usize,
    };
    let mut rows = vec![months(weeks, wide, theme)];
    for (weekday, name) in WEEKDAYS.iter().enumerate() {
        let mut spans = vec![Span::styled(format!(" {name} "), theme.quiet())];
        for (_, count) in weeks.iter().filter_map(|week| week.get(weekday)) {
            let level = level(*count);
            let style = if level == 0 { theme.quiet() } else { theme.good() };
            spans.push(Span::styled(format!("{}{}", SIGNS[level], &"  "[..wide - 1]), style));
        }
        rows.push(Line::from(spans));
    }
    rows.push(legend(most, weeks.len(), cells, theme));
    rows
}

/// Returns the names of the months, each above the week in which it begins.
fn months(weeks: &[&[(Day, u32)]], wide: usize, theme: Theme) -> Line<'static> {
    let mut names = " ".repeat(5);
    let mut before = None;
    for (at, week) in weeks.iter().enumerate() {
        let Some((first, _)) = week.first() else { continue };
        let month = first.date().format("%b").to_string();
        let place = 5 + at * wide;
        let is_new = before.as_ref().is_some_and(|before| *before != month);
        if is_new && names.len() < place && at + 3 / wide <= weeks.len() {
            names.push_str(&" ".repeat(place - names.len()));
            names.push_str(&month);
        }
        before = Some(month);
    }
    Line::styled(names, theme.quiet())
}

/// Returns what the signs mean: answers a day, up to a number.
fn legend(most: u32, weeks: usize, cells: usize, theme: Theme) -> Line<'static> {
    let mut levels: Vec<(u64, &str)> =
        (1..).zip(&SIGNS[1..]).map(|(level, sign)| (u64::from(most) * level / 4, *sign)).collect();
    // Of few answers a day, some levels hold none.
    levels.dedup_by_key(|(to, _)| *to);
    levels.retain(|(to, _)| *to > 0);
    let levels = levels.iter().map(|(to, sign)| format!("  {sign} ≤{to}"));
    let mut words = std::iter::once(" · 0".to_owned()).chain(levels).collect::<String>();
    for more in [" answers a day", &format!(", {}", plural(weeks, "week"))] {
        if text::width(&words) + text::width(more) < cells {
            words.push_str(more);
        }
    }
    Line::styled(words, theme.quiet())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(lines: &[Line<'_>]) -> Vec<String> {
        lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_bar_grows_by_eighths_and_something_is_never_nothing() {
        for (value, most, want) in [
            (0, 9, ""),
            (1, 1_000_000, "▏"),
            (1, 2, "██"),
            (9, 9, "████"),
            (5, 16, "█▎"),
            (0, 0, ""),
            (u64::MAX, u64::MAX, "████"),
        ] {
            assert_eq!(lying(value, most, 4), want, "{value} of {most}");
        }
    }

    #[test]
    fn every_bar_has_its_label_and_its_figure_and_fits() {
        let chart = [Bar::of("语言", 12), Bar::of("a longer label", 3)];
        for cells in [8, 20, 40, 200] {
            let rows = plain(&bars(&chart, cells, Theme::new(true)));
            assert!(rows[0].contains("12") && rows[1].contains('3'), "{rows:?}");
            assert!(rows.iter().all(|row| text::width(row) <= cells.max(13)), "{cells}: {rows:?}");
        }
    }

    #[test]
    fn columns_name_the_greatest_value() {
        let whole: fn(u64) -> String = |value| value.to_string();
        let rows = plain(&columns(&[1, 0, 4], 2, 20, whole, Theme::new(false)));
        assert_eq!(rows, [" 4 │        ███", " 0 │▄▄▄     ███"]);
        assert!(columns(&[1; 30], 2, 20, whole, Theme::new(false)).is_empty(), "no room");
        assert!(columns(&[0, 0], 2, 20, whole, Theme::new(false)).is_empty(), "nothing to draw");
    }

    #[test]
    fn the_calendar_tells_levels_by_signs() {
        let monday: Day = "2026-11-02".parse().unwrap();
        let counts = [0, 1, 2, 3, 4, 5, 6, 7, 8];
        let days: Vec<(Day, u32)> =
            counts.iter().zip(0..).map(|(count, day)| (monday.shift(day), *count)).collect();
        let rows = plain(&calendar(&days, 60, Theme::new(true)));
        assert_eq!(rows[1], " Mon · █ ");
        assert_eq!(rows[2], " Tue ░ █ ");
        assert_eq!(rows[3], " Wed ░ ");
        assert_eq!(rows[8], " · 0  ░ ≤2  ▒ ≤4  ▓ ≤6  █ ≤8 answers a day, 2 weeks");
        let narrow = plain(&calendar(&days, 7, Theme::new(true)));
        assert_eq!(narrow[1], " Mon █", "the newest week");
        let once = plain(&calendar(&[(monday, 1)], 60, Theme::new(true)));
        assert_eq!(once[1], " Mon █ ");
        assert_eq!(once[8], " · 0  █ ≤1 answers a day, 1 week");
    }
}
