//! Keys. One table a screen; dispatch, footer and help page all read it.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// What a key can ask for. Each screen knows which of them it can do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Show or leave the help page.
    Help,
    /// Leave the program.
    Quit,
    /// Stop the program until the shell continues it.
    Stop,
    /// Draw everything anew.
    Redraw,
    /// Leave the screen.
    Back,
    /// One line up.
    Up,
    /// One line down.
    Down,
    /// One page up.
    PageUp,
    /// One page down.
    PageDown,
    /// The first line.
    First,
    /// The last line.
    Last,
    /// Review the chosen deck.
    Review,
    /// Review it, typing the answers.
    ReviewTyped,
    /// Practise without changing a schedule.
    Practise,
    /// Open the import screen.
    Import,
    /// Add a note.
    Add,
    /// Take the note back that was added last.
    TakeBack,
    /// Take back what was typed last.
    UndoText,
    /// Type it again.
    RedoText,
    /// Read everything anew.
    Reload,
    /// Look through the notes.
    Browse,
    /// Look at the cards that keep being forgotten.
    Leeches,
    /// Show the statistics.
    Stats,
    /// Change settings.
    Settings,
    /// Show the next sheet of the statistics.
    NextSheet,
    /// Show the sheet before.
    PreviousSheet,
    /// Look back over the next longer range.
    NextRange,
    /// Look back over the next shorter range.
    PreviousRange,
    /// Show the next deck.
    NextDeck,
    /// Show the deck before.
    PreviousDeck,
    /// Show the answer.
    Reveal,
    /// Answer with the button of this digit.
    Grade(char),
    /// Answer with the suggested grade.
    Accept,
    /// Take the newest step back.
    Undo,
    /// Do it again.
    Redo,
    /// Edit the note.
    Edit,
    /// Take the card out of every queue.
    Suspend,
    /// Hide the card until tomorrow.
    Bury,
    /// Type answers, or stop typing them.
    ToggleTyped,
    /// Let the other program speak the card.
    Hear,
    /// Put front and back on the clipboard.
    Copy,
    /// Show the example as a hint.
    Hint,
    /// Show the reading elsewhere, or not at all.
    Reading,
    /// Mark the note, or take its mark away.
    Mark,
    /// Show what was answered to the card.
    History,
    /// Say why the card is shown.
    Why,
    /// Edit the answer in place.
    QuickEdit,
    /// Start the numbered line.
    Line(char),
    /// Show the decks below the chosen one.
    Unfold,
    /// Hide them.
    Fold,
    /// Complete what is typed.
    Complete,
    /// Read the file.
    Read,
    /// Tick or untick a row.
    Tick,
    /// Tick or untick all rows shown.
    TickAll,
    /// Show the rows of the next bucket.
    NextFilter,
    /// Show the rows of the bucket before.
    PreviousFilter,
    /// Apply the plan.
    Apply,
    /// Name another file.
    OtherFile,
    /// Leave this file and read the next one that waits.
    NextFile,
    /// Read the new files of the inbox.
    Inbox,
    /// Show the row in full.
    Look,
    /// Put the back in the place of the front.
    Swap,
    /// The same for all rows of the file.
    SwapAll,
    /// Merge the row with the next one.
    Merge,
    /// Cut the row in two.
    Split,
    /// Decide a correction or a conflict the other way.
    Settle,
    /// Change how the file is read.
    Options,
    /// Choose the next value.
    NextValue,
    /// Choose the value before.
    PreviousValue,
    /// Move the cut one character on.
    CutRight,
    /// Move the cut one character back.
    CutLeft,
    /// Move the cut to the next separator.
    NextCut,
    /// Go through the new rows one by one.
    Triage,
    /// Learn the new row.
    Learn,
    /// The new row is known already.
    Know,
    /// The new row is not wanted.
    Never,
    /// Decide about the new row later.
    Later,
    /// Type what is looked for.
    Search,
    /// Open the chosen note.
    Details,
    /// Choose the note for what is done next, or leave it out again.
    Select,
    /// The same for all notes that were found.
    SelectAll,
    /// Add tags and take others away.
    Tags,
    /// Move to another deck.
    MoveToDeck,
    /// Put suspended cards back.
    Unsuspend,
    /// Make cards new again.
    Reset,
    /// Set the due day of cards.
    SetDue,
    /// Delete notes.
    DeleteNotes,
    /// Choose what a list shows and how it is sorted.
    Columns,
    /// The next note.
    NextNote,
    /// The note before.
    PreviousNote,
    /// Go to the next field.
    NextField,
    /// Go to the field before.
    PreviousField,
    /// Add a further key to those of an action.
    AddKey,
    /// Give it its default again.
    ResetValue,
    /// Break the line.
    LineBreak,
    /// Save.
    Save,
}

/// A key as it is pressed, without what differs from terminal to terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    ctrl: bool,
    alt: bool,
}

/// Returns a plain key.
pub(crate) const fn key(code: KeyCode) -> Key {
    Key { code, ctrl: false, alt: false }
}

/// Returns the key of a character.
pub(crate) const fn char_key(c: char) -> Key {
    key(KeyCode::Char(c))
}

/// Returns Ctrl with a letter.
pub(crate) const fn ctrl(c: char) -> Key {
    Key { code: KeyCode::Char(c), ctrl: true, alt: false }
}

