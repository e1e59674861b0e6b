//! The sides of a saved set of cards, put together to cards.

use super::card;
use crate::import::{Draft, Reading, RowReason, Warning};

/// Elements deeper than this are taken as if they lay here.
const DEEPEST: usize = 200;

/// A side of a card in a saved set.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) line: u32,
    pub(super) text: String,
    /// How deep the element lies that holds both this side and the one before it.
    pub(super) near: usize,
}

/// Reads the cards of a saved set.
///
/// What one element holds belongs together, so that a side without another shifts
/// none of those below it. Where nothing but their order tells which belong
/// together, an odd number of sides makes all of them doubtful.
pub(super) fn read(sides: &[Side], reading: &mut Reading) {
    group(sides, reading);
}

fn group(sides: &[Side], reading: &mut Reading) {
    let [first, rest @ ..] = sides else { return };
    let near = |side: &Side| side.near.min(DEEPEST);
    let least = rest.iter().map(near).min();
    if sides.len() <= 2 || rest.iter().all(|side| Some(near(side)) == least) {
        return row(first.line, sides, reading);
    }
    let mut start = 0;
    for (at, side) in sides.iter().enumerate().skip(1) {
        if Some(near(side)) == least {
            group(&sides[start..at], reading);
            start = at;
        }
    }
    group(&sides[start..], reading);
}

/// Reads sides that lie side by side, two and two.
fn row(line: u32, sides: &[Side], reading: &mut Reading) {
    let is_odd = sides.len() > 2 && sides.len() % 2 == 1;
    if is_odd {
        let message = format!(
            "{} sides of cards, an odd number: one is missing, and those behind it may be \
             put together wrongly",
            sides.len()
        );
        reading.warnings.push(Warning { line, message });
    }
    for pair in sides.chunks(2) {
        let draft = match pair {
            [front, back] => card(front.line, &front.text, &back.text),
            _ => Err(RowReason::NoBack),
        };
        let draft = draft.map(|draft| if is_odd { doubted(draft) } else { draft });
        reading.row(pair[0].line, draft);
    }
}

fn doubted(draft: Draft) -> Draft {
    let reason = "an odd number of sides: it may be put together wrongly".to_owned();
    Draft { confidence_pct: 50, reason, ..draft }
}
