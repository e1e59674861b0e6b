//! Packages made by hand, each kind as Anki writes it.

use std::io::{Cursor, Write};

use rusqlite::{Connection, MAIN_DB};
use zip::write::SimpleFileOptions;

/// Note types of [`old`] and [`new`]: two fields, both ways, cloze, vocabulary,
/// cloze with two texts.
pub const BASIC: i64 = 1;
pub const BOTH: i64 = 2;
pub const CLOZE: i64 = 3;
pub const WORDS: i64 = 4;
pub const GAPS: i64 = 5;

/// Decks: `Default` and `A::B`.
pub const DEFAULT: i64 = 1;
pub const BELOW: i64 = 10;

/// 2026-01-01 04:00 UTC, when the collections were made.
pub const MADE_S: i64 = 1_767_240_000;

const TABLES: &str = "
    CREATE TABLE notes (id integer PRIMARY KEY, guid text, mid integer, mod integer, usn integer,
        tags text, flds text, sfld integer, csum integer, flags integer, data text);
    CREATE TABLE cards (id integer PRIMARY KEY, nid integer, did integer, ord integer, mod integer,
        usn integer, type integer, queue integer, due integer, ivl integer, factor integer,
        reps integer, lapses integer, left integer, odue integer, odid integer, flags integer,
        data text);
    CREATE TABLE revlog (id integer PRIMARY KEY, cid integer, usn integer, ease integer,
        ivl integer, lastIvl integer, factor integer, time integer, type integer);
    CREATE TABLE col (id integer PRIMARY KEY, crt integer, mod integer, scm integer, ver integer,
        dty integer, usn integer, ls integer, conf text, models text, decks text, dconf text,
        tags text);";

/// The note types: name, whether cloze, fields, question and answer of each template.
type Kind =
    (i64, &'static str, bool, &'static [&'static str], &'static [(&'static str, &'static str)]);

const KINDS: [Kind; 5] = [
    (BASIC, "Basic", false, &["Front", "Back"], &[("{{Front}}", "{{FrontSide}}<hr>{{Back}}")]),
    (
        BOTH,
        "Both",
        false,
        &["Front", "Back"],
        &[("{{Front}}", "{{FrontSide}}{{Back}}"), ("{{Back}}", "{{FrontSide}}{{Front}}")],
    ),
    (
        CLOZE,
        "Cloze",
        true,
        &["Text", "Back Extra"],
        &[("{{cloze:Text}}", "{{cloze:Text}}{{Back Extra}}")],
    ),
    (
        WORDS,
        "Words",
        false,
        &["Rank", "Kanji", "Kana", "Sense", "Kind of word", "Add reverse"],
        &[
            ("{{furigana:Kanji}}", "{{FrontSide}}{{Sense}} {{Kind of word}}"),
            ("{{#Add reverse}}{{Sense}}{{/Add reverse}}", "{{Kanji}}"),
            ("{{Kana}}", "{{Kanji}} {{Sense}}"),
        ],
    ),
    (GAPS, "Gaps", true, &["A", "B"], &[("{{cloze:A}}{{cloze:B}}", "{{cloze:A}}{{cloze:B}}")]),
];

/// Returns a collection of schema 11, with what `fill` adds.
pub fn old(fill: impl FnOnce(&Connection)) -> Vec<u8> {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(TABLES).unwrap();
    let models: serde_json::Map<String, serde_json::Value> = KINDS
        .iter()
        .map(|(id, name, is_cloze, fields, templates)| {
            let fields: Vec<_> = (0..)
                .zip(*fields)
                .map(|(ord, name)| serde_json::json!({ "name": name, "ord": ord }))
                .collect();
            let templates: Vec<_> = (0..)
                .zip(*templates)
                .map(|(ord, (q, a))| serde_json::json!({ "ord": ord, "qfmt": q, "afmt": a }))
                .collect();
            let kind = i32::from(*is_cloze);
            let model =
                serde_json::json!({ "name": name, "type": kind, "flds": fields, "tmpls": templates });
            (id.to_string(), model)
        })
        .collect();
    let decks = r#"{"1": {"name": "Default"}, "10": {"name": "A::B"}}"#;
    let conf = r#"{"creationOffset": 0}"#;
    db.execute(
        "INSERT INTO col VALUES (1, ?1, 0, 0, 11, 0, 0, 0, ?2, ?3, ?4, '{}', '{}')",
        (MADE_S, conf, serde_json::Value::Object(models).to_string(), decks),
    )
    .unwrap();
    fill(&db);
    db.serialize(MAIN_DB).unwrap().to_vec()
}

/// Returns a collection of schema 18, with what `fill` adds.
pub fn new(fill: impl FnOnce(&Connection)) -> Vec<u8> {
    let db = Connection::open_in_memory().unwrap();
    db.create_collation("unicase", |a: &str, b: &str| a.to_lowercase().cmp(&b.to_lowercase()))
        .unwrap();
    db.execute_batch(TABLES).unwrap();
    db.execute_batch(
        "CREATE TABLE config (KEY text NOT NULL PRIMARY KEY, usn integer, mtime_secs integer,
             val blob) WITHOUT ROWID;
         CREATE TABLE decks (id integer PRIMARY KEY, name text NOT NULL COLLATE unicase,
             mtime_secs integer, usn integer, common blob, kind blob);
         CREATE UNIQUE INDEX idx_decks_name ON decks (name);
         CREATE TABLE notetypes (id integer PRIMARY KEY, name text NOT NULL COLLATE unicase,
             mtime_secs integer, usn integer, config blob);
         CREATE TABLE fields (ntid integer, ord integer, name text NOT NULL COLLATE unicase,
             config blob, PRIMARY KEY (ntid, ord)) WITHOUT ROWID;
         CREATE TABLE templates (ntid integer, ord integer, name text NOT NULL COLLATE unicase,
             mtime_secs integer, usn integer, config blob, PRIMARY KEY (ntid, ord)) WITHOUT ROWID;
         INSERT INTO config VALUES ('creationOffset', 0, 0, CAST('0' AS blob));",
    )
    .unwrap();
    db.execute("INSERT INTO col VALUES (1, ?1, 0, 0, 18, 0, 0, 0, '', '', '', '', '')", [MADE_S])
        .unwrap();
    for (id, name) in [(DEFAULT, "Default"), (BELOW, "A\u{1f}B")] {
        db.execute("INSERT INTO decks VALUES (?1, ?2, 0, 0, x'', x'')", (id, name)).unwrap();
    }
    for (id, name, is_cloze, fields, templates) in KINDS {
        let config: &[u8] = if is_cloze { b"\x08\x01" } else { b"" };
        db.execute("INSERT INTO notetypes VALUES (?1, ?2, 0, 0, ?3)", (id, name, config)).unwrap();
        for (ord, name) in (0..).zip(fields) {
            db.execute("INSERT INTO fields VALUES (?1, ?2, ?3, x'')", (id, ord, name)).unwrap();
        }
        for (ord, (question, answer)) in (0..).zip(templates) {
            let config = [b"\x0a", wire(question).as_slice(), b"\x12", &wire(answer)].concat();
            let row = (id, ord, format!("Card {ord}"), config);
            db.execute("INSERT INTO templates VALUES (?1, ?2, ?3, 0, 0, ?4)", row).unwrap();
        }
    }
    fill(&db);
    db.serialize(MAIN_DB).unwrap().to_vec()
}

