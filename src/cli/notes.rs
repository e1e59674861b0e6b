//! Commands about notes.

use serde_json::{Value, json};

use crate::app::{FoundNote, NewNote, Query};
use crate::clock;
use crate::domain::{DeckName, Field, Fields, cloze, safe};
use crate::find::{TERMS, Term};
use crate::session::words;

use super::args::Which;
use super::{Desk, Result, Stop, render};

/// Notes that a search shows people unless they ask for more.
const MOST_FOUND: usize = 50;

pub fn add(
    desk: &mut Desk<'_>,
    front: String,
    back: String,
    deck: Option<DeckName>,
    tags: Vec<String>,
    reading: String,
    note: String,
) -> Result {
    let fields = Fields { front, back, reading, note, tags, ..Fields::default() };
    let change = desk.app.add(NewNote { deck, fields }, desk.now)?;
    desk.out.change(&change, "added")
}

pub fn edit(desk: &mut Desk<'_>, note: &str, changes: &[String]) -> Result {
    let changes = changes
        .iter()
        .map(|change| {
            let (field, value) = change
                .split_once('=')
                .ok_or_else(|| Stop::Usage(format!("`{change}` is not FIELD=VALUE")))?;
            Ok((field.parse::<Field>().map_err(Stop::Usage)?, value.to_owned()))
        })
        .collect::<Result<Vec<_>>>()?;
    let change = desk.app.edit(note, &changes, desk.now)?;
    desk.out.change(&change, "changed")
}

pub fn delete(desk: &mut Desk<'_>, which: &Which) -> Result {
    let notes = notes(desk, which)?;
    let change = desk.app.delete(&notes, desk.now)?;
    desk.out.change(&change, "deleted")
}

pub fn move_to(desk: &mut Desk<'_>, deck: &DeckName, which: &Which) -> Result {
    let notes = notes(desk, which)?;
    let change = desk.app.move_notes(deck, &notes, desk.now)?;
    desk.out.change(&change, "moved")
}

pub fn tag(desk: &mut Desk<'_>, add: &[String], remove: &[String], which: &Which) -> Result {
    if add.is_empty() && remove.is_empty() {
        return Err(Stop::Usage("give --add or --remove".to_owned()));
    }
    let notes = notes(desk, which)?;
    let change = desk.app.tag(add, remove, &notes, desk.now)?;
    desk.out.change(&change, "tagged")
}

/// Returns the ids of the notes that are meant.
fn notes(desk: &Desk<'_>, which: &Which) -> Result<Vec<String>> {
    let Some(query) = &which.search else { return Ok(which.ids.clone()) };
    let (_, notes) = desk.app.search(&Query::parse_for_change(query)?, None, desk.now)?;
    Ok(notes.iter().map(|note| note.id.to_string()).collect())
}

pub fn search(desk: &mut Desk<'_>, words: &[String], limit: Option<usize>) -> Result {
    let words: Vec<&str> = words.iter().map(|word| word.trim_start_matches(super::GUARD)).collect();
    let query = Query::parse(&words.join(" "))?;
    let limit = if desk.out.is_json() { limit } else { limit.or(Some(MOST_FOUND)) };
    let (total, found) = desk.app.search(&query, limit, desk.now)?;
    if desk.out.is_json() {
        let notes: Vec<Value> = found.iter().map(|note| shape(note, desk)).collect();
        return desk.out.json(&json!({ "total": total, "notes": notes }));
    }
    if desk.globals.plain {
        return plain(desk, total, &found);
    }
    for note in &found {
        let id = note.id.to_string();
        let reading = match safe::line(&note.fields.reading) {
            reading if reading.is_empty() => String::new(),
            reading => format!(" [{reading}]"),
        };
        desk.out.line(&format!(
            "{}  {}{reading} = {}  ({})",
            &id[..8],
            safe::line(&cloze::plain(&note.fields.front)),
            safe::line(&note.fields.back),
            safe::line(&note.deck),
        ))?;
        for card in &note.cards {
            let id = card.id.to_string();
            let due = match card.state.due {
                Some(due) => {
                    format!("due {due}, every {}", render::interval(card.state.interval_d))
                }
                None => "new".to_owned(),
            };
            let hidden = if card.state.suspended.is_some() { ", suspended" } else { "" };
            desk.out.line(&format!("          {} {}: {due}{hidden}", &id[..8], card.slot))?;
        }
    }
    if total > found.len() {
        desk.out.info(&format!(
            "{} of {}; --limit shows more",
            found.len(),
            render::plural(total, "note")
        ))?;
    } else {
        desk.out.info(&render::plural(total, "note"))?;
    }
    Ok(())
}

