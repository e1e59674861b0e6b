//! The formats that are read, and their names.

use std::fmt;
use std::str::FromStr;

/// The formats that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Rows with a delimiter: TSV, CSV, ...
    Delimited,
    /// The same with `#separator:` and other directives on top.
    AnkiText,
    /// A bilingual article or a free list of terms.
    Article,
    /// The interchange document, or arrays of objects.
    Json,
    /// A package or a whole collection of Anki.
    Apkg,
    /// Tables and lists in Markdown, and Org tables.
    Markdown,
    /// Tables of a web page.
    Html,
    /// A workbook of Excel.
    Xlsx,
    /// An OpenDocument spreadsheet.
    Ods,
    /// A termbase: TBX, versions 2 and 3.
    Tbx,
    /// A translation memory.
    Tmx,
    /// CC-CEDICT and its relatives.
    Cedict,
    /// The vocabulary builder of a Kindle.
    Kindle,
    /// Questions and answers as SuperMemo writes them.
    Supermemo,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 14] = [
        Self::Delimited,
        Self::AnkiText,
        Self::Article,
        Self::Json,
        Self::Apkg,
        Self::Markdown,
        Self::Html,
        Self::Xlsx,
        Self::Ods,
        Self::Tbx,
        Self::Tmx,
        Self::Cedict,
        Self::Kindle,
        Self::Supermemo,
    ];

    /// Other names that people know them by.
    const ALIASES: [(&str, Self); 11] = [
        ("tsv", Self::Delimited),
        ("csv", Self::Delimited),
        ("quizlet", Self::Delimited),
        ("pleco", Self::Delimited),
        ("mnemosyne", Self::Delimited),
        ("colpkg", Self::Apkg),
        ("jsonl", Self::Json),
        ("md", Self::Markdown),
        ("org", Self::Markdown),
        ("cc-cedict", Self::Cedict),
        ("excel", Self::Xlsx),
    ];

    /// Returns the name used on the command line and in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Delimited => "delimited",
            Self::AnkiText => "anki-text",
            Self::Article => "article",
            Self::Json => "json",
            Self::Apkg => "apkg",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
            Self::Tbx => "tbx",
            Self::Tmx => "tmx",
            Self::Cedict => "cedict",
            Self::Kindle => "kindle",
            Self::Supermemo => "supermemo",
        }
    }
}

impl Format {
    /// Whether a row stands in a line of its own, which says what it is about.
    #[must_use]
    pub const fn is_by_line(self) -> bool {
        matches!(
            self,
            Self::Delimited | Self::AnkiText | Self::Article | Self::Markdown | Self::Cedict
        )
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let alias = || Self::ALIASES.into_iter().find(|(name, _)| *name == text).map(|a| a.1);
        Self::ALL.into_iter().find(|format| format.name() == text).or_else(alias).ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|format| format.name()).collect();
            format!("`{text}` is no format ({})", names.join(", "))
        })
    }
}
