use proptest::prelude::*;

use crate::domain::Kind;
use crate::import::{
    Column, Format, MAX_FIELD, ReadError, ReadOptions, Reading, RowError, RowReason, read,
};

fn reading(text: &str) -> Reading {
    reading_of(text, "deck.txt")
}

fn reading_of(text: &str, name: &str) -> Reading {
    read(text.as_bytes(), name, &ReadOptions::default(), &())
        .unwrap_or_else(|error| panic!("{error} in {text:?}"))
}

fn pairs(reading: &Reading) -> Vec<(&str, &str)> {
    reading.drafts.iter().map(|d| (d.fields.front.as_str(), d.fields.back.as_str())).collect()
}

#[test]
fn every_usual_delimiter_is_found() {
    let words = [
        ("人工智能", "artificial intelligence"),
        ("大模型", "large model"),
        ("外键约束", "foreign key constraint"),
        ("开始", "to start, to begin"),
        ("数据", "data; facts"),
        ("末班车", "last train"),
    ];
    for delimiter in [
        "\t", " - ", " – ", " — ", "---", "::", " = ", "/////", "：", "|", " -> ", "=>", " :: ",
        "=", ": ", " | ", "||", "@@", "→",
    ] {
        let text: String = words.iter().map(|(a, b)| [a, delimiter, b, "\n"].concat()).collect();
        assert_eq!(pairs(&reading(&text)), words, "{delimiter:?}");
    }
    let plain = words.map(|(a, b)| (a, b.replace([',', ';'], " or")));
    for delimiter in [",", ";", "，", "\u{3000}", "；"] {
        let text: String = plain.iter().map(|(a, b)| [a, delimiter, b, "\n"].concat()).collect();
        let expected: Vec<_> = plain.iter().map(|(a, b)| (*a, b.as_str())).collect();
        assert_eq!(pairs(&reading(&text)), expected, "{delimiter:?}");
    }
    let text: String = plain.iter().map(|(a, b)| [a, "（", b, "）\n"].concat()).collect();
    assert_eq!(pairs(&reading(&text))[5], ("末班车", "last train"));
}

#[test]
fn what_stands_in_the_text_is_no_delimiter() {
    for (name, text, expected) in [
        (
            "commas behind a semicolon",
            "a;one, two\nb;three, four\nc;five, six\n",
            ("a", "one, two"),
        ),
        ("commas behind a tab", "a, b\tone, two\nc, d\tthree, four\n", ("a, b", "one, two")),
        ("a semicolon in quotes", "\"a;x\",b\n\"c;y\",d\n\"e;z\",f\n", ("a;x", "b")),
        ("dashes in words", "well-known - bekannt\nco-op - Verein\n", ("well-known", "bekannt")),
        (
            "a colon in times",
            "7:30,half past seven\n8:15,a quarter past eight\n",
            ("7:30", "half past seven"),
        ),
        ("sep line", "sep=;\na, b;c\nd, e;f\n", ("a, b", "c")),
        ("comments", "# a, b, c\n// x, y\na\tb\nc\td\n", ("a", "b")),
        ("one row with a tab", "a\tb\n", ("a", "b")),
        ("markdown table", "| term | meaning |\n|---|:-:|\n| a | b |\n| c | d |\n", ("a", "b")),
        (
            "bullets",
            "- **law**: Gesetz\n- **state**: Staat\n- **right:** Recht\n",
            ("law", "Gesetz"),
        ),
        (
            "columns lined up with blanks",
            "law      Gesetz\nstate    Staat\nthe right  Recht\n",
            ("law", "Gesetz"),
        ),
        (
            "columns lined up with tabs",
            "law\t\tGesetz\nthe state\tStaat\nart\t\t\tKunst\n",
            ("law", "Gesetz"),
        ),
        (
            "a dash beside commas",
            "Hund,-e - dog\nKatze,-n - cat\nMaus,-e - mouse\n",
            ("Hund,-e", "dog"),
        ),
        (
            "more than one meaning",
            "start,begin,open\nend,stop\nmiddle,centre,core,heart\nside,edge\ntop,head,peak,summit,tip\n",
            ("end", "stop"),
        ),
        ("equals inside", "x=y : assignment\nx==y : equality\n", ("x=y", "assignment")),
    ] {
        assert!(pairs(&reading(text)).contains(&expected), "{name}");
    }
}

