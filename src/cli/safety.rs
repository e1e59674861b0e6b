//! `backup`, `restore`, `doctor`.

use std::path::Path;

use serde_json::json;

use crate::domain::{Now, safe};
use crate::error::Error;

use super::args::Globals;
use super::render::Out;
use super::{Desk, Result, Stop};

pub fn backup(desk: &mut Desk<'_>, output: Option<&Path>) -> Result {
    let path = desk.app.backup(output, desk.now)?.display().to_string();
    if desk.out.is_json() {
        return desk.out.json(&json!({ "path": path }));
    }
    desk.out.info(&format!("backup: {}", safe::line(&path)))
}

pub fn restore(file: &Path, db: &Path, now: Now, globals: &Globals, out: &mut Out) -> Result {
    let missing = |source| Error::File { path: file.to_owned(), source };
    std::fs::metadata(file).map_err(missing)?;
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

pub fn doctor(desk: &mut Desk<'_>, repair: bool) -> Result {
    let mut repaired = None;
    if repair {
        let (states, kept) = desk.app.repair(desk.now)?;
        desk.out.note(&format!("a backup is kept: {}", kept.display()));
        repaired = Some(states);
    }
    let diagnosis = desk.app.doctor()?;
    if desk.out.is_json() {
        desk.out.json(&diagnosis)?;
    } else {
        if let Some(states) = repaired {
            desk.out.line(&format!("{states} states computed anew"))?;
        }
        for check in &diagnosis.checks {
            let sign = if check.ok { "ok  " } else { "WRONG" };
            desk.out.line(&format!("{sign} {}", check.name))?;
            for line in &check.found {
                desk.out.line(&format!("      {}", safe::line(line)))?;
            }
        }
        desk.out.line(if diagnosis.ok {
            "all is well"
        } else {
            "something is wrong; `termdeck doctor --repair` computes states anew, \
             `termdeck restore FILE` brings a backup back"
        })?;
    }
    if diagnosis.ok { Ok(()) } else { Err(Stop::Status(1)) }
}
