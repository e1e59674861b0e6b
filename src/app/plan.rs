//! What an import would do, as a value.

use crate::domain::interchange::Document;
use crate::domain::{DeckName, Uid};
use crate::import::{Draft, LineCounts, RowError, Triage, Warning};

use super::ImportOptions;

/// What happens to one row. Every row of a source has exactly one.
#[derive(Clone, Debug, PartialEq)]
pub enum Bucket {
    /// A new note; offered unticked it is a suggestion.
    New,
    /// The file changed these fields of a note; progress is kept.
    Updated {
        /// The note.
        note: Uid,
        /// Names of the fields.
        fields: Vec<&'static str>,
    },
    /// The front was corrected; progress is kept.
    Renamed {
        /// The note.
        note: Uid,
        /// The front it had.
        from: String,
    },
    /// Nothing to do.
    Unchanged {
        /// The note.
        note: Uid,
    },
    /// The same row stands earlier in the file.
    Duplicate {
        /// Line of the earlier row.
        of_line: u32,
    },
    /// Both the file and the learner changed a field; the learner's text is kept.
    Conflict {
        /// The note.
        note: Uid,
        /// Names of the fields in conflict.
        fields: Vec<&'static str>,
        /// Names of other fields, which only the file changed.
        taken: Vec<&'static str>,
    },
    /// Left out, for the reason in [`PlanRow::reason`].
    Skipped,
}

impl Bucket {
    /// Returns the word for it in reports and JSON.
    #[must_use]
    pub const fn action(&self) -> &'static str {
        match self {
            Self::New => "add",
            Self::Updated { .. } => "update",
            Self::Renamed { .. } => "rename",
            Self::Unchanged { .. } => "unchanged",
            Self::Duplicate { .. } => "duplicate",
            Self::Conflict { .. } => "conflict",
            Self::Skipped => "skip",
        }
    }

    /// Returns the note of the collection that the row belongs to, if it has one.
    #[must_use]
    pub const fn note(&self) -> Option<Uid> {
        match self {
            Self::Updated { note, .. }
            | Self::Renamed { note, .. }
            | Self::Unchanged { note }
            | Self::Conflict { note, .. } => Some(*note),
            Self::New | Self::Duplicate { .. } | Self::Skipped => None,
        }
    }
}

/// A row with its bucket.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanRow {
    /// What was read.
    pub draft: Draft,
    /// What happens to it.
    pub bucket: Bucket,
    /// Whether it is applied; only new, updated, renamed and conflicting rows can be.
    pub ticked: bool,
    /// Why it is in its bucket, for people.
    pub reason: String,
    /// How many cards the note gets if the row is applied as a new one.
    pub cards: u16,
}

impl PlanRow {
    /// Returns the word for what happens to the row: an unticked new row is a suggestion.
    #[must_use]
    pub fn action(&self) -> &'static str {
        match (&self.bucket, self.draft.decided().triage) {
            (Bucket::New, _) if !self.ticked => "suggest",
            (Bucket::New, Triage::Known) => "known",
            (Bucket::New, Triage::Never) => "never",
            _ => self.bucket.action(),
        }
    }

    /// Returns how many cards it brings as a new note, as it is ticked now.
    #[must_use]
    pub fn new_cards(&self) -> u32 {
        let is_learnt = self.draft.decided().triage != Triage::Never;
        let is_added = self.ticked && is_learnt && matches!(self.bucket, Bucket::New);
        if is_added { self.cards.into() } else { 0 }
    }

    /// Whether applying the row changes anything: a mere conflict does not.
    #[must_use]
    pub const fn writes(&self) -> bool {
        let changes = match &self.bucket {
            Bucket::Conflict { taken, .. } => !taken.is_empty(),
            _ => self.can_tick(),
        };
        changes && self.ticked
    }

    /// Whether the learner may tick or untick it.
    #[must_use]
    pub const fn can_tick(&self) -> bool {
        matches!(
            self.bucket,
            Bucket::New | Bucket::Updated { .. } | Bucket::Renamed { .. } | Bucket::Conflict { .. }
        )
    }
}

/// How many rows fall in each bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct BucketCounts {
    /// All rows of the source.
    pub rows: u32,
    /// New notes.
    pub added: u32,
    /// Notes with changed fields.
    pub updated: u32,
    /// Notes with a corrected front.
    pub renamed: u32,
    /// Notes as they were.
    pub unchanged: u32,
    /// Rows that stand twice in the file.
    pub duplicates: u32,
    /// Rows changed on both sides.
    pub conflicts: u32,
    /// Rows left out.
    pub skipped: u32,
    /// Rows that could not be read.
    pub rejected: u32,
    /// Notes that left the file.
    pub gone: u32,
    /// Cards of the new notes.
    pub cards: u32,
}

