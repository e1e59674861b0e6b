//! Statistics of the collection in memory.

use super::Fake;
use crate::tui::screen::Problem;
use crate::tui::screens::stats::{StatsBackend, StatsNews, StatsWork};

impl StatsBackend for Fake {
    fn stats(&mut self, work: StatsWork) -> Result<StatsNews, Problem> {
        match work {
            StatsWork::Load => Ok(StatsNews::Loaded),
        }
    }
}
