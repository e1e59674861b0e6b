//! Reading deck files from disk.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::import::{MAX_FILE, ReadError};

use super::Result;
use super::samples::{Sample, samples_at};

/// Returns the file itself, or the files of a folder by name, hidden ones left out;
/// or the samples that the path means.
///
/// # Errors
/// A path that does not exist or cannot be read, or a sample that is not known.
pub fn deck_files(path: &Path) -> Result<Vec<PathBuf>> {
    if let Some(samples) = samples(path)? {
        return Ok(samples.iter().map(|sample| PathBuf::from(sample.path())).collect());
    }
    let failed = |source| Error::File { path: path.to_owned(), source };
    if !std::fs::metadata(path).map_err(failed)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !is_hidden && entry.path().is_file() {
            files.push(entry.path());
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// Returns the samples that a path means; `None` where it means a file.
fn samples(path: &Path) -> Result<Option<Vec<Sample>>> {
    let unknown = |name| Error::NoSample(name);
    samples_at(path).transpose().map_err(unknown)
}

/// Returns the content of a file or a sample, at most [`MAX_FILE`] bytes.
///
/// # Errors
/// A file that cannot be read or is too large, or a sample that is not known.
pub fn read_file(path: &Path) -> Result<Vec<u8>> {
    if let Some([sample]) = samples(path)?.as_deref() {
        return Ok(sample.bytes().to_vec());
    }
    let failed = |source| Error::File { path: path.to_owned(), source };
    let file = std::fs::File::open(path).map_err(failed)?;
    let size = file.metadata().map_err(failed)?.len();
    let mut bytes = Vec::with_capacity(size.min(MAX_FILE) as usize + 1);
    // One byte more than is allowed tells a file that grew or has no size of its own.
    file.take(MAX_FILE + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_FILE {
        let error = ReadError::TooLarge { bytes: size.max(bytes.len() as u64) };
        return Err(Error::Read { path: path.display().to_string(), error });
    }
    Ok(bytes)
}
