//! Pairs that stand on one line: `术语 — term`, `术语（term）`, `1. 甲 a 2. 乙 b`.

use super::annotation;
use super::furigana;
use super::gloss;
use super::line::{Share, is_balanced, is_cjk, is_closer, is_latin, unmatched};
use super::row::{alternating, from_cells, numbered, separated};

/// What holds the two sides together, from weak to strong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bond {
    /// Only that an acronym stands beside the term.
    Acronym,
    /// Nothing: 苹果apple.
    Glued,
    /// One blank.
    Space,
    /// Brackets around the second side.
    Paren,
    /// A colon, an equals sign, a slash.
    Mark,
    /// A wide gap, a spaced dash, a cell border.
    Wide,
}

/// Two sides found on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Split {
    /// The side that is not English.
    pub cjk: String,
    /// The English side.
    pub latin: String,
    /// What holds them together.
    pub bond: Bond,
    /// The reading that stood between them.
    pub reading: String,
    /// Word class, phonetics, remarks, further cells.
    pub notes: Vec<String>,
    /// Whether a bracket is open: the line was cut.
    pub cut: bool,
}

/// The longest line that is looked at for pairs, in bytes; more is no list for people.
const LONGEST_LINE: usize = 16 * 1024;

/// Returns the pairs on a line; none where it belongs to one language.
pub(super) fn pairs(text: &str) -> Vec<Split> {
    if text.len() > LONGEST_LINE {
        return Vec::new();
    }
    let share = Share::of(text);
    if share.cjk == 0 || share.letters == 0 {
        return Vec::new();
    }
    for sign in [" // ", " # ", "\t// ", "\t# "] {
        if let Some((entry, comment)) = text.split_once(sign) {
            let mut found = pairs(entry);
            if let [split] = found.as_mut_slice() {
                split.notes.push(comment.trim().to_owned());
                return found;
            }
        }
    }
    if text.contains(['\t', '|', '｜', '¦']) {
        let cells: Vec<&str> = text
            .split(['\t', '|', '｜', '¦'])
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
            .collect();
        // Each cell is a pair in itself: `哑铃 dumbbell | 杠铃 barbell`.
        let mixed = |cell: &&str| Share::of(cell).letters > 1 && cell.contains(is_cjk);
        if cells.len() >= 2 && cells.len() <= 16 && cells.iter().all(mixed) {
            let found: Vec<Split> = cells.iter().filter_map(|cell| one(cell)).collect();
            if found.len() == cells.len() && found.iter().all(|split| !split.cut) {
                return found;
            }
        }
        let found = from_cells(&cells);
        if !found.is_empty() {
            return found;
        }
    }
    for pieces in [numbered(text), separated(text)] {
        if pieces.len() >= 2 {
            let found: Vec<Split> = pieces.iter().filter_map(|piece| one(piece)).collect();
            if found.len() == pieces.len() && found.iter().all(|split| !split.cut) {
                return found;
            }
        }
    }
    let found = alternating(text);
    if !found.is_empty() {
        return found;
    }
    one(text).into_iter().collect()
}

/// Words in front of a sentence that is an example.
const EXAMPLE: [&str; 6] = ["例：", "例:", "例句：", "例句:", "e.g. ", "eg. "];

/// Reads a line as one pair, in either order.
fn one(text: &str) -> Option<Split> {
    let text = text.trim();
    let text = EXAMPLE.iter().find_map(|sign| text.strip_prefix(sign)).unwrap_or(text).trim();
    let first_cjk = text.find(is_cjk)?;
    let first_latin = text.find(is_latin)?;
    if let Some(split) = explained(text, first_latin) {
        return Some(split);
    }
    if first_cjk < first_latin {
        cjk_first(text).or_else(|| latin_first(text))
    } else {
        latin_first(text).or_else(|| cjk_first(text))
    }
}

