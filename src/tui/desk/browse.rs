//! The real work of Browse.

use super::Desk;
use crate::tui::screen::Problem;
use crate::tui::screens::browse::{BrowseBackend, BrowseNews, BrowseWork};

impl BrowseBackend for Desk {
    fn browse(&mut self, work: BrowseWork) -> Result<BrowseNews, Problem> {
        match work {
            BrowseWork::Load => Ok(BrowseNews::Loaded),
        }
    }
}
