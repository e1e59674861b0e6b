//! Note types, decks and the collection's calendar: kept as JSON in one row by
//! older collections, in tables of their own by newer ones.

use std::collections::HashMap;

use rusqlite::{Connection, Row};
use serde_json::Value;

use crate::domain::{Day, DeckName, html};
use crate::import::ReadError;
use crate::import::foreign::{broken, has_table};

use super::budget::Budget;
use super::template::{MAX_NAMES, Template};
use super::{cell, wire};

/// Separates a deck from its parent in the newer tables.
const DECK_SEPARATOR: char = '\u{1f}';

/// The hour at which a study day begins, unless the collection says otherwise.
const ROLLOVER_HOUR: i64 = 4;

/// No day lies further from 1970, or from another day.
const MOST_DAYS: i64 = 1_000_000;

/// What notes and cards refer to.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub note_types: HashMap<i64, NoteType>,
    /// Full names; `None` where a name cannot be one of ours.
    pub decks: HashMap<i64, Option<String>>,
    pub calendar: Calendar,
}

/// A kind of note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NoteType {
    /// Whether it is one that our own packages bring.
    pub is_ours: bool,
    pub is_cloze: bool,
    pub fields: Vec<String>,
    pub templates: Vec<Template>,
}

/// How the collection counts days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Calendar {
    /// The day on which it was made: due days are counted from it.
    first: Day,
    /// Seconds after the start of a day in UTC at which a study day begins.
    rollover_s: i64,
}

impl Calendar {
    /// Returns the calendar of a collection made at `crt`, Unix seconds.
    ///
    /// A collection that keeps no time zone was made when a study day began where
    /// its owner lives, which tells how far from UTC that is.
    fn of(crt: i64, minutes_west: Option<i64>, rollover: Option<i64>) -> Self {
        let hour = rollover.map_or(ROLLOVER_HOUR, |hour| hour.rem_euclid(24));
        let guessed = || {
            let east = hour * 60 - crt.rem_euclid(86_400) / 60;
            if east <= -11 * 60 { east + 24 * 60 } else { east }
        };
        let east = minutes_west.map_or_else(guessed, |west| -west.clamp(-1_440, 1_440));
        let first = day_of(crt.saturating_add(east * 60));
        Self { first, rollover_s: (hour * 60 - east) * 60 }
    }

    /// Returns the day that lies `days` after the collection was made.
    pub fn day(self, days: i64) -> Day {
        self.first.shift(days.clamp(-MOST_DAYS, MOST_DAYS) as i32)
    }

    /// Returns the study day of a moment, Unix seconds.
    pub fn day_at(self, seconds: i64) -> Day {
        day_of(seconds.saturating_sub(self.rollover_s))
    }
}

/// Returns the day in which a moment of that day's own clock lies.
fn day_of(seconds: i64) -> Day {
    Day(seconds.div_euclid(86_400).clamp(-MOST_DAYS, MOST_DAYS) as i32)
}

/// Reads the names of a collection.
pub(super) fn read(db: &Connection, budget: &mut Budget) -> Result<Names, ReadError> {
    let failed = |error: rusqlite::Error| broken(&error);
    let row = db.query_row("SELECT crt, conf, models, decks FROM col LIMIT 1", [], |row| {
        Ok((cell::number(row, 0), cell::text(row, 1), cell::text(row, 2), cell::text(row, 3)))
    });
    let (crt, conf, models, decks) = row.map_err(failed)?;
    let conf = if has_table(db, "config")? { Value::Null } else { json(&conf) };
    let setting = |name: &str| match &conf {
        Value::Null => setting_of_table(db, name),
        conf => conf.get(name)?.as_i64(),
    };
    let calendar = Calendar::of(crt, setting("creationOffset"), setting("rollover"));
    let note_types = if has_table(db, "notetypes")? {
        note_types_of_tables(db, budget)?
    } else {
        by_id(&json(&models)).map(|(id, model)| (id, note_type(model))).collect()
    };
    let decks = if has_table(db, "decks")? {
        decks_of_table(db, budget)?
    } else {
        by_id(&json(&decks)).map(|(id, deck)| (id, deck_name(&string(deck, "name")))).collect()
    };
    Ok(Names { note_types, decks, calendar })
}

/// Returns a setting that is a number, if it is kept in the table of settings.
fn setting_of_table(db: &Connection, name: &str) -> Option<i64> {
    let sql = "SELECT val FROM config WHERE KEY = ?1";
    let value = db.query_row(sql, [name], |row| Ok(cell::text(row, 0))).ok()?;
    value.trim().parse().ok()
}

/// Returns what is written as JSON; what is not is nothing.
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

fn by_id(object: &Value) -> impl Iterator<Item = (i64, &Value)> {
    let rows = object.as_object().into_iter().flatten();
    rows.filter_map(|(id, value)| Some((id.parse().ok()?, value)))
}

