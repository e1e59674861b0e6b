//! The reviews of a log as trials of memory: what was known before each, and what
//! came of it.

use std::ops::Range;

use crate::domain::{Action, Base, Day, Event, Grade, Parameters, Rules, State, Uid};

use super::Engine;
use super::evaluate::{Bin, Forecast};
use super::fsrs::Fsrs;
use super::replay::states;

/// The reviews of many cards, each as a trial.
#[derive(Clone, Debug, Default)]
pub struct Trials {
    list: Vec<Trial>,
    courses: Vec<Course>,
}

/// One review of a card that was reviewed before.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// Where it stands among the trials of all cards: clock, then the event's id, the
    /// same on every device.
    order: (i64, Uid),
    /// The study day.
    pub day: Day,
    /// Days since the review before.
    pub elapsed_d: u32,
    /// The same as a share of SM-2's interval: 1 is on its day.
    pub lateness: f64,
    /// Which review of its card it is; the first one is no trial, so 2 or more.
    pub reviews: u32,
    /// Lapses before it.
    pub lapses: u32,
    /// Whether the card was remembered.
    pub remembered: bool,
    /// The course that it belongs to, and which answer of it it is.
    place: (usize, usize),
}

/// The answers to a card from its beginning, or from a reset, on.
#[derive(Clone, Debug, Default)]
struct Course {
    /// The schedule that it began with.
    base: Option<Base>,
    /// All that FSRS counts, the drill included.
    answers: Vec<(Day, Grade)>,
}

impl Trial {
    fn foretold(&self, recall: f64) -> Forecast {
        let bin = Bin::of(self.elapsed_d, self.reviews, self.lapses);
        Forecast { recall, remembered: self.remembered, bin }
    }
}

impl Trials {
    /// Returns the trials in the order in which they were given; in that of their
    /// cards before [`Trials::sort`].
    #[must_use]
    pub fn list(&self) -> &[Trial] {
        &self.list
    }

    /// Brings the trials of all cards into the order in which they were given.
    pub fn sort(&mut self) {
        self.list.sort_unstable_by_key(|trial| trial.order);
    }

    /// Adds the trials of one card; `true`: there were some.
    ///
    /// No trials are the drill, practice, a second review on a day, and what was taken
    /// back. After a reset the card begins anew; one that another program had
    /// scheduled was seen last its interval before its due day.
    pub fn add(&mut self, events: &[Event], rules: Rules) -> bool {
        let before = self.list.len();
        let mut state = State::NEW;
        let mut walk = Walk::default();
        self.courses.push(Course::default());
        for (event, after) in states(events, Engine::sm2(rules)) {
            let day = after.newest.unwrap_or(event.day);
            match event.action {
                Action::Review(answer) if walk.last != Some(day) => {
                    walk.reviews = walk.reviews.saturating_add(1);
                    let place = self.answered(day, answer.grade);
                    let since = |seen: Day| u32::try_from(day.since(seen)).unwrap_or(0);
                    if let (Some(seen), Some(planned)) = (walk.seen, walk.planned) {
                        let interval_d = f64::from(state.interval_d.max(1));
                        self.list.push(Trial {
                            order: (event.hlc, event.id),
                            day,
                            elapsed_d: since(seen),
                            lateness: f64::from(since(planned)) / interval_d,
                            reviews: walk.reviews,
                            lapses: state.lapses,
                            remembered: answer.grade.is_pass(),
                            place,
                        });
                    }
                    (walk.last, walk.seen) = (Some(day), Some(day));
                    if after.last != state.last {
                        walk.planned = Some(day);
                    }
                }
                Action::Review(answer) | Action::Drill(answer) if walk.last == Some(day) => {
                    self.answered(day, answer.grade);
                }
                Action::Reset => {
                    walk = Walk::default();
                    self.courses.push(Course::default());
                }
                Action::Base(base) => {
                    // Not the interval of the event: in the state it has an upper bound.
                    let seen = after.due.map(|due| due.shift(-(after.interval_d as i32)));
                    walk = Walk { reviews: base.repetitions, last: None, seen, planned: seen };
                    self.courses.push(Course { base: Some(base), answers: Vec::new() });
                }
                _ => {}
            }
            state = after;
        }
        self.list.len() > before
    }

