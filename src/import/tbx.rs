//! Termbases: TBX, version 2 (MARTIF), version 3 and TBX-Min.
//!
//! What a piece of information is called stands in an attribute (`<descrip
//! type="definition">`, style DCA) or is the element's name (`<basic:definition>`,
//! style DCT); both are read the same way.
//!
//! # Source
//! ISO 30042:2019, TermBase eXchange; LTAC's TBX-Basic and TBX-Min dialects.

#[cfg(test)]
mod tests;

use super::languages::{self, Languages, Pair, in_language};
use super::xml::{Element, entries, root};
use super::{Draft, Format, ReadError, Reading, RowReason, detect};
use crate::domain::Field;
use crate::domain::text::collapse;
use crate::domain::watch::Watch;

const ENTRIES: [&str; 3] = ["termEntry", "conceptEntry", "entry"];
const LANGUAGES: [&str; 3] = ["langSet", "langSec", "langGroup"];
const TERMS: [&str; 4] = ["tig", "ntig", "termSec", "termGroup"];

/// The most labels of a concept.
const MAX_LABELS: usize = 100;

/// A concept with its terms in all languages.
struct Concept {
    line: u32,
    id: Option<String>,
    tags: Vec<String>,
    about: Vec<String>,
    /// What is said in each language, by its code.
    sides: Vec<(String, Side)>,
}

/// What is said of a concept in one language.
#[derive(Default)]
struct Side {
    terms: Vec<Term>,
    about: Vec<String>,
    example: Vec<String>,
}

/// A term and what is said of it.
#[derive(Default)]
struct Term {
    text: String,
    rank: Rank,
    about: Vec<String>,
    example: Vec<String>,
    reading: String,
}

/// Whether a term is the one to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Preferred,
    #[default]
    Admitted,
    /// Not to be used any more.
    Deprecated,
}

/// Whether a text is a termbase.
#[must_use]
pub fn looks_like(text: &str) -> bool {
    root(text).is_some_and(|root| root == "martif" || root.eq_ignore_ascii_case("tbx"))
}

/// Reads a termbase.
///
/// # Errors
/// [`ReadError::Broken`] where nothing can be read of it, [`ReadError::NoDeck`] where
/// nothing in it has two languages, [`ReadError::Cancelled`].
pub fn read(text: &str, watch: &dyn Watch) -> Result<Reading, ReadError> {
    let mut reading = Reading::new(Format::Tbx, "");
    let (mut named, mut document) = (None, None);
    let mut concepts = Vec::new();
    let mut all = Languages::default();
    let mut labels = 0_usize;
    let head = |open: &Element<'_>| match open.name() {
        "languages" => named = open.attribute("source"),
        name if name == "martif" || name.eq_ignore_ascii_case("tbx") => {
            document = open.attribute("lang");
        }
        _ => {}
    };
    entries(text, &ENTRIES, &mut reading, watch, head, |element| {
        let mut concept = concept(element);
        labels += concept.tags.len().saturating_sub(MAX_LABELS);
        concept.tags.truncate(MAX_LABELS);
        let sides = concept.sides.iter().filter(|(_, side)| !side.terms.is_empty());
        all.count_once(sides.map(|(code, _)| code.as_str()));
        concepts.push(concept);
    })?;
    // The document's own language tells the source only where there are more than two.
    let source = named.or_else(|| document.filter(|_| all.len() > 2));
    let Some(pair) = all.pair(source.as_deref()) else {
        return Err(detect::no_deck("a termbase without two languages"));
    };
    all.report(&pair, &mut reading);
    reading.count(
        labels,
        &format!("label left out: more than {MAX_LABELS} of a concept"),
        &format!("labels left out: more than {MAX_LABELS} of a concept"),
    );
    for concept in concepts {
        reading.row(concept.line, draft(concept, &pair));
    }
    Ok(reading)
}

/// What a piece of information is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Category {
    /// It goes to the note.
    About,
    Subject,
    Example,
    Reading,
    Status,
    /// Administration: dates, sources, people, numbers.
    Other,
}

impl Category {
    fn of(element: &Element<'_>) -> Self {
        let kind = match element.name() {
            "descrip" | "termNote" | "admin" | "adminNote" => element.attribute("type"),
            name => Some(name.to_owned()),
        };
        match kind.unwrap_or_default().as_str() {
            "definition" | "partOfSpeech" | "note" | "grammaticalGender" | "explanation"
            | "usageNote" | "register" | "termType" | "geographicalUsage" | "abbreviation"
            | "grammaticalNumber" | "remark" => Self::About,
            "subjectField" | "domain" => Self::Subject,
            "context" | "example" | "sampleSentence" => Self::Example,
            "pronunciation" | "reading" | "transliteration" | "transcription" => Self::Reading,
            "administrativeStatus" | "termStatus" | "normativeAuthorization" => Self::Status,
            _ => Self::Other,
        }
    }
}

