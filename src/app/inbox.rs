//! The inbox: a folder whose new and changed deck files are offered.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::error::Error;
use crate::paths::expand_home;
use crate::store::ImportRow;

use super::{App, Result, deck_files, read_file};

/// Endings of files that are offered; others would be offered again and again in vain.
const ENDINGS: [&str; 22] = [
    "tsv", "csv", "tab", "txt", "text", "json", "jsonl", "md", "markdown", "org", "html", "htm",
    "xlsx", "ods", "tbx", "tmx", "xml", "u8", "apkg", "colpkg", "anki2", "db",
];
/// Files that are looked at, at most.
const MOST_FILES: usize = 2_000;
/// Bytes that are read at most in one go to tell whether files have changed.
const MOST_BYTES: u64 = 64 << 20;

/// The files of the inbox that were read while the program runs: by path the time,
/// the size and the hash, so that none is read twice.
#[derive(Clone, Debug, Default)]
pub struct InboxMemory(HashMap<PathBuf, (u64, u64, [u8; 32])>);

impl App {
    /// Returns the files of the inbox that were never imported as they are, by name.
    ///
    /// A file that is older than its last import is not read. Others are compared by
    /// the hash of their content, as far as that costs no noticeable time; a file
    /// that is too much to read now is offered.
    ///
    /// # Errors
    /// A folder that cannot be read, or the store.
    pub fn inbox(&self, memory: &mut InboxMemory) -> Result<Vec<PathBuf>> {
        let Some(folder) = &self.config.inbox else { return Ok(Vec::new()) };
        let folder = expand_home(folder);
        let mut files = deck_files(&folder).map_err(|error| match error {
            Error::File { path, source } => {
                let what = format!("{}: {source}", path.display());
                Error::Invalid(format!("the inbox cannot be read: {what}"))
            }
            other => other,
        })?;
        files.retain(|file| is_offered(file));
        files.truncate(MOST_FILES);
        let imports: HashMap<PathBuf, ImportRow> = if files.is_empty() {
            HashMap::new()
        } else {
            // The newest comes first, and has to be the last one into the map.
            let rows = self.store.imports(u32::MAX)?.into_iter().rev();
            let standing = rows.filter(|row| row.undone_ms.is_none());
            standing.map(|row| (PathBuf::from(&row.path), row)).collect()
        };
        let mut budget = MOST_BYTES;
        let mut new = Vec::new();
        for file in files {
            if !self.is_known(&file, imports.get(&file), memory, &mut budget)? {
                new.push(file);
            }
        }
        Ok(new)
    }

    /// Whether a file was imported as it is now. One that is gone is nothing new.
    fn is_known(
        &self,
        file: &Path,
        last: Option<&ImportRow>,
        memory: &mut InboxMemory,
        budget: &mut u64,
    ) -> Result<bool> {
        let Ok(metadata) = std::fs::metadata(file) else { return Ok(true) };
        let (changed_ms, size) = (changed_ms(&metadata), metadata.len());
        if size == 0 {
            return Ok(true);
        }
        if last.is_some_and(|row| changed_ms < row.at_ms as u64) {
            return Ok(true);
        }
        let hash = match memory.0.get(file) {
            Some(&(at, length, hash)) if (at, length) == (changed_ms, size) => hash,
            _ if size > *budget => return Ok(false),
            _ => {
                *budget -= size;
                let Ok(bytes) = read_file(file) else { return Ok(true) };
                let hash = *blake3::hash(&bytes).as_bytes();
                memory.0.insert(file.to_owned(), (changed_ms, size, hash));
                hash
            }
        };
        Ok(self.store.has_import_of(&hash)?)
    }
}

fn is_offered(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Returns when a file was last written or put where it is, Unix milliseconds.
fn changed_ms(metadata: &std::fs::Metadata) -> u64 {
    let written = metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    let written = written.map_or(u64::MAX, |at| at.as_millis() as u64);
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        // A copy can keep the time of its original, but not that of its own making.
        let made = metadata.ctime().saturating_mul(1_000) + metadata.ctime_nsec() / 1_000_000;
        written.max(made.max(0) as u64)
    }
    #[cfg(not(unix))]
    written
}
