//! CC-CEDICT and dictionaries of the same form (CC-Canto, HanDeDict, CFDICT):
//! `Traditional Simplified [pin1 yin1] {jyut6} /gloss/gloss/`.

mod pinyin;
#[cfg(test)]
mod tests;

use super::{
    Draft, Format, ReadError, ReadOptions, Reading, RowReason, ScriptChoice, Warning, detect,
};
use crate::domain::Field;
use crate::domain::watch::{Stage, Watch};

/// Lines between two reports of how far it is.
const STEP: usize = 4096;

/// Lines by which the form is known.
const SAMPLE: usize = 50;

/// Glosses that say something about the word and not what it means.
const REMARKS: [&str; 8] = [
    "CL:",
    "also written ",
    "also pr. ",
    "also pr ",
    "Taiwan pr. ",
    "Taiwan pr ",
    "Tw pr. ",
    "Mainland pr. ",
];

/// Whether a text is a dictionary of this form.
#[must_use]
pub fn looks_like(text: &str) -> bool {
    let (mut entries, mut others) = (0_usize, 0_usize);
    for line in text.lines().map(str::trim).filter(|line| is_content(line)).take(SAMPLE) {
        if Entry::parse(line).is_ok() {
            entries += 1;
        } else {
            others += 1;
        }
    }
    entries > others * 4
}

fn is_content(line: &str) -> bool {
    !line.is_empty() && !line.starts_with('#')
}

/// Reads a dictionary. The front is in Simplified script, unless the options ask for
/// Traditional; the other form is in the note where it differs.
///
/// # Errors
/// [`ReadError::NoDeck`] where no line is an entry, [`ReadError::Cancelled`].
pub fn read(text: &str, options: &ReadOptions, watch: &dyn Watch) -> Result<Reading, ReadError> {
    let mut reading = Reading::new(Format::Cedict, "");
    let lines = text.bytes().filter(|b| *b == b'\n').count() + 1;
    reading.drafts.reserve_exact(lines);
    let traditional = options.script == ScriptChoice::Traditional;
    let (mut comments, mut declared) = (0_usize, None);
    for (at, line) in text.lines().enumerate() {
        if at.is_multiple_of(STEP) {
            watch.at(Stage::Reading, at, lines)?;
        }
        let (line, number) = (line.trim(), at as u32 + 1);
        if !is_content(line) {
            comments += usize::from(!line.is_empty());
            let entries = line.strip_prefix("#! entries=").and_then(|n| n.trim().parse().ok());
            declared = entries.map(|entries: usize| (number, entries)).or(declared);
            continue;
        }
        let row = Entry::parse(line).map_err(|what| RowReason::Other(what.to_owned()));
        reading.row(number, row.and_then(|entry| entry.draft(number, traditional)));
    }
    if reading.drafts.is_empty() {
        return Err(detect::no_deck("a dictionary without entries"));
    }
    reading.drafts.shrink_to_fit();
    reading.count(comments, "comment line skipped", "comment lines skipped");
    let found = reading.drafts.len() + reading.rejected.len();
    if let Some((line, declared)) = declared.filter(|(_, declared)| *declared != found) {
        let message = format!("the file is to have {declared} entries, but has {found}");
        reading.warnings.push(Warning { line, message });
    }
    Ok(reading)
}

/// One line, taken apart.
struct Entry<'a> {
    traditional: &'a str,
    simplified: &'a str,
    pinyin: &'a str,
    jyutping: &'a str,
    glosses: &'a str,
}

impl<'a> Entry<'a> {
    fn parse(line: &'a str) -> Result<Self, &'static str> {
        const NO_READING: &str = "no reading in brackets";
        let (heads, rest) = line.split_once('[').ok_or(NO_READING)?;
        // The newer form has two brackets around words instead of syllables.
        let (pinyin, rest) = match rest.strip_prefix('[') {
            Some(rest) => rest.split_once("]]").ok_or(NO_READING)?,
            None => rest.split_once(']').ok_or(NO_READING)?,
        };
        if pinyin.contains(['/', '[']) || heads.contains('/') {
            return Err(NO_READING);
        }
        let heads = heads.trim();
        // Both forms have as many words; nearly always one.
        let blanks = heads.matches(' ').count();
        let middle = heads.match_indices(' ').nth(blanks / 2).map(|(at, _)| at);
        let (traditional, simplified) = match middle {
            Some(at) if blanks % 2 == 1 => (&heads[..at], &heads[at + 1..]),
            _ => return Err("no word in both scripts"),
        };
        if traditional.is_empty() || simplified.is_empty() {
            return Err("no word in both scripts");
        }
        let rest = rest.trim_start();
        let (jyutping, rest) = match rest.strip_prefix('{') {
            Some(inner) => inner.split_once('}').ok_or("a reading in braces is not closed")?,
            None => ("", rest),
        };
        let rest = rest.trim();
        let glosses = rest.strip_prefix('/').ok_or("no gloss between slashes")?;
        // What follows the last slash is a comment.
        let (glosses, _) = glosses.rsplit_once('/').ok_or("the gloss has no slash at its end")?;
        Ok(Self { traditional, simplified, pinyin, jyutping: jyutping.trim(), glosses })
    }

    fn draft(&self, line: u32, traditional: bool) -> Result<Draft, RowReason> {
        let mut draft = Draft::on(line);
        let (front, other) = if traditional {
            (self.traditional, self.simplified)
        } else {
            (self.simplified, self.traditional)
        };
        draft.add(Field::Front, front);
        if other != front {
            draft.add(Field::Note, other);
        }
        let pinyin = pinyin::with_marks(self.pinyin);
        if self.jyutping.is_empty() {
            draft.add(Field::Reading, &pinyin);
        } else {
            draft.add(Field::Reading, self.jyutping);
            draft.add(Field::Note, &pinyin);
        }
        // Glosses are corrected from one release to the next, the key never is.
        draft.ext_id = Some(format!("{} {} [{}]", self.traditional, self.simplified, self.pinyin));
        let glosses = || self.glosses.split('/').map(str::trim);
        let is_remark = |gloss: &str| REMARKS.iter().any(|remark| gloss.starts_with(remark));
        let is_all_remarks = glosses().all(|gloss| gloss.is_empty() || is_remark(gloss));
        for gloss in glosses() {
            let is_note = is_remark(gloss) && !is_all_remarks;
            draft.add(if is_note { Field::Note } else { Field::Back }, gloss);
        }
        draft.checked()
    }
}
