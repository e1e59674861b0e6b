//! What does not count in a typed answer.

use crate::domain::text;

/// More optional parts than this are taken all together or not at all.
const MAX_OPTIONAL: usize = 4;

/// Returns the alternatives of `answer`, and, where there are several, the whole
/// of it last.
pub(super) fn alternatives(answer: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    for c in answer.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(c, ';' | '；' | '/' | '／' | '|' | '｜') {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    let mut found: Vec<String> =
        parts.iter().map(|part| text::collapse(part)).filter(|part| !part.is_empty()).collect();
    if found.len() != 1 {
        found.push(text::collapse(answer));
    }
    found
}

/// Returns the folded forms of one alternative: with and without its optional parts.
pub(super) fn variants(alternative: &str) -> Vec<String> {
    let mut forms = vec![key(alternative)];
    let pieces = pieces(alternative);
    let optional = pieces.iter().filter(|(optional, _)| *optional).count();
    if optional == 0 {
        return forms;
    }
    let choices = if optional <= MAX_OPTIONAL { 1_usize << optional } else { 1 };
    for choice in 0..choices {
        let mut nth = 0;
        let mut form = String::new();
        for (is_optional, piece) in &pieces {
            let kept = !is_optional || choice >> nth & 1 == 1;
            nth += usize::from(*is_optional);
            if kept {
                form.push_str(piece);
            }
        }
        let form = key(&form);
        if !form.is_empty() {
            forms.push(form);
        }
    }
    forms
}

/// Cuts at the outermost parentheses; `true` marks what stood inside.
fn pieces(alternative: &str) -> Vec<(bool, String)> {
    let mut pieces = vec![(false, String::new())];
    let mut depth = 0_usize;
    for c in alternative.chars() {
        match c {
            '(' | '（' => {
                depth += 1;
                if depth == 1 {
                    pieces.push((true, String::new()));
                }
            }
            ')' | '）' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    pieces.push((false, String::new()));
                }
            }
            _ => {
                if let Some((_, piece)) = pieces.last_mut() {
                    piece.push(c);
                }
            }
        }
    }
    pieces
}

/// Returns a word or a grapheme as it is compared in a diff.
pub(super) fn piece(piece: &str) -> String {
    if piece.trim().is_empty() { " ".to_owned() } else { text::fold(piece) }
}

/// Returns `text` as it is compared: folded, without punctuation and without a
/// leading article or `to`.
fn key(text: &str) -> String {
    let folded = text::fold(text);
    let mut bare = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            '\'' | '\u{2018}' | '\u{2019}' => {}
            c if is_punctuation(c) => bare.push(' '),
            c => bare.push(c),
        }
    }
    let bare = join_han(&text::collapse(&bare));
    if bare.is_empty() {
        return folded;
    }
    let mut rest = bare.as_str();
    for word in ["to ", "a ", "an ", "the "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    rest.to_owned()
}

/// Leaves out blanks beside Chinese characters: they separate nothing there.
fn join_han(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        if c == ' ' && (text::is_han(before) || text::is_han(after)) {
            continue;
        }
        out.push(c);
        before = c;
    }
    out
}

/// Whether `c`, already NFKC, is punctuation. Signs that carry meaning, as in
/// `C++`, `C#` or `50%`, are not.
const fn is_punctuation(c: char) -> bool {
    matches!(c,
        '!' | '"' | '(' | ')' | ',' | '-' | '.' | '/' | ':' | ';' | '?' | '[' | '\\' | ']'
        | '_' | '`' | '{' | '|' | '}' | '~' | '¡' | '¿' | '«' | '»' | '·'
        | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{30fb}')
}
