//! An import line by line: the plan in words, rows left out by their numbers.

use std::ops::RangeInclusive;

use crate::app::plan::{FilePlan, PlanRow};
use crate::app::{ImportOptions, Input};
use crate::domain::{cloze, safe};

use crate::cli::import::{counts_line, summary};
use crate::cli::places::places;
use crate::cli::plain::read_line;
use crate::cli::progress::Progress;
use crate::cli::render::plural;
use crate::cli::{Desk, Result};

/// Rows that are read out at a time.
const PAGE: usize = 20;

/// Plans the import of each file, lets rows be left out, and applies it when told to.
pub fn import(desk: &mut Desk<'_>, path: &str) -> Result {
    let options = ImportOptions::default();
    let mut progress = Progress::new(desk.globals.quiet);
    for place in places(&[path.to_owned()])? {
        let bytes = place.read()?;
        let input = Input { path: &place.path, bytes: &bytes };
        let mut plan = progress.during(|watch| desk.app.plan(input, &options, watch))?;
        tell(desk, &plan)?;
        if listed(&plan).is_empty() {
            desk.out.line("nothing to do")?;
            continue;
        }
        match choose(desk, &mut plan)? {
            Choice::Apply => {
                let done = progress.during(|watch| desk.app.apply(&plan, desk.now, watch))?;
                desk.out.line(&match done.import {
                    Some(_) => format!("imported: {}", counts_line(&done.counts)),
                    None => "nothing to do".to_owned(),
                })?;
            }
            Choice::Leave => desk.out.line("nothing imported")?,
            Choice::End => return Ok(()),
        }
    }
    Ok(())
}

/// Says what was understood of a file, and what cannot be imported.
fn tell(desk: &mut Desk<'_>, plan: &FilePlan) -> Result {
    let mut lines =
        vec![format!("{}: {}, {}, deck {}", plan.path, plan.format, plan.encoding, plan.deck)];
    lines.extend(summary(plan));
    lines.extend(plan.reports.iter().cloned());
    let warnings = plan.warnings.iter();
    lines.extend(warnings.map(|warning| match warning.line {
        0 => format!("warning: {}", warning.message),
        line => format!("warning: line {line}: {}", warning.message),
    }));
    let rejected = plan.rejected.iter().take(PAGE);
    lines.extend(rejected.map(|row| format!("rejected: line {}: {}", row.line, row.told())));
    let more = plan.rejected.len().saturating_sub(PAGE);
    lines.extend((more > 0).then(|| format!("{more} more rejected")));
    lines.iter().try_for_each(|line| desk.out.line(&safe::line(line)))
}

/// Returns the places of the rows that can be chosen.
fn listed(plan: &FilePlan) -> Vec<usize> {
    let rows = plan.rows.iter().enumerate();
    rows.filter(|(_, row)| row.can_tick()).map(|(at, _)| at).collect()
}

enum Choice {
    Apply,
    Leave,
    /// The input ended.
    End,
}

fn choose(desk: &mut Desk<'_>, plan: &mut FilePlan) -> Result<Choice> {
    let listed = listed(plan);
    let mut told = page(desk, plan, &listed, 0)?;
    loop {
        let ticked = listed.iter().filter(|at| plan.rows[**at].ticked).count();
        let more = if told < listed.len() { "more, " } else { "" };
        let prompt = format!(
            "Import {}? yes, no, {more}or numbers of rows to leave out or take in again: ",
            plural(ticked, "row")
        );
        let Some(line) = read_line(desk, &prompt)? else { return Ok(Choice::End) };
        match line.to_lowercase().as_str() {
            "yes" | "y" => return Ok(Choice::Apply),
            "no" | "n" | "" | "q" => return Ok(Choice::Leave),
            "more" | "m" => told = page(desk, plan, &listed, told)?,
            _ => toggle(desk, plan, &listed, &line)?,
        }
    }
}

/// Reads out the next rows; returns how many were read out then.
fn page(desk: &mut Desk<'_>, plan: &FilePlan, listed: &[usize], from: usize) -> Result<usize> {
    let rows = listed.iter().enumerate().skip(from).take(PAGE);
    for (nth, at) in rows.clone() {
        desk.out.line(&row_line(nth + 1, &plan.rows[*at]))?;
    }
    let told = from + rows.count();
    if told < listed.len() {
        desk.out.line(&format!("{} more", plural(listed.len() - told, "row")))?;
    }
    Ok(told)
}

fn row_line(number: usize, row: &PlanRow) -> String {
    let fields = &row.draft.fields;
    let action = if row.ticked { row.action() } else { "left out" };
    let reason = if row.reason.is_empty() { String::new() } else { format!(", {}", row.reason) };
    let (front, back) = (cloze::plain(&fields.front), &fields.back);
    let line = format!("{number}. {action}: {front} = {back}{reason}");
    safe::line(&line).into_owned()
}

/// Leaves rows out, or takes them in again.
fn toggle(desk: &mut Desk<'_>, plan: &mut FilePlan, listed: &[usize], line: &str) -> Result {
    let Some(numbers) = numbers(line, listed.len()) else {
        let most = listed.len();
        return desk.out.line(&format!("give yes, no, or numbers from 1 to {most}, such as 2 5-7"));
    };
    for number in numbers.into_iter().flatten() {
        let Some(row) = listed.get(number - 1).and_then(|at| plan.rows.get_mut(*at)) else {
            continue;
        };
        row.ticked = !row.ticked;
        let line = row_line(number, row);
        desk.out.line(&line)?;
    }
    Ok(())
}

/// Reads `2 5-7, 9`; `None` where that names no rows.
fn numbers(line: &str, most: usize) -> Option<Vec<RangeInclusive<usize>>> {
    let range = |text: &str| {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let (first, last) = (first.parse::<usize>().ok()?, last.parse::<usize>().ok()?);
        (1 <= first && first <= last && last <= most).then_some(first..=last)
    };
    let parts = line.split([' ', ',', '，', '、']).filter(|part| !part.is_empty());
    let numbers: Option<Vec<_>> = parts.map(range).collect();
    numbers.filter(|numbers| !numbers.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_named_by_numbers_and_ranges() {
        for (line, want) in [
            ("3", Some(vec![3..=3])),
            ("2 5-7, 9", Some(vec![2..=2, 5..=7, 9..=9])),
            ("10", None),
            ("0", None),
            ("7-5", None),
            ("two", None),
            ("-3", None),
            (" ", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(numbers(line, 9), want, "{line}");
        }
    }
}
