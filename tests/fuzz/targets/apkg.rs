//! The first byte chooses the container, the rest is what it holds.

#![no_main]

use libfuzzer_sys::fuzz_target;
use termdeck_fuzz::{check, stored};

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, inside)) = bytes.split_first() else { return };
    let package = match kind % 4 {
        0 => stored(&[("collection.anki2", inside)]),
        1 => stored(&[("collection.anki21", inside)]),
        2 => stored(&[("meta", b"\x08\x03"), ("collection.anki21b", inside)]),
        _ => stored(&[("meta", inside), ("collection.anki2", b"")]),
    };
    check(&package, None);
});
