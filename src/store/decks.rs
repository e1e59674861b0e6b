//! Decks.

use rusqlite::{OptionalExtension, Row};

use crate::domain::{DeckName, DeckOptions};

use super::error::doing;
use super::{Result, Store, StoreError};

/// The row of a deck.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeckKey(pub i64);

/// A deck as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Deck {
    /// Its row.
    pub key: DeckKey,
    /// Its full name.
    pub name: DeckName,
    /// What it sets itself.
    pub options: DeckOptions,
}

fn deck(row: &Row<'_>) -> rusqlite::Result<(i64, String, String)> {
    Ok((row.get("id")?, row.get("name")?, row.get("options")?))
}

fn parsed((key, name, options): (i64, String, String)) -> Result<Deck> {
    let bad = |what: String| StoreError::BadRow(format!("deck {key}: {what}"));
    Ok(Deck {
        key: DeckKey(key),
        name: name.parse().map_err(|error| bad(format!("{error}")))?,
        options: serde_json::from_str(&options).map_err(|error| bad(error.to_string()))?,
    })
}

impl Store {
    /// Returns all decks by name.
    ///
    /// # Errors
    /// An SQLite error, or a row that cannot be right.
    pub fn decks(&self) -> Result<Vec<Deck>> {
        let failed = doing("list the decks");
        let mut statement = self
            .db
            .prepare_cached("SELECT id, name, options FROM decks ORDER BY name")
            .map_err(&failed)?;
        let rows = statement.query_map([], deck).map_err(&failed)?;
        rows.map(|row| parsed(row.map_err(&failed)?)).collect()
    }

    /// Returns the deck of exactly this name.
    ///
    /// # Errors
    /// An SQLite error, or a row that cannot be right.
    pub fn deck(&self, name: &DeckName) -> Result<Option<Deck>> {
        self.db
            .prepare_cached("SELECT id, name, options FROM decks WHERE name = ?1")
            .and_then(|mut statement| statement.query_row([name.as_str()], deck).optional())
            .map_err(doing("look for a deck"))?
            .map(parsed)
            .transpose()
    }

    /// Returns the deck of this name, made if it is missing.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn deck_or_new(&self, name: &DeckName, stamp: i64) -> Result<DeckKey> {
        if let Some(deck) = self.deck(name)? {
            return Ok(deck.key);
        }
        self.db
            .execute("INSERT INTO decks (name, stamp) VALUES (?1, ?2)", (name.as_str(), stamp))
            .map_err(doing("make a deck"))?;
        Ok(DeckKey(self.db.last_insert_rowid()))
    }

    /// Sets what a deck sets itself.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn set_deck_options(&self, key: DeckKey, options: &DeckOptions, stamp: i64) -> Result<()> {
        let json = serde_json::to_string(options)
            .map_err(|error| StoreError::BadRow(error.to_string()))?;
        self.db
            .execute(
                "UPDATE decks SET options = ?2, stamp = ?3 WHERE id = ?1",
                (key.0, json, stamp),
            )
            .map_err(doing("set deck options"))?;
        Ok(())
    }

    /// Renames one deck.
    ///
    /// # Errors
    /// An SQLite error, also where the name is taken.
    pub fn rename_deck(&self, key: DeckKey, name: &DeckName, stamp: i64) -> Result<()> {
        self.db
            .execute(
                "UPDATE decks SET name = ?2, stamp = ?3 WHERE id = ?1",
                (key.0, name.as_str(), stamp),
            )
            .map_err(doing("rename a deck"))?;
        Ok(())
    }

    /// Removes a deck that no note, source or card names any more.
    ///
    /// Notes that were deleted go on naming their deck; then it stays and `false`
    /// is returned.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn remove_deck_if_unused(&self, key: DeckKey) -> Result<bool> {
        let removed = self
            .db
            .execute(
                "DELETE FROM decks WHERE id = ?1
                 AND NOT EXISTS (SELECT 1 FROM notes WHERE deck_id = ?1)
                 AND NOT EXISTS (SELECT 1 FROM sources WHERE deck_id = ?1)
                 AND NOT EXISTS (SELECT 1 FROM cards WHERE deck_id = ?1)",
                [key.0],
            )
            .map_err(doing("remove a deck"))?;
        Ok(removed > 0)
    }

    /// Returns (notes, cards, suspended cards) of one deck, its children left out.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn deck_size(&self, key: DeckKey) -> Result<(u32, u32, u32)> {
        self.db
            .prepare_cached(
                "SELECT (SELECT count(*) FROM notes WHERE deck_id = ?1 AND deleted = 0),
                        count(*), count(suspended)
                 FROM cards WHERE deck_id = ?1 AND gone = 0",
            )
            .and_then(|mut statement| {
                statement.query_row([key.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            })
            .map_err(doing("count a deck"))
    }
}
