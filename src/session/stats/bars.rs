//! Figures as bars: what stands beside each, and how days are put together where
//! there is no room for each of them.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::Share;
use crate::domain::Day;

/// One bar of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// How long it is.
    pub value: u64,
    /// The figure in words.
    pub words: String,
}

impl Bar {
    /// Returns a bar whose words are its value.
    #[must_use]
    pub fn of(label: impl Into<String>, value: u64) -> Self {
        Self { label: label.into(), value, words: value.to_string() }
    }

    /// Returns the bar of a share: as long as its percentage, which it also tells.
    #[must_use]
    pub fn share(label: impl Into<String>, share: Share) -> Self {
        let words = match share.pct() {
            Some(pct) => format!("{pct} % of {}", share.of),
            None => "none".to_owned(),
        };
        Self { label: label.into(), value: share.pct().unwrap_or(0).into(), words }
    }
}

/// Days in one bar, and what to call them.
const SPANS: [(usize, &str); 6] = [
    (1, "1 day"),
    (7, "1 week"),
    (28, "4 weeks"),
    (91, "13 weeks"),
    (364, "52 weeks"),
    (3_640, "10 years"),
];

/// Days put together so that they are at most `most` bars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouped<T> {
    /// Days in each bar: `1 day`, `4 weeks`, ...
    pub span: &'static str,
    /// The first and the last day of each bar, and what they come to.
    pub bars: Vec<(Day, Day, T)>,
}

/// Puts days together so that they are at most `most` bars. The bar of the `newest`
/// end is whole, where it is asked for, else the first one.
#[must_use]
pub fn grouped<T: Copy>(
    days: &[(Day, T)],
    most: usize,
    ends_whole: bool,
    add: impl Fn(T, T) -> T,
) -> Grouped<T> {
    let bars_of = |span: usize| days.len().div_ceil(span);
    let fits = SPANS.into_iter().find(|(span, _)| bars_of(*span) <= most.max(1));
    let (span_d, span) = fits.unwrap_or(SPANS[SPANS.len() - 1]);
    let cut = if ends_whole { days.len() % span_d } else { 0 };
    let (first, rest) = days.split_at(cut);
    let bars = std::iter::once(first)
        .filter(|first| !first.is_empty())
        .chain(rest.chunks(span_d))
        .filter_map(|chunk| {
            let sum = chunk.iter().map(|(_, value)| *value).reduce(&add)?;
            Some((chunk.first()?.0, chunk.last()?.0, sum))
        })
        .collect();
    Grouped { span, bars }
}

/// Returns what stands beside the bar of some days: `Mon 23 Nov`, `23 Nov - 29 Nov`,
/// with the year where it is not that of `today`.
#[must_use]
pub fn days_label(first: Day, last: Day, today: Day) -> String {
    let year = |day: Day| {
        if day.date().year() == today.date().year() { "" } else { " %Y" }
    };
    if first == last {
        return first.date().format(&format!("%a %e %b{}", year(first))).to_string();
    }
    let first = first.date().format("%e %b");
    format!("{first} - {}", last.date().format(&format!("%e %b{}", year(last))))
}

/// The last interval of each bar, in days; a longer one goes to the last bar.
const INTERVALS: [(u32, &str); 11] = [
    (1, "1 day"),
    (3, "2-3 days"),
    (6, "4-6 days"),
    (13, "1 week"),
    (20, "2 weeks"),
    (30, "3-4 weeks"),
    (60, "1 month"),
    (90, "2 months"),
    (182, "3-5 months"),
    (364, "6-11 months"),
    (u32::MAX, "a year, more"),
];

/// The last ease of each bar, in hundredths.
const EASES: [(u32, &str); 8] = [
    (149, "1.30-1.49"),
    (174, "1.50-1.74"),
    (199, "1.75-1.99"),
    (224, "2.00-2.24"),
    (249, "2.25-2.49"),
    (274, "2.50-2.74"),
    (299, "2.75-2.99"),
    (u32::MAX, "3.00, more"),
];