#[test]
fn columns_go_by_their_names() {
    let reading = reading(
        "id,释义,拼音,单词,tags,deck\n7,\"to start, to begin\",kāishǐ,开始,hsk1 verb,Chinese::HSK\n",
    );
    assert_eq!(reading.reports, ["skipped header: id, 释义, 拼音, 单词, tags, deck"]);
    let draft = &reading.drafts[0];
    assert_eq!(draft.line, 2);
    assert_eq!(draft.fields.front, "开始");
    assert_eq!(draft.fields.back, "to start, to begin");
    assert_eq!(draft.fields.reading, "kāishǐ");
    assert_eq!(draft.fields.tags, ["hsk1", "verb"]);
    assert_eq!(draft.deck.as_deref(), Some("Chinese::HSK"));
    assert_eq!(draft.ext_id.as_deref(), Some("7"));
}

#[test]
fn columns_without_names_go_by_what_is_in_them() {
    let hsk = "1\t爱\t愛\tài\tto love\tverb\n2\t八\t八\tbā\teight\tnumber\n3\t爸爸\t爸爸\tbàba\tfather\tnoun\n\
               4\t杯子\t杯子\tbēizi\tcup\tnoun\n5\t北京\t北京\tBěijīng\tBeijing\tnoun\n\
               6\t不客气\t不客氣\tbú kèqi\tyou're welcome\tverb\n7\t菜\t菜\tcài\tdish\tnoun\n\
               8\t茶\t茶\tchá\ttea\tnoun\n9\t吃\t吃\tchī\tto eat\tverb\n";
    let reading = reading(hsk);
    let draft = &reading.drafts[3];
    assert_eq!((draft.fields.front.as_str(), draft.fields.back.as_str()), ("杯子", "cup"));
    assert_eq!(draft.fields.reading, "bēizi");
    assert_eq!(draft.fields.tags, ["noun"]);
    let pinyin = reading_of(
        "现代,xiàn dài,modern times\n羡慕,xiàn mù,to envy\n的,de,of\n相反,xiāng fǎn,opposite\n香,xiāng,fragrant\n",
        "x.csv",
    );
    assert_eq!(pairs(&pinyin)[2], ("的", "of"));
    let numbered =
        reading_of("爸爸\tba4ba5\tfather\n杯子\tbei1 zi5\tcup\n八\tba1\teight\n", "x.txt");
    assert_eq!(pairs(&numbered)[0], ("爸爸", "father"));
    let labels = reading_of(
        "perro,dog,animal\ngato,cat,animal\nmesa,table,thing\nsilla,chair,thing\nave,bird,animal\n",
        "x.csv",
    );
    assert_eq!(labels.drafts[2].fields.tags, ["thing"]);
    let kana =
        reading_of("学校\tがっこう\tschool\n先生\tせんせい\tteacher\n猫\tねこ\tcat\n", "x.tsv");
    assert_eq!(kana.drafts[0].fields.reading, "がっこう");
    assert_eq!(kana.drafts[0].fields.back, "school");
    let ipa = reading_of("cat\t[kæt]\t猫\ndog\t[dɒɡ]\t狗\nfish\t/fɪʃ/\t鱼\n", "x.tsv");
    assert_eq!(ipa.drafts[0].fields.reading, "kæt");
    assert_eq!(ipa.drafts[2].fields.back, "鱼");
    let sounds = reading_of("cat\t[sound:a.mp3]\t猫\ndog\t[sound:b.mp3]\t狗\n", "x.tsv");
    assert_eq!(pairs(&sounds), [("cat", "猫"), ("dog", "狗")]);
    assert_eq!(sounds.reports, ["1 column left out: 2", "2 sounds left out"]);
}

#[test]
fn ragged_rows_are_counted_and_said() {
    let reading = reading("a\tone\nb\nc\t\n\td\ne\tfive\tmore\nf\tsix\ng\tseven\n");
    assert_eq!(
        reading.rejected,
        [
            RowError::new(2, RowReason::NoBack),
            RowError::new(3, RowReason::EmptyBack),
            RowError::new(4, RowReason::EmptyFront),
        ]
    );
    assert_eq!(reading.drafts.len(), 4);
    assert_eq!(reading.drafts[1].fields.note, "more");
    assert_eq!((reading.warnings.len(), reading.warnings[0].line), (1, 5));

    let reading = reading_of("a,one\nb,two, too, also\nc,three\nd,four\n", "x.csv");
    assert_eq!(pairs(&reading)[1], ("b", "two, too, also"));
    assert_eq!(reading.warnings[0].line, 2);
}