/// Calls `take` with each piece of information right below an element, also of those
/// that are grouped with their source.
fn each(element: &Element<'_>, take: &mut impl FnMut(Category, String)) {
    for child in element.children() {
        let name = child.name();
        if matches!(name, "descripGrp" | "termNoteGrp" | "adminGrp" | "termGrp" | "noteGrp") {
            each(child, take);
            continue;
        }
        let category = Category::of(child);
        if category != Category::Other {
            let text = collapse(&child.text(|_| true));
            if !text.is_empty() {
                take(category, text);
            }
        }
    }
}

fn concept(element: &Element<'_>) -> Concept {
    let mut concept = Concept {
        line: element.line,
        id: element.attribute("id"),
        tags: Vec::new(),
        about: Vec::new(),
        sides: Vec::new(),
    };
    each(element, &mut |category, text| match category {
        Category::Subject => concept.tags.extend(text.split([',', ';', '、']).map(str::to_owned)),
        Category::About => concept.about.push(text),
        _ => {}
    });
    for language in element.children().filter(|child| LANGUAGES.contains(&child.name())) {
        let code = languages::code(&language.attribute("lang").unwrap_or_default());
        let mut side = Side::default();
        each(language, &mut |category, text| match category {
            Category::Subject => concept.tags.push(text),
            Category::About => side.about.push(text),
            Category::Example => side.example.push(text),
            _ => {}
        });
        for term in language.children().filter(|child| TERMS.contains(&child.name())) {
            side.terms.extend(self::term(term));
        }
        side.terms.sort_by_key(|term| term.rank);
        side.terms.shrink_to_fit();
        concept.sides.push((code, side));
    }
    // All concepts are held until the languages of the whole file are known.
    concept.sides.shrink_to_fit();
    concept
}

fn term(element: &Element<'_>) -> Option<Term> {
    let holder = element.child(&["term"]).or_else(|| element.child(&["termGrp"])?.child(&["term"]));
    let mut term = Term { text: collapse(&holder?.text(|_| true)), ..Term::default() };
    each(element, &mut |category, text| match category {
        Category::About => term.about.push(text),
        Category::Example => term.example.push(text),
        Category::Reading => term.reading = text,
        Category::Status => {
            let status = text.to_ascii_lowercase();
            term.rank = match status.as_str() {
                status if status.starts_with("preferred") => Rank::Preferred,
                status
                    if ["deprecated", "superseded", "obsolete", "notrecommended"]
                        .iter()
                        .any(|word| status.starts_with(word)) =>
                {
                    Rank::Deprecated
                }
                _ => Rank::Admitted,
            };
        }
        Category::Subject | Category::Other => {}
    });
    (!term.text.is_empty()).then_some(term)
}

fn draft(concept: Concept, pair: &Pair) -> Result<Draft, RowReason> {
    let mut draft = Draft::on(concept.line);
    let fronts = in_language(&concept.sides, &pair.front, &pair.back);
    let backs = in_language(&concept.sides, &pair.back, &pair.front);
    for (sides, code) in [(&fronts, &pair.front), (&backs, &pair.back)] {
        if sides.iter().all(|side| side.terms.is_empty()) {
            return Err(RowReason::Other(format!("a concept without a term in {code}")));
        }
    }
    let mut notes: Vec<String> = Vec::new();
    let mut add = |note: &str| {
        if !notes.iter().take(100).any(|before| before == note) {
            notes.push(note.to_owned());
        }
    };
    let terms = || fronts.iter().flat_map(|side| &side.terms);
    let mut others = Vec::new();
    for (at, term) in terms().enumerate() {
        if at == 0 {
            draft.add(Field::Front, &term.text);
            draft.add(Field::Reading, &term.reading);
            term.example.iter().for_each(|text| _ = draft.add(Field::Example, text));
            term.about.iter().for_each(|about| add(about));
        } else {
            others.push(term.text.as_str());
        }
    }
    if !others.is_empty() {
        add(&format!("also: {}", others.join(", ")));
    }
    // Terms that are out of use are no answer, unless there is no other.
    let has_better =
        backs.iter().flat_map(|side| &side.terms).any(|term| term.rank != Rank::Deprecated);
    for term in backs.iter().flat_map(|side| &side.terms) {
        if has_better && term.rank == Rank::Deprecated {
            add(&format!("not to be used: {}", term.text));
        } else {
            draft.add(Field::Back, &term.text);
        }
        term.about.iter().for_each(|about| add(about));
    }
    concept.about.iter().for_each(|about| add(about));
    for side in fronts.iter().chain(&backs) {
        side.about.iter().for_each(|about| add(about));
    }
    for side in &fronts {
        side.example.iter().for_each(|text| _ = draft.add(Field::Example, text));
    }
    for note in &notes {
        draft.add(Field::Note, note);
    }
    draft.labels(concept.tags.iter().map(String::as_str));
    draft.ext_id = concept.id;
    draft.checked()
}
