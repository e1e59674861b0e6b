//! Where words begin and end, for the cursor.
//!
//! Words are those of Unicode's text segmentation (UAX #29), by which each Han
//! character is a word of its own.

use unicode_segmentation::UnicodeSegmentation;

/// Returns the start of the word before a place.
pub fn before(text: &str, place: usize) -> usize {
    let words = text[..place].split_word_bound_indices().rev();
    words.filter(|(_, word)| is_word(word)).map(|(at, _)| at).next().unwrap_or(0)
}

/// Returns the end of the word after a place.
pub fn after(text: &str, place: usize) -> usize {
    let mut words = text[place..].split_word_bound_indices();
    words.find(|(_, word)| is_word(word)).map_or(text.len(), |(at, word)| place + at + word.len())
}

/// Returns the place behind the blank before the last run of other characters.
pub fn blank_before(text: &str, place: usize) -> usize {
    let run = text[..place].trim_end();
    run.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8())
}

fn is_word(segment: &str) -> bool {
    segment.contains(char::is_alphanumeric)
}
