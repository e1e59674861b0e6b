use crate::import::{Format, ReadError, ReadOptions, Reading, read};

fn reading(text: &str) -> Reading {
    let reading = read(text.as_bytes(), "notes.md", &ReadOptions::default(), &())
        .unwrap_or_else(|error| panic!("{error} in {text:?}"));
    assert_eq!(reading.format, Format::Markdown, "{text}");
    reading
}

fn pairs(reading: &Reading) -> Vec<(&str, &str)> {
    reading.drafts.iter().map(|d| (d.fields.front.as_str(), d.fields.back.as_str())).collect()
}

#[test]
fn tables_go_by_the_names_of_their_columns() {
    let reading = reading(
        "# Trees\n\nSome words.\n\n## In the park\n\n| English | Deutsch | Note |\n|---|:-:|--:|\n\
         | **oak** | Eiche | `f` |\n| a \\| b | c |\n\n## At home\n\nReading | Word | Meaning\n--- | --- | ---\n\
         ねこ | 猫 | cat\nいぬ | 犬 |\n",
    );
    assert_eq!(pairs(&reading), [("oak", "Eiche"), ("a | b", "c"), ("猫", "cat")]);
    let first = &reading.drafts[0];
    assert_eq!((first.line, first.fields.note.as_str()), (9, "f"));
    assert_eq!(first.fields.tags, ["In_the_park"]);
    assert_eq!(reading.drafts[2].fields.reading, "ねこ");
    assert_eq!(reading.drafts[2].fields.tags, ["At_home"]);
    assert_eq!((reading.rejected.len(), reading.rejected[0].line), (1, 17));
    assert_eq!(
        reading.reports,
        [
            "1 title line skipped: Trees",
            "skipped header: English, Deutsch, Note",
            "skipped header: Reading, Word, Meaning",
            "3 fields of Markdown reduced to text",
            "1 line of other text left out",
        ]
    );
}

#[test]
fn a_header_of_unknown_names_is_still_no_row() {
    let reading = reading("| Ausdruck im Text | Erklärung dazu |\n|---|---|\n| Haus | house |\n");
    assert_eq!(pairs(&reading), [("Haus", "house")]);
    assert_eq!(reading.reports, ["skipped header: Ausdruck im Text, Erklärung dazu"]);
}

#[test]
fn every_way_to_write_a_pair_is_read() {
    for (name, text, expected) in [
        (
            "bold items",
            "- **law**: Gesetz\n- **state** — Staat\n",
            [("law", "Gesetz"), ("state", "Staat")],
        ),
        (
            "bold lines",
            "**law** — Gesetz\n\n**state** – Staat\n",
            [("law", "Gesetz"), ("state", "Staat")],
        ),
        (
            "colons under a heading",
            "# Words\nlaw :: Gesetz\nstate ::: Staat\n",
            [("law", "Gesetz"), ("state", "Staat")],
        ),
        (
            "plain items under a heading",
            "## Words\n\n- law – Gesetz\n- state – Staat\n",
            [("law", "Gesetz"), ("state", "Staat")],
        ),
        (
            "numbered",
            "## Words\n\n1. law: Gesetz\n2. state: Staat\n",
            [("law", "Gesetz"), ("state", "Staat")],
        ),
        (
            "definitions",
            "law\n: Gesetz\n\nstate\n: Staat\n",
            [("law", "Gesetz"), ("state", "Staat")],
        ),
        (
            "question mark",
            "law\n?\nGesetz\n\nstate\n??\nStaat\n",
            [("law", "Gesetz"), ("state", "Staat")],
        ),
        (
            "nested items",
            "# Words\n- law\n  - Gesetz\n- state\n  - Staat\n",
            [("law", "Gesetz"), ("state", "Staat")],
        ),
        (
            "tight colons",
            "#flashcards\n\nlaw::Gesetz\nstate:::Staat\n",
            [("law", "Gesetz"), ("state", "Staat")],
        ),
        (
            "task list",
            "# Words\n- [ ] **law**: Gesetz\n- [x] **state**: Staat\n",
            [("law", "Gesetz"), ("state", "Staat")],
        ),
    ] {
        assert_eq!(pairs(&reading(text)), expected, "{name}");
    }
}

