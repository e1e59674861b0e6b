//! Translation memories: TMX, versions 1.1 to 1.4.
//!
//! # Source
//! TMX 1.4b Specification, OSCAR recommendation, 26 April 2005.

#[cfg(test)]
mod tests;

use super::languages::{self, Languages, Pair, in_language};
use super::xml::{Element, entries, root};
use super::{Draft, Format, ReadError, Reading, RowReason, detect};
use crate::domain::Field;
use crate::domain::text::collapse;
use crate::domain::watch::Watch;

/// Elements within a segment that hold the codes of another program and no text.
const CODES: [&str; 5] = ["bpt", "ept", "it", "ph", "ut"];

/// A unit of translation.
struct Unit {
    line: u32,
    id: Option<String>,
    source: Option<String>,
    note: Vec<String>,
    /// The segments, each with its language.
    segments: Vec<(String, String)>,
}

/// Whether a text is a translation memory.
#[must_use]
pub fn looks_like(text: &str) -> bool {
    root(text) == Some("tmx")
}

/// Reads a translation memory.
///
/// # Errors
/// [`ReadError::Broken`] where nothing can be read of it, [`ReadError::NoDeck`] where
/// nothing in it has two languages, [`ReadError::Cancelled`].
pub fn read(text: &str, watch: &dyn Watch) -> Result<Reading, ReadError> {
    let mut reading = Reading::new(Format::Tmx, "");
    let mut source = None;
    let mut units = Vec::new();
    let mut all = Languages::default();
    let head = |open: &Element<'_>| {
        if open.name() == "header" {
            source = open.attribute("srclang").filter(|code| code != "*all*");
        }
    };
    entries(text, &["tu"], &mut reading, watch, head, |element| {
        let unit = unit(element);
        all.count_once(unit.segments.iter().map(|(code, _)| code.as_str()));
        units.push(unit);
    })?;
    let Some(pair) = all.pair(source.as_deref()) else {
        return Err(detect::no_deck("a translation memory without two languages"));
    };
    all.report(&pair, &mut reading);
    for unit in units {
        reading.row(unit.line, draft(unit, &pair));
    }
    Ok(reading)
}

fn unit(element: &Element<'_>) -> Unit {
    let mut unit = Unit {
        line: element.line,
        id: element.attribute("tuid"),
        source: element.attribute("srclang").filter(|code| code != "*all*"),
        note: notes(element),
        segments: Vec::new(),
    };
    for variant in element.children().filter(|child| child.name() == "tuv") {
        let code = languages::code(&variant.attribute("lang").unwrap_or_default());
        unit.note.extend(notes(variant));
        for segment in variant.children().filter(|child| child.name() == "seg") {
            let text = collapse(&segment.text(|name| !CODES.contains(&name)));
            unit.segments.push((code.clone(), text));
        }
    }
    // All units are held until the languages of the whole file are known.
    unit.segments.shrink_to_fit();
    unit
}

/// Returns the notes and properties right below an element.
fn notes(element: &Element<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    for child in element.children() {
        let text = collapse(&child.text(|_| true));
        match child.name() {
            _ if text.is_empty() => {}
            "note" => notes.push(text),
            "prop" => match child.attribute("type") {
                Some(kind) => {
                    notes.push(format!("{}: {text}", kind.strip_prefix("x-").unwrap_or(&kind)));
                }
                None => notes.push(text),
            },
            _ => {}
        }
    }
    notes
}

fn draft(unit: Unit, pair: &Pair) -> Result<Draft, RowReason> {
    let Some((first, _)) = unit.segments.first() else {
        return Err(RowReason::Other("a unit without text".into()));
    };
    if unit.segments.iter().all(|(code, _)| code == first) {
        return Err(RowReason::Other(format!("a unit in one language only: {first}")));
    }
    // A unit may be the other way round than the file.
    let own = unit.source.as_deref().map(languages::code);
    let pair = match own {
        Some(own) if own == pair.back => &Pair { front: own, back: pair.front.clone() },
        _ => pair,
    };
    let mut draft = Draft::on(unit.line);
    let sides = [(Field::Front, &pair.front, &pair.back), (Field::Back, &pair.back, &pair.front)];
    for (field, wanted, other) in sides {
        let texts = in_language(&unit.segments, wanted, other);
        if texts.is_empty() {
            return Err(RowReason::Other(format!("a unit without {wanted}")));
        }
        for text in texts {
            draft.add(field, text);
        }
    }
    for note in unit.note {
        draft.add(Field::Note, &note);
    }
    draft.ext_id = unit.id;
    draft.checked()
}
