//! The reviews of a log as trials of memory: what was known before each, and what
//! came of it.

use crate::domain::{Action, Day, Event, Rules, State, Uid};

use super::evaluate::{Bin, Forecast};
use super::replay::states;

/// One review of a card that was reviewed before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Where it stands among the trials of all cards: clock, then the event's id, the
    /// same on every device.
    pub order: (i64, Uid),
    /// The study day.
    pub day: Day,
    /// Days since the review before.
    pub elapsed_d: u32,
    /// Days that the scheduler had planned.
    pub interval_d: u32,
    /// Which review of its card it is; the first one is no trial, so 2 or more.
    pub reviews: u32,
    /// Lapses before it.
    pub lapses: u32,
    /// Whether the card was remembered.
    pub remembered: bool,
}

impl Trial {
    /// Returns the forecast of this probability for the trial.
    #[must_use]
    pub fn foretold(&self, recall: f64) -> Forecast {
        let bin = Bin::of(self.elapsed_d, self.reviews, self.lapses);
        Forecast { recall, remembered: self.remembered, bin }
    }
}

/// Calls `each` with the trials of one card, in the order of its log.
///
/// What does not count for the schedule is no trial: the drill, practice, a second
/// review on a day, and what was taken back. After a reset the card begins anew; one
/// that another program had scheduled was seen last its interval before its due day.
pub fn trials(events: &[Event], rules: Rules, mut each: impl FnMut(Trial)) {
    let mut state = State::NEW;
    let mut reviews = 0_u32;
    let mut seen: Option<Day> = None;
    for (event, after) in states(events, rules) {
        match event.action {
            Action::Review(answer) if after.last != state.last => {
                let day = after.last.unwrap_or(event.day);
                reviews = reviews.saturating_add(1);
                if let Some(seen) = seen {
                    each(Trial {
                        order: (event.hlc, event.id),
                        day,
                        elapsed_d: u32::try_from(day.since(seen)).unwrap_or(0),
                        interval_d: state.interval_d,
                        reviews,
                        lapses: state.lapses,
                        remembered: answer.grade.is_pass(),
                    });
                }
                seen = Some(day);
            }
            Action::Reset => (reviews, seen) = (0, None),
            Action::Base(base) => {
                // Not the interval of the event: in the state it has an upper bound.
                let before_d = -(after.interval_d as i32);
                (reviews, seen) = (base.repetitions, after.due.map(|due| due.shift(before_d)));
            }
            _ => {}
        }
        state = after;
    }
}

/// Returns forecasts by the curve that SM-2 is assumed to have: nine of ten cards are
/// remembered when they come due, 0.9 to the power of elapsed days by interval.
///
/// SM-2 itself foretells nothing; this is the assumption behind its name for the ease.
#[must_use]
pub fn by_sm2(trials: &[Trial]) -> Vec<Forecast> {
    let recall = |trial: &Trial| {
        0.9_f64.powf(f64::from(trial.elapsed_d) / f64::from(trial.interval_d.max(1)))
    };
    trials.iter().map(|trial| trial.foretold(recall(trial))).collect()
}

/// Returns forecasts by the mean of all trials before, as if there had been one
/// remembered at 0.9 before the first.
#[must_use]
pub fn by_running_mean(trials: &[Trial]) -> Vec<Forecast> {
    let (mut remembered, mut n) = (0.9, 1.0);
    let forecast = |trial: &Trial| {
        let forecast = trial.foretold(remembered / n);
        n += 1.0;
        remembered += f64::from(u8::from(trial.remembered));
        forecast
    };
    trials.iter().map(forecast).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Answer, Base, Grade, Scale};

    fn log(entries: &[(i32, Action)]) -> Vec<Event> {
        let event = |(nth, &(day, action)): (usize, &(i32, Action))| Event {
            id: Uid([nth as u8 + 1; 16]),
            card: Uid([0; 16]),
            at_ms: 0,
            offset_min: 0,
            day: Day(day),
            hlc: nth as i64,
            device: "a".into(),
            seq: nth as i64,
            action,
        };
        entries.iter().enumerate().map(event).collect()
    }

    fn graded(grade: u8) -> Answer {
        Answer { grade: Grade::new(grade).unwrap(), scale: Scale::Six, ms: 0, due_offset: 0 }
    }

    fn found(entries: &[(i32, Action)]) -> Vec<(u32, u32, u32, u32, bool)> {
        let mut found = Vec::new();
        trials(&log(entries), Rules::Text, |trial| {
            let Trial { elapsed_d, interval_d, reviews, lapses, remembered, .. } = trial;
            found.push((elapsed_d, interval_d, reviews, lapses, remembered));
        });
        found
    }

    #[test]
    fn every_counted_review_but_the_first_is_a_trial() {
        let review = |grade| Action::Review(graded(grade));
        let log = [
            (10, review(4)),
            (10, Action::Drill(graded(4))),
            (11, review(4)),
            (11, review(2)), // the same day: a drill
            (14, Action::Cram(graded(2))),
            (20, review(2)), // three days late
            (21, review(5)),
        ];
        let want = [(1, 1, 2, 0, true), (9, 6, 3, 0, false), (1, 1, 4, 1, true)];
        assert_eq!(found(&log), want);
    }

    #[test]
    fn what_was_taken_back_and_what_was_before_a_reset_is_left_out() {
        let review = |grade| Action::Review(graded(grade));
        let undone = Action::Undo { voids: Uid([2; 16]) };
        let log = [(10, review(4)), (11, review(1)), (11, undone), (12, review(4))];
        assert_eq!(found(&log), [(2, 1, 2, 0, true)]);
        let log = [(10, review(4)), (11, Action::Reset), (15, review(4)), (16, review(3))];
        assert_eq!(found(&log), [(1, 1, 2, 0, true)]);
    }

    #[test]
    fn a_schedule_from_elsewhere_tells_when_the_card_was_seen() {
        let base =
            Base { repetitions: 4, ease_centi: 250, interval_d: 30, lapses: 1, due: Day(40) };
        let log = [(35, Action::Base(base)), (42, Action::Review(graded(4)))];
        assert_eq!(found(&log), [(32, 30, 5, 1, true)]);
    }

    #[test]
    fn a_schedule_from_elsewhere_may_say_anything() {
        for number in [1 << 31, u32::MAX] {
            let (repetitions, ease_centi, interval_d, lapses) = (number, number, number, number);
            let base = Base { repetitions, ease_centi, interval_d, lapses, due: Day(i32::MIN) };
            let review = Action::Review(graded(4));
            assert_eq!(found(&[(35, Action::Base(base)), (42, review)]).len(), 1, "{number}");
        }
    }

    #[test]
    fn forecasts_are_made_before_the_answer_is_known() {
        let review = |grade| Action::Review(graded(grade));
        let mut all = Vec::new();
        let log = log(&[(10, review(4)), (11, review(4)), (23, review(1)), (24, review(4))]);
        trials(&log, Rules::Text, |trial| all.push(trial));
        let recalls = |forecasts: Vec<Forecast>| -> Vec<f64> {
            forecasts.iter().map(|forecast| (forecast.recall * 1e4).round() / 1e4).collect()
        };
        // A day of one; twelve days of six; a day of one.
        assert_eq!(recalls(by_sm2(&all)), [0.9, 0.81, 0.9]);
        // 0.9; 1.9 of 2; 1.9 of 3.
        assert_eq!(recalls(by_running_mean(&all)), [0.9, 0.95, 0.6333]);
    }
}
