//! Text from a deck cannot attack the terminal, and no file brings the program down.

mod files;
mod formats;
mod output;
mod payload;
pub mod samples;
mod terminal;
