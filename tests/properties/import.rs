//! What an import may change, and what it never changes.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::Index;
use rusqlite::types::Value;
use termdeck::app::{App, ImportOptions, Input};
use termdeck::config::Config;
use termdeck::domain::interchange::{Document, NoteRow};
use termdeck::import::ReadOptions;

use super::rows::{self, Encoding, Layout};
use super::stage::{self, FIRST, at, learn, learnt};

fn options(layout: Layout) -> ImportOptions {
    // A few bytes of a legacy encoding are told, not guessed.
    let encoding = (layout.encoding == Encoding::Gb18030).then(|| "gb18030".to_owned());
    ImportOptions {
        read: ReadOptions { encoding, ..ReadOptions::default() },
        ..ImportOptions::default()
    }
}

fn document(app: &App) -> Document {
    app.document(None, at(FIRST, 0)).unwrap()
}

/// What of a note counts when imports are compared: not when it was touched.
fn notes(document: &Document) -> BTreeMap<String, NoteRow> {
    let bare = |note: &NoteRow| NoteRow { stamp: None, added: None, ..note.clone() };
    document.notes.iter().map(|note| (note.id.clone(), bare(note))).collect()
}

fn tables(app: &App) -> BTreeMap<String, Vec<Vec<Value>>> {
    let db = rusqlite::Connection::open(app.path()).unwrap();
    let mut list = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let names: Vec<String> =
        list.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    names
        .into_iter()
        .map(|name| {
            let mut rows = db.prepare(&format!("SELECT * FROM \"{name}\"")).unwrap();
            let columns = rows.column_count();
            let rows = rows
                .query_map([], |row| (0..columns).map(|column| row.get(column)).collect())
                .unwrap()
                .map(Result::unwrap)
                .collect();
            (name, rows)
        })
        .collect()
}

proptest! {
    #![proptest_config(stage::runs(5_000))]

    #[test]
    fn importing_twice_changes_nothing(
        first in rows::decks(2, 5), edits in rows::edits(3), layout in rows::layouts(),
        stride in 1..4usize
    ) {
        let app = learnt(&first, stride);
        let bytes = rows::file(&rows::edited(&first, &edits), layout);
        let later = at(FIRST.plus(1), 0);
        stage::import(&app, &bytes, &options(layout), later);
        let before = (document(&app), app.imports(9).unwrap());
        let again = stage::import(&app, &bytes, &options(layout), at(FIRST.plus(2), 0));
        prop_assert_eq!(again.import, None, "{:?}", again.counts);
        prop_assert_eq!((document(&app), app.imports(9).unwrap()), before);
    }

    #[test]
    fn every_row_is_in_exactly_one_bucket(
        first in rows::decks(2, 5), edits in rows::edits(4), layout in rows::layouts(),
        holes in proptest::collection::vec(any::<Index>(), 0..2)
    ) {
        let app = stage::app();
        stage::import(&app, &rows::plain(&first), &ImportOptions::default(), at(FIRST, 0));
        let mut second = rows::edited(&first, &edits);
        // Rows without a back are rejected, and counted all the same.
        for hole in holes.iter().take(second.len().saturating_sub(3)) {
            let row = hole.index(second.len());
            second[row].1.clear();
        }
        let bytes = rows::file(&second, layout);
        let path = if layout.delimiter == '\t' { "words.tsv" } else { "words.csv" };
        let input = Input { path, bytes: &bytes };
        let plan = app.plan(input, &options(layout), &()).unwrap();
        let counts = plan.counts();
        prop_assert_eq!(counts.rows as usize, second.len());
        let sum = counts.added + counts.updated + counts.renamed + counts.unchanged
            + counts.duplicates + counts.conflicts + counts.skipped + counts.rejected;
        prop_assert_eq!(sum, counts.rows, "{:?}", counts);
        let lines: Vec<u32> = plan.rows.iter().map(|row| row.draft.line)
            .chain(plan.rejected.iter().map(|row| row.line)).collect();
        let distinct: BTreeSet<u32> = lines.iter().copied().collect();
        let from = 1 + layout.columns.header_lines();
        prop_assert_eq!(distinct, (from..from + counts.rows).collect());
        let used: Vec<_> = plan.rows.iter().filter_map(|row| row.bucket.note()).collect();
        prop_assert_eq!(used.iter().collect::<BTreeSet<_>>().len(), used.len(), "a note twice");
    }
}

