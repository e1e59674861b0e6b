use proptest::prelude::*;

use super::*;
use crate::domain::Scheduler;

fn fsrs() -> Fsrs {
    Fsrs::new(Parameters::DEFAULT, 0.9)
}

/// Folds answers, each so many days after the one before, with the button 1 to 4.
fn folded(fsrs: &Fsrs, answers: &[(u32, u8)]) -> Memory {
    let mut day = Day(100);
    let mut memory = None;
    for &(elapsed_d, rating) in answers {
        day = day.plus(elapsed_d);
        memory = Some(fsrs.answered(memory, Grade::new(rating + 1).unwrap(), day));
    }
    memory.unwrap()
}

/// As the crate `fsrs` 6.6.2 gives them, with default parameters, rounded.
#[test]
fn memories_are_those_of_the_published_model() {
    let cases: [(&str, &[(u32, u8)], (f32, f32), u32); 8] = [
        ("again", &[(0, 1)], (0.212, 6.4133), 1),
        ("hard", &[(0, 2)], (1.2931, 5.112_17), 1),
        ("good", &[(0, 3)], (2.3065, 2.118_104), 2),
        ("easy", &[(0, 4)], (8.2956, 1.0), 8),
        ("on time", &[(0, 3), (2, 3), (11, 3)], (46.28022, 2.104_331), 46),
        ("forgotten", &[(0, 3), (2, 3), (11, 1)], (1.538_337, 7.392_238), 2),
        ("drilled", &[(0, 1), (0, 1), (0, 3), (1, 2), (3, 4)], (3.18186, 8.896_271), 3),
        ("late", &[(0, 4), (300, 3)], (161.21469, 1.0), 161),
    ];
    for (name, answers, (stability, difficulty), interval_d) in cases {
        let found = folded(&fsrs(), answers);
        let near = |a: f32, b: f32| (a - b).abs() <= 1e-5 * b.max(1.0);
        assert!(near(found.stability, stability), "{name}: {found:?}");
        assert!(near(found.difficulty, difficulty), "{name}: {found:?}");
        assert_eq!(fsrs().interval_d(&found), interval_d, "{name}");
    }
}

#[test]
fn the_interval_lasts_until_recall_has_sunk_to_the_aim() {
    for aim in [0.7, 0.8, 0.9, 0.95, 0.99] {
        let fsrs = Fsrs::new(Parameters::DEFAULT, aim);
        let memory = Memory { stability: 200.0, difficulty: 5.0, day: Day(0) };
        let due = Day(0).plus(fsrs.interval_d(&memory));
        assert!((fsrs.recall(&memory, due) - aim).abs() < 2e-3, "{aim}");
        assert!((fsrs.recall(&memory, Day(200)) - 0.9).abs() < 1e-6, "stability is at nine of ten");
    }
    let far = Memory { stability: 36_500.0, difficulty: 1.0, day: Day(0) };
    assert_eq!(Fsrs::new(Parameters::DEFAULT, 0.7).interval_d(&far), MAX_INTERVAL_D);
    let near = Memory { stability: 0.001, ..far };
    assert_eq!(fsrs().interval_d(&near), 1);
}

#[test]
fn an_aim_out_of_bounds_is_held_to_them() {
    let aims = [f64::NEG_INFINITY, 0.0, 0.7].map(|aim| Fsrs::new(Parameters::DEFAULT, aim));
    assert!(aims.iter().all(|fsrs| *fsrs == aims[2]));
    let settings =
        Settings { scheduler: Scheduler::Fsrs, desired_retention: 7.0, ..Settings::default() };
    assert_eq!(Fsrs::of(&settings), Fsrs::new(Parameters::DEFAULT, 0.99));
}

#[test]
fn a_schedule_from_elsewhere_is_kept_by_a_good_answer_on_its_day() {
    let base = Base { repetitions: 5, ease_centi: 200, interval_d: 40, lapses: 0, due: Day(140) };
    let memory = fsrs().taken_over(&base).unwrap();
    assert_eq!((memory.stability, memory.day), (40.0, Day(100)));
    let after = fsrs().answered(Some(memory), Grade::GOOD, Day(140));
    assert!((after.stability - 80.0).abs() < 0.1, "{after:?}");
    assert_eq!(fsrs().taken_over(&Base { interval_d: 0, ..base }), None);
}

