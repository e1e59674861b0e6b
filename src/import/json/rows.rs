//! Plain JSON: arrays of objects or of arrays, an object a line, words with what they mean.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap, HashSet};

use serde::de::{Deserialize, DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::value::Bounded;
use super::{broken, fault};
use crate::domain::watch::{Cancelled, Stage, Watch};
use crate::domain::{DeckName, Field};
use crate::import::delimited::header::{self, Name};
use crate::import::{Column, Draft, Format, ReadError, Reading, RowReason, detect};

/// Rows between two reports of how far it is.
const STEP: usize = 2048;

/// The most values in one row, and in a file whose rows lie deeper.
const MAX_ROW: u32 = 100_000;
const MAX_FILE: u32 = 5_000_000;

/// How deep a list of rows is looked for.
const MAX_DEPTH: usize = 5;

/// Keys of an object that holds the words.
const WRAPPERS: [&str; 9] =
    ["data", "deck", "words", "cards", "terms", "vocabulary", "entries", "items", "dictionary"];

/// Reads rows, whatever they are called.
pub(super) fn read(text: &str, watch: &dyn Watch) -> Result<Reading, ReadError> {
    let mut rows = Rows::new();
    if text.trim_start().starts_with('[') {
        rows.array(text, watch)?;
    } else {
        rows.values(text, watch)?;
    }
    rows.finish()
}

/// Whether most lines are an object each, even if some are broken.
pub(super) fn are_lines(text: &str) -> bool {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty()).take(1000);
    let whole = lines().filter(|line| line.starts_with('{') && line.ends_with('}')).count();
    lines().count() >= 2 && whole * 2 > lines().count()
}

/// A value with no more parts than a row may have.
struct Row(Value);

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        Bounded(&Cell::new(MAX_ROW)).deserialize(source).map(Self)
    }
}

/// The rows read so far.
pub(super) struct Rows {
    pub(super) reading: Reading,
    /// Keys that mean nothing here, and in how many rows each was.
    pub(super) unknown: BTreeMap<String, usize>,
    /// What each key means; most files have the same few in all rows.
    pub(super) names: HashMap<String, Option<Name>>,
    pub(super) marked_up: usize,
    pub(super) pictures: usize,
    pub(super) sounds: usize,
    pub(super) controls: usize,
    /// The columns that a first array names.
    columns: Option<Vec<String>>,
    /// What the note of the row says already.
    pub(super) remarks: HashSet<String>,
}

impl Rows {
    fn new() -> Self {
        Self {
            reading: Reading::new(Format::Json, ""),
            unknown: BTreeMap::new(),
            names: HashMap::new(),
            marked_up: 0,
            pictures: 0,
            sounds: 0,
            controls: 0,
            columns: None,
            remarks: HashSet::new(),
        }
    }

    fn finish(mut self) -> Result<Reading, ReadError> {
        if self.reading.drafts.is_empty() {
            return Err(detect::no_deck("JSON without pairs"));
        }
        let reading = &mut self.reading;
        if !self.unknown.is_empty() {
            let names: Vec<&str> = self.unknown.keys().take(20).map(String::as_str).collect();
            let s = if self.unknown.len() == 1 { "" } else { "s" };
            let report = format!("{} key{s} left out: {}", self.unknown.len(), names.join(", "));
            reading.reports.push(report);
        }
        let html = "of HTML reduced to text";
        reading.count(self.marked_up, &format!("field {html}"), &format!("fields {html}"));
        reading.count(self.pictures, "picture left out", "pictures left out");
        reading.count(self.sounds, "sound left out", "sounds left out");
        let removed = "removed";
        reading.count(
            self.controls,
            &format!("control character {removed}"),
            &format!("control characters {removed}"),
        );
        Ok(self.reading)
    }

    /// Reads an array element by element, so that it is never held as a whole.
    fn array(&mut self, text: &str, watch: &dyn Watch) -> Result<(), ReadError> {
        let mut cancelled = None;
        let mut source = serde_json::Deserializer::from_str(text);
        let elements = Elements { rows: self, watch, cancelled: &mut cancelled };
        let read = source.deserialize_seq(elements).and_then(|()| source.end());
        if let Some(cancelled) = cancelled {
            return Err(ReadError::Cancelled(cancelled));
        }
        read.map_err(|error| broken(&error))
    }

    /// Reads one object that holds the rows, or one after the other.
    fn values(&mut self, text: &str, watch: &dyn Watch) -> Result<(), ReadError> {
        if are_lines(text) {
            return Ok(self.lines(text, watch)?);
        }
        let left = Cell::new(MAX_FILE);
        let mut source = serde_json::Deserializer::from_str(text);
        let first = Bounded(&left).deserialize(&mut source).map_err(|error| broken(&error))?;
        if source.end().is_ok() {
            return Ok(self.whole(first, 0, watch)?);
        }
        drop(first);
        self.stream(text, watch)
    }

