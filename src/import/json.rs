//! JSON: termdeck's interchange document, and plain arrays of objects.

mod row;
mod rows;
#[cfg(test)]
mod tests;
mod value;

use std::collections::HashSet;

use super::{Format, MAX_FIELD, ReadError, Reading, RowError, RowReason, Warning};
use crate::domain::interchange::{Document, VERSION};
use crate::domain::watch::{Stage, Watch};
use crate::domain::{DeckName, Slot, Uid};

/// Whether `text` starts like JSON and not like a word in brackets.
#[must_use]
pub fn looks_like(text: &str) -> bool {
    let text = behind_comments(text);
    let second = |rest: &str| behind_comments(rest).chars().next();
    if let Some(rest) = text.strip_prefix('{') {
        return matches!(second(rest), Some('"' | '}'));
    }
    text.strip_prefix('[').is_some_and(|rest| matches!(second(rest), Some('{' | '[' | ']')))
}

/// Returns what follows the comments that stand above it, although JSON has none.
fn behind_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let after = if rest.starts_with("//") {
            rest.split_once('\n')
        } else if rest.starts_with("/*") {
            rest.split_once("*/")
        } else {
            None
        };
        let Some((_, after)) = after else { return rest };
        rest = after.trim_start();
    }
}

/// Reads JSON: the interchange document, an array of objects, or an object a line.
///
/// # Errors
/// [`ReadError::Broken`] where it is no JSON, [`ReadError::NoDeck`] where it holds no pairs
/// or was written by a newer version, [`ReadError::Cancelled`].
pub fn read(text: &str, watch: &dyn Watch) -> Result<Reading, ReadError> {
    if text.trim_start().starts_with('{') && text.contains("\"termdeck\"") {
        // The version first: a newer document may have another shape.
        #[derive(serde::Deserialize)]
        struct Version {
            termdeck: Option<u64>,
        }
        // An object a line is no document, even if it tells of one.
        let version: Option<Version> = match serde_json::from_str(text) {
            Ok(version) => Some(version),
            Err(_) if rows::are_lines(text) => None,
            Err(error) => return Err(broken(&error)),
        };
        match version.and_then(|version| version.termdeck) {
            Some(version) if version > u64::from(VERSION) => {
                return Err(ReadError::NoDeck {
                    found: format!("a document of version {version}, written by a newer termdeck"),
                    looked_for: format!("version {VERSION}; update termdeck to read it"),
                });
            }
            Some(_) => return document(text, watch),
            None => {}
        }
    }
    rows::read(text, watch)
}

fn broken(error: &serde_json::Error) -> ReadError {
    ReadError::Broken { line: error.line() as u32, message: fault(error) }
}

/// Returns what is wrong, without the place.
fn fault(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
    format!("no valid JSON: {message}")
}

/// Reads an interchange document; rows that make no sense are left out of it.
fn document(text: &str, watch: &dyn Watch) -> Result<Reading, ReadError> {
    watch.at(Stage::Reading, 0, text.len())?;
    let mut document: Document = serde_json::from_str(text).map_err(|e| broken(&e))?;
    watch.at(Stage::Reading, text.len(), text.len())?;
    let mut reading = Reading::new(Format::Json, "");
    let warn = |reading: &mut Reading, message: String| {
        reading.warnings.push(Warning { line: 0, message });
    };

    document.decks.retain(|deck| match deck.name.parse::<DeckName>() {
        Ok(_) => true,
        Err(bad) => {
            warn(&mut reading, bad.to_string());
            false
        }
    });

    let mut ids = HashSet::new();
    let mut line = 0_u32;
    document.notes.retain(|note| {
        line += 1;
        let texts =
            [&note.front, &note.back, &note.reading, &note.note, &note.example, &note.source];
        let long = texts.iter().map(|text| text.len()).find(|bytes| *bytes > MAX_FIELD);
        let reason = if note.front.trim().is_empty() {
            Some(RowReason::EmptyFront)
        } else if let Some(bytes) = long {
            Some(RowReason::TooLong { bytes })
        } else if let Err(bad) = note.deck.parse::<DeckName>() {
            Some(RowReason::Other(bad.to_string()))
        } else if !ids.insert(Uid::foreign(&note.id)) {
            Some(RowReason::Other(format!("note `{}` is there twice", note.id)))
        } else {
            None
        };
        let is_kept = reason.is_none();
        reading.rejected.extend(reason.map(|reason| RowError::new(line, reason)));
        is_kept
    });

    let mut cards = HashSet::new();
    let mut slots = HashSet::new();
    document.cards.retain(|card| {
        let note = Uid::foreign(&card.note);
        let fault = if !ids.contains(&note) {
            format!("card `{}`: there is no note `{}`", card.id, card.note)
        } else if let Err(bad) = card.direction.parse::<Slot>() {
            format!("card `{}`: {bad}", card.id)
        } else if !cards.insert(Uid::foreign(&card.id)) {
            format!("card `{}` is there twice", card.id)
        } else if !slots.insert((note, card.direction.clone())) {
            format!("card `{}`: its note has a {} card already", card.id, card.direction)
        } else {
            return true;
        };
        warn(&mut reading, fault);
        false
    });
    let cards: HashSet<Uid> = document.cards.iter().map(|card| Uid::foreign(&card.id)).collect();

    let mut number = 0_u32;
    let mut events = HashSet::new();
    document.events.retain(|event| {
        number += 1;
        let fault = if !cards.contains(&Uid::foreign(&event.card)) {
            format!("event {number}: there is no card `{}`", event.card)
        } else if let Err(bad) = event.action() {
            format!("event {number}: {bad}")
        } else if event.id.as_deref().is_some_and(|id| !events.insert(Uid::foreign(id))) {
            format!("event {number} is there twice")
        } else {
            return true;
        };
        warn(&mut reading, fault);
        false
    });
    reading.document = Some(Box::new(document));
    Ok(reading)
}
