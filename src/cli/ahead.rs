//! `catch-up`, `vacation`: plans for the days ahead, shown before they are chosen.

use serde_json::{Value, json};

use crate::app::{CatchUpPreview, Wish};
use crate::config::{Fault, set_key, unset_key};
use crate::domain::Period;
use crate::sched::backlog::{CatchUp, Outlook};
use crate::session::home::{Backlog, Origin, outlook_words};
use crate::tui::configuration;

use super::args::{CatchUpArgs, VacationArgs};
use super::question::{can_ask, confirmed};
use super::render::plural;
use super::{Desk, Result};

/// Days of work that are listed before the rest is left out.
const LISTED: usize = 18;
/// After how many days a backlog may be clear, where nothing was asked for.
const WEEKS: [i32; 3] = [7, 14, 28];

pub fn catch_up(desk: &mut Desk<'_>, args: &CatchUpArgs) -> Result {
    if args.clear {
        change(desk, |text| {
            let names = ["catch_up_per_day", "catch_up_until", "catch_up_with_new"];
            names.iter().try_fold(text.to_owned(), |text, name| unset_key(&text, name))
        })?;
        let done = json!({ "plan": null });
        return told(desk, &done, "no backlog is worked off by a plan any more");
    }
    let wish = match (args.per_day, args.until) {
        (Some(per_day), _) => Wish::PerDay(per_day),
        (None, Some(last)) => Wish::Until(last),
        (None, None) => return standing(desk),
    };
    let preview = desk.app.catch_up_preview(wish, desk.now)?;
    let is_needed = preview.overdue.saturating_add(preview.due) > preview.per_day;
    if !desk.out.is_json() {
        show(desk, &preview)?;
        if !is_needed {
            return desk.out.info("all of it fits in a day: no plan is needed");
        }
    }
    let is_chosen = is_needed && chosen(desk, args.yes, "Work it off like this?")?;
    if is_chosen {
        let plan = [
            ("catch_up_per_day", Some(preview.per_day.to_string())),
            ("catch_up_until", args.until.map(|last| last.to_string())),
            ("catch_up_with_new", args.with_new.then(|| true.to_string())),
        ];
        change(desk, |text| {
            plan.iter().try_fold(text.to_owned(), |text, (name, value)| match value {
                Some(value) => set_key(&text, name, value),
                None => unset_key(&text, name),
            })
        })?;
    }
    let new = if args.with_new { "new cards come as well" } else { "new cards wait" };
    let done = format!("at most {} a day from now on; {new}", plural(preview.per_day, "due card"));
    finish(desk, &shape(&preview), is_chosen, &done)
}

/// Says how the backlog stands and which paces would do.
fn standing(desk: &mut Desk<'_>) -> Result {
    let now = desk.now;
    let clear_within = |days: i32| {
        // There is none where all these days are off.
        let preview = desk.app.catch_up_preview(Wish::Until(now.day.shift(days - 1)), now).ok()?;
        Some((days, preview))
    };
    let paces: Vec<(i32, CatchUpPreview)> = WEEKS.into_iter().filter_map(clear_within).collect();
    let all = desk.app.catch_up_preview(Wish::PerDay(0), now)?;
    let plan = desk.app.config().catch_up;
    if desk.out.is_json() {
        let paces: Vec<Value> = paces
            .iter()
            .map(|(days, preview)| json!({ "days": days, "per_day": preview.per_day }))
            .collect();
        return desk.out.json(&json!({
            "overdue": all.overdue, "due": all.due, "plan": plan_shape(&plan), "paces": paces,
        }));
    }
    desk.out.line(&format!("{} overdue, {} due today", all.overdue, all.due))?;
    if let Some(planned) = desk.app.planned(now)? {
        desk.out.line(&planned.words(now.day))?;
    }
    if all.overdue == 0 {
        return Ok(());
    }
    for (days, preview) in paces {
        let weeks = plural((days / 7).unsigned_abs(), "week");
        desk.out.line(&format!("{} a day: clear within {weeks}", preview.per_day))?;
    }
    desk.out.info("`termdeck catch-up --per-day N` shows a pace day by day")
}

