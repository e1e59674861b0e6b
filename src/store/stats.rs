//! What statistics read: the counted answers, and every card in outline.

use rusqlite::Row;

use crate::domain::{Day, State};
use crate::sched::count::{Class, Sum};

use super::answered::class;
use super::error::doing;
use super::{CardKey, DeckKey, Result, Store};

/// What statistics need of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outline {
    /// Its row.
    pub key: CardKey,
    /// Its deck.
    pub deck: DeckKey,
    /// When it was added, Unix milliseconds.
    pub added_ms: i64,
    /// Whether it was never answered.
    pub is_new: bool,
    /// Whether it is suspended.
    pub is_suspended: bool,
    /// Interval in days.
    pub interval_d: u32,
    /// Ease in hundredths.
    pub ease_centi: u32,
    /// Failed reviews after a pass.
    pub lapses: u32,
    /// Reviews in a row that left the ease at its floor.
    pub floor_run: u32,
}

impl Outline {
    /// Whether it keeps being forgotten.
    #[must_use]
    pub const fn is_leech(&self) -> bool {
        State { lapses: self.lapses, floor_run: self.floor_run, ..State::NEW }.is_leech()
    }
}

fn outline(row: &Row<'_>) -> rusqlite::Result<Outline> {
    Ok(Outline {
        key: CardKey(row.get(0)?),
        deck: DeckKey(row.get(1)?),
        added_ms: row.get(2)?,
        is_new: row.get(3)?,
        is_suspended: row.get(4)?,
        interval_d: row.get(5)?,
        ease_centi: row.get(6)?,
        lapses: row.get(7)?,
        floor_run: row.get(8)?,
    })
}

impl Store {
    /// Calls `each` with the counted answers from `from` on, in the order of their
    /// days, each with the deck in which their cards lie.
    ///
    /// # Errors
    /// An SQLite error, or a row that cannot be right.
    pub fn each_answered(&self, from: Day, mut each: impl FnMut(DeckKey, Sum)) -> Result<()> {
        let failed = doing("read the counted answers");
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT day, deck_id, hour, class, grade, answers, ms FROM answered
                 WHERE day >= ?1 ORDER BY day",
            )
            .map_err(&failed)?;
        let mut rows = statement.query([from]).map_err(&failed)?;
        while let Some(row) = rows.next().map_err(&failed)? {
            let class = class(row.get(3).map_err(&failed)?)?;
            let sum = || -> rusqlite::Result<_> {
                Ok(Sum {
                    day: row.get(0)?,
                    hour: row.get(2)?,
                    class,
                    grade: row.get(4)?,
                    answers: row.get(5)?,
                    ms: row.get::<_, i64>(6)?.max(0).cast_unsigned(),
                })
            };
            each(DeckKey(row.get(1).map_err(&failed)?), sum().map_err(&failed)?);
        }
        Ok(())
    }

    /// Returns the days before `before` on which cards of a deck were studied, each
    /// with its deck.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn studied_before(&self, before: Day) -> Result<Vec<(Day, DeckKey)>> {
        let failed = doing("read the counted answers");
        let last = Class::ALL.into_iter().filter(|class| class.is_study()).max();
        let last = last.map_or(0, |class| class as u8);
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT DISTINCT day, deck_id FROM answered WHERE day < ?1 AND class <= ?2",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map((before, last), |row| Ok((row.get(0)?, DeckKey(row.get(1)?))))
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Calls `each` with every card that is there, in the order of their rows.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn each_outline(&self, mut each: impl FnMut(Outline)) -> Result<()> {
        let failed = doing("read the cards");
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT id, deck_id, batch, first_day IS NULL, suspended IS NOT NULL, interval_d,
                        ease_centi, lapses, floor_run
                 FROM cards WHERE gone = 0 ORDER BY id",
            )
            .map_err(&failed)?;
        let mut rows = statement.query([]).map_err(&failed)?;
        while let Some(row) = rows.next().map_err(&failed)? {
            each(outline(row).map_err(&failed)?);
        }
        Ok(())
    }

    /// Returns how many cards come due by deck and day, up to a day.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn due_by_deck(&self, to: Day) -> Result<Vec<(DeckKey, Day, u32)>> {
        let failed = doing("forecast due cards");
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT deck_id, day, cards FROM tallies WHERE day <= ?1 ORDER BY deck_id, day",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([to], |row| Ok((DeckKey(row.get(0)?), row.get(1)?, row.get(2)?)))
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }
}