/// Returns a text with its length, as protobuf has it.
fn wire(text: &str) -> Vec<u8> {
    assert!(text.len() < 128);
    [&[text.len() as u8], text.as_bytes()].concat()
}

/// Adds a note with its guid, which is `g` and its id.
pub fn note(db: &Connection, id: i64, kind: i64, tags: &str, fields: &[&str]) {
    let row = (id, format!("g{id}"), kind, tags, fields.join("\u{1f}"));
    db.execute("INSERT INTO notes VALUES (?1, ?2, ?3, 0, 0, ?4, ?5, 0, 0, 0, '')", row).unwrap();
}

/// A card's row; what is left out is 0.
#[derive(Clone, Copy, Default)]
pub struct Card {
    pub id: i64,
    pub note: i64,
    pub deck: i64,
    pub ord: i64,
    pub changed_s: i64,
    pub kind: i64,
    pub queue: i64,
    pub due: i64,
    pub interval: i64,
    pub factor: i64,
    pub lapses: i64,
    pub home_due: i64,
    pub home: i64,
    pub flags: i64,
}

pub fn card(db: &Connection, card: Card) {
    let c = card;
    db.execute(
        "INSERT INTO cards VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8, ?9, ?10, 0, ?11, 0, ?12, ?13,
             ?14, '')",
        rusqlite::params![
            c.id,
            c.note,
            c.deck,
            c.ord,
            c.changed_s,
            c.kind,
            c.queue,
            c.due,
            c.interval,
            c.factor,
            c.lapses,
            c.home_due,
            c.home,
            c.flags
        ],
    )
    .unwrap();
}

/// Adds an answer; kinds from 4 on are changes by hand.
pub fn answer(db: &Connection, at_ms: i64, card: i64, ease: i64, kind: i64) {
    let row = (at_ms, card, ease, kind);
    db.execute("INSERT INTO revlog VALUES (?1, ?2, 0, ?3, 1, 1, 2500, 1500, ?4)", row).unwrap();
}

/// Returns a zip archive.
pub fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// Returns a collection in each of the three containers, the newer ones with their decoy.
pub fn containers(fill: impl Fn(&Connection) + Copy) -> [(&'static str, Vec<u8>); 3] {
    let decoy = old(|db| {
        note(db, 1, BASIC, "", &["This file requires a newer version of Anki.", ""]);
        card(db, Card { id: 1, note: 1, deck: DEFAULT, ..Card::default() });
    });
    let newest = zstd(&new(fill));
    [
        ("anki2", zipped(&[("collection.anki2", &old(fill)), ("media", b"{}")])),
        (
            "anki21",
            zipped(&[
                ("collection.anki2", &decoy),
                ("collection.anki21", &old(fill)),
                ("media", b"{}"),
                ("meta", b"\x08\x02"),
            ]),
        ),
        (
            "anki21b",
            zipped(&[
                ("meta", b"\x08\x03"),
                ("collection.anki2", &decoy),
                ("collection.anki21b", &newest),
                ("media", &zstd(b"")),
            ]),
        ),
    ]
}

/// Returns a package of the oldest kind.
pub fn package(fill: impl FnOnce(&Connection)) -> Vec<u8> {
    zipped(&[("collection.anki2", &old(fill)), ("media", b"{}")])
}
