//! What several screens draw with.

pub mod bars;
pub mod columns;
pub mod diff;
pub mod field;
pub mod gauge;
pub mod text;
