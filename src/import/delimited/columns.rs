//! What the columns of a table hold, by their names or by what is in them.

use std::borrow::Cow;
use std::collections::HashSet;

use super::header::{self, Name, Names};
use super::value::{Phonetic, is_address, is_id, is_kana, is_media, is_number, is_word_class};
use crate::domain::text::{fold, is_han};
use crate::domain::{Field, note};
use crate::import::Column;

const FRONT: Column = Column::Field(Field::Front);
const BACK: Column = Column::Field(Field::Back);
const READING: Column = Column::Field(Field::Reading);
const NOTE: Column = Column::Field(Field::Note);
const EXAMPLE: Column = Column::Field(Field::Example);
const TAGS: Column = Column::Field(Field::Tags);

/// What each column holds, and what is to be said about it.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    /// The columns, from the left.
    pub columns: Vec<Column>,
    /// Said where the back had to be made of something else.
    pub warning: Option<String>,
}

impl Roles {
    /// Returns where the first column of this kind is.
    #[must_use]
    pub fn position(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|c| *c == column)
    }
}

/// What the values of one column are like.
#[derive(Debug, Default)]
struct Traits {
    filled: usize,
    numbers: usize,
    urls: usize,
    media: usize,
    phonetics: usize,
    /// Phonetics that nothing else can be, and those beside a word in Han characters.
    certain: usize,
    kana: usize,
    ids: usize,
    /// Names of parts of speech.
    classes: usize,
    /// Names of languages.
    languages: usize,
    distinct: usize,
    words: usize,
    distinct_words: usize,
    chars: usize,
    has_front: usize,
    like_front: usize,
    shares_front: usize,
}

impl Traits {
    fn most(&self, part: usize) -> bool {
        self.filled > 0 && part * 10 >= self.filled * 9
    }

    /// Nothing to learn: empty, numbers, addresses, sounds, ids.
    fn is_dropped(&self) -> bool {
        self.filled == 0
            || [self.numbers, self.urls, self.media, self.ids].iter().any(|n| self.most(*n))
    }

    fn is_tag_like(&self, rows: usize) -> bool {
        let is_short = self.chars <= self.filled * 16;
        let repeats = self.distinct * 3 <= self.filled || (self.distinct == 1 && self.filled >= 2);
        rows >= 3 && is_short && repeats && self.filled * 2 >= rows
    }
}

