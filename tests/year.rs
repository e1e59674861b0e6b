//! Months of learning through the real store and queue, by a learner who is a model.
//!
//! The whole year is for looking at: `cargo test --release year -- --ignored --nocapture`.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use termdeck::app::{App, Counting, ImportOptions};
use termdeck::config::Config;
use termdeck::domain::deck::{Direction, Limit};
use termdeck::domain::{Day, Grade, Memory, Uid};
use termdeck::sched::learner::{Chance, Learner};
use termdeck::sched::simulate::{Change, Load};
use termdeck::session::Queue;
use termdeck::session::home::{Scope, SessionRequest};
use termdeck::session::stats::Request;

use crate::properties::stage::{FIRST, assert_healthy, at, folder};

/// What is lived through.
struct Story {
    cards: u32,
    days: u32,
    new_per_day: u32,
    reviews_per_day: u32,
    /// Days without an answer, counted from the first one.
    missed: std::ops::Range<u32>,
}

/// What came of it.
struct Lived {
    app: App,
    /// Each day; what is known is left out.
    days: Vec<Load>,
    _folder: tempfile::TempDir,
}

fn live(story: &Story) -> Lived {
    let folder = folder();
    let mut config = Config::default();
    config.deck.new_per_day = Some(Limit::PerDay(story.new_per_day));
    config.deck.reviews_per_day = Some(Limit::PerDay(story.reviews_per_day));
    let app = App::open(&folder.path().join("year.db"), config, at(FIRST, 0)).unwrap();
    let rows = (0..story.cards).map(|n| format!("词{n}\tword {n}\n"));
    let rows = rows.collect::<Vec<_>>().concat();
    let options = ImportOptions { direction: Some(Direction::Forward), ..ImportOptions::default() };
    crate::properties::stage::import(&app, rows.as_bytes(), &options, at(FIRST, 0));
    let mut learner = Student::default();
    let day = |nth| {
        if story.missed.contains(&nth) {
            let due = learner.due(FIRST.plus(nth));
            return Load { backlog: due, seen: learner.due.len() as u32, ..Load::default() };
        }
        learner.study(&app, FIRST.plus(nth), story)
    };
    let days = (0..story.days).map(day).collect();
    Lived { app, days, _folder: folder }
}

/// A learner who keeps a list of the cards, to hold against what the program says.
struct Student {
    learner: Learner,
    chance: Chance,
    memories: HashMap<Uid, Memory>,
    /// When each card comes due.
    due: HashMap<Uid, Day>,
}

impl Default for Student {
    fn default() -> Self {
        let (learner, chance) = (Learner::default(), Chance::new(2026));
        Self { learner, chance, memories: HashMap::new(), due: HashMap::new() }
    }
}

impl Student {
    fn due(&self, day: Day) -> u32 {
        self.due.values().filter(|due| **due <= day).count() as u32
    }

    /// Does all there is to do on a day.
    fn study(&mut self, app: &App, day: Day, story: &Story) -> Load {
        let due = self.due(day);
        let counts = app.counts(&Scope::All, at(day, 0)).unwrap();
        assert_eq!(counts.due, due.min(story.reviews_per_day), "{day}: what is due");
        let mut session = app.start(&SessionRequest::default(), at(day, 0)).unwrap();
        let mut load = Load::default();
        let mut asked = HashSet::new();
        let mut last = None;
        for second in 1.. {
            let now = at(day, second);
            let next = app.next(&session, now).unwrap();
            let Some(shown) = next.card else { break };
            let left = counts.due - load.reviews;
            assert_eq!(next.counts.due, left, "{day}: what is left");
            let (grade, ms) = if shown.queue == Queue::Drill {
                assert!(asked.contains(&shown.card), "{day}: before it was asked");
                assert!(next.counts.drill == 1 || last != Some(shown.card), "{day}: in a row");
                // Two of ten go wrong even then.
                let is_known = self.chance.draw() < 0.8;
                (if is_known { Grade::GOOD } else { Grade::AGAIN }, 6_000)
            } else {
                assert!(asked.insert(shown.card), "{day}: asked twice");
                self.answer(shown.card, day)
            };
            last = Some(shown.card);
            let answered = app.answer_in(&mut session, shown.card, grade, ms, now).unwrap();
            self.due.insert(shown.card, answered.state.due.unwrap());
            load.time_ms += u64::from(ms);
            match shown.queue {
                Queue::New => load.new += 1,
                Queue::Due => {
                    load.reviews += 1;
                    load.passed += u32::from(grade.is_pass());
                }
                _ => {}
            }
        }
        assert!(load.new <= story.new_per_day && load.reviews <= story.reviews_per_day);
        assert_eq!(load.reviews, counts.due, "{day}: all that is allowed is done");
        Load { backlog: self.due(day), seen: self.due.len() as u32, ..load }
    }

