//! Whole journeys of the real binary in a pseudo-terminal, as a person makes them.

mod browse;
mod day;
mod import;
mod offers;
mod rollover;
mod settings;
mod sharing;
mod signals;
mod sizes;
mod stats;
pub mod terminal;
mod writing;
