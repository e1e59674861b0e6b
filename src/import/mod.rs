//! Readers: bytes in, drafts and row errors out.
//!
//! A reader knows no path, no database and no terminal. What it could not read
//! of a row costs that row; what it cannot read at all is a [`ReadError`].

pub mod anki_text;
pub mod apkg;
pub mod archive;
pub mod article;
pub mod cedict;
pub mod cleanup;
pub mod container;
mod decided;
pub mod delimited;
pub mod detect;
mod draft;
pub mod encoding;
pub mod foreign;
mod format;
pub mod html;
pub mod json;
pub mod kindle;
mod languages;
pub mod machine;
pub mod markdown;
pub mod markup;
pub mod supermemo;
pub mod tbx;
pub mod tmx;
pub mod workbook;
pub mod xml;

use std::str::FromStr;

use container::Container;
pub use decided::{Decided, Triage};
use detect::Detected;
pub use format::Format;

use crate::domain::interchange::Document;
use crate::domain::watch::{Cancelled, Stage, Watch};
use crate::domain::{Base, Fields, Grade, Kind, Slot};

/// What a column of a table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// A field of the note.
    Field(crate::domain::Field),
    /// The full name of its deck.
    Deck,
    /// The id it has in its file.
    Id,
    /// Left out (`-`).
    Ignore,
}

impl Column {
    /// Returns the name used on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Field(field) => field.name(),
            Self::Deck => "deck",
            Self::Id => "id",
            Self::Ignore => "-",
        }
    }
}

impl Column {
    /// Returns columns as they are given on the command line.
    #[must_use]
    pub fn list(columns: &[Self]) -> String {
        columns.iter().map(|column| column.name()).collect::<Vec<_>>().join(",")
    }
}

impl FromStr for Column {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim() {
            "deck" => Ok(Self::Deck),
            "id" | "guid" => Ok(Self::Id),
            "-" | "" => Ok(Self::Ignore),
            field => field.parse().map(Self::Field).map_err(|_| {
                format!(
                    "`{text}` is no column \
                     (front, back, reading, note, example, source, tags, deck, id, -)"
                )
            }),
        }
    }
}

/// Which Chinese script an article is converted to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ScriptChoice {
    /// Simplified where the text carries reading marks, otherwise as it is.
    #[default]
    Auto,
    /// Simplified.
    Simplified,
    /// Traditional.
    Traditional,
    /// As it is.
    AsIs,
}

impl FromStr for ScriptChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "auto" => Ok(Self::Auto),
            "simplified" => Ok(Self::Simplified),
            "traditional" => Ok(Self::Traditional),
            "as-is" => Ok(Self::AsIs),
            _ => Err(format!("`{text}` is no script (auto, simplified, traditional, as-is)")),
        }
    }
}

/// What the learner said about how to read a file; everything else is detected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ReadOptions {
    /// The format.
    pub format: Option<Format>,
    /// The encoding, by its WHATWG label.
    pub encoding: Option<String>,
    /// What separates columns.
    pub delimiter: Option<String>,
    /// What the columns hold.
    pub columns: Option<Vec<Column>>,
    /// Whether the first row is data even where it looks like a header.
    pub no_header: bool,
    /// Script of articles.
    pub script: ScriptChoice,
}

/// A pair that was read, not yet compared with the collection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// 1-based line in the source on which the row starts.
    pub line: u32,
    /// What it is.
    pub kind: Kind,
    /// Its text, NFC.
    pub fields: Fields,
    /// The deck its row names.
    pub deck: Option<String>,
    /// The id its row has.
    pub ext_id: Option<String>,
    /// How sure the reader is, 0 to 100; tables are always 100.
    pub confidence_pct: u8,
    /// Why it is not offered ticked, or what else a reader should know; may be empty.
    pub reason: String,
    /// Its cards, where the file brings them.
    pub cards: Option<Box<[ForeignCard]>>,
    /// What the learner decided about it since; readers leave it empty.
    pub decided: Option<Box<Decided>>,
}

/// A card as another program kept it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignCard {
    /// Which card of its note.
    pub slot: Slot,
    /// When it was suspended at the latest, Unix milliseconds, if it is.
    pub suspended_ms: Option<i64>,
    /// Its state, unless it is new.
    pub state: Option<Base>,
    /// When it came to that state, Unix milliseconds.
    pub at_ms: i64,
    /// Its answers, oldest first.
    pub answers: Vec<ForeignAnswer>,
}

