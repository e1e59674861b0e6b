//! Hostile files of every format: what can be read is, what cannot is named.

use std::fmt::Write as _;

use super::payload::{self, MARK, assert_harmless, assert_no_tower};
use crate::collection::{Collection, Done};

fn tsv() -> Vec<u8> {
    payload::table(&payload::rows()).into_bytes()
}

fn csv() -> Vec<u8> {
    let mut text = String::from("front,back\n");
    for (front, back) in payload::rows() {
        let quoted = |field: &str| format!("\"{}\"", field.replace('"', "\"\""));
        let _ = writeln!(text, "{},{}", quoted(&front), quoted(&back));
    }
    text.into_bytes()
}

fn anki_text() -> Vec<u8> {
    let mut bytes = b"#separator:tab\n#html:false\n#deck:Hostile\x1b[31m::Deck\n".to_vec();
    bytes.extend(tsv());
    bytes
}

fn json() -> Vec<u8> {
    let rows: Vec<_> = payload::rows()
        .into_iter()
        .map(|(front, back)| serde_json::json!({"front": front, "back": back}))
        .collect();
    serde_json::to_vec(&rows).unwrap()
}

fn article() -> Vec<u8> {
    let mut text = String::from("# 每日一词\u{1b}]0;title\u{7}\n\n");
    for (number, attack) in (0..).zip(payload::ATTACKS) {
        let _ = writeln!(text, "人工智能{number}{attack}大模型");
        let _ = writeln!(text, "large-scale{attack} AI model {MARK}{number}\n");
    }
    for (front, back) in [
        ("可持续发展", "sustainable development"),
        ("改革开放", "reform and opening up"),
        ("高质量发展", "high-quality development"),
        ("数字经济", "digital economy"),
    ] {
        let _ = writeln!(text, "{front}\n{back}\n");
    }
    text.into_bytes()
}

/// Asserts that a command neither crashed nor wrote what a terminal obeys.
fn assert_calm(done: &Done, whence: &str) {
    assert!(done.status.code().is_some_and(|code| code <= 3), "{whence}: {:?}", done.status);
    assert!(!done.errors().contains("panicked"), "{whence}: {}", done.errors());
    assert_harmless(&done.out, &format!("{whence}, standard output"));
    assert_harmless(&done.err, &format!("{whence}, standard error"));
}

#[test]
fn every_format_with_hostile_text_is_imported_and_shown_harmless() {
    for (name, bytes) in [
        ("words.tsv", tsv()),
        ("words.csv", csv()),
        ("anki.txt", anki_text()),
        ("words.json", json()),
        ("article.md", article()),
    ] {
        let collection = Collection::new();
        let file = collection.write(name, bytes);
        let path = file.to_str().unwrap();
        for args in [
            &["import", "--dry-run", path][..],
            &["import", path],
            &["import", "--yes", path],
            &["import", "--yes", path],
            &["import", "--dry-run", "--json", path],
            &["imports"],
            &["imports", "--json"],
            &["decks"],
            &["decks", "--json"],
            &["search", MARK],
            &["search", MARK, "--json"],
            &["search", "\u{1b}[31m\u{202e}("],
            &["next"],
            &["next", "--json"],
            &["due", "no such\u{1b}[31mdeck\u{9b}"],
            &["answer", "\u{1b}[31m", "good"],
            &["doctor"],
            &["drill", path],
        ] {
            let (done, whence) = (collection.run(args), format!("{name}: {args:?}"));
            assert_calm(&done, &whence);
            if !args.contains(&"--json") {
                // JSON keeps the text; what is for people is cut.
                assert_no_tower(&done.out, &whence);
            }
        }
        let notes = collection.json(&["search", "-is:suspended or is:suspended"])["total"].as_u64();
        assert!(notes.is_some_and(|notes| notes >= 4), "{name}: {notes:?} notes");
        collection.assert_healthy(name);
    }
}

#[test]
fn json_keeps_the_text_and_escapes_what_hides() {
    let collection = Collection::new();
    let rows = [("c1", "a\u{9b}31mb"), ("bidi", "a\u{202e}b"), ("isolate", "a\u{2066}b\u{2069}")];
    for (front, back) in rows {
        collection.ok(&["add", front, back]);
    }
    let done = collection.ok(&["search", "-is:suspended", "--json"]);
    let text = done.text();
    for escape in ["\\u202e", "\\u2066", "\\u2069"] {
        assert!(text.contains(escape), "{escape}: {text}");
    }
    assert_harmless(&done.out, "search --json");
    let found: serde_json::Value = serde_json::from_str(&text).unwrap();
    for note in found["notes"].as_array().unwrap() {
        let (front, back) = (note["front"].as_str().unwrap(), note["back"].as_str().unwrap());
        let given = rows.iter().find(|row| row.0 == front).unwrap().1;
        // Controls are no text and are left out; what reorders is kept.
        let kept: String = given.chars().filter(|c| !c.is_control()).collect();
        assert!(back == given || back == kept, "{front}: {back:?}");
    }
}

