//! Browse: all notes: find, look, change.

use std::collections::BTreeSet;

use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

use super::browse_columns::ColumnsPage;
use super::browse_note::{LIKE_LIST, NotePage};
use super::browse_prompt::{Asked, Prompt, done, nothing};
pub use super::browse_work::{
    BrowseBackend, BrowseNews, BrowseWork, Found, NoteRow, WINDOW, Wanted,
};
use super::{Ask, Hit, Page, browse_view};
use crate::app::{Bulk, CardDeed, Fault, FoundNote, NoteDeed, Preview, Query, TERMS, Term};
use crate::domain::{Fields, Uid};
use crate::tui::Look;
use crate::tui::keymap::{Action, Keymap, tables};
use crate::tui::screen::{Effect, Moment, Size, Words};
use crate::tui::widgets::field::TextField;

/// Rows on either side of the cursor that the largest terminal shows.
const SHOWN: usize = 95;

/// A page or a question over the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Over {
    /// Tags, a deck or a day are typed.
    Prompt(Prompt),
    /// What a bulk of these notes would come to; the question whether to do it.
    Confirm(Vec<Uid>, Bulk, Preview),
    /// One note in full.
    Note(NotePage),
    /// The columns.
    Columns(ColumnsPage),
}

/// The state of the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Browse {
    /// The search line.
    pub line: TextField,
    /// Whether keys go into it.
    pub typing: bool,
    /// What of it cannot be understood; what was found before stays.
    pub fault: Option<Fault>,
    /// What was found.
    pub found: Found,
    /// Whether anything was looked for yet.
    pub has_searched: bool,
    /// The chosen place.
    pub cursor: usize,
    /// The marked notes.
    pub marks: BTreeSet<Uid>,
    /// The columns, and which of them the list is sorted by.
    pub columns: ColumnsPage,
    /// What lies over the list.
    pub over: Option<Over>,
    query: Query,
    /// The note that was chosen when it was deleted: an undo goes back to it.
    deleted: Option<Uid>,
    /// Whether the query or the order is not looked for yet.
    is_new: bool,
    /// Whether notes were changed since they were looked at.
    is_stale: bool,
    /// Whether a piece of work failed: it is not tried again before the next key.
    is_stuck: bool,
}

impl Default for Browse {
    fn default() -> Self {
        Self {
            line: TextField::default(),
            typing: true,
            fault: None,
            found: Found::default(),
            has_searched: false,
            cursor: 0,
            marks: BTreeSet::new(),
            columns: ColumnsPage::default(),
            over: None,
            query: Query::everything(),
            deleted: None,
            is_new: true,
            is_stale: false,
            is_stuck: false,
        }
    }
}

impl Browse {
    /// Opens the screen with what a query finds, and the keys on the list.
    #[must_use]
    pub fn of(query: &str) -> Self {
        let line = TextField::new(query.to_owned());
        let mut browse = Self { line, typing: false, ..Self::default() };
        browse.edited();
        browse
    }

    /// Returns the row at a place, where it was looked up.
    #[must_use]
    pub fn row(&self, at: usize) -> Option<&NoteRow> {
        self.found.rows.get(at.checked_sub(self.found.from)?)
    }

    /// Returns the chosen note, where it was looked up.
    #[must_use]
    pub fn chosen(&self) -> Option<&FoundNote> {
        self.row(self.cursor).map(|row| &row.note)
    }

    /// Whether everything is shown, because nothing was typed.
    #[must_use]
    pub const fn shows_all(&self) -> bool {
        self.query.is_everything()
    }

    /// Returns the marked notes or, where none is marked or one is shown, the chosen one.
    fn targets(&self) -> Vec<Uid> {
        if self.marks.is_empty() || matches!(self.over, Some(Over::Note(_))) {
            return self.chosen().map(|note| note.id).into_iter().collect();
        }
        self.marks.iter().copied().collect()
    }

    /// Returns what is looked for. At the top of the list the cursor goes with the best
    /// place, unless something that lies over the list is about the chosen note.
    fn wanted(&self) -> Wanted {
        let (query, order) = (self.query.clone(), self.columns.order);
        let is_about = !matches!(self.over, None | Some(Over::Columns(_)));
        let is_held = self.is_stale || self.cursor > 0 || is_about;
        let chosen = self.chosen().map(|note| note.id).filter(|_| is_held);
        let deleted = self.deleted.filter(|_| self.is_stale);
        let keep = deleted.into_iter().chain(chosen).collect();
        Wanted { query, order, keep, cursor: self.cursor }
    }

