//! Pairs lines that alternate: the best non-crossing set, never the next best line.
//!
//! Each block between two headings is solved by dynamic programming over its
//! lines. A line is left over, is a pair in itself, or belongs to a later line
//! of the other side; taking the best whole keeps a paragraph in one language
//! from shifting all pairs after it.

use std::borrow::Cow;

use super::confidence::{fit, misfit};
use super::inline::{Bond, Split};
use super::lexicon::{Words, evidence};
use super::line::{Language, ends_sentence};

/// Which side a line is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Cjk,
    Latin,
    /// Damaged: it may be either.
    Unknown,
}

/// A line of a block.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    pub text: &'a str,
    /// What its words are known to mean.
    pub words: &'a Words,
    pub side: Side,
    /// The pairs that it holds in itself.
    pub splits: &'a [Split],
    /// Whether a blank line stands before it and elsewhere none does.
    pub gap_before: bool,
    /// Whether the name of a column stands before it: it is the title of the day.
    pub labelled: bool,
    /// How many lines of other kinds stand between it and the item before.
    pub far: usize,
}

/// Lines that belong together, by their places in the block.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Match {
    /// The pairs that the line holds in itself.
    Inline { at: usize },
    /// Pairs from a run of lines and the run of their translations; only while solving.
    Parallel(Vec<Match>),
    /// A pair of lines; several on one side were one paragraph.
    Lines { cjk: Vec<usize>, latin: Vec<usize>, score: f64, run: bool },
}

/// Which side comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Bias {
    /// Added when the side that is not English comes first, taken off when not.
    pub cjk_first: f64,
}

/// How many lines may stand between the sides of a pair.
const REACH: usize = 2;
/// How many lines of one side may stand together before their translations.
const LONGEST_RUN: usize = 40;
/// How many lines of one side may be one paragraph.
const MERGED: usize = 3;
/// Below this the forms of two lines can't belong together.
const HOPELESS: f64 = -3.5;
/// What it tells that a line is named as the title of the day.
const LABELLED: f64 = 2.0;
/// What a line without counterpart costs.
const LEFT_OVER: f64 = 0.4;