/// Returns intervals in days as bars.
#[must_use]
pub fn intervals(counts: &BTreeMap<u32, u32>) -> Vec<Bar> {
    binned(counts, &INTERVALS)
}

/// Returns eases in hundredths as bars.
#[must_use]
pub fn eases(counts: &BTreeMap<u32, u32>) -> Vec<Bar> {
    binned(counts, &EASES)
}

fn binned(counts: &BTreeMap<u32, u32>, bins: &[(u32, &str)]) -> Vec<Bar> {
    let mut above = 0;
    bins.iter()
        .map(|&(last, label)| {
            let sum = counts.range(above..=last).map(|(_, count)| u64::from(*count)).sum();
            above = last.saturating_add(1);
            Bar::of(label, sum)
        })
        .collect()
}

/// Returns a time for people: `40 s`, `12 min`, `1 h 05 min`.
#[must_use]
pub fn time(ms: u64) -> String {
    let seconds = (ms + 500) / 1_000;
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", (seconds + 30) / 60),
        _ => {
            let minutes = (seconds + 30) / 60;
            format!("{} h {:02} min", minutes / 60, minutes % 60)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(count: i32) -> Vec<(Day, u32)> {
        (0..count).map(|day| (Day(day), 1)).collect()
    }

    #[test]
    fn days_are_put_together_until_there_is_room() {
        let cases: [(i32, usize, bool, &str, &[u32]); 7] = [
            (5, 10, true, "1 day", &[1, 1, 1, 1, 1]),
            (16, 10, true, "1 week", &[2, 7, 7]),
            (16, 10, false, "1 week", &[7, 7, 2]),
            (14, 2, true, "1 week", &[7, 7]),
            (365, 20, true, "4 weeks", &[1, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28]),
            (1, 0, true, "1 day", &[1]),
            (0, 9, true, "1 day", &[]),
        ];
        for (count, most, ends_whole, span, sums) in cases {
            let found = grouped(&days(count), most, ends_whole, |a, b| a + b);
            let bars: Vec<u32> = found.bars.iter().map(|(_, _, sum)| *sum).collect();
            assert_eq!((found.span, bars.as_slice()), (span, sums), "{count} days in {most}");
        }
        let found = grouped(&days(16), 10, true, |a, b| a + b);
        assert_eq!(found.bars[1], (Day(2), Day(8), 7));
    }

    #[test]
    fn every_interval_and_ease_is_in_one_bar() {
        let counts = BTreeMap::from([(0, 1), (1, 2), (6, 4), (7, 8), (21, 16), (36_500, 32)]);
        let bars = intervals(&counts);
        assert_eq!(bars.iter().map(|bar| bar.value).sum::<u64>(), 63);
        assert_eq!((bars[0].value, bars[2].value, bars[10].value), (3, 4, 32));
        let bars = eases(&BTreeMap::from([(130, 1), (250, 2), (300, 4), (4_000, 8)]));
        let values: Vec<u64> = bars.iter().map(|bar| bar.value).collect();
        assert_eq!(values, [1, 0, 0, 0, 0, 2, 0, 12]);
    }

    #[test]
    fn times_are_told_as_people_do() {
        for (ms, want) in [
            (0, "0 s"),
            (59_400, "59 s"),
            (59_600, "1 min"),
            (3_569_000, "59 min"),
            (3_599_000, "60 min"),
            (3_900_000, "1 h 05 min"),
            (360_000_000, "100 h 00 min"),
        ] {
            assert_eq!(time(ms), want, "{ms}");
        }
    }

    #[test]
    fn days_are_named_with_a_year_only_where_it_is_another() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let today = day("2026-11-23");
        let cases = [
            ("2026-11-23", "2026-11-23", "Mon 23 Nov"),
            ("2026-11-02", "2026-11-08", " 2 Nov -  8 Nov"),
            ("2025-12-29", "2026-01-04", "29 Dec -  4 Jan"),
            ("2025-12-01", "2025-12-07", " 1 Dec -  7 Dec 2025"),
        ];
        for (first, last, want) in cases {
            assert_eq!(days_label(day(first), day(last), today), want);
        }
    }
}
