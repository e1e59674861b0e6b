//! Writers: from rows and documents to text.
//!
//! What is written reads back as it was.

pub mod apkg;
mod json;
mod table;

pub use json::json;
pub use table::{csv, tsv};

use crate::domain::{Fields, Kind, Uid};

/// A note as the writers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Full name of its deck.
    pub deck: String,
    /// What it is; tables do not say.
    pub kind: Kind,
    /// Its text.
    pub fields: Fields,
    /// The id it has in the file it came from; tables do not say.
    pub ext_id: Option<String>,
    /// Its id.
    pub uid: Uid,
}
