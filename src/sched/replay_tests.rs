use proptest::prelude::*;

use super::*;
use crate::domain::{Drill, Grade, Parameters, Scale};
use crate::sched::drill as same_day;
use crate::sched::fsrs::Fsrs;

const DAY_MS: i64 = 86_400_000;

fn answer(grade: u8) -> Answer {
    Answer { grade: Grade::new(grade).unwrap(), scale: Scale::Four, ms: 0, due_offset: 0 }
}

fn event(day: i32, seq: i64, action: Action) -> Event {
    Event {
        id: Uid::derive("test", [&seq.to_le_bytes()[..]]),
        card: Uid([0; 16]),
        at_ms: i64::from(day) * DAY_MS + seq,
        offset_min: 0,
        day: Day(day),
        hlc: i64::from(day) * DAY_MS + seq,
        device: "a".into(),
        seq,
        action,
    }
}

/// A log from (day, action) pairs, numbered from 1.
fn log(entries: &[(i32, Action)]) -> Vec<Event> {
    entries.iter().zip(1..).map(|(&(day, action), seq)| event(day, seq, action)).collect()
}

fn folded(entries: &[(i32, Action)]) -> State {
    replay(&log(entries), Engine::default())
}

fn id(seq: i64) -> Uid {
    event(0, seq, Action::Reset).id
}

/// Name, log, and repetitions, interval and due day afterwards.
type Case<'a> = (&'a str, &'a [(i32, Action)], (u32, u32, Option<i32>));

#[test]
fn each_event_does_what_it_says() {
    use Action::{Bury, Cram, Drill, Reset, Review, SetDue, Suspend, Unsuspend};
    let good = Review(answer(4));
    let due = |state: State| (state.repetitions, state.interval_d, state.due.map(|day| day.0));
    let cases: [Case<'_>; 11] = [
        ("a new card", &[], (0, 0, None)),
        ("two passes", &[(1, good), (2, good)], (2, 6, Some(8))),
        (
            "late answers count from the day they were given",
            &[(1, good), (9, good)],
            (2, 6, Some(15)),
        ),
        (
            "a second review on a day is a drill",
            &[(1, good), (1, Review(answer(0)))],
            (1, 1, Some(2)),
        ),
        ("an early pass is ignored", &[(1, good), (2, good), (5, good)], (2, 6, Some(8))),
        ("an early fail counts", &[(1, good), (2, good), (5, Review(answer(1)))], (0, 1, Some(6))),
        (
            "drill and practice move nothing",
            &[(1, good), (1, Drill(answer(0))), (1, Cram(answer(0)))],
            (1, 1, Some(2)),
        ),
        (
            "set-due moves the day alone",
            &[(1, good), (1, SetDue { due: Day(40) })],
            (1, 1, Some(40)),
        ),
        ("reset makes it new", &[(1, good), (2, good), (2, Reset)], (0, 0, None)),
        (
            "after a reset it can be answered the same day",
            &[(1, good), (1, Reset), (1, good)],
            (1, 1, Some(2)),
        ),
        (
            "a clock set back never moves the day back",
            &[(9, good), (2, Review(answer(4)))],
            (1, 1, Some(10)),
        ),
    ];
    for (name, entries, want) in cases {
        // Logged in this order, so the clock that never goes back sorts them so.
        let events: Vec<Event> =
            log(entries).into_iter().map(|event| Event { hlc: event.seq, ..event }).collect();
        assert_eq!(due(replay(&events, Engine::default())), want, "{name}");
    }
    let hidden = folded(&[(1, Bury { day: Day(1) }), (1, Suspend { cause: Cause::Prune })]);
    assert!(hidden.is_buried(Day(1)) && !hidden.is_buried(Day(2)));
    assert_eq!(hidden.suspended, Some(Cause::Prune));
    let lift =
        |cause| folded(&[(1, Suspend { cause: Cause::User }), (2, Unsuspend { cause })]).suspended;
    assert_eq!(lift(Cause::Prune), Some(Cause::User), "a row that returns lifts only its own");
    assert_eq!(lift(Cause::User), None);
}

#[test]
fn undo_takes_back_and_redo_brings_again() {
    let good = Action::Review(answer(4));
    let undo = |seq| Action::Undo { voids: id(seq) };
    let once = folded(&[(1, good)]);
    let repetitions = |entries: &[(i32, Action)]| folded(entries).repetitions;
    assert_eq!(folded(&[(1, good), (1, undo(1))]), State::NEW);
    assert_eq!(folded(&[(1, good), (1, undo(1)), (1, undo(2))]), once);
    assert_eq!(repetitions(&[(1, good), (1, undo(1)), (1, undo(2)), (1, undo(3))]), 0);
    assert_eq!(repetitions(&[(1, good), (2, good), (2, undo(2)), (2, undo(1))]), 0);
}

#[test]
fn lapses_and_leeches_are_counted() {
    let entries: Vec<(i32, Action)> = (0..16)
        .map(|day| (day, Action::Review(answer(if day % 2 == 0 { 4 } else { 1 }))))
        .collect();
    let state = folded(&entries);
    assert_eq!(state.lapses, 8);
    assert!(state.is_leech());
    assert_eq!(folded(&[(0, Action::Review(answer(1)))]).lapses, 0, "a new card cannot lapse");
}

#[test]
fn the_drill_lasts_until_the_bar_is_reached_or_the_day_ends() {
    let in_drill = |entries: &[(i32, Action)], today| {
        same_day::is_in(&folded(entries), Day(today), Drill::Below4)
    };
    let hard = (1, Action::Review(answer(3)));
    assert!(in_drill(&[hard], 1));
    assert!(!in_drill(&[hard], 2), "it lapses at rollover");
    assert!(in_drill(&[hard, (1, Action::Drill(answer(3)))], 1));
    assert!(!in_drill(&[hard, (1, Action::Drill(answer(4)))], 1));
    assert!(!same_day::is_in(&folded(&[hard]), Day(1), Drill::Failed));
    assert!(!same_day::is_in(&folded(&[hard]), Day(1), Drill::Off));
}