/// Returns the best set of pairs of a block.
pub(super) fn best(items: &[Item<'_>], language: Language, bias: Bias) -> Vec<Match> {
    let count = items.len();
    // The best score of the first n lines, and the step that led there.
    let mut scores = vec![f64::NEG_INFINITY; count + 1];
    let mut steps: Vec<Option<(usize, Option<Match>)>> = vec![None; count + 1];
    scores[0] = 0.0;
    for at in 0..count {
        let base = scores[at];
        let mut offer = |end: usize, score: f64, found: Option<Match>| {
            if score > scores[end] {
                scores[end] = score;
                steps[end] = Some((at, found));
            }
        };
        offer(at + 1, base - LEFT_OVER, None);
        if let Some(score) = inline_score(&items[at], language) {
            offer(at + 1, base + score, Some(Match::Inline { at }));
        }
        if let Some((score, found)) = parallel(items, at, language, bias) {
            let end = at + 2 * found.len();
            offer(end, base + score, Some(Match::Parallel(found)));
        }
        for (end, found) in candidates(items, at, language, bias) {
            if let Match::Lines { score, cjk, latin, .. } = &found {
                let skipped = end - at - cjk.len() - latin.len();
                offer(end, base + score - skipped as f64 * (LEFT_OVER + 0.8), Some(found.clone()));
            }
        }
    }
    let mut matches = Vec::new();
    let mut at = count;
    while let Some((before, found)) = steps.get_mut(at).and_then(Option::take) {
        match found {
            Some(Match::Parallel(found)) => matches.extend(found.into_iter().rev()),
            found => matches.extend(found),
        }
        at = before;
    }
    matches.reverse();
    matches
}

/// Returns the pairs of a run of lines in one language followed by as many in
/// the other, line by line, and what they are worth together.
fn parallel(
    items: &[Item<'_>],
    at: usize,
    language: Language,
    bias: Bias,
) -> Option<(f64, Vec<Match>)> {
    let side = items[at].side;
    let starts = at.checked_sub(1).is_none_or(|before| items[before].side != side);
    if !starts || side == Side::Unknown || !items[at].splits.is_empty() {
        return None;
    }
    let other = if side == Side::Cjk { Side::Latin } else { Side::Cjk };
    let run = |from: usize, side: Side| {
        let lines = items[from..].iter().take(LONGEST_RUN + 1);
        lines.take_while(|item| item.side == side && item.splits.is_empty()).count()
    };
    let length = run(at, side);
    if !(2..=LONGEST_RUN).contains(&length) || run(at + length, other) != length {
        return None;
    }
    let mut sum = 0.0;
    let mut pairs = Vec::with_capacity(length);
    for first in at..at + length {
        match matched(items, &[first], &[first + length], language, bias)? {
            Match::Lines { cjk, latin, score, .. } if score > 1.0 => {
                sum += score - 0.4;
                pairs.push(Match::Lines { cjk, latin, score, run: true });
            }
            _ => return None,
        }
    }
    Some((sum, pairs))
}

/// Returns what a line is worth as pairs in itself.
fn inline_score(item: &Item<'_>, language: Language) -> Option<f64> {
    let first = item.splits.first()?;
    if first.cut {
        return None;
    }
    let worst = item
        .splits
        .iter()
        .map(|split| {
            let bond = match split.bond {
                Bond::Wide => 2.0,
                Bond::Mark => 1.4,
                Bond::Paren => 0.9,
                Bond::Space | Bond::Glued => 0.6,
                Bond::Acronym => -2.0,
            };
            // An acronym is always shorter than what it stands for.
            let misfit = match split.bond {
                Bond::Acronym => 0.5,
                _ => misfit(&split.cjk, &split.latin, language),
            };
            3.0 + bond - misfit
        })
        .fold(f64::INFINITY, f64::min);
    Some(worst)
}

/// Returns all pairs of lines that start at `at`, each with the line after it.
fn candidates(
    items: &[Item<'_>],
    at: usize,
    language: Language,
    bias: Bias,
) -> Vec<(usize, Match)> {
    let mut found = Vec::new();
    for skipped in 0..=REACH {
        let second = at + 1 + skipped;
        if second >= items.len() {
            break;
        }
        found.extend(matched(items, &[at], &[second], language, bias).map(|m| (second + 1, m)));
        // Entries are no parts of one paragraph.
        if skipped > 0 || !items[at].splits.is_empty() || !items[second].splits.is_empty() {
            continue;
        }
        for more in 2..=MERGED {
            if second + more <= items.len() {
                let seconds: Vec<usize> = (second..second + more).collect();
                let end = second + more;
                found.extend(matched(items, &[at], &seconds, language, bias).map(|m| (end, m)));
            }
            let start = at + more;
            if start < items.len() {
                let firsts: Vec<usize> = (at..start).collect();
                let pair = matched(items, &firsts, &[start], language, bias);
                found.extend(pair.map(|m| (start + 1, m)));
            }
        }
    }
    found
}

fn matched(
    items: &[Item<'_>],
    first: &[usize],
    second: &[usize],
    language: Language,
    bias: Bias,
) -> Option<Match> {
    let side = |group: &[usize]| {
        let side = items[group[0]].side;
        let same = group.iter().all(|&at| items[at].side == side);
        (same && (group.len() == 1 || side != Side::Unknown)).then_some(side)
    };
    let (a, b) = (side(first)?, side(second)?);
    let cjk_first = match (a, b) {
        (Side::Cjk, Side::Latin | Side::Unknown) | (Side::Unknown, Side::Latin) => true,
        (Side::Latin, Side::Cjk | Side::Unknown) | (Side::Unknown, Side::Cjk) => false,
        _ => return None,
    };
    let (cjk, latin) = if cjk_first { (first, second) } else { (second, first) };
    let damaged = a == Side::Unknown || b == Side::Unknown;
    let mut score = if damaged {
        1.0
    } else {
        let text = |group: &[usize], glue: &str| match group {
            [at] => Cow::Borrowed(items[*at].text),
            _ => Cow::Owned(group.iter().map(|&at| items[at].text).collect::<Vec<_>>().join(glue)),
        };
        let words = |group: &[usize]| group.iter().map(|&at| items[at].words).collect::<Vec<_>>();
        let form = fit(&text(cjk, ""), &text(latin, " "), language);
        // No words make up for a form that fits not at all.
        if form < HOPELESS {
            return None;
        }
        form + evidence(&words(cjk), &words(latin), language)
    };
    score += if cjk_first { bias.cjk_first } else { -bias.cjk_first };
    // Where blank lines part the pairs, one inside a pair speaks against it.
    let inner = first.iter().skip(1).chain(second);
    for &at in inner.clone() {
        score -= if items[at].gap_before { 0.9 } else { 0.0 };
        score -= 0.5 * items[at].far.min(2) as f64;
    }
    // The account, a slogan or a date may stand between a title and its translation.
    if first == [0] && items[0].labelled && !items[second[0]].labelled {
        let phrase = !ends_sentence(items[0].text) && !ends_sentence(items[second[0]].text);
        score += if phrase { LABELLED } else { 0.0 };
    }
    let merged = if cjk.len() > 1 { cjk } else { latin };
    let prose = merged.iter().all(|&at| ends_sentence(items[at].text));
    score -= if prose { 1.0 } else { 1.8 } * (merged.len() - 1) as f64;
    (score > 0.0).then(|| Match::Lines {
        cjk: cjk.to_vec(),
        latin: latin.to_vec(),
        score,
        run: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(lines: &[(&str, Side)], bias: f64) -> Vec<(usize, usize)> {
        let words: Vec<Words> =
            lines.iter().map(|(text, side)| Words::of(text, *side == Side::Latin)).collect();
        let items: Vec<Item<'_>> = lines
            .iter()
            .zip(&words)
            .map(|(&(text, side), words)| Item {
                text,
                words,
                side,
                splits: &[],
                gap_before: false,
                labelled: false,
                far: 0,
            })
            .collect();
        best(&items, Language::Chinese, Bias { cjk_first: bias })
            .into_iter()
            .filter_map(|found| match found {
                Match::Lines { cjk, latin, .. } => Some((cjk[0], latin[0])),
                Match::Inline { .. } | Match::Parallel(_) => None,
            })
            .collect()
    }

    #[test]
    fn a_paragraph_in_one_language_does_not_shift_the_pairs_after_it() {
        let lines = [
            ("光污染治理", Side::Cjk),
            ("control of light pollution", Side::Latin),
            ("夜间图书馆最早出现在大学校园，主要服务于备考学生和夜班职工。", Side::Cjk),
            ("巡天望远镜", Side::Cjk),
            ("survey telescope", Side::Latin),
        ];
        assert_eq!(matches(&lines, 0.0), [(0, 1), (3, 4)]);
    }

    #[test]
    fn the_usual_order_decides_between_equal_neighbours() {
        let lines = [
            ("The king moves two squares.", Side::Latin),
            ("王走两格。", Side::Cjk),
            ("The rook moves one square.", Side::Latin),
            ("后走一格。", Side::Cjk),
            ("车走一格。", Side::Cjk),
        ];
        assert_eq!(matches(&lines, -1.5), [(1, 0), (3, 2)]);
    }

    #[test]
    fn a_damaged_line_takes_its_counterpart_with_it() {
        let lines = [
            ("å¤œé—´", Side::Unknown),
            ("night library", Side::Latin),
            ("光污染治理", Side::Cjk),
            ("control of light pollution", Side::Latin),
        ];
        assert_eq!(matches(&lines, 1.5), [(0, 1), (2, 3)]);
    }
}
