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
fn a_cell_that_is_too_long_is_left_alone() {
    let text =
        format!("| word | meaning |\n|---|---|\n| a | {} |\n| b | c |\n", "<b>".repeat(30_000));
    let reading = reading(&text);
    assert_eq!(pairs(&reading), [("b", "c")]);
    assert!(reading.rejected[0].to_string().contains("90000 bytes"), "{:?}", reading.rejected);
}

#[test]
fn a_text_has_a_hundred_labels_at_most() {
    let labels: Vec<String> = (1..=20_000).map(|n| format!("#a{n}")).collect();
    let rows: String =
        (1..=200).map(|n| format!("front {n} :: back {n}\n")).collect::<Vec<_>>().concat();
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

/// A text about a program, as they stand beside one.
const ABOUT: &str = "# quill\n\n[![build](https://example.org/b.svg)](https://example.org)\n\n\
    A small server for notes that are kept as plain files.\n\
    It watches a folder and shows what changed.\n\n\
    ## Features\n\n\
    - fast: starts in ten milliseconds\n- **small**: one file of two megabytes\n\
    - safe: writes to a copy first\n- **open**: every format is documented\n\n\
    ## Installation\n\n```sh\ncargo install quill\nquill init ~/notes\nquill serve --port 8080\n```\n\n\
    Then open the page that it names in a browser.\n\n\
    ## Options\n\n| Option | Default | Description |\n|---|---|---|\n\
    | `port` | 8080 | where it listens |\n| `root` | `.` | the folder |\n\n\
    See the manual for the others. Options may also stand in a file.\n\n\
    ## Contributing\n\nPatches are welcome. Please run the tests before you send one:\n\n\
    ```sh\ncargo test\ncargo clippy\n```\n\n\
    1. Fork it: the button is on top\n2. Change it: in a branch\n\n\
    ## License\n\nMIT or Apache, as you like.\n";

#[test]
fn a_text_about_a_program_is_no_deck() {
    assert!(!super::looks_like(ABOUT));
    match read(ABOUT.as_bytes(), "README.md", &ReadOptions::default(), &()) {
        Err(ReadError::NoDeck { .. }) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn items_beside_other_text_are_left_out_and_counted() {
    let table: String =
        (1..=12).map(|n| format!("| word {n} | Wort {n} |\n")).collect::<Vec<_>>().concat();
    let prose = "Some words on how to use the list.\n".repeat(16);
    let text = format!(
        "## Words\n\n{prose}\n- read: aloud\n- write: by hand\n\n| English | Deutsch |\n|---|---|\n{table}"
    );
    let reading = reading(&text);
    assert_eq!(reading.drafts.len(), 12);
    assert!(reading.drafts.iter().all(|draft| draft.fields.front.starts_with("word")));
    assert!(
        reading.reports.contains(&"18 lines of other text left out".to_owned()),
        "{:?}",
        reading.reports
    );
}

#[test]
fn a_table_of_something_in_a_longer_text_is_only_offered() {
    let table: String =
        (1..=12).map(|n| format!("| `key-{n}` | what {n} does |\n")).collect::<Vec<_>>().concat();
    let prose = "The keys can be changed in the file of settings.\n".repeat(16);
    let text = format!("## Keys\n\n{prose}\n| Key | Effect |\n|---|---|\n{table}");
    let reading = reading(&text);
    assert_eq!(reading.drafts.len(), 12);
    assert!(!reading.drafts.iter().any(crate::import::Draft::is_ticked));
    assert_eq!(reading.drafts[0].reason, "stands in a text of something else");
}
