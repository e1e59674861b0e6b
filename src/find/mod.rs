//! Finding notes: the query language, and an index in memory that answers it.
//!
//! # Design
//! A [`Shard`] holds some hundreds of notes: their folded texts one after the other
//! in one buffer, everything else of them in small arrays. A word is looked for in
//! the whole buffer at once, and only a place where it stands leads to a note; no
//! text is folded or copied while a query runs. Each part of a query gives a set of
//! bits, one for each card, and the parts are joined word by word of 64 cards.
//!
//! Shards are made one by one, so an index can grow between two keys and answers
//! from what it has; a change of some notes makes only their shards anew.

mod bits;
mod matching;
mod order;
mod parser;
mod query;
mod shard;
mod terms;
mod texts;

#[cfg(test)]
mod tests;

pub use matching::{Matches, Place, Scene};
pub(crate) use order::Spot;
pub use order::{Column, Order};
pub use query::{Fault, Query, Rated};
pub use shard::{CardEntry, NoteEntry, Parts, Shard};
pub use terms::{TERMS, Term};
