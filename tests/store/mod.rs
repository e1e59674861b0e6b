//! The file that holds a collection: what is refused, what is made, what is saved.

mod backups;
mod opening;
pub mod schemas;
