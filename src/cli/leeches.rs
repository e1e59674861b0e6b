//! `leeches`: the cards that keep being forgotten, and why.

use serde_json::{Value, json};

use crate::app::Leech;
use crate::domain::safe;
use crate::session::words::{self, LEECH_ADVICE};

use super::{Desk, Result, render};

/// What `--help` says beside the options.
pub const LEECHES_HELP: &str = "Example:\n  termdeck leeches Chinese\n
A card is a leech with 8 lapses, and again with every 4 more, or when three reviews in a row
leave its ease at 1.30. It is only told of, unless the deck has `leech = suspend`; `is:leech`
finds it in every search.
\nWith --json, one object: {leeches: [{card, note, deck, direction, question, answer, why,
  state, answers: [{day, kind, grade, ms}]}]}, those with the most lapses first";

/// The newest answers that are shown.
const MOST_ANSWERS: usize = 12;

pub fn leeches(desk: &mut Desk<'_>, deck: Option<&str>) -> Result {
    let deck = deck.map(|name| desk.app.find_deck(name)).transpose()?;
    let leeches = desk.app.leeches(deck.as_ref())?;
    if desk.out.is_json() {
        let leeches: Vec<Value> = leeches.iter().map(|leech| shape(leech, desk)).collect();
        return desk.out.json(&json!({ "leeches": leeches }));
    }
    let s = if leeches.len() == 1 { "" } else { "es" };
    desk.out.line(&format!("{} leech{s}", leeches.len()))?;
    for leech in &leeches {
        let Leech { note, deck, question, answer, history } = leech;
        let (note, card) = (note.to_string(), history.card.to_string());
        let (question, answer) = (safe::line(question), safe::line(answer));
        desk.out.line(&format!("{question} = {answer}  ({})", safe::line(deck)))?;
        let why = words::leech(&history.state).unwrap_or_default();
        let is_out = if history.state.suspended.is_some() { "; suspended" } else { "" };
        desk.out.line(&format!("  {why}{is_out}"))?;
        let answers = answers(leech);
        let cut = answers.len().saturating_sub(MOST_ANSWERS);
        let more = if cut > 0 { format!("{cut} more, ") } else { String::new() };
        let told: Vec<&str> = answers[cut..].iter().map(|entry| entry.words()).collect();
        desk.out.line(&format!("  answers: {more}{}", told.join(" ")))?;
        desk.out.line(&format!("  note {}, card {}", &note[..8], &card[..8]))?;
    }
    if leeches.is_empty() { Ok(()) } else { desk.out.info(LEECH_ADVICE) }
}

/// Returns the answers to a leech, oldest first.
fn answers(leech: &Leech) -> Vec<&crate::session::history::Entry> {
    leech.history.past.iter().filter(|entry| entry.grade.is_some()).collect()
}

fn shape(leech: &Leech, desk: &Desk<'_>) -> Value {
    let answers = answers(leech).into_iter().map(|entry| {
        let grade = entry.grade.map(|(grade, _)| grade.raw());
        json!({ "day": entry.day, "kind": entry.kind, "grade": grade, "ms": entry.ms })
    });
    json!({
        "card": leech.history.card,
        "note": leech.note,
        "deck": leech.deck,
        "direction": leech.history.slot.to_string(),
        "question": leech.question,
        "answer": leech.answer,
        "why": words::leech(&leech.history.state),
        "state": render::state(&leech.history.state, desk.now.day),
        "answers": answers.collect::<Value>(),
    })
}
