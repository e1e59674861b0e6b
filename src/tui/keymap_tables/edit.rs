//! The keymaps of the editor.

use ratatui::crossterm::event::KeyCode::{BackTab, Down, End, Enter, Esc, F, Right, Tab, Up};

use super::Place::{Footer, Help};
use super::{Action, Binding, Keymap, alt, bind, ctrl, k};

const NEXT_FIELD: Binding = bind(&[k(Tab)], Action::NextField, "next", "the next field", Footer);
const PREVIOUS_FIELD: Binding =
    bind(&[k(BackTab)], Action::PreviousField, "previous", "the field before", Help);
const ROW_UP: Binding = bind(&[k(Up)], Action::Up, "up", "one row up; then the field before", Help);
const ROW_DOWN: Binding =
    bind(&[k(Down)], Action::Down, "down", "one row down; then the next field", Help);
const NEXT_OR_SAVE: Binding = bind(
    &[k(Enter)],
    Action::Accept,
    "next or save",
    "the next field; on the last one, save",
    Help,
);
const LINE_BREAK: Binding = bind(
    &[ctrl('j'), ctrl('o'), alt(Enter)],
    Action::LineBreak,
    "new line",
    "break the line",
    Footer,
);
const COMPLETE: Binding = bind(
    &[k(Right), k(End)],
    Action::Complete,
    "complete",
    "at the end of the text: take what is offered",
    Footer,
);
const UNDO_TEXT: Binding =
    bind(&[k(F(9))], Action::UndoText, "undo", "take back what was typed last", Footer);
const REDO_TEXT: Binding = bind(&[k(F(10))], Action::RedoText, "redo", "type it again", Footer);

/// Editing a note.
pub const EDIT: Keymap = &[
    bind(&[k(F(2)), ctrl('s')], Action::Save, "save", "save the note", Footer),
    NEXT_FIELD,
    PREVIOUS_FIELD,
    ROW_UP,
    ROW_DOWN,
    NEXT_OR_SAVE,
    COMPLETE,
    LINE_BREAK,
    UNDO_TEXT,
    REDO_TEXT,
    bind(&[k(Esc)], Action::Back, "cancel", "leave the note as it was; asks once", Footer),
];

/// Adding notes.
pub const ADD: Keymap = &[
    bind(
        &[k(F(2)), ctrl('s')],
        Action::Save,
        "add",
        "add the note, and make room for the next one",
        Footer,
    ),
    NEXT_FIELD,
    PREVIOUS_FIELD,
    ROW_UP,
    ROW_DOWN,
    NEXT_OR_SAVE,
    bind(
        &[k(F(8))],
        Action::TakeBack,
        "take back",
        "take the note back that was added last",
        Footer,
    ),
    COMPLETE,
    LINE_BREAK,
    UNDO_TEXT,
    REDO_TEXT,
    bind(&[k(Esc)], Action::Back, "done", "back to the decks; asks once", Footer),
];
