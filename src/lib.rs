//! Flashcards for people who live in a terminal.

pub mod app;
pub mod domain;
pub mod import;
pub mod session;
pub mod tui;
