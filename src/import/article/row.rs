//! Rows: several cells or several pairs on one line.

use super::inline::{Bond, Split, finish};
use super::line::{Share, ends_sentence, is_balanced, is_cjk, is_hangul, is_latin};
use super::{annotation, furigana, gloss};
use crate::domain::text::is_han;

/// The most cells of a row that is looked at.
const MOST_CELLS: usize = 64;

/// Returns the pairs of a row of cells: several where the columns repeat.
pub(super) fn from_cells(cells: &[&str]) -> Vec<Split> {
    if !(2..=MOST_CELLS).contains(&cells.len()) {
        return Vec::new();
    }
    let sides: Vec<Side> = cells.iter().map(|cell| Side::of(cell, cells)).collect();
    let of = |wanted: Side| -> Vec<usize> {
        (0..cells.len()).filter(|&at| sides[at] == wanted).collect()
    };
    let (cjk, latin) = (of(Side::Cjk), of(Side::Latin));
    if cjk.is_empty() || latin.is_empty() {
        return Vec::new();
    }
    let repeats = cjk.len() == latin.len()
        && cjk.len() >= 2
        && cjk.iter().zip(&latin).all(|(a, b)| a.abs_diff(*b) <= 2)
        && !ends_sentence(cells[cjk[1]]);
    let count = if repeats { cjk.len() } else { 1 };
    (0..count)
        .filter_map(|n| {
            let mut split = finish(cells[cjk[n]], cells[latin[n]], Bond::Wide)?;
            if count == 1 {
                for (at, side) in sides.iter().enumerate() {
                    match side {
                        Side::Reading => cells[at].clone_into(&mut split.reading),
                        Side::Number => {}
                        _ if at == cjk[0] || at == latin[0] => {}
                        _ => split.notes.push(cells[at].to_owned()),
                    }
                }
            }
            Some(split)
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Cjk,
    Latin,
    Reading,
    Note,
    Number,
}

impl Side {
    fn of(cell: &str, row: &[&str]) -> Self {
        if gloss::is_word_class(cell) || gloss::is_phonetic(cell) {
            return Self::Note;
        }
        let share = Share::of(cell);
        if share.cjk == 0 && share.letters == 0 {
            return Self::Number;
        }
        let reads = |other: &&str| match share.cjk {
            0 => annotation::is_reading(other, cell),
            _ => *other != cell && furigana::is_reading(other, cell),
        };
        if row.iter().any(reads) {
            return Self::Reading;
        }
        // The form in Chinese characters beside a Korean word.
        if cell.chars().all(is_han) && row.iter().any(|other| other.contains(is_hangul)) {
            return Self::Note;
        }
        let bare = Share::of(&gloss::english(cell).text);
        if bare.cjk == 0 || share.is_latin() { Self::Latin } else { Self::Cjk }
    }
}

/// The last number looked for in a list that runs on.
const LAST_NUMBER: u32 = 60;

/// Cuts a line in front of the numbers of a list that runs on: `... 2. ... 3. ...`.
pub(super) fn numbered(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut from) = (0, 0);
    if !text.contains(|c: char| c.is_ascii_digit() || ('①'..='⑳').contains(&c)) {
        return pieces;
    }
    if text.starts_with(['①', '1']) && super::markup::number(text).is_some() {
        let rest = super::markup::number(text).unwrap_or(text);
        start = text.len() - rest.len();
        from = start;
    }
    // The number in front of the line is gone: the next one may be any.
    let first = (2..=LAST_NUMBER)
        .filter_map(|number| find_number(text, from, number).map(|(at, _)| (at, number)))
        .min();
    let Some((_, mut next)) = first else { return pieces };
    while let Some((at, end)) = find_number(text, from, next) {
        pieces.push(text[start..at].trim().trim_end_matches([';', '；', ',', '，', '、']));
        start = end;
        from = end;
        next += 1;
    }
    pieces.push(text[start..].trim());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn find_number(text: &str, from: usize, number: u32) -> Option<(usize, usize)> {
    let circled = (number <= 20).then(|| char::from_u32(0x245F + number)).flatten();
    if let Some(at) = circled.and_then(|c| text.get(from..)?.find(c)) {
        let at = at + from;
        return Some((at, at + 3));
    }
    let digits = number.to_string();
    let mut search = from;
    while let Some(at) = text.get(search..)?.find(&digits).map(|at| at + search) {
        let end = at + digits.len();
        let before = text[..at].chars().next_back();
        let mut after = text[end..].chars();
        let mark = after.next();
        let follows = after.next();
        let apart = !before.is_some_and(|c| c.is_ascii_digit() || c == '.' || c == '-');
        let open = before.is_some_and(|c| matches!(c, '(' | '（'));
        let marked = match mark {
            Some('.' | '．' | '、') => follows.is_some_and(|c| !c.is_ascii_digit()),
            Some(')' | '）') => true,
            _ => false,
        };
        if apart && marked && follows.is_some() {
            let start = if open { at - before.map_or(0, char::len_utf8) } else { at };
            return Some((start, end + mark.map_or(0, char::len_utf8)));
        }
        search = end;
    }
    None
}

/// Cuts a line at a separator that stands between pairs.
pub(super) fn separated(text: &str) -> Vec<&str> {
    for separator in ["；", ";", "。", "、", "，", ",", "  ", "/"] {
        let pieces: Vec<&str> =
            text.split(separator).map(str::trim).filter(|piece| !piece.is_empty()).collect();
        let whole = |piece: &&str| {
            let share = Share::of(piece);
            let bare = Share::of(&gloss::english(piece).text);
            share.letters > 1 && bare.cjk > 0 && is_balanced(piece)
        };
        if pieces.len() >= 2 && pieces.iter().all(whole) {
            return pieces;
        }
    }
    Vec::new()
}

/// Reads `苹果apple香蕉banana梨pear`: at least three pairs that simply alternate.
pub(super) fn alternating(text: &str) -> Vec<Split> {
    let mut runs: Vec<(bool, String)> = Vec::new();
    for c in text.chars() {
        let side = if is_cjk(c) {
            true
        } else if is_latin(c) {
            false
        } else if matches!(c, ' ' | '-' | '\'' | '’' | '/') {
            match runs.last_mut() {
                Some((_, run)) => run.push(c),
                None => return Vec::new(),
            }
            continue;
        } else {
            return Vec::new();
        };
        match runs.last_mut() {
            Some((last, run)) if *last == side => run.push(c),
            _ => runs.push((side, c.to_string())),
        }
    }
    if runs.len() < 6 || !runs.len().is_multiple_of(2) {
        return Vec::new();
    }
    let found: Vec<Split> = runs
        .chunks_exact(2)
        .filter_map(|pair| {
            let (cjk, latin) =
                if pair[0].0 { (&pair[0].1, &pair[1].1) } else { (&pair[1].1, &pair[0].1) };
            let (cjk, latin) = (cjk.trim(), latin.trim());
            let chars = cjk.chars().count();
            let fits = (1..=10).contains(&chars)
                && (2..=40).contains(&latin.len())
                && latin.starts_with(char::is_lowercase)
                && (1.0..9.0).contains(&(latin.len() as f64 / chars as f64));
            fits.then(|| finish(cjk, latin, Bond::Glued)).flatten()
        })
        .collect();
    if found.len() * 2 == runs.len() { found } else { Vec::new() }
}
