//! Packages that somebody made to do harm, or that were damaged on the way.

use termdeck::import::ReadError;

use super::hand::{self, BASIC, Card, DEFAULT, card, note};
use super::read_package;

fn fill(db: &rusqlite::Connection) {
    note(db, 1, BASIC, "", &["front", "back"]);
    card(db, Card { id: 1, note: 1, deck: DEFAULT, due: 1, ..Card::default() });
}

#[test]
fn a_package_of_a_newer_program_is_refused() {
    let package = hand::zipped(&[
        ("meta", b"\x08\x04"),
        ("collection.anki21c", b"what comes after zstd"),
        ("collection.anki2", &hand::old(fill)),
    ]);
    let error = read_package(&package).unwrap_err();
    assert_eq!(error, ReadError::Newer { found: 4, known: 3 });
    assert_eq!(error.to_string(), "the file is of version 4; this program knows up to 3");
}

#[test]
fn a_decoy_is_not_taken_where_the_real_one_is_broken() {
    let package = hand::zipped(&[
        ("collection.anki2", &hand::old(fill)),
        ("collection.anki21b", b"no zstd at all"),
    ]);
    assert!(matches!(read_package(&package), Err(ReadError::Damaged(_))));
}

#[test]
fn what_unpacks_without_end_is_stopped() {
    let zeros = vec![0; 40 << 20];
    let zstd = hand::zipped(&[("collection.anki21b", &hand::zstd(&zeros))]);
    let zip = hand::zipped(&[("collection.anki2", &zeros)]);
    for bomb in [zstd, zip] {
        assert!(bomb.len() < 1 << 20, "{} bytes", bomb.len());
        assert!(matches!(read_package(&bomb), Err(ReadError::Bomb { .. })));
    }
}

#[test]
fn triggers_and_views_are_not_run() {
    let quiet = hand::package(|db| {
        fill(db);
        db.execute_batch(
            "CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM notes; END;
             CREATE VIEW v AS SELECT load_extension('x');",
        )
        .unwrap();
    });
    assert_eq!(read_package(&quiet).unwrap().drafts.len(), 1);
    let view = hand::package(|db| {
        fill(db);
        db.execute_batch(
            "ALTER TABLE notes RENAME TO hidden;
             CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)
                 SELECT id, '' AS guid, 1 AS mid, '' AS tags, 'a' AS flds FROM n;",
        )
        .unwrap();
    });
    let error = read_package(&view).unwrap_err();
    assert_eq!(error.to_string(), "the file is damaged: there is no table `notes`");
}

#[test]
fn names_within_are_no_paths() {
    let package = hand::zipped(&[
        ("../../../../tmp/evil", b"x"),
        ("/etc/evil", b"x"),
        ("collection.anki2", &hand::old(fill)),
        ("collection.anki2/../../evil", b"x"),
    ]);
    assert_eq!(read_package(&package).unwrap().drafts.len(), 1);
}

#[test]
fn a_package_cut_off_anywhere_says_so() {
    for (name, package) in hand::containers(fill) {
        for parts in 1..40 {
            let cut = &package[..package.len() * parts / 40];
            assert!(read_package(cut).is_err(), "{name} after {} bytes", cut.len());
        }
    }
}

#[test]
fn damaged_databases_are_read_or_refused() {
    let database = hand::old(fill);
    let newer = hand::new(fill);
    for database in [database, newer] {
        for step in 0..400 {
            let mut damaged = database.clone();
            let at = step * damaged.len() / 400;
            damaged[at] ^= 0x5a;
            let end = (at + 16).min(damaged.len());
            damaged[at + 1..end].fill(0xff);
            let _ = read_package(&hand::zipped(&[("collection.anki2", &damaged)]));
        }
        let half = &database[..database.len() / 2];
        assert!(read_package(&hand::zipped(&[("collection.anki2", half)])).is_err());
    }
    for other in [&b""[..], b"SQLite format 3\0", b"text"] {
        assert!(read_package(&hand::zipped(&[("collection.anki2", other)])).is_err());
    }
}