proptest! {
    #![proptest_config(stage::runs(2_000))]

    #[test]
    fn the_order_of_rows_does_not_matter(
        (rows, shuffled) in rows::decks(2, 6)
            .prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))
    ) {
        let app = learnt(&rows, 2);
        let fresh = learnt(&shuffled, 2);
        prop_assert_eq!(notes(&document(&app)), notes(&document(&fresh)));
        let bytes = rows::plain(&shuffled);
        let done = stage::import(&app, &bytes, &ImportOptions::default(), at(FIRST.plus(1), 0));
        prop_assert_eq!(done.import, None, "{:?}", done.counts);
    }

    #[test]
    fn a_new_back_changes_one_note_and_no_schedule(
        rows in rows::decks(2, 6), row in any::<Index>(), stride in 1..4usize
    ) {
        let app = learnt(&rows, stride);
        let (old, states) = (document(&app), stage::states(&app, at(FIRST, 0)));
        let mut changed = rows.clone();
        let row = row.index(rows.len());
        changed[row].1 = "something else entirely".to_owned();
        let later = at(FIRST.plus(1), 0);
        let done = stage::import(&app, &rows::plain(&changed), &ImportOptions::default(), later);
        prop_assert_eq!((done.counts.updated, done.counts.gone), (1, 0), "{:?}", done.counts);
        prop_assert_eq!(stage::states(&app, later), states);
        let new = document(&app);
        let (before, after) = (notes(&old), notes(&new));
        let touched: Vec<_> = after.iter().filter(|(id, note)| before[*id] != **note).collect();
        prop_assert_eq!(touched.len(), 1);
        prop_assert_eq!(&touched[0].1.front, &rows[row].0);
        prop_assert_eq!(new.events, old.events);
    }

    #[test]
    fn a_row_that_comes_back_has_its_schedule(
        rows in rows::decks(4, 8), row in any::<Index>(), stride in 1..3usize, prune in any::<bool>()
    ) {
        let app = learnt(&rows, stride);
        let states = stage::states(&app, at(FIRST, 0));
        let mut without = rows.clone();
        without.remove(row.index(rows.len()));
        let options = ImportOptions { prune, ..ImportOptions::default() };
        let gone = stage::import(&app, &rows::plain(&without), &options, at(FIRST.plus(1), 0));
        prop_assert_eq!(gone.counts.gone, 1);
        prop_assert_eq!(gone.import.is_some(), prune);
        let suspended = |day| stage::states(&app, at(day, 0)).into_values()
            .filter(|state| state.suspended.is_some()).count();
        prop_assert_eq!(suspended(FIRST.plus(1)), if prune { 2 } else { 0 });
        let back = stage::import(&app, &rows::plain(&rows), &options, at(FIRST.plus(2), 0));
        prop_assert_eq!(back.counts.added, 0);
        let mut after = stage::states(&app, at(FIRST.plus(2), 0));
        for (card, state) in &mut after {
            // The newest day of the log moves on with what was logged.
            state.newest = states[card].newest;
        }
        prop_assert_eq!(after, states);
    }

    #[test]
    fn another_layout_of_the_same_rows_changes_nothing(
        rows in rows::decks(3, 8), layout in rows::layouts()
    ) {
        let app = learnt(&rows, 2);
        let before = document(&app);
        let bytes = rows::file(&rows, layout);
        let done = stage::import(&app, &bytes, &options(layout), at(FIRST.plus(1), 0));
        prop_assert_eq!(done.counts.unchanged as usize, rows.len(), "{:?}", done.counts);
        prop_assert_eq!(done.import, None);
        prop_assert_eq!(document(&app), before);
    }

    #[test]
    fn taking_an_import_back_restores_the_collection(
        rows in rows::decks(2, 6), edits in rows::edits(4), stride in 1..4usize,
        prune in any::<bool>()
    ) {
        let app = learnt(&rows, stride);
        let (old, states) = (document(&app), stage::states(&app, at(FIRST, 0)));
        let bytes = rows::plain(&rows::edited(&rows, &edits));
        let options = ImportOptions { prune, ..ImportOptions::default() };
        let plan = app.plan(Input { path: "words.tsv", bytes: &bytes }, &options, &()).unwrap();
        let Ok(done) = app.apply(&plan, at(FIRST.plus(1), 0), &()) else {
            // Too many rows left to be suspended at once: nothing was written.
            prop_assert_eq!(document(&app), old);
            return Ok(());
        };
        let Some(import) = done.import else { return Ok(()) };
        let change = app.undo_import(&import.to_string(), false, at(FIRST.plus(2), 0)).unwrap();
        prop_assert_eq!(&change.kept, &[]);
        let new = document(&app);
        let dated = |document: &Document| -> BTreeMap<String, Option<i64>> {
            document.notes.iter().map(|note| (note.id.clone(), note.added)).collect()
        };
        prop_assert_eq!(notes(&new), notes(&old));
        prop_assert_eq!(dated(&new), dated(&old));
        prop_assert_eq!(&new.cards, &old.cards);
        prop_assert_eq!(&new.decks, &old.decks);
        let mut after = stage::states(&app, at(FIRST.plus(2), 0));
        for (card, state) in &mut after {
            state.newest = states[card].newest;
        }
        prop_assert_eq!(after, states);
        stage::assert_healthy(&app);
    }
}

proptest! {
    #![proptest_config(stage::runs(2_000))]

    #[test]
    fn importing_twice_leaves_every_table_byte_for_byte(
        first in rows::decks(2, 6), edits in rows::edits(3)
    ) {
        let folder = stage::folder();
        let path = folder.path().join("termdeck.db");
        let app = App::open(&path, Config::default(), at(FIRST, 0)).unwrap();
        let bytes = rows::plain(&first);
        stage::import(&app, &bytes, &ImportOptions::default(), at(FIRST, 1));
        learn(&app, 2, FIRST);
        let bytes = rows::plain(&rows::edited(&first, &edits));
        stage::import(&app, &bytes, &ImportOptions::default(), at(FIRST.plus(1), 0));
        let before = tables(&app);
        stage::import(&app, &bytes, &ImportOptions::default(), at(FIRST.plus(2), 0));
        prop_assert_eq!(tables(&app), before);
    }
}