    /// Adds an answer to the newest course, and returns its place.
    fn answered(&mut self, day: Day, grade: Grade) -> (usize, usize) {
        let at = self.courses.len().saturating_sub(1);
        let answers = self.courses.last_mut().map(|course| &mut course.answers);
        let nth = answers.map_or(0, |answers| {
            answers.push((day, grade));
            answers.len() - 1
        });
        (at, nth)
    }

    /// Returns forecasts by the curve that SM-2 is assumed to have: nine of ten cards
    /// are remembered when they come due, 0.9 to the power of elapsed days by interval.
    ///
    /// SM-2 itself foretells nothing; this is the assumption behind its name for the ease.
    #[must_use]
    pub fn by_sm2(&self) -> Vec<Forecast> {
        self.list.iter().map(|trial| trial.foretold(0.9_f64.powf(trial.lateness))).collect()
    }

    /// Returns forecasts by the mean of all trials before, as if there had been one
    /// remembered at 0.9 before the first.
    #[must_use]
    pub fn by_running_mean(&self) -> Vec<Forecast> {
        let (mut remembered, mut n) = (0.9, 1.0);
        let forecast = |trial: &Trial| {
            let forecast = trial.foretold(remembered / n);
            n += 1.0;
            remembered += f64::from(u8::from(trial.remembered));
            forecast
        };
        self.list.iter().map(forecast).collect()
    }

    /// Returns forecasts by FSRS with some parameters.
    #[must_use]
    pub fn by_fsrs(&self, parameters: Parameters) -> Vec<Forecast> {
        let fsrs = Fsrs::new(parameters, AIM);
        let recalls: Vec<Vec<f64>> =
            self.courses.iter().map(|course| course.recalls(&fsrs)).collect();
        let recall = |trial: &Trial| recalls[trial.place.0][trial.place.1];
        self.list.iter().map(|trial| trial.foretold(recall(trial))).collect()
    }

    /// Returns what FSRS is fitted to: for some of the trials, in their order, a number
    /// for the card and all of its answers up to the trial as (days since the one
    /// before, button 1 to 4). Cards that another program had scheduled are left out,
    /// since the beginning is not known of them.
    pub fn lessons(&self, trials: Range<usize>) -> impl Iterator<Item = (usize, Vec<(u32, u8)>)> {
        self.list.get(trials).unwrap_or_default().iter().filter_map(|trial| {
            let (at, nth) = trial.place;
            let course = self.courses.get(at).filter(|course| course.base.is_none())?;
            let answers = course.answers.get(..=nth)?;
            let mut before = answers.first()?.0;
            let lesson = answers.iter().map(|&(day, grade)| {
                let elapsed_d = u32::try_from(day.since(before)).unwrap_or(0);
                before = day;
                (elapsed_d, grade.rating())
            });
            Some((at, lesson.collect()))
        })
    }
}

/// The aim does not matter to forecasts.
const AIM: f64 = 0.9;

/// What the walk through a card's log remembers.
#[derive(Clone, Copy, Default)]
struct Walk {
    /// Reviews so far.
    reviews: u32,
    /// The study day of the last review.
    last: Option<Day>,
    /// The day on which the card was last seen, here or in another program.
    seen: Option<Day>,
    /// The day from which SM-2 counts its interval.
    planned: Option<Day>,
}

impl Course {
    /// Returns the probability of recall before each answer.
    fn recalls(&self, fsrs: &Fsrs) -> Vec<f64> {
        let mut memory = self.base.as_ref().and_then(|base| fsrs.taken_over(base));
        let recall = |&(day, grade): &(Day, Grade)| {
            let recall = memory.map_or(AIM, |memory| fsrs.recall(&memory, day));
            memory = Some(fsrs.answered(memory, grade, day));
            recall
        };
        self.answers.iter().map(recall).collect()
    }
}

#[cfg(test)]
#[path = "trial_tests.rs"]
mod tests;
