//! What the learner decided about a row before it is imported.

use crate::domain::Said;

/// What becomes of a new row besides being added.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Triage {
    /// It is learnt from the start.
    #[default]
    Learn,
    /// The learner knows it: its cards start with a long interval.
    Known,
    /// The learner does not want it: no import offers it again.
    Never,
}

/// What the learner decided about a row; the default is nothing at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// What the file says, where the learner changed the row.
    pub said: Option<Said>,
    /// Lines that could not be read by themselves and became part of the row.
    pub lines: Vec<u32>,
    /// Whether it is a note of its own and no correction of one with a similar front.
    pub apart: bool,
    /// Whether the file's text wins, or else the learner's for good; `None`: as for the
    /// whole file.
    pub theirs: Option<bool>,
    /// What becomes of it if it is new.
    pub triage: Triage,
}

impl Decided {
    /// Nothing was decided.
    pub const NOTHING: Self =
        Self { said: None, lines: Vec::new(), apart: false, theirs: None, triage: Triage::Learn };
}
