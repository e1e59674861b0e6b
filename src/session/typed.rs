//! Comparing a typed answer with what was to be remembered.
//!
//! Both sides are folded first, so that case, width, punctuation, a leading
//! article and tone marks that were not typed cost nothing. The verdict only
//! suggests a grade; the learner decides.

mod fold;
mod pinyin;
#[cfg(test)]
mod tests;

use similar::{Algorithm, DiffTag, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::{Grade, Scale, text};

/// What a piece of the comparison is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// On both sides.
    Same,
    /// In the answer, not typed.
    Missing,
    /// Typed, not in the answer.
    Extra,
}

/// How near the typed text came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// Something else.
    Wrong,
    /// A slip: at least three quarters agree.
    Close,
    /// The same after folding.
    Exact,
}

impl Match {
    /// Returns what is said of a typed answer.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Exact => "right",
            Self::Close => "nearly right",
            Self::Wrong => "different",
        }
    }
}

/// The outcome of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How near it came.
    pub matched: Match,
    /// The alternative of the answer that came nearest, as it is written there.
    pub answer: String,
    /// The typed text against that alternative, by grapheme.
    pub diff: Vec<(Tag, String)>,
}

impl Verdict {
    /// Returns the grade that is suggested: Good, Hard, or the lowest sensible one.
    #[must_use]
    pub const fn suggestion(&self, scale: Scale) -> Grade {
        match (self.matched, scale) {
            (Match::Exact, _) => Grade::GOOD,
            (Match::Close, _) => Grade::HARD,
            (Match::Wrong, Scale::Four) => Grade::AGAIN,
            (Match::Wrong, Scale::Six) => Grade::ALL[1],
        }
    }
}

/// Returns the alternatives of an answer, as [`compare`] takes them apart: `;`, `/`
/// and `|` separate them. Where there are several, the whole comes last.
#[must_use]
pub fn alternatives(answer: &str) -> Vec<String> {
    fold::alternatives(answer)
}

/// Answers longer than this many graphemes are compared as a whole, not piece by piece.
const MAX_DIFF: usize = 1_000;

/// Returns how `typed` compares with `answer`.
///
/// In `answer`, `;`, `/` and `|` separate alternatives and `(...)` is optional.
/// Typing several of the alternatives is as good as typing one.
#[must_use]
pub fn compare(typed: &str, answer: &str) -> Verdict {
    let typed = text::collapse(typed);
    let alternatives = fold::alternatives(answer);
    let exact = |part: &str| {
        let keys = fold::variants(part);
        alternatives.iter().find(|alternative| {
            fold::variants(alternative).iter().any(|want| keys.contains(want))
                || pinyin::same_without_tones(part, alternative)
        })
    };
    let mut parts = fold::alternatives(&typed);
    if parts.len() > 1 {
        // The last one is the text as a whole, which need not be an alternative itself.
        parts.pop();
    }
    let whole = exact(&typed).or_else(|| {
        let found: Option<Vec<_>> = parts.iter().map(|part| exact(part)).collect();
        found.and_then(|found| found.first().copied())
    });
    if let Some(alternative) = whole {
        let diff = vec![(Tag::Same, alternative.clone())];
        return Verdict { matched: Match::Exact, answer: alternative.clone(), diff };
    }
    let nearest = alternatives
        .iter()
        .map(|alternative| (difference(&typed, alternative), alternative))
        .max_by(|((a, _), _), ((b, _), _)| a.total_cmp(b));
    let Some(((ratio, diff), alternative)) = nearest else {
        return Verdict { matched: Match::Wrong, answer: String::new(), diff: Vec::new() };
    };
    let slip = ratio >= 0.75 || pinyin::same_but_for_tones(&typed, alternative);
    let matched = if slip { Match::Close } else { Match::Wrong };
    Verdict { matched, answer: alternative.clone(), diff }
}

/// Returns the share of graphemes that agree, 0 to 1, and where they do not.
///
/// Words are compared first (a Chinese character is a word), then what stands in
/// for something else by grapheme: letters that two texts share by chance are no
/// agreement.
fn difference(typed: &str, answer: &str) -> (f64, Vec<(Tag, String)>) {
    let all = typed.graphemes(true).count() + answer.graphemes(true).count();
    if all == 0 || all > 2 * MAX_DIFF {
        return (0.0, vec![(Tag::Extra, typed.to_owned()), (Tag::Missing, answer.to_owned())]);
    }
    let old: Vec<&str> = typed.split_word_bounds().collect();
    let new: Vec<&str> = answer.split_word_bounds().collect();
    let mut diff = Vec::new();
    for (tag, extra, missing) in pieces(&old, &new) {
        if tag == DiffTag::Replace {
            diff.extend(replacement(&extra, &missing));
        } else {
            push(&mut diff, tag, extra, missing);
        }
    }
    (agreement(&diff, all), diff)
}

/// Compares two texts of which one stands for the other: by grapheme if at least
/// half agrees, else as a whole.
fn replacement(typed: &str, answer: &str) -> Vec<(Tag, String)> {
    let old: Vec<&str> = typed.graphemes(true).collect();
    let new: Vec<&str> = answer.graphemes(true).collect();
    let mut diff = Vec::new();
    for (tag, extra, missing) in pieces(&old, &new) {
        push(&mut diff, tag, extra, missing);
    }
    if agreement(&diff, old.len() + new.len()) >= 0.5 {
        return diff;
    }
    vec![(Tag::Extra, typed.to_owned()), (Tag::Missing, answer.to_owned())]
}

/// Returns how two sequences of pieces differ, compared by their folded forms.
fn pieces(old: &[&str], new: &[&str]) -> Vec<(DiffTag, String, String)> {
    let keys = |side: &[&str]| side.iter().map(|piece| fold::piece(piece)).collect::<Vec<_>>();
    capture_diff_slices(Algorithm::Myers, &keys(old), &keys(new))
        .into_iter()
        .map(|op| (op.tag(), old[op.old_range()].concat(), new[op.new_range()].concat()))
        .collect()
}

fn push(diff: &mut Vec<(Tag, String)>, tag: DiffTag, extra: String, missing: String) {
    if tag == DiffTag::Equal {
        diff.push((Tag::Same, missing));
        return;
    }
    let sides = [(Tag::Extra, extra), (Tag::Missing, missing)];
    diff.extend(sides.into_iter().filter(|(_, text)| !text.is_empty()));
}

/// Returns the share of `all` graphemes of both sides that agree.
fn agreement(diff: &[(Tag, String)], all: usize) -> f64 {
    let same = diff.iter().filter(|(tag, _)| *tag == Tag::Same);
    let same: usize = same.map(|(_, text)| text.graphemes(true).count()).sum();
    (2 * same) as f64 / all.max(1) as f64
}
