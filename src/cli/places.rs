//! Where deck files come from: paths, folders, addresses, standard input.

use std::io::Read;
use std::path::PathBuf;

use crate::app::{deck_files, fetch, is_address, read_file};
use crate::error::Error;
use crate::import::{MAX_FILE, ReadError};
use crate::paths::expand_home;

use super::Result;

/// A deck file that is there, not read yet.
pub struct Place {
    /// How it was given, or where in the given folder it lies.
    pub path: String,
    /// Whether it was found in a folder rather than named.
    pub is_found: bool,
}

/// Returns the files that arguments mean.
///
/// All of them are looked for before any of them is read: a mistyped name is no
/// reason to import the others first.
pub fn places(paths: &[String]) -> Result<Vec<Place>> {
    let mut places = Vec::new();
    for path in paths {
        if path == "-" || is_address(path) {
            places.push(Place { path: path.clone(), is_found: false });
            continue;
        }
        let given = expand_home(path);
        places.extend(
            deck_files(&given)?
                .into_iter()
                .map(|file| Place { is_found: file != given, path: file.display().to_string() }),
        );
    }
    Ok(places)
}

impl Place {
    /// Returns the bytes of the file.
    pub fn read(&self) -> Result<Vec<u8>, Error> {
        if self.path == "-" {
            return standard_input();
        }
        if is_address(&self.path) {
            return fetch(&self.path);
        }
        read_file(&PathBuf::from(&self.path))
    }
}

fn standard_input() -> Result<Vec<u8>, Error> {
    let failed = |source| Error::File { path: PathBuf::from("-"), source };
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_FILE {
        let error = ReadError::TooLarge { bytes: bytes.len() as u64 };
        return Err(Error::Read { path: "-".to_owned(), error });
    }
    Ok(bytes)
}
