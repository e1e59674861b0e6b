//! What each sheet of the statistics says, row by row.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::stats::Sheet;
use super::stats_charts as charts;
use crate::domain::Day;
use crate::domain::text::plural;
use crate::sched::count::Class;
use crate::session::stats::bars::{self, Bar, time};
use crate::session::stats::{Share, Statistics, Total};
use crate::session::words;
use crate::tui::theme::Theme;
use crate::tui::widgets::text;

/// Rows of columns, and the rows that a sheet must have room for to have them.
const COLUMN_ROWS: usize = 5;
const ROOM_FOR_COLUMNS: usize = 12;

/// Bars of a chart of days at most.
const MOST_BARS: usize = 31;

/// Rows of a sheet as they are gathered.
struct Gathered {
    rows: Vec<Line<'static>>,
    cells: usize,
    room: usize,
    theme: Theme,
}

/// Returns all rows of a sheet, none wider than `cells`; `room` of them are seen at once.
pub fn rows(
    sheet: Sheet,
    found: &Statistics,
    (cells, room): (usize, usize),
    theme: Theme,
) -> Vec<Line<'static>> {
    let mut rows = Gathered { rows: Vec::new(), cells, room, theme };
    match sheet {
        Sheet::Overview => overview(found, &mut rows),
        Sheet::Forecast => forecast(found, &mut rows),
        Sheet::Reviews => reviews(found, &mut rows),
        Sheet::Retention => retention(found, &mut rows),
        Sheet::Cards => cards(found, &mut rows),
        // It is made of other figures.
        Sheet::Outlook => {}
    }
    rows.rows
}

impl Gathered {
    /// Adds a heading, after a blank row where it is not the first.
    fn heading(&mut self, words: &str) {
        if !self.rows.is_empty() {
            self.rows.push(Line::default());
        }
        for row in text::wrap(words, self.cells.saturating_sub(2)) {
            self.rows.push(Line::styled(format!(" {row}"), self.theme.strong()));
        }
    }

    /// Adds words behind a label; what is too long goes on in the next row.
    fn told(&mut self, label: &str, words: &str) {
        const LABEL: usize = 11;
        // A row does not end between a number and its sign.
        let bound = words.replace(" %", "\u{a0}%");
        let rows = text::wrap(&bound, self.cells.saturating_sub(LABEL + 2));
        for (at, row) in rows.iter().enumerate() {
            let label = if at == 0 { label } else { "" };
            self.rows.push(Line::from(vec![
                Span::styled(format!(" {}", text::pad(label, LABEL)), self.theme.quiet()),
                Span::raw(row.replace('\u{a0}', " ")),
            ]));
        }
    }

    fn bars(&mut self, chart: &[Bar]) {
        self.rows.extend(charts::bars(chart, self.cells, self.theme));
    }

    fn columns(&mut self, days: &[(Day, u64)], is_past: bool, words: fn(u64) -> String) {
        let most = self.cells.saturating_sub(14);
        let grouped = bars::grouped(days, most, is_past, sum);
        let values: Vec<u64> = grouped.bars.into_iter().map(|(_, _, value)| value).collect();
        let columns = charts::columns(&values, COLUMN_ROWS, self.cells, words, self.theme);
        if !columns.is_empty() {
            self.rows.extend(columns);
            let caption = format!(" each column: {}", grouped.span);
            self.rows.push(Line::styled(caption, self.theme.quiet()));
        }
    }

    /// Adds days as columns and, newest or next first, with their figures. Days on which
    /// there was nothing have no row of their own.
    fn days(&mut self, days: &[(Day, u64)], is_past: bool, today: Day, words: fn(u64) -> String) {
        if self.room >= ROOM_FOR_COLUMNS {
            self.columns(days, is_past, words);
        }
        let grouped = bars::grouped(days, MOST_BARS, is_past, sum);
        let mut chart: Vec<Bar> = grouped
            .bars
            .into_iter()
            .filter(|(_, _, value)| *value > 0)
            .map(|(first, last, value)| Bar {
                label: bars::days_label(first, last, today),
                value,
                words: words(value),
            })
            .collect();
        if is_past {
            chart.reverse();
        }
        if chart.is_empty() {
            self.rows.push(Line::styled(" none", self.theme.quiet()));
        }
        self.bars(&chart);
    }
}

