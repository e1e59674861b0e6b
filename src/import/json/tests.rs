use std::cell::Cell;

use proptest::prelude::*;

use crate::domain::watch::{Cancelled, Stage, Watch};
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
fn rows_are_found_wherever_they_lie() {
    for (name, text) in [
        ("in data", r#"{"data": [{"term": "法", "definition": "law"}], "count": 1}"#),
        ("in a deck", r#"{"deck": {"name": "D", "cards": [{"q": "法", "a": "law"}]}}"#),
        ("by word in data", r#"{"data": {"法": "law"}}"#),
        ("arrays", r#"{"rows": [["法", "law"]]}"#),
        ("groups", r#"[{"title": "Unit 1", "words": [{"word": "法", "meaning": "law"}]}]"#),
        ("by word with parts", r#"{"法": {"pinyin": "fǎ", "definition": "law"}}"#),
        ("by word with a list", r#"{"法": ["law"]}"#),
        ("a header", r#"[["term", "definition"], ["法", "law"]]"#),
        ("meanings", r#"[{"word": "法", "meanings": [{"pos": "noun", "definition": "law"}]}]"#),
        ("senses", r#"[{"word": "法", "senses": [{"gloss": "law"}]}]"#),
        ("hanzi", r#"[{"id": 3, "hanzi": "法", "pinyin": "fǎ", "english": ["law"]}]"#),
        ("one row", r#"{"zh": "法", "en": "law"}"#),
        ("source and target", r#"[{"source": "法", "target": "law"}]"#),
        ("fields", r#"[{"fields": ["法", "law"], "guid": "g1"}]"#),
        ("values over lines", "{\"zh\": \"法\",\n\"en\": \"law\"}\n{\"zh\": \"x\"}"),
    ] {
        let reading = result(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(pairs(&reading), [("法", "law")], "{name}");
    }
    let reading = result(r#"{"deck": {"name": "D", "cards": [{"q": "法", "a": "law"}]}}"#).unwrap();
    assert_eq!(reading.deck.as_deref(), Some("D"));
}

#[test]
fn a_sample_of_everything_is_read_whole() {
    let reading = result(include_str!("../../../tests/corpus/json/words.json")).unwrap();
    assert_eq!(
        pairs(&reading),
        [("法律", "law; statute"), ("行", "row; to go"), ("开始", "to start & begin")]
    );
    let [law, row, start] = &reading.drafts[..] else { panic!("{:?}", reading.drafts) };
    assert_eq!((law.fields.reading.as_str(), law.fields.note.as_str()), ("fǎ lǜ", "noun"));
    assert_eq!(law.fields.example, "法律面前人人平等。 – All are equal before the law.");
    assert_eq!(law.fields.tags, ["basic-words", "law"]);
    assert_eq!(row.fields.note, "noun; verb");
    assert_eq!((start.fields.note.as_str(), start.ext_id.as_deref()), ("verb; 開始", Some("3")));
    assert_eq!(reading.rejected.len(), 1);
    assert_eq!(reading.rejected[0].to_string(), "line 4: the back is empty");
    assert_eq!(
        reading.reports,
        ["2 keys left out: audio, frequency", "1 field of HTML reduced to text"]
    );
}

#[test]
fn a_broken_line_costs_its_row_alone() {
    let text = "{\"zh\": \"法\", \"en\": \"law\"}\n\n{\"zh\": \"国\", \"en\": }\n\
                {\"zh\": \"人\", \"en\": \"man\"}\n[1, 2\n";
    let reading = result(text).unwrap();
    assert_eq!(pairs(&reading), [("法", "law"), ("人", "man")]);
    assert_eq!(reading.drafts[1].line, 4);
    let lines: Vec<u32> = reading.rejected.iter().map(|row| row.line).collect();
    assert_eq!(lines, [3, 5]);
}

#[test]
fn what_only_resembles_json_is_refused_with_its_line() {
    for (name, text, line) in [
        ("trailing comma", "[\n{\"a\": \"b\", \"c\": \"d\"},\n]", 3),
        ("comment inside", "[\n// no\n{\"front\": \"b\"}]", 2),
        ("comment above", "// no\n[{\"front\": \"b\", \"back\": \"d\"}]", 1),
        ("single quotes", "[{\"a\":\n'b'}]", 2),
        ("cut off", "[{\"front\": \"a\", \"back\": \"b\"},\n{\"fro", 2),
    ] {
        let error = result(text).unwrap_err();
        assert!(matches!(error, ReadError::Broken { line: l, .. } if l == line), "{name}: {error}");
    }
}

#[test]
fn a_value_with_too_many_parts_is_refused() {
    let many = format!("[{{\"front\": [{}1]}}]", "1,".repeat(200_000));
    assert!(matches!(result(&many), Err(ReadError::Broken { .. })));
    let line = format!(
        "{{\"a\": {}1{}}}\n{{\"zh\": \"法\", \"en\": \"law\"}}",
        "[".repeat(9000),
        "]".repeat(9000)
    );
    let reading = result(&line).unwrap();
    assert_eq!(pairs(&reading), [("法", "law")]);
    assert_eq!(reading.rejected.len(), 1);
}

#[test]
fn rows_of_a_group_stand_on_its_line() {
    let group = |unit: &str, words: &[&str]| {
        let words: Vec<String> =
            words.iter().map(|word| format!("{{\"zh\": \"{word}\", \"en\": \"x\"}}")).collect();
        format!("{{\"unit\": \"{unit}\", \"words\": [{}]}}", words.join(", "))
    };
    let text = [group("a", &["法", "国", ""]), group("b", &["人"])].join("\n");
    let reading = result(&text).unwrap();
    let lines: Vec<u32> = reading.drafts.iter().map(|draft| draft.line).collect();
    assert_eq!(lines, [1, 1, 2]);
    assert_eq!(reading.rejected[0].line, 1);
}

#[test]
fn one_value_after_the_other_has_too_many_parts_too() {
    let text = |parts: usize| {
        let many = "1,".repeat(parts);
        format!("{{\"zh\": \"法\",\n\"en\": \"law\"}}\n{{\"zh\":\n\"国\",\n\"en\": [{many}1]}}")
    };
    assert_eq!(pairs(&result(&text(1)).unwrap()), [("法", "law"), ("国", "1; 1")]);
    assert!(matches!(result(&text(200_000)), Err(ReadError::Broken { .. })));
}

#[test]
fn remarks_of_many_meanings_are_read_quickly() {
    let meanings: Vec<String> = (0..30_000)
        .map(|at| format!("{{\"pos\": \"sense {at}\", \"definition\": \"x\"}}"))
        .collect();
    let text =
        format!("[{{\"zh\": \"法\", \"senses\": [{}]}},\n[\"a\", \"b\"]]", meanings.join(","));
    let reading = result(&text).unwrap();
    assert_eq!(pairs(&reading), [("a", "b")]);
    assert!(matches!(reading.rejected[0].reason, RowReason::TooLong { .. }));
}

#[test]
fn a_remark_is_made_once_in_each_row() {
    let row = |word: &str| {
        format!(
            "{{\"zh\": \"{word}\", \"note\": \"noun; old\", \"senses\": [\
             {{\"pos\": \"noun\", \"en\": \"x\"}}, {{\"pos\": \" verb\", \"en\": \"y\"}}, \
             {{\"pos\": \"verb\", \"en\": \"z\"}}]}}"
        )
    };
    let reading = result(&format!("[{}, {}]", row("法"), row("国"))).unwrap();
    let notes: Vec<&str> = reading.drafts.iter().map(|d| d.fields.note.as_str()).collect();
    assert_eq!(notes, ["noun; old; verb"; 2]);
}

#[test]
fn markup_in_a_field_that_is_too_long_is_left_alone() {
    let text =
        format!("[{{\"zh\": \"法\", \"en\": \"{}\"}}, [\"a\", \"b\"]]", "<b>".repeat(30_000));
    let reading = result(&text).unwrap();
    assert_eq!(reading.rejected[0].reason, RowReason::TooLong { bytes: 90_000 });
    assert!(reading.reports.is_empty(), "{:?}", reading.reports);
}

/// Stops the work when it has been told so many times how far it is.
struct Stop(Cell<u32>);

impl Watch for Stop {
    fn at(&self, _: Stage, _: usize, _: usize) -> Result<(), Cancelled> {
        let left = self.0.get().checked_sub(1).ok_or(Cancelled)?;
        self.0.set(left);
        Ok(())
    }
}

#[test]
fn reading_stops_when_it_is_told_to() {
    let list = vec![r#"{"zh": "法", "en": "law"}"#; 5000];
    let words: Vec<String> = (0..5000).map(|at| format!("\"{at}\": \"law\"")).collect();
    for (name, text, times) in [
        ("array", format!("[{}]", list.join(",")), 1),
        ("lines", list.join("\n"), 1),
        ("list in an object", format!("{{\"words\": [{}]}}", list.join(",")), 2),
        ("by word", format!("{{{}}}", words.join(",")), 2),
        ("document", "{\"termdeck\": 1, \"notes\": []}".to_owned(), 1),
    ] {
        let watch = Stop(Cell::new(times));
        let read = read(text.as_bytes(), "x.json", &ReadOptions::default(), &watch);
        assert!(matches!(read, Err(ReadError::Cancelled(_))), "{name}");
    }
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
