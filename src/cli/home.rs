//! Home line by line: a conversation for screen readers and pipes.
//!
//! Every line says one thing, numbers first; every prompt ends in a colon. The end of
//! the input ends the conversation, whatever was asked.

mod browse;
mod import;

use std::io::{BufRead, IsTerminal};

use crate::app::{FrontMemory, Session, Typed};
use crate::config;
use crate::domain::note::tags;
use crate::domain::text::fold;
use crate::domain::{DeckName, Field, Fields, safe};
use crate::error::Error;
use crate::session::home::{Scope, SessionRequest};

use crate::tui::configuration;

use super::args::ConfigAction;
use super::cards::{scope, warn_of_clock};
use super::plain::{self, read_line};
use super::render::plural;
use super::simulate::{self, SimulateArgs};
use super::stats::{self, Span};
use super::{Desk, Result, Stop, leeches, render, settings};

/// Every command, what it takes, and what it does.
const COMMANDS: [(&str, &str); 15] = [
    ("review [DECK]", "review what is due and learn new cards; DECK is a name or a number"),
    ("practise [DECK]", "practise ahead of time; no schedule changes"),
    ("decks", "the decks with what is to do"),
    ("import FILE", "import a deck file, a folder, or sample:NAME"),
    ("samples", "the sample decks"),
    ("add", "add a note"),
    ("undo", "take back the newest change of a note or its cards"),
    ("redo", "make that change again"),
    ("browse QUERY", "find notes, look at them, change them"),
    ("stats [DECK]", "the statistics"),
    ("simulate [DECK]", "what the coming year brings"),
    ("leeches [DECK]", "the cards that keep being forgotten, and why"),
    ("settings [KEY VALUE]", "every setting, or change one"),
    ("help", "this list"),
    ("quit", "leave; so does the end of the input"),
];

/// Days that the statistics look back.
const STATS_DAYS: u32 = 30;

/// Whether a conversation is wanted: it was asked for, or something stands on the
/// standard input and nobody looks at a screen.
pub fn is_wanted(desk: &Desk<'_>) -> bool {
    let input = std::io::stdin();
    // A standard input that cannot be read says nothing.
    let says_something = || input.lock().fill_buf().is_ok_and(|bytes| !bytes.is_empty());
    desk.globals.plain || (!input.is_terminal() && says_something())
}

/// Converses until `quit` or the end of the input. What is to do was said before.
pub fn converse(desk: &mut Desk<'_>) -> Result {
    warn_of_clock(desk)?;
    let streak = desk.app.streak(desk.now.day)?;
    if streak > 0 {
        desk.out.line(&format!("{} in a row", plural(streak as usize, "day")))?;
    }
    if let Some(notice) = desk.app.overview(desk.now)?.notice {
        desk.out.line(&notice.words(desk.now.day))?;
    }
    let has_decks = !desk.app.deck_names()?.is_empty();
    if has_decks {
        decks(desk)?;
    } else {
        desk.out.line("to begin: import FILE, import sample:spanish-everyday, or add")?;
    }
    desk.out.line("help lists the commands")?;
    let mut session = Session::default();
    while let Some(line) = read_line(desk, "Command: ")? {
        desk.now = desk.clock.now();
        match command(desk, &line, &mut session) {
            Ok(true) => {}
            Ok(false) => break,
            // One command that failed is no reason to leave.
            Err(Stop::Failed(error)) => desk.out.line(&error.render())?,
            Err(Stop::Usage(what)) => desk.out.line(&safe::lines(&format!("error: {what}")))?,
            Err(stop) => return Err(stop),
        }
    }
    Ok(())
}

/// Carries a command out; `false` when it was the last one.
fn command(desk: &mut Desk<'_>, line: &str, session: &mut Session) -> Result<bool> {
    // The commands that are offered after a review are those of the shell.
    let line = line.trim().strip_prefix("termdeck ").unwrap_or(line).trim();
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    match fold(word).as_str() {
        "" => {}
        "quit" | "q" | "exit" | ":q" => return Ok(false),
        "help" | "?" => help(desk)?,
        "decks" | "home" => decks(desk)?,
        "review" | "practise" | "practice" => {
            let cram = !word.to_lowercase().starts_with('r');
            let scope = deck(desk, rest)?;
            plain::review(desk, &SessionRequest { scope, cram, ..SessionRequest::default() })?;
        }
        "import" if rest.is_empty() => return usage(desk, "import FILE", "FILE is missing"),
        "import" => import::import(desk, rest)?,
        "samples" => super::samples::samples(desk.out)?,
        "add" => add(desk, session)?,
        "undo" => match desk.app.undo_step(session, desk.now)? {
            Some(undone) => desk.out.line(&safe::line(&format!("taken back: {}", undone.what)))?,
            None => desk.out.line("nothing to take back")?,
        },
        "redo" => match desk.app.redo_step(session, desk.now)? {
            Some(redone) => desk.out.line(&safe::line(&format!("done again: {}", redone.what)))?,
            None => desk.out.line("nothing to do again")?,
        },
        "browse" | "search" | "find" => browse::browse(desk, session, rest)?,
        "stats" | "statistics" => {
            let deck = deck_name(desk, rest)?;
            stats::stats(desk, deck.as_deref(), Span::Days(STATS_DAYS))?;
        }
        "simulate" => {
            let deck = deck_name(desk, rest)?;
            simulate::simulate(desk, &SimulateArgs::year_of(deck))?;
        }
        "leeches" => leeches::leeches(desk, deck_name(desk, rest)?.as_deref())?,
        "settings" | "config" | "set" => configure(desk, rest)?,
        other => {
            let words = format!("no command {other}; help lists them");
            desk.out.line(&safe::line(&words))?;
        }
    }
    Ok(true)
}

