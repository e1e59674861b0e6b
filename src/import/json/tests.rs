use proptest::prelude::*;

use crate::import::{Format, ReadError, ReadOptions, Reading, RowReason, read};

fn result(text: &str) -> Result<Reading, ReadError> {
    read(text.as_bytes(), "x.json", &ReadOptions::default(), &())
}

fn pairs(reading: &Reading) -> Vec<(&str, &str)> {
    reading.drafts.iter().map(|d| (d.fields.front.as_str(), d.fields.back.as_str())).collect()
}

#[test]
fn a_document_is_taken_whole() {
    let text = r#"{"termdeck": 1, "decks": [{"name": "D"}],
        "notes": [{"id": "n1", "deck": "D", "front": "a", "back": "b"}],
        "cards": [{"id": "c1", "note": "n1", "direction": "forward"}],
        "events": [{"card": "c1", "at": 1795392000000, "kind": "review", "grade": 4}]}"#;
    let reading = result(text).unwrap();
    assert_eq!(reading.format, Format::Json);
    assert!(reading.warnings.is_empty() && reading.rejected.is_empty());
    let document = reading.document.unwrap();
    assert_eq!((document.notes.len(), document.cards.len(), document.events.len()), (1, 1, 1));
}

#[test]
fn bad_rows_are_left_out_and_said() {
    let text = r#"{"termdeck": 1, "decks": [{"name": "D"}, {"name": "::"}],
        "notes": [{"id": "n1", "deck": "D", "front": "a", "back": "b"},
                  {"id": "n1", "deck": "D", "front": "again", "back": "b"},
                  {"id": "n2", "deck": "D", "front": " ", "back": "b"}],
        "cards": [{"id": "c1", "note": "n1", "direction": "forward"},
                  {"id": "c2", "note": "n2", "direction": "forward"},
                  {"id": "c3", "note": "n1", "direction": "sideways"},
                  {"id": "c4", "note": "n1", "direction": "forward"}],
        "events": [{"card": "c1", "at": 1, "kind": "review", "grade": 9},
                   {"card": "c9", "at": 1, "kind": "reset"},
                   {"card": "c1", "at": 1, "kind": "reset"}]}"#;
    let reading = result(text).unwrap();
    let lines: Vec<u32> = reading.rejected.iter().map(|row| row.line).collect();
    assert_eq!(lines, [2, 3]);
    assert_eq!(reading.rejected[1].reason, RowReason::EmptyFront);
    assert_eq!(reading.warnings.len(), 6, "{:?}", reading.warnings);
    let document = reading.document.unwrap();
    assert_eq!((document.decks.len(), document.notes.len()), (1, 1));
    assert_eq!((document.cards.len(), document.events.len()), (1, 1));
}

#[test]
fn a_newer_document_is_refused_whatever_is_in_it() {
    let error = result(r#"{"termdeck": 2, "notes": {"new": "shape"}}"#).unwrap_err();
    assert!(error.to_string().contains("written by a newer termdeck"), "{error}");
}

#[test]
fn broken_json_says_where() {
    let error = result("{\"termdeck\": 1,\n\"notes\": [\n{\"id\": ]}").unwrap_err();
    assert!(matches!(error, ReadError::Broken { line: 3, .. }), "{error}");
    let deep = format!("[{{\"a\":{}", "[".repeat(100_000));
    assert!(matches!(result(&deep), Err(ReadError::Broken { .. })));
}

#[test]
fn plain_objects_are_pairs() {
    for (name, text) in [
        ("array", r#"[{"term": "法", "definition": "law"}]"#),
        ("list of meanings", r#"[{"word": "法", "meanings": ["law"]}]"#),
        ("wrapped", r#"{"name": "x", "cards": [{"front": "法", "back": "law"}]}"#),
        ("by key", r#"{"法": "law"}"#),
        ("by language", r#"[{"zh": "法", "en": "law"}]"#),
        ("arrays", r#"[["法", "law"]]"#),
    ] {
        assert_eq!(pairs(&result(text).unwrap()), [("法", "law")], "{name}");
    }
    let lines = "{\"term\": \"a\", \"definition\": [\"x\", \"y\"]}\n{\"term\": \"b\"}\n";
    let reading = result(lines).unwrap();
    assert_eq!(pairs(&reading), [("a", "x; y")]);
    assert_eq!((reading.rejected[0].line, &reading.rejected[0].reason), (2, &RowReason::EmptyBack));
}

#[test]
fn json_without_pairs_is_no_deck() {
    for text in ["[]", "{}", "[{\"a\": 1}]", "{\"name\": \"x\", \"version\": {\"a\": 1}}"] {
        assert!(matches!(result(text), Err(ReadError::NoDeck { .. })), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_json_like_text_never_panics(text in "[\\[{]{1,3}[\\[\\]{}\":, a0termdckfontb\\\\]{0,80}") {
        let _ = result(&text);
        let _ = result(&format!("{{\"termdeck\":1,{text}"));
    }
}
