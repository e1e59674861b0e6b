//! What keys are called in the configuration, on the screen and in messages.

use std::fmt;
use std::str::FromStr;

use ratatui::crossterm::event::KeyCode;

use super::{Key, ctrl, key};

/// Names of keys, the one that is shown first; case does not matter.
const NAMES: &[(&str, KeyCode)] = &[
    ("Space", KeyCode::Char(' ')),
    ("Enter", KeyCode::Enter),
    ("Return", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Escape", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Shift-Tab", KeyCode::BackTab),
    ("BackTab", KeyCode::BackTab),
    ("Backspace", KeyCode::Backspace),
    ("Del", KeyCode::Delete),
    ("Delete", KeyCode::Delete),
    ("Ins", KeyCode::Insert),
    ("Insert", KeyCode::Insert),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PageUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("PageDown", KeyCode::PageDown),
    ("↑", KeyCode::Up),
    ("Up", KeyCode::Up),
    ("↓", KeyCode::Down),
    ("Down", KeyCode::Down),
    ("←", KeyCode::Left),
    ("Left", KeyCode::Left),
    ("→", KeyCode::Right),
    ("Right", KeyCode::Right),
];

/// What a terminal sends alike: Ctrl with this letter, and the key it cannot be told from.
const ALIKE: &[(char, &str)] = &[('i', "Tab"), ('m', "Enter")];

/// The highest function key that terminals send.
const MOST_F: u8 = 24;

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        if let Some((name, _)) = NAMES.iter().find(|(_, code)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            KeyCode::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(n) => write!(f, "F{n}"),
            code => write!(f, "{code:?}"),
        }
    }
}

impl Key {
    /// Returns the name of the key as it is typed: arrows as words.
    #[must_use]
    pub fn name(self) -> String {
        let shown = self.to_string();
        [("↑", "Up"), ("↓", "Down"), ("←", "Left"), ("→", "Right")]
            .iter()
            .fold(shown, |name, (sign, word)| name.replace(sign, word))
    }
}

impl FromStr for Key {
    type Err = String;

    /// Reads a key's name: `x`, `F2`, `Space`, `Ctrl-S`, `Alt-Enter`, `Shift-Tab`.
    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || {
            format!(
                "`{text}` is no key: write a character, F2, Space, Enter, Esc, Tab, Shift-Tab, \
                 Backspace, Del, Ins, Home, End, PgUp, PgDn, Up, Down, Left, Right, Ctrl-S or Alt-S"
            )
        };
        if let Some(found) = plain(text) {
            return Ok(found);
        }
        let (modifier, rest) = text.split_once(['-', '+']).ok_or_else(unknown)?;
        let rest: Self = rest.parse().map_err(|_| unknown())?;
        match modifier.to_ascii_lowercase().as_str() {
            "ctrl" | "c" => match rest.code {
                KeyCode::Char(c) if c.is_ascii_alphabetic() => {
                    let c = c.to_ascii_lowercase();
                    if let Some((_, twin)) = ALIKE.iter().find(|(letter, _)| *letter == c) {
                        return Err(format!("a terminal sends `{text}` as {twin}: write {twin}"));
                    }
                    Ok(Self { alt: rest.alt, ..ctrl(c) })
                }
                KeyCode::Char(' ') => Ok(Self { ctrl: true, ..rest }),
                _ => Err(format!("terminals do not send `{text}`: Ctrl goes with a letter")),
            },
            "alt" | "a" => Ok(Self { alt: true, ..rest }),
            "shift" | "s" => match rest.code {
                KeyCode::Tab => Ok(key(KeyCode::BackTab)),
                KeyCode::Char(c) if c.is_ascii_alphabetic() => {
                    Ok(Self { code: KeyCode::Char(c.to_ascii_uppercase()), ..rest })
                }
                _ => Err(format!("not every terminal sends `{text}`: Shift goes with Tab")),
            },
            _ => Err(unknown()),
        }
    }
}

/// Returns the key of a name without modifiers.
fn plain(text: &str) -> Option<Key> {
    let mut signs = text.chars();
    if let (Some(c), None) = (signs.next(), signs.next()) {
        let is_arrow = NAMES.iter().any(|(name, _)| *name == text);
        if !c.is_control() && !c.is_whitespace() && !is_arrow {
            return Some(key(KeyCode::Char(c)));
        }
    }
    if let Some((_, code)) = NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
        return Some(key(*code));
    }
    let number = text.strip_prefix(['F', 'f'])?.parse().ok()?;
    (1..=MOST_F).contains(&number).then_some(key(KeyCode::F(number)))
}

#[cfg(test)]
mod tests {
    use super::super::{char_key, tables};
    use super::*;

    #[test]
    fn keys_are_named_as_on_the_keyboard() {
        let alt = |c| Key { alt: true, ..char_key(c) };
        let named = [
            (char_key(' '), "Space"),
            (ctrl('s'), "Ctrl-S"),
            (key(KeyCode::F(2)), "F2"),
            (key(KeyCode::Enter), "Enter"),
            (key(KeyCode::PageDown), "PgDn"),
            (key(KeyCode::BackTab), "Shift-Tab"),
            (key(KeyCode::Up), "↑"),
            (alt('x'), "Alt-x"),
            (char_key('G'), "G"),
            (char_key('-'), "-"),
            (Key { ctrl: true, ..char_key(' ') }, "Ctrl-Space"),
        ];
        for (key, name) in named {
            assert_eq!(key.to_string(), name);
            assert_eq!(name.parse(), Ok(key), "{name}");
        }
    }

    #[test]
    fn every_key_of_the_tables_can_be_written_in_the_configuration() {
        for binding in tables::ALL.iter().flat_map(|table| table.map) {
            for key in binding.keys {
                assert_eq!(key.name().parse(), Ok(*key));
                assert!(key.name().is_ascii(), "{key}");
            }
        }
    }

    #[test]
    fn names_are_taken_in_other_spellings() {
        for (name, same) in [
            ("ctrl+s", "Ctrl-S"),
            ("C-s", "Ctrl-S"),
            ("escape", "Esc"),
            ("PAGEDOWN", "PgDn"),
            ("f12", "F12"),
            ("shift-g", "G"),
            ("up", "↑"),
            ("Alt--", "Alt--"),
        ] {
            let key: Key = name.parse().unwrap_or_else(|why| panic!("{name}: {why}"));
            assert_eq!(key.to_string(), same);
        }
    }

    #[test]
    fn a_key_that_no_terminal_sends_is_refused() {
        for (name, why) in [
            ("", "is no key"),
            ("Meta-x", "is no key"),
            ("xx", "is no key"),
            ("F0", "is no key"),
            ("F25", "is no key"),
            ("Ctrl-I", "write Tab"),
            ("Ctrl-M", "write Enter"),
            ("Ctrl-F5", "goes with a letter"),
            ("Shift-F5", "goes with Tab"),
            ("Ctrl-", "is no key"),
            ("\n", "is no key"),
        ] {
            let said = name.parse::<Key>().unwrap_err();
            assert!(said.contains(why), "{name}: {said}");
        }
    }
}
