//! Taking an import back.

use std::collections::{BTreeMap, HashSet};

use crate::domain::{DeckName, Now, Uid};
use crate::error::Error;
use crate::sched::replay;
use crate::store::{CardKey, Deleted, ImportRow, Note, NoteKey, Store};

use super::decks::{Decks, hide_unused};
use super::intake::History;
use super::review::log_undos;
use super::{App, Change, Kept, Result};

impl App {
    /// Takes an import back: removes what it added, restores what it changed,
    /// voids the events it brought. What was reviewed since is kept unless
    /// `force`; what was edited or imported again since is kept and reported.
    ///
    /// # Errors
    /// An import that does not exist or was taken back already, or the store.
    pub fn undo_import(&self, id: &str, force: bool, now: Now) -> Result<Change> {
        self.transact_on_decks(|store| {
            // Another process may have taken it back a moment ago.
            let row = self.find_import(id)?;
            let again = row.undone_ms.is_some();
            if again && !force {
                return Err(Error::Invalid(format!("import {} was taken back already", row.uid)));
            }
            let history = History::of(&row)?;
            let decks = Decks::load(store, &self.config.deck)?;
            let mut change = Change::default();
            // Taking back is a change, whatever it finds to restore.
            store.stamp(now.at_ms)?;
            // A second time, with force, only what was kept at first is left to remove.
            let brought = if again { Vec::new() } else { store.events_of_import(row.key)? };
            let goes = leaving(store, &row, force, &brought, &decks, &mut change)?;
            void_brought(store, &row, &brought, &goes, &decks, now)?;
            if !again {
                restore_changed(store, &row, &mut change)?;
            }
            withdraw_cards(store, &history, force, &mut change)?;
            for note in goes {
                remove(store, note, now, &mut change)?;
            }
            hide_made_decks(store, &history, now)?;
            store.mark_undone(row.key, now.at_ms)?;
            Ok(change)
        })
    }
}

/// Whether the learner, or an import that still stands, changed a note after this import.
///
/// The note's own stamp does not tell: a document brings stamps of its own.
fn is_touched(store: &Store, note: &Note, row: &ImportRow) -> Result<bool> {
    Ok(note.import != Some(row.key) || store.is_edited_since(note.key, row.stamp)?)
}

/// Returns the notes that the import added and that go with it; those that stay
/// are reported.
fn leaving(
    store: &Store,
    row: &ImportRow,
    force: bool,
    brought: &[(CardKey, Uid)],
    decks: &Decks,
    change: &mut Change,
) -> Result<Vec<Note>> {
    let ids: HashSet<Uid> = brought.iter().map(|(_, id)| *id).collect();
    let was_reviewed = |note: &Note| -> Result<bool> {
        for card in store.cards_of(note.key)? {
            if card.state.due.is_none() {
                continue;
            }
            if ids.is_empty() {
                return Ok(true);
            }
            let mut own = store.log_of(card.key)?;
            own.retain(|event| !ids.contains(&event.id));
            if replay(&own, decks.engine(card.deck)).due.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    };
    let mut goes = Vec::new();
    for note in store.notes_born_in(row.key)? {
        if !matches!(note.deleted, Deleted::No | Deleted::Never) {
            continue;
        }
        let why = if is_touched(store, &note, row)? {
            "it was edited or imported again since"
        } else if !force && was_reviewed(&note)? {
            "it was reviewed since (--force removes it)"
        } else {
            goes.push(note);
            continue;
        };
        change.kept.push(Kept { id: note.uid, why: why.to_owned() });
    }
    Ok(goes)
}

/// Voids the events that the import brought, but for those of notes that it
/// added and that stay.
fn void_brought(
    store: &Store,
    row: &ImportRow,
    brought: &[(CardKey, Uid)],
    goes: &[Note],
    decks: &Decks,
    now: Now,
) -> Result<()> {
    let goes: HashSet<NoteKey> = goes.iter().map(|note| note.key).collect();
    let mut of_cards: BTreeMap<CardKey, Vec<Uid>> = BTreeMap::new();
    for &(card, event) in brought {
        of_cards.entry(card).or_default().push(event);
    }
    for (key, events) in of_cards {
        let note = key.note();
        if goes.contains(&note) || store.note(note)?.born != Some(row.key) {
            log_undos(store, &store.card(key)?, &events, now, Some(row.key), decks)?;
        }
    }
    Ok(())
}

fn restore_changed(store: &Store, row: &ImportRow, change: &mut Change) -> Result<()> {
    for edit in store.edits_of_import(row.key)? {
        let note = store.note(edit.before.key)?;
        if note.deleted != Deleted::No || is_touched(store, &note, row)? {
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

/// Takes back the cards that the import gave to notes that were there; those reviewed
/// since stay and are reported.
fn withdraw_cards(
    store: &Store,
    history: &History,
    force: bool,
    change: &mut Change,
) -> Result<()> {
    for key in history.new_cards.iter().copied().map(CardKey) {
        let cards = store.cards_of(key.note())?;
        let Some(card) = cards.iter().find(|card| card.key == key && !card.gone) else { continue };
        // What the import brought of its log is void already.
        if card.state.due.is_some() && !force {
            let why = "it was reviewed since (--force removes it)".to_owned();
            change.kept.push(Kept { id: card.uid, why });
            continue;
        }
        store.withdraw_card(key)?;
        change.cards.push(card.uid);
    }
    Ok(())
}

fn remove(store: &Store, note: Note, now: Now, change: &mut Change) -> Result<()> {
    change.notes.push(note.uid);
    change.cards.extend(store.cards_of(note.key)?.iter().map(|card| card.uid));
    if store.has_log(note.key)? {
        let stamp = store.stamp(now.at_ms)?;
        store.update_note(&Note { deleted: Deleted::WithImport, stamp, ..note })?;
    } else {
        store.remove_note(note.key)?;
    }
    Ok(())
}

/// Hides the decks that the import made, where they are of no use any more.
fn hide_made_decks(store: &Store, history: &History, now: Now) -> Result<()> {
    let mut names: Vec<DeckName> =
        history.new_decks.iter().filter_map(|name| name.parse().ok()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.depth()));
    for name in names {
        if let Some(deck) = store.deck(&name)? {
            hide_unused(store, deck.key, store.stamp(now.at_ms)?)?;
        }
    }
    Ok(())
}
