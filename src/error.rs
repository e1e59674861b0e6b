//! The one error of the program: what happened, where, and what to do about it.

use std::io::ErrorKind;
use std::path::PathBuf;

use crate::domain::Day;
use crate::domain::watch::Cancelled;
use crate::find::Fault;
use crate::import::ReadError;
use crate::store::StoreError;

/// Anything that can fail.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The collection.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A deck file as a whole.
    #[error("{path}{}", read_error(error))]
    Read {
        /// The path as it was given.
        path: String,
        /// Why.
        error: ReadError,
    },
    /// A file that cannot be opened, read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A deck file behind an address.
    #[error("{address}: {what}")]
    Fetch {
        /// The address.
        address: String,
        /// Why it was not read.
        what: String,
    },
    /// The configuration.
    #[error("{}:{line}: {what}", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// 1-based line.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// There is no home directory and no path was given.
    #[error("no home directory was found")]
    NoHome,
    /// A deck that does not exist.
    #[error("no deck {name}{}", did_you_mean(similar))]
    NoDeck {
        /// What was asked for.
        name: String,
        /// Names that look like it.
        similar: Vec<String>,
    },
    /// A sample deck that does not exist.
    #[error("no sample deck {0}")]
    NoSample(String),
    /// A card, note, import or vacation that does not exist.
    #[error("no {what} {id}")]
    NotFound {
        /// `card`, `note`, `import` or `vacation`.
        what: &'static str,
        /// What was asked for.
        id: String,
    },
    /// A prefix that fits several.
    #[error("{id} fits more than one {what}")]
    Ambiguous {
        /// `card`, `note` or `import`.
        what: &'static str,
        /// What was asked for.
        id: String,
    },
    /// A card that is answered before its day.
    #[error("the card is not due before {0}")]
    NotDue(Day),
    /// A card that is suspended.
    #[error("the card is suspended")]
    Suspended,
    /// A card that is buried.
    #[error("the card is buried until tomorrow")]
    Buried,
    /// A plan that was printed and not applied.
    #[error("nothing was imported: this is only the plan")]
    NotConfirmed,
    /// What would come of a plan was shown, and it was not chosen.
    #[error("nothing is changed: this is only what would come of it")]
    NotChosen,
    /// Pruning that would take out too much.
    #[error("{gone} of {of} notes are no longer in the file: too many to be suspended at once")]
    PruneTooMany {
        /// Notes that left.
        gone: usize,
        /// Notes of the source.
        of: usize,
    },
    /// A query that cannot be understood.
    #[error("{}\n  {}\n  {}^", .0.what, .0.query, " ".repeat(.0.column))]
    Query(#[from] Fault),
    /// A value that an option or a field cannot have.
    #[error("{0}")]
    Invalid(String),
    /// The learner stopped it.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// The terminal.
    #[error("the terminal failed: {0}")]
    Terminal(std::io::Error),
}

fn read_error(error: &ReadError) -> String {
    match error {
        ReadError::Broken { line, message } => format!(":{line}: {message}"),
        other => format!(": {other}"),
    }
}

fn did_you_mean(similar: &[String]) -> String {
    match similar {
        [] => String::new(),
        names => format!("; did you mean {}?", names.join(" or ")),
    }
}

impl Error {
    /// Says what to try next, where there is something to try.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Store(error) => error.hint(),
            Self::Read { error: ReadError::NoDeck { .. }, .. } => {
                Some("`--format` reads it as a given format")
            }
            Self::File { source, .. } => match source.kind() {
                ErrorKind::NotFound => Some("check the path: a file or a folder of it is missing"),
                ErrorKind::PermissionDenied => Some("check who may read and write there"),
                _ => None,
            },
            Self::NoHome => Some("pass --db FILE and --config FILE"),
            Self::NoDeck { .. } => Some("`termdeck decks` lists them"),
            Self::NoSample(_) => Some("`termdeck samples` lists them"),
            Self::NotFound { what, .. } => Some(match what.as_bytes() {
                b"import" => "`termdeck imports` lists them",
                b"vacation" => "`termdeck vacation` lists them",
                _ => "`termdeck search` shows ids",
            }),
            Self::Ambiguous { .. } => Some("give more digits"),
            Self::NotDue(_) => Some("--cram practises it without changing its schedule"),
            Self::Suspended => Some("`termdeck unsuspend` puts it back"),
            Self::NotConfirmed => Some("--yes imports it, --dry-run only shows the plan"),
            Self::NotChosen => Some("--yes chooses it"),
            Self::PruneTooMany { .. } => {
                Some("check that it is the right file; delete the notes by hand if it is")
            }
            Self::Config { .. } => Some("`termdeck config show` lists every setting"),
            _ => None,
        }
    }

    /// Whether the collection holds what this program would never have written.
    #[must_use]
    pub const fn is_damage(&self) -> bool {
        matches!(
            self,
            Self::Store(
                StoreError::Damaged { .. } | StoreError::Corrupt { .. } | StoreError::BadRow(_)
            )
        )
    }

    /// Returns the text for people: the error, its causes, and the hint.
    #[must_use]
    pub fn render(&self) -> String {
        use std::fmt::Write as _;
        let mut text = format!("error: {self}");
        if let Some(hint) = self.hint() {
            let _ = write!(text, "\nhint: {hint}");
        }
        crate::domain::safe::lines(&text).into_owned()
    }
}
