//! `decks`.

use serde_json::json;

use crate::app::Change;
use crate::domain::safe;

use super::args::DecksAction;
use super::{Desk, Result, Stop};

pub fn decks(desk: &mut Desk<'_>, action: Option<&DecksAction>) -> Result {
    let now = desk.now;
    match action {
        None => list(desk),
        Some(DecksAction::Rename { from, to }) => {
            let change = desk.app.rename_deck(from, to, now)?;
            done(desk, &change, &format!("renamed to {}", safe::line(to.as_str())))
        }
        Some(DecksAction::Delete { name }) => {
            let change = desk.app.delete_deck(name, now)?;
            desk.out.change(&change, "deleted")
        }
        Some(DecksAction::Set { name, options }) => {
            let options = options
                .iter()
                .map(|option| {
                    option
                        .split_once('=')
                        .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
                        .ok_or_else(|| Stop::Usage(format!("`{option}` is not KEY=VALUE")))
                })
                .collect::<Result<Vec<_>>>()?;
            let change = desk.app.set_deck(name, &options, now)?;
            done(desk, &change, "set")
        }
    }
}

/// Says that a deck was changed; no note was.
fn done(desk: &mut Desk<'_>, change: &Change, what: &str) -> Result {
    if desk.out.is_json() { desk.out.json(change) } else { desk.out.info(what) }
}

fn list(desk: &mut Desk<'_>) -> Result {
    let lines = desk.app.deck_lines(desk.now.day)?;
    if desk.out.is_json() {
        return desk.out.json(&json!({ "decks": lines }));
    }
    if lines.is_empty() {
        return desk.out.info("no decks yet; `termdeck import FILE` makes one");
    }
    let several = lines.len() > 1;
    desk.out.line(&format!("{:>6} {:>6} {:>6} {:>7}  deck", "new", "due", "drill", "notes"))?;
    for line in lines {
        let counts = line.counts;
        desk.out.line(&format!(
            "{:>6} {:>6} {:>6} {:>7}  {}",
            counts.new,
            counts.due,
            counts.drill,
            line.notes,
            safe::line(line.name.as_str())
        ))?;
    }
    if several {
        let how = "`termdeck due DECK` counts those below it too, by every limit";
        desk.out.info(&format!("each deck by itself, up to its own limits; {how}"))?;
    }
    Ok(())
}
