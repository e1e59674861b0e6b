//! The real binary in a world of its own: an empty environment, a collection in
//! a temporary folder, a moment that stands still.

pub mod history;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

/// The moment at which a desk begins, unless a test says otherwise.
pub const NOON: &str = "2026-11-23T12:00:00Z";

/// A collection, the files around it, and the moment of the next command.
pub struct Desk {
    folder: TempDir,
    now: String,
    zone: String,
}

/// How a command ended and what it wrote.
#[derive(Debug)]
pub struct Run {
    /// Exit status.
    pub status: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Desk {
    /// Returns a desk without a collection, on a Monday noon in UTC.
    pub fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        Self { folder, now: NOON.to_owned(), zone: "UTC0".to_owned() }
    }

    /// Returns a desk with a file `terms.tsv` imported into the deck `terms`.
    pub fn with_terms(rows: &[(&str, &str)]) -> Self {
        let desk = Self::new();
        desk.import("terms.tsv", table(rows));
        desk
    }

    /// Sets the moment of the commands to come, as RFC 3339.
    pub fn at(&mut self, now: &str) -> &mut Self {
        now.clone_into(&mut self.now);
        self
    }

    /// Sets the rules of the local time zone, in the notation of POSIX.
    pub fn in_zone(&mut self, zone: &str) -> &mut Self {
        zone.clone_into(&mut self.zone);
        self
    }

    /// Returns the path of a file of the desk.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Returns the folder that everything lies in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the path of the collection.
    pub fn collection(&self) -> PathBuf {
        self.path("cards.db")
    }

    /// Writes a file; returns its name.
    pub fn write<'a>(&self, name: &'a str, content: impl AsRef<[u8]>) -> &'a str {
        fs::write(self.path(name), content).expect("a file is written");
        name
    }

    /// Reads a text file of the desk.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a text file")
    }

    /// Returns the whole environment of the program.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let text = |path: PathBuf| path.display().to_string();
        vec![
            ("TERMDECK_DB", text(self.collection())),
            ("TERMDECK_CONFIG", text(self.path("config.toml"))),
            ("TERMDECK_NOW", self.now.clone()),
            ("TZ", self.zone.clone()),
            ("HOME", text(self.path("home"))),
        ]
    }

    /// Runs a command to its end, with nothing on standard input.
    pub fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, "")
    }

    /// Runs a command to its end.
    pub fn run_with(&self, args: &[&str], input: impl Into<Vec<u8>>) -> Run {
        let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_termdeck"))
            .args(args)
            .env_clear()
            .envs(self.environment())
            .current_dir(self.folder.path())
            .write_stdin(input)
            .output()
            .expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let status = output.status.code().expect("an exit status");
        Run { status, out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs a command that succeeds and is silent on standard error; returns its output.
    pub fn ok(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{args:?}: {}", run.out);
        run.out
    }

    /// Runs a command that fails; returns what it says on standard error.
    pub fn fails(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!(run.status, 1, "{args:?}: {run:?}");
        assert!(run.err.starts_with("error: "), "{args:?}: {run:?}");
        run.err
    }

    /// Runs a command with `--json`; returns the one document it writes.
    pub fn json(&self, args: &[&str]) -> Value {
        let (status, value) = self.json_and_status(args);
        assert_eq!(status, 0, "{args:?}: {value}");
        value
    }

    /// The same for a command that may fail after its document.
    pub fn json_and_status(&self, args: &[&str]) -> (i32, Value) {
        let run = self.run(&[args, &["--json"]].concat());
        let value = serde_json::from_str(&run.out);
        (run.status, value.unwrap_or_else(|error| panic!("{args:?}: {error}: {run:?}")))
    }

    /// Writes a file and imports it; returns the shape FILE.
    pub fn import(&self, name: &str, content: impl AsRef<[u8]>) -> Value {
        self.write(name, content);
        let mut report = self.json(&["import", name, "--yes"]);
        report["files"][0].take()
    }

    /// Returns the whole collection as an interchange document.
    pub fn document(&self) -> Value {
        self.json(&["export", "--format", "json"])
    }

    /// Returns the notes that a query finds.
    pub fn search(&self, query: &str) -> Vec<Value> {
        let mut found = self.json(&["search", query]);
        let Value::Array(notes) = found["notes"].take() else { panic!("notes are a list") };
        assert_eq!(found["total"], notes.len(), "{query}");
        notes
    }

    /// Returns the fronts of the notes that a query finds.
    pub fn fronts(&self, query: &str) -> Vec<String> {
        self.search(query).iter().map(|note| text(&note["front"])).collect()
    }

    /// Returns the one note with this front.
    pub fn note(&self, front: &str) -> Value {
        let mut found = self.search(&format!("front:\"{front}\""));
        found.retain(|note| note["front"] == front);
        assert_eq!(found.len(), 1, "{front}: {found:?}");
        found.remove(0)
    }

    /// Returns the id of the forward card of the one note with this front.
    pub fn card(&self, front: &str) -> String {
        let note = self.note(front);
        assert_eq!(note["cards"][0]["direction"], "forward", "{note}");
        text(&note["cards"][0]["id"])
    }

    /// Returns every row of every table, in an order that does not change.
    pub fn tables(&self) -> Vec<String> {
        tables(&self.collection())
    }

    /// Asserts that `doctor` finds nothing.
    pub fn is_sound(&self) {
        let report = self.json(&["doctor"]);
        assert_eq!(report["ok"], true, "{report}");
    }
}

/// Returns a JSON string as it is.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no string")).to_owned()
}

/// Returns a TSV of two columns without a header.
pub fn table(rows: &[(&str, &str)]) -> String {
    let line = |&(front, back): &(&str, &str)| [front, "\t", back, "\n"].concat();
    rows.iter().map(line).collect()
}

/// Returns every row of every table of a database.
fn tables(path: &Path) -> Vec<String> {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let db = rusqlite::Connection::open_with_flags(path, flags).expect("a database");
    let names: Vec<String> = db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .and_then(|mut names| names.query_map([], |row| row.get(0))?.collect())
        .expect("the tables");
    let mut lines = Vec::new();
    for name in names {
        let mut rows = db.prepare(&format!("SELECT * FROM \"{name}\"")).expect("a table");
        let columns = rows.column_count();
        let rows = rows.query_map([], |row| {
            (0..columns)
                .map(|at| row.get::<_, rusqlite::types::Value>(at).map(|cell| format!("{cell:?}")))
                .collect::<rusqlite::Result<Vec<_>>>()
        });
        let rows = rows.and_then(Iterator::collect::<rusqlite::Result<Vec<_>>>).expect("rows");
        lines.extend(rows.iter().map(|cells| format!("{name}: {}", cells.join(" | "))));
    }
    lines.sort();
    lines
}
