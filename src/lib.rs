//! Flashcards for people who live in a terminal.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod domain;
pub mod error;
pub mod export;
pub mod import;
pub mod paths;
pub mod sched;
pub mod session;
pub mod store;
pub mod tui;
