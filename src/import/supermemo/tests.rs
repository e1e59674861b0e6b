use crate::import::{Format, ReadError, ReadOptions, Reading, read};

fn result(text: &str) -> Result<Reading, ReadError> {
    read(text.as_bytes(), "questions.txt", &ReadOptions::default(), &())
}

fn pairs(reading: &Reading) -> Vec<(&str, &str)> {
    reading.drafts.iter().map(|d| (d.fields.front.as_str(), d.fields.back.as_str())).collect()
}

#[test]
fn questions_and_answers_are_read_however_they_are_marked() {
    let reading = result(include_str!("../../../tests/corpus/supermemo/questions.txt")).unwrap();
    assert_eq!(reading.format, Format::Supermemo);
    assert_eq!(
        pairs(&reading),
        [
            ("What is the Simplified form of 國家?", "国家"),
            ("法律", "law\nstatute"),
            ("高质量发展", "high-quality development"),
            ("two\nlines", "one\nanswer"),
            ("capital of France", "Paris & nothing else"),
        ]
    );
    assert_eq!(reading.rejected.len(), 1);
    assert_eq!(reading.rejected[0].to_string(), "line 16: a question without an answer");
    assert_eq!(reading.drafts[4].line, 18);
    assert_eq!(reading.reports, ["1 field of HTML reduced to text"]);
}

#[test]
fn questions_in_markdown_have_headings_and_bold_marks() {
    let text = "# Law\n\n**Q:** 法律\n**A:** law\n\n- Q: 法院\n- A: court\n\n## Land\n\nQ: 国\nA: country\n";
    let reading = result(text).unwrap();
    assert_eq!(pairs(&reading), [("法律", "law"), ("法院", "court"), ("国", "country")]);
    assert_eq!(reading.drafts[0].fields.tags, ["Law"]);
    assert_eq!(reading.drafts[2].fields.tags, ["Land"]);
}

#[test]
fn questions_need_no_blank_lines_between_them() {
    let reading = result("Q: one\nA: two\nQ: three\nA: four\nA: five\n").unwrap();
    assert_eq!(pairs(&reading), [("one", "two"), ("three", "four\nfive")]);
}

#[test]
fn text_that_only_begins_like_a_question_is_none() {
    for text in [
        "Q: where is the answer?\nNobody knows.\n",
        "A: one\nQ: two\n",
        "Q\tA\nx\ty\n",
        "q,queue\na,alpha\n",
    ] {
        let format = result(text).map(|reading| reading.format);
        assert_ne!(format, Ok(Format::Supermemo), "{text}");
    }
}

#[test]
fn a_collection_is_read_without_its_topics() {
    let reading = result(include_str!("../../../tests/corpus/supermemo/collection.xml")).unwrap();
    assert_eq!(reading.format, Format::Supermemo);
    assert_eq!(pairs(&reading), [("法律\n(noun)", "law")]);
    assert_eq!(reading.drafts[0].ext_id.as_deref(), Some("7"));
    assert_eq!(reading.drafts[0].line, 12);
    assert_eq!(reading.rejected[0].to_string(), "line 22: the front is empty");
    assert_eq!(
        reading.reports,
        ["1 element without an answer left out", "2 fields of HTML reduced to text"]
    );
}

#[test]
fn an_element_without_an_answer_keeps_its_number() {
    let text = "<SuperMemoCollection><SuperMemoElement><ID>1</ID>\
        <Content><Question>a topic</Question></Content></SuperMemoElement>\
        <SuperMemoElement><Content><Question>法</Question><Answer>law</Answer></Content>\
        </SuperMemoElement></SuperMemoCollection>";
    let reading = result(text).unwrap();
    assert_eq!(pairs(&reading), [("法", "law")]);
    assert_eq!(reading.drafts[0].ext_id, None);
}

#[test]
fn markup_in_a_side_that_is_too_long_is_left_alone() {
    let text = format!("Q: a\nA: {}\n\nQ: b\nA: c\n", "<b>".repeat(30_000));
    let reading = result(&text).unwrap();
    assert_eq!(pairs(&reading), [("b", "c")]);
    assert!(reading.rejected[0].to_string().contains("90000 bytes"), "{:?}", reading.rejected);
    assert!(reading.reports.is_empty(), "{:?}", reading.reports);
}
