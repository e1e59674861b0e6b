//! From a record to a draft.

use std::borrow::Cow;

use super::bracket::{self, Bracketed};
use super::columns::{Roles, labels};
use super::record::Delimiter;
use super::{Known, numbering};
use crate::domain::text::{is_han, nfc};
use crate::domain::{DeckName, Field, Fields, Kind, Slot, cloze};
use crate::import::{
    Column, Draft, ForeignCard, MAX_FIELD, Reading, RowError, RowReason, Warning, markup,
};

/// Turns records into drafts, and counts what was done to them.
pub(super) struct Rows<'a> {
    columns: &'a [Column],
    back: usize,
    delimiter: &'a Delimiter,
    known: &'a Known,
    /// Whether a delimiter too many belongs to the back.
    joins_tail: bool,
    /// Whether people wrote the delimiter: then bullets and bold type may be around fields.
    is_soft: bool,
    /// Whether a number stands in front of the first field.
    is_numbered: bool,
    numbers: u32,
    /// Whether the private marks of Pleco stand in the text.
    pub(super) has_pleco_marks: bool,
    marked_up: u32,
    pictures: u32,
    sounds: u32,
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        roles: &'a Roles,
        delimiter: &'a Delimiter,
        known: &'a Known,
        is_numbered: bool,
    ) -> Self {
        let columns = &roles.columns;
        let back = roles.position(Column::Field(Field::Back)).unwrap_or(usize::MAX);
        // Tabs, semicolons and bars are not part of a sentence; other marks may be.
        let is_hard = matches!(delimiter, Delimiter::Char('\t' | ';' | '|'));
        let joins_tail = columns.len() == 2 && back == 1 && !is_hard;
        let is_soft = !is_hard && *delimiter != Delimiter::Char(',');
        Self {
            columns,
            back,
            delimiter,
            known,
            joins_tail,
            is_soft,
            is_numbered,
            numbers: 0,
            has_pleco_marks: false,
            marked_up: 0,
            pictures: 0,
            sounds: 0,
        }
    }

    /// Adds one record to the reading: as a draft or as a row that cannot be read.
    pub(super) fn push(
        &mut self,
        line: u32,
        fields: &mut Vec<Cow<'_, str>>,
        label: Option<&str>,
        reading: &mut Reading,
    ) {
        if self.is_numbered
            && let Some(first) = fields.first_mut()
        {
            self.numbers += u32::from(numbering::strip(first));
        }
        match self.draft(line, fields, &mut reading.warnings) {
            Ok(mut draft) => {
                if let Some(label) = label {
                    let tags = draft.fields.tags.iter().map(String::as_str).chain([label]);
                    draft.fields.tags = crate::domain::note::tags(tags);
                }
                reading.drafts.push(draft);
            }
            Err(reason) => reading.rejected.push(RowError::new(line, reason)),
        }
    }

    fn draft(
        &mut self,
        line: u32,
        fields: &mut Vec<Cow<'_, str>>,
        warnings: &mut Vec<Warning>,
    ) -> Result<Draft, RowReason> {
        let too_long = fields.iter().map(|field| field.len()).find(|bytes| *bytes > MAX_FIELD);
        if let Some(bytes) = too_long {
            return Err(RowReason::TooLong { bytes });
        }
        let is_short = fields.len() <= 1 || (fields.len() <= self.back && self.back != usize::MAX);
        // Text with gaps has what is to be remembered in itself.
        if is_short && !fields.iter().any(|field| field.contains("{{c")) {
            return Err(RowReason::NoBack);
        }
        let mut draft = Draft { line, confidence_pct: 100, ..Draft::default() };
        let width = self.columns.len();
        if fields.len() > width && fields[width..].iter().any(|field| !field.trim().is_empty()) {
            let extra = fields.len() - width;
            let s = if extra == 1 { "" } else { "s" };
            let mut warn = |what: &str| {
                let message = format!("{extra} column{s} too many, {what}");
                warnings.push(Warning { line, message });
            };
            if self.joins_tail {
                let delimiter = self.delimiter.text();
                let tail = fields.split_off(1).join(delimiter.as_ref());
                fields.push(Cow::Owned(tail));
                warn("joined to the back");
            } else {
                let tail: Vec<&str> =
                    fields[width..].iter().map(|f| f.trim()).filter(|f| !f.is_empty()).collect();
                let tail = tail.join("; ");
                self.add(&mut draft.fields, Field::Note, &tail);
                warn("kept in the note");
            }
        }
        for (at, field) in fields.iter().enumerate().take(width) {
            let mut value = field.trim();
            if self.is_soft {
                value = unmarked(value);
            }
            if value.is_empty() {
                continue;
            }
            match self.columns[at] {
                Column::Field(field) => self.add(&mut draft.fields, field, value),
                Column::Deck => match value.parse::<DeckName>() {
                    Ok(deck) => draft.deck = Some(deck.as_str().to_owned()),
                    Err(bad) => {
                        warnings.push(Warning { line, message: bad.to_string() });
                    }
                },
                Column::Id => draft.ext_id = Some(value.to_owned()),
                Column::Ignore => self.count_media(value),
            }
        }
        if !self.known.tags.is_empty() {
            let tags = draft.fields.tags.iter().chain(&self.known.tags).map(String::as_str);
            draft.fields.tags = crate::domain::note::tags(tags);
        }
        if draft.fields.front.is_empty() {
            return Err(RowReason::EmptyFront);
        }
        let is_cloze = cloze::is_cloze(&draft.fields.front);
        if draft.fields.back.is_empty() && self.back != usize::MAX && !is_cloze {
            return Err(RowReason::EmptyBack);
        }
        if !self.known.is_own {
            self.unbracket(&mut draft.fields);
        }
        draft.kind = if is_cloze { Kind::Sentence } else { kind(&draft.fields.front) };
        if is_cloze && !self.known.is_own {
            let gaps = cloze::numbers(&draft.fields.front).into_iter().map(|n| ForeignCard {
                slot: Slot::Gap(n),
                suspended_ms: None,
                state: None,
                at_ms: 0,
                answers: Vec::new(),
            });
            draft.cards = Some(gaps.collect());
        }
        // What several columns were joined to may be too long where none of them is.
        draft.fits()?;
        Ok(draft)
    }

    /// Puts a value in a field, behind what is there already.
    fn add(&mut self, fields: &mut Fields, field: Field, value: &str) {
        if field == Field::Tags {
            let mut tags = std::mem::take(&mut fields.tags);
            if self.known.has_hard_blanks {
                tags.extend(value.split(' ').map(|label| label.replace('\u{a0}', " ")));
            } else {
                tags.extend(labels(value));
            }
            fields.tags = crate::domain::note::tags(tags.iter().map(String::as_str));
            return;
        }
        let mut text = None;
        if self.known.html
            && !self.known.is_own
            && let Some(reduced) = markup::reduce(value)
        {
            self.marked_up += 1;
            self.pictures += reduced.pictures;
            self.sounds += reduced.sounds;
            if field == Field::Front && fields.reading.is_empty() {
                fields.reading = nfc(reduced.reading);
            }
            text = Some(reduced.text);
        }
        let mut text = nfc(text.unwrap_or_else(|| value.to_owned()));
        if self.has_pleco_marks {
            text = text.replace('\u{eab1}', "\n").replace(PLECO_MARKS, "");
        }
        if field == Field::Reading && !self.known.is_own {
            text = unbracketed(text);
        }
        let slot = match field {
            Field::Front => &mut fields.front,
            Field::Back => &mut fields.back,
            Field::Reading => &mut fields.reading,
            Field::Note => &mut fields.note,
            Field::Example => &mut fields.example,
            Field::Source | Field::Tags => &mut fields.source,
        };
        if slot.is_empty() || (field == Field::Reading && *slot == text) {
            *slot = text;
        } else if !text.is_empty() {
            slot.push_str("; ");
            slot.push_str(&text);
        }
    }

    /// Takes another writing of the front out of its brackets.
    fn unbracket(&mut self, fields: &mut Fields) {
        match bracket::split(&fields.front) {
            Some(Bracketed::Script(word, other)) => {
                fields.front = word;
                self.add(fields, Field::Note, &other);
            }
            Some(Bracketed::Reading(word, reading)) => {
                fields.front = word;
                self.add(fields, Field::Reading, &reading);
            }
            None => {}
        }
    }

    fn count_media(&mut self, value: &str) {
        if value.starts_with("[sound:") {
            self.sounds += 1;
        } else if value.starts_with("<img") {
            self.pictures += 1;
        }
    }

    /// Adds what was done to the rows to the reports.
    pub(super) fn report(&self, reading: &mut Reading) {
        for (count, what, done) in [
            (self.numbers, "row number", "left out"),
            (self.marked_up, "field", "of HTML reduced to text"),
            (self.pictures, "picture", "left out"),
            (self.sounds, "sound", "left out"),
        ] {
            if count > 0 {
                let s = if count == 1 { "" } else { "s" };
                reading.reports.push(format!("{count} {what}{s} {done}"));
            }
        }
    }
}

