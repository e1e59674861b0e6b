//! Notes and the cards they make.

use std::fmt;
use std::str::FromStr;

/// What a pair is: it decides the directions that are asked.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A word or a phrase; asked both ways.
    #[default]
    Term,
    /// A sentence or a paragraph; asked forward.
    Sentence,
    /// A sentence with an attribution.
    Quotation,
}

impl Kind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Self; 3] = [Self::Term, Self::Sentence, Self::Quotation];

    /// Returns the name used in files and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Term => "term",
            Self::Sentence => "sentence",
            Self::Quotation => "quotation",
        }
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text.trim())
            .ok_or_else(|| format!("`{text}` is no kind (term, sentence, quotation)"))
    }
}

/// One field of a note that a learner can edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// What is asked.
    Front,
    /// What is to be remembered.
    Back,
    /// How the front is pronounced.
    Reading,
    /// Remarks, part of speech, other forms.
    Note,
    /// A sentence that uses the term.
    Example,
    /// Where it comes from, with the attribution of a quotation.
    Source,
    /// Labels.
    Tags,
}

impl Field {
    /// All fields in display order.
    pub const ALL: [Self; 7] = [
        Self::Front,
        Self::Back,
        Self::Reading,
        Self::Note,
        Self::Example,
        Self::Source,
        Self::Tags,
    ];

    /// Returns the name used on the command line and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Front => "front",
            Self::Back => "back",
            Self::Reading => "reading",
            Self::Note => "note",
            Self::Example => "example",
            Self::Source => "source",
            Self::Tags => "tags",
        }
    }
}

impl FromStr for Field {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|field| field.name() == text.trim()).ok_or_else(|| {
            format!("`{text}` is no field (front, back, reading, note, example, source, tags)")
        })
    }
}

/// The text of a note. Empty means absent. NFC, otherwise as given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Fields {
    /// What is asked.
    pub front: String,
    /// What is to be remembered.
    pub back: String,
    /// How the front is pronounced.
    pub reading: String,
    /// Remarks, part of speech, other forms.
    pub note: String,
    /// A sentence that uses the term.
    pub example: String,
    /// Where it comes from, with the attribution of a quotation.
    pub source: String,
    /// Labels, sorted, each once; none contains a line break.
    pub tags: Vec<String>,
}

impl Fields {
    /// The label of notes that the learner marked.
    pub const MARKED: &'static str = "marked";

    /// Whether the learner marked the note.
    #[must_use]
    pub fn is_marked(&self) -> bool {
        self.tags.iter().any(|tag| tag == Self::MARKED)
    }

    /// Returns the text of a field; tags are joined by one blank.
    #[must_use]
    pub fn text(&self, field: Field) -> String {
        match field {
            Field::Tags => self.tags.join(" "),
            other => self.plain(other).to_owned(),
        }
    }

    /// Returns the text of a field other than the tags (for which it is empty).
    #[must_use]
    pub fn plain(&self, field: Field) -> &str {
        match field {
            Field::Front => &self.front,
            Field::Back => &self.back,
            Field::Reading => &self.reading,
            Field::Note => &self.note,
            Field::Example => &self.example,
            Field::Source => &self.source,
            Field::Tags => "",
        }
    }

    /// Takes over one field of `other`.
    pub fn copy(&mut self, field: Field, other: &Self) {
        match field {
            Field::Tags => self.tags.clone_from(&other.tags),
            plain => self.set(plain, other.plain(plain)),
        }
    }

    /// Sets a field from text; tags are split at white space.
    pub fn set(&mut self, field: Field, text: &str) {
        let text = text.to_owned();
        match field {
            Field::Front => self.front = text,
            Field::Back => self.back = text,
            Field::Reading => self.reading = text,
            Field::Note => self.note = text,
            Field::Example => self.example = text,
            Field::Source => self.source = text,
            Field::Tags => self.tags = tags(text.split_whitespace()),
        }
    }
}

/// Returns labels in their stored form: trimmed, sorted, each once, none empty.
pub fn tags<'a>(labels: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut tags: Vec<String> = labels
        .into_iter()
        .map(|label| label.trim().replace(['\n', '\r'], " "))
        .filter(|label| !label.is_empty())
        .collect();
    tags.sort_unstable();
    tags.dedup();
    tags
}

/// Which card of a note: written `forward`, `reverse`, `c1`, `c2`, ...
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// The front is asked.
    Forward,
    /// The back is asked.
    Reverse,
    /// The `n`-th gap or template, from 1 to [`Slot::MAX_GAP`].
    Gap(u16),
}

impl Slot {
    /// The highest number of a gap that fits in a card's row id.
    pub const MAX_GAP: u16 = 1022;

    /// Returns the name of the side that is asked.
    #[must_use]
    pub const fn asked_side(self) -> &'static str {
        match self {
            Self::Reverse => "back",
            Self::Forward | Self::Gap(_) => "front",
        }
    }

    /// Returns a number below 1024, unlike for each slot, that keeps their order.
    #[must_use]
    pub const fn index(self) -> i64 {
        match self {
            Self::Forward => 0,
            Self::Reverse => 1,
            Self::Gap(n) => 1 + n as i64,
        }
    }
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Forward => f.write_str("forward"),
            Self::Reverse => f.write_str("reverse"),
            Self::Gap(n) => write!(f, "c{n}"),
        }
    }
}

impl FromStr for Slot {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "forward" => Ok(Self::Forward),
            "reverse" => Ok(Self::Reverse),
            gap => gap
                .strip_prefix('c')
                .and_then(|n| n.parse().ok())
                .filter(|n| (1..=Self::MAX_GAP).contains(n))
                .map(Self::Gap)
                .ok_or_else(|| format!("`{text}` is no direction (forward, reverse, c1, c2, ...)")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_read_back_and_keep_their_order() {
        let slots = [Slot::Forward, Slot::Reverse, Slot::Gap(1), Slot::Gap(Slot::MAX_GAP)];
        for slot in slots {
            assert_eq!(slot.to_string().parse(), Ok(slot));
            assert!((0..1024).contains(&slot.index()));
        }
        assert!(slots.windows(2).all(|pair| pair[0].index() < pair[1].index()));
        assert!("c0".parse::<Slot>().is_err());
        assert!("sideways".parse::<Slot>().is_err());
    }

    #[test]
    fn tags_are_sorted_and_single() {
        assert_eq!(tags(["b", " a ", "b", ""]), ["a", "b"]);
    }
}