    /// Whether rows near the cursor are still to be looked up.
    fn lacks_rows(&self) -> bool {
        let first = self.cursor.saturating_sub(SHOWN);
        let last = self.found.count.min(self.cursor + SHOWN);
        first < last && (self.row(first).is_none() || self.row(last - 1).is_none())
    }

    /// Reads the search line after it was edited.
    fn edited(&mut self) {
        match Query::parse(self.line.text()) {
            Ok(query) => {
                self.fault = None;
                if query != self.query {
                    self.query = query;
                    self.is_new = true;
                    self.cursor = 0;
                }
            }
            Err(fault) => self.fault = Some(fault),
        }
    }

    /// Takes what came of work.
    pub fn told(&mut self, news: BrowseNews) -> Option<Ask> {
        match news {
            BrowseNews::Found(found) => {
                let was_searched = self.is_new || self.is_stale;
                self.is_new = false;
                self.is_stale = false;
                self.has_searched = true;
                self.cursor = found.cursor;
                self.found = found;
                self.follow();
                if self.lacks_rows() {
                    // Asked again, it would not say more.
                    self.is_stuck = was_searched;
                    self.is_new = !was_searched;
                }
            }
            BrowseNews::Grown { count, read, all } => {
                self.found = Found { count, read, all, ..std::mem::take(&mut self.found) };
            }
            BrowseNews::Rows(from, rows) => {
                let known = self.found.count.min(self.cursor + WINDOW).saturating_sub(from);
                // Fewer than were found: another program deleted some meanwhile.
                self.is_new |= rows.len() < known;
                self.found.from = from;
                self.found.rows = rows;
                self.follow();
            }
            BrowseNews::Ids(ids) => {
                if ids.iter().all(|id| self.marks.contains(id)) {
                    for id in &ids {
                        self.marks.remove(id);
                    }
                } else {
                    self.marks.extend(ids);
                }
            }
            BrowseNews::History(note, histories) => {
                if let Some(Over::Note(page)) = &mut self.over
                    && page.note == note
                {
                    page.histories = Some(histories);
                }
            }
            BrowseNews::Decks(decks) => {
                if let Some(Over::Prompt(prompt)) = &mut self.over {
                    prompt.decks = Some(decks);
                }
            }
            BrowseNews::Preview(notes, bulk, preview) => {
                self.over = None;
                if preview.notes == 0 {
                    return Some(Ask::Say(nothing(&bulk)));
                }
                self.over = Some(Over::Confirm(notes, bulk, preview));
            }
            BrowseNews::Done(bulk, notes, cards) => {
                self.over = None;
                self.is_stale = true;
                self.marks.clear();
                let is_delete = bulk == Bulk::Notes(NoteDeed::Delete);
                self.deleted = self.chosen().map(|note| note.id).filter(|_| is_delete);
                return Some(Ask::Say(done(&bulk, notes, cards)));
            }
        }
        None
    }

    /// Lets the page of one note follow the cursor.
    fn follow(&mut self) {
        let chosen = self.chosen().map(|note| note.id);
        if let (Some(Over::Note(page)), Some(note)) = (&mut self.over, chosen)
            && page.note != note
        {
            *page = NotePage::new(note);
        }
    }

    fn move_to(&mut self, at: usize) {
        self.cursor = at.min(self.found.count.saturating_sub(1));
        self.follow();
    }

    fn can_in_list(&self, action: Action) -> bool {
        let has_note = self.chosen().is_some();
        let has_targets = has_note || !self.marks.is_empty();
        match action {
            Action::Back | Action::Search | Action::Columns | Action::Undo | Action::Redo => true,
            Action::Up | Action::PageUp | Action::First => self.cursor > 0,
            Action::Down | Action::PageDown | Action::Last => self.cursor + 1 < self.found.count,
            Action::Details | Action::Select | Action::Edit | Action::Add => has_note,
            Action::SelectAll => self.found.count > 0,
            Action::Tags
            | Action::MoveToDeck
            | Action::Suspend
            | Action::Unsuspend
            | Action::Bury
            | Action::SetDue
            | Action::Reset
            | Action::DeleteNotes => has_targets,
            _ => false,
        }
    }

