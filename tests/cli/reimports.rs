//! A file that comes again after the learner or the file changed something.

use serde_json::{Value, json};

use crate::common::{Desk, table, text};

use super::documents::newest;

const ROWS: [(&str, &str); 3] =
    [("银行", "bank"), ("国家", "country"), ("图书馆", "public library")];

/// Returns the named counts of a FILE, in the order asked for.
fn counts<const N: usize>(file: &Value, names: [&str; N]) -> [u64; N] {
    names.map(|name| file[name].as_u64().unwrap_or_else(|| panic!("{name}: {file}")))
}

/// Returns what a FILE says about settings of before.
fn settings(file: &Value) -> Vec<String> {
    let reports = file["reports"].as_array().unwrap().iter().map(text);
    reports.filter(|report| report.contains("setting")).collect()
}

fn grown() -> String {
    table(&ROWS) + "学校\tschool\n"
}

fn deck_names(desk: &Desk) -> Vec<String> {
    let decks = desk.json(&["decks"]);
    decks["decks"].as_array().unwrap().iter().map(|deck| text(&deck["name"])).collect()
}

fn ids(desk: &Desk, query: &str) -> Vec<String> {
    desk.search(query).iter().map(|note| text(&note["id"])).collect()
}

#[test]
fn a_deck_that_was_renamed_takes_its_file_again() {
    let desk = Desk::with_terms(&ROWS);
    desk.ok(&["decks", "rename", "terms", "Foo"]);
    let file = desk.import("terms.tsv", grown());
    assert_eq!(counts(&file, ["added", "unchanged"]), [1, 3]);
    assert_eq!(deck_names(&desk), ["Foo"]);
}

#[test]
fn the_deck_that_was_named_once_need_not_be_named_again() {
    let desk = Desk::new();
    desk.write("terms-2026-11-22.tsv", table(&ROWS));
    desk.json(&["import", "terms-2026-11-22.tsv", "--yes", "--deck", "X"]);
    let file = desk.import("terms-2026-11-23.tsv", grown());
    assert_eq!((&file["deck"], &file["added"]), (&json!("X"), &json!(1)));
    // What comes through a pipe has no name by which it could be known again.
    desk.run_with(&["import", "-", "--yes", "--deck", "X"], table(&ROWS));
    let run = desk.run_with(&["import", "-", "--yes", "--json"], "水\twater\n茶\ttea\n");
    let report: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report["files"][0]["deck"], "Imported");
}

#[test]
fn a_deck_of_an_import_that_was_taken_back_is_forgotten() {
    let desk = Desk::new();
    desk.write("terms.tsv", table(&ROWS));
    let report = desk.json(&["import", "terms.tsv", "--yes", "--deck", "Wrong"]);
    desk.json(&["imports", "undo", &text(&report["import"])]);
    assert_eq!(desk.import("terms.tsv", table(&ROWS))["deck"], "terms");
    assert_eq!(deck_names(&desk), ["terms"]);
}

#[test]
fn a_note_that_was_moved_stays_in_its_new_deck() {
    let desk = Desk::with_terms(&ROWS);
    let id = text(&desk.note("国家")["id"]);
    desk.ok(&["move", "Mine", &id]);
    let before = desk.tables();
    let file = desk.import("terms.tsv", table(&ROWS) + "\n");
    assert_eq!(counts(&file, ["unchanged", "renamed", "gone"]), [3, 0, 0]);
    assert_eq!(desk.tables(), before);
    let file = desk.import("terms.tsv", table(&ROWS).replace("country", "nation"));
    assert_eq!(counts(&file, ["updated", "added", "gone"]), [1, 0, 0]);
    let note = desk.note("国家");
    assert_eq!(
        (text(&note["id"]), &note["deck"], &note["back"]),
        (id, &json!("Mine"), &json!("nation"))
    );
}

#[test]
fn a_deck_that_was_deleted_does_not_come_back_with_its_file() {
    let desk = Desk::with_terms(&ROWS);
    desk.ok(&["decks", "delete", "terms"]);
    let file = desk.import("terms.tsv", table(&ROWS));
    assert_eq!(counts(&file, ["skipped", "added"]), [3, 0]);
    assert!(deck_names(&desk).is_empty());
}

