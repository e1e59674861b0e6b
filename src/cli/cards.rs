//! Commands about cards.

use serde_json::{Map, Value, json};

use crate::app::Query;
use crate::domain::{Grade, safe};
use crate::session::home::{Backlog, Notice, Scope, SessionRequest};
use crate::session::{Queue, Shown, hint};

use super::args::{SetDueArgs, Which};
use super::{Desk, Result, Stop, render};

/// Returns the scope that an optional deck name means.
pub fn scope(desk: &Desk<'_>, deck: Option<&str>) -> Result<Scope> {
    Ok(match deck {
        Some(name) => Scope::Deck(desk.app.find_deck(name)?),
        None => Scope::All,
    })
}

/// Says so where the clock is more than a day behind the log.
pub fn warn_of_clock(desk: &mut Desk<'_>) -> Result {
    if let Some(words) = clock_words(desk)? {
        desk.out.note(&format!("warning: {words}"));
    }
    Ok(())
}

/// Returns what is wrong with the clock: it is more than a day behind the log.
pub fn clock_words(desk: &Desk<'_>) -> Result<Option<String>> {
    let days = desk.app.days_behind(desk.now)?;
    Ok(days.map(|days| {
        format!("the clock is {} behind the newest answer", render::plural(days as usize, "day"))
    }))
}

pub fn next(desk: &mut Desk<'_>, deck: Option<&str>) -> Result {
    let request = SessionRequest { scope: scope(desk, deck)?, ..SessionRequest::default() };
    let session = desk.app.start(&request, desk.now)?;
    let next = desk.app.next(&session, desk.now)?;
    if desk.out.is_json() {
        let card = next.card.as_deref().map(|shown| card_shape(shown, desk));
        let outcomes = next.card.as_deref().map_or(Value::Null, outcomes);
        return desk
            .out
            .json(&json!({ "card": card, "outcomes": outcomes, "counts": next.counts }));
    }
    let Some(shown) = next.card else {
        return desk.out.line("nothing to do");
    };
    desk.out.line(&format!("{}  ({})", shown.card, queue_name(shown.queue)))?;
    desk.out.line(&format!("front: {}", safe::line(&shown.question)))?;
    desk.out.line(&format!("back:  {}", safe::line(&shown.answer)))?;
    for (_, grade, name) in shown.scale.buttons() {
        let outcome = render::outcome(shown.outcome(*grade));
        desk.out.line(&format!("  {} {name}: {outcome}", grade.raw()))?;
    }
    desk.out.line(&render::counts(next.counts))
}

fn card_shape(shown: &Shown, desk: &Desk<'_>) -> Value {
    json!({
        "id": shown.card,
        "note": shown.note,
        "deck": shown.deck,
        "direction": shown.slot.to_string(),
        "kind": shown.kind,
        "front": shown.fields.front,
        "back": shown.fields.back,
        "question": shown.question,
        "answer": shown.answer,
        "reading": shown.fields.reading,
        "hint": hint::hint(&shown.fields),
        "note_text": shown.fields.note,
        "example": shown.fields.example,
        "source": shown.fields.source,
        "tags": shown.fields.tags,
        "queue": shown.queue,
        "state": render::state(&shown.state, desk.now.day),
    })
}

fn outcomes(shown: &Shown) -> Value {
    let by_grade: Map<String, Value> = Grade::ALL
        .iter()
        .map(|grade| (grade.raw().to_string(), json!(shown.outcome(*grade))))
        .collect();
    Value::Object(by_grade)
}

/// Returns the word for a queue.
pub const fn queue_name(queue: Queue) -> &'static str {
    match queue {
        Queue::New => "new",
        Queue::Due => "due",
        Queue::Drill => "drill",
        Queue::Cram => "practice",
    }
}

