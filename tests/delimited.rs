//! Tables and lists as they are handed out, with what a reader should find in them.
//!
//! `corpus/delimited/expected.json` says of each file what separates its columns,
//! how many rows it has, which of its lines are no rows, and what its first and its
//! last row hold.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use termdeck::import::detect::{Detected, detect};
use termdeck::import::{Draft, Format, ReadOptions, Reading, cleanup, encoding, read};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/delimited");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    delimiter: String,
    columns: usize,
    rows: usize,
    #[serde(default)]
    rejected: Vec<u32>,
    first: BTreeMap<String, serde_json::Value>,
    last: BTreeMap<String, serde_json::Value>,
    /// Front and back of single rows, by number.
    #[serde(default)]
    rowsample: BTreeMap<usize, (String, String)>,
    /// Part of a report that has to be there.
    report: Option<String>,
}

fn expected() -> BTreeMap<String, Expected> {
    let text = fs::read_to_string(Path::new(CORPUS).join("expected.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn faults(name: &str, wanted: &Expected) -> Vec<String> {
    let bytes = fs::read(Path::new(CORPUS).join(name)).unwrap();
    let options = ReadOptions::default();
    let decoded = encoding::decode(&bytes, None).unwrap();
    let text = cleanup::clean(decoded.text).text.into_owned();
    let mut faults = Vec::new();
    match detect(&text, name, &options) {
        Ok(Detected::Delimited(choice)) => {
            let found = (choice.delimiter.text().into_owned(), choice.columns);
            if found != (wanted.delimiter.clone(), wanted.columns) {
                faults.push(format!("delimiter and columns: {found:?}"));
            }
        }
        other => faults.push(format!("taken for {other:?}")),
    }
    let reading = match read(&bytes, name, &options, &()) {
        Ok(reading) => reading,
        Err(error) => return vec![error.to_string()],
    };
    faults.extend(differences(&reading, wanted));
    faults
}

fn differences(reading: &Reading, wanted: &Expected) -> Vec<String> {
    let mut faults = Vec::new();
    if reading.format != Format::Delimited {
        faults.push(format!("format {}", reading.format));
    }
    if reading.drafts.len() != wanted.rows {
        faults.push(format!("{} rows", reading.drafts.len()));
    }
    let rejected: Vec<u32> = reading.rejected.iter().map(|row| row.line).collect();
    if rejected != wanted.rejected {
        faults.push(format!("rejected {rejected:?}"));
    }
    let mut check = |which: &str, draft: Option<&Draft>, fields: &BTreeMap<_, _>| {
        let Some(draft) = draft else { return };
        let all = serde_json::to_value(&draft.fields).unwrap();
        for (name, value) in fields {
            let found = &all[name];
            if found != value {
                faults.push(format!("{which} {name}: {found}"));
            }
        }
    };
    check("first", reading.drafts.first(), &wanted.first);
    check("last", reading.drafts.last(), &wanted.last);
    for (number, (front, back)) in &wanted.rowsample {
        let draft = reading.drafts.get(number - 1).map(|d| (&d.fields.front, &d.fields.back));
        if draft != Some((front, back)) {
            faults.push(format!("row {number}: {draft:?}"));
        }
    }
    if let Some(report) = &wanted.report
        && !reading.reports.iter().any(|said| said.contains(report.as_str()))
    {
        faults.push(format!("reports {:?}", reading.reports));
    }
    faults
}

#[test]
fn every_list_is_read_as_it_was_meant() {
    let mut all = Vec::new();
    for (name, wanted) in expected() {
        all.extend(faults(&name, &wanted).into_iter().map(|fault| format!("{name}: {fault}")));
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn every_file_has_its_expectation() {
    let known = expected();
    for entry in fs::read_dir(CORPUS).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name == "expected.json" || known.contains_key(&name), "{name}");
    }
}
