//! Files made to exhaust or to confuse a reader: each is an error with a reason, or a
//! reading that says what is missing.

use proptest::prelude::*;
use termdeck::import::{Draft, ReadError, ReadOptions, Reading, RowReason, read};

use super::samples::{self, ROWS};

fn result(bytes: &[u8], name: &str) -> Result<Reading, ReadError> {
    read(bytes, name, &ReadOptions::default(), &())
}

fn fronts(reading: &Reading) -> Vec<&str> {
    reading.drafts.iter().map(|draft| draft.fields.front.as_str()).collect()
}

/// Asserts that nothing that was read is larger than a field may be.
fn assert_bounded(reading: &Reading, name: &str) {
    let is_bounded = |draft: &Draft| {
        let fields = &draft.fields;
        [&fields.front, &fields.back, &fields.note, &fields.example, &fields.source]
            .iter()
            .all(|text| text.len() <= termdeck::import::MAX_FIELD)
    };
    assert!(reading.drafts.iter().all(is_bounded), "{name}");
}

#[test]
fn every_sample_is_read_whole() {
    for (name, bytes) in samples::of(&ROWS) {
        let reading = result(&bytes, name).unwrap_or_else(|error| panic!("{name}: {error}"));
        let rows = fronts(&reading);
        for (front, _) in ROWS {
            assert!(rows.contains(&front), "{name}: {front} in {rows:?}");
        }
        assert!(reading.rejected.is_empty(), "{name}: {:?}", reading.rejected);
    }
}

#[test]
fn a_file_that_is_cut_off_is_an_error_or_says_so() {
    for (name, bytes) in samples::of(&ROWS) {
        let whole = fronts(&result(&bytes, name).unwrap()).len();
        let has_lines = matches!(name, "words.jsonl" | "words.u8" | "words.txt" | "words.tsv");
        for part in 0..50 {
            let cut = &bytes[..bytes.len() * part / 50];
            let Ok(reading) = result(cut, name) else { continue };
            assert_bounded(&reading, name);
            // A line that is missing leaves no trace; an element or a page does.
            let is_said = !reading.rejected.is_empty() || !reading.warnings.is_empty();
            let is_less = fronts(&reading).len() < whole;
            assert!(has_lines || is_said || !is_less, "{name}: cut at {part}/50");
        }
    }
}

proptest! {
    #[test]
    fn flipped_bytes_never_bring_a_reader_down(
        sample in 0_usize..11,
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let (name, mut bytes) = samples::of(&ROWS).swap_remove(sample);
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(reading) = result(&bytes, name) {
            assert_bounded(&reading, name);
        }
    }

    #[test]
    fn flipped_bytes_within_a_workbook_never_bring_its_reader_down(
        is_ods in any::<bool>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let text = if is_ods { samples::content(&ROWS) } else { samples::sheet(&ROWS) };
        let mut bytes = text.into_bytes();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let text = String::from_utf8_lossy(&bytes);
        let bytes = if is_ods { samples::ods(&text) } else { samples::xlsx(&text) };
        if let Ok(reading) = result(&bytes, "x") {
            assert_bounded(&reading, "x");
        }
    }

    #[test]
    fn cells_out_of_order_never_bring_a_reader_down(
        parts in prop::collection::vec(prop::sample::select(vec![
            "<row>", "<row r=\"0\">", "<row r=\"1048577\">", "<row r=\"4294967295\">", "</row>",
            "<row r=\"x\">", "<c r=\"A1\">", "<c r=\"A0\">", "<c r=\"XFD1048576\">", "<c r=\"ZZZZZZZZ1\">",
            "<c r=\"1A\">", "<c r=\"A99999999999\">", "<c r=\"\">", "<c t=\"s\">", "<c t=\"s\" s=\"9\">",
            "<c t=\"b\">", "<c t=\"e\">", "<c t=\"d\">", "<c t=\"str\">", "<c t=\"inlineStr\">", "<c t=\"?\">",
            "</c>", "<v>", "</v>", "<v>1</v>", "<v>-1</v>", "<v>99999999999</v>", "<v>1e999</v>", "<v>x</v>",
            "<is><t>law</t></is>", "<is><r><t>a</t></r><rPh><t>b</t></rPh></is>", "<t>", "</t>", "<f>A1</f>",
            "<f t=\"shared\" si=\"99999999\" ref=\"A1:B2\">A1</f>", "<f t=\"shared\" si=\"0\"/>", "&#0;", "<!--",
            "-->", "</sheetData>", "<mergeCell ref=\"A1:XFD9\"/>",
        ]), 0..60),
    ) {
        let sheet = ["<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>", &parts.concat()].concat();
        for end in ["", "</sheetData></worksheet>"] {
            if let Ok(reading) = result(&samples::xlsx(&[&sheet, end].concat()), "x") {
                assert_bounded(&reading, "x");
            }
        }
    }

    #[test]
    fn markup_out_of_order_never_brings_a_reader_down(
        root in prop::sample::select(vec!["<tmx>", "<tbx>", "<martif>", "<SuperMemoCollection>", "<?xml ?>"]),
        parts in prop::collection::vec(prop::sample::select(vec![
            "<tu>", "</tu>", "<tuv xml:lang=\"en\">", "<tuv lang='zh'>", "</tuv>", "<seg>", "</seg>",
            "<termEntry id='x'>", "</termEntry>", "<langSet xml:lang='de'>", "</langSet>", "<tig>",
            "<term>", "</term>", "<ntig>", "</ntig>", "<Content>", "</Content>", "<Question>",
            "<Answer>", "text", "&amp;", "&lt", "&#0;", "&#x110000;", "<!--", "-->", "<![CDATA[",
            "]]>", "<!DOCTYPE a [", "]>", "<?", "?>", "<", ">", "\"", "\n", "=",
        ]), 0..60),
    ) {
        let text = format!("{root}{}", parts.concat());
        if let Ok(reading) = result(text.as_bytes(), "x.xml") {
            assert_bounded(&reading, "x.xml");
        }
    }
}

