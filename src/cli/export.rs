//! `export`.

use std::path::Path;

use serde_json::json;

use crate::app::Query;
use crate::error::Error;
use crate::export as writers;

use super::args::ExportFormat;
use super::{Desk, Result, Stop, render};

pub fn export(
    desk: &mut Desk<'_>,
    deck: Option<&str>,
    search: Option<&str>,
    output: Option<&Path>,
    format: Option<ExportFormat>,
    spreadsheet: bool,
) -> Result {
    let to_stdout = output.is_none_or(|path| path == Path::new("-"));
    let format = format.or_else(|| by_ending(output?)).ok_or_else(|| {
        Stop::Usage(
            "name a format with --format, or a file that ends in .tsv, .csv, .json, .md or \
             .anki.txt"
                .to_owned(),
        )
    })?;
    let part = match (deck, search) {
        (Some(deck), _) => Some(Query::within(desk.app.find_deck(deck)?)),
        (None, Some(query)) => Some(Query::parse(query)?),
        (None, None) => None,
    };
    let part = part.as_ref();
    let (text, name, notes, cards, events) = if format == ExportFormat::Json {
        let document = desk.app.document(part, desk.now)?;
        let sizes = (document.notes.len(), document.cards.len(), document.events.len());
        (writers::json(&document), "json", sizes.0, sizes.1, sizes.2)
    } else {
        let rows = desk.app.rows(part, desk.now)?;
        match format {
            ExportFormat::Csv => (writers::csv(&rows, spreadsheet), "csv", rows.len(), 0, 0),
            ExportFormat::AnkiText => (writers::anki_text(&rows), "anki-text", rows.len(), 0, 0),
            ExportFormat::Md => (writers::markdown(&rows), "md", rows.len(), 0, 0),
            _ => (writers::tsv(&rows), "tsv", rows.len(), 0, 0),
        }
    };
    if to_stdout {
        return desk.out.raw(&text);
    }
    let path = output.unwrap_or(Path::new("-"));
    write(path, &text)?;
    if desk.out.is_json() {
        return desk.out.json(&json!({
            "path": path.display().to_string(), "format": name,
            "notes": notes, "cards": cards, "events": events,
        }));
    }
    desk.out.info(&format!("{}: {}", path.display(), render::plural(notes, "note")))
}

fn by_ending(path: &Path) -> Option<ExportFormat> {
    if path.file_name()?.to_str()?.to_ascii_lowercase().ends_with(".anki.txt") {
        return Some(ExportFormat::AnkiText);
    }
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "tsv" | "txt" => Some(ExportFormat::Tsv),
        "csv" => Some(ExportFormat::Csv),
        "md" | "markdown" => Some(ExportFormat::Md),
        "json" => Some(ExportFormat::Json),
        _ => None,
    }
}

/// Writes beside the file and renames, so that it is never half written.
fn write(path: &Path, text: &str) -> Result {
    let failed = |source| Error::File { path: path.to_owned(), source };
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    let written = std::fs::write(&name, text).and_then(|()| std::fs::rename(&name, path));
    if written.is_err() {
        // What could not be finished is of no use; the error says why.
        let _ = std::fs::remove_file(&name);
    }
    Ok(written.map_err(failed)?)
}