#[test]
fn a_new_sense_is_added_though_another_sense_was_deleted() {
    let desk = Desk::with_terms(&[("bank", "river side"), ("tree", "plant")]);
    desk.ok(&["delete", &text(&desk.note("bank")["id"])]);
    let file = desk.import("terms.tsv", table(&[("bank", "money house"), ("tree", "plant")]));
    assert_eq!(counts(&file, ["added", "skipped"]), [1, 0]);
    assert_eq!(desk.note("bank")["back"], "money house");
}

#[test]
fn a_row_with_the_id_of_a_note_that_went_with_its_import_is_a_new_note() {
    let desk = Desk::with_terms(&ROWS);
    desk.json(&["answer", &desk.card("国家"), "4"]);
    let id = text(&desk.note("国家")["id"]);
    let import = text(&desk.json(&["imports"])["imports"][0]["id"]);
    desk.json(&["imports", "undo", &import, "--force"]);
    let rows = format!("id\tfront\tback\n{id}\t国家\tcountry\n");
    assert_eq!(desk.import("mine.tsv", rows)["added"], 1);
    assert_eq!(desk.note("国家")["back"], "country");
    desk.is_sound();
}

#[test]
fn an_import_brought_again_can_be_taken_back_again() {
    let desk = Desk::with_terms(&ROWS);
    desk.json(&["answer", &desk.card("国家"), "4"]);
    let newest = |desk: &Desk| text(&desk.json(&["imports"])["imports"][0]["id"]);
    desk.json(&["imports", "undo", &newest(&desk), "--force"]);
    desk.import("terms.tsv", table(&ROWS));
    let change = desk.json(&["imports", "undo", &newest(&desk), "--force"]);
    assert_eq!(change["notes"].as_array().unwrap().len(), 3, "{change}");
    assert!(desk.fronts("").is_empty());
    desk.is_sound();
}

#[test]
fn a_deck_asked_one_way_only_stays_so_when_its_file_comes_again() {
    let desk = Desk::with_terms(&ROWS);
    desk.ok(&["decks", "set", "terms", "direction=forward"]);
    let before = desk.tables();
    let file = desk.import("terms.tsv", table(&ROWS) + "\n");
    assert_eq!(file["unchanged"], 3, "{file}");
    assert_eq!(desk.tables(), before);
    desk.import("terms.tsv", grown().replace("country", "nation"));
    assert_eq!(desk.json(&["due"])["new"], 4);
}

#[test]
fn notes_that_left_their_file_stay_suspended_when_the_direction_is_turned() {
    let rows: Vec<(String, String)> = (0..4).map(|n| (format!("词{n}"), format!("w{n}"))).collect();
    let all: Vec<(&str, &str)> = rows.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let desk = Desk::with_terms(&all);
    desk.write("terms.tsv", table(&all[1..]));
    desk.json(&["import", "terms.tsv", "--yes", "--prune"]);
    for direction in ["forward", "reverse", "both"] {
        desk.ok(&["decks", "set", "terms", &format!("direction={direction}")]);
        let active = desk.search("-is:suspended");
        assert!(active.iter().all(|note| note["front"] != "词0"), "{direction}");
        assert_eq!(active.len(), 3, "{direction}");
    }
    let file = desk.import("terms.tsv", table(&all));
    assert_eq!(counts(&file, ["updated", "unchanged"]), [1, 3]);
    assert!(desk.search("is:suspended").is_empty());
    desk.is_sound();
}

#[test]
fn a_file_that_loses_a_row_at_a_time_is_pruned_each_time() {
    let rows: Vec<(String, String)> =
        (0..10).map(|n| (format!("词{n}"), format!("word {n}"))).collect();
    let all: Vec<(&str, &str)> = rows.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let desk = Desk::with_terms(&all);
    for left in 1..=5 {
        desk.write("terms.tsv", table(&all[left..]));
        let report = desk.json(&["import", "terms.tsv", "--yes", "--prune"]);
        assert_eq!(report["files"][0]["gone"], left, "{report}");
        assert!(report["import"].is_string(), "{report}");
        assert_eq!(desk.fronts("is:suspended").len(), left);
    }
    // Only notes that left before are gone: there is nothing to do.
    let before = desk.tables();
    desk.write("terms.tsv", table(&all[5..]) + "\n");
    let report = desk.json(&["import", "terms.tsv", "--yes", "--prune"]);
    assert_eq!((&report["import"], &report["files"][0]["gone"]), (&Value::Null, &json!(5)));
    assert_eq!(desk.tables(), before);
}

