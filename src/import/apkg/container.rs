//! Which database of a package holds its collection.
//!
//! A package can hold up to three. The newer kinds carry a decoy beside the real
//! one: a `collection.anki2` with a single note that asks to update.

use crate::import::ReadError;
use crate::import::archive::{Archive, allowed, bounded};

use super::wire;

/// The newest container that is read.
///
/// # Source
/// `PackageMetadata.Version` in Anki's `import_export.proto`: 1 is `collection.anki2`,
/// 2 `collection.anki21`, 3 `collection.anki21b`.
const KNOWN_VERSION: u64 = 3;

/// Returns the bytes of a package's database.
pub(super) fn collection(bytes: &[u8]) -> Result<Vec<u8>, ReadError> {
    let mut archive = Archive::open(bytes)?;
    if let Some(meta) = archive.read("meta")? {
        let found = wire::number(&meta, 1).unwrap_or(0);
        if found > KNOWN_VERSION {
            return Err(ReadError::Newer { found, known: KNOWN_VERSION });
        }
    }
    if let Some(packed) = archive.read("collection.anki21b")? {
        return unpacked(&packed, archive.left());
    }
    for name in ["collection.anki21", "collection.anki2"] {
        if let Some(database) = archive.read(name)? {
            return Ok(database);
        }
    }
    Err(ReadError::Damaged("the package holds no collection".to_owned()))
}

/// Unpacks zstd, bounded like everything that comes out of an archive from which so
/// many bytes may still come.
fn unpacked(mut packed: &[u8], left: u64) -> Result<Vec<u8>, ReadError> {
    let window = allowed(packed.len() as u64);
    let most = window.min(left);
    let broken = |error: &dyn std::fmt::Display| ReadError::Damaged(error.to_string());
    let mut database = Vec::new();
    while !packed.is_empty() {
        let frame =
            ruzstd::decoding::StreamingDecoder::new_with_max_window_size(&mut packed, window)
                .map_err(|error| broken(&error))?;
        let left = most.saturating_sub(database.len() as u64);
        let part = bounded(frame, left).map_err(|error| match error {
            ReadError::Bomb { .. } => ReadError::Bomb { most },
            other => other,
        })?;
        if database.is_empty() {
            database = part;
        } else {
            database.extend(part);
        }
    }
    Ok(database)
}

#[cfg(test)]
mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    #[test]
    fn what_came_out_of_the_archive_before_counts() {
        let packed = compress_to_vec(&[b'x'; 5000][..], CompressionLevel::Fastest);
        assert_eq!(unpacked(&packed, 5000).map(|bytes| bytes.len()), Ok(5000));
        assert_eq!(unpacked(&packed, 4999), Err(ReadError::Bomb { most: 4999 }));
        let twice = [packed.clone(), packed].concat();
        assert_eq!(unpacked(&twice, 9999), Err(ReadError::Bomb { most: 9999 }));
    }
}
