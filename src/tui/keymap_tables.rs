//! The keymaps themselves.

use ratatui::crossterm::event::KeyCode::{
    BackTab, Backspace, Char, Delete, Down, End, Enter, Esc, F, Home, Insert, Left, PageDown,
    PageUp, Right, Tab, Up,
};

use super::Place::{Footer, Help};
use super::{Action, Binding, Key, Keymap, Place, alt, char_key as c, ctrl, key as k};

const fn bind(
    keys: &'static [Key],
    action: Action,
    label: &'static str,
    about: &'static str,
    place: Place,
) -> Binding {
    Binding { keys, action, label, about, place }
}

const QUIT: Binding =
    bind(&[ctrl('c')], Action::Quit, "quit", "leave the program; everything is kept", Help);
const STOP: Binding = bind(&[ctrl('z')], Action::Stop, "stop", "back to the shell for now", Help);
const REDRAW: Binding = bind(&[ctrl('l')], Action::Redraw, "redraw", "draw the screen anew", Help);

/// What works everywhere, after the screen's own table.
pub const GLOBAL: Keymap = &[
    bind(&[k(F(1))], Action::Help, "help", "show all keys of this screen", Help),
    QUIT,
    STOP,
    REDRAW,
];

const LEECHES: Binding = bind(
    &[c('L'), alt(Char('l'))],
    Action::Leeches,
    "leeches",
    "look at the cards that keep being forgotten",
    Help,
);

const HELP_KEY: Binding = bind(&[c('?')], Action::Help, "help", "show all keys", Footer);
const UP: Binding = bind(&[c('k'), k(Up)], Action::Up, "up", "one line up", Help);
const DOWN: Binding = bind(&[c('j'), k(Down)], Action::Down, "down", "one line down", Help);
const PAGE_UP: Binding =
    bind(&[k(PageUp), ctrl('b')], Action::PageUp, "page up", "one page up", Help);
const PAGE_DOWN: Binding =
    bind(&[k(PageDown), ctrl('f')], Action::PageDown, "page down", "one page down", Help);
const FIRST: Binding = bind(&[c('g'), k(Home)], Action::First, "first", "the first line", Help);
const LAST: Binding = bind(&[c('G'), k(End)], Action::Last, "last", "the last line", Help);
const MORE: Binding = bind(&[c('j'), k(Down)], Action::Down, "more", "scroll down", Footer);

/// How a list is gone through.
const LIST: Keymap = &[UP, DOWN, PAGE_UP, PAGE_DOWN, FIRST, LAST];
/// How a text is scrolled through.
const TEXT: Keymap = &[MORE, UP, PAGE_DOWN, PAGE_UP];

const fn total(parts: &[Keymap]) -> usize {
    let (mut sum, mut nth) = (0, 0);
    while nth < parts.len() {
        sum += parts[nth].len();
        nth += 1;
    }
    sum
}

const fn joined<const N: usize>(parts: &[Keymap]) -> [Binding; N] {
    let mut all = [QUIT; N];
    let (mut at, mut nth) = (0, 0);
    while nth < parts.len() {
        let mut row = 0;
        while row < parts[nth].len() {
            all[at] = parts[nth][row];
            at += 1;
            row += 1;
        }
        nth += 1;
    }
    all
}

/// Joins parts of tables to one table.
macro_rules! keymap {
    ($($part:expr),+ $(,)?) => {{
        const PARTS: &[Keymap] = &[$($part),+];
        &$crate::tui::keymap::tables::joined::<{ $crate::tui::keymap::tables::total(PARTS) }>(PARTS)
    }};
}

#[path = "keymap_tables/browse.rs"]
mod browse;
#[path = "keymap_tables/edit.rs"]
mod edit;
#[path = "keymap_tables/home.rs"]
mod home;
#[path = "keymap_tables/review.rs"]
mod review;

pub use browse::{BROWSE, BROWSE_COLUMNS, BROWSE_CONFIRM, BROWSE_LINE, BROWSE_NOTE, BROWSE_PROMPT};
pub use edit::{ADD, EDIT};
pub use home::{HOME, WELCOME};
pub use review::{ANSWER, CARD, CHOSEN, QUESTION, QUICK, SUMMARY, TYPING};

