//! `catch-up`, `vacation`: plans for the days ahead, shown before they are chosen.

use clap::{ArgGroup, Args};
use serde_json::{Value, json};

use crate::app::{CatchUpPreview, Wish};
use crate::config::{Config, Fault, set_key, unset_key};
use crate::domain::{Day, Period};
use crate::error::Error;
use crate::sched::backlog::{CatchUp, Outlook};
use crate::session::home::{Backlog, Origin, outlook_words};
use crate::tui::configuration;

use super::question::{can_ask, confirmed};
use super::render::plural;
use super::{Desk, Result};

/// Days of work that are listed before the rest is left out.
const LISTED: usize = 18;
/// After how many days a backlog may be clear, where nothing was asked for.
const WEEKS: [i32; 3] = [7, 14, 28];

/// What `catch-up --help` says beside the options.
const CATCH_UP_HELP: &str = "Example:\n  termdeck catch-up --per-day 40
\nShows day by day what a pace comes to, then asks. While more is due than the pace,
at most so many due cards come a day, the most overdue for their intervals first, and
new ones wait (fresh_per_day of them do not). It ends by itself when all that is due
fits in a day. Cards that return because they are answered meanwhile are not foreseen.
Without options it says how the backlog stands. Where nobody can be asked, --yes is
needed: without it the pace is only shown, and the exit status is 1.
\nWith --json, one object. Without options: {overdue, due, plan: {per_day, until, with_new},
  paces: [{within_days, per_day}]}; with a pace: {overdue, due, per_day, clear: the last
  day or null, days: [{day, due, done, left}], chosen}; with --clear: {plan: null}";

/// What `vacation --help` says beside the options.
const VACATION_HELP: &str = "Example:\n  termdeck vacation 2026-12-20..2027-01-03
\nShows what will wait when you are back, then asks. Without days it lists them. Of a
vacation that has begun, --clear takes back the days from today on. Where nobody can be
asked, --yes is needed: without it nothing is changed, and the exit status is 1.
\nWith --json, one object: {vacation: [\"FROM..TO\"]}, all that are planned or over; with
  days also {days_off, due, back, chosen}: how many days they are, the cards that are
  due when they end, the first day after them";

#[derive(Debug, Args)]
#[command(
    after_help = CATCH_UP_HELP,
    group = ArgGroup::new("plan").args(["per_day", "until", "clear"]),
)]
pub struct CatchUpArgs {
    /// Due cards a day
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub per_day: Option<u32>,
    /// As many a day as it takes until then; the plan ends on that day
    #[arg(long, value_name = "DATE")]
    pub until: Option<Day>,
    /// New cards come all the same
    #[arg(long, requires = "plan", conflicts_with = "clear")]
    pub with_new: bool,
    /// End the plan
    #[arg(long)]
    pub clear: bool,
    /// Choose it without asking
    #[arg(short, long, requires = "plan")]
    pub yes: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = VACATION_HELP,
    group = ArgGroup::new("change").args(["days", "clear"]).multiple(true),
)]
pub struct VacationArgs {
    /// The first and the last day off
    #[arg(value_name = "FROM..TO")]
    pub days: Option<Period>,
    /// Take these days back, or all that are not over
    #[arg(long)]
    pub clear: bool,
    /// Choose them without asking
    #[arg(short, long, requires = "change")]
    pub yes: bool,
}

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
    if !desk.out.is_json() {
        show(desk, &preview)?;
        if !preview.is_needed {
            return desk.out.info("all of it fits in a day: no plan is needed");
        }
    }
    let choice = if preview.is_needed {
        chosen(desk, args.yes, "Work it off like this?")?
    } else {
        Choice::No
    };
    if choice == Choice::Yes {
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
    finish(desk, shape(&preview), choice, &done)
}

