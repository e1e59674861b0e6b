use rusqlite::{Connection, MAIN_DB};

use super::{Budget, read_within};
use crate::import::{Format, ReadError, ReadOptions, Reading, read};

const SCHEMA: &str = "
    CREATE TABLE WORDS (id TEXT PRIMARY KEY NOT NULL, word TEXT, stem TEXT, lang TEXT,
        category INTEGER DEFAULT 0, timestamp INTEGER DEFAULT 0, profileid TEXT);
    CREATE TABLE LOOKUPS (id TEXT PRIMARY KEY NOT NULL, word_key TEXT, book_key TEXT,
        dict_key TEXT, pos TEXT, usage TEXT, timestamp INTEGER DEFAULT 0);
    CREATE TABLE BOOK_INFO (id TEXT PRIMARY KEY NOT NULL, asin TEXT, guid TEXT, lang TEXT,
        title TEXT, authors TEXT);";

const WORDS: &str = "
    INSERT INTO WORDS VALUES ('en:ran', 'ran', 'run', 'en', 0, 1, ''),
        ('en:law', 'law', 'law', 'en', 100, 2, ''), ('en:lost', 'lost', 'lose', 'en', 0, 3, ''),
        ('zh:法律', '法律', '', 'zh', 0, 4, '');
    INSERT INTO BOOK_INFO VALUES ('b1', '', '', 'en', 'Night Train', 'Doe, Jo'),
        ('b2', '', '', 'zh', '法学', '');
    INSERT INTO LOOKUPS VALUES ('2', 'en:ran', 'b1', '', '', 'They ran again.', 20),
        ('1', 'en:ran', 'b1', '', '', 'She ran home. ', 10),
        ('3', 'en:law', 'b1', '', '', 'The law is the law.', 30),
        ('4', 'zh:法律', 'b2', '', '', '法律面前人人平等。', 40);";

fn database(sql: &[&str]) -> Vec<u8> {
    let db = Connection::open_in_memory().unwrap();
    for sql in sql {
        db.execute_batch(sql).unwrap();
    }
    db.serialize(MAIN_DB).unwrap().to_vec()
}

fn result(bytes: &[u8]) -> Result<Reading, ReadError> {
    read(bytes, "vocab.db", &ReadOptions::default(), &())
}

#[test]
fn words_are_asked_with_the_sentence_they_stood_in() {
    let reading = result(&database(&[SCHEMA, WORDS])).unwrap();
    assert_eq!(reading.format, Format::Kindle);
    let [run, law, chinese] = &reading.drafts[..] else { panic!("{:?}", reading.drafts) };
    assert_eq!((run.fields.front.as_str(), run.fields.back.as_str()), ("run", "She ran home."));
    assert_eq!((run.fields.note.as_str(), run.fields.example.as_str()), ("ran", "They ran again."));
    assert_eq!(run.fields.source, "Night Train — Doe, Jo");
    assert_eq!(run.fields.tags, ["Night-Train", "en"]);
    assert_eq!(run.ext_id.as_deref(), Some("en:ran"));
    assert_eq!(law.fields.tags, ["Night-Train", "en", "mastered"]);
    assert_eq!((chinese.fields.front.as_str(), chinese.fields.source.as_str()), ("法律", "法学"));
    let rejected: Vec<String> = reading.rejected.iter().map(ToString::to_string).collect();
    assert_eq!(rejected, ["line 3: no sentence in which it was looked up"]);
    assert_eq!(reading.warnings.len(), 1);
}

#[test]
fn a_long_sentence_costs_its_word_alone() {
    let long = "INSERT INTO WORDS VALUES ('en:x', 'x', 'x', 'en', 0, 9, '');
        INSERT INTO LOOKUPS VALUES ('9', 'en:x', 'b1', '', '', printf('%70000s', 'x'), 9),
        ('8', 'en:law', x'00ff', 7, 8.5, NULL, 'never');";
    let reading = result(&database(&[SCHEMA, WORDS, long])).unwrap();
    assert_eq!(reading.drafts.len(), 3);
    assert_eq!(reading.rejected.len(), 2);
    assert!(reading.rejected[1].to_string().contains("70000 bytes"), "{:?}", reading.rejected);
}