    /// Reads one object after the other, each over as many lines as it likes.
    fn stream(&mut self, text: &str, watch: &dyn Watch) -> Result<(), ReadError> {
        let mut source = serde_json::Deserializer::from_str(text).into_iter::<Row>();
        let (mut line, mut counted) = (1_u32, 0);
        let mut number = 0_usize;
        loop {
            // Where the next value starts: behind the blanks after this one.
            let start = text.len() - text[source.byte_offset()..].trim_start().len();
            line += text[counted..start].matches('\n').count() as u32;
            counted = start;
            let Some(value) = source.next() else { return Ok(()) };
            number += 1;
            if number.is_multiple_of(STEP) {
                watch.at(Stage::Reading, start, text.len())?;
            }
            self.element(line, value.map_err(|error| broken(&error))?.0, None);
        }
    }

    /// Reads an object a line; a broken line is a rejected row.
    fn lines(&mut self, text: &str, watch: &dyn Watch) -> Result<(), Cancelled> {
        for (at, line) in text.lines().enumerate() {
            if at.is_multiple_of(STEP) {
                watch.at(Stage::Reading, at, 0)?;
            }
            if line.trim().is_empty() {
                continue;
            }
            let number = at as u32 + 1;
            let left = Cell::new(MAX_ROW);
            let mut source = serde_json::Deserializer::from_str(line);
            let value = Bounded(&left).deserialize(&mut source);
            match value.and_then(|value| source.end().map(|()| value)) {
                Ok(value) => self.element(number, value, None),
                Err(error) => {
                    let reason = RowReason::Other(fault(&error));
                    self.reading.row(number, Err(reason));
                }
            }
        }
        Ok(())
    }

    /// Reads the only object of a file: it holds lists of rows, or is a row, or its keys
    /// are the words.
    fn whole(&mut self, value: Value, depth: usize, watch: &dyn Watch) -> Result<(), Cancelled> {
        let Value::Object(mut map) = value else { return Ok(()) };
        self.reading.deck = deck_name(&map).or(self.reading.deck.take());
        let mut lists = Vec::new();
        self.find_lists(&mut map, 0, &mut lists);
        if !lists.is_empty() {
            let mut number = 0_u32;
            let is_one = lists.len() == 1;
            for (name, list) in lists {
                let label = Some(name.as_str()).filter(|_| !is_one);
                for value in list {
                    if (number as usize).is_multiple_of(STEP) {
                        watch.at(Stage::Reading, number as usize, 0)?;
                    }
                    number += 1;
                    self.element(number, value, label);
                }
            }
            return Ok(());
        }
        if let Ok(draft) = self.object(&map, 1) {
            self.reading.drafts.push(draft);
            return Ok(());
        }
        self.unknown.clear();
        let inner = WRAPPERS.iter().find(|key| map.get(**key).is_some_and(Value::is_object));
        match inner.and_then(|key| map.remove(*key)) {
            Some(inner) if depth < MAX_DEPTH => self.whole(inner, depth + 1, watch),
            _ => self.by_word(map, watch),
        }
    }

    /// Reads `{"word": "meaning", ...}`.
    fn by_word(&mut self, map: Map<String, Value>, watch: &dyn Watch) -> Result<(), Cancelled> {
        let is_text = |value: &Value| match value {
            Value::String(_) => true,
            Value::Array(parts) => parts.iter().all(Value::is_string),
            _ => false,
        };
        let is_uniform = map.values().all(is_text) || map.values().all(Value::is_object);
        if !is_uniform {
            return Ok(());
        }
        for (at, (word, value)) in map.into_iter().enumerate() {
            if at.is_multiple_of(STEP) {
                watch.at(Stage::Reading, at, 0)?;
            }
            let line = at as u32 + 1;
            let mut draft = self.start(line);
            self.set(&mut draft, Field::Front, &word);
            let row = match &value {
                Value::Object(parts) => self.nested(&mut draft, Field::Back, parts, 0),
                other => self.value(&mut draft, Field::Back, other, 0),
            };
            let row = row.and_then(|()| draft.checked());
            self.reading.row(line, row);
        }
        Ok(())
    }

    /// Reads an element of a list: a row, or a group of rows with a name.
    fn element(&mut self, line: u32, value: Value, label: Option<&str>) {
        let row = match value {
            Value::Object(map) if map.values().any(is_list_of_rows) && !self.is_row(&map) => {
                self.group(map, line, label);
                return;
            }
            Value::Object(map) => self.object(&map, line),
            Value::Array(cells) => match self.cells(cells, line) {
                Some(row) => row,
                None => return,
            },
            _ => Err(RowReason::Other("no object with a front and a back".into())),
        };
        let row = row.map(|mut draft| {
            if let Some(label) = label {
                draft.label(label);
            }
            draft
        });
        self.reading.row(line, row);
    }

