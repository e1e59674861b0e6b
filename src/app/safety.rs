//! Backups, restoring, and looking for damage.

use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::domain::Now;
use crate::sched::day::study_day_at;
use crate::store::Check;
use crate::store::salvage::{Saved, salvage};

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
    /// The store, where it keeps the decks from being read.
    pub fn doctor(&self) -> Result<Diagnosis> {
        self.store.view(|store| {
            let decks = super::decks::Decks::load(store, &self.config.deck)?;
            let checks = store.check(|deck| decks.engine(deck));
            Ok(Diagnosis { ok: checks.iter().all(|check| check.ok), checks })
        })
    }

    /// Computes every state and every counter anew from the log. Returns how many
    /// states were wrong.
    fn rebuild(&self) -> Result<u32> {
        self.store.transact(|store| {
            let decks = super::decks::Decks::load(store, &self.config.deck)?;
            Ok(store.rebuild(|deck| decks.engine(deck))?)
        })
    }
}

/// What a repair did.
pub enum Repair {
    /// The log was replayed, after a backup.
    Replayed {
        /// How many states were wrong.
        states: u32,
        /// Where the backup is.
        kept: PathBuf,
        /// What `doctor` finds now.
        diagnosis: Diagnosis,
    },
    /// The collection is damaged and was left alone; what could be read of it is saved.
    Saved(Salvaged),
}

/// What was saved of a damaged collection.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Salvaged {
    /// The new collection.
    pub path: PathBuf,
    /// What of each table is in it.
    pub tables: Vec<Saved>,
    /// What is wrong with the damaged one.
    pub damage: Vec<String>,
}

/// Puts the collection at `path` in order. Where only states or counters are wrong,
/// they are computed anew from the log, after a backup; where rows or pages are, what
/// can be read is saved in a new collection beside it, the log first.
///
/// # Errors
/// A file that is no collection or of which nothing can be read; the store.
pub fn repair(path: &Path, config: Config, now: Now) -> Result<Repair> {
    let damage = match App::open(path, config.clone(), now) {
        Ok(app) => match app.doctor() {
            Ok(diagnosis) if !diagnosis.checks.iter().any(|check| check.is_damage) => {
                let name = format!("before-repair-{}.db", now.at_ms);
                let kept = app.backup(Some(&app.store.backup_folder().join(name)), now)?;
                let states = app.rebuild()?;
                return Ok(Repair::Replayed { states, kept, diagnosis: app.doctor()? });
            }
            Ok(diagnosis) => diagnosis.checks.into_iter().flat_map(|check| check.found).collect(),
            Err(error) if error.is_damage() => vec![error.to_string()],
            Err(error) => return Err(error),
        },
        Err(error) if error.is_damage() => vec![error.to_string()],
        Err(error) => return Err(error),
    };
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-saved-{}.db", now.at_ms));
    let to = path.with_file_name(name);
    let tables = salvage(path, &to, now.at_ms)?;
    App::open(&to, config, now)?.rebuild()?;
    Ok(Repair::Saved(Salvaged { path: to, tables, damage }))
}

/// Replaces the collection at `path` by the backup at `from`, which is checked
/// first. Returns where what was there is kept.
///
/// # Errors
/// A file that is no collection, damaged or newer; nothing is changed then.
pub fn restore(from: &Path, path: &Path, now: Now) -> Result<Option<PathBuf>> {
    Ok(crate::store::backup::restore(from, path, now.at_ms)?)
}
