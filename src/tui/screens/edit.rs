//! The editor of a note: one that is there, one that is new, or a row of an import.

use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

use super::edit_advice::{self, Advice, Completion};
pub use super::edit_form::{EditBackend, EditNews, EditWork, FormField, Offers};
use super::{Ask, Hit, Page, edit_view};
use crate::app::{Added, Twins, Typed};
use crate::domain::text::plural;
use crate::domain::{DeckName, Field, Fields, Uid, cloze};
use crate::tui::Look;
use crate::tui::keymap::{Action, Keymap, Keys, tables};
use crate::tui::screen::{Effect, Moment, Size};
use crate::tui::widgets::field::TextField;

/// What is edited.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Purpose {
    /// A note.
    Note(Uid),
    /// A row that is not imported yet.
    Row,
    /// A note that is not there yet, after those that were added.
    New(Vec<(Added, Fields)>),
}

/// One line of the form: as it was, and as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    field: FormField,
    before: String,
    text: TextField,
}

impl Entry {
    fn new(field: FormField, text: String) -> Self {
        Self { field, before: text.clone(), text: TextField::new(text) }
    }

    /// Returns the text as it is saved.
    fn saved(&self) -> String {
        match self.field {
            FormField::Of(Field::Tags) => edit_advice::labels(self.text.text()).join(" "),
            _ => self.text.text().to_owned(),
        }
    }

    fn is_changed(&self) -> bool {
        self.text.text() != self.before && self.saved() != self.before
    }
}

/// The state of the editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    purpose: Purpose,
    entries: Vec<Entry>,
    focus: usize,
    /// Whether the last key would have thrown changes away.
    asked: bool,
    /// Whether it was to be saved and could not be.
    tried: bool,
    /// Whether the last paste was too long.
    refused: bool,
    offers: Option<Offers>,
    twins: Option<(Typed, Twins)>,
}

impl Edit {
    /// Opens the editor on a note, in its first field.
    #[must_use]
    pub fn new(note: Uid, fields: &Fields) -> Self {
        Self::open(Purpose::Note(note), None, fields)
    }

    /// Opens the editor on a row that is not imported yet.
    #[must_use]
    pub fn row(fields: &Fields) -> Self {
        Self::open(Purpose::Row, None, fields)
    }

    /// Opens the editor on a note that is to be added.
    #[must_use]
    pub fn add(deck: Option<&DeckName>) -> Self {
        let deck = deck.map_or("Default", DeckName::as_str).to_owned();
        let mut edit = Self::open(Purpose::New(Vec::new()), Some(deck), &Fields::default());
        edit.focus = 1;
        edit
    }

    fn open(purpose: Purpose, deck: Option<String>, fields: &Fields) -> Self {
        let deck = deck.map(|deck| Entry::new(FormField::Deck, deck));
        let own = Field::ALL.map(|field| Entry::new(FormField::Of(field), fields.text(field)));
        Self {
            purpose,
            entries: deck.into_iter().chain(own).collect(),
            focus: 0,
            asked: false,
            tried: false,
            refused: false,
            offers: None,
            twins: None,
        }
    }

