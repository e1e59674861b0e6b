//! Watching a long piece of work, and stopping it.

use std::fmt;

/// What a long piece of work is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// A file is being read.
    Reading,
    /// Its rows are being compared with the collection.
    Comparing,
    /// The plan is being carried out.
    Writing,
    /// A scheduler is being fitted to a log.
    Fitting,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Reading => "reading",
            Self::Comparing => "comparing",
            Self::Writing => "writing",
            Self::Fitting => "fitting",
        })
    }
}

/// The learner asked for the work to stop; nothing of it is left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("stopped; nothing was changed")]
pub struct Cancelled;

/// Told now and then how far a long piece of work has come.
///
/// `()` watches nothing and never stops anything.
pub trait Watch {
    /// Takes note that `done` of `all` parts are through; `all` is 0 where it is not known.
    ///
    /// Called often, so it has to be quick.
    ///
    /// # Errors
    /// [`Cancelled`] where the work is to stop here.
    fn at(&self, stage: Stage, done: usize, all: usize) -> Result<(), Cancelled>;
}

impl Watch for () {
    fn at(&self, _: Stage, _: usize, _: usize) -> Result<(), Cancelled> {
        Ok(())
    }
}
