//! The sample decks on the command line.

use crate::common::Desk;

#[test]
fn samples_are_listed_without_a_collection() {
    let desk = Desk::new();
    let out = desk.ok(&["samples"]);
    assert!(out.contains("180 notes  spanish-everyday"), "{out}");
    let listed = desk.json(&["samples"]);
    let samples = listed["samples"].as_array().unwrap();
    assert_eq!(samples.len(), 5);
    assert_eq!(samples[0]["path"], "sample:policy-technology.tsv");
    assert!(!desk.collection().exists(), "nothing was opened");
}

#[test]
fn a_sample_is_imported_like_a_file_and_a_grown_file_updates_it() {
    let desk = Desk::new();
    let report = desk.json(&["import", "sample:spanish-everyday", "--yes"]);
    assert_eq!(report["files"][0]["path"], "sample:spanish-everyday.csv");
    assert_eq!(report["files"][0]["added"], 180);
    assert!(
        desk.ok(&["import", "sample:spanish-everyday.csv", "--yes"]).contains("already imported")
    );
    let grown =
        [include_str!("../../decks/spanish-everyday.csv"), "el ajolote,axolotl,\"m.\",nature\n"];
    let again = desk.import("spanish-everyday.csv", grown.concat());
    assert_eq!((&again["added"], &again["unchanged"]), (&1.into(), &180.into()), "{again}");
    let line = &desk.json(&["imports"])["imports"][1];
    assert_eq!(line["path"], "sample:spanish-everyday.csv");
}

#[test]
fn all_samples_come_by_one_name_and_an_unknown_one_is_explained() {
    let desk = Desk::new();
    let report = desk.json(&["import", "sample:", "--dry-run"]);
    assert_eq!(report["files"].as_array().unwrap().len(), 5);
    let said = desk.fails(&["import", "sample:klingon", "--yes"]);
    assert_eq!(said, "error: no sample deck klingon\nhint: `termdeck samples` lists them\n");
}

#[test]
fn a_sample_can_be_drilled_at_once() {
    let desk = Desk::new();
    let run = desk.run(&["drill", "sample:japanese-food"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""), "{run:?}");
    assert!(run.out.contains("58 new") && run.out.contains("Front: "), "{run:?}");
}
