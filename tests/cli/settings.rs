//! `config`, `completions`, `man`.

use serde_json::json;

use crate::common::Desk;

#[test]
fn the_path_is_the_one_that_was_given() {
    let desk = Desk::new();
    let path = desk.path("config.toml").display().to_string();
    assert_eq!(desk.ok(&["config", "path"]).trim_end(), path);
    assert_eq!(desk.json(&["config", "path"]), json!({ "path": path }));
    assert_eq!(desk.ok(&["--config", "other.toml", "config", "path"]), "other.toml\n");
}

#[test]
fn every_setting_is_shown_with_its_value() {
    let desk = Desk::new();
    let shown = desk.ok(&["config", "show"]);
    for line in ["rollover_hour = 4", "new_per_day = 20", "grades = \"four\""] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    desk.write("config.toml", "rollover_hour = 2\n");
    assert!(desk.ok(&["config", "show"]).contains("rollover_hour = 2"));
    assert_eq!(desk.json(&["config", "show"])["settings"]["rollover_hour"], 2);
    assert_eq!(desk.json(&["config", "show"])["settings"]["grades"], "four");
}

#[test]
fn a_setting_is_changed_and_the_comments_stay() {
    let desk = Desk::new();
    let file = "# my settings\n\nrollover_hour = 2 # I sleep late\n# how many\nnew_per_day = 5\n";
    desk.write("config.toml", file);
    desk.ok(&["config", "set", "rollover_hour", "3"]);
    desk.ok(&["config", "set", "grades", "six"]);
    let text = desk.read("config.toml");
    assert!(text.starts_with(&file.replace("= 2 #", "= 3 #")), "{text}");
    assert!(text.contains("grades = \"six\""), "{text}");
    assert!(desk.ok(&["config", "show"]).contains("grades = \"six\""));
}

#[test]
fn a_value_that_cannot_be_is_refused_and_the_file_stays() {
    let desk = Desk::new();
    desk.write("config.toml", "rollover_hour = 2\n");
    for (key, value) in [("rollover_hour", "24"), ("grades", "five"), ("colour", "red")] {
        let said = desk.fails(&["config", "set", key, value]);
        assert!(said.contains(value) || said.contains(key), "{said}");
    }
    assert_eq!(desk.read("config.toml"), "rollover_hour = 2\n");
}

#[test]
fn a_wrong_configuration_is_named_with_its_line() {
    let desk = Desk::new();
    desk.write("config.toml", "# first\nnew_per_day = 5\nrollover_hour = 99\n");
    let said = desk.fails(&["due"]);
    assert!(said.contains("config.toml:3: ") && said.contains("hint: "), "{said}");
    // The review starts all the same.
    let run = desk.run(&["review", "--plain"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.err.contains("config.toml:3: "), "{run:?}");
}

#[test]
fn settings_are_the_defaults_of_all_decks() {
    let desk = Desk::new();
    desk.write("config.toml", "new_per_day = 1\n");
    desk.import("terms.tsv", "a\tb\nc\td\n");
    assert_eq!(desk.json(&["due"])["new"], 1);
}

#[test]
fn the_rollover_hour_begins_the_study_day() {
    let mut desk = Desk::with_terms(&[("银行", "bank")]);
    desk.ok(&["config", "set", "rollover_hour", "0"]);
    desk.json(&["answer", &desk.card("银行"), "2"]);
    desk.at("2026-11-23T23:59:59Z");
    assert_eq!(desk.json(&["due"])["drill"], 1);
    desk.at("2026-11-24T00:00:00Z");
    assert_eq!(desk.json(&["due"]), json!({ "new": 0, "due": 1, "drill": 0 }));
}

#[test]
fn completions_and_manual_pages_need_no_collection() {
    let desk = Desk::new();
    desk.write("cards.db", "no collection");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let text = desk.ok(&["completions", shell]);
        assert!(text.contains("termdeck") && text.contains("set-due"), "{shell}");
    }
    assert!(desk.ok(&["man"]).contains(".TH termdeck"));
    desk.ok(&["man", "pages"]);
    assert!(desk.path("pages/termdeck.1").exists());
    assert!(desk.path("pages/termdeck-import.1").exists());
}