/// Import, while the path is typed.
pub const PATH: Keymap = &[
    bind(&[k(Enter)], Action::Read, "read", "read the file and show the plan", Footer),
    bind(&[k(Tab)], Action::Complete, "complete", "complete the path", Footer),
    bind(&[k(Down)], Action::Down, "next", "choose the next path below", Help),
    bind(&[k(Up)], Action::Up, "previous", "choose the path before", Help),
    bind(&[ctrl('n')], Action::NextFile, "next file", "skip to the next file of the inbox", Footer),
    bind(&[k(Esc)], Action::Back, "back", "back to the plan or the decks", Footer),
];

/// Import, with a plan on the screen.
pub const PLAN: Keymap = keymap![
    &[
        bind(
            &[k(Enter), k(F(2)), ctrl('s')],
            Action::Apply,
            "apply",
            "apply the ticked rows",
            Footer
        ),
        bind(&[c(' ')], Action::Tick, "tick", "tick or untick the row", Footer),
        bind(&[k(Tab), c('f')], Action::NextFilter, "filter", "show the next kind of row", Footer),
        bind(
            &[c('e'), k(F(4))],
            Action::Edit,
            "edit",
            "edit the row before it is imported",
            Footer
        ),
        bind(
            &[c('c'), k(F(9))],
            Action::Options,
            "options",
            "change how the file is read: format, encoding, delimiter, columns, deck, ...",
            Footer,
        ),
        bind(
            &[c('t'), k(F(10))],
            Action::Triage,
            "triage",
            "go through the new rows: learn, known, never",
            Footer,
        ),
        bind(
            &[c('v'), k(F(3))],
            Action::Look,
            "view",
            "the whole row with its source line",
            Footer
        ),
        bind(
            &[c('w'), alt(Char('w'))],
            Action::Swap,
            "swap",
            "swap front and back of the row",
            Footer
        ),
        bind(&[c('m'), k(F(6))], Action::Merge, "merge", "merge the row with the next one", Footer),
        bind(&[c('s'), k(F(7))], Action::Split, "split", "cut the row in two", Footer),
        bind(
            &[c('r'), k(F(8))],
            Action::Settle,
            "settle",
            "a correction: same note or a new one; a conflict: the file's text, or yours for good",
            Footer,
        ),
        bind(&[c('u'), k(Backspace)], Action::Undo, "undo", "take the last change back", Footer),
        bind(
            &[c('a'), ctrl('a')],
            Action::TickAll,
            "tick all",
            "tick or untick all rows shown",
            Footer,
        ),
        bind(
            &[k(BackTab), c('F')],
            Action::PreviousFilter,
            "filter back",
            "show the kind of row before",
            Help,
        ),
        bind(
            &[c('W'), ctrl('w')],
            Action::SwapAll,
            "swap all",
            "swap front and back of all rows of the file",
            Help,
        ),
    ],
    LIST,
    &[
        bind(
            &[c('n'), ctrl('n')],
            Action::NextFile,
            "next file",
            "leave this file; the next one of the inbox",
            Footer,
        ),
        bind(&[c('o'), k(Insert)], Action::OtherFile, "other file", "name another file", Footer),
        bind(&[c('q'), k(Esc)], Action::Back, "back", "back without importing", Footer),
        HELP_KEY,
    ],
];

/// Import, with one row in full.
pub const LOOK: Keymap = keymap![
    &[bind(
        &[k(Esc), c('q'), c('v'), k(F(3)), k(Enter)],
        Action::Back,
        "close",
        "back to the plan",
        Footer,
    ),],
    TEXT,
    &[HELP_KEY,],
];

/// Import, with the options of a file.
pub const OPTIONS: Keymap = &[
    bind(
        &[k(Right), c('l'), c(' ')],
        Action::NextValue,
        "change",
        "choose the next value; the plan is made anew",
        Footer,
    ),
    bind(
        &[k(Left), c('h')],
        Action::PreviousValue,
        "value before",
        "choose the value before",
        Help,
    ),
    bind(&[k(Enter)], Action::Accept, "type", "type the value", Footer),
    UP,
    DOWN,
    FIRST,
    LAST,
    bind(
        &[c('q'), k(Esc), c('c'), k(F(9))],
        Action::Back,
        "plan",
        "back to the plan, which is as shown",
        Footer,
    ),
    HELP_KEY,
];