/// An answer that was given in another program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForeignAnswer {
    /// When, Unix milliseconds.
    pub at_ms: i64,
    /// The grade, 0 to 5.
    pub grade: Grade,
    /// How long it took, in milliseconds.
    pub ms: u32,
}

impl Draft {
    /// From this confidence a row is ticked beforehand.
    pub const TICKED_PCT: u8 = 70;

    /// Whether the row is ticked beforehand.
    #[must_use]
    pub const fn is_ticked(&self) -> bool {
        self.confidence_pct >= Self::TICKED_PCT
    }

    /// Returns what the learner decided about it.
    #[must_use]
    pub fn decided(&self) -> &Decided {
        const NOTHING: &Decided = &Decided::NOTHING;
        self.decided.as_deref().unwrap_or(NOTHING)
    }

    /// Returns what the learner decided about it, to decide something.
    pub fn decide(&mut self) -> &mut Decided {
        self.decided.get_or_insert_default()
    }

    /// Returns the text that the file gave, before the learner changed it.
    #[must_use]
    pub fn said(&self) -> &Fields {
        self.decided().said.as_ref().map_or(&self.fields, |said| &said.fields)
    }
}

/// One row that could not be read; the others still import.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct RowError {
    /// 1-based line in the source.
    pub line: u32,
    /// What is wrong with it.
    pub reason: RowReason,
    /// The start of what stands there, where the source is read line by line.
    pub text: String,
}

impl RowError {
    /// Returns the error of a row whose text is not known.
    #[must_use]
    pub const fn new(line: u32, reason: RowReason) -> Self {
        Self { line, reason, text: String::new() }
    }

    /// Returns what is wrong behind the text that it is about: `国家: the back is empty`.
    #[must_use]
    pub fn told(&self) -> String {
        let Self { reason, text, .. } = self;
        if text.is_empty() { reason.to_string() } else { format!("{text}: {reason}") }
    }
}

/// Why a row could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowReason {
    /// Only one side is there.
    #[error("no back: found 1 column, expected at least 2")]
    NoBack,
    /// The front is empty.
    #[error("the front is empty")]
    EmptyFront,
    /// The back is empty.
    #[error("the back is empty")]
    EmptyBack,
    /// A field is larger than [`MAX_FIELD`].
    #[error("a field of {bytes} bytes is too long (at most {MAX_FIELD})")]
    TooLong {
        /// Its size.
        bytes: usize,
    },
    /// Any other fault, in words.
    #[error("{0}")]
    Other(String),
}

/// The largest field that is taken, in bytes.
pub const MAX_FIELD: usize = 64 * 1024;

/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 1 << 30;

/// Something a reader should know that costs no row.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Warning {
    /// 1-based line, or 0 for the whole file.
    pub line: u32,
    /// What it is.
    pub message: String,
}

/// How many lines of an article fell in each class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct LineCounts {
    /// Sides of pairs.
    pub pair: u32,
    /// Section headings and titles.
    pub heading: u32,
    /// Attributions of quotations.
    pub attribution: u32,
    /// Dates, bylines, source lines.
    pub metadata: u32,
    /// Paragraphs in one language.
    pub context: u32,
    /// Site furniture and captions.
    pub boilerplate: u32,
    /// Lines that should have had a counterpart.
    pub unpaired: u32,
}

/// What was read from one file.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The format it was read as.
    pub format: Format,
    /// The encoding it was read in, such as `UTF-8` or `GB18030`.
    pub encoding: String,
    /// The rows, in file order.
    pub drafts: Vec<Draft>,
    /// The rows that could not be read.
    pub rejected: Vec<RowError>,
    /// What else a reader should know.
    pub warnings: Vec<Warning>,
    /// What was done to the text, number first: `137 reading marks removed`.
    pub reports: Vec<String>,
    /// The classes of an article's lines.
    pub lines: Option<LineCounts>,
    /// The deck that the whole file names.
    pub deck: Option<String>,
    /// A whole interchange document, in place of drafts.
    pub document: Option<Box<Document>>,
}

impl Reading {
    /// Returns a reading with nothing in it.
    #[must_use]
    pub fn new(format: Format, encoding: impl Into<String>) -> Self {
        Self {
            format,
            encoding: encoding.into(),
            drafts: Vec::new(),
            rejected: Vec::new(),
            warnings: Vec::new(),
            reports: Vec::new(),
            lines: None,
            deck: None,
            document: None,
        }
    }
}

