//! Numbers, dates and times of cells, written as people do.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

/// Dates after the year 9999 are none.
const LAST_DATE: f64 = 2_958_466.0;

/// Formats with a number of their own that show dates or times, by ranges.
const DATES: [(u32, u32); 5] = [(14, 22), (27, 36), (45, 45), (47, 47), (50, 58)];

/// The format with a number of its own that shows hours beyond a day.
const DURATION: u32 = 46;

/// What a number stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shape {
    #[default]
    Number,
    /// Days since 1900 or 1904.
    Date,
    /// Days that are shown as hours.
    Duration,
}

/// What the numbers of cells stand for, by their styles.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    named: HashMap<u32, Shape>,
    styles: Vec<Shape>,
}

impl Shapes {
    /// Learns a format that the workbook defines.
    pub(super) fn name(&mut self, id: &str, format: &str) {
        if let Ok(id) = id.parse() {
            self.named.insert(id, Shape::of(format));
        }
    }

    /// Learns the format of the next style.
    pub(super) fn style(&mut self, id: &str) {
        let id = id.parse().unwrap_or(0);
        let known = || match id {
            DURATION => Shape::Duration,
            id if DATES.iter().any(|(from, to)| (*from..=*to).contains(&id)) => Shape::Date,
            _ => Shape::Number,
        };
        self.styles.push(self.named.get(&id).copied().unwrap_or_else(known));
    }

    pub(super) fn get(&self, style: usize) -> Shape {
        self.styles.get(style).copied().unwrap_or_default()
    }
}

impl Shape {
    /// Returns what a format such as `yyyy-mm-dd` or `[h]:mm` shows.
    fn of(format: &str) -> Self {
        // The first part is for positive numbers.
        let mut chars = format.chars();
        let mut is_date = false;
        while let Some(c) = chars.next() {
            match c {
                ';' => break,
                '\\' | '_' | '*' => _ = chars.next(),
                '"' => _ = chars.by_ref().find(|c| *c == '"'),
                '[' => {
                    let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    let is_time = |c: char| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's');
                    if !inner.is_empty() && inner.chars().all(is_time) {
                        return Self::Duration;
                    }
                }
                'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => is_date = true,
                _ => {}
            }
        }
        if is_date { Self::Date } else { Self::Number }
    }

    /// Returns days as this shape shows them; a number where they are no date.
    pub(super) fn show(self, days: f64, is_1904: bool) -> String {
        if self == Self::Number || !(0.0..LAST_DATE).contains(&days) {
            return number(days);
        }
        let seconds = (days * 86_400.0).round() as u64;
        if self == Self::Duration {
            let (hours, rest) = (seconds / 3600, seconds % 3600);
            return format!("{hours}:{:02}:{:02}", rest / 60, rest % 60);
        }
        let (day, rest) = (seconds / 86_400, seconds % 86_400);
        let time = match (rest / 3600, rest / 60 % 60, rest % 60) {
            (0, 0, 0) => String::new(),
            (hour, minute, 0) => format!("{hour:02}:{minute:02}"),
            (hour, minute, second) => format!("{hour:02}:{minute:02}:{second:02}"),
        };
        if day == 0 && !time.is_empty() {
            return time;
        }
        // The 29th of February 1900, which Excel counts, never was.
        let first = match (is_1904, day < 61) {
            (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1),
            (false, true) => NaiveDate::from_ymd_opt(1899, 12, 31),
            (false, false) => NaiveDate::from_ymd_opt(1899, 12, 30),
        };
        let date = first.and_then(|first| first.checked_add_days(Days::new(day)));
        date.map_or_else(|| number(days), |date| format!("{date} {time}").trim_end().to_owned())
    }
}

/// Returns a number without `.0` and without the noise of binary fractions.
pub(super) fn number(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:.0}");
    }
    // Fifteen digits are what a cell keeps: 0.1 + 0.2 is 0.3.
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if (1e-7..1e15).contains(&rounded.abs()) {
        format!("{rounded}")
    } else {
        format!("{rounded:e}")
    }
}

/// Returns a date as people read it: no `T`, no midnight.
pub(super) fn date(iso: &str) -> String {
    let text = iso.trim().replace('T', " ");
    text.strip_suffix(" 00:00:00").unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_are_written_as_people_do() {
        for (value, text) in [
            (3.0, "3"),
            (0.5, "0.5"),
            (0.1 + 0.2, "0.3"),
            (-12.0, "-12"),
            (1e300, "1e300"),
            (0.0, "0"),
        ] {
            assert_eq!(number(value), text);
        }
        assert_eq!(date("2026-11-23T00:00:00"), "2026-11-23");
        assert_eq!(date("2026-11-23T08:30:00"), "2026-11-23 08:30:00");
    }

    #[test]
    fn days_are_shown_as_their_format_says() {
        let show = |format, days| Shape::of(format).show(days, false);
        for (format, days, text) in [
            ("yyyy-mm-dd", 46_349.0, "2026-11-23"),
            ("d/m/yy h:mm", 46_349.5, "2026-11-23 12:00"),
            ("h:mm:ss AM/PM", 0.25, "06:00"),
            ("dd.mm.yyyy", 1.0, "1900-01-01"),
            ("dd.mm.yyyy", 61.0, "1900-03-01"),
            ("[h]:mm", 1.5, "36:00:00"),
            ("0.00", 1.5, "1.5"),
            ("General", 46_349.0, "46349"),
            ("[Red]0 \"days\"", 3.0, "3"),
            ("0\\d", 3.0, "3"),
            ("yyyy", 1e12, "1000000000000"),
            ("yyyy", -1.0, "-1"),
        ] {
            assert_eq!(show(format, days), text, "{format}");
        }
        assert_eq!(Shape::Date.show(0.0, true), "1904-01-01");
    }
}
