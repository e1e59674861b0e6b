//! Home line by line: commands on standard input, words on standard output.

use crate::common::{Desk, Run, table};

const ROWS: [(&str, &str); 3] =
    [("银行", "bank"), ("国家", "country"), ("图书馆", "public library")];

/// Runs the conversation, which always ends well and quietly.
fn converse(desk: &Desk, input: &str) -> String {
    let Run { status, out, err } = desk.run_with(&["--plain"], input);
    assert_eq!((status, err.as_str()), (0, ""), "{input:?}: {out}");
    assert!(out.ends_with('\n') || input.contains("quit"), "{input:?}: {out}");
    out
}

/// Asserts that these words come in this order.
fn says(out: &str, words: &[&str]) {
    let mut rest = out;
    for word in words {
        let at = rest.find(word).unwrap_or_else(|| panic!("{word} is missing or misplaced: {out}"));
        rest = &rest[at + word.len()..];
    }
}

#[test]
fn without_input_it_says_what_scripts_rely_on_and_ends() {
    let desk = Desk::with_terms(&ROWS);
    let short = desk.ok(&[]);
    let listed = desk.ok(&["decks"]);
    assert_eq!(short, format!("0 due, 3 new\n{listed}"));
    let out = converse(&desk, "");
    says(&out, &["0 due, 3 new\n", "1. terms: 0 due, 3 new, 3 notes", "help lists the commands"]);
    assert_eq!(desk.json(&[]), serde_json::json!({ "new": 3, "due": 0, "drill": 0 }));
}

#[test]
fn commands_on_standard_input_are_taken_without_a_terminal() {
    let desk = Desk::with_terms(&ROWS);
    let run = desk.run_with(&[], "decks\nquit\nreview\n");
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{run:?}");
    says(&run.out, &["1. terms: 0 due, 3 new, 3 notes", "1 deck, 0 due, 3 new in all"]);
    assert!(!run.out.contains("Front: "), "nothing comes after quit");
}

#[test]
fn help_names_every_command_and_prompts_end_in_a_colon() {
    let desk = Desk::new();
    let out = converse(&desk, "help\nsamples\nnonsense\n\n");
    for command in ["review", "practise", "decks", "import", "add", "browse", "stats", "quit"] {
        assert!(out.lines().any(|line| line.trim_start_matches("Command: ").starts_with(command)));
    }
    says(&out, &["to begin: import FILE", "247 notes", "no command nonsense; help lists them"]);
    assert!(out.trim_end().ends_with("Command:"), "{out}");
}

#[test]
fn a_review_starts_by_name_or_number_and_comes_back() {
    let desk = Desk::with_terms(&ROWS);
    let out = converse(&desk, "review 1\n\n3\n:q\nreview terms\n\n4\n:q\npractise\n:q\ndecks\n");
    says(
        &out,
        &["Front: 银行", "taken: 1d", "Front: 国家", "[practice]", "1. terms: 0 due, 1 new"],
    );
    assert_eq!(desk.document()["events"].as_array().unwrap().len(), 2);
    let out = converse(&desk, "review term\nreview 2\n");
    says(&out, &["error: no deck term; did you mean terms?", "error: no deck 2"]);
}

#[test]
fn rows_of_an_import_are_left_out_by_their_numbers() {
    let desk = Desk::new();
    desk.write("terms.tsv", table(&ROWS));
    let out = converse(&desk, "import terms.tsv\n2-3\n3\n9\nyes\ndecks\n");
    says(
        &out,
        &[
            "terms.tsv: delimited, UTF-8, deck terms",
            "3 new",
            "1. add: 银行 = bank",
            "Import 3 rows? yes, no, or numbers of rows to leave out or take in again: ",
            "2. left out: 国家 = country",
            "3. left out: 图书馆",
            "Import 1 row?",
            "3. add: 图书馆",
            "give yes, no, or numbers from 1 to 3",
            "Import 2 rows?",
            "imported: 2 new, 1 skipped",
            "1. terms: 0 due, 2 new, 2 notes",
        ],
    );
    assert_eq!(desk.fronts(""), ["银行", "图书馆"]);
}

#[test]
fn many_rows_are_read_out_page_by_page() {
    let desk = Desk::new();
    let rows: Vec<(String, String)> =
        (1..=45).map(|n| (format!("词{n}"), format!("word {n}"))).collect();
    let rows: Vec<_> = rows.iter().map(|(front, back)| (front.as_str(), back.as_str())).collect();
    desk.write("words.tsv", table(&rows));
    let out = converse(&desk, "import words.tsv\nmore\nm\nno\n");
    says(
        &out,
        &["20. add", "25 rows more", "40. add", "5 rows more", "45. add", "nothing imported"],
    );
    assert!(desk.fronts("").is_empty());
}

