//! Flashcards for people who live in a terminal.

pub mod app;
pub mod domain;
pub mod export;
pub mod import;
pub mod session;
