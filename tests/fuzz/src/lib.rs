//! What every fuzz target asks of a reader: no panic, and rows that the rest of
//! the program can take.

use std::io::{Cursor, Write};

use termdeck::domain::safe;
use termdeck::import::{Format, MAX_FIELD, ReadOptions, read};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Reads bytes as a format, or as whatever they seem to be.
///
/// # Panics
/// Where the reader does, or where it hands on what it promised not to.
pub fn check(bytes: &[u8], format: Option<Format>) {
    let options = ReadOptions { format, ..ReadOptions::default() };
    let Ok(reading) = read(bytes, "deck", &options, &()) else { return };
    for draft in &reading.drafts {
        let fields = &draft.fields;
        assert!(!fields.front.trim().is_empty(), "an empty front");
        assert!(draft.confidence_pct <= 100, "a confidence of {}", draft.confidence_pct);
        for text in [&fields.front, &fields.back, &fields.reading, &fields.note, &fields.example] {
            assert!(text.len() <= MAX_FIELD, "a field of {} bytes", text.len());
        }
    }
    for row in &reading.rejected {
        // What is said of a row goes to a terminal.
        let _ = safe::line(&row.to_string()).len();
    }
}

/// Returns a zip archive of entries that are stored as they are.
///
/// # Panics
/// Never for names that a zip archive can have.
#[must_use]
pub fn stored(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in entries {
        zip.start_file(*name, options).expect("a plain name");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

/// Makes a target that reads its bytes as one format.
#[macro_export]
macro_rules! reads_as {
    ($format:expr) => {
        libfuzzer_sys::fuzz_target!(|bytes: &[u8]| { $crate::check(bytes, $format) });
    };
}