#[test]
fn a_correction_made_in_an_exported_file_is_not_overwritten_by_the_old_text() {
    let desk = Desk::with_terms(&ROWS);
    desk.ok(&["export", "-o", "x.tsv"]);
    let corrected = desk.read("x.tsv").replace("country", "state");
    assert_eq!(desk.import("x.tsv", corrected)["updated"], 1);
    let file = desk.import("terms.tsv", grown());
    assert_eq!(counts(&file, ["added", "unchanged", "updated"]), [1, 3, 0]);
    assert_eq!(desk.note("国家")["back"], "state");
}

#[test]
fn a_conflict_alone_writes_nothing_however_often_it_comes() {
    let desk = Desk::with_terms(&ROWS);
    desk.ok(&["edit", &text(&desk.note("国家")["id"]), "back=state"]);
    let before = desk.tables();
    for _ in 0..2 {
        let file = desk.import("terms.tsv", table(&ROWS).replace("country", "nation"));
        assert_eq!(counts(&file, ["conflicts", "unchanged"]), [1, 2]);
        assert_eq!(desk.tables(), before);
    }
}

#[test]
fn a_drill_of_a_known_file_asks_what_that_file_holds() {
    let desk = Desk::new();
    desk.import("v.tsv", table(&[("aa", "one"), ("bb", "two"), ("cc", "three")]));
    desk.import("v.tsv", table(&[("aa", "one"), ("dd", "four")]));
    let known = desk.ok(&["import", "v.tsv"]);
    assert!(known.contains("nothing to do"), "{known}");
    let told = desk.run(&["drill", "v.tsv"]);
    assert!(told.out.contains("2 new") || told.err.contains("2 new"), "{told:?}");
}

#[test]
fn a_file_whose_notes_another_file_changed_is_compared_again() {
    let desk = Desk::with_terms(&ROWS);
    desk.write("other.tsv", "国家\tnation\n水\twater\n");
    desk.json(&["import", "other.tsv", "--yes", "--deck", "terms"]);
    let said = desk.ok(&["import", "terms.tsv", "--dry-run"]);
    assert!(said.contains("country"), "{said}");
    let said = desk.ok(&["import", "terms.tsv", "--yes"]);
    assert!(!said.contains("already imported"), "{said}");
}

const WITH_DECKS: &str = "front\tback\tdeck\nuno\tone\tSpanish\neins\tone\tGerman\n";

#[test]
fn rows_with_decks_of_their_own_make_no_empty_deck() {
    let desk = Desk::new();
    assert_eq!(desk.import("words.tsv", WITH_DECKS)["added"], 2);
    assert_eq!(deck_names(&desk), ["German", "Spanish"]);
    assert_eq!(desk.import("words.tsv", WITH_DECKS.to_owned() + "\n")["unchanged"], 2);
}

#[test]
fn one_deck_for_all_moves_no_note_that_is_there() {
    let desk = Desk::new();
    desk.import("words.tsv", WITH_DECKS);
    let ids = ids(&desk, "");
    let rows = format!(
        "id\tfront\tback\tdeck\n{}\tuno\tone\tSpanish\n{}\teins\tone\tGerman\n",
        ids[0], ids[1]
    );
    desk.write("again.tsv", rows);
    let report = desk.json(&["import", "again.tsv", "--yes", "--deck", "Other"]);
    assert_eq!(counts(&report["files"][0], ["unchanged", "updated"]), [2, 0]);
    assert_eq!(report["import"], Value::Null);
    assert_eq!(deck_names(&desk), ["German", "Spanish"]);
}

#[test]
fn what_was_said_of_a_source_once_need_not_be_said_again() {
    let desk = Desk::new();
    desk.write("terms-2026-11-22.txt", "bank~银行~Geld\ncountry~国家~Land\n");
    let options = ["--delimiter", "~", "--columns", "back,front,note", "--direction", "forward"];
    let first = desk.json(&[&["import", "terms-2026-11-22.txt", "--yes"], &options[..]].concat());
    assert_eq!(first["files"][0]["added"], 2);

    let grown = "bank~银行~Geld\ncountry~国家~Land\nschool~学校~Haus\n";
    let file = desk.import("terms-2026-11-23.txt", grown);
    assert_eq!(counts(&file, ["added", "unchanged", "rejected"]), [1, 2, 0]);
    assert_eq!(
        file["reports"][0],
        "3 settings remembered: delimiter ~; columns back,front,note; direction forward"
    );
    assert_eq!(desk.search("学校")[0]["cards"].as_array().unwrap().len(), 1);
    // The same file once more, with the same said or nothing said, is known at once.
    for options in [&options[..], &[]] {
        let again = desk.ok(&[&["import", "terms-2026-11-23.txt", "--yes"], options].concat());
        assert!(again.contains("already imported"), "{again}");
    }
}

