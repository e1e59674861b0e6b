//! What a line is when it is no side of a pair: heading, attribution, date,
//! site furniture.

use super::inline::{Bond, Split};
use super::line::{Line, Marker, Share, ends_sentence, is_cjk, is_latin};

/// The part that a line plays in an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A side of a pair, or prose.
    Item,
    /// A heading with its bare text.
    Heading(String),
    /// Who said it, without the dashes.
    Attribution(String),
    /// A date, a source, a byline, a comment.
    Metadata,
    /// Site furniture.
    Boilerplate,
    /// A rule: another article or part begins.
    Rule,
}

/// Names under which articles of this kind put their sections.
const SECTIONS: [&str; 62] = [
    "知识点",
    "知識點",
    "知识链接",
    "知识拓展",
    "背景",
    "背景知识",
    "背景链接",
    "延伸阅读",
    "相关链接",
    "重要讲话",
    "重要論述",
    "重要论述",
    "重要指示",
    "重要讲话金句",
    "函电贺词",
    "贺词",
    "贺信",
    "金句",
    "名言",
    "语录",
    "相关词汇",
    "相关词语",
    "相关表达",
    "相关短语",
    "核心词汇",
    "重点词汇",
    "重点单词",
    "重点短语",
    "生词",
    "生词表",
    "单词",
    "单词表",
    "词汇",
    "词汇表",
    "词汇积累",
    "词汇学习",
    "词汇拓展",
    "短语",
    "短语表",
    "例句",
    "句子",
    "注释",
    "注解",
    "双语全文",
    "双语阅读",
    "中英对照",
    "今日热词",
    "一周热词",
    "热词",
    "关键词",
    "术语",
    "术语表",
    "vocabulary",
    "key words",
    "keywords",
    "key terms",
    "related words",
    "related terms",
    "glossary",
    "words and phrases",
    "quotes",
    "background",
];

/// Section names whose sentences are quotations.
const QUOTATIONS: [&str; 16] = [
    "讲话",
    "論述",
    "论述",
    "指示",
    "贺词",
    "贺信",
    "贺电",
    "金句",
    "名言",
    "语录",
    "致辞",
    "演讲",
    "引语",
    "quotation",
    "quote",
    "remarks",
];

/// Whether the sentences of a section of this name are quotations.
pub(super) fn is_quotation_section(name: &str) -> bool {
    let name = name.to_lowercase();
    QUOTATIONS.iter().any(|part| name.contains(part))
}

/// Whether a text is the name of a section.
pub(super) fn is_section(text: &str) -> bool {
    known_section(text).is_some() || bracketed(text).is_some()
}

/// Returns the section name that a text is, without marks around it.
fn known_section(text: &str) -> Option<&str> {
    let bare = text.trim().trim_matches(|c| ":：*#·-—•▍▌■◆丨| ".contains(c)).trim();
    let lower = bare.to_lowercase();
    SECTIONS.contains(&lower.as_str()).then_some(bare)
}

/// Splits `【X】rest` into the heading's line and the line of the rest.
pub(super) fn part_headings(lines: Vec<Line>) -> Vec<Line> {
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let cut = bracketed(&line.text).filter(|(name, rest)| {
            !rest.is_empty() && (name.chars().count() >= 3 || known_section(name).is_some())
        });
        let Some((name, rest)) = cut.map(|(name, rest)| (name.to_owned(), rest.to_owned())) else {
            out.push(line);
            continue;
        };
        // An English version of the name beside it says nothing more.
        let translated = !rest.contains(is_cjk) && Share::of(&rest).words <= 4;
        if known_section(&name).is_some() && (known_section(&rest).is_some() || translated) {
            out.push(Line { text: format!("【{name}】"), ..line });
            continue;
        }
        out.push(Line { text: format!("【{name}】"), blank_after: false, ..line.clone() });
        let marker = match line.marker {
            Marker::Heading(_) => Marker::None,
            other => other,
        };
        out.push(Line { text: rest, blank_before: false, marker, ..line });
    }
    out
}

