mod alphabets;
mod decks;

use encoding_rs::{BIG5, EUC_KR, GB18030, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};
use proptest::prelude::*;

use super::*;
use crate::import::{ReadOptions, Reading, read};

const SIMPLIFIED: &[(&str, &str)] = &[
    ("人工智能", "artificial intelligence"),
    ("大模型", "large model"),
    ("末班车", "last train"),
    ("关系数据库", "relational database"),
    ("图书馆", "library"),
    ("光污染治理", "control of light pollution"),
    ("天然酵母面包", "sourdough bread"),
    ("国际合作", "international cooperation"),
    ("高质量发展", "high-quality development"),
    ("中国式现代化", "Chinese path to modernization"),
    ("依法治国", "law-based governance"),
    ("贸易逆差", "trade deficit"),
    ("自动扶梯", "escalator"),
    ("植物园", "botanic garden"),
    ("轨道交通", "rail transit"),
];

const TRADITIONAL: &[(&str, &str)] = &[
    ("人工智慧", "artificial intelligence"),
    ("資料庫", "database"),
    ("圖書館", "library"),
    ("國際合作", "international cooperation"),
    ("捷運", "metro"),
    ("繁體字", "traditional characters"),
    ("觀光", "sightseeing"),
    ("經濟發展", "economic development"),
    ("電腦", "computer"),
    ("計程車", "taxi"),
    ("早餐", "breakfast"),
    ("學校", "school"),
    ("飛機場", "airport"),
    ("醫院", "hospital"),
    ("望遠鏡", "telescope"),
];

const JAPANESE: &[(&str, &str)] = &[
    ("学校", "school"),
    ("食べる", "to eat"),
    ("コンピューター", "computer"),
    ("ありがとう", "thanks"),
    ("新幹線", "bullet train"),
    ("図書館", "library"),
    ("お早うございます", "good morning"),
    ("テレビ", "television"),
    ("美しい", "beautiful"),
    ("電話をかける", "to phone"),
];

const FRENCH: &[(&str, &str)] = &[
    ("café", "coffee"),
    ("élève", "pupil"),
    ("forêt", "forest"),
    ("garçon", "boy"),
    ("naïf", "naive"),
    ("où", "where"),
    ("Noël", "Christmas"),
    ("sœur", "sister"),
    ("été", "summer"),
    ("hôpital", "hospital"),
];

const GERMAN: &[(&str, &str)] = &[
    ("Mädchen", "girl"),
    ("Straße", "street"),
    ("Übung", "exercise"),
    ("schön", "beautiful"),
    ("Tür", "door"),
    ("hören", "to hear"),
    ("Fuß", "foot"),
];

const SPANISH: &[(&str, &str)] = &[
    ("niño", "child"),
    ("mañana", "tomorrow"),
    ("corazón", "heart"),
    ("¿qué?", "what?"),
    ("pingüino", "penguin"),
    ("árbol", "tree"),
    ("España", "Spain"),
];

const RUSSIAN: &[(&str, &str)] = &[
    ("слово", "word"),
    ("книга", "book"),
    ("здравствуйте", "hello"),
    ("пожалуйста", "please"),
    ("город", "town"),
];

const KOREAN: &[(&str, &str)] = &[
    ("학교", "school"),
    ("도서관", "library"),
    ("감사합니다", "thank you"),
    ("컴퓨터", "computer"),
    ("사랑", "love"),
    ("대학교", "university"),
];

fn table(pairs: &[(&str, &str)], delimiter: &str, line_end: &str) -> String {
    pairs.iter().map(|(a, b)| [a, delimiter, b, line_end].concat()).collect()
}

fn utf16(text: &str, is_little: bool, has_bom: bool) -> Vec<u8> {
    let bom = has_bom.then_some(0xfeff);
    bom.into_iter()
        .chain(text.encode_utf16())
        .flat_map(|unit| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() })
        .collect()
}

fn encoded(text: &str, encoding: &str) -> Option<Vec<u8>> {
    Some(match encoding {
        "UTF-8" => text.as_bytes().to_vec(),
        "UTF-8 BOM" => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        "UTF-16LE" => utf16(text, true, false),
        "UTF-16BE" => utf16(text, false, false),
        "UTF-16LE BOM" => utf16(text, true, true),
        "UTF-16BE BOM" => utf16(text, false, true),
        other => {
            let encoding = Encoding::for_label(other.as_bytes())?;
            let (bytes, _, has_errors) = encoding.encode(text);
            if has_errors {
                return None;
            }
            bytes.into_owned()
        }
    })
}

fn check(text: &str, encoding: &'static Encoding) {
    let (bytes, _, _) = encoding.encode(text);
    let decoded = decode(&bytes, None).unwrap();
    assert!(decoded.encoding.eq_ignore_ascii_case(encoding.name()), "{}: {text}", decoded.encoding);
    assert_eq!(decoded.text, text);
}

