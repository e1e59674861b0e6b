//! Promises that hold for any deck, any learner and any order of things.

mod ahead;
mod bulk;
mod export;
mod import;
mod learner;
mod log;
mod merge;
mod offers;
mod replans;
mod rows;
mod scheduler;
pub(crate) mod stage;
mod statistics;
