use crate::import::{Format, ReadOptions, Reading, read};

fn reading(text: &str) -> Reading {
    read(text.as_bytes(), "notes.txt", &ReadOptions::default(), &())
        .unwrap_or_else(|error| panic!("{error} in {text:?}"))
}

fn pairs(reading: &Reading) -> Vec<(&str, &str)> {
    reading.drafts.iter().map(|d| (d.fields.front.as_str(), d.fields.back.as_str())).collect()
}

#[test]
fn an_export_with_all_columns_is_read() {
    let text = "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n\
                #tags column:6\nAb1!x\tBasic\tA::B\tlaw\t<b>法</b>律\tlegal hsk\n\
                Cd2#y\tBasic\tA\ta &amp; b\t甲和乙\t\n";
    let reading = reading(text);
    assert_eq!(reading.format, Format::AnkiText);
    assert_eq!(pairs(&reading), [("law", "法律"), ("a & b", "甲和乙")]);
    let first = &reading.drafts[0];
    assert_eq!(
        (first.line, first.deck.as_deref(), first.ext_id.as_deref()),
        (7, Some("A::B"), Some("Ab1!x"))
    );
    assert_eq!(first.fields.tags, ["hsk", "legal"]);
}

#[test]
fn directives_are_taken_in_any_case_and_from_a_spreadsheet() {
    for (name, text) in [
        ("plain", "#separator:Comma\n#deck:Law::Terms\n#tags:a b\nx,y\n"),
        ("upper case", "#SEPARATOR:COMMA\n#Deck:Law::Terms\n#TAGS:a b\nx,y\n"),
        ("padded", "#separator:Comma,,\n#deck:Law::Terms,,\n#tags:a b,,\nx,y,\n"),
        ("quoted", "\"#separator:Comma\",\n\"#deck:Law::Terms\",\n\"#tags:a b\",\nx,y\n"),
        ("blanks", "#separator: Comma \n#deck: Law::Terms \n#tags: a b \nx,y\n"),
        ("the character", "#separator:,\n#deck:Law::Terms\n#tags:a b\nx,y\n"),
        ("without separator", "#deck:Law::Terms\n#tags:a b\nx,y\n"),
    ] {
        let reading = reading(text);
        assert_eq!(pairs(&reading), [("x", "y")], "{name}");
        assert_eq!(reading.deck.as_deref(), Some("Law::Terms"), "{name}");
        assert_eq!(reading.drafts[0].fields.tags, ["a", "b"], "{name}");
    }
}

#[test]
fn every_separator_has_a_name() {
    for (name, separator) in [
        ("tab", "\t"),
        ("Semicolon", ";"),
        ("pipe", "|"),
        ("Colon", ":"),
        ("space", " "),
        (";", ";"),
        ("\\t", "\t"),
        ("|", "|"),
        ("\t", "\t"),
    ] {
        let reading = reading(&format!("#separator:{name}\nx{separator}y\n"));
        assert_eq!(pairs(&reading), [("x", "y")], "{name}");
    }
}

#[test]
fn html_stays_where_it_is_said_to_be_none() {
    let reading = reading("#separator:tab\n#html:false\n<b>\tbold &amp; more\n");
    assert_eq!(pairs(&reading), [("<b>", "bold &amp; more")]);
}

#[test]
fn columns_go_by_their_names() {
    let reading = reading("#separator:tab\n#columns:Meaning\tWord\tReading\nlaw\t法律\tfǎlǜ\n");
    assert_eq!(pairs(&reading), [("法律", "law")]);
    assert_eq!(reading.drafts[0].fields.reading, "fǎlǜ");
}

#[test]
fn the_old_form_of_tags_is_read() {
    let reading = reading("tags: law policy\na\tb\nc\td\n");
    assert_eq!(reading.drafts[0].fields.tags, ["law", "policy"]);
    assert_eq!(reading.drafts[1].line, 3);
}

#[test]
fn a_term_with_a_hash_is_kept_in_quotes_and_reported_without() {
    let reading = reading("#separator:tab\na\tb\n\"#1\"\tthe best\n#2\tsecond\nc\td\n");
    assert_eq!(pairs(&reading), [("a", "b"), ("#1", "the best"), ("c", "d")]);
    assert_eq!((reading.warnings.len(), reading.warnings[0].line), (1, 4));
}
