//! Folding: which texts count as the same.

use unicode_normalization::UnicodeNormalization;

use super::script::simplified_char;

/// Returns `text` as it is compared: NFKC, lower case, white space trimmed and
/// collapsed, Chinese script variants alike.
#[must_use]
pub fn fold(text: &str) -> String {
    fold_plain(text).unwrap_or_else(|| {
        let folded: String =
            text.nfkc().flat_map(char::to_lowercase).nfkc().map(simplified_char).collect();
        collapse(&folded)
    })
}

/// Folds a text of ASCII and ordinary Han characters in one pass: none of them
/// has another form in NFKC. `None` where it holds anything else.
fn fold_plain(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut after_blank = false;
    for c in text.chars() {
        let folded = match c {
            c if c.is_ascii_whitespace() || c == '\u{b}' => {
                after_blank = true;
                continue;
            }
            c if c.is_ascii() => c.to_ascii_lowercase(),
            '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => simplified_char(c),
            _ => return None,
        };
        if after_blank && !out.is_empty() {
            out.push(' ');
        }
        after_blank = false;
        out.push(folded);
    }
    Some(out)
}

/// Returns `text` trimmed, each run of white space as one blank.
#[must_use]
pub fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Returns `text` in NFC, without copying where it already is.
#[must_use]
pub fn nfc(text: String) -> String {
    use unicode_normalization::{IsNormalized, is_nfc_quick};
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        return text;
    }
    text.nfc().collect()
}

/// Whether `c` is a Chinese character (Han script).
#[must_use]
pub const fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// Returns `1 card` or `3 cards`.
pub fn plural<N>(count: N, what: &str) -> String
where
    N: Copy + PartialEq + From<u8> + std::fmt::Display,
{
    let s = if count == N::from(1) { "" } else { "s" };
    format!("{count} {what}{s}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_and_white_space_do_not_matter() {
        for (a, b) in [
            ("ＳＱＬ　注入", "sql 注入"),
            ("  Large-scale\tAI ", "large-scale ai"),
            ("cafe\u{301}", "CAFÉ"),
            ("ｶﾞ", "ガ"),
            ("國家", "国家"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} and {b}");
        }
        assert_ne!(fold("law"), fold("laws"));
    }

    #[test]
    fn plain_text_folds_as_any_other() {
        for text in ["", " \t\u{b} ", "  國家  Law\u{b}\n", "㐀鿿 A B", "\u{1c}x\u{1c} ", "乾 淨"]
        {
            // A sign that is not plain sends the rest the long way round.
            let long = fold(&format!("{text} ①"));
            let long = long.strip_suffix('1').map(str::trim_end);
            assert_eq!(Some(fold(text).as_str()), long, "{text:?}");
            assert!(fold_plain(text).is_some(), "{text:?}");
        }
        assert_eq!(fold_plain("café"), None);
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["ǅ ﬁ", "İstanbul", "ﷺ", "㍿ ①"] {
            assert_eq!(fold(&fold(text)), fold(text));
        }
    }
}