#[test]
fn an_archive_that_unpacks_without_end_is_not_unpacked() {
    let zeros = "0".repeat(17 << 20);
    for (name, bytes) in [
        ("sheet", samples::xlsx(&format!("<worksheet><sheetData>{zeros}</sheetData></worksheet>"))),
        ("content", samples::ods(&format!("<o:document>{zeros}</o:document>"))),
    ] {
        let error = result(&bytes, "x").unwrap_err();
        assert!(matches!(error, ReadError::Bomb { .. }), "{name}: {error}");
    }
}

#[test]
fn entities_that_double_are_not_expanded() {
    let mut doctype = String::from("<!DOCTYPE a [<!ENTITY l0 \"lol\">");
    for level in 1..30 {
        let before = format!("&l{};", level - 1);
        doctype.extend(["<!ENTITY l", &level.to_string(), " \"", &before, &before, "\">"]);
    }
    doctype.push_str("]>");
    let rows = [("法律", "law &l29;"), ("国家", "country"), ("社会", "society")];
    for (name, bytes) in [
        ("tmx", (doctype.clone() + &samples::tmx(&rows)).into_bytes()),
        ("tbx", (doctype.clone() + &samples::tbx(&rows)).into_bytes()),
        ("supermemo", (doctype.clone() + &samples::supermemo(&rows)).into_bytes()),
        ("ods", samples::ods(&(doctype.clone() + &samples::content(&rows)))),
        ("xlsx", samples::xlsx(&(doctype.clone() + &samples::sheet(&rows)))),
    ] {
        match result(&bytes, name) {
            Ok(reading) => {
                let longest = reading.drafts.iter().map(|draft| draft.fields.back.len()).max();
                assert!(longest.is_some_and(|bytes| bytes < 40), "{name}: {longest:?}");
            }
            Err(error) => assert!(matches!(error, ReadError::Damaged(_)), "{name}: {error}"),
        }
    }
}

#[test]
fn what_is_nested_without_end_is_given_up() {
    let deep = |open: &str| open.repeat(100_000);
    let json = format!("[{{\"front\": \"a\", \"back\": {}", deep("["));
    let objects = format!("{{\"a\": {}", deep("{\"a\":"));
    for (name, bytes) in [
        ("tmx", format!("<tmx><body>{}", deep("<tu>")).into_bytes()),
        ("tbx", format!("<martif><text><body><termEntry>{}", deep("<x>")).into_bytes()),
        ("supermemo", format!("<SuperMemoCollection>{}", deep("<Content>")).into_bytes()),
        ("ods", samples::ods(&format!("<o:document>{}", deep("<a>")))),
        ("xlsx", samples::xlsx(&format!("<worksheet><sheetData>{}", deep("<row><c>")))),
        ("json", json.into_bytes()),
        ("objects", objects.into_bytes()),
    ] {
        let error = result(&bytes, name).unwrap_err();
        let is_named = matches!(error, ReadError::Broken { .. } | ReadError::Damaged(_));
        assert!(is_named, "{name}: {error}");
    }
}

#[test]
fn a_field_of_70_kilobytes_costs_its_row_alone() {
    let long = "x".repeat(70 << 10);
    let rows = [("法律", "law"), ("国家", long.as_str()), ("社会", "society"), ("银行", "bank")];
    for (name, bytes) in samples::of(&rows) {
        let reading = result(&bytes, name).unwrap_or_else(|error| panic!("{name}: {error}"));
        let rows = fronts(&reading);
        assert!(
            ["法律", "社会", "银行"].iter().all(|front| rows.contains(front)),
            "{name}: {rows:?}"
        );
        let reasons: Vec<&RowReason> = reading.rejected.iter().map(|row| &row.reason).collect();
        assert!(
            matches!(reasons[..], [RowReason::TooLong { bytes: 71_680 }]),
            "{name}: {reasons:?}"
        );
    }
}

#[test]
fn a_database_that_is_no_vocabulary_is_named() {
    let db = rusqlite::Connection::open_in_memory().unwrap();
    db.execute_batch(
        "CREATE TABLE t (a);
         CREATE VIEW WORDS AS SELECT a AS id FROM t;
         CREATE VIEW LOOKUPS AS SELECT a AS id FROM t;
         CREATE TRIGGER x INSTEAD OF INSERT ON WORDS BEGIN DELETE FROM t; END;",
    )
    .unwrap();
    let bytes = db.serialize(rusqlite::MAIN_DB).unwrap().to_vec();
    assert!(matches!(result(&bytes, "vocab.db"), Err(ReadError::NoDeck { .. })));
}