/// Splits a text that starts with a name in heavy brackets.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    for (open, close) in [('【', '】'), ('〖', '〗'), ('［', '］'), ('[', ']')] {
        if let Some(inside) = text.strip_prefix(open)
            && let Some((name, rest)) = inside.split_once(close)
        {
            let name = name.trim();
            let short = (1..=30).contains(&name.chars().count());
            let heavy = open != '[' || rest.trim().is_empty() && name.chars().count() > 1;
            if short && heavy && (name.contains(is_cjk) || name.contains(is_latin)) {
                return Some((name, rest.trim()));
            }
        }
    }
    None
}

/// Returns the part that a line plays; `splits` are the pairs that it holds.
pub(super) fn role(line: &Line, splits: &[Split], before: Option<&Line>) -> Role {
    let text = line.text.trim();
    match line.marker {
        Marker::Rule => return Role::Rule,
        Marker::Furniture => return Role::Boilerplate,
        Marker::FrontMatter | Marker::Comment => return Role::Metadata,
        _ => {}
    }
    if let Some((name, "")) = bracketed(text) {
        return Role::Heading(name.to_owned());
    }
    if let Some(name) = known_section(text) {
        return Role::Heading(name.to_owned());
    }
    if let [split] = splits
        && known_section(&split.cjk).is_some()
        && (known_section(&split.latin).is_some() || matches!(line.marker, Marker::Heading(_)))
    {
        return Role::Heading(split.cjk.clone());
    }
    if is_header_row(text) {
        return Role::Heading(String::new());
    }
    if let Some(attribution) = attribution(line, splits, before) {
        return Role::Attribution(attribution);
    }
    if is_furniture(text) {
        return Role::Boilerplate;
    }
    if is_metadata(text, splits) {
        return Role::Metadata;
    }
    if matches!(line.marker, Marker::Heading(_)) {
        if let [split] = splits
            && split.bond > Bond::Acronym
        {
            return Role::Item;
        }
        return Role::Heading(text.to_owned());
    }
    if !text.contains(is_cjk) && !text.contains(is_latin) {
        return Role::Metadata;
    }
    Role::Item
}

/// Whether all cells of a row are names of columns.
fn is_header_row(text: &str) -> bool {
    const NAMES: [&str; 40] = [
        "中文",
        "英文",
        "汉语",
        "英语",
        "日语",
        "韩语",
        "日文",
        "韩文",
        "词汇",
        "单词",
        "释义",
        "拼音",
        "音标",
        "词性",
        "例句",
        "意思",
        "翻译",
        "序号",
        "术语",
        "含义",
        "中文名",
        "英文名",
        "日本語",
        "英語",
        "한국어",
        "영어",
        "chinese",
        "english",
        "japanese",
        "korean",
        "term",
        "definition",
        "translation",
        "pinyin",
        "meaning",
        "word",
        "no.",
        "no",
        "#",
        "part of speech",
    ];
    let cells: Vec<String> = text
        .split(['|', '\t', '｜', ',', '，', '/'])
        .flat_map(|cell| cell.split("  "))
        .map(|cell| cell.trim().to_lowercase())
        .filter(|cell| !cell.is_empty())
        .collect();
    cells.len() >= 2 && cells.iter().all(|cell| NAMES.contains(&cell.as_str()))
}

/// Words by which a line about a speech is known.
const SPEECH: [&str; 36] = [
    "讲话",
    "講話",
    "贺信",
    "賀信",
    "贺词",
    "賀詞",
    "贺电",
    "演讲",
    "致辞",
    "致詞",
    "指示",
    "报告",
    "主持",
    "会议",
    "文章",
    "强调",
    "指出",
    "座谈",
    "回信",
    "发言",
    "《",
    "论坛",
    "峰会",
    "考察",
    "speech",
    "remarks",
    "address",
    "letter",
    "message",
    "interview",
    "at the",
    "report",
    "forum",
    "congress",
    "conference",
    "article",
];