/// Import, while the value of an option is typed.
pub const VALUE: Keymap = &[
    bind(&[k(Enter)], Action::Accept, "take", "take the value; empty: found out", Footer),
    bind(&[k(Esc)], Action::Back, "leave", "leave the value as it was", Footer),
];

/// Import, while a row is cut in two.
pub const SPLIT: Keymap = &[
    bind(&[k(Enter), k(F(2))], Action::Accept, "split", "make two rows of it", Footer),
    bind(&[k(Left), c('h')], Action::CutLeft, "left", "move the cut one character back", Footer),
    bind(&[k(Right), c('l')], Action::CutRight, "right", "move the cut one character on", Footer),
    bind(&[c(' '), c('n')], Action::NextCut, "next sign", "cut at the next separator", Footer),
    bind(&[k(Tab), k(Down), c('j')], Action::NextField, "other side", "cut the back", Footer),
    bind(&[k(BackTab), k(Up), c('k')], Action::PreviousField, "front", "cut the front", Footer),
    bind(&[k(Esc), c('q')], Action::Back, "cancel", "leave the row whole", Footer),
    HELP_KEY,
];

/// Import, with the new rows one by one.
pub const TRIAGE: Keymap = &[
    bind(&[c('n'), c('1')], Action::Learn, "new", "learn it from the start", Footer),
    bind(
        &[c('k'), c('2')],
        Action::Know,
        "I know it",
        "known: it starts with an interval of two to four months",
        Footer,
    ),
    bind(&[c('x'), c('3')], Action::Never, "never", "no import offers it again", Footer),
    bind(&[c(' '), k(Right)], Action::Later, "as it is", "leave it as it is; the next one", Footer),
    bind(&[c('u'), k(Backspace), k(Left)], Action::Undo, "back one", "the row before", Footer),
    bind(&[c('q'), k(Esc), k(Enter)], Action::Back, "plan", "back to the plan", Footer),
    HELP_KEY,
];

/// While long work is done.
pub const WORKING: Keymap =
    &[bind(&[k(Esc), c('q')], Action::Back, "stop", "stop the work; nothing of it stays", Footer)];

/// The help page.
pub const HELP: Keymap = &[
    bind(
        &[k(Esc), c('q'), c('?'), k(Enter), c(' ')],
        Action::Back,
        "close",
        "close the help page",
        Footer,
    ),
    bind(&[c('j'), k(Down)], Action::Down, "more", "one line down", Footer),
    UP,
    PAGE_UP,
    PAGE_DOWN,
];

/// Statistics.
pub const STATS: Keymap = keymap![
    &[
        bind(&[k(Tab), k(Right), c('l')], Action::NextSheet, "sheet", "the next sheet", Footer),
        bind(
            &[k(BackTab), k(Left), c('h')],
            Action::PreviousSheet,
            "previous sheet",
            "the sheet before",
            Help,
        ),
        bind(&[c('r'), c('.')], Action::NextRange, "range", "a longer range of days", Footer),
        bind(&[c('R'), c(',')], Action::PreviousRange, "shorter", "a shorter range of days", Help),
        bind(&[c(']'), c('>')], Action::NextDeck, "deck", "the next deck", Footer),
        bind(&[c('['), c('<')], Action::PreviousDeck, "deck before", "the deck before", Help),
        Binding { place: Footer, ..LEECHES },
    ],
    TEXT,
    &[
        FIRST,
        LAST,
        bind(&[k(F(5))], Action::Reload, "reload", "read the collection anew", Help),
        bind(&[c('q'), k(Esc)], Action::Back, "back", "back to the decks", Footer),
        HELP_KEY,
    ],
];