/// Every run of `length` rows, so that no lucky sample hides a bad guess.
fn check_runs(pairs: &[(&str, &str)], length: usize, encoding: &'static Encoding) {
    for run in pairs.windows(length) {
        check(&table(run, "\t", "\n"), encoding);
        check(&table(run, ",", "\r\n"), encoding);
        let turned: Vec<_> = run.iter().map(|(a, b)| (*b, *a)).collect();
        check(&table(&turned, "\t", "\n"), encoding);
    }
}

#[test]
fn five_rows_are_enough_for_each_encoding() {
    check_runs(SIMPLIFIED, 5, GB18030);
    check_runs(TRADITIONAL, 5, BIG5);
    check_runs(JAPANESE, 5, SHIFT_JIS);
    check_runs(FRENCH, 5, WINDOWS_1252);
    check_runs(GERMAN, 5, WINDOWS_1252);
    check_runs(SPANISH, 5, WINDOWS_1252);
    check_runs(RUSSIAN, 5, WINDOWS_1251);
}

#[test]
fn two_rows_are_mostly_enough() {
    check_runs(SIMPLIFIED, 2, GB18030);
    check_runs(TRADITIONAL, 2, BIG5);
    check_runs(JAPANESE, 2, SHIFT_JIS);
}

#[test]
fn long_files_are_read_as_well() {
    for (pairs, encoding) in [
        (SIMPLIFIED, GB18030),
        (TRADITIONAL, BIG5),
        (JAPANESE, SHIFT_JIS),
        (FRENCH, WINDOWS_1252),
        (RUSSIAN, WINDOWS_1251),
        (KOREAN, EUC_KR),
    ] {
        check(&table(pairs, "\t", "\n").repeat(300), encoding);
    }
}

#[test]
fn unicode_is_told_by_its_mark_or_its_nuls() {
    for pairs in [SIMPLIFIED, TRADITIONAL, JAPANESE, FRENCH, KOREAN] {
        for run in pairs.windows(5) {
            let text = table(run, "\t", "\r\n");
            for name in ["UTF-8", "UTF-16LE", "UTF-16BE"] {
                for mark in ["", " BOM"] {
                    let bytes = encoded(&text, &format!("{name}{mark}")).unwrap();
                    let decoded = decode(&bytes, None).unwrap();
                    assert_eq!((decoded.encoding, decoded.text.as_ref()), (name, text.as_str()));
                }
            }
        }
    }
}

#[test]
fn long_rows_of_han_are_utf16_too() {
    let text = "天下大同人民幸福".repeat(40) + "\t" + &"国泰民安风调雨顺".repeat(40) + "\n";
    for is_little in [true, false] {
        let bytes = utf16(&text, is_little, false);
        assert_eq!(decode(&bytes, None).unwrap().text, text);
    }
}

#[test]
fn a_stray_nul_makes_no_utf16() {
    let (mut bytes, _, _) =
        GB18030.encode("人工智能\tAI\n大模型\tlarge model\n末班车\tlast train\n");
    bytes.to_mut().insert(11, 0);
    assert_eq!(decode(&bytes, None).unwrap().encoding, "GB18030");
    let decoded = decode("a\0\tb\nc\td\nécole\tschool\n".as_bytes(), None).unwrap();
    assert_eq!(decoded.encoding, "UTF-8");
}

#[test]
fn what_a_page_says_of_itself_counts() {
    let page = "<html><head><meta charset=\"windows-1250\"></head><table><tr><td>ő</td><td>he</td></tr></table>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1250.encode(page);
    assert_eq!(decode(&bytes, None).unwrap().text, page);
    // Where it cannot be, it is not believed.
    let page = page.replace("windows-1250", "shift_jis");
    assert_eq!(decode(page.as_bytes(), None).unwrap().text, page);
}

#[test]
fn rarer_forms_of_unicode_and_of_japanese_mail_are_read() {
    let text = "学校\tschool\n猫\tcat\n";
    let wide = |to: fn(u32) -> [u8; 4]| -> Vec<u8> {
        "\u{feff}".chars().chain(text.chars()).flat_map(|c| to(c as u32)).collect()
    };
    for (bytes, name) in
        [(wide(u32::to_le_bytes), "UTF-32LE"), (wide(u32::to_be_bytes), "UTF-32BE")]
    {
        let decoded = decode(&bytes, None).unwrap();
        assert_eq!((decoded.text.as_ref(), decoded.encoding), (text, name));
        assert_eq!(decode(&bytes, Some(name)).unwrap().text, text);
    }
    let (bytes, _, _) = encoding_rs::ISO_2022_JP.encode(text);
    let decoded = decode(&bytes, None).unwrap();
    assert_eq!((decoded.text.as_ref(), decoded.encoding), (text, "ISO-2022-JP"));
}

