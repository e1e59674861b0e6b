//! `export`.

use std::io::IsTerminal;
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
            "name a format with --format, or a file that ends in .tsv, .csv, .json, .apkg, .md or \
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
    let (bytes, name, notes, cards, events) = if format == ExportFormat::Apkg {
        if to_stdout && std::io::stdout().is_terminal() {
            let what = "a package is no text: name a file with --output".to_owned();
            return Err(Stop::Usage(what));
        }
        let packed = desk.app.apkg(part, desk.now)?;
        if packed.left_out > 0 {
            let cards = render::plural(packed.left_out, "card");
            desk.out.note(&format!("{cards} left out: there is no template for so high a number"));
        }
        (packed.bytes, "apkg", packed.notes, packed.cards, packed.answers)
    } else if format == ExportFormat::Json {
        let document = desk.app.document(part, desk.now)?;
        let sizes = (document.notes.len(), document.cards.len(), document.events.len());
        (writers::json(&document).into_bytes(), "json", sizes.0, sizes.1, sizes.2)
    } else {
        let rows = desk.app.rows(part, desk.now)?;
        match format {
            ExportFormat::Csv => {
                let text = writers::csv(&rows, spreadsheet);
                (text.into_bytes(), "csv", rows.len(), 0, 0)
            }
            ExportFormat::AnkiText => {
                (writers::anki_text(&rows).into_bytes(), "anki-text", rows.len(), 0, 0)
            }
            ExportFormat::Md => (writers::markdown(&rows).into_bytes(), "md", rows.len(), 0, 0),
            _ => (writers::tsv(&rows).into_bytes(), "tsv", rows.len(), 0, 0),
        }
    };
    if to_stdout {
        return desk.out.bytes(&bytes);
    }
    let path = output.unwrap_or(Path::new("-"));
    write(path, &bytes)?;
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
        "apkg" => Some(ExportFormat::Apkg),
        _ => None,
    }
}

/// Writes beside the file and renames, so that it is never half written.
fn write(path: &Path, bytes: &[u8]) -> Result {
    let failed = |source| Error::File { path: path.to_owned(), source };
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    let written = std::fs::write(&name, bytes).and_then(|()| std::fs::rename(&name, path));
    if written.is_err() {
        // What could not be finished is of no use; the error says why.
        let _ = std::fs::remove_file(&name);
    }
    Ok(written.map_err(failed)?)
}