fn usage(desk: &mut Desk<'_>, how: &str, what: &str) -> Result<bool> {
    desk.out.line(&format!("{what}: {how}"))?;
    Ok(true)
}

fn help(desk: &mut Desk<'_>) -> Result {
    for (how, what) in COMMANDS {
        desk.out.line(&format!("{how}: {what}"))?;
    }
    Ok(())
}

/// Lists the decks with their numbers; a deck's counts hold those below it.
fn decks(desk: &mut Desk<'_>) -> Result {
    let home = desk.app.overview(desk.now)?;
    // Numbered as `deck` understands it.
    let names = desk.app.deck_names()?;
    for (nth, name) in names.iter().enumerate() {
        let Some(line) = home.decks.iter().find(|line| line.name == *name) else { continue };
        desk.out.line(&format!(
            "{}. {}: {}, {}",
            nth + 1,
            safe::line(line.name.as_str()),
            render::counts(line.counts),
            plural(line.notes as usize, "note")
        ))?;
    }
    let (decks, total) = (plural(names.len(), "deck"), render::counts(home.total));
    desk.out.line(&format!("{decks}, {total} in all"))
}

/// Returns the deck that a name or its number in the list means; empty means all.
fn deck(desk: &Desk<'_>, text: &str) -> Result<Scope> {
    if text.is_empty() {
        return Ok(Scope::All);
    }
    let names = desk.app.deck_names()?;
    let is_name = names.iter().any(|name| name.as_str() == text);
    let number = text.parse::<usize>().ok().filter(|_| !is_name);
    match number.and_then(|number| names.get(number.checked_sub(1)?)) {
        Some(name) => Ok(Scope::Deck(name.clone())),
        None => scope(desk, Some(text)),
    }
}

/// Asks for a note field by field and adds it, unless there is no front or no more
/// input.
fn add(desk: &mut Desk<'_>, session: &mut Session) -> Result {
    let Some(deck) = read_line(desk, "Deck, empty for Default: ")? else { return Ok(()) };
    let deck = if deck.is_empty() { "Default".to_owned() } else { deck };
    let deck: DeckName = deck.parse().map_err(|error| Error::Invalid(format!("{error}")))?;
    let mut fields = Fields::default();
    for field in [Field::Front, Field::Back, Field::Reading, Field::Note, Field::Tags] {
        let name = field.name();
        let (first, rest) = name.split_at(1);
        let prompt = format!("{}{rest}: ", first.to_uppercase());
        let Some(text) = read_line(desk, &prompt)? else { return Ok(()) };
        if field == Field::Front {
            if text.is_empty() {
                return desk.out.line("nothing added");
            }
            tell_twins(desk, &deck, &text)?;
        }
        match field {
            Field::Tags => fields.tags = tags(text.split_whitespace()),
            field => fields.set(field, &text),
        }
    }
    let added = desk.app.write_in(session, deck, fields, desk.now)?;
    let cards = plural(added.cards, "card");
    let deck = safe::line(added.deck.as_str()).into_owned();
    desk.out.line(&format!("{cards} added to {deck}; undo takes that back"))
}

/// Says so where there are notes with this front.
fn tell_twins(desk: &mut Desk<'_>, deck: &DeckName, front: &str) -> Result {
    let typed = Typed { deck: Some(deck.clone()), note: None, front: front.to_owned() };
    let mut memory = FrontMemory::default();
    let twins = loop {
        let twins = desk.app.twins(&mut memory, &typed)?;
        if twins.is_whole {
            break twins;
        }
    };
    twins.told().iter().try_for_each(|line| desk.out.line(&safe::line(line)))
}

/// Lists every setting, or changes one.
fn configure(desk: &mut Desk<'_>, rest: &str) -> Result {
    let path = desk.config_path.clone();
    let rest = rest.strip_prefix("set ").unwrap_or(rest).trim();
    if rest.is_empty() {
        return settings::config(None, &path, desk.out);
    }
    let Some((key, value)) = rest.split_once(['=', ' ']) else {
        return usage(desk, "settings KEY VALUE", "VALUE is missing").map(drop);
    };
    let (key, value) = (key.trim().to_owned(), value.trim_matches(['=', ' ']).to_owned());
    settings::config(Some(&ConfigAction::Set { key, value }), &path, desk.out)?;
    let (config, _) = configuration::judged(&path, &config::read(&path)?);
    desk.clock.roll_over_at(config.rollover_hour);
    desk.app.configure(config);
    Ok(())
}

/// Returns the name of a deck that is named or given by its number; `None` for all.
fn deck_name(desk: &Desk<'_>, rest: &str) -> Result<Option<String>> {
    Ok(match deck(desk, rest)? {
        Scope::Deck(name) => Some(name.to_string()),
        _ => None,
    })
}