/// Why a file could not be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is no deck file of a known kind.
    #[error("this is no deck file: {found}; looked for {looked_for}")]
    NoDeck {
        /// What it seems to be.
        found: String,
        /// What would have been read.
        looked_for: String,
    },
    /// The named encoding does not exist or does not fit.
    #[error("{0}")]
    Encoding(String),
    /// The structure is broken at a line.
    #[error("line {line}: {message}")]
    Broken {
        /// 1-based line.
        line: u32,
        /// What is wrong.
        message: String,
    },
    /// A container or a database that cannot be read.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// A container that a newer program made.
    #[error("the file is of version {found}; this program knows up to {known}")]
    Newer {
        /// Its version.
        found: u64,
        /// The newest that is read.
        known: u64,
    },
    /// An archive that would unpack to more than it may.
    #[error("what is packed in the file unpacks to more than {most} bytes; nothing was read")]
    Bomb {
        /// What is allowed.
        most: u64,
    },
    /// The learner stopped it.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// It is larger than [`MAX_FILE`].
    #[error("the file has {bytes} bytes; at most {MAX_FILE} are read")]
    TooLarge {
        /// Its size.
        bytes: u64,
    },
}

/// Reads a deck file.
///
/// `name` is the file's name; its ending breaks ties where the content leaves one.
///
/// # Errors
/// A [`ReadError`] where nothing can be read; a row that cannot be read is in
/// [`Reading::rejected`].
pub fn read(
    bytes: &[u8],
    name: &str,
    options: &ReadOptions,
    watch: &dyn Watch,
) -> Result<Reading, ReadError> {
    let size = bytes.len() as u64;
    if size > MAX_FILE {
        return Err(ReadError::TooLarge { bytes: size });
    }
    watch.at(Stage::Reading, 0, 0)?;
    let Some(packed) = archive::lone_file(bytes)? else {
        return unpacked(bytes, name, options, watch);
    };
    // `words.tsv.gz` is called `words.tsv` inside, where it says no name of its own.
    let outer = name.strip_suffix(".gz").unwrap_or(name);
    let name = if packed.name.is_empty() { outer } else { &packed.name };
    let mut reading = unpacked(&packed.bytes, name, options, watch)?;
    reading.reports.insert(0, "1 packed file was read".to_owned());
    Ok(reading)
}

/// Reads a file that is not packed, or what was in one that is.
fn unpacked(
    bytes: &[u8],
    name: &str,
    options: &ReadOptions,
    watch: &dyn Watch,
) -> Result<Reading, ReadError> {
    match container::sniff(bytes)? {
        Some(Container::Anki) => apkg::read(bytes, options, watch),
        Some(Container::Xlsx) => workbook::read(bytes, Format::Xlsx, options, watch),
        Some(Container::Ods) => workbook::read(bytes, Format::Ods, options, watch),
        Some(Container::Kindle) => kindle::read(bytes, watch),
        None => text(bytes, name, options, watch),
    }
}

/// Reads a file that is text.
fn text(
    bytes: &[u8],
    name: &str,
    options: &ReadOptions,
    watch: &dyn Watch,
) -> Result<Reading, ReadError> {
    let decoded = encoding::decode(bytes, options.encoding.as_deref())?;
    container::refuse_noise(&decoded.text)?;
    let cleaned = cleanup::clean(decoded.text);
    let text = cleaned.text.as_ref();
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let mut reading = match detect::detect(text, name, options)? {
        Detected::Delimited(choice) => delimited::read(text, &choice, options, watch)?,
        Detected::AnkiText => anki_text::read(text, options, watch)?,
        Detected::Article => article::read(text, options)?,
        Detected::Json => json::read(text, watch)?,
        Detected::Markdown => markdown::read(text, options)?,
        Detected::Html => html::read(text, options)?,
        Detected::Tbx => tbx::read(text, watch)?,
        Detected::Tmx => tmx::read(text, watch)?,
        Detected::Cedict => cedict::read(text, options, watch)?,
        Detected::Supermemo => supermemo::read(text, watch)?,
    };
    decoded.encoding.clone_into(&mut reading.encoding);
    reading.reports.splice(0..0, cleaned.reports);
    let faults = encoding::replacement_warnings(text);
    reading.warnings.splice(0..0, decoded.warning.into_iter().chain(faults));
    Ok(reading)
}