fn attribution(line: &Line, splits: &[Split], before: Option<&Line>) -> Option<String> {
    const DASHES: [char; 9] = ['—', '–', '―', '─', '－', '-', '⸺', '⸻', '‒'];
    let text = line.text.trim();
    let bare = text.trim_start_matches(|c| DASHES.contains(&c) || c == ' ');
    let lead = &text[..text.len() - bare.len()];
    let dashes = lead.chars().filter(|c| DASHES.contains(c)).count();
    let dated = has_year(bare);
    let speech = SPEECH.iter().any(|sign| bare.contains(sign));
    let after_sentence = before.is_some_and(|b| ends_sentence(&b.text) || b.marker != Marker::None);
    if dashes >= 1 && !bare.is_empty() {
        let strong = dashes >= 2 || lead.contains('—');
        let pair = splits.iter().any(|split| split.bond >= Bond::Paren);
        if dated || speech || (strong && after_sentence && !pair) {
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
        && speech
    {
        return Some(bare.to_owned());
    }
    let inside = text
        .strip_prefix(['(', '（'])
        .and_then(|rest| rest.strip_suffix([')', '）']))
        .filter(|inside| !inside.contains(['(', '（']) || inside.contains([')', '）']))?;
    let source =
        ["摘自", "出自", "选自", "引自", "来源", "《", "from "].iter().any(|s| inside.contains(s));
    if after_sentence && !is_furniture(text) && (dated || source || speech) {
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

/// Whether a short line is what sites put around an article.
fn is_furniture(text: &str) -> bool {
    const SIGNS: [&str; 45] = [
        "未经授权",
        "未經授權",
        "未经许可",
        "不得转载",
        "禁止转载",
        "转载请",
        "转载须",
        "版权所有",
        "平台首发",
        "分享到",
        "扫一扫",
        "扫码",
        "长按识别",
        "点击阅读",
        "点击查看",
        "点击下方",
        "点击这里",
        "点击关注",
        "返回目录",
        "返回首页",
        "返回顶部",
        "返回列表",
        "阅读原文",
        "关注我们",
        "责任编辑",
        "图片来源",
        "图源",
        "更多精彩",
        "上一篇",
        "下一篇",
        "欢迎关注",
        "欢迎订阅",
        "微信公众号",
        "all rights reserved",
        "copyright",
        "©",
        "click here",
        "read more",
        "subscribe to",
        "follow us",
        "back to top",
        "without permission",
        "without authorization",
        "first published",
        "photo by",
    ];
    let lower = text.to_lowercase();
    let share = Share::of(text);
    if share.cjk > 60 || share.words > 16 {
        return false;
    }
    let first_run = lower.starts_with("本文") && lower.contains("首发");
    let navigation = text.starts_with("首页") && text.contains(['|', '>', '｜', '/', '»']);
    first_run || navigation || SIGNS.iter().any(|sign| lower.contains(sign))
}

/// Whether a line tells about the article: a date, a source, a byline.
fn is_metadata(text: &str, splits: &[Split]) -> bool {
    const LABELS: [&str; 30] = [
        "来源",
        "來源",
        "作者",
        "编辑",
        "記者",
        "记者",
        "日期",
        "时间",
        "发布时间",
        "链接",
        "网址",
        "邮箱",
        "译者",
        "校对",
        "出处",
        "摄影",
        "责编",
        "审核",
        "监制",
        "播音",
        "主播",
        "整理",
        "source",
        "author",
        "editor",
        "date",
        "by",
        "image",
        "photo",
        "url",
    ];
    if text.contains("://") || text.starts_with("www.") {
        return Share::of(text).cjk < 15;
    }
    if let Some((label, value)) = text.split_once([':', '：', '｜', '∣'])
        && LABELS.contains(&label.trim().to_lowercase().as_str())
    {
        // `来源：source` is a pair, `来源：China Daily` tells where it is from.
        let value = value.trim();
        let gloss = splits.len() == 1 && value.chars().all(|c| c.is_lowercase() || c == ' ');
        return !gloss;
    }
    if text.starts_with("By ") && Share::of(text).words <= 5 && !ends_sentence(text) {
        return true;
    }
    is_dated(text)
}

/// Whether a date or a time of day with little beside it is all there is.
fn is_dated(text: &str) -> bool {
    if ends_sentence(text) || text.chars().count() > 60 {
        return false;
    }
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let edge = |token: &&str| is_date(token) || is_clock(token);
    let at_edge =
        tokens.first().is_some_and(|t| edge(&t)) || tokens.last().is_some_and(|t| edge(&t));
    at_edge && tokens.len() <= 8 && !text.contains(['，', '。'])
}

/// Whether a token is a day in digits: `2023.5.16`, `2021-05-06`, `2024年5月1日`.
fn is_date(token: &str) -> bool {
    let token = token.trim_matches(|c: char| !c.is_ascii_digit() && c != '日');
    let parts: Vec<&str> =
        token.split(['-', '.', '/', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    parts.len() == 3
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
        && parts[0].len() == 4
        && parts[1..].iter().all(|part| part.len() <= 2)
}

fn is_clock(token: &str) -> bool {
    let parts: Vec<&str> = token.split([':', '：']).collect();
    (2..=3).contains(&parts.len())
        && parts
            .iter()
            .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
        && parts.get(1).is_some_and(|minutes| minutes.len() == 2)
}

/// Returns the day in a line as `2023-05-16`, if there is one in digits.
pub(super) fn date_of(text: &str) -> Option<String> {
    let token =
        text.split(|c: char| c.is_whitespace() || "()（）".contains(c)).find(|t| is_date(t))?;
    let numbers: Vec<u32> = token
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .filter_map(|part| part.parse().ok())
        .collect();
    match numbers.as_slice() {
        &[year, month, day] => Some(format!("{year:04}-{month:02}-{day:02}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::inline;
    use super::*;

    fn role_of(text: &str) -> Role {
        let line = Line { text: text.to_owned(), ..Line::default() };
        let before = Line { text: "句子。".to_owned(), ..Line::default() };
        role(&line, &inline::pairs(text), Some(&before))
    }

    #[test]
    fn lines_play_their_parts() {
        for text in ["【知识点】", "[ 相关词汇 ]", "相关词汇：", "Vocabulary", "中文 | 英文 | |"]
        {
            assert!(matches!(role_of(text), Role::Heading(_)), "{text}");
        }
        for text in [
            "——2022年11月3日，陈望舒在年会上的讲话",
            "--2022年11月3日,某人的贺信",
            "— Lin Hai, speech at the forum, 2021",
            "——陈望舒",
            "（摘自《夜读》2021年版）",
        ] {
            assert!(matches!(role_of(text), Role::Attribution(_)), "{text}");
        }
        for text in [
            "2023.5.16   阅读写作2班林小禾",
            "来源：滨河晚报网",
            "来源：China Daily",
            "Chess Corner 2020-02-11 10:05",
            "site.example 2021-05-06 16:20",
            "2024年5月1日 星期三",
        ] {
            assert_eq!(role_of(text), Role::Metadata, "{text}");
        }
        for text in
            ["本文于“滨河阅读”平台首发", "（未经授权不得转载）", "分享到微信", "首页  | 棋艺课堂"]
        {
            assert_eq!(role_of(text), Role::Boilerplate, "{text}");
        }
        for text in [
            "自助借还机",
            "来源：source",
            "survey telescope",
            "西山天文台2025年3月8日宣布建成一架望远镜。",
            "2025年世界人工智能大会",
            "读写分离 – read-write splitting",
        ] {
            assert_eq!(role_of(text), Role::Item, "{text}");
        }
    }

    #[test]
    fn a_heading_in_front_of_a_text_is_parted_from_it() {
        let line = Line { text: "【每日一词】夜间图书馆".to_owned(), ..Line::default() };
        let texts: Vec<_> = part_headings(vec![line]).into_iter().map(|l| l.text).collect();
        assert_eq!(texts, ["【每日一词】", "夜间图书馆"]);
    }

    #[test]
    fn a_day_is_read_from_a_line() {
        assert_eq!(date_of("2023.5.16   某班").as_deref(), Some("2023-05-16"));
        assert_eq!(date_of("2024年5月1日 星期三").as_deref(), Some("2024-05-01"));
        assert_eq!(date_of("4.09"), None);
    }
}
