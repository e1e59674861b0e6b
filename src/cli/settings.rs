//! `config`, `completions`, `man`.

use std::path::Path;

use clap::CommandFactory;
use serde_json::json;

use crate::config::{Config, KEYS, set_key};
use crate::domain::safe;
use crate::error::Error;

use super::args::{Args, ConfigAction, Globals};
use super::render::Out;
use super::{Result, Stop};

pub fn config(
    action: Option<&ConfigAction>,
    path: &Path,
    globals: &Globals,
    out: &mut Out,
) -> Result {
    let shown = path.display().to_string();
    match action {
        Some(ConfigAction::Path) if globals.json => out.json(&json!({ "path": shown })),
        Some(ConfigAction::Path) => out.line(&safe::line(&shown)),
        None | Some(ConfigAction::Show) => show(path, globals, out),
        Some(ConfigAction::Set { key, value }) => {
            let text = read(path)?;
            let text = set_key(&text, key, value).map_err(Error::Invalid)?;
            write(path, &text)?;
            if globals.json {
                return out.json(&json!({ "path": shown, "key": key, "value": value }));
            }
            out.info(&format!("{}: {key} = {}", safe::line(&shown), safe::line(value)))
        }
        Some(ConfigAction::Edit) => edit(path),
    }
}

/// Lists every setting as the file has it or by its default.
fn show(path: &Path, globals: &Globals, out: &mut Out) -> Result {
    let text = read(path)?;
    Config::parse(&text).map_err(|(line, what)| Error::Config {
        path: path.to_owned(),
        line,
        what,
    })?;
    let document: toml_edit::DocumentMut =
        text.parse().map_err(|error| Error::Invalid(format!("{error}")))?;
    let value_of = |name: &str, default: &str| {
        document.get(name).map_or_else(
            || default.to_owned(),
            |item| {
                item.as_value()
                    .map_or_else(String::new, |value| value.clone().decorated("", "").to_string())
            },
        )
    };
    if globals.json {
        let settings: serde_json::Map<String, serde_json::Value> = KEYS
            .iter()
            .map(|key| {
                let value = value_of(key.name, key.default);
                (key.name.to_owned(), serde_json::from_str(&value).unwrap_or_else(|_| json!(value)))
            })
            .collect();
        return out.json(&json!({ "path": path.display().to_string(), "settings": settings }));
    }
    out.line(&format!("# {}", safe::line(&path.display().to_string())))?;
    for key in KEYS {
        let setting = format!("{} = {}", key.name, safe::line(&value_of(key.name, key.default)));
        out.line(&format!("{setting:<34} # {}", key.meaning))?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(source) => Err(Error::File { path: path.to_owned(), source }.into()),
    }
}

fn write(path: &Path, text: &str) -> Result {
    let failed = |source| Error::File { path: path.to_owned(), source };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    std::fs::write(&name, text).map_err(failed)?;
    std::fs::rename(&name, path).map_err(failed)?;
    Ok(())
}

fn edit(path: &Path) -> Result {
    if !path.exists() {
        write(path, "")?;
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
    Config::load(path)?;
    Ok(())
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
