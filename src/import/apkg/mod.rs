//! Packages and collections of Anki.
//!
//! A package is a zip archive with a SQLite database of notes, cards and the log of
//! answers. Schedules and answers come along; how cards look does not.

mod budget;
mod cards;
mod cell;
mod container;
mod names;
mod notes;
mod roles;
mod template;
mod wire;

use std::collections::HashMap;

use rusqlite::Connection;

use crate::domain::watch::{Stage, Watch};
use crate::domain::{Slot, cloze};

use super::foreign;
use super::foreign::{broken, has_table};
use super::{Draft, ForeignCard, Format, ReadError, ReadOptions, Reading, RowError, RowReason};
use budget::Budget;
use cards::Cards;
use names::Names;
use notes::Shape;

/// Rows between two reports of how far it is.
const STEP: usize = 4096;

/// What was left out or changed on the way, counted.
#[derive(Debug, Default)]
struct Losses {
    answers: usize,
    schedules: usize,
    pictures: usize,
    sounds: usize,
    buried: usize,
    filtered: usize,
    flags: usize,
    several_decks: usize,
    further_templates: usize,
    makeshift_backs: usize,
    cards: usize,
}

impl Losses {
    fn reports(&self) -> Vec<String> {
        let lines = [
            (self.answers, "answers", "answer", "from the log"),
            (self.schedules, "schedules", "schedule", "taken over"),
            (self.pictures, "pictures", "picture", "left out"),
            (self.sounds, "sounds", "sound", "left out"),
            (self.buried, "buried cards", "buried card", "shown again"),
            (self.filtered, "cards", "card", "put back from filtered decks"),
            (self.flags, "flags", "flag", "left out"),
            (
                self.several_decks,
                "notes",
                "note",
                "with cards in several decks: all go to that of the first card",
            ),
            (self.further_templates, "cards", "card", "of further templates: the front is asked"),
            (
                self.makeshift_backs,
                "notes",
                "note",
                "without a back: another field takes its place",
            ),
            (self.cards, "cards", "card", "without a note left out"),
        ];
        lines
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, many, one, what)| {
                format!("{count} {} {what}", if count == 1 { one } else { many })
            })
            .collect()
    }
}

/// The fields of a note are not even read where they are longer than this together.
const MAX_NOTE: u32 = 1 << 20;

/// A note's row.
struct RawNote {
    id: i64,
    guid: String,
    kind: i64,
    tags: String,
    /// All its fields, or how long they are.
    fields: Result<String, usize>,
    /// Where its first new card stands among the new ones.
    position: i64,
}

/// Reads a package.
///
/// # Errors
/// [`ReadError`] where nothing can be read.
pub fn read(bytes: &[u8], _options: &ReadOptions, watch: &dyn Watch) -> Result<Reading, ReadError> {
    let database = container::collection(bytes)?;
    let db = open(&database)?;
    let mut budget = Budget::of(database.len());
    drop(database);
    let names = names::read(&db, &mut budget)?;
    let mut losses = Losses::default();
    let mut cards = Cards::read(&db, &mut budget, &mut losses, watch)?;
    let notes = raw_notes(&db, &cards, &mut budget, watch)?;
    drop(db);
    let mut reading = Reading::new(Format::Apkg, "UTF-8");
    let mut shapes = HashMap::new();
    let all = notes.len();
    for (note, line) in notes.into_iter().zip(1_u32..) {
        if (line as usize).is_multiple_of(STEP) {
            watch.at(Stage::Reading, line as usize, all)?;
        }
        let own = cards.take(note.id);
        let Some(kind) = names.note_types.get(&note.kind) else {
            let reason = RowReason::Other("its note type is not in the package".to_owned());
            reading.rejected.push(RowError::new(line, reason));
            continue;
        };
        let shape = shapes.entry(note.kind).or_insert_with(|| Shape::of(kind));
        let fields = note.fields.map_err(|bytes| RowReason::TooLong { bytes });
        match fields.and_then(|fields| shape.draft(&fields, &note.tags, &mut losses)) {
            Ok(mut draft) => {
                draft.line = line;
                draft.ext_id = Some(note.guid).filter(|guid| !guid.is_empty());
                add_cards(&mut draft, shape, &own, (&cards, &names), &mut losses);
                reading.drafts.push(draft);
            }
            Err(reason) => reading.rejected.push(RowError::new(line, reason)),
        }
    }
    losses.cards = cards.left();
    reading.reports = losses.reports();
    Ok(reading)
}