    /// Reads `{"title": "Unit 1", "words": [...]}`; its rows stand on the line of the group.
    fn group(&mut self, mut map: Map<String, Value>, line: u32, label: Option<&str>) {
        let name = ["name", "title", "unit", "lesson", "chapter", "category", "topic"]
            .iter()
            .find_map(|key| map.get(*key)?.as_str().map(str::to_owned));
        let mut lists = Vec::new();
        self.find_lists(&mut map, 0, &mut lists);
        for value in lists.into_iter().flat_map(|(_, list)| list) {
            self.element(line, value, name.as_deref().or(label));
        }
    }

    /// Whether an object has a side of a card. A list of rows is none, whatever its key.
    fn is_row(&mut self, map: &Map<String, Value>) -> bool {
        let is_side = |name| {
            matches!(
                name,
                Some(Name::Column(Column::Field(Field::Front | Field::Back)) | Name::Language(_))
            )
        };
        map.iter().any(|(key, value)| !is_list_of_rows(value) && is_side(self.name(key)))
    }

    /// Takes the lists of rows out of an object and the objects in it, with their keys.
    fn find_lists(
        &mut self,
        map: &mut Map<String, Value>,
        depth: usize,
        lists: &mut Vec<(String, Vec<Value>)>,
    ) {
        // What a row is made of is no list of rows.
        if depth > MAX_DEPTH || self.is_row(map) {
            return;
        }
        for (key, value) in map.iter_mut() {
            if is_list_of_rows(value) {
                if let Value::Array(list) = value.take() {
                    lists.push((key.clone(), list));
                }
            } else if let Value::Object(inner) = value {
                self.find_lists(inner, depth + 1, lists);
            }
        }
    }

    /// Reads `["front", "back", ...]`; `None` for a first row that names the columns.
    fn cells(&mut self, cells: Vec<Value>, line: u32) -> Option<Result<Draft, RowReason>> {
        if self.reading.drafts.is_empty() && self.columns.is_none() {
            let names: Option<Vec<&str>> = cells.iter().map(Value::as_str).collect();
            if let Some(names) = names.filter(|names| header::names(names, None).is_some()) {
                self.reading.reports.push(format!("skipped header: {}", names.join(", ")));
                self.columns = Some(names.into_iter().map(str::to_owned).collect());
                return None;
            }
        }
        if let Some(columns) = &self.columns {
            let named = columns.iter().cloned().zip(cells).collect();
            return Some(self.object(&named, line));
        }
        Some(self.unnamed(&cells, line))
    }

    fn unnamed(&mut self, cells: &[Value], line: u32) -> Result<Draft, RowReason> {
        let [front, back, rest @ ..] = cells else { return Err(RowReason::NoBack) };
        let mut draft = self.start(line);
        self.value(&mut draft, Field::Front, front, 0)?;
        self.value(&mut draft, Field::Back, back, 0)?;
        for cell in rest {
            self.value(&mut draft, Field::Note, cell, 0)?;
        }
        draft.checked()
    }
}

fn is_list_of_rows(value: &Value) -> bool {
    value.as_array().and_then(|rows| rows.first()).is_some_and(|first| match first {
        Value::Object(_) => true,
        Value::Array(cells) => cells.len() >= 2,
        _ => false,
    })
}

/// Returns the name of the deck that an object says it is.
fn deck_name(map: &Map<String, Value>) -> Option<String> {
    let deck = map.get("deck")?;
    let name = match deck {
        Value::String(name) => name.as_str(),
        Value::Object(deck) => ["name", "title"].iter().find_map(|key| deck.get(*key)?.as_str())?,
        _ => return None,
    };
    name.parse::<DeckName>().ok().map(|deck| deck.as_str().to_owned())
}

/// Hands the elements of an array to the rows.
struct Elements<'a> {
    rows: &'a mut Rows,
    watch: &'a dyn Watch,
    cancelled: &'a mut Option<Cancelled>,
}

impl<'de> Visitor<'de> for Elements<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<(), A::Error> {
        let mut number = 0_u32;
        loop {
            let left = Cell::new(MAX_ROW);
            let Some(value) = parts.next_element_seed(Bounded(&left))? else { return Ok(()) };
            number += 1;
            if (number as usize).is_multiple_of(STEP)
                && let Err(cancelled) = self.watch.at(Stage::Reading, number as usize, 0)
            {
                *self.cancelled = Some(cancelled);
                return Err(serde::de::Error::custom("stopped"));
            }
            self.rows.element(number, value, None);
        }
    }
}
