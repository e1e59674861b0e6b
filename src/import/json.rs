//! JSON: termdeck's interchange document, and plain arrays of objects.

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::delimited::columns::labels;
use super::delimited::header::{self, Name};
use super::{
    Column, Draft, Format, MAX_FIELD, ReadError, Reading, RowError, RowReason, Warning, detect,
};
use crate::domain::interchange::{Document, VERSION};
use crate::domain::text::nfc;
use crate::domain::{DeckName, Field, Kind, Slot, Uid};

/// Whether `text` starts like JSON and not like a word in brackets.
#[must_use]
pub fn looks_like(text: &str) -> bool {
    let text = text.trim_start();
    let second = |rest: &str| rest.trim_start().chars().next();
    if let Some(rest) = text.strip_prefix('{') {
        return matches!(second(rest), Some('"' | '}'));
    }
    text.strip_prefix('[').is_some_and(|rest| matches!(second(rest), Some('{' | '[' | ']')))
}

/// Reads JSON: the interchange document, an array of objects, or an object a line.
///
/// # Errors
/// [`ReadError::Broken`] where it is no JSON, [`ReadError::NoDeck`] where it holds no pairs
/// or was written by a newer version.
pub fn read(text: &str) -> Result<Reading, ReadError> {
    if text.trim_start().starts_with('{') && text.contains("\"termdeck\"") {
        // The version first: a newer document may have another shape.
        #[derive(serde::Deserialize)]
        struct Version {
            termdeck: Option<u64>,
        }
        let version: Version = serde_json::from_str(text).map_err(|e| broken(&e))?;
        match version.termdeck {
            Some(version) if version > u64::from(VERSION) => {
                return Err(ReadError::NoDeck {
                    found: format!("a document of version {version}, written by a newer termdeck"),
                    looked_for: format!("version {VERSION}; update termdeck to read it"),
                });
            }
            Some(_) => return document(text),
            None => {}
        }
    }
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        values.push(value.map_err(|e| broken(&e))?);
    }
    objects(values)
}

fn broken(error: &serde_json::Error) -> ReadError {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
    ReadError::Broken { line: error.line() as u32, message: format!("no valid JSON: {message}") }
}