#[test]
fn settings_of_before_give_way_to_new_ones_and_to_a_file_that_differs() {
    let desk = Desk::new();
    desk.write("terms.txt", "银行~bank\n国家~country\n");
    desk.json(&["import", "terms.txt", "--yes", "--delimiter", "~"]);
    let file = desk.import("terms.txt", table(&ROWS));
    assert_eq!(counts(&file, ["added", "updated", "unchanged"]), [1, 0, 2]);
    assert_eq!(file["reports"][0], "1 setting of before left out, this file differs: delimiter ~");
    // From here on the delimiter is found out again.
    let file =
        desk.import("terms.txt", "银行~bank\n国家~country\n水~water\n图书馆~public library\n");
    assert_eq!(counts(&file, ["added", "unchanged"]), [1, 3]);
    assert_eq!(settings(&file), [""; 0]);
}

#[test]
fn nothing_else_of_one_import_becomes_the_default_of_the_next() {
    let desk = Desk::new();
    desk.write("terms.tsv", table(&ROWS));
    let report = desk.json(&["import", "terms.tsv", "--yes", "--columns", "back,front"]);
    // Another source knows nothing of it, nor does anybody once it is taken back.
    let other = desk.import("other.tsv", table(&ROWS));
    assert_eq!(settings(&other), [""; 0]);
    let wanted = desk.json(&["import", "terms.tsv", "--dry-run", "--no-profile"]);
    assert_eq!(wanted["files"][0]["notes"][0]["front"], "银行");
    desk.json(&["imports", "undo", &text(&report["import"])]);
    let again = desk.json(&["import", "terms.tsv", "--dry-run"]);
    assert_eq!(again["files"][0]["notes"][0]["front"], "银行");
    assert_eq!(settings(&again["files"][0]), [""; 0]);
}

#[test]
fn a_file_that_was_saved_anew_in_utf_8_is_not_read_in_the_encoding_of_before() {
    let desk = Desk::new();
    let (legacy, _, _) = encoding_rs::GB18030.encode("银行\tbank\n国家\tcountry\n");
    desk.write("terms.txt", legacy);
    desk.json(&["import", "terms.txt", "--yes", "--encoding", "gb18030"]);
    let file = desk.import("terms.txt", table(&ROWS));
    assert_eq!(counts(&file, ["added", "unchanged", "updated"]), [1, 2, 0]);
    assert_eq!(file["encoding"], "UTF-8");
    let marked = "\u{feff}水\twater\n".encode_utf16().flat_map(u16::to_le_bytes);
    let file = desk.import("terms.txt", marked.collect::<Vec<u8>>());
    assert_eq!((&file["encoding"], &file["added"]), (&json!("UTF-16LE"), &json!(1)), "{file}");
}

#[test]
fn numbers_that_move_on_to_other_words_carry_no_progress_with_them() {
    let desk = Desk::new();
    desk.import("terms.tsv", "id\tterm\tdefinition\n1\t水\twater\n2\t火\tfire\n");
    let (water, fire) = (desk.note("水")["id"].clone(), desk.note("火")["id"].clone());
    let grown = "id\tterm\tdefinition\n1\t木\ttree\n2\t水\twater\n3\t火\tfire\n";
    let file = desk.import("terms.tsv", grown);
    assert_eq!(counts(&file, ["added", "updated", "gone"]), [1, 0, 0], "{file}");
    assert_eq!((&desk.note("水")["id"], &desk.note("火")["id"]), (&water, &fire));
    // Where an id stands twice it says nothing.
    let twice = "id\tterm\tdefinition\n1\t红\tred\n1\t蓝\tblue\n";
    let file = desk.import("colours.tsv", twice);
    assert_eq!(counts(&file, ["added", "updated"]), [2, 0], "{file}");
    let file = desk.import("colours.tsv", "id\tterm\tdefinition\n1\t蓝\tblue\n1\t绿\tgreen\n");
    assert_eq!(counts(&file, ["added", "updated", "unchanged"]), [1, 0, 1], "{file}");
}

