use ratatui::crossterm::event::KeyCode;

use super::super::{char_key, ctrl, key, tables};
use super::*;

fn change(table: &str, action: &str, keys: &[&str]) -> KeyChange {
    KeyChange {
        table: table.into(),
        action: action.into(),
        keys: keys.iter().map(|key| (*key).to_owned()).collect(),
        line: 7,
    }
}

fn keys(changes: &[KeyChange]) -> Keys {
    let (keys, faults) = Keys::new(changes);
    assert_eq!(faults, []);
    keys
}

fn refused(changes: &[KeyChange]) -> Vec<String> {
    Keys::new(changes).1.into_iter().map(|fault| fault.what).collect()
}

#[test]
fn without_changes_the_tables_hold() {
    let keys = Keys::default();
    assert_eq!(keys.action(tables::HOME, char_key('i')), Some(Action::Import));
    assert_eq!(keys.action(tables::HOME, ctrl('c')), Some(Action::Quit));
    assert_eq!(keys.action(tables::HOME, char_key('x')), None);
    assert_eq!(keys.first(tables::TYPING, Action::Help), Some(key(KeyCode::F(1))));
}

#[test]
fn another_key_takes_the_place_of_the_default_in_every_table_of_that_name() {
    let keys = keys(&[change("review", "suspend", &["z", "F11"])]);
    for map in [tables::QUESTION, tables::ANSWER] {
        assert_eq!(keys.action(map, char_key('z')), Some(Action::Suspend));
        assert_eq!(keys.action(map, char_key('s')), None);
        assert_eq!(keys.action(map, key(KeyCode::Delete)), None);
        assert_eq!(keys.first(map, Action::Suspend), Some(char_key('z')));
    }
    assert_eq!(keys.action(tables::PLAN, char_key('s')), Some(Action::Split));
}

#[test]
fn an_action_left_with_letters_keeps_its_key_that_is_none() {
    let keys = keys(&[change("review", "suspend", &["z"])]);
    let del = key(KeyCode::Delete);
    assert_eq!(keys.action(tables::ANSWER, del), Some(Action::Suspend));
    assert_eq!(keys.first(tables::ANSWER, Action::Suspend), Some(char_key('z')));
    let said =
        refused(&[change("review", "suspend", &["z"]), change("review", "bury", &["Del", "b"])]);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said.iter().any(|s| s.starts_with("suspend needs a key that an input method")),
        "{said:?}"
    );
}

#[test]
fn two_actions_may_change_places() {
    let keys =
        keys(&[change("review", "suspend", &["b", "-"]), change("review", "bury", &["s", "Del"])]);
    assert_eq!(keys.action(tables::ANSWER, char_key('b')), Some(Action::Suspend));
    assert_eq!(keys.action(tables::ANSWER, char_key('s')), Some(Action::Bury));
}

#[test]
fn a_key_bound_twice_is_refused_with_both_names_and_the_rest_holds() {
    let changes = [
        change("review", "suspend", &["e", "Del"]),
        change("home", "import", &["I", "F2"]),
        change("home", "reload", &["F1"]),
    ];
    let (keys, faults) = Keys::new(&changes);
    let said: Vec<&str> = faults.iter().map(|fault| fault.what.as_str()).collect();
    assert_eq!(
        said,
        [
            "F1 cannot be reload: it is help (show all keys of this screen) in [keys.all] already",
            "e cannot be suspend: it is edit (edit the note) in [keys.review] already",
        ]
    );
    assert_eq!(keys.action(tables::ANSWER, char_key('s')), Some(Action::Suspend));
    assert_eq!(keys.action(tables::HOME, char_key('I')), Some(Action::Import));
}

#[test]
fn where_text_is_typed_no_character_can_be_bound() {
    let said = refused(&[change("edit", "save", &["s"]), change("all", "quit", &["x"])]);
    assert_eq!(said[0], "s cannot be save: it could no longer be typed there");
    assert!(said[1].starts_with("x cannot be quit"), "{said:?}");
    let keys = keys(&[change("edit", "save", &["Alt-s"])]);
    assert_eq!(keys.first(tables::EDIT, Action::Save).unwrap().to_string(), "Alt-s");
}

#[test]
fn unknown_names_are_answered_with_those_there_are() {
    for (table, action, key, why) in [
        ("hom", "import", "x", "there is no [keys.hom]; there are: all, home, review, typing,"),
        (
            "home",
            "imprt",
            "x",
            "[keys.home] has no `imprt`; it has: accept, add, back, browse, down,",
        ),
        ("home", "import", "Hyper-x", "`Hyper-x` is no key"),
    ] {
        let said = refused(&[change(table, action, &[key])]);
        assert!(said[0].starts_with(why), "{said:?}");
    }
    assert_eq!(refused(&[change("home", "import", &[])]), ["import needs a key"]);
}

#[test]
fn every_action_has_one_name_and_one_row_in_a_table() {
    for table in all() {
        for (nth, one) in table.map.iter().enumerate() {
            for other in &table.map[nth + 1..] {
                let same = one.action == other.action || one.action.name() == other.action.name();
                assert!(!same, "{}: {} has two rows", table.title, one.action.name());
            }
        }
    }
    let names = [
        (Action::ReviewTyped, "review-typed"),
        (Action::Grade('4'), "grade-4"),
        (Action::Help, "help"),
    ];
    for (action, name) in names {
        assert_eq!(action.name(), name);
    }
}

#[test]
fn the_list_has_every_action_with_the_keys_that_hold() {
    let rows = keys(&[change("review", "suspend", &["z", "Del"])]).list();
    let row = rows.iter().find(|row| row.table == "review" && row.action == "suspend").unwrap();
    assert_eq!((row.keys.join(" "), row.default.join(" ")), ("z Del".into(), "s Del".into()));
    assert!(rows.iter().any(|row| row.table == "all" && row.action == "quit"));
    assert_eq!(rows.iter().filter(|row| row.table == "review" && row.action == "undo").count(), 1);
}