/// A line end, and the marks for bold, slanted and coloured type, as Pleco writes them.
const PLECO_MARKS: &[char] = &[
    '\u{eab1}', '\u{eab2}', '\u{eab3}', '\u{eab4}', '\u{eab5}', '\u{eab6}', '\u{eab7}', '\u{eab8}',
    '\u{eab9}', '\u{eaba}', '\u{eabb}',
];

/// Whether a field has any of them.
pub(super) fn has_pleco_marks(field: &str) -> bool {
    field.contains(PLECO_MARKS)
}

/// Returns a field without a bullet in front and Markdown's bold type around it.
fn unmarked(value: &str) -> &str {
    let value =
        ["- ", "* ", "+ ", "• "].iter().find_map(|b| value.strip_prefix(b)).unwrap_or(value);
    let value = value.strip_prefix("**").unwrap_or(value);
    value.strip_suffix("**").unwrap_or(value).trim()
}

/// Returns a reading without the brackets or slashes around the whole of it.
fn unbracketed(text: String) -> String {
    for (open, close) in [('[', ']'), ('/', '/'), ('【', '】')] {
        let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) =
            inner.filter(|inner| !inner.is_empty() && !inner.contains([open, close]))
        {
            return inner.trim().to_owned();
        }
    }
    text
}

/// Returns what a front is: a sentence where it ends one (an abbreviation has
/// fewer words), or has more than 14 words.
pub(crate) fn kind(front: &str) -> Kind {
    const CLOSING: &[char] = &['"', '\'', '”', '’', '」', '』', '）', ')', '»', ' '];
    let text = front.trim_end_matches(CLOSING);
    let words = || front.split_whitespace().count();
    let is_sentence = match text.chars().next_back() {
        Some('。' | '！' | '？') => text.chars().nth(2).is_some(),
        Some('!' | '?') if words() > 2 => true,
        Some('.' | '!' | '?') => words() > 3 || front.chars().filter(|c| is_han(*c)).count() > 6,
        _ => front.len() > 28 && words() > 14,
    };
    if is_sentence { Kind::Sentence } else { Kind::Term }
}