    fn answer(&mut self, card: Uid, day: Day) -> (Grade, u32) {
        let memory = self.memories.get(&card).copied();
        let (grade, ms, after) = self.learner.answer(memory, day, &mut self.chance);
        self.memories.insert(card, after);
        (grade, ms as u32)
    }
}

impl Lived {
    fn total(&self) -> Load {
        self.days.iter().fold(Load::default(), |sum, load| sum.then(*load))
    }

    /// Returns a line for each week: reviews and new cards a day, what waits at its end,
    /// the share that was remembered, and the reviews as a bar.
    fn plot(&self) -> String {
        let mut plot = "week  reviews   new   wait    known\n".to_owned();
        for (week, days) in (1..).zip(self.days.chunks(7)) {
            let load = days.iter().fold(Load::default(), |sum, load| sum.then(*load));
            let a_day = |count: u32| f64::from(count) / days.len() as f64;
            let known = match load.reviews {
                0 => "-".to_owned(),
                reviews => format!("{:.1} %", f64::from(load.passed) * 100.0 / f64::from(reviews)),
            };
            let (reviews, new) = (a_day(load.reviews), a_day(load.new));
            let bar = "#".repeat((reviews / 4.0).round() as usize);
            let wait = load.backlog;
            writeln!(plot, "{week:>4}  {reviews:>7.1}  {new:>4.1}  {wait:>5}  {known:>7}  {bar}")
                .unwrap();
        }
        plot
    }
}

#[test]
fn two_months_with_days_missed_keep_every_limit_and_lose_nothing() {
    let story =
        Story { cards: 300, days: 60, new_per_day: 10, reviews_per_day: 25, missed: 25..33 };
    let lived = live(&story);
    assert_healthy(&lived.app);
    let total = lived.total();
    assert_eq!((total.new, total.seen), (300, 300), "{}", lived.plot());
    let worst = lived.days.iter().map(|load| load.backlog).max();
    assert!(worst > Some(60), "nothing waited after a week off\n{}", lived.plot());
    assert!(total.backlog < 20, "it was worked off\n{}", lived.plot());
    let mut counting = Counting::default();
    while !lived.app.count_answers(&mut counting, 1_000).unwrap().is_done() {}
    let end = at(FIRST.plus(story.days - 1), 80_000);
    let told = lived.app.statistics(&Request { days: Some(60), deck: None }, end).unwrap();
    assert_eq!(told.answers.total.new, total.new);
    assert_eq!(told.answers.total.reviews, total.new + total.reviews);
    assert_eq!(told.answers.retention().part, total.passed);
    assert_eq!(told.answers.total.time_ms, total.time_ms);
    assert_eq!(told.answers.days_studied, 52);
}

#[test]
fn a_simulation_foresees_what_the_same_learner_does() {
    let story = Story { cards: 200, days: 50, new_per_day: 8, reviews_per_day: 400, missed: 0..0 };
    let total = live(&story).total();
    let asked = live(&Story { days: 0, ..story }).app;
    let (situation, _) = asked.situation(None, at(FIRST, 0)).unwrap();
    let foreseen = |seed| {
        let days = situation.live(Change::default(), seed).take(50);
        days.fold(Load::default(), |sum, (_, load)| sum.then(load))
    };
    let foreseen: Vec<Load> = (0..30).map(foreseen).collect();
    let figures: [fn(&Load) -> u32; 4] =
        [|load| load.reviews, |load| load.passed, |load| load.new, |load| load.seen];
    for of in figures {
        let (least, most) = (foreseen.iter().map(of).min(), foreseen.iter().map(of).max());
        let (least, most) = (least.unwrap(), most.unwrap());
        assert!((least..=most).contains(&of(&total)), "{} of {least} to {most}", of(&total));
        assert!(f64::from(most) < f64::from(least) * 1.2, "{least} to {most} says little");
    }
}

#[test]
#[ignore = "a whole year takes minutes; it is for looking at"]
fn a_year_of_three_thousand_cards_with_a_month_missed() {
    let story =
        Story { cards: 3_000, days: 365, new_per_day: 20, reviews_per_day: 150, missed: 90..120 };
    let lived = live(&story);
    print!("{}", lived.plot());
    let total = lived.total();
    println!("{total:?}");
    assert_healthy(&lived.app);
}
