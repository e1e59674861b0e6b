//! All tests that look at the crate from outside, in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod decks;
mod layers;
mod migrations;
mod vectors;
