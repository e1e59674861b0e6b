//! The real work of Statistics.

use super::Desk;
use crate::tui::screen::Problem;
use crate::tui::screens::stats::{StatsBackend, StatsNews, StatsWork};

/// Events that are counted between two looks at the keys.
const SLICE: u32 = 2_000;

impl StatsBackend for Desk {
    fn stats(&mut self, work: StatsWork) -> Result<StatsNews, Problem> {
        match work {
            StatsWork::Load(request) => {
                let progress = self.app.count_answers(&mut self.counting, SLICE)?;
                if !progress.is_done() {
                    return Ok(StatsNews::Counting(progress));
                }
                let found = self.app.statistics(&request, self.clock.now())?;
                let decks = self.app.deck_names()?;
                Ok(StatsNews::Loaded(request, Box::new(found), decks))
            }
        }
    }
}