#[test]
fn little_evidence_is_said() {
    let (bytes, _, _) = GB18030.encode("爱\tlove\n");
    let decoded = decode(&bytes, None).unwrap();
    assert_eq!((decoded.encoding, decoded.text.as_ref()), ("GB18030", "爱\tlove\n"));
    assert!(decoded.warning.is_some());
}

#[test]
fn one_bad_byte_does_not_turn_the_file_into_another_encoding() {
    let mut bytes = table(SIMPLIFIED, "\t", "\n").into_bytes();
    let at =
        bytes.iter().enumerate().filter(|(_, b)| **b == b'\n').nth(1).map_or(0, |(at, _)| at + 1);
    bytes[at] = 0xff;
    let decoded = decode(&bytes, None).unwrap();
    assert_eq!(decoded.encoding, "UTF-8");
    assert_eq!(replacement_warnings(&decoded.text)[0].line, 3);
}

#[test]
fn the_named_encoding_wins() {
    let (bytes, _, _) = BIG5.encode("電腦\tcomputer\n");
    assert_eq!(decode(&bytes, Some("big5")).unwrap().text, "電腦\tcomputer\n");
    assert_eq!(decode("é".as_bytes(), Some("windows-1252")).unwrap().text, "Ã©");
    assert_eq!(decode(&utf16("é\ta", false, true), Some("utf-16")).unwrap().text, "é\ta");
    assert_eq!(decode(b"x", Some("gbk")).unwrap().encoding, "GB18030");
    assert!(matches!(decode(b"x", Some("klingon")), Err(ReadError::Encoding(_))));
    assert!(matches!(decode(&bytes, Some("utf-8")), Err(ReadError::Encoding(_))));
}

#[test]
fn a_mark_before_a_quote_is_no_part_of_the_field() {
    let reading =
        read(b"\xef\xbb\xbf\"a\",\"b\"\n\"c\",\"d\"\n", "x.csv", &ReadOptions::default(), &())
            .unwrap();
    assert_eq!(reading.drafts[0].fields.front, "a");
}

fn fields(reading: &Reading) -> Vec<(String, String, u32)> {
    let field = |d: &crate::import::Draft| (d.fields.front.clone(), d.fields.back.clone(), d.line);
    reading.drafts.iter().map(field).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn the_encoding_the_delimiter_and_the_line_end_change_nothing(
        (pairs, legacy) in prop::sample::select(vec![
            (SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5"), (JAPANESE, "shift_jis"),
            (FRENCH, "windows-1252"), (GERMAN, "windows-1252"), (KOREAN, "UTF-8"),
        ]),
        order in prop::collection::vec(any::<prop::sample::Index>(), 5..60),
        encoding in 0..7_usize,
        delimiter in prop::sample::select(vec!["\t", ",", ";", "|", " - ", "::", " = ", "---"]),
        line_end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        let rows: Vec<(&str, &str)> = order.iter().map(|at| pairs[at.index(pairs.len())]).collect();
        prop_assume!(rows.iter().any(|row| *row != rows[0]));
        let plain = read(table(&rows, "\t", "\n").as_bytes(), "x", &ReadOptions::default(), &()).unwrap();
        prop_assert_eq!(plain.drafts.len(), rows.len());
        let names = [
            "UTF-8", "UTF-8 BOM", "UTF-16LE", "UTF-16BE", "UTF-16LE BOM", "UTF-16BE BOM", legacy,
        ];
        let Some(bytes) = encoded(&table(&rows, delimiter, line_end), names[encoding]) else {
            return Ok(());
        };
        let reading = read(&bytes, "x.txt", &ReadOptions::default(), &());
        prop_assert!(reading.is_ok(), "{:?}: {:?}", names[encoding], reading);
        prop_assert_eq!(fields(&reading.unwrap()), fields(&plain));
    }
}

#[test]
fn a_small_file_with_one_line_in_another_encoding_stays_utf_8() {
    let cafe =
        b"caf\xc3\xa9,coffee\nth\xc3\xa9,tea\nna\xc3\xafve,naive\nlait,milk \xe9t\xe9\neau,water\n";
    let reading = read(cafe, "x.csv", &ReadOptions::default(), &()).unwrap();
    assert_eq!((reading.encoding.as_str(), &*reading.drafts[0].fields.front), ("UTF-8", "café"));
    assert!(reading.warnings.iter().any(|warning| warning.line == 4), "{:?}", reading.warnings);

    let mut mixed = "你好\thello\n谢谢\tthanks\n再见\tgoodbye\n".as_bytes().to_vec();
    mixed.extend_from_slice(&encoding_rs::GB18030.encode("学校\tschool\n").0);
    let reading = read(&mixed, "x.tsv", &ReadOptions::default(), &()).unwrap();
    assert_eq!((reading.encoding.as_str(), &*reading.drafts[0].fields.front), ("UTF-8", "你好"));
}
