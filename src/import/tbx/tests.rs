use crate::import::{Format, ReadError, ReadOptions, Reading, read};

fn result(text: &str) -> Result<Reading, ReadError> {
    read(text.as_bytes(), "terms.xml", &ReadOptions::default(), &())
}

fn pairs(reading: &Reading) -> Vec<(&str, &str)> {
    reading.drafts.iter().map(|d| (d.fields.front.as_str(), d.fields.back.as_str())).collect()
}

#[test]
fn version_2_is_read_with_what_is_said_of_the_terms() {
    let reading = result(include_str!("../../../tests/corpus/tbx/law-v2.tbx")).unwrap();
    assert_eq!(reading.format, Format::Tbx);
    assert_eq!(pairs(&reading), [("法律", "law; statute"), ("判决", "judgment & order")]);
    let first = &reading.drafts[0];
    assert_eq!((first.line, first.ext_id.as_deref()), (9, Some("c1")));
    assert_eq!(first.fields.note, "noun; also: 法; not to be used: lawe; the rules of a state");
    assert_eq!(first.fields.example, "法律面前人人平等。");
    assert_eq!(first.fields.tags, ["law"]);
    assert_eq!(reading.drafts[1].fields.note, "of a court");
    assert_eq!(reading.rejected.len(), 1);
    assert_eq!(reading.rejected[0].to_string(), "line 37: a concept without a term in zh-cn");
    assert_eq!(reading.reports, ["2 languages read: zh-cn to en"]);
}

#[test]
fn version_3_is_read_in_the_style_with_elements() {
    let reading = result(include_str!("../../../tests/corpus/tbx/computing-v3.tbx")).unwrap();
    assert_eq!(pairs(&reading), [("neural network", "神经网络"), ("loss", "损失")]);
    let first = &reading.drafts[0];
    assert_eq!(first.fields.note, "noun; layers of connected units");
    assert_eq!(first.fields.example, "The neural network has three layers.");
    assert_eq!(first.fields.tags, ["machine-learning"]);
    assert_eq!(reading.reports, ["2 languages read: en to zh", "1 language left out: de"]);
}

#[test]
fn both_styles_of_version_3_say_the_same() {
    let named = include_str!("../../../tests/corpus/tbx/computing-v3.tbx");
    let mut typed = named.replace("style=\"dct\"", "style=\"dca\"");
    for (element, holder, kind) in [
        ("min:subjectField", "descrip", "subjectField"),
        ("min:partOfSpeech", "termNote", "partOfSpeech"),
        ("basic:definition", "descrip", "definition"),
        ("basic:context", "descrip", "context"),
    ] {
        typed = typed
            .replace(&format!("<{element}>"), &format!("<{holder} type=\"{kind}\">"))
            .replace(&format!("</{element}>"), &format!("</{holder}>"));
    }
    assert_eq!(result(&typed).unwrap(), result(named).unwrap());
}

#[test]
fn the_small_dialect_names_its_source() {
    let text = "<TBX dialect=\"TBX-Min\"><header><languages source=\"en\" target=\"zh\"/></header>\
        <body><entry id=\"1\"><subjectField>law</subjectField>\
        <langGroup xml:lang=\"zh\"><termGroup><term>法</term></termGroup></langGroup>\
        <langGroup xml:lang=\"en\"><termGroup><term>law</term>\
        <partOfSpeech>noun</partOfSpeech></termGroup></langGroup></entry></body></TBX>";
    let reading = result(text).unwrap();
    assert_eq!(pairs(&reading), [("law", "法")]);
    assert_eq!(reading.drafts[0].fields.note, "noun");
}

#[test]
fn a_termbase_without_two_languages_is_no_deck() {
    let text = "<martif type=\"TBX\"><text><body><termEntry><langSet xml:lang=\"en\"><tig>\
                <term>law</term></tig></langSet></termEntry></body></text></martif>";
    assert!(matches!(result(text), Err(ReadError::NoDeck { .. })));
    assert!(matches!(result("<martif>"), Err(ReadError::Broken { .. })));
}

#[test]
fn a_concept_has_only_so_many_labels() {
    let subjects: Vec<String> = (0..60_000).map(|at| format!("s{at:05}")).collect();
    let text = include_str!("../../../tests/corpus/tbx/law-v2.tbx").replacen(
        ">law<",
        &format!(">{}<", subjects.join(", ")),
        1,
    );
    let reading = result(&text).unwrap();
    assert_eq!(reading.drafts[0].fields.tags, subjects[..100]);
    assert_eq!(reading.reports[1..], ["59900 labels left out: more than 100 of a concept"]);
}
