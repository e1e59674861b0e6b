//! The sample decks, which the program carries in itself.
//!
//! A sample is named like a file: `sample:spanish-everyday.csv`, or without its
//! ending. From there on it is one: it is planned and imported like any other, and a
//! grown file of the same name, imported later, goes on where the sample left off.

use std::path::Path;

/// What stands before the name of a sample.
const SCHEME: &str = "sample:";

/// A sample deck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The name of its file.
    pub file: &'static str,
    /// What it holds, for people.
    pub title: &'static str,
    /// The languages of its two sides.
    pub languages: &'static str,
    /// Notes that an import of it makes.
    pub notes: u32,
    bytes: &'static [u8],
}

/// All samples, in the order in which they are offered.
pub const SAMPLES: [Sample; 5] = [
    Sample {
        file: "policy-technology.tsv",
        title: "Chinese terms of policy and technology",
        languages: "Chinese, English",
        notes: 247,
        bytes: include_bytes!("../../decks/policy-technology.tsv"),
    },
    Sample {
        file: "spanish-everyday.csv",
        title: "everyday words in Spanish",
        languages: "Spanish, English",
        notes: 180,
        bytes: include_bytes!("../../decks/spanish-everyday.csv"),
    },
    Sample {
        file: "japanese-food.txt",
        title: "Japanese words for food, with readings",
        languages: "Japanese, English",
        notes: 58,
        bytes: include_bytes!("../../decks/japanese-food.txt"),
    },
    Sample {
        file: "high-speed-rail.txt",
        title: "a Chinese article on high-speed rail",
        languages: "Chinese, English",
        notes: 17,
        bytes: include_bytes!("../../decks/high-speed-rail.txt"),
    },
    Sample {
        file: "drinking-water.txt",
        title: "an article in Traditional Chinese",
        languages: "Chinese, English",
        notes: 15,
        bytes: include_bytes!("../../decks/drinking-water.txt"),
    },
];

impl Sample {
    /// Returns the name without the ending.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.file.split('.').next().unwrap_or(self.file)
    }

    /// Returns the path that means this sample wherever a deck file is named.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{SCHEME}{}", self.file)
    }

    /// Returns its content.
    #[must_use]
    pub const fn bytes(&self) -> &'static [u8] {
        self.bytes
    }
}

/// Returns what a path says about samples: `None` where it speaks of none, otherwise
/// those that it means, all of them by `sample:` alone, or the name that is not known.
pub(super) fn samples_at(path: &Path) -> Option<Result<Vec<Sample>, String>> {
    let name = path.to_str()?.strip_prefix(SCHEME)?;
    if name.is_empty() {
        return Some(Ok(SAMPLES.to_vec()));
    }
    let named = |sample: &Sample| sample.file == name || sample.name() == name;
    let found = SAMPLES.into_iter().find(named);
    Some(found.map(|sample| vec![sample]).ok_or_else(|| name.to_owned()))
}

/// Returns a path without what marks it as a sample's.
pub(super) fn without_scheme(path: &str) -> &str {
    path.strip_prefix(SCHEME).unwrap_or(path)
}

/// Returns the paths of samples that begin with what was typed.
#[must_use]
pub fn sample_completions(typed: &str) -> Vec<String> {
    if !typed.starts_with(SCHEME) {
        return Vec::new();
    }
    SAMPLES.iter().map(Sample::path).filter(|path| path.starts_with(typed)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{App, ImportOptions, Input};
    use crate::config::Config;
    use crate::domain::{Day, Now};

    const NOW: Now = Now { at_ms: 1_795_392_000_000, offset_min: 0, day: Day(20_780) };

    #[test]
    fn each_sample_makes_as_many_notes_as_it_promises() {
        let added = SAMPLES.map(|sample| {
            let app = App::in_memory(Config::default(), NOW).unwrap();
            let path = sample.path();
            let input = Input { path: &path, bytes: sample.bytes() };
            let plan = app.plan(input, &ImportOptions::default(), &()).unwrap();
            app.apply(&plan, NOW, &()).unwrap().counts.added
        });
        assert_eq!(added, SAMPLES.map(|sample| sample.notes));
    }

    #[test]
    fn a_file_of_the_same_name_goes_on_where_the_sample_left_off() {
        let app = App::in_memory(Config::default(), NOW).unwrap();
        let sample = SAMPLES[0];
        let path = sample.path();
        let input = Input { path: &path, bytes: sample.bytes() };
        let plan = app.plan(input, &ImportOptions::default(), &()).unwrap();
        app.apply(&plan, NOW, &()).unwrap();
        let mut grown = sample.bytes().to_vec();
        grown.extend("再生水\treclaimed water\tzàishēngshuǐ\twater\n".as_bytes());
        let input = Input { path: "decks/policy-technology.tsv", bytes: &grown };
        let plan = app.plan(input, &ImportOptions::default(), &()).unwrap();
        let counts = plan.counts();
        assert_eq!((counts.added, counts.unchanged), (1, sample.notes));
    }

    #[test]
    fn a_path_names_one_sample_or_all_or_none() {
        let found = |path| samples_at(Path::new(path));
        assert_eq!(found("sample:japanese-food"), Some(Ok(vec![SAMPLES[2]])));
        assert_eq!(found("sample:japanese-food.txt"), Some(Ok(vec![SAMPLES[2]])));
        assert_eq!(found("sample:").unwrap().unwrap().len(), SAMPLES.len());
        assert_eq!(found("sample:nothing"), Some(Err("nothing".to_owned())));
        assert_eq!(found("./sample:japanese-food"), None);
        assert_eq!(sample_completions("sample:d"), ["sample:drinking-water.txt"]);
        assert!(sample_completions("d").is_empty());
    }
}
