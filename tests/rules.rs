//! Which wording of SM-2 holds for a deck, whatever becomes of the deck and its cards.

use termdeck::app::{App, Change, ImportOptions, Input, NewNote, Query};
use termdeck::config::Config;
use termdeck::domain::{Day, Fields, Grade, Now};

const DAY: Day = Day(20_780);

fn at(second: i64) -> Now {
    at_day(DAY, second)
}

fn at_day(day: Day, second: i64) -> Now {
    Now { at_ms: (i64::from(day.0) * 86_400 + 43_200 + second) * 1_000, offset_min: 0, day }
}

fn app() -> App {
    App::in_memory(Config::default(), at(0)).unwrap()
}

fn add(app: &App, deck: &str, front: &str) -> Change {
    let fields = Fields { front: front.into(), back: "back".into(), ..Fields::default() };
    app.add(NewNote { deck: Some(deck.parse().unwrap()), fields }, at(1)).unwrap()
}

/// Answers a card so that the two wordings give it different states.
fn answer(app: &App, card: &str) {
    let mut day = DAY;
    for grade in [Grade::GOOD, Grade::AGAIN, Grade::HARD, Grade::GOOD, Grade::HARD] {
        app.answer(card, grade, 900, false, at_day(day, 2)).unwrap();
        let query = Query::parse(&format!("id:{card}")).unwrap();
        day = app.search(&query, None, at(0)).unwrap().1[0].cards[0].state.due.unwrap();
    }
}

fn set(app: &mut App, deck: &str, option: &str, value: &str) {
    app.set_deck(deck, &[(option.into(), value.into())], at(3)).unwrap();
}

fn import(app: &App, path: &str, bytes: &[u8]) -> String {
    let plan = app.plan(Input { path, bytes }, &ImportOptions::default(), &()).unwrap();
    app.apply(&plan, at(4), &()).unwrap().import.unwrap().to_string()
}

fn assert_healthy(app: &App, when: &str) {
    let diagnosis = app.doctor().unwrap();
    assert!(diagnosis.ok, "{when}: {:#?}", diagnosis.checks);
}

const SOURCE: &str = "supermemo-source";

#[test]
fn a_deck_that_is_made_again_gives_its_hidden_cards_the_usual_rules() {
    let mut app = app();
    let import_id = import(&app, "words.tsv", "水\twater\n".as_bytes());
    set(&mut app, "words", "rules", SOURCE);
    let card = app.document(None, at(5)).unwrap().cards[0].id.clone();
    answer(&app, &card);
    let with_deck = serde_json::to_vec(&app.document(None, at(5)).unwrap()).unwrap();
    app.undo_import(&import_id, true, at(6)).unwrap();
    // With options of the learner's own it stays until it is deleted.
    app.delete_deck("words", at(6)).unwrap();
    assert!(app.deck_names().unwrap().is_empty(), "nothing is left in the deck");
    assert_healthy(&app, "hidden");
    add(&app, "words", "火");
    assert_healthy(&app, "made again");
    import(&app, "other.json", &with_deck);
    assert_healthy(&app, "its note is back");
}

#[test]
fn a_deleted_deck_below_one_that_is_renamed_keeps_up_with_what_holds_for_it() {
    let mut app = app();
    let card = add(&app, "A::B", "水").cards[0].to_string();
    set(&mut app, "A", "rules", SOURCE);
    answer(&app, &card);
    app.delete_deck("A::B", at(6)).unwrap();
    app.rename_deck("A", &"C".parse().unwrap(), at(7)).unwrap();
    assert_healthy(&app, "its parent has another name");
}

#[test]
fn a_note_that_an_import_moves_takes_the_rules_of_its_new_deck_and_goes_back() {
    let mut app = app();
    add(&app, "strict", "x");
    set(&mut app, "strict", "rules", SOURCE);
    let note = add(&app, "plain", "水");
    answer(&app, &note.cards[0].to_string());
    let row = format!(
        "#separator:tab\n#guid column:1\n#deck column:4\n{}\t水\tnew\tstrict::new\n",
        note.notes[0]
    );
    let import_id = import(&app, "again.txt", row.as_bytes());
    let deck = || {
        let query = Query::parse("水").unwrap();
        app.search(&query, None, at(8)).unwrap().1[0].deck.clone()
    };
    assert_eq!(deck(), "strict::new");
    assert_healthy(&app, "moved");
    app.undo_import(&import_id, false, at(9)).unwrap();
    assert_eq!(deck(), "plain");
    assert_healthy(&app, "moved back");
}

#[test]
fn a_deck_that_a_row_makes_inherits_before_its_cards_are_made() {
    let mut app = app();
    add(&app, "one-way", "x");
    set(&mut app, "one-way", "direction", "forward");
    let rows = "#separator:tab\n#deck column:3\n火\tfire\tplain\n水\twater\tone-way::new\n";
    import(&app, "rows.txt", rows.as_bytes());
    let cards_of = |text: &str| {
        let query = Query::parse(text).unwrap();
        app.search(&query, None, at(8)).unwrap().1[0].cards.len()
    };
    assert_eq!((cards_of("火"), cards_of("水")), (2, 1));
}
