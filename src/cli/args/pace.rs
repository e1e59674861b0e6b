//! What catching up and a vacation are told.

use clap::Args as ClapArgs;

use crate::domain::{Day, Period};

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Example:\n  termdeck catch-up --per-day 40\n\nShows day by day what a pace comes to, then asks. While more is due than the pace,\nat most so many due cards come a day, the most overdue for their intervals first, and\nnew ones wait (fresh_per_day of them do not). It ends by itself when all that is due\nfits in a day. Cards that return because they are answered meanwhile are not foreseen.\nWithout options it says how the backlog stands."
)]
pub struct CatchUpArgs {
    /// Due cards a day
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), conflicts_with_all = ["until", "clear"])]
    pub per_day: Option<u32>,
    /// As many a day as it takes until then; the plan ends on that day
    #[arg(long, value_name = "DATE", conflicts_with = "clear")]
    pub until: Option<Day>,
    /// New cards come all the same
    #[arg(long)]
    pub with_new: bool,
    /// End the plan
    #[arg(long, conflicts_with = "with_new")]
    pub clear: bool,
    /// Choose it without asking
    #[arg(short, long)]
    pub yes: bool,
}

#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Example:\n  termdeck vacation 2026-12-20..2027-01-03\n\nShows what will wait when you are back, then asks. Without days it lists them."
)]
pub struct VacationArgs {
    /// The first and the last day off
    #[arg(value_name = "FROM..TO")]
    pub days: Option<Period>,
    /// Take these days back, or all that are not over
    #[arg(long)]
    pub clear: bool,
    /// Choose them without asking
    #[arg(short, long)]
    pub yes: bool,
}
