//! An SQLite file, or what is left of one.

#![no_main]

use libfuzzer_sys::fuzz_target;
use termdeck_fuzz::check;

fuzz_target!(|bytes: &[u8]| {
    // Without its first words nothing would get past the door.
    let mut file = b"SQLite format 3\0".to_vec();
    file.extend_from_slice(bytes.get(16..).unwrap_or(bytes));
    check(&file, None);
});
