//! A released migration never changes: collections out there were made with it.

use std::fs;
use std::path::Path;

/// Every migration with the BLAKE3 hash of its `up.sql`, oldest first.
///
/// A new migration adds a row; a row that is here is never edited.
const MIGRATIONS: &[(&str, &str)] = &[
    ("01-init", "42d5f22581187e07e6b7d9ea974b9c55a6054031eb99d1c67bc743f6c57c3754"),
    ("02-statistics", "ff21e7cb9155200dde8addeb0faf4012c16c2205cfe5b1de1567af7d6c70c921"),
    ("03-memory", "85f30d634c2be77cc120003de685903f9843b26b21a649bb4c927e8aaebae9bf"),
];

#[test]
fn every_migration_is_listed_and_unchanged() {
    let found = migrations();
    let found: Vec<_> = found.iter().map(|(name, hash)| (name.as_str(), hash.as_str())).collect();
    assert_eq!(found, MIGRATIONS, "a migration is new, gone, or was edited");
}

/// Returns name and hash of each folder below `migrations/`, in the order of their numbers.
///
/// Line ends are hashed as LF, so that a checkout with CRLF is no change.
pub fn migrations() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<_> = entries
        .map(|entry| {
            let entry = entry.unwrap();
            let sql = fs::read_to_string(entry.path().join("up.sql")).unwrap();
            let hash = blake3::hash(sql.replace("\r\n", "\n").as_bytes());
            (entry.file_name().into_string().unwrap(), hash.to_hex().to_string())
        })
        .collect();
    let number = |name: &str| name.split('-').next().and_then(|digits| digits.parse::<u32>().ok());
    found.sort_by_key(|(name, _)| (number(name), name.clone()));
    found
}
