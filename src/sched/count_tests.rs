use crate::domain::{Base, Scale};

use super::*;

const DAY_MS: i64 = 86_400_000;

fn answer(grade: u8) -> Answer {
    Answer { grade: Grade::new(grade).unwrap(), scale: Scale::Four, ms: 2_000, due_offset: 0 }
}

fn review(grade: u8) -> Action {
    Action::Review(answer(grade))
}

fn entry(day: i32, seq: i64, action: Action) -> Entry {
    let hlc = i64::from(day) * DAY_MS + seq;
    Entry { id: id(seq), hlc, device: "a".into(), seq, day: Day(day), hour: 9, action }
}

fn id(seq: i64) -> Uid {
    Uid::derive("test", [&seq.to_le_bytes()[..]])
}

/// A log from (day, action) pairs, numbered from 1.
fn log(entries: &[(i32, Action)]) -> Vec<Entry> {
    entries.iter().zip(1..).map(|(&(day, action), seq)| entry(day, seq, action)).collect()
}

fn classes(mut log: Vec<Entry>) -> Vec<(i32, Class)> {
    let mut found = Vec::new();
    counted(&mut log, Engine::default(), |answer| found.push((answer.day.0, answer.class)));
    found
}

/// Name, log, and the day and class of each answer that counts.
type Case<'a> = (&'a str, &'a [(i32, Action)], &'a [(i32, Class)]);

#[test]
fn an_answer_counts_by_the_state_that_it_met() {
    use Class::{Cram, Drill, Imported, Mature, New, Young};
    let base = Base { repetitions: 5, ease_centi: 250, interval_d: 21, due: Day(40), lapses: 0 };
    let undo = |seq| Action::Undo { voids: id(seq) };
    let cases: &[Case<'_>] = &[
        (
            "intervals grow: 1, 6, 15, 38",
            &[(0, review(4)), (1, review(4)), (7, review(4)), (22, review(4)), (60, review(4))],
            &[(0, New), (1, Young), (7, Young), (22, Young), (60, Mature)],
        ),
        (
            "a lapse makes it young",
            &[(0, Action::Base(base)), (40, review(2)), (41, review(4))],
            &[(40, Mature), (41, Young)],
        ),
        (
            "an interval of 21 days is mature",
            &[(0, Action::Base(base)), (40, review(4))],
            &[(40, Mature)],
        ),
        (
            "a second review on a day is drill",
            &[(0, review(2)), (0, review(4))],
            &[(0, New), (0, Drill)],
        ),
        (
            "drill and practice are no reviews",
            &[(0, review(2)), (0, Action::Drill(answer(4))), (0, Action::Cram(answer(4)))],
            &[(0, New), (0, Drill), (0, Cram)],
        ),
        (
            "answers of another program change nothing",
            &[(0, Action::Imported(answer(4))), (3, review(4))],
            &[(0, Imported), (3, New)],
        ),
        (
            "a reset makes it new",
            &[(0, review(4)), (1, Action::Reset), (1, review(4))],
            &[(0, New), (1, New)],
        ),
        (
            "a reset counts on the same day too",
            &[(0, review(4)), (0, Action::Reset), (0, review(4))],
            &[(0, New), (0, New)],
        ),
        (
            "what is taken back counts for nothing",
            &[(0, review(2)), (0, undo(1)), (0, review(4))],
            &[(0, New)],
        ),
        (
            "what is taken back changes what follows",
            &[(0, review(4)), (1, review(4)), (1, undo(1))],
            &[(1, New)],
        ),
        (
            "a redo brings it back",
            &[(0, review(4)), (0, undo(1)), (1, undo(2)), (1, review(4))],
            &[(0, New), (1, Young)],
        ),
        (
            "a pass that comes early is a review all the same",
            &[(0, review(4)), (1, review(4)), (3, review(4))],
            &[(0, New), (1, Young), (3, Young)],
        ),
        (
            "nothing else is an answer",
            &[(0, Action::SetDue { due: Day(3) }), (0, Action::Bury { day: Day(0) })],
            &[],
        ),
    ];
    for (name, entries, want) in cases {
        assert_eq!(classes(log(entries)), *want, "{name}");
    }
}

#[test]
fn a_clock_set_back_makes_no_second_review() {
    let later = entry(5, 1, review(4));
    let earlier = Entry { hlc: later.hlc + 1, ..entry(3, 2, review(4)) };
    assert_eq!(classes(vec![later, earlier]), [(5, Class::New), (3, Class::Drill)]);
}

#[test]
fn the_order_in_which_a_log_is_handed_over_does_not_matter() {
    let mut entries = log(&[(0, review(4)), (1, review(4)), (7, review(2)), (8, review(4))]);
    let want = classes(entries.clone());
    entries.reverse();
    assert_eq!(classes(entries), want);
}

#[test]
fn a_minute_is_the_most_that_counts() {
    let slow = Answer { ms: 900_000, ..answer(3) };
    let mut found = Vec::new();
    counted(&mut log(&[(0, Action::Review(slow))]), Engine::default(), |answer| found.push(answer));
    let (day, grade) = (Day(0), slow.grade);
    assert_eq!(found, [Counted { day, hour: 9, class: Class::New, grade, ms: MAX_MS }]);
}