#[test]
fn an_id_still_finds_the_note_whose_word_was_corrected() {
    let desk = Desk::new();
    desk.import("terms.tsv", "id\tterm\tdefinition\n1\t水\twater\n2\t火\tfire\n");
    let water = desk.note("水")["id"].clone();
    let file =
        desk.import("terms.tsv", "id\tterm\tdefinition\n1\t河水\triver water\n2\t火\tfire\n");
    assert_eq!(counts(&file, ["added", "gone"]), [0, 0], "{file}");
    assert_eq!(desk.note("河水")["id"], water);
}

#[test]
fn a_row_that_names_the_default_deck_goes_where_those_without_a_name_go() {
    let desk = Desk::new();
    let text = "front\tback\tdeck\n水\twater\t\n水\twater\tterms\n火\tfire\tB\n火\tfire\t B\n";
    let file = desk.import("terms.tsv", text);
    assert_eq!(counts(&file, ["added", "duplicates"]), [2, 2], "{file}");
}

#[test]
fn files_that_share_only_their_name_do_not_push_each_other_out() {
    let desk = Desk::new();
    for folder in ["de", "es"] {
        std::fs::create_dir(desk.path(folder)).unwrap();
    }
    desk.import("de/unit1.csv", "eins,one\nzwei,two\n");
    let other = desk.import("es/unit1.csv", "uno,one\ndos,two\ntres,three\n");
    assert_eq!(counts(&other, ["added", "gone"]), [3, 0], "{other}");
    // What moved to another folder is known by what it holds.
    std::fs::create_dir(desk.path("new")).unwrap();
    let moved = desk.import("new/unit1.csv", "uno,one\ndos,two\n");
    assert!(moved["gone"].as_u64().unwrap() >= 1, "{moved}");
    desk.run_with(&["import", "-", "--yes"], "水\twater\n火\tfire\n");
    let run = desk.run_with(&["import", "-", "--yes", "--json"], "茶\ttea\n米\trice\n");
    let report: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(counts(&report["files"][0], ["added", "gone"]), [2, 0]);
}

#[test]
fn a_conflict_shows_what_is_kept() {
    let desk = Desk::with_terms(&ROWS);
    let id = text(&desk.note("国家")["id"]);
    desk.ok(&["edit", &id, "back=nation"]);
    desk.write(
        "terms.tsv",
        table(&[("银行", "bank"), ("国家", "land"), ("图书馆", "public library")]),
    );
    let plan = desk.json(&["import", "terms.tsv", "--dry-run"]);
    let row = &plan["files"][0]["notes"][1];
    assert_eq!(row["reason"], "back changed on both sides; yours is kept: nation");
}

#[test]
fn a_plan_shows_what_goes_beside_what_comes() {
    let desk = Desk::with_terms(&ROWS);
    let changed = [("银行", "bank"), ("国家", "nation"), ("图书馆", ""), ("水", "water")];
    desk.write("terms.tsv", table(&changed));
    let out = desk.ok(&["import", "terms.tsv", "--dry-run"]);
    for line in [
        "update        2  国家 = nation  (back was: country)",
        "reject    terms.tsv:3: 图书馆: the back is empty",
        "1 new note, 2 cards",
    ] {
        assert!(out.contains(line), "{line}: {out}");
    }
    let plan = desk.json(&["import", "terms.tsv", "--dry-run", "--direction", "forward"]);
    assert_eq!(plan["files"][0]["cards"], 1, "{plan}");
    desk.ok(&["decks", "set", "terms", "direction=reverse"]);
    let plan = desk.json(&["import", "terms.tsv", "--dry-run"]);
    assert_eq!(plan["files"][0]["cards"], 1, "the deck says so");
}

#[test]
fn a_deck_that_was_given_options_outlives_its_import() {
    let desk = Desk::with_terms(&ROWS);
    desk.ok(&["decks", "set", "terms", "new_per_day=3"]);
    desk.json(&["imports", "undo", &newest(&desk)]);
    assert_eq!(deck_names(&desk), ["terms"]);
    desk.import("other.tsv", table(&ROWS));
    desk.json(&["imports", "undo", &newest(&desk)]);
    assert_eq!(deck_names(&desk), ["terms"], "one without options goes");
    let deck =
        json!({ "termdeck": 1, "decks": [{ "name": "X", "options": { "new_per_day": 3 } }] });
    desk.import("deck.json", deck.to_string());
    desk.json(&["imports", "undo", &newest(&desk)]);
    assert_eq!(deck_names(&desk), ["terms"], "and so does one whose options came with it");
}
