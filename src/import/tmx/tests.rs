use crate::domain::Kind;
use crate::import::{Format, ReadError, ReadOptions, Reading, read};

fn result(text: &str) -> Result<Reading, ReadError> {
    read(text.as_bytes(), "memory.xml", &ReadOptions::default(), &())
}

fn pairs(reading: &Reading) -> Vec<(&str, &str)> {
    reading.drafts.iter().map(|d| (d.fields.front.as_str(), d.fields.back.as_str())).collect()
}

/// Returns a memory with these units.
fn memory(units: &str) -> String {
    format!("<tmx version=\"1.4\"><header srclang=\"*all*\"/><body>\n{units}</body></tmx>")
}

/// Returns a unit on a line of its own.
fn unit(sides: &[(&str, &str)]) -> String {
    let side = |(code, text): &(&str, &str)| {
        ["<tuv xml:lang=\"", code, "\"><seg>", text, "</seg></tuv>"].concat()
    };
    let sides = sides.iter().map(side).collect::<Vec<_>>().concat();
    format!("<tu>{sides}</tu>\n")
}

#[test]
fn a_memory_is_read_by_its_source_language() {
    let reading = result(include_str!("../../../tests/corpus/tmx/menu.tmx")).unwrap();
    assert_eq!(reading.format, Format::Tmx);
    assert_eq!(
        pairs(&reading),
        [
            ("Save file", "保存文件"),
            ("Do you want to save your changes?", "是否保存更改？"),
            ("Colour & font", "颜色和字体"),
        ]
    );
    let first = &reading.drafts[0];
    assert_eq!((first.line, first.ext_id.as_deref()), (9, Some("m1")));
    assert_eq!(first.fields.note, "menu; domain: software");
    assert_eq!((first.kind, reading.drafts[1].kind), (Kind::Term, Kind::Sentence));
    let rejected: Vec<String> = reading.rejected.iter().map(ToString::to_string).collect();
    assert_eq!(
        rejected,
        ["line 21: a unit in one language only: en-us", "line 28: the front is empty"]
    );
    assert_eq!(reading.reports, ["2 languages read: en-us to zh-cn", "1 language left out: de-de"]);
    assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
}

#[test]
fn old_versions_name_the_language_without_a_prefix() {
    let text = "<tmx version=\"1.1\"><header srclang='EN'/><body><tu>\
                <tuv lang='ZH'><seg>法</seg></tuv><tuv lang='EN'><seg>law</seg></tuv></tu></body></tmx>";
    assert_eq!(pairs(&result(text).unwrap()), [("law", "法")]);
}

#[test]
fn without_a_source_the_two_most_frequent_languages_are_taken() {
    let text = memory(
        &[
            unit(&[("fr", "loi"), ("zh", "法"), ("en", "law")]),
            unit(&[("zh", "国"), ("en", "country")]),
            unit(&[("zh", "人"), ("fr", "homme")]),
        ]
        .concat(),
    );
    let reading = result(&text).unwrap();
    assert_eq!(pairs(&reading)[0].0, "loi");
    assert_eq!(reading.rejected.len(), 1);
    assert_eq!(reading.rejected[0].line, 3);
}

#[test]
fn a_memory_that_is_cut_off_keeps_what_was_whole() {
    let whole = memory(
        &[unit(&[("zh", "法"), ("en", "law")]), unit(&[("zh", "国"), ("en", "land")])].concat(),
    );
    let cut = &whole[..whole.rfind("land").unwrap()];
    let reading = result(cut).unwrap();
    assert_eq!(pairs(&reading), [("法", "law")]);
    assert_eq!(reading.rejected[0].line, 3);
    assert_eq!(reading.warnings.len(), 1);
    let nothing = &whole[..whole.find("law").unwrap()];
    assert!(matches!(result(nothing), Err(ReadError::Broken { .. })));
}

#[test]
fn a_memory_in_one_language_is_no_deck() {
    let text = memory(&unit(&[("en", "law")]));
    assert!(matches!(result(&text), Err(ReadError::NoDeck { .. })));
}

#[test]
fn a_memory_in_another_encoding_says_the_same() {
    let text = include_str!("../../../tests/corpus/tmx/menu.tmx");
    let expected = result(text).unwrap();
    let gb = text.replace("UTF-8", "GB2312");
    let (gb, _, _) = encoding_rs::GB18030.encode(&gb);
    let utf16 = text.replace("UTF-8", "UTF-16");
    let utf16: Vec<u8> = utf16.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, encoding) in [(gb.into_owned(), "GB18030"), (utf16, "UTF-16LE")] {
        let mut reading = read(&bytes, "x", &ReadOptions::default(), &()).unwrap();
        assert_eq!(reading.encoding, encoding);
        reading.encoding.clone_from(&expected.encoding);
        assert_eq!(reading, expected);
    }
}
