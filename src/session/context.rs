//! An example sentence as a hint: what is to be remembered is blanked in it.

use unicode_segmentation::UnicodeSegmentation;

use super::typed;
use crate::domain::Fields;

/// Stands for a character of the width of Latin letters.
const NARROW: &str = "_";
/// Stands for a wide character, such as a Chinese one.
const WIDE: &str = "＿";

/// Returns the example of a note with every form of `answer` blanked by its width.
///
/// `None` where the example holds neither the question nor the answer: it would
/// be no hint, or would give the answer away in words of its own.
#[must_use]
pub fn hint(fields: &Fields, question: &str, answer: &str) -> Option<String> {
    let example = fields.example.trim();
    if example.is_empty() {
        return None;
    }
    let mut shown = example.to_owned();
    for form in typed::alternatives(answer) {
        shown = blanked(&shown, &form);
    }
    let holds_question = typed::alternatives(question).iter().any(|form| {
        let form = form.trim();
        !form.is_empty() && blanked(example, form) != example
    });
    (shown != example || holds_question).then_some(shown)
}

/// Blanks each place where `term` stands as a word of its own; in Chinese and the
/// like, where words are not parted, each place where it stands.
fn blanked(text: &str, term: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let wanted: Vec<char> = term.trim().chars().collect();
    if wanted.is_empty() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = at + wanted.len();
        let found = chars.get(at..end).is_some_and(|part| {
            part.iter().zip(&wanted).all(|(a, b)| a.to_lowercase().eq(b.to_lowercase()))
        });
        if found && is_edge(&chars, at) && is_edge(&chars, end) {
            let term: String = chars[at..end].iter().collect();
            out.extend(term.graphemes(true).map(blank));
            at = end;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// Whether a word may begin or end before the character at `at`.
fn is_edge(chars: &[char], at: usize) -> bool {
    let letter = |c: &char| c.is_alphanumeric() && !is_wide(*c);
    let before = at.checked_sub(1).and_then(|at| chars.get(at));
    !(before.is_some_and(letter) && chars.get(at).is_some_and(letter))
}

/// Blanks between words stay: they show how many words there are.
fn blank(grapheme: &str) -> &str {
    match grapheme.chars().next() {
        Some(c) if c.is_whitespace() => grapheme,
        Some(c) if is_wide(c) => WIDE,
        _ => NARROW,
    }
}

/// Whether a character takes two cells and stands in no word with blanks around it.
fn is_wide(c: char) -> bool {
    crate::domain::text::is_han(c) || matches!(c, '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_blanked_where_the_example_holds_it() {
        let cases = [
            // question, answer, example, what is shown
            (
                "artificial intelligence",
                "人工智能",
                "人工智能改变生活。",
                Some("＿＿＿＿改变生活。"),
            ),
            (
                "人工智能",
                "artificial intelligence; AI",
                "人工智能 (AI) 改变生活。",
                Some("人工智能 (__) 改变生活。"),
            ),
            (
                "人工智能",
                "artificial intelligence",
                "人工智能改变生活。",
                Some("人工智能改变生活。"),
            ),
            (
                "KI",
                "AI",
                "She said AI and ai are the same.",
                Some("She said __ and __ are the same."),
            ),
            (
                "Bahnhof",
                "train station",
                "The Train Station is old.",
                Some("The _____ _______ is old."),
            ),
            ("国", "country", "Nothing of it.", None),
            ("国", "country", "", None),
        ];
        for (question, answer, example, want) in cases {
            let fields = Fields { example: example.into(), ..Fields::default() };
            let shown = hint(&fields, question, answer);
            assert_eq!(shown.as_deref(), want, "{question} = {answer}: {example}");
        }
    }
}
