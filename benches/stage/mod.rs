//! What every bench needs: how much to work on, files to work with.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Set to change how many pairs or cards a collection has.
const ROWS: &str = "TERMDECK_BENCH_ROWS";

/// Returns how many pairs or cards to work on: few when a bench only has to
/// prove that it runs.
pub fn rows() -> usize {
    let asked = std::env::var(ROWS).ok().and_then(|rows| rows.parse().ok());
    asked.unwrap_or(if is_check() { 1_000 } else { 100_000 })
}

/// Whether `cargo bench -- --test` only wants to see that the benches run.
pub fn is_check() -> bool {
    std::env::args().any(|arg| arg == "--test")
}

/// Returns the path of a file that is not there, on a real disk: `/tmp` may be
/// memory, and nothing waits for that.
pub fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    remove(&path);
    path
}

/// Removes a database with what SQLite keeps beside it.
pub fn remove(path: &Path) {
    for suffix in ["", "-wal", "-shm", ".lock"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        let _ = std::fs::remove_file(name);
    }
}

/// Returns a deck file of `rows` pairs, each with a front of its own.
pub fn deck_file(rows: usize) -> String {
    let words = ["reform", "supply", "market", "public", "policy", "growth", "school", "energy"];
    let han =
        |n: usize| char::from_u32(0x4E00 + (n * 2_654_435_761 % 8_000) as u32).unwrap_or('中');
    let mut text = String::new();
    for row in 0..rows {
        text.extend([row / 6_000, row % 6_000, row / 7, row / 11].map(han));
        let (a, b) = (words[row % 8], words[row / 8 % 8]);
        writeln!(text, "\t{a} of the {b}, sense {row}").unwrap();
    }
    text
}
