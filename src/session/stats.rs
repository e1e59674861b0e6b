//! Statistics as values: what was done, what it came to, what is to come.
//!
//! They are made of sums and outlines of cards that somebody else reads; here is what
//! they mean. Practice ([`Class::Cram`]) and answers given in another program
//! ([`Class::Imported`]) are told apart and are part of no other figure, but that the
//! calendar shows the latter.

pub mod bars;

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Day, DeckName};
use crate::sched::count::{Class, MATURE_D, Sum};

/// Weeks that the calendar shows: a year, and the one that runs.
pub const CALENDAR_WEEKS: u32 = 53;

/// The longest range in days: no log is older, whatever its clock said.
pub const MAX_DAYS: u32 = 36_500;

/// The shortest and the longest forecast in days.
const FORECAST_D: (u32, u32) = (30, 365);

/// What statistics are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The deck, with those below it; `None`: all.
    pub deck: Option<DeckName>,
    /// Days up to today; `None`: all since the first answer.
    pub days: Option<u32>,
}

impl Request {
    /// Returns the first day of the range, given the first day with an answer.
    #[must_use]
    pub fn from(&self, today: Day, first: Option<Day>) -> Day {
        let oldest = today.shift(-(MAX_DAYS as i32 - 1));
        match self.days {
            Some(days) => today.shift(-(days.clamp(1, MAX_DAYS) as i32 - 1)),
            None => first.unwrap_or(today).clamp(oldest, today),
        }
    }

    /// Returns how many days the forecast spans, today included.
    #[must_use]
    pub fn forecast_d(&self) -> u32 {
        self.days.unwrap_or(FORECAST_D.1).clamp(FORECAST_D.0, FORECAST_D.1)
    }
}

/// A part of a whole, both counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub part: u32,
    /// The whole.
    pub of: u32,
}

impl Share {
    /// Returns the part as a number from 0 to 1, unless the whole is nothing.
    #[must_use]
    pub fn ratio(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.part) / f64::from(self.of))
    }

    /// Returns the part in percent, rounded, unless the whole is nothing.
    #[must_use]
    pub fn pct(self) -> Option<u32> {
        let (part, of) = (u64::from(self.part), u64::from(self.of));
        (of > 0).then(|| ((part * 200 + of) / (2 * of)) as u32)
    }

    fn add(&mut self, is_part: bool, count: u32) {
        self.of = self.of.saturating_add(count);
        self.part = self.part.saturating_add(if is_part { count } else { 0 });
    }

    /// Returns both counted together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self { part: self.part.saturating_add(other.part), of: self.of.saturating_add(other.of) }
    }
}

/// What was done on a day or in a range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Total {
    /// The first counted answer of each card and day.
    pub reviews: u32,
    /// Those of them that were a card's very first.
    pub new: u32,
    /// Those of them below grade 3.
    pub again: u32,
    /// Further answers of the same day.
    pub drill: u32,
    /// Time of reviews and drill, in milliseconds.
    pub time_ms: u64,
    /// Practice ahead of time.
    pub cram: u32,
    /// Its time.
    pub cram_ms: u64,
    /// Given in another program.
    pub imported: u32,
}

impl Total {
    /// Returns reviews and drill together.
    #[must_use]
    pub const fn answers(&self) -> u32 {
        self.reviews.saturating_add(self.drill)
    }

    /// Returns the share of reviews that failed.
    #[must_use]
    pub const fn again_rate(&self) -> Share {
        Share { part: self.again, of: self.reviews }
    }

    /// Returns the mean time of an answer in milliseconds, if there was one.
    #[must_use]
    pub fn mean_ms(&self) -> Option<u64> {
        self.time_ms.checked_div(u64::from(self.answers()))
    }

    fn add(&mut self, sum: &Sum) {
        let add = |count: &mut u32| *count = count.saturating_add(sum.answers);
        match sum.class {
            Class::Cram => {
                add(&mut self.cram);
                self.cram_ms += sum.ms;
                return;
            }
            Class::Imported => return add(&mut self.imported),
            Class::Drill => add(&mut self.drill),
            Class::New | Class::Young | Class::Mature => add(&mut self.reviews),
        }
        if sum.class == Class::New {
            add(&mut self.new);
        }
        if sum.class.is_review() && !sum.grade.is_pass() {
            add(&mut self.again);
        }
        self.time_ms += sum.ms;
    }
}

