//! Plans whose rows the learner changed before they are carried out.

use std::cell::Cell;

use termdeck::app::plan::{Bucket, FilePlan};
use termdeck::app::{App, ImportOptions, Input};
use termdeck::config::Config;
use termdeck::domain::watch::{Cancelled, Stage, Watch};
use termdeck::domain::{Day, Field, Fields, Now};
use termdeck::error::Error;
use termdeck::import::{ReadOptions, Triage};

const NOW: Now = Now { at_ms: 1_795_392_000_000, offset_min: 0, day: Day(20_780) };

const TEXT: &str = "水\twater\n火\tfire\n木\twood\n金\tgold\n";

fn app() -> App {
    App::in_memory(Config::default(), NOW).unwrap()
}

fn plan(app: &App, text: &str) -> FilePlan {
    let input = Input { path: "terms.tsv", bytes: text.as_bytes() };
    app.plan(input, &ImportOptions::default(), &()).unwrap()
}

fn edited(mut plan: FilePlan, at: usize, field: Field, text: &str) -> FilePlan {
    let mut fields = plan.rows[at].draft.fields.clone();
    fields.set(field, text);
    plan.rows[at].edit(fields).unwrap();
    plan
}

/// Applies a plan that was compared again; then the same file has nothing to say.
fn applied(app: &App, plan: FilePlan, text: &str) -> Vec<(String, String)> {
    let plan = app.replan(plan, &()).unwrap();
    assert!(app.apply(&plan, NOW, &()).unwrap().import.is_some());
    let document = |app: &App| app.document(None, NOW).unwrap();
    let after = document(app);
    let again = self::plan(app, text);
    assert!(
        again.rows.iter().all(|row| matches!(row.bucket, Bucket::Unchanged { .. })),
        "{:?}",
        again.rows.iter().map(|row| (&row.bucket, &row.reason)).collect::<Vec<_>>()
    );
    assert_eq!(again.gone, []);
    assert_eq!(app.apply(&again, NOW, &()).unwrap().import, None);
    assert_eq!(document(app), after);
    let mut notes: Vec<_> = after.notes.into_iter().map(|note| (note.front, note.back)).collect();
    notes.sort();
    notes
}

fn pairs(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut pairs: Vec<_> =
        rows.iter().map(|(front, back)| ((*front).to_owned(), (*back).to_owned())).collect();
    pairs.sort();
    pairs
}

#[test]
fn an_edited_row_is_stored_as_edited_and_known_again_as_the_file_says_it() {
    for (field, text, want) in [
        (Field::Back, "the water", ("水", "the water")),
        (Field::Front, "水分", ("水分", "water")),
        (Field::Front, "something else altogether", ("something else altogether", "water")),
    ] {
        let app = app();
        let notes = applied(&app, edited(plan(&app, TEXT), 0, field, text), TEXT);
        assert_eq!(notes, pairs(&[want, ("火", "fire"), ("木", "wood"), ("金", "gold")]));
    }
}

#[test]
fn a_change_of_the_file_comes_through_where_the_learner_changed_nothing() {
    let app = app();
    applied(&app, edited(plan(&app, TEXT), 0, Field::Front, "水分"), TEXT);
    let grown = plan(&app, &TEXT.replace("water", "waters"));
    assert!(matches!(&grown.rows[0].bucket, Bucket::Updated { fields, .. } if fields == &["back"]));
    let both = self::app();
    applied(&both, edited(plan(&both, TEXT), 0, Field::Back, "my water"), TEXT);
    let grown = plan(&both, &TEXT.replace("water", "waters"));
    assert!(matches!(grown.rows[0].bucket, Bucket::Conflict { .. }), "{:?}", grown.rows[0]);
}

#[test]
fn rows_whose_sides_are_swapped_stay_swapped() {
    let app = app();
    let mut swapped = plan(&app, TEXT);
    swapped.rows.iter_mut().for_each(termdeck::app::plan::PlanRow::swap_sides);
    let notes = applied(&app, swapped, TEXT);
    assert_eq!(notes, pairs(&[("water", "水"), ("fire", "火"), ("wood", "木"), ("gold", "金")]));
}

#[test]
fn notes_that_are_there_can_be_swapped_by_an_import() {
    let app = app();
    app.apply(&plan(&app, TEXT), NOW, &()).unwrap();
    let mut swapped = plan(&app, TEXT);
    swapped.rows[1].swap_sides();
    let swapped = app.replan(swapped, &()).unwrap();
    let Bucket::Updated { fields, .. } = &swapped.rows[1].bucket else {
        panic!("{:?}", swapped.rows[1])
    };
    assert_eq!(fields, &["front", "back"]);
    assert!(swapped.rows[1].ticked);
    let notes = applied(&app, swapped, TEXT);
    assert_eq!(notes, pairs(&[("水", "water"), ("fire", "火"), ("木", "wood"), ("金", "gold")]));
}

