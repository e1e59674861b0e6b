//! What is remembered of a source: how its file was read the last time.
//!
//! It is not stored by itself: it stands in the options of the newest import of the
//! source that was not taken back.

use serde_json::Value;

use crate::domain::Direction;
use crate::import::{Column, ReadError, Reading, encoding};
use crate::store::Store;

use super::source::source_name;
use super::{ImportOptions, Result};

/// The settings of a source that hold until the learner gives others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Profile {
    encoding: Option<String>,
    delimiter: Option<String>,
    columns: Option<Vec<Column>>,
    direction: Option<Direction>,
}

/// Options completed by a profile.
pub(super) struct Completed {
    /// What the learner gave, and what was remembered.
    pub options: ImportOptions,
    /// What was remembered and not given, for people; may be empty.
    pub remembered: Vec<String>,
}

impl Profile {
    /// Returns the profile of the source that a path stands for.
    ///
    /// # Errors
    /// The store.
    pub fn of(store: &Store, path: &str) -> Result<Self> {
        // What comes through a pipe has no name of its own.
        if path == "-" {
            return Ok(Self::default());
        }
        let options = store.options_of_source(&source_name(path))?;
        Ok(options
            .and_then(|text| serde_json::from_str(&text).ok())
            .map_or_else(Self::default, |options| read(&options)))
    }

    /// Returns the options for a file, with what was remembered where nothing was given.
    pub fn complete(self, given: &ImportOptions, bytes: &[u8]) -> Completed {
        let mut options = given.clone();
        let mut remembered = Vec::new();
        let mut note = |name: &str, value: String| remembered.push(format!("{name} {value}"));
        // What plainly is in another encoding now would become other text, not an error.
        let encoding = self.encoding.filter(|_| !encoding::is_plain(bytes));
        if let (None, Some(encoding)) = (&given.read.encoding, encoding) {
            note("encoding", encoding.clone());
            options.read.encoding = Some(encoding);
        }
        if let (None, Some(delimiter)) = (&given.read.delimiter, self.delimiter) {
            note("delimiter", if delimiter == "\t" { "tab".to_owned() } else { delimiter.clone() });
            options.read.delimiter = Some(delimiter);
        }
        if let (None, Some(columns)) = (&given.read.columns, self.columns) {
            note("columns", Column::list(&columns));
            options.read.columns = Some(columns);
        }
        if let (None, Some(direction)) = (given.direction, self.direction) {
            note("direction", direction.name().to_owned());
            options.direction = Some(direction);
        }
        Completed { options, remembered }
    }
}

fn read(options: &Value) -> Profile {
    let text = |name: &str| options.get(name).and_then(Value::as_str);
    Profile {
        encoding: text("encoding").map(str::to_owned),
        delimiter: text("delimiter").map(str::to_owned),
        columns: text("columns").and_then(|list| {
            list.split(',').map(str::parse).collect::<std::result::Result<_, _>>().ok()
        }),
        direction: text("direction").and_then(|name| name.parse().ok()),
    }
}

/// Whether what was read with a profile shows that it is of this file: a file that
/// changed its form is read anew rather than rejected row by row.
pub(super) fn fits(read: &std::result::Result<Reading, ReadError>) -> bool {
    match read {
        Ok(reading) => {
            reading.document.is_some()
                || (!reading.drafts.is_empty() && reading.rejected.len() <= reading.drafts.len())
        }
        // Whatever the options: reading again would say the same.
        Err(ReadError::Cancelled(_) | ReadError::TooLarge { .. }) => true,
        Err(_) => false,
    }
}
