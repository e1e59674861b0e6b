//! The vocabulary builder of a Kindle: `vocab.db`, with the words that were looked up
//! and the sentences in which they stood.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::foreign::{broken, has_table};
use super::{Draft, Format, MAX_FIELD, ReadError, Reading, RowReason, Warning, detect, foreign};
use crate::domain::Field;
use crate::domain::text::collapse;
use crate::domain::watch::{Stage, Watch};

/// Rows between two reports of how far it is.
const STEP: usize = 2048;

/// Sentences of one word that are kept.
const MAX_USAGES: usize = 20;

/// The most rows of a vocabulary, and the most text, in bytes: what a column holds where
/// a row does not say stands in the file only once.
const MAX_ROWS: usize = 2_000_000;
const MAX_TEXT: usize = 256 << 20;

/// The category of words that the reader has marked as mastered.
const MASTERED: i64 = 100;

/// A table, and those of its columns that are read.
type Table = (&'static str, &'static [&'static str]);

const WORDS: Table = ("WORDS", &["id", "word", "stem", "lang", "category"]);
const LOOKUPS: Table = ("LOOKUPS", &["word_key", "book_key", "usage", "timestamp"]);
const BOOKS: Table = ("BOOK_INFO", &["id", "title", "authors"]);

/// How much is still taken from a vocabulary.
#[derive(Debug)]
struct Budget {
    rows: usize,
    text: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { rows: MAX_ROWS, text: MAX_TEXT }
    }
}

impl Budget {
    /// Counts so many rows with so many bytes of text.
    fn take(&mut self, rows: usize, text: usize) -> Result<(), ReadError> {
        let exhausted = || ReadError::Bomb { most: MAX_TEXT as u64 };
        self.rows = self.rows.checked_sub(rows).ok_or_else(exhausted)?;
        self.text = self.text.checked_sub(text).ok_or_else(exhausted)?;
        Ok(())
    }
}

/// A sentence in which a word was looked up.
struct Usage {
    at: i64,
    sentence: Cell,
    book: String,
}

/// Reads a Kindle's vocabulary.
///
/// # Errors
/// [`ReadError::Damaged`] where the database cannot be read, [`ReadError::NoDeck`] where
/// it holds no words, [`ReadError::Bomb`], [`ReadError::Cancelled`].
pub fn read(bytes: &[u8], watch: &dyn Watch) -> Result<Reading, ReadError> {
    read_within(bytes, watch, Budget::default())
}

/// The same, with so much that is taken at most.
fn read_within(bytes: &[u8], watch: &dyn Watch, mut budget: Budget) -> Result<Reading, ReadError> {
    let db = foreign::open(bytes)?;
    let mut reading = Reading::new(Format::Kindle, "UTF-8");
    let books = books(&db, &mut budget, watch)?;
    let (mut usages, further) = usages(&db, &mut budget, watch)?;
    let mut rows = 0_usize;
    table(&db, WORDS, &mut budget, watch, |row, columns, budget| {
        rows += 1;
        let id = columns.text(row, "id").short();
        let found = usages.remove(&id).unwrap_or_default();
        let draft = draft(rows as u32, id, row, columns, found, &books);
        // A book is named at each of its words.
        budget.take(0, draft.as_ref().map_or(0, |draft| draft.fields.source.len()))?;
        reading.row(rows as u32, draft);
        Ok(())
    })?;
    if reading.drafts.is_empty() {
        return Err(detect::no_deck("a Kindle's vocabulary without a word in a sentence"));
    }
    let message = "a Kindle keeps no meanings: the sentence is the back".to_owned();
    reading.warnings.push(Warning { line: 0, message });
    reading.count(further, "further sentence left out", "further sentences left out");
    Ok(reading)
}

fn draft(
    line: u32,
    id: String,
    row: &Row<'_>,
    columns: &Columns,
    usages: Vec<Usage>,
    books: &HashMap<String, String>,
) -> Result<Draft, RowReason> {
    let (word, stem) = (columns.text(row, "word").whole()?, columns.text(row, "stem").whole()?);
    let mut draft = Draft::on(line);
    draft.add(Field::Front, if stem.is_empty() { &word } else { &stem });
    if word != draft.fields.front && !word.is_empty() && !stem.is_empty() {
        draft.add(Field::Note, &word);
    }
    let mut further = Vec::new();
    let mut sources: Vec<&str> = Vec::new();
    for usage in usages {
        let sentence = collapse(&usage.sentence.whole()?);
        if draft.fields.back.is_empty() {
            draft.add(Field::Back, &sentence);
        } else if sentence != draft.fields.back && !further.contains(&sentence) {
            further.push(sentence);
        }
        if let Some(book) = books.get(&usage.book)
            && !sources.contains(&book.as_str())
        {
            sources.push(book);
        }
    }
    draft.add(Field::Example, &further.join("\n"));
    draft.add(Field::Source, &sources.join("; "));
    draft.label(&columns.text(row, "lang").short());
    for source in &sources {
        let title = source.rsplit_once(" — ").map_or(*source, |(title, _)| title);
        draft.label(title);
    }
    if columns.number(row, "category") == MASTERED {
        draft.label("mastered");
    }
    draft.ext_id = Some(id).filter(|id| !id.is_empty());
    if draft.fields.back.is_empty() && !draft.fields.front.is_empty() {
        return Err(RowReason::Other("no sentence in which it was looked up".into()));
    }
    draft.checked()
}

/// Returns title and author of the books, by their keys.
fn books(
    db: &Connection,
    budget: &mut Budget,
    watch: &dyn Watch,
) -> Result<HashMap<String, String>, ReadError> {
    let mut books = HashMap::new();
    if has_table(db, "BOOK_INFO")? {
        table(db, BOOKS, budget, watch, |row, columns, _| {
            let title = collapse(&columns.text(row, "title").short());
            let authors = collapse(&columns.text(row, "authors").short());
            let source = if authors.is_empty() { title } else { [title, authors].join(" — ") };
            books.insert(columns.text(row, "id").short(), source);
            Ok(())
        })?;
    }
    Ok(books)
}

/// Returns the first sentences of each word by its key, and how many there are beyond.
fn usages(
    db: &Connection,
    budget: &mut Budget,
    watch: &dyn Watch,
) -> Result<(HashMap<String, Vec<Usage>>, usize), ReadError> {
    let mut usages: HashMap<String, Vec<Usage>> = HashMap::new();
    let mut further = 0_usize;
    table(db, LOOKUPS, budget, watch, |row, columns, _| {
        let at = columns.number(row, "timestamp");
        let kept = usages.entry(columns.text(row, "word_key").short()).or_default();
        let place = kept.partition_point(|usage| usage.at <= at);
        if place < MAX_USAGES {
            let sentence = columns.text(row, "usage");
            kept.insert(place, Usage { at, sentence, book: columns.text(row, "book_key").short() });
        }
        if place >= MAX_USAGES || kept.len() > MAX_USAGES {
            kept.truncate(MAX_USAGES);
            further += 1;
        }
        Ok(())
    })?;
    Ok((usages, further))
}

/// Calls `each` with the rows of a table, in the order in which they were written.
fn table(
    db: &Connection,
    (name, columns): Table,
    budget: &mut Budget,
    watch: &dyn Watch,
    mut each: impl FnMut(&Row<'_>, &Columns, &mut Budget) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let broken = |error: rusqlite::Error| broken(&error);
    // Only our own names go into a statement; those of the file may be anything, even no
    // text. Older firmware has fewer columns.
    let mut statement = db.prepare("SELECT name FROM pragma_table_info(?1)").map_err(broken)?;
    let mut rows = statement.query([name]).map_err(broken)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(broken)? {
        if let Ok(ValueRef::Text(name)) = row.get_ref(0) {
            found.push(name.to_ascii_lowercase());
        }
    }
    let is_there = |column: &str| found.iter().any(|name| name == column.as_bytes());
    let list: Vec<&str> =
        columns.iter().map(|column| if is_there(column) { *column } else { "NULL" }).collect();
    let sql = format!("SELECT {} FROM {name}", list.join(", "));
    let mut statement = db.prepare(&sql).map_err(broken)?;
    let mut rows = statement.query([]).map_err(broken)?;
    let mut count = 0_usize;
    while let Some(row) = rows.next().map_err(broken)? {
        if count.is_multiple_of(STEP) {
            watch.at(Stage::Reading, count, 0)?;
        }
        count += 1;
        budget.take(1, (0..columns.len()).map(|at| size(row, at)).sum())?;
        each(row, &Columns(columns), budget)?;
    }
    Ok(())
}

/// Returns how much text there is in a cell. One that is too long for a field counts
/// too: to find that out is work as well.
fn size(row: &Row<'_>, at: usize) -> usize {
    match row.get_ref(at) {
        Ok(ValueRef::Text(text) | ValueRef::Blob(text)) => text.len(),
        _ => 0,
    }
}

/// The columns of a row, by their names.
struct Columns(&'static [&'static str]);

impl Columns {
    fn value<'r>(&self, row: &'r Row<'_>, name: &str) -> ValueRef<'r> {
        let at = self.0.iter().position(|column| *column == name);
        at.and_then(|at| row.get_ref(at).ok()).unwrap_or(ValueRef::Null)
    }

    fn text(&self, row: &Row<'_>, name: &str) -> Cell {
        match self.value(row, name) {
            ValueRef::Text(text) | ValueRef::Blob(text) if text.len() > MAX_FIELD => {
                Cell::TooLong(text.len())
            }
            ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Integer(number) => Cell::Text(number.to_string()),
            ValueRef::Real(number) => Cell::Text(number.to_string()),
            ValueRef::Null | ValueRef::Blob(_) => Cell::Text(String::new()),
        }
    }

    fn number(&self, row: &Row<'_>, name: &str) -> i64 {
        match self.value(row, name) {
            ValueRef::Integer(number) => number,
            ValueRef::Real(number) => number as i64,
            _ => 0,
        }
    }
}

/// A text, unless it is larger than any field.
enum Cell {
    Text(String),
    TooLong(usize),
}

impl Cell {
    fn whole(self) -> Result<String, RowReason> {
        match self {
            Self::Text(text) => Ok(text.trim().to_owned()),
            Self::TooLong(bytes) => Err(RowReason::TooLong { bytes }),
        }
    }

    /// Returns the text of a key or a title; none is so long.
    fn short(self) -> String {
        self.whole().unwrap_or_default()
    }
}
