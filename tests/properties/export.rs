//! What is written is what there is.

use proptest::prelude::*;
use termdeck::app::{App, ImportOptions, Input};
use termdeck::export;

use super::rows;
use super::stage::{self, FIRST, at, learnt};

/// Returns the collection as a file of every format, with the file's name.
fn files(app: &App) -> Vec<(&'static str, Vec<u8>)> {
    let now = at(FIRST, 900);
    let rows = app.rows(None, now).unwrap();
    let document = app.document(None, now).unwrap();
    vec![
        ("export.json", export::json(&document).into_bytes()),
        ("export.tsv", export::tsv(&rows).into_bytes()),
        ("export.csv", export::csv(&rows, false).into_bytes()),
        ("export.anki.txt", export::anki_text(&rows).into_bytes()),
        ("export.md", export::markdown(&rows).into_bytes()),
        ("export.apkg", app.apkg(None, now).unwrap().bytes),
        ("export.md", export::markdown(&rows).into_bytes()),
        ("export.anki.txt", export::anki_text(&rows).into_bytes()),
    ]
}

proptest! {
    #![proptest_config(stage::runs(2_000))]

    #[test]
    fn what_is_exported_and_imported_again_changes_nothing(
        rows in rows::decks(2, 6), edits in rows::edits(3), stride in 1..4usize
    ) {
        let app = learnt(&rows, stride);
        // Some notes differ from their file by now, some have left it.
        let edited = rows::plain(&rows::edited(&rows, &edits));
        stage::import(&app, &edited, &ImportOptions::default(), at(FIRST.plus(1), 0));
        let before = app.document(None, at(FIRST, 0)).unwrap();
        for (path, bytes) in files(&app) {
            let plan = app.plan(Input { path, bytes: &bytes }, &ImportOptions::default(), &());
            let done = app.apply(&plan.unwrap(), at(FIRST.plus(2), 0), &()).unwrap();
            prop_assert_eq!(done.import, None, "{}: {:?}", path, done.counts);
            prop_assert_eq!(done.counts.unchanged, done.counts.rows, "{}", path);
            prop_assert_eq!(&app.document(None, at(FIRST, 0)).unwrap(), &before, "{}", path);
        }
    }
}
