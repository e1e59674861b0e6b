//! What is done to many notes at once can be taken back, step by step, and the index
//! of a search screen keeps up with it.

use proptest::prelude::*;
use proptest::sample::Index;
use termdeck::app::{
    App, Bulk, CardDeed, Chosen, Finder, NewNote, NoteDeed, Order, Query, Session,
};
use termdeck::domain::interchange::Document;
use termdeck::domain::{Field, Fields, Now, Uid};

use super::rows;
use super::stage::{self, FIRST, at};

#[derive(Clone, Debug)]
enum Deed {
    Bulk(Bulk, Vec<Index>),
    Edit(Index),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let tag =
        || prop::sample::subsequence(vec!["a".to_owned(), "b".to_owned(), "c".to_owned()], 0..3);
    let decks = vec!["words", "New::Deck", "New", "words::hard", "Other"];
    let bulk = prop_oneof![
        Just(Bulk::Cards(CardDeed::Suspend)),
        Just(Bulk::Cards(CardDeed::Unsuspend)),
        Just(Bulk::Cards(CardDeed::Bury)),
        Just(Bulk::Cards(CardDeed::Reset)),
        (-3..40_i32).prop_map(|days| Bulk::Cards(CardDeed::SetDue(FIRST.shift(days)))),
        (tag(), tag()).prop_map(|(add, remove)| Bulk::Notes(NoteDeed::Tag { add, remove })),
        prop::sample::select(decks)
            .prop_map(|deck| Bulk::Notes(NoteDeed::Move(deck.parse().unwrap()))),
        Just(Bulk::Notes(NoteDeed::Delete)),
    ];
    let notes = prop::collection::vec(any::<Index>(), 1..4);
    let deed = prop_oneof![
        6 => (bulk, notes).prop_map(|(bulk, notes)| Deed::Bulk(bulk, notes)),
        1 => any::<Index>().prop_map(Deed::Edit),
    ];
    prop::collection::vec(deed, 1..9)
}

/// Returns the exported document apart from the log and the clocks of its notes.
fn document(app: &App, now: Now) -> Document {
    let mut document = app.document(None, now).unwrap();
    document.events.clear();
    document.notes.iter_mut().for_each(|note| note.stamp = None);
    document
}

/// What of a collection a learner can see.
fn seen(app: &App, now: Now) -> (Document, impl PartialEq + std::fmt::Debug + use<>) {
    (document(app, now), stage::states(app, now))
}

/// Brings the index in line and compares it with a search of the whole collection.
fn assert_keeps_up(app: &App, session: &mut Session, finder: &mut Finder, now: Now) {
    app.keep_up(finder, &session.take_touched()).unwrap();
    for text in ["", "to", "tag:a or tag:b", "is:suspended", "deck:new", "due<=3 -is:buried"] {
        let query = Query::parse(text).unwrap();
        app.find(finder, &query, Order::default(), now).unwrap();
        let (_, found) = app.search(&query, None, now).unwrap();
        let ids: Vec<Uid> = found.iter().map(|note| note.id).collect();
        assert_eq!(finder.ids().collect::<Vec<_>>(), ids, "{text}");
        assert_eq!(app.found(finder, 0..ids.len()).unwrap(), found, "{text}");
    }
    assert!(app.is_current(finder).unwrap());
}

fn whole(app: &App, now: Now) -> Finder {
    let mut finder = app.finder().unwrap();
    while !finder.is_whole() {
        app.read_on(&mut finder, &Query::parse("").unwrap(), Order::default(), now).unwrap();
    }
    finder
}

