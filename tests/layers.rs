//! The layers hold: no source names what lies above it or beside it.
//!
//! The table is the drawing in CONTRIBUTING.md, written down.

use std::fs;
use std::path::{Path, PathBuf};

/// A room below `src/` and the other rooms that it may name as `crate::...`.
///
/// Rooms that are not listed (`main.rs`, `lib.rs`) may name all.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("sched", &["domain"]),
    ("session", &["domain", "sched"]),
    ("import", &["domain"]),
    ("export", &["domain"]),
    ("store", &["domain", "sched"]),
    ("find", &["domain", "sched"]),
    ("clock", &["domain", "sched"]),
    ("paths", &["domain"]),
    ("config", &["domain", "sched", "error"]),
    (
        "error",
        &[
            "domain", "sched", "session", "import", "export", "store", "find", "app", "paths",
            "config",
        ],
    ),
    (
        "app",
        &[
            "domain", "sched", "session", "import", "export", "store", "find", "error", "paths",
            "config",
        ],
    ),
    (
        "tui",
        &[
            "domain", "sched", "session", "import", "export", "app", "error", "clock", "paths",
            "config",
        ],
    ),
    (
        "cli",
        &[
            "domain", "sched", "session", "import", "export", "app", "tui", "error", "clock",
            "paths", "config",
        ],
    ),
];

/// A word, and the only rooms below `src/`, or rooms in them, that may say it.
const ONLY_IN: &[(&str, &[&str])] = &[
    // Anki's and Kindle's own files are SQLite too; `foreign` opens them from memory.
    ("rusqlite", &["store", "import/foreign", "import/apkg", "import/kindle", "export/apkg"]),
    ("SystemTime::now", &["clock"]),
    ("Instant::now", &["clock"]),
    ("Utc::now", &["clock"]),
    ("Local::now", &["clock"]),
    ("ratatui::", &["tui"]),
    ("clap::", &["cli", "main"]),
    ("print!(", &["cli", "main"]),
    ("println!(", &["cli", "main"]),
];

/// Rooms whose results depend on their arguments alone, and what they may not say for that.
///
/// Their tests may: test vectors and sample files are read from disk.
const PURE: &[&str] = &["domain", "sched", "session", "import", "export", "find"];
const IMPURE_WORDS: &[&str] = &[
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::thread",
    "std::io::std",
    "io::stdin",
    "io::stdout",
    "io::stderr",
    "getrandom",
];

const MAX_LINES: usize = 500;

