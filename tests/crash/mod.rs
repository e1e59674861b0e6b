//! The program is killed at any moment: what it said was taken is there
//! afterwards, and nothing is half done.

mod answers;
mod imports;
mod moments;
mod side_by_side;
mod terminal;