fn answers() -> impl Strategy<Value = Vec<(u32, u8)>> {
    prop::collection::vec((prop_oneof![Just(0), 1..10_u32, 10..4_000_u32], 1..=4_u8), 1..40)
        .prop_map(|mut answers| {
            answers[0].0 = 0;
            answers
        })
}

fn parameters() -> impl Strategy<Value = Parameters> {
    prop::array::uniform21(0.0..1.0_f32).prop_map(|random| {
        let default = Parameters::DEFAULT;
        let mut nth = 0;
        Parameters::from(random.map(|share| {
            nth += 1;
            default.at(nth - 1) as f32 * (0.5 + share)
        }))
    })
}

proptest! {
    #[test]
    fn every_memory_is_within_bounds(answers in answers(), parameters in parameters()) {
        let fsrs = Fsrs::new(parameters, 0.9);
        let memory = folded(&fsrs, &answers);
        prop_assert!((0.001..=36_500.0).contains(&memory.stability), "{memory:?}");
        prop_assert!((1.0..=10.0).contains(&memory.difficulty), "{memory:?}");
        prop_assert!((1..=MAX_INTERVAL_D).contains(&fsrs.interval_d(&memory)));
    }

    #[test]
    fn a_better_answer_never_comes_due_sooner(answers in answers()) {
        let memory = folded(&fsrs(), &answers);
        for wait in [0, 1, 30] {
            let day = memory.day.plus(wait);
            let days = [2, 3, 4, 5].map(|raw| {
                let after = fsrs().answered(Some(memory), Grade::new(raw).unwrap(), day);
                fsrs().interval_d(&after)
            });
            prop_assert!(days.is_sorted(), "{memory:?} {wait} {days:?}");
        }
    }
}

/// Our formulas beside those of the crate that fits their parameters.
#[cfg(feature = "fsrs")]
mod beside_the_crate {
    use fsrs::{FSRS, FSRSItem, FSRSReview};

    use super::*;

    proptest! {
        #[test]
        fn memories_and_intervals_are_the_same(
            answers in answers(), parameters in parameters(), aim in 0.7..0.99_f64,
        ) {
            let values: Vec<f32> = (0..Parameters::COUNT).map(|nth| parameters.at(nth) as f32).collect();
            let theirs = FSRS::new(&values).unwrap();
            let reviews = answers.iter().map(|&(delta_t, rating)| FSRSReview {
                rating: u32::from(rating), delta_t,
            });
            let memory = theirs.memory_state(FSRSItem { reviews: reviews.collect() }, None).unwrap();
            let ours = Fsrs::new(parameters, aim);
            let found = folded(&ours, &answers);
            let near = |a: f32, b: f32| (a - b).abs() <= 1e-3 * a.max(1.0);
            prop_assert!(near(found.stability, memory.stability), "{found:?} {memory:?}");
            prop_assert!(near(found.difficulty, memory.difficulty), "{found:?} {memory:?}");
            let days = theirs.next_interval(Some(memory.stability), aim as f32, 3);
            let days = days.round().clamp(1.0, 36_500.0);
            let rounding = 1.0 + days * 1e-3;
            prop_assert!((ours.interval_d(&found) as f32 - days).abs() <= rounding);
        }

        #[test]
        fn a_schedule_from_elsewhere_is_taken_over_alike(
            ease_centi in 130..500_u32, interval_d in 1..5_000_u32,
        ) {
            let base = Base { repetitions: 3, ease_centi, interval_d, lapses: 0, due: Day(9_000) };
            let theirs = FSRS::default()
                .memory_state_from_sm2(ease_centi as f32 / 100.0, interval_d as f32, 0.9)
                .unwrap();
            let ours = fsrs().taken_over(&base).unwrap();
            prop_assert!((ours.stability - theirs.stability).abs() <= 1e-3 * theirs.stability);
            prop_assert!((ours.difficulty - theirs.difficulty).abs() <= 1e-2, "{ours:?} {theirs:?}");
        }
    }

    #[test]
    fn the_default_parameters_are_the_published_ones() {
        let ours: Vec<f32> =
            (0..Parameters::COUNT).map(|nth| Parameters::DEFAULT.at(nth) as f32).collect();
        assert_eq!(ours, fsrs::DEFAULT_PARAMETERS);
    }
}
