//! Which notes or cards a command is about.

use clap::Args as ClapArgs;

use crate::app::due_day;
use crate::domain::Day;

/// Notes or cards by id, or by a search.
#[derive(Debug, ClapArgs)]
pub struct Which {
    /// Ids: all digits, or the first eight or more; or give --search
    #[arg(value_name = "ID", required_unless_present = "search", conflicts_with = "search")]
    pub ids: Vec<String>,
    /// All that match a query
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub search: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub struct SetDueArgs {
    /// Cards, then the day: 2026-11-23, tomorrow, or the number of days until then
    #[arg(required = true, value_name = "CARD... DATE")]
    pub rest: Vec<String>,
    /// All cards that match a query
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub search: Option<String>,
}

impl SetDueArgs {
    /// Returns the cards and the day.
    pub fn split(&self, today: Day) -> Result<(Which, Day), String> {
        let (day, ids) = self.rest.split_last().ok_or("a day is missing")?;
        let day = due_day(day, today)?;
        if ids.is_empty() == self.search.is_none() {
            return Err("give cards or --search, then a day".to_owned());
        }
        Ok((Which { ids: ids.to_vec(), search: self.search.clone() }, day))
    }
}