#[test]
fn a_stray_quote_costs_nothing() {
    for (name, file, text, expected) in [
        ("smart quotes", "x.csv", "“a”,b\n“c”,d\n", vec![("“a”", "b"), ("“c”", "d")]),
        ("tab, quote inside", "x.tsv", "5\" disk\tx\ny\tz\n", vec![("5\" disk", "x"), ("y", "z")]),
        (
            "tab, quote at the start",
            "x.tsv",
            "\"a\" b\tx\ny\tz\n",
            vec![("\"a\" b", "x"), ("y", "z")],
        ),
        ("tab, quoted", "x.tsv", "\"a\tb\"\tx\ny\tz\n", vec![("a\tb", "x"), ("y", "z")]),
        ("never closed", "x.csv", "a,\"b\nc,d\ne,f\n", vec![("a", "\"b"), ("c", "d"), ("e", "f")]),
        ("line break in quotes", "x.csv", "a,\"b\nc\"\nd,e\n", vec![("a", "b\nc"), ("d", "e")]),
        (
            "rows between two strays",
            "x.csv",
            "\"a,b\nc,d\ne,f\"\ng,h\n",
            vec![("\"a", "b"), ("c", "d"), ("e", "f\""), ("g", "h")],
        ),
        ("doubled", "x.csv", "\"a \"\"b\"\"\",c\nd,e\n", vec![("a \"b\"", "c"), ("d", "e")]),
        ("not doubled", "x.csv", "\"a \"b\" c\",d\ne,f\n", vec![("a \"b\" c", "d"), ("e", "f")]),
        ("blank before", "x.csv", "a, \"b, c\"\nd, e\n", vec![("a", "b, c"), ("d", "e")]),
    ] {
        assert_eq!(pairs(&reading_of(text, file)), expected, "{name}");
    }
    let never = reading_of("a,\"b\nc,d\ne,f\n", "x.csv");
    assert_eq!((never.warnings.len(), never.warnings[0].line), (1, 1));
    let mut long = String::from("a,\"b\n");
    long += &"x,y\n".repeat(40);
    long += "z,\"end\"\n";
    let reading = reading_of(&long, "x.csv");
    assert_eq!(reading.drafts.len(), 42);
    assert_eq!(reading.drafts[41].fields.back, "end");
}

#[test]
fn a_line_full_of_quotes_takes_no_longer() {
    for piece in ["\"a\t", "\"\"a\t", "\"a\"\"\t", "\"\"\"a\t\"", "\"a\"b\t"] {
        let text = format!("a\tb\n{}\nc\td\n", piece.repeat(20_000));
        let reading = reading_of(&text, "x.tsv");
        assert_eq!(pairs(&reading)[0], ("a", "b"), "{piece}");
    }
}

#[test]
fn a_field_too_long_costs_its_row() {
    let text = format!("a\tb\nc\t{}\nd\te\n", "x".repeat(1 << 20));
    let reading = reading(&text);
    assert_eq!(pairs(&reading), [("a", "b"), ("d", "e")]);
    let reason = RowReason::TooLong { bytes: 1 << 20 };
    assert_eq!(reading.rejected, [RowError::new(2, reason)]);
}

#[test]
fn lines_are_those_of_the_raw_file() {
    let reading = reading("# note\r\n\r\nfront\tback\r\na\t\"b\r\nb\"\r\n\r\nc\td\r\n");
    let lines: Vec<u32> = reading.drafts.iter().map(|draft| draft.line).collect();
    assert_eq!(lines, [4, 7]);
    assert_eq!(reading.drafts[0].fields.back, "b\nb");
}

#[test]
fn sentences_are_told_from_terms() {
    for (front, kind) in [
        ("人工智能", Kind::Term),
        ("我喜欢喝茶。", Kind::Sentence),
        ("你好吗？", Kind::Sentence),
        ("etc.", Kind::Term),
        ("the United States of America", Kind::Term),
        ("I would like some tea.", Kind::Sentence),
        ("Where is it?", Kind::Sentence),
        ("U.S.A.", Kind::Term),
        ("He said: “We will not go there.”", Kind::Sentence),
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
            Kind::Sentence,
        ),
    ] {
        assert_eq!(super::kind(front), kind, "{front}");
    }
}

