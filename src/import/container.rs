//! Files that are no text: which of them are read, and what the others are.

use super::archive::Archive;
use super::detect::no_deck;
use super::{ReadError, foreign};

/// First bytes of files that are no text, and what they are.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF file (picture, sound or video)"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"%PDF", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive in another archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x7fELF", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\0asm", "a program"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"\x1a\x45\xdf\xa3", "a video"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
];

/// Files that are no text and that are read all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// A package or a collection of Anki, zipped.
    Anki,
    /// A workbook of Excel.
    Xlsx,
    /// An OpenDocument spreadsheet.
    Ods,
    /// A Kindle's vocabulary.
    Kindle,
}

/// Returns what a file is that is no text; `None` where it may be text.
///
/// # Errors
/// [`ReadError::NoDeck`] with what it seems to be.
pub fn sniff(bytes: &[u8]) -> Result<Option<Container>, ReadError> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zipped(&Archive::open(bytes)?).map(Some);
    }
    if bytes.starts_with(b"SQLite format 3\0") {
        return database(bytes).map(Some);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(no_deck(office(bytes)));
    }
    let found = if bytes.get(4..8) == Some(b"ftyp") {
        Some("a video")
    } else {
        MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name)
    };
    found.map_or(Ok(None), |found| Err(no_deck(found)))
}

/// Returns what an OLE container holds: documents of Office before 2007, and newer ones
/// that are encrypted.
fn office(bytes: &[u8]) -> &'static str {
    // Names of streams lie in the directory, as UTF-16.
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if has("EncryptedPackage") {
        "an Office document protected by a password; save it without one"
    } else if has("Workbook") || has("Book") {
        "an old Excel workbook (xls); save it as xlsx or csv"
    } else {
        "an old Microsoft Office document"
    }
}

/// Returns what a zip archive holds, by the names of its entries.
fn zipped(archive: &Archive<'_>) -> Result<Container, ReadError> {
    let has = |start: &str| archive.names().any(|name| name.starts_with(start));
    if has("collection.anki2") {
        Ok(Container::Anki)
    } else if archive.has("xl/workbook.bin") {
        Err(no_deck("a binary workbook of Excel (xlsb)"))
    } else if has("xl/") {
        Ok(Container::Xlsx)
    } else if archive.has("content.xml") && archive.has("mimetype") {
        Ok(Container::Ods)
    } else if has("word/") {
        Err(no_deck("a Word document"))
    } else {
        Err(no_deck("a zip archive"))
    }
}

/// Returns whose database it is, by its tables.
fn database(bytes: &[u8]) -> Result<Container, ReadError> {
    let db = foreign::open(bytes)?;
    if foreign::has_table(&db, "LOOKUPS")? && foreign::has_table(&db, "WORDS")? {
        return Ok(Container::Kindle);
    }
    Err(no_deck("an SQLite database"))
}

/// Refuses text that is mostly control characters or could not be decoded.
///
/// # Errors
/// [`ReadError::NoDeck`].
pub fn refuse_noise(text: &str) -> Result<(), ReadError> {
    let (mut lost, mut controls, mut all) = (0_usize, 0_usize, 0_usize);
    // A file with a stray NUL in each row is still text; binary data has them all.
    let mut kinds = 0_u64;
    for c in text.chars().take(100_000) {
        all += 1;
        if c == '\u{fffd}' {
            lost += 1;
        } else if c.is_control() && !matches!(c, '\t' | '\n' | '\r') {
            controls += 1;
            kinds |= 1 << (c as u32 & 0x3f);
        }
    }
    let is_noise = (kinds.count_ones() >= 6 && controls * 20 > all)
        || (lost >= 4 && lost * 4 > all)
        || (controls >= 16 && controls * 2 > all);
    if is_noise { Err(no_deck("binary data")) } else { Ok(()) }
}