/// Reads a pair that an explanation follows: `角质层 — cuticle，防止水分流失`.
fn explained(text: &str, first_latin: usize) -> Option<Split> {
    let at = text[first_latin..].find(['，', '；', '。'])? + first_latin;
    let (pair, tail) = text.split_at(at);
    let tail = tail.trim_start_matches(['，', '；', '。']).trim();
    let share = Share::of(tail);
    if share.letters > 0 || share.cjk < 3 || !pair[..first_latin].contains(is_cjk) {
        return None;
    }
    let mut split = cjk_first(pair).filter(|split| split.bond >= Bond::Mark && !split.cut)?;
    split.notes.push(tail.to_owned());
    Some(split)
}

fn cjk_first(text: &str) -> Option<Split> {
    // A remark in Chinese at the end is no part of the first side.
    let bare = gloss::english(text);
    let remark = bare.notes.iter().any(|note| note.contains(is_cjk));
    let body = if remark { without_remark(text) } else { text };
    let last = body.char_indices().rev().find(|(_, c)| is_cjk(*c))?;
    let mut at = last.0 + last.1.len_utf8();
    // Closing marks and sentence stops still belong to the first side.
    while let Some(c) = body[at..].chars().next() {
        let closes = is_closer(c) && (c == '”' || c == '’' || unmatched(&body[..at]).0 > 0);
        if !(closes || matches!(c, '。' | '！' | '？' | '…')) {
            break;
        }
        at += c.len_utf8();
    }
    at += own_tail(&body[at..]);
    let (left, tail) = body.split_at(at);
    let (bond, latin, cut) = separator(tail)?;
    let share = Share::of(left);
    if share.words > 1 && share.letters > share.cjk {
        return None;
    }
    let mut split = finish(left, latin, bond)?;
    split.cut = cut || !is_balanced(left) || !is_balanced(&split.latin);
    if remark {
        split.notes.extend(bare.notes.into_iter().filter(|note| note.contains(is_cjk)));
    }
    Some(split)
}

fn without_remark(text: &str) -> &str {
    text.rfind(['(', '（', '【']).map_or(text, |open| text[..open].trim_end())
}

/// Returns how much of what follows the last character still belongs to its
/// side: an acronym as in 维生素C or 时间戳(TS), when a gloss follows it.
fn own_tail(tail: &str) -> usize {
    let spaces = tail.len() - tail.trim_start_matches(' ').len();
    let bare = &tail[spaces..];
    if bare.starts_with(['(', '（'])
        && let Some(close) = bare.find([')', '）'])
    {
        let end = close + bare[close..].chars().next().map_or(1, char::len_utf8);
        let after = bare[end..].trim_start_matches(|c: char| !is_latin(c) && c != '(');
        if is_balanced(&bare[..end]) && after.contains(is_latin) && !bare[end..].starts_with('/') {
            return spaces + end;
        }
        return 0;
    }
    if spaces > 0 {
        return 0;
    }
    let token =
        tail.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"+#-.".contains(b)).count();
    let acronym = (1..=6).contains(&token)
        && tail[..token].bytes().all(|b| !b.is_ascii_lowercase())
        && tail[..token].bytes().any(|b| b.is_ascii_alphanumeric());
    let rest = &tail[token..];
    let parted = rest.starts_with(|c: char| !is_latin(c));
    if acronym && parted && Share::of(rest).letters > 1 { token } else { 0 }
}

/// Brackets that may hold the second side.
const OPENERS: [char; 7] = ['(', '（', '[', '［', '【', '〔', '{'];
const CLOSERS: [char; 7] = [')', '）', ']', '］', '】', '〕', '}'];

