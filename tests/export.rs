//! What is written reads back as it was.

use proptest::prelude::*;

use termdeck::domain::interchange::{CardRow, DeckRow, Document, EventRow, NoteRow, VERSION};
use termdeck::domain::{Fields, Kind, Uid, note};
use termdeck::export::{Row, anki_text, csv, json, markdown, tsv};
use termdeck::import::{ReadOptions, read};

fn row(front: &str, back: &str) -> Row {
    let fields = Fields { front: front.into(), back: back.into(), ..Fields::default() };
    let uid = Uid::derive("test", [front.as_bytes()]);
    Row { deck: "Deck".into(), kind: Kind::Term, fields, ext_id: None, uid }
}

fn read_back(text: &str, name: &str) -> Vec<(Fields, Option<String>, Option<String>)> {
    let reading = read(text.as_bytes(), name, &ReadOptions::default(), &()).unwrap();
    assert_eq!(reading.rejected, []);
    reading.drafts.into_iter().map(|d| (d.fields, d.deck, d.ext_id)).collect()
}

#[test]
fn a_table_has_a_header_and_quotes_only_what_needs_it() {
    let rows = [row("a", "b, c"), row("#x", "say \"hi\"")];
    let id = |at: usize| rows[at].uid.to_string();
    assert_eq!(
        tsv(&rows),
        format!(
            "front\tback\treading\tnote\texample\tsource\ttags\tdeck\tid\n\
             a\tb, c\t\t\t\t\t\tDeck\t{}\n\"#x\"\t\"say \"\"hi\"\"\"\t\t\t\t\t\tDeck\t{}\n",
            id(0),
            id(1)
        )
    );
    assert!(csv(&rows, false).contains("a,\"b, c\",,,,,,Deck,"));
}

#[test]
fn a_spreadsheet_gets_no_formula() {
    for formula in ["=1+1", "+1", "-1", "@SUM(A1)"] {
        let rows = [row(formula, "x")];
        assert!(csv(&rows, true).contains(&format!("\"'{formula}\"")), "{formula}");
        assert_eq!(read_back(&csv(&rows, false), "x.csv")[0].0.front, formula);
    }
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Zé人工智能ぁア]{1,6}",
        1 => prop::sample::select(vec![
            " ", "\t", "\n", "\"", "\"\"", ",", ";", "#", "//", "=", "-", "<b>", "&amp;", "[x]",
            "“", "：", "|", "'",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat().trim().to_owned())
}

prop_compose! {
    fn any_row()(
        front in text().prop_filter("not empty", |t| !t.is_empty()),
        back in text().prop_filter("not empty", |t| !t.is_empty()),
        reading in text(), note in text(), example in text(), source in text(),
        tags in prop::collection::vec("[a-z人#]{1,5}", 0..3),
        id in any::<u64>(),
    ) -> Row {
        let tags = note::tags(tags.iter().map(String::as_str));
        let fields = Fields { front, back, reading, note, example, source, tags };
        let uid = Uid::derive("test", [id.to_le_bytes().as_slice()]);
        Row { deck: "A::B c".into(), kind: Kind::Term, fields, ext_id: None, uid }
    }
}

/// Text with whatever may be taken for markup, a directive or a separator.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        2 => "[a-zA-Zé人工智能ぁア]{1,6}",
        3 => prop::sample::select(vec![
            " ", "\t", "\n", "\"", "\"\"", ",", ";", "#", "//", "=", "-", "<b>", "</b>", "&amp;", "[x]",
            "“", "：", "|", "\\", "\\|", "<br>", "{{c1::x}}", "**", "_", "`", "::", ":", "---", "| --- |",
            "#deck:", "#tags:x", "tags:", "\u{202e}", "\u{2028}", "\u{a0}", "# ", "?", "1. ", "~~", "![x](y)",
            "<ruby>", "[sound:a.mp3]", "Unit 1", "[[x]]", "$", "'", "!",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 1..7).prop_map(|pieces| pieces.concat().trim().to_owned())
}

prop_compose! {
    fn nasty_row()(
        front in nasty().prop_filter("not empty", |t| !t.is_empty()),
        back in nasty().prop_filter("not empty", |t| !t.is_empty()),
        reading in nasty(), note in nasty(), example in nasty(), source in nasty(),
        tags in prop::collection::vec("[a-z人#:, |\\\\]{1,6}", 0..3),
        id in any::<u64>(),
    ) -> Row {
        let tags = note::tags(tags.iter().map(String::as_str));
        let fields = Fields { front, back, reading, note, example, source, tags };
        let uid = Uid::derive("test", [id.to_le_bytes().as_slice()]);
        Row { deck: "A::B | c".into(), kind: Kind::Term, fields, ext_id: None, uid }
    }
}

