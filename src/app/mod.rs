//! Use cases. One method is one transaction and one undo step.

pub mod plan;
