//! Writing the collection, or a part of it, to a file's text.

use std::collections::HashMap;

use crate::domain::interchange::{self, CardRow, DeckRow, Document, EventRow, NoteRow};
use crate::domain::{DeckName, DeckOptions, Uid};
use crate::export::Row;
use crate::find::Query;
use crate::store::{DeckKey, Note};

use super::{App, Result};

impl App {
    /// Returns the whole collection, or what matches, as an interchange document.
    ///
    /// # Errors
    /// The store.
    pub fn document(&self, part: Option<&Query>, now: crate::domain::Now) -> Result<Document> {
        self.store.view(|store| {
            let decks = store.decks()?;
            let names: HashMap<DeckKey, &DeckName> =
                decks.iter().map(|deck| (deck.key, &deck.name)).collect();
            let chosen = self.chosen(part, now)?;
            let mut document = Document { termdeck: interchange::VERSION, ..Document::default() };
            let mut shown = std::collections::HashSet::new();
            let mut used = std::collections::HashSet::new();
            store.each_note(|note| {
                if chosen.as_ref().is_some_and(|uids| !uids.contains(&note.uid)) {
                    return Ok(());
                }
                used.insert(note.deck);
                let deck = names.get(&note.deck).map_or("", |name| name.as_str());
                for card in store.cards_of(note.key)? {
                    shown.insert(card.key);
                    document.cards.push(CardRow {
                        id: card.uid.to_string(),
                        note: note.uid.to_string(),
                        direction: card.slot.to_string(),
                    });
                }
                document.notes.push(note_row(note, deck));
                Ok(())
            })?;
            for deck in &decks {
                let is_parent = || {
                    used.iter().any(|key| names.get(key).is_some_and(|n| n.is_within(&deck.name)))
                };
                if chosen.is_none() || used.contains(&deck.key) || is_parent() {
                    let options =
                        (deck.options != DeckOptions::default()).then(|| deck.options.clone());
                    document.decks.push(DeckRow { name: deck.name.as_str().to_owned(), options });
                }
            }
            let mut events = Vec::new();
            store.each_event(|card, event| {
                if shown.contains(&card) {
                    events.push(event);
                }
                Ok(())
            })?;
            events.sort_by(|a, b| a.order().cmp(&b.order()));
            document.events = events.iter().map(EventRow::of).collect();
            Ok(document)
        })
    }

    /// Returns the notes of the whole collection, or what matches, as table rows.
    ///
    /// # Errors
    /// The store.
    pub fn rows(&self, part: Option<&Query>, now: crate::domain::Now) -> Result<Vec<Row>> {
        self.store.view(|store| {
            let decks = store.decks()?;
            let chosen = self.chosen(part, now)?;
            let mut rows = Vec::new();
            store.each_note(|note| {
                if chosen.as_ref().is_none_or(|uids| uids.contains(&note.uid)) {
                    let deck = decks.iter().find(|deck| deck.key == note.deck);
                    rows.push(Row {
                        deck: deck.map_or_else(String::new, |d| d.name.as_str().to_owned()),
                        kind: note.kind,
                        fields: note.fields,
                        ext_id: note.ext_id,
                        uid: note.uid,
                    });
                }
                Ok(())
            })?;
            Ok(rows)
        })
    }

    pub(super) fn chosen(
        &self,
        part: Option<&Query>,
        now: crate::domain::Now,
    ) -> Result<Option<std::collections::HashSet<Uid>>> {
        let Some(query) = part else { return Ok(None) };
        let (_, found) = self.matching(query, None, now)?;
        Ok(Some(found.into_iter().map(|(note, _)| note.uid).collect()))
    }
}

fn note_row(note: Note, deck: &str) -> NoteRow {
    let fields = note.fields;
    NoteRow {
        id: note.uid.to_string(),
        deck: deck.to_owned(),
        kind: note.kind,
        front: fields.front,
        back: fields.back,
        reading: fields.reading,
        note: fields.note,
        example: fields.example,
        source: fields.source,
        tags: fields.tags,
        added: Some(note.added_ms),
        ext_id: note.ext_id,
        stamp: Some(note.stamp),
    }
}
