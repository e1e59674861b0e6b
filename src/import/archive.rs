//! Zip archives that somebody else packed: entries are read by name, into memory,
//! and never more than a limit in all. No path from inside is ever used as one.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::ReadError;

/// The most that is unpacked from one archive, in bytes.
pub const MAX_UNPACKED: u64 = 2 << 30;

/// An entry may be this many times its packed size ...
const MAX_RATIO: u64 = 200;

/// ... once it is larger than this.
const FREE_BYTES: u64 = 16 << 20;

/// A zip archive in memory.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// What may still be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] where its directory cannot be read.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        Ok(Self { zip, left: MAX_UNPACKED })
    }

    /// Whether there is an entry of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Returns the names of the entries.
    pub fn names(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.zip.file_names().filter_map(Result::ok)
    }

    /// Unpacks an entry, or returns `None` where there is none of this name.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] where it cannot be unpacked, [`ReadError::Bomb`] where it
    /// would take more than is allowed.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let entry = self.zip.by_index(index).map_err(|error| damaged(&error))?;
        let most = allowed(entry.compressed_size()).min(self.left);
        let unpacked = bounded(entry, most)?;
        self.left -= unpacked.len() as u64;
        Ok(Some(unpacked))
    }

    /// Unpacks all entries and forgets them, so that another reader of the same bytes
    /// cannot be made to unpack more than is allowed.
    ///
    /// # Errors
    /// As [`Archive::read`].
    pub fn prove(&mut self) -> Result<(), ReadError> {
        let mut left = self.left;
        for index in 0..self.zip.len() {
            let entry = self.zip.by_index(index).map_err(|error| damaged(&error))?;
            let most = allowed(entry.compressed_size()).min(left);
            left -= counted(entry, most)?;
        }
        Ok(())
    }
}

/// Reads to the end and forgets it; returns how much it was.
fn counted(source: impl Read, most: u64) -> Result<u64, ReadError> {
    let read = std::io::copy(&mut source.take(most + 1), &mut std::io::sink());
    let unpacked = read.map_err(|error| damaged(&error))?;
    if unpacked > most { Err(ReadError::Bomb { most }) } else { Ok(unpacked) }
}

/// Returns how much may come out of so many packed bytes.
#[must_use]
pub fn allowed(packed: u64) -> u64 {
    packed.saturating_mul(MAX_RATIO).clamp(FREE_BYTES, MAX_UNPACKED)
}

/// Reads to the end, or fails where more than `most` bytes come.
///
/// # Errors
/// [`ReadError::Bomb`] or [`ReadError::Damaged`].
pub fn bounded(source: impl Read, most: u64) -> Result<Vec<u8>, ReadError> {
    let mut unpacked = Vec::new();
    source.take(most + 1).read_to_end(&mut unpacked).map_err(|error| damaged(&error))?;
    if unpacked.len() as u64 > most {
        return Err(ReadError::Bomb { most });
    }
    Ok(unpacked)
}

fn damaged(error: &dyn std::fmt::Display) -> ReadError {
    ReadError::Damaged(error.to_string())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("0000", SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
        zip.finish().unwrap().into_inner()
    }

    /// Returns an archive whose directory names its only entry so many times.
    fn overlapping(bytes: &[u8], times: u16) -> Vec<u8> {
        let packed = packed(bytes);
        let directory = packed.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
        let end = packed.windows(4).rposition(|w| w == b"PK\x05\x06").unwrap();
        let mut out = packed[..directory].to_vec();
        for number in 0..times {
            let mut record = packed[directory..end].to_vec();
            let name = format!("{number:04}");
            record[46..50].copy_from_slice(name.as_bytes());
            out.extend(record);
        }
        let size = (out.len() - directory) as u32;
        let mut tail = packed[end..].to_vec();
        tail[8..10].copy_from_slice(&times.to_le_bytes());
        tail[10..12].copy_from_slice(&times.to_le_bytes());
        tail[12..16].copy_from_slice(&size.to_le_bytes());
        out.extend(tail);
        out
    }

    #[test]
    fn entries_that_share_their_bytes_are_counted_each() {
        let bytes = overlapping(&vec![b'x'; 100_000], 50);
        let mut archive = Archive::open(&bytes).unwrap();
        assert_eq!(archive.names().count(), 50);
        assert_eq!(archive.prove(), Ok(()));
        archive.left = 4_000_000;
        assert!(matches!(archive.prove(), Err(ReadError::Bomb { .. })));
    }

    #[test]
    fn an_entry_may_not_grow_beyond_its_ratio() {
        let bytes = packed(&vec![0; FREE_BYTES as usize + 1]);
        let mut archive = Archive::open(&bytes).unwrap();
        assert!(matches!(archive.prove(), Err(ReadError::Bomb { .. })));
        assert!(matches!(archive.read("0000"), Err(ReadError::Bomb { .. })));
    }
}
