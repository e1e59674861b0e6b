//! Bilingual articles with the pairs that a reader should find in them.
//!
//! `corpus/articles/NAME.txt` (or `.md`, `.html`) lies beside
//! `NAME.expected.tsv` with the columns kind, front, back, section and
//! attribution. A row whose section is `inline` is optional.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use termdeck::domain::Kind;
use termdeck::import::{self, Draft, ReadOptions, Reading, article};
use unicode_normalization::UnicodeNormalization;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/articles");

/// Articles that nothing was tuned on: they say how well unknown texts are read.
const HELD_OUT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/articles/held-out");

struct Sample {
    name: String,
    text: String,
    required: BTreeSet<Pair>,
    optional: BTreeSet<Pair>,
    /// Front and attribution of each quotation.
    quotations: Vec<(String, String)>,
}

/// The two sides as they are compared, in either order.
type Pair = BTreeSet<String>;

fn samples() -> Vec<Sample> {
    samples_in(CORPUS)
}

fn samples_in(folder: &str) -> Vec<Sample> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file() && path.extension().is_some_and(|ending| ending != "tsv"))
        .collect();
    paths.sort();
    paths.iter().map(|path| sample(path)).collect()
}

fn sample(path: &Path) -> Sample {
    let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
    let expected = fs::read_to_string(path.with_extension("expected.tsv")).unwrap();
    let mut sample = Sample {
        name,
        text: fs::read_to_string(path).unwrap(),
        required: BTreeSet::new(),
        optional: BTreeSet::new(),
        quotations: Vec::new(),
    };
    for row in expected.lines().skip(1).filter(|row| !row.is_empty()) {
        let [kind, front, back, section, attribution] =
            row.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let rows = if section == "inline" { &mut sample.optional } else { &mut sample.required };
        rows.insert(pair(front, back));
        if kind == "quotation" {
            sample.quotations.push((folded(front), folded(attribution)));
        }
    }
    sample
}

fn pair(front: &str, back: &str) -> Pair {
    [folded(front), folded(back)].into()
}

