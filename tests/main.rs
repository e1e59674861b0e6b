//! Everything that is tested from outside, in one binary: linked once, run at once.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on should panic")]

mod decks;
mod layers;
mod migrations;