#[test]
fn merged_rows_are_one_note_and_the_file_is_known_again() {
    let app = app();
    let mut merged = plan(&app, TEXT);
    let next = merged.rows.remove(2);
    merged.rows[1].merge(&next);
    let notes = applied(&app, merged, TEXT);
    assert_eq!(notes, pairs(&[("水", "water"), ("火木", "fire wood"), ("金", "gold")]));
    let again = plan(&app, TEXT);
    assert_eq!(again.rows[2].reason, "merged into 火木");
}

#[test]
fn a_split_row_is_two_notes_and_neither_leaves_the_file() {
    let text = "水;火\twater; fire\n木\twood\n";
    let app = app();
    let mut split = plan(&app, text);
    let (first, second) = split.rows[0].split(3, 5).unwrap();
    split.rows.splice(0..1, [first, second]);
    let notes = applied(&app, split, text);
    assert_eq!(notes, pairs(&[("水", "water"), ("火", "fire"), ("木", "wood")]));
    let without = plan(&app, "木\twood\n");
    assert_eq!(without.gone.len(), 2, "both leave with their row");
}

#[test]
fn a_row_that_stands_twice_is_one_note_however_it_is_changed() {
    let text = "水\twater\n火\tfire\n水\twater\n火\tfire\n";
    let app = app();
    let first = app.replan(edited(plan(&app, text), 0, Field::Back, "my water"), &()).unwrap();
    assert_eq!(first.rows[2].bucket, Bucket::Duplicate { of_line: 1 });
    let mut merged = first;
    let next = merged.rows.remove(1);
    merged.rows[0].merge(&next);
    let merged = app.replan(merged, &()).unwrap();
    assert!(merged.rows[1..].iter().all(|row| row.bucket == Bucket::Duplicate { of_line: 1 }));
    app.apply(&merged, NOW, &()).unwrap();
    let again = plan(&app, text);
    assert_eq!((again.counts().added, again.gone.len()), (0, 0), "{:?}", again.rows);

    let app = self::app();
    let second = edited(plan(&app, text), 2, Field::Back, "my water");
    let second = app.replan(second, &()).unwrap();
    assert_eq!((&second.rows[0].bucket, &second.rows[2].bucket), (&Bucket::New, &Bucket::New));
    assert!(second.rows[2].ticked);
    app.apply(&second, NOW, &()).unwrap();
    let again = plan(&app, text);
    assert_eq!((again.counts().added, again.gone.len()), (0, 0), "{:?}", again.gone);
}

#[test]
fn an_edit_puts_the_row_into_the_bucket_of_its_new_text() {
    let app = app();
    app.apply(&plan(&app, "水\twater\n"), NOW, &()).unwrap();
    let fresh = plan(&app, "水\twater\n氺\twater!\n");
    assert!(matches!(fresh.rows[1].bucket, Bucket::New));
    let same = app.replan(edited(fresh.clone(), 1, Field::Front, "水"), &()).unwrap();
    assert!(matches!(same.rows[1].bucket, Bucket::New), "another sense: {:?}", same.rows[1]);
    let mut fields = fresh.rows[1].draft.fields.clone();
    (fields.front, fields.back) = ("水".into(), "water".into());
    let mut twice = fresh;
    twice.rows[1].edit(fields).unwrap();
    let twice = app.replan(twice, &()).unwrap();
    assert_eq!(twice.rows[1].bucket, Bucket::Duplicate { of_line: 1 });
    let back = app.replan(edited(twice, 1, Field::Front, "氺"), &()).unwrap();
    assert!(matches!(back.rows[1].bucket, Bucket::New));
}

#[test]
fn a_correction_that_is_denied_is_a_new_note() {
    let app = app();
    app.apply(&plan(&app, "environment\t环境\nwater\t水\n"), NOW, &()).unwrap();
    let mut renamed = plan(&app, "enviroment\t环境\nwater\t水\n");
    assert!(matches!(renamed.rows[0].bucket, Bucket::Renamed { .. }));
    renamed.rows[0].draft.decide().apart = true;
    let denied = app.replan(renamed, &()).unwrap();
    assert!(matches!(denied.rows[0].bucket, Bucket::New));
    assert_eq!(denied.gone.iter().map(|gone| &*gone.front).collect::<Vec<_>>(), ["environment"]);
    assert_eq!(app.apply(&denied, NOW, &()).unwrap().counts.added, 1);
}

