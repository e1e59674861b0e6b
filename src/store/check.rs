//! Finding damage and differences.

use std::collections::BTreeMap;

use crate::domain::{Day, DeckOptions, Rules, State};
use crate::sched::replay;

use super::error::doing;
use super::{CardKey, DeckKey, Result, Store};

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Check {
    /// What was looked at.
    pub name: &'static str,
    /// Whether it is as it should be.
    pub ok: bool,
    /// What is not, a line each, twenty at most.
    pub found: Vec<String>,
}

/// Lines of one check.
const MOST: usize = 20;

impl Check {
    fn of(name: &'static str, found: Vec<String>) -> Self {
        let ok = found.is_empty();
        Self { name, ok, found: found.into_iter().take(MOST).collect() }
    }
}

impl Store {
    /// Looks at the file, at references, and at every state that follows from the log.
    ///
    /// `rules` says which SM-2 preset holds for a deck.
    ///
    /// # Errors
    /// An SQLite error that keeps a check from being made at all.
    pub fn check(&self, rules: impl Fn(DeckKey) -> Rules) -> Result<Vec<Check>> {
        Ok(vec![
            Check::of("file", self.lines("PRAGMA integrity_check(20)", "ok")?),
            Check::of("references", self.lines("SELECT \"table\" || ' ' || rowid || ' names a missing ' || parent FROM pragma_foreign_key_check", "")?),
            Check::of("cards", self.lines(
                "SELECT 'card ' || id || ' has no note, or not its deck' FROM cards c
                 WHERE NOT EXISTS (SELECT 1 FROM notes n WHERE n.id = c.id >> 10
                     AND n.deck_id = c.deck_id AND c.gone IN (n.deleted <> 0, 2)) LIMIT 20", "")?),
            Check::of("options", self.bad_options()?),
            Check::of("states", self.bad_states(&rules)?),
            Check::of("counters", self.bad_tallies()?),
            Check::of("statistics", self.bad_counts(&rules)?),
            Check::of("clock", self.lines(
                "SELECT 'the clock is behind the log' FROM clock
                 WHERE hlc < (SELECT max(hlc) FROM events WHERE events.device = clock.device)
                    OR seq < (SELECT max(seq) FROM events WHERE events.device = clock.device)", "")?),
        ])
    }

    /// Writes every state and every counter anew from the log; answers are counted anew
    /// when statistics are asked for.
    ///
    /// # Errors
    /// An SQLite error, or an event that cannot be read.
    pub fn rebuild(&self, rules: impl Fn(DeckKey) -> Rules) -> Result<u32> {
        let mut repaired = 0;
        for (key, state) in self.differing_states(&rules)? {
            self.set_state(key, &state)?;
            repaired += 1;
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
        Ok(repaired)
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

    fn bad_states(&self, rules: &impl Fn(DeckKey) -> Rules) -> Result<Vec<String>> {
        let differing = self.differing_states(rules)?;
        differing
            .into_iter()
            .take(MOST)
            .map(|(key, _)| {
                Ok(format!("card {}: its state is not what its log says", self.card(key)?.uid))
            })
            .collect()
    }

    /// Returns the cards whose cached state differs from the fold, with the fold.
    fn differing_states(&self, rules: &impl Fn(DeckKey) -> Rules) -> Result<Vec<(CardKey, State)>> {
        let mut differing = Vec::new();
        self.each_log(|card, log| {
            let state = replay(log, rules(card.deck));
            if state != card.state {
                differing.push((card.key, state));
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
