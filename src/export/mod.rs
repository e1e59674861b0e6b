//! Writers: from rows and documents to text.
//!
//! What is written reads back as it was.

mod anki_text;
pub mod apkg;
mod json;
mod markdown;
mod table;

pub use anki_text::anki_text;
pub use json::json;
pub use markdown::markdown;
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