/// Settings.
pub const SETTINGS: Keymap = keymap![
    &[
        bind(&[k(Enter)], Action::Accept, "change", "change the value, or press a new key", Footer),
        bind(
            &[k(Right), c('l'), c(' ')],
            Action::NextValue,
            "next",
            "choose the next value",
            Footer
        ),
        bind(
            &[k(Left), c('h')],
            Action::PreviousValue,
            "value before",
            "choose the value before",
            Help,
        ),
        bind(&[c('+'), k(Insert)], Action::AddKey, "add key", "press a further key", Footer),
        bind(&[c('r'), k(Delete)], Action::ResetValue, "default", "as it is by default", Footer),
        bind(&[k(Tab)], Action::NextSheet, "next page", "general, decks, keys", Footer),
        bind(&[k(BackTab)], Action::PreviousSheet, "page before", "the page before", Help),
        bind(
            &[c(']'), c('>')],
            Action::NextDeck,
            "next deck",
            "the options of the next deck",
            Footer
        ),
        bind(
            &[c('['), c('<')],
            Action::PreviousDeck,
            "deck before",
            "the options of the deck before",
            Help,
        ),
    ],
    LIST,
    &[bind(&[c('q'), k(Esc)], Action::Back, "back", "back to the decks", Footer), HELP_KEY,],
];

/// Settings, while a value is typed.
pub const SETTING: Keymap = &[
    bind(&[k(Enter)], Action::Accept, "save", "save the value", Footer),
    bind(&[k(Esc)], Action::Back, "leave", "leave the value as it was", Footer),
];

/// Settings, while a new key is waited for.
pub const PRESS: Keymap =
    &[bind(&[k(Esc)], Action::Back, "leave", "leave the keys as they were", Footer)];

/// Settings, before cards are added or suspended.
pub const SURE: Keymap = &[
    bind(&[k(Enter), c('y')], Action::Accept, "do it", "change the direction", Footer),
    bind(&[k(Esc), c('n')], Action::Back, "leave", "leave the direction as it was", Footer),
    HELP_KEY,
];

/// A table with what it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name in the configuration: `[keys.NAME]`. Tables of one name are changed together.
    pub name: &'static str,
    /// The screen, as the help page names it.
    pub title: &'static str,
    /// The bindings.
    pub map: Keymap,
    /// Whether characters are text there.
    pub typed: bool,
}

const fn table(name: &'static str, title: &'static str, map: Keymap) -> Table {
    Table { name, title, map, typed: false }
}

const fn typed(name: &'static str, title: &'static str, map: Keymap) -> Table {
    Table { name, title, map, typed: true }
}

/// Every screen's table.
pub const ALL: &[Table] = &[
    table("home", "Home", HOME),
    table("home", "Welcome", WELCOME),
    table("review", "Review", QUESTION),
    table("review", "Review, answer shown", ANSWER),
    typed("typing", "Review, typing", TYPING),
    typed("field", "Review, one field", QUICK),
    table("card", "Review, the card's page", CARD),
    table("summary", "Summary", SUMMARY),
    table("chosen", "Summary, a line chosen", CHOSEN),
    typed("import", "Import", PATH),
    table("plan", "Import plan", PLAN),
    table("row", "Import, one row", LOOK),
    table("options", "Import options", OPTIONS),
    typed("value", "Import, a value", VALUE),
    table("split", "Import, split a row", SPLIT),
    table("triage", "Import, triage", TRIAGE),
    typed("edit", "Edit", EDIT),
    typed("edit", "Add a note", ADD),
    table("browse", "Browse", BROWSE),
    typed("search", "Browse, searching", BROWSE_LINE),
    typed("prompt", "Browse, a value", BROWSE_PROMPT),
    table("question", "Browse, a question", BROWSE_CONFIRM),
    table("note", "Browse, one note", BROWSE_NOTE),
    table("columns", "Browse, columns", BROWSE_COLUMNS),
    table("statistics", "Statistics", STATS),
    table("settings", "Settings", SETTINGS),
    typed("setting", "Settings, a value", SETTING),
    typed("press", "Settings, a new key", PRESS),
    table("sure", "Settings, a new direction", SURE),
    table("working", "Long work", WORKING),
    table("help", "Help", HELP),
];