/// Returns what the columns hold; `None` where no front or no back is among them.
///
/// `fixed` says what is known of a column from elsewhere.
#[must_use]
pub fn roles(
    sample: &[&[Cow<'_, str>]],
    names: Option<&Names>,
    fixed: &[(usize, Column)],
    width: usize,
) -> Option<Roles> {
    let mut given: Vec<Option<Column>> = vec![None; width];
    if let Some(names) = names {
        by_name(names, &mut given);
    }
    for &(at, column) in fixed {
        if let Some(slot) = given.get_mut(at) {
            *slot = Some(column);
        }
    }
    let has = |given: &[Option<Column>], column| given.contains(&Some(column));
    let open = given.iter().filter(|column| column.is_none()).count();
    if !has(&given, FRONT) && !has(&given, BACK) && open == 2 && names.is_none() {
        // Two columns are the two sides, whatever is in them; numbers alone are no words.
        let sides: Vec<usize> = (0..width).filter(|at| given[*at].is_none()).collect();
        if sides.iter().all(|at| traits(sample, *at, sides[0]).is_dropped()) && !sample.is_empty() {
            return None;
        }
        given[sides[0]] = Some(FRONT);
        given[sides[1]] = Some(BACK);
    }
    let mut warning = None;
    if open > 0 {
        by_content(sample, &mut given, names.is_some(), &mut warning);
    }
    let columns: Vec<Column> =
        given.into_iter().map(|column| column.unwrap_or(Column::Ignore)).collect();
    (columns.contains(&FRONT) && columns.contains(&BACK)).then_some(Roles { columns, warning })
}

/// Gives columns what their names say; the first of several wins.
fn by_name(names: &Names, given: &mut [Option<Column>]) {
    let mut languages = Vec::new();
    for (at, name) in names.iter().enumerate().take(given.len()) {
        match name {
            Some(Name::Column(column)) => {
                let is_side = matches!(*column, FRONT | BACK);
                let column = if is_side && given.contains(&Some(*column)) { NOTE } else { *column };
                given[at] = Some(column);
            }
            Some(Name::Language(_)) => languages.push(at),
            Some(Name::OtherScript) => given[at] = Some(NOTE),
            None => {}
        }
    }
    // A front may have another name: a sentence, or a word known by its reading.
    for side in [FRONT, BACK] {
        let is_missing = !given.contains(&Some(side));
        if is_missing && !languages.is_empty() {
            given[languages.remove(0)] = Some(side);
        }
    }
    for at in languages {
        given[at] = Some(NOTE);
    }
    if !given.contains(&Some(FRONT)) && !given.contains(&None) {
        let other = [EXAMPLE, NOTE, READING]
            .into_iter()
            .find_map(|column| given.iter().position(|g| *g == Some(column)));
        if let Some(at) = other {
            given[at] = Some(FRONT);
        }
    }
}

/// Gives the other columns what their values look like.
fn by_content(
    sample: &[&[Cow<'_, str>]],
    given: &mut [Option<Column>],
    has_names: bool,
    warning: &mut Option<String>,
) {
    let width = given.len();
    let front = given.iter().position(|column| *column == Some(FRONT));
    let all: Vec<Traits> = (0..width).map(|at| traits(sample, at, front.unwrap_or(at))).collect();
    let sides =
        usize::from(!given.contains(&Some(FRONT))) + usize::from(!given.contains(&Some(BACK)));
    let mut texts = Vec::new();
    let mut set_aside = Vec::new();
    for at in 0..width {
        if given[at].is_some() {
            continue;
        }
        let traits = &all[at];
        if traits.filled == 0 {
            // What comes further down, if anything, is kept.
            given[at] = Some(NOTE);
        } else if traits.is_dropped() {
            given[at] = Some(Column::Ignore);
        } else if traits.certain > 0 && traits.phonetics * 10 >= traits.filled * 7 {
            set_aside.push((at, READING));
        } else if traits.is_tag_like(sample.len())
            || (traits.most(traits.languages) && given.len() > 2)
        {
            set_aside.push((at, TAGS));
        } else if traits.classes * 10 >= traits.filled * 7 {
            let repeats = traits.filled >= 4 && traits.distinct * 2 <= traits.filled + 1;
            set_aside.push((at, if repeats { TAGS } else { NOTE }));
        } else {
            texts.push(at);
        }
    }
    // Kana beside kanji reads them; alone it is the word.
    if let Some(at) = texts
        .iter()
        .copied()
        .skip(usize::from(front.is_none()))
        .find(|at| all[*at].most(all[*at].kana) && texts.len() > sides)
    {
        let first = front.or(texts.first().copied()).unwrap_or(at);
        if !all[first].most(all[first].kana) && first != at {
            texts.retain(|text| *text != at);
            set_aside.push((at, READING));
        }
    }
    let mut texts = texts.into_iter().peekable();
    if sides > 0
        && !given.contains(&Some(FRONT))
        && (texts.peek().is_some() || !has_names)
        && let Some(at) = texts.next()
    {
        given[at] = Some(FRONT);
    }
    let front = given.iter().position(|column| *column == Some(FRONT));
    let mut rest: Vec<usize> = texts.collect();
    if !given.contains(&Some(BACK)) {
        let is_other_script = |at: usize| {
            front.is_some_and(|front| {
                let traits = traits(sample, at, front);
                traits.most(traits.like_front) && traits.shares_front * 2 >= traits.filled
            })
        };
        let next = rest.iter().position(|at| !is_other_script(*at));
        if let Some(at) = next {
            given[rest.remove(at)] = Some(BACK);
        } else if !rest.is_empty() {
            given[rest.remove(0)] = Some(BACK);
        } else if let Some(next) =
            set_aside.iter().position(|(at, _)| front.is_some() && all[*at].distinct > 1)
        {
            let (at, column) = set_aside.remove(next);
            given[at] = Some(BACK);
            let what = if column == READING { "reading" } else { "label" };
            *warning =
                Some(format!("no column of meanings: the {what} in column {} is the back", at + 1));
        }
    }
    for (at, column) in set_aside {
        let is_second = column == READING && given.contains(&Some(READING));
        given[at] = Some(if is_second { NOTE } else { column });
    }
    for at in rest {
        let traits = front.map(|front| traits(sample, at, front));
        let is_example = !given.contains(&Some(EXAMPLE))
            && traits.as_ref().is_some_and(|traits| traits.has_front * 2 > traits.filled);
        let is_label = |traits: &Traits| {
            let repeats = traits.distinct * 2 <= traits.filled + 1
                || traits.distinct_words * 2 <= traits.words;
            traits.filled >= 4 && repeats && traits.chars <= traits.filled * 16
        };
        given[at] = Some(match traits {
            _ if is_example => EXAMPLE,
            Some(traits) if is_label(&traits) => TAGS,
            _ => NOTE,
        });
    }
}

fn traits(sample: &[&[Cow<'_, str>]], at: usize, front: usize) -> Traits {
    let mut traits = Traits::default();
    let mut values = HashSet::new();
    let mut words = HashSet::new();
    // A first row of unknown names must not hide what a column is.
    let sample = if sample.len() > 2 { &sample[1..] } else { sample };
    for row in sample {
        let Some(value) = row.get(at).map(|value| value.trim()).filter(|value| !value.is_empty())
        else {
            continue;
        };
        traits.filled += 1;
        traits.chars += value.chars().count();
        values.insert(value);
        for word in value.split_whitespace() {
            traits.words += 1;
            words.insert(word);
        }
        traits.numbers += usize::from(is_number(value));
        traits.urls += usize::from(is_address(value));
        traits.media += usize::from(is_media(value));
        traits.ids += usize::from(is_id(value));
        traits.classes += usize::from(is_word_class(value));
        traits.languages += usize::from(header::is_language(value));
        traits.kana += usize::from(is_kana(value));
        let front = row.get(front).map_or("", |front| front.trim());
        let phonetic = Phonetic::of(value);
        let has_han = || row.iter().any(|field| field.chars().any(is_han));
        traits.phonetics += usize::from(phonetic != Phonetic::No);
        traits.certain += usize::from(
            phonetic == Phonetic::Certain || (phonetic == Phonetic::Maybe && has_han()),
        );
        if !front.is_empty() {
            let is_as_long = value.chars().count() == front.chars().count();
            let is_alike = front == value || (is_as_long && value.chars().all(is_han));
            traits.like_front += usize::from(is_alike);
            traits.shares_front += usize::from(
                is_alike
                    && (value.chars().any(|c| front.contains(c)) || fold(value) == fold(front)),
            );
            traits.has_front += usize::from(front != value && value.contains(front));
        }
    }
    traits.distinct = values.len();
    traits.distinct_words = words.len();
    traits
}

/// Returns the labels in a cell: separated by blanks, maybe with commas between.
#[must_use]
pub fn labels(cell: &str) -> Vec<String> {
    note::tags(cell.split_whitespace().map(|label| label.trim_end_matches([',', ';'])))
}
