//! What a learner can do to the rows of a plan before it is carried out.
//!
//! Only the rows change here; [`super::App::replan`] then finds their buckets anew.
//! What the file said stays known, so that the same file is recognised later.

use crate::domain::text::{fold, is_han};
use crate::domain::{Field, Fields, Said, Slot};
use crate::error::Error;
use crate::import::{Decided, Draft};

use super::Result;
use super::notes::clean;
use super::plan::PlanRow;

/// Signs that stand between two parts of a text, and go when it is split there.
pub const SEPARATORS: [char; 12] =
    [';', '；', '/', '／', '|', '｜', ',', '，', '、', '\t', '\n', '='];

impl PlanRow {
    /// Gives the row another text, and ticks it.
    ///
    /// # Errors
    /// The front or the back would be empty.
    pub fn edit(&mut self, fields: Fields) -> Result<()> {
        let fields = clean(fields);
        if fields.front.is_empty() || fields.back.is_empty() {
            return Err(Error::Invalid("a note needs a front and a back".to_owned()));
        }
        set_fields(&mut self.draft, fields);
        self.ticked = true;
        Ok(())
    }

    /// Puts the back in the place of the front and the front in that of the back.
    pub fn swap_sides(&mut self) {
        let mut fields = self.draft.fields.clone();
        std::mem::swap(&mut fields.front, &mut fields.back);
        set_fields(&mut self.draft, fields);
        for card in self.draft.cards.iter_mut().flat_map(|cards| cards.iter_mut()) {
            card.slot = match card.slot {
                Slot::Forward => Slot::Reverse,
                Slot::Reverse => Slot::Forward,
                gap @ Slot::Gap(_) => gap,
            };
        }
    }

    /// Takes in the row below: one pair that stood in two rows, or two senses of one
    /// front.
    pub fn merge(&mut self, next: &Self) {
        let said = self.draft.said().clone();
        let (mut fields, other) = (self.draft.fields.clone(), &next.draft.fields);
        let is_sense = fold(&fields.front) == fold(&other.front);
        if is_sense {
            fields.back = format!("{}; {}", fields.back, other.back);
        } else if fold(&fields.back) == fold(&other.back) {
            fields.front = format!("{}; {}", fields.front, other.front);
        } else {
            fields.front = joined(&fields.front, &other.front);
            fields.back = joined(&fields.back, &other.back);
        }
        for field in [Field::Reading, Field::Note, Field::Example, Field::Source] {
            let (own, more) = (fields.plain(field).to_owned(), other.plain(field));
            if own != more {
                let both = if field == Field::Reading {
                    joined(&own, more)
                } else {
                    [own.as_str(), more].map(str::trim).join("\n").trim().to_owned()
                };
                fields.set(field, if is_sense && field == Field::Reading { &own } else { &both });
            }
        }
        let tags = fields.tags.iter().chain(&other.tags).map(String::as_str);
        fields.tags = crate::domain::note::tags(tags);
        let theirs = next.draft.decided();
        let mut also = theirs.said.as_ref().map(|said| said.also.clone()).unwrap_or_default();
        also.insert(0, next.draft.said().clone());
        self.draft.fields = fields;
        let decided = self.draft.decide();
        decided.said.get_or_insert_with(|| said.into()).also.extend(also);
        decided.lines.extend(&theirs.lines);
        self.ticked = true;
    }

    /// Takes in a line that could not be read as a row of its own: more of the back.
    pub fn merge_line(&mut self, line: u32, text: &str) {
        let is_edge = |c: char| c.is_whitespace() || SEPARATORS.contains(&c);
        let mut fields = self.draft.fields.clone();
        let text = text.trim_matches(is_edge).replace('\t', " ");
        fields.back = joined(&fields.back, &text);
        set_fields(&mut self.draft, fields);
        self.draft.decide().lines.push(line);
        self.ticked = true;
    }

    /// Returns the two rows that come of cutting front and back at these bytes; a
    /// side that is not cut goes to both. `None` where there is nothing to cut.
    #[must_use]
    pub fn split(&self, front: usize, back: usize) -> Option<(Self, Self)> {
        let fronts = parts(&self.draft.fields.front, front);
        let backs = parts(&self.draft.fields.back, back);
        if fronts.is_none() && backs.is_none() {
            return None;
        }
        let both = |text: &str| (text.to_owned(), text.to_owned());
        let fronts = fronts.unwrap_or_else(|| both(&self.draft.fields.front));
        let backs = backs.unwrap_or_else(|| both(&self.draft.fields.back));
        let said = self.draft.decided().said.clone();
        let said = said.unwrap_or_else(|| self.draft.fields.clone().into());
        let with = |front: String, back: String| {
            let mut row = self.clone();
            row.draft.fields = Fields { front, back, ..self.draft.fields.clone() };
            row.draft.decide().said = Some(said.clone());
            row.ticked = true;
            row
        };
        let first = with(fronts.0, backs.0);
        let mut second = with(fronts.1, backs.1);
        // Neither an id nor a schedule can belong to two notes.
        second.draft.ext_id = None;
        second.draft.cards = None;
        Some((first, second))
    }
}