    /// Returns what is edited, for the title.
    #[must_use]
    pub const fn title(&self) -> &'static str {
        match self.purpose {
            Purpose::Note(_) => "Edit note",
            Purpose::Row => "Edit row",
            Purpose::New(_) => "Add a note",
        }
    }

    /// Returns how many notes were added; `None` where none is to be.
    #[must_use]
    pub fn added(&self) -> Option<usize> {
        match &self.purpose {
            Purpose::New(added) => Some(added.len()),
            _ => None,
        }
    }

    /// Returns the fields in display order, and whether each has the focus.
    pub fn fields(&self) -> impl Iterator<Item = (FormField, &TextField, bool)> {
        let focus = self.focus;
        let entries = self.entries.iter().enumerate();
        entries.map(move |(nth, entry)| (entry.field, &entry.text, nth == focus))
    }

    fn text(&self, field: FormField) -> &str {
        let entry = self.entries.iter().find(|entry| entry.field == field);
        entry.map_or("", |entry| entry.text.text())
    }

    fn entry(&mut self) -> Option<&mut Entry> {
        self.entries.get_mut(self.focus)
    }

    /// Returns the field with the focus.
    fn field(&self) -> Option<FormField> {
        self.entries.get(self.focus).map(|entry| entry.field)
    }

    /// Returns the fields that differ from what they were.
    #[must_use]
    pub fn changes(&self) -> Vec<(Field, String)> {
        let changed = |entry: &Entry| match entry.field {
            FormField::Of(field) if entry.is_changed() => Some((field, entry.saved())),
            _ => None,
        };
        self.entries.iter().filter_map(changed).collect()
    }

    /// Returns the note as it would be saved.
    #[must_use]
    pub fn note(&self) -> Fields {
        let mut fields = Fields::default();
        for entry in &self.entries {
            if let FormField::Of(field) = entry.field {
                fields.set(field, &entry.saved());
            }
        }
        fields
    }

    /// Returns the deck of a new note.
    ///
    /// # Errors
    /// Why what is typed is no name for one.
    pub(super) fn deck(&self) -> Result<DeckName, String> {
        self.text(FormField::Deck).trim().parse().map_err(|error| format!("{error}"))
    }

    /// Returns the field that keeps the note from being saved, and why.
    pub(super) fn problem(&self) -> Option<(FormField, String)> {
        if self.added().is_some()
            && let Err(error) = self.deck()
        {
            return Some((FormField::Deck, error));
        }
        let front = self.text(FormField::Of(Field::Front));
        if front.trim().is_empty() {
            return Some((FormField::Of(Field::Front), "a note needs a front".to_owned()));
        }
        let has_back = !self.text(FormField::Of(Field::Back)).trim().is_empty();
        // The gaps of cloze text are what is to be remembered.
        if has_back || cloze::is_cloze(front) {
            return None;
        }
        Some((FormField::Of(Field::Back), "a note needs a back, or gaps in its front".to_owned()))
    }

    /// Returns what is said below a field.
    #[must_use]
    pub fn advice(&self, field: FormField) -> Vec<Advice> {
        edit_advice::below(self, field)
    }

    /// Whether the field with the focus refused what was pasted.
    pub(super) fn refused(&self, field: FormField) -> bool {
        self.refused && self.field() == Some(field)
    }

    /// Whether to speak of what a note lacks: not before anybody could have written it.
    pub(super) const fn is_strict(&self) -> bool {
        self.tried || !matches!(self.purpose, Purpose::New(_))
    }

    /// Whether the field has the focus.
    pub(super) fn has_focus(&self, field: FormField) -> bool {
        self.field() == Some(field)
    }

    /// Returns the other notes with the front that is typed, as far as they are known.
    pub(super) fn twins(&self) -> Option<&Twins> {
        let (of, twins) = self.twins.as_ref()?;
        (self.typed().as_ref() == Some(of)).then_some(twins)
    }

    /// Returns the decks and tags that there are, as far as they are known.
    pub(super) const fn offers(&self) -> Option<&Offers> {
        self.offers.as_ref()
    }

    /// Returns what the field with the focus can become.
    #[must_use]
    pub fn completion(&self) -> Option<Completion> {
        let entry = self.entries.get(self.focus)?;
        if entry.text.is_at_end() { edit_advice::completion(self, entry.field) } else { None }
    }

    /// Returns the front to look for, where another note with it would be news.
    fn typed(&self) -> Option<Typed> {
        let entry = self.entries.iter().find(|entry| entry.field == FormField::Of(Field::Front))?;
        let front = entry.text.text().trim().to_owned();
        if front.is_empty() {
            return None;
        }
        match self.purpose {
            Purpose::Note(note) if entry.is_changed() => {
                Some(Typed { deck: None, note: Some(note), front })
            }
            Purpose::New(_) => Some(Typed { deck: self.deck().ok(), note: None, front }),
            // What a row repeats, the plan says.
            _ => None,
        }
    }

    /// Whether leaving would lose anything.
    fn unsaved(&self) -> usize {
        self.entries.iter().filter(|entry| entry.is_changed()).count()
    }

    fn save(&mut self) -> Option<Ask> {
        if self.unsaved() == 0 && self.added().is_none() {
            return Some(Ask::Leave);
        }
        if let Some((field, why)) = self.problem().filter(|_| self.purpose != Purpose::Row) {
            self.tried = true;
            self.focus = self.entries.iter().position(|entry| entry.field == field).unwrap_or(0);
            return Some(Ask::Complain(format!("Not saved: {why}.")));
        }
        let work = match &self.purpose {
            Purpose::Note(note) => Effect::Edit { note: *note, fields: self.changes() },
            Purpose::Row => return Some(Ask::ChangeRow(self.changes())),
            Purpose::New(_) => {
                let deck = self.deck().ok()?;
                Effect::Editor(EditWork::Add(deck, Box::new(self.note())))
            }
        };
        Some(Ask::Do(work))
    }

    fn leave(&mut self, asked: bool, keys: &Keys) -> Ask {
        let changes = self.unsaved();
        if changes == 0 || asked {
            return Ask::Leave;
        }
        self.asked = true;
        let [back, save] =
            [Action::Back, Action::Save].map(|action| keys.named(self.keymap(), action));
        if self.added().is_some() {
            return Ask::Say(format!("{back} again throws this note away, {save} adds it."));
        }
        let changes = plural(changes, "change");
        Ask::Say(format!("{back} again throws {changes} away, {save} saves."))
    }

    /// Takes what came of work.
    pub fn told(&mut self, news: EditNews) -> Option<Ask> {
        match news {
            EditNews::Offers(offers) => self.offers = Some(offers),
            EditNews::Twins(of, twins) => self.twins = Some((of, twins)),
            EditNews::Added(added) => return Some(self.go_on(added)),
            EditNews::TakenBack => return self.come_back(),
        }
        None
    }

    /// Makes room for the next note.
    fn go_on(&mut self, added: Added) -> Ask {
        let fields = self.note();
        let cards = plural(added.cards, "card");
        let words = format!("Added to {}: {}, {cards}.", added.deck, fields.front);
        let is_new_deck = |offers: &&mut Offers| !offers.decks.contains(&added.deck);
        if let Some(offers) = self.offers.as_mut().filter(is_new_deck) {
            offers.decks.push(added.deck.clone());
        }
        for entry in &mut self.entries {
            let kept = if entry.field.is_kept() { entry.saved() } else { String::new() };
            *entry = Entry::new(entry.field, kept);
        }
        (self.focus, self.tried) = (1, false);
        if let Purpose::New(all) = &mut self.purpose {
            all.push((added, fields));
        }
        Ask::Say(words)
    }

    /// Shows a note again that was taken back, unless another one is begun already.
    fn come_back(&mut self) -> Option<Ask> {
        let Purpose::New(all) = &mut self.purpose else { return None };
        let (added, fields) = all.pop()?;
        if self.unsaved() == 0 {
            for entry in &mut self.entries {
                match entry.field {
                    FormField::Deck => entry.text.set(added.deck.as_str()),
                    FormField::Of(field) => entry.text.set(&fields.text(field)),
                }
            }
        }
        Some(Ask::Say(format!("Taken back: {}", fields.front)))
    }
}

