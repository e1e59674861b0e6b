//! Packages of Anki: a zip archive with a SQLite database of schema 11.
//!
//! The database is built in memory and nothing of it is written elsewhere. The same
//! notes give the same bytes.

mod models;
mod schema;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use rusqlite::{Connection, MAIN_DB, params};
use serde_json::{Map, Value};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::domain::{Day, DeckName, Fields, Slot, State, Uid, html};

use models::Model;

/// A note for a package.
#[derive(Clone, Debug, PartialEq)]
pub struct PackedNote {
    /// Its id.
    pub uid: Uid,
    /// Its deck.
    pub deck: DeckName,
    /// Its text.
    pub fields: Fields,
    /// When it was added, Unix milliseconds.
    pub added_ms: i64,
    /// When its text last changed, Unix milliseconds.
    pub changed_ms: i64,
    /// Its cards.
    pub cards: Vec<PackedCard>,
}

/// A card for a package.
#[derive(Clone, Debug, PartialEq)]
pub struct PackedCard {
    /// Which card of its note it is.
    pub slot: Slot,
    /// Its state.
    pub state: State,
    /// When it last changed, Unix milliseconds.
    pub changed_ms: i64,
    /// Its answers, oldest first.
    pub answers: Vec<PackedAnswer>,
}

/// An answer for a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackedAnswer {
    /// When, Unix milliseconds: the id of its row unless that is taken.
    pub at_ms: i64,
    /// 1 to 4: Again, Hard, Good, Easy.
    pub ease: u8,
    /// How long it took, in milliseconds.
    pub ms: u32,
    /// The card before it.
    pub before: Step,
    /// The card after it.
    pub after: Step,
}

/// What the log of answers says about a card between two of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Interval in days; 0 where it is not known, or the card is new.
    pub interval_d: u32,
    /// Ease in hundredths.
    pub ease_centi: u32,
    /// Whether it was failed and not yet passed again.
    pub is_lapsed: bool,
}

/// Why a package could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The database in memory.
    #[error("the package could not be made: {0}")]
    Sql(#[from] rusqlite::Error),
    /// The archive in memory.
    #[error("the package could not be packed: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// The same.
    #[error("the package could not be packed: {0}")]
    Io(#[from] std::io::Error),
}

/// A package, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its notes.
    pub notes: usize,
    /// Its cards.
    pub cards: usize,
    /// Its answers.
    pub answers: usize,
    /// Cards that no note type can make.
    pub left_out: usize,
}

/// A collection is never younger than this day: 2020-01-01.
const LATEST_START: Day = Day(18_262);

/// Between the fields of a note.
const FIELD_SEPARATOR: &str = "\u{1f}";

/// Stands for blanks in tags, which blanks separate.
const NO_BREAK_SPACE: &str = "\u{a0}";

/// Returns a package of notes and decks. New cards come up in the order of `notes`.
///
/// # Errors
/// SQLite or the archive, both in memory.
pub fn apkg(notes: &[PackedNote], decks: &[DeckName]) -> Result<Packed, PackError> {
    let mut db = Connection::open_in_memory()?;
    db.execute_batch(schema::TABLES)?;
    let transaction = db.transaction()?;
    let mut writer = Writer::new(&transaction, notes);
    let deck_ids = deck_ids(notes, decks);
    writer.notes(notes, &deck_ids)?;
    writer.answers()?;
    writer.collection(&deck_ids)?;
    let Writer { cards, answers, left_out, .. } = writer;
    transaction.execute_batch(schema::INDEXES)?;
    transaction.commit()?;
    let bytes = zipped(&db.serialize(MAIN_DB)?)?;
    Ok(Packed { bytes, notes: notes.len(), cards, answers: answers.len(), left_out })
}

fn zipped(database: &[u8]) -> Result<Vec<u8>, PackError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(database.len() / 3)));
    // A fixed time, and the quickest level: the package is unpacked once or twice.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
        .last_modified_time(DateTime::default());
    zip.start_file("collection.anki2", options)?;
    zip.write_all(database)?;
    zip.start_file("media", options)?;
    zip.write_all(b"{}")?;
    Ok(zip.finish()?.into_inner())
}

