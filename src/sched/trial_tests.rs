use super::*;
use crate::domain::{Answer, Scale};
use crate::sched::evaluate::score;
use crate::sched::synthetic;

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

fn trials(entries: &[(i32, Action)]) -> Trials {
    let mut trials = Trials::default();
    trials.add(&log(entries), Rules::Text);
    trials
}

fn found(entries: &[(i32, Action)]) -> Vec<(u32, f64, u32, u32, bool)> {
    let of = |trial: &Trial| {
        let Trial { elapsed_d, lateness, reviews, lapses, remembered, .. } = *trial;
        (elapsed_d, lateness, reviews, lapses, remembered)
    };
    trials(entries).list().iter().map(of).collect()
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
    let want = [(1, 1.0, 2, 0, true), (9, 1.5, 3, 0, false), (1, 1.0, 4, 1, true)];
    assert_eq!(found(&log), want);
}

#[test]
fn what_was_taken_back_and_what_was_before_a_reset_is_left_out() {
    let review = |grade| Action::Review(graded(grade));
    let undone = Action::Undo { voids: Uid([2; 16]) };
    let log = [(10, review(4)), (11, review(1)), (11, undone), (12, review(4))];
    assert_eq!(found(&log), [(2, 2.0, 2, 0, true)]);
    let log = [(10, review(4)), (11, Action::Reset), (15, review(4)), (16, review(3))];
    assert_eq!(found(&log), [(1, 1.0, 2, 0, true)]);
}

#[test]
fn a_schedule_from_elsewhere_tells_when_the_card_was_seen() {
    let base = Base { repetitions: 4, ease_centi: 250, interval_d: 30, lapses: 1, due: Day(40) };
    let log = [(35, Action::Base(base)), (42, Action::Review(graded(4)))];
    assert_eq!(found(&log), [(32, 32.0 / 30.0, 5, 1, true)]);
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
    let all = trials(&[(10, review(4)), (11, review(4)), (23, review(1)), (24, review(4))]);
    let recalls = |forecasts: Vec<Forecast>| -> Vec<f64> {
        forecasts.iter().map(|forecast| (forecast.recall * 1e4).round() / 1e4).collect()
    };
    // A day of one; twelve days of six; a day of one.
    assert_eq!(recalls(all.by_sm2()), [0.9, 0.81, 0.9]);
    // 0.9; 1.9 of 2; 1.9 of 3.
    assert_eq!(recalls(all.by_running_mean()), [0.9, 0.95, 0.6333]);
}

#[test]
fn the_curve_from_which_a_log_is_drawn_foretells_it_best() {
    for truth in [Parameters::OTHERS, Parameters::DEFAULT] {
        let other =
            if truth == Parameters::DEFAULT { Parameters::OTHERS } else { Parameters::DEFAULT };
        let trials = synthetic::trials(300, 10, truth);
        assert_eq!(trials.list().len(), 2_700);
        let score = |forecasts: Vec<Forecast>| score(&forecasts).unwrap();
        let best = score(trials.by_fsrs(truth));
        let others = [trials.by_fsrs(other), trials.by_sm2(), trials.by_running_mean()];
        for other in others.map(score) {
            assert!(best.log_loss < other.log_loss, "{best:?} {other:?}");
            assert!(best.rmse_bins < other.rmse_bins, "{best:?} {other:?}");
            assert!(best.auc > other.auc, "{best:?} {other:?}");
        }
    }
}
