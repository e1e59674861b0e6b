//! Questions and answers as SuperMemo writes them: `Q:` and `A:` lines, or an XML
//! export of a collection.

#[cfg(test)]
mod tests;

use super::xml::{entries, root};
use super::{Draft, Format, MAX_FIELD, ReadError, Reading, RowReason, Warning, detect, markup};
use crate::domain::Field;
use crate::domain::watch::{Stage, Watch};

/// Lines between two reports of how far it is.
const STEP: usize = 4096;

/// Marks of a question and of an answer, in lower case.
const MARKS: [(&str, Side); 10] = [
    ("q", Side::Question),
    ("question", Side::Question),
    ("问", Side::Question),
    ("问题", Side::Question),
    ("問", Side::Question),
    ("a", Side::Answer),
    ("answer", Side::Answer),
    ("答", Side::Answer),
    ("答案", Side::Answer),
    ("回答", Side::Answer),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Question,
    Answer,
}

/// Whether a text is questions and answers.
#[must_use]
pub fn looks_like(text: &str) -> bool {
    root(text) == Some("SuperMemoCollection") || are_questions(text)
}

/// Whether the text starts with a question that has an answer, and most of its blocks
/// are of both.
fn are_questions(text: &str) -> bool {
    let (mut questions, mut answers, mut others) = (0_usize, 0_usize, 0_usize);
    let mut after_blank = true;
    for line in text.lines().take(400) {
        let line = line.trim();
        match marked(line) {
            Some((Side::Question, _)) => questions += 1,
            Some((Side::Answer, _)) if questions > 0 => answers += 1,
            Some((Side::Answer, _)) => return false,
            // A line in a block of its own belongs to no question.
            None if !line.is_empty() && after_blank && !is_heading(line) => others += 1,
            None => {}
        }
        after_blank = line.is_empty();
    }
    let is_full = questions > 0 && answers > 0 && questions.abs_diff(answers) * 3 <= questions + 2;
    is_full && others <= questions
}

/// Reads questions and answers.
///
/// # Errors
/// [`ReadError::NoDeck`] where no question has an answer, [`ReadError::Broken`] where
/// the XML is, [`ReadError::Cancelled`].
pub fn read(text: &str, watch: &dyn Watch) -> Result<Reading, ReadError> {
    let mut reading = Reading::new(Format::Supermemo, "");
    let mut counts = Counts::default();
    if root(text) == Some("SuperMemoCollection") {
        collection(text, &mut reading, &mut counts, watch)?;
    } else {
        lines(text, &mut reading, &mut counts, watch)?;
    }
    if reading.drafts.is_empty() {
        return Err(detect::no_deck("questions and answers of which none is whole"));
    }
    reading.count(
        counts.marked_up,
        "field of HTML reduced to text",
        "fields of HTML reduced to text",
    );
    reading.count(counts.pictures, "picture left out", "pictures left out");
    reading.count(counts.sounds, "sound left out", "sounds left out");
    Ok(reading)
}

/// What was done to the text.
#[derive(Default)]
struct Counts {
    marked_up: usize,
    pictures: usize,
    sounds: usize,
}

impl Counts {
    /// Adds a text to a field, without its markup.
    fn add(&mut self, draft: &mut Draft, field: Field, text: &str) {
        // What is too long is refused as a whole.
        let reduced = if text.len() > MAX_FIELD { None } else { markup::reduce(text) };
        match reduced {
            Some(reduced) => {
                self.marked_up += 1;
                self.pictures += reduced.pictures as usize;
                self.sounds += reduced.sounds as usize;
                draft.add(field, &reduced.text);
                if field == Field::Front {
                    draft.add(Field::Reading, &reduced.reading);
                }
            }
            None => _ = draft.add(field, text),
        }
    }
}

/// A question on the way to its answer.
struct Block {
    line: u32,
    question: String,
    answer: Option<String>,
}

