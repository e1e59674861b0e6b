//! Lines around an article: who said it, where it is from, what the site adds.

use super::inline::{Bond, Split};
use super::line::{Line, Marker, Share, ends_sentence};

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

/// Returns the attribution that a line is, without dashes and brackets.
pub(super) fn attribution(line: &Line, splits: &[Split], before: Option<&Line>) -> Option<String> {
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
pub(super) fn is_furniture(text: &str) -> bool {
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
pub(super) fn is_metadata(text: &str, splits: &[Split]) -> bool {
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
    let edge = |token: &str| is_date(token) || is_clock(token);
    let at_edge = tokens.first().is_some_and(|t| edge(t)) || tokens.last().is_some_and(|t| edge(t));
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
    let token = text
        .split(|c: char| c.is_whitespace() || "()（）|｜∣丨:：".contains(c))
        .find(|t| is_date(t))?;
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
    use super::*;

    #[test]
    fn a_day_is_read_from_a_line() {
        assert_eq!(date_of("2023.5.16   某班").as_deref(), Some("2023-05-16"));
        assert_eq!(date_of("2024年5月1日 星期三").as_deref(), Some("2024-05-01"));
        assert_eq!(date_of("4.09"), None);
    }
}
