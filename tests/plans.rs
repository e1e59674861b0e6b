//! Plans that are carried out after the collection changed.

use termdeck::app::plan::FilePlan;
use termdeck::app::{App, ImportOptions, Input};
use termdeck::config::Config;
use termdeck::domain::{Day, Now};

const NOW: Now = Now { at_ms: 1_795_392_000_000, offset_min: 0, day: Day(20_780) };

fn app() -> App {
    App::in_memory(Config::default(), NOW).unwrap()
}

fn plan(app: &App, path: &str, text: &str) -> FilePlan {
    app.plan(Input { path, bytes: text.as_bytes() }, &ImportOptions::default(), &()).unwrap()
}

fn notes(app: &App) -> usize {
    app.document(None, NOW).unwrap().notes.len()
}

#[test]
fn files_that_share_rows_and_are_planned_together_make_each_note_once() {
    let app = app();
    let first = plan(&app, "terms-2026-11-22.tsv", "水\twater\n火\tfire\n");
    let second = plan(&app, "terms-2026-11-23.tsv", "水\twater\n火\tfire\n木\twood\n");
    assert_eq!(second.counts().added, 3);
    app.apply(&first, NOW, &()).unwrap();
    let done = app.apply(&second, NOW, &()).unwrap();
    assert_eq!((done.counts.added, done.counts.unchanged), (1, 2));
    assert_eq!(notes(&app), 3);
}

#[test]
fn a_plan_that_was_carried_out_already_does_nothing() {
    let app = app();
    let planned = plan(&app, "terms.tsv", "水\twater\n火\tfire\n");
    assert!(app.apply(&planned, NOW, &()).unwrap().import.is_some());
    assert_eq!(app.apply(&planned, NOW, &()).unwrap().import, None);
    assert_eq!(notes(&app), 2);
}

#[test]
fn what_was_unticked_stays_so_when_the_collection_changed_meanwhile() {
    let app = app();
    let mut planned = plan(&app, "terms.tsv", "水\twater\n火\tfire\n木\twood\n");
    planned.rows[1].ticked = false;
    let other = plan(&app, "other.tsv", "金\tgold\n土\tearth\n");
    app.apply(&other, NOW, &()).unwrap();
    let done = app.apply(&planned, NOW, &()).unwrap();
    assert_eq!((done.counts.added, done.counts.skipped), (2, 1));
    assert_eq!(notes(&app), 4);
}

#[test]
fn a_document_that_is_planned_twice_is_stored_once() {
    let app = app();
    app.apply(&plan(&app, "terms.tsv", "水\twater\n火\tfire\n"), NOW, &()).unwrap();
    let document = serde_json::to_string(&app.document(None, NOW).unwrap()).unwrap();
    let other = self::app();
    let (first, second) = (plan(&other, "a.json", &document), plan(&other, "b.json", &document));
    assert!(other.apply(&first, NOW, &()).unwrap().import.is_some());
    assert_eq!(other.apply(&second, NOW, &()).unwrap().import, None);
}

#[test]
fn many_senses_of_one_front_are_stored_and_known_again() {
    let app = app();
    let rows: Vec<String> = (0..3_000).map(|n| format!("set\tmeaning number {n}")).collect();
    let text = rows.join("\n");
    assert_eq!(app.apply(&plan(&app, "a.tsv", &text), NOW, &()).unwrap().counts.added, 3_000);
    assert_eq!(plan(&app, "a.tsv", &text).counts().unchanged, 3_000);
    let other = text.replace("meaning", "sense");
    assert_eq!(plan(&app, "a.tsv", &other).counts().updated, 3_000);
}