#[test]
fn absurd_values_are_brought_within_bounds() {
    let package = hand::package(|db| {
        fill(db);
        db.execute_batch(
            "UPDATE cards SET type = 2, queue = 2, due = 9223372036854775807,
                 ivl = -9223372036854775808, factor = 9223372036854775807, lapses = -1,
                 mod = 9223372036854775807;
             UPDATE col SET crt = -9223372036854775808, conf = '{\"creationOffset\": 1e300}';
             INSERT INTO revlog VALUES (9223372036854775807, 1, 0, 3, 1, 1, 1, -5, 1),
                 (-5, 1, 0, 3, 1, 1, 1, 1, 1), (7, 1, 0, 'x', NULL, 1, 1, 1.5, 1);
             INSERT INTO notes VALUES (2, NULL, 1, 0, 0, x'ff', x'ff1f', 0, 0, 0, '');",
        )
        .unwrap();
    });
    let reading = read_package(&package).unwrap();
    let cards = reading.drafts[0].cards.as_deref().unwrap();
    let state = cards[0].state.unwrap();
    assert_eq!((state.interval_d, state.lapses), (1, 0));
    assert!((130..=100_000).contains(&state.ease_centi));
    assert_eq!(cards[0].answers.len(), 1);
    assert_eq!(reading.rejected.len(), 1, "a note without a back");
}

#[test]
fn a_field_that_is_too_long_costs_its_note() {
    let package = hand::package(|db| {
        fill(db);
        note(db, 2, BASIC, "", &[&"x".repeat(70_000), "back"]);
        note(db, 3, BASIC, "", &[&"<a ".repeat(400_000), "back"]);
    });
    let reading = read_package(&package).unwrap();
    assert_eq!((reading.drafts.len(), reading.rejected.len()), (1, 2));
}

#[test]
fn a_virtual_table_is_no_table() {
    let package = hand::package(|db| {
        fill(db);
        db.execute_batch(
            "DROP TABLE notes;
             CREATE VIRTUAL TABLE notes USING fts5(id, guid, mid, tags, flds);
             INSERT INTO notes VALUES (1, 'g', 1, '', 'front' || char(31) || 'back');
             PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET rootpage = 2,
                 sql = 'CREATE  VIRTUAL TABLE notes USING fts5(id, guid, mid, tags, flds)'
                 WHERE name = 'notes';",
        )
        .unwrap();
    });
    let error = read_package(&package).unwrap_err();
    assert_eq!(error.to_string(), "the file is damaged: there is no table `notes`");
}

/// Returns a package with so many notes whose fields are not stored, but a default of
/// so many bytes.
fn by_default(notes: u32, bytes: usize) -> Vec<u8> {
    hand::package(|db| {
        fill(db);
        db.execute_batch(&format!(
            "CREATE TABLE few (id integer PRIMARY KEY, guid text, mid integer, tags text);
             WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n LIMIT {notes})
                 INSERT INTO few SELECT id, 'g', 1, '' FROM n;
             DROP TABLE notes;
             ALTER TABLE few RENAME TO notes;
             ALTER TABLE notes ADD COLUMN flds text DEFAULT '{}\u{1f}back';",
            "x".repeat(bytes)
        ))
        .unwrap();
    })
}

#[test]
fn more_text_than_the_file_has_room_for_is_refused() {
    let error = read_package(&by_default(400, 40_000)).map(drop).unwrap_err();
    assert!(matches!(error, ReadError::Damaged(_)), "{error}");
    assert!(error.to_string().contains("more text than"), "{error}");
    assert_eq!(read_package(&by_default(400, 10)).unwrap().drafts.len(), 400);
}

#[test]
fn a_note_that_is_too_long_is_not_even_read() {
    let reading = read_package(&by_default(40, 3_000_000)).unwrap();
    assert_eq!((reading.drafts.len(), reading.rejected.len()), (0, 40));
    assert!(reading.rejected[0].to_string().contains("3000005 bytes"), "{}", reading.rejected[0]);
}

#[test]
fn fields_that_are_too_long_together_cost_their_note() {
    let half = "x".repeat(40_000);
    let package = hand::package(|db| {
        fill(db);
        note(db, 2, hand::WORDS, "", &[&half, "kanji", "kana", "sense", &half, ""]);
        let gap = format!("{{{{c1::{half}}}}}");
        note(db, 3, hand::GAPS, "", &[&gap, &gap]);
    });
    let reading = read_package(&package).unwrap();
    assert_eq!((reading.drafts.len(), reading.rejected.len()), (1, 2), "{:?}", reading.rejected);
    for row in reading.rejected {
        assert!(row.to_string().contains("is too long"), "{row}");
    }
}