fn show(desk: &mut Desk<'_>, preview: &CatchUpPreview) -> Result {
    let CatchUpPreview { overdue, due, per_day, outlook, days } = preview;
    desk.out.line(&format!("{overdue} overdue, {due} due today; {per_day} a day:"))?;
    desk.out.line(&format!("{:<12} {:>6} {:>6} {:>6}", "day", "due", "done", "left"))?;
    let hidden = days.len().saturating_sub(LISTED + 1);
    for (nth, (day, work)) in days.iter().enumerate() {
        if nth == LISTED && hidden > 0 {
            desk.out.line(&format!("... {} more", plural(hidden, "day")))?;
        }
        if nth < LISTED || nth + 1 == days.len() {
            let off = if desk.app.config().calendar.is_off(*day) { "  day off" } else { "" };
            let (comes, done, left) = (work.comes, work.done, work.left);
            desk.out.line(&format!("{day:<12} {comes:>6} {done:>6} {left:>6}{off}"))?;
        }
    }
    desk.out.line(&outlook_words(*outlook, desk.now.day))
}

fn shape(preview: &CatchUpPreview) -> Value {
    let days = preview.days.iter().map(|(day, work)| {
        json!({ "day": day, "due": work.comes, "done": work.done, "left": work.left })
    });
    let clear = match preview.outlook {
        Outlook::Clear { .. } => preview.days.last().map(|(day, _)| *day),
        Outlook::Grows { .. } => None,
    };
    json!({
        "overdue": preview.overdue,
        "due": preview.due,
        "per_day": preview.per_day,
        "clear": clear,
        "days": days.collect::<Vec<_>>(),
    })
}

fn plan_shape(plan: &CatchUp) -> Value {
    json!({ "per_day": plan.per_day, "until": plan.until, "with_new": plan.with_new })
}

pub fn vacation(desk: &mut Desk<'_>, args: &VacationArgs) -> Result {
    let mut away = desk.app.config().calendar.away.clone();
    if args.clear {
        let today = desk.now.day;
        away.retain(|period| match args.days {
            Some(days) => *period != days,
            // What is over keeps the streak.
            None => period.to < today,
        });
        put(desk, &away)?;
        return told(
            desk,
            &json!({ "vacation": periods(&away) }),
            "these days are days like others",
        );
    }
    let Some(days) = args.days else {
        if desk.out.is_json() {
            return desk.out.json(&json!({ "vacation": periods(&away) }));
        }
        if away.is_empty() {
            return desk.out.info("no vacation is planned");
        }
        return away.iter().try_for_each(|period| desk.out.line(&period.to_string()));
    };
    let preview = desk.app.vacation_preview(days, desk.now)?;
    if !desk.out.is_json() {
        let Period { from, to } = days;
        let (off, due) = (plural(preview.days, "day"), plural(preview.due, "card"));
        desk.out.line(&format!("{off} off, {from} to {to}; {due} due when they end"))?;
        let Backlog { overdue, pace, origin } =
            Backlog { overdue: preview.due, pace: preview.pace, origin: Origin::Days };
        if overdue > 0 {
            let words = Backlog { overdue, pace, origin }.words(preview.back);
            desk.out.line(&format!("back on {}: {words}", preview.back))?;
        }
        desk.out.line("the streak lasts; fuzz and balance avoid these days; nothing else moves")?;
    }
    let is_chosen = chosen(desk, args.yes, "Take these days off?")?;
    if is_chosen && !away.contains(&days) {
        away.push(days);
        put(desk, &away)?;
    }
    let found = json!({
        "vacation": periods(&away), "days": preview.days, "due": preview.due, "back": preview.back,
    });
    finish(desk, &found, is_chosen, "these days are off")
}

fn periods(away: &[Period]) -> Vec<String> {
    away.iter().map(Period::to_string).collect()
}

/// Writes the vacations to the configuration.
fn put(desk: &Desk<'_>, away: &[Period]) -> Result {
    change(desk, |text| match away {
        [] => unset_key(text, "vacation"),
        away => set_key(text, "vacation", &periods(away).join(" ")),
    })
}

fn change(desk: &Desk<'_>, edit: impl FnOnce(&str) -> Result<String, Fault>) -> Result {
    Ok(configuration::change(&desk.config_path, edit)?)
}

/// Whether a plan that was shown is chosen: it was said, or the learner says so now.
fn chosen(desk: &mut Desk<'_>, yes: bool, question: &str) -> Result<bool> {
    Ok(yes || (can_ask(desk) && confirmed(desk, question)?))
}

/// Says what came of a plan that was shown.
fn finish(desk: &mut Desk<'_>, shape: &Value, is_chosen: bool, done: &str) -> Result {
    let mut shape = shape.clone();
    shape["chosen"] = json!(is_chosen);
    let words = if is_chosen { done } else { "nothing is changed; --yes chooses it" };
    told(desk, &shape, words)
}

fn told(desk: &mut Desk<'_>, shape: &Value, words: &str) -> Result {
    if desk.out.is_json() { desk.out.json(shape) } else { desk.out.info(words) }
}
