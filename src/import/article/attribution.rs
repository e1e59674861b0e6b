//! Who said it: the line after a quotation.

use super::furniture::{is_credit, is_furniture};
use super::inline::{Bond, Split};
use super::line::{Line, Marker, ends_sentence};

/// Words by which a line about a speech is known.
const SPEECH: &str = "\
    讲话 講話 贺信 賀信 贺词 賀詞 贺电 演讲 致辞 致詞 指示 报告 主持 会议 文章 强调 指出 座谈 回信 \
    发言 《 论坛 峰会 考察 讲座 访谈 开幕 演説 談話 연설 축사 speech remarks address letter message \
    interview at_the report forum congress conference article lecture keynote";

/// Returns the attribution that a line is, without dashes and brackets.
pub(super) fn attribution(line: &Line, splits: &[Split], before: Option<&Line>) -> Option<String> {
    const DASHES: [char; 9] = ['—', '–', '―', '─', '－', '-', '⸺', '⸻', '‒'];
    let text = line.text.trim();
    let bare = text.trim_start_matches(|c| DASHES.contains(&c) || c == ' ');
    let lead = &text[..text.len() - bare.len()];
    let dashes = lead.chars().filter(|c| DASHES.contains(c)).count();
    let dated = has_year(bare);
    let speech = || SPEECH.split(' ').any(|sign| bare.contains(&sign.replace('_', " ")));
    let after_sentence = before.is_some_and(|b| ends_sentence(&b.text) || b.marker != Marker::None);
    if dashes >= 1 && !bare.is_empty() {
        let strong = dashes >= 2 || lead.contains('—');
        let pair = splits.iter().any(|split| split.bond >= Bond::Paren);
        if dated || speech() || (strong && after_sentence && !pair) {
            return Some(bare.to_owned());
        }
        return None;
    }
    let from =
        ["出自", "摘自", "选自", "引自", "語出", "语出"].iter().any(|sign| text.starts_with(sign));
    if from && after_sentence {
        return Some(text.to_owned());
    }
    if line.marker == Marker::Bullet
        && bare.starts_with(|c: char| c.is_ascii_digit())
        && dated
        && speech()
    {
        return Some(bare.to_owned());
    }
    let inside = text
        .strip_prefix(['(', '（'])
        .and_then(|rest| rest.strip_suffix([')', '）']))
        .filter(|inside| !inside.contains(['(', '（']) || inside.contains([')', '）']))?;
    let source =
        ["摘自", "出自", "选自", "引自", "来源", "《", "from "].iter().any(|s| inside.contains(s));
    // Glosses may stand between a quotation and a line that is one for certain.
    let certain = dated && speech();
    let likely = after_sentence && (dated || source || speech());
    if (certain || likely) && !is_furniture(text) && !is_credit(inside) {
        return Some(inside.trim().to_owned());
    }
    None
}

/// Whether a year in digits stands in the text.
fn has_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(3)).any(|at| {
        let digits = bytes[at..at + 4].iter().all(u8::is_ascii_digit);
        let alone = !at.checked_sub(1).is_some_and(|b| bytes[b].is_ascii_digit())
            && !bytes.get(at + 4).is_some_and(u8::is_ascii_digit);
        digits && alone && matches!(bytes[at], b'1' | b'2')
    })
}