/// Reads what stands between the sides; returns the bond, the second side and
/// whether a bracket stayed open.
fn separator(tail: &str) -> Option<(Bond, &str, bool)> {
    let start = tail.find(|c: char| !is_separator(c) && c != '.')?;
    let (between, rest) = tail.split_at(start);
    let marks = between.trim();
    if let Some(inside) = rest.strip_prefix(OPENERS)
        && marks.is_empty()
    {
        let (open, _) = unmatched(rest);
        let whole = rest.trim_end_matches(['。', '.', ';', '；', ',', '，']);
        if open > 0 {
            return Some((Bond::Paren, inside.trim(), true));
        }
        if whole.ends_with(CLOSERS) && wraps(whole) {
            let inside = whole.strip_prefix(OPENERS)?.strip_suffix(CLOSERS)?;
            return Some((Bond::Paren, inside.trim(), false));
        }
    }
    let wide = between.contains('\t') || between.contains("  ");
    let dashed = between.len() > marks.len()
        && marks.chars().any(|c| matches!(c, '-' | '–' | '—' | '―' | '─' | '→' | '>'));
    let bond = if wide || dashed {
        Bond::Wide
    } else if !marks.is_empty() {
        Bond::Mark
    } else if !between.is_empty() {
        Bond::Space
    } else {
        Bond::Glued
    };
    Some((bond, rest, false))
}

/// Whether the bracket that opens the text closes at its very end.
fn wraps(text: &str) -> bool {
    let mut depth = 0_usize;
    let last = text.chars().count().saturating_sub(1);
    for (at, c) in text.chars().enumerate() {
        match c {
            c if OPENERS.contains(&c) => depth += 1,
            c if CLOSERS.contains(&c) => {
                depth = depth.saturating_sub(1);
                if depth == 0 && at < last {
                    return false;
                }
            }
            _ => {}
        }
    }
    true
}

const fn is_separator(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t'
            | ':'
            | '：'
            | '='
            | '＝'
            | '-'
            | '–'
            | '—'
            | '―'
            | '─'
            | '－'
            | '/'
            | '／'
            | '|'
            | '｜'
            | '→'
            | '>'
            | ','
            | '，'
            | '、'
            | ';'
            | '；'
            | '~'
            | '～'
            | '·'
            | '•'
            | '∣'
            | '丨'
            | '⇒'
            | '↔'
            | '…'
            | '_'
            | '\\'
            | '&'
            | '≈'
            | '*'
            | '#'
    )
}

fn latin_first(text: &str) -> Option<Split> {
    let first = text.find(is_cjk)?;
    let mut at = first;
    // Opening marks belong to the second side, and so does an acronym that is
    // glued to it.
    while let Some(c) = text[..at].chars().next_back() {
        if !matches!(c, '《' | '“' | '「' | '〈' | '『') {
            break;
        }
        at -= c.len_utf8();
    }
    let own = |b: &u8| b.is_ascii_alphanumeric() || matches!(*b, b'.' | b'+' | b'%');
    let glued = text[..at].bytes().rev().take_while(own).count();
    let token = &text[at - glued..at];
    let named = token.starts_with(|c: char| c.is_ascii_alphanumeric());
    if named && token.bytes().all(|b| !b.is_ascii_lowercase()) {
        at -= glued;
    }
    let (head, tail) = text.split_at(at);
    let end = head
        .rfind(|c: char| !is_separator(c) || c == '/')
        .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
    let (mut latin, between) = head.split_at(end);
    let mut cjk = tail;
    let mut bond = if between.contains('\t') || between.contains("  ") {
        Bond::Wide
    } else if between.trim().is_empty() {
        if between.is_empty() { Bond::Glued } else { Bond::Space }
    } else if between.trim().len() < between.len() {
        Bond::Wide
    } else {
        Bond::Mark
    };
    let mut cut = false;
    // A bracket that closes before the end belongs to what follows: `cub （熊的）幼崽`.
    let whole = &text[latin.trim_end_matches(OPENERS).len()..];
    if latin.ends_with(OPENERS) && is_balanced(whole) && !whole.trim_end().ends_with(CLOSERS) {
        latin = latin.trim_end_matches(OPENERS).trim_end();
        cjk = whole.trim();
        bond = Bond::Space;
    } else if let Some(bare) = latin.strip_suffix(OPENERS) {
        let inside = tail.trim_end_matches(['.', '。']);
        latin = bare.trim_end();
        bond = Bond::Paren;
        match inside.strip_suffix(CLOSERS) {
            Some(inside) => cjk = inside,
            None => cut = true,
        }
    }
    // Phonetics between slashes end in a slash that is no separator.
    let latin =
        if gloss::english(latin).notes.is_empty() { latin.trim_end_matches('/') } else { latin };
    let share = Share::of(cjk);
    let bare = Share::of(&gloss::chinese(cjk).text);
    if Share::of(latin).letters < 2 || (bare.letters > 6 && bare.letters > share.cjk) {
        return None;
    }
    let mut split = finish(cjk, latin, bond)?;
    split.cut = cut || !is_balanced(&split.cjk) || !is_balanced(&split.latin);
    Some(split)
}

