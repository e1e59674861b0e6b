//! Filling a draft from parts that a file names one by one.

use std::borrow::Cow;

use super::{Draft, MAX_FIELD, Reading, RowError, RowReason, Warning};
use crate::domain::text::nfc;
use crate::domain::{Field, Fields, Kind};

impl Draft {
    /// Returns an empty draft that stands on this line and is surely meant.
    #[must_use]
    pub fn on(line: u32) -> Self {
        Self { line, confidence_pct: 100, ..Self::default() }
    }

    /// Puts text in a field other than the tags, behind what is there already.
    ///
    /// Control characters are left out; returns how many there were.
    pub fn add(&mut self, field: Field, value: &str) -> usize {
        let (value, removed) = without_controls(value.trim());
        let value = nfc(value.trim().to_owned());
        let slot = match field {
            Field::Front => &mut self.fields.front,
            Field::Back => &mut self.fields.back,
            Field::Reading => &mut self.fields.reading,
            Field::Note => &mut self.fields.note,
            Field::Example => &mut self.fields.example,
            Field::Source => &mut self.fields.source,
            Field::Tags => return removed,
        };
        if slot.is_empty() {
            *slot = value;
        } else if !value.is_empty() {
            slot.push_str("; ");
            slot.push_str(&value);
        }
        removed
    }

    /// Adds a label; its blanks become hyphens, because blanks separate labels.
    pub fn label(&mut self, label: &str) {
        self.labels([label]);
    }

    /// Adds labels, all at once.
    pub fn labels<'a>(&mut self, labels: impl IntoIterator<Item = &'a str>) {
        let mut all = std::mem::take(&mut self.fields.tags);
        all.extend(labels.into_iter().map(|label| {
            let (label, _) = without_controls(label);
            label.split_whitespace().collect::<Vec<_>>().join("-")
        }));
        self.fields.tags = crate::domain::note::tags(all.iter().map(String::as_str));
    }

    /// Returns the draft if it is a row: both sides are there and no field is too long.
    ///
    /// A term that ends like a sentence becomes one.
    ///
    /// # Errors
    /// The [`RowReason`] for which it is none.
    pub fn checked(mut self) -> Result<Self, RowReason> {
        self.fits()?;
        let fields = &self.fields;
        if fields.front.is_empty() {
            return Err(RowReason::EmptyFront);
        }
        if fields.back.is_empty() {
            return Err(RowReason::EmptyBack);
        }
        if self.kind == Kind::Term {
            self.kind = super::delimited::kind(&self.fields.front);
        }
        Ok(self)
    }

    /// Whether no field is longer than [`MAX_FIELD`], nor any label.
    ///
    /// # Errors
    /// [`RowReason::TooLong`] with the size of one that is.
    pub fn fits(&self) -> Result<(), RowReason> {
        short(&self.fields)
    }
}

/// Refuses fields of which one is too long.
///
/// # Errors
/// [`RowReason::TooLong`].
pub fn short(fields: &Fields) -> Result<(), RowReason> {
    for field in Field::ALL {
        let bytes = match field {
            Field::Tags => fields.tags.iter().map(String::len).max().unwrap_or(0),
            other => fields.plain(other).len(),
        };
        if bytes > MAX_FIELD {
            return Err(RowReason::TooLong { bytes });
        }
    }
    Ok(())
}

impl Reading {
    /// Adds a row: as a draft, or with the reason for which it is none.
    pub fn row(&mut self, line: u32, row: Result<Draft, RowReason>) {
        match row {
            Ok(draft) => self.drafts.push(draft),
            Err(reason) => self.rejected.push(RowError::new(line, reason)),
        }
    }

    /// Cuts the labels of a whole text down to `MAX_LABELS`, with a warning.
    ///
    /// Each of its rows gets them all: many of them on many rows would fill the memory.
    pub fn cap_labels(&mut self, labels: &mut Vec<String>) {
        if cap_labels(labels) {
            self.warn_of_labels();
        }
    }

    /// Warns that a text has more labels than its rows got.
    pub fn warn_of_labels(&mut self) {
        let message = format!(
            "the text has more than {MAX_LABELS} labels for all of its rows, or very long ones; \
             the others are left out"
        );
        self.warnings.push(Warning { line: 0, message });
    }

    /// Adds a report with a number in front, unless it is 0.
    pub fn count(&mut self, number: usize, one: &str, many: &str) {
        if number > 0 {
            let what = if number == 1 { one } else { many };
            self.reports.push(format!("{number} {what}"));
        }
    }
}

/// The most labels that a text gives to all of its rows.
pub const MAX_LABELS: usize = 100;

/// The most bytes that these labels have together.
const MAX_LABEL_BYTES: usize = 8 * 1024;

/// Cuts labels down to what each row of a text can carry; returns whether any went.
pub(super) fn cap_labels(labels: &mut Vec<String>) -> bool {
    let mut bytes = 0;
    let fits = labels.iter().take(MAX_LABELS).take_while(|label| {
        bytes += label.len();
        bytes <= MAX_LABEL_BYTES
    });
    let fits = fits.count();
    let is_cut = fits < labels.len();
    labels.truncate(fits);
    is_cut
}

/// Returns a text without control characters other than TAB and line ends, and how
/// many it had.
#[must_use]
pub fn without_controls(text: &str) -> (Cow<'_, str>, usize) {
    let is_unwanted = |c: char| c.is_control() && !matches!(c, '\t' | '\n');
    let unwanted = text.chars().filter(|c| is_unwanted(*c)).count();
    if unwanted == 0 {
        return (Cow::Borrowed(text), 0);
    }
    (Cow::Owned(text.chars().filter(|c| !is_unwanted(*c)).collect()), unwanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_added_behind_what_is_there() {
        let mut draft = Draft::on(3);
        draft.add(Field::Back, " law ");
        draft.add(Field::Back, "");
        assert_eq!(draft.add(Field::Back, "r\u{0}ule"), 1);
        assert_eq!((draft.line, draft.fields.back.as_str()), (3, "law; rule"));
        draft.label("part of speech");
        draft.label("a");
        assert_eq!(draft.fields.tags, ["a", "part-of-speech"]);
        draft.labels(["b c", "\u{0}", "a"]);
        assert_eq!(draft.fields.tags, ["a", "b-c", "part-of-speech"]);
    }

    #[test]
    fn a_draft_needs_both_sides_and_short_fields() {
        let mut draft = Draft::on(1);
        assert_eq!(draft.clone().checked(), Err(RowReason::EmptyFront));
        draft.add(Field::Front, "This one has come to its end.");
        assert_eq!(draft.clone().checked(), Err(RowReason::EmptyBack));
        draft.add(Field::Back, "x");
        assert_eq!(draft.clone().checked().unwrap().kind, Kind::Sentence);
        draft.add(Field::Note, &"x".repeat(MAX_FIELD + 1));
        assert_eq!(draft.checked(), Err(RowReason::TooLong { bytes: MAX_FIELD + 1 }));
    }
}
