//! The keys that hold: the tables, with what the learner changed.

use super::tables::{ALL, GLOBAL, Table};
use super::{Action, Binding, Key, Keymap};
use crate::config::{Config, Fault, KeyChange};

/// The keys that hold. Dispatch, footer and help ask it, so they agree.
///
/// It holds only what differs from the tables; the default is the tables as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    changed: Vec<Changed>,
}

/// Other keys for one action of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Changed {
    map: Keymap,
    action: Action,
    keys: Vec<Key>,
}

impl Keys {
    /// Returns the keys of a binding of `map`; the first is the one to name.
    #[must_use]
    pub fn of<'a>(&'a self, map: Keymap, binding: &'a Binding) -> &'a [Key] {
        let is_meant = |c: &&Changed| c.action == binding.action && c.map == map;
        self.changed.iter().find(is_meant).map_or(binding.keys, |changed| &changed.keys)
    }

    /// Returns the first key of an action of `map` or, failing that, of the one that
    /// works everywhere.
    #[must_use]
    pub fn first(&self, map: Keymap, action: Action) -> Option<Key> {
        let of = |map: Keymap| {
            let binding = map.iter().find(|binding| binding.action == action)?;
            self.of(map, binding).first().copied()
        };
        of(map).or_else(|| of(GLOBAL))
    }

    /// Returns the name of that key, for a text that names it.
    #[must_use]
    pub fn named(&self, map: Keymap, action: Action) -> String {
        self.first(map, action).map_or_else(String::new, |key| key.to_string())
    }

    /// Returns what `key` asks for in `map` or, failing that, everywhere.
    #[must_use]
    pub fn action(&self, map: Keymap, key: Key) -> Option<Action> {
        let found = |map: Keymap| {
            let binding = map.iter().find(|binding| self.of(map, binding).contains(&key))?;
            Some(binding.action)
        };
        found(map).or_else(|| found(GLOBAL))
    }

    /// Returns the tables with these changes, and what is wrong with the changes.
    ///
    /// A change that cannot be is left out; the others hold. An action that is left
    /// with letters alone keeps its default key that is none, since an input method
    /// swallows letters.
    #[must_use]
    pub fn new(changes: &[KeyChange]) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let mut good: Vec<(&KeyChange, Wanted)> = Vec::new();
        for change in changes {
            match Wanted::read(change) {
                Ok(wanted) => good.push((change, wanted)),
                Err(what) => faults.push(Fault { line: change.line, what }),
            }
        }
        loop {
            let keys = Self::with(good.iter().map(|(_, wanted)| wanted));
            let Some((at, what)) = keys.clash(&good) else {
                faults.sort_by_key(|fault| fault.line);
                return (keys, faults);
            };
            let (change, _) = good.remove(at);
            faults.push(Fault { line: change.line, what });
        }
    }

    /// Returns what is wrong with the keys of a configuration file's new text that is
    /// not so in the old one.
    #[must_use]
    pub fn new_fault(before: &str, after: &str) -> Option<Fault> {
        let wrong = |text: &str| Self::new(&Config::parse(text).0.keys).1;
        let known = wrong(before);
        wrong(after).into_iter().find(|fault| known.iter().all(|known| known.what != fault.what))
    }

    fn with<'a>(wanted: impl Iterator<Item = &'a Wanted>) -> Self {
        let mut keys = Self::default();
        for wanted in wanted {
            for table in tables(wanted.table) {
                let Some(binding) = table.map.iter().find(|b| b.action == wanted.action) else {
                    continue;
                };
                keys.changed.retain(|c| c.action != wanted.action || c.map != table.map);
                let (map, action) = (table.map, binding.action);
                keys.changed.push(Changed { map, action, keys: wanted.keys.clone() });
            }
        }
        // The key that stays for an input method gives way to what was asked for.
        for at in 0..keys.changed.len() {
            let Changed { map, action, .. } = keys.changed[at];
            if keys.changed[at].keys.iter().all(|key| key.is_letter()) {
                let default = map.iter().find(|binding| binding.action == action);
                let mut spare = default.into_iter().flat_map(|binding| binding.keys).copied();
                let is_free = |key: &Key| {
                    !key.is_letter() && keys.action(map, *key).is_none_or(|a| a == action)
                };
                let spare = spare.find(is_free);
                keys.changed[at].keys.extend(spare);
            }
        }
        keys
    }

    /// Returns the change that cannot hold beside the others, and why.
    fn clash(&self, good: &[(&KeyChange, Wanted)]) -> Option<(usize, String)> {
        let change_of = |table: &Table, action: Action| {
            good.iter().rposition(|(_, w)| w.table == table.name && w.action == action)
        };
        for table in ALL {
            let rows = || {
                let here = table.map.iter().map(move |b| (table, b));
                here.chain(GLOBAL.iter().map(|b| (&EVERYWHERE, b)))
            };
            for (nth, (from, one)) in rows().enumerate() {
                for (with, other) in rows().skip(nth + 1) {
                    if one.action == other.action {
                        continue;
                    }
                    let others = self.of(with.map, other);
                    let Some(key) = self.of(from.map, one).iter().find(|k| others.contains(k))
                    else {
                        continue;
                    };
                    let (first, second) =
                        (change_of(from, one.action), change_of(with, other.action));
                    let Some(at) = first.max(second) else { continue };
                    let (own, taken) = if Some(at) == second {
                        (other, (from, one))
                    } else {
                        (one, (with, other))
                    };
                    let what = format!(
                        "{key} cannot be {}: it is {} ({}) in [keys.{}] already",
                        own.action.name(),
                        taken.1.action.name(),
                        taken.1.about,
                        taken.0.name,
                    );
                    return Some((at, what));
                }
            }
        }
        // What is left with letters alone found its default taken.
        let lost = self.changed.iter().find(|c| c.keys.iter().all(|key| key.is_letter()))?;
        let table = all().find(|table| table.map == lost.map)?;
        let what = format!(
            "{} needs a key that an input method does not swallow: add one such as F3",
            lost.action.name()
        );
        Some((change_of(table, lost.action)?, what))
    }
}