    fn update_list(&mut self, action: Action, moment: Moment<'_>) -> Option<Ask> {
        let page = moment.size.page();
        match action {
            Action::Up => self.move_to(self.cursor.saturating_sub(1)),
            Action::Down => self.move_to(self.cursor + 1),
            Action::PageUp => self.move_to(self.cursor.saturating_sub(page)),
            Action::PageDown => self.move_to(self.cursor + page),
            Action::First => self.move_to(0),
            Action::Last => self.move_to(usize::MAX),
            Action::Back if self.typing && !self.line.text().is_empty() => self.typing = false,
            Action::Back => return Some(Ask::Leave),
            Action::Accept => self.typing = false,
            Action::Search => self.typing = true,
            Action::Details => {
                self.over = self.chosen().map(|note| Over::Note(NotePage::new(note.id)));
            }
            Action::Select => {
                let id = self.chosen()?.id;
                if !self.marks.remove(&id) {
                    self.marks.insert(id);
                }
                self.move_to(self.cursor + 1);
            }
            Action::SelectAll => {
                return Some(Ask::Do(Effect::Browse(BrowseWork::Ids(self.wanted()))));
            }
            Action::Edit => {
                let note = self.chosen()?;
                return Some(Ask::Edit(note.id, Box::<Fields>::new(note.fields.clone())));
            }
            Action::Add => return Some(Ask::Add(self.chosen()?.deck.parse().ok())),
            Action::Undo => return Some(Ask::Do(Effect::Undo)),
            Action::Redo => return Some(Ask::Do(Effect::Redo)),
            Action::Columns => self.over = Some(Over::Columns(self.columns.clone())),
            Action::Tags => self.over = Some(Over::Prompt(Prompt::new(Asked::Tags))),
            Action::MoveToDeck => self.over = Some(Over::Prompt(Prompt::new(Asked::Deck))),
            Action::SetDue => self.over = Some(Over::Prompt(Prompt::new(Asked::Due))),
            Action::Suspend => return Some(self.preview(Bulk::Cards(CardDeed::Suspend))),
            Action::Unsuspend => return Some(self.preview(Bulk::Cards(CardDeed::Unsuspend))),
            Action::Bury => return Some(self.preview(Bulk::Cards(CardDeed::Bury))),
            Action::Reset => return Some(self.preview(Bulk::Cards(CardDeed::Reset))),
            Action::DeleteNotes => return Some(self.preview(Bulk::Notes(NoteDeed::Delete))),
            _ => {}
        }
        None
    }

    fn preview(&self, bulk: Bulk) -> Ask {
        Ask::Do(Effect::Browse(BrowseWork::Preview(self.targets(), bulk)))
    }

    fn update_prompt(&mut self, action: Action, moment: Moment<'_>) -> Option<Ask> {
        let Some(Over::Prompt(prompt)) = &mut self.over else { return None };
        match action {
            Action::Complete => prompt.complete(),
            Action::Accept => {
                let bulk = prompt.bulk(moment.now.day);
                return Some(bulk.map_or_else(Ask::Complain, |bulk| self.preview(bulk)));
            }
            _ => return self.close(),
        }
        None
    }

    fn update_note(&mut self, action: Action, moment: Moment<'_>) -> Option<Ask> {
        match action {
            Action::NextNote => self.move_to(self.cursor + 1),
            Action::PreviousNote => self.move_to(self.cursor.saturating_sub(1)),
            Action::Back => return self.close(),
            _ if LIKE_LIST.contains(&action) => return self.update_list(action, moment),
            _ => {
                let most = browse_view::overflow(self, moment.size);
                if let Some(Over::Note(page)) = &mut self.over {
                    page.scroll(action, moment.size, most);
                }
            }
        }
        None
    }

    fn update_columns(&mut self, action: Action) -> Option<Ask> {
        let Some(Over::Columns(page)) = &mut self.over else { return None };
        if action == Action::Back {
            return self.close();
        }
        page.update(action);
        let page = page.clone();
        self.is_new |= page.order != self.columns.order;
        self.columns = page;
        None
    }

    fn close(&mut self) -> Option<Ask> {
        self.over = None;
        None
    }
}

impl Page for Browse {
    fn keymap(&self) -> Keymap {
        match &self.over {
            None if self.typing => tables::BROWSE_LINE,
            None => tables::BROWSE,
            Some(Over::Prompt(_)) => tables::BROWSE_PROMPT,
            Some(Over::Confirm(..)) => tables::BROWSE_CONFIRM,
            Some(Over::Note(_)) => tables::BROWSE_NOTE,
            Some(Over::Columns(_)) => tables::BROWSE_COLUMNS,
        }
    }

