//! The keymaps of a session, from the question to the summary.

use ratatui::crossterm::event::KeyCode::{
    Backspace, Char, Delete, Down, Enter, Esc, F, PageDown, PageUp, Tab, Up,
};

use super::Place::{Button, Footer, Help};
use super::{
    Action, Binding, DOWN, FIRST, HELP_KEY, Keymap, LAST, PAGE_DOWN, PAGE_UP, TEXT, UP, alt, bind,
    c, ctrl, k,
};

const UNDO: Binding =
    bind(&[c('u'), k(Backspace)], Action::Undo, "undo", "take the newest step back", Footer);
const REDO: Binding = bind(&[c('r'), ctrl('r')], Action::Redo, "redo", "do it again", Footer);
const EDIT_NOTE: Binding = bind(&[c('e'), k(F(4))], Action::Edit, "edit", "edit the note", Footer);
const BURY: Binding =
    bind(&[c('b'), c('-')], Action::Bury, "bury", "hide the card until tomorrow", Footer);
const SUSPEND: Binding = bind(
    &[c('s'), k(Delete)],
    Action::Suspend,
    "suspend",
    "take the card out of every queue",
    Footer,
);
const TYPE: Binding =
    bind(&[c('t'), k(F(6))], Action::ToggleTyped, "type", "type the answers", Footer);
const END: Binding =
    bind(&[c('q'), k(Esc)], Action::Back, "end", "end the session; every answer is kept", Footer);

const MARK: Binding = bind(
    &[c('m'), c('*'), alt(Char('m'))],
    Action::Mark,
    "mark",
    "mark the note, or take its mark away",
    Footer,
);
const HISTORY: Binding = bind(
    &[c('h'), k(F(7))],
    Action::History,
    "history",
    "show what was answered to this card",
    Footer,
);
const WHY: Binding =
    bind(&[c('w'), alt(Char('w'))], Action::Why, "why", "say why this card is shown now", Footer);
const READING: Binding = bind(
    &[c('y'), ctrl('y')],
    Action::Reading,
    "reading",
    "show the reading with the answer, with the front, or not at all; ~ is a guess",
    Footer,
);
const HEAR: Binding =
    bind(&[c('v'), k(F(8))], Action::Hear, "hear", "let the card be spoken", Footer);
const COPY: Binding = bind(&[c('Y'), k(F(12))], Action::Copy, "copy", "copy front and back", Help);
const HINT: &str = "show the example with the answer blanked";

/// Review, with the answer hidden and no text typed.
pub const QUESTION: Keymap = keymap![
    &[
        bind(&[c(' '), k(Enter)], Action::Reveal, "show", "show the answer", Footer),
        UNDO,
        REDO,
        EDIT_NOTE,
        BURY,
        SUSPEND,
        TYPE,
        bind(&[c('x'), k(F(3))], Action::Hint, "hint", HINT, Footer),
        MARK,
        HISTORY,
        WHY,
        READING,
        HEAR,
        COPY,
    ],
    TEXT,
    &[END, HELP_KEY,],
];

/// Review, with the answer shown.
pub const ANSWER: Keymap = keymap![
    &[
        bind(&[c('0')], Action::Grade('0'), "0", "the button 0 (six grades)", Button),
        bind(&[c('1')], Action::Grade('1'), "1", "the button 1", Button),
        bind(&[c('2')], Action::Grade('2'), "2", "the button 2", Button),
        bind(&[c('3')], Action::Grade('3'), "3", "the button 3", Button),
        bind(&[c('4')], Action::Grade('4'), "4", "the button 4", Button),
        bind(&[c('5')], Action::Grade('5'), "5", "the button 5 (six grades)", Button),
        bind(&[k(Enter)], Action::Accept, "accept", "take the suggested grade, marked ▸", Footer),
        UNDO,
        REDO,
        EDIT_NOTE,
        bind(
            &[c('E'), ctrl('o')],
            Action::QuickEdit,
            "edit answer",
            "edit just the answer, in one line",
            Footer,
        ),
        BURY,
        SUSPEND,
        MARK,
        HISTORY,
        WHY,
        READING,
        HEAR,
        COPY,
    ],
    TEXT,
    &[END, HELP_KEY,],
];