/// What statistics say of the answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Today.
    pub today: Total,
    /// The whole range.
    pub total: Total,
    /// Each day of the range, oldest first.
    pub per_day: Vec<(Day, Total)>,
    /// Days of the range with a review or a drill.
    pub days_studied: u32,
    /// Study days in a row, up to today or yesterday.
    pub streak: u32,
    /// The longest such row ever.
    pub longest_streak: u32,
    /// Answers a day, drill and other programs included, for [`CALENDAR_WEEKS`] weeks
    /// from a Monday on, up to today.
    pub calendar: Vec<(Day, u32)>,
    /// Reviews of the range by grade, 0 to 5: of new, young and mature cards.
    pub grades: [[u32; 6]; 3],
    /// Reviews of the range by hour of the day that passed; new cards left out.
    pub hours: [Share; 24],
}

impl Answers {
    /// Returns how many reviews of cards of a class passed.
    #[must_use]
    pub fn passed(&self, class: Class) -> Share {
        let Some(grades) = self.grades.get(class as usize) else { return Share::default() };
        Share { part: grades[3..].iter().sum(), of: grades.iter().sum() }
    }

    /// Returns how many reviews of young and mature cards passed.
    #[must_use]
    pub fn retention(&self) -> Share {
        self.passed(Class::Young).plus(self.passed(Class::Mature))
    }

    /// Adds sums up, for the range from `from` to `today`. `sums` reach back to
    /// [`calendar_start`] at least; `older` are the days studied before them.
    #[must_use]
    pub fn of(
        sums: impl IntoIterator<Item = Sum>,
        older: impl IntoIterator<Item = Day>,
        from: Day,
        today: Day,
        is_off: impl Fn(Day) -> bool,
    ) -> Self {
        let days = |from: Day| (0..=today.since(from).max(0)).map(move |day| from.shift(day));
        let mut answers = Self {
            per_day: days(from).map(|day| (day, Total::default())).collect(),
            calendar: days(calendar_start(today)).map(|day| (day, 0)).collect(),
            ..Self::default()
        };
        let mut studied: BTreeSet<Day> = older.into_iter().collect();
        for sum in sums {
            if sum.class.is_study() {
                studied.insert(sum.day);
            }
            answers.add(&sum, from, today);
        }
        answers.days_studied = studied.range(from..=today.max(from)).count() as u32;
        (answers.streak, answers.longest_streak) = streaks(&studied, today, is_off);
        answers
    }

    fn add(&mut self, sum: &Sum, from: Day, today: Day) {
        if sum.class != Class::Cram
            && let Some((_, count)) = at(&mut self.calendar, sum.day)
        {
            *count = count.saturating_add(sum.answers);
        }
        if sum.day == today {
            self.today.add(sum);
        }
        if sum.day < from || sum.day > today {
            return;
        }
        self.total.add(sum);
        if let Some((_, total)) = at(&mut self.per_day, sum.day) {
            total.add(sum);
        }
        if let Some(grades) = self.grades.get_mut(sum.class as usize) {
            let count = &mut grades[usize::from(sum.grade.raw())];
            *count = count.saturating_add(sum.answers);
        }
        if matches!(sum.class, Class::Young | Class::Mature) {
            self.hours[usize::from(sum.hour) % 24].add(sum.grade.is_pass(), sum.answers);
        }
    }
}

/// Returns the entry of a day in a list of days without a gap.
fn at<T>(days: &mut [(Day, T)], day: Day) -> Option<&mut (Day, T)> {
    let position = usize::try_from(day.since(days.first()?.0)).ok()?;
    days.get_mut(position)
}

/// Returns the Monday with which the calendar begins.
#[must_use]
pub fn calendar_start(today: Day) -> Day {
    // 1970-01-01 was a Thursday.
    let since_monday = today.shift(3).0.rem_euclid(7);
    today.shift(-since_monday - 7 * (CALENDAR_WEEKS as i32 - 1))
}

/// Returns the study days in a row up to `today` or the day before, and the longest
/// such row ever. Days off may lie between the days of a row.
fn streaks(studied: &BTreeSet<Day>, today: Day, is_off: impl Fn(Day) -> bool) -> (u32, u32) {
    let follows = |before: Day, day: Day| (before.0 + 1..day.0).all(|between| is_off(Day(between)));
    let (mut longest, mut run, mut before) = (0, 0, None);
    for day in studied.range(..=today) {
        run = if before.is_some_and(|before| follows(before, *day)) { run + 1 } else { 1 };
        longest = longest.max(run);
        before = Some(*day);
    }
    let lasts = before.is_some_and(|before| before == today || follows(before, today));
    (if lasts { run } else { 0 }, longest)
}

