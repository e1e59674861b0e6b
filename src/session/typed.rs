//! Comparing a typed answer with what was to be remembered.
//!
//! Both sides are folded first, so that case, width, punctuation, a leading
//! article and tone marks that were not typed cost nothing. The verdict only
//! suggests a grade; the learner decides.

mod fold;
mod pinyin;
#[cfg(test)]
mod tests;

use similar::{Algorithm, DiffOp, capture_diff_slices};
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
fn difference(typed: &str, answer: &str) -> (f64, Vec<(Tag, String)>) {
    let old: Vec<&str> = typed.graphemes(true).collect();
    let new: Vec<&str> = answer.graphemes(true).collect();
    if old.len().max(new.len()) > MAX_DIFF {
        return (0.0, vec![(Tag::Extra, typed.to_owned()), (Tag::Missing, answer.to_owned())]);
    }
    let keys = |side: &[&str]| side.iter().map(|g| fold::grapheme(g)).collect::<Vec<_>>();
    let (old_keys, new_keys) = (keys(&old), keys(&new));
    let mut diff = Vec::new();
    let mut same = 0;
    for op in capture_diff_slices(Algorithm::Myers, &old_keys, &new_keys) {
        let (extra, missing) = (op.old_range(), op.new_range());
        if let DiffOp::Equal { len, .. } = op {
            same += len;
            diff.push((Tag::Same, new[missing].concat()));
            continue;
        }
        if !extra.is_empty() {
            diff.push((Tag::Extra, old[extra].concat()));
        }
        if !missing.is_empty() {
            diff.push((Tag::Missing, new[missing].concat()));
        }
    }
    let all = old.len() + new.len();
    let ratio = if all == 0 { 0.0 } else { (2 * same) as f64 / all as f64 };
    (ratio, diff)
}