/// Review, while an answer is typed.
pub const TYPING: Keymap = &[
    bind(
        &[k(Enter)],
        Action::Reveal,
        "check",
        "compare with the answer: ^ marks what differs, · what is missing; empty just shows it",
        Footer,
    ),
    bind(&[k(F(6)), k(Tab)], Action::ToggleTyped, "no typing", "stop typing answers", Footer),
    bind(&[k(F(9))], Action::Undo, "undo", "take the newest step back", Footer),
    bind(&[k(F(10))], Action::Redo, "redo", "do it again", Help),
    bind(&[k(F(3))], Action::Hint, "hint", HINT, Footer),
    bind(&[k(F(4))], Action::Edit, "edit", "edit the note", Help),
    bind(&[alt(Char('m'))], Action::Mark, "mark", "mark the note, or take its mark away", Help),
    bind(&[k(F(7))], Action::History, "history", "show what was answered to this card", Help),
    bind(&[alt(Char('w'))], Action::Why, "why", "say why this card is shown now", Help),
    bind(&[ctrl('y')], Action::Reading, "reading", READING.about, Help),
    bind(&[k(F(8))], Action::Hear, "hear", HEAR.about, Help),
    bind(&[k(F(12))], Action::Copy, "copy", COPY.about, Help),
    bind(&[k(PageDown), k(Down)], Action::Down, "more", "scroll down", Footer),
    bind(&[k(PageUp), k(Up)], Action::Up, "up", "scroll up", Help),
    bind(&[k(Esc)], Action::Back, "end", "end the session; every answer is kept", Footer),
];

/// Review, while one field is edited in place.
pub const QUICK: Keymap = &[
    bind(&[k(Enter), k(F(2))], Action::Save, "save", "save the field", Footer),
    bind(&[k(Esc)], Action::Back, "cancel", "leave the field as it was", Footer),
];

/// Review, with a page about the card over it.
pub const CARD: Keymap = keymap![
    &[bind(
        &[k(Esc), c('q'), k(Enter), c(' '), c('h'), c('w'), alt(Char('w')), k(F(7))],
        Action::Back,
        "close",
        "back to the card",
        Footer,
    ),],
    TEXT,
    &[HELP_KEY,],
];

const CONTINUE: Binding =
    bind(&[c('c'), k(F(8))], Action::Review, "continue", "go on with what is left today", Footer);
const PRACTISE: Binding = bind(
    &[c('p'), k(F(7))],
    Action::Practise,
    "practise",
    "practise ahead; no schedule changes",
    Footer,
);
const CHOOSE: Binding =
    bind(&[c('j'), k(Down)], Action::Down, "choose", "the next line to choose", Footer);
const QUIT_NOW: Binding =
    bind(&[c('q'), ctrl('q')], Action::Quit, "quit", "leave the program", Footer);
const UNDO_LAST: Binding =
    bind(&[c('u'), k(Backspace)], Action::Undo, "undo", "take the last answer back", Footer);

/// The numbered lines.
const LINES: Keymap = &[
    bind(&[c('1')], Action::Line('1'), "1", "start the line 1", Button),
    bind(&[c('2')], Action::Line('2'), "2", "start the line 2", Button),
    bind(&[c('3')], Action::Line('3'), "3", "start the line 3", Button),
    bind(&[c('4')], Action::Line('4'), "4", "start the line 4", Button),
    bind(&[c('5')], Action::Line('5'), "5", "start the line 5", Button),
    bind(&[c('6')], Action::Line('6'), "6", "start the line 6", Button),
    bind(&[c('7')], Action::Line('7'), "7", "start the line 7", Button),
    bind(&[c('8')], Action::Line('8'), "8", "start the line 8", Button),
    bind(&[c('9')], Action::Line('9'), "9", "start the line 9", Button),
];

/// Summary.
pub const SUMMARY: Keymap = keymap![
    &[
        bind(&[k(Enter), c(' '), k(Esc)], Action::Back, "home", "back to the decks", Footer),
        CHOOSE,
        UNDO_LAST,
        CONTINUE,
        PRACTISE,
    ],
    LINES,
    &[UP, PAGE_DOWN, PAGE_UP, QUIT_NOW, HELP_KEY,],
];

/// Summary, with a line chosen.
pub const CHOSEN: Keymap = keymap![
    &[
        bind(
            &[k(Enter), c(' ')],
            Action::Accept,
            "start",
            "start what is chosen, or show it",
            Footer
        ),
        bind(&[c('e'), k(F(4))], Action::Edit, "edit", "edit the note of the chosen line", Footer),
        COPY,
        UNDO_LAST,
        CONTINUE,
        PRACTISE,
    ],
    LINES,
    &[
        DOWN,
        UP,
        PAGE_DOWN,
        PAGE_UP,
        FIRST,
        LAST,
        bind(&[k(Esc)], Action::Back, "home", "back to the decks", Footer),
        QUIT_NOW,
        HELP_KEY,
    ],
];
