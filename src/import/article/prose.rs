//! Glosses in running text: 和谐 (harmony), the Silk Road (丝绸之路).
//!
//! Where a term begins in front of its bracket is a guess: by the words that
//! no term crosses, and by the length of the gloss.

use super::annotation;
use super::confidence::misfit;
use super::inline::is_gloss;
use super::line::{Language, Share, is_cjk, is_hangul, is_latin};

/// A term and its gloss.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Gloss {
    /// The side that is not English.
    pub term: String,
    /// The English side.
    pub english: String,
    /// How the term is read, where that stood beside the gloss.
    pub reading: String,
}

/// The most words of a gloss; more are a remark.
const MOST_WORDS: usize = 8;
/// The longest term, in characters.
const LONGEST: usize = 12;

/// Words that no term crosses, and words that few do.
const HARD: &str = "的 了 把 被 将 是 叫做 叫作 称为 称作 叫 称 从 名为 所谓 来自 强调 包括 例如 \
    比如 提出 通过 谈 练习 参加 举办 建立 成立 关于 引入 认为 以及 这种 那种 一种 这个 那个 一个 实现 就是 的確 は が を に で と も へ や";
const SOFT: &str = "和 与 與 及 或 在 对 為 为 用 有 到 以 向 让 使 の";

/// Returns the glosses in brackets of a text.
pub(super) fn glosses(text: &str, language: Language) -> Vec<Gloss> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find(['(', '（']).map(|at| at + from) {
        let inner = open + text[open..].chars().next().map_or(1, char::len_utf8);
        let Some(close) = text[inner..].find([')', '）']).map(|at| at + inner) else { break };
        let (before, inside) = (text[..open].trim_end(), text[inner..close].trim());
        if !inside.contains(['(', '（']) {
            found.extend(of(before, inside, language));
        }
        from = close;
    }
    found
}

fn of(before: &str, inside: &str, language: Language) -> Option<Gloss> {
    let last = before.chars().next_back()?;
    let share = Share::of(inside);
    let quoted = matches!(last, '”' | '』' | '」' | '》' | '’' | '"');
    if (is_cjk(last) || quoted) && share.cjk == 0 {
        let (term, reading, gloss) = match read_term(before, inside) {
            Some(found) => found,
            None if quoted => (within_quotes(before)?, "", inside),
            None => (own_term(before, inside, language)?, "", inside),
        };
        let fits = is_gloss(gloss) && Share::of(gloss).words <= MOST_WORDS && term.contains(is_cjk);
        let (gloss, reading) = (gloss.to_owned(), reading.to_owned());
        return fits.then_some(Gloss { term, english: gloss, reading });
    }
    if is_latin(last) && share.letters == 0 && (1..=LONGEST).contains(&share.cjk) {
        let gloss = english_term(before, inside, language)?;
        let term = inside.to_owned();
        return is_gloss(&gloss).then(|| Gloss { term, english: gloss, reading: String::new() });
    }
    None
}

/// Returns the term, its reading and its gloss where a reading tells how long the
/// term is: 和谐 (héxié, harmony).
fn read_term<'a>(before: &str, inside: &'a str) -> Option<(String, &'a str, &'a str)> {
    let (reading, gloss) = inside.split_once([',', '，', ';', '；'])?;
    if !annotation::has_tone(reading) {
        return None;
    }
    let starts = before.char_indices().rev().take(LONGEST).map(|(at, _)| at);
    let mut terms = starts.map(|at| &before[at..]);
    let term = terms.find(|term| annotation::is_reading(term, reading))?;
    Some((term.to_owned(), reading.trim(), gloss.trim()))
}

/// Returns what stands between the last quotation marks of the text.
fn within_quotes(before: &str) -> Option<String> {
    let closed = before.trim_end_matches(['”', '』', '」', '》', '’', '"']);
    let open = closed.rfind(['“', '『', '「', '《', '‘', '"'])?;
    let inside = closed[open..].trim_start_matches(['“', '『', '「', '《', '‘', '"']);
    (1..=LONGEST).contains(&inside.chars().count()).then(|| inside.to_owned())
}

