//! One row of plain JSON: what its keys mean, and texts out of values.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::rows::Rows;
use crate::domain::{DeckName, Field};
use crate::import::delimited::columns::labels;
use crate::import::delimited::header::{self, Name};
use crate::import::{Column, Draft, MAX_FIELD, RowReason, Warning, markup};

/// How deep an object may stand for a text.
const MAX_DEPTH: usize = 5;

/// Keys under which a word's own parts lie.
const PARTS: [&str; 3] = ["fields", "note", "card"];

/// Keys of a list of meanings, beside those that are names of a column.
const SENSES: [&str; 4] = ["senses", "sense", "entries", "results"];

/// Keys of the text itself in an object that stands for a text.
const TEXTS: [&str; 5] = ["text", "value", "content", "gloss", "meaning"];

impl Rows {
    /// Begins a row.
    pub(super) fn start(&mut self, line: u32) -> Draft {
        self.remarks = HashSet::new();
        Draft::on(line)
    }

    pub(super) fn object(
        &mut self,
        map: &Map<String, Value>,
        line: u32,
    ) -> Result<Draft, RowReason> {
        let mut draft = self.start(line);
        let mut sides = Sides::default();
        self.parts(&mut draft, map, &mut sides)?;
        // A second script or a source is the front where nothing else is.
        if draft.fields.front.is_empty() {
            if let Some(text) = sides.other_script.take() {
                self.set(&mut draft, Field::Front, &text);
            } else if map.contains_key("source") && map.contains_key("target") {
                draft.fields.front = std::mem::take(&mut draft.fields.source);
            }
        }
        if let Some(text) = sides.other_script {
            self.set(&mut draft, Field::Note, &text);
        }
        for text in sides.languages {
            let field = match (draft.fields.front.is_empty(), draft.fields.back.is_empty()) {
                (true, _) => Field::Front,
                (_, true) => Field::Back,
                _ => Field::Note,
            };
            self.set(&mut draft, field, &text);
        }
        draft.checked()
    }

    /// Puts the values of a row where their keys say.
    fn parts(
        &mut self,
        draft: &mut Draft,
        map: &Map<String, Value>,
        sides: &mut Sides,
    ) -> Result<(), RowReason> {
        for (key, value) in map {
            if key == "kind" {
                draft.kind = value.as_str().and_then(|kind| kind.parse().ok()).unwrap_or_default();
                continue;
            }
            match (self.name(key), value) {
                (_, Value::Null) => {}
                (_, Value::Object(inner)) if PARTS.contains(&key.as_str()) => {
                    self.parts(draft, inner, sides)?;
                }
                (None, Value::Array(cells)) if PARTS.contains(&key.as_str()) => {
                    let fields = [Field::Front, Field::Back].into_iter();
                    for (cell, field) in
                        cells.iter().zip(fields.chain(std::iter::repeat(Field::Note)))
                    {
                        self.value(draft, field, cell, 0)?;
                    }
                }
                (Some(Name::Column(Column::Field(Field::Tags))), value) => tags(draft, value)?,
                (Some(Name::Column(Column::Field(field))), value) => {
                    self.value(draft, field, value, 0)?;
                }
                (Some(Name::Column(Column::Deck)), value) => {
                    match plain(value)?.parse::<DeckName>() {
                        Ok(deck) => draft.deck = Some(deck.as_str().to_owned()),
                        Err(bad) => {
                            let (line, message) = (draft.line, bad.to_string());
                            self.reading.warnings.push(Warning { line, message });
                        }
                    }
                }
                (None, Value::Array(_)) if SENSES.contains(&key.as_str()) => {
                    self.value(draft, Field::Back, value, 0)?;
                }
                (Some(Name::Column(Column::Id)), value) => {
                    draft.ext_id = Some(plain(value)?).filter(|id| !id.is_empty());
                }
                (Some(Name::OtherScript), value) => sides.other_script = Some(plain(value)?),
                (Some(Name::Language(_)), value) => sides.languages.push(plain(value)?),
                (Some(Name::Column(Column::Ignore)) | None, _) => self.leave_out(key),
            }
        }
        Ok(())
    }

    /// Returns what a key means: `part_of_speech` and `partOfSpeech` are the same.
    pub(super) fn name(&mut self, key: &str) -> Option<Name> {
        if let Some(name) = self.names.get(key) {
            return *name;
        }
        let mut spaced = String::with_capacity(key.len());
        for c in key.chars().take(60) {
            if c.is_ascii_uppercase() && spaced.ends_with(|c: char| c.is_ascii_lowercase()) {
                spaced.push(' ');
            }
            spaced.push(if c == '-' { ' ' } else { c });
        }
        let name = header::name(key).or_else(|| header::name(&spaced));
        if self.names.len() < 1000 {
            self.names.insert(key.to_owned(), name);
        }
        name
    }

