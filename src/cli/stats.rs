//! `stats`.

use std::str::FromStr;

use serde_json::{Map, Value, json};

use crate::app::Counting;
use crate::domain::{Day, safe};
use crate::sched::count::Class;
use crate::session::stats::bars::{self, Bar, time};
use crate::session::stats::{Answers, Cards, MAX_DAYS, Request, Share, Statistics, Total};
use crate::session::words;

use super::render::{self, Out, plural};
use super::{Desk, Result};

/// What `--help` says beside the options.
pub const STATS_HELP: &str = "Example:\n  termdeck stats Chinese --days 90\n
Reviews are the first counted answers of a card and day; the drill is told apart. Practice
and answers given in another program are part of no other figure, but the calendar shows the
latter. A card is mature from an interval of 21 days on. An answer's time counts for at most
a minute.

With --json, one object:
  deck, from, to, days, days_studied, streak, longest_streak
  answers, reviews, new, again, drill, time_ms, cram, cram_ms, imported   of the range
  today      {the same as in the line above}
  retention  {young, mature, all}: 0 to 1 or null;
             {young_passed, young_reviews, mature_passed, mature_reviews}
  grades     {new, young, mature}: reviews with grade 0, 1, ... 5
  hours      [{hour, reviews, passed}] of young and mature cards
  per_day    [{day, answers, reviews, ...}] each day of the range
  calendar   [{day, answers}] the last 53 weeks
  forecast   [{day, due}] from today on, the overdue among those of today;  overdue
  cards      {new, young, mature, suspended};  added [{day, cards}]
  intervals  {days: cards};  eases {hundredths: cards}
  leeches;  worst [{question, lapses, ease_centi}]";

/// Days that statistics look back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// So many, today included.
    Days(u32),
    /// Since the first answer.
    All,
}

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match (text, text.parse()) {
            ("all", _) => Ok(Self::All),
            (_, Ok(days @ 1..=MAX_DAYS)) => Ok(Self::Days(days)),
            _ => Err(format!("give days from 1 to {MAX_DAYS}, or all")),
        }
    }
}

/// Events that are counted at a time.
const SLICE: u32 = 1_000_000;

/// Cells of the longest bar.
const BAR: u64 = 40;

/// Bars of a chart of days at most.
const MOST_BARS: usize = 31;

pub fn stats(desk: &mut Desk<'_>, deck: Option<&str>, span: Span) -> Result {
    let days = match span {
        Span::Days(days) => Some(days),
        Span::All => None,
    };
    let deck = deck.map(|name| desk.app.find_deck(name)).transpose()?;
    count(desk)?;
    let found = desk.app.statistics(&Request { deck, days }, desk.now)?;
    if desk.out.is_json() {
        return desk.out.json(&shape(&found));
    }
    text(&found, desk.is_plain(), desk.out)
}

/// Counts what is new in the log.
pub fn count(desk: &Desk<'_>) -> Result {
    let mut counting = Counting::default();
    while !desk.app.count_answers(&mut counting, SLICE)?.is_done() {}
    Ok(())
}

fn shape(found: &Statistics) -> Value {
    let Statistics { answers, forecast, cards, .. } = found;
    let retention = |share: Share| share.ratio();
    let (young, mature) = (answers.passed(Class::Young), answers.passed(Class::Mature));
    let days = |days: &[(Day, u32)], name: &str| -> Value {
        days.iter().map(|(day, count)| json!({ "day": day, name: count })).collect()
    };
    let counts = |counts: &std::collections::BTreeMap<u32, u32>| -> Map<String, Value> {
        counts.iter().map(|(of, count)| (of.to_string(), json!(count))).collect()
    };
    let mut shape = json!({ "deck": found.deck, "from": found.from, "to": found.to });
    let rest = json!({
        "days": answers.per_day.len(),
        "days_studied": answers.days_studied,
        "streak": answers.streak,
        "longest_streak": answers.longest_streak,
        "today": total(&answers.today),
        "retention": {
            "young": retention(young),
            "mature": retention(mature),
            "all": retention(answers.retention()),
            "young_passed": young.part, "young_reviews": young.of,
            "mature_passed": mature.part, "mature_reviews": mature.of,
        },
        "grades": {
            "new": answers.grades[0], "young": answers.grades[1], "mature": answers.grades[2],
        },
        "hours": answers.hours.iter().zip(0..).map(|(share, hour): (_, u8)| {
            json!({ "hour": hour, "reviews": share.of, "passed": share.part })
        }).collect::<Value>(),
        "per_day": answers.per_day.iter().map(|(day, sums)| {
            joined(json!({ "day": day }), total(sums))
        }).collect::<Value>(),
        "calendar": days(&answers.calendar, "answers"),
        "forecast": days(&forecast.days, "due"),
        "overdue": forecast.overdue,
        "cards": {
            "new": cards.new, "young": cards.young, "mature": cards.mature,
            "suspended": cards.suspended,
        },
        "intervals": counts(&cards.intervals),
        "eases": counts(&cards.eases),
        "added": days(&cards.added, "cards"),
        "leeches": cards.leeches,
        "worst": cards.worst.iter().map(|leech| json!({
            "question": leech.question, "lapses": leech.lapses, "ease_centi": leech.ease_centi,
        })).collect::<Value>(),
    });
    shape = joined(shape, total(&answers.total));
    joined(shape, rest)
}

/// Returns what was done on a day or in a range.
fn total(total: &Total) -> Value {
    let answers = total.answers();
    // Plain numbers cannot fail to be written as JSON.
    joined(json!({ "answers": answers }), serde_json::to_value(total).unwrap_or_default())
}

