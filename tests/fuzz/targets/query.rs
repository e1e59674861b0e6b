#![no_main]

use libfuzzer_sys::fuzz_target;
use termdeck::app::Query;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    match Query::parse(&text) {
        Ok(query) => assert_eq!(query.is_everything(), text.trim().is_empty(), "{text:?}"),
        // The caret goes below the query, one cell past its end at most.
        Err(fault) => assert!(fault.column <= fault.query.len(), "{fault:?}"),
    }
});