/// What works everywhere, as a table of the configuration.
const EVERYWHERE: Table = Table { name: "all", title: "Everywhere", map: GLOBAL, typed: true };

/// Returns every table that keys can be changed in; some share a name.
pub fn all() -> impl Iterator<Item = &'static Table> {
    std::iter::once(&EVERYWHERE).chain(ALL)
}

fn tables(name: &str) -> impl Iterator<Item = &'static Table> {
    all().filter(move |table| table.name == name)
}

/// A change whose names are known.
struct Wanted {
    table: &'static str,
    action: Action,
    keys: Vec<Key>,
}

impl Wanted {
    fn read(change: &KeyChange) -> Result<Self, String> {
        let KeyChange { table, action, keys, .. } = change;
        let Some(name) = tables(table).map(|table| table.name).next() else {
            let mut names: Vec<&str> = all().map(|table| table.name).collect();
            names.dedup();
            return Err(format!("there is no [keys.{table}]; there are: {}", names.join(", ")));
        };
        let rows = || tables(table).flat_map(|table| table.map);
        let Some(binding) = rows().find(|binding| binding.action.name() == *action) else {
            let mut names: Vec<String> = rows().map(|binding| binding.action.name()).collect();
            names.sort();
            names.dedup();
            return Err(format!("[keys.{table}] has no `{action}`; it has: {}", names.join(", ")));
        };
        let keys = keys.iter().map(|key| key.parse()).collect::<Result<Vec<Key>, _>>()?;
        if keys.is_empty() {
            return Err(format!("{action} needs a key"));
        }
        let typed = tables(table).any(|table| table.typed);
        if let Some(key) = keys.iter().find(|key| typed && key.is_plain()) {
            return Err(format!("{key} cannot be {action}: it could no longer be typed there"));
        }
        Ok(Self { table: name, action: binding.action, keys })
    }
}

/// One action with its keys, for lists.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Listed {
    /// The table: `[keys.TABLE]`.
    pub table: &'static str,
    /// The name of the action in it.
    pub action: String,
    /// The keys that hold.
    pub keys: Vec<String>,
    /// The keys that hold where nothing is changed.
    pub default: Vec<String>,
    /// What they do.
    pub about: &'static str,
}

impl Keys {
    /// Returns every action of every table once, in the order of the tables.
    #[must_use]
    pub fn list(&self) -> Vec<Listed> {
        let mut rows: Vec<Listed> = Vec::new();
        for table in all() {
            for binding in table.map {
                let action = binding.action.name();
                let names = |keys: &[Key]| keys.iter().map(|key| key.name()).collect();
                if rows.iter().all(|row| row.table != table.name || row.action != action) {
                    rows.push(Listed {
                        table: table.name,
                        action,
                        keys: names(self.of(table.map, binding)),
                        default: names(binding.keys),
                        about: binding.about,
                    });
                }
            }
        }
        rows
    }
}

impl Action {
    /// Returns the name of the action in the configuration: the variant's own, so
    /// that none can lack one.
    #[must_use]
    pub fn name(self) -> String {
        let mut name = String::new();
        for c in format!("{self:?}").chars() {
            if (c.is_ascii_uppercase() || c == '(') && !name.is_empty() {
                name.push('-');
            }
            name.extend(c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase()));
        }
        name
    }
}

#[cfg(test)]
mod tests;