/// Returns the first object with the fields of the second behind its own.
pub fn joined(mut first: Value, second: Value) -> Value {
    if let (Value::Object(first), Value::Object(second)) = (&mut first, second) {
        first.extend(second);
    }
    first
}

fn text(found: &Statistics, plain: bool, out: &mut Out) -> Result {
    let Statistics { answers, forecast, .. } = found;
    let deck = found.deck.as_ref().map_or("all decks", |deck| deck.as_str());
    let days = plural(answers.per_day.len(), "day");
    out.line(&format!("{}, {days}: {} to {}", safe::line(deck), found.from, found.to))?;
    out.line("\ntoday")?;
    totals(&answers.today, out)?;
    out.line(&format!("  {}", words::streak(answers.streak, answers.longest_streak)))?;
    out.line(&format!("\nin {days}"))?;
    totals(&answers.total, out)?;
    out.line(&format!("  {} studied", plural(answers.days_studied as usize, "day")))?;
    out.line("\nretention")?;
    for (share, what) in
        [(answers.passed(Class::Young), "young"), (answers.passed(Class::Mature), "mature")]
    {
        out.line(&match share.pct() {
            Some(pct) => format!("  {pct} % {what}: {} of {} remembered", share.part, share.of),
            None => format!("  no reviews of {what} cards"),
        })?;
    }
    let today = found.to;
    let reviews: Vec<(Day, u32)> =
        answers.per_day.iter().map(|(day, total)| (*day, total.reviews)).collect();
    chart("reviews", &by_day(&reviews, true, today), plain, out)?;
    chart("remembered by hour", &by_hour(answers), plain, out)?;
    let due = plural(forecast.total() as usize, "card");
    let span = plural(forecast.days.len(), "day");
    let title = format!("forecast: {due} due in {span}, {} overdue", forecast.overdue);
    chart(&title, &by_day(&forecast.days, false, today), plain, out)?;
    cards(&found.cards, plain, today, out)
}

fn cards(cards: &Cards, plain: bool, today: Day, out: &mut Out) -> Result {
    let stages = [
        ("new", cards.new),
        ("young", cards.young),
        ("mature", cards.mature),
        ("suspended", cards.suspended),
    ];
    let stages = stages.map(|(label, count)| Bar::of(label, count.into()));
    chart(&plural(cards.total() as usize, "card"), &stages, plain, out)?;
    chart("intervals", &bars::intervals(&cards.intervals), plain, out)?;
    chart("eases", &bars::eases(&cards.eases), plain, out)?;
    let added = format!("{} added", plural(cards.added_total() as usize, "card"));
    chart(&added, &by_day(&cards.added, true, today), plain, out)?;
    let s = if cards.leeches == 1 { "" } else { "es" };
    out.line(&format!("\n{} leech{s}", cards.leeches))?;
    for leech in &cards.worst {
        let lapses = plural(leech.lapses as usize, "lapse");
        out.line(&format!("  {lapses}: {}", safe::line(&leech.question)))?;
    }
    Ok(())
}

fn totals(total: &Total, out: &mut Out) -> Result {
    let Total { reviews, drill, .. } = *total;
    let answers = plural(total.answers() as usize, "answer");
    let reviewed = plural(reviews as usize, "review");
    out.line(&format!("  {answers}: {reviewed}, {drill} in the drill"))?;
    out.line(&format!("  {} learnt", plural(total.new as usize, "new card")))?;
    if let Some(pct) = total.again_rate().pct() {
        out.line(&format!("  {pct} % again: {} of {reviewed}", total.again))?;
    }
    let mean = total.mean_ms().map(|ms| format!(" in all, {} an answer", time(ms)));
    out.line(&format!("  {}{}", time(total.time_ms), mean.unwrap_or_default()))?;
    if total.cram > 0 {
        let practised = plural(total.cram as usize, "answer");
        out.line(&format!("  {practised} in practice, {}", time(total.cram_ms)))?;
    }
    if total.imported > 0 {
        let imported = plural(total.imported as usize, "answer");
        out.line(&format!("  {imported} given in another program"))?;
    }
    Ok(())
}

fn by_day(days: &[(Day, u32)], ends_whole: bool, today: Day) -> Vec<Bar> {
    bars::grouped(days, MOST_BARS, ends_whole, u32::saturating_add)
        .bars
        .into_iter()
        .map(|(first, last, count)| Bar::of(bars::days_label(first, last, today), count.into()))
        .collect()
}

fn by_hour(answers: &Answers) -> Vec<Bar> {
    let hours = answers.hours.iter().zip(0..).filter(|(share, _)| share.of > 0);
    hours.map(|(share, hour): (_, u8)| Bar::share(format!("{hour:02} h"), *share)).collect()
}

/// Writes one line a bar: the figure, what it stands for, and the bar. Where there is
/// nothing, there is no line.
fn chart(title: &str, chart: &[Bar], plain: bool, out: &mut Out) -> Result {
    out.line(&format!("\n{title}"))?;
    let chart: Vec<&Bar> = chart.iter().filter(|bar| bar.words != "0").collect();
    if chart.is_empty() {
        return out.line("  none");
    }
    let most = chart.iter().map(|bar| bar.value).max().unwrap_or(0);
    let cells = |of: fn(&Bar) -> &str| chart.iter().map(|bar| of(bar).len()).max().unwrap_or(0);
    let (words, label) = (cells(|bar| &bar.words), cells(|bar| &bar.label));
    for bar in chart {
        let drawn = render::bar(bar.value, most, BAR, plain);
        let line = format!("  {:>words$}  {:label$}  {drawn}", bar.words, bar.label);
        out.line(line.trim_end())?;
    }
    Ok(())
}