/// Folds width, case, white space, punctuation, word class and phonetics.
fn folded(text: &str) -> String {
    const CLASSES: [&str; 9] = ["n.", "v.", "vt.", "vi.", "adj.", "adv.", "(vt.)", "(n.)", "(v.)"];
    let mut text: String = text.nfkc().collect::<String>().to_lowercase();
    if let Some((before, rest)) = text.split_once(" /")
        && let Some((sound, after)) = rest.split_once('/')
        && !sound.is_ascii()
    {
        text = format!("{before}{after}");
    }
    for class in CLASSES {
        if let Some(rest) = text.strip_prefix(class).or_else(|| text.strip_suffix(class)) {
            text = rest.to_owned();
        }
    }
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn read(text: &str) -> Reading {
    article::read(text, &ReadOptions::default()).unwrap()
}

fn ticked(reading: &Reading) -> BTreeSet<Pair> {
    let ticked = reading.drafts.iter().filter(|draft| draft.is_ticked());
    ticked.map(|Draft { fields, .. }| pair(&fields.front, &fields.back)).collect()
}

/// What is missing from the ticked pairs of a sample, and what is too much, whichever
/// reader takes it: a page of tables is read as such.
fn faults(sample: &Sample) -> (Vec<Pair>, Vec<Pair>) {
    let options = ReadOptions::default();
    let ticked =
        ticked(&import::read(sample.text.as_bytes(), &sample.name, &options, &()).unwrap());
    let missing = sample.required.difference(&ticked).cloned().collect();
    let extra = ticked.difference(&sample.required);
    (missing, extra.filter(|pair| !sample.optional.contains(*pair)).cloned().collect())
}

#[test]
fn the_ticked_pairs_of_each_sample_are_the_expected_ones() {
    let mut wrong = String::new();
    for sample in samples() {
        let (missing, extra) = faults(&sample);
        if !missing.is_empty() || !extra.is_empty() {
            writeln!(wrong, "{}: missing {missing:#?}, extra {extra:#?}", sample.name).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn nineteen_of_twenty_pairs_of_texts_held_out_are_found_and_right() {
    let (mut wanted, mut right, mut found) = (0, 0, 0);
    for sample in samples_in(HELD_OUT) {
        let (missing, extra) = faults(&sample);
        wanted += sample.required.len();
        right += sample.required.len() - missing.len();
        found += sample.required.len() - missing.len() + extra.len();
    }
    assert!(right * 100 >= wanted * 95, "recall: {right} of {wanted}");
    assert!(right * 100 >= found * 95, "precision: {right} of {found}");
}

#[test]
fn quotations_carry_their_attribution() {
    for sample in samples() {
        let reading = read(&sample.text);
        for (front, attribution) in sample.quotations {
            if attribution.is_empty() {
                continue;
            }
            let draft = reading.drafts.iter().find(|draft| folded(&draft.fields.front) == front);
            let draft = draft.unwrap_or_else(|| panic!("{}: {front}", sample.name));
            assert_eq!(draft.kind, Kind::Quotation, "{}: {front}", sample.name);
            assert_eq!(folded(&draft.fields.source), attribution, "{}", sample.name);
        }
    }
}

#[test]
fn every_sample_looks_like_an_article() {
    for sample in samples() {
        assert!(article::looks_like(&sample.text), "{}", sample.name);
    }
}

#[test]
fn line_ends_change_nothing() {
    for sample in samples() {
        let plain = read(&sample.text);
        assert_eq!(read(&sample.text.replace('\n', "\r\n")), plain, "{}", sample.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn a_mangled_sample_is_read_to_the_end(
        pick in any::<prop::sample::Index>(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_usize..4), 1..12),
    ) {
        let samples = texts();
        let mut bytes = pick.get(samples).as_bytes().to_vec();
        for (at, byte, way) in cuts {
            let at = at.index(bytes.len());
            match way {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 if bytes.len() > 1 => {
                    bytes.remove(at);
                }
                _ => bytes.truncate(at.max(1)),
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(reading) = article::read(&text, &ReadOptions::default()) {
            let lines = reading.lines.unwrap();
            let counted = lines.pair + lines.heading + lines.attribution + lines.metadata
                + lines.context + lines.boilerplate + lines.unpaired;
            let written = text
                .split('\n')
                .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
                .filter(|line| !line.trim().is_empty() && *line != "\u{FEFF}");
            prop_assert_eq!(counted as usize, written.count());
        }
    }
}

/// A line as it may stand in an article, and what may break one.
fn any_line() -> impl Strategy<Value = String> {
    let han = "[一-龥]{1,12}";
    let kana = "[ぁ-んァ-ヶー]{1,8}";
    let hangul = "[가-힣]{1,8}";
    let latin = "[a-zA-Z',. -]{1,40}";
    let mark = prop::sample::select(vec![
        "（",
        "）",
        "(",
        ")",
        "[",
        "]",
        "【",
        "】",
        "“",
        "”",
        "：",
        " - ",
        "——",
        "。",
        "，",
        "、",
        "\t",
        "|",
        "1. ",
        "②",
        "2020年3月4日",
        "/niːd/",
        "n. ",
        "(guó)",
        "（しゅう）",
        "(市場)",
        "<p>",
        "</p>",
        "<ruby>",
        "<rt>",
        "&#",
        "# ",
        "> ",
        "\u{3000}",
        "...",
        "词汇",
        "编辑：",
        "Read more",
    ]);
    let piece = prop_oneof![
        3 => han, 2 => kana, 2 => hangul, 3 => latin, 4 => mark.prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_mix_of_scripts_is_read_and_each_line_counted_once(
        lines in prop::collection::vec(any_line(), 1..14),
    ) {
        let text = lines.join("\n");
        let Ok(reading) = article::read(&text, &ReadOptions::default()) else {
            prop_assert!(text.trim_matches(|c: char| c.is_whitespace()).is_empty());
            return Ok(());
        };
        let written = text.lines().filter(|line| !line.trim().is_empty()).count();
        let counts = reading.lines.unwrap();
        let counted = counts.pair + counts.heading + counts.attribution + counts.metadata
            + counts.context + counts.boilerplate + counts.unpaired;
        prop_assert_eq!(counted as usize, written);
        for draft in &reading.drafts {
            let own = text.lines().nth(draft.line as usize - 1);
            prop_assert!(own.is_some_and(|line| !line.trim().is_empty()), "line {}", draft.line);
            prop_assert!(!draft.fields.front.is_empty() && !draft.fields.back.is_empty());
            prop_assert!(draft.is_ticked() || !draft.reason.is_empty());
        }
    }
}

#[test]
fn lines_of_any_length_are_read() {
    for piece in ["国(guó", "国(a)", "a|果|", "图书馆library", "(", "“", "1. 苹果 apple ", "——"]
    {
        let line = piece.repeat(40_000);
        let reading = read(&line);
        assert!(reading.drafts.is_empty(), "{piece}: {}", reading.drafts.len());
        assert!(!article::looks_like(&line), "{piece}");
    }
}

/// The texts of all samples, read once.
fn texts() -> &'static [String] {
    static TEXTS: LazyLock<Vec<String>> =
        LazyLock::new(|| samples().into_iter().map(|sample| sample.text).collect());
    &TEXTS
}
