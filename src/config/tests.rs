use super::*;

fn faults(text: &str) -> Vec<(usize, String)> {
    Config::parse(text).1.into_iter().map(|fault| (fault.line, fault.what)).collect()
}

#[test]
fn a_wrong_line_is_named_with_what_is_allowed() {
    let cases = [
        ("# fine\nrollover_hour = 25\n", 2, "rollover_hour is a number from 0 to 23; `25` is not"),
        ("grades = \"five\"", 1, "grades is four or six; `five` is not"),
        ("\n\ncolour = true", 3, "there is no setting `colour`; there are: rollover_hour,"),
        ("order = ", 1, ""),
        ("inbox = 3", 1, "inbox is a path that begins with / or ~/"),
        ("mouse = \"no\"", 1, "mouse is true or false; `no` is not"),
        ("speak = \"say\"", 1, "speak is a list such as [\"espeak-ng\""),
        ("[rollover_hour]\na = 1", 1, "rollover_hour is a number"),
        ("keys = 3", 1, "keys are changed by lines such as"),
        ("[keys]\nreview = 3", 2, "keys are changed by lines such as"),
        ("[keys.review]\n\nsuspend = 3", 3, "keys are changed by lines such as"),
    ];
    for (text, line, what) in cases {
        let found = faults(text);
        assert_eq!((found.len(), found[0].0), (1, line), "{text}: {found:?}");
        assert!(found[0].1.starts_with(what), "{found:?}");
    }
}

#[test]
fn only_the_wrong_key_falls_back() {
    let text = "rollover_hour = 99\nmouse = false\ngrades = \"five\"\ntheme = \"light\"\n";
    let (config, faults) = Config::parse(text);
    let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [1, 3]);
    let want = Config { mouse: false, theme: ThemeName::Light, ..Config::default() };
    assert_eq!(config, want);
}

#[test]
fn keys_are_read_in_every_form_with_their_lines() {
    let text = "keys.home.import = \"I\"\n[keys.review]\nsuspend = [\"x\", \"Del\"]\n";
    let (config, faults) = Config::parse(text);
    assert_eq!(faults, []);
    let read: Vec<_> = config
        .keys
        .iter()
        .map(|change| {
            (change.table.as_str(), change.action.as_str(), change.keys.join(" "), change.line)
        })
        .collect();
    let want =
        [("home", "import", "I".to_owned(), 1), ("review", "suspend", "x Del".to_owned(), 3)];
    assert_eq!(read, want);
}

#[test]
fn every_key_can_be_set_to_its_default_and_comments_stay() {
    let mut text = String::from("# my settings\nrollover_hour = 5 # early\n");
    for key in KEYS {
        text = set_key(&text, key.name, key.default.trim_matches('"')).unwrap();
    }
    assert!(text.starts_with("# my settings\nrollover_hour = 4 # early\n"), "{text}");
    let (config, faults) = Config::parse(&text);
    assert_eq!(faults, []);
    assert_eq!(config.deck.settings(), DeckOptions::default().settings());
    assert_eq!(Config { deck: DeckOptions::default(), ..config }, Config::default());
    assert!(set_key("", "colour", "1").is_err());
    assert!(set_key("", "grades", "five").is_err());
}

#[test]
fn every_word_that_the_table_allows_can_be_taken() {
    for key in KEYS {
        let Allowed::Choice(words) = key.allowed else { continue };
        for word in words {
            let text = set_key("", key.name, word).unwrap();
            assert_eq!(faults(&text), [], "{text}");
        }
    }
}

#[test]
fn the_value_of_every_setting_is_told_as_it_is_written() {
    for key in KEYS {
        assert_eq!(Config::default().value(key), key.default_text(), "{}", key.name);
        let other = match key.allowed {
            Allowed::Number(from, _) => from.to_string(),
            Allowed::Percent(from, _) => format!("0.{from}"),
            Allowed::Limit => "7".into(),
            Allowed::Switch => "false".into(),
            Allowed::Choice(words) => (*words.last().unwrap()).into(),
            Allowed::Date => "2026-12-01".into(),
            Allowed::Weekdays => "[\"sat\", \"sun\"]".into(),
            Allowed::Periods => "[\"2026-12-20..2027-01-03\"]".into(),
            Allowed::Folder => "~/词汇".into(),
            Allowed::Command => "[\"say\", \"{text}\"]".into(),
        };
        let (config, _) = Config::parse(&set_key("", key.name, &other).unwrap());
        assert_eq!(config.value(key), other, "{}", key.name);
    }
}

#[test]
fn keys_go_below_a_heading_and_out_again() {
    let file = "# mine\nmouse = false\n\n[keys.review] # fast\nbury = [\"B\", \"-\"] # why not\n";
    let text = set_key(file, "keys.review.suspend", "x Del").unwrap();
    assert_eq!(text, format!("{file}suspend = [\"x\", \"Del\"]\n"));
    let text = set_key(&text, "keys.review.bury", "[\"b\", \"-\"]").unwrap();
    assert!(text.contains("bury = [\"b\", \"-\"] # why not\n"), "{text}");
    assert_eq!(set_key("", "keys.home.import", "I").unwrap(), "[keys.home]\nimport = [\"I\"]\n");
    let text = unset_key(&text, "keys.review.suspend").unwrap();
    assert!(!text.contains("suspend"), "{text}");
}

#[test]
fn a_setting_that_goes_back_to_its_default_keeps_its_comment() {
    let file = "# why\ngrades = \"six\"\nmouse = false\ntheme = \"dark\" # at night\n";
    let text = unset_key(file, "grades").unwrap();
    let text = unset_key(&text, "mouse").unwrap();
    let text = unset_key(&text, "theme").unwrap();
    assert_eq!(text, "# why\ngrades = \"four\"\ntheme = \"auto\" # at night\n");
}

#[test]
fn a_file_that_is_no_toml_is_not_changed() {
    let fault = set_key("mouse = true\nmouse = = 3\n", "grades", "six").unwrap_err();
    assert_eq!(fault.line, 2);
}

#[test]
fn a_file_is_replaced_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/config.toml");
    assert_eq!(read(&path).unwrap(), "");
    save(&path, "mouse = true\n").unwrap();
    save(&path, "mouse = false\n").unwrap();
    assert_eq!(read(&path).unwrap(), "mouse = false\n");
    let names: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().collect();
    assert_eq!(names.len(), 1, "nothing else is left: {names:?}");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("dotfiles.toml"), folder.path().join("config.toml"));
    std::fs::write(&real, "mouse = true\n").unwrap();
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink("dotfiles.toml", &link).unwrap();
    save(&link, "mouse = false\n").unwrap();
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(std::fs::read_to_string(&real).unwrap(), "mouse = false\n");
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&real), 0o640);
    let new = folder.path().join("new.toml");
    save(&new, "").unwrap();
    assert_eq!(mode(&new), 0o600);
}