    pub(super) fn leave_out(&mut self, key: &str) {
        if let Some(count) = self.unknown.get_mut(key) {
            *count += 1;
        } else if self.unknown.len() < 1000 {
            self.unknown.insert(key.chars().take(60).collect(), 1);
        }
    }

    /// Adds a value to a field; lists are joined by `; `.
    pub(super) fn value(
        &mut self,
        draft: &mut Draft,
        field: Field,
        value: &Value,
        depth: usize,
    ) -> Result<(), RowReason> {
        match value {
            Value::Null => {}
            Value::String(text) => self.set(draft, field, text),
            Value::Bool(_) | Value::Number(_) => self.set(draft, field, &value.to_string()),
            Value::Array(parts) => {
                for part in parts {
                    self.value(draft, field, part, depth + 1)?;
                }
            }
            Value::Object(map) => self.nested(draft, field, map, depth + 1)?,
        }
        Ok(())
    }

    /// Adds an object that stands for a text, such as `{"pos": "noun", "definition": "law"}`.
    pub(super) fn nested(
        &mut self,
        draft: &mut Draft,
        field: Field,
        map: &Map<String, Value>,
        depth: usize,
    ) -> Result<(), RowReason> {
        if depth > MAX_DEPTH {
            return Err(RowReason::Other("an object too deep for a text".into()));
        }
        if field == Field::Example {
            // A sentence and its translation belong together.
            let texts: Vec<String> = map
                .values()
                .map(|value| plain(value).unwrap_or_default())
                .filter(|t| !t.is_empty())
                .collect();
            self.set(draft, field, &texts.join(" – "));
            return Ok(());
        }
        for (key, value) in map {
            let to = match self.name(key) {
                Some(Name::Column(Column::Field(Field::Tags))) => {
                    tags(draft, value)?;
                    continue;
                }
                Some(
                    Name::Column(Column::Field(Field::Front | Field::Back)) | Name::Language(_),
                ) => field,
                Some(Name::Column(Column::Field(to))) => to,
                Some(Name::OtherScript) => Field::Note,
                None if TEXTS.contains(&key.as_str()) => field,
                Some(Name::Column(_)) | None => {
                    self.leave_out(key);
                    continue;
                }
            };
            // The same remark at every meaning is made once.
            let is_said = to == Field::Note
                && value.as_str().is_some_and(|text| self.remarks.contains(text.trim()));
            if !is_said {
                self.value(draft, to, value, depth)?;
            }
        }
        Ok(())
    }

    /// Adds a text to a field, without its markup.
    pub(super) fn set(&mut self, draft: &mut Draft, field: Field, text: &str) {
        // What is too long is refused as a whole.
        let reduced = if text.len() > MAX_FIELD { None } else { markup::reduce(text) };
        if let Some(reduced) = reduced {
            self.marked_up += 1;
            self.pictures += reduced.pictures as usize;
            self.sounds += reduced.sounds as usize;
            self.remark(field, &reduced.text);
            self.controls += draft.add(field, &reduced.text);
            if field == Field::Front {
                draft.add(Field::Reading, &reduced.reading);
            }
        } else {
            self.remark(field, text);
            self.controls += draft.add(field, text);
        }
    }

    /// Takes note of what a note says.
    fn remark(&mut self, field: Field, text: &str) {
        if field == Field::Note {
            self.remarks.extend(text.split("; ").map(|remark| remark.trim().to_owned()));
        }
    }
}

/// Texts of a row whose place depends on the others.
#[derive(Default)]
struct Sides {
    languages: Vec<String>,
    other_script: Option<String>,
}

fn tags(draft: &mut Draft, value: &Value) -> Result<(), RowReason> {
    match value {
        Value::Array(tags) => {
            draft.labels(tags.iter().filter_map(Value::as_str).take(1000));
        }
        other => {
            let given = labels(&plain(other)?);
            let all = draft.fields.tags.iter().chain(&given).map(String::as_str);
            draft.fields.tags = crate::domain::note::tags(all);
        }
    }
    Ok(())
}

/// Returns a value as text; lists are joined by `; `.
fn plain(value: &Value) -> Result<String, RowReason> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text.trim().to_owned()),
        Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        Value::Array(parts) => {
            let parts: Result<Vec<String>, _> = parts.iter().map(plain).collect();
            Ok(parts?.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; "))
        }
        Value::Object(_) => Err(RowReason::Other("an object where text was expected".into())),
    }
}
