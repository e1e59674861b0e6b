//! Statistics of the collection in memory.

use super::{Fake, TODAY};
use crate::app::Progress;
use crate::domain::deck::Limit;
use crate::domain::{DeckName, Grade, Settings};
use crate::sched::calendar::Calendar;
use crate::sched::count::{Class, Sum};
use crate::sched::learner::{Habits, Learner};
use crate::sched::simulate::{Deck, Situation};
use crate::session::outlook::{Foreseeing, Outlook};
use crate::session::stats::{
    Answers, CardFigures, Cards, Forecast, LeechLine, Request, Statistics,
};
use crate::tui::screen::Problem;
use crate::tui::screens::stats::{StatsBackend, StatsNews, StatsWork};

impl StatsBackend for Fake {
    fn stats(&mut self, work: StatsWork) -> Result<StatsNews, Problem> {
        let request = match work {
            StatsWork::Load(request) => request,
            StatsWork::Foresee(deck) => {
                self.called("foresee", format!("foresee {deck:?}"))?;
                return Ok(StatsNews::Foreseen(Box::new(year(deck))));
            }
        };
        self.called("stats", format!("stats {:?} {:?}", request.deck, request.days))?;
        if self.slices > 0 {
            self.slices -= 1;
            return Ok(StatsNews::Counting(Progress { done: 4_000 - self.slices, of: 4_000 }));
        }
        let decks = self.home.decks.iter().map(|line| line.name.clone()).collect();
        let found = if self.home.decks.is_empty() { nothing(&request) } else { sample(&request) };
        Ok(StatsNews::Loaded(request, Box::new(found), decks))
    }
}

/// Returns the figures of a collection without a card.
fn nothing(request: &Request) -> Statistics {
    let from = request.from(TODAY, None);
    Statistics {
        deck: request.deck.clone(),
        from,
        to: TODAY,
        answers: Answers::of([], [], from, TODAY, |_| false),
        forecast: Forecast::of([], TODAY, request.forecast_d()),
        cards: Cards::none(from, TODAY),
    }
}

/// Returns the figures of somebody who has studied for 400 days, though not on every
/// one; a deck has half of them.
fn sample(request: &Request) -> Statistics {
    let share = if request.deck.is_some() { 2 } else { 1 };
    let from = request.from(TODAY, Some(TODAY.shift(-399)));
    let sums = (-399..=0).filter(|day| day % 9 != -4).flat_map(|day| of_day(day, share));
    let due = (-3..400).map(|day: i32| {
        let cards = if day % 7 == 3 { 0 } else { (40 - day % 31 * 2).unsigned_abs() / share };
        (TODAY.shift(day), cards)
    });
    let mut cards = Cards::none(from, TODAY);
    for nth in 0..300 / share {
        let interval_d = [1, 1, 6, 6, 15, 15, 38, 95, 240, 600][nth as usize % 10];
        cards.add(&CardFigures {
            added: TODAY.shift(-(nth as i32) / 3),
            is_new: nth % 4 == 0,
            is_suspended: nth % 50 == 1,
            is_leech: nth % 100 == 7,
            interval_d,
            ease_centi: 130 + nth % 17 * 10,
        });
    }
    let leech =
        |question: &str, lapses| LeechLine { question: question.into(), lapses, ease_centi: 130 };
    cards.worst = vec![
        leech("人工智能正在改变我们的生活，也在改变我们的工作方式和学习方法。", 12),
        leech("avoir beau + infinitif", 9),
    ];
    Statistics {
        deck: request.deck.clone(),
        from,
        to: TODAY,
        answers: Answers::of(sums, [], from, TODAY, |_| false),
        forecast: Forecast::of(due, TODAY, request.forecast_d()),
        cards,
    }
}

/// Returns the coming year of somebody who begins with 600 cards.
fn year(deck: Option<DeckName>) -> Outlook {
    let begun = Deck {
        settings: Settings::default(),
        new: 600,
        cards: Vec::new(),
        used_new: 0,
        used_reviews: 0,
    };
    let situation = Situation {
        decks: vec![begun],
        new_total: Limit::None,
        used_new: 0,
        learner: Learner::default(),
        calendar: Calendar::default(),
        today: TODAY,
    };
    let mut foreseeing = Foreseeing::new(deck, situation, &Habits::of([]));
    foreseeing.live(usize::MAX);
    foreseeing.outlook()
}

/// Returns the answers of one day.
fn of_day(day: i32, share: u32) -> Vec<Sum> {
    let wave = (day.unsigned_abs() * 7 % 23 + 4) / share;
    let sum = |class, grade: u8, answers: u32, hour| Sum {
        day: TODAY.shift(day),
        hour,
        class,
        grade: Grade::ALL[usize::from(grade)],
        answers,
        ms: u64::from(answers) * 7_300,
    };
    vec![
        sum(Class::New, 4, 5 / share, 8),
        sum(Class::Young, 4, wave, 8),
        sum(Class::Young, 2, wave / 4, 22),
        sum(Class::Mature, 5, wave / 2, 9),
        sum(Class::Mature, 3, wave / 3, 22),
        sum(Class::Mature, 2, wave / 9, 23),
        sum(Class::Drill, 4, wave / 4, 22),
        sum(Class::Cram, 4, u32::from(day == -2) * 6, 12),
    ]
}
