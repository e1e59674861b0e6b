//! Backups, restoring, and looking for damage.

use std::path::{Path, PathBuf};

use crate::domain::Now;
use crate::sched::day::study_day_at;
use crate::store::Check;

use super::{App, Result};

/// What `doctor` found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Diagnosis {
    /// Whether everything is as it should be.
    pub ok: bool,
    /// What was looked at.
    pub checks: Vec<Check>,
}

impl App {
    /// Writes a copy of the collection; without a path, into the folder for
    /// backups beside it. Returns where it is.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn backup(&self, to: Option<&Path>, now: Now) -> Result<PathBuf> {
        let to = match to {
            Some(path) => path.to_owned(),
            None => self.store.backup_folder().join(format!("{}-{}.db", now.day, now.at_ms)),
        };
        self.store.backup(&to)?;
        Ok(to)
    }

    /// Makes the backup of this day, where the collection was changed on an earlier one
    /// and has none of it; older ones are thinned out. Returns where it is.
    ///
    /// # Errors
    /// A file that cannot be written or removed.
    pub fn keep_daily(&self, now: Now) -> Result<Option<PathBuf>> {
        let hour = self.config.rollover_hour;
        let day_of = |at_ms| study_day_at(at_ms, now.offset_min, hour);
        Ok(self.store.keep_daily(now.day, day_of)?)
    }

    /// Keeps the collection as it is before much of it is changed.
    pub(super) fn backup_before(&self, what: &str, now: Now) -> Result<()> {
        if self.store.is_in_memory() {
            return Ok(());
        }
        let name = format!("before-{what}-{}.db", now.at_ms);
        self.store.backup(&self.store.backup_folder().join(name))?;
        Ok(())
    }

    /// Looks for damage and for states that do not follow from the log.
    ///
    /// # Errors
    /// The store, where it keeps a check from being made.
    pub fn doctor(&self) -> Result<Diagnosis> {
        self.store.view(|store| {
            let decks = super::decks::Decks::load(store, &self.config.deck)?;
            let checks = store.check(|deck| decks.rules(deck))?;
            Ok(Diagnosis { ok: checks.iter().all(|check| check.ok), checks })
        })
    }

    /// Computes every state and every counter anew from the log, after a backup.
    /// Returns how many states were wrong and where the backup is.
    ///
    /// # Errors
    /// The store.
    pub fn repair(&self, now: Now) -> Result<(u32, PathBuf)> {
        let folder = self.store.backup_folder();
        let kept =
            self.backup(Some(&folder.join(format!("before-repair-{}.db", now.at_ms))), now)?;
        let repaired = self.store.transact(|store| {
            let decks = super::decks::Decks::load(store, &self.config.deck)?;
            Ok::<_, crate::error::Error>(store.rebuild(|deck| decks.rules(deck))?)
        })?;
        Ok((repaired, kept))
    }
}

/// Replaces the collection at `path` by the backup at `from`, which is checked
/// first. Returns where what was there is kept.
///
/// # Errors
/// A file that is no collection, damaged or newer; nothing is changed then.
pub fn restore(from: &Path, path: &Path, now: Now) -> Result<Option<PathBuf>> {
    Ok(crate::store::backup::restore(from, path, now.at_ms)?)
}
