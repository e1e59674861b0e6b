//! `import`: a plan first, then one step.

use serde_json::{Value, json};

use crate::common::{Desk, table, text};

const ROWS: [(&str, &str); 3] =
    [("银行", "bank"), ("国家", "country"), ("图书馆", "public library")];

const ARTICLE: &str = include_str!("../../decks/drinking-water.txt");

/// Returns the buckets of a FILE, which must sum to its rows.
fn buckets(file: &Value) -> Vec<(&'static str, u64)> {
    let names = [
        "added",
        "updated",
        "renamed",
        "unchanged",
        "duplicates",
        "conflicts",
        "skipped",
        "rejected",
    ];
    let count = |name: &str| file[name].as_u64().unwrap_or_else(|| panic!("{name}: {file}"));
    let counts: Vec<_> = names.into_iter().map(|name| (name, count(name))).collect();
    assert_eq!(counts.iter().map(|(_, n)| n).sum::<u64>(), count("rows"), "{file}");
    counts.into_iter().filter(|(_, n)| *n > 0).collect()
}

fn actions(file: &Value) -> Vec<String> {
    let notes = file["notes"].as_array().expect("notes are listed");
    notes.iter().map(|note| text(&note["action"])).collect()
}

#[test]
fn without_yes_only_the_plan_is_shown_and_the_exit_status_is_1() {
    let desk = Desk::new();
    desk.write("terms.tsv", table(&ROWS));
    let run = desk.run(&["import", "terms.tsv"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.out.contains("银行 = bank"), "{run:?}");
    assert!(run.err.contains("--yes"), "{run:?}");
    let (status, report) = desk.json_and_status(&["import", "terms.tsv"]);
    assert_eq!((status, &report["import"]), (1, &Value::Null), "{report}");
    assert_eq!(desk.json(&["decks"]), json!({ "decks": [] }));
}

#[test]
fn a_dry_run_lists_every_row_and_writes_nothing() {
    let desk = Desk::new();
    desk.write("terms.tsv", "银行\tbank\n银行\tbank\n国家\n图书馆\tlibrary\n");
    let before = desk.run(&["due"]);
    assert_eq!(before.status, 0);
    let tables = desk.tables();
    let report = desk.json(&["import", "terms.tsv", "--dry-run"]);
    assert_eq!((&report["import"], &report["dry_run"]), (&Value::Null, &json!(true)));
    let file = &report["files"][0];
    assert_eq!(buckets(file), [("added", 2), ("duplicates", 1), ("rejected", 1)]);
    let mut rows = actions(file);
    rows.sort();
    assert_eq!(rows, ["add", "add", "duplicate", "reject"]);
    let rejected = file["notes"].as_array().unwrap().iter().find(|row| row["action"] == "reject");
    assert_eq!(rejected.unwrap()["line"], 3);
    assert_eq!(desk.tables(), tables);
    assert_eq!(desk.run(&["import", "terms.tsv", "--dry-run"]).status, 0);
}

#[test]
fn the_shape_of_a_file_and_of_a_note_is_the_documented_one() {
    let desk = Desk::new();
    desk.write("terms.tsv", table(&ROWS));
    let report = desk.json(&["import", "terms.tsv", "--dry-run"]);
    let file = &report["files"][0];
    for (name, value) in
        [("path", "terms.tsv"), ("format", "delimited"), ("encoding", "UTF-8"), ("deck", "terms")]
    {
        assert_eq!(file[name], value, "{name}");
    }
    for list in ["warnings", "reports", "notes"] {
        assert!(file[list].is_array(), "{list}: {file}");
    }
    assert_eq!(file["gone"], 0);
    let wanted = json!({
        "action": "add", "line": 1, "kind": "term", "front": "银行", "back": "bank",
        "reading": "", "note": "", "example": "", "source": "", "tags": [],
        "confidence": 1.0, "ticked": true, "reason": "",
    });
    assert_eq!(file["notes"][0], wanted);
}

#[test]
fn with_yes_the_notes_are_there_and_the_import_has_an_id() {
    let desk = Desk::new();
    desk.write("terms.tsv", table(&ROWS));
    let report = desk.json(&["import", "terms.tsv", "--yes"]);
    assert_eq!(text(&report["import"]).len(), 32);
    assert_eq!(report["dry_run"], false);
    let file = &report["files"][0];
    assert_eq!(buckets(file), [("added", 3)]);
    assert_eq!(file.get("notes"), None, "{file}");
    assert_eq!(desk.json(&["due"]), json!({ "new": 3, "due": 0, "drill": 0 }));
}

#[test]
fn the_same_file_again_is_answered_at_once_and_writes_nothing() {
    let desk = Desk::with_terms(&ROWS);
    let before = desk.tables();
    let said = desk.ok(&["import", "terms.tsv"]);
    assert!(said.contains("already imported on 2026-11-23 12:00, nothing to do"), "{said}");
    let report = desk.json(&["import", "terms.tsv", "--yes"]);
    assert_eq!(report["import"], Value::Null, "{report}");
    assert_eq!(buckets(&report["files"][0]), [("unchanged", 3)]);
    assert_eq!(desk.tables(), before);
}

#[test]
fn an_article_counts_the_class_of_every_line() {
    let desk = Desk::new();
    desk.write("water.txt", ARTICLE);
    let report = desk.json(&["import", "water.txt", "--dry-run"]);
    let file = &report["files"][0];
    assert_eq!((&file["format"], &file["deck"]), (&json!("article"), &json!("Articles")));
    buckets(file);
    let classes = file["lines"].as_object().expect("classes of lines");
    let names: Vec<&str> = classes.keys().map(String::as_str).collect();
    let wanted =
        ["pair", "heading", "attribution", "metadata", "context", "boilerplate", "unpaired"];
    assert_eq!(names, wanted);
    let counted: u64 = classes.values().filter_map(Value::as_u64).sum();
    let written = ARTICLE.lines().filter(|line| !line.trim().is_empty()).count();
    assert_eq!(counted, written as u64);
    assert!(actions(file).iter().any(|action| action == "skip"), "quotations are not chosen");
}

#[test]
fn only_the_kinds_that_are_chosen_become_notes() {
    let kinds_of = |kinds: &str| {
        let desk = Desk::new();
        desk.write("water.txt", ARTICLE);
        desk.json(&["import", "water.txt", "--yes", "--kinds", kinds]);
        let document = desk.document();
        let mut kinds: Vec<String> =
            document["notes"].as_array().unwrap().iter().map(|note| text(&note["kind"])).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds_of("quotation"), ["quotation"]);
    assert_eq!(kinds_of("term"), ["term"]);
    assert_eq!(kinds_of("term,sentence,quotation"), ["quotation", "sentence", "term"]);
}

#[test]
fn an_attribution_is_part_of_the_source() {
    let desk = Desk::new();
    desk.write("water.txt", ARTICLE);
    desk.json(&["import", "water.txt", "--yes", "--kinds", "quotation"]);
    let notes = desk.search("kind:quotation");
    let attributions = ARTICLE.lines().filter(|line| line.starts_with("——")).count();
    assert_eq!(notes.iter().filter(|note| note["source"] != "").count(), attributions);
}

#[test]
fn deck_direction_columns_and_delimiter_can_be_said() {
    let desk = Desk::new();
    desk.write("list.txt", "bank ~ 银行 ~ money\nriver ~ 河 ~ nature\n");
    let args = [
        "import",
        "list.txt",
        "--yes",
        "--deck",
        "Chinese::Words",
        "--direction",
        "forward",
        "--columns",
        "back,front,tags",
        "--delimiter",
        "~",
        "--no-header",
        "--format",
        "delimited",
    ];
    let report = desk.json(&args);
    assert_eq!(report["files"][0]["deck"], "Chinese::Words");
    let note = desk.note("银行");
    assert_eq!(note["back"], "bank");
    assert_eq!(note["tags"], json!(["money"]));
    assert_eq!(note["cards"].as_array().unwrap().len(), 1);
}

#[test]
fn standard_input_is_a_file_too() {
    let desk = Desk::new();
    let run = desk.run_with(&["import", "-", "--yes", "--deck", "A", "--json"], table(&ROWS));
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{run:?}");
    let report: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report["files"][0]["path"], "-");
    assert_eq!(desk.fronts("deck:A").len(), 3);
}

