//! `import` and `imports`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::app::plan::{BucketCounts, FilePlan, PlanRow};
use crate::app::{ImportOptions, Input};
use crate::clock;
use crate::domain::{cloze, safe};
use crate::error::Error;
use crate::import::{ReadError, ReadOptions, RowError};

use super::args::{ImportArgs, ImportsAction};
use super::places::{Place, places};
use super::progress::Progress;
use super::question::{can_ask, confirmed};
use super::render::plural;
use super::{Desk, Result, Stop};

/// Rows of each bucket that are listed for people.
const MOST_ROWS: usize = 12;

pub fn import(desk: &mut Desk<'_>, args: &ImportArgs) -> Result {
    let options = options(args);
    let places = places(&args.paths)?;
    let asks = !args.yes && !args.dry_run && can_ask(desk);
    let only_plan = args.dry_run || !(args.yes || asks);
    let mut shapes = Vec::new();
    let mut import = Value::Null;
    let mut failed = None;
    let mut progress = Progress::new(desk.globals.quiet);
    let mut read = Vec::new();
    let mut planned = 0_usize;
    let several = places.len() > 1;
    for place in places {
        let plan = match examine(desk, &place, &options, args.dry_run, &mut progress) {
            Ok(Some(plan)) => plan,
            Ok(None) => continue,
            Err(Stop::Failed(error)) if !matches!(error, Error::Cancelled(_)) => {
                // What is wrong with one file is no reason to leave the others out.
                shapes.push(json!({ "path": place.path, "error": error.to_string() }));
                if let Some(earlier) = failed.replace(error) {
                    desk.out.note(&earlier.render());
                }
                continue;
            }
            Err(stop) => return Err(stop),
        };
        planned += 1;
        if desk.out.is_json() {
            shapes.push(shape(&plan, only_plan));
        } else {
            print_plan(desk, &plan)?;
        }
        if only_plan {
            read.push(plan.counts());
            continue;
        }
        if asks && !confirmed(desk, "Import this?")? {
            continue;
        }
        let done = match progress.during(|watch| desk.app.apply(&plan, desk.now, watch)) {
            Ok(done) => done,
            Err(error @ Error::Cancelled(_)) => return Err(error.into()),
            Err(error) => {
                if let Some(shape) = shapes.last_mut() {
                    shape["error"] = json!(error.to_string());
                }
                if let Some(earlier) = failed.replace(error) {
                    desk.out.note(&earlier.render());
                }
                continue;
            }
        };
        read.push(done.counts);
        match done.import {
            Some(id) => {
                import = json!(id);
                if let Some(shape) = shapes.last_mut() {
                    shape["import"] = json!(id);
                }
                desk.out.info_unless_json(&format!("imported as {id}"))?;
            }
            None => desk.out.info_unless_json("nothing to do")?,
        }
    }
    if desk.out.is_json() {
        desk.out.json(&json!({ "import": import, "dry_run": only_plan, "files": shapes }))?;
    } else if several && !read.is_empty() {
        let total = read.iter().copied().sum();
        desk.out.info(&format!("{}: {}", plural(read.len(), "file"), counts_line(&total)))?;
    }
    match failed {
        Some(error) => Err(error.into()),
        None if only_plan && !args.dry_run && planned > 0 => Err(Error::NotConfirmed.into()),
        None => Ok(()),
    }
}

