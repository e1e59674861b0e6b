use std::path::Path;

use super::*;
use crate::domain::{Action, Answer, Event, Grade, Rules, Slot};
use crate::store::NoteKey;

fn engine(_: DeckKey) -> Engine {
    Engine::default()
}

/// Adds a deck with one card.
fn with_card(store: &Store) -> CardKey {
    store
        .transact(|store| {
            let deck = store.deck_or_new(&"语言".parse().unwrap(), 0, &mut Vec::new())?;
            store
                .db
                .execute(
                    "INSERT INTO notes (id, uid, deck_id, kind, front, back, reading, note,
                         example, source, tags, added_ms, stamp)
                     VALUES (1, zeroblob(16), ?1, 'term', 'a', 'b', '', '', '', '', '', 0, 0)",
                    [deck.0],
                )
                .map_err(doing("add a note"))?;
            store.insert_card(NoteKey(1), Slot::Forward, deck, 0, None)
        })
        .unwrap()
}

/// Logs a review that takes a second.
fn review(store: &Store, card: CardKey, day: i32) -> Result<()> {
    let tick = store.tick(i64::from(day) * 86_400_000)?;
    let grade = Grade::GOOD;
    let answer = Answer { grade, scale: Scale::Four, ms: 1_000, due_offset: 0 };
    let event = Event {
        id: Uid::derive("test", [store.device().as_bytes(), &tick.seq.to_le_bytes()[..]]),
        card: store.card(card)?.uid,
        at_ms: tick.hlc,
        offset_min: 0,
        day: Day(day),
        hlc: tick.hlc,
        device: store.device().to_owned(),
        seq: tick.seq,
        action: Action::Review(answer),
    };
    store.append(card, &event, None).map(drop)
}

fn count(store: &Store) {
    while store.backlog(&engine).unwrap() != Backlog::None {
        store.transact(|store| store.count_new(1, engine)).unwrap();
    }
}

/// Returns the day, the class and the number of what is counted.
fn counts(store: &Store) -> Vec<(i32, Class, u32)> {
    let mut found = Vec::new();
    store.each_answered(Day(0), |_, sum| found.push((sum.day.0, sum.class, sum.answers))).unwrap();
    assert_eq!(store.bad_counts(&engine).unwrap(), Vec::<String>::new());
    found
}

#[test]
fn what_was_rolled_back_is_not_counted_and_its_row_is_free_for_another() {
    let store = Store::in_memory(0).unwrap();
    let card = with_card(&store);
    let failed = store.transact(|store| {
        review(store, card, 3)?;
        store.count_new(9, engine)?;
        Err::<(), _>(StoreError::BadRow("on purpose".into()))
    });
    assert!(failed.is_err());
    count(&store);
    assert_eq!(counts(&store), []);
    store.transact(|store| review(store, card, 5)).unwrap();
    count(&store);
    assert_eq!(counts(&store), [(5, Class::New, 1)]);
}

#[test]
fn two_programs_on_one_file_count_every_answer_once() {
    let folder = tempfile::tempdir().unwrap();
    let open = |path: &Path| Store::open(&path.join("cards.db"), 0).unwrap();
    let (one, two) = (open(folder.path()), open(folder.path()));
    let card = with_card(&one);
    for day in [1, 2] {
        one.transact(|store| review(store, card, day)).unwrap();
        two.transact(|store| review(store, card, day)).unwrap();
        count(if day == 1 { &one } else { &two });
    }
    let want =
        [(1, Class::New, 1), (1, Class::Drill, 1), (2, Class::Young, 1), (2, Class::Drill, 1)];
    assert_eq!((counts(&one), counts(&two)), (want.to_vec(), want.to_vec()));
}

#[test]
fn a_recount_that_comes_late_changes_nothing() {
    let store = Store::in_memory(0).unwrap();
    let card = with_card(&store);
    store.transact(|store| review(store, card, 1)).unwrap();
    let mut recount = Recount::begin(&store).unwrap();
    assert!(recount.read(&store, 9).unwrap());
    store.transact(|store| review(store, card, 2)).unwrap();
    count(&store);
    store.transact(|store| store.put_recount(recount, engine)).unwrap();
    assert_eq!(counts(&store), [(1, Class::New, 1), (2, Class::Young, 1)]);
}

#[test]
fn a_recount_slice_by_slice_is_the_log_as_it_was_when_it_began() {
    let store = Store::in_memory(0).unwrap();
    let card = with_card(&store);
    for day in 1..=5 {
        store.transact(|store| review(store, card, day)).unwrap();
    }
    let mut recount = Recount::begin(&store).unwrap();
    store.transact(|store| review(store, card, 6)).unwrap();
    let slices = (1..9).find(|_| recount.read(&store, 2).unwrap());
    assert_eq!((slices, recount.progress()), (Some(3), (5, 5)));
    store.transact(|store| store.put_recount(recount, engine)).unwrap();
    let answers = |counts: Vec<(i32, Class, u32)>| counts.iter().map(|(.., n)| n).sum::<u32>();
    assert_eq!(answers(counts(&store)), 5);
    count(&store);
    assert_eq!(answers(counts(&store)), 6);
}

#[test]
fn other_rules_have_everything_counted_anew() {
    let store = Store::in_memory(0).unwrap();
    let card = with_card(&store);
    store.transact(|store| review(store, card, 1)).unwrap();
    count(&store);
    let others = |_: DeckKey| Engine::sm2(Rules::SupermemoSource);
    assert_eq!(store.backlog(&others).unwrap(), Backlog::Little { events: 1 });
    store.transact(|store| store.count_new(9, others)).unwrap();
    assert_eq!(store.backlog(&others).unwrap(), Backlog::None);
    assert_ne!(store.backlog(&engine).unwrap(), Backlog::None);
    count(&store);
    assert_eq!(counts(&store), [(1, Class::New, 1)]);
}