#[test]
fn nothing_is_imported_when_the_input_ends_at_the_question() {
    let desk = Desk::new();
    desk.write("terms.tsv", table(&ROWS));
    converse(&desk, "import terms.tsv\n");
    assert!(desk.fronts("").is_empty());
    let out =
        converse(&desk, "import terms.tsv\ny\nimport terms.tsv\nimport nowhere.tsv\nimport\n");
    says(
        &out,
        &["imported: 3 new", "3 unchanged", "nothing to do", "error: nowhere.tsv", "FILE is"],
    );
}

#[test]
fn a_note_is_added_and_taken_back() {
    let desk = Desk::with_terms(&ROWS);
    let out = converse(&desk, "add\nterms\n國家\nstate\nguójiā\n\nlaw city\n");
    says(&out, &["Deck, empty for Default: ", "1 note of this deck has this front: country"]);
    says(&out, &["Tags: ", "2 cards added to terms; undo takes that back"]);
    assert_eq!(desk.note("國家")["tags"], serde_json::json!(["city", "law"]));
    let out = converse(&desk, "undo\nadd\n\n水\nwater\n\n\n\nundo\nundo\nadd\n\n\n");
    says(
        &out,
        &["nothing to take back", "taken back: adding 水", "nothing to take back", "nothing added"],
    );
    assert_eq!(desk.json(&["decks"])["decks"].as_array().unwrap().len(), 1, "Default went, too");
    let out = converse(&desk, "add\n\n水\n\n\n\n\n");
    says(&out, &["error: a note needs a front and a back"]);
    desk.is_sound();
}

#[test]
fn a_note_is_found_shown_edited_and_suspended() {
    let desk = Desk::with_terms(&ROWS);
    let out = converse(
        &desk,
        "browse library\n7\n1\nedit note reading room\nedit back\nlibrary\nedit colour x\nsuspend\n\
         suspend\nunsuspend\n\n\nbrowse reading\n\n",
    );
    says(
        &out,
        &[
            "1 note",
            "1. 图书馆 = public library, deck terms",
            "there are notes 1 to 1",
            "front: 图书馆",
            "card forward: new",
            "changed",
            "New back: changed",
            "error: `colour` is no field",
            "2 cards suspended",
            "0 cards suspended",
            "2 cards put back",
            "1. 图书馆 = library, deck terms",
        ],
    );
    let note = desk.note("图书馆");
    assert_eq!((&note["note"], &note["back"]), (&"reading room".into(), &"library".into()));
    let out = converse(&desk, "browse (\nbrowse nothing-like-this\nquit\n");
    says(&out, &["error: something is missing here", "0 notes", "Command:"]);
}

#[test]
fn every_change_of_a_note_is_taken_back_and_made_again() {
    let desk = Desk::with_terms(&ROWS);
    let out = converse(
        &desk,
        "browse library\n1\nedit back library\nsuspend\n\n\nadd\nNew\n图书馆\nx\n\n\n\n\
         undo\nundo\nundo\nundo\nredo\nredo\nredo\nredo\nundo\nundo\n",
    );
    says(
        &out,
        &[
            "this front is also in terms (library)",
            "taken back: adding 图书馆",
            "taken back: suspending 2 cards",
            "taken back: edit of 图书馆",
            "nothing to take back",
            "done again: edit of 图书馆",
            "done again: suspending 2 cards",
            "done again: adding 图书馆",
            "nothing to do again",
            "taken back: adding 图书馆",
            "taken back: suspending 2 cards",
        ],
    );
    let note = desk.note("图书馆");
    assert_eq!((&note["deck"], &note["back"]), (&"terms".into(), &"library".into()));
    assert_eq!(note["cards"][0]["state"]["suspended"], false);
    desk.is_sound();
}

#[test]
fn settings_are_listed_and_changed() {
    let desk = Desk::new();
    let out =
        converse(&desk, "settings rollover_hour 3\nsettings\nsettings rollover_hour 99\nset x\n");
    says(&out, &["rollover_hour = 3", "rollover_hour = 3", "error: ", "VALUE is missing"]);
    assert!(desk.read("config.toml").contains("rollover_hour = 3"));
}

#[test]
fn hostile_text_is_harmless_in_every_answer() {
    let desk = Desk::new();
    desk.write("bad.tsv", "a\u{1b}[2Jb\tc\u{9b}d\u{202e}e\n");
    let deck = "d\u{1b}]0;x\u{7}";
    desk.json(&["add", "x\u{1b}[31m", "y\u{202e}", "--deck", deck]);
    let input =
        "import bad.tsv\ny\ndecks\nbrowse\n1\nedit \u{1b}[0m\n\n\n\u{1b}]52;c;x\u{7}\nreview\n\n";
    let out = converse(&desk, input);
    let strange =
        out.chars().find(|c| (c.is_control() && *c != '\n') || matches!(c, '\u{202e}' | '\u{9b}'));
    assert_eq!(strange, None, "{out:?}");
}
