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

#[test]
fn a_row_in_quotes_is_no_directive() {
    let reading = reading("#separator:tab\n\"#deck:Law\"\tLaw\n\"#tags: x\ny\"\tz\n");
    assert_eq!(pairs(&reading), [("#deck:Law", "Law"), ("#tags: x\ny", "z")]);
    assert_eq!(reading.deck, None);
    let reading = self::reading("#separator:tab\n\"\"\"\na\"\tb\n");
    assert_eq!(pairs(&reading), [("\"\na", "b")]);
}

#[test]
fn what_is_no_directive_is_said_and_costs_nothing() {
    let reading = reading(
        "#separator:tab\n#html:maybe\n#colour:red\n#tags column:x\n# just a remark\n#if matches:keep both\na\tb\n",
    );
    assert_eq!(pairs(&reading), [("a", "b")]);
    let said: Vec<_> = reading.warnings.iter().map(|w| (w.line, w.message.as_str())).collect();
    assert_eq!(
        said,
        [
            (2, "`#html:maybe` is neither true nor false; passed over"),
            (3, "`#colour:` is no directive that is known; passed over"),
            (4, "`#tags column:x` names no column; passed over"),
        ]
    );
}

#[test]
fn gaps_need_no_back() {
    let reading = reading(
        "#separator:tab\n#html:true\n#notetype column:1\n#tags column:4\n\
         Cloze\tThe {{c1::Rhine}} ends in the {{c2::North Sea::sea}}.\t\trivers\n\
         Basic\tcapital of Chad\tN'Djamena\tcapitals\n\
         Cloze\t{{c1::Bern}} is a capital.\tsince 1848\tcapitals\n",
    );
    assert_eq!(
        pairs(&reading),
        [
            ("The {{c1::Rhine}} ends in the {{c2::North Sea::sea}}.", ""),
            ("capital of Chad", "N'Djamena"),
            ("{{c1::Bern}} is a capital.", "since 1848"),
        ]
    );
    let slots: Vec<String> =
        reading.drafts[0].cards.iter().flatten().map(|card| card.slot.to_string()).collect();
    assert_eq!(slots, ["c1", "c2"]);
    assert_eq!(reading.drafts[1].cards, None);
}

#[test]
fn tags_of_the_file_and_of_a_row_come_together() {
    let reading =
        reading("#separator:;\n#tags:all every\n#tags column:3\na;b;one\u{3000}two\nc;d;\n");
    assert_eq!(reading.drafts[0].fields.tags, ["all", "every", "one", "two"]);
    assert_eq!(reading.drafts[1].fields.tags, ["all", "every"]);
}

#[test]
fn a_deck_column_goes_before_the_deck_of_the_file() {
    let reading = reading("#separator:tab\n#deck:All\n#deck column:1\nA::B\ta\tb\n\tc\td\n");
    assert_eq!(reading.deck.as_deref(), Some("All"));
    let decks: Vec<_> = reading.drafts.iter().map(|draft| draft.deck.as_deref()).collect();
    assert_eq!(decks, [Some("A::B"), None]);
}

#[test]
fn html_is_reduced_where_it_is_said_or_seen() {
    for directive in ["#html:true\n", "#HTML: TRUE \n", ""] {
        let reading =
            reading(&format!("#separator:tab\n{directive}<i>a</i>&nbsp;b\tx<br>y\n1 < 2\tz\n"));
        assert_eq!(pairs(&reading), [("a b", "x\ny"), ("1 < 2", "z")], "{directive}");
    }
}

#[test]
fn a_line_end_in_quotes_belongs_to_its_field() {
    let reading = reading("#separator:comma\n#html:false\n\"a\nb\",\"c, \"\"d\"\"\"\ne,f\n");
    assert_eq!(pairs(&reading), [("a\nb", "c, \"d\""), ("e", "f")]);
    assert_eq!(reading.drafts[1].line, 5);
}

#[test]
fn two_rows_with_one_front_are_two_rows() {
    let reading = reading("#separator:tab\n#guid column:1\nx\tbank\tUfer\ny\tbank\tBank\n");
    let ids: Vec<_> = reading.drafts.iter().map(|draft| draft.ext_id.as_deref()).collect();
    assert_eq!(ids, [Some("x"), Some("y")]);
}

#[test]
fn a_file_has_a_hundred_labels_at_most() {
    let labels: String = (1..=20_000).map(|n| format!(" a{n}")).collect::<Vec<_>>().concat();
    let text = format!("#separator:tab\n#tags:{labels}\nHund\tdog\nKatze\tcat\n");
    let reading = read(text.as_bytes(), "deck.txt", &ReadOptions::default(), &()).unwrap();
    assert_eq!(reading.drafts.len(), 2);
    assert!(reading.drafts.iter().all(|draft| draft.fields.tags.len() == 100));
    assert_eq!(reading.warnings.len(), 1);
}
