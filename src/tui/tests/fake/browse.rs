//! Browse of the collection in memory.

use super::Fake;
use crate::tui::screen::Problem;
use crate::tui::screens::browse::{BrowseBackend, BrowseNews, BrowseWork};

impl BrowseBackend for Fake {
    fn browse(&mut self, work: BrowseWork) -> Result<BrowseNews, Problem> {
        match work {
            BrowseWork::Load => Ok(BrowseNews::Loaded),
        }
    }
}
