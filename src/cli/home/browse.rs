//! Notes line by line: find them, look at one, change it.

use crate::app::{Bulk, CardDeed, Chosen, FoundNote, Query, Session};
use crate::domain::{Field, cloze, safe};

use crate::cli::plain::read_line;
use crate::cli::render::{interval, plural};
use crate::cli::{Desk, Result};
use crate::error::Error;

/// Notes that are read out at a time.
const PAGE: usize = 20;

/// Notes that are listed at most.
const MOST: usize = 1_000;

/// Lists what matches a query; a number shows one note.
pub fn browse(desk: &mut Desk<'_>, session: &mut Session, query: &str) -> Result {
    let query = Query::parse(query)?;
    let (total, mut found) = desk.app.search(&query, Some(MOST), desk.now)?;
    desk.out.line(&plural(total, "note"))?;
    let mut told = page(desk, &found, 0)?;
    while !found.is_empty() {
        let more = if told < found.len() { "more, " } else { "" };
        let prompt = format!("Number of a note, {more}or nothing to go back: ");
        let Some(line) = read_line(desk, &prompt)? else { return Ok(()) };
        if line.is_empty() || line == "q" {
            return Ok(());
        }
        if matches!(line.as_str(), "more" | "m") {
            told = page(desk, &found, told)?;
            continue;
        }
        let number = line.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let Some(note) = number.and_then(|number| found.get(number)) else {
            desk.out.line(&format!("there are notes 1 to {}", found.len()))?;
            continue;
        };
        look(desk, session, note)?;
        // What was changed is seen as it is now, under the number it had.
        let ids: Vec<_> = found.iter().map(|note| note.id).collect();
        let (_, fresh) = desk.app.search(&query, Some(MOST), desk.now)?;
        for note in fresh {
            if let Some(at) = ids.iter().position(|id| *id == note.id) {
                found[at] = note;
            }
        }
    }
    Ok(())
}

/// Reads out the next notes; returns how many were read out then.
fn page(desk: &mut Desk<'_>, found: &[FoundNote], from: usize) -> Result<usize> {
    let notes = found.iter().enumerate().skip(from).take(PAGE);
    for (nth, note) in notes.clone() {
        let (front, back) = (cloze::plain(&note.fields.front), &note.fields.back);
        let line = format!("{}. {front} = {back}, deck {}", nth + 1, note.deck);
        desk.out.line(&safe::line(&line))?;
    }
    let told = from + notes.count();
    if told < found.len() {
        desk.out.line(&format!("{} more", plural(found.len() - told, "note")))?;
    }
    Ok(told)
}

/// Shows a note and does with it what is told.
fn look(desk: &mut Desk<'_>, session: &mut Session, note: &FoundNote) -> Result {
    tell(desk, note)?;
    loop {
        let prompt = "edit FIELD TEXT, suspend, unsuspend, or nothing to go back: ";
        let Some(line) = read_line(desk, prompt)? else { return Ok(()) };
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((&line, ""));
        let done = match word.to_lowercase().as_str() {
            "" | "q" => return Ok(()),
            "edit" | "e" => edit(desk, session, note, rest.trim()),
            "suspend" | "s" => set_aside(desk, session, note, CardDeed::Suspend),
            "unsuspend" | "u" => set_aside(desk, session, note, CardDeed::Unsuspend),
            _ => desk.out.line("give edit, suspend, unsuspend, or nothing"),
        };
        match done {
            // Said here, so that the note stays open.
            Err(crate::cli::Stop::Failed(error)) => desk.out.line(&error.render())?,
            done => done?,
        }
    }
}

fn tell(desk: &mut Desk<'_>, note: &FoundNote) -> Result {
    for field in Field::ALL {
        let text = note.fields.text(field);
        if !text.is_empty() {
            desk.out.line(&safe::line(&format!("{}: {text}", field.name())))?;
        }
    }
    desk.out.line(&safe::line(&format!("deck: {}", note.deck)))?;
    for card in &note.cards {
        let due = match card.state.due {
            Some(due) => format!("due {due}, every {}", interval(card.state.interval_d)),
            None => "new".to_owned(),
        };
        let suspended = if card.state.suspended.is_some() { ", suspended" } else { "" };
        desk.out.line(&format!("card {}: {due}{suspended}", card.slot))?;
    }
    Ok(())
}

/// Changes a field: `back public library`, or `back` alone, and the text is asked for.
fn edit(desk: &mut Desk<'_>, session: &mut Session, note: &FoundNote, rest: &str) -> Result {
    let (name, text) = rest.split_once(['=', ' ']).unwrap_or((rest, ""));
    let field: Field = name.to_lowercase().parse().map_err(Error::Invalid)?;
    let text = match text.trim() {
        "" => match read_line(desk, &format!("New {}: ", field.name()))? {
            Some(text) => text,
            None => return Ok(()),
        },
        text => text.to_owned(),
    };
    let is_changed = desk.app.edit_in(session, note.id, &[(field, text)], desk.now)?;
    desk.out.line(if is_changed { "changed" } else { "nothing changed" })
}

/// Suspends every card of the note, or puts them back.
fn set_aside(
    desk: &mut Desk<'_>,
    session: &mut Session,
    note: &FoundNote,
    deed: CardDeed,
) -> Result {
    let chosen = [Chosen { note: note.id, cards: None }];
    let change = desk.app.bulk_in(session, &chosen, &Bulk::Cards(deed), desk.now)?;
    let what = if deed == CardDeed::Suspend { "suspended" } else { "put back" };
    desk.out.line(&format!("{} {what}", plural(change.cards.len(), "card")))
}