/// Fills the tables.
struct Writer<'a> {
    db: &'a Connection,
    /// Due days are counted from here.
    start: Day,
    models: BTreeMap<Model, i64>,
    cards: usize,
    /// Answers with the rows of their cards.
    answers: Vec<(PackedAnswer, i64)>,
    left_out: usize,
    newest_ms: i64,
}

impl<'a> Writer<'a> {
    fn new(db: &'a Connection, notes: &[PackedNote]) -> Self {
        let due = notes.iter().flat_map(|note| &note.cards).filter_map(|card| card.state.due);
        let start = due.min().map_or(LATEST_START, |due| due.min(LATEST_START));
        let (models, answers) = Default::default();
        Self { db, start, models, cards: 0, answers, left_out: 0, newest_ms: 0 }
    }

    fn notes(
        &mut self,
        notes: &[PackedNote],
        decks: &BTreeMap<DeckName, i64>,
    ) -> Result<(), PackError> {
        let mut insert_note = self.db.prepare(schema::NOTE)?;
        let mut insert_card = self.db.prepare(schema::CARD)?;
        let (mut note_ids, mut card_ids) = (Moments::default(), Moments::default());
        let ids = note_ids.of(notes);
        for ((note, position), id) in notes.iter().zip(1_i64..).zip(ids) {
            let slots: Vec<Slot> = note.cards.iter().map(|card| card.slot).collect();
            let model = Model::of(&note.fields.front, &slots);
            let model_id = match self.models.get(&model) {
                Some(known) => *known,
                None => self.new_model(&model),
            };
            let fields = &note.fields;
            let texts = [
                &fields.front,
                &fields.back,
                &fields.reading,
                &fields.note,
                &fields.example,
                &fields.source,
            ];
            let texts = texts.map(|text| html::escape(text));
            let tags: Vec<String> = fields
                .tags
                .iter()
                .map(|tag| tag.replace(char::is_whitespace, NO_BREAK_SPACE))
                .collect();
            let tags =
                if tags.is_empty() { String::new() } else { format!(" {} ", tags.join(" ")) };
            insert_note.execute(params![
                id,
                note.uid.to_string(),
                model_id,
                note.changed_ms.div_euclid(1000),
                tags,
                texts.join(FIELD_SEPARATOR),
                fields.front,
            ])?;
            self.newest_ms = self.newest_ms.max(note.changed_ms);
            let deck = decks.get(&note.deck).copied().unwrap_or(1);
            for card in &note.cards {
                let Some(ord) = model.ord(card.slot) else {
                    self.left_out += 1;
                    continue;
                };
                let card_id = card_ids.next(note.added_ms);
                let row = Row::of(card, position, self.start);
                insert_card.execute(params![
                    card_id,
                    id,
                    deck,
                    ord as i64,
                    card.changed_ms.div_euclid(1000),
                    row.kind,
                    row.queue,
                    row.due,
                    row.interval,
                    row.factor,
                    row.reps,
                    card.state.lapses,
                    row.data,
                ])?;
                self.cards += 1;
                self.answers.extend(card.answers.iter().map(|answer| (*answer, card_id)));
            }
        }
        Ok(())
    }

    /// Gives a note type its id: that of its name, unless another one has it.
    fn new_model(&mut self, model: &Model) -> i64 {
        let mut id = model.id();
        while self.models.values().any(|taken| *taken == id) {
            id += 1;
        }
        self.models.insert(model.clone(), id);
        id
    }

    /// Writes the log of answers, one a millisecond.
    fn answers(&mut self) -> Result<(), PackError> {
        self.answers.sort_by_key(|(answer, card)| (answer.at_ms, *card));
        let mut insert = self.db.prepare(schema::ANSWER)?;
        let mut ids = Moments::default();
        let mut seen = std::collections::HashSet::new();
        for (answer, card) in &self.answers {
            let PackedAnswer { at_ms, ease, ms, before, after } = *answer;
            let kind = match before {
                _ if seen.insert(*card) => 0,
                Step { is_lapsed: true, .. } => 2,
                _ => 1,
            };
            insert.execute(params![
                ids.next(at_ms),
                card,
                ease,
                after.interval_d,
                before.interval_d,
                i64::from(after.ease_centi) * 10,
                ms,
                kind,
            ])?;
        }
        Ok(())
    }

