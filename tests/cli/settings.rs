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
fn every_kind_of_setting_can_be_set_and_reset() {
    let desk = Desk::new();
    let speak = r#"["espeak-ng", "-v", "{lang}", "{text}"]"#;
    for (key, value, shown) in [
        ("theme", "light", "theme = \"light\""),
        ("mouse", "off", "mouse = false"),
        ("reading", "hidden", "reading = \"hidden\""),
        ("speak", speak, &format!("speak = {speak}")),
        ("notify", "notify-send termdeck {text}", "notify = [\"notify-send\", \"termdeck\""),
        ("inbox", "~/decks", "inbox = \"~/decks\""),
        ("new_per_day", "none", "new_per_day = \"none\""),
    ] {
        desk.ok(&["config", "set", key, value]);
        let text = desk.ok(&["config", "show"]);
        assert!(text.contains(shown), "{shown}: {text}");
        desk.ok(&["config", "reset", key]);
        assert!(!desk.ok(&["config", "show"]).contains(shown), "{shown}");
    }
    assert_eq!(desk.json(&["config", "show"])["settings"]["speak"], json!([]));
    assert_eq!(desk.read("config.toml"), "");
}

#[test]
fn what_a_setting_may_be_is_said_with_it() {
    let desk = Desk::new();
    let shown = desk.ok(&["config", "show"]);
    let line = |name: &str| shown.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    assert!(line("theme").ends_with(": auto, dark, light, high-contrast or terminal-16"));
    assert!(line("rollover_hour").ends_with(": a number from 0 to 23"));
    let said = desk.fails(&["config", "set", "theme", "pink"]);
    assert!(said.contains("theme is auto, dark, light, high-contrast or terminal-16"), "{said}");
}

#[test]
fn keys_are_listed_and_changed() {
    let desk = Desk::new();
    desk.ok(&["config", "set", "keys.review.suspend", "z Del"]);
    assert_eq!(desk.read("config.toml"), "[keys.review]\nsuspend = [\"z\", \"Del\"]\n");
    let listed = desk.ok(&["config", "keys"]);
    assert!(listed.contains("[keys.review]\n"), "{listed}");
    assert!(listed.contains("suspend = [\"z\",\"Del\"]"), "{listed}");
    let rows = desk.json(&["config", "keys"]);
    let is_suspend =
        |row: &&serde_json::Value| row["action"] == "suspend" && row["table"] == "review";
    let row = rows["keys"].as_array().unwrap().iter().find(is_suspend).unwrap();
    assert_eq!((&row["keys"], &row["default"]), (&json!(["z", "Del"]), &json!(["s", "Del"])));
    let settings = desk.json(&["config", "show"]);
    assert_eq!(settings["keys"]["keys.review.suspend"], json!(["z", "Del"]));
    desk.ok(&["config", "reset", "keys.review.suspend"]);
    assert_eq!(desk.json(&["config", "show"])["keys"], json!({}));
}

#[test]
fn a_key_that_is_taken_is_refused_with_both_names() {
    let desk = Desk::new();
    for (key, value, why) in [
        ("keys.review.suspend", "e Del", "e cannot be suspend: it is edit (edit the note)"),
        ("keys.review.sleep", "z", "[keys.review] has no `sleep`"),
        ("keys.nowhere.suspend", "z", "there is no [keys.nowhere]"),
        ("keys.edit.save", "s", "s cannot be save"),
    ] {
        let said = desk.fails(&["config", "set", key, value]);
        assert!(said.contains(why), "{said}");
        assert!(!desk.path("config.toml").exists());
    }
    desk.write("config.toml", "[keys.review]\n# not so\nsuspend = [\"e\", \"Del\"]\n");
    let run = desk.run(&["config", "keys"]);
    assert!(run.err.contains("config.toml:3: e cannot be suspend"), "{run:?}");
    assert!(run.out.contains("suspend = [\"s\",\"Del\"]"), "the default holds: {run:?}");
    // What has nothing to do with keys works all the same, and mends the rest.
    assert_eq!(desk.run(&["due"]).status, 0);
    desk.ok(&["config", "set", "theme", "dark"]);
}

#[test]
fn a_file_that_is_no_toml_is_named_and_kept() {
    let desk = Desk::new();
    desk.write("config.toml", "theme = \"dark\"\ngrades = = \"six\"\n");
    let said = desk.fails(&["config", "set", "mouse", "off"]);
    assert!(said.contains("config.toml:2: "), "{said}");
    let shown = desk.run(&["config", "show"]);
    assert!(shown.err.contains("nothing of the file is used"), "{shown:?}");
    assert!(shown.out.contains("theme = \"auto\""), "{shown:?}");
    assert_eq!(desk.read("config.toml"), "theme = \"dark\"\ngrades = = \"six\"\n");
}

#[test]
fn a_wrong_configuration_is_named_with_its_line() {
    let desk = Desk::new();
    desk.write("config.toml", "# first\nnew_per_day = 5\nrollover_hour = 99\n");
    // Every command goes on with the rest of the file, those that its hint names too.
    for args in [&["due"][..], &["review", "--plain"], &["config", "show"], &["decks"]] {
        let run = desk.run(args);
        assert_eq!(run.status, 0, "{run:?}");
        assert!(run.err.contains("config.toml:3: ") && run.err.contains("hint: "), "{run:?}");
    }
    desk.write("terms.tsv", "一\tone\n二\ttwo\n三\tthree\n四\tfour\n五\tfive\n六\tsix\n");
    desk.run(&["import", "terms.tsv", "--yes"]);
    let due = desk.run(&["due", "--json"]);
    assert!(due.out.contains("\"new\":5"), "what is right holds: {due:?}");
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