#[test]
fn a_field_of_a_megabyte_costs_its_row_alone() {
    let long = "x".repeat(1_000_000);
    for (name, text) in [
        ("words.tsv", format!("国家\tcountry\nlong\t{long}\n社会\tsociety\n")),
        ("words.csv", format!("国家,country\nlong,{long}\n社会,society\n")),
        (
            "words.json",
            format!(
                r#"[{{"front":"国家","back":"country"}},{{"front":"long","back":"{long}"}},{{"front":"社会","back":"society"}}]"#
            ),
        ),
    ] {
        let collection = Collection::new();
        let file = collection.write(name, text);
        let done = collection.ok(&["import", "--yes", file.to_str().unwrap()]);
        let text = done.text();
        let line = text.lines().find(|line| line.contains("reject")).expect("a rejected row");
        assert!(line.contains(&format!("{name}:2:")), "{line}");
        assert!(line.contains("1000000 bytes"), "{line}");
        assert!(text.len() < 4_000, "the field is not printed");
        assert_eq!(collection.document()["notes"].as_array().map(Vec::len), Some(2), "{name}");
    }
}

#[test]
fn invalid_utf8_and_nul_are_read_and_said() {
    let collection = Collection::new();
    let mut bytes = "国家\tcountry\n社会\tsociety and more\n".as_bytes().to_vec();
    bytes.extend(b"bro\xff\xfeken\tstill \xc3\x28 a row\nnul\0front\tnul\0back\n");
    bytes.extend("改革\treform\n银行\tbank\n".as_bytes());
    let file = collection.write("words.tsv", bytes);
    let path = file.to_str().unwrap();
    let done = collection.run(&["import", "--yes", "--encoding", "utf-8", path]);
    assert_calm(&done, "broken bytes");
    assert!(done.status.success(), "{}", done.errors());
    let said = done.text();
    assert!(said.contains("words.tsv:3"), "the line of the broken bytes: {said}");
    let document = collection.document();
    let notes = document["notes"].as_array().unwrap();
    assert_eq!(notes.len(), 6, "{said}");
    assert!(notes.iter().all(|note| !note.to_string().contains("\\u0000")), "a NUL was kept");
    // Without a word about the encoding it may be read in another one, but calmly.
    assert_calm(&Collection::new().run(&["import", "--yes", path]), "guessed");
}

#[test]
fn names_of_files_and_decks_are_made_harmless_too() {
    let collection = Collection::new();
    let file = collection.write("evil\u{1b}[31m\u{202e}name.tsv", "国家\tcountry\n社会\tsociety\n");
    let path = file.to_str().unwrap();
    for args in [
        &["import", "--dry-run", path][..],
        &["import", "--yes", path],
        &["import", "--yes", path],
        &["imports"],
        &["decks"],
        &["drill", path],
        &["import", "missing\u{1b}]0;title\u{7}.tsv"],
        &["import", "--yes", "missing\u{9b}31m.tsv"],
        &["restore", "missing\u{1b}[2J.db"],
        &["review", "no\u{1b}[2Jdeck"],
        &["export", "--format", "tsv", "-o", "no/such\u{1b}[2J/folder.tsv"],
        &["backup", "-o", "no\u{1b}[2J/such/../../../proc/x.db"],
        &["--config", "bad\u{1b}[31m.toml", "config", "set", "no\u{1b}[31mkey", "1"],
    ] {
        assert_calm(&collection.run(args), &format!("{args:?}"));
    }
    let folder = collection.folder().join("bad\u{1b}[31m.db");
    std::fs::create_dir(&folder).unwrap();
    let done = collection.run(&["--db", folder.to_str().unwrap(), "due"]);
    assert_calm(&done, "a collection with a hostile name");
    assert_eq!(done.status.code(), Some(1));
}

#[test]
fn wrong_usage_repeats_hostile_arguments_harmless() {
    let collection = Collection::new();
    for args in [
        &["no\u{1b}[31msuch"][..],
        &["answer", "00000000", "gre\u{1b}[31mat"],
        &["import", "--format", "x\u{1b}[31m", "y"],
        &["--now", "\u{1b}[31m", "due"],
    ] {
        let done = collection.run(args);
        assert_eq!(done.status.code(), Some(2), "{args:?}: {}", done.errors());
        assert_calm(&done, &format!("{args:?}"));
    }
}