fn any_engine() -> impl Strategy<Value = Engine> {
    prop_oneof![Just(Engine::default()), Just(by_fsrs())]
}

fn by_fsrs() -> Engine {
    let fsrs = Fsrs::new(Parameters::DEFAULT, 0.9);
    Engine { fsrs: Some(fsrs), ..Engine::default() }
}

#[test]
fn fsrs_counts_every_answer_since_the_newest_reset() {
    use Action::{Cram, Drill, Reset, Review, SetDue};
    let (good, again) = (answer(4), answer(1));
    let state = |entries: &[(i32, Action)]| replay(&log(entries), by_fsrs());
    let reviewed = state(&[(1, Review(good)), (3, Review(good))]);
    assert_eq!((reviewed.repetitions, reviewed.interval_d), (2, 11));
    let memory = |entries: &[(i32, Action)]| {
        state(entries).memory.map(|memory| (memory.stability, memory.day))
    };
    let early = state(&[(1, Review(good)), (3, Review(good)), (9, Review(good))]);
    assert_eq!(early.due, Some(Day(9).plus(early.interval_d)), "an early pass counts");
    assert!(early.interval_d > reviewed.interval_d);
    let drilled = state(&[(1, Review(good)), (3, Review(good)), (3, Drill(again))]);
    assert_eq!((drilled.repetitions, drilled.ease_centi), (2, 250), "the drill is no review");
    assert_eq!(drilled.interval_d, 3, "but what was forgotten in it comes sooner");
    assert_eq!(drilled.due, Some(Day(6)));
    let practised = state(&[(1, Review(good)), (3, Review(good)), (3, Cram(again))]);
    assert_eq!(practised, State { newest: Some(Day(3)), ..reviewed });
    assert_eq!(state(&[(1, Review(good)), (2, Reset)]).memory, None);
    let anew = memory(&[(1, Review(again)), (2, Reset), (3, Review(good))]);
    assert_eq!(anew, Some((2.3065, Day(3))));
    assert_eq!(memory(&[(1, Review(good)), (1, Reset), (1, Drill(good))]), None);
    let moved = state(&[(1, Review(good)), (1, SetDue { due: Day(40) }), (1, Drill(good))]);
    assert_eq!(moved.due, Some(Day(40)), "the interval is as it was");
}

#[test]
fn an_offset_of_another_engine_never_brings_a_card_back_the_same_day() {
    let far = Answer { due_offset: -30, ..answer(1) };
    let state = replay(&log(&[(5, Action::Review(far))]), by_fsrs());
    assert_eq!(state.due, Some(Day(6)));
}

fn any_action() -> impl Strategy<Value = Action> {
    prop_oneof![
        6 => (0u8..=5).prop_map(|grade| Action::Review(answer(grade))),
        2 => (0u8..=5).prop_map(|grade| Action::Drill(answer(grade))),
        1 => (0u8..=5).prop_map(|grade| Action::Cram(answer(grade))),
        2 => (1i64..40).prop_map(|seq| Action::Undo { voids: id(seq) }),
        1 => Just(Action::Reset),
        1 => (0i32..90, 0u32..50).prop_map(|(day, interval_d)| Action::Base(Base {
            repetitions: 3, ease_centi: 220, interval_d, due: Day(day), lapses: 1,
        })),
        1 => (0i32..90).prop_map(|day| Action::SetDue { due: Day(day) }),
        1 => (0i32..60).prop_map(|day| Action::Bury { day: Day(day) }),
        1 => Just(Action::Suspend { cause: Cause::User }),
        1 => Just(Action::Unsuspend { cause: Cause::User }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    #[test]
    fn the_order_in_which_two_devices_logs_arrive_does_not_matter(
        entries in prop::collection::vec((0i32..60, any_action(), any::<bool>()), 0..40),
        order in any::<prop::sample::Index>(),
        engine in any_engine(),
    ) {
        let events: Vec<Event> = entries.iter().zip(1..).map(|(&(day, action, other), seq)| Event {
            device: if other { "b" } else { "a" }.into(),
            hlc: i64::from(day) * DAY_MS + seq % 3,
            ..event(day, seq, action)
        }).collect();
        let (a, b): (Vec<Event>, Vec<Event>) = events.iter().cloned().partition(|e| e.device == "a");
        let merged = replay(&events, engine);
        prop_assert_eq!(replay(&[a.clone(), b.clone()].concat(), engine), merged);
        prop_assert_eq!(replay(&[b.clone(), a.clone(), b].concat(), engine), merged);
        if !events.is_empty() {
            let mut turned = events.clone();
            turned.rotate_left(order.index(events.len()));
            prop_assert_eq!(replay(&turned, engine), merged);
        }
    }

    #[test]
    fn a_log_without_undo_can_be_folded_one_event_at_a_time(
        entries in prop::collection::vec((0i32..60, any_action()), 0..40),
        engine in any_engine(),
    ) {
        let mut entries: Vec<_> =
            entries.into_iter().filter(|(_, action)| !matches!(action, Action::Undo { .. })).collect();
        entries.sort_by_key(|&(day, _)| day);
        let events = log(&entries);
        let state = events.iter().fold(State::NEW, |state, event| {
            step(state, &event.action, event.day, event.hlc, engine)
        });
        prop_assert_eq!(state, replay(&events, engine));
    }
}
