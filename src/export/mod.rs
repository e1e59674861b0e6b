//! Writers: one format each.

use crate::domain::{Fields, Kind, Uid};

/// A note as a table row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Full name of its deck.
    pub deck: String,
    /// What it is.
    pub kind: Kind,
    /// Its text.
    pub fields: Fields,
    /// The id its file gives it.
    pub ext_id: Option<String>,
    /// Its id.
    pub uid: Uid,
}