impl Page for Edit {
    fn keymap(&self) -> Keymap {
        match self.purpose {
            Purpose::New(_) => tables::ADD,
            _ => tables::EDIT,
        }
    }

    fn can(&self, action: Action, size: Size) -> bool {
        let last = self.entries.len().saturating_sub(1);
        let Some(entry) = self.entries.get(self.focus) else { return action == Action::Back };
        let cells = edit_view::cells(size);
        match action {
            Action::Save => self.unsaved() > 0,
            Action::NextField => self.focus < last,
            Action::PreviousField => self.focus > 0,
            Action::Up => self.focus > 0 || entry.text.clone().up(cells),
            Action::Down => self.focus < last || entry.text.clone().down(cells),
            Action::Accept | Action::Back => true,
            Action::LineBreak => !entry.field.is_line(),
            Action::UndoText => entry.text.can_undo(),
            Action::RedoText => entry.text.can_redo(),
            Action::Complete => self.completion().is_some(),
            Action::TakeBack => self.added().is_some_and(|count| count > 0),
            _ => false,
        }
    }

    fn update(&mut self, action: Action, moment: Moment<'_>) -> Option<Ask> {
        let last = self.entries.len().saturating_sub(1);
        let cells = edit_view::cells(moment.size);
        let asked = std::mem::take(&mut self.asked);
        self.refused = false;
        match action {
            Action::NextField => self.focus = (self.focus + 1).min(last),
            Action::PreviousField => self.focus = self.focus.saturating_sub(1),
            Action::Up => {
                let has_moved = self.entry()?.text.up(cells);
                if !has_moved {
                    self.focus = self.focus.saturating_sub(1);
                }
            }
            Action::Down => {
                let has_moved = self.entry()?.text.down(cells);
                if !has_moved {
                    self.focus = (self.focus + 1).min(last);
                }
            }
            Action::Accept if self.focus < last => self.focus += 1,
            Action::Save | Action::Accept => return self.save(),
            Action::LineBreak => self.insert("\n"),
            Action::UndoText => drop(self.entry()?.text.undo()),
            Action::RedoText => drop(self.entry()?.text.redo()),
            Action::Complete => {
                let completion = self.completion()?;
                self.entry()?.text.set(&completion.text);
            }
            Action::TakeBack => {
                let Purpose::New(all) = &self.purpose else { return None };
                let (added, _) = all.last()?;
                return Some(Ask::Do(Effect::Editor(EditWork::TakeBack(added.clone()))));
            }
            Action::Back => return Some(self.leave(asked, moment.keys)),
            _ => {}
        }
        None
    }

