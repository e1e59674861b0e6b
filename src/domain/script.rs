//! Chinese script: Traditional to Simplified and back.
//!
//! Two readings of the same tables: [`simplified_char`] folds one character for
//! comparing, [`to_simplified`] and [`to_traditional`] convert a text with the
//! words in which a character goes another way (乾淨 -> 干净, but 乾隆 stays).
//! Wording is never changed: a regional word keeps its characters.

use std::collections::HashMap;
use std::sync::LazyLock;

const SIMPLIFIED: &str = include_str!("script/simplified.txt");
const SIMPLIFIED_PHRASES: &str = include_str!("script/simplified-phrases.txt");
const TRADITIONAL: &str = include_str!("script/traditional.txt");
const TRADITIONAL_PHRASES: &str = include_str!("script/traditional-phrases.txt");

static TO_SIMPLIFIED: LazyLock<Characters> = LazyLock::new(|| Characters::parse(SIMPLIFIED));
static TO_TRADITIONAL: LazyLock<Characters> = LazyLock::new(|| Characters::parse(TRADITIONAL));
static SIMPLIFIED_WORDS: LazyLock<Words> = LazyLock::new(|| Words::parse(SIMPLIFIED_PHRASES));
static TRADITIONAL_WORDS: LazyLock<Words> = LazyLock::new(|| Words::parse(TRADITIONAL_PHRASES));

/// Returns the Simplified form of one character, without looking at its neighbours.
///
/// For comparing only; whole texts are converted with phrases.
#[must_use]
pub fn simplified_char(c: char) -> char {
    // Most calls come from Latin text: they need not touch the table.
    if (c as u32) < FIRST { c } else { TO_SIMPLIFIED.of(c) }
}

/// Returns `text` in Simplified characters, and how many characters changed.
///
/// Each character becomes exactly one, so offsets in characters are kept.
#[must_use]
pub fn to_simplified(text: &str) -> (String, usize) {
    convert(text, &TO_SIMPLIFIED, &SIMPLIFIED_WORDS)
}

/// Returns `text` in Traditional characters, and how many characters changed.
///
/// Only the commonest words are told apart; the rest goes by character. Each
/// character becomes exactly one.
#[must_use]
pub fn to_traditional(text: &str) -> (String, usize) {
    convert(text, &TO_TRADITIONAL, &TRADITIONAL_WORDS)
}

/// The part of the first plane in which all characters of the tables lie.
const FIRST: u32 = 0x3400;
const PAST: u32 = 0xA000;

/// A form for each character, found by its number.
struct Characters(Vec<char>);

impl Characters {
    /// Reads a table of pairs between blanks; `#` starts a comment.
    fn parse(table: &str) -> Self {
        let mut forms: Vec<char> = (FIRST..PAST).filter_map(char::from_u32).collect();
        for pair in rows(table).flat_map(str::split_whitespace) {
            let mut chars = pair.chars();
            if let (Some(from), Some(to)) = (chars.next(), chars.next())
                && let Some(form) = place(from).and_then(|at| forms.get_mut(at))
            {
                *form = to;
            }
        }
        Self(forms)
    }

    fn of(&self, c: char) -> char {
        place(c).and_then(|at| self.0.get(at)).copied().unwrap_or(c)
    }
}

fn place(c: char) -> Option<usize> {
    (c as u32).checked_sub(FIRST).map(|at| at as usize)
}

fn rows(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// Words with a form of their own, by their first character as compared.
struct Words(HashMap<char, Vec<Word>>);

/// One such word and its form; both have the same number of characters.
struct Word {
    from: Vec<char>,
    to: Vec<char>,
}

impl Words {
    fn parse(table: &str) -> Self {
        let mut words: HashMap<char, Vec<Word>> = HashMap::new();
        for row in rows(table) {
            let Some((from, to)) = row.split_once(' ') else { continue };
            let (from, to): (Vec<_>, Vec<_>) = (from.chars().collect(), to.chars().collect());
            if let Some(&first) = from.first()
                && from.len() == to.len()
            {
                words.entry(simplified_char(first)).or_default().push(Word { from, to });
            }
        }
        for group in words.values_mut() {
            group.sort_by_key(|word| std::cmp::Reverse(word.from.len()));
        }
        Self(words)
    }

    /// Returns the longest word that `rest` starts with.
    fn at(&self, rest: &[char]) -> Option<&Word> {
        let first = simplified_char(*rest.first()?);
        self.0.get(&first)?.iter().find(|word| word.starts(rest))
    }
}

impl Word {
    /// Whether `rest` starts with this word.
    ///
    /// Scraped texts mix the scripts inside words (显著, 著稱), so a character
    /// on which nothing depends may stand in either.
    fn starts(&self, rest: &[char]) -> bool {
        rest.len() >= self.from.len()
            && self.from.iter().zip(&self.to).zip(rest).all(|((&from, &to), &found)| {
                found == from
                    || (simplified_char(from) == simplified_char(to) && from != to && found == to)
            })
    }
}

fn convert(text: &str, characters: &Characters, words: &Words) -> (String, usize) {
    if text.is_ascii() {
        return (text.to_owned(), 0);
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut changed = 0;
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let forms = match words.at(&chars[at..]) {
            Some(word) => word.to.as_slice(),
            None => &[characters.of(c)],
        };
        changed += forms.iter().zip(&chars[at..]).filter(|(a, b)| a != b).count();
        out.extend(forms);
        at += forms.len().max(1);
    }
    (out, changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_decide_where_a_character_has_two_forms() {
        for (traditional, simplified) in [
            ("沿著河走", "沿着河走"),
            ("著名", "著名"),
            ("顯著", "显著"),
            ("显著", "显著"),
            ("名著", "名著"),
            ("皇后", "皇后"),
            ("後天", "后天"),
            ("頭髮", "头发"),
            ("發展", "发展"),
            ("乾隆", "乾隆"),
            ("乾坤", "乾坤"),
            ("乾淨", "干净"),
            ("什么", "什么"),
            ("什麼", "什么"),
            ("人工智能", "人工智能"),
            ("反覆", "反复"),
            ("覆蓋", "覆盖"),
            ("復核", "复核"),
            ("特徵", "特征"),
            ("藉助", "借助"),
            ("軟體", "软体"),
        ] {
            assert_eq!(to_simplified(traditional).0, simplified, "{traditional}");
            assert_eq!(to_simplified(simplified).0, simplified, "{simplified} again");
        }
    }

    #[test]
    fn changed_characters_are_counted() {
        assert_eq!(to_simplified("國際合作"), ("国际合作".to_owned(), 2));
        assert_eq!(to_simplified("plain 中文"), ("plain 中文".to_owned(), 0));
    }

    #[test]
    fn the_way_back_knows_common_words() {
        for (simplified, traditional) in [
            ("国家发展", "國家發展"),
            ("理发", "理髮"),
            ("以后", "以後"),
            ("皇后", "皇后"),
            ("干净", "乾淨"),
            ("面包", "麵包"),
            ("这里", "這裡"),
            ("一只", "一隻"),
        ] {
            assert_eq!(to_traditional(simplified).0, traditional, "{simplified}");
        }
    }

    #[test]
    fn folding_a_character_twice_changes_nothing() {
        for c in ('\u{3000}'..'\u{A100}').chain(['a', '\u{20000}', '\u{10FFFF}']) {
            let once = simplified_char(c);
            assert_eq!(simplified_char(once), once, "{c}");
        }
    }
}