#[test]
fn nothing_in_the_schema_runs() {
    let traps = "CREATE TRIGGER t AFTER INSERT ON WORDS BEGIN DELETE FROM WORDS; END;
        CREATE VIEW v AS SELECT * FROM WORDS;
        CREATE INDEX i ON WORDS (lower(word));";
    let reading = result(&database(&[SCHEMA, WORDS, traps])).unwrap();
    assert_eq!(reading.drafts.len(), 3);
    let view = "CREATE TABLE LOOKUPS (word_key, usage);
        CREATE TABLE w (id, word);
        CREATE VIEW WORDS AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n)
            SELECT i AS id, i AS word FROM n;";
    assert!(matches!(result(&database(&[view])), Err(ReadError::NoDeck { .. })));
}

#[test]
fn the_name_of_a_column_may_be_no_text() {
    let mut bytes = database(&[&SCHEMA.replace("profileid", "prof1le1d"), WORDS]);
    let at = bytes.windows(9).position(|window| window == b"prof1le1d").unwrap();
    bytes[at..at + 2].copy_from_slice(&[0xff, 0xfe]);
    assert_eq!(result(&bytes).unwrap().drafts.len(), 3);
}

#[test]
fn a_vocabulary_without_words_is_no_deck() {
    assert!(matches!(result(&database(&[SCHEMA])), Err(ReadError::NoDeck { .. })));
    let old = "CREATE TABLE LOOKUPS (word_key, usage); CREATE TABLE WORDS (id, word);
        INSERT INTO WORDS VALUES (1, 'law'); INSERT INTO LOOKUPS VALUES (1, 'The law.');";
    let reading = result(&database(&[old])).unwrap();
    assert_eq!(reading.drafts[0].fields.back, "The law.");
}

#[test]
fn the_first_sentences_of_a_word_are_kept() {
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)
        INSERT INTO LOOKUPS SELECT 'n' || i, 'en:law', 'b1', '', '', 'law ' || i, 1000 - i FROM n;";
    let reading = result(&database(&[SCHEMA, WORDS, many])).unwrap();
    let law = &reading.drafts[1].fields;
    assert_eq!(law.back, "The law is the law.");
    let examples: Vec<&str> = law.example.lines().collect();
    assert_eq!((examples.len(), examples[0], examples[18]), (19, "law 30", "law 12"));
    assert_eq!(reading.reports, ["11 further sentences left out"]);
}

#[test]
fn a_vocabulary_has_only_so_many_rows_and_so_much_text() {
    // What a column holds where a row does not say stands in the file once.
    let rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
        INSERT INTO LOOKUPS (id, word_key) SELECT 'n' || i, 'en:law' FROM n;";
    for size in [60_000, 600_000] {
        let usage = format!(
            "ALTER TABLE LOOKUPS DROP COLUMN usage;
            ALTER TABLE LOOKUPS ADD COLUMN usage TEXT DEFAULT '{}';",
            "x".repeat(size)
        );
        let bytes = database(&[SCHEMA, WORDS, rows, &usage]);
        assert!(bytes.len() < 2_000_000);
        assert!(matches!(result(&bytes), Err(ReadError::Bomb { .. })), "{size}");
    }
    let few = database(&[SCHEMA, WORDS]);
    let within = |budget| read_within(&few, &(), budget).map(|reading| reading.drafts.len());
    assert_eq!(within(Budget::default()), Ok(3));
    assert!(within(Budget { rows: 9, ..Budget::default() }).is_err());
    assert_eq!(within(Budget { rows: 10, ..Budget::default() }), Ok(3));
}

#[test]
fn a_long_title_counts_for_each_word() {
    let title = format!("UPDATE BOOK_INFO SET title = '{}';", "t".repeat(10_000));
    let bytes = database(&[SCHEMA, WORDS, &title]);
    let text = 35_000;
    assert!(read_within(&bytes, &(), Budget { text, ..Budget::default() }).is_err());
}
