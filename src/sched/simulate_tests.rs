use super::super::count::{Class, Sum};
use super::*;
use crate::domain::Period;
use crate::domain::deck::Order;

const TODAY: Day = Day(20_780);

fn deck(new: u32) -> Deck {
    Deck { settings: Settings::default(), new, cards: Vec::new(), used_new: 0, used_reviews: 0 }
}

fn limited(new: u32, reviews: Limit) -> Deck {
    let settings = Settings {
        new_per_day: Limit::PerDay(new),
        reviews_per_day: reviews,
        ..Settings::default()
    };
    Deck { settings, ..deck(10_000) }
}

/// Returns the states of cards that are due on the days from `TODAY` on, one a day.
fn learnt(cards: u32) -> Vec<State> {
    let state = |nth: u32| State {
        repetitions: 2,
        interval_d: 6,
        due: Some(TODAY.plus(nth)),
        ..State::NEW
    };
    (0..cards).map(state).collect()
}

fn situation(decks: Vec<Deck>, learner: Learner) -> Situation {
    Situation {
        decks,
        new_total: Limit::None,
        used_new: 0,
        learner,
        calendar: Calendar::default(),
        today: TODAY,
    }
}

fn days(decks: Vec<Deck>, days: usize, seed: u64) -> Vec<Load> {
    let simulation = situation(decks, Learner::default()).live(Change::default(), seed);
    simulation.take(days).map(|(_, load)| load).collect()
}

#[test]
fn nothing_is_learnt_on_days_off_and_what_comes_due_waits() {
    let off = Period { from: TODAY.plus(1), to: TODAY.plus(2) };
    let calendar = Calendar { away: vec![off], ..Calendar::default() };
    let decks = vec![Deck { cards: learnt(4), ..deck(90) }];
    let situation = Situation { calendar, ..situation(decks, Learner::default()) };
    let days = situation.live(Change::default(), 0).take(4);
    let told: Vec<(u32, u32)> = days.map(|(_, load)| (load.new, load.reviews)).collect();
    assert_eq!((told[0], told[1], told[2]), ((20, 1), (0, 0), (0, 0)));
    assert!(told[3].0 == 20 && told[3].1 >= 23, "{told:?}");
}

#[test]
fn the_same_seed_gives_the_same_year_and_another_one_a_like_one() {
    let year = |seed| days(vec![limited(10, Limit::None)], 365, seed);
    assert_eq!(year(1), year(1));
    assert_ne!(year(1), year(2));
    let reviews = |seed| year(seed).iter().map(|load| f64::from(load.reviews)).sum::<f64>();
    assert!((reviews(1) / reviews(2) - 1.0).abs() < 0.05, "{} {}", reviews(1), reviews(2));
}

#[test]
fn new_cards_come_at_their_limit_until_none_is_left() {
    let new: Vec<u32> = days(vec![deck(50)], 4, 0).iter().map(|load| load.new).collect();
    assert_eq!(new, [20, 20, 10, 0]);
    let used = Deck { used_new: 15, ..deck(50) };
    let new: Vec<u32> = days(vec![used], 4, 0).iter().map(|load| load.new).collect();
    assert_eq!(new, [5, 20, 20, 5], "what was answered today counts for today");
    let decks = vec![Deck { used_new: 10, ..deck(90) }, deck(90)];
    let both = Situation {
        new_total: Limit::PerDay(25),
        used_new: 13,
        ..situation(decks, Learner::default())
    };
    let new: Vec<u32> = both.live(Change::default(), 0).take(2).map(|(_, load)| load.new).collect();
    assert_eq!(new, [12, 25], "a limit over all decks, one that is not here included");
}

#[test]
fn what_the_limit_leaves_waits_and_is_not_lost() {
    let cards = learnt(1).repeat(30);
    let limited = Deck { cards: cards.clone(), ..limited(0, Limit::PerDay(8)) };
    let loads = days(vec![Deck { used_reviews: 3, ..limited }], 3, 0);
    assert_eq!((loads[0].reviews, loads[0].backlog), (5, 25));
    assert!(loads.iter().skip(1).all(|load| load.reviews == 8), "{loads:?}");
    let free = days(vec![Deck { cards, ..deck(0) }], 1, 0);
    assert_eq!((free[0].reviews, free[0].backlog), (30, 0));
}

