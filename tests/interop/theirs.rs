//! What Anki and genanki write, read here.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use super::{all_notes, anki, cards, direction, plain, same_card};
use crate::common::{Desk, text};

/// Returns the packages in a folder, each with what Anki says about it.
fn packages(folder: &Path) -> Vec<(PathBuf, Value)> {
    let mut packages: Vec<(PathBuf, Value)> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .map(|path| {
            let told = fs::read(&path).expect("a file");
            (path.with_extension(""), serde_json::from_slice(&told).expect("JSON"))
        })
        .collect();
    packages.sort_by(|a, b| a.0.cmp(&b.0));
    packages
}

#[test]
fn every_package_is_read_as_anki_says() {
    let folder = TempDir::new().expect("a temporary folder");
    let Some(_) = anki("packages of Anki's", &[Path::new("make"), folder.path()]) else { return };
    let packages = packages(folder.path());
    assert_eq!(packages.len(), 8, "{packages:?}");
    for (path, told) in packages {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let mut desk = Desk::new();
        desk.at(&text(&told["now"]));
        let plan = desk.import(&name, fs::read(&path).expect("a package"));
        let theirs = told["notes"].as_array().expect("notes");
        assert_eq!(plan["added"], theirs.len(), "{name}: {plan}");
        assert_eq!(plan["rejected"], 0, "{name}: {plan}");
        same_notes(&desk, theirs, &name);
        in_their_order(&desk, theirs, &name);
        desk.is_sound();

        let before = desk.tables();
        let again = desk.import(&format!("again-{name}"), fs::read(&path).expect("a package"));
        assert_eq!(again["unchanged"], theirs.len(), "{name}: {again}");
        assert_eq!(desk.tables(), before, "{name}: a second import changes nothing");

        desk.ok(&["export", "--quiet", "-o", "ours.apkg"]);
        let ours = fs::read(desk.path("ours.apkg")).expect("our package");
        let back = desk.import("back.apkg", ours);
        assert_eq!(back["unchanged"], theirs.len(), "{name}: {back}");
        assert_eq!(desk.tables(), before, "{name}: our own package changes nothing");
    }
}

fn same_notes(desk: &Desk, theirs: &[Value], name: &str) {
    let document = desk.document();
    let found = all_notes(desk);
    for note in theirs {
        let row = document["notes"].as_array().expect("notes").iter();
        let row = row.clone().find(|row| row["ext_id"] == note["guid"]);
        let row = row.unwrap_or_else(|| panic!("{name}: {note} is not there"));
        let fields = &note["fields"];
        let first = |names: [&str; 3]| {
            let field = names.iter().find_map(|name| fields.get(name));
            plain(field.unwrap_or(&Value::Null))
        };
        assert_eq!(text(&row["front"]), first(["Front", "Text", "Word"]), "{name}");
        assert_eq!(text(&row["back"]), first(["Back", "Back Extra", "Meaning"]), "{name}");
        if let Some(reading) = fields.get("Pinyin") {
            assert_eq!(row["reading"], *reading, "{name}");
            assert_eq!(row["example"], fields["Sentence"], "{name}");
        }
        let no_tags = Value::from(Vec::<Value>::new());
        assert_eq!(row.get("tags").unwrap_or(&no_tags), &note["tags"], "{name}: {row}");
        assert_eq!(row["deck"], note["cards"][0]["deck"], "{name}: {row}");
        let own = found.iter().find(|own| own["id"] == row["id"]).expect("a note");
        let own = cards(own, &document);
        let cards = note["cards"].as_array().expect("cards");
        assert_eq!(own.len(), cards.len(), "{name}: {note}");
        for card in cards {
            let slot = direction(note, &card["ord"]);
            let own = own.iter().find(|own| own.0 == slot);
            let own = own.unwrap_or_else(|| panic!("{name}: {slot} of {note}"));
            same_card(own, card, name);
        }
    }
}

/// New cards come up in the order of their positions.
fn in_their_order(desk: &Desk, theirs: &[Value], name: &str) {
    let mut new: Vec<(i64, String)> = theirs
        .iter()
        .filter_map(|note| {
            let cards = note["cards"].as_array().expect("cards").iter();
            let first = cards.filter_map(|card| card["position"].as_i64()).min()?;
            Some((first, text(&note["guid"])))
        })
        .collect();
    new.sort();
    let document = desk.document();
    let order: Vec<String> = document["notes"]
        .as_array()
        .expect("notes")
        .iter()
        .map(|note| text(&note["ext_id"]))
        .filter(|guid| new.iter().any(|(_, new)| new == guid))
        .collect();
    let positions = |guid: &String| new.iter().find(|(_, new)| new == guid).map(|(at, _)| *at);
    let positions: Vec<_> = order.iter().map(positions).collect();
    assert!(positions.is_sorted(), "{name}: {positions:?}");
}