/// Says how the backlog stands and which paces would do.
fn standing(desk: &mut Desk<'_>) -> Result {
    let now = desk.now;
    let clear_within = |days: i32| {
        // There is none where all these days are off.
        let preview = desk.app.catch_up_preview(Wish::Until(now.day.shift(days - 1)), now).ok()?;
        Some((days, preview))
    };
    let mut paces: Vec<(i32, CatchUpPreview)> =
        WEEKS.into_iter().filter_map(clear_within).collect();
    // A longer time that asks for no less a day is no choice.
    paces.dedup_by_key(|(_, preview)| preview.per_day);
    let all = desk.app.catch_up_preview(Wish::PerDay(0), now)?;
    let plan = desk.app.config().catch_up;
    if desk.out.is_json() {
        let paces: Vec<Value> = paces
            .iter()
            .map(|(days, preview)| json!({ "within_days": days, "per_day": preview.per_day }))
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
    let CatchUpPreview { overdue, due, per_day, outlook, days, .. } = preview;
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
            let day = day.to_string();
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
    let today = desk.now.day;
    match args.days {
        days if args.clear => clear(desk, days, today),
        Some(days) => take_off(desk, days, args.yes),
        None => {
            let away = &desk.app.config().calendar.away;
            if desk.out.is_json() {
                return desk.out.json(&json!({ "vacation": periods(away) }));
            }
            if away.is_empty() {
                return desk.out.info("no vacation is planned");
            }
            away.iter().try_for_each(|period| desk.out.line(&period.to_string()))
        }
    }
}

/// Takes one vacation back, or all that are not over. The days of one that has begun keep
/// the streak.
fn clear(desk: &mut Desk<'_>, days: Option<Period>, today: Day) -> Result {
    if let Some(days) = days
        && !desk.app.config().calendar.away.contains(&days)
    {
        return Err(Error::NotFound { what: "vacation", id: days.to_string() }.into());
    }
    let is_cleared = |period: &Period| days.map_or(period.to >= today, |days| *period == days);
    let had = |period: Period| {
        let has_begun = period.from < today && period.holds(today);
        has_begun.then(|| Period { to: today.shift(-1), ..period })
    };
    let away = replan(desk, |away| {
        let left = |period| if is_cleared(&period) { had(period) } else { Some(period) };
        away.into_iter().filter_map(left).collect()
    })?;
    told(desk, &json!({ "vacation": periods(&away) }), "these days are days like others")
}

/// Shows what some days off come to, and plans them where that is wanted.
fn take_off(desk: &mut Desk<'_>, days: Period, yes: bool) -> Result {
    let preview = desk.app.vacation_preview(days, desk.now)?;
    if !desk.out.is_json() {
        let Period { from, to } = days;
        let (off, due) = (plural(preview.days, "day"), plural(preview.due, "card"));
        desk.out.line(&format!("{off} off, {from} to {to}; {due} due when they end"))?;
        if preview.due > 0 {
            let backlog =
                Backlog { overdue: preview.due, pace: preview.pace, origin: Origin::Days };
            let words = backlog.words(preview.back);
            desk.out.line(&format!("back on {}: {words}", preview.back))?;
        }
        desk.out.line("the streak lasts; fuzz and balance avoid these days; nothing else moves")?;
    }
    let choice = chosen(desk, yes, "Take these days off?")?;
    let away = match choice {
        Choice::Yes => replan(desk, |mut away| {
            if !away.contains(&days) {
                away.push(days);
            }
            away
        })?,
        Choice::No | Choice::NotAsked => desk.app.config().calendar.away.clone(),
    };
    let found = json!({
        "vacation": periods(&away),
        "days_off": preview.days,
        "due": preview.due,
        "back": preview.back,
    });
    finish(desk, found, choice, "these days are off")
}

fn periods(away: &[Period]) -> Vec<String> {
    away.iter().map(Period::to_string).collect()
}

/// Changes the vacations in the configuration as it is now; returns what they are then.
fn replan(desk: &Desk<'_>, edit: impl FnOnce(Vec<Period>) -> Vec<Period>) -> Result<Vec<Period>> {
    let mut away = Vec::new();
    change(desk, |text| {
        // Another program may have planned one while this one asked.
        away = edit(Config::parse(text).0.calendar.away);
        match away.as_slice() {
            [] => unset_key(text, "vacation"),
            away => set_key(text, "vacation", &periods(away).join(" ")),
        }
    })?;
    Ok(away)
}

fn change(desk: &Desk<'_>, edit: impl FnOnce(&str) -> Result<String, Fault>) -> Result {
    Ok(configuration::change(&desk.config_path, edit)?)
}

/// What the learner says to a plan that was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    Yes,
    No,
    /// Nobody is there to be asked.
    NotAsked,
}

fn chosen(desk: &mut Desk<'_>, yes: bool, question: &str) -> Result<Choice> {
    if yes {
        Ok(Choice::Yes)
    } else if !can_ask(desk) {
        Ok(Choice::NotAsked)
    } else if confirmed(desk, question)? {
        Ok(Choice::Yes)
    } else {
        Ok(Choice::No)
    }
}

/// Says what came of a plan that was shown.
fn finish(desk: &mut Desk<'_>, mut shape: Value, choice: Choice, done: &str) -> Result {
    shape["chosen"] = json!(choice == Choice::Yes);
    match choice {
        Choice::Yes => told(desk, &shape, done),
        Choice::No => told(desk, &shape, "nothing is changed"),
        Choice::NotAsked => {
            if desk.out.is_json() {
                desk.out.json(&shape)?;
            }
            Err(Error::NotChosen.into())
        }
    }
}

fn told(desk: &mut Desk<'_>, shape: &Value, words: &str) -> Result {
    if desk.out.is_json() { desk.out.json(shape) } else { desk.out.info(words) }
}