proptest! {
    #![proptest_config(stage::runs(150))]

    #[test]
    fn steps_that_are_taken_back_leave_everything_as_it_was(
        rows in rows::decks(3, 6), stride in 1..4_usize, deeds in deeds(),
    ) {
        let app = stage::learnt(&rows, stride);
        let mut session = Session::default();
        let mut finder = whole(&app, at(FIRST, 0));
        let mut stories = Vec::new();
        let mut second = 10;
        let mut tick = || {
            second += 10;
            at(FIRST, second)
        };
        for deed in &deeds {
            let before = seen(&app, at(FIRST, 0));
            let ids: Vec<Uid> =
                before.0.notes.iter().map(|note| Uid::foreign(&note.id)).collect();
            if ids.is_empty() {
                break;
            }
            let is_step = match deed {
                Deed::Bulk(bulk, notes) => {
                    let mut notes: Vec<Uid> = notes.iter().map(|nth| *nth.get(&ids)).collect();
                    notes.sort_unstable();
                    notes.dedup();
                    let chosen: Vec<Chosen> =
                        notes.into_iter().map(|note| Chosen { note, cards: None }).collect();
                    let preview = app.preview(&chosen, bulk, FIRST).unwrap();
                    let change = app.bulk_in(&mut session, &chosen, bulk, tick()).unwrap();
                    let came = (change.notes.len(), change.cards.len(), change.kept.len());
                    prop_assert_eq!((preview.notes, preview.cards, preview.kept), came);
                    came.0 > 0
                }
                Deed::Edit(nth) => {
                    let note = *nth.get(&ids);
                    let back = before.0.notes.iter().find(|row| row.id == note.to_string());
                    let text = format!("{}!", back.unwrap().back);
                    app.edit_in(&mut session, note, &[(Field::Back, text)], tick()).unwrap();
                    true
                }
            };
            assert_keeps_up(&app, &mut session, &mut finder, at(FIRST, 0));
            if is_step {
                stories.push((before, seen(&app, at(FIRST, 0))));
            }
        }
        stage::assert_healthy(&app);
        for _ in 0..2 {
            for (before, _) in stories.iter().rev() {
                app.undo_step(&mut session, tick()).unwrap().unwrap();
                prop_assert_eq!(&seen(&app, at(FIRST, 0)), before);
                assert_keeps_up(&app, &mut session, &mut finder, at(FIRST, 0));
            }
            prop_assert_eq!(app.undo_step(&mut session, tick()).unwrap(), None);
            stage::assert_healthy(&app);
            for (_, after) in &stories {
                app.redo_step(&mut session, tick()).unwrap().unwrap();
                prop_assert_eq!(&seen(&app, at(FIRST, 0)), after);
            }
            assert_keeps_up(&app, &mut session, &mut finder, at(FIRST, 0));
            stage::assert_healthy(&app);
        }
    }
}

#[test]
fn an_index_of_many_notes_grows_piece_by_piece_and_keeps_up_with_each_of_them() {
    let app = stage::app();
    let rows: Vec<rows::Row> =
        (0..1_200).map(|nth| (format!("词{nth}"), format!("word {nth}"))).collect();
    let now = at(FIRST, 0);
    stage::import(&app, &rows::plain(&rows), &termdeck::app::ImportOptions::default(), now);
    let query = Query::parse("word").unwrap();
    let mut finder = app.finder().unwrap();
    let mut counts = Vec::new();
    while !finder.is_whole() {
        app.read_on(&mut finder, &query, Order::default(), now).unwrap();
        counts.push((finder.count(), finder.progress()));
    }
    assert_eq!(counts, [(512, (512, 1_200)), (1_024, (1_024, 1_200)), (1_200, (1_200, 1_200))]);

    let mut session = Session::default();
    let all: Vec<Chosen> = finder.ids().map(|note| Chosen { note, cards: None }).collect();
    let some: Vec<Chosen> = all.iter().step_by(3).cloned().collect();
    app.bulk_in(&mut session, &some, &Bulk::Notes(NoteDeed::Delete), now).unwrap();
    let fields = Fields { front: "新".into(), back: "new word".into(), ..Fields::default() };
    let added = app.add(NewNote { deck: None, fields }, at(FIRST, 9)).unwrap();
    app.keep_up(&mut finder, &added.notes).unwrap();
    assert_keeps_up(&app, &mut session, &mut finder, now);
    app.undo_step(&mut session, at(FIRST, 10)).unwrap();
    assert_keeps_up(&app, &mut session, &mut finder, now);
    app.find(&mut finder, &query, Order::default(), now).unwrap();
    assert_eq!(finder.count(), 1_201);
}
