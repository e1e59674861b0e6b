//! A line of an article on its way from raw text to a class.

use crate::domain::text::is_han;

/// What a line was marked as by the markup it came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Marker {
    /// Nothing.
    #[default]
    None,
    /// A heading of a level from 1.
    Heading(u8),
    /// A bullet.
    Bullet,
    /// The item of a numbered list.
    Number,
    /// A line that starts with `>`.
    Quote,
    /// A line of a table with cells between bars.
    Table,
    /// A line that starts like a comment of a program (`#`, `//`).
    Comment,
    /// A rule across the page: what follows is another part.
    Rule,
    /// Markup without text, pictures, navigation.
    Furniture,
    /// A line of a header between `---` lines.
    FrontMatter,
}

/// How the text before a line's script conversion reads aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pronunciation {
    /// The characters it stands for.
    pub term: String,
    /// The syllables.
    pub reading: String,
}

/// A line after normalising: one paragraph, heading or entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// The raw lines it was made of, 1-based.
    pub raws: Vec<u32>,
    /// The text, in the script asked for.
    pub text: String,
    /// The same before script conversion; as many characters.
    pub original: String,
    /// Readings of whole words that stood in the text.
    pub readings: Vec<Pronunciation>,
    /// Forms of words in Chinese characters that stood in a Korean text.
    pub forms: Vec<Pronunciation>,
    /// Whether a blank line comes before it.
    pub blank_before: bool,
    /// Whether a blank line follows it.
    pub blank_after: bool,
    /// What its markup says.
    pub marker: Marker,
    /// A date that stood before the text.
    pub date: String,
}

impl Line {
    /// Returns the raw line on which it starts.
    pub fn first(&self) -> u32 {
        self.raws.first().copied().unwrap_or(0)
    }
}

/// In which class a raw line ends; the order says which wins where a raw line
/// holds several lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Boilerplate,
    Unpaired,
    Context,
    Metadata,
    Heading,
    Attribution,
    Pair,
}

/// The language beside English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Chinese,
    Japanese,
    Korean,
}

impl Language {
    /// Returns the language of a document by its share of kana and Hangul.
    pub fn of(text: &str) -> Self {
        let (mut all, mut kana, mut hangul) = (0_usize, 0_usize, 0_usize);
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            all += 1;
            kana += usize::from(is_kana(c));
            hangul += usize::from(is_hangul(c));
        }
        if kana * 100 > all && kana >= hangul {
            Self::Japanese
        } else if hangul * 100 > all {
            Self::Korean
        } else {
            Self::Chinese
        }
    }

    /// Returns how many Latin letters stand for one character on average.
    pub fn letters_per_char(self) -> f64 {
        match self {
            Self::Chinese => 3.5,
            Self::Japanese => 2.2,
            Self::Korean => 2.6,
        }
    }
}

/// Whether `c` is a kana.
pub(super) const fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}'..='\u{30FF}'
        | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9D}')
}

/// Whether `c` is Korean writing.
pub(super) const fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}')
}

/// Whether `c` is a character of the side that is not English.
pub(super) const fn is_cjk(c: char) -> bool {
    is_han(c) || is_kana(c) || is_hangul(c)
}

/// Whether `c` is a letter of the English side.
pub(super) fn is_latin(c: char) -> bool {
    c.is_alphabetic() && !is_cjk(c) && (c as u32) < 0x2000
}

/// Whether `c` ends a sentence.
pub(super) const fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '.' | '!' | '?' | '…' | '．' | '｡')
}

/// Whether `c` closes a bracket or a quotation.
pub(super) const fn is_closer(c: char) -> bool {
    matches!(
        c,
        ')' | '）' | ']' | '］' | '】' | '》' | '〉' | '」' | '』' | '”' | '’' | '"' | '\'' | '〕'
    )
}

/// Whether the text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    // A stop before a bracket only ends what is in the bracket: `(vt.)`.
    let quoted =
        |c: char| c == ' ' || (is_closer(c) && !matches!(c, ')' | '）' | ']' | '］' | '】'));
    text.trim_end().trim_end_matches(quoted).ends_with(is_stop)
}

/// How much of each script a text holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    /// Characters of the side that is not English.
    pub cjk: usize,
    /// Latin letters.
    pub letters: usize,
    /// Words of them.
    pub words: usize,
}

impl Share {
    /// Counts a text.
    pub fn of(text: &str) -> Self {
        let mut share = Self::default();
        let mut inside = false;
        for c in text.chars() {
            let latin = is_latin(c);
            share.cjk += usize::from(is_cjk(c));
            share.letters += usize::from(latin);
            share.words += usize::from(latin && !inside);
            inside = latin || (inside && matches!(c, '\'' | '’' | '-'));
        }
        share
    }

    /// Whether the text as a whole is on the English side.
    pub fn is_latin(self) -> bool {
        self.letters > 0 && (self.cjk == 0 || (self.words >= 5 && self.cjk * 2 <= self.words))
    }

    /// Whether the text as a whole is on the other side.
    pub fn is_cjk(self) -> bool {
        self.cjk > 0 && !self.is_latin()
    }
}

/// Whether each bracket is closed; ASCII and full-width ones are alike.
pub(super) fn is_balanced(text: &str) -> bool {
    let (open, close) = unmatched(text);
    open == 0 && close == 0
}

/// Returns how many brackets are never closed and how many were never opened.
pub(super) fn unmatched(text: &str) -> (usize, usize) {
    let mut stack = Vec::new();
    let mut close = 0;
    for c in text.chars() {
        match c {
            '(' | '（' => stack.push(')'),
            '[' | '［' => stack.push(']'),
            '【' => stack.push('】'),
            '《' => stack.push('》'),
            '「' => stack.push('」'),
            ')' | '）' | ']' | '］' | '】' | '》' | '」' => {
                let kind = match c {
                    '）' => ')',
                    '］' => ']',
                    other => other,
                };
                match stack.iter().rposition(|&open| open == kind) {
                    Some(at) => {
                        stack.remove(at);
                    }
                    None => close += 1,
                }
            }
            _ => {}
        }
    }
    (stack.len(), close)
}

/// Whether a quotation is opened and not closed, or the other way round.
pub(super) fn has_open_quote(text: &str) -> bool {
    let count = |wanted: char| text.chars().filter(|&c| c == wanted).count();
    count('"') % 2 == 1 || count('“') != count('”')
}

/// Whether the text was decoded wrongly or holds what no writer wrote.
pub(super) fn is_damaged(text: &str) -> bool {
    const SIGNS: [&str; 12] =
        ["锟斤", "烫烫", "屯屯", "ï»¿", "ï¿½", "â€", "Ã©", "Ã¨", "Â ", "????", "？？？？", "鈥"];
    let odd = |c: char| matches!(c, '\u{80}'..='\u{9F}' | '\u{FFFD}' | '\u{E000}'..='\u{F8FF}');
    // A Chinese text read as Latin-1 or windows-1252 is full of these, in runs.
    let foreign = |c: char| {
        matches!(c, '\u{A1}'..='\u{BF}' | '\u{C0}'..='\u{FF}' | 'Œ' | 'œ' | 'Š' | 'š' | 'Ž' | 'ž'
            | 'Ÿ' | 'ƒ' | '‚' | '„' | '†' | '‡' | '‰' | '‹' | '›' | '˜' | '™')
    };
    let mut run = 0;
    let mut longest = 0;
    for c in text.chars() {
        run = if foreign(c) { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    text.chars().any(odd) || longest >= 3 || SIGNS.iter().any(|sign| text.contains(sign))
}
