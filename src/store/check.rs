//! Finding damage and differences.

use std::collections::{BTreeMap, HashMap};

use crate::domain::{Day, DeckOptions, State};
use crate::sched::{Engine, replay};

use super::error::doing;
use super::{Card, CardKey, DeckKey, Result, Store};

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Check {
    /// What was looked at.
    pub name: &'static str,
    /// Whether it is as it should be.
    pub ok: bool,
    /// What is not, a line each, twenty at most.
    pub found: Vec<String>,
    /// Whether rows or pages themselves are wrong, so that no replay helps.
    #[serde(skip)]
    pub is_damage: bool,
}

/// Lines of one check.
const MOST: usize = 20;

impl Check {
    /// A check of what follows from the log. What cannot even be read is damage.
    fn of(name: &'static str, found: Result<Vec<String>>) -> Self {
        let is_damage = found.is_err();
        let found = found.unwrap_or_else(|error| vec![error.to_string()]);
        let ok = found.is_empty();
        Self { name, ok, found: found.into_iter().take(MOST).collect(), is_damage }
    }

    /// A check of rows and pages.
    fn of_rows(name: &'static str, found: Result<Vec<String>>) -> Self {
        let check = Self::of(name, found);
        Self { is_damage: !check.ok, ..check }
    }
}

