//! How well two texts fit as translations of each other.

use std::collections::BTreeSet;

use super::line::{Language, Share, ends_sentence, has_open_quote, is_balanced, is_damaged};

/// Returns how well two sides fit by their form alone, about -6 (not at all) to 6 (surely).
pub(super) fn fit(cjk: &str, latin: &str, language: Language) -> f64 {
    3.0 - misfit(cjk, latin, language) + numbers(cjk, latin) + names(cjk, latin) + stops(cjk, latin)
}

/// Returns the penalty for lengths that do not go together, 0 to 6.
///
/// Of a side that lists several senses, the one that fits best counts.
pub(super) fn misfit(cjk: &str, latin: &str, language: Language) -> f64 {
    let (bare, bare_latin) = (without_brackets(cjk), without_brackets(latin));
    let whole = misfit_of(cjk, latin, language).min(misfit_of(&bare, &bare_latin, language) + 0.2);
    if whole < 0.5 || cjk.chars().count() > 20 || ends_sentence(cjk) {
        return whole;
    }
    let own = cjk.split(['；', ';', '，', ',', '、', '/']).filter(|sense| !sense.trim().is_empty());
    own.flat_map(|sense| latin.split([';', '/', ',']).map(move |other| (sense, other)))
        .map(|(sense, other)| misfit_of(sense, other, language) + 0.3)
        .fold(whole, f64::min)
}

/// Returns a text without what stands in brackets: an explanation of one side.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn misfit_of(cjk: &str, latin: &str, language: Language) -> f64 {
    let share = Share::of(cjk);
    let own = share.cjk as f64 + share.letters as f64 / 4.0;
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count() as f64;
    let letters = Share::of(latin).letters as f64 + digits(latin);
    let units = own + digits(cjk) / language.letters_per_char();
    if units < 0.5 || letters < 1.0 {
        return 6.0;
    }
    let off = (letters / units / language.letters_per_char()).ln();
    // A short term may be any length in the other language; a paragraph not.
    let spread = if share.cjk <= 3 {
        0.75
    } else if share.cjk <= 8 {
        0.55
    } else {
        0.42
    };
    let z: f64 = off / spread;
    (z * z / 2.0).min(6.0)
}

fn numbers(cjk: &str, latin: &str) -> f64 {
    let (own, other) = (digits_in(cjk), digits_in(latin));
    if own.is_empty() && other.is_empty() {
        return 0.0;
    }
    let shared = own.intersection(&other).count();
    match (own.is_empty() || other.is_empty(), shared) {
        (true, _) => -0.3,
        (false, 0) => -1.5,
        (false, n) => (0.6 + 0.4 * n as f64).min(2.0),
    }
}

/// Returns the numbers of a text; the name of a month counts as its number.
fn digits_in(text: &str) -> BTreeSet<String> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if !text.bytes().any(|b| b.is_ascii_digit())
        && !text.split(' ').any(|word| word.starts_with(|c: char| "JFMASOND".contains(c)))
    {
        return BTreeSet::new();
    }
    let joined = text.replace(',', "\u{1}");
    let mut found = BTreeSet::new();
    // A comma between digits groups thousands only when three digits follow.
    for token in joined.split(|c: char| !c.is_ascii_digit() && c != '\u{1}' && c != '.') {
        let token = token.trim_matches(['\u{1}', '.']);
        let grouped = token.split('\u{1}').skip(1).all(|group| group.len() == 3);
        if grouped {
            found.insert(token.replace('\u{1}', ""));
        } else {
            found.extend(token.split('\u{1}').map(str::to_owned));
        }
    }
    found.remove("");
    for word in text.split(|c: char| !c.is_ascii_alphabetic()) {
        if word.starts_with(char::is_uppercase)
            && let Some(at) = MONTHS.iter().position(|month| word.eq_ignore_ascii_case(month))
        {
            found.insert((at + 1).to_string());
        }
    }
    found
}

/// Returns what Latin names on the other side tell: AI stays AI.
fn names(cjk: &str, latin: &str) -> f64 {
    let lower = latin.to_lowercase();
    let mut score = 0.0;
    for name in cjk.split(|c: char| !c.is_ascii_alphanumeric()) {
        if name.len() >= 2 && name.contains(|c: char| c.is_ascii_alphabetic()) {
            score += if lower.contains(&name.to_lowercase()) { 0.8 } else { -0.4 };
        }
    }
    f64::clamp(score, -0.8, 1.6)
}

fn stops(cjk: &str, latin: &str) -> f64 {
    match (ends_sentence(cjk), ends_sentence(latin)) {
        (true, true) => 1.0,
        (false, false) => 0.5,
        (true, false) => -1.3,
        (false, true) => -0.6,
    }
}

/// Returns why a pair should not be ticked beforehand, if it should not.
pub(super) fn fault(cjk: &str, latin: &str) -> Option<&'static str> {
    if is_damaged(cjk) || is_damaged(latin) {
        return Some("the text looks damaged");
    }
    if !is_balanced(cjk) || !is_balanced(latin) {
        return Some("unbalanced brackets");
    }
    if has_open_quote(cjk) != has_open_quote(latin) {
        return Some("unbalanced quotation marks");
    }
    let words = Share::of(latin).words;
    let chars = Share::of(cjk).cjk;
    let trails = |text: &str| text.ends_with("...") || text.ends_with('…');
    let (own, other) = (ends_sentence(cjk), ends_sentence(latin));
    let comma = |text: &str| text.ends_with(['，', ',', '、', '；', '：', '-']);
    if comma(cjk) || comma(latin) || (trails(cjk) != trails(latin) && chars > 6) {
        return Some("cut off");
    }
    if (other && !own && chars >= 14 && words >= 8) || (own && !other && words >= 6) {
        return Some("cut off");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translations_fit_better_than_strangers() {
        let zh = "湖滨植物园5月6日宣布,将于5月8日开放一条长600米的步道,沿途可以看到70多种苔藓。";
        let en = "The Lakeside Botanic Garden said Thursday it will open a 600-meter trail on May 8 \
                  that leads visitors past more than 70 species of moss.";
        let good = fit(zh, en, Language::Chinese);
        assert!(good > 4.0, "{good}");
        assert!(fit(zh, "survey telescope", Language::Chinese) < 0.0);
        assert!(fit("兵", "pawn", Language::Chinese) > 3.0);
    }

    #[test]
    fn numbers_are_read_alike() {
        assert_eq!(digits_in("1,200 and 7"), digits_in("1200加7"));
        assert_eq!(digits_in("March 8, 2025"), digits_in("2025年3月8日"));
    }

    #[test]
    fn faults_are_named() {
        for (cjk, latin, wanted) in [
            ("光污染治理", "control of light pollution", None),
            ("数据库（DB", "database (DB)", Some("unbalanced brackets")),
            ("ä¸\u{AD}å›½", "China", Some("the text looks damaged")),
            ("\u{FFFD}污染", "pollution", Some("the text looks damaged")),
            (
                "所有选手都在期待周日的决赛轮,它将决定冠军,并评出",
                "Every player is looking forward to it on Sunday.",
                Some("cut off"),
            ),
            ("café文化", "café culture", None),
        ] {
            assert_eq!(fault(cjk, latin), wanted, "{cjk}");
        }
    }
}
