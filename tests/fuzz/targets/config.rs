//! The configuration file: what is changed in one that can be read can be read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use termdeck::config::{Config, set_key, unset_key};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (config, faults) = Config::parse(&text);
    let lines = text.split('\n').count();
    assert!(faults.iter().all(|fault| (1..=lines).contains(&fault.line)), "{faults:?}");
    // A file that could be read can be changed, and nothing else in it changes.
    let Ok(changed) = set_key(&text, "rollover_hour", "7") else { return };
    assert_eq!(Config::parse(&changed).0, Config { rollover_hour: 7, ..config.clone() });
    let Ok(without) = unset_key(&changed, "rollover_hour") else { return };
    let hour = Config::default().rollover_hour;
    assert_eq!(Config::parse(&without).0, Config { rollover_hour: hour, ..config });
});
