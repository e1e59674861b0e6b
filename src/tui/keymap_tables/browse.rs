//! The keymaps of Browse.

use ratatui::crossterm::event::KeyCode::{
    Backspace, Char, Delete, Down, Enter, Esc, F, Insert, Left, PageDown, PageUp, Right, Tab, Up,
};

use super::Place::{Footer, Help};
use super::{
    Action, Binding, DOWN, FIRST, HELP_KEY, Keymap, LAST, LIST, TEXT, UP, alt, bind, c, ctrl, k,
};

const UNDO: Binding =
    bind(&[c('u'), k(Backspace)], Action::Undo, "undo", "take the last change back", Footer);
const REDO: Binding = bind(&[c('r'), ctrl('r')], Action::Redo, "redo", "do it again", Footer);
const HEAR: Binding =
    bind(&[c('v'), k(F(8))], Action::Hear, "hear", "let the front be spoken", Footer);
const COPY: Binding = bind(&[c('Y'), k(F(12))], Action::Copy, "copy", "copy front and back", Help);

const EDIT_KEY: Binding = bind(&[c('e'), k(F(4))], Action::Edit, "edit", "edit the note", Footer);
const ADD_BESIDE: Binding = bind(
    &[c('a'), k(Insert)],
    Action::Add,
    "add",
    "add a note to the same deck: the other half of one that is split",
    Footer,
);
const SUSPEND: Binding = bind(
    &[c('s'), alt(Char('s'))],
    Action::Suspend,
    "suspend",
    "take the cards out of every queue",
    Footer,
);
const UNSUSPEND: Binding =
    bind(&[c('S'), k(F(3))], Action::Unsuspend, "put back", "put suspended cards back", Footer);
const RESET: Binding =
    bind(&[c('R'), c('=')], Action::Reset, "reset", "make the cards new again", Footer);

/// Browse, with the keys on the list.
pub const BROWSE: Keymap = keymap![
    &[
        bind(&[k(Enter)], Action::Details, "open", "the whole note, its cards and history", Footer),
        bind(&[c('/'), k(Tab)], Action::Search, "search", "type what is looked for", Footer),
        bind(&[c(' ')], Action::Select, "mark", "mark the note for what is done next", Footer),
        bind(&[c('*'), ctrl('a')], Action::SelectAll, "mark all", "mark all notes found", Footer),
        EDIT_KEY,
        ADD_BESIDE,
        UNDO,
        REDO,
        bind(&[c('t'), k(F(6))], Action::Tags, "tag", "add tags, take tags away", Footer),
        bind(&[c('m'), k(F(7))], Action::MoveToDeck, "move", "move to another deck", Footer),
        SUSPEND,
        UNSUSPEND,
        bind(&[c('b'), c('-')], Action::Bury, "bury", "hide the cards until tomorrow", Footer),
        bind(
            &[c('d'), alt(Char('d'))],
            Action::SetDue,
            "due",
            "set the due day of the cards",
            Footer
        ),
        RESET,
        bind(&[c('D'), k(Delete)], Action::DeleteNotes, "delete", "delete the notes", Footer),
        bind(
            &[c('c'), k(F(9))],
            Action::Columns,
            "columns",
            "choose columns and the order",
            Footer
        ),
        HEAR,
        COPY,
    ],
    LIST,
    &[bind(&[c('q'), k(Esc)], Action::Back, "back", "back to the decks", Footer), HELP_KEY,],
];

/// Browse, while what is looked for is typed.
pub const BROWSE_LINE: Keymap = &[
    bind(&[k(Enter), k(Tab)], Action::Accept, "to the list", "go to the list", Footer),
    bind(&[k(Down)], Action::Down, "down", "one note down", Footer),
    bind(&[k(Up)], Action::Up, "up", "one note up", Footer),
    bind(&[k(PageDown)], Action::PageDown, "page down", "one page down", Help),
    bind(&[k(PageUp)], Action::PageUp, "page up", "one page up", Help),
    bind(
        &[k(Esc)],
        Action::Back,
        "leave",
        "to the list; with nothing typed, back to the decks",
        Footer,
    ),
];

/// Browse, while tags, a deck or a day are typed.
pub const BROWSE_PROMPT: Keymap = &[
    bind(&[k(Enter)], Action::Accept, "go on", "show what it would come to", Footer),
    bind(&[k(Tab)], Action::Complete, "complete", "complete the name of the deck", Footer),
    bind(&[k(Esc)], Action::Back, "leave", "change nothing", Footer),
];

/// Browse, before much is changed.
pub const BROWSE_CONFIRM: Keymap = &[
    bind(&[k(Enter), c('y')], Action::Accept, "do it", "do it; it can be taken back", Footer),
    bind(&[k(Esc), c('n'), c('q')], Action::Back, "leave", "change nothing", Footer),
    HELP_KEY,
];

/// Browse, with one note in full.
pub const BROWSE_NOTE: Keymap = keymap![
    &[
        bind(&[k(Esc), c('q'), k(Enter)], Action::Back, "close", "back to the list", Footer),
        bind(&[k(Right), c('n'), c('l')], Action::NextNote, "next", "the next note", Footer),
        bind(
            &[k(Left), c('p'), c('h')],
            Action::PreviousNote,
            "previous",
            "the note before",
            Footer
        ),
        EDIT_KEY,
        ADD_BESIDE,
        SUSPEND,
        UNSUSPEND,
        RESET,
    ],
    TEXT,
    &[UNDO, REDO, HEAR, COPY, HELP_KEY,],
];

/// Browse, with its columns.
pub const BROWSE_COLUMNS: Keymap = &[
    bind(&[c(' ')], Action::Tick, "show", "show the column, or leave it out", Footer),
    bind(&[k(Enter)], Action::Accept, "sort", "sort by it; again: the other way", Footer),
    UP,
    DOWN,
    FIRST,
    LAST,
    bind(&[k(Esc), c('q'), c('c'), k(F(9))], Action::Back, "list", "back to the list", Footer),
    HELP_KEY,
];
