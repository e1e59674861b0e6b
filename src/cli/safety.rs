//! `backup`, `restore`, `doctor`.

use std::path::Path;

use serde_json::json;

use crate::app::{self, App, Diagnosis, Repair, Salvaged, Saved};
use crate::config::Config;
use crate::domain::{Now, safe};

use super::args::Globals;
use super::render::{Out, plural};
use super::{Desk, Result, Stop};

pub fn backup(desk: &mut Desk<'_>, output: Option<&Path>) -> Result {
    let path = desk.app.backup(output, desk.now)?.display().to_string();
    if desk.out.is_json() {
        return desk.out.json(&json!({ "path": path }));
    }
    desk.out.info(&format!("backup: {}", safe::line(&path)))
}

/// Makes the backup of the day, if it is time; what was asked for is done already, so
/// that only a warning is said where it cannot be made.
pub fn keep_daily(app: &App, now: Now, out: &mut Out) {
    if let Err(error) = app.keep_daily(now) {
        out.note(&format!("warning: today's backup could not be made: {error}"));
    }
}

pub fn restore(file: &Path, db: &Path, now: Now, globals: &Globals, out: &mut Out) -> Result {
    let kept = crate::app::restore(file, db, now)?.map(|path| path.display().to_string());
    if globals.json {
        return out.json(&json!({ "path": db.display().to_string(), "kept": kept }));
    }
    out.info(&format!("restored: {}", safe::line(&db.display().to_string())))?;
    match kept {
        Some(kept) => out.info(&format!("what was there is kept: {}", safe::line(&kept))),
        None => Ok(()),
    }
}

pub fn doctor(desk: &mut Desk<'_>) -> Result {
    report(&desk.app.doctor()?, desk.out)
}

/// `doctor --repair`.
pub fn repair(db: &Path, config: Config, now: Now, out: &mut Out) -> Result {
    match app::repair(db, config, now)? {
        Repair::Replayed { states, kept, diagnosis } => {
            out.note(&format!("a backup is kept: {}", kept.display()));
            if !out.is_json() {
                out.line(&format!("{} computed anew", plural(states as usize, "state")))?;
            }
            report(&diagnosis, out)
        }
        Repair::Saved(saved) if out.is_json() => out.json(&saved),
        Repair::Saved(saved) => salvaged(&saved, out),
    }
}

fn salvaged(saved: &Salvaged, out: &mut Out) -> Result {
    out.line("the collection is damaged and was left as it is:")?;
    for line in &saved.damage {
        out.line(&format!("      {}", safe::line(line)))?;
    }
    for table in &saved.tables {
        let lost = table.lost.map_or("an unknown number".to_owned(), |lost| lost.to_string());
        let Saved { name, saved, mended, .. } = table;
        out.line(&format!("{saved} {name} saved, {lost} lost, {mended} mended"))?;
    }
    let path = saved.path.display().to_string();
    out.line(&format!("what could be read is in {}", safe::line(&path)))?;
    out.line("`termdeck restore FILE` puts it, or a backup, in place of the damaged one")
}

/// Says what `doctor` found; exit 1 unless that is nothing.
fn report(diagnosis: &Diagnosis, out: &mut Out) -> Result {
    if out.is_json() {
        out.json(diagnosis)?;
    } else {
        for check in &diagnosis.checks {
            let sign = if check.ok { "ok  " } else { "WRONG" };
            out.line(&format!("{sign} {}", check.name))?;
            for line in &check.found {
                out.line(&format!("      {}", safe::line(line)))?;
            }
        }
        out.line(if diagnosis.ok {
            "all is well"
        } else {
            "something is wrong; `termdeck doctor --repair` computes states anew or saves what can \
             be read, `termdeck restore FILE` brings a backup back"
        })?;
    }
    if diagnosis.ok { Ok(()) } else { Err(Stop::Status(1)) }
}
