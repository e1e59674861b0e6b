//! Sentences of an article that show how its terms are used.

use std::collections::BTreeMap;

use super::block::Layout;
use super::document::Document;
use super::line::{ends_sentence, is_cjk, is_closer, is_stop};
use crate::domain::Kind;
use crate::import::Draft;

/// Gives each term a sentence of its article that contains it.
pub(super) fn examples(drafts: &mut [Draft], document: &Document, layout: &Layout) {
    const MOST: usize = 2_000;
    let mut sentences: Vec<(usize, String)> = Vec::new();
    for block in &layout.blocks {
        for &at in &block.items {
            let text = match layout.splits[at].as_slice() {
                [] => document.lines[at].text.as_str(),
                [split] => split.cjk.as_str(),
                _ => continue,
            };
            if ends_sentence(text) && text.contains(is_cjk) && sentences.len() < MOST {
                sentences.extend(
                    parts(text)
                        .into_iter()
                        .filter(|part| (6..=120).contains(&part.chars().count()))
                        .map(|part| (block.place.article, part.to_owned())),
                );
            }
        }
    }
    if sentences.is_empty() {
        return;
    }
    let mut articles: BTreeMap<u32, usize> = BTreeMap::new();
    for block in &layout.blocks {
        let lines = block.items.iter().map(|&at| document.lines[at].first());
        articles.extend(lines.map(|line| (line, block.place.article)));
    }
    for draft in drafts.iter_mut().filter(|draft| draft.kind == Kind::Term).take(MOST) {
        let front = &draft.fields.front;
        let article = articles.get(&draft.line).copied().unwrap_or(0);
        let found = sentences.iter().find(|(of, sentence)| {
            *of == article
                && !front.is_empty()
                && sentence.contains(front.as_str())
                && sentence.chars().count() > front.chars().count() + 3
        });
        if let Some((_, sentence)) = found {
            draft.fields.example.clone_from(sentence);
        }
    }
}

/// Cuts a paragraph after each sentence; what closes a quotation stays with it.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut stopped) = (0, false);
    for (at, c) in text.char_indices() {
        if stopped && !is_closer(c) && !is_stop(c) {
            parts.push(text[start..at].trim());
            (start, stopped) = (at, false);
        }
        stopped |= matches!(c, '。' | '！' | '？');
    }
    parts.push(text[start..].trim());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_closed_with_its_sentence() {
        assert_eq!(parts("他说：“走。”她没走。好"), ["他说：“走。”", "她没走。", "好"]);
    }
}