    fn collection(&self, ids: &BTreeMap<DeckName, i64>) -> Result<(), PackError> {
        let mut list = Map::new();
        list.insert("1".to_owned(), models::deck("Default", 1));
        for (name, id) in ids {
            list.insert(id.to_string(), models::deck(name.as_str(), *id));
        }
        let mut types = Map::new();
        for (model, id) in &self.models {
            let mut json = model.json();
            json["id"] = Value::from(*id);
            types.insert(id.to_string(), json);
        }
        // A study day begins at four; days are counted in UTC.
        let start_s = i64::from(self.start.0) * 86_400 + 4 * 3600;
        self.db.execute(
            schema::COL,
            params![
                start_s,
                self.newest_ms,
                models::settings(self.cards + 1).to_string(),
                Value::Object(types).to_string(),
                Value::Object(list).to_string(),
                models::deck_options().to_string(),
            ],
        )?;
        Ok(())
    }
}

/// Returns the id of each deck and of those above it, no two alike.
fn deck_ids(notes: &[PackedNote], decks: &[DeckName]) -> BTreeMap<DeckName, i64> {
    let mut ids: BTreeMap<DeckName, i64> = BTreeMap::new();
    let named = decks.iter().chain(notes.iter().map(|note| &note.deck));
    for name in named {
        let mut above = Some(name.clone());
        while let Some(name) = above.filter(|name| !ids.contains_key(name)) {
            above = name.parent();
            ids.insert(name, 0);
        }
    }
    let mut taken = std::collections::HashSet::new();
    for (name, id) in &mut ids {
        *id = models::deck_id(name);
        while !taken.insert(*id) {
            *id += 1;
        }
    }
    ids
}

/// What a card's row says about its schedule.
struct Row {
    kind: i64,
    queue: i64,
    due: i64,
    interval: i64,
    factor: i64,
    reps: i64,
    /// When it was last answered, for newer versions.
    data: String,
}

impl Row {
    fn of(card: &PackedCard, position: i64, start: Day) -> Self {
        let state = &card.state;
        let kind = if state.due.is_some() { 2 } else { 0 };
        let queue = if state.suspended.is_some() { -1 } else { kind };
        let reps = (card.answers.len() as i64).max(i64::from(state.repetitions));
        match state.due {
            None => {
                let data = String::new();
                Self { kind, queue, due: position, interval: 0, factor: 0, reps: 0, data }
            }
            Some(due) => Self {
                kind,
                queue,
                due: i64::from(due.since(start)),
                interval: i64::from(state.interval_d.max(1)),
                factor: i64::from(state.ease_centi) * 10,
                reps,
                data: card.answers.last().map_or_else(String::new, |answer| {
                    format!("{{\"lrt\":{}}}", answer.at_ms.div_euclid(1000))
                }),
            },
        }
    }
}

/// No id lies beyond the year 2100 or so.
const LAST_MS: i64 = 4_102_444_800_000;

/// Ids that are moments in milliseconds, each taken once.
#[derive(Default)]
struct Moments {
    last: i64,
}

impl Moments {
    fn next(&mut self, at_ms: i64) -> i64 {
        self.last = at_ms.min(LAST_MS).max(self.last + 1);
        self.last
    }

    /// Returns an id for each note: the time it was added, or the next one free.
    fn of(&mut self, notes: &[PackedNote]) -> Vec<i64> {
        let mut order: Vec<usize> = (0..notes.len()).collect();
        order.sort_by_key(|at| (notes[*at].added_ms, *at));
        let mut ids = vec![0; notes.len()];
        for at in order {
            ids[at] = self.next(notes[at].added_ms);
        }
        ids
    }
}