/// Reads an interchange document; rows that make no sense are left out of it.
fn document(text: &str) -> Result<Reading, ReadError> {
    let mut document: Document = serde_json::from_str(text).map_err(|e| broken(&e))?;
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
        reading.rejected.extend(reason.map(|reason| RowError { line, reason }));
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

/// Reads objects with a front and a back, whatever they are called.
fn objects(values: Vec<Value>) -> Result<Reading, ReadError> {
    let mut reading = Reading::new(Format::Json, "");
    let rows: Vec<Value> = match <[Value; 1]>::try_from(values) {
        Ok([Value::Array(rows)]) => rows,
        Ok([Value::Object(map)]) => match list_in(&map) {
            Some(rows) => rows,
            None => by_key(map),
        },
        Ok([other]) => vec![other],
        Err(lines) => lines,
    };
    for (at, row) in rows.iter().enumerate() {
        let line = at as u32 + 1;
        let draft = match row {
            Value::Object(map) => object(map, line),
            Value::Array(cells) => pair(cells, line),
            _ => Err(RowReason::Other("no object with a front and a back".into())),
        };
        match draft {
            Ok(draft) => reading.drafts.push(draft),
            Err(reason) => reading.rejected.push(RowError { line, reason }),
        }
    }
    if reading.drafts.is_empty() {
        return Err(detect::no_deck("JSON without pairs"));
    }
    Ok(reading)
}

/// Returns the one list of objects that an object holds: `{"cards": [...]}`.
fn list_in(map: &Map<String, Value>) -> Option<Vec<Value>> {
    let is_list = |value: &&Value| {
        value.as_array().is_some_and(|rows| rows.first().is_some_and(serde_json::Value::is_object))
    };
    map.values().find(is_list).and_then(Value::as_array).cloned()
}

/// Returns the rows of `{"term": "definition", ...}`, or the object itself.
fn by_key(map: Map<String, Value>) -> Vec<Value> {
    let is_row = ["front", "term", "word"].iter().any(|key| map.contains_key(*key));
    if is_row || map.values().any(|value| !value.is_string()) {
        return vec![Value::Object(map)];
    }
    map.into_iter().map(|(key, value)| Value::Array(vec![Value::String(key), value])).collect()
}

fn pair(cells: &[Value], line: u32) -> Result<Draft, RowReason> {
    let [front, back, ..] = cells else { return Err(RowReason::NoBack) };
    let mut draft = Draft { line, confidence_pct: 100, ..Draft::default() };
    set(&mut draft, Field::Front, &text(front)?);
    set(&mut draft, Field::Back, &text(back)?);
    checked(draft)
}

fn object(map: &Map<String, Value>, line: u32) -> Result<Draft, RowReason> {
    let mut draft = Draft { line, confidence_pct: 100, ..Draft::default() };
    let mut languages = Vec::new();
    for (key, value) in map {
        if key == "kind" {
            draft.kind = value.as_str().and_then(|kind| kind.parse().ok()).unwrap_or_default();
            continue;
        }
        match header::name(key) {
            Some(Name::Column(Column::Field(Field::Tags))) => {
                let tags = match value {
                    Value::Array(tags) => {
                        crate::domain::note::tags(tags.iter().filter_map(Value::as_str))
                    }
                    other => labels(&text(other)?),
                };
                draft.fields.tags = tags;
            }
            Some(Name::Column(Column::Field(field))) => set(&mut draft, field, &text(value)?),
            Some(Name::Column(Column::Deck)) => {
                let name = text(value)?;
                draft.deck = name.parse::<DeckName>().ok().map(|deck| deck.as_str().to_owned());
            }
            Some(Name::Column(Column::Id)) => {
                draft.ext_id = Some(text(value)?).filter(|id| !id.is_empty());
            }
            Some(Name::Column(Column::Ignore)) | None => {}
            Some(Name::OtherScript) => set(&mut draft, Field::Note, &text(value)?),
            Some(Name::Language(_)) => languages.push(text(value)?),
        }
    }
    for text in languages {
        let field = match (draft.fields.front.is_empty(), draft.fields.back.is_empty()) {
            (true, _) => Field::Front,
            (_, true) => Field::Back,
            _ => Field::Note,
        };
        set(&mut draft, field, &text);
    }
    checked(draft)
}

/// Returns a value as text; lists are joined by `; `.
fn text(value: &Value) -> Result<String, RowReason> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text.trim().to_owned()),
        Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        Value::Array(parts) => {
            let parts: Result<Vec<String>, _> = parts.iter().map(text).collect();
            Ok(parts?.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; "))
        }
        Value::Object(_) => Err(RowReason::Other("an object where text was expected".into())),
    }
}

/// Puts text in a field, behind what is there already.
fn set(draft: &mut Draft, field: Field, value: &str) {
    let value = nfc(value.to_owned());
    let before = draft.fields.plain(field);
    if before.is_empty() {
        draft.fields.set(field, &value);
    } else if !value.is_empty() {
        let joined = format!("{before}; {value}");
        draft.fields.set(field, &joined);
    }
}

fn checked(mut draft: Draft) -> Result<Draft, RowReason> {
    let fields = &draft.fields;
    for text in [&fields.front, &fields.back, &fields.note, &fields.example, &fields.source] {
        if text.len() > MAX_FIELD {
            return Err(RowReason::TooLong { bytes: text.len() });
        }
    }
    if fields.front.is_empty() {
        return Err(RowReason::EmptyFront);
    }
    if fields.back.is_empty() {
        return Err(RowReason::EmptyBack);
    }
    if draft.kind == Kind::Term {
        draft.kind = super::delimited::kind(&draft.fields.front);
    }
    Ok(draft)
}
