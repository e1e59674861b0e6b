//! The keymaps of Home.

use ratatui::crossterm::event::KeyCode::{Enter, F, Insert, Left, Right};

use super::Place::{Footer, Help};
use super::{Action, Binding, HELP_KEY, Keymap, LEECHES, LIST, bind, c, ctrl, k};

const IMPORT: Binding =
    bind(&[c('i'), k(F(2))], Action::Import, "import", "import a deck file", Footer);
const ADD_NOTE: Binding =
    bind(&[c('a'), k(Insert)], Action::Add, "add", "add a note to the chosen deck", Footer);
const INBOX: Binding =
    bind(&[c('b'), k(F(3))], Action::Inbox, "inbox", "import the new files of the inbox", Footer);
const BROWSE_KEY: Binding =
    bind(&[c('/'), k(F(8))], Action::Browse, "browse", "find and change notes", Footer);
const STATS_KEY: Binding =
    bind(&[c('s'), k(F(9))], Action::Stats, "stats", "show the statistics", Footer);
const SETTINGS_KEY: Binding =
    bind(&[c('o'), k(F(10))], Action::Settings, "settings", "change settings", Footer);
const RELOAD: Binding =
    bind(&[c('r'), k(F(5))], Action::Reload, "reload", "read the collection anew", Help);
const LEAVE: Binding =
    bind(&[c('q'), ctrl('q')], Action::Back, "quit", "leave the program", Footer);

/// Home.
pub const HOME: Keymap = keymap![
    &[
        bind(&[k(Enter), c(' ')], Action::Review, "review", "review the chosen deck", Footer),
        IMPORT,
        ADD_NOTE,
        INBOX,
        BROWSE_KEY,
        STATS_KEY,
        LEECHES,
        SETTINGS_KEY,
        bind(
            &[c('t'), k(F(6))],
            Action::ReviewTyped,
            "type",
            "review it, typing the answers",
            Footer
        ),
        bind(
            &[c('p'), k(F(7))],
            Action::Practise,
            "practise",
            "practise it; no schedule changes",
            Footer,
        ),
        bind(&[k(Right), c('l')], Action::Unfold, "unfold", "show the decks below", Footer),
        bind(&[k(Left), c('h')], Action::Fold, "fold", "hide the decks below", Footer),
    ],
    LIST,
    &[RELOAD, LEAVE, HELP_KEY,],
];

/// Home, while there is no note.
pub const WELCOME: Keymap = keymap![
    &[
        bind(&[k(Enter)], Action::Accept, "begin", "begin in the way that is chosen", Footer),
        bind(&[c(' ')], Action::Tick, "tick", "tick or untick the sample deck", Footer),
        IMPORT,
        ADD_NOTE,
        INBOX,
        BROWSE_KEY,
        STATS_KEY,
        SETTINGS_KEY,
    ],
    LIST,
    &[RELOAD, LEAVE, HELP_KEY,],
];
