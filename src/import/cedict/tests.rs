use crate::import::{Format, ReadOptions, Reading, ScriptChoice, read};

const SAMPLE: &str = include_str!("../../../tests/corpus/cedict/law.u8");

fn reading(text: &str, options: &ReadOptions) -> Reading {
    read(text.as_bytes(), "dict.txt", options, &()).unwrap()
}

#[test]
fn entries_are_words_with_readings_and_glosses() {
    let reading = reading(SAMPLE, &ReadOptions::default());
    assert_eq!(reading.format, Format::Cedict);
    let rows: Vec<[&str; 4]> = reading
        .drafts
        .iter()
        .map(|draft| &draft.fields)
        .map(|f| [f.front.as_str(), f.reading.as_str(), f.back.as_str(), f.note.as_str()])
        .collect();
    assert_eq!(
        rows,
        [
            ["国家", "guó jiā", "state that governs itself; nation", "國家; CL:個|个[ge4]"],
            ["法律", "fǎ lǜ", "statute law; the law as a whole", ""],
            ["行", "háng", "row of things; line of business", ""],
            ["行", "xíng", "to go on foot; all right", ""],
            ["花儿", "huār", "erhua variant of 花", "花兒"],
            ["北京", "Běi jīng", "the city of Beijing", "also pr. [Bei3 jing4]"],
            ["T恤", "T xù", "tee shirt", ""],
            ["饮茶", "jam2 caa4", "to drink tea", "飲茶; yǐn chá"],
        ]
    );
    assert_eq!(reading.drafts[0].line, 4);
    assert_eq!(reading.drafts[2].ext_id.as_deref(), Some("行 行 [hang2]"));
    assert_eq!(reading.rejected.len(), 1);
    assert_eq!(reading.rejected[0].to_string(), "line 10: no reading in brackets");
    assert_eq!(reading.reports, ["3 comment lines skipped"]);
    assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
}

#[test]
fn the_front_is_traditional_where_that_is_asked_for() {
    let options = ReadOptions { script: ScriptChoice::Traditional, ..ReadOptions::default() };
    let fields = reading(SAMPLE, &options).drafts.swap_remove(0).fields;
    assert_eq!(fields.front, "國家");
    assert!(fields.note.starts_with("国家"), "{}", fields.note);
}

#[test]
fn a_dictionary_that_lacks_entries_says_so() {
    let cut: String = SAMPLE.lines().take(6).flat_map(|line| [line, "\r\n"]).collect();
    let reading = reading(&cut, &ReadOptions::default());
    assert_eq!(reading.drafts.len(), 3);
    assert_eq!(reading.warnings[0].line, 3);
    assert_eq!(reading.warnings[0].message, "the file is to have 9 entries, but has 3");
}

#[test]
fn a_remark_is_the_back_where_there_is_nothing_else() {
    let reading = reading("餐厅 餐厅 [[can1ting1]] /also written 餐廳/\n", &ReadOptions::default());
    let fields = &reading.drafts[0].fields;
    assert_eq!((fields.back.as_str(), fields.note.as_str()), ("also written 餐廳", ""));
    assert_eq!(fields.reading, "cāntīng");
}

#[test]
fn rows_that_only_resemble_entries_are_read_as_a_table() {
    let text = "law\t[lɔː]\t/the rules/\nland\t[lænd]\t/a country/\n";
    let reading = reading(text, &ReadOptions::default());
    assert_eq!(reading.format, Format::Delimited);
}