#[test]
fn a_conflict_is_settled_for_one_row() {
    let app = app();
    app.apply(&plan(&app, TEXT), NOW, &()).unwrap();
    for front in ["水", "火"] {
        let note = app.document(None, NOW).unwrap().notes.into_iter().find(|n| n.front == front);
        app.edit(&note.unwrap().id, &[(Field::Back, "mine".into())], NOW).unwrap();
    }
    let text = TEXT.replace("water", "theirs").replace("fire", "theirs");
    let mut both = plan(&app, &text);
    both.rows[0].draft.decide().theirs = Some(true);
    let both = app.replan(both, &()).unwrap();
    assert!(matches!(both.rows[0].bucket, Bucket::Updated { .. }));
    assert!(matches!(both.rows[1].bucket, Bucket::Conflict { .. }));
    app.apply(&both, NOW, &()).unwrap();
    let notes = app.document(None, NOW).unwrap().notes;
    let back = |front: &str| &*notes.iter().find(|note| note.front == front).unwrap().back;
    assert_eq!((back("水"), back("火")), ("theirs", "mine"));
}

#[test]
fn a_conflict_that_the_learner_settled_for_good_is_none_the_next_time() {
    let settled: [fn(&mut FilePlan); 2] = [
        |plan| plan.rows[0].draft.decide().theirs = Some(false),
        |plan| *plan = edited(plan.clone(), 0, Field::Back, "mine"),
    ];
    for settle in settled {
        let app = app();
        app.apply(&plan(&app, TEXT), NOW, &()).unwrap();
        let id = app.document(None, NOW).unwrap().notes.remove(0).id;
        let front = app.document(None, NOW).unwrap().notes.remove(0).front;
        app.edit(&id, &[(Field::Back, "mine".into())], NOW).unwrap();
        let line = TEXT.lines().position(|line| line.starts_with(&front)).unwrap();
        let mut rows: Vec<String> = TEXT.lines().map(str::to_owned).collect();
        rows.swap(0, line);
        rows[0] = format!("{front}\ttheirs");
        let text = rows.join("\n");
        let mut both = plan(&app, &text);
        assert!(matches!(both.rows[0].bucket, Bucket::Conflict { .. }), "{:?}", both.rows[0]);
        settle(&mut both);
        let both = app.replan(both, &()).unwrap();
        assert!(both.rows[0].writes() && both.rows[0].reason.contains("yours is kept"));
        app.apply(&both, NOW, &()).unwrap();
        let again = plan(&app, &text);
        assert!(matches!(again.rows[0].bucket, Bucket::Unchanged { .. }), "{:?}", again.rows[0]);
        let other = plan(&app, &text.replace("theirs", "another"));
        assert!(matches!(other.rows[0].bucket, Bucket::Conflict { .. }), "{:?}", other.rows[0]);
        assert!(app.document(None, NOW).unwrap().notes.iter().any(|note| note.back == "mine"));
    }
}

#[test]
fn what_was_changed_is_kept_when_the_file_is_read_in_another_way() {
    let app = app();
    let text = "水;water\n火;fire\n木;wood\n金,gold;x\n";
    let mut changed = edited(plan(&app, text), 1, Field::Back, "the fire");
    changed.rows[0].ticked = false;
    let next = changed.rows.remove(3);
    changed.rows[2].merge(&next);
    let input = Input { path: "terms.tsv", bytes: text.as_bytes() };
    let deck = ImportOptions { deck: Some("Elements".parse().unwrap()), ..Default::default() };
    let again = app.plan_again(input, &deck, &changed, &()).unwrap();
    assert_eq!(again.deck.as_str(), "Elements");
    assert_eq!(again.rows.len(), 3);
    assert!(!again.rows[0].ticked && again.rows[1].ticked);
    assert_eq!(again.rows[1].draft.fields.back, "the fire");
    assert_eq!(again.rows[2].draft.fields.front, "木金,gold");
    let read = ReadOptions { delimiter: Some(",".into()), ..ReadOptions::default() };
    let comma = ImportOptions { read, ..ImportOptions::default() };
    let other = app.plan_again(input, &comma, &again, &()).unwrap();
    assert_eq!(other.rows.len(), 1, "{:?}", other.rows);
    assert_eq!(other.rows[0].draft.fields.front, "金");
    assert_eq!(other.rejected.len(), 3);
}

