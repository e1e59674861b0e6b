//! `samples`.

use serde_json::{Value, json};

use crate::app::SAMPLES;

use super::Result;
use super::render::Out;

/// Lists the sample decks; they need no collection.
pub fn samples(out: &mut Out) -> Result {
    if out.is_json() {
        let samples: Vec<Value> = SAMPLES
            .iter()
            .map(|sample| {
                json!({
                    "name": sample.name(),
                    "path": sample.path(),
                    "title": sample.title,
                    "languages": sample.languages,
                    "notes": sample.notes,
                })
            })
            .collect();
        return out.json(&json!({ "samples": samples }));
    }
    for sample in SAMPLES {
        out.line(&format!(
            "{:>5} notes  {:<18} {} ({})",
            sample.notes,
            sample.name(),
            sample.title,
            sample.languages
        ))?;
    }
    out.info(
        "`termdeck import sample:NAME` imports one, `termdeck drill sample:NAME` starts with it",
    )
}
