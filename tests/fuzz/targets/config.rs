//! The configuration file: what is changed in one that can be read can be read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use termdeck::config::{Config, set_key, unset_key};

/// Returns what a text says; that a line moves down is no change of it.
fn said(text: &str, rollover_hour: u8) -> Config {
    let (mut config, faults) = Config::parse(text);
    let lines = text.split('\n').count();
    assert!(faults.iter().all(|fault| (1..=lines).contains(&fault.line)), "{faults:?}");
    config.keys.iter_mut().for_each(|change| change.line = 0);
    Config { rollover_hour, ..config }
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let before = said(&text, 7);
    let Ok(changed) = set_key(&text, "rollover_hour", "7") else { return };
    assert_eq!(Config::parse(&changed).0.rollover_hour, 7);
    assert_eq!(said(&changed, 7), before, "nothing else changes");
    let Ok(without) = unset_key(&changed, "rollover_hour") else { return };
    assert_eq!(said(&without, 7), before, "and nothing else goes");
});
