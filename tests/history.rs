//! The history of imports.

use rusqlite::Connection;
use termdeck::app::{App, ImportOptions, Input};
use termdeck::config::Config;
use termdeck::domain::{Day, Now};

const NOW: Now = Now { at_ms: 1_795_392_000_000, offset_min: 0, day: Day(20_780) };

#[test]
fn what_an_import_did_is_never_guessed() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("x.db");
    let app = App::open(&path, Config::default(), NOW).unwrap();
    let input = Input { path: "a.tsv", bytes: "水\twater\n火\tfire\n".as_bytes() };
    let options = ImportOptions::default();
    let plan = app.plan(input, &options, &()).unwrap();
    let id = app.apply(&plan, NOW, &()).unwrap().import.unwrap().to_string();
    let db = Connection::open(&path).unwrap();
    let notes =
        || -> i64 { db.query_row("SELECT count(*) FROM notes", [], |row| row.get(0)).unwrap() };
    let kept: String = db.query_row("SELECT counts FROM imports", [], |row| row.get(0)).unwrap();
    for bad in ["", "{", r#"{"new_cards": "all"}"#] {
        db.execute("UPDATE imports SET counts = ?1", [bad]).unwrap();
        let said = [
            app.undo_import(&id, false, NOW).map(drop).unwrap_err(),
            app.imports(9).map(drop).unwrap_err(),
            app.known_import(input, &options).map(drop).unwrap_err(),
        ];
        for error in said {
            assert!(error.to_string().contains("a row that cannot be right"), "{bad}: {error}");
        }
        assert_eq!(notes(), 2, "{bad}: nothing was taken back");
    }
    db.execute("UPDATE imports SET counts = ?1", [kept]).unwrap();
    app.undo_import(&id, false, NOW).unwrap();
    assert!(app.imports(9).unwrap()[0].undone);
}
