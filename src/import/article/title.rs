//! Titles of articles, without the names of columns in front of them.

use super::block::Layout;
use super::document::Document;
use super::gloss;
use super::heading;
use super::line::{Marker, ends_sentence, is_cjk};

/// The longest text that may be a title, in characters.
pub(super) const TITLE: usize = 40;

/// Returns the title of each article, empty where it has none.
pub(super) fn titles(document: &Document, layout: &Layout) -> Vec<String> {
    let count = layout.dates.len();
    let (mut first, mut prose) = (vec![None; count], layout.titled.clone());
    let mut listed = vec![false; count];
    for block in &layout.blocks {
        let article = block.place.article;
        let sentence =
            |&at: &usize| layout.splits[at].is_empty() && ends_sentence(&document.lines[at].text);
        prose[article] |= !block.attribution.is_empty() || block.items.iter().any(sentence);
        // The entries of a list are no titles, and nothing after them is.
        listed[article] |= is_list(&block.place.section);
        // The title is the first line, or the second where English comes first.
        let own = |&&at: &&usize| document.lines[at].text.contains(is_cjk);
        if first[article].is_none() && !listed[article] {
            first[article] = block.items.iter().take(2).find(own).copied();
        }
    }
    first
        .into_iter()
        .zip(prose)
        .map(|(first, prose)| {
            let Some(at) = first.filter(|_| prose) else { return layout.title.clone() };
            let line = &document.lines[at];
            if !is_title_line(document, layout, at) {
                return layout.title.clone();
            }
            let own = match layout.splits[at].as_slice() {
                [split] => without_label(&split.cjk).to_owned(),
                [] => without_label(&line.text).to_owned(),
                _ => String::new(),
            };
            let fits = own.chars().count() <= TITLE && !ends_sentence(&own);
            if fits && !own.is_empty() { own } else { layout.title.clone() }
        })
        .collect()
}

/// Whether the first line of an article can be its title: no entry of a list, and
/// where the page has a heading, itself one.
fn is_title_line(document: &Document, layout: &Layout, at: usize) -> bool {
    let line = &document.lines[at];
    let entry = matches!(line.marker, Marker::Bullet | Marker::Table);
    let listed = !layout.splits[at].is_empty()
        && layout.splits.get(at + 1).is_some_and(|next| !next.is_empty());
    // An entry with its class or its sounds.
    let word = layout.splits[at].is_empty() && !gloss::chinese(&line.text).notes.is_empty();
    let headed = layout.title.is_empty() || matches!(line.marker, Marker::Heading(_));
    let labelled = without_label(&line.text).len() < line.text.len();
    labelled || (headed && !entry && !listed && !word)
}

/// Whether a section of this name holds a list rather than an article's beginning.
fn is_list(section: &str) -> bool {
    heading::known_section(section).is_some() && !is_label(section)
}

const BARS: [char; 6] = ['∣', '丨', '|', '｜', '│', '┃'];

/// Returns a title without the names of columns in front of it.
pub(super) fn without_label(text: &str) -> &str {
    let mut rest = text;
    if let Some((label, title)) = text.rsplit_once(BARS)
        && label.chars().count() <= 16
        && label.contains(is_cjk)
        && title.contains(is_cjk)
    {
        rest = title.trim();
    }
    // `Word of the day | urban foraging`
    if let Some((label, title)) = text.split_once(BARS)
        && is_label(label)
        && !text.contains(is_cjk)
    {
        rest = title.trim();
    }
    match rest.split_once([':', '：', '·', '-', '—']) {
        Some((label, title))
            if title.contains(is_cjk)
                && (is_label(label) || (is_column(label) && label.contains(is_cjk))) =>
        {
            title.trim_start_matches(['—', ' '])
        }
        _ => rest,
    }
}

/// Whether a text names a column that is read out or printed again and again.
pub(super) fn is_column(text: &str) -> bool {
    let signs = "英语 双语 美文 新闻 热词 课堂 听力 广播 口语 精读 晨读 美文 日语 韩语 单词 词汇 영어 英会話 ニュース";
    text.chars().count() <= 12 && signs.split(' ').any(|sign| text.contains(sign))
}

/// Whether a text is the name of a column of a magazine: `每日一词`, `Word of the day`.
pub(super) fn is_label(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let short = lower.chars().count() <= 20;
    let signs = [
        "每日",
        "今日",
        "一词",
        "一詞",
        "热词",
        "熱詞",
        "一句",
        "双语",
        "雙語",
        "学词",
        "每周",
        "词汇",
        "今日の",
        "오늘의",
        "of the day",
        "of the week",
        "daily word",
        "buzzword",
        "key word",
        "keyword",
    ];
    short && signs.iter().any(|sign| lower.contains(sign))
}