/// What comes due.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// Cards due before today that still wait.
    pub overdue: u32,
    /// Cards due on each day from today on; the first one includes the overdue.
    pub days: Vec<(Day, u32)>,
}

impl Forecast {
    /// Adds up what is due by day, for `days` days from `today` on.
    #[must_use]
    pub fn of(due: impl IntoIterator<Item = (Day, u32)>, today: Day, days: u32) -> Self {
        let mut forecast =
            Self { overdue: 0, days: (0..days as i32).map(|day| (today.shift(day), 0)).collect() };
        for (day, cards) in due {
            if day < today {
                forecast.overdue = forecast.overdue.saturating_add(cards);
            }
            if let Some((_, count)) = at(&mut forecast.days, day.max(today)) {
                *count = count.saturating_add(cards);
            }
        }
        forecast
    }

    /// Returns how many cards come due in all those days.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.days.iter().map(|(_, cards)| cards).sum()
    }
}

/// A card that keeps being forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeechLine {
    /// What it asks.
    pub question: String,
    /// Its lapses.
    pub lapses: u32,
    /// Its ease in hundredths.
    pub ease_centi: u32,
}

/// What statistics say of the cards as they are now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cards {
    /// Never answered.
    pub new: u32,
    /// With an interval of less than [`MATURE_D`] days.
    pub young: u32,
    /// With a longer one.
    pub mature: u32,
    /// Suspended, whatever else they are.
    pub suspended: u32,
    /// Young and mature cards by interval in days.
    pub intervals: BTreeMap<u32, u32>,
    /// Young and mature cards by ease in hundredths.
    pub eases: BTreeMap<u32, u32>,
    /// Cards that keep being forgotten.
    pub leeches: u32,
    /// The worst of them.
    pub worst: Vec<LeechLine>,
    /// Cards added on each day of the range, oldest first.
    pub added: Vec<(Day, u32)>,
}

/// A card as statistics see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardFigures {
    /// The day it was added.
    pub added: Day,
    /// Whether it was never answered.
    pub is_new: bool,
    /// Whether it is suspended.
    pub is_suspended: bool,
    /// Whether it keeps being forgotten.
    pub is_leech: bool,
    /// Interval in days.
    pub interval_d: u32,
    /// Ease in hundredths.
    pub ease_centi: u32,
}

impl Cards {
    /// Returns no cards, for the range from `from` to `today`.
    #[must_use]
    pub fn none(from: Day, today: Day) -> Self {
        let days = 0..=today.since(from).max(0);
        Self { added: days.map(|day| (from.shift(day), 0)).collect(), ..Self::default() }
    }

    /// Returns how many there are.
    #[must_use]
    pub const fn total(&self) -> u32 {
        self.new + self.young + self.mature + self.suspended
    }

    /// Returns how many were added in the range.
    #[must_use]
    pub fn added_total(&self) -> u32 {
        self.added.iter().map(|(_, cards)| cards).sum()
    }

    /// Counts one card more.
    pub fn add(&mut self, card: &CardFigures) {
        if let Some((_, added)) = at(&mut self.added, card.added) {
            *added += 1;
        }
        self.leeches += u32::from(card.is_leech);
        if card.is_suspended {
            self.suspended += 1;
            return;
        }
        if card.is_new {
            self.new += 1;
            return;
        }
        let is_mature = card.interval_d >= MATURE_D;
        *(if is_mature { &mut self.mature } else { &mut self.young }) += 1;
        *self.intervals.entry(card.interval_d).or_default() += 1;
        *self.eases.entry(card.ease_centi).or_default() += 1;
    }
}

/// Everything that the statistics show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// The deck, with those below it; `None`: all.
    pub deck: Option<DeckName>,
    /// The first day of the range.
    pub from: Day,
    /// Its last day: today.
    pub to: Day,
    /// What was answered.
    pub answers: Answers,
    /// What comes due.
    pub forecast: Forecast,
    /// The cards.
    pub cards: Cards,
}

#[cfg(test)]
mod tests;