fn string(object: &Value, name: &str) -> String {
    object.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Whether a note type has a name that the writer of packages gives.
fn is_ours(name: &str) -> bool {
    name.starts_with(html::NOTE_TYPE)
}

fn note_type(model: &Value) -> NoteType {
    let sorted = |name: &str| {
        let list = model.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let mut list: Vec<&Value> = list.iter().collect();
        list.sort_by_key(|row| row.get("ord").and_then(Value::as_i64));
        list.truncate(MAX_NAMES);
        list
    };
    NoteType {
        is_ours: is_ours(&string(model, "name")),
        is_cloze: model.get("type").and_then(Value::as_i64) == Some(1),
        fields: sorted("flds").into_iter().map(|field| string(field, "name")).collect(),
        templates: sorted("tmpls")
            .into_iter()
            .map(|row| Template::of(&string(row, "qfmt"), &string(row, "afmt")))
            .collect(),
    }
}

fn note_types_of_tables(
    db: &Connection,
    budget: &mut Budget,
) -> Result<HashMap<i64, NoteType>, ReadError> {
    let mut types: HashMap<i64, NoteType> = HashMap::new();
    each(db, "SELECT id, config, name FROM notetypes", budget, |row, budget| {
        let is_cloze = wire::number(&cell::bytes(row, 1), 1) == Some(1);
        let is_ours = is_ours(&budget.text(row, 2)?);
        types.insert(cell::number(row, 0), NoteType { is_ours, is_cloze, ..NoteType::default() });
        Ok(())
    })?;
    each(db, "SELECT ntid, name FROM fields ORDER BY ntid, ord", budget, |row, budget| {
        let owner = types.get_mut(&cell::number(row, 0));
        if let Some(owner) = owner.filter(|owner| owner.fields.len() < MAX_NAMES) {
            owner.fields.push(budget.text(row, 1)?);
        }
        Ok(())
    })?;
    each(db, "SELECT ntid, config FROM templates ORDER BY ntid, ord", budget, |row, budget| {
        let owner = types.get_mut(&cell::number(row, 0));
        if let Some(owner) = owner.filter(|owner| owner.templates.len() < MAX_NAMES) {
            let config = cell::bytes(row, 1);
            budget.bytes(config.len())?;
            owner.templates.push(Template::of(&wire::text(&config, 1), &wire::text(&config, 2)));
        }
        Ok(())
    })?;
    Ok(types)
}

fn decks_of_table(
    db: &Connection,
    budget: &mut Budget,
) -> Result<HashMap<i64, Option<String>>, ReadError> {
    let mut decks = HashMap::new();
    each(db, "SELECT id, name FROM decks", budget, |row, budget| {
        let name = budget.text(row, 1)?.replace(DECK_SEPARATOR, DeckName::SEPARATOR);
        decks.insert(cell::number(row, 0), deck_name(&name));
        Ok(())
    })?;
    Ok(decks)
}

/// Calls `take` with every row of a query.
fn each(
    db: &Connection,
    sql: &str,
    budget: &mut Budget,
    mut take: impl FnMut(&Row<'_>, &mut Budget) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let failed = |error: rusqlite::Error| broken(&error);
    let mut statement = db.prepare(sql).map_err(failed)?;
    let mut rows = statement.query([]).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        budget.row()?;
        take(row, budget)?;
    }
    Ok(())
}

/// Returns a deck's name in our form: parts with nothing in them are left out.
fn deck_name(name: &str) -> Option<String> {
    if let Ok(name) = name.parse::<DeckName>() {
        return Some(name.as_str().to_owned());
    }
    let parts: Vec<&str> =
        name.split(DeckName::SEPARATOR).filter(|part| part.parse::<DeckName>().is_ok()).collect();
    let name: DeckName = parts.join(DeckName::SEPARATOR).parse().ok()?;
    Some(name.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_day_is_the_one_where_the_collection_was_made() {
        let cases = [
            // 2026-11-23 04:00 UTC, kept with its zone.
            (1_795_406_400, Some(0), "2026-11-23", "2026-11-23"),
            // 04:00 in Shanghai is 20:00 UTC the day before.
            (1_795_377_600, None, "2026-11-23", "2026-11-23"),
            // 04:00 in San Francisco (UTC-8) is noon UTC.
            (1_795_435_200, None, "2026-11-23", "2026-11-22"),
            // Made at 23:00 in UTC-5: the zone is known, the hour is not that of a new day.
            (1_795_406_400, Some(300), "2026-11-22", "2026-11-22"),
        ];
        for (crt, west, first, day_of_six_utc) in cases {
            let calendar = Calendar::of(crt, west, None);
            assert_eq!(calendar.day(0).to_string(), first, "{crt}");
            assert_eq!(calendar.day_at(1_795_413_600).to_string(), day_of_six_utc, "{crt}");
        }
        let far = Calendar::of(i64::MAX, Some(i64::MIN + 1), Some(99));
        assert_eq!(far.day(i64::MAX), far.day(i64::MAX - 1));
        let farthest = Calendar::of(i64::MIN, Some(i64::MIN), Some(i64::MIN));
        assert_eq!(farthest.day(i64::MIN), farthest.day(i64::MIN + 1));
    }

    #[test]
    fn empty_parts_of_a_deck_are_left_out() {
        assert_eq!(deck_name("A::B").as_deref(), Some("A::B"));
        assert_eq!(deck_name("A::::B").as_deref(), Some("A::B"));
        assert_eq!(deck_name("::"), None);
    }
}