/// Returns the plan of a file, or `None` where there is nothing to plan: it was
/// imported before, or is one of a folder's other files.
fn examine(
    desk: &mut Desk<'_>,
    place: &Place,
    options: &ImportOptions,
    dry_run: bool,
    progress: &mut Progress,
) -> Result<Option<FilePlan>> {
    let bytes = place.read()?;
    let input = Input { path: &place.path, bytes: &bytes };
    if !dry_run
        && !desk.out.is_json()
        && let Some((line, _)) = desk.app.known_import(input, options)?
    {
        let at = clock::local_text(line.at_ms);
        let path = safe::line(&place.path);
        desk.out.line(&format!("{path}: already imported on {at}, nothing to do"))?;
        return Ok(None);
    }
    match progress.during(|watch| desk.app.plan(input, options, watch)) {
        Ok(plan) => Ok(Some(plan)),
        // In a folder, what is no deck file is none of our business.
        Err(Error::Read { error: ReadError::NoDeck { .. } | ReadError::Empty, .. })
            if place.is_found =>
        {
            desk.out.note(&format!("{}: no deck file, left out", place.path));
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

fn options(args: &ImportArgs) -> ImportOptions {
    let delimiter = args.delimiter.as_ref().map(|text| match text.as_str() {
        "\\t" | "tab" | "TAB" => "\t".to_owned(),
        other => other.to_owned(),
    });
    ImportOptions {
        deck: args.deck.clone(),
        read: ReadOptions {
            format: args.format,
            encoding: args.encoding.clone(),
            delimiter,
            columns: args.columns.clone(),
            no_header: args.no_header,
            script: args.script,
        },
        kinds: args.kinds.clone(),
        direction: args.direction,
        theirs: args.theirs,
        prune: args.prune,
        no_profile: args.no_profile,
    }
}

/// Returns the shape FILE of the JSON output.
pub fn shape(plan: &FilePlan, with_notes: bool) -> Value {
    let counts = plan.counts();
    let mut shape = json!({
        "path": plan.path,
        "format": plan.format,
        "encoding": plan.encoding,
        "deck": plan.deck,
    });
    let Value::Object(fields) = &mut shape else { return shape };
    if let Ok(Value::Object(counts)) = serde_json::to_value(counts) {
        fields.extend(counts);
    }
    fields.insert("warnings".into(), json!(plan.warnings));
    fields.insert("reports".into(), json!(plan.reports));
    if let Some(lines) = &plan.lines {
        fields.insert("lines".into(), json!(lines));
    }
    if with_notes {
        let rows = plan.rows.iter().map(note);
        let rejected = plan.rejected.iter().map(rejected_note);
        fields.insert("notes".into(), rows.chain(rejected).collect());
    }
    shape
}

fn note(row: &PlanRow) -> Value {
    let fields = &row.draft.fields;
    json!({
        "action": row.action(),
        "line": row.draft.line,
        "kind": row.draft.kind,
        "front": fields.front,
        "back": fields.back,
        "reading": fields.reading,
        "note": fields.note,
        "example": fields.example,
        "source": fields.source,
        "tags": fields.tags,
        "confidence": f64::from(row.draft.confidence_pct) / 100.0,
        "ticked": row.ticked,
        "reason": row.reason,
    })
}

fn rejected_note(row: &RowError) -> Value {
    json!({
        "action": "reject", "line": row.line, "kind": "term", "front": "", "back": "",
        "reading": "", "note": "", "example": "", "source": "", "tags": [],
        "confidence": 0.0, "ticked": false, "reason": row.reason.to_string(),
    })
}

/// Prints a plan for people: what was understood, then the rows that matter.
pub fn print_plan(desk: &mut Desk<'_>, plan: &FilePlan) -> Result {
    let out = &mut *desk.out;
    let path = safe::line(&plan.path).into_owned();
    out.line(&format!(
        "{path}: {}, {}, deck {}",
        plan.format,
        plan.encoding,
        safe::line(plan.deck.as_str())
    ))?;
    for report in &plan.reports {
        out.line(&format!("  {}", safe::line(report)))?;
    }
    for warning in &plan.warnings {
        let place =
            if warning.line > 0 { format!("{path}:{}", warning.line) } else { path.clone() };
        out.line(&format!("  warning: {place}: {}", safe::line(&warning.message)))?;
    }
    let mut listed = BTreeMap::new();
    for row in &plan.rows {
        let action = row.action();
        let shown: &mut usize = listed.entry(action).or_default();
        *shown += 1;
        if action == "unchanged" || *shown > MOST_ROWS {
            continue;
        }
        let fields = &row.draft.fields;
        let reason = if row.reason.is_empty() {
            String::new()
        } else {
            format!("  ({})", safe::line(&row.reason))
        };
        out.line(&format!(
            "  {action:<9} {:>5}  {} = {}{reason}",
            row.draft.line,
            safe::line(&cloze::plain(&fields.front)),
            safe::line(&fields.back)
        ))?;
    }
    for (action, count) in listed {
        if action != "unchanged" && count > MOST_ROWS {
            out.line(&format!("  ... and {} more to {action}", count - MOST_ROWS))?;
        }
    }
    for row in &plan.rejected {
        out.line(&format!("  reject    {path}:{}: {}", row.line, safe::line(&row.told())))?;
    }
    for line in summary(plan) {
        out.line(&format!("  {line}"))?;
    }
    Ok(())
}

/// Returns what a plan comes to, for people: its rows, and the cards that they make.
pub fn summary(plan: &FilePlan) -> Vec<String> {
    let counts = plan.counts();
    let notes = plural(counts.added as usize, "new note");
    let cards = format!("{notes}, {}", plural(counts.cards as usize, "card"));
    (counts.added > 0).then_some(cards).into_iter().chain([counts_line(&counts)]).collect()
}

/// Returns `10 new, 3 updated, 187 unchanged` with what is not zero.
pub fn counts_line(counts: &BucketCounts) -> String {
    let parts = [
        (counts.added, "new"),
        (counts.updated, "updated"),
        (counts.renamed, "renamed"),
        (counts.unchanged, "unchanged"),
        (counts.duplicates, "duplicate"),
        (counts.conflicts, "in conflict"),
        (counts.skipped, "skipped"),
        (counts.rejected, "rejected"),
        (counts.gone, "no longer in the file"),
    ];
    let named: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    if named.is_empty() { "0 rows".to_owned() } else { named.join(", ") }
}

pub fn imports(desk: &mut Desk<'_>, action: Option<&ImportsAction>) -> Result {
    if let Some(ImportsAction::Undo { id, force }) = action {
        let change = desk.app.undo_import(id, *force, desk.now)?;
        return desk.out.change(&change, "taken back");
    }
    let lines = desk.app.imports(u32::MAX)?;
    if desk.out.is_json() {
        let imports: Vec<Value> = lines
            .iter()
            .map(|line| {
                json!({
                    "id": line.id, "at": clock::rfc3339(line.at_ms), "path": line.path,
                    "format": line.format, "deck": line.deck, "added": line.added,
                    "updated": line.updated, "undone": line.undone,
                })
            })
            .collect();
        return desk.out.json(&json!({ "imports": imports }));
    }
    if lines.is_empty() {
        desk.out.info("nothing was imported yet")?;
    }
    for line in lines {
        let id = line.id.to_string();
        let undone = if line.undone { "  (taken back)" } else { "" };
        desk.out.line(&format!(
            "{}  {}  {:>5} new {:>5} updated  {}  {}{undone}",
            &id[..8],
            clock::local_text(line.at_ms),
            line.added,
            line.updated,
            safe::line(&line.deck),
            safe::line(&line.path),
        ))?;
    }
    Ok(())
}