#[test]
fn a_definition_may_have_several_lines() {
    let reading = reading(
        "tide\n:   rise and fall\n    of the sea\n:   a movement\n\nebb\n?\nwater\ngoing out\n",
    );
    assert_eq!(
        pairs(&reading),
        [("tide", "rise and fall\nof the sea\na movement"), ("ebb", "water\ngoing out")]
    );
    assert_eq!(reading.drafts[1].line, 6);
}

#[test]
fn front_matter_names_deck_and_tags() {
    let reading = reading(
        "---\ntitle: x\ndeck: Law::Terms\ntags: [civil, law school]\n---\n\nbail :: Kaution\n",
    );
    assert_eq!(reading.deck.as_deref(), Some("Law::Terms"));
    assert_eq!(reading.drafts[0].fields.tags, ["civil", "law_school"]);
    assert_eq!(reading.drafts[0].line, 7);
}

#[test]
fn obsidian_flashcards_are_read_and_their_schedule_is_said() {
    let reading = reading(
        "#flashcards/geo #rivers\n\nWhere does the Rhine end?::In the ==North Sea== <!--SR:!2026-01-02,3,250-->\n\
         Rhône:::Genf\n",
    );
    assert_eq!(
        pairs(&reading),
        [("Where does the Rhine end?", "In the ==North Sea=="), ("Rhône", "Genf")]
    );
    assert_eq!(reading.drafts[0].fields.tags, ["geo", "rivers"]);
    assert_eq!(reading.reports, ["1 schedule of another program left out"]);
}

#[test]
fn org_tables_and_drills_are_read() {
    let reading = reading(
        "#+TITLE: Words\n* Body\n| word | meaning |\n|------+---------|\n| Arm | arm |\n| Bein | leg |\n\
         * Capital of Chad :drill:geo:\nSCHEDULED: <2026-01-01>\n:PROPERTIES:\n:ID: x\n:END:\n\
         ** Answer\nN'Djamena\n* Plain :drill:\nWhich way?\n** Back\nThat way.\n",
    );
    assert_eq!(
        pairs(&reading),
        [
            ("Arm", "arm"),
            ("Bein", "leg"),
            ("Capital of Chad", "N'Djamena"),
            ("Which way?", "That way.")
        ]
    );
    assert_eq!(reading.drafts[0].fields.tags, ["Body"]);
    assert_eq!(reading.drafts[2].fields.tags, ["geo"]);
}

#[test]
fn code_and_comments_are_no_cards() {
    let reading = reading("# x\n```\na :: b\n```\n<!-- c :: d -->\ne :: f\n");
    assert_eq!(pairs(&reading), [("e", "f")]);
    assert_eq!(reading.reports, ["1 line of code left out"]);
}

#[test]
fn other_texts_are_not_taken() {
    for text in [
        "- one\n- two\n- three\n",
        "# A title\n\nSome prose about **things**.\n\nMore of it, line by line.\n",
        "a :: b\nc :: d\n",
        "# comment\na\tb\nc\td\n",
        "- term: a\n  meaning: b\n- term: c\n  meaning: d\n",
        "|a|b|\n|c|d|\n",
        "# Title\n\nLong text that says a lot.\n\nAnd goes on to say more.\n\nAnd more still.\n\n**Note**: beware.\n",
    ] {
        assert!(!super::looks_like(text), "{text}");
    }
    let error = super::read("# x\n\ny\n", &ReadOptions::default()).unwrap_err();
    assert!(matches!(error, ReadError::NoDeck { .. }));
}

#[test]
fn a_text_has_a_hundred_labels_at_most() {
    let labels: Vec<String> = (1..=20_000).map(|n| format!("#a{n}")).collect();
    let rows: String = (1..=200).map(|n| format!("front {n} :: back {n}\n")).collect();
    let reading = reading(&format!(
        "{}\n{rows}\n| Word | Meaning |\n|---|---|\n| x | y |\n",
        labels.join(" ")
    ));
    assert_eq!(reading.drafts.len(), 201);
    for draft in &reading.drafts {
        assert_eq!(draft.fields.tags.len(), 100);
    }
    let warnings: Vec<u32> = reading.warnings.iter().map(|warning| warning.line).collect();
    assert_eq!(warnings, [0]);
}