#[test]
fn every_layer_names_only_what_lies_below_it() {
    let mut found = Vec::new();
    for path in sources("src") {
        let text = without_comments(&fs::read_to_string(root().join(&path)).unwrap());
        check(&path, &text, &mut found);
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn no_source_file_is_longer_than_500_lines() {
    let mut found = Vec::new();
    for path in ["src", "tests", "benches"].into_iter().flat_map(sources) {
        let lines = fs::read_to_string(root().join(&path)).unwrap().lines().count();
        if lines > MAX_LINES {
            found.push(format!("{}: {lines} lines, at most {MAX_LINES}", path.display()));
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn a_source_that_reaches_up_or_aside_is_named_with_its_line() {
    let offends = |path: &str, text: &str| {
        let mut found = Vec::new();
        check(Path::new(path), &without_comments(text), &mut found);
        found
    };
    assert_eq!(
        offends("src/domain/day.rs", "\nuse crate::{\n    domain::Day,\n    store::Store,\n};\n"),
        ["src/domain/day.rs:2: `domain` may not name `store`"]
    );
    assert_eq!(
        offends("src/tui/screen.rs", "fn f() {\n    crate::store::open()\n}\n"),
        ["src/tui/screen.rs:2: `tui` may not name `store`"]
    );
    assert_eq!(
        offends("src/sched/day.rs", "let t = std::time::Instant::now();\n"),
        ["src/sched/day.rs:1: `Instant::now` belongs in clock"]
    );
    assert_eq!(
        offends("src/import/mod.rs", "use std::fs;\n#[cfg(test)]\nmod tests {\n use std::env;\n}"),
        ["src/import/mod.rs:1: `import` does no input or output: `std::fs`"]
    );
    assert_eq!(offends("src/import/json.rs", "use rusqlite::Row;\n").len(), 1);
    assert!(offends("src/import/apkg/notes.rs", "use rusqlite::Row;\n").is_empty());
    let fine = "// rusqlite and crate::store\nuse crate::{domain::{Day, Uid}, import};\n";
    assert!(offends("src/app/mod.rs", fine).is_empty());
    assert!(offends("src/main.rs", "use crate::store;\nfn main() { println!(); }\n").is_empty());
}

/// Adds to `found` what the source at `path` says though its room may not.
fn check(path: &Path, text: &str, found: &mut Vec<String>) {
    let room = room_of(path);
    let mut report = |at: usize, what: String| {
        let line = text[..at].matches('\n').count() + 1;
        found.push(format!("{}:{line}: {what}", path.display()));
    };
    if let Some((_, allowed)) = MAY_NAME.iter().find(|(name, _)| *name == room) {
        let known = |named: &str| MAY_NAME.iter().any(|(name, _)| *name == named);
        for (at, named) in rooms_named(text) {
            if named != room && known(named) && !allowed.contains(&named) {
                report(at, format!("`{room}` may not name `{named}`"));
            }
        }
    }
    for (word, rooms) in ONLY_IN {
        if !rooms.iter().any(|allowed| is_in(path, allowed)) {
            for (at, _) in text.match_indices(word) {
                report(at, format!("`{word}` belongs in {}", rooms.join(", ")));
            }
        }
    }
    if PURE.contains(&room) && !path.ends_with("tests.rs") {
        let product = text.split("#[cfg(test)]").next().unwrap_or_default();
        for word in IMPURE_WORDS {
            for (at, _) in product.match_indices(word) {
                report(at, format!("`{room}` does no input or output: `{word}`"));
            }
        }
    }
}

/// Whether a source belongs to a room, or to a room in a room: `import/apkg`.
fn is_in(path: &Path, room: &str) -> bool {
    let below = path.strip_prefix("src").unwrap_or(path).with_extension("");
    below.starts_with(room)
}

/// Returns the first name behind every `crate::`, also of `crate::{a::X, b}`, with its place.
fn rooms_named(text: &str) -> Vec<(usize, &str)> {
    let mut named = Vec::new();
    for (at, found) in text.match_indices("crate::") {
        let rest = &text[at + found.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            named.push((at, first_name(rest)));
            continue;
        };
        let mut depth = 0;
        let mut start = 0;
        for (place, sign) in group.char_indices() {
            match sign {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    named.push((at, first_name(&group[start..place])));
                    start = place + 1;
                    if sign == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    named
}

fn first_name(path: &str) -> &str {
    let path = path.trim_start();
    path.split(|sign: char| !sign.is_alphanumeric() && sign != '_').next().unwrap_or_default()
}

/// Returns the room of a source: `store` for `src/store/notes.rs`, `clock` for `src/clock.rs`.
fn room_of(path: &Path) -> &str {
    let below = path.strip_prefix("src").unwrap_or(path);
    let first = below.iter().next().and_then(|name| name.to_str()).unwrap_or_default();
    first.strip_suffix(".rs").unwrap_or(first)
}

/// Drops line comments and keeps the line numbers; `//` behind a colon is part of an address.
fn without_comments(text: &str) -> String {
    let code = |line: &str| {
        let comment = line.match_indices("//").find(|&(at, _)| !line[..at].ends_with(':'));
        comment.map_or(line.len(), |(at, _)| at)
    };
    text.lines().flat_map(|line| [&line[..code(line)], "\n"]).collect()
}

/// Returns every Rust source below `folder`, as paths from the root of the project.
fn sources(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(root().join(&folder)) else { continue };
        for entry in entries {
            let entry = entry.unwrap();
            let path = folder.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
