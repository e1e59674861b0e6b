//! Changes to the text of a configuration file: comments and order stay.

use toml_edit::{DocumentMut, Item, Table, Value};

use super::value::words;
use super::{Config, Fault, Key, unknown_key};

/// Sets one key in the text of a configuration file and returns the new text, with
/// its comments and its order kept. `keys.TABLE.ACTION` names other keys for an action.
///
/// Whether keys and actions of those names exist is for the caller to say: it is the
/// screens that know them.
///
/// # Errors
/// A text that is no TOML, a key that does not exist, a value that it cannot have.
pub fn set_key(text: &str, name: &str, value: &str) -> Result<String, Fault> {
    let nowhere = |what| Fault { line: 0, what };
    let mut document = parsed(text)?;
    let (path, value) = if let Some(path) = key_path(name) {
        (path.to_vec(), Value::Array(words(value.trim()).map_err(nowhere)?))
    } else {
        let key = Key::named(name).ok_or_else(|| nowhere(unknown_key(name)))?;
        (vec![name], key.value(value).map_err(nowhere)?)
    };
    put(&mut document, &path, value).map_err(nowhere)?;
    Ok(document.to_string())
}

/// Takes one key out of the text of a configuration file, so that its default holds.
/// A key with a comment stays, with its default, and keeps it.
///
/// # Errors
/// A text that is no TOML, a key that does not exist.
pub fn unset_key(text: &str, name: &str) -> Result<String, Fault> {
    let mut document = parsed(text)?;
    if let Some([keys, table, action]) = key_path(name) {
        let rows = document.get_mut(keys).and_then(|item| item.get_mut(table));
        if let Some(rows) = rows.and_then(Item::as_table_like_mut) {
            rows.remove(action);
        }
        return Ok(document.to_string());
    }
    let Some(key) = Key::named(name) else {
        return Err(Fault { line: 0, what: unknown_key(name) });
    };
    let table = document.as_table_mut();
    let above = table.key(name).and_then(|key| key.leaf_decor().prefix()?.as_str());
    let beside = table.get(name).and_then(|item| item.as_value()?.decor().suffix()?.as_str());
    let has_comment = [above, beside].into_iter().flatten().any(|text| text.contains('#'));
    if has_comment {
        put(&mut document, &[name], key.default_value()).map_err(|what| Fault { line: 0, what })?;
    } else {
        table.remove(name);
    }
    Ok(document.to_string())
}

/// Returns the parts of `keys.TABLE.ACTION`.
fn key_path(name: &str) -> Option<[&str; 3]> {
    let (table, action) = name.strip_prefix("keys.")?.split_once('.')?;
    Some(["keys", table, action])
}

fn parsed(text: &str) -> Result<DocumentMut, Fault> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        let first = Config::parse(text).1.into_iter().next();
        first.unwrap_or_else(|| Fault { line: 1, what: error.message().to_owned() })
    })
}

/// Puts a value at a path, into tables that are made where they are missing.
fn put(document: &mut DocumentMut, path: &[&str], value: Value) -> Result<(), String> {
    let Some((name, above)) = path.split_last() else { return Ok(()) };
    let mut table = document.as_table_mut() as &mut dyn toml_edit::TableLike;
    for (depth, part) in above.iter().enumerate() {
        let is_last = depth + 1 == above.len();
        let missing = || {
            let mut made = Table::new();
            made.set_implicit(!is_last);
            Item::Table(made)
        };
        let item = table.entry(part).or_insert_with(missing);
        table = item.as_table_like_mut().ok_or_else(|| format!("`{part}` is no table"))?;
    }
    match table.get_mut(name).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = value;
            *old.decor_mut() = decor;
        }
        None => {
            table.insert(name, Item::Value(value));
        }
    }
    Ok(())
}
