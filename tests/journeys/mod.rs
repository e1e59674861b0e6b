//! Whole journeys of the real binary in a pseudo-terminal, as a person makes them.

mod day;
mod import;
mod rollover;
mod sharing;
mod signals;
mod sizes;
pub mod terminal;
mod writing;
