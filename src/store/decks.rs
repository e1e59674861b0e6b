//! Decks.

use std::collections::HashMap;

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
    /// Whether it was deleted: only deleted notes name it.
    pub hidden: bool,
}

/// The columns of a deck as they are stored.
type Raw = (i64, String, String, bool);

fn deck(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((row.get("id")?, row.get("name")?, row.get("options")?, row.get("deleted")?))
}

fn parsed((key, name, options, hidden): Raw) -> Result<Deck> {
    let bad = |what: String| StoreError::BadRow(format!("deck {key}: {what}"));
    Ok(Deck {
        key: DeckKey(key),
        name: name.parse().map_err(|error| bad(format!("{error}")))?,
        options: serde_json::from_str(&options).map_err(|error| bad(error.to_string()))?,
        hidden,
    })
}

impl Store {
    /// Returns all decks by name, hidden ones left out.
    ///
    /// # Errors
    /// An SQLite error, or a row that cannot be right.
    pub fn decks(&self) -> Result<Vec<Deck>> {
        let mut decks = self.all_decks()?;
        decks.retain(|deck| !deck.hidden);
        Ok(decks)
    }

    /// Returns all decks by name, hidden ones too.
    ///
    /// # Errors
    /// An SQLite error, or a row that cannot be right.
    pub fn all_decks(&self) -> Result<Vec<Deck>> {
        let failed = doing("list the decks");
        let mut statement = self
            .db
            .prepare_cached("SELECT id, name, options, deleted FROM decks ORDER BY name")
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
            .prepare_cached(
                "SELECT id, name, options, deleted FROM decks WHERE name = ?1 AND deleted = 0",
            )
            .and_then(|mut statement| statement.query_row([name.as_str()], deck).optional())
            .map_err(doing("look for a deck"))?
            .map(parsed)
            .transpose()
    }

    /// Returns the row of a deck, also where the deck was deleted.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn deck_or_hidden(&self, name: &DeckName) -> Result<Option<DeckKey>> {
        self.db
            .prepare_cached("SELECT id FROM decks WHERE name = ?1")
            .and_then(|mut statement| {
                statement.query_row([name.as_str()], |row| row.get(0).map(DeckKey)).optional()
            })
            .map_err(doing("look for a deck"))
    }

    /// Returns the deck that files of this name last went to, also where it was deleted.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn deck_of_source(&self, source: &str) -> Result<Option<DeckName>> {
        let name: Option<String> = self
            .db
            .prepare_cached(
                "SELECT d.name FROM sources s JOIN decks d ON d.id = s.deck_id
                 JOIN imports i ON i.source_id = s.id AND i.undone_ms IS NULL
                 WHERE s.name = ?1 ORDER BY i.id DESC LIMIT 1",
            )
            .and_then(|mut statement| statement.query_row([source], |row| row.get(0)).optional())
            .map_err(doing("look for a source"))?;
        let bad = |name: String| StoreError::BadRow(format!("`{name}` is no deck name"));
        name.map(|name| name.parse().map_err(|_| bad(name))).transpose()
    }

    /// Returns the deck of this name, made with those above it where they are
    /// missing; the names of those that were made are added to `made`.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn deck_or_new(
        &self,
        name: &DeckName,
        stamp: i64,
        made: &mut Vec<DeckName>,
    ) -> Result<DeckKey> {
        if let Some(deck) = self.deck(name)? {
            return Ok(deck.key);
        }
        if let Some(parent) = name.parent() {
            self.deck_or_new(&parent, stamp, made)?;
        }
        made.push(name.clone());
        self.db
            .query_row(
                "INSERT INTO decks (name, stamp) VALUES (?1, ?2)
                 ON CONFLICT (name) DO UPDATE SET stamp = ?2, deleted = 0, options = '{}'
                 RETURNING id",
                (name.as_str(), stamp),
                |row| row.get(0).map(DeckKey),
            )
            .map_err(doing("make a deck"))
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
        // A deleted deck of that name makes room for it.
        self.db
            .execute(
                "UPDATE decks SET name = name || ' (deleted ' || id || ')'
                 WHERE name = ?1 AND deleted = 1",
                [name.as_str()],
            )
            .map_err(doing("rename a deck"))?;
        self.db
            .execute(
                "UPDATE decks SET name = ?2, stamp = ?3 WHERE id = ?1",
                (key.0, name.as_str(), stamp),
            )
            .map_err(doing("rename a deck"))?;
        Ok(())
    }

    /// Whether a deck's row is as an import made it: its options came with the file.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn is_deck_as_imported(&self, key: DeckKey) -> Result<bool> {
        self.db
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM imports i JOIN decks d ON d.stamp = i.stamp
                                WHERE d.id = ?1)",
            )
            .and_then(|mut statement| statement.query_row([key.0], |row| row.get(0)))
            .map_err(doing("look at a deck"))
    }

    /// Puts a deck back on the lists, where a note of it is brought back.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn show_deck(&self, key: DeckKey) -> Result<()> {
        self.db
            .prepare_cached("UPDATE decks SET deleted = 0 WHERE id = ?1 AND deleted = 1")
            .and_then(|mut statement| statement.execute([key.0]))
            .map_err(doing("bring a deck back"))?;
        Ok(())
    }

    /// Takes a deck off every list. Its row stays while deleted notes name it, and
    /// comes back when the name is used again.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn hide_deck(&self, key: DeckKey, stamp: i64) -> Result<()> {
        self.db
            .execute("UPDATE decks SET deleted = 1, stamp = ?2 WHERE id = ?1", [key.0, stamp])
            .map_err(doing("remove a deck"))?;
        Ok(())
    }

    /// Returns how many notes each deck holds, its children left out.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn notes_by_deck(&self) -> Result<HashMap<DeckKey, u32>> {
        let failed = doing("count notes");
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT deck_id, count(*) FROM notes INDEXED BY notes_front
                 WHERE deleted = 0 GROUP BY deck_id",
            )
            .map_err(&failed)?;
        let rows = statement
            .query_map([], |row| Ok((DeckKey(row.get(0)?), row.get(1)?)))
            .map_err(&failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(&failed)
    }

    /// Returns (notes, cards, suspended cards) of one deck, its children left out.
    ///
    /// # Errors
    /// An SQLite error.
    pub fn deck_size(&self, key: DeckKey) -> Result<(u32, u32, u32)> {
        self.db
            .prepare_cached(
                // Each of the three parts of a deck's cards has an index of its own.
                "SELECT (SELECT count(*) FROM notes INDEXED BY notes_front
                            WHERE deck_id = ?1 AND deleted = 0),
                        (SELECT count(*) FROM cards INDEXED BY cards_due WHERE deck_id = ?1
                            AND due IS NOT NULL AND suspended IS NULL AND gone = 0),
                        (SELECT count(*) FROM cards INDEXED BY cards_new WHERE deck_id = ?1
                            AND due IS NULL AND suspended IS NULL AND gone = 0),
                        (SELECT count(*) FROM cards INDEXED BY cards_suspended
                            WHERE deck_id = ?1 AND suspended IS NOT NULL AND gone = 0)",
            )
            .and_then(|mut statement| {
                statement.query_row([key.0], |row| {
                    let suspended: u32 = row.get(3)?;
                    let active = row.get::<_, u32>(1)? + row.get::<_, u32>(2)?;
                    Ok((row.get(0)?, active + suspended, suspended))
                })
            })
            .map_err(doing("count a deck"))
    }
}