fn lines(
    text: &str,
    reading: &mut Reading,
    counts: &mut Counts,
    watch: &dyn Watch,
) -> Result<(), ReadError> {
    let mut block: Option<Block> = None;
    let mut after_blank = false;
    let mut title: Option<String> = None;
    let mut loose = 0_usize;
    let all = text.bytes().filter(|b| *b == b'\n').count() + 1;
    for (at, raw) in text.lines().enumerate() {
        let number = at as u32 + 1;
        if at.is_multiple_of(STEP) {
            watch.at(Stage::Reading, at, all)?;
        }
        let line = raw.trim();
        if line.is_empty() {
            after_blank = true;
            continue;
        }
        let is_after_blank = std::mem::take(&mut after_blank);
        match marked(line) {
            Some((Side::Question, rest)) => match &mut block {
                // A second line of the same question is marked too.
                Some(Block { question, answer: None, .. }) if !is_after_blank => {
                    push_line(question, rest);
                }
                _ => {
                    finish(block.take(), title.as_deref(), reading, counts);
                    block = Some(Block { line: number, question: rest.to_owned(), answer: None });
                }
            },
            Some((Side::Answer, rest)) => {
                if let Some(block) = &mut block {
                    push_line(block.answer.get_or_insert_default(), rest);
                } else {
                    let reason = RowReason::Other("an answer without a question".into());
                    reading.row(number, Err(reason));
                }
            }
            None if is_heading(line) && (is_after_blank || block.is_none()) => {
                finish(block.take(), title.as_deref(), reading, counts);
                let heading = line.trim_start_matches('#').trim();
                title = (!heading.is_empty()).then(|| heading.to_owned());
            }
            None if is_rule(line) => finish(block.take(), title.as_deref(), reading, counts),
            None => match &mut block {
                // Another paragraph of an answer, or the next line.
                Some(Block { answer: Some(answer), .. }) if !is_after_blank => {
                    push_line(answer, line);
                }
                Some(Block { question, answer: None, .. }) if !is_after_blank => {
                    push_line(question, line);
                }
                _ => {
                    finish(block.take(), title.as_deref(), reading, counts);
                    loose += 1;
                    if loose <= 50 {
                        let message = "belongs to no question".to_owned();
                        reading.warnings.push(Warning { line: number, message });
                    }
                }
            },
        }
    }
    finish(block, title.as_deref(), reading, counts);
    reading.count(
        loose,
        "line left out: it belongs to no question",
        "lines left out: they belong to no question",
    );
    Ok(())
}

/// Adds a line to a text of lines.
fn push_line(text: &mut String, line: &str) {
    if !text.is_empty() && !line.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

fn finish(block: Option<Block>, title: Option<&str>, reading: &mut Reading, counts: &mut Counts) {
    let Some(block) = block else { return };
    let mut draft = Draft::on(block.line);
    let row = match block.answer {
        Some(answer) => {
            counts.add(&mut draft, Field::Front, &block.question);
            counts.add(&mut draft, Field::Back, &answer);
            if let Some(title) = title {
                draft.label(title);
            }
            draft.checked()
        }
        None => Err(RowReason::Other("a question without an answer".into())),
    };
    reading.row(block.line, row);
}

/// Whether a line is a heading as Markdown has them.
fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    rest.len() < line.len() && (rest.is_empty() || rest.starts_with(' '))
}

/// Whether a line is drawn between blocks.
fn is_rule(line: &str) -> bool {
    line.len() >= 3 && line.bytes().all(|b| matches!(b, b'-' | b'*' | b'_' | b'='))
}

/// Reads the mark in front of a line: `Q:`, `a1：`, `**Q:**`, `- Q.`.
fn marked(line: &str) -> Option<(Side, &str)> {
    let line = line.trim_start_matches(['-', '*', '_', '>', ' ']);
    // The longest mark has 8 letters, and may have a number behind it.
    let end =
        line.char_indices().take(14).find(|(_, c)| matches!(c, ':' | '：')).map(|(at, _)| at)?;
    let name = line[..end].trim().trim_end_matches(['*', '_', ')', '.', ' ']);
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let side = MARKS.iter().find(|(mark, _)| mark.eq_ignore_ascii_case(name))?.1;
    let rest = line[end..].trim_start_matches([':', '：']);
    let rest = rest.trim_start();
    Some((side, rest.strip_prefix("**").or_else(|| rest.strip_prefix("__")).unwrap_or(rest).trim()))
}

/// Reads the elements of a collection that have a question and an answer.
fn collection(
    text: &str,
    reading: &mut Reading,
    counts: &mut Counts,
    watch: &dyn Watch,
) -> Result<(), ReadError> {
    let mut rows = Vec::new();
    let mut topics = 0_usize;
    // An element's number stands before its content; elements lie within elements.
    let mut number = None;
    entries(
        text,
        &["ID", "Content"],
        reading,
        watch,
        |_| {},
        |element| {
            if element.name() == "ID" {
                number = Some(element.text(|_| true).trim().to_owned());
                return;
            }
            let id = number.take().filter(|id| !id.is_empty());
            let side = |name| element.child(&[name]).map(|side| side.text(|_| true));
            let Some(answer) = side("Answer").filter(|answer| !answer.trim().is_empty()) else {
                topics += 1;
                return;
            };
            let mut draft = Draft::on(element.line);
            counts.add(&mut draft, Field::Front, &side("Question").unwrap_or_default());
            counts.add(&mut draft, Field::Back, &answer);
            draft.ext_id = id;
            rows.push((element.line, draft.checked()));
        },
    )?;
    for (line, row) in rows {
        reading.row(line, row);
    }
    reading.count(
        topics,
        "element without an answer left out",
        "elements without an answer left out",
    );
    Ok(())
}
