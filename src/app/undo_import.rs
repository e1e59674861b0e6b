//! Taking an import back.

use crate::domain::{Action, DeckName, Now};
use crate::error::Error;
use crate::store::{Deleted, ImportKey, ImportRow, Note, Store};

use super::decks::Decks;
use super::intake::History;
use super::review::log;
use super::{App, Change, Kept, Result};

impl App {
    /// Takes an import back: removes what it added, restores what it changed,
    /// voids the events it brought. What was reviewed since is kept unless
    /// `force`; what was edited or imported again since is kept and reported.
    ///
    /// # Errors
    /// An import that does not exist or was taken back already, or the store.
    pub fn undo_import(&self, id: &str, force: bool, now: Now) -> Result<Change> {
        let row = self.find_import(id)?;
        if row.undone_ms.is_some() {
            return Err(Error::Invalid(format!("import {} was taken back already", row.uid)));
        }
        self.store.transact(|store| {
            let decks = Decks::load(store, &self.config.deck)?;
            let mut change = Change::default();
            void_brought(store, row.key, &decks, now)?;
            restore_changed(store, &row, &mut change)?;
            remove_added(store, &row, force, now, &mut change)?;
            hide_made_decks(store, &row, now)?;
            store.mark_undone(row.key, now.at_ms)?;
            Ok(change)
        })
    }
}

fn void_brought(store: &Store, import: ImportKey, decks: &Decks, now: Now) -> Result<()> {
    for (key, voids) in store.events_of_import(import)? {
        let card = store.card(key)?;
        log(store, &card, Action::Undo { voids }, now, None, decks)?;
    }
    Ok(())
}

fn restore_changed(store: &Store, row: &ImportRow, change: &mut Change) -> Result<()> {
    for edit in store.edits_of_import(row.key)? {
        let note = store.note(edit.before.key)?;
        if note.deleted != Deleted::No || note.stamp != row.stamp {
            let why = "it was edited or imported again since".to_owned();
            change.kept.push(Kept { id: note.uid, why });
            continue;
        }
        // The stamp goes back too, so that an earlier import can be taken back as well.
        store.update_note(&edit.before)?;
        change.notes.push(note.uid);
    }
    Ok(())
}

fn remove_added(
    store: &Store,
    row: &ImportRow,
    force: bool,
    now: Now,
    change: &mut Change,
) -> Result<()> {
    for note in store.notes_born_in(row.key)? {
        if note.deleted != Deleted::No {
            continue;
        }
        let cards = store.cards_of(note.key)?;
        let was_reviewed = cards.iter().any(|card| card.state.due.is_some());
        let why = if note.stamp != row.stamp {
            Some("it was edited or imported again since")
        } else if was_reviewed && !force {
            Some("it was reviewed since (--force removes it)")
        } else {
            None
        };
        if let Some(why) = why {
            change.kept.push(Kept { id: note.uid, why: why.to_owned() });
            continue;
        }
        change.notes.push(note.uid);
        change.cards.extend(cards.iter().map(|card| card.uid));
        if store.has_log(note.key)? {
            let stamp = store.stamp(now.at_ms)?;
            store.update_note(&Note { deleted: Deleted::WithImport, stamp, ..note })?;
        } else {
            store.remove_note(note.key)?;
        }
    }
    Ok(())
}

/// Hides the decks that the import made, where nothing is left in them.
fn hide_made_decks(store: &Store, row: &ImportRow, now: Now) -> Result<()> {
    let kept: History = serde_json::from_str(&row.counts).unwrap_or_default();
    let mut names: Vec<DeckName> =
        kept.new_decks.iter().filter_map(|name| name.parse().ok()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.depth()));
    for name in names {
        let Some(deck) = store.deck(&name)? else { continue };
        let has_notes = store.deck_size(deck.key)?.0 > 0;
        let has_children =
            store.decks()?.iter().any(|other| other.name != name && other.name.is_within(&name));
        if !has_notes && !has_children {
            store.hide_deck(deck.key, store.stamp(now.at_ms)?)?;
        }
    }
    Ok(())
}
