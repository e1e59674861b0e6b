//! `decks`.

use serde_json::json;

use crate::app::{Change, Turning};
use crate::domain::safe;

use super::args::DecksAction;
use super::question::{can_ask, confirmed};
use super::render::{moves, plural};
use super::{Desk, Result, Stop};

/// What `--help` of `set` says beside the options.
pub const SET_HELP: &str =
    "Example:\n  termdeck decks set Chinese scheduler=fsrs desired_retention=0.9
\nAnother scheduler, desired_retention, parameters (21 numbers, as Anki shows them) or rules
plan all cards anew from the log: how many move is said first, and on a terminal asked.
Setting it back brings every card back to where it was.
\nWith --json: {notes, cards, kept, dry_run, effect: {added, suspended, lifted, moved, due}}";

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
        Some(DecksAction::Set { name, options, dry_run, yes }) => {
            let options = options
                .iter()
                .map(|option| {
                    option
                        .split_once('=')
                        .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
                        .ok_or_else(|| Stop::Usage(format!("`{option}` is not KEY=VALUE")))
                })
                .collect::<Result<Vec<_>>>()?;
            set(desk, name, &options, *dry_run, *yes)
        }
    }
}

/// Sets options, once it is said what that does to cards; who can be asked is asked
/// before cards move.
fn set(
    desk: &mut Desk<'_>,
    name: &str,
    options: &[(String, String)],
    dry_run: bool,
    yes: bool,
) -> Result {
    let turning = desk.app.turning(name, options, desk.now.day)?;
    if !desk.out.is_json() {
        for line in effects(&turning) {
            desk.out.info(&line)?;
        }
    }
    let asks = turning.moved > 0 && !yes && can_ask(desk);
    let change = if dry_run || asks && !confirmed(desk, "Set it?")? {
        desk.out.info_unless_json("nothing was changed")?;
        Change::default()
    } else {
        let change = desk.app.set_deck(name, options, desk.now)?;
        desk.out.info_unless_json("set")?;
        change
    };
    if desk.out.is_json() {
        let mut shape = json!(change);
        shape["dry_run"] = json!(dry_run);
        shape["effect"] = json!(turning);
        desk.out.json(&shape)?;
    }
    Ok(())
}

/// Says what other options do to cards, the number first.
fn effects(turning: &Turning) -> Vec<String> {
    let parts = [
        (turning.added, "added as new"),
        (turning.suspended, "suspended"),
        (turning.lifted, "brought back"),
    ];
    let said = parts.iter().filter(|(count, _)| *count > 0);
    let mut lines: Vec<String> =
        said.map(|(count, what)| format!("{} {what}", plural(*count, "card"))).collect();
    if turning.moved > 0 {
        lines.push(moves(turning));
    }
    lines
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
    Ok(())
}