/// Returns the term at the end of a text in the language beside English.
fn own_term(before: &str, gloss: &str, language: Language) -> Option<String> {
    let part = |c: char| is_cjk(c) || c.is_ascii_alphanumeric() || c == '·';
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| part(*c))
        .last()
        .map_or(before.len(), |(at, _)| at);
    let run = &before[start..];
    if run.contains(is_hangul) {
        return Some(run.to_owned());
    }
    let long = |at: &usize| run[*at..].chars().count() >= 2;
    let after = |words: &'static str| {
        let ends = words.split_whitespace();
        ends.flat_map(|word| run.match_indices(word).map(move |(at, _)| at + word.len()))
    };
    let hard = after(HARD).filter(long).max().unwrap_or(0);
    let fit = |at: usize| misfit(&run[at..], gloss, language);
    let mut starts: Vec<usize> = after(SOFT).filter(|at| *at > hard).filter(long).collect();
    starts.push(hard);
    starts.sort_unstable();
    let fitting = starts
        .iter()
        .copied()
        .find(|&at| fit(at) <= 0.6 && run[at..].chars().count() <= LONGEST)
        .or_else(|| {
            // No word parts it: as many characters as the gloss asks for.
            let all = run[hard..].char_indices().map(|(at, _)| at + hard).filter(long);
            let near = all.filter(|&at| run[at..].chars().count() <= LONGEST);
            near.min_by(|a, b| fit(*a).total_cmp(&fit(*b)))
        })?;
    Some(run[fitting..].to_owned())
}

/// Returns the English term at the end of a text, by the length of its gloss.
fn english_term(before: &str, term: &str, language: Language) -> Option<String> {
    const STOPS: [&str; 24] = [
        "of", "the", "a", "an", "and", "or", "in", "on", "to", "for", "with", "as", "is", "are",
        "was", "called", "by", "from", "that", "this", "their", "its", "at", "his",
    ];
    let sentence = before.rfind(['.', '!', '?', ',', ';', ':', '"', '“', '”', '—', '(', ')']);
    let clause = sentence
        .map_or(before, |at| &before[at + before[at..].chars().next().map_or(1, char::len_utf8)..]);
    let clause = match clause.rfind(is_cjk) {
        Some(at) => &clause[at + clause[at..].chars().next().map_or(1, char::len_utf8)..],
        None => clause,
    };
    let words: Vec<&str> = clause.split_whitespace().collect();
    let first = words.len().saturating_sub(5);
    let capital = words.last().is_some_and(|word| word.starts_with(char::is_uppercase));
    (first..words.len())
        .filter(|&at| !STOPS.contains(&words[at].to_lowercase().as_str()))
        // A name does not begin in small letters.
        .filter(|&at| !capital || words[at].starts_with(char::is_uppercase))
        .map(|at| words[at..].join(" "))
        .filter(|text| capital || !STOPS.iter().any(|stop| text.contains(&format!(" {stop} "))))
        .min_by(|a, b| misfit(term, a, language).total_cmp(&misfit(term, b, language)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glosses_in_running_text_are_found() {
        for (text, term, gloss) in [
            (
                "学校里都在谈人工智能（AI, artificial intelligence）的用处。",
                "人工智能",
                "AI, artificial intelligence",
            ),
            ("她每天早上练习太极拳 (tai chi)。", "太极拳", "tai chi"),
            ("It rests on the concept of 和谐 (harmony).", "和谐", "harmony"),
            ("后来，营养师把食物银行 (food bank) 的做法带来。", "食物银行", "food bank"),
            ("这就是“海绵城市”（sponge city）。", "海绵城市", "sponge city"),
            ("Caravans once crossed the Silk Road (丝绸之路).", "丝绸之路", "Silk Road"),
            ("He spoke of harmony (和谐) twice.", "和谐", "harmony"),
            ("萨特的存在主义(existentialism)影响很大。", "存在主义", "existentialism"),
        ] {
            let found = glosses(text, Language::Chinese);
            let sides: Vec<_> =
                found.iter().map(|g| (g.term.as_str(), g.english.as_str())).collect();
            assert_eq!(sides, [(term, gloss)], "{text}");
        }
    }

    #[test]
    fn a_reading_beside_the_gloss_is_kept_apart() {
        let found = glosses("他讲究和谐（héxié, harmony）。", Language::Chinese);
        assert_eq!((found[0].reading.as_str(), found[0].english.as_str()), ("héxié", "harmony"));
    }

    #[test]
    fn dates_and_remarks_are_no_glosses() {
        for text in
            ["会议（July 1）结束。", "镜子(2.5米)很大。", "他来了（见上图）。", "（笑）", "A (b"]
        {
            assert_eq!(glosses(text, Language::Chinese), [], "{text}");
        }
    }
}