/// Takes the glosses off both sides and refuses what is no pair.
pub(super) fn finish(cjk: &str, latin: &str, bond: Bond) -> Option<Split> {
    let mut cjk = gloss::chinese(cjk.trim_end_matches(|c| is_separator(c) && c != '…'));
    unquote(&mut cjk.text);
    let mut rest = latin.trim();
    let mut reading = String::new();
    if let Some((word, found)) = furigana::trailing(&cjk.text) {
        found.clone_into(&mut reading);
        let length = word.trim_end_matches(is_separator).len();
        cjk.text.truncate(length);
    }
    if let Some((found, after)) = annotation::leading(&cjk.text, rest) {
        found.clone_into(&mut reading);
        rest = after.trim_start_matches(is_separator);
    }
    let mut latin = gloss::english(rest.trim_end_matches(|c| is_separator(c) && c != '…'));
    let bare = latin.text.trim_end_matches(|c| is_separator(c) && c != '…').trim_start_matches('-');
    latin.text = bare.trim().to_owned();
    unquote(&mut latin.text);
    if Share::of(&cjk.text).cjk == 0 || !is_gloss(&latin.text) {
        return None;
    }
    let acronym = latin.text.len() <= 6
        && latin.text.chars().all(|c| !c.is_lowercase())
        && !latin.text.contains(' ');
    let bond = if acronym && bond < Bond::Mark { Bond::Acronym } else { bond };
    let mut notes = cjk.notes;
    notes.extend(latin.notes);
    Some(Split { cjk: cjk.text, latin: latin.text, bond, reading, notes, cut: false })
}

/// Takes off quotation marks that stand around the whole text.
fn unquote(text: &mut String) {
    for (open, close) in [('"', '"'), ('“', '”'), ('「', '」'), ('\'', '\'')] {
        let inside = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inside) = inside.filter(|inside| !inside.contains([open, close])) {
            *text = inside.trim().to_owned();
        }
    }
}

/// Whether the text can be the English side: not a date, an address or a number.
pub(super) fn is_gloss(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    const UNITS: [&str; 14] = [
        "unit", "lesson", "day", "part", "chapter", "week", "section", "module", "book", "level",
        "no", "vol", "issue", "episode",
    ];
    let share = Share::of(text);
    if share.letters < 2 || text.contains("://") || text.contains("www.") {
        return false;
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let numbers = words.iter().filter(|word| word.bytes().all(|b| b.is_ascii_digit())).count();
    let is_month = |word: &&&str| MONTHS.iter().any(|month| word.starts_with(month));
    let months = words.iter().filter(is_month).count();
    let date = months == 1 && numbers >= 1 && months + numbers == words.len();
    let numbered =
        words.len() == 2 && numbers == 1 && words.first().is_some_and(|w| UNITS.contains(w));
    let address =
        !text.contains(' ') && text.contains('.') && (text.contains('@') || text.contains('/'));
    let file = !text.contains(' ')
        && [".jpg", ".jpeg", ".png", ".gif", ".mp3", ".mp4", ".html", ".pdf"]
            .iter()
            .any(|ending| lower.ends_with(ending));
    // Syllables with a tone that were no reading of the term are no English either.
    let toned = text.contains(|c: char| "āēīōūǖǎěǐǒǔǚǜ".contains(c));
    !(date || numbered || address || file || toned)
}

#[cfg(test)]
mod tests;