/// Opens the database, with all that its schema asks for.
fn open(bytes: &[u8]) -> Result<Connection, ReadError> {
    let db = foreign::open(bytes)?;
    // The newer tables sort names without regard to case.
    db.create_collation("unicase", |a, b| a.to_lowercase().cmp(&b.to_lowercase()))
        .map_err(|error| broken(&error))?;
    for table in ["col", "notes", "cards"] {
        if !has_table(&db, table)? {
            return Err(ReadError::Damaged(format!("there is no table `{table}`")));
        }
    }
    Ok(db)
}

/// Returns the notes, those with new cards in the order in which they come up.
fn raw_notes(
    db: &Connection,
    cards: &Cards,
    budget: &mut Budget,
    watch: &dyn Watch,
) -> Result<Vec<RawNote>, ReadError> {
    let failed = |error: rusqlite::Error| broken(&error);
    let mut notes = Vec::new();
    let sql = "SELECT id, guid, mid, tags, iif(octet_length(flds) > ?1, '', flds), \
               octet_length(flds) FROM notes";
    let mut statement = db.prepare(sql).map_err(failed)?;
    let mut rows = statement.query([MAX_NOTE]).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        if notes.len().is_multiple_of(STEP) {
            watch.at(Stage::Reading, notes.len(), 0)?;
        }
        budget.row()?;
        let id = cell::number(row, 0);
        let bytes = usize::try_from(cell::number(row, 5)).unwrap_or(0);
        let is_long = bytes > MAX_NOTE as usize;
        notes.push(RawNote {
            id,
            guid: budget.text(row, 1)?,
            kind: cell::number(row, 2),
            tags: budget.text(row, 3)?,
            fields: if is_long { Err(bytes) } else { Ok(budget.text(row, 4)?) },
            position: cards.position(id).unwrap_or(i64::MAX),
        });
    }
    notes.sort_by_key(|note| (note.position, note.id));
    Ok(notes)
}

/// Gives a note its cards, and the deck of the first of them.
fn add_cards(
    draft: &mut Draft,
    shape: &Shape<'_>,
    own: &[cards::RawCard],
    (cards, names): (&Cards, &Names),
    losses: &mut Losses,
) {
    draft.deck = own.first().and_then(|card| names.decks.get(&card.deck).cloned().flatten());
    losses.several_decks += usize::from(own.iter().any(|card| card.deck != own[0].deck));
    let mut foreign: Vec<ForeignCard> = Vec::with_capacity(own.len());
    for card in own {
        let slot = shape.slot(card.ord).filter(|slot| foreign.iter().all(|f| f.slot != *slot));
        let Some(slot) = slot else {
            losses.cards += 1;
            continue;
        };
        let is_lost = !shape.keeps_question(slot);
        losses.further_templates += usize::from(is_lost);
        foreign.push(cards.foreign(card, slot, names.calendar, losses));
    }
    if foreign.is_empty() && cloze::is_cloze(&draft.fields.front) {
        let gaps = cloze::numbers(&draft.fields.front);
        foreign.extend(gaps.into_iter().map(|n| ForeignCard {
            slot: Slot::Gap(n),
            suspended_ms: None,
            state: None,
            at_ms: 0,
            answers: Vec::new(),
        }));
    }
    foreign.sort_by_key(|card| card.slot);
    draft.cards = (!foreign.is_empty()).then(|| foreign.into());
}