impl std::iter::Sum for BucketCounts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            rows: sum.rows + one.rows,
            added: sum.added + one.added,
            updated: sum.updated + one.updated,
            renamed: sum.renamed + one.renamed,
            unchanged: sum.unchanged + one.unchanged,
            duplicates: sum.duplicates + one.duplicates,
            conflicts: sum.conflicts + one.conflicts,
            skipped: sum.skipped + one.skipped,
            rejected: sum.rejected + one.rejected,
            gone: sum.gone + one.gone,
            cards: sum.cards + one.cards,
        })
    }
}

/// A note that left its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The note.
    pub note: Uid,
    /// Its front.
    pub front: String,
    /// Its back.
    pub back: String,
}

/// The plan for one file.
#[derive(Clone, Debug, PartialEq)]
pub struct FilePlan {
    /// The path as it was given, or `-`.
    pub path: String,
    /// Format and encoding by name.
    pub format: &'static str,
    /// The encoding it was read in.
    pub encoding: String,
    /// The deck that takes what names no other.
    pub deck: DeckName,
    /// The rows, in file order.
    pub rows: Vec<PlanRow>,
    /// Rows that could not be read.
    pub rejected: Vec<RowError>,
    /// What else a reader should know.
    pub warnings: Vec<Warning>,
    /// What was done to the text.
    pub reports: Vec<String>,
    /// The classes of an article's lines.
    pub lines: Option<LineCounts>,
    /// Notes that left the file.
    pub gone: Vec<Gone>,
    /// What applying it needs to know besides.
    pub basis: Basis,
}

/// What a plan was made from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Basis {
    /// Hash of the file's bytes.
    pub hash: [u8; 32],
    /// The effective options, JSON.
    pub options: String,
    /// The file's stem without a date.
    pub source: String,
    /// What the learner asked for.
    pub given: ImportOptions,
    /// How far the collection's clock had come.
    pub as_of: (i64, i64),
    /// The row of the note that each row belongs to; 0 for none.
    pub keys: Vec<i64>,
    /// Notes last seen in this source that are not suspended for having left it.
    pub source_size: usize,
    /// Those of them that left it now.
    pub leaving: usize,
    /// A whole interchange document.
    pub document: Option<Box<Document>>,
    /// Decks, cards and events of the document that the collection does not have yet.
    pub new_parts: usize,
    /// Positions of the rows that bring cards or answers to notes that are there.
    pub gains: Vec<usize>,
}

impl FilePlan {
    /// Whether its rows can be changed: those of a whole document are parts of it.
    #[must_use]
    pub const fn can_change(&self) -> bool {
        self.basis.document.is_none()
    }

    /// Whether a row, ticked as it is now, brings cards or answers to its note.
    #[must_use]
    pub fn gains(&self, at: usize) -> bool {
        let is_out = |row: &PlanRow| row.can_tick() && !row.ticked;
        self.basis.gains.binary_search(&at).is_ok() && !self.rows.get(at).is_none_or(is_out)
    }

    /// Returns how many rows fall in each bucket, as they are ticked now.
    #[must_use]
    pub fn counts(&self) -> BucketCounts {
        let mut counts = BucketCounts {
            rows: (self.rows.len() + self.rejected.len()) as u32,
            rejected: self.rejected.len() as u32,
            gone: self.gone.len() as u32,
            ..BucketCounts::default()
        };
        for row in &self.rows {
            let bucket = match &row.bucket {
                _ if row.can_tick() && !row.ticked => &mut counts.skipped,
                Bucket::New if row.draft.decided().triage == Triage::Never => &mut counts.skipped,
                Bucket::New => &mut counts.added,
                Bucket::Updated { .. } => &mut counts.updated,
                Bucket::Renamed { .. } => &mut counts.renamed,
                Bucket::Unchanged { .. } => &mut counts.unchanged,
                Bucket::Duplicate { .. } => &mut counts.duplicates,
                Bucket::Conflict { .. } => &mut counts.conflicts,
                Bucket::Skipped => &mut counts.skipped,
            };
            *bucket += 1;
            counts.cards += row.new_cards();
        }
        counts
    }
}
