//! All tests that look at the crate from outside, in one binary: linked once, run at once.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on should panic")]

mod ahead;
mod articles;
mod cli;
#[cfg(unix)]
mod collection;
mod common;
mod decks;
mod delimited;
mod export;
#[cfg(unix)]
mod faults;
mod history;
#[cfg(unix)]
mod hostile;
mod inbox;
mod interop;
mod journeys;
mod layers;
mod limits;
mod matrix;
mod migrations;
mod packages;
mod pictures;
mod plans;
#[cfg(unix)]
mod presses;
mod properties;
mod replans;
mod rules;
#[cfg(unix)]
mod screen;
#[cfg(unix)]
mod store;
mod streak;
mod vectors;
mod year;
