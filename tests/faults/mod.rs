//! The program is killed at any moment, or the disk fails it: what it said was taken is
//! there afterwards, and nothing is half done.
#![allow(clippy::print_stdout, reason = "a long run says what it did, and what it could not do")]

mod answers;
mod clock;
mod damage;
#[cfg(target_os = "linux")]
mod deeds;
#[cfg(target_os = "linux")]
mod disk;
#[cfg(target_os = "linux")]
mod full;
mod imports;
mod moments;
mod side_by_side;
mod terminal;
