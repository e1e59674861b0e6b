//! Packages of Anki, without Anki.

mod again;
mod hand;
mod hostile;
mod notes;
mod schedules;

use termdeck::import::{Draft, ReadError, ReadOptions, Reading, read};

fn read_package(bytes: &[u8]) -> Result<Reading, ReadError> {
    read(bytes, "x.apkg", &ReadOptions::default(), &())
}

fn drafts(bytes: &[u8]) -> Vec<Draft> {
    let reading = read_package(bytes).unwrap();
    assert_eq!(reading.rejected, []);
    reading.drafts
}
