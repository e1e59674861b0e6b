//! The real work of Statistics.

use super::Desk;
use crate::tui::screen::Problem;
use crate::tui::screens::stats::{StatsBackend, StatsNews, StatsWork};

impl StatsBackend for Desk {
    fn stats(&mut self, work: StatsWork) -> Result<StatsNews, Problem> {
        match work {
            StatsWork::Load => Ok(StatsNews::Loaded),
        }
    }
}
