//! `config`, `completions`, `man`.

use std::path::Path;

use clap::CommandFactory;
use serde_json::{Map, Value, json};

use crate::config::{KEYS, Key, KeyChange, read, save, set_key, unset_key};
use crate::domain::safe;
use crate::error::Error;
use crate::tui::configuration;
use crate::tui::keymap::Keys;

use super::args::{Args, ConfigAction};
use super::render::Out;
use super::{Result, Stop, explain};

pub fn config(action: Option<&ConfigAction>, path: &Path, out: &mut Out) -> Result {
    let shown = path.display().to_string();
    match action {
        Some(ConfigAction::Path) if out.is_json() => out.json(&json!({ "path": shown })),
        Some(ConfigAction::Path) => out.line(&safe::line(&shown)),
        None | Some(ConfigAction::Show) => show(path, out),
        Some(ConfigAction::Keys) => keys(path, out),
        Some(ConfigAction::Set { key, value }) => {
            configuration::change(path, |text| set_key(text, key, value))?;
            if out.is_json() {
                return out.json(&json!({ "path": shown, "key": key, "value": value }));
            }
            out.info(&format!("{}: {key} = {}", safe::line(&shown), safe::line(value)))
        }
        Some(ConfigAction::Reset { key }) => {
            configuration::change(path, |text| unset_key(text, key))?;
            if out.is_json() {
                return out.json(&json!({ "path": shown, "key": key }));
            }
            out.info(&format!("{}: {key} has its default again", safe::line(&shown)))
        }
        Some(ConfigAction::Edit) => edit(path),
    }
}

/// Lists every setting as the file has it or by its default.
fn show(path: &Path, out: &mut Out) -> Result {
    let text = read(path)?;
    let (config, wrong) = configuration::judged(path, &text);
    explain(&wrong, out);
    // A file that cannot be read at all says nothing, and that was said.
    let document: toml_edit::DocumentMut = text.parse().unwrap_or_default();
    let value_of = |key: &Key| {
        let item = document.get(key.name).and_then(|item| item.as_value());
        item.map_or_else(
            || key.default.to_owned(),
            |value| value.clone().decorated("", "").to_string(),
        )
    };
    let changed = |key: &KeyChange| format!("keys.{}.{}", key.table, key.action);
    if out.is_json() {
        let parsed = |value: &String| serde_json::from_str(value).unwrap_or_else(|_| json!(value));
        let settings: Map<String, Value> =
            KEYS.iter().map(|key| (key.name.to_owned(), parsed(&value_of(key)))).collect();
        let keys: Map<String, Value> =
            config.keys.iter().map(|key| (changed(key), json!(key.keys))).collect();
        return out.json(&json!({
            "path": path.display().to_string(), "settings": settings, "keys": keys
        }));
    }
    out.line(&format!("# {}", safe::line(&path.display().to_string())))?;
    let mut group = None;
    for key in KEYS {
        if group != Some(key.group) {
            group = Some(key.group);
            out.line(&format!("\n# {}", key.group.title()))?;
        }
        let value = value_of(key);
        let setting = format!("{} = {}", key.name, safe::line(&value));
        let default = match (value == key.default, key.default) {
            (true, _) => String::new(),
            (false, "[]" | "\"\"") => "; default empty".to_owned(),
            (false, default) => format!("; default {}", default.trim_matches('"')),
        };
        out.line(&format!("{setting:<34} # {}: {}{default}", key.meaning, key.allowed.words()))?;
    }
    out.line("\n# Keys (`termdeck config keys` lists all)")?;
    for key in &config.keys {
        out.line(&safe::line(&format!("{} = {}", changed(key), json!(key.keys))))?;
    }
    Ok(())
}

/// Lists every key of the full-screen program.
fn keys(path: &Path, out: &mut Out) -> Result {
    let (config, wrong) = configuration::judged(path, &read(path)?);
    explain(&wrong, out);
    let rows = Keys::new(&config.keys).0.list();
    if out.is_json() {
        return out.json(&json!({ "keys": rows }));
    }
    let mut table = "";
    for row in rows {
        if table != row.table {
            table = row.table;
            out.line(&format!("[keys.{table}]"))?;
        }
        let setting = format!("{} = {}", row.action, json!(row.keys));
        out.line(&format!("{setting:<40} # {}", row.about))?;
    }
    Ok(())
}

fn edit(path: &Path) -> Result {
    if !path.exists() {
        save(path, "")?;
    }
    let editor = ["VISUAL", "EDITOR"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_else(|| "vi".to_owned());
    // The variable may hold arguments; it never goes through a shell.
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let failed = |source| Error::File { path: program.into(), source };
    let status =
        std::process::Command::new(program).args(words).arg(path).status().map_err(failed)?;
    if !status.success() {
        return Err(Stop::Failed(Error::Invalid(format!("{program} ended with {status}"))));
    }
    match configuration::load(path).1.into_iter().next() {
        Some(error) => Err(error.into()),
        None => Ok(()),
    }
}

pub fn completions(shell: clap_complete::Shell, out: &mut Out) -> Result {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "termdeck", &mut text);
    out.raw(&String::from_utf8_lossy(&text))
}

pub fn man(dir: Option<&Path>, out: &mut Out) -> Result {
    let Some(dir) = dir else {
        let mut page = Vec::new();
        let failed = |source| Error::File { path: "standard output".into(), source };
        clap_mangen::Man::new(Args::command()).render(&mut page).map_err(failed)?;
        return out.raw(&String::from_utf8_lossy(&page));
    };
    let failed = |source| Error::File { path: dir.to_owned(), source };
    std::fs::create_dir_all(dir).map_err(failed)?;
    clap_mangen::generate_to(Args::command(), dir).map_err(failed)?;
    out.info(&format!("manual pages: {}", safe::line(&dir.display().to_string())))
}
