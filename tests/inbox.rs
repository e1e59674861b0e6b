//! The inbox: which files are offered.

use std::path::Path;

use termdeck::app::{App, ImportOptions, InboxMemory, Input};
use termdeck::config::Config;
use termdeck::domain::{Day, Now};

const NOW: Now = Now { at_ms: 1_795_392_000_000, offset_min: 0, day: Day(20_780) };

fn offered(app: &App, memory: &mut InboxMemory) -> Vec<String> {
    let name = |path: &std::path::PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    app.inbox(memory).unwrap().iter().map(name).collect()
}

fn import(app: &App, path: &str, bytes: &[u8]) -> String {
    let input = Input { path, bytes };
    let plan = app.plan(input, &ImportOptions::default(), &()).unwrap();
    app.apply(&plan, NOW, &()).unwrap().import.unwrap().to_string()
}

fn app(folder: &Path) -> App {
    let inbox = Some(folder.display().to_string());
    App::in_memory(Config { inbox, ..Config::default() }, NOW).unwrap()
}

#[test]
fn files_that_are_new_or_changed_since_their_import_are_offered() {
    let folder = tempfile::TempDir::new().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("a.tsv", "水\twater\n");
    write("b.csv", "火,fire\n");
    write("photo.jpg", "no deck");
    write(".hidden.tsv", "x\ty\n");
    write("empty.tsv", "");
    let (app, mut memory) = (app(folder.path()), InboxMemory::default());
    assert_eq!(offered(&app, &mut memory), ["a.tsv", "b.csv"]);
    // The same bytes under another name are no news.
    let id = import(&app, "elsewhere/a.tsv", "水\twater\n".as_bytes());
    assert_eq!(offered(&app, &mut memory), ["b.csv"]);
    write("a.tsv", "水\twater\n木\twood\n");
    assert_eq!(offered(&app, &mut memory), ["a.tsv", "b.csv"]);
    write("a.tsv", "水\twater\n");
    assert_eq!(offered(&app, &mut memory), ["b.csv"]);
    app.undo_import(&id, false, NOW).unwrap();
    assert_eq!(offered(&app, &mut memory), ["a.tsv", "b.csv"]);
}

#[test]
fn a_file_older_than_its_import_is_not_even_read() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("a.tsv");
    std::fs::write(&path, "水\twater\n").unwrap();
    let app = app(folder.path());
    // Imported long after the file was written, with other bytes: only the times tell.
    let later = Now { at_ms: 4_000_000_000_000, ..NOW };
    let input = Input { path: path.to_str().unwrap(), bytes: b"x\ty\n" };
    let plan = app.plan(input, &ImportOptions::default(), &()).unwrap();
    app.apply(&plan, later, &()).unwrap();
    assert!(offered(&app, &mut InboxMemory::default()).is_empty());
}

#[test]
fn an_inbox_that_is_missing_is_said_and_none_at_all_is_quiet() {
    let folder = tempfile::TempDir::new().unwrap();
    let error = app(&folder.path().join("gone")).inbox(&mut InboxMemory::default()).unwrap_err();
    assert!(error.to_string().starts_with("the inbox cannot be read: "), "{error}");
    let none = App::in_memory(Config::default(), NOW).unwrap();
    assert!(offered(&none, &mut InboxMemory::default()).is_empty());
}