#[test]
fn a_limited_day_takes_the_cards_that_come_first_in_the_order() {
    let old = State { due: Some(TODAY.shift(-90)), interval_d: 100, ..learnt(1)[0] };
    let short = State { due: Some(TODAY.shift(-3)), interval_d: 3, ..learnt(1)[0] };
    for (order, left) in [(Order::RelativeOverdueness, old), (Order::DueDate, short)] {
        let mut deck = Deck { cards: vec![old, short], ..limited(0, Limit::PerDay(1)) };
        deck.settings.order = order;
        let mut course = Course::new(deck, &Learner::default());
        course.waiting = vec![0, 1];
        course.first_due(1, TODAY);
        assert_eq!(course.cards[course.waiting[0]].state, left, "{order:?}");
    }
}

#[test]
fn cards_already_learnt_come_on_their_days() {
    let loads = days(vec![Deck { cards: learnt(3), ..deck(0) }], 3, 5);
    let told: Vec<(u32, u32)> = loads.iter().map(|load| (load.reviews, load.seen)).collect();
    // A card that fails on one day comes again on the next.
    assert_eq!(told[0], (1, 3));
    assert!(told.iter().all(|(reviews, _)| (1..=2).contains(reviews)), "{told:?}");
    assert!(loads[2].known > 2.0 && loads[2].known <= 3.0, "{loads:?}");
}

#[test]
fn answers_and_the_drill_take_their_time() {
    let learner = Learner {
        first: [1.0, 0.0, 0.0, 0.0],
        answer_ms: [[1_000; 4], [2_000; 4]],
        drill_ms: 500,
        ..Learner::default()
    };
    let time = |deck| {
        let mut days = situation(vec![deck], learner.clone()).live(Change::default(), 0);
        days.next().map(|(_, load)| load.time_ms)
    };
    assert_eq!(time(deck(3)), Some(3 * 1_500));
    let mut undrilled = deck(3);
    undrilled.settings.drill = crate::domain::Drill::Off;
    assert_eq!(time(undrilled), Some(3 * 1_000));
    assert_eq!(time(Deck { cards: learnt(1), ..deck(0) }).map(|ms| ms % 2_000 % 1_500), Some(0));
}

#[test]
fn leeches_are_suspended_where_that_is_wanted() {
    let bad = Learner { strength: 1e-4, ..Learner::default() };
    let reviews = |leech| {
        let mut deck = deck(40);
        deck.settings.leech = leech;
        let days = situation(vec![deck], bad.clone()).live(Change::default(), 0);
        days.take(400).map(|(_, load)| load.reviews).sum::<u32>()
    };
    assert!(reviews(Leech::Suspend) * 2 < reviews(Leech::Tag));
}

#[test]
fn a_learner_is_found_who_passes_as_often_as_the_log_says() {
    let log = |again: u32| {
        let sum = |class, grade, answers| Sum {
            day: TODAY,
            hour: 9,
            class,
            grade: Grade::ALL[grade],
            answers,
            ms: u64::from(answers) * 2_000,
        };
        [sum(Class::New, 4, 100), sum(Class::Young, 2, again), sum(Class::Young, 4, 1_000 - again)]
    };
    let settings = Settings::default();
    for again in [50, 150, 300] {
        let found = learner(&Habits::of(&log(again)), &settings);
        let wanted = 1.0 - f64::from(again) / 1_000.0;
        let got = retention(found.clone(), &settings);
        assert!((got - wanted).abs() < 0.03, "{again}: {got}, strength {}", found.strength);
        assert_eq!(found.answer_ms[1][2], 2_000);
    }
    let few = Habits::of(&log(50)[..1]);
    assert_eq!(learner(&few, &settings), Learner::default(), "too little to tell");
}
