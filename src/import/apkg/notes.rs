//! Notes: fields of HTML taken apart into ours.

use crate::domain::text::nfc;
use crate::domain::{Field, Fields, Kind, Slot, cloze, html, note};
use crate::import::cleanup;
use crate::import::draft::short;
use crate::import::markup::{self, Reduced};
use crate::import::{Draft, MAX_FIELD, RowReason};

use super::Losses;
use super::names::NoteType;
use super::roles::{Other, Roles};

/// Separates the fields of a note.
const FIELD_SEPARATOR: char = '\u{1f}';

/// A field's HTML may be this many times larger than the text that comes out of it.
const MAX_MARKUP: usize = 4;

/// Stands in the gaps of a picture with hidden parts.
const OCCLUSION: &str = "image-occlusion:";

/// A note type with how its notes are taken apart.
pub(super) struct Shape<'a> {
    kind: &'a NoteType,
    roles: Roles,
}

/// The text of a field.
#[derive(Default)]
struct Text {
    plain: String,
    /// What stood over the words, or in brackets behind them.
    reading: String,
    /// Whether there were pictures or sounds.
    had_media: bool,
}

impl Text {
    /// Returns text that has no markup.
    fn plain(text: String) -> Result<Self, RowReason> {
        let bytes = text.len();
        if bytes > MAX_FIELD {
            return Err(RowReason::TooLong { bytes });
        }
        Ok(Self { plain: text, ..Self::default() })
    }
}

impl<'a> Shape<'a> {
    /// Returns how notes of a type are taken apart.
    pub fn of(kind: &'a NoteType) -> Self {
        Self { kind, roles: Roles::of(kind) }
    }

    /// Returns which card of its note a card is; `None` where there is no such card.
    pub fn slot(&self, ord: i64) -> Option<Slot> {
        let ord = usize::try_from(ord).ok()?;
        match self.roles.slots.get(ord) {
            Some(slot) if !self.kind.is_cloze => Some(*slot),
            _ => {
                let n = u16::try_from(ord + 1).ok().filter(|n| *n <= Slot::MAX_GAP)?;
                Some(Slot::Gap(n))
            }
        }
    }

    /// Whether a card of this type in this slot asks what its own template asked.
    pub fn keeps_question(&self, slot: Slot) -> bool {
        self.kind.is_cloze || !matches!(slot, Slot::Gap(_))
    }

    /// Takes a note apart. Its line, deck, id and cards are left empty.
    pub fn draft(&self, fields: &str, tags: &str, losses: &mut Losses) -> Result<Draft, RowReason> {
        let mut texts = Vec::new();
        for (at, field) in fields.split(FIELD_SEPARATOR).enumerate() {
            let has_furigana = self.roles.furigana.get(at).copied().unwrap_or(false);
            let own = if self.kind.is_ours { html::unescape(field) } else { None };
            texts.push(match own {
                Some(text) => Text::plain(text.into_owned())?,
                None => text_of(field, has_furigana, losses)?,
            });
        }
        // As Anki has it: other blanks are part of a tag.
        let tags: Vec<String> =
            tags.split([' ', '\u{3000}']).map(|tag| tag.replace('\u{a0}', " ")).collect();
        let tags = note::tags(tags.iter().map(String::as_str));
        let draft = Draft { confidence_pct: 100, ..Draft::default() };
        let (kind, fields) = if self.kind.is_cloze {
            self.cloze(texts, tags)?
        } else {
            (draft.kind, self.pair(texts, tags, losses)?)
        };
        // Several fields of a note may have become one.
        short(&fields)?;
        Ok(Draft { kind, fields, ..draft })
    }

    fn cloze(&self, mut texts: Vec<Text>, tags: Vec<String>) -> Result<(Kind, Fields), RowReason> {
        let roles = &self.roles;
        let mut parts = Vec::new();
        for &at in &roles.cloze {
            if let Some(text) = texts.get_mut(at).filter(|text| !text.plain.is_empty()) {
                parts.push(std::mem::take(&mut text.plain));
            }
        }
        if parts.is_empty()
            && let Some(text) = texts.get_mut(roles.front.unwrap_or(0))
        {
            parts.push(std::mem::take(&mut text.plain));
        }
        let front = parts.join("\n");
        if front.contains(OCCLUSION) {
            let reason = "its gaps are parts of a picture, and pictures are not stored";
            return Err(RowReason::Other(reason.to_owned()));
        }
        if front.is_empty() {
            return Err(no_text("front", RowReason::EmptyFront, texts.iter().any(|t| t.had_media)));
        }
        let back = roles.back.and_then(|at| texts.get_mut(at));
        let back = back.map(|text| std::mem::take(&mut text.plain)).unwrap_or_default();
        let has_gaps = cloze::is_cloze(&front);
        if !has_gaps && back.is_empty() {
            return Err(RowReason::Other("there is no gap in it".to_owned()));
        }
        let mut fields = Fields { front, back, tags, ..Fields::default() };
        self.add_others(&mut fields, texts);
        Ok((if has_gaps { Kind::Sentence } else { Kind::Term }, fields))
    }