#[test]
fn a_folder_means_every_deck_file_in_it() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("decks")).unwrap();
    desk.write("decks/a.tsv", table(&ROWS));
    desk.write("decks/b.csv", "front,back\nuno,one\ndos,two\n");
    let report = desk.json(&["import", "decks", "--yes"]);
    let files = report["files"].as_array().unwrap();
    let decks: Vec<String> = files.iter().map(|file| text(&file["deck"])).collect();
    assert_eq!(decks, ["a", "b"]);
    assert_eq!(desk.json(&["due"])["new"], 5);
}

#[test]
fn what_is_no_deck_is_left_out_of_a_folder_but_an_error_where_it_is_named() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("decks")).unwrap();
    desk.write("decks/a.tsv", table(&ROWS));
    desk.write("decks/prose.txt", "Nothing in here is a pair of anything at all.\n");
    let run = desk.run(&["import", "decks/a.tsv", "decks/prose.txt", "--yes"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.err.contains("error: decks/prose.txt: "), "{run:?}");
    let run = desk.run(&["import", "decks", "--yes"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.err.contains("decks/prose.txt: no deck file, left out"), "{run:?}");
}

#[test]
fn a_note_that_the_learner_moved_stays_where_it_is_and_is_unchanged() {
    let desk = Desk::with_terms(&ROWS);
    desk.json(&["move", "Other", "--search", "国家"]);
    let before = desk.tables();
    let report = desk.json(&["import", "terms.tsv", "--yes"]);
    assert_eq!(buckets(&report["files"][0]), [("unchanged", 3)]);
    assert_eq!(desk.note("国家")["deck"], "Other");
    assert_eq!(desk.tables(), before);
}

#[test]
fn a_date_at_the_end_of_the_name_is_no_part_of_the_deck() {
    let desk = Desk::new();
    assert_eq!(desk.import("terms-2026-11-23.tsv", table(&ROWS))["deck"], "terms");
    let next = desk.import("terms-2026-11-24.tsv", table(&ROWS));
    assert_eq!(buckets(&next), [("unchanged", 3)]);
}

#[test]
fn a_file_that_is_no_deck_is_refused_with_what_was_looked_for() {
    let desk = Desk::new();
    desk.write("prose.txt", "Nothing in here is a pair of anything at all.\n");
    let said = desk.fails(&["import", "prose.txt", "--yes"]);
    assert!(said.starts_with("error: prose.txt: "), "{said}");
    assert!(said.contains("hint: "), "{said}");
    let said = desk.fails(&["import", "missing.tsv", "--yes"]);
    assert!(said.contains("missing.tsv"), "{said}");
}

#[test]
fn a_note_that_the_learner_deleted_is_not_brought_back() {
    let desk = Desk::with_terms(&ROWS);
    let id = text(&desk.note("国家")["id"]);
    desk.ok(&["delete", &id]);
    let again = desk.import("terms.tsv", table(&ROWS));
    assert_eq!(buckets(&again), [("unchanged", 2), ("skipped", 1)]);
    assert!(desk.fronts("国家").is_empty());
}

#[test]
fn rows_that_left_the_file_are_suspended_only_when_that_is_asked_for() {
    let rows: Vec<(String, String)> =
        (0..10).map(|n| (format!("词{n}"), format!("word {n}"))).collect();
    let all: Vec<(&str, &str)> = rows.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let desk = Desk::with_terms(&all);
    assert_eq!(desk.import("terms.tsv", table(&all[..9]))["gone"], 1);
    assert!(desk.fronts("is:suspended").is_empty());
    desk.write("terms.tsv", table(&all[1..9]));
    desk.json(&["import", "terms.tsv", "--yes", "--prune"]);
    assert!(desk.fronts("is:suspended").contains(&"词0".to_owned()));
    desk.write("terms.tsv", table(&all[..3]));
    let said = desk.fails(&["import", "terms.tsv", "--yes", "--prune"]);
    assert!(said.contains("no longer in the file"), "{said}");
    desk.import("terms.tsv", table(&all));
    assert!(desk.fronts("is:suspended").is_empty(), "back in the file, back in the queue");
    desk.is_sound();
}

/// Returns a desk whose learner changed a back, and the file that changed it too.
fn both_changed() -> (Desk, String) {
    let desk = Desk::with_terms(&ROWS);
    desk.ok(&["edit", &text(&desk.note("国家")["id"]), "back=state"]);
    (desk, table(&ROWS).replace("country", "nation"))
}

#[test]
fn text_that_both_sides_changed_stays_the_learners() {
    let (desk, changed) = both_changed();
    let file = desk.import("terms.tsv", &changed);
    assert_eq!(buckets(&file), [("unchanged", 2), ("conflicts", 1)]);
    assert_eq!(desk.note("国家")["back"], "state");
}

#[test]
fn text_that_both_sides_changed_is_the_files_with_theirs() {
    let (desk, changed) = both_changed();
    desk.write("terms.tsv", changed);
    let plan = desk.json(&["import", "terms.tsv", "--dry-run"]);
    assert_eq!(buckets(&plan["files"][0]), [("unchanged", 2), ("conflicts", 1)]);
    let report = desk.json(&["import", "terms.tsv", "--yes", "--theirs"]);
    assert_eq!(buckets(&report["files"][0]), [("updated", 1), ("unchanged", 2)]);
    assert_eq!(desk.note("国家")["back"], "nation");
}

#[test]
fn a_conflict_that_was_reported_can_still_be_settled_with_theirs() {
    let (desk, changed) = both_changed();
    desk.import("terms.tsv", changed);
    desk.json(&["import", "terms.tsv", "--yes", "--theirs"]);
    assert_eq!(desk.note("国家")["back"], "nation");
}

#[test]
fn several_files_are_summed_up_and_a_mistyped_one_stops_all() {
    let desk = Desk::new();
    desk.write("one.tsv", "水\twater\n火\tfire\n");
    desk.write("two.tsv", "山\tmountain\n河\triver\n风\n");
    let out = desk.ok(&["import", "one.tsv", "two.tsv", "--yes"]);
    assert!(out.ends_with("2 files: 4 new, 1 rejected\n"), "{out}");
    desk.write("three.tsv", "云\tcloud\n雨\train\n");
    let error = desk.fails(&["import", "three.tsv", "four.tsv", "--yes"]);
    assert!(error.contains("four.tsv"), "{error}");
    assert!(desk.search("云").is_empty());
}

#[test]
fn columns_that_leave_out_a_side_are_refused() {
    let desk = Desk::new();
    desk.write("terms.tsv", "uno\tone\ndos\ttwo\n");
    for columns in ["front", "front,note", "back,reading"] {
        let error = desk.fails(&["import", "terms.tsv", "--yes", "--columns", columns]);
        assert!(error.contains("no column is named as the"), "{error}");
    }
}

#[test]
fn one_file_that_cannot_be_applied_leaves_the_others_alone() {
    let desk = Desk::new();
    desk.write("b.tsv", "水\twater\n火\tfire\n木\ttree\n");
    desk.ok(&["import", "b.tsv", "--yes"]);
    desk.write("a.tsv", "uno\tone\ndos\ttwo\n");
    desk.write("b.tsv", "水\twater\n金\tgold\n");
    desk.write("c.tsv", "un\tone\ndeux\ttwo\n");
    let (status, report) =
        desk.json_and_status(&["import", "a.tsv", "b.tsv", "c.tsv", "--yes", "--prune"]);
    assert_eq!(status, 1);
    let files = report["files"].as_array().unwrap();
    assert!(files[1]["error"].as_str().unwrap().contains("too many"), "{report}");
    assert!(files[0]["import"].is_string() && files[2]["import"].is_string(), "{report}");
    assert_eq!(desk.fronts("un"), ["un", "uno"]);
}