/// Sets the text of a row and keeps what the file said, if that is another one.
fn set_fields(draft: &mut Draft, fields: Fields) {
    let said: Said = match draft.decided().said.clone() {
        Some(said) => said,
        None => draft.fields.clone().into(),
    };
    let is_as_said = said.fields == fields && said.also.is_empty();
    draft.fields = fields;
    draft.decide().said = (!is_as_said).then_some(said);
    if draft.decided() == &Decided::NOTHING {
        draft.decided = None;
    }
}

/// Returns two pieces of a text as one: with a blank between them, but not beside a
/// Chinese character.
fn joined(first: &str, second: &str) -> String {
    let (first, second) = (first.trim(), second.trim());
    let is_dense = |c: Option<char>| {
        c.is_some_and(|c| {
            is_han(c) || matches!(c, '\u{3000}'..='\u{30ff}' | '\u{ff00}'..='\u{ff60}')
        })
    };
    let is_close = first.is_empty()
        || second.is_empty()
        || is_dense(first.chars().next_back())
        || is_dense(second.chars().next());
    if is_close { format!("{first}{second}") } else { format!("{first} {second}") }
}

/// Returns the parts before and after a byte, without the sign between them; `None`
/// where one of them would be empty.
fn parts(text: &str, at: usize) -> Option<(String, String)> {
    let (before, after) = text.split_at_checked(at)?;
    let is_edge = |c: char| c.is_whitespace() || SEPARATORS.contains(&c);
    let (before, after) = (before.trim_end_matches(is_edge), after.trim_start_matches(is_edge));
    let (before, after) = (before.trim(), after.trim());
    let is_whole = before.is_empty() || after.is_empty();
    (!is_whole).then(|| (before.to_owned(), after.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::plan::Bucket;

    fn row(front: &str, back: &str) -> PlanRow {
        let fields = Fields { front: front.into(), back: back.into(), ..Fields::default() };
        let draft = Draft { line: 1, fields, confidence_pct: 100, ..Draft::default() };
        PlanRow { draft, bucket: Bucket::New, ticked: false, reason: String::new(), cards: 2 }
    }

    fn text(row: &PlanRow) -> (&str, &str) {
        (&row.draft.fields.front, &row.draft.fields.back)
    }

    #[test]
    fn merging_joins_what_stood_in_two_rows() {
        let cases = [
            // one pair over two rows
            (
                ("中国特色", "socialism with"),
                ("社会主义", "Chinese characteristics"),
                ("中国特色社会主义", "socialism with Chinese characteristics"),
            ),
            (("give", "放"), ("up", "弃"), ("give up", "放弃")),
            // two senses of one front
            (("bank", "银行"), ("Bank", "岸"), ("bank", "银行; 岸")),
            // two words for one thing
            (("colour", "颜色"), ("color", "颜色"), ("colour; color", "颜色")),
        ];
        for (first, second, want) in cases {
            let mut merged = row(first.0, first.1);
            merged.merge(&row(second.0, second.1));
            assert_eq!(text(&merged), want);
            let said = merged.draft.decided().said.as_ref().unwrap();
            assert_eq!((&*said.fields.front, &*said.also[0].front), (first.0, second.0));
            assert!(merged.ticked);
        }
    }

    #[test]
    fn splitting_drops_the_sign_between_and_shares_what_is_not_cut() {
        let cases = [
            (("水;火", 3), ("water; fire", 5), Some((("水", "water"), ("火", "fire")))),
            (("水;火", 4), ("water; fire", 7), Some((("水", "water"), ("火", "fire")))),
            (("颜色", 6), ("colour/color", 6), Some((("颜色", "colour"), ("颜色", "color")))),
            (("水火", 3), ("water", 0), Some((("水", "water"), ("火", "water")))),
            (("水", 0), ("water", 5), None),
            (("水;", 3), ("water", 0), None),
            // not between two characters
            (("水火", 1), ("water", 0), None),
        ];
        for ((front, at), (back, back_at), want) in cases {
            let split = row(front, back).split(at, back_at);
            let got = split.as_ref().map(|(first, second)| (text(first), text(second)));
            assert_eq!(got, want, "{front} {at}, {back} {back_at}");
        }
    }

    #[test]
    fn a_text_that_is_put_back_is_as_the_file_said_it() {
        let mut changed = row("水", "water");
        changed.swap_sides();
        assert_eq!(text(&changed), ("water", "水"));
        assert_eq!(changed.draft.said().front, "水");
        changed.swap_sides();
        assert_eq!(changed.draft, row("水", "water").draft);
        assert!(changed.edit(Fields::default()).is_err());
        assert_eq!(changed.draft, row("水", "water").draft);
    }

    #[test]
    fn a_line_that_was_no_row_is_more_of_the_back() {
        let mut merged = row("大模型", "large-scale");
        merged.merge_line(2, "\tAI models\t");
        assert_eq!(text(&merged), ("大模型", "large-scale AI models"));
        assert_eq!(merged.draft.decided().lines, [2]);
    }
}
