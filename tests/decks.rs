//! The decks in `decks/` keep what they promise, before any reader has a say.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_deck_is_clean_text_with_unix_line_ends() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("decks");
    let decks: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(decks.len() >= 5, "only {} decks", decks.len());
    for deck in decks {
        let name = deck.display();
        let text = fs::read_to_string(&deck).expect("UTF-8");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{name}: one line end at its end");
        for (number, line) in (1..).zip(text.split('\n')) {
            let strange = line.chars().find(|sign| sign.is_control() && *sign != '\t');
            assert_eq!(strange, None, "{name}:{number}: a control character");
            assert_eq!(line, line.trim_end_matches(' '), "{name}:{number}: trailing blanks");
        }
    }
}

#[test]
fn policy_terms_are_over_200_rows_of_four_filled_columns() {
    let rows = table("policy-technology.tsv", b'\t');
    assert_eq!(rows[0], ["front", "back", "reading", "tags"]);
    assert!(rows.len() > 200, "{} rows", rows.len());
    for row in &rows[1..] {
        assert!(row.iter().all(|field| !field.is_empty()), "{row:?}");
        assert!(row[0].chars().all(is_han), "{row:?}: the front is Chinese");
        assert!(!row[2].chars().any(|sign| sign.is_ascii_digit()), "{row:?}: tones are marks");
    }
    assert_unique(rows[1..].iter().map(|row| row[0].as_str()));
}

#[test]
fn spanish_words_are_over_150_rows_with_a_note_each() {
    let rows = table("spanish-everyday.csv", b',');
    assert_eq!(rows[0], ["front", "back", "note", "tags"]);
    assert!(rows.len() > 150, "{} rows", rows.len());
    assert!(rows[1..].iter().all(|row| row.iter().all(|field| !field.is_empty())));
    assert!(rows[1..].iter().any(|row| row[2].contains(',')), "quoted fields are part of it");
    assert_unique(rows[1..].iter().map(|row| row[0].as_str()));
}

#[test]
fn japanese_food_names_its_columns_and_keeps_to_them() {
    let text = deck("japanese-food.txt");
    let (directives, notes): (Vec<_>, Vec<_>) = text.lines().partition(|l| l.starts_with('#'));
    for wanted in ["#separator:tab", "#html:true", "#deck:Japanese::Food", "#tags column:5"] {
        assert!(directives.contains(&wanted), "{wanted}");
    }
    let columns = directives.iter().find_map(|line| line.strip_prefix("#columns:")).unwrap();
    assert_eq!(columns.split('\t').count(), 5);
    assert!(notes.len() >= 40, "{} notes", notes.len());
    assert!(notes.iter().all(|note| note.split('\t').count() == 5));
    assert_unique(notes.iter().filter_map(|note| note.split('\t').next()));
}

#[test]
fn articles_have_their_sections_and_ten_term_pairs_or_more() {
    for (name, heading) in [("high-speed-rail.txt", "相关词汇"), ("drinking-water.txt", "相關詞彙")]
    {
        let text = deck(name);
        let lines: Vec<_> = text.lines().collect();
        let at = lines.iter().position(|line| line.contains(heading)).unwrap();
        let terms = lines[at + 1..].iter().take_while(|line| !line.starts_with("本文"));
        assert!(terms.clone().count() >= 20, "{name}");
        for (place, line) in terms.enumerate() {
            let english = place % 2 == 1;
            assert_eq!(line.is_ascii(), english, "{name}: `{line}` is out of turn");
        }
        let attributions = lines.iter().filter(|line| line.starts_with("——")).count();
        assert_eq!(attributions, 2, "{name}");
    }
}

#[test]
fn a_marked_character_of_the_water_article_carries_its_mark_everywhere() {
    let text = deck("drinking-water.txt");
    let signs: Vec<char> = text.chars().collect();
    let is_marked = |at: usize| {
        let after = &signs[at + 1..];
        after.first() == Some(&'(') && after.get(1).is_some_and(|sign| sign.is_lowercase())
    };
    let marked: HashSet<_> =
        (0..signs.len()).filter(|&at| is_han(signs[at]) && is_marked(at)).collect();
    // The English gloss `傳感器(sensor)` looks alike and is none.
    let glosses = text.matches("(sensor)").count();
    assert!(marked.len() - glosses >= 40, "{} marks", marked.len());
    let kinds: HashSet<_> = marked.iter().map(|&at| signs[at]).filter(|&c| c != '器').collect();
    for (at, sign) in signs.iter().enumerate() {
        assert_eq!(kinds.contains(sign), marked.contains(&at) && *sign != '器', "{sign} at {at}");
    }
}

fn is_han(sign: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&sign)
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("decks").join(name)
}

fn deck(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap()
}

/// Returns all records, the header too; a record with another number of fields is an error.
fn table(name: &str, delimiter: u8) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .from_path(path(name))
        .unwrap();
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

fn assert_unique<'a>(fronts: impl Iterator<Item = &'a str>) {
    let mut seen = HashSet::new();
    for front in fronts {
        assert!(seen.insert(front), "`{front}` is there twice");
    }
}
