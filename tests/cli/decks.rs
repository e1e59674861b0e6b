//! `decks` and deck names.

use serde_json::{Value, json};

use crate::common::{Desk, text};

fn desk() -> Desk {
    let desk = Desk::new();
    for (deck, front) in
        [("Chinese::Policy", "国家"), ("Chinese::Policy", "政策"), ("Spanish", "hola")]
    {
        desk.json(&["add", front, "x", "--deck", deck]);
    }
    desk
}

fn names(desk: &Desk) -> Vec<String> {
    let decks = desk.json(&["decks"]);
    decks["decks"].as_array().unwrap().iter().map(|deck| text(&deck["name"])).collect()
}

fn deck(desk: &Desk, name: &str) -> Value {
    let decks = desk.json(&["decks"]);
    let found = decks["decks"].as_array().unwrap().iter().find(|deck| deck["name"] == name);
    found.cloned().unwrap_or_else(|| panic!("{name}: {decks}"))
}

#[test]
fn decks_are_listed_with_counts_and_options() {
    let desk = desk();
    assert_eq!(names(&desk), ["Chinese", "Chinese::Policy", "Spanish"]);
    let policy = deck(&desk, "Chinese::Policy");
    for (name, count) in [("notes", 2), ("cards", 4), ("due", 0), ("drill", 0), ("suspended", 0)] {
        assert_eq!(policy[name], count, "{name}");
    }
    assert!(policy["new"].is_u64(), "{policy}");
    let options = &policy["options"];
    for (name, value) in [
        ("new_per_day", json!(20)),
        ("reviews_per_day", json!("none")),
        ("scheduler", json!("sm2")),
        ("rules", json!("text")),
        ("drill", json!("below-4")),
        ("grades", json!("four")),
        ("fuzz", json!(false)),
    ] {
        assert_eq!(options[name], value, "{name}");
    }
}

#[test]
fn options_of_a_parent_hold_for_its_children_unless_they_set_their_own() {
    let desk = desk();
    desk.json(&["decks", "set", "chinese", "new_per_day=5", "grades=six"]);
    desk.json(&["decks", "set", "Chinese::Policy", "grades=four"]);
    let options = &deck(&desk, "Chinese::Policy")["options"];
    assert_eq!((&options["new_per_day"], &options["grades"]), (&json!(5), &json!("four")));
    desk.json(&["decks", "set", "Chinese::Policy", "grades="]);
    assert_eq!(deck(&desk, "Chinese::Policy")["options"]["grades"], "six");
    assert_eq!(deck(&desk, "Spanish")["options"]["grades"], "four");
}

#[test]
fn options_that_do_not_exist_are_refused_and_nothing_is_set() {
    let desk = desk();
    let before = desk.tables();
    let wrong = ["colour=red", "new_per_day=many", "grades=five", "drill=maybe", "new_per_day=-1"];
    for option in wrong {
        let said = desk.fails(&["decks", "set", "Spanish", option]);
        let value = option.split('=').next_back().unwrap();
        let name = option.split('=').next().unwrap();
        assert!(said.contains(value) || said.contains(name), "{said}");
    }
    assert_eq!(desk.run(&["decks", "set", "Spanish", "grades"]).status, 2);
    assert_eq!(desk.tables(), before);
}

#[test]
fn changing_the_direction_adds_or_suspends_cards_and_deletes_none() {
    let desk = desk();
    desk.json(&["answer", &desk.card("hola"), "4"]);
    desk.json(&["decks", "set", "Spanish", "direction=reverse"]);
    let cards = desk.note("hola")["cards"].clone();
    assert_eq!(cards.as_array().unwrap().len(), 2);
    assert_eq!(cards[0]["state"]["suspended"], true);
    assert_eq!(cards[1]["state"]["suspended"], false);
    desk.json(&["decks", "set", "Spanish", "direction=both"]);
    let cards = desk.note("hola")["cards"].clone();
    assert_eq!(cards[0]["state"]["suspended"], false);
    assert_eq!(cards[0]["state"]["due"], "2026-11-24", "its schedule is back");
    desk.is_sound();
}

#[test]
fn a_deck_is_renamed_with_all_below_it() {
    let desk = desk();
    desk.json(&["decks", "rename", "chinese", "Languages::中文"]);
    assert_eq!(
        names(&desk),
        ["Languages", "Languages::中文", "Languages::中文::Policy", "Spanish"]
    );
    assert_eq!(desk.note("国家")["deck"], "Languages::中文::Policy");
    assert_eq!(desk.ok(&["decks", "rename", "Spanish", "Español"]), "renamed to Español\n");
    assert_eq!(desk.ok(&["decks", "rename", "Español", "Spanish"]), "renamed to Spanish\n");
    assert!(desk.fails(&["decks", "rename", "Spanish", "Languages"]).contains("already"));
    assert!(desk.fails(&["decks", "rename", "Languages", "Languages::A"]).contains("itself"));
}

#[test]
fn a_deleted_deck_takes_its_children_and_notes_along() {
    let desk = desk();
    let change = desk.json(&["decks", "delete", "Chinese"]);
    assert_eq!(change["notes"].as_array().unwrap().len(), 2);
    assert_eq!(names(&desk), ["Spanish"]);
    assert_eq!(desk.fronts(""), ["hola"]);
    desk.json(&["add", "国家", "country", "--deck", "Chinese"]);
    assert_eq!(names(&desk), ["Chinese", "Spanish"]);
    desk.is_sound();
}

#[test]
fn an_unknown_deck_is_answered_with_names_that_look_like_it() {
    let desk = desk();
    for args in [
        &["due", "Spanihs"][..],
        &["next", "Spanihs"],
        &["review", "Spanihs"],
        &["export", "Spanihs", "--format", "tsv"],
        &["decks", "delete", "Spanihs"],
        &["decks", "set", "Spanihs", "grades=six"],
    ] {
        let said = desk.fails(args);
        assert!(said.contains("no deck Spanihs; did you mean Spanish?"), "{args:?}: {said}");
    }
    assert!(!desk.fails(&["due", "zzzzz"]).contains("did you mean"));
}

#[test]
fn names_are_found_in_any_case_where_that_is_unambiguous() {
    let desk = desk();
    assert_eq!(desk.json(&["due", "chinese::POLICY"])["new"], 2);
    desk.json(&["add", "adiós", "bye", "--deck", "SPANISH"]);
    assert!(desk.fails(&["due", "spanish"]).contains("did you mean"));
    assert_eq!(desk.json(&["due", "SPANISH"])["new"], 1);
}