const fn sum(a: u64, b: u64) -> u64 {
    a.saturating_add(b)
}

/// Returns `91 % (20 of 22)`, or that there was nothing to remember.
fn share(share: Share) -> String {
    match share.pct() {
        Some(pct) => format!("{pct} % ({} of {})", share.part, share.of),
        None => "no reviews".to_owned(),
    }
}

fn done(total: &Total) -> String {
    let answers = plural(total.answers(), "answer");
    format!("{answers}: {}, {} in the drill", plural(total.reviews, "review"), total.drill)
}

fn overview(found: &Statistics, rows: &mut Gathered) {
    let answers = &found.answers;
    let Total { new, time_ms, reviews, .. } = answers.today;
    rows.told("today", &done(&answers.today));
    let again = match reviews {
        0 => String::new(),
        _ => format!(", again {}", share(answers.today.again_rate())),
    };
    rows.told("", &format!("{}, {}{again}", plural(new, "new card"), time(time_ms)));
    rows.told("streak", &words::streak(answers.streak, answers.longest_streak));
    let days = plural(answers.per_day.len() as u32, "day");
    let Total { new, time_ms, .. } = answers.total;
    rows.told(&days, &done(&answers.total));
    let studied = plural(answers.days_studied, "day");
    let spent = time(time_ms);
    rows.told("", &format!("{}, {studied} studied, {spent}", plural(new, "new card")));
    let young = share(answers.passed(Class::Young));
    let mature = share(answers.passed(Class::Mature));
    rows.told("remembered", &format!("young {young}, mature {mature}"));
    let due = |day: usize| found.forecast.days.get(day).map_or(0, |(_, cards)| *cards);
    rows.told(
        "due",
        &format!(
            "{} today, {} of them overdue; {} tomorrow",
            due(0),
            found.forecast.overdue,
            due(1)
        ),
    );
    if answers.total.cram > 0 {
        let Total { cram, cram_ms, .. } = answers.total;
        rows.told("practice", &format!("{}, {}", plural(cram, "answer"), time(cram_ms)));
    }
    if answers.total.imported > 0 {
        let imported = plural(answers.total.imported, "answer");
        rows.told("elsewhere", &format!("{imported} given in another program"));
    }
    rows.rows.push(Line::default());
    rows.rows.extend(charts::calendar(&answers.calendar, rows.cells, rows.theme));
}

fn forecast(found: &Statistics, rows: &mut Gathered) {
    let days = &found.forecast.days;
    let cards = plural(found.forecast.total(), "card");
    let span = plural(days.len() as u32, "day");
    let a_day = f64::from(found.forecast.total()) / days.len().max(1) as f64;
    rows.heading(&format!(
        "{cards} due in {span}, {a_day:.1} a day; {} overdue",
        found.forecast.overdue
    ));
    let days: Vec<(Day, u64)> = days.iter().map(|(day, count)| (*day, (*count).into())).collect();
    rows.days(&days, false, found.to, |cards| cards.to_string());
}

fn reviews(found: &Statistics, rows: &mut Gathered) {
    let answers = &found.answers;
    let span = plural(answers.per_day.len() as u32, "day");
    let a_day = match answers.days_studied {
        0 => String::new(),
        days => {
            let a_day = f64::from(answers.total.reviews) / f64::from(days);
            format!(", {a_day:.1} on a day studied")
        }
    };
    rows.heading(&format!("{} in {span}{a_day}", plural(answers.total.reviews, "review")));
    let days = |of: fn(&Total) -> u64| -> Vec<(Day, u64)> {
        answers.per_day.iter().map(|(day, total)| (*day, of(total))).collect()
    };
    rows.days(&days(|total| total.reviews.into()), true, found.to, |count| count.to_string());
    let mean = answers.total.mean_ms().map(|ms| format!(", {} an answer", time(ms)));
    let spent = time(answers.total.time_ms);
    rows.heading(&format!("{spent} in {span}{}", mean.unwrap_or_default()));
    rows.days(&days(|total| total.time_ms), true, found.to, time);
}