impl Store {
    /// Looks at the file, at references, and at every state that follows from the log.
    ///
    /// `engine` says which one holds for a deck.
    pub fn check(&self, engine: impl Fn(DeckKey) -> Engine) -> Vec<Check> {
        vec![
            Check::of_rows("file", self.lines("PRAGMA integrity_check(20)", "ok")),
            Check::of_rows("references", self.lines("SELECT \"table\" || ' ' || rowid || ' names a missing ' || parent FROM pragma_foreign_key_check", "")),
            Check::of_rows("notes", self.each_note(|_| Ok(())).map(|()| Vec::new())),
            Check::of_rows("cards", self.lines(
                "SELECT 'card ' || id || ' has no note, or not its deck' FROM cards c
                 WHERE NOT EXISTS (SELECT 1 FROM notes n WHERE n.id = c.id >> 10
                     AND n.deck_id = c.deck_id AND c.gone IN (n.deleted <> 0, 2)) LIMIT 20", "")),
            Check::of_rows("options", self.bad_options()),
            Check::of("states", self.bad_states(&engine)),
            Check::of("counters", self.bad_tallies()),
            Check::of("statistics", self.bad_counts(&engine)),
            Check::of("clock", self.lines(
                "SELECT 'the clock is behind the log' FROM clock
                 WHERE hlc < (SELECT max(hlc) FROM events WHERE events.device = clock.device)
                    OR seq < (SELECT max(seq) FROM events WHERE events.device = clock.device)", "")),
        ]
    }

    /// Writes every state and every counter anew from the log; answers are counted anew
    /// when statistics are asked for.
    ///
    /// # Errors
    /// An SQLite error, or an event that cannot be read.
    pub fn rebuild(&self, engine: impl Fn(DeckKey) -> Engine) -> Result<u32> {
        let differing = self.differing_states(engine, |_| true, State::eq)?;
        for (card, state) in &differing {
            self.set_state(card.key, state)?;
        }
        self.flush_tallies()?;
        self.forget_counts()?;
        let failed = doing("count due cards anew");
        self.db
            .execute_batch(
                "DELETE FROM tallies;
             INSERT INTO tallies (deck_id, day, cards, notes)
             SELECT deck_id, due, count(*), count(*) FILTER (WHERE is_first)
             FROM (SELECT deck_id, due,
                       row_number() OVER (PARTITION BY id >> 10 ORDER BY due, id) = 1 AS is_first
                   FROM cards WHERE due IS NOT NULL AND suspended IS NULL AND gone = 0)
             GROUP BY deck_id, due;",
            )
            .map_err(&failed)?;
        Ok(differing.len() as u32)
    }

    fn lines(&self, sql: &str, fine: &str) -> Result<Vec<String>> {
        let failed = doing("check the collection");
        let mut statement = self.db.prepare(sql).map_err(&failed)?;
        let rows = statement.query_map([], |row| row.get(0)).map_err(&failed)?;
        let mut found: Vec<String> = rows.collect::<rusqlite::Result<_>>().map_err(&failed)?;
        found.retain(|line| line != fine);
        Ok(found)
    }

    fn bad_options(&self) -> Result<Vec<String>> {
        let failed = doing("read the decks");
        let mut statement = self.db.prepare("SELECT name, options FROM decks").map_err(&failed)?;
        let rows = statement
            .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))
            .map_err(&failed)?;
        let mut found = Vec::new();
        for row in rows {
            let (name, options) = row.map_err(&failed)?;
            if let Err(error) = serde_json::from_str::<DeckOptions>(&options) {
                found.push(format!("deck {name}: {error}"));
            }
        }
        Ok(found)
    }

    fn bad_states(&self, engine: &impl Fn(DeckKey) -> Engine) -> Result<Vec<String>> {
        let differing = self.differing_states(engine, |_| true, State::agrees_with)?;
        let lines = differing
            .into_iter()
            .map(|(card, _)| format!("card {}: its state is not what its log says", card.uid));
        Ok(lines.take(MOST).collect())
    }

    /// Returns the cards of some decks whose cached state differs from the fold, with
    /// the fold; `is_same` compares the fold with what is cached.
    ///
    /// # Errors
    /// An SQLite error, or an event that cannot be read.
    pub fn differing_states(
        &self,
        engine: impl Fn(DeckKey) -> Engine,
        among: impl Fn(DeckKey) -> bool,
        is_same: impl Fn(&State, &State) -> bool,
    ) -> Result<Vec<(Card, State)>> {
        let mut states: HashMap<CardKey, State> = HashMap::new();
        self.each_log(&among, |card, deck, log| {
            states.insert(card, replay(log, engine(deck)));
            Ok(())
        })?;
        let mut differing = Vec::new();
        self.each_card(|card| {
            let state = states.get(&card.key).copied().unwrap_or(State::NEW);
            if among(card.deck) && !is_same(&state, &card.state) {
                differing.push((card, state));
            }
            Ok(())
        })?;
        Ok(differing)
    }

    fn bad_tallies(&self) -> Result<Vec<String>> {
        let failed = doing("read the counters");
        let mut real: BTreeMap<(i64, Day), (i64, i64)> = BTreeMap::new();
        let mut last_note = None;
        let mut statement = self
            .db
            .prepare(
                "SELECT id >> 10, deck_id, due FROM cards
                 WHERE due IS NOT NULL AND suspended IS NULL AND gone = 0 ORDER BY 1, due",
            )
            .map_err(&failed)?;
        let mut rows = statement.query([]).map_err(&failed)?;
        while let Some(row) = rows.next().map_err(&failed)? {
            let note: i64 = row.get(0).map_err(&failed)?;
            let at = (row.get(1).map_err(&failed)?, row.get(2).map_err(&failed)?);
            let count = real.entry(at).or_default();
            count.0 += 1;
            count.1 += i64::from(last_note != Some(note));
            last_note = Some(note);
        }
        let mut statement =
            self.db.prepare("SELECT deck_id, day, cards, notes FROM tallies").map_err(&failed)?;
        let rows = statement
            .query_map([], |row| Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?))))
            .map_err(&failed)?;
        let kept: BTreeMap<(i64, Day), (i64, i64)> =
            rows.collect::<rusqlite::Result<_>>().map_err(&failed)?;
        let days = real.keys().chain(kept.keys()).collect::<std::collections::BTreeSet<_>>();
        Ok(days
            .into_iter()
            .filter(|day| real.get(day) != kept.get(day))
            .map(|(deck, day)| format!("deck {deck}, {day}: the count of due cards is wrong"))
            .collect())
    }
}