    fn press(&mut self, event: &KeyEvent) {
        (self.asked, self.refused) = (false, false);
        if let Some(entry) = self.entry() {
            entry.text.press(event);
        }
    }

    fn insert(&mut self, inserted: &str) {
        self.asked = false;
        let Some(entry) = self.entry() else { return };
        let fits = entry.text.has_room_for(inserted);
        if entry.field.is_line() {
            entry.text.insert_joined(inserted);
        } else {
            entry.text.insert(inserted);
        }
        self.refused = !fits;
    }

    fn view(&self, _size: Size, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        edit_view::view(self, frame, area, look.theme());
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn hits(&self, _size: Size, area: Rect) -> Vec<(Rect, Hit)> {
        edit_view::hits(self, area)
    }

    fn choose(&mut self, row: usize) {
        self.focus = row.min(self.entries.len().saturating_sub(1));
    }

    fn wish(&self) -> Option<Effect> {
        if self.offers.is_none() {
            return Some(Effect::Editor(EditWork::Offers));
        }
        let typed = self.typed()?;
        let is_known = self.twins().is_some_and(|twins| twins.is_whole);
        (!is_known).then_some(Effect::Editor(EditWork::Twins(typed)))
    }

    fn failed(&mut self) {
        self.offers.get_or_insert_default();
        if let Some(typed) = self.typed() {
            self.twins = Some((typed, Twins { is_whole: true, ..Twins::default() }));
        }
    }
}