fn retention(found: &Statistics, rows: &mut Gathered) {
    let answers = &found.answers;
    let span = plural(answers.per_day.len() as u32, "day");
    rows.heading(&format!("remembered in {span}, at the first answer of a day"));
    rows.bars(&[
        Bar::share("young", answers.passed(Class::Young)),
        Bar::share("mature", answers.passed(Class::Mature)),
        Bar::share("together", answers.retention()),
    ]);
    rows.heading("by grade");
    let header = format!(" {:<8}{:>7}{:>7}{:>7}", "", "new", "young", "mature");
    rows.rows.push(Line::styled(header, rows.theme.quiet()));
    let names = ["0 again", "1 again", "2 again", "3 hard", "4 good", "5 easy"];
    let total = |grade: usize| answers.grades.iter().map(|of| u64::from(of[grade])).sum::<u64>();
    let most = (0..names.len()).map(total).max().unwrap_or(0);
    let room = rows.cells.saturating_sub(8 + 3 * 7 + 4).min(40);
    for (grade, name) in names.iter().enumerate() {
        // With four buttons nobody can answer 0 or 1.
        if grade < 2 && total(grade) == 0 {
            continue;
        }
        let mut spans = vec![Span::styled(format!(" {name:<8}"), rows.theme.quiet())];
        for of in &answers.grades {
            let style = if of[grade] == 0 { rows.theme.quiet() } else { Style::new() };
            spans.push(Span::styled(format!("{:>7}", of[grade]), style));
        }
        let bar = charts::lying(total(grade), most, room);
        spans.push(Span::styled(format!("  {bar}"), rows.theme.good()));
        rows.rows.push(Line::from(spans));
    }
    rows.heading("by hour of the day, new cards left out");
    let hours = answers.hours.iter().zip(0..).filter(|(share, _)| share.of > 0);
    let hours = hours.map(|(share, hour): (_, u8)| Bar::share(format!("{hour:02} h"), *share));
    let hours: Vec<Bar> = hours.collect();
    if hours.is_empty() {
        rows.rows.push(Line::styled(" none", rows.theme.quiet()));
    }
    rows.bars(&hours);
}

fn cards(found: &Statistics, rows: &mut Gathered) {
    let cards = &found.cards;
    rows.heading(&plural(cards.total(), "card"));
    rows.bars(&[
        Bar::of("new", cards.new.into()),
        Bar::of("young", cards.young.into()),
        Bar::of("mature", cards.mature.into()),
        Bar::of("suspended", cards.suspended.into()),
    ]);
    rows.heading("intervals");
    rows.bars(&bars::intervals(&cards.intervals));
    rows.heading("eases");
    rows.bars(&bars::eases(&cards.eases));
    let s = if cards.leeches == 1 { "" } else { "es" };
    rows.heading(&format!("{} leech{s}: cards that keep being forgotten", cards.leeches));
    for leech in &cards.worst {
        let words = format!(
            "{}, ease {}.{:02}",
            plural(leech.lapses, "lapse"),
            leech.ease_centi / 100,
            leech.ease_centi % 100
        );
        let room = rows.cells.saturating_sub(words.len() + 4);
        let question = text::pad(&text::line(&leech.question, room), room);
        rows.rows.push(Line::from(vec![
            Span::raw(format!(" {question}  ")),
            Span::styled(words, rows.theme.quiet()),
        ]));
    }
    let span = plural(cards.added.len() as u32, "day");
    rows.heading(&format!("{} added in {span}", plural(cards.added_total(), "card")));
    let added: Vec<(Day, u64)> =
        cards.added.iter().map(|(day, count)| (*day, (*count).into())).collect();
    rows.days(&added, true, found.to, |count| count.to_string());
}
