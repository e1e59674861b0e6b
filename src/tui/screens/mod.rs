//! The screens: state and `update` in one file, `view` in another.
//!
//! A screen is asked which actions it `can` do now; dispatch and footer both
//! obey, so the footer cannot name what does not work. `update` changes state
//! and answers with an [`Ask`]; it does no I/O and knows no clock.

pub mod browse;
pub mod browse_columns;
pub mod browse_note;
pub mod browse_prompt;
mod browse_view;
pub mod browse_work;
mod card_history;
pub mod edit;
mod edit_advice;
mod edit_form;
mod edit_view;
pub mod help;
mod help_view;
pub mod home;
mod home_view;
pub mod import;
mod import_changes;
mod import_details;
pub mod import_options;
mod import_options_view;
pub mod import_plan;
pub mod import_rows;
pub mod import_split;
mod import_split_view;
mod import_table;
pub mod import_triage;
mod import_triage_view;
mod import_view;
pub mod review;
mod review_body;
mod review_buttons;
pub mod review_page;
mod review_page_view;
mod review_view;
pub mod review_work;
pub mod settings;
pub mod settings_rows;
mod settings_view;
pub mod stats;
mod stats_charts;
mod stats_outlook;
mod stats_sheets;
mod stats_view;
pub mod summary;
mod summary_lines;
mod summary_view;
pub mod welcome;
mod welcome_view;

use ratatui::Frame;
use ratatui::crossterm::event::KeyEvent;
use ratatui::layout::Rect;

use super::keymap::{Action, Keymap};
use super::look::Look;
use super::screen::{Effect, Moment, Size, Words};
use crate::app::Term;
use crate::config::Config;
use crate::domain::{DeckName, Field, Fields, Uid};

/// A screen, or a page over one: what the program needs of it to work it.
pub trait Page {
    /// Returns the keys that hold now.
    fn keymap(&self) -> Keymap;

    /// Whether `action` does something now.
    fn can(&self, action: Action, size: Size) -> bool;

    /// Applies an action that is possible.
    fn update(&mut self, action: Action, moment: Moment<'_>) -> Option<Ask>;

    /// Draws the page above its status line and footer. `size` is the whole terminal.
    fn view(&self, size: Size, frame: &mut Frame<'_>, area: Rect, look: &Look);

    /// Whether keys that ask for nothing are text.
    fn takes_text(&self) -> bool {
        false
    }

    /// Applies a key that is text, or edits text.
    fn press(&mut self, _event: &KeyEvent) {}

    /// Inserts pasted text.
    fn insert(&mut self, _text: &str) {}

    /// Whether it takes changes of its own back, and not the session's newest step.
    fn has_own_undo(&self) -> bool {
        false
    }

    /// Returns what the page lacks to be whole. It is asked for after a frame is drawn,
    /// again and again until there is nothing, with a look at the keys in between: so
    /// each piece of work is small.
    fn wish(&self) -> Option<Effect> {
        None
    }

    /// Returns what can be clicked, and where: from the same layout as the drawing.
    fn hits(&self, _size: Size, _area: Rect) -> Vec<(Rect, Hit)> {
        Vec::new()
    }

    /// Chooses the row that was clicked.
    fn choose(&mut self, _row: usize) {}

    /// Returns the card or note on the page, to be heard or copied.
    fn words(&self) -> Option<Words> {
        None
    }

    /// Returns what can be typed on the page, for its help.
    fn guide(&self) -> &'static [Term] {
        &[]
    }

    /// A note was changed in the editor over the page, or a step was taken back or done
    /// again.
    fn changed(&mut self) {}

    /// What it asked for failed. A wish that failed must not come again by itself.
    fn failed(&mut self) {}
}

/// What a click does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    /// The same as the key of this action.
    Press(Action),
    /// It chooses this row.
    Row(usize),
}

/// What a screen asks of the program.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Work for the runner.
    Do(Effect),
    /// The import screen.
    Import,
    /// The import of these files, one after the other.
    Files(Vec<String>),
    /// The import of the new files of the inbox.
    Inbox,
    /// The screen of all notes.
    Browse,
    /// The same, with what this query finds.
    Find(String),
    /// The statistics.
    Stats,
    /// The settings.
    Settings,
    /// The editor of a note.
    Edit(Uid, Box<Fields>),
    /// The editor of a new note, for this deck.
    Add(Option<DeckName>),
    /// The editor of a row that is not imported yet.
    EditRow,
    /// Another text for that row.
    ChangeRow(Vec<(Field, String)>),
    /// Say this above the footer.
    Say(String),
    /// Say above the footer that this cannot be.
    Complain(String),
    /// Let this configuration hold from now on, and say what was changed.
    Configure(Box<Config>, String),
    /// Leave this screen.
    Leave,
}

/// Returns the query that finds the cards of a deck, or of all, that keep being forgotten.
fn leeches(deck: Option<&DeckName>) -> String {
    match deck {
        Some(deck) => format!("is:leech deck:\"{deck}\""),
        None => "is:leech".to_owned(),
    }
}

/// Returns where a list of `rows` starts when `height` of them are drawn around `cursor`.
pub(crate) fn list_top(cursor: usize, rows: usize, height: usize) -> usize {
    cursor.saturating_sub(height / 2).min(rows.saturating_sub(height))
}