    fn can(&self, action: Action, size: Size) -> bool {
        match &self.over {
            // While the search goes on, what is found comes to the list. What is still
            // shown below a fault is no answer to the query: nothing is to be done to it.
            None if self.typing && action == Action::Accept => {
                self.fault.is_none() && (self.found.count > 0 || !self.found.is_whole)
            }
            None => self.can_in_list(action),
            Some(Over::Prompt(prompt)) => match action {
                Action::Complete => prompt.can_complete(),
                Action::Accept => !prompt.field.text().trim().is_empty(),
                _ => action == Action::Back,
            },
            Some(Over::Confirm(..)) => matches!(action, Action::Accept | Action::Back),
            Some(Over::Note(page)) => match action {
                Action::NextNote => self.cursor + 1 < self.found.count,
                Action::PreviousNote => self.cursor > 0,
                _ if LIKE_LIST.contains(&action) => self.can_in_list(action),
                Action::Back => true,
                Action::Up | Action::PageUp => page.scrolled > 0,
                Action::Down | Action::PageDown => {
                    page.scrolled < browse_view::overflow(self, size)
                }
                _ => false,
            },
            Some(Over::Columns(page)) => page.can(action),
        }
    }

    fn update(&mut self, action: Action, moment: Moment<'_>) -> Option<Ask> {
        self.is_stuck = false;
        match &self.over {
            None => self.update_list(action, moment),
            Some(Over::Prompt(_)) => self.update_prompt(action, moment),
            Some(Over::Confirm(notes, bulk, _)) if action == Action::Accept => {
                let work = BrowseWork::Do(notes.clone(), bulk.clone());
                Some(Ask::Do(Effect::Browse(work)))
            }
            Some(Over::Confirm(..)) => self.close(),
            Some(Over::Note(_)) => self.update_note(action, moment),
            Some(Over::Columns(_)) => self.update_columns(action),
        }
    }

    fn view(&self, _size: Size, frame: &mut Frame<'_>, area: Rect, look: &Look) {
        browse_view::view(self, frame, area, look);
    }

    fn hits(&self, _size: Size, area: Rect) -> Vec<(Rect, Hit)> {
        browse_view::hits(self, area)
    }

    fn choose(&mut self, row: usize) {
        self.move_to(row);
    }

    fn words(&self) -> Option<Words> {
        let note = self.chosen()?;
        let Fields { front, back, reading, .. } = note.fields.clone();
        Some(Words { text: front.clone(), front, back, reading, deck: note.deck.clone() })
    }

    fn takes_text(&self) -> bool {
        self.over.as_ref().map_or(self.typing, |over| matches!(over, Over::Prompt(_)))
    }

    fn guide(&self) -> &'static [Term] {
        if self.over.is_none() { TERMS } else { &[] }
    }

    fn press(&mut self, event: &KeyEvent) {
        self.is_stuck = false;
        if let Some(Over::Prompt(prompt)) = &mut self.over {
            prompt.press(event);
        } else {
            self.line.press(event);
            self.edited();
        }
    }

    fn insert(&mut self, text: &str) {
        self.is_stuck = false;
        let text = text.replace(['\r', '\n'], " ");
        if let Some(Over::Prompt(prompt)) = &mut self.over {
            prompt.insert(&text);
        } else {
            self.line.insert(&text);
            self.edited();
        }
    }

    fn wish(&self) -> Option<Effect> {
        if self.is_stuck {
            return None;
        }
        let work = if self.is_stale {
            BrowseWork::KeepUp(self.wanted())
        } else if self.is_new {
            BrowseWork::Search(self.wanted())
        } else if self.lacks_rows() {
            BrowseWork::Rows(self.cursor)
        } else {
            match &self.over {
                Some(Over::Note(page)) if page.histories.is_none() => {
                    BrowseWork::History(page.note)
                }
                Some(Over::Prompt(prompt)) if prompt.lacks_decks() => BrowseWork::Decks,
                _ if !self.found.is_whole => BrowseWork::ReadOn(self.wanted()),
                _ => return None,
            }
        };
        Some(Effect::Browse(work))
    }

    fn changed(&mut self) {
        self.is_stale = true;
        if let Some(Over::Note(page)) = &mut self.over {
            page.histories = None;
        }
    }

    fn failed(&mut self) {
        self.is_stuck = true;
    }
}