/// Writes what was found for a screen reader: the number first, one line a note, its
/// text before everything else; a single note with all its fields and cards.
fn plain(desk: &mut Desk<'_>, total: usize, found: &[FoundNote]) -> Result {
    let notes = render::plural(total, "note");
    if let ([note], 1) = (found, total) {
        desk.out.info(&notes)?;
        return details(desk, note);
    }
    if total > found.len() {
        desk.out.info(&format!("{} of {notes}; --limit shows more", found.len()))?;
    } else {
        desk.out.info(&notes)?;
    }
    for note in found {
        let front = cloze::plain(&note.fields.front);
        let reading = match note.fields.reading.as_str() {
            "" => String::new(),
            reading => format!(", read {}", safe::line(reading)),
        };
        let due = note.cards.iter().filter_map(|card| card.state.due).min();
        let due = due.map_or_else(|| "new".to_owned(), |due| format!("due {due}"));
        let (front, back) = (safe::line(&front), safe::line(&note.fields.back));
        let (deck, id) = (safe::line(&note.deck), note.id.to_string());
        desk.out.line(&format!("{front}: {back}{reading}; {deck}; {due}; {}", &id[..8]))?;
    }
    Ok(())
}

/// Writes every field of a note and the state of each of its cards.
fn details(desk: &mut Desk<'_>, note: &FoundNote) -> Result {
    for field in Field::ALL {
        let text = note.fields.text(field);
        if !text.is_empty() {
            desk.out.line(&format!("{}: {}", field.name(), safe::line(&text)))?;
        }
    }
    desk.out.line(&format!("deck: {}", safe::line(&note.deck)))?;
    desk.out.line(&format!("kind: {}", note.kind.name()))?;
    desk.out.line(&format!("added: {}", clock::local_text(note.added_ms)))?;
    desk.out.line(&format!("id: {}", note.id))?;
    for card in &note.cards {
        let (id, state) = (card.id.to_string(), words::state(&card.state));
        desk.out.line(&format!("{} card {}: {state}", card.slot, &id[..8]))?;
    }
    Ok(())
}

fn shape(note: &FoundNote, desk: &Desk<'_>) -> Value {
    let cards: Vec<Value> = note
        .cards
        .iter()
        .map(|card| {
            json!({
                "id": card.id,
                "direction": card.slot.to_string(),
                "state": render::state(&card.state, desk.now.day),
            })
        })
        .collect();
    json!({
        "id": note.id,
        "deck": note.deck,
        "kind": note.kind,
        "front": note.fields.front,
        "back": note.fields.back,
        "reading": note.fields.reading,
        "note": note.fields.note,
        "example": note.fields.example,
        "source": note.fields.source,
        "tags": note.fields.tags,
        "cards": cards,
    })
}

/// Cells of the examples in the help of a search; what is longer has a row of its own.
const EXAMPLES: usize = 28;

/// Returns what can be said in a query, to stand below the help of `termdeck search`.
pub(super) fn search_help() -> String {
    let example = "Example:\n  termdeck search 'deck:Chinese \"public policy\" -is:suspended'\n";
    let terms = TERMS.iter().map(|Term { examples, about }| {
        if examples.len() > EXAMPLES {
            return format!("  {examples}\n  {:EXAMPLES$}  {about}\n", "");
        }
        format!("  {examples:EXAMPLES$}  {about}\n")
    });
    let terms: String = terms.collect();
    format!(
        "{example}\n{terms}\nWith --plain: the number first, one line a note; a single note in full."
    )
}
