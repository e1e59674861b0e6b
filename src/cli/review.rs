//! `termdeck`, `review` and `drill`: the full screen, or line by line.

use crate::app::{ImportOptions, Input};
use crate::config::Config;
use crate::domain::{DeckName, Uid, safe};
use crate::error::Error;
use crate::session::Counts;
use crate::session::home::{Pick, Scope, SessionRequest};
use crate::tui::desk::Desk as FullScreen;
use crate::tui::theme::Colors;
use crate::tui::{self, Left, Look, Start, TuiConfig};

use super::args::ReviewArgs;
use super::cards::{clock_words, scope, warn_of_clock};
use super::import::{counts_line, shape};
use super::places::places;
use super::progress::Progress;
use super::{Desk, Result, Stop, home, plain, render, safety, told_color};

/// `termdeck` alone. Returns where the full screen starts, if it is wanted; so do the others.
pub fn home(desk: &mut Desk<'_>, full_screen: bool) -> Result<Option<Start>> {
    if full_screen {
        return Ok(Some(Start::Home));
    }
    let counts = desk.app.counts(&Scope::All, desk.now)?;
    if desk.out.is_json() {
        desk.out.json(&counts)?;
        return Ok(None);
    }
    desk.out.line(&render::counts(counts))?;
    if home::is_wanted(desk) {
        home::converse(desk)?;
    } else {
        super::decks::decks(desk, None)?;
    }
    Ok(None)
}

/// `review`.
pub fn review(desk: &mut Desk<'_>, args: &ReviewArgs, full_screen: bool) -> Result<Option<Start>> {
    let request = SessionRequest {
        scope: scope(desk, args.deck.as_deref())?,
        typed: args.typed,
        cram: args.cram || args.weakest.is_some(),
        pick: args.weakest.map_or(Pick::Soonest, Pick::Weakest),
        new: args.new,
        limit: args.limit,
    };
    warn_of_clock(desk)?;
    if desk.out.is_json() {
        let counts = first_counts(desk, &request)?;
        desk.out.json(&serde_json::json!({ "counts": counts }))?;
        return Ok(None);
    }
    if full_screen {
        return Ok(Some(Start::Review(request)));
    }
    plain::review(desk, &request).map(|()| None)
}

/// Returns what a session would begin with, for scripts: they answer with `answer`.
fn first_counts(desk: &Desk<'_>, request: &SessionRequest) -> Result<Counts> {
    let session = desk.app.start(request, desk.now)?;
    Ok(desk.app.next(&session, desk.now)?.counts)
}

/// `drill`: import, then review what the files hold.
pub fn drill(
    desk: &mut Desk<'_>,
    files: &[String],
    deck: Option<DeckName>,
    new: Option<u32>,
    full_screen: bool,
) -> Result<Option<Start>> {
    let options = ImportOptions { deck, ..ImportOptions::default() };
    let mut notes: Vec<Uid> = Vec::new();
    let mut shapes = Vec::new();
    let mut said = Vec::new();
    let mut progress = Progress::new(desk.globals.quiet);
    for place in places(files)? {
        let bytes = place.read()?;
        let input = Input { path: &place.path, bytes: &bytes };
        let shown = safe::line(&place.path).into_owned();
        if let Some((_, known)) = desk.app.known_import(input, &options)?
            && !desk.out.is_json()
        {
            notes.extend(known);
            let line = format!("{shown}: nothing new");
            if full_screen {
                said.push(line);
            } else {
                desk.out.info(&line)?;
            }
            continue;
        }
        let plan = progress.during(|watch| desk.app.plan(input, &options, watch))?;
        let done = progress.during(|watch| desk.app.apply(&plan, desk.now, watch))?;
        shapes.push(shape(&plan, false));
        let line = format!("{shown}: {}", counts_line(&plan.counts()));
        if full_screen {
            said.push(line);
        } else {
            desk.out.info_unless_json(&line)?;
        }
        notes.extend(done.notes);
    }
    if notes.is_empty() && !desk.out.is_json() {
        return Err(Error::Invalid("these files hold no pair to drill".to_owned()).into());
    }
    let new = match new {
        Some(new) => new,
        None => desk.app.new_per_day(&notes)?,
    };
    let scope = Scope::Notes(notes);
    let request = SessionRequest { scope, new: Some(new), ..SessionRequest::default() };
    warn_of_clock(desk)?;
    if desk.out.is_json() {
        let counts = first_counts(desk, &request)?;
        desk.out.json(&serde_json::json!({ "files": shapes, "counts": counts }))?;
        return Ok(None);
    }
    if full_screen {
        return Ok(Some(Start::Drill(request, said.join("; "))));
    }
    plain::review(desk, &request).map(|()| None)
}

/// Shows the full screen until the learner leaves it.
pub fn show(desk: Desk<'_>, start: Start) -> Result {
    let config = desk.app.config();
    let wrong = match explanation(&desk.wrong) {
        Some(wrong) => Some(wrong),
        None => clock_words(&desk)?,
    };
    let settings = TuiConfig {
        look: Look::of(config, colors(config, told_color(desk.globals))),
        mouse: config.mouse,
        wrong,
    };
    let mut backend = FullScreen::new(desk.app, desk.clock, ImportOptions::default())
        .with_config_file(desk.config_path);
    let left = tui::run(&mut backend, start, &settings);
    let (app, now) = backend.leave();
    safety::keep_daily(&app, now, desk.out);
    match left {
        Ok(Left::Quit | Left::Closed) => Ok(()),
        // What a shell reports for a program that a signal ended.
        Ok(Left::Signal(signal)) => Err(Stop::Status(128u8.saturating_add(signal as u8))),
        Err(problem) => Err(Stop::Failed(Error::Invalid(problem.to_string()))),
    }
}

fn colors(config: &Config, is_told: Option<bool>) -> Colors {
    let says = ["TERM", "COLORTERM", "COLORFGBG"].map(|name| std::env::var(name).ok());
    let colors = Colors::of_terminal(config.theme, says.each_ref().map(Option::as_deref));
    Colors { is_told, ..colors }
}

/// Says on the first screen what is wrong with the configuration.
fn explanation(wrong: &[String]) -> Option<String> {
    let (first, others) = wrong.split_first()?;
    let more = match others.len() {
        0 => String::new(),
        others => format!("; {others} more"),
    };
    Some(format!("{first} (the default holds{more}; `termdeck config edit` opens the file)"))
}
