//! Text measured in terminal cells: width, wrapping, cutting.
//!
//! Everything goes by grapheme, and every width is the one that ratatui itself
//! counts, so that what is centred here is centred on the screen.

use ratatui::buffer::CellWidth;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::safe;
use crate::domain::text::is_han;

/// Returns the cells that one grapheme takes; a control character takes none.
#[must_use]
pub fn grapheme_width(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) { 0 } else { usize::from(grapheme.cell_width()) }
}

/// Returns the cells that `text` takes on one line.
#[must_use]
pub fn width(text: &str) -> usize {
    if text.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return text.len();
    }
    text.graphemes(true).map(grapheme_width).sum()
}

/// Returns `text` in at most `cells` cells; where something is cut, an ellipsis says so.
#[must_use]
pub fn fit(text: &str, cells: usize) -> String {
    let mut kept = String::new();
    let mut used = 0;
    let mut before_last = 0;
    // Only as much is looked at as can be shown: a field may have 64 KiB.
    for grapheme in text.graphemes(true) {
        let width = grapheme_width(grapheme);
        if used + width > cells {
            kept.truncate(before_last);
            if cells > 0 {
                kept.push('…');
            }
            return kept;
        }
        kept.push_str(grapheme);
        used += width;
        if used < cells {
            before_last = kept.len();
        }
    }
    kept
}

/// Returns text from a deck or a file on one line of at most `cells` cells, harmless.
#[must_use]
pub fn line(text: &str, cells: usize) -> String {
    // A field may have 64 KiB, and a table shows many: only the start is looked at.
    let start = text.floor_char_boundary(cells.saturating_mul(16).saturating_add(64));
    let cut = start < text.len();
    let shown = fit(&safe::line(&text[..start]), cells);
    if cut && !shown.ends_with('…') { fit(&format!("{shown}…"), cells) } else { shown }
}

/// Returns `text` in exactly `cells` cells: cut with an ellipsis or filled with blanks.
#[must_use]
pub fn pad(text: &str, cells: usize) -> String {
    let mut fitted = fit(text, cells);
    let blanks = cells.saturating_sub(width(&fitted));
    fitted.extend(std::iter::repeat_n(' ', blanks));
    fitted
}

/// Returns `text` broken into lines of at most `cells` cells.
///
/// Lines break at line feeds, at blanks and between Chinese characters, but
/// never so that closing punctuation starts a line or opening punctuation ends
/// one. A word longer than a line breaks anywhere.
#[must_use]
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    if cells == 0 {
        return Vec::new();
    }
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, cells, &mut lines);
    }
    lines
}

fn wrap_paragraph(paragraph: &str, cells: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut used = 0;
    for piece in pieces(paragraph) {
        let word = piece.trim_end_matches(' ');
        let word_width = width(word);
        if used + word_width > cells && used > 0 {
            lines.push(line.trim_end_matches(' ').to_owned());
            line.clear();
            used = 0;
        }
        if word_width <= cells {
            line.push_str(piece);
            used += width(piece);
            continue;
        }
        for grapheme in word.graphemes(true) {
            let width = grapheme_width(grapheme);
            if used + width > cells && used > 0 {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(grapheme);
            used += width;
        }
        let blanks = &piece[word.len()..];
        line.push_str(blanks);
        used += blanks.len();
    }
    lines.push(line.trim_end_matches(' ').to_owned());
}

/// Cuts a paragraph wherever a line may break; blanks stay with the word before them.
fn pieces(paragraph: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<&str> = None;
    for (at, grapheme) in paragraph.grapheme_indices(true) {
        if before.is_some_and(|before| may_break(before, grapheme)) {
            pieces.push(&paragraph[start..at]);
            start = at;
        }
        before = Some(grapheme);
    }
    pieces.push(&paragraph[start..]);
    pieces
}

pub(super) fn may_break(before: &str, after: &str) -> bool {
    if after == " " {
        return false;
    }
    if before == " " {
        return true;
    }
    let (Some(left), Some(right)) = (before.chars().next(), after.chars().next()) else {
        return false;
    };
    (breaks_beside(left) || breaks_beside(right)) && !is_opening(left) && !is_closing(right)
}

/// Whether a line may break beside `c` without a blank: Han, kana and wide punctuation.
const fn breaks_beside(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3000}'..='\u{30ff}' | '\u{ff00}'..='\u{ff60}')
}

/// Whether `c` may not start a line.
const fn is_closing(c: char) -> bool {
    matches!(
        c,
        '!' | ')'
            | ','
            | '.'
            | ':'
            | ';'
            | '?'
            | ']'
            | '}'
            | '%'
            | '’'
            | '”'
            | '…'
            | '—'
            | '·'
            | '、'
            | '。'
            | '〉'
            | '》'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '〗'
            | '〞'
            | '々'
            | 'ー'
            | '・'
            | '！'
            | '）'
            | '，'
            | '．'
            | '：'
            | '；'
            | '？'
            | '］'
            | '｝'
            | '％'
            | '～'
    )
}

/// Whether `c` may not end a line.
const fn is_opening(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '‘'
            | '“'
            | '〈'
            | '《'
            | '「'
            | '『'
            | '【'
            | '〔'
            | '〖'
            | '〝'
            | '（'
            | '［'
            | '｛'
            | '＄'
            | '￥'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_count_cells() {
        for (text, cells) in [("abc", 3), ("国家", 4), ("e\u{301}", 1), ("👩‍👩‍👧", 2), ("", 0)]
        {
            assert_eq!(width(text), cells, "{text}");
        }
    }

    #[test]
    fn what_is_cut_ends_in_an_ellipsis() {
        let cases = [
            ("国家安全", 8, "国家安全"),
            ("国家安全", 7, "国家安…"),
            ("国家安全", 6, "国家…"),
            ("abc", 2, "a…"),
            ("abc", 0, ""),
        ];
        for (text, cells, want) in cases {
            assert_eq!(fit(text, cells), want, "{text} in {cells}");
        }
        assert_eq!(pad("国", 4), "国  ");
        assert_eq!(pad("国家安全", 6), "国家… ");
    }

    #[test]
    fn lines_break_at_blanks_and_between_chinese_characters() {
        let cases: [(&str, usize, &[&str]); 7] = [
            ("one two three", 7, &["one two", "three"]),
            ("人工智能发展", 6, &["人工智", "能发展"]),
            ("人工智能。发展", 8, &["人工智", "能。发展"]),
            ("他说（好）的", 6, &["他说", "（好）", "的"]),
            ("AI 人工 GDP增长", 6, &["AI 人", "工 GDP", "增长"]),
            ("extraordinary", 5, &["extra", "ordin", "ary"]),
            ("a\n\nb", 5, &["a", "", "b"]),
        ];
        for (text, cells, want) in cases {
            assert_eq!(wrap(text, cells), want, "{text} in {cells}");
        }
        assert!(wrap("a", 0).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn wrapping_loses_nothing_but_blanks(
            text in "[a-c国家，。（）「」 ]{0,40}", cells in 2_usize..12,
        ) {
            let lines = wrap(&text, cells);
            let solid = |s: &str| s.replace(' ', "");
            proptest::prop_assert_eq!(solid(&lines.concat()), solid(&text));
            proptest::prop_assert!(lines.iter().all(|line| width(line) <= cells));
        }
    }
}