#[test]
fn what_the_learner_says_wins() {
    let options = ReadOptions {
        columns: Some(vec![
            "back".parse::<Column>().unwrap(),
            "-".parse().unwrap(),
            "front".parse().unwrap(),
        ]),
        delimiter: Some("comma".into()),
        no_header: true,
        ..ReadOptions::default()
    };
    let reading = read(b"Back,x,Front\none,y,a\n", "x", &options, &()).unwrap();
    assert_eq!(pairs(&reading), [("Front", "Back"), ("a", "one")]);
    assert!(reading.reports.is_empty());
}

#[test]
fn html_is_reduced_and_the_rest_stays() {
    let reading = reading("law <3> & more\tx<br>y\nR&amp;D\t<b>bold</b>\n");
    assert_eq!(pairs(&reading), [("law <3> & more", "x\ny"), ("R&D", "bold")]);
    assert_eq!(reading.reports, ["3 fields of HTML reduced to text"]);
}

#[test]
fn a_comment_that_may_be_a_term_is_reported() {
    let reading = reading("a\tb\n#include\tdirective\n\"#define\"\tmacro\nc\td\n");
    assert_eq!(pairs(&reading), [("a", "b"), ("#define", "macro"), ("c", "d")]);
    assert_eq!(reading.warnings[0].line, 2);
    assert_eq!(reading.reports, ["1 comment line skipped"]);
}

#[test]
fn two_lists_side_by_side_are_both_read() {
    let reading =
        reading("English\tDeutsch\tEnglish\tDeutsch\noak\tEiche\tash\tEsche\nelm\tUlme\t\t\n");
    assert_eq!(pairs(&reading), [("oak", "Eiche"), ("ash", "Esche"), ("elm", "Ulme")]);
}

#[test]
fn a_table_of_numbers_is_no_deck() {
    let text = "1,2\n3,4\n5,6\n7,8\n";
    let error = read(text.as_bytes(), "x.csv", &ReadOptions::default(), &()).unwrap_err();
    assert!(matches!(error, ReadError::NoDeck { .. }), "{error}");
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{2,8}( [a-z]{2,8}){0,3}", "[一-龥]{2,6}", "[a-zé]{2,8}",]
}

#[test]
fn a_field_that_grows_too_long_by_joining_costs_its_row() {
    let half = "x".repeat(MAX_FIELD / 2 + 1);
    let bytes = 2 * (MAX_FIELD / 2 + 1);
    let joined = reading(&format!("a,b\nc,{half},{half}\nd,e\nf,g\n"));
    assert_eq!(joined.drafts.len(), 3);
    assert_eq!(joined.rejected, [RowError::new(2, RowReason::TooLong { bytes: bytes + 1 })]);
    let notes = reading(&format!("front\tback\tnote\tnote\na\tb\t{half}\t{half}\nc\td\te\tf\n"));
    assert_eq!(notes.drafts.len(), 1);
    assert_eq!(notes.rejected, [RowError::new(2, RowReason::TooLong { bytes: bytes + 2 })]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes, "x.csv", &ReadOptions::default(), &());
    }

    #[test]
    fn any_table_like_text_never_panics(text in "[ab人é\"#\t\n,;|:/<>&()=\\-\\[\\]{}0-9]{0,200}") {
        for name in ["x.csv", "x.tsv", "x"] {
            let _ = read(text.as_bytes(), name, &ReadOptions::default(), &());
        }
    }

    #[test]
    fn every_row_is_read_or_rejected(
        rows in prop::collection::vec((word(), prop::option::weighted(0.85, word())), 3..60),
        delimiter in prop::sample::select(vec!["\t", ",", ";", "|"]),
        line_end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        prop_assume!(rows.iter().filter(|row| row.1.is_some()).count() * 5 >= rows.len() * 4);
        let text: String = rows
            .iter()
            .map(|(front, back)| match back {
                Some(back) => format!("{front}{delimiter}{back}{line_end}"),
                None => format!("{front}{line_end}"),
            })
            .collect();
        let reading = read(text.as_bytes(), "x.txt", &ReadOptions::default(), &()).unwrap();
        prop_assert_eq!(reading.format, Format::Delimited);
        prop_assert_eq!(reading.drafts.len() + reading.rejected.len(), rows.len());
        let mut lines: Vec<u32> = reading.drafts.iter().map(|d| d.line).collect();
        lines.extend(reading.rejected.iter().map(|r| r.line));
        lines.sort_unstable();
        prop_assert_eq!(lines, (1..=rows.len() as u32).collect::<Vec<_>>());
    }
}
