//! A whole document that goes into a collection and comes out again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use termdeck::app::{App, ImportOptions, Input};
use termdeck::config::Config;
use termdeck::domain::{Day, Now};
use termdeck::import::{Format, ReadOptions};

const NOW: Now = Now { at_ms: 1_795_392_000_000, offset_min: 0, day: Day(20_780) };

/// Imports a document into a collection of its own, if it can be read at all.
fn imported(bytes: &[u8]) -> Option<App> {
    let app = App::in_memory(Config::default(), NOW).expect("memory");
    let read = ReadOptions { format: Some(Format::Json), ..ReadOptions::default() };
    let options = ImportOptions { read, ..ImportOptions::default() };
    let plan = app.plan(Input { path: "all.json", bytes }, &options, &()).ok()?;
    app.apply(&plan, NOW, &()).ok()?;
    Some(app)
}

fuzz_target!(|bytes: &[u8]| {
    let Some(app) = imported(bytes) else { return };
    let found = app.doctor().expect("a collection that can be read");
    assert!(found.ok, "{:?}", found.checks);
    let text = |app: &App| {
        serde_json::to_string(&app.document(None, NOW).expect("a document")).expect("JSON")
    };
    let whole = text(&app);
    let again = imported(whole.as_bytes()).expect("what was written can be read");
    assert_eq!(text(&again), whole);
});