pub fn answer(desk: &mut Desk<'_>, card: &str, grade: Grade, ms: u32, cram: bool) -> Result {
    warn_of_clock(desk)?;
    let answered = desk.app.answer(card, grade, ms, cram, desk.now)?;
    let counts = desk.app.counts(&Scope::All, desk.now)?;
    if desk.out.is_json() {
        return desk.out.json(&json!({
            "card": answered.card,
            "event": answered.event,
            "kind": answered.kind,
            "state": render::state(&answered.state, desk.now.day),
            "counts": counts,
        }));
    }
    let due = answered.state.due.map_or_else(String::new, |due| format!(", due {due}"));
    desk.out.info(&format!("{}{due}; {}", answered.kind, render::counts(counts)))
}

pub fn undo(desk: &mut Desk<'_>) -> Result {
    match desk.app.undo_answer(desk.now)? {
        Some(change) => desk.out.change(&change, "taken back"),
        None => nothing(desk, "no answer of this machine is left to take back"),
    }
}

pub fn redo(desk: &mut Desk<'_>) -> Result {
    match desk.app.redo_answer(desk.now)? {
        Some(change) => desk.out.change(&change, "brought back"),
        None => nothing(desk, "nothing was taken back since the last answer"),
    }
}

fn nothing(desk: &mut Desk<'_>, why: &str) -> Result {
    if desk.out.is_json() {
        desk.out.json(&crate::app::Change::default())?;
    }
    Err(Stop::Failed(crate::error::Error::Invalid(why.to_owned())))
}

/// What `due --help` says beside the options.
pub const DUE_HELP: &str = "Example:\n  termdeck due --exit-code || echo 'all done'
\nWith --json, one object: {new, due, drill}, cards that are left today; on a day of a vacation
  also vacation_until, its last day; while a backlog is worked off catch_up_per_day, the
  due cards a day";

pub fn due(desk: &mut Desk<'_>, deck: Option<&str>, exit_code: bool) -> Result {
    let scope = scope(desk, deck)?;
    let counts = desk.app.counts(&scope, desk.now)?;
    let planned = desk.app.planned(desk.now)?;
    if desk.out.is_json() {
        let mut shape = json!(counts);
        match planned {
            Some(Notice::Vacation(last)) => shape["vacation_until"] = json!(last),
            Some(Notice::Backlog(Backlog { pace: Some((pace, _)), .. })) => {
                shape["catch_up_per_day"] = json!(pace);
            }
            _ => {}
        }
        desk.out.json(&shape)?;
    } else {
        let planned = planned.map(|notice| format!("; {}", notice.words(desk.now.day)));
        let planned = planned.unwrap_or_default();
        desk.out.line(&format!("{}{planned}", render::counts(counts)))?;
    }
    // The drill is no reason to be called: it belongs to a session already begun.
    if exit_code && counts.due == 0 && counts.new == 0 { Err(Stop::Status(3)) } else { Ok(()) }
}

/// What is done to cards.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    Suspend,
    Unsuspend,
    Bury,
    Reset,
}

pub fn act(desk: &mut Desk<'_>, which: &Which, act: Act) -> Result {
    let cards = cards(desk, which)?;
    let (change, verb) = match act {
        Act::Suspend => (desk.app.suspend(&cards, desk.now)?, "suspended"),
        Act::Unsuspend => (desk.app.unsuspend(&cards, desk.now)?, "put back"),
        Act::Bury => (desk.app.bury(&cards, desk.now)?, "buried until tomorrow"),
        Act::Reset => (desk.app.reset(&cards, desk.now)?, "new again"),
    };
    desk.out.change(&change, verb)
}

pub fn set_due(desk: &mut Desk<'_>, args: &SetDueArgs) -> Result {
    let (which, day) = args.split(desk.now.day).map_err(Stop::Usage)?;
    let cards = cards(desk, &which)?;
    let change = desk.app.set_due(&cards, day, desk.now)?;
    desk.out.change(&change, &format!("due {day}"))
}

/// Returns the ids of the cards that are meant.
fn cards(desk: &Desk<'_>, which: &Which) -> Result<Vec<String>> {
    let Some(query) = &which.search else { return Ok(which.ids.clone()) };
    let query = Query::parse_for_change(query)?;
    let (_, notes) = desk.app.search(&query, None, desk.now)?;
    let cards = notes.iter().flat_map(|note| &note.cards).filter(|card| card.matches);
    Ok(cards.map(|card| card.id.to_string()).collect())
}
