//! A few hundred common words: whether two sentences speak of the same things.
//!
//! Lengths tell which lines can be translations of each other, words which are.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use super::line::Language;
use crate::domain::script::simplified_char;

const WORDS: &str = include_str!("lexicon/words.txt");

static KNOWN: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let rows = WORDS.lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| {
        let mut words = row.split(' ');
        Some((words.next()?, words.collect()))
    })
    .collect()
});

/// What one English word may be translated as.
type Translations = &'static [&'static str];

/// What a translation is a translation of, for those that are words in themselves.
static MEANT: LazyLock<Vec<(&'static str, Vec<Translations>)>> = LazyLock::new(|| {
    let mut meant: BTreeMap<&str, Vec<Translations>> = BTreeMap::new();
    for translations in KNOWN.values() {
        for &word in translations.iter().filter(|word| word.chars().count() > 1) {
            meant.entry(word).or_default().push(translations.as_slice());
        }
    }
    meant.into_iter().collect()
});

/// From this many known words on, their absence from the other side tells something.
const TELLING: usize = 3;

/// A line prepared for comparing its words: looked up once, compared often.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// The text in Simplified characters, where it is not English.
    own: String,
    /// What its own words are translations of.
    meant: Vec<&'static [Translations]>,
    /// The translations of each known word of an English text.
    known: BTreeSet<Translations>,
}

impl Words {
    /// Looks up the words of a line.
    pub fn of(text: &str, is_english: bool) -> Self {
        if !is_english {
            let own: String = text.chars().map(simplified_char).collect();
            let said = MEANT.iter().filter(|(word, _)| own.contains(word));
            let meant = said.map(|(_, meant)| meant.as_slice()).collect();
            return Self { own, meant, known: BTreeSet::new() };
        }
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
        let known = words.filter_map(|word| stems(word).find_map(|stem| KNOWN.get(stem.as_str())));
        Self { own: String::new(), meant: Vec::new(), known: known.map(Vec::as_slice).collect() }
    }
}

/// Returns what the words of both sides say about the pair, -3 to 1.6.
///
/// Chinese only: of other languages only the characters that they share count,
/// and nothing that is missing.
pub(super) fn evidence(own: &[&Words], english: &[&Words], language: Language) -> f64 {
    let known: BTreeSet<&[&str]> = english.iter().flat_map(|words| &words.known).copied().collect();
    let said = |translation: &&str| own.iter().any(|words| words.own.contains(*translation));
    let hits = known.iter().filter(|translations| translations.iter().any(said)).count();
    let meant = || own.iter().flat_map(|words| &words.meant);
    let unsaid = meant().filter(|meant| !meant.iter().any(|word| known.contains(word))).count();
    let all = known.len() + unsaid;
    let ratio = hits as f64 / all.max(1) as f64;
    if all == 0 {
        0.0
    } else if ratio >= 0.5 {
        (0.4 * hits as f64).min(1.6)
    } else if all >= TELLING && language == Language::Chinese {
        // The more is known, the more its absence tells.
        -(all as f64).min(6.0) * (0.5 - ratio)
    } else {
        0.0
    }
}

/// Returns a word and what it may be an inflected form of.
fn stems(word: &str) -> impl Iterator<Item = String> {
    let cut = |ending: &str, more: &str| {
        word.strip_suffix(ending).filter(|stem| stem.len() >= 2).map(|stem| format!("{stem}{more}"))
    };
    let double = |ending: &str| {
        let stem = word.strip_suffix(ending)?;
        let last = stem.chars().next_back()?;
        stem.strip_suffix(last).filter(|stem| stem.ends_with(last)).map(str::to_owned)
    };
    let forms = [
        Some(word.to_owned()),
        cut("ies", "y"),
        cut("ied", "y"),
        cut("ves", "f"),
        cut("es", ""),
        cut("s", ""),
        cut("ed", ""),
        cut("d", ""),
        cut("ing", ""),
        cut("ing", "e"),
        double("ed"),
        double("ing"),
        irregular(word).map(str::to_owned),
    ];
    forms.into_iter().flatten()
}

fn irregular(word: &str) -> Option<&'static str> {
    const FORMS: &str = "children child men man women woman feet foot went go took take taken take \
        gave give given give made make built build grew grow grown grow kept keep lost lose found \
        find told tell spoke speak spoken speak wrote write written write knew know known know \
        saw see seen see heard hear thought think brought bring sent send sold sell bought buy \
        paid pay ran run sat sit stood stand slept sleep ate eat drank drink met meet won win \
        began begin begun begin broke break broken break forgot forget taught teach says said \
        older old newer new bigger big larger large smaller small longer long higher high \
        best good better good leaves leaf lives life fell fall flew fly swam swim shown show";
    static STEMS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
        let forms: Vec<&str> = FORMS.split_whitespace().collect();
        forms.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    });
    STEMS.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translations_share_words_and_strangers_do_not() {
        let evidence = |cjk: &str, en: &str, language| {
            evidence(&[&Words::of(cjk, false)], &[&Words::of(en, true)], language)
        };
        let en = "The gravity of the moon lifts the sea twice a day.";
        let of = |cjk| evidence(cjk, en, Language::Chinese);
        assert!(of("月球的引力使海面每天升降两次。") > 1.0);
        assert!(of("與風能相比，它的優點是可以預測。") < -1.0);
        assert!(
            evidence("谢谢分享，收藏了！", "My grandma says the same thing.", Language::Chinese)
                < -1.0
        );
        assert!(evidence("서울", en, Language::Korean).abs() < 0.01);
    }

    #[test]
    fn inflected_forms_are_known() {
        for (word, stem) in [
            ("cities", "city"),
            ("planted", "plant"),
            ("stopped", "stop"),
            ("leaves", "leaf"),
            ("children", "child"),
            ("making", "make"),
            ("houses", "house"),
            ("knives", "knif"),
        ] {
            assert!(stems(word).any(|form| form == stem), "{word}");
        }
    }
}
