//! What is written is what there is, and what comes in can go again.

use std::collections::BTreeMap;

use proptest::prelude::*;
use termdeck::app::{App, ImportOptions, Input};
use termdeck::export;

use super::rows;
use super::stage::{self, FIRST, at, learnt};
use crate::hostile::samples;

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

proptest! {
    #![proptest_config(stage::runs(200))]

    #[test]
    fn an_import_of_any_format_is_taken_back_whole(
        first in rows::decks(2, 5), then in rows::decks(3, 6), stride in 1..4usize
    ) {
        let app = learnt(&first, stride);
        let shown = |app: &App| {
            let mut document = app.document(None, at(FIRST, 0)).unwrap();
            document.notes.iter_mut().for_each(|note| note.stamp = None);
            (document.decks, document.notes, document.cards, stage::states(app, at(FIRST, 9)))
        };
        let before = shown(&app);
        // Of a word that is there twice a Kindle knows nothing.
        let rows: BTreeMap<_, _> = then.iter().map(|(front, back)| (&**front, &**back)).collect();
        let mut files = samples::of(&rows.into_iter().collect::<Vec<_>>());
        let brought = learnt(&then, 2);
        files.extend(self::files(&brought));
        let options = ImportOptions { deck: "words".parse().ok(), ..ImportOptions::default() };
        for (path, bytes) in files {
            let later = at(FIRST.plus(1), 0);
            // Two rows are too few for some formats to be told.
            let Ok(plan) = app.plan(Input { path, bytes: &bytes }, &options, &()) else { continue };
            let Some(import) = app.apply(&plan, later, &()).unwrap().import else { continue };
            let change = app.undo_import(&import.to_string(), false, later).unwrap();
            prop_assert_eq!(&change.kept, &[], "{}", path);
            let mut after = shown(&app);
            for (card, state) in &mut after.3 {
                // The newest day of the log moves on with what was logged.
                state.newest = before.3[card].newest;
            }
            prop_assert_eq!(&after, &before, "{}", path);
        }
        stage::assert_healthy(&app);
    }
}
