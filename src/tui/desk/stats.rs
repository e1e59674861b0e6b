//! The real work of Statistics.

use super::Desk;
use crate::app::Progress;
use crate::session::outlook::Foreseeing;
use crate::tui::screen::Problem;
use crate::tui::screens::stats::{StatsBackend, StatsNews, StatsWork};

/// Events that are counted between two looks at the keys.
const SLICE: u32 = 2_000;

/// Cards that are looked at between them while days are foreseen.
const CARDS: usize = 50_000;

impl StatsBackend for Desk {
    fn stats(&mut self, work: StatsWork) -> Result<StatsNews, Problem> {
        match work {
            StatsWork::Load(request) => {
                // What was begun is of a collection that may be another one by now.
                self.foreseeing = None;
                let progress = self.app.count_answers(&mut self.counting, SLICE)?;
                if !progress.is_done() {
                    return Ok(StatsNews::Counting(progress));
                }
                let found = self.app.statistics(&request, self.clock.now())?;
                let decks = self.app.deck_names()?;
                Ok(StatsNews::Loaded(request, Box::new(found), decks))
            }
            StatsWork::Foresee(deck) => {
                let begun = self.foreseeing.take().filter(|begun| begun.deck() == deck.as_ref());
                let mut foreseeing = if let Some(begun) = begun {
                    begun
                } else {
                    let now = self.clock.now();
                    let (situation, habits) = self.app.situation(deck.as_ref(), now)?;
                    Foreseeing::new(deck, situation, &habits)
                };
                let (done, of) = foreseeing.live(CARDS);
                if done == of {
                    return Ok(StatsNews::Foreseen(Box::new(foreseeing.outlook())));
                }
                self.foreseeing = Some(foreseeing);
                Ok(StatsNews::Foreseeing(Progress { done: done.into(), of: of.into() }))
            }
        }
    }
}
