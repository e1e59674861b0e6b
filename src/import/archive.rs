//! Zip archives that somebody else packed: entries are read by name, into memory,
//! and never more than a limit in all. No path from inside is ever used as one.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use flate2::read::MultiGzDecoder;
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
    /// Its size: no entry has more bytes in it, whatever it says.
    size: u64,
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
        Ok(Self { zip, size: bytes.len() as u64, left: MAX_UNPACKED })
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

    /// Returns how many bytes may still come out of it in all.
    #[must_use]
    pub const fn left(&self) -> u64 {
        self.left
    }

    /// Unpacks an entry, or returns `None` where there is none of this name.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] where it cannot be unpacked, [`ReadError::Bomb`] where it
    /// would take more than is allowed.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(index) = self.zip.index_for_name(name) else { return Ok(None) };
        let entry = self.zip.by_index(index).map_err(|error| damaged(&error))?;
        let most = allowed(entry.compressed_size().min(self.size)).min(self.left);
        let unpacked = bounded(entry, most)?;
        self.left -= unpacked.len() as u64;
        Ok(Some(unpacked))
    }
}

/// A deck file that was packed by itself.
#[derive(Debug)]
pub struct Packed {
    /// Its name inside; empty where it has none.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Unpacks gzip, or a zip archive with a single file in it; `None` for anything else.
///
/// # Errors
/// [`ReadError::Damaged`] or [`ReadError::Bomb`].
pub fn lone_file(bytes: &[u8]) -> Result<Option<Packed>, ReadError> {
    if bytes.starts_with(b"\x1f\x8b") {
        let source = MultiGzDecoder::new(bytes);
        let unpacked = bounded(source, allowed(bytes.len() as u64))?;
        return Ok(Some(Packed { name: String::new(), bytes: unpacked }));
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Ok(None);
    }
    let mut archive = Archive::open(bytes)?;
    // What file managers leave beside the file is none of it.
    let is_file = |name: &str| {
        let last = name.rsplit('/').next().unwrap_or(name);
        !last.is_empty() && !last.starts_with('.') && !name.starts_with("__MACOSX/")
    };
    let names: Vec<String> =
        archive.names().filter(|name| is_file(name)).map(Cow::into_owned).take(2).collect();
    let [name] = names.as_slice() else { return Ok(None) };
    // Packages are archives too, some of them of one file.
    if name.starts_with("collection.anki2") {
        return Ok(None);
    }
    let name = name.clone();
    Ok(archive.read(&name)?.map(|bytes| Packed { name, bytes }))
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
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::import::{ReadOptions, read};

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    const DECK: &[u8] = "水\twater\n火\tfire\n".as_bytes();

    #[test]
    fn a_deck_that_was_packed_is_read_as_if_it_were_not() {
        let with_rest =
            zipped(&[("deck/", b""), ("deck/words.tsv", DECK), ("__MACOSX/deck/words.tsv", b"x")]);
        for bytes in [gzip(DECK), zipped(&[("words.tsv", DECK)]), with_rest] {
            let reading = read(&bytes, "words.tsv.gz", &ReadOptions::default(), &()).unwrap();
            assert_eq!(reading.drafts.len(), 2);
            assert_eq!(reading.reports, ["1 packed file was read"]);
        }
    }

    #[test]
    fn what_unpacks_to_too_much_or_to_archives_is_refused() {
        let zeros = vec![0_u8; 17 << 20];
        let refused = |bytes: &[u8]| read(bytes, "x", &ReadOptions::default(), &()).unwrap_err();
        assert_eq!(refused(&gzip(&zeros)), ReadError::Bomb { most: FREE_BYTES });
        assert_eq!(refused(&zipped(&[("x", &zeros)])), ReadError::Bomb { most: FREE_BYTES });
        let twice = refused(&gzip(&gzip(DECK)));
        assert!(twice.to_string().contains("a gzip archive in another archive"), "{twice}");
        assert!(matches!(refused(&gzip(DECK)[..20]), ReadError::Damaged(_)));
        let two = refused(&zipped(&[("a.tsv", DECK), ("b.tsv", DECK)]));
        assert!(two.to_string().contains("a zip archive"), "{two}");
    }

    #[test]
    fn an_entry_is_no_larger_than_its_file_whatever_it_says() {
        let mut bytes = zipped(&[("x", &vec![0_u8; 17 << 20])]);
        let directory = bytes.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
        bytes[directory + 20..directory + 24].copy_from_slice(&(1_u32 << 20).to_le_bytes());
        let read = Archive::open(&bytes).unwrap().read("x");
        assert!(matches!(read, Err(ReadError::Bomb { most: FREE_BYTES })));
    }

    /// Returns an archive whose directory names its only entry so many times.
    fn overlapping(bytes: &[u8], times: u16) -> Vec<u8> {
        let packed = zipped(&[("0000", bytes)]);
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
        let names: Vec<String> = archive.names().map(Cow::into_owned).collect();
        assert_eq!(names.len(), 50);
        archive.left = 4_000_000;
        let read: Vec<bool> = names.iter().map(|name| archive.read(name).is_ok()).collect();
        assert_eq!(read.iter().filter(|is_ok| **is_ok).count(), 40);
    }
}