#[test]
fn what_is_known_starts_late_and_what_is_never_wanted_does_not_come_back() {
    let app = app();
    let mut triaged = plan(&app, TEXT);
    triaged.rows[0].draft.decide().triage = Triage::Known;
    triaged.rows[1].draft.decide().triage = Triage::Never;
    let before = app.document(None, NOW).unwrap();
    let done = app.apply(&triaged, NOW, &()).unwrap();
    assert_eq!((done.counts.added, done.counts.skipped), (3, 1));
    let document = app.document(None, NOW).unwrap();
    assert_eq!(document.notes.len(), 3, "the one that is never wanted is not shown");
    let bases = document.events.iter().filter(|event| event.kind == "base");
    let due: Vec<i32> = bases.filter_map(|event| Some(event.due?.0 - NOW.day.0)).collect();
    assert!(due.len() == 2 && due.iter().all(|days| (60..=120).contains(days)), "{due:?}");

    let grown = plan(&app, &format!("{TEXT}土\tearth\n"));
    assert_eq!(grown.rows[1].bucket, Bucket::Skipped);
    assert_eq!(grown.rows[1].reason, "never: you do not want it");
    assert_eq!((grown.counts().unchanged, grown.counts().added), (3, 1));

    app.undo_import(&done.import.unwrap().to_string(), false, NOW).unwrap();
    assert_eq!(app.document(None, NOW).unwrap().notes, before.notes);
    assert_eq!(plan(&app, TEXT).counts().added, 4, "taken back with its import");
    assert!(app.doctor().unwrap().ok);
}

/// Stops at the `n`-th call.
struct Stop {
    left: Cell<usize>,
    seen: Cell<usize>,
}

impl Stop {
    const fn at(n: usize) -> Self {
        Self { left: Cell::new(n), seen: Cell::new(0) }
    }
}

impl Watch for Stop {
    fn at(&self, _: Stage, _: usize, _: usize) -> Result<(), Cancelled> {
        self.seen.set(self.seen.get() + 1);
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        if left == 0 { Err(Cancelled) } else { Ok(()) }
    }
}

#[test]
fn wherever_it_is_stopped_nothing_is_left_behind() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("cards.db");
    let rows: Vec<String> = (0..3_000).map(|n| format!("term {n}\tback {n}\n")).collect();
    let rows = rows.concat();
    let open = || App::open(&path, Config::default(), NOW).unwrap();
    open().apply(&plan(&open(), &rows[..9_000]), NOW, &()).unwrap();
    drop(open());
    let before = std::fs::read(&path).unwrap();
    let input = Input { path: "terms.tsv", bytes: rows.as_bytes() };
    let work = |app: &App, watch: &dyn Watch| {
        let planned = app.plan(input, &ImportOptions::default(), watch)?;
        let planned = app.replan(planned, watch)?;
        app.apply(&planned, NOW, watch)
    };
    let mut n = 0;
    loop {
        let app = open();
        let watch = Stop::at(n);
        match work(&app, &watch) {
            Ok(done) => {
                assert!(done.import.is_some() && watch.seen.get() == n, "{n}");
                break;
            }
            Err(Error::Cancelled(_) | Error::Read { .. }) => {}
            Err(other) => panic!("{other}"),
        }
        drop(app);
        assert!(std::fs::read(&path).unwrap() == before, "stopped at {n}");
        n += 1;
    }
    assert!(n > 15, "only {n} places to stop at");
}

#[test]
fn edited_rows_hold_what_a_note_needs() {
    let app = app();
    let mut planned = plan(&app, TEXT);
    assert!(planned.rows[0].edit(Fields { front: "x".into(), ..Fields::default() }).is_err());
    assert_eq!(planned.rows[0].draft.fields.back, "water");
}

#[test]
fn equal_rows_on_one_line_stay_as_many_as_they_are() {
    let text = "水,water;火,fire;水,water;金,gold;木,wood\n";
    let (app, input) = (app(), Input { path: "terms.txt", bytes: text.as_bytes() });
    let options = ImportOptions::default();
    let mut plan = app.plan(input, &options, &()).unwrap();
    let fronts = |plan: &FilePlan| -> Vec<String> {
        plan.rows.iter().map(|row| row.draft.fields.front.clone()).collect()
    };
    let before = fronts(&plan);
    assert_eq!(before.len(), 5);
    for _ in 0..2 {
        plan = app.plan_again(input, &options, &plan, &()).unwrap();
        assert_eq!(fronts(&plan), before);
    }
    let plan = app.plan_again(input, &options, &edited(plan, 0, Field::Back, "aqua"), &()).unwrap();
    let mut after = fronts(&plan);
    after.sort();
    let mut before = before;
    before.sort();
    assert_eq!(after, before);
}