    fn pair(
        &self,
        mut texts: Vec<Text>,
        tags: Vec<String>,
        losses: &mut Losses,
    ) -> Result<Fields, RowReason> {
        let roles = &self.roles;
        let had_media = |at: Option<usize>| match at {
            Some(at) => texts.get(at).is_some_and(|text: &Text| text.had_media),
            None => texts.iter().any(|text| text.had_media),
        };
        let holds = |at: &usize| texts.get(*at).is_some_and(|text| !text.plain.is_empty());
        let is_switch = |at: &usize| roles.others.get(*at) == Some(&Some(Other::Switch));
        let front = roles.front.or_else(|| (0..texts.len()).find(holds)).filter(holds);
        let Some(front) = front else {
            return Err(no_text("front", RowReason::EmptyFront, had_media(roles.front)));
        };
        let left = |at: &usize| *at != front && holds(at) && !is_switch(at);
        let is_named = |at: &usize| {
            left(at) && matches!(roles.others.get(*at), None | Some(Some(Other::Named) | None))
        };
        let next = || (0..texts.len()).find(is_named).or_else(|| (0..texts.len()).find(left));
        let named = roles.back.filter(left);
        let back = named.or_else(next);
        let Some(back) = back else {
            return Err(no_text("back", RowReason::EmptyBack, had_media(roles.back)));
        };
        // Where no name tells the back, the next field is no makeshift.
        losses.makeshift_backs += usize::from(named.is_none() && roles.back.is_some());
        let mut take = |at: usize| texts.get_mut(at).map(std::mem::take).unwrap_or_default();
        let (front, back) = (take(front), take(back));
        let mut fields = Fields { front: front.plain, back: back.plain, tags, ..Fields::default() };
        self.add_others(&mut fields, texts);
        if fields.reading.is_empty() {
            fields.reading = front.reading;
        }
        Ok(fields)
    }

    /// Adds the fields that are neither front nor back.
    fn add_others(&self, fields: &mut Fields, texts: Vec<Text>) {
        let mut named = Vec::new();
        for (at, text) in texts.into_iter().enumerate().filter(|(_, text)| !text.plain.is_empty()) {
            match self.roles.others.get(at).copied().flatten() {
                Some(Other::Field(field)) => fields.set(field, &text.plain),
                Some(Other::Switch) => {}
                Some(Other::Named) | None => {
                    let name = self.kind.fields.get(at).map_or("", |name| name.trim());
                    named.push(match name {
                        "" => text.plain,
                        name => format!("{name}: {}", text.plain),
                    });
                }
            }
        }
        if !named.is_empty() {
            let own = std::mem::take(&mut fields.note);
            named.splice(0..0, (!own.is_empty()).then_some(own));
            fields.set(Field::Note, &nfc(named.join("\n")));
        }
    }
}

fn no_text(side: &str, plain: RowReason, had_media: bool) -> RowReason {
    if !had_media {
        return plain;
    }
    RowReason::Other(format!("the {side} has no text, only a picture or a sound"))
}

/// Returns the text of a field, with what was left out of it counted.
fn text_of(field: &str, has_furigana: bool, losses: &mut Losses) -> Result<Text, RowReason> {
    if field.len() > MAX_FIELD * MAX_MARKUP {
        return Err(RowReason::TooLong { bytes: field.len() });
    }
    let Reduced { text, mut reading, pictures, sounds } = markup::reduce(field)
        .unwrap_or_else(|| Reduced { text: field.trim().to_owned(), ..Reduced::default() });
    let mut text = nfc(cleanup::clean(text.into()).text.trim().to_owned());
    if has_furigana && reading.is_empty() {
        (text, reading) = furigana(&text);
    }
    losses.pictures += pictures as usize;
    losses.sounds += sounds as usize;
    let had_media = pictures + sounds > 0;
    Ok(Text { reading: nfc(reading), had_media, ..Text::plain(text)? })
}

/// Takes readings in brackets out of a text: ` 日本語[にほんご]を 話[はな]す`. A blank
/// says where the word begins that a reading belongs to.
fn furigana(text: &str) -> (String, String) {
    let (mut words, mut reading) = (String::new(), String::new());
    let mut rest = text;
    while let Some((before, inside, after)) = rest.split_once('[').and_then(|(before, tail)| {
        tail.split_once(']').map(|(inside, after)| (before, inside, after))
    }) {
        let (between, word) = before.rsplit_once([' ', '\n']).unwrap_or(("", before));
        for out in [&mut words, &mut reading] {
            out.push_str(between);
        }
        words.push_str(word);
        reading.push_str(inside);
        rest = after;
    }
    if reading.is_empty() {
        return (text.to_owned(), String::new());
    }
    words.push_str(rest);
    reading.push_str(rest);
    (words.trim().to_owned(), reading.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_in_brackets_are_taken_out() {
        for (text, words, reading) in [
            ("日本語[にほんご]を 話[はな]す", "日本語を話す", "にほんごをはなす"),
            ("食[た]べる", "食べる", "たべる"),
            ("plain words", "plain words", ""),
        ] {
            assert_eq!(furigana(text), (words.to_owned(), reading.to_owned()), "{text}");
        }
    }
}
