//! Promises that hold for any deck, any learner and any order of things.

mod import;
mod learner;
mod log;
mod merge;
mod rows;
mod stage;
