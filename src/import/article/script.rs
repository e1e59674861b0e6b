//! Which script an article ends in.

use super::annotation::CERTAIN;
use crate::domain::script::{to_simplified, to_traditional};
use crate::import::ScriptChoice;

/// What is done to the characters of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Conversion {
    /// Nothing.
    None,
    /// Simplified.
    Simplified,
    /// Traditional.
    Traditional,
}

impl Conversion {
    /// Returns what a choice means for a text with so many certain reading marks:
    /// who needs readings learns from Simplified texts.
    pub fn of(choice: ScriptChoice, certain_marks: usize) -> Self {
        match choice {
            ScriptChoice::Auto if certain_marks >= CERTAIN => Self::Simplified,
            ScriptChoice::Auto | ScriptChoice::AsIs => Self::None,
            ScriptChoice::Simplified => Self::Simplified,
            ScriptChoice::Traditional => Self::Traditional,
        }
    }

    /// Returns the converted text and how many characters changed.
    pub fn apply(self, text: &str) -> (String, usize) {
        match self {
            Self::None => (text.to_owned(), 0),
            Self::Simplified => to_simplified(text),
            Self::Traditional => to_traditional(text),
        }
    }

    /// Returns the name used in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "the same script",
            Self::Simplified => "Simplified",
            Self::Traditional => "Traditional",
        }
    }
}