/// Returns Alt with a key.
pub(crate) const fn alt(code: KeyCode) -> Key {
    Key { code, ctrl: false, alt: true }
}

impl Key {
    /// Returns the key of an event; `None` for a release.
    ///
    /// Full-width characters and the full-width blank, as input methods send
    /// them, count as their plain forms.
    #[must_use]
    pub fn of(event: &KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let code = match event.code {
            KeyCode::Char('\u{3000}') => KeyCode::Char(' '),
            KeyCode::Char(c @ '\u{ff01}'..='\u{ff5e}') => {
                KeyCode::Char(char::from_u32(c as u32 - 0xfee0).unwrap_or(c))
            }
            code => code,
        };
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let code = match code {
            KeyCode::Char(c) if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
            code => code,
        };
        Some(Self { code, ctrl, alt: event.modifiers.contains(KeyModifiers::ALT) })
    }

    /// Whether the key types a character where text is typed.
    #[must_use]
    pub const fn is_plain(self) -> bool {
        matches!(self.code, KeyCode::Char(_)) && !self.ctrl && !self.alt
    }

    /// Returns the event that a terminal sends for the key.
    #[must_use]
    pub const fn press(self) -> KeyEvent {
        let mut modifiers = KeyModifiers::NONE;
        if self.ctrl {
            modifiers = modifiers.union(KeyModifiers::CONTROL);
        }
        if self.alt {
            modifiers = modifiers.union(KeyModifiers::ALT);
        }
        KeyEvent::new(self.code, modifiers)
    }

    /// Whether an input method would swallow the key.
    #[must_use]
    pub const fn is_letter(self) -> bool {
        matches!(self.code, KeyCode::Char(c) if c.is_ascii_alphabetic()) && !self.ctrl && !self.alt
    }
}

/// Where a binding is shown besides the help page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the footer.
    Footer,
    /// On a button of its own.
    Button,
    /// Nowhere.
    Help,
}

/// One row of a keymap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The keys; the first is the one that the footer names.
    pub keys: &'static [Key],
    /// What they ask for.
    pub action: Action,
    /// A word or two for the footer.
    pub label: &'static str,
    /// A phrase for the help page.
    pub about: &'static str,
    /// Where it is shown.
    pub place: Place,
}

/// A keymap.
pub type Keymap = &'static [Binding];

mod keys;
mod names;

pub use keys::{Keys, Listed};

#[path = "keymap_tables.rs"]
pub mod tables;

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::tables::Table;
    use super::*;

    fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Key {
        Key::of(&KeyEvent::new(code, modifiers)).unwrap()
    }

    #[test]
    fn no_key_is_bound_twice_in_one_screen() {
        for Table { title: screen, map, .. } in tables::ALL {
            let mut bound: HashMap<Key, Action> = HashMap::new();
            for binding in map.iter().chain(tables::GLOBAL) {
                for &key in binding.keys {
                    let other = bound.insert(key, binding.action);
                    assert_eq!(other, None, "{screen}: {key} also asks for {:?}", binding.action);
                }
            }
        }
    }

    #[test]
    fn every_action_has_a_key_that_no_input_method_swallows() {
        for Table { title: screen, map, .. } in tables::ALL {
            for binding in map.iter().chain(tables::GLOBAL) {
                let sure = binding.keys.iter().any(|key| !key.is_letter());
                assert!(sure, "{screen}: {:?} has only letters", binding.action);
            }
        }
    }

    #[test]
    fn keys_that_many_screens_have_mean_one_thing() {
        use Action::{Accept, Apply, Bury, Import, NextDeck, PreviousDeck, Reload, Save, SetDue};
        for (key, meant) in [
            (key(KeyCode::F(2)), &[Import, Apply, Save, Accept][..]),
            (key(KeyCode::F(5)), &[Reload]),
            (char_key('-'), &[Bury]),
            (char_key('d'), &[SetDue]),
            (char_key(']'), &[NextDeck]),
            (char_key('['), &[PreviousDeck]),
        ] {
            for binding in tables::ALL.iter().flat_map(|table| table.map) {
                let is_bound = binding.keys.contains(&key);
                assert!(!is_bound || meant.contains(&binding.action), "{key} {:?}", binding.action);
            }
        }
    }

    #[test]
    fn where_text_is_typed_no_character_is_bound() {
        for table in tables::ALL.iter().filter(|table| table.typed) {
            for key in table.map.iter().chain(tables::GLOBAL).flat_map(|b| b.keys) {
                assert!(!key.is_plain(), "{}: {key} could not be typed", table.title);
            }
        }
    }

    #[test]
    fn full_width_characters_count_as_plain_ones() {
        let none = KeyModifiers::NONE;
        assert_eq!(pressed(KeyCode::Char('３'), none), char_key('3'));
        assert_eq!(pressed(KeyCode::Char('\u{3000}'), none), char_key(' '));
        assert_eq!(pressed(KeyCode::Char('？'), none), char_key('?'));
        assert_eq!(pressed(KeyCode::Char('G'), KeyModifiers::SHIFT), char_key('G'));
        assert_eq!(pressed(KeyCode::Char('S'), KeyModifiers::CONTROL), ctrl('s'));
    }
}