#[test]
fn a_short_table_in_two_languages_is_no_article() {
    let rows = [row("é\n#智", "a"), row("|", "A能"), row("能\tA", "x\ty"), row("a\tb", "c\td")];
    let expected: Vec<_> = rows.iter().map(|r| r.fields.clone()).collect();
    let found: Vec<_> =
        read_back(&csv(&rows, false), "deck.csv").into_iter().map(|(fields, ..)| fields).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_table_in_markdown_has_only_the_columns_that_are_used() {
    let mut rows = [row("a|b", "one\ntwo"), row("*x*", "y")];
    let id = |at: usize| rows[at].uid.to_string();
    let expected = format!(
        "| front | back | deck | id |\n| --- | --- | --- | --- |\n\
         | a\\|b | one<br>two | Deck | {} |\n| \\*x\\* | y | Deck | {} |\n",
        id(0),
        id(1)
    );
    assert_eq!(markdown(&rows), expected);
    rows[1].fields.tags = vec!["two words".into()];
    assert!(markdown(&rows).starts_with("| front | back | tags | deck | id |\n"));
    assert_eq!(read_back(&markdown(&rows), "x.md")[1].0.tags, ["two words"]);
}

#[test]
fn a_text_for_anki_says_what_its_columns_are() {
    let rows = [row("#deck:x", "b")];
    let expected = format!(
        "#separator:tab\n#html:false\n#tags column:7\n#deck column:8\n#guid column:9\n\
         #columns:front\tback\treading\tnote\texample\tsource\ttags\tdeck\tid\n\
         \"#deck:x\"\tb\t\t\t\t\t\tDeck\t{}\n",
        rows[0].uid
    );
    assert_eq!(anki_text(&rows), expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn markdown_and_anki_text_read_back_as_they_were(
        rows in prop::collection::vec(nasty_row(), 1..8)
    ) {
        let expected: Vec<_> = rows
            .iter()
            .map(|r| (r.fields.clone(), Some(r.deck.clone()), Some(r.uid.to_string())))
            .collect();
        for (name, text) in [("deck.md", markdown(&rows)), ("deck.txt", anki_text(&rows))] {
            let reading = read(text.as_bytes(), name, &ReadOptions::default(), &()).unwrap();
            prop_assert_eq!(&reading.rejected, &vec![], "{}", text);
            prop_assert_eq!(&reading.warnings, &vec![], "{}", text);
            let found: Vec<_> =
                reading.drafts.into_iter().map(|d| (d.fields, d.deck, d.ext_id)).collect();
            prop_assert_eq!(&found, &expected, "{}", text);
        }
    }

    #[test]
    fn tables_read_back_as_they_were(rows in prop::collection::vec(any_row(), 1..8)) {
        let expected: Vec<_> = rows
            .iter()
            .map(|r| (r.fields.clone(), Some(r.deck.clone()), Some(r.uid.to_string())))
            .collect();
        prop_assert_eq!(&read_back(&tsv(&rows), "deck.tsv"), &expected);
        prop_assert_eq!(&read_back(&csv(&rows, false), "deck.csv"), &expected);
    }

    #[test]
    fn a_document_reads_back_as_it_was(
        fronts in prop::collection::vec("[^\u{fffd}]{0,8}[a-z]", 0..5), at in any::<i64>(),
    ) {
        let mut document = Document { termdeck: VERSION, ..Document::default() };
        document.decks.push(DeckRow { name: "D".into(), options: None });
        for (n, front) in fronts.into_iter().enumerate() {
            let (id, card) = (format!("{n:032x}"), format!("{:032x}", n + 100));
            document.notes.push(NoteRow {
                id: id.clone(), deck: "D".into(), back: format!("{front}\u{85}\u{202e}\u{feff}"),
                front, ..NoteRow::default()
            });
            document.cards.push(CardRow { id: card.clone(), note: id, direction: "forward".into() });
            document.events.push(EventRow { card, at, kind: "reset".into(), ..EventRow::default() });
        }
        let text = json(&document);
        let reading = read(text.as_bytes(), "x.json", &ReadOptions::default(), &()).unwrap();
        prop_assert!(reading.rejected.is_empty() && reading.warnings.is_empty(), "{:?}", reading);
        let back = reading.document.unwrap();
        prop_assert_eq!(json(&back), text);
        prop_assert_eq!(*back, document);
    }
}
