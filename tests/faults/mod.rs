//! The program is killed at any moment, or the disk fails it: what it said was taken is
//! there afterwards, and nothing is half done.

mod answers;
mod damage;
#[cfg(target_os = "linux")]
mod deeds;
#[cfg(target_os = "linux")]
mod disk;
mod imports;
mod moments;
mod side_by_side;
mod terminal;
