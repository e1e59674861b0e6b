//! A collection in a folder of its own, and the real binary at work on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use serde_json::Value;

/// A folder with a collection and whatever a test puts beside it; gone afterwards.
pub struct Collection {
    folder: tempfile::TempDir,
}

/// What a finished command left.
pub struct Done {
    pub status: ExitStatus,
    pub out: Vec<u8>,
    pub err: Vec<u8>,
}

impl Done {
    /// Returns standard output as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.out).into_owned()
    }

    /// Returns standard error as text.
    pub fn errors(&self) -> String {
        String::from_utf8_lossy(&self.err).into_owned()
    }
}

impl Collection {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Returns another folder with the same files in it; no program may be at work on them.
    pub fn copy(&self) -> Self {
        let copy = Self::new();
        for entry in fs::read_dir(self.folder()).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_file() {
                fs::copy(&entry, copy.folder().join(entry.file_name().unwrap())).unwrap();
            }
        }
        copy
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn db(&self) -> PathBuf {
        self.folder().join("termdeck.db")
    }

    /// Writes a file beside the collection.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Returns the binary with its arguments, at noon of 2026-11-23, `days` later.
    pub fn command_on(&self, days: u32, args: &[&str]) -> Command {
        let date = termdeck::domain::Day(20_780).plus(days);
        let mut command = Command::new(env!("CARGO_BIN_EXE_termdeck"));
        command
            .env("TERMDECK_DB", self.db())
            .env("TERMDECK_CONFIG", self.folder().join("config.toml"))
            .env("TERMDECK_NOW", format!("{date}T12:00:00+00:00"))
            .env("HOME", self.folder())
            .env_remove("NO_COLOR")
            .current_dir(self.folder())
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn command(&self, args: &[&str]) -> Command {
        self.command_on(0, args)
    }

    /// Runs a command to its end, whatever that is.
    pub fn run(&self, args: &[&str]) -> Done {
        let output = self.command(args).output().unwrap();
        Done { status: output.status, out: output.stdout, err: output.stderr }
    }

    /// Runs a command that has to succeed.
    pub fn ok(&self, args: &[&str]) -> Done {
        let done = self.run(args);
        assert!(done.status.success(), "{args:?}: {}{}", done.text(), done.errors());
        done
    }

    /// Runs a command that has to succeed with `--json` and returns its document.
    pub fn json(&self, args: &[&str]) -> Value {
        let args: Vec<&str> = args.iter().copied().chain(["--json"]).collect();
        serde_json::from_slice(&self.ok(&args).out).expect("one JSON document")
    }

    /// Returns the interchange document of everything.
    pub fn document(&self) -> Value {
        let done = self.ok(&["export", "--format", "json", "-o", "-"]);
        serde_json::from_slice(&done.out).expect("an interchange document")
    }

    /// Asserts that `doctor` finds nothing.
    pub fn assert_healthy(&self, when: &str) {
        let done = self.run(&["doctor", "--json"]);
        let verdict: Value = serde_json::from_slice(&done.out).unwrap_or_default();
        assert_eq!(verdict["ok"], true, "{when}: {}{}", done.text(), done.errors());
    }
}
